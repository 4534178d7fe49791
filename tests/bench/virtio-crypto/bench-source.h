/*
 * The sources of a benchmark's requests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_SOURCE_H
#define TESTS_BENCH_SOURCE_H

/** BENCH_SOURCE_MAX: the longest source */
#define BENCH_SOURCE_MAX    MiB

/**
 * bench_source: the source of a request
 * @i: the request's number; many requests have different ones
 *
 * Returns: BENCH_SOURCE_MAX bytes, static
 */
const uint8_t *bench_source(unsigned int i);

#endif
