/*
 * A public-key algorithm in OpenSSL, without any device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_LIBCRYPTO_H
#define TESTS_BENCH_LIBCRYPTO_H

#include "bench-algorithm.h"
#include "bench-case.h"

typedef struct BenchLibcrypto BenchLibcrypto;

/**
 * bench_libcrypto_new: make a key, and prepare an operation with it
 * @algorithm: the operation
 *
 * Keys are OpenSSL's own, of the algorithm's size: the time does not depend on
 * them.
 *
 * Returns: the operation, the caller's; NULL if it has no counterpart here
 */
BenchLibcrypto *bench_libcrypto_new(const BenchAlgorithm *algorithm);

/**
 * bench_libcrypto_free: forget the key
 * @libcrypto: the operation
 */
void bench_libcrypto_free(BenchLibcrypto *libcrypto);

/** bench_libcrypto_slice: a BenchSliceFunc, for a BenchLibcrypto */
void bench_libcrypto_slice(void *opaque, BenchSlice *slice);

#endif
