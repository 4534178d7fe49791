/*
 * How many requests a device runs: sizes, depths, and ways to lay them out
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/units.h"
#include "bench-contestant.h"
#include "bench-run.h"

/*
 * How much time a device may take in addition to the library, as a share of
 * stock's total time for a request of 64 bytes
 */
#define OWN_COST    0.55

/* Enough work for a device while its driver sleeps */
#define IN_FLIGHT   (4 * MiB)
#define MAX_DEPTH   512

/* Enough for some signatures */
#define SLOW_SLICE  0.1
#define SIGNATURE_DEPTH 4

static const size_t sizes[] = { 64, 256, KiB, 4 * KiB, 16 * KiB, 64 * KiB };

/* Contestants, and which of them is which */
typedef struct Trio {
    BenchDevice ours;
    BenchDevice stock;
    BenchLibrary *library;
    bool in_stock;
    unsigned int raw;
} Trio;

static void init_trio(Trio *trio, BenchRun *run, BenchCase *c,
                      const BenchShape *shape)
{
    BenchDevice *const devices[] = { &trio->ours, &trio->stock };

    trio->in_stock = run->stock && shape->algorithm->in_stock;
    bench_device_init(&trio->ours, bench_run_machine(run, BENCH_OURS), 0,
                      shape, c->depth);
    bench_case_add(c, "ours", bench_device_slice, &trio->ours,
                   bench_machine_pid(trio->ours.pump.ring->machine));
    if (trio->in_stock) {
        bench_device_init(&trio->stock, bench_run_machine(run, BENCH_STOCK),
                          0, shape, c->depth);
        bench_case_add(c, "stock", bench_device_slice, &trio->stock,
                       bench_machine_pid(trio->stock.pump.ring->machine));
    }
    bench_devices_pace(devices, trio->in_stock ? 2 : 1);
    trio->library = bench_library_new(bench_run_raw_memory(run), shape,
                                      c->depth);
    trio->raw = c->n;
    bench_case_add(c, "raw", bench_library_slice, trio->library,
                   getpid());
}

static void clear_trio(Trio *trio)
{
    bench_device_clear(&trio->ours);
    if (trio->in_stock) {
        bench_device_clear(&trio->stock);
    }
    bench_library_free(trio->library);
}

/* The goals for one data queue */
static void set_goal(BenchCase *c, const BenchShape *shape, const Trio *trio,
                     double stock_ns)
{
    bool is_cbc_encrypt = g_str_equal(shape->algorithm->name,
                                      "aes-128-cbc-encrypt");

    if (shape->len == 64 && trio->in_stock) {
        c->target = 2;
        c->target_of = 1;
    } else if (shape->len == 64 * KiB ||
               (shape->len == 4 * KiB && is_cbc_encrypt)) {
        c->target = 0.9;
        c->target_of = trio->raw;
    }
    c->limit_ns = OWN_COST * stock_ns;
    c->limit_of = trio->raw;
}

/* Measure the device's own time in terms of stock's time for 64 bytes */
static void measure_size(BenchRun *run, const BenchShape *shape,
                         double *stock_ns)
{
    BenchCase c;
    Trio trio;

    bench_case_init(&c, "sizes", shape->algorithm->name, shape->len,
                    MIN(MAX_DEPTH, IN_FLIGHT / shape->len));
    init_trio(&trio, run, &c, shape);
    bench_case_run(&c, run->seconds, run->slice);
    if (shape->len == 64 && trio.in_stock) {
        GArray **results = c.contestants[1].results;

        /* On a busy machine the processor time is nearer the truth */
        *stock_ns = MIN(bench_percentile(results[BENCH_NS], 0),
                        bench_percentile(results[BENCH_CPU], 0));
    }
    set_goal(&c, shape, &trio, *stock_ns);
    clear_trio(&trio);
    bench_run_report(run, &c);
}

static void measure_sizes(BenchRun *run)
{
    double stock_ns = 0;

    for (size_t i = 0; bench_algorithms[i].name; i++) {
        BenchShape shape = { .algorithm = &bench_algorithms[i] };

        for (size_t k = 0; k < ARRAY_SIZE(sizes); k++) {
            shape.len = sizes[k];
            if (bench_run_wants(run, "sizes", shape.algorithm->name,
                                shape.len) && !(run->quick && k % 3 == 1)) {
                measure_size(run, &shape, &stock_ns);
            }
        }
    }
}

static void measure(BenchRun *run, const char *group, const char *name,
                    const BenchShape *shape, unsigned int depth, double slice)
{
    BenchCase c;
    Trio trio;

    if (bench_run_wants(run, group, name, shape->len)) {
        bench_case_init(&c, group, name, shape->len, depth);
        init_trio(&trio, run, &c, shape);
        bench_case_run(&c, run->seconds, slice);
        clear_trio(&trio);
        bench_run_report(run, &c);
    }
}

static void measure_depths(BenchRun *run)
{
    static const unsigned int depths[] = { 1, 4, 16, 64, 256 };
    BenchShape shape = {
        .algorithm = bench_algorithm_find("aes-128-cbc-encrypt"),
    };

    for (shape.len = 64; shape.len <= 4 * KiB; shape.len *= 64) {
        for (size_t i = 0; i < ARRAY_SIZE(depths); i++) {
            measure(run, "depths", shape.algorithm->name, &shape, depths[i],
                    run->slice);
        }
    }
}

static void measure_layouts(BenchRun *run)
{
    const BenchAlgorithm *algorithm =
        bench_algorithm_find("aes-128-cbc-decrypt");
    const struct {
        const char *name;
        BenchShape shape;
        unsigned int depth;
    } layouts[] = {
        { "direct descriptors", { algorithm, 64, 0, true }, 192 },
        { "pages", { algorithm, 64 * KiB, 4 * KiB }, 64 },
        { "pages among each other",
          { algorithm, 64 * KiB, 4 * KiB, false, true }, 64 },
        { "pieces of 64 bytes", { algorithm, 4 * KiB, 64 }, 128 },
        { "pieces of 100 bytes", { algorithm, 4 * KiB, 100 }, 128 },
    };

    for (size_t i = 0; i < ARRAY_SIZE(layouts); i++) {
        measure(run, "layouts", layouts[i].name, &layouts[i].shape,
                layouts[i].depth, run->slice);
    }
}

static void measure_signatures(BenchRun *run)
{
    for (size_t i = 0; bench_signatures[i].name; i++) {
        const BenchShape shape = { &bench_signatures[i], BENCH_DIGEST_LEN };

        measure(run, "signatures", shape.algorithm->name, &shape,
                SIGNATURE_DEPTH, SLOW_SLICE);
    }
}

void bench_throughput(BenchRun *run)
{
    measure_sizes(run);
    measure_depths(run);
    measure_layouts(run);
    measure_signatures(run);
}
