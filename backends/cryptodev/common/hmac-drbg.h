/*
 * Cryptography backends: the mechanism of HMAC_DRBG, SP 800-90A, 10.1.2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_HMAC_DRBG_H
#define BACKENDS_CRYPTODEV_HMAC_DRBG_H

#include "hash.h"

/**
 * CryptoDevHmacDrbg:
 * @hmac: HMAC with the standard's Key
 * @v: the standard's V, as long as a digest
 *
 * The working state, which is for one thread at a time.  After an error of the
 * library's it gives no more bits.
 */
typedef struct CryptoDevHmacDrbg {
    CryptoDevHash hmac;
    uint8_t v[CRYPTODEV_DIGEST_MAX];
} CryptoDevHmacDrbg;

/**
 * cryptodev_hmac_drbg_init:
 * @drbg: the state to fill in; cryptodev_hmac_drbg_clear() it afterwards,
 *        whatever this returns
 * @primitives: what computes HMACs, which outlives @drbg
 * @hash: a hash whose digests have a fixed length
 * @seed: entropy input, nonce and personalization string, or equivalent data,
 *        in at most two parts
 * @n: how many parts there are
 *
 * Returns: false if @primitives do not have the hash, or on an error of the
 * library.
 */
bool cryptodev_hmac_drbg_init(CryptoDevHmacDrbg *drbg,
                              const CryptoDevPrimitives *primitives,
                              CryptoDevHashAlgo hash,
                              const CryptoDevOperand *seed, size_t n);

/**
 * cryptodev_hmac_drbg_clear:
 * @drbg: a state that is not in use, or all zero
 *
 * Wipe and free what it holds.
 */
void cryptodev_hmac_drbg_clear(CryptoDevHmacDrbg *drbg);

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
 * cryptodev_hmac_drbg_fill:
 * @drbg: a state that was updated since it has last given bits
 * @output: where the bits go
 * @len: bytes in @output
 *
 * A part of cryptodev_hmac_drbg_generate(): section 10.1.2.5, steps 3 to 5.
 * Whoever knows the state after this can tell the bits.
 *
 * Returns: false on an error of the library.
 */
bool cryptodev_hmac_drbg_fill(CryptoDevHmacDrbg *drbg, uint8_t *output,
                              size_t len);

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
