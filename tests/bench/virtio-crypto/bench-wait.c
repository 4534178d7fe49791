/*
 * How long processes have waited for a processor
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "bench-wait.h"

static GArray *pids;

void bench_wait_watch(pid_t pid)
{
    if (!pids) {
        pids = g_array_new(false, false, sizeof(pid_t));
    }
    g_array_append_val(pids, pid);
}

/* The file has the times that the thread has run and waited */
static double read_thread(const char *folder, const char *thread)
{
    g_autofree char *path = g_build_filename(folder, thread, "schedstat",
                                             NULL);
    g_autofree char *text = NULL;
    unsigned long long waited;

    if (!g_file_get_contents(path, &text, NULL, NULL) ||
        sscanf(text, "%*u %llu", &waited) != 1) {
        return 0;
    }
    return waited;
}

static double read_process(pid_t pid)
{
    g_autofree char *folder = g_strdup_printf("/proc/%d/task", pid);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *thread;
    double total = 0;

    while (dir && (thread = g_dir_read_name(dir))) {
        total += read_thread(folder, thread);
    }
    return total;
}

double bench_wait_total(void)
{
    double total = 0;

    for (guint i = 0; pids && i < pids->len; i++) {
        total += read_process(g_array_index(pids, pid_t, i));
    }
    return total;
}
