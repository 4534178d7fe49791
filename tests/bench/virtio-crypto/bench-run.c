/*
 * A run of a benchmark: its options, machines and report
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/units.h"
#include "../../qtest/libqos/virtio-crypto-rfc.h"
#include "bench-doorbell.h"
#include "bench-run.h"
#include "bench-wait.h"

#define RAW_MEMORY  (64 * MiB)

/* The machines' own memory, which is not taken back */
static uint64_t starts[BENCH_KINDS];

#define SERVICES    (1ull << VIRTIO_CRYPTO_RFC_F_DH |   \
                     1ull << VIRTIO_CRYPTO_RFC_F_RSA |  \
                     1ull << VIRTIO_CRYPTO_RFC_F_ECDH | \
                     1ull << VIRTIO_CRYPTO_RFC_F_ECDSA)

static BenchMachine *create_machine(const BenchRun *run, BenchKind kind)
{
    static const struct {
        const char *name;
        const char *backend;
        const char *device;
        uint64_t features;
    } kinds[] = {
        [BENCH_OURS] = { "ours", "cryptodev-backend-gcrypt", "" },
        [BENCH_STOCK] = { "stock", "cryptodev-backend-builtin", "" },
        [BENCH_QUEUES] = { "queues", "cryptodev-backend-gcrypt,queues=16",
                           "" },
        [BENCH_ONE_THREAD] = { "one-thread", "cryptodev-backend-gcrypt",
                               ",protocol=rfc-v1,pool-threads=1", SERVICES },
        [BENCH_TWO_THREADS] = { "two-threads", "cryptodev-backend-gcrypt",
                                ",protocol=rfc-v1,pool-threads=2", SERVICES },
        [BENCH_OPENSSL] = { "openssl", "cryptodev-backend-openssl", "" },
        [BENCH_OPENSSL_ONE_THREAD] = { "openssl-one-thread",
                                       "cryptodev-backend-openssl",
                                       ",protocol=rfc-v1,pool-threads=1",
                                       SERVICES },
        [BENCH_OPENSSL_TWO_THREADS] = { "openssl-two-threads",
                                        "cryptodev-backend-openssl",
                                        ",protocol=rfc-v1,pool-threads=2",
                                        SERVICES },
        [BENCH_IPSEC_MB] = { "ipsec-mb", "cryptodev-backend-ipsec-mb", "" },
    };
    uint64_t features = kinds[kind].features |
                        1ull << VIRTIO_RING_F_INDIRECT_DESC;

    if (!run->no_event_index) {
        features |= 1ull << VIRTIO_RING_F_EVENT_IDX;
    }
    return bench_machine_start(kinds[kind].name, kind == BENCH_STOCK ?
                                                 run->stock : run->ours,
                               kinds[kind].backend, kinds[kind].device,
                               features);
}

static void start_machine(BenchRun *run, BenchKind kind)
{
    BenchMachine *machine = create_machine(run, kind);

    run->machines[kind] = machine;
    bench_wait_watch(bench_machine_pid(machine));
    starts[kind] = machine->memory.next;
    bench_doorbell_find(machine);
    machine->memory.next = starts[kind];
    bench_report_machine(run->report, machine);
}

BenchMachine *bench_run_machine(BenchRun *run, BenchKind kind)
{
    if (!run->machines[kind]) {
        start_machine(run, kind);
    }
    return run->machines[kind];
}

BenchMemory *bench_run_raw_memory(BenchRun *run)
{
    if (!run->raw.host) {
        bench_memory_init(&run->raw, RAW_MEMORY);
    }
    return &run->raw;
}

bool bench_run_wants(const BenchRun *run, const char *group, const char *name,
                     size_t size)
{
    g_autofree char *path = g_strdup_printf("%s/%s/%zu", group, name, size);

    return !run->cases || g_regex_match(run->cases, path, 0, NULL);
}

static void take_back_memory(BenchRun *run)
{
    for (unsigned int i = 0; i < BENCH_KINDS; i++) {
        if (run->machines[i]) {
            run->machines[i]->memory.next = starts[i];
        }
    }
    run->raw.next = 0;
}

void bench_run_report(BenchRun *run, BenchCase *c)
{
    bench_report_add(run->report, c);
    bench_case_clear(c);
    take_back_memory(run);
}

void bench_run_stop(BenchRun *run)
{
    for (unsigned int i = 0; i < BENCH_KINDS; i++) {
        if (run->machines[i]) {
            bench_machine_stop(run->machines[i]);
        }
    }
}
