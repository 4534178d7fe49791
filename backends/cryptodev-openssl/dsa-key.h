/*
 * The OpenSSL backend: keys of DSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * OpenSSL's own functions draw the per-message secret at random, and take a q
 * of three sizes alone, so what is used here is its arithmetic.
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_DSA_KEY_H
#define BACKENDS_CRYPTODEV_OPENSSL_DSA_KEY_H

#include "../cryptodev/common/dsa-key.h"
#include "../cryptodev/common/late.h"
#include "order.h"

/**
 * CryptoDevOpensslDsaKey:
 * @order: that of @g, which is @q
 * @p: the prime modulus
 * @p_mont: what OpenSSL makes of it
 * @q: the order
 * @g: the generator
 * @y: the public key
 * @x: the private key
 * @late: whether they belong together
 *
 * Numbers that an operation does not use are NULL.
 */
typedef struct CryptoDevOpensslDsaKey {
    CryptoDevOpensslOrder order;
    BIGNUM *p;
    BN_MONT_CTX *p_mont;
    BIGNUM *q;
    BIGNUM *g;
    BIGNUM *y;
    BIGNUM *x;
    CryptoDevLateCheck late;
} CryptoDevOpensslDsaKey;

/**
 * cryptodev_openssl_dsa_init:
 * @key: all zero; free it by cryptodev_openssl_dsa_destroy()
 * @context: the library context
 * @primitives: what else the library has
 */
void cryptodev_openssl_dsa_init(CryptoDevOpensslDsaKey *key,
                                OSSL_LIB_CTX *context,
                                const CryptoDevPrimitives *primitives);

/**
 * cryptodev_openssl_dsa_destroy:
 * @key: a key that is not in use
 *
 * Wipe and free what it holds.
 */
void cryptodev_openssl_dsa_destroy(CryptoDevOpensslDsaKey *key);

/**
 * cryptodev_openssl_dsa_set:
 * @key: a key without numbers
 * @parts: its numbers, of which the operation does not use those whose @data is
 *         NULL; not needed after the call
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_NOTSUPP if p or q has too few or too many
 * bits; CRYPTODEV_ERR if p or q is even, q does not divide p - 1, or another
 * number is out of its range, or memory is short.  To tell more, powers must be
 * computed.
 */
CryptoDevStatus cryptodev_openssl_dsa_set(CryptoDevOpensslDsaKey *key,
                                          const CryptoDevDsaParts *parts);

/**
 * cryptodev_openssl_dsa_ready:
 * @key: a key with p, q and g
 *
 * The first call computes powers, which takes milliseconds.  It does not find
 * out if p and q are primes: only the owner of the key needs that, and using an
 * accepted key is safe in any case.  Many threads may call this at once.
 *
 * Returns: false if g to the power of q is not 1, or x and y do not belong
 * together, or on an error of OpenSSL's; then the key is of no use.
 */
bool cryptodev_openssl_dsa_ready(CryptoDevOpensslDsaKey *key);

/**
 * cryptodev_openssl_dsa_make_r:
 * @key: a key that cryptodev_openssl_dsa_ready() has found good
 * @k: the per-message secret, from 1 to q - 1
 * @r: set to the first part of a signature, or to 0, which only happens in a
 *     forged group and is none
 *
 * Returns: false on an error of OpenSSL's.
 */
bool cryptodev_openssl_dsa_make_r(const CryptoDevOpensslDsaKey *key,
                                  const BIGNUM *k, BIGNUM *r);

/**
 * cryptodev_openssl_dsa_sign:
 * @key: a private key that cryptodev_openssl_dsa_ready() has found good
 * @digest: 1 to 64 bytes
 * @r: set to the first part of the signature
 * @s: set to the second part
 *
 * Sign with the per-message secret of RFC 6979.  Many threads may call this at
 * once.
 *
 * Returns: false if there is no signature, as in a forged group, or on an error
 * of a library.
 */
bool cryptodev_openssl_dsa_sign(const CryptoDevOpensslDsaKey *key,
                                CryptoDevOperand digest, BIGNUM *r, BIGNUM *s);

/**
 * cryptodev_openssl_dsa_verify:
 * @key: a key with y that cryptodev_openssl_dsa_ready() has found good
 * @digest: 1 to 64 bytes
 * @r: the first part of a signature, any number that is not negative
 * @s: the second part, likewise
 *
 * FIPS 186-4, section 4.7.  Many threads may call this at once.
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_KEY_REJECTED if it is not the signature of
 * @digest; CRYPTODEV_ERR on an error of OpenSSL's.
 */
CryptoDevStatus cryptodev_openssl_dsa_verify(const CryptoDevOpensslDsaKey *key,
                                             CryptoDevOperand digest,
                                             const BIGNUM *r, const BIGNUM *s);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_DSA_KEY_H */
