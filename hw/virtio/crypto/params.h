/*
 * The virtio crypto device: what a session was made from
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_PARAMS_H
#define HW_VIRTIO_CRYPTO_PARAMS_H

#include "migration/qemu-file-types.h"
#include "system/cryptodev-compute.h"

/* The most bytes that keys or operands of a session have together */
#define VIRTIO_CRYPTO_PARAMS_MAX (CRYPTODEV_KEY_MAX + CRYPTODEV_AUTH_KEY_MAX)

/**
 * VirtIOCryptoParams:
 * @params: the parameters, whose keys and operands are in @bytes
 * @len: bytes in @bytes
 *
 * A copy of a session's parameters, in one piece of memory.
 */
typedef struct VirtIOCryptoParams {
    CryptoDevSessionParams params;
    size_t len;
    uint8_t bytes[];
} VirtIOCryptoParams;

/**
 * virtio_crypto_params_copy:
 * @params: the parameters of a session that a backend has made
 *
 * Returns: a copy, which the caller owns, or NULL if memory is short.
 */
VirtIOCryptoParams *
virtio_crypto_params_copy(const CryptoDevSessionParams *params);

/**
 * virtio_crypto_params_free:
 * @copy: what virtio_crypto_params_copy() made, or NULL
 *
 * Wipe the copy and free it.
 */
void virtio_crypto_params_free(VirtIOCryptoParams *copy);

/**
 * virtio_crypto_params_put:
 * @f: a migration stream
 * @params: what to write to it
 */
void virtio_crypto_params_put(QEMUFile *f,
                              const CryptoDevSessionParams *params);

/**
 * virtio_crypto_params_get:
 * @f: a migration stream, which is not to be trusted
 *
 * Returns: the next parameters in the stream, which the caller owns; NULL, with
 * an error reported, if they are malformed.  The backend decides whether it can
 * make a session of them.
 */
VirtIOCryptoParams *virtio_crypto_params_get(QEMUFile *f);

#endif /* HW_VIRTIO_CRYPTO_PARAMS_H */
