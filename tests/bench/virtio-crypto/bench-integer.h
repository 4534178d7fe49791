/*
 * Integers of libgcrypt as bytes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_INTEGER_H
#define TESTS_BENCH_INTEGER_H

#include <gcrypt.h>

/**
 * bench_integer_read: read an integer
 * @bytes: the integer, big-endian
 * @len: bytes
 *
 * Returns: the integer, the caller's
 */
gcry_mpi_t bench_integer_read(const uint8_t *bytes, size_t len);

/**
 * bench_integer_write: write an integer with leading zeros
 * @integer: the integer
 * @bytes: where it goes
 * @len: bytes, no fewer than it has
 */
void bench_integer_write(gcry_mpi_t integer, uint8_t *bytes, size_t len);

#endif
