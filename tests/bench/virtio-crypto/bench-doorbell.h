/*
 * How a benchmark notifies a device as KVM does
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_DOORBELL_H
#define TESTS_BENCH_DOORBELL_H

#include "bench-machine.h"

/**
 * bench_doorbell_find: give each virtqueue its eventfd
 * @machine: the machine, with nothing in flight
 *
 * Under KVM, a guest's notification signals an eventfd, and that wakes the
 * thread that serves the virtqueue, whichever it is.  A notification through
 * qtest is carried out by the main loop: that one is awake then.
 *
 * Virtqueues whose eventfd is not found keep to qtest.
 */
void bench_doorbell_find(BenchMachine *machine);

#endif
