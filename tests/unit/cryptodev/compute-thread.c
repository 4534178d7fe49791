/*
 * Threads, and their time, for tests of computations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "compute-run.h"

typedef struct Thread {
    GThread *thread;
    void (*run)(unsigned int number);
    unsigned int number;
} Thread;

static gpointer run_thread(gpointer opaque)
{
    Thread *thread = opaque;

    thread->run(thread->number);
    return NULL;
}

void in_threads(void (*run)(unsigned int thread))
{
    Thread threads[THREADS];

    for (unsigned int i = 0; i < THREADS; i++) {
        threads[i].run = run;
        threads[i].number = i;
        threads[i].thread = g_thread_new("test", run_thread, &threads[i]);
    }
    for (unsigned int i = 0; i < THREADS; i++) {
        g_thread_join(threads[i].thread);
    }
}

int64_t thread_ns(void)
{
    struct timespec now;

    g_assert_cmpint(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now), ==, 0);
    return now.tv_sec * 1000000000ll + now.tv_nsec;
}
