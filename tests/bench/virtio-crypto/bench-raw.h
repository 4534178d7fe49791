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
 * @algorithm: of what
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
 * @result: room for the result and the tag or digest
 */
void bench_raw_run(BenchRaw *raw, const void *source, size_t len,
                   uint8_t *result);

#endif
