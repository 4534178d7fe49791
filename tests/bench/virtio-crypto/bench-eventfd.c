/*
 * The eventfds of another process
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <sys/pidfd.h>
#include "bench-eventfd.h"

static bool is_eventfd(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *target = g_file_read_link(path, NULL);

    return target && g_str_equal(target, "anon_inode:[eventfd]");
}

static int compare_numbers(const void *one, const void *other)
{
    return *(const int *)one - *(const int *)other;
}

GArray *bench_eventfd_list(pid_t pid)
{
    g_autofree char *folder = g_strdup_printf("/proc/%d/fd", pid);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    GArray *fds = g_array_new(false, false, sizeof(int));
    const char *name;

    while (dir && (name = g_dir_read_name(dir))) {
        if (is_eventfd(folder, name)) {
            int fd = g_ascii_strtoll(name, NULL, 10);

            g_array_append_val(fds, fd);
        }
    }
    g_array_sort(fds, compare_numbers);
    return fds;
}

int bench_eventfd_take(pid_t pid, int fd)
{
    int process = pidfd_open(pid, 0);
    int taken = process < 0 ? -1 : pidfd_getfd(process, fd, 0);

    if (process >= 0) {
        close(process);
    }
    return taken;
}

void bench_eventfd_ring(int fd)
{
    const uint64_t one = 1;

    g_assert_cmpint(write(fd, &one, sizeof(one)), ==, sizeof(one));
}
