/*
 * The OpenSSL backend: what DSA and ECDSA compute modulo a group's order
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_ORDER_H
#define BACKENDS_CRYPTODEV_OPENSSL_ORDER_H

#include "../cryptodev/common/nonce.h"
#include "integer.h"

/**
 * CryptoDevOpensslOrder:
 * @context: the library context
 * @primitives: what else the library has
 * @n: the order, an odd number of CRYPTODEV_ORDER_MAX bytes at most; a prime in
 *     a genuine group
 * @mont: what OpenSSL makes of it
 * @size: bytes in @n
 *
 * The order of the element that a group's elements are powers or multiples of.
 * Whoever made it owns what it points to, and any number of threads use it.
 */
typedef struct CryptoDevOpensslOrder {
    OSSL_LIB_CTX *context;
    const CryptoDevPrimitives *primitives;
    const BIGNUM *n;
    BN_MONT_CTX *mont;
    size_t size;
} CryptoDevOpensslOrder;

/**
 * cryptodev_openssl_read_scalar:
 * @order: the order
 * @operand: a number, which may be secret
 *
 * Returns: it, which the caller owns; NULL if it is not from 1 to n - 1.
 */
BIGNUM *cryptodev_openssl_read_scalar(const CryptoDevOpensslOrder *order,
                                      CryptoDevOperand operand);

/**
 * cryptodev_openssl_digest:
 * @order: the order
 * @digest: a digest
 *
 * Returns: the integer of its leftmost bits, as many as the order has, which
 * the caller owns; NULL if memory is short.
 */
BIGNUM *cryptodev_openssl_digest(const CryptoDevOpensslOrder *order,
                                 CryptoDevOperand digest);

/**
 * cryptodev_openssl_even_out:
 * @order: the order
 * @secret: a number from 0 to n - 1
 * @even: set to a number that is the same modulo n
 *
 * The time to compute with @even shows how many words it has.  If n fills its
 * words, @even is @secret itself, which is shorter for one in 2^64 numbers.
 * Otherwise it has as many words as n, whatever @secret is.
 *
 * Returns: false on an error of OpenSSL's.
 */
bool cryptodev_openssl_even_out(const CryptoDevOpensslOrder *order,
                                const BIGNUM *secret, BIGNUM *even);

/**
 * cryptodev_openssl_compute_s:
 * @order: the order
 * @x: the private key, from 1 to n - 1
 * @k: the per-message secret, from 1 to n - 1
 * @r: the first part of the signature, from 1 to n - 1
 * @z: what cryptodev_openssl_digest() returned
 * @s: set to the second part, or to 0, which no signature has.  This only
 *     happens if the order is no prime, and @k or a random number has a divisor
 *     in common with it.
 *
 * The time does not depend on @x and @k, except that OpenSSL drops words that
 * are zero.
 *
 * Returns: false on an error of OpenSSL's.
 */
bool cryptodev_openssl_compute_s(const CryptoDevOpensslOrder *order,
                                 const BIGNUM *x, const BIGNUM *k,
                                 const BIGNUM *r, const BIGNUM *z, BIGNUM *s);

/* The same, but false, too, if @s is 0 */
bool cryptodev_openssl_make_s(const CryptoDevOpensslOrder *order,
                              const BIGNUM *x, const BIGNUM *k,
                              const BIGNUM *r, const BIGNUM *z, BIGNUM *s);

/**
 * cryptodev_openssl_add_s:
 * @computation: one that signs with a per-message secret and the first part of
 *               the signature, and the message's digest, its three operands
 * @order: the order of the group
 * @x: the private key, from 1 to n - 1
 *
 * Compute the second part, and add it to the results.
 *
 * Returns: CRYPTODEV_ERR if it is 0, an operand is out of range, or on an error
 * of OpenSSL's.
 */
CryptoDevStatus cryptodev_openssl_add_s(CryptoDevComputation *computation,
                                        const CryptoDevOpensslOrder *order,
                                        const BIGNUM *x);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_ORDER_H */
