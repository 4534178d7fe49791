/*
 * Cryptography backends: reading RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_RSA_KEY_H
#define BACKENDS_CRYPTODEV_RSA_KEY_H

#include "rsa-primitives.h"

/**
 * cryptodev_rsa_key_read_der:
 * @key: a key without numbers, to be filled in; it points into @der
 * @der: RSAPublicKey or RSAPrivateKey, RFC 8017, appendix A.1
 * @der_len: bytes in @der
 * @is_private: whether @der is an RSAPrivateKey
 *
 * Integers are taken as unsigned, and the version and an absent (or zero) set
 * of CRT parameters are accepted, because Linux's own parser does so and its
 * self-tests have such keys.
 *
 * Returns: false if @der is not the encoding of such a key.
 */
bool cryptodev_rsa_key_read_der(CryptoDevRsaKey *key, const uint8_t *der,
                                size_t der_len, bool is_private);

/**
 * cryptodev_rsa_key_read_operands:
 * @key: as for cryptodev_rsa_key_read_der()
 * @operands: its integers in their order, the first @n; those that are left out
 *            have no bytes
 * @n: how many there are, RSA_INTEGERS at most
 */
void cryptodev_rsa_key_read_operands(CryptoDevRsaKey *key,
                                     const CryptoDevOperand *operands,
                                     size_t n);

/**
 * cryptodev_rsa_key_check:
 * @key: a key that was read
 * @is_private: whether it is to be a private key
 *
 * Check which numbers the key has, their sizes and their parities.  This
 * computes nothing, so it is quick.
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_ERR if these numbers are not a key;
 * CRYPTODEV_NOTSUPP if the modulus has an unsupported size, or without n, as
 * far as p and q show.
 */
CryptoDevStatus cryptodev_rsa_key_check(const CryptoDevRsaKey *key,
                                        bool is_private);

/**
 * cryptodev_rsa_key_measure:
 * @n: a modulus
 *
 * Returns: how many bytes it has without leading zeros; 0 if its size is not
 * supported.
 */
size_t cryptodev_rsa_key_measure(CryptoDevOperand n);

#endif /* BACKENDS_CRYPTODEV_RSA_KEY_H */
