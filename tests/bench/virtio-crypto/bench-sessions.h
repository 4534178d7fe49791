/*
 * Sessions that a benchmark creates and destroys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_SESSIONS_H
#define TESTS_BENCH_SESSIONS_H

#include "bench-algorithm.h"
#include "bench-machine.h"

/**
 * BenchSessions: sessions of one algorithm
 *
 * @n: how many
 * @ids: their ids, after bench_sessions_create()
 */
typedef struct BenchSessions {
    unsigned int n;
    uint64_t *ids;

    /* Private */
    BenchMachine *machine;
    uint64_t create;
    uint64_t destroy;
    size_t create_len;
    size_t destroy_len;
    double patience_ns;
} BenchSessions;

/**
 * bench_sessions_new: lay out the requests that create and destroy sessions
 * @machine: in whose memory
 * @algorithm: what the sessions are for
 * @n: how many
 *
 * Returns: the sessions, not created yet
 */
BenchSessions *bench_sessions_new(BenchMachine *machine,
                                  const BenchAlgorithm *algorithm,
                                  unsigned int n);

/**
 * bench_sessions_create: create sessions, as many at once as the queue takes
 * @sessions: the sessions
 *
 * It is an error if that fails.
 */
void bench_sessions_create(BenchSessions *sessions);

/**
 * bench_sessions_try: create and destroy a session, if the device hears of it
 * @sessions: the sessions, of which there is one
 * @patience_ns: how long to wait for an answer
 *
 * Returns: false if there was none before the device was told through qtest,
 * which then is how it is told from now on.
 */
bool bench_sessions_try(BenchSessions *sessions, double patience_ns);

/**
 * bench_sessions_destroy: destroy them likewise
 * @sessions: the sessions
 */
void bench_sessions_destroy(BenchSessions *sessions);

/**
 * bench_sessions_free: forget the requests
 * @sessions: the sessions, destroyed
 *
 * Their memory is the machine's until it is taken back.
 */
void bench_sessions_free(BenchSessions *sessions);

#endif
