/*
 * The libgcrypt backend: integers of operands and results
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_INTEGER_H
#define BACKENDS_CRYPTODEV_GCRYPT_INTEGER_H

#include <gcrypt.h>
#include "system/cryptodev-compute.h"
#include "../cryptodev/common/der.h"

G_DEFINE_AUTO_CLEANUP_FREE_FUNC(gcry_mpi_t, gcry_mpi_release, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(gcry_mpi_point_t, gcry_mpi_point_release, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC(gcry_sexp_t, gcry_sexp_release, NULL)

/**
 * cryptodev_integer_read:
 * @operand: a big-endian number; it may have no bytes, and is 0 then
 * @secret: whether it goes to secure memory
 *
 * Returns: the number, which the caller owns; NULL if memory is short.
 */
gcry_mpi_t cryptodev_integer_read(CryptoDevOperand operand, bool secret);

/**
 * cryptodev_integer_read_secret:
 * @operand: a big-endian number of at least one byte; the guest must not have
 *           chosen its length, as secure memory is scarce
 *
 * The time does not depend on how many zeros the number begins with, except
 * that libgcrypt drops limbs that are zero.
 *
 * Returns: the number, in secure memory, which the caller owns; NULL if memory
 * is short.
 */
gcry_mpi_t cryptodev_integer_read_secret(CryptoDevOperand operand);

/**
 * cryptodev_integer_take:
 * @der: where the INTEGER is, consumed by it
 * @format: GCRYMPI_FMT_STD; or GCRYMPI_FMT_USG to read a negative number as a
 *          positive one
 * @secret: whether it goes to secure memory
 * @integer: set to the number, which the caller owns
 *
 * Returns: false if @der does not begin with an INTEGER, or memory is short.
 */
bool cryptodev_integer_take(CryptoDevDer *der, enum gcry_mpi_format format,
                            bool secret, gcry_mpi_t *integer);

/**
 * cryptodev_integer_len:
 * @integer: a number
 *
 * Returns: how many bytes it needs.
 */
size_t cryptodev_integer_len(gcry_mpi_t integer);

/**
 * cryptodev_integer_write:
 * @integer: a number that is not negative
 * @data: where it goes, big-endian
 * @len: bytes in @data
 *
 * Returns: false if it needs more bytes.
 */
bool cryptodev_integer_write(gcry_mpi_t integer, uint8_t *data, size_t len);

/**
 * cryptodev_integer_add:
 * @computation: a computation that runs
 * @integer: its next result, which is not negative
 * @len: bytes in the result
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_ERR if it needs more bytes, or memory is
 * short.
 */
CryptoDevStatus cryptodev_integer_add(CryptoDevComputation *computation,
                                      gcry_mpi_t integer, size_t len);

/**
 * cryptodev_integer_power:
 * @power: set to @base to the power of @exponent, modulo @modulus
 * @base: a number that is not negative
 * @exponent: a number that is not negative
 * @modulus: a number greater than 0, which need not be in secure memory
 *
 * For powers that are secrets, or have secrets as exponents: no copies stay in
 * memory.
 */
void cryptodev_integer_power(gcry_mpi_t power, gcry_mpi_t base,
                             gcry_mpi_t exponent, gcry_mpi_t modulus);

/**
 * cryptodev_integer_lengthen:
 * @k: a number from 1 to @n
 * @n: the order of the element that is raised to the power of @k, or multiplied
 *     by it
 *
 * Computing a power or a product is quicker if the secret has fewer bits.  The
 * number returned gives the same result as @k, but always has one bit more than
 * @n.
 *
 * Returns: @k with @n added once or twice, in secure memory, which the caller
 * owns.
 */
gcry_mpi_t cryptodev_integer_lengthen(gcry_mpi_t k, gcry_mpi_t n);

/**
 * cryptodev_integer_is_odd:
 * @integer: a number
 *
 * Returns: whether it is odd and positive.
 */
bool cryptodev_integer_is_odd(gcry_mpi_t integer);

/**
 * cryptodev_integer_is_between:
 * @low: a number
 * @integer: a number
 * @high: a number
 *
 * Returns: whether @integer is greater than @low and less than @high.
 */
bool cryptodev_integer_is_between(unsigned long low, gcry_mpi_t integer,
                                  gcry_mpi_t high);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_INTEGER_H */
