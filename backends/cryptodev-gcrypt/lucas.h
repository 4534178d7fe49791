/*
 * The libgcrypt backend: the Lucas test of primality
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_LUCAS_H
#define BACKENDS_CRYPTODEV_GCRYPT_LUCAS_H

#include <gcrypt.h>

/**
 * cryptodev_lucas_pass:
 * @n: an odd number, 3 at least
 *
 * The test of FIPS 186-4, appendix C.3.3.
 *
 * Returns: whether @n passes, as every prime does.
 */
bool cryptodev_lucas_pass(gcry_mpi_t n);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_LUCAS_H */
