/*
 * Key agreement in libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_AGREEMENT_H
#define TESTS_BENCH_AGREEMENT_H

#include "bench-algorithm.h"

typedef struct BenchAgreement BenchAgreement;

/**
 * bench_agreement_open: read the private key
 * @algorithm: whose
 *
 * Returns: the key, and the group that it belongs to
 */
BenchAgreement *bench_agreement_open(const BenchAlgorithm *algorithm);

/**
 * bench_agreement_close: forget the private key
 * @agreement: the key, or NULL
 */
void bench_agreement_close(BenchAgreement *agreement);

/**
 * bench_agreement_run: compute the secret that is shared with a peer
 * @agreement: the private key
 * @source: the operands of a request
 * @result: where the list of results goes
 */
void bench_agreement_run(const BenchAgreement *agreement,
                         const uint8_t *source, uint8_t *result);

/**
 * bench_agreement_room: the length of the results
 * @algorithm: the key agreement
 *
 * Returns: bytes of the list of results
 */
size_t bench_agreement_room(const BenchAlgorithm *algorithm);

/**
 * bench_agreement_append_session: append the operands of a session
 * @list: the list
 * @algorithm: what the session is for
 */
void bench_agreement_append_session(GByteArray *list,
                                    const BenchAlgorithm *algorithm);

/**
 * bench_agreement_append_source: append the operands of a request
 * @list: the list
 * @algorithm: what it computes
 * @i: the request's number; many requests have different peers
 */
void bench_agreement_append_source(GByteArray *list,
                                   const BenchAlgorithm *algorithm,
                                   unsigned int i);

#endif
