/*
 * The threads of the QEMU that runs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_TASKS_H
#define TESTS_VIRTIO_CRYPTO_TASKS_H

#include "libqtest.h"

/* Lets QEMU name its threads */
#define NAME_TASKS " -name debug-threads=on"

/* How many threads there are whose names start with @prefix */
unsigned int count_tasks(QTestState *qts, const char *prefix);
/* How many threads are nicer than the first one */
unsigned int count_nicer_tasks(QTestState *qts);
/* Clock ticks that the thread has run for, or -1 if it does not exist */
int64_t task_ticks(QTestState *qts, const char *name);

#endif
