/*
 * A run of a benchmark: its options, machines and report
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "bench-run.h"
#include "bench-wait.h"

/* What the machines need themselves is theirs for good */
static uint64_t starts[BENCH_KINDS];

static BenchMachine *start_machine(const BenchRun *run, BenchKind kind)
{
    switch (kind) {
    case BENCH_STOCK:
        return bench_machine_start("stock", run->stock,
                                   "cryptodev-backend-builtin");
    case BENCH_QUEUES:
        return bench_machine_start("queues", run->ours,
                                   "cryptodev-backend-gcrypt,queues=2");
    default:
        return bench_machine_start("ours", run->ours,
                                   "cryptodev-backend-gcrypt");
    }
}

BenchMachine *bench_run_machine(BenchRun *run, BenchKind kind)
{
    if (!run->machines[kind]) {
        run->machines[kind] = start_machine(run, kind);
        bench_wait_watch(qtest_pid(run->machines[kind]->qts));
        starts[kind] = run->machines[kind]->memory.next;
    }
    return run->machines[kind];
}

bool bench_run_wants(const BenchRun *run, const char *group, const char *name)
{
    g_autofree char *path = g_strdup_printf("%s/%s", group, name);

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
