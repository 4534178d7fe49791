/*
 * An algorithm in libgcrypt, without any device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_RAW_H
#define TESTS_BENCH_RAW_H

#include "bench-algorithm.h"

typedef struct BenchRaw BenchRaw;

/**
 * bench_raw_open: open libgcrypt's handle
 * @algorithm: the algorithm
 *
 * Returns: the handle, with its key
 */
BenchRaw *bench_raw_open(const BenchAlgorithm *algorithm);

/**
 * bench_raw_close: close a handle
 * @raw: the handle
 */
void bench_raw_close(BenchRaw *raw);

/**
 * bench_raw_run: compute
 * @raw: the handle
 * @source: the source
 * @len: its bytes
 * @result: room for the result and the tag, digest or signature
 *
 * A wrong tag or signature ends the program.
 */
void bench_raw_run(BenchRaw *raw, const void *source, size_t len,
                   uint8_t *result);

/**
 * bench_raw_source: make the source of a request
 * @algorithm: the request's algorithm
 * @i: the request's number
 * @len: bytes of the data to encrypt, hash or sign, or of its original; ignored
 *       for computations of RFC v1
 *
 * Returns: the source, with the tag or signature that is checked, if there is
 * one; the caller's
 */
GByteArray *bench_raw_source(const BenchAlgorithm *algorithm, unsigned int i,
                             size_t len);

/**
 * bench_raw_is_right: check the result of a request
 * @algorithm: the request's algorithm
 * @i: as for bench_raw_source()
 * @len: likewise
 * @result: the result
 * @result_len: its bytes
 *
 * Returns: whether it is libgcrypt's, or a signature that libgcrypt accepts
 */
bool bench_raw_is_right(const BenchAlgorithm *algorithm, unsigned int i,
                        size_t len, const uint8_t *result, size_t result_len);

#endif
