/*
 * The output of a benchmark
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_REPORT_H
#define TESTS_BENCH_REPORT_H

#include "qobject/qdict.h"
#include "bench-case.h"
#include "bench-machine.h"

typedef struct BenchReport BenchReport;

/**
 * bench_report_new: begin a report
 * @parameters: how the benchmark is run; the report's from now on
 *
 * Returns: the report, empty
 */
BenchReport *bench_report_new(QDict *parameters);

/**
 * bench_report_machine: print a machine's description, and keep it
 * @report: the report
 * @machine: the machine, which was started
 */
void bench_report_machine(BenchReport *report, BenchMachine *machine);

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
