/*
 * RSA keys: from RFC 8017's DER encoding to libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_RSA_KEY_H
#define BACKENDS_CRYPTODEV_GCRYPT_RSA_KEY_H

#include <gcrypt.h>

/* The integers of RFC 8017's RSAPrivateKey in their order, but the version */
enum {
    RSA_N,
    RSA_E,
    RSA_D,
    RSA_P,
    RSA_Q,
    RSA_DP,
    RSA_DQ,
    RSA_QINV,
    RSA_INTEGERS,
};

/**
 * CryptoDevRsaKey:
 * @public: the public key as libgcrypt takes it
 * @private: the private key, in secure memory; NULL for a public key
 * @n: the modulus
 * @size: bytes in the modulus
 * @exponent_bits: bits in the public exponent
 */
typedef struct CryptoDevRsaKey {
    gcry_sexp_t public;
    gcry_sexp_t private;
    gcry_mpi_t n;
    size_t size;
    unsigned int exponent_bits;
} CryptoDevRsaKey;

/**
 * cryptodev_rsa_key_init:
 * @key: the key to fill in; free it by cryptodev_rsa_key_destroy() afterwards,
 *       whatever this returns
 * @der: RSAPublicKey or RSAPrivateKey, RFC 8017, appendix A.1
 * @der_len: bytes in @der
 * @is_private: whether @der is an RSAPrivateKey
 *
 * Integers are taken as unsigned, and the version and an absent (or zero) set
 * of CRT parameters are accepted, because Linux's own parser does so and its
 * self-tests have such keys.
 *
 * A key that this accepts is safe to use: no operation on it can divide by
 * zero or loop for ever, however its maker meant it.
 *
 * Returns: false if @der is not the encoding of an RSA key.
 */
bool cryptodev_rsa_key_init(CryptoDevRsaKey *key, const uint8_t *der,
                            size_t der_len, bool is_private);

/**
 * cryptodev_rsa_key_from_integers:
 * @key: the key to fill in; free it by cryptodev_rsa_key_destroy() afterwards,
 *       whatever this returns
 * @is_private: whether there is more than n and e
 * @integers: its integers, which stay the caller's.  Those that a public key
 *            lacks may be NULL, and so may all from p on.
 *
 * A key that this accepts is safe to use, as with cryptodev_rsa_key_init().
 *
 * Returns: false if they are no RSA key.
 */
bool cryptodev_rsa_key_from_integers(
    CryptoDevRsaKey *key, bool is_private,
    gcry_mpi_t const integers[RSA_INTEGERS]);

/**
 * cryptodev_rsa_key_destroy:
 * @key: a key
 *
 * Wipe and free what the key holds.
 */
void cryptodev_rsa_key_destroy(CryptoDevRsaKey *key);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_RSA_KEY_H */
