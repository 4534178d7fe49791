/*
 * The libgcrypt backend: domain parameters of DSA, FIPS 186-4
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_DSA_PARAMETERS_H
#define BACKENDS_CRYPTODEV_GCRYPT_DSA_PARAMETERS_H

#include "system/cryptodev-compute.h"

/* Run CRYPTODEV_DSA_GENERATE_P and CRYPTODEV_DSA_GENERATE_G. */
CryptoDevStatus cryptodev_dsa_generate_p(CryptoDevComputation *computation);
CryptoDevStatus cryptodev_dsa_generate_g(CryptoDevComputation *computation);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_DSA_PARAMETERS_H */
