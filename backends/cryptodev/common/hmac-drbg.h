/*
 * Cryptography backends: the mechanism of HMAC_DRBG, SP 800-90A, 10.1.2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_HMAC_DRBG_H
#define BACKENDS_CRYPTODEV_HMAC_DRBG_H

#include "primitives.h"

/**
 * CryptoDevHmacDrbg:
 * @primitives: what computes HMACs
 * @hash: the hash
 * @len: bytes in its digest, in @key and in @v
 * @key: the standard's Key
 * @v: the standard's V
 *
 * The working state, which is for one thread at a time.
 */
typedef struct CryptoDevHmacDrbg {
    const CryptoDevPrimitives *primitives;
    CryptoDevHashAlgo hash;
    size_t len;
    uint8_t key[CRYPTODEV_DIGEST_MAX];
    uint8_t v[CRYPTODEV_DIGEST_MAX];
} CryptoDevHmacDrbg;

/**
 * cryptodev_hmac_drbg_init:
 * @drbg: the state to fill in
 * @primitives: what computes HMACs
 * @hash: a hash whose digests have a fixed length
 * @seed: entropy input, nonce and personalization string, or equivalent data,
 *        in at most two parts
 * @n: how many parts there are
 *
 * Returns: false if @primitives do not have the hash.
 */
bool cryptodev_hmac_drbg_init(CryptoDevHmacDrbg *drbg,
                              const CryptoDevPrimitives *primitives,
                              CryptoDevHashAlgo hash,
                              const CryptoDevOperand *seed, size_t n);

/**
 * cryptodev_hmac_drbg_update:
 * @drbg: a state
 * @data: the data to mix in, in at most two parts
 * @n: how many parts there are
 *
 * Mix data into the state; to reseed is the same.
 *
 * Returns: false on an error of the library.
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
 * Returns: false on an error of the library.
 */
bool cryptodev_hmac_drbg_generate(CryptoDevHmacDrbg *drbg,
                                  CryptoDevOperand additional,
                                  uint8_t *output, size_t len);

#endif /* BACKENDS_CRYPTODEV_HMAC_DRBG_H */
