/*
 * Fuzz targets: the decoders of a wire protocol
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef FUZZ_WIRE_H
#define FUZZ_WIRE_H

#include "hw/virtio/crypto/wire.h"
#include "input.h"

/**
 * fuzz_wire:
 * @wire: a wire protocol
 * @data: a request.  Byte 0 has flags: bit 0 for a data request, bit 1 for a
 *        big-endian driver, bits 3 to 7 for a session.  Then come the feature
 *        bits (8 bytes); the readable bytes after the head, the writable bytes
 *        and the maximum size (4 bytes each); and the head.
 * @len: bytes in @data
 *
 * Decode a request, and abort if the result breaks a promise of
 * hw/virtio/crypto/wire.h.
 */
void fuzz_wire(const VirtIOCryptoWire *wire, const uint8_t *data, size_t len);

/* A session of each kind that decoders tell apart; NULL for none */
const CryptoDevSession *fuzz_wire_session(unsigned int index);

/* Abort if a decoded request does not fit its chain. */
void fuzz_wire_check_ctrl(const VirtIOCryptoWire *wire,
                          const VirtIOCryptoChain *chain,
                          const VirtIOCryptoCtrlReq *req);
void fuzz_wire_check_data(const VirtIOCryptoWire *wire,
                          const VirtIOCryptoChain *chain,
                          const CryptoDevSession *session,
                          const VirtIOCryptoDataReq *req);

/* A chain's beginning, as if it ended after @readable bytes */
VirtIOCryptoChain fuzz_wire_cut(const VirtIOCryptoChain *chain,
                                uint64_t readable);
/* Readable bytes that a decoded request needs of its chain */
uint64_t fuzz_wire_end(const VirtIOCryptoDataReq *req);

#endif /* FUZZ_WIRE_H */
