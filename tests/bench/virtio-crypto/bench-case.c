/*
 * One comparison of a benchmark: contestants that take turns
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The speed of a machine varies more over time than the contestants differ.  So
 * slices are short, and only neighbouring slices are compared.
 */

#include "qemu/osdep.h"
#include "bench-case.h"
#include "bench-clock.h"
#include "bench-wait.h"

/* With fewer rounds than this nothing can be told */
#define MIN_ROUNDS  9
/* The share of its time that a good round may wait for a processor */
#define DISTURBED   0.02
/* With this much nothing can be told */
#define TOO_DISTURBED   0.1
/* How far the quartiles may be apart, as a part of the median */
#define NOISE       0.2
/* How far from the mark a noisy result is that leaves no doubt */
#define MARGIN      1.5

void bench_case_init(BenchCase *c, const char *group, const char *name,
                     size_t size, unsigned int depth)
{
    *c = (BenchCase) {
        .group = group, .name = name, .size = size, .depth = depth,
        .waited = g_array_new(false, false, sizeof(double)),
    };
}

void bench_case_add(BenchCase *c, const char *name, BenchSliceFunc *slice,
                    void *opaque, pid_t pid)
{
    BenchContestant *contestant = &c->contestants[c->n++];

    g_assert_cmpint(c->n, <=, BENCH_MAX_CONTESTANTS);
    *contestant = (BenchContestant) {
        .name = name, .slice = slice, .opaque = opaque, .pid = pid,
    };
    for (unsigned int i = 0; i < BENCH_METRICS; i++) {
        contestant->results[i] = g_array_new(false, false, sizeof(double));
    }
}

void bench_case_clear(BenchCase *c)
{
    g_array_unref(c->waited);
    for (unsigned int i = 0; i < c->n; i++) {
        for (unsigned int k = 0; k < BENCH_METRICS; k++) {
            g_array_unref(c->contestants[i].results[k]);
        }
    }
}

static int compare_doubles(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;

    return (a > b) - (a < b);
}

double bench_percentile(const GArray *values, double part)
{
    g_autoptr(GArray) sorted = g_array_copy((GArray *)values);

    g_assert_cmpint(sorted->len, >, 0);
    g_array_sort(sorted, compare_doubles);
    return g_array_index(sorted, double,
                         (guint)(part * (sorted->len - 1) + 0.5));
}

static void add_result(BenchContestant *contestant, BenchMetric metric,
                       double result)
{
    g_array_append_val(contestant->results[metric], result);
}

static void run_slice(BenchContestant *contestant, double seconds)
{
    g_autoptr(GArray) samples = g_array_new(false, false, sizeof(double));
    BenchSlice slice = { .seconds = seconds, .samples = samples };
    double cpu_start = bench_cpu_now(contestant->pid);

    contestant->slice(contestant->opaque, &slice);
    if (samples->len) {
        slice.ns = bench_percentile(samples, 0.5);
        add_result(contestant, BENCH_P99, bench_percentile(samples, 0.99));
    }
    add_result(contestant, BENCH_NS, slice.ns);
    if (contestant->pid) {
        add_result(contestant, BENCH_CPU,
                   (bench_cpu_now(contestant->pid) - cpu_start) /
                   slice.operations);
    }
}

/* Each round begins with another contestant, and goes the other way */
static void run_round(BenchCase *c, unsigned int round, double slice)
{
    double wait_start = bench_wait_total(), start = bench_now();
    double waited;

    for (unsigned int i = 0; i < c->n; i++) {
        unsigned int step = round % 2 ? c->n - i : i;

        run_slice(&c->contestants[(round / 2 + step) % c->n], slice);
    }
    waited = (bench_wait_total() - wait_start) / (bench_now() - start);
    g_array_append_val(c->waited, waited);
}

static void forget(BenchCase *c, unsigned int round)
{
    g_array_remove_index(c->waited, round);
    for (unsigned int i = 0; i < c->n; i++) {
        for (unsigned int k = 0; k < BENCH_METRICS; k++) {
            GArray *results = c->contestants[i].results[k];

            if (results->len) {
                g_array_remove_index(results, round);
            }
        }
    }
}

/*
 * Other programs slow some contestants down more than others: leave rounds
 * out that had to wait for them, but keep a third in any case.
 */
static void forget_disturbed(BenchCase *c)
{
    double most = MAX(bench_percentile(c->waited, 1 / 3.), DISTURBED);

    for (unsigned int i = c->waited->len; i-- > 0; ) {
        if (g_array_index(c->waited, double, i) > most) {
            forget(c, i);
        }
    }
}

void bench_case_run(BenchCase *c, double seconds, double slice)
{
    double end;

    /* The first time is for the caches and the page tables */
    run_round(c, 0, slice);
    forget(c, 0);
    end = bench_now() + seconds * 1e9;
    for (c->rounds = 0; c->rounds < MIN_ROUNDS || bench_now() < end;
         c->rounds++) {
        run_round(c, c->rounds, slice);
    }
    forget_disturbed(c);
}

bool bench_case_has(const BenchCase *c, BenchMetric metric)
{
    for (unsigned int i = 0; i < c->n; i++) {
        if (!c->contestants[i].results[metric]->len) {
            return false;
        }
    }
    return true;
}

static BenchSpread get_spread(const GArray *values)
{
    return (BenchSpread) {
        .median = bench_percentile(values, 0.5),
        .low = bench_percentile(values, 0.25),
        .high = bench_percentile(values, 0.75),
    };
}

bool bench_case_is_disturbed(const BenchCase *c)
{
    return !c->crowded && bench_percentile(c->waited, 0.5) > TOO_DISTURBED;
}

/* How many times as fast the first one is as the other with @more to do */
static BenchSpread get_ratio(const BenchCase *c, unsigned int other,
                             BenchMetric metric, double more)
{
    const GArray *one = c->contestants[0].results[metric];
    const GArray *two = c->contestants[other].results[metric];
    g_autoptr(GArray) ratios = g_array_new(false, false, sizeof(double));
    BenchSpread spread;

    for (guint i = 0; i < one->len; i++) {
        double ratio = (g_array_index(two, double, i) + more) /
                       g_array_index(one, double, i);

        g_array_append_val(ratios, ratio);
    }
    spread = get_spread(ratios);
    spread.noisy = spread.high - spread.low > NOISE * spread.median ||
                   (metric != BENCH_CPU && bench_case_is_disturbed(c));
    return spread;
}

BenchSpread bench_case_ratio(const BenchCase *c, unsigned int other,
                             BenchMetric metric)
{
    return get_ratio(c, other, metric, 0);
}

BenchSpread bench_case_difference(const BenchCase *c, unsigned int other,
                                  BenchMetric metric)
{
    const GArray *one = c->contestants[0].results[metric];
    const GArray *two = c->contestants[other].results[metric];
    g_autoptr(GArray) differences = g_array_new(false, false, sizeof(double));

    for (guint i = 0; i < one->len; i++) {
        double difference = g_array_index(one, double, i) -
                            g_array_index(two, double, i);

        g_array_append_val(differences, difference);
    }
    return get_spread(differences);
}

/*
 * If the quartiles agree, the result is met or missed.  If they are far apart,
 * it is so only if they are also far from the target.  Programs that share a
 * core or a cache also make processor time longer.
 */
static const char *judge(const BenchCase *c, const BenchSpread *ratio,
                         double target)
{
    bool in_doubt = ratio->noisy || bench_case_is_disturbed(c);
    double margin = in_doubt ? MARGIN : 1;

    if (ratio->low >= target * margin) {
        return "met";
    }
    return ratio->high * margin < target ? "missed" : "noisy";
}

static const char *judge_target(const BenchCase *c, BenchMetric metric)
{
    BenchSpread ratio = bench_case_ratio(c, c->target_of, metric);

    return judge(c, &ratio, c->target);
}

static const char *judge_limit(const BenchCase *c, BenchMetric metric)
{
    BenchSpread ratio = get_ratio(c, c->limit_of, metric, c->limit_ns);

    return judge(c, &ratio, 1);
}

const char *bench_case_judge(const BenchCase *c)
{
    bool disturbed = bench_case_is_disturbed(c);
    BenchMetric metric = disturbed ? BENCH_CPU : c->target_metric;
    const char *target, *limit;

    if (disturbed && !bench_case_has(c, BENCH_CPU)) {
        return c->target || c->limit_ns ? "noisy" : NULL;
    }
    target = c->target ? judge_target(c, metric) : NULL;
    limit = c->limit_ns ? judge_limit(c, metric) : NULL;
    if (!target || !limit) {
        return target ?: limit;
    }
    if (g_str_equal(target, "missed") || g_str_equal(limit, "missed")) {
        return "missed";
    }
    return g_str_equal(target, "met") ? limit : target;
}
