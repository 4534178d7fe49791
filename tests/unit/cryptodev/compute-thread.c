/*
 * Many threads at once, for tests of computations
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
