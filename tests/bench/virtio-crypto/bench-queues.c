/*
 * The speed of several data queues
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/units.h"
#include "bench-contestant.h"
#include "bench-run.h"

#define DEPTH       128
#define QUEUES_MAX  16
/*
 * The device gets all processors, except for the time that the driver takes to
 * wake up: it sleeps half of the time that its requests take.
 */
#define NAP_US      500

/*
 * Queues side by side, and fewer to compare with.  Four and more have no goal:
 * on two processors they can be as fast as two at best, and are as long as they
 * share nothing that they have to wait for.
 */
typedef struct Comparison {
    const char *name;
    const char *more_name;
    const char *less_name;
    unsigned int more;
    unsigned int less;
    double goal;
} Comparison;

static const Comparison comparisons[] = {
    { "two queues", "two", "one", 2, 1, 1.9 },
    { "four queues", "four", "two", 4, 2 },
    { "eight queues", "eight", "two", 8, 2 },
    { "sixteen queues", "sixteen", "two", QUEUES_MAX, 2 },
};

/* The pumps of the first queues */
typedef struct Queues {
    BenchDevice *devices;
    unsigned int n;
} Queues;

static void queues_slice(void *opaque, BenchSlice *slice)
{
    Queues *queues = opaque;
    BenchPump pumps[QUEUES_MAX];

    for (unsigned int i = 0; i < queues->n; i++) {
        pumps[i] = queues->devices[i].pump;
    }
    bench_pump_run(pumps, queues->n, slice);
    for (unsigned int i = 0; i < queues->n; i++) {
        queues->devices[i].pump = pumps[i];
    }
}

static void measure(BenchRun *run, BenchDevice devices[QUEUES_MAX],
                    const BenchShape *shape, const Comparison *comparison)
{
    Queues more = { devices, comparison->more };
    Queues less = { devices, comparison->less };
    BenchCase c;

    bench_case_init(&c, "queues", comparison->name, shape->len, DEPTH);
    bench_case_add(&c, comparison->more_name, queues_slice, &more, 0);
    bench_case_add(&c, comparison->less_name, queues_slice, &less, 0);
    c.crowded = true;
    c.target = comparison->goal;
    c.target_of = comparison->goal ? 1 : 0;
    /* At a slice's end only one queue is busy: longer slices make this rare */
    bench_case_run(&c, run->seconds, 2 * run->slice);
    bench_run_report(run, &c);
}

void bench_queues(BenchRun *run)
{
    const BenchShape shape = {
        .algorithm = bench_algorithm_find("aes-128-cbc-encrypt"),
        .len = 16 * KiB,
    };
    BenchDevice devices[QUEUES_MAX];
    bool started = false;

    for (size_t i = 0; i < ARRAY_SIZE(comparisons); i++) {
        if (!bench_run_wants(run, "queues", comparisons[i].name, shape.len)) {
            continue;
        }
        for (unsigned int j = 0; !started && j < QUEUES_MAX; j++) {
            bench_device_init(&devices[j],
                              bench_run_machine(run, BENCH_QUEUES), j, &shape,
                              DEPTH);
            devices[j].pump.spin_us = 0;
            devices[j].pump.nap_us = NAP_US;
        }
        started = true;
        measure(run, devices, &shape, &comparisons[i]);
    }
    for (unsigned int j = 0; started && j < QUEUES_MAX; j++) {
        bench_device_clear(&devices[j]);
    }
}
