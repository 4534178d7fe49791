/*
 * The output of a benchmark
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include "qobject/qdict.h"
#include "qobject/qjson.h"
#include "qobject/qlist.h"
#include "qobject/qnum.h"
#include "bench-host.h"
#include "bench-report.h"
#include "bench-ring.h"

/* The version of the file's format */
#define FORMAT  1

struct BenchReport {
    QDict *file;
    QDict *versions;
    QDict *kicks;
    QList *cases;
    /* The columns of the table that was begun */
    char *columns;
    unsigned int met;
    unsigned int missed;
    unsigned int noisy;
};

BenchReport *bench_report_new(QDict *parameters)
{
    BenchReport *report = g_new0(BenchReport, 1);

    report->file = qdict_new();
    report->versions = qdict_new();
    report->kicks = qdict_new();
    report->cases = qlist_new();
    qdict_put_int(report->file, "format", FORMAT);
    qdict_put(report->file, "host", bench_host_describe());
    qdict_put(report->file, "versions", report->versions);
    qdict_put(report->file, "kicks", report->kicks);
    qdict_put(report->file, "parameters", parameters);
    qdict_put(report->file, "cases", report->cases);
    qdict_put_str(report->versions, "libgcrypt", gcry_check_version(NULL));
    return report;
}

/* How the machine is told of requests: eventfds only if all queues have one */
static const char *describe_kick(const BenchMachine *machine)
{
    for (uint32_t i = 0; i <= machine->driver->n_data; i++) {
        if (machine->rings[i].doorbell < 0) {
            return "qtest";
        }
    }
    return "eventfd";
}

void bench_report_machine(BenchReport *report, BenchMachine *machine)
{
    g_autofree char *version = bench_machine_version(machine);
    const char *kick = describe_kick(machine);

    printf("%s: process %d, QEMU %s, kicks through %s%s\n", machine->name,
           bench_machine_pid(machine), version, kick,
           g_str_equal(kick, "qtest") ?
           ": possibly one switch of threads less than under KVM" : "");
    fflush(stdout);
    qdict_put_str(report->versions, machine->name, version);
    qdict_put_str(report->kicks, machine->name, kick);
}

static void put_number(QDict *dict, const char *key, double number)
{
    qdict_put(dict, key, qnum_from_double(number));
}

static void put_spread(QDict *dict, const BenchSpread *spread)
{
    put_number(dict, "median", spread->median);
    put_number(dict, "low", spread->low);
    put_number(dict, "high", spread->high);
}

static const char *const metrics[] = {
    [BENCH_NS] = "time", [BENCH_P99] = "p99", [BENCH_CPU] = "cpu",
};

/* How the first contestant compares with another one */
static QDict *describe_ratio(const BenchCase *c, unsigned int i,
                             BenchMetric metric)
{
    BenchSpread ratio = bench_case_ratio(c, i, metric);
    BenchSpread difference = bench_case_difference(c, i, metric);
    QDict *dict = qdict_new(), *longer = qdict_new();

    qdict_put_str(dict, "of", c->contestants[i].name);
    qdict_put_str(dict, "metric", metrics[metric]);
    put_spread(dict, &ratio);
    qdict_put_bool(dict, "quiet", !ratio.noisy);
    put_spread(longer, &difference);
    qdict_put(dict, "longer-ns", longer);
    return dict;
}

static QList *describe_ratios(const BenchCase *c)
{
    QList *ratios = qlist_new();

    for (unsigned int i = 1; i < c->n; i++) {
        for (unsigned int k = 0; k < BENCH_METRICS; k++) {
            if (bench_case_has(c, k)) {
                qlist_append(ratios, describe_ratio(c, i, k));
            }
        }
    }
    return ratios;
}

static QDict *describe_metric(const GArray *results)
{
    QDict *dict = qdict_new();

    put_number(dict, "best-ns", bench_percentile(results, 0));
    put_number(dict, "median-ns", bench_percentile(results, 0.5));
    return dict;
}

static double per_second(double ns)
{
    return 1e9 / ns;
}

static QDict *describe_rate(const GArray *results)
{
    QDict *dict = qdict_new();

    put_number(dict, "best", per_second(bench_percentile(results, 0)));
    put_number(dict, "median", per_second(bench_percentile(results, 0.5)));
    return dict;
}

static QDict *describe_contestant(const BenchCase *c, unsigned int i)
{
    GArray *const *results = c->contestants[i].results;
    QDict *dict = qdict_new();

    qdict_put_str(dict, "name", c->contestants[i].name);
    if (c->per_second) {
        qdict_put(dict, "per-second", describe_rate(results[BENCH_NS]));
    }
    for (unsigned int k = 0; k < BENCH_METRICS; k++) {
        if (bench_case_has(c, k)) {
            qdict_put(dict, metrics[k], describe_metric(results[k]));
        }
    }
    return dict;
}

static QDict *describe_goal(const BenchCase *c)
{
    QDict *dict = qdict_new();

    if (c->target) {
        put_number(dict, "ratio", c->target);
        qdict_put_str(dict, "ratio-of", c->contestants[c->target_of].name);
        qdict_put_str(dict, "metric", metrics[c->target_metric]);
    }
    if (c->limit_ns) {
        put_number(dict, "difference-ns", c->limit_ns);
        qdict_put_str(dict, "difference-of",
                      c->contestants[c->limit_of].name);
    }
    qdict_put_str(dict, "verdict", bench_case_judge(c));
    return dict;
}

static QDict *describe_case(const BenchCase *c)
{
    QDict *dict = qdict_new();
    QList *contestants = qlist_new();

    qdict_put_str(dict, "group", c->group);
    qdict_put_str(dict, "name", c->name);
    qdict_put_int(dict, "size", c->size);
    qdict_put_int(dict, "depth", c->depth);
    qdict_put_int(dict, "rounds", c->rounds);
    qdict_put_int(dict, "kept-rounds", c->waited->len);
    qdict_put_bool(dict, "disturbed", bench_case_is_disturbed(c));
    for (unsigned int i = 0; i < c->n; i++) {
        qlist_append(contestants, describe_contestant(c, i));
    }
    qdict_put(dict, "contestants", contestants);
    qdict_put(dict, "ratios", describe_ratios(c));
    if (bench_case_judge(c)) {
        qdict_put(dict, "goal", describe_goal(c));
    }
    return dict;
}

/* Prints the columns' names when they change */
static void print_columns(BenchReport *report, const BenchCase *c)
{
    g_autoptr(GString) columns = g_string_new(NULL);

    g_string_printf(columns, "\n%-31s%8s%6s", c->group,
                    c->per_second ? "" : "bytes", "depth");
    for (unsigned int i = 0; i < c->n; i++) {
        g_autofree char *name =
            g_strdup_printf("%s%s", c->contestants[i].name,
                            c->per_second ? "/s" : "");

        g_string_append_printf(columns, "%12s", name);
    }
    for (unsigned int i = 1; i < c->n; i++) {
        g_string_append_printf(columns, "%10s %-18s", "of",
                               c->contestants[i].name);
    }
    g_string_append(columns, c->n > 1 ? "  longer by\n" : "\n");
    if (g_strcmp0(report->columns, columns->str)) {
        printf("%s", columns->str);
        g_free(report->columns);
        report->columns = g_strdup(columns->str);
    }
}

static void print_ratio(const BenchSpread *ratio)
{
    g_autofree char *median = g_strdup_printf("%.3g", ratio->median);
    g_autofree char *quartiles = g_strdup_printf("%.3g..%.3g", ratio->low,
                                                 ratio->high);

    printf("%10s %-18s", ratio->noisy ? "noisy" : median, quartiles);
}

/* The best time; percentiles have no best one */
static double get_figure(const BenchCase *c, unsigned int i,
                         BenchMetric metric)
{
    return bench_percentile(c->contestants[i].results[metric],
                            metric == BENCH_P99 ? 0.5 : 0);
}

static void print_figures(const BenchCase *c, BenchMetric metric)
{
    g_autofree char *name =
        metric ? g_strdup_printf("%s, %s", c->name, metrics[metric]) :
                 g_strdup(c->name);

    printf("%-31s", name);
    if (c->size) {
        printf("%8zu%6u", c->size, c->depth);
    } else {
        printf("%8s%6u", "", c->depth);
    }
    for (unsigned int i = 0; i < c->n; i++) {
        double ns = get_figure(c, i, metric);

        printf("%12.0f", c->per_second ? per_second(ns) : ns);
    }
    for (unsigned int i = 1; i < c->n; i++) {
        BenchSpread ratio = bench_case_ratio(c, i, metric);

        print_ratio(&ratio);
    }
    if (c->n > 1) {
        printf("%11.0f", bench_case_difference(c, c->n - 1, metric).median);
    }
}

/* The processor time is shown and judged where others disturb the rest */
static bool has_cpu_only(const BenchCase *c)
{
    return bench_case_is_disturbed(c) && bench_case_has(c, BENCH_CPU);
}

static void print_goal(BenchReport *report, const BenchCase *c)
{
    const char *verdict = bench_case_judge(c);

    if (!verdict) {
        return;
    }
    report->met += g_str_equal(verdict, "met");
    report->missed += g_str_equal(verdict, "missed");
    report->noisy += g_str_equal(verdict, "noisy");
    printf("  %s%s:", verdict, has_cpu_only(c) ? " by cpu" : "");
    if (c->target) {
        printf(" %.2f of %s%s", c->target,
               c->contestants[c->target_of].name,
               c->target_metric == BENCH_P99 ? "'s p99" : "");
    }
    if (c->limit_ns) {
        printf("%s %.0f ns more than %s", c->target ? "," : "",
               c->limit_ns, c->contestants[c->limit_of].name);
    }
}

static void print_case(BenchReport *report, const BenchCase *c)
{
    BenchMetric judged = has_cpu_only(c) ? BENCH_CPU : c->target_metric;

    print_columns(report, c);
    for (unsigned int i = 0; i < BENCH_METRICS; i++) {
        if (i == BENCH_CPU ? has_cpu_only(c) : bench_case_has(c, i)) {
            print_figures(c, i);
            if (i == judged) {
                print_goal(report, c);
            }
            printf("\n");
        }
    }
    fflush(stdout);
}

void bench_report_add(BenchReport *report, const BenchCase *c)
{
    print_case(report, c);
    qlist_append(report->cases, describe_case(c));
}

static void write_json(const BenchReport *report, const char *path)
{
    g_autoptr(GString) json =
        qobject_to_json_pretty(QOBJECT(report->file), true);
    g_autoptr(GError) error = NULL;

    if (!g_file_set_contents(path, json->str, json->len, &error)) {
        g_error("%s", error->message);
    }
}

void bench_report_finish(BenchReport *report, const char *path)
{
    printf("\nGoals: %u met, %u missed, %u could not be told for noise.\n",
           report->met, report->missed, report->noisy);
    if (path) {
        write_json(report, path);
    }
    qobject_unref(report->file);
    g_free(report->columns);
    g_free(report);
}
