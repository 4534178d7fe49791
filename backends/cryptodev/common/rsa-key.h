/*
 * The libgcrypt backend: RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_RSA_KEY_H
#define BACKENDS_CRYPTODEV_GCRYPT_RSA_KEY_H

#include "../../cryptodev-gcrypt/integer.h"

/* The longest modulus, in bytes */
#define CRYPTODEV_RSA_SIZE_MAX 1024

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
 * @integers: the key's numbers, those from e on in secure memory; NULL for each
 *            that is not there
 */
typedef struct CryptoDevRsaKey {
    gcry_mpi_t integers[RSA_INTEGERS];
} CryptoDevRsaKey;

/**
 * cryptodev_rsa_key_read_der:
 * @key: a key without numbers, to be filled in; free it by
 *       cryptodev_rsa_key_destroy() afterwards, whatever this returns
 * @der: RSAPublicKey or RSAPrivateKey, RFC 8017, appendix A.1
 * @der_len: bytes in @der
 * @is_private: whether @der is an RSAPrivateKey
 *
 * Integers are taken as unsigned, and the version and an absent (or zero) set
 * of CRT parameters are accepted, because Linux's own parser does so and its
 * self-tests have such keys.
 *
 * Returns: false if @der is not the encoding of such a key, or memory is short.
 */
bool cryptodev_rsa_key_read_der(CryptoDevRsaKey *key, const uint8_t *der,
                                size_t der_len, bool is_private);

/**
 * cryptodev_rsa_key_read_operands:
 * @key: as for cryptodev_rsa_key_read_der()
 * @operands: its integers in their order, the first @n; those that are left out
 *            have no bytes
 * @n: how many there are, RSA_INTEGERS at most
 *
 * Returns: false if memory is short.
 */
bool cryptodev_rsa_key_read_operands(CryptoDevRsaKey *key,
                                     const CryptoDevOperand *operands,
                                     size_t n);

/**
 * cryptodev_rsa_key_destroy:
 * @key: a key, which may lack any of its parts
 *
 * Wipe and free what the key holds.
 */
void cryptodev_rsa_key_destroy(CryptoDevRsaKey *key);

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
 * cryptodev_rsa_key_settle:
 * @key: a private key that cryptodev_rsa_key_check() has found good; it is n,
 *       d; n, e, d; p, q, dp, dq, qinv; or all
 *
 * Check that the numbers fit together, and make n, e and d where they are not
 * there.  Without p and q, d is not checked: that is left to each operation.
 * This may take as long as an operation.
 *
 * Returns: false if they do not fit, or no e is found for n and d.
 */
bool cryptodev_rsa_key_settle(CryptoDevRsaKey *key);

/**
 * cryptodev_rsa_key_is_private:
 * @key: a key
 *
 * Returns: whether there is more of it than n and e.
 */
bool cryptodev_rsa_key_is_private(const CryptoDevRsaKey *key);

/**
 * cryptodev_rsa_key_size:
 * @key: a key with a modulus
 *
 * Returns: how many bytes the modulus has, CRYPTODEV_RSA_SIZE_MAX at most.
 */
size_t cryptodev_rsa_key_size(const CryptoDevRsaKey *key);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_RSA_KEY_H */
