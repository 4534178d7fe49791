/*
 * The OpenSSL backend: the functions X25519 and X448, RFC 7748
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_MONTGOMERY_H
#define BACKENDS_CRYPTODEV_OPENSSL_MONTGOMERY_H

#include "../cryptodev/common/late.h"
#include "contexts.h"
#include "system/cryptodev-compute.h"

/* The longest scalar or coordinate, in bytes: that of X448 */
#define CRYPTODEV_MONTGOMERY_MAX 56

/* One of the functions, and what OpenSSL calls it */
typedef struct CryptoDevOpensslMontgomeryCurve CryptoDevOpensslMontgomeryCurve;

/**
 * CryptoDevOpensslMontgomery:
 * @context: the library context
 * @curve: which of them it is
 * @scalar: the scalar, little-endian, as RFC 7748 has it
 * @late: whether OpenSSL takes it
 * @key: OpenSSL's form of it; not there before @late
 * @derivers: contexts that multiply by @key
 *
 * A function with its secret scalar.
 */
typedef struct CryptoDevOpensslMontgomery {
    OSSL_LIB_CTX *context;
    const CryptoDevOpensslMontgomeryCurve *curve;
    uint8_t scalar[CRYPTODEV_MONTGOMERY_MAX];
    CryptoDevLateCheck late;
    EVP_PKEY *key;
    CryptoDevOpensslContexts derivers;
} CryptoDevOpensslMontgomery;

/**
 * cryptodev_openssl_is_montgomery:
 * @id: a curve
 *
 * Returns: whether it is CRYPTODEV_CURVE_X25519 or CRYPTODEV_CURVE_X448.
 */
bool cryptodev_openssl_is_montgomery(CryptoDevCurve id);

/**
 * cryptodev_openssl_has_montgomery:
 * @context: the library context
 *
 * Returns: whether its providers have one of the functions.
 */
bool cryptodev_openssl_has_montgomery(OSSL_LIB_CTX *context);

/**
 * cryptodev_openssl_montgomery_init:
 * @function: all zero; free it by cryptodev_openssl_montgomery_destroy(),
 *            whatever this returns
 * @context: the library context, which outlives it
 * @id: CRYPTODEV_CURVE_X25519 or CRYPTODEV_CURVE_X448
 * @scalar: the scalar, big-endian
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_NOTSUPP if no provider has the function;
 * CRYPTODEV_ERR if @scalar is too long.
 */
CryptoDevStatus
cryptodev_openssl_montgomery_init(CryptoDevOpensslMontgomery *function,
                                  OSSL_LIB_CTX *context, CryptoDevCurve id,
                                  CryptoDevOperand scalar);

/**
 * cryptodev_openssl_montgomery_destroy:
 * @function: a function that is not in use
 *
 * Wipe and free what it holds.
 */
void
cryptodev_openssl_montgomery_destroy(CryptoDevOpensslMontgomery *function);

/**
 * cryptodev_openssl_montgomery_is_quick:
 * @function: a function with its scalar
 *
 * Any thread may call this.
 *
 * Returns: whether cryptodev_openssl_montgomery_add() takes a tenth of a
 * millisecond at most: X25519 does, but not the first time.
 */
bool cryptodev_openssl_montgomery_is_quick(
    const CryptoDevOpensslMontgomery *function);

/**
 * cryptodev_openssl_montgomery_add:
 * @function: a function with its scalar
 * @computation: a computation that runs; its next result is the function's
 * @u: a coordinate, big-endian
 *
 * Many threads may call this at once.
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_ERR if @u is too long, or the result is 0.
 */
CryptoDevStatus
cryptodev_openssl_montgomery_add(CryptoDevOpensslMontgomery *function,
                                 CryptoDevComputation *computation,
                                 CryptoDevOperand u);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_MONTGOMERY_H */
