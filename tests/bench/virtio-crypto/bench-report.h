/*
 * What a benchmark prints and writes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_REPORT_H
#define TESTS_BENCH_REPORT_H

#include "bench-case.h"

typedef struct BenchReport BenchReport;

/**
 * bench_report_new: begin a report
 *
 * Returns: the report, empty
 */
BenchReport *bench_report_new(void);

/**
 * bench_report_add: print a case, and keep its figures
 * @report: the report
 * @c: the case, measured
 */
void bench_report_add(BenchReport *report, const BenchCase *c);

/**
 * bench_report_finish: print the sum of it, and free the report
 * @report: the report
 * @path: a file to write the figures to in JSON, or NULL
 */
void bench_report_finish(BenchReport *report, const char *path);

#endif
