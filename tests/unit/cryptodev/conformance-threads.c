/*
 * Conformance of backends: many threads at once
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "conformance.h"
#include "conformance-subject.h"

#define THREADS 8
/* Operations in a batch, and batches of a thread */
#define BATCH 16
#define ROUNDS 6
#define LEN_MAX 2000

typedef struct Worker {
    GThread *thread;
    CryptoDevBackend *backend;
    const CryptoDevCapability *capability;
    const Subject *subject;
    guint32 seed;
} Worker;

/* All threads' operations are on one session. */
static gpointer run_operations(gpointer opaque)
{
    Worker *worker = opaque;
    g_autoptr(GRand) rand = g_rand_new_with_seed(worker->seed);

    for (int round = 0; round < ROUNDS; round++) {
        CryptoDevOp ops[BATCH];
        Attempt *attempts[BATCH];
        Trial *trials[BATCH];

        for (int i = 0; i < BATCH; i++) {
            trials[i] = subject_trial(worker->subject,
                                      random_len(rand, 0, LEN_MAX), rand);
            attempts[i] = attempt_new(trials[i], shape_random(rand), &ops[i]);
        }
        run_ops(worker->backend, ops, BATCH);
        for (int i = 0; i < BATCH; i++) {
            attempt_finish(attempts[i], &ops[i]);
            trial_free(trials[i]);
        }
    }
    return NULL;
}

/* Each thread makes sessions, uses each for a moment, and destroys it. */
static gpointer run_sessions(gpointer opaque)
{
    Worker *worker = opaque;
    g_autoptr(GRand) rand = g_rand_new_with_seed(worker->seed);

    for (int round = 0; round < ROUNDS * 2; round++) {
        g_autoptr(Subject) subject =
            subject_random(worker->backend, worker->capability, rand);
        g_autoptr(Trial) trial =
            subject_trial(subject, random_len(rand, 0, LEN_MAX), rand);

        trial_run(worker->backend, trial, shape_random(rand));
    }
    return NULL;
}

static void run_threads(Worker *prototype, GThreadFunc run)
{
    Worker workers[THREADS];

    for (int i = 0; i < THREADS; i++) {
        workers[i] = *prototype;
        workers[i].seed = i;
        workers[i].thread = g_thread_new("conformance", run, &workers[i]);
    }
    for (int i = 0; i < THREADS; i++) {
        g_thread_join(workers[i].thread);
    }
}

static void test_one_session(CryptoDevBackend *backend,
                             const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);

    for (int i = 0; i < 2; i++) {
        g_autoptr(Subject) subject = subject_random(backend, capability, rand);
        Worker prototype = {
            .backend = backend, .capability = capability, .subject = subject,
        };

        run_threads(&prototype, run_operations);
    }
}

static void test_sessions(CryptoDevBackend *backend,
                          const CryptoDevCapability *capability)
{
    Worker prototype = { .backend = backend, .capability = capability };

    run_threads(&prototype, run_sessions);
}

void add_conformance_threads(const Conformance *conformance)
{
    static const CryptodevService services[] = {
        CRYPTODEV_SERVICE_CIPHER, CRYPTODEV_SERVICE_HASH,
        CRYPTODEV_SERVICE_MAC, CRYPTODEV_SERVICE_AEAD,
    };

    for (size_t i = 0; i < ARRAY_SIZE(services); i++) {
        conformance_add_each(conformance, services[i], "threads/one-session",
                             test_one_session);
        conformance_add_each(conformance, services[i], "threads/sessions",
                             test_sessions);
    }
}
