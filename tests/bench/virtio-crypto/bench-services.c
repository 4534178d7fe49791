/*
 * How fast public-key operations are
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "bench-contestant.h"
#include "bench-libcrypto.h"
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

/* How many threads the pool has, and the machines that it belongs to */
typedef struct Pool {
    const char *name;
    BenchKind kind;
    BenchKind openssl;
    bool crowded;
} Pool;

static const Pool pools[] = {
    { "1 thread", BENCH_ONE_THREAD, BENCH_OPENSSL_ONE_THREAD },
    { "2 threads", BENCH_TWO_THREADS, BENCH_OPENSSL_TWO_THREADS, true },
};

/* The pool of the standard protocol's machines is as large as they like. */
static const Pool standard = { "virtio", BENCH_OURS, BENCH_OPENSSL, true };

/* With a private exponent as long as the modulus */
static bool is_long(const BenchAlgorithm *algorithm)
{
    return !algorithm->curve && !algorithm->verify &&
           algorithm->number != VIRTIO_CRYPTO_AKCIPHER_ECDSA;
}

static unsigned int get_depth(const BenchAlgorithm *algorithm)
{
    return is_long(algorithm) ? LONG_DEPTH : SHORT_DEPTH;
}

/* Add a device as a contestant. */
static void add_device(BenchRun *run, BenchCase *c, const char *name,
                       BenchDevice *device, BenchKind kind,
                       const BenchShape *shape)
{
    BenchMachine *machine = bench_run_machine(run, kind);

    bench_device_init(device, machine, 0, shape, c->depth);
    device->pump.spin_us = 0;
    device->pump.nap_us = NAP_US;
    bench_case_add(c, name, bench_device_slice, device,
                   bench_machine_pid(machine));
}

static void start_case(BenchCase *c, const char *group, const char *name,
                       unsigned int depth, const Pool *pool)
{
    bench_case_init(c, group, name, 0, depth);
    c->crowded = pool->crowded;
    c->per_second = true;
}

/* Compare the gcrypt backend with libgcrypt. */
static void measure(BenchRun *run, const BenchAlgorithm *algorithm,
                    const Pool *pool, const char *name)
{
    const BenchShape shape = { .algorithm = algorithm };
    BenchLibrary *library;
    BenchDevice ours;
    BenchCase c;

    start_case(&c, "services", name, get_depth(algorithm), pool);
    add_device(run, &c, "ours", &ours, pool->kind, &shape);
    library = bench_library_new(bench_run_raw_memory(run), &shape, c.depth);
    bench_case_add(&c, "raw", bench_library_slice, library, getpid());
    bench_case_run(&c, run->seconds, SLICES * run->slice);
    bench_device_clear(&ours);
    bench_library_free(library);
    bench_run_report(run, &c);
}

/* Compare the OpenSSL backend with the gcrypt backend, and with OpenSSL. */
static void measure_openssl(BenchRun *run, const BenchAlgorithm *algorithm,
                            const Pool *pool, const char *name)
{
    BenchLibcrypto *libcrypto = bench_libcrypto_new(algorithm);
    const BenchShape shape = {
        .algorithm = algorithm,
        .len = algorithm->computation ? 0 : BENCH_DIGEST_LEN,
    };
    BenchDevice openssl, gcrypt;
    BenchCase c;

    if (!libcrypto) {
        return;
    }
    /* Several keys at once need so many that some wait. */
    start_case(&c, "openssl", name, SHORT_DEPTH, pool);
    add_device(run, &c, "openssl", &openssl, pool->openssl, &shape);
    add_device(run, &c, "gcrypt", &gcrypt, pool->kind, &shape);
    bench_case_add(&c, "raw", bench_libcrypto_slice, libcrypto, getpid());
    bench_case_run(&c, run->seconds, SLICES * run->slice);
    bench_device_clear(&openssl);
    bench_device_clear(&gcrypt);
    bench_libcrypto_free(libcrypto);
    bench_run_report(run, &c);
}

static void measure_wanted(BenchRun *run, const char *group,
                           const BenchAlgorithm *algorithm, const Pool *pool,
                           void (*func)(BenchRun *run,
                                        const BenchAlgorithm *algorithm,
                                        const Pool *pool, const char *name))
{
    g_autofree char *name = g_strdup_printf("%s, %s", algorithm->name,
                                            pool->name);

    if (bench_run_wants(run, group, name, 0) &&
        !(run->quick && algorithm->library > 2048)) {
        func(run, algorithm, pool, name);
    }
}

void bench_services(BenchRun *run)
{
    for (size_t i = 0; bench_computations[i].name; i++) {
        for (size_t k = 0; k < ARRAY_SIZE(pools); k++) {
            measure_wanted(run, "services", &bench_computations[i], &pools[k],
                           measure);
        }
    }
}

void bench_openssl(BenchRun *run)
{
    for (size_t i = 0; bench_signatures[i].name; i++) {
        measure_wanted(run, "openssl", &bench_signatures[i], &standard,
                       measure_openssl);
    }
    for (size_t i = 0; bench_computations[i].name; i++) {
        for (size_t k = 0; k < ARRAY_SIZE(pools); k++) {
            measure_wanted(run, "openssl", &bench_computations[i], &pools[k],
                           measure_openssl);
        }
    }
}
