/*
 * The libgcrypt backend: the mechanism of HMAC_DRBG, SP 800-90A, section 10.1.2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_HMAC_DRBG_H
#define BACKENDS_CRYPTODEV_HMAC_DRBG_H

#include "hmac.h"

/**
 * CryptoDevHmacDrbg:
 * @hash: libgcrypt's number of the hash
 * @len: bytes in its digest, in @key and in @v
 * @key: the standard's Key
 * @v: the standard's V
 *
 * The working state, which is for one thread at a time.
 */
typedef struct CryptoDevHmacDrbg {
    int hash;
    size_t len;
    uint8_t key[CRYPTODEV_DIGEST_MAX];
    uint8_t v[CRYPTODEV_DIGEST_MAX];
} CryptoDevHmacDrbg;

/**
 * cryptodev_hmac_drbg_init:
 * @drbg: the state to fill in
 * @hash: libgcrypt's number of the hash
 * @seed: entropy input, nonce and personalization string, or what stands for
 *        them, in parts; two at most
 * @n: how many parts there are
 *
 * Returns: false if libgcrypt does not have the hash.
 */
bool cryptodev_hmac_drbg_init(CryptoDevHmacDrbg *drbg, int hash,
                              const CryptoDevOperand *seed, size_t n);

/**
 * cryptodev_hmac_drbg_update:
 * @drbg: a state
 * @data: what to mix in, in parts; two at most
 * @n: how many parts there are
 *
 * Mix data into the state; to reseed is the same.
 *
 * Returns: false on an error of libgcrypt's.
 */
bool cryptodev_hmac_drbg_update(CryptoDevHmacDrbg *drbg,
                                const CryptoDevOperand *data, size_t n);

/**
 * cryptodev_hmac_drbg_generate:
 * @drbg: a state
 * @additional: additional input; it may be empty
 * @output: where the bits go
 * @len: bytes in @output
 *
 * Returns: false on an error of libgcrypt's.
 */
bool cryptodev_hmac_drbg_generate(CryptoDevHmacDrbg *drbg,
                                  CryptoDevOperand additional,
                                  uint8_t *output, size_t len);

#endif /* BACKENDS_CRYPTODEV_HMAC_DRBG_H */
