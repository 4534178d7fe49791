/*
 * DSA keys: from DER to libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_DSA_KEY_H
#define BACKENDS_CRYPTODEV_GCRYPT_DSA_KEY_H

#include "cryptodev-gcrypt-signature.h"

/* L and N of FIPS 186-4, section 4.2: bits in p and in q */
#define CRYPTODEV_DSA_P_MIN 1024
#define CRYPTODEV_DSA_P_MAX 3072
#define CRYPTODEV_DSA_Q_MIN 160
#define CRYPTODEV_DSA_Q_MAX 256

/**
 * cryptodev_dsa_key_init:
 * @key: the key to fill in; free it by cryptodev_signature_key_destroy()
 *       afterwards, whatever this returns
 * @der: a public key: SubjectPublicKeyInfo, RFC 3279, section 2.3.2; or a
 *       private one: a SEQUENCE of the INTEGERs 0, p, q, g, y and x
 * @der_len: bytes in @der
 * @is_private: which of them @der is
 *
 * That p and q are primes is not checked: it is the owner of the key who needs
 * that.  A key that this accepts is safe to use nevertheless.
 *
 * Returns: CRYPTODEV_NOTSUPP if p or q has too few or too many bits;
 * CRYPTODEV_ERR if @der is no DSA key.
 */
CryptoDevStatus cryptodev_dsa_key_init(CryptoDevSignatureKey *key,
                                       const uint8_t *der, size_t der_len,
                                       bool is_private);

/**
 * cryptodev_dsa_key_from_integers:
 * @key: the key to fill in; free it by cryptodev_signature_key_destroy()
 *       afterwards, whatever this returns
 * @p: the prime modulus
 * @q: the order
 * @g: the generator
 * @y: the public key
 *
 * The numbers have legal sizes, and stay the caller's.
 *
 * Returns: false if they are no public key.
 */
bool cryptodev_dsa_key_from_integers(CryptoDevSignatureKey *key, gcry_mpi_t p,
                                     gcry_mpi_t q, gcry_mpi_t g, gcry_mpi_t y);

/**
 * cryptodev_dsa_check_group:
 * @p: the prime modulus
 * @q: the order, not 0
 * @g: the generator
 *
 * Returns: whether both are odd, and @g generates a group of order @q, or of an
 * order that divides it where it is no prime.
 */
bool cryptodev_dsa_check_group(gcry_mpi_t p, gcry_mpi_t q, gcry_mpi_t g);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_DSA_KEY_H */
