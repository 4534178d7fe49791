/*
 * A driver that keeps a virtqueue busy
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_PUMP_H
#define TESTS_BENCH_PUMP_H

#include "bench-case.h"
#include "bench-load.h"

/**
 * BenchPump: requests that are in flight on a virtqueue
 *
 * @ring: the virtqueue
 * @load: the requests
 * @depth: how many are in flight at a time
 * @nap_us: how long to sleep when nothing is used, 0: do not sleep
 */
typedef struct BenchPump {
    BenchRing *ring;
    BenchLoad *load;
    unsigned int depth;
    unsigned int nap_us;

    /* Private */
    unsigned int in_flight;
    unsigned int next;
} BenchPump;

/**
 * bench_pump_fill: put requests in flight
 * @pump: the pump, with nothing in flight
 */
void bench_pump_fill(BenchPump *pump);

/**
 * bench_pump_turn: take what is used
 * @pump: the pump
 * @again: whether to send another request for each
 *
 * Returns: how many there were
 */
unsigned int bench_pump_turn(BenchPump *pump, bool again);

/**
 * bench_pump_drain: wait until nothing is in flight
 * @pump: the pump
 */
void bench_pump_drain(BenchPump *pump);

/**
 * bench_pump_run: measure throughput
 * @pumps: pumps of one machine, with nothing in flight
 * @n: how many; all have the nap of the first one
 * @slice: the measurement
 */
void bench_pump_run(BenchPump *pumps, unsigned int n, BenchSlice *slice);

/**
 * bench_pump_time: run one request
 * @pump: a pump with a depth of 1 and nothing in flight, filled before
 *
 * Returns: nanoseconds from when it was made available until it was used
 */
double bench_pump_time(BenchPump *pump);

#endif
