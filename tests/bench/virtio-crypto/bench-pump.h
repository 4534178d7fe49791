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
 * @spin_us: how long to look for something used before going to sleep
 * @nap_us: how long to sleep then between looks, 0: not at all
 */
typedef struct BenchPump {
    BenchRing *ring;
    BenchLoad *load;
    unsigned int depth;
    unsigned int spin_us;
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
 * bench_pump_turn: take used chains
 * @pump: the pump
 * @again: whether to send another request for each
 *
 * Returns: how many there were
 */
unsigned int bench_pump_turn(BenchPump *pump, bool again);

/**
 * bench_pump_wait: wait until nothing is in flight, for a limited time
 * @pump: the pump
 * @patience_ns: how long
 *
 * Returns: false if something still is
 */
bool bench_pump_wait(BenchPump *pump, double patience_ns);

/**
 * bench_pump_drain: wait until nothing is in flight
 * @pump: the pump
 *
 * A request that takes too long ends the program.
 */
void bench_pump_drain(BenchPump *pump);

/**
 * bench_pump_run: measure throughput
 * @pumps: pumps of one machine, with nothing in flight
 * @n: how many; all wait as the first one does
 * @slice: the measurement
 */
void bench_pump_run(BenchPump *pumps, unsigned int n, BenchSlice *slice);

/**
 * bench_pump_time: run as many requests as are in flight at a time
 * @pump: the pump, with nothing in flight
 *
 * Returns: nanoseconds from when they were made available until all were used
 */
double bench_pump_time(BenchPump *pump);

#endif
