/*
 * The libgcrypt backend: new RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_RSA_GENERATE_H
#define BACKENDS_CRYPTODEV_GCRYPT_RSA_GENERATE_H

#include "system/cryptodev-compute.h"

/**
 * cryptodev_rsa_generate:
 * @computation: a computation that runs; its next results are the eight
 *               integers of a new key
 * @e: the public exponent, odd and 3 at least
 * @bits: how many the modulus has, a multiple of 16
 *
 * No copies of the secret ones stay in memory.
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_ERR if libgcrypt will not, or memory is
 * short.
 */
CryptoDevStatus cryptodev_rsa_generate(CryptoDevComputation *computation,
                                       uint32_t e, uint32_t bits);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_RSA_GENERATE_H */
