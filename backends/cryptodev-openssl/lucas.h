/*
 * The OpenSSL backend: the Lucas test of primality
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_LUCAS_H
#define BACKENDS_CRYPTODEV_OPENSSL_LUCAS_H

#include "integer.h"

/**
 * cryptodev_openssl_lucas:
 * @n: an odd number, 3 at least
 * @mont: what OpenSSL makes of it
 * @work: what OpenSSL computes in
 * @passes: set to whether @n passes, as every prime does
 *
 * The test of FIPS 186-4, appendix C.3.3.
 *
 * Returns: false on an error of OpenSSL's.
 */
bool cryptodev_openssl_lucas(const BIGNUM *n, BN_MONT_CTX *mont, BN_CTX *work,
                             bool *passes);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_LUCAS_H */
