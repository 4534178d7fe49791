/*
 * ECDSA keys: from SEC 1 and RFC 5915 to libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_ECDSA_KEY_H
#define BACKENDS_CRYPTODEV_GCRYPT_ECDSA_KEY_H

#include "cryptodev-gcrypt-signature.h"

/**
 * cryptodev_ecdsa_key_init:
 * @key: the key to fill in; free it by cryptodev_signature_key_destroy()
 *       afterwards, whatever this returns
 * @id: the curve
 * @data: a public key: an uncompressed point, SEC 1, section 2.3.3; or a
 *        private one: the DER encoding of ECPrivateKey, RFC 5915, section 3
 * @len: bytes in @data
 * @is_private: which of them @data is
 *
 * The private key may have any number of leading zeros, or lack them, as long
 * as it is no longer than the curve's order.  If there are parameters, they
 * name the curve; if there is a public key, it is uncompressed, and the right
 * one.
 *
 * Returns: CRYPTODEV_NOTSUPP if libgcrypt does not have the curve;
 * CRYPTODEV_ERR if @data is no key of that curve.
 */
CryptoDevStatus cryptodev_ecdsa_key_init(CryptoDevSignatureKey *key,
                                         CryptoDevCurve id,
                                         const uint8_t *data, size_t len,
                                         bool is_private);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_ECDSA_KEY_H */
