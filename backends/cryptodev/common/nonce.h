/*
 * The libgcrypt backend: per-message secrets of DSA and ECDSA, RFC 6979
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_NONCE_H
#define BACKENDS_CRYPTODEV_NONCE_H

#include "hmac-drbg.h"

/**
 * CryptoDevNonce:
 * @drbg: what the secrets come from
 * @q: the order, which belongs to the caller
 */
typedef struct CryptoDevNonce {
    CryptoDevHmacDrbg drbg;
    gcry_mpi_t q;
} CryptoDevNonce;

/**
 * cryptodev_nonce_init:
 * @nonce: what is to be filled in; cryptodev_wipe() it afterwards
 * @q: the order of the group, 521 bits at most
 * @x: the private key
 * @z: the message's digest as an integer, cut to the bits of @q
 * @hash: libgcrypt's number of the hash
 *
 * RFC 6979, section 3.2, steps a to g.
 *
 * Returns: false on an error of libgcrypt's.
 */
bool cryptodev_nonce_init(CryptoDevNonce *nonce, gcry_mpi_t q, gcry_mpi_t x,
                          gcry_mpi_t z, int hash);

/**
 * cryptodev_nonce_next:
 * @nonce: where secrets come from
 *
 * RFC 6979, section 3.2, step h.
 *
 * Returns: the next secret, from 1 to q - 1, in secure memory, which the caller
 * owns; NULL on an error of libgcrypt's.
 */
gcry_mpi_t cryptodev_nonce_next(CryptoDevNonce *nonce);

#endif /* BACKENDS_CRYPTODEV_NONCE_H */
