/*
 * The libgcrypt backend: RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_RSA_KEY_H
#define BACKENDS_CRYPTODEV_GCRYPT_RSA_KEY_H

#include "../cryptodev/common/rsa-primitives.h"
#include "integer.h"

/**
 * CryptoDevGcryptRsaKey:
 * @integers: the key's numbers, those from e on in secure memory; NULL for each
 *            that is not there
 */
typedef struct CryptoDevGcryptRsaKey {
    gcry_mpi_t integers[RSA_INTEGERS];
} CryptoDevGcryptRsaKey;

/**
 * cryptodev_gcrypt_rsa_key_read:
 * @key: a key without numbers, to be filled in; free it by
 *       cryptodev_gcrypt_rsa_key_destroy() afterwards, whatever this returns
 * @from: its numbers
 *
 * Returns: false if memory is short.
 */
bool cryptodev_gcrypt_rsa_key_read(CryptoDevGcryptRsaKey *key,
                                   const CryptoDevRsaKey *from);

/**
 * cryptodev_gcrypt_rsa_key_destroy:
 * @key: a key, which may lack any of its parts
 *
 * Wipe and free what the key holds.
 */
void cryptodev_gcrypt_rsa_key_destroy(CryptoDevGcryptRsaKey *key);

/**
 * cryptodev_gcrypt_rsa_key_settle:
 * @key: a private key
 *
 * As CryptoDevRsaPrimitives's @settle.
 *
 * Returns: false if the numbers do not fit, or no e is found.
 */
bool cryptodev_gcrypt_rsa_key_settle(CryptoDevGcryptRsaKey *key);

/**
 * cryptodev_gcrypt_rsa_key_size:
 * @key: a key with a modulus
 *
 * Returns: how many bytes the modulus has, CRYPTODEV_RSA_SIZE_MAX at most.
 */
size_t cryptodev_gcrypt_rsa_key_size(const CryptoDevGcryptRsaKey *key);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_RSA_KEY_H */
