/*
 * The eventfds of another process
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_EVENTFD_H
#define TESTS_BENCH_EVENTFD_H

/**
 * bench_eventfd_list: find out which eventfds a process has
 * @pid: the process
 *
 * Returns: their numbers there, in order: an array of int, the caller's; empty
 * if the kernel does not say
 */
GArray *bench_eventfd_list(pid_t pid);

/**
 * bench_eventfd_take: share an eventfd of a process
 * @pid: the process
 * @fd: the eventfd's number there
 *
 * Returns: its number here, which the caller closes, or -1 if that is not
 * permitted
 */
int bench_eventfd_take(pid_t pid, int fd);

/**
 * bench_eventfd_ring: signal an eventfd
 * @fd: the eventfd
 */
void bench_eventfd_ring(int fd);

#endif
