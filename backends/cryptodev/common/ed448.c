/*
 * Points of Ed448: RFC 8032, section 5.2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "system/cryptodev.h"
#include "ed448.h"

#define add cryptodev_field448_add
#define subtract cryptodev_field448_subtract
#define multiply cryptodev_field448_multiply

typedef CryptoDevField448 Element;

/* The curve is x^2 + y^2 = 1 - 39081 x^2 y^2. */
static const Element minus_d = { { 39081 } };

/* The point (x / z, y / z) */
typedef struct Point {
    Element x;
    Element y;
    Element z;
} Point;

/* Room to add points with */
typedef struct Room {
    Element z, x, y, cross, square, term, less, more;
} Room;

/*
 * RFC 8032, section 5.2.4.  The formulas are complete: they are right for any
 * two points of the curve, be they the same, or neutral.
 */
static void add_points(Point *sum, const Point *a, const Point *b, Room *r)
{
    multiply(&r->z, &a->z, &b->z);
    multiply(&r->x, &a->x, &b->x);
    multiply(&r->y, &a->y, &b->y);
    add(&r->cross, &a->x, &a->y);
    add(&r->square, &b->x, &b->y);
    multiply(&r->cross, &r->cross, &r->square);
    subtract(&r->cross, &r->cross, &r->x);
    subtract(&r->cross, &r->cross, &r->y);

    multiply(&r->square, &r->z, &r->z);
    multiply(&r->term, &r->x, &r->y);
    multiply(&r->term, &r->term, &minus_d);
    add(&r->more, &r->square, &r->term);
    subtract(&r->less, &r->square, &r->term);

    multiply(&sum->x, &r->z, &r->more);
    multiply(&sum->x, &sum->x, &r->cross);
    subtract(&sum->y, &r->y, &r->x);
    multiply(&sum->y, &sum->y, &r->z);
    multiply(&sum->y, &sum->y, &r->less);
    multiply(&sum->z, &r->less, &r->more);
}

static void swap_points(Point *a, Point *b, uint32_t swap)
{
    cryptodev_field448_swap(&a->x, &b->x, swap);
    cryptodev_field448_swap(&a->y, &b->y, swap);
    cryptodev_field448_swap(&a->z, &b->z, swap);
}

void cryptodev_ed448_multiply(const uint8_t *k, size_t k_len,
                              uint8_t x[CRYPTODEV_FIELD448_LEN],
                              uint8_t y[CRYPTODEV_FIELD448_LEN])
{
    Point product = { .y = { { 1 } }, .z = { { 1 } } };
    Point next = { .z = { { 1 } } };
    Room room;

    next.x = cryptodev_field448_read(x);
    next.y = cryptodev_field448_read(y);
    for (size_t i = 0; i < 8 * k_len; i++) {
        uint32_t bit = k[i / 8] >> (7 - i % 8) & 1;

        swap_points(&product, &next, bit);
        add_points(&next, &product, &next, &room);
        add_points(&product, &product, &product, &room);
        swap_points(&product, &next, bit);
    }
    cryptodev_field448_invert(&product.z, &product.z);
    multiply(&product.x, &product.x, &product.z);
    multiply(&product.y, &product.y, &product.z);
    cryptodev_field448_write(&product.x, x);
    cryptodev_field448_write(&product.y, y);
    cryptodev_wipe(&product, sizeof(product));
    cryptodev_wipe(&next, sizeof(next));
    cryptodev_wipe(&room, sizeof(room));
}
