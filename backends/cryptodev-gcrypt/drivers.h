/*
 * The libgcrypt backend: its drivers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_H
#define BACKENDS_CRYPTODEV_GCRYPT_H

#include <gcrypt.h>
#include "../cryptodev/driver.h"

/**
 * cryptodev_gcrypt_has_secure_memory:
 * @backend: the backend
 * @algo: an algorithm whose numbers are in libgcrypt's secure memory
 *
 * As CryptoDevDriver's @has.
 *
 * Returns: whether libgcrypt gets more of that memory when it needs more.  If
 * not, it ends the program where there is none left.
 */
bool cryptodev_gcrypt_has_secure_memory(CryptoDevBackend *backend,
                                        uint32_t algo);

extern const CryptoDevDriver cryptodev_gcrypt_dsa;
extern const CryptoDevDriver cryptodev_gcrypt_ecdsa;
extern const CryptoDevDriver cryptodev_gcrypt_dh;
extern const CryptoDevDriver cryptodev_gcrypt_dsa_service;
extern const CryptoDevDriver cryptodev_gcrypt_ec;
extern const CryptoDevDriver cryptodev_gcrypt_ecdh;
extern const CryptoDevDriver cryptodev_gcrypt_ecdsa_service;
extern const CryptoDevDriver cryptodev_gcrypt_ln;
extern const CryptoDevDriver cryptodev_gcrypt_prime;
extern const CryptoDevDriver cryptodev_gcrypt_rand;

#endif /* BACKENDS_CRYPTODEV_GCRYPT_H */
