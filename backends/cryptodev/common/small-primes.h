/*
 * Cryptography backends: small primes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_COMMON_SMALL_PRIMES_H
#define BACKENDS_CRYPTODEV_COMMON_SMALL_PRIMES_H

/* CRYPTODEV_PRIME_GCD looks for divisors among the primes below this number. */
#define CRYPTODEV_SMALL_PRIMES_END 1000

#endif /* BACKENDS_CRYPTODEV_COMMON_SMALL_PRIMES_H */
