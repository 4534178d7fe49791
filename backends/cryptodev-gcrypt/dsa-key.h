/*
 * The libgcrypt backend: DSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_DSA_KEY_H
#define BACKENDS_CRYPTODEV_GCRYPT_DSA_KEY_H

#include "../cryptodev/common/dsa-key.h"
#include "signature.h"

/**
 * CryptoDevDsaKey:
 * @signature: the part that signs and verifies; its order is q
 * @p: the prime modulus
 * @g: the generator
 * @y: the public key
 *
 * Numbers that an operation does not use are NULL.
 */
typedef struct CryptoDevDsaKey {
    CryptoDevSignatureKey signature;
    gcry_mpi_t p;
    gcry_mpi_t g;
    gcry_mpi_t y;
} CryptoDevDsaKey;

/**
 * cryptodev_dsa_key_init:
 * @key: the key to fill in; free it by cryptodev_dsa_key_destroy() afterwards,
 *       whatever this returns
 * @der: a key, as cryptodev_dsa_parts_read() takes it
 * @der_len: bytes in @der
 * @is_private: which of them @der is
 *
 * Returns: CRYPTODEV_NOTSUPP if p or q has too few or too many bits;
 * CRYPTODEV_ERR if @der is not a DSA key, as far as this can be checked without
 * computing powers.
 */
CryptoDevStatus cryptodev_dsa_key_init(CryptoDevDsaKey *key,
                                       const uint8_t *der, size_t der_len,
                                       bool is_private);

/**
 * cryptodev_dsa_key_destroy:
 * @key: a key, which may lack any of its parts
 *
 * Wipe and free what the key holds.
 */
void cryptodev_dsa_key_destroy(CryptoDevDsaKey *key);

/**
 * cryptodev_dsa_key_in_range:
 * @key: a key with p, q and g of legal sizes, and perhaps x or y
 *
 * Returns: whether p and q are odd, q divides p - 1, and the others are in
 * their ranges.
 */
bool cryptodev_dsa_key_in_range(const CryptoDevDsaKey *key);

/**
 * cryptodev_dsa_key_check:
 * @key: a key of which cryptodev_dsa_key_in_range() is true
 *
 * Compute powers to check that g generates a group of order q (or, if q is not
 * a prime, of an order that divides q), and that x and y belong together.  If
 * there is a y, make libgcrypt's key to verify with.  This takes milliseconds.
 *
 * It does not check that p and q are primes: only the owner of the key needs
 * that.  Using an accepted key is safe in any case.
 *
 * Returns: false if it is not a DSA key.
 */
bool cryptodev_dsa_key_check(CryptoDevDsaKey *key);

/**
 * cryptodev_dsa_key_group:
 * @key: a key, which must live as long as the group is used
 *
 * Returns: the group to sign in.
 */
CryptoDevSignGroup cryptodev_dsa_key_group(const CryptoDevDsaKey *key);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_DSA_KEY_H */
