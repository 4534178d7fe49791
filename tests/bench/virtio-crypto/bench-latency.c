/*
 * How long one request takes, alone and beside others
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/units.h"
#include "qobject/qdict.h"
#include "bench-clock.h"
#include "bench-contestant.h"
#include "bench-run.h"

/* Enough of them for a percentile */
#define SLICE       0.1
#define BUSY_DEPTH  4
#define QMP_NAP_US  200
#define REST_US     100

/* The measured request, and the load on the other queue, if any */
typedef struct Beside {
    BenchDevice *device;
    BenchDevice *other;
    BenchMachine *machine;
} Beside;

static void begin_busy(const Beside *beside)
{
    if (beside->other) {
        bench_load_spoil(beside->other->pump.load, BUSY_DEPTH);
        bench_pump_fill(&beside->other->pump);
    }
}

static void end_busy(const Beside *beside)
{
    if (beside->other) {
        bench_pump_drain(&beside->other->pump);
        bench_load_check(beside->other->pump.load, BUSY_DEPTH);
    }
}

static void keep_busy(const Beside *beside)
{
    if (beside->other) {
        bench_pump_turn(&beside->other->pump, true);
    }
}

/* Right after the answer to the one before, as a synchronous driver does it */
static double time_request(const Beside *beside)
{
    return bench_pump_time(&beside->device->pump);
}

/* The device has gone to sleep meanwhile */
static double time_rested_request(const Beside *beside)
{
    g_usleep(REST_US);
    return bench_pump_time(&beside->device->pump);
}

static double time_qmp(const Beside *beside)
{
    double start, ns;

    bench_machine_settle(beside->machine);
    start = bench_now();
    qobject_unref(qtest_qmp(beside->machine->qts,
                            "{ 'execute': 'query-name' }"));
    ns = bench_now() - start;
    g_usleep(QMP_NAP_US);
    return ns;
}

static void sample(const Beside *beside, BenchSlice *slice,
                   double (*time_one)(const Beside *))
{
    double start = bench_now();

    begin_busy(beside);
    /* At least one, even beside long requests */
    do {
        double ns;

        keep_busy(beside);
        ns = time_one(beside);
        g_array_append_val(slice->samples, ns);
    } while (bench_now() < start + slice->seconds * 1e9);
    end_busy(beside);
}

static void request_slice(void *opaque, BenchSlice *slice)
{
    const Beside *beside = opaque;

    bench_load_spoil(beside->device->pump.load, 1);
    sample(beside, slice, time_request);
    bench_load_check(beside->device->pump.load, 1);
}

static void rested_slice(void *opaque, BenchSlice *slice)
{
    const Beside *beside = opaque;

    bench_load_spoil(beside->device->pump.load, 1);
    sample(beside, slice, time_rested_request);
    bench_load_check(beside->device->pump.load, 1);
}

static void qmp_slice(void *opaque, BenchSlice *slice)
{
    sample(opaque, slice, time_qmp);
}

static const BenchShape *get_short_shape(void)
{
    static BenchShape shape = { .len = 64 };

    shape.algorithm = bench_algorithm_find("aes-128-cbc-encrypt");
    return &shape;
}

static void measure_alone(BenchRun *run, const char *name,
                          BenchSliceFunc *slice)
{
    BenchDevice ours, stock;
    Beside of_ours = { &ours }, of_stock = { &stock };
    BenchCase c;

    bench_device_init(&ours, bench_run_machine(run, BENCH_OURS), 0,
                      get_short_shape(), 1);
    bench_case_init(&c, "latency", name, 64, 1);
    bench_case_add(&c, "ours", slice, &of_ours, 0);
    if (run->stock) {
        bench_device_init(&stock, bench_run_machine(run, BENCH_STOCK), 0,
                          get_short_shape(), 1);
        bench_case_add(&c, "stock", slice, &of_stock, 0);
        c.target = 1;
        c.target_of = 1;
    }
    bench_case_run(&c, run->seconds, SLICE);
    bench_device_clear(&ours);
    if (run->stock) {
        bench_device_clear(&stock);
    }
    bench_run_report(run, &c);
}

static void measure_back_to_back(BenchRun *run, const char *name)
{
    measure_alone(run, name, request_slice);
}

static void measure_rested(BenchRun *run, const char *name)
{
    measure_alone(run, name, rested_slice);
}

static void measure_request(BenchRun *run, const char *name,
                            const BenchShape *other_shape)
{
    BenchMachine *machine = bench_run_machine(run, BENCH_QUEUES);
    BenchDevice device, other;
    Beside busy = { &device, &other }, idle = { &device };
    BenchCase c;

    bench_device_init(&device, machine, 1, get_short_shape(), 1);
    bench_device_init(&other, machine, 0, other_shape, BUSY_DEPTH);
    bench_case_init(&c, "latency", name, 64, 1);
    bench_case_add(&c, "busy", rested_slice, &busy, 0);
    bench_case_add(&c, "idle", rested_slice, &idle, 0);
    c.crowded = true;
    c.target = 0.5;
    c.target_of = 1;
    c.target_metric = BENCH_P99;
    bench_case_run(&c, run->seconds, SLICE);
    bench_device_clear(&device);
    bench_device_clear(&other);
    bench_run_report(run, &c);
}

static void measure_qmp(BenchRun *run, const char *name,
                        const BenchShape *other_shape)
{
    BenchMachine *machine = bench_run_machine(run, BENCH_QUEUES);
    BenchDevice other;
    Beside busy = { NULL, &other, machine };
    Beside idle = { NULL, NULL, machine };
    BenchCase c;

    bench_device_init(&other, machine, 0, other_shape, BUSY_DEPTH);
    bench_case_init(&c, "latency", name, 0, 1);
    bench_case_add(&c, "busy", qmp_slice, &busy, 0);
    bench_case_add(&c, "idle", qmp_slice, &idle, 0);
    c.crowded = true;
    c.limit_ns = 1e6;
    c.limit_of = 1;
    bench_case_run(&c, run->seconds, SLICE);
    bench_device_clear(&other);
    bench_run_report(run, &c);
}

void bench_latency(BenchRun *run)
{
    const BenchShape large = {
        .algorithm = bench_algorithm_find("aes-128-cbc-encrypt"), .len = MiB,
    };
    const BenchShape signature = {
        .algorithm = bench_algorithm_find("rsa-4096-sign"),
        .len = BENCH_DIGEST_LEN,
    };
    const struct {
        const char *name;
        size_t size;
        void (*alone)(BenchRun *run, const char *name);
        void (*beside)(BenchRun *run, const char *name,
                       const BenchShape *other);
        const BenchShape *other;
    } cases[] = {
        { "back to back", 64, measure_back_to_back },
        { "after a rest", 64, measure_rested },
        { "beside 1 MiB requests", 64, NULL, measure_request, &large },
        { "beside RSA-4096", 64, NULL, measure_request, &signature },
        { "QMP beside 1 MiB requests", 0, NULL, measure_qmp, &large },
        { "QMP beside RSA-4096", 0, NULL, measure_qmp, &signature },
    };

    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        if (!bench_run_wants(run, "latency", cases[i].name, cases[i].size)) {
            continue;
        }
        if (cases[i].alone) {
            cases[i].alone(run, cases[i].name);
        } else {
            cases[i].beside(run, cases[i].name, cases[i].other);
        }
    }
}
