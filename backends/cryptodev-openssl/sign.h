/*
 * The OpenSSL backend: the formulas of ECDSA, FIPS 186-5, section 6
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * OpenSSL's own functions draw the per-message secret at random, where all
 * backends make it as RFC 6979 tells, or take the caller's.
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_SIGN_H
#define BACKENDS_CRYPTODEV_OPENSSL_SIGN_H

#include "curve.h"

/**
 * cryptodev_openssl_make_r:
 * @curve: the curve
 * @k: the per-message secret, from 1 to n - 1
 * @r: set to the first part of a signature
 *
 * Returns: false if @r is 0, or on an error of OpenSSL's.
 */
bool cryptodev_openssl_make_r(const CryptoDevOpensslCurve *curve,
                              const BIGNUM *k, BIGNUM *r);

/**
 * CryptoDevOpensslSignature:
 * @x: the private key, from 1 to n - 1
 * @digest: 1 to 64 bytes
 * @r: set to the first part of the signature, which the caller owns; NULL on an
 *     error of a library
 * @s: set to the second part, likewise
 *
 * A signature to make.
 */
typedef struct CryptoDevOpensslSignature {
    const BIGNUM *x;
    CryptoDevOperand digest;
    BIGNUM *r;
    BIGNUM *s;
} CryptoDevOpensslSignature;

/**
 * cryptodev_openssl_sign:
 * @curve: the curve
 * @signatures: signatures on it
 * @n: how many there are: 1, or up to CRYPTODEV_TOGETHER_MAX if @curve has
 *     @lanes
 *
 * Sign with the per-message secret of RFC 6979, with the SHA whose digest has
 * this length, or SHA-512 if there is none.  Many threads may call this at
 * once, with the same keys too.
 */
void cryptodev_openssl_sign(const CryptoDevOpensslCurve *curve,
                            CryptoDevOpensslSignature *signatures, size_t n);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_SIGN_H */
