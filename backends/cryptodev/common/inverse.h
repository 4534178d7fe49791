/*
 * Cryptography backends: inverses of secret numbers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_INVERSE_H
#define BACKENDS_CRYPTODEV_INVERSE_H

/* The longest modulus, in bytes: the order of P-521 */
#define CRYPTODEV_INVERSE_MAX 66

/**
 * cryptodev_inverse:
 * @inverse: set to the number that @x is to be multiplied by to get 1; it may
 *           be @x
 * @x: a number from 1 to @n - 1 that has no divisor in common with @n
 * @n: the modulus, an odd number greater than 1
 * @len: bytes in each of them, 1 to CRYPTODEV_INVERSE_MAX
 *
 * Invert a number modulo another one.  The numbers are big-endian.
 *
 * Neither time nor access to memory depends on @x: only @len matters.
 */
void cryptodev_inverse(uint8_t *inverse, const uint8_t *x, const uint8_t *n,
                       size_t len);

#endif /* BACKENDS_CRYPTODEV_INVERSE_H */
