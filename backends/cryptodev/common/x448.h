/*
 * The function X448: RFC 7748
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_X448_H
#define BACKENDS_CRYPTODEV_X448_H

#include "field448.h"

/**
 * cryptodev_x448:
 * @k: the scalar, big-endian, as decodeScalar448 makes it: RFC 7748, section 5
 * @u: the coordinate of the point, big-endian, which need not be smaller than
 *     the prime
 * @product: set to the coordinate of @k times that point, big-endian; 0 if that
 *           is the point at infinity
 *
 * The time that this takes is the same for all numbers, and no copies of them
 * stay in memory.
 */
void cryptodev_x448(const uint8_t k[CRYPTODEV_FIELD448_LEN],
                    const uint8_t u[CRYPTODEV_FIELD448_LEN],
                    uint8_t product[CRYPTODEV_FIELD448_LEN]);

#endif /* BACKENDS_CRYPTODEV_X448_H */
