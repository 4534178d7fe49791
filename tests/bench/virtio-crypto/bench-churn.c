/*
 * How fast sessions are created and destroyed, and the cost of many sessions
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/units.h"
#include "bench-clock.h"
#include "bench-contestant.h"
#include "bench-run.h"

/* Pairs of requests at a time */
#define CHURN   32
#define MANY    4096
#define DEPTH   256
#define PAIRS   2

static void churn_slice(void *opaque, BenchSlice *slice)
{
    BenchSessions *sessions = opaque;
    double start = bench_now(), now;

    do {
        bench_sessions_create(sessions);
        bench_sessions_destroy(sessions);
        slice->operations += sessions->n;
        now = bench_now();
    } while (now < start + slice->seconds * 1e9);
    slice->ns = (now - start) / slice->operations;
}

/* The library's time to set a key, without a device */
static void raw_churn_slice(void *opaque, BenchSlice *slice)
{
    const BenchAlgorithm *algorithm = opaque;
    double start = bench_now(), now;

    do {
        bench_raw_close(bench_raw_open(algorithm));
        slice->operations++;
        now = bench_now();
    } while (now < start + slice->seconds * 1e9);
    slice->ns = (now - start) / slice->operations;
}

static void measure_churn(BenchRun *run)
{
    const BenchAlgorithm *algorithm =
        bench_algorithm_find("aes-128-cbc-encrypt");
    BenchSessions *ours, *stock = NULL;
    BenchCase c;

    ours = bench_sessions_new(bench_run_machine(run, BENCH_OURS), algorithm,
                              CHURN);
    bench_case_init(&c, "sessions", "create and destroy", 0, CHURN);
    bench_case_add(&c, "ours", churn_slice, ours,
                   bench_machine_pid(ours->machine));
    if (run->stock) {
        stock = bench_sessions_new(bench_run_machine(run, BENCH_STOCK),
                                   algorithm, CHURN);
        bench_case_add(&c, "stock", churn_slice, stock,
                       bench_machine_pid(stock->machine));
        c.target = 1;
        c.target_of = 1;
    }
    bench_case_add(&c, "raw", raw_churn_slice, (void *)algorithm,
                   getpid());
    bench_case_run(&c, run->seconds, run->slice);
    bench_sessions_free(ours);
    g_clear_pointer(&stock, bench_sessions_free);
    bench_run_report(run, &c);
}

/* As many requests in both cases: only the sessions differ */
static void measure_many(BenchRun *run, size_t len)
{
    BenchShape shape = {
        .algorithm = bench_algorithm_find("aes-128-cbc-encrypt"), .len = len,
    };
    BenchMachine *machine = bench_run_machine(run, BENCH_OURS);
    BenchSessions *sessions = bench_sessions_new(machine, shape.algorithm,
                                                 MANY);
    BenchDevice many = { .pump = { &machine->rings[0], NULL, DEPTH } };
    BenchDevice one = many;
    BenchCase c;

    bench_sessions_create(sessions);
    many.pump.load = bench_load_new(machine, &shape, MANY, sessions->ids,
                                    MANY);
    one.pump.load = bench_load_new(machine, &shape, MANY, sessions->ids, 1);
    bench_case_init(&c, "sessions", "4096 in turn", len, DEPTH);
    bench_case_add(&c, "4096", bench_device_slice, &many,
                   bench_machine_pid(machine));
    bench_case_add(&c, "one", bench_device_slice, &one,
                   bench_machine_pid(machine));
    c.target = 1 / 1.2;
    c.target_of = 1;
    /* They are close to each other: the more pairs, the better */
    bench_case_run(&c, run->seconds, run->slice / PAIRS);
    bench_load_free(many.pump.load);
    bench_load_free(one.pump.load);
    bench_sessions_destroy(sessions);
    bench_sessions_free(sessions);
    bench_run_report(run, &c);
}

void bench_churn(BenchRun *run)
{
    static const size_t sizes[] = { 64, 4 * KiB };

    if (bench_run_wants(run, "sessions", "create and destroy", 0)) {
        measure_churn(run);
    }
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        if (bench_run_wants(run, "sessions", "4096 in turn", sizes[i])) {
            measure_many(run, sizes[i]);
        }
    }
}
