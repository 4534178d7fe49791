/*
 * The libgcrypt backend: RSA private keys from integers, and new ones
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_RSA_PRIVATE_H
#define BACKENDS_CRYPTODEV_GCRYPT_RSA_PRIVATE_H

#include "cryptodev-gcrypt-integer.h"
#include "cryptodev-gcrypt-rsa-key.h"

/**
 * cryptodev_rsa_private_read:
 * @key: the key to fill in; free it by cryptodev_rsa_key_destroy() afterwards,
 *       whatever this returns
 * @operands: the eight integers of CryptoDevRsaOperation's KEY
 *
 * Returns: false if they are no RSA private key.
 */
bool cryptodev_rsa_private_read(CryptoDevRsaKey *key,
                                const CryptoDevOperand *operands);

/**
 * cryptodev_rsa_private_lacks_e:
 * @operands: as for cryptodev_rsa_private_read()
 *
 * Returns: whether they are n and d alone, so that reading them takes as long
 * as an operation.
 */
bool cryptodev_rsa_private_lacks_e(const CryptoDevOperand *operands);

/**
 * cryptodev_rsa_private_generate:
 * @computation: a computation that runs; its next results are the eight
 *               integers of a new key
 * @e: the public exponent, odd and 3 at least
 * @bits: how many the modulus has, a multiple of 16
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_ERR if libgcrypt will not, or memory is
 * short.
 */
CryptoDevStatus
cryptodev_rsa_private_generate(CryptoDevComputation *computation, uint32_t e,
                               uint32_t bits);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_RSA_PRIVATE_H */
