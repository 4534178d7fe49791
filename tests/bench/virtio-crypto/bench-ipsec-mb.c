/*
 * How fast the ipsec-mb backend is, with few requests in flight and with many
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/units.h"
#include "bench-contestant.h"
#include "bench-run.h"

/* With as many in flight, it must not be slower than the gcrypt backend. */
#define NO_SLOWER   0.95

/* As many as the device takes at once, and some more for the driver */
#define DEPTH       256
#define IN_FLIGHT   (4 * MiB)

static void measure(BenchRun *run, const char *name, const BenchShape *shape,
                    unsigned int depth)
{
    BenchDevice ipsec_mb, gcrypt;
    BenchDevice *const devices[] = { &ipsec_mb, &gcrypt };
    BenchLibrary *library;
    BenchCase c;

    if (!bench_run_wants(run, "ipsec-mb", name, shape->len)) {
        return;
    }
    bench_case_init(&c, "ipsec-mb", name, shape->len, depth);
    bench_device_init(&ipsec_mb, bench_run_machine(run, BENCH_IPSEC_MB), 0,
                      shape, depth);
    bench_device_init(&gcrypt, bench_run_machine(run, BENCH_OURS), 0, shape,
                      depth);
    bench_devices_pace(devices, ARRAY_SIZE(devices));
    library = bench_library_new(bench_run_raw_memory(run), shape, depth);
    bench_case_add(&c, "ipsec-mb", bench_device_slice, &ipsec_mb,
                   bench_machine_pid(ipsec_mb.pump.ring->machine));
    bench_case_add(&c, "gcrypt", bench_device_slice, &gcrypt,
                   bench_machine_pid(gcrypt.pump.ring->machine));
    bench_case_add(&c, "raw", bench_library_slice, library, getpid());
    c.target = NO_SLOWER;
    c.target_of = 1;
    bench_case_run(&c, run->seconds, run->slice);
    bench_device_clear(&ipsec_mb);
    bench_device_clear(&gcrypt);
    bench_library_free(library);
    bench_run_report(run, &c);
}

static void measure_sizes(BenchRun *run)
{
    static const size_t sizes[] = { 64, 256, KiB, 4 * KiB, 16 * KiB,
                                    64 * KiB };

    for (size_t i = 0; bench_algorithms[i].name; i++) {
        for (size_t k = 0; k < ARRAY_SIZE(sizes); k++) {
            const BenchShape shape = { &bench_algorithms[i], sizes[k] };

            if (!(run->quick && k % 3 == 1)) {
                measure(run, shape.algorithm->name, &shape,
                        MIN(DEPTH, IN_FLIGHT / shape.len));
            }
        }
    }
}

/*
 * The table in backends/cryptodev-ipsec-mb/cost.c is about these: one algorithm
 * of each family that has lanes, or whose texts fill all of them alone.
 */
static void measure_depths(BenchRun *run)
{
    static const char *const names[] = {
        "aes-128-cbc-encrypt", "aes-128-cbc-decrypt", "aes-128-ctr", "sha256",
        "hmac-sha256", "aes-128-gcm-encrypt", "chacha20-poly1305-encrypt",
        "aes-128-cbc-hmac-sha1", "aes-128-cbc-hmac-sha256",
    };
    static const unsigned int depths[] = { 1, 4, 16, 64 };

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        BenchShape shape = { bench_algorithm_find(names[i]) };

        for (shape.len = 512; shape.len <= 4 * KiB; shape.len *= 8) {
            for (size_t k = 0; k < ARRAY_SIZE(depths); k++) {
                g_autofree char *name =
                    g_strdup_printf("%s, depth %u", names[i], depths[k]);

                measure(run, name, &shape, depths[k]);
            }
        }
    }
}

static void measure_pages(BenchRun *run)
{
    const BenchShape pages = {
        bench_algorithm_find("aes-128-cbc-encrypt"), 64 * KiB, 4 * KiB,
    };

    measure(run, "pages", &pages, 64);
}

void bench_ipsec_mb(BenchRun *run)
{
    measure_sizes(run);
    if (!run->quick) {
        measure_depths(run);
    }
    measure_pages(run);
}
