/*
 * A run of a benchmark: its options, machines and report
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_RUN_H
#define TESTS_BENCH_RUN_H

#include "bench-case.h"
#include "bench-machine.h"
#include "bench-report.h"

/** BenchKind: the machines there are */
typedef enum BenchKind {
    BENCH_OURS,
    BENCH_STOCK,
    /* Ours with 16 data queues */
    BENCH_QUEUES,
    /* Ours with the services of RFC v1, and that many threads in its pool */
    BENCH_ONE_THREAD,
    BENCH_TWO_THREADS,
    /* The same on the OpenSSL backend, the first one with the standard's */
    BENCH_OPENSSL,
    BENCH_OPENSSL_ONE_THREAD,
    BENCH_OPENSSL_TWO_THREADS,
    /* The standard's protocol on the ipsec-mb backend */
    BENCH_IPSEC_MB,
    BENCH_KINDS,
} BenchKind;

/**
 * BenchRun: common parameters of all cases
 *
 * @ours: the program with our device
 * @stock: the program with QEMU's own, or NULL: leave it out
 * @cases: the cases to run: a regular expression for "group/name/size", or NULL
 * @quick: leave out less important cases
 * @seconds: how long a case takes
 * @slice: how long a slice takes, in seconds
 * @no_event_index: drive devices without VIRTIO_RING_F_EVENT_IDX
 * @report: where results go
 * @machines: those that have been started
 * @raw: memory for contestants without a machine
 */
typedef struct BenchRun {
    const char *ours;
    const char *stock;
    GRegex *cases;
    bool quick;
    double seconds;
    double slice;
    bool no_event_index;
    BenchReport *report;
    BenchMachine *machines[BENCH_KINDS];
    BenchMemory raw;
} BenchRun;

/**
 * bench_run_machine: get a machine
 * @run: the run
 * @kind: which one
 *
 * Returns: the machine, the run's; it is started at the first call
 */
BenchMachine *bench_run_machine(BenchRun *run, BenchKind kind);

/**
 * bench_run_raw_memory: get memory for contestants without a machine
 * @run: the run
 *
 * Returns: the memory, the run's
 */
BenchMemory *bench_run_raw_memory(BenchRun *run);

/**
 * bench_run_wants: whether a case is to be run
 * @run: the run
 * @group: its group
 * @name: its name
 * @size: bytes of a request's source, 0: there are none
 *
 * Returns: false if the user did not ask for it
 */
bool bench_run_wants(const BenchRun *run, const char *group, const char *name,
                     size_t size);

/**
 * bench_run_report: report a case, and take back all memory
 * @run: the run
 * @c: the case, measured, cleared then; nothing of it is in use any more
 */
void bench_run_report(BenchRun *run, BenchCase *c);

/**
 * bench_run_stop: end the machines
 * @run: the run
 */
void bench_run_stop(BenchRun *run);

/* The groups of cases, each in a file of its own */
void bench_throughput(BenchRun *run);
void bench_churn(BenchRun *run);
void bench_queues(BenchRun *run);
void bench_services(BenchRun *run);
void bench_openssl(BenchRun *run);
void bench_ipsec_mb(BenchRun *run);
void bench_latency(BenchRun *run);

#endif
