/*
 * The clock of a benchmark
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_CLOCK_H
#define TESTS_BENCH_CLOCK_H

/** BENCH_PATIENCE_NS: a wait that takes longer than this has failed */
#define BENCH_PATIENCE_NS   60e9

/**
 * bench_now: read the clock
 *
 * Returns: nanoseconds since some time in the past
 */
static inline double bench_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e9 + now.tv_nsec;
}

/**
 * bench_cpu_now: read the clock of a process
 * @pid: the process, or 0 for none
 *
 * Returns: nanoseconds that its threads have run
 */
static inline double bench_cpu_now(pid_t pid)
{
    struct timespec now;
    clockid_t clock;

    if (!pid || clock_getcpuclockid(pid, &clock) ||
        clock_gettime(clock, &now)) {
        return 0;
    }
    return now.tv_sec * 1e9 + now.tv_nsec;
}

#endif
