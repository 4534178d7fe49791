/*
 * The host that a benchmark runs on
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_HOST_H
#define TESTS_BENCH_HOST_H

#include "qobject/qdict.h"

/**
 * bench_host_describe: describe the host
 *
 * Returns: its processors, kernel and, if the kernel tells them, the
 * processors' model and their frequency governor; the caller's
 */
QDict *bench_host_describe(void);

#endif
