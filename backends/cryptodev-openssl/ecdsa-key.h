/*
 * The OpenSSL backend: keys of ECDSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_ECDSA_KEY_H
#define BACKENDS_CRYPTODEV_OPENSSL_ECDSA_KEY_H

#include "../cryptodev/common/ec-key.h"
#include "../cryptodev/common/late.h"
#include "contexts.h"
#include "curve.h"

/**
 * CryptoDevOpensslEcdsaKey:
 * @curve: the curve
 * @private: the private key, from 1 to n - 1; NULL for a public key
 * @point: the public key; of a private one, what came with it
 * @point_len: bytes in @point; 0 if none came with it
 * @late: whether @point is that of @private
 * @public: OpenSSL's form of the public key; not there before @late
 * @verifiers: contexts that verify with @public
 */
typedef struct CryptoDevOpensslEcdsaKey {
    const CryptoDevOpensslCurve *curve;
    BIGNUM *private;
    uint8_t point[CRYPTODEV_EC_POINT_MAX];
    size_t point_len;
    CryptoDevLateCheck late;
    EVP_PKEY *public;
    CryptoDevOpensslContexts verifiers;
} CryptoDevOpensslEcdsaKey;

/**
 * cryptodev_openssl_ecdsa_init:
 * @key: all zero; free it by cryptodev_openssl_ecdsa_destroy()
 * @curve: the key's curve, which outlives the key
 */
void cryptodev_openssl_ecdsa_init(CryptoDevOpensslEcdsaKey *key,
                                  const CryptoDevOpensslCurve *curve);

/**
 * cryptodev_openssl_ecdsa_destroy:
 * @key: a key that is not in use
 *
 * Wipe and free what it holds.
 */
void cryptodev_openssl_ecdsa_destroy(CryptoDevOpensslEcdsaKey *key);

/**
 * cryptodev_openssl_ecdsa_set_point:
 * @key: a key without a point
 * @point: its public key, not needed after the call
 *
 * Returns: false if it is not an uncompressed point of the curve.
 */
bool cryptodev_openssl_ecdsa_set_point(CryptoDevOpensslEcdsaKey *key,
                                       CryptoDevOperand point);

/**
 * cryptodev_openssl_ecdsa_ready:
 * @key: a key that has a private key or a point
 *
 * The first call computes the public key of a private one.  Many threads may
 * call this at once.
 *
 * Returns: false if the private key came with another public key, or on an
 * error of OpenSSL's; then the key is of no use.
 */
bool cryptodev_openssl_ecdsa_ready(CryptoDevOpensslEcdsaKey *key);

/**
 * cryptodev_openssl_ecdsa_verify:
 * @key: a key that cryptodev_openssl_ecdsa_ready() has found good
 * @digest: 1 to 64 bytes
 * @signature: the DER encoding of Ecdsa-Sig-Value, RFC 3279, section 2.2.3
 *
 * Many threads may call this at once.
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_KEY_REJECTED if @signature is not exactly
 * that encoding, or not the signature of @digest, from which OpenSSL does not
 * tell errors of its own; CRYPTODEV_ERR if there is no context to verify in.
 */
CryptoDevStatus cryptodev_openssl_ecdsa_verify(CryptoDevOpensslEcdsaKey *key,
                                               CryptoDevOperand digest,
                                               CryptoDevOperand signature);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_ECDSA_KEY_H */
