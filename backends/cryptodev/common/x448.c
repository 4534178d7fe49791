/*
 * The function X448: RFC 7748
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "system/cryptodev.h"
#include "x448.h"

#define add cryptodev_field448_add
#define subtract cryptodev_field448_subtract
#define multiply cryptodev_field448_multiply

typedef CryptoDevField448 Element;

/* (A - 2) / 4, where A is the curve's parameter: RFC 7748, section 5 */
static const Element a24 = { { 39081 } };

/* The coordinate of a point: x / z */
typedef struct Point {
    Element x;
    Element z;
} Point;

/* Points whose difference has the coordinate u, and room to compute with */
typedef struct Ladder {
    Element u;
    Point low;
    Point high;
    Element sum, difference, sum_square, difference_square, rest, cross, other;
} Ladder;

/* Add the points to the high one, and double the low one. */
static void step(Ladder *l)
{
    add(&l->sum, &l->low.x, &l->low.z);
    subtract(&l->difference, &l->low.x, &l->low.z);
    multiply(&l->sum_square, &l->sum, &l->sum);
    multiply(&l->difference_square, &l->difference, &l->difference);
    subtract(&l->rest, &l->sum_square, &l->difference_square);

    subtract(&l->cross, &l->high.x, &l->high.z);
    multiply(&l->cross, &l->cross, &l->sum);
    add(&l->other, &l->high.x, &l->high.z);
    multiply(&l->other, &l->other, &l->difference);
    add(&l->high.x, &l->cross, &l->other);
    multiply(&l->high.x, &l->high.x, &l->high.x);
    subtract(&l->high.z, &l->cross, &l->other);
    multiply(&l->high.z, &l->high.z, &l->high.z);
    multiply(&l->high.z, &l->high.z, &l->u);

    multiply(&l->low.x, &l->sum_square, &l->difference_square);
    multiply(&l->low.z, &l->rest, &a24);
    add(&l->low.z, &l->low.z, &l->sum_square);
    multiply(&l->low.z, &l->low.z, &l->rest);
}

static void swap_points(Ladder *l, uint32_t swap)
{
    cryptodev_field448_swap(&l->low.x, &l->high.x, swap);
    cryptodev_field448_swap(&l->low.z, &l->high.z, swap);
}

void cryptodev_x448(const uint8_t k[CRYPTODEV_FIELD448_LEN],
                    const uint8_t u[CRYPTODEV_FIELD448_LEN],
                    uint8_t product[CRYPTODEV_FIELD448_LEN])
{
    Ladder l = { .low.x = { { 1 } }, .high.z = { { 1 } } };

    l.u = cryptodev_field448_read(u);
    l.high.x = l.u;
    for (int i = 0; i < 8 * CRYPTODEV_FIELD448_LEN; i++) {
        uint32_t bit = k[i / 8] >> (7 - i % 8) & 1;

        swap_points(&l, bit);
        step(&l);
        swap_points(&l, bit);
    }
    cryptodev_field448_invert(&l.low.z, &l.low.z);
    multiply(&l.low.x, &l.low.x, &l.low.z);
    cryptodev_field448_write(&l.low.x, product);
    cryptodev_wipe(&l, sizeof(l));
}
