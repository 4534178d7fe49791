/*
 * Requests that a benchmark sends again and again
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_LOAD_H
#define TESTS_BENCH_LOAD_H

#include "bench-raw.h"
#include "bench-ring.h"

/**
 * BenchShape: the shape of requests
 *
 * @algorithm: their algorithm
 * @len: bytes of the data to encrypt, hash or sign, or of its original
 * @piece: bytes of the pieces that source and destination are scattered in,
 *         0: all in one piece
 * @direct: the descriptors are the ring's own, not in an indirect table
 * @mixed: the pieces of the destination lie between those of the source
 */
typedef struct BenchShape {
    const BenchAlgorithm *algorithm;
    size_t len;
    size_t piece;
    bool direct;
    bool mixed;
} BenchShape;

typedef struct BenchRequest BenchRequest;

/**
 * BenchLoad: requests of one shape in a machine's memory
 *
 * @shape: their shape
 * @n: how many
 */
typedef struct BenchLoad {
    BenchShape shape;
    unsigned int n;

    /* Private */
    BenchMachine *machine;
    BenchRequest *requests;
    unsigned int checked;
} BenchLoad;

/**
 * bench_load_new: lay out requests
 * @machine: in whose memory
 * @shape: what they look like
 * @n: how many
 * @sessions: the sessions that they use in turn
 * @n_sessions: how many
 *
 * Returns: the requests.  They differ in their sources.
 */
BenchLoad *bench_load_new(BenchMachine *machine, const BenchShape *shape,
                          unsigned int n, const uint64_t *sessions,
                          unsigned int n_sessions);

/**
 * bench_load_free: forget requests
 * @load: the requests, none of them in flight
 *
 * Their memory is the machine's until it is taken back.
 */
void bench_load_free(BenchLoad *load);

/**
 * bench_load_attach: write the descriptors of the first requests into a ring
 * @load: the requests
 * @ring: the virtqueue, which is idle
 * @n: how many
 */
void bench_load_attach(BenchLoad *load, BenchRing *ring, unsigned int n);

/**
 * bench_load_head: where the chain of a request begins
 * @load: the requests
 * @i: the request, of those that were attached
 *
 * Returns: its first descriptor
 */
uint16_t bench_load_head(const BenchLoad *load, unsigned int i);

/**
 * bench_load_put: put a request where another one was
 * @load: the requests, in indirect tables
 * @ring: the virtqueue
 * @head: the descriptor
 * @i: the request
 */
void bench_load_put(const BenchLoad *load, BenchRing *ring, uint16_t head,
                    unsigned int i);

/**
 * bench_load_spoil: wipe the results of some requests
 * @load: the requests, none of them in flight
 * @n: the requests to choose from are this many, the first ones
 */
void bench_load_spoil(BenchLoad *load, unsigned int n);

/**
 * bench_load_check: compare the results that were wiped with libgcrypt's
 * @load: the requests, which have been run since
 * @n: as for bench_load_spoil()
 *
 * A wrong result ends the program.
 */
void bench_load_check(BenchLoad *load, unsigned int n);

#endif
