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
 * @data: a request.  Byte 0 tells what it is: bit 0 that it is a data request,
 *        bit 1 that the driver is big-endian, bits 3 to 7 a session.  Then come
 *        feature bits (8 bytes), how much longer the chain is than its head,
 *        how many bytes of it are writable, and the most that a request may
 *        have (4 bytes each); then the head.
 * @len: bytes in @data
 *
 * Decode a request, and abort if what came out is not as
 * hw/virtio/crypto/wire.h tells.
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
