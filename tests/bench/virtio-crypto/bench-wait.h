/*
 * How long processes have waited for a processor
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_WAIT_H
#define TESTS_BENCH_WAIT_H

/**
 * bench_wait_watch: count a process in
 * @pid: the process
 */
void bench_wait_watch(pid_t pid);

/**
 * bench_wait_total: read the clock of waiting
 *
 * Returns: nanoseconds for which the threads of all these processes have waited
 * for a processor since they began; 0 if the kernel does not count that
 */
double bench_wait_total(void);

#endif
