/*
 * What a second data queue adds
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/units.h"
#include "bench-contestant.h"
#include "bench-run.h"

#define DEPTH   64

/* The pumps of the first queues */
typedef struct Queues {
    BenchDevice *devices;
    unsigned int n;
} Queues;

static void queues_slice(void *opaque, BenchSlice *slice)
{
    Queues *queues = opaque;
    BenchPump pumps[2];

    for (unsigned int i = 0; i < queues->n; i++) {
        pumps[i] = queues->devices[i].pump;
    }
    bench_pump_run(pumps, queues->n, slice);
    for (unsigned int i = 0; i < queues->n; i++) {
        queues->devices[i].pump = pumps[i];
    }
}

static void measure(BenchRun *run, const BenchShape *shape)
{
    BenchMachine *machine = bench_run_machine(run, BENCH_QUEUES);
    BenchDevice devices[2];
    Queues two = { devices, 2 }, one = { devices, 1 };
    BenchCase c;

    for (unsigned int i = 0; i < ARRAY_SIZE(devices); i++) {
        bench_device_init(&devices[i], machine, i, shape, DEPTH);
    }
    bench_case_init(&c, "queues", shape->algorithm->name, shape->len,
                    DEPTH);
    bench_case_add(&c, "two", queues_slice, &two, 0);
    bench_case_add(&c, "one", queues_slice, &one, 0);
    c.crowded = true;
    c.target = 1.9;
    c.target_of = 1;
    /* The last requests of a slice leave one queue alone: make them few */
    bench_case_run(&c, run->seconds, 2 * run->slice);
    for (unsigned int i = 0; i < ARRAY_SIZE(devices); i++) {
        bench_device_clear(&devices[i]);
    }
    bench_run_report(run, &c);
}

void bench_queues(BenchRun *run)
{
    const BenchShape shape = {
        .algorithm = bench_algorithm_find("aes-128-cbc-encrypt"),
        .len = 16 * KiB,
    };

    if (bench_run_wants(run, "queues", shape.algorithm->name, shape.len)) {
        measure(run, &shape);
    }
}
