/*
 * The threads of the QEMU that runs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "tasks.h"

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

/* Reads field 19, or says INT_MIN of a thread that has ended */
static int read_nice(QTestState *qts, const char *id)
{
    g_autofree char *stat = read_task(qts, id, "stat");
    int nice = INT_MIN;

    if (stat) {
        /* The second field is the name, in parentheses */
        sscanf(strrchr(stat, ')'), ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u"
                                   " %*u %*u %*u %*d %*d %*d %d", &nice);
    }
    return nice;
}

unsigned int count_nicer_tasks(QTestState *qts)
{
    g_autofree char *first = g_strdup_printf("%d", (int)qtest_pid(qts));
    g_autoptr(GPtrArray) ids = find_tasks(qts, "");
    int nice = read_nice(qts, first);
    unsigned int n = 0;

    g_assert_cmpint(nice, !=, INT_MIN);
    for (guint i = 0; i < ids->len; i++) {
        n += read_nice(qts, g_ptr_array_index(ids, i)) > nice;
    }
    return n;
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
