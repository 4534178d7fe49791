/*
 * Requests of RFC v1 for the measured computations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_COMPUTATION_H
#define TESTS_BENCH_COMPUTATION_H

#include "bench-algorithm.h"

/**
 * bench_computation_create_request: the request that creates a session
 * @algorithm: what the session is for
 *
 * Returns: the request, the caller's
 */
QVirtioCryptoRequest *
bench_computation_create_request(const BenchAlgorithm *algorithm);

/**
 * bench_computation_request: a data request
 * @algorithm: what it computes
 * @session: the session's id
 * @source: the list of operands
 *
 * Returns: the request, the caller's
 */
QVirtioCryptoRequest *
bench_computation_request(const BenchAlgorithm *algorithm, uint64_t session,
                          const GByteArray *source);

/**
 * bench_computation_source: the operands of a request
 * @algorithm: what it computes
 * @i: the request's number; many requests have different operands
 *
 * Returns: the list, the caller's
 */
GByteArray *bench_computation_source(const BenchAlgorithm *algorithm,
                                     unsigned int i);

/**
 * bench_computation_digest: find the digest that is signed
 * @algorithm: of signatures
 * @source: the list of operands
 *
 * Returns: the digest, behind which is the signature to verify, as a list
 */
const uint8_t *bench_computation_digest(const BenchAlgorithm *algorithm,
                                        const uint8_t *source);

/**
 * bench_computation_is_true: check a result that is a bool
 * @result: the list of results
 * @len: its bytes
 *
 * Returns: whether it says true
 */
bool bench_computation_is_true(const uint8_t *result, size_t len);

#endif
