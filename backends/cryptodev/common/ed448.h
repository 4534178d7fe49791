/*
 * Points of Ed448: RFC 8032, section 5.2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_ED448_H
#define BACKENDS_CRYPTODEV_ED448_H

#include "field448.h"

/**
 * cryptodev_ed448_multiply:
 * @k: a big-endian number
 * @k_len: bytes in @k, which tell how long this takes
 * @x: the first coordinate of a point of the curve, big-endian; set to that of
 *     @k times the point
 * @y: the second coordinate
 *
 * The time that this takes is the same for all numbers, and no copies of them
 * stay in memory.
 */
void cryptodev_ed448_multiply(const uint8_t *k, size_t k_len,
                              uint8_t x[CRYPTODEV_FIELD448_LEN],
                              uint8_t y[CRYPTODEV_FIELD448_LEN]);

#endif /* BACKENDS_CRYPTODEV_ED448_H */
