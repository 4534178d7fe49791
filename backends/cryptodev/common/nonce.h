/*
 * Cryptography backends: the per-message secrets of DSA and ECDSA, RFC 6979
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Numbers are big-endian, and as long as the order.  Neither time nor access to
 * memory depends on the secrets, but on how many are thrown away: that is on
 * random bits that are used for nothing else.
 */

#ifndef BACKENDS_CRYPTODEV_NONCE_H
#define BACKENDS_CRYPTODEV_NONCE_H

#include "hmac-drbg.h"

/* The longest order, in bytes: that of P-521 */
#define CRYPTODEV_ORDER_MAX 66

/*
 * How many secrets an operation tries.  In a genuine group the first one is
 * good.
 */
#define CRYPTODEV_NONCE_TRIALS 4

/**
 * CryptoDevNonce:
 * @drbg: the generator of the secrets
 * @used: whether it has given bits and was not updated since
 * @q: the order
 * @len: bytes in @q
 */
typedef struct CryptoDevNonce {
    CryptoDevHmacDrbg drbg;
    bool used;
    uint8_t q[CRYPTODEV_ORDER_MAX];
    size_t len;
} CryptoDevNonce;

/**
 * cryptodev_nonce_hash:
 * @digest_len: bytes in the digest of a message
 *
 * Returns: the SHA-1 or SHA-2 whose digest is that long, or SHA-512: the hash
 * to make nonces with where the one that made the digest is not known.
 */
CryptoDevHashAlgo cryptodev_nonce_hash(size_t digest_len);

/**
 * cryptodev_nonce_init:
 * @nonce: filled in; cryptodev_nonce_clear() it afterwards, whatever this
 *         returns
 * @primitives: what computes HMACs; used by cryptodev_nonce_next(), too
 * @hash: the hash of the message, or another whose digests have a fixed length
 * @q: the order of the group, 1 to CRYPTODEV_ORDER_MAX bytes of which the first
 *     is not 0
 * @x: the private key, below @q
 * @z: the message's digest as an integer, cut to the bits of @q
 *
 * RFC 6979, section 3.2, steps a to g.
 *
 * Returns: false if @primitives lack the hash, or on an error of the library.
 */
bool cryptodev_nonce_init(CryptoDevNonce *nonce,
                          const CryptoDevPrimitives *primitives,
                          CryptoDevHashAlgo hash, CryptoDevOperand q,
                          const uint8_t *x, const uint8_t *z);

/**
 * cryptodev_nonce_next:
 * @nonce: where secrets come from
 * @k: set to the next secret, from 1 to q - 1
 *
 * RFC 6979, section 3.2, step h.
 *
 * Returns: false on an error of the library.
 */
bool cryptodev_nonce_next(CryptoDevNonce *nonce,
                          uint8_t k[CRYPTODEV_ORDER_MAX]);

/**
 * cryptodev_nonce_reduce:
 * @rest: set to @z modulo @q
 * @z: a digest as an integer, with no more bits than @q
 * @q: the order
 * @len: bytes in each, up to CRYPTODEV_ORDER_MAX
 *
 * The function bits2octets() of RFC 6979, section 2.3.4, for who makes secrets
 * in another way.
 */
void cryptodev_nonce_reduce(uint8_t *rest, const uint8_t *z, const uint8_t *q,
                            size_t len);

/**
 * cryptodev_nonce_is_between:
 * @k: what may be a secret
 * @q: the order
 * @len: bytes in each, up to CRYPTODEV_ORDER_MAX
 *
 * Returns: whether @k is from 1 to q - 1.
 */
bool cryptodev_nonce_is_between(const uint8_t *k, const uint8_t *q,
                                size_t len);

/**
 * cryptodev_nonce_clear:
 * @nonce: where secrets came from, or all zero
 *
 * Wipe and free what it holds.
 */
void cryptodev_nonce_clear(CryptoDevNonce *nonce);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CryptoDevNonce, cryptodev_nonce_clear)

#endif /* BACKENDS_CRYPTODEV_NONCE_H */
