/*
 * The OpenSSL backend: elliptic curves, and their points
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_CURVE_H
#define BACKENDS_CRYPTODEV_OPENSSL_CURVE_H

#include <openssl/ec.h>
#include "library.h"
#include "order.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(EC_POINT, EC_POINT_clear_free)

/**
 * CryptoDevOpensslCurve:
 * @group: OpenSSL's form of it; NULL if it has none
 * @order: that of the base point, of @group
 * @id: which curve it is
 * @name: OpenSSL's name
 * @size: bytes in a coordinate
 * @quick: whether an operation takes a tenth of a millisecond at most, for
 *         which OpenSSL has code that is made for the curve
 * @lanes: whether several signatures on it can go together
 *
 * A curve, which does not change: any number of threads use it.
 */
typedef struct CryptoDevOpensslCurve {
    EC_GROUP *group;
    CryptoDevOpensslOrder order;
    CryptoDevCurve id;
    const char *name;
    size_t size;
    bool quick;
    bool lanes;
} CryptoDevOpensslCurve;

/**
 * cryptodev_openssl_curves_new:
 * @library: the library
 * @uses_lanes: whether operations that wait for each other may go together
 *
 * Returns: the Weierstrass curves that the library has, for
 * cryptodev_openssl_curves_free().
 */
CryptoDevOpensslCurve *
cryptodev_openssl_curves_new(const CryptoDevOpensslLibrary *library,
                             bool uses_lanes);

/**
 * cryptodev_openssl_curves_free:
 * @curves: curves that nothing uses, or NULL
 */
void cryptodev_openssl_curves_free(CryptoDevOpensslCurve *curves);

/**
 * cryptodev_openssl_curves_find:
 * @curves: curves
 * @id: any curve
 *
 * Returns: the curve, which lives as long as @curves; NULL unless it is a
 * Weierstrass curve that the library has.
 */
const CryptoDevOpensslCurve *
cryptodev_openssl_curves_find(const CryptoDevOpensslCurve *curves,
                              CryptoDevCurve id);

/**
 * cryptodev_openssl_read_point:
 * @curve: a curve
 * @x: the first coordinate
 * @y: the second coordinate
 * @point: set to the point, which the caller owns, or NULL
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_KEY_REJECTED if the point is not on the
 * curve; CRYPTODEV_ERR if memory is short.
 */
CryptoDevStatus
cryptodev_openssl_read_point(const CryptoDevOpensslCurve *curve,
                             CryptoDevOperand x, CryptoDevOperand y,
                             EC_POINT **point);

/**
 * cryptodev_openssl_multiply:
 * @curve: a curve
 * @k: a number from 1 to n - 1, which may be secret: the time does not depend
 *     on it
 * @point: a point of the curve; NULL stands for the base point
 * @x: set to the first coordinate of k times the point
 * @y: set to the second coordinate, if it is not NULL
 *
 * Nothing of the numbers stays on the stack.
 *
 * Returns: false on an error of OpenSSL's.
 */
bool cryptodev_openssl_multiply(const CryptoDevOpensslCurve *curve,
                                const BIGNUM *k, const EC_POINT *point,
                                BIGNUM *x, BIGNUM *y);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_CURVE_H */
