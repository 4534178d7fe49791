/*
 * The wire protocol of virtio 1.4, chapter "Crypto Device": shared parts
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_WIRE_VIRTIO_H
#define HW_VIRTIO_CRYPTO_WIRE_VIRTIO_H

#include "qemu/bitops.h"
#include "standard-headers/linux/virtio_crypto.h"
#include "wire.h"

/* Section "Feature bits".  Linux's header does not define them. */
#define VIRTIO_CRYPTO_F_REVISION_1 0
#define VIRTIO_CRYPTO_F_STATELESS_MODE(service) (1 + (service))

#define VIRTIO_CRYPTO_CTRL_HEADER_LEN sizeof(struct virtio_crypto_ctrl_header)
#define VIRTIO_CRYPTO_DATA_HEADER_LEN sizeof(struct virtio_crypto_op_header)

/* Bytes in the operation parts, without VIRTIO_CRYPTO_F_REVISION_1 */
#define VIRTIO_CRYPTO_CTRL_OP_PADDED 56
#define VIRTIO_CRYPTO_DATA_OP_PADDED 48

/* Bytes in the longest operation part of a data request: a stateless chain */
#define VIRTIO_CRYPTO_DATA_OP_MAX 76

static inline bool virtio_crypto_has_revision_1(uint64_t features)
{
    return features & BIT_ULL(VIRTIO_CRYPTO_F_REVISION_1);
}

/* Members of virtio_crypto_wire_virtio; see VirtIOCryptoWire */
CryptoDevStatus virtio_crypto_decode_ctrl(const VirtIOCryptoChain *chain,
                                          VirtIOCryptoCtrlReq *req);
uint64_t virtio_crypto_session_of(const VirtIOCryptoChain *chain);
CryptoDevStatus virtio_crypto_decode_data(const VirtIOCryptoChain *chain,
                                          const CryptoDevSession *session,
                                          VirtIOCryptoDataReq *req);

#endif /* HW_VIRTIO_CRYPTO_WIRE_VIRTIO_H */
