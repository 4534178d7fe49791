/*
 * The host that a benchmark runs on
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <sys/utsname.h>
#include "bench-host.h"

#define PROCESSORS  "/proc/cpuinfo"
#define GOVERNOR    "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"

static void put_model(QDict *host)
{
    g_autoptr(GRegex) regex = g_regex_new("^model name\\s*: (.*)$",
                                          G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    g_autofree char *text = NULL;

    if (g_file_get_contents(PROCESSORS, &text, NULL, NULL) &&
        g_regex_match(regex, text, 0, &match)) {
        g_autofree char *model = g_match_info_fetch(match, 1);

        qdict_put_str(host, "cpu", model);
    }
}

static void put_governor(QDict *host)
{
    g_autofree char *text = NULL;

    if (g_file_get_contents(GOVERNOR, &text, NULL, NULL)) {
        qdict_put_str(host, "governor", g_strchomp(text));
    }
}

QDict *bench_host_describe(void)
{
    QDict *host = qdict_new();
    struct utsname name;
    g_autofree char *kernel = NULL;

    uname(&name);
    kernel = g_strdup_printf("%s %s", name.sysname, name.release);
    put_model(host);
    qdict_put_int(host, "processors", sysconf(_SC_NPROCESSORS_ONLN));
    qdict_put_str(host, "kernel", kernel);
    put_governor(host);
    return host;
}
