/*
 * Tasks that run together
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_TOGETHER_TEST_H
#define TESTS_CRYPTODEV_TOGETHER_TEST_H

#include "conformance.h"

/* As many tasks as there may be, and fewer, with all kinds of keys */
ConformanceTest test_together;
/* The same in many threads */
ConformanceTest test_together_threads;
/* The same for a batch of operations */
ConformanceTest test_together_ops;
/* Which tasks are of a kind, with a library for that and without */
ConformanceTest test_kinds, test_no_kinds;

#endif
