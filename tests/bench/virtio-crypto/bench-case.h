/*
 * One comparison of a benchmark: contestants that take turns
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_CASE_H
#define TESTS_BENCH_CASE_H

/**
 * BenchSlice: a short measurement
 *
 * @seconds: about how long it should take
 * @operations: how many there were, 0 if only their times count
 * @ns: how long one took, in nanoseconds
 * @samples: times of single operations, if they were measured, as double; then
 *           @ns is ignored
 */
typedef struct BenchSlice {
    double seconds;
    uint64_t operations;
    double ns;
    GArray *samples;
} BenchSlice;

/**
 * BenchSliceFunc: measure
 * @opaque: the contestant's
 * @slice: what to fill in
 */
typedef void BenchSliceFunc(void *opaque, BenchSlice *slice);

/** BenchMetric: the kinds of results to compare */
typedef enum BenchMetric {
    /* Nanoseconds for an operation, or their median in a slice */
    BENCH_NS,
    /* The 99th percentile in a slice */
    BENCH_P99,
    /* Nanoseconds of processor time for an operation */
    BENCH_CPU,
    BENCH_METRICS,
} BenchMetric;

/**
 * BenchContestant: a participant in a comparison
 *
 * @name: its name in tables
 * @slice: measures a slice
 * @opaque: for @slice
 * @pid: the process whose processor time counts, 0: none
 * @results: the results of its slices, by metric: arrays of double, empty if
 *           the metric is not measured
 */
typedef struct BenchContestant {
    const char *name;
    BenchSliceFunc *slice;
    void *opaque;
    pid_t pid;
    GArray *results[BENCH_METRICS];
} BenchContestant;

#define BENCH_MAX_CONTESTANTS   4

/**
 * BenchCase: a comparison
 *
 * @group: the group of cases that it belongs to
 * @name: its name in the group
 * @size: bytes of a request's source, 0: there are none
 * @depth: requests in flight
 * @contestants: the first one is compared with the others
 * @n: how many
 * @waited: the share of its time that each round waited for a processor: double
 * @rounds: how many there were; the results of rounds that waited long are
 *          dropped
 * @per_second: figures are shown as operations per second
 * @crowded: it may have more busy threads than the host has processors, so that
 *           they have to wait
 * @target: how many times as fast the first one should be as @target_of,
 *          0: there is no target
 * @target_of: the number of a contestant
 * @target_metric: the metric to compare
 * @limit_ns: how much longer the first one may take than @limit_of, 0: there
 *            is no limit
 * @limit_of: the number of a contestant
 */
typedef struct BenchCase {
    const char *group;
    const char *name;
    size_t size;
    unsigned int depth;
    BenchContestant contestants[BENCH_MAX_CONTESTANTS];
    unsigned int n;
    GArray *waited;
    unsigned int rounds;
    bool per_second;
    bool crowded;
    double target;
    unsigned int target_of;
    BenchMetric target_metric;
    double limit_ns;
    unsigned int limit_of;
} BenchCase;

/**
 * BenchSpread: the results of comparing neighbouring slices
 *
 * @median: their median
 * @low: the first quartile
 * @high: the third quartile
 * @noisy: a ratio that says little: the quartiles are far from each other, or
 *         other programs were too busy
 */
typedef struct BenchSpread {
    double median;
    double low;
    double high;
    bool noisy;
} BenchSpread;

/**
 * bench_case_init: begin to describe a case
 * @c: what to fill in
 * @group: its group
 * @name: its name
 * @size: bytes of a request
 * @depth: requests in flight
 */
void bench_case_init(BenchCase *c, const char *group, const char *name,
                     size_t size, unsigned int depth);

/**
 * bench_case_add: add a contestant
 * @c: the case
 * @name: the contestant's name
 * @slice: how it is measured
 * @opaque: what that function gets
 * @pid: the process whose processor time counts, or 0
 */
void bench_case_add(BenchCase *c, const char *name, BenchSliceFunc *slice,
                    void *opaque, pid_t pid);

/**
 * bench_case_run: measure
 * @c: the case
 * @seconds: how long, for all contestants together
 * @slice: seconds of a slice
 */
void bench_case_run(BenchCase *c, double seconds, double slice);

/**
 * bench_case_clear: free the results
 * @c: the case
 */
void bench_case_clear(BenchCase *c);

/**
 * bench_case_ratio: how many times as fast the first contestant is
 * @c: the case, measured
 * @other: as this one
 * @metric: what to compare
 *
 * Returns: the ratio
 */
BenchSpread bench_case_ratio(const BenchCase *c, unsigned int other,
                             BenchMetric metric);

/**
 * bench_case_has: whether there are results
 * @c: the case, measured
 * @metric: of this kind
 *
 * Returns: true if there are
 */
bool bench_case_has(const BenchCase *c, BenchMetric metric);

/**
 * bench_case_is_disturbed: whether other programs were too busy
 * @c: the case, measured
 *
 * Returns: true if even the best rounds have waited for a processor.  Then the
 * processor time is most meaningful.
 */
bool bench_case_is_disturbed(const BenchCase *c);

/**
 * bench_case_difference: how much longer the first contestant takes
 * @c: the case, measured
 * @other: than this one
 * @metric: what to compare
 *
 * Returns: nanoseconds
 */
BenchSpread bench_case_difference(const BenchCase *c, unsigned int other,
                                  BenchMetric metric);

/**
 * bench_case_judge: hold a case against its target and its limit
 * @c: the case, measured
 *
 * Returns: "met", "missed", "noisy", or NULL if there is nothing to judge
 */
const char *bench_case_judge(const BenchCase *c);

/**
 * bench_percentile: one number for many
 * @values: double, at least one
 * @part: 0 for the least, 1 for the greatest
 *
 * Returns: the value
 */
double bench_percentile(const GArray *values, double part);

#endif
