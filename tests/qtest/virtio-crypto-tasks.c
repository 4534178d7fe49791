/*
 * The threads of the QEMU that runs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "virtio-crypto-tasks.h"

/* Reads a file of a thread, which may have ended: then NULL */
static char *read_task(QTestState *qts, const char *id, const char *file)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/task/%s/%s",
                                            (int)qtest_pid(qts), id, file);
    char *text;

    return g_file_get_contents(path, &text, NULL, NULL) ? text : NULL;
}

/* The ids of the threads whose names start with @prefix */
static GPtrArray *find_tasks(QTestState *qts, const char *prefix)
{
    g_autofree char *path =
        g_strdup_printf("/proc/%d/task", (int)qtest_pid(qts));
    GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
    GDir *dir = g_dir_open(path, 0, NULL);
    const char *id;

    g_assert_nonnull(dir);
    while ((id = g_dir_read_name(dir))) {
        g_autofree char *name = read_task(qts, id, "comm");

        if (name && g_str_has_prefix(name, prefix)) {
            g_ptr_array_add(ids, g_strdup(id));
        }
    }
    g_dir_close(dir);
    return ids;
}

unsigned int count_tasks(QTestState *qts, const char *prefix)
{
    g_autoptr(GPtrArray) ids = find_tasks(qts, prefix);

    return ids->len;
}

int64_t task_ticks(QTestState *qts, const char *name)
{
    g_autofree char *line = g_strconcat(name, "\n", NULL);
    g_autoptr(GPtrArray) ids = find_tasks(qts, line);
    g_autofree char *stat = NULL;
    unsigned long user, system;
    int n;

    g_assert_cmpint(ids->len, <=, 1);
    if (!ids->len) {
        return -1;
    }
    stat = read_task(qts, g_ptr_array_index(ids, 0), "stat");
    g_assert_nonnull(stat);
    /* Fields 14 and 15; the second one is the name, in parentheses */
    n = sscanf(strrchr(stat, ')'), ") %*c %*d %*d %*d %*d %*d %*u %*u %*u"
                                   " %*u %*u %lu %lu", &user, &system);
    g_assert_cmpint(n, ==, 2);
    return user + system;
}
