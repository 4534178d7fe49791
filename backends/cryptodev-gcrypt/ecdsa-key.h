/*
 * ECDSA keys: from SEC 1 and RFC 5915 to libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_ECDSA_KEY_H
#define BACKENDS_CRYPTODEV_GCRYPT_ECDSA_KEY_H

#include "../cryptodev/common/ec-key.h"
#include "curve.h"
#include "signature.h"

/**
 * CryptoDevEcdsaKey:
 * @signature: the part that signs and verifies
 * @curve: the curve
 * @point: the public key that came with a private one
 * @point_len: bytes in @point; 0 if none came with it
 */
typedef struct CryptoDevEcdsaKey {
    CryptoDevSignatureKey signature;
    CryptoDevCurve curve;
    uint8_t point[CRYPTODEV_EC_POINT_MAX];
    size_t point_len;
} CryptoDevEcdsaKey;

/**
 * cryptodev_ecdsa_key_init:
 * @key: the key to fill in; free it by cryptodev_ecdsa_key_destroy()
 *       afterwards, whatever this returns
 * @id: the curve
 * @data: a public key: an uncompressed point, SEC 1, section 2.3.3; or a
 *        private one: the DER encoding of ECPrivateKey, RFC 5915, section 3
 * @len: bytes in @data
 * @is_private: which of them @data is
 *
 * The private key may have any number of leading zeros, or lack them, as long
 * as it is no longer than the curve's order.  If there are parameters, they
 * name the curve; if there is a public key, it is uncompressed, and on the
 * curve.
 *
 * Returns: CRYPTODEV_NOTSUPP if libgcrypt does not have the curve;
 * CRYPTODEV_ERR if @data is not a key of that curve.
 */
CryptoDevStatus cryptodev_ecdsa_key_init(CryptoDevEcdsaKey *key,
                                         CryptoDevCurve id,
                                         const uint8_t *data, size_t len,
                                         bool is_private);

/**
 * cryptodev_ecdsa_key_destroy:
 * @key: a key, which may lack any of its parts
 *
 * Wipe and free what the key holds.
 */
void cryptodev_ecdsa_key_destroy(CryptoDevEcdsaKey *key);

/**
 * cryptodev_ecdsa_key_check:
 * @key: a key that cryptodev_ecdsa_key_init() has accepted
 *
 * Compute the public key of a private one, to verify with.  This takes about a
 * millisecond; a public key needs none of it.
 *
 * Returns: false if the private key came with another public key, or on an
 * error of libgcrypt's.
 */
bool cryptodev_ecdsa_key_check(CryptoDevEcdsaKey *key);

/**
 * cryptodev_ecdsa_group:
 * @curve: a curve, for one thread, that must live as long as the group is used
 *
 * Returns: the group to sign in.
 */
CryptoDevSignGroup cryptodev_ecdsa_group(const CryptoDevGcryptCurve *curve);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_ECDSA_KEY_H */
