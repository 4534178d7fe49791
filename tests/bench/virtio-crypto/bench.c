/*
 * A benchmark of the virtio crypto device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include <sys/prctl.h>
#include "qobject/qdict.h"
#include "qobject/qnum.h"
#include "bench-run.h"
#include "bench-wait.h"

/* The text of --help after the options */
static const char description[] =
    "Contestants take turns of a short time each.  The table shows the"
    "\nnanoseconds for one request in the best turn; columns with \"/s\" show"
    "\nrequests per second.  \"Of stock 1.50\" means that the first contestant is"
    "\n1.5 times as fast as stock: this is the median of neighbouring turns, with"
    "\nits quartiles.  If other programs disturb a case too much, a line \"cpu\""
    "\nshows the processor time of a request, in all of QEMU's threads.  \"Longer"
    "\nby\" is the difference to the last contestant in nanoseconds."
    "\n\nResults are compared with libgcrypt's; a wrong one ends the program.";

/* The options, and their defaults */
static char *ours;
static char *stock;
static char *cases;
static char *json;
static gboolean quick;
static gboolean no_event_index;
static double seconds = 2;
static double slice = 0.02;

static GOptionEntry options[] = {
    { "ours", 0, 0, G_OPTION_ARG_FILENAME, &ours,
      "the QEMU with our device", "FILE" },
    { "stock", 0, 0, G_OPTION_ARG_FILENAME, &stock,
      "the QEMU with its own device (optional)", "FILE" },
    { "cases", 0, 0, G_OPTION_ARG_STRING, &cases,
      "run the cases whose GROUP/NAME/BYTES has a match", "REGEX" },
    { "seconds", 0, 0, G_OPTION_ARG_DOUBLE, &seconds,
      "how long a case takes (2)", "S" },
    { "slice", 0, 0, G_OPTION_ARG_DOUBLE, &slice,
      "how long a turn takes (0.02)", "S" },
    { "no-event-index", 0, 0, G_OPTION_ARG_NONE, &no_event_index,
      "drive the devices without VIRTIO_RING_F_EVENT_IDX", NULL },
    { "quick", 0, 0, G_OPTION_ARG_NONE, &quick,
      "fewer cases, shorter", NULL },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &json,
      "write all figures to this file", "FILE" },
    { NULL },
};

static void give_up(const char *message)
{
    fprintf(stderr, "virtio-crypto-bench: %s\n", message);
    exit(1);
}

static void parse_options(int argc, char **argv)
{
    g_autoptr(GOptionContext) context = g_option_context_new(
        "- compare two QEMUs' virtio crypto devices and libgcrypt");
    g_autoptr(GError) error = NULL;

    g_option_context_set_description(context, description);
    g_option_context_add_main_entries(context, options, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error)) {
        give_up(error->message);
    }
    if (!ours) {
        give_up("--ours is required");
    }
    if (quick) {
        seconds = 0.5;
        slice = 0.01;
    }
}

/* The parameters that the file of figures contains */
static QDict *describe_parameters(void)
{
    QDict *dict = qdict_new();

    qdict_put(dict, "seconds", qnum_from_double(seconds));
    qdict_put(dict, "slice-seconds", qnum_from_double(slice));
    qdict_put_bool(dict, "quick", quick);
    qdict_put_bool(dict, "event-index", !no_event_index);
    qdict_put_str(dict, "cases", cases ?: "");
    return dict;
}

static void run_groups(BenchRun *run)
{
    bench_throughput(run);
    bench_churn(run);
    bench_queues(run);
    bench_services(run);
    bench_openssl(run);
#ifdef CONFIG_CRYPTODEV_IPSEC_MB
    bench_ipsec_mb(run);
#endif
    bench_latency(run);
    bench_run_stop(run);
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    BenchRun run = { };

    parse_options(argc, argv);
    run.ours = ours;
    run.stock = stock;
    run.quick = quick;
    run.seconds = seconds;
    run.slice = slice;
    run.no_event_index = no_event_index;
    if (cases) {
        run.cases = g_regex_new(cases, 0, 0, &error);
    }
    if (error) {
        give_up(error->message);
    }
    gcry_check_version(NULL);
    gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    run.report = bench_report_new(describe_parameters());
    /* Naps are short */
    prctl(PR_SET_TIMERSLACK, 1000);
    bench_wait_watch(getpid());
    run_groups(&run);
    bench_report_finish(run.report, json);
    return 0;
}
