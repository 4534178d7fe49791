/*
 * The virtio crypto device: what a session was made from
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_PARAMS_H
#define HW_VIRTIO_CRYPTO_PARAMS_H

#include "system/cryptodev-compute.h"

/* The most bytes that keys or operands of a session have together */
#define VIRTIO_CRYPTO_PARAMS_MAX (CRYPTODEV_KEY_MAX + CRYPTODEV_AUTH_KEY_MAX)

/* The most parts: operands, or the two keys of a session without operands */
#define VIRTIO_CRYPTO_PARTS_MAX CRYPTODEV_OPERANDS_MAX

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
 * virtio_crypto_params_parts:
 * @params: the parameters of a session
 * @parts: where its keys or operands are put, which still belong to the caller
 *
 * Returns: how many there are.
 */
size_t virtio_crypto_params_parts(const CryptoDevSessionParams *params,
                                  CryptoDevOperand *parts);

/**
 * virtio_crypto_params_set_parts:
 * @params: parameters that have no parts yet
 * @parts: the keys or operands, which must live as long as @params
 * @n: how many there are: what virtio_crypto_params_parts() returns for such
 *     parameters, or any number of operands
 */
void virtio_crypto_params_set_parts(CryptoDevSessionParams *params,
                                    CryptoDevOperand *parts, size_t n);

#endif /* HW_VIRTIO_CRYPTO_PARAMS_H */
