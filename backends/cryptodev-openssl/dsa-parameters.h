/*
 * The OpenSSL backend: domain parameters of DSA, FIPS 186-4
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_DSA_PARAMETERS_H
#define BACKENDS_CRYPTODEV_OPENSSL_DSA_PARAMETERS_H

#include <openssl/types.h>
#include "system/cryptodev-compute.h"

/* Run CRYPTODEV_DSA_GENERATE_P and CRYPTODEV_DSA_GENERATE_G. */
CryptoDevStatus
cryptodev_openssl_dsa_generate_p(OSSL_LIB_CTX *context,
                                 CryptoDevComputation *computation);
CryptoDevStatus
cryptodev_openssl_dsa_generate_g(OSSL_LIB_CTX *context,
                                 CryptoDevComputation *computation);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_DSA_PARAMETERS_H */
