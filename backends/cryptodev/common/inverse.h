/*
 * Cryptography backends: inverses of secret numbers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_INVERSE_H
#define BACKENDS_CRYPTODEV_INVERSE_H

/* The longest modulus, in bytes: that of CRYPTODEV_SERVICE_LN */
#define CRYPTODEV_INVERSE_MAX 1024

/**
 * cryptodev_inverse:
 * @inverse: set to the number that @x is to be multiplied by to get 1; it may
 *           be @x
 * @x: a number below @n
 * @n: the modulus, an odd number greater than 1
 * @len: bytes in each of them, 1 to CRYPTODEV_INVERSE_MAX
 *
 * Invert a number modulo another one.  The numbers are big-endian.
 *
 * Neither time nor access to memory depends on @x and @n: only @len matters.
 *
 * Returns: whether there is an inverse: the numbers have no divisor in common.
 * If not, @inverse is set to a number that is of no use.
 */
bool cryptodev_inverse(uint8_t *inverse, const uint8_t *x, const uint8_t *n,
                       size_t len);

#endif /* BACKENDS_CRYPTODEV_INVERSE_H */
