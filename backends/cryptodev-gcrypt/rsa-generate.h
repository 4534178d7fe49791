/*
 * The libgcrypt backend: new RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_RSA_GENERATE_H
#define BACKENDS_CRYPTODEV_GCRYPT_RSA_GENERATE_H

#include "rsa-key.h"

/**
 * cryptodev_rsa_generate:
 * @key: a key without numbers, to be filled in; free it by
 *       cryptodev_gcrypt_rsa_key_destroy() afterwards, whatever this returns
 * @e: the public exponent, odd and 3 at least
 * @bits: how many the modulus has, a multiple of 16
 *
 * No copies of the secret numbers stay in memory.
 *
 * Returns: false if libgcrypt will not, or memory is short.
 */
bool cryptodev_rsa_generate(CryptoDevGcryptRsaKey *key, uint32_t e,
                            uint32_t bits);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_RSA_GENERATE_H */
