/*
 * The contestants: a device, or the library
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <math.h>
#include "qemu/units.h"
#include "bench-clock.h"
#include "bench-contestant.h"

/* Room for a digest, a tag, a signature or a list of results */
#define EXTRA       528
/* A driver looks as long as a short request takes, and then now and then */
#define SPIN_US     50
#define SHORT_NAP_US    5
/*
 * A driver that looks at the ring all the time slows the device down, where
 * two processors are one core.  So it sleeps, if that is short beside the time
 * that the requests in flight take: the device must not run out of them, nor
 * a faster one that it is compared with.
 */
#define NAP_US      40
#define WORK_US     (4 * NAP_US)
#define WORK_TRIALS 5
/* Read the clock after about this many bytes */
#define CLOCK_BYTES (4 * KiB)

/* A source for the library, and the place of its result */
typedef struct Computation {
    uint8_t *source;
    size_t len;
    uint8_t *result;
} Computation;

struct BenchLibrary {
    BenchRaw *raw;
    unsigned int n;
    unsigned int clock_n;
    Computation *computations;
};

void bench_device_init(BenchDevice *device, BenchMachine *machine,
                       unsigned int queue, const BenchShape *shape,
                       unsigned int depth)
{
    device->sessions = bench_sessions_new(machine, shape->algorithm, 1);
    bench_sessions_create(device->sessions);
    device->pump = (BenchPump) {
        .ring = &machine->rings[queue],
        .load = bench_load_new(machine, shape, depth, device->sessions->ids,
                               1),
        .depth = depth,
        .spin_us = SPIN_US,
        .nap_us = SHORT_NAP_US,
    };
}

void bench_devices_pace(BenchDevice *const *devices, size_t n)
{
    double shortest = INFINITY;

    for (size_t i = 0; i < n; i++) {
        for (int k = 0; k < WORK_TRIALS; k++) {
            shortest = MIN(shortest, bench_pump_time(&devices[i]->pump));
        }
    }
    for (size_t i = 0; i < n && shortest >= WORK_US * 1e3; i++) {
        devices[i]->pump.spin_us = 0;
        devices[i]->pump.nap_us = NAP_US;
    }
}

void bench_device_clear(BenchDevice *device)
{
    bench_load_free(device->pump.load);
    bench_sessions_destroy(device->sessions);
    bench_sessions_free(device->sessions);
}

void bench_device_slice(void *opaque, BenchSlice *slice)
{
    BenchDevice *device = opaque;

    bench_pump_run(&device->pump, 1, slice);
}

static uint8_t *take_memory(BenchMemory *memory, size_t len)
{
    return bench_memory_at(memory, bench_memory_alloc(memory, len, 64));
}

BenchLibrary *bench_library_new(BenchMemory *memory, const BenchShape *shape,
                                unsigned int n)
{
    BenchLibrary *library = g_new0(BenchLibrary, 1);

    library->raw = bench_raw_open(shape->algorithm);
    library->n = n;
    library->clock_n = shape->algorithm->computation ? 1 :
                       MAX(1, CLOCK_BYTES / (shape->len + EXTRA));
    library->computations = g_new0(Computation, n);
    for (unsigned int i = 0; i < n; i++) {
        Computation *computation = &library->computations[i];
        g_autoptr(GByteArray) source = bench_raw_source(shape->algorithm, i,
                                                        shape->len);

        computation->len = source->len;
        computation->source = take_memory(memory, source->len);
        computation->result = take_memory(memory, shape->len + EXTRA);
        memcpy(computation->source, source->data, source->len);
    }
    return library;
}

void bench_library_free(BenchLibrary *library)
{
    bench_raw_close(library->raw);
    g_free(library->computations);
    g_free(library);
}

void bench_library_slice(void *opaque, BenchSlice *slice)
{
    BenchLibrary *library = opaque;
    double start = bench_now(), now;

    do {
        for (unsigned int i = 0; i < library->clock_n; i++) {
            const Computation *computation =
                &library->computations[slice->operations++ % library->n];

            bench_raw_run(library->raw, computation->source,
                          computation->len, computation->result);
        }
        now = bench_now();
    } while (now < start + slice->seconds * 1e9);
    slice->ns = (now - start) / slice->operations;
}
