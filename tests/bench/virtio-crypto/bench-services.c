/*
 * How fast the services of RFC v1 are at public-key operations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "bench-contestant.h"
#include "bench-run.h"

/* Turns are this many times as long as others, for long operations */
#define SLICES      5
/*
 * The driver sleeps while the pool's threads work.  Many short operations are
 * in flight, so that the threads do not run out of work meanwhile.  Few long
 * ones are, because a turn ends when all are complete.
 */
#define NAP_US      100
#define SHORT_DEPTH 32
#define LONG_DEPTH  4

/* How many threads the pool has, and the machine that it belongs to */
typedef struct Pool {
    const char *name;
    BenchKind kind;
    bool crowded;
} Pool;

static const Pool pools[] = {
    { "1 thread", BENCH_ONE_THREAD },
    { "2 threads", BENCH_TWO_THREADS, true },
};

/* With a private exponent as long as the modulus */
static bool is_long(const BenchAlgorithm *algorithm)
{
    return !algorithm->curve && !algorithm->verify;
}

static void measure(BenchRun *run, const BenchAlgorithm *algorithm,
                    const Pool *pool, const char *name)
{
    unsigned int depth = is_long(algorithm) ? LONG_DEPTH : SHORT_DEPTH;
    BenchMachine *machine = bench_run_machine(run, pool->kind);
    const BenchShape shape = { .algorithm = algorithm };
    BenchLibrary *library;
    BenchDevice ours;
    BenchCase c;

    bench_device_init(&ours, machine, 0, &shape, depth);
    ours.pump.spin_us = 0;
    ours.pump.nap_us = NAP_US;
    library = bench_library_new(bench_run_raw_memory(run), &shape, depth);
    bench_case_init(&c, "services", name, 0, depth);
    bench_case_add(&c, "ours", bench_device_slice, &ours,
                   bench_machine_pid(machine));
    bench_case_add(&c, "raw", bench_library_slice, library, getpid());
    c.crowded = pool->crowded;
    c.per_second = true;
    bench_case_run(&c, run->seconds, SLICES * run->slice);
    bench_device_clear(&ours);
    bench_library_free(library);
    bench_run_report(run, &c);
}

void bench_services(BenchRun *run)
{
    for (size_t i = 0; bench_computations[i].name; i++) {
        const BenchAlgorithm *algorithm = &bench_computations[i];

        for (size_t k = 0; k < ARRAY_SIZE(pools); k++) {
            g_autofree char *name = g_strdup_printf("%s, %s", algorithm->name,
                                                    pools[k].name);

            if (bench_run_wants(run, "services", name, 0) &&
                !(run->quick && algorithm->library > 2048)) {
                measure(run, algorithm, &pools[k], name);
            }
        }
    }
}
