/*
 * The ipsec-mb backend: operations as jobs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/compiler.h"
#include "qemu/error-report.h"
#include "jobs.h"
#include "library.h"

/* Where the library is not used, that has been said, and nothing needs this. */
CryptoDevState *cryptodev_mb_state_new(CryptoDevBackend *backend)
{
    CryptoDevMbState *state = g_new0(CryptoDevMbState, 1);

    if (cryptodev_mb_keys_manager()) {
        state->manager = cryptodev_mb_manager_new();
        if (!state->manager) {
            warn_report_once("ipsec-mb cannot work in another thread: the base"
                             " of cryptodev-backend-ipsec-mb computes there");
        }
    }
    if (state->manager) {
        cryptodev_mb_scratch_init(&state->scratch);
    }
    return &state->parent;
}

void cryptodev_mb_state_free(CryptoDevState *parent)
{
    CryptoDevMbState *state = container_of(parent, CryptoDevMbState, parent);

    cryptodev_mb_manager_free(state->manager);
    cryptodev_mb_scratch_destroy(&state->scratch);
    g_free(state);
}

/* The operations of a batch, and where they are to run */
typedef struct Sorting {
    CryptoDevMbLoad loads[CRYPTODEV_MB_KINDS];
    size_t lens[CRYPTODEV_DRIVER_BATCH];
    CryptoDevOp *rest[CRYPTODEV_DRIVER_BATCH];
    size_t n_rest;
} Sorting;

CryptoDevStatus cryptodev_mb_jobs_settle(CryptoDevMbSession *session)
{
    session->shortest =
        cryptodev_mb_shortest(session->kind,
                              cryptodev_mb_keys_manager()->features);
    return cryptodev_mb_is_sound(session->kind) ? CRYPTODEV_OK
                                                : CRYPTODEV_NOTSUPP;
}

bool cryptodev_mb_jobs_leaves(const CryptoDevSession *parent,
                              const CryptoDevOp *op)
{
    const CryptoDevMbSession *session =
        container_of(parent, CryptoDevMbSession, parent);

    return op->src.len < session->shortest;
}

/* Most kinds are in no operation of a batch. */
static void weigh(Sorting *sorting, const CryptoDevMbJobs *jobs,
                  CryptoDevOp **ops, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        sorting->loads[cryptodev_mb_session(ops[i])->kind] =
            (CryptoDevMbLoad) { };
    }
    for (size_t i = 0; i < n; i++) {
        const CryptoDevMbSession *session = cryptodev_mb_session(ops[i]);
        CryptoDevMbLoad *load = &sorting->loads[session->kind];
        size_t len = jobs->measure(ops[i]);

        sorting->lens[i] = 0;
        if (len && len >= session->shortest) {
            sorting->lens[i] = len;
            load->n++;
            load->total += len;
            load->longest = MAX(load->longest, len);
        }
    }
}

/* Returns how many tasks there are. */
static size_t sort(Sorting *sorting, CryptoDevMbTask *tasks,
                   uint64_t features, CryptoDevOp **ops, size_t n)
{
    const uint8_t *lanes = cryptodev_mb_library()->findings.lanes;
    size_t n_tasks = 0;

    sorting->n_rest = 0;
    for (size_t i = 0; i < n; i++) {
        CryptoDevMbKind kind = cryptodev_mb_session(ops[i])->kind;
        CryptoDevMbTask *task = &tasks[n_tasks];

        if (sorting->lens[i] &&
            cryptodev_mb_fills(kind, features, &sorting->loads[kind],
                               lanes[kind])) {
            task->op = ops[i];
            task->outcome = CRYPTODEV_MB_WAITS;
            task->done = 0;
            memcpy(task->iv, ops[i]->iv, sizeof(task->iv));
            n_tasks++;
        } else {
            sorting->rest[sorting->n_rest++] = ops[i];
        }
    }
    return n_tasks;
}

/*
 * A job that is refused has changed no source, and the base writes all of the
 * destination again.
 */
static void end(const CryptoDevMbJobs *jobs, const IMB_JOB *job)
{
    CryptoDevMbTask *task = job->user_data;

    if (job->status != IMB_STATUS_COMPLETED) {
        task->outcome = CRYPTODEV_MB_REFUSED;
    } else if (jobs->end(task)) {
        task->outcome = CRYPTODEV_MB_DONE;
    }
}

static void flush(CryptoDevMbState *state, const CryptoDevMbJobs *jobs)
{
    IMB_JOB *job;

    while ((job = IMB_FLUSH_JOB(state->manager))) {
        end(jobs, job);
    }
    cryptodev_mb_scratch_give(&state->scratch);
}

/* Returns NULL if there is no room for a copy. */
static IMB_JOB *begin(CryptoDevMbState *state, const CryptoDevMbJobs *jobs,
                      CryptoDevMbTask *task)
{
    IMB_JOB *job = IMB_GET_NEXT_JOB(state->manager);

    *job = cryptodev_mb_session(task->op)->job;
    job->user_data = task;
    return jobs->begin(task, &state->scratch, job) ? job : NULL;
}

/* When there is no room, end the jobs that have it. */
static void submit(CryptoDevMbState *state, const CryptoDevMbJobs *jobs,
                   CryptoDevMbTask *task)
{
    IMB_JOB *job = begin(state, jobs, task);

    if (!job) {
        flush(state, jobs);
        job = begin(state, jobs, task);
    }
    if (!job) {
        task->outcome = CRYPTODEV_MB_REFUSED;
        return;
    }
    for (job = IMB_SUBMIT_JOB(state->manager); job;
         job = IMB_GET_COMPLETED_JOB(state->manager)) {
        end(jobs, job);
    }
}

/* Each turn has the next job of all tasks that have not ended. */
static void run_tasks(CryptoDevMbState *state, const CryptoDevMbJobs *jobs,
                      size_t n)
{
    bool waits;

    do {
        for (size_t i = 0; i < n; i++) {
            if (state->tasks[i].outcome == CRYPTODEV_MB_WAITS) {
                submit(state, jobs, &state->tasks[i]);
            }
        }
        flush(state, jobs);
        waits = false;
        for (size_t i = 0; i < n; i++) {
            waits |= state->tasks[i].outcome == CRYPTODEV_MB_WAITS;
        }
    } while (waits);
}

/* What was refused before it had an effect, the base may have. */
static void collect_refused(Sorting *sorting, const CryptoDevMbTask *tasks,
                            size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (tasks[i].outcome != CRYPTODEV_MB_REFUSED) {
            continue;
        }
        if (tasks[i].done) {
            tasks[i].op->status = CRYPTODEV_ERR;
        } else {
            sorting->rest[sorting->n_rest++] = tasks[i].op;
        }
    }
}

void cryptodev_mb_jobs_run(const CryptoDevMbJobs *jobs, CryptoDevOp **ops,
                           size_t n, CryptoDevState *parent)
{
    CryptoDevMbState *state = container_of(parent, CryptoDevMbState, parent);
    QEMU_UNINITIALIZED Sorting sorting;
    size_t n_tasks;

    if (!parent || !state->manager) {
        cryptodev_base_run(ops, n, parent);
        return;
    }
    weigh(&sorting, jobs, ops, n);
    n_tasks = sort(&sorting, state->tasks, state->manager->features, ops, n);
    if (n_tasks) {
        run_tasks(state, jobs, n_tasks);
        collect_refused(&sorting, state->tasks, n_tasks);
    }
    if (sorting.n_rest) {
        cryptodev_base_run(sorting.rest, sorting.n_rest, parent);
    }
}
