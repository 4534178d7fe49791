/*
 * The libgcrypt backend: elliptic curves, and their points
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_CURVE_H
#define BACKENDS_CRYPTODEV_GCRYPT_CURVE_H

#include "integer.h"

/**
 * CryptoDevGcryptCurve:
 * @context: libgcrypt's form of it
 * @p: the size of the field
 * @a: the first parameter of its equation
 * @b: the second one, which is called d for an Edwards curve
 * @size: bytes in a coordinate
 * @n: the order of the base point; NULL if it has no name
 * @edwards: whether it is an Edwards curve, not a Weierstrass one
 * @cofactor: by what the order of the curve is greater than @n; 0 if unknown
 *
 * A curve, for one thread.
 */
typedef struct CryptoDevGcryptCurve {
    gcry_ctx_t context;
    gcry_mpi_t p;
    gcry_mpi_t a;
    gcry_mpi_t b;
    size_t size;
    gcry_mpi_t n;
    bool edwards;
    unsigned long cofactor;
} CryptoDevGcryptCurve;

/**
 * cryptodev_curve_init:
 *
 * Make libgcrypt's table of fields, which it makes when it first opens a curve,
 * without a lock.  To be called before there are threads.
 */
void cryptodev_curve_init(void);

/**
 * cryptodev_curve_name:
 * @curve: a Weierstrass or Edwards curve
 *
 * Returns: libgcrypt's name of it; NULL for any other curve.
 */
const char *cryptodev_curve_name(CryptoDevCurve curve);

/**
 * cryptodev_curve_open:
 * @id: the curve
 *
 * Returns: the curve, for cryptodev_curve_close(); NULL unless it is a
 * Weierstrass or Edwards curve that libgcrypt has.
 */
CryptoDevGcryptCurve *cryptodev_curve_open(CryptoDevCurve id);

/**
 * cryptodev_curve_open_with:
 * @p: a prime of 3 bits at least
 * @a: a number below @p
 * @b: a number below @p
 *
 * Returns: the Weierstrass curve, for cryptodev_curve_close(); NULL if memory
 * is short.
 */
CryptoDevGcryptCurve *cryptodev_curve_open_with(gcry_mpi_t p, gcry_mpi_t a,
                                                gcry_mpi_t b);

/**
 * cryptodev_curve_close:
 * @curve: a curve, or NULL
 */
void cryptodev_curve_close(CryptoDevGcryptCurve *curve);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CryptoDevGcryptCurve, cryptodev_curve_close)

/**
 * cryptodev_curve_contains:
 * @curve: a curve
 * @x: a number that is not negative
 * @y: a number that is not negative
 *
 * Returns: whether the point is on the curve.
 */
bool cryptodev_curve_contains(const CryptoDevGcryptCurve *curve, gcry_mpi_t x,
                              gcry_mpi_t y);

/**
 * cryptodev_curve_read_point:
 * @curve: a curve
 * @x: the first coordinate
 * @y: the second coordinate
 *
 * Returns: the point, which the caller owns; NULL if it is not on the curve, or
 * one of those of an Edwards curve whose order divides the cofactor.
 */
gcry_mpi_point_t cryptodev_curve_read_point(CryptoDevGcryptCurve *curve,
                                            CryptoDevOperand x,
                                            CryptoDevOperand y);

/**
 * cryptodev_curve_multiply:
 * @curve: a curve
 * @k: a number greater than 0
 * @point: a point of the curve; NULL stands for the base point
 * @x: set to the first coordinate of k times the point
 * @y: set to the second coordinate
 *
 * If @k is in secure memory, the time does not depend on its bits.  On a
 * Weierstrass curve it depends on their number, up to that of p: use
 * cryptodev_integer_lengthen() to make the number constant.  On an Edwards
 * curve it does not.
 *
 * Returns: false if the result is the point at infinity, or the neutral one.
 */
bool cryptodev_curve_multiply(const CryptoDevGcryptCurve *curve, gcry_mpi_t k,
                              gcry_mpi_point_t point, gcry_mpi_t x,
                              gcry_mpi_t y);

/**
 * cryptodev_curve_read_scalar:
 * @curve: a curve with a name
 * @operand: the scalar
 *
 * Returns: it, in secure memory, which the caller owns; NULL if it is not from
 * 1 to n - 1, or on an Edwards curve, of which keys are greater, from 1 to the
 * greatest number with as many bits as p.
 */
gcry_mpi_t cryptodev_curve_read_scalar(const CryptoDevGcryptCurve *curve,
                                       CryptoDevOperand operand);

/**
 * cryptodev_curve_add_product:
 * @computation: a computation that runs; its next results are the coordinates
 *               of @k times @point
 * @curve: a curve
 * @k: a number greater than 0, in secure memory; what
 *     cryptodev_curve_read_scalar() returned, if @curve has a name
 * @point: as for cryptodev_curve_multiply()
 *
 * The time does not depend on @k, except on a curve without a name, whose order
 * is unknown: there it depends on the number of @k's leading zeros.
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_ERR if the result has no coordinates, or
 * memory is short.
 */
CryptoDevStatus cryptodev_curve_add_product(CryptoDevComputation *computation,
                                            CryptoDevGcryptCurve *curve,
                                            gcry_mpi_t k,
                                            gcry_mpi_point_t point);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_CURVE_H */
