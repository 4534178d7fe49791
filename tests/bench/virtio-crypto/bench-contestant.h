/*
 * The contestants: a device, or the library
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_CONTESTANT_H
#define TESTS_BENCH_CONTESTANT_H

#include "bench-pump.h"
#include "bench-sessions.h"

/**
 * BenchDevice: a machine's device, and requests for one of its queues
 *
 * @pump: the requests
 * @sessions: their sessions
 */
typedef struct BenchDevice {
    BenchPump pump;
    BenchSessions *sessions;
} BenchDevice;

/**
 * bench_device_init: create sessions and requests
 * @device: what to fill in
 * @machine: the machine
 * @queue: the data queue
 * @shape: the requests
 * @depth: how many are in flight at a time, and how many there are
 */
void bench_device_init(BenchDevice *device, BenchMachine *machine,
                       unsigned int queue, const BenchShape *shape,
                       unsigned int depth);

/**
 * bench_devices_pace: let the driver sleep where all devices have enough to do
 * @devices: the devices of a case, with nothing in flight
 * @n: how many there are
 *
 * It waits for all of them in the same way.
 */
void bench_devices_pace(BenchDevice *const *devices, size_t n);

/**
 * bench_device_clear: destroy them
 * @device: the device, with nothing in flight
 */
void bench_device_clear(BenchDevice *device);

/** bench_device_slice: a BenchSliceFunc, for a BenchDevice: its throughput */
void bench_device_slice(void *opaque, BenchSlice *slice);

typedef struct BenchLibrary BenchLibrary;

/**
 * bench_library_new: lay out the library's sources and results
 * @memory: where
 * @shape: the requests; they are not scattered
 * @n: how many
 *
 * Returns: the library's handle with it
 */
BenchLibrary *bench_library_new(BenchMemory *memory, const BenchShape *shape,
                                unsigned int n);

/**
 * bench_library_free: close the handle
 * @library: the library
 */
void bench_library_free(BenchLibrary *library);

/** bench_library_slice: a BenchSliceFunc, for a BenchLibrary */
void bench_library_slice(void *opaque, BenchSlice *slice);

#endif
