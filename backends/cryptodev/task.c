/*
 * Cryptography backends: operations that complete later
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "check.h"
#include "dispatch.h"

static CryptoDevRoute route_op(const CryptoDevOp *op)
{
    const CryptoDevSession *session = op->session;
    const CryptoDevDriver *driver = session->driver;

    if (!driver->route && driver->service != CRYPTODEV_SERVICE_AKCIPHER) {
        return CRYPTODEV_ROUTE_RUN;
    }
    /* What the checks refuse takes no time. */
    if (!cryptodev_check_op(op)) {
        return CRYPTODEV_ROUTE_RUN;
    }
    return driver->route ? driver->route(session->backend, op, NULL)
                         : CRYPTODEV_ROUTE_POOL;
}

CryptoDevRoute
cryptodev_backend_route(CryptoDevBackend *backend, const CryptoDevOp *op,
                        const CryptoDevComputation *computation)
{
    const CryptoDevDriver *driver;

    if (!computation) {
        return route_op(op);
    }
    /* What fails the checks, or is not there, fails at once. */
    if (cryptodev_check_computation(computation) != CRYPTODEV_OK) {
        return CRYPTODEV_ROUTE_RUN;
    }
    driver = cryptodev_computation_driver(&backend, computation);
    if (!driver) {
        return CRYPTODEV_ROUTE_RUN;
    }
    return driver->route ? driver->route(backend, NULL, computation)
                         : CRYPTODEV_ROUTE_POOL;
}

/**
 * Placed:
 * @task: a task
 * @backend: the backend that runs it
 * @driver: the driver that does
 * @kind: what it has in common with those that run together with it
 */
typedef struct Placed {
    CryptoDevTask *task;
    CryptoDevBackend *backend;
    const CryptoDevDriver *driver;
    uint32_t kind;
} Placed;

/* @backend is set to the one that has the driver. */
static const CryptoDevDriver *find_driver(CryptoDevBackend **backend,
                                          const CryptoDevTask *task)
{
    if (task->computation) {
        return cryptodev_computation_driver(backend, task->computation);
    }
    *backend = task->op.session->backend;
    return task->op.session->driver;
}

static Placed place(CryptoDevBackend *backend, CryptoDevTask *task)
{
    Placed placed = { .task = task, .backend = backend };

    placed.driver = find_driver(&placed.backend, task);
    return placed;
}

/* Clear the outcome; returns whether the task can run. */
static bool start(CryptoDevBackend *backend, CryptoDevTask *task)
{
    CryptoDevStatus status = task->computation
        ? cryptodev_start_computation(backend, task->computation)
        : cryptodev_start_op(&task->op);

    return status == CRYPTODEV_OK;
}

/* For drivers that complete nothing later */
static void run_now(CryptoDevBackend *backend, CryptoDevTask *task)
{
    if (task->computation) {
        cryptodev_backend_compute(backend, task->computation);
    } else {
        cryptodev_backend_run(backend, NULL, &task->op, 1);
    }
    cryptodev_task_done(task);
}

static void submit_group(const Placed *first, CryptoDevTask **tasks,
                         size_t n)
{
    if (first->driver->submit) {
        first->driver->submit(first->backend, tasks, n);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        run_now(first->backend, tasks[i]);
    }
}

static bool goes_with(const Placed *one, const Placed *first)
{
    return one->driver == first->driver && one->backend == first->backend &&
           one->kind == first->kind;
}

/*
 * Pass the first one to its driver with those that go with it, @max at most;
 * returns how many are left.
 */
static size_t pass_group(Placed *all, size_t n, size_t max,
                         void (*pass)(const Placed *first,
                                      CryptoDevTask **tasks, size_t n))
{
    const Placed first = all[0];
    CryptoDevTask *group[CRYPTODEV_DRIVER_BATCH];
    size_t n_group = 0;
    size_t rest = 0;

    for (size_t i = 0; i < n; i++) {
        if (n_group < max && goes_with(&all[i], &first)) {
            group[n_group++] = all[i].task;
        } else {
            all[rest++] = all[i];
        }
    }
    pass(&first, group, n_group);
    return rest;
}

static void submit_some(CryptoDevBackend *backend, CryptoDevTask **tasks,
                        size_t n)
{
    Placed all[CRYPTODEV_DRIVER_BATCH];
    size_t left = 0;

    for (size_t i = 0; i < n; i++) {
        tasks[i]->backend_data = NULL;
        if (start(backend, tasks[i])) {
            all[left++] = place(backend, tasks[i]);
        } else {
            cryptodev_task_done(tasks[i]);
        }
    }
    while (left) {
        left = pass_group(all, left, CRYPTODEV_DRIVER_BATCH, submit_group);
    }
}

void cryptodev_backend_submit(CryptoDevBackend *backend,
                              CryptoDevTask **tasks, size_t n)
{
    for (size_t i = 0; i < n; i += CRYPTODEV_DRIVER_BATCH) {
        submit_some(backend, tasks + i, MIN(n - i, CRYPTODEV_DRIVER_BATCH));
    }
}

uint32_t cryptodev_backend_kind(CryptoDevBackend *backend,
                                const CryptoDevTask *task)
{
    const CryptoDevDriver *driver = find_driver(&backend, task);

    if (!driver || !driver->kind ||
        (task->computation &&
         cryptodev_check_computation(task->computation) != CRYPTODEV_OK)) {
        return 0;
    }
    return driver->kind(&task->op, task->computation);
}

static void compute_group(const Placed *first, CryptoDevTask **tasks,
                          size_t n)
{
    CryptoDevComputation *computations[CRYPTODEV_DRIVER_BATCH];

    for (size_t i = 0; i < n; i++) {
        computations[i] = tasks[i]->computation;
    }
    cryptodev_driver_compute(first->driver, first->backend, computations, n);
}

/* A driver's tasks are all computations, or none is. */
static void run_group(const Placed *first, CryptoDevTask **tasks, size_t n)
{
    CryptoDevOp *ops[CRYPTODEV_DRIVER_BATCH];

    if (tasks[0]->computation) {
        compute_group(first, tasks, n);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        ops[i] = &tasks[i]->op;
    }
    if (first->driver->run_batch) {
        first->driver->run_batch(ops, n, NULL);
    }
    for (size_t i = 0; i < n; i++) {
        if (first->driver->run) {
            first->driver->run(ops[i]->session, ops[i]);
        }
        cryptodev_end_op(ops[i]);
    }
}

/* The same with the kind, for a task that passed the checks */
static Placed place_kind(CryptoDevBackend *backend, CryptoDevTask *task)
{
    Placed placed = place(backend, task);

    if (placed.driver->kind) {
        placed.kind = placed.driver->kind(&task->op, task->computation);
    }
    return placed;
}

static void run_some(CryptoDevBackend *backend, CryptoDevTask **tasks, size_t n)
{
    Placed all[CRYPTODEV_DRIVER_BATCH];
    size_t left = 0;

    for (size_t i = 0; i < n; i++) {
        if (start(backend, tasks[i])) {
            all[left++] = place_kind(backend, tasks[i]);
        }
    }
    while (left) {
        left = pass_group(all, left,
                          cryptodev_driver_batch(all[0].driver, all[0].kind),
                          run_group);
    }
}

void cryptodev_backend_run_tasks(CryptoDevBackend *backend,
                                 CryptoDevTask **tasks, size_t n)
{
    for (size_t i = 0; i < n; i += CRYPTODEV_DRIVER_BATCH) {
        run_some(backend, tasks + i, MIN(n - i, CRYPTODEV_DRIVER_BATCH));
    }
}

bool cryptodev_backend_cancel(CryptoDevBackend *backend, CryptoDevTask *task)
{
    const CryptoDevDriver *driver = find_driver(&backend, task);

    return driver && driver->cancel && driver->cancel(backend, task);
}

void cryptodev_task_done(CryptoDevTask *task)
{
    if (!task->computation) {
        cryptodev_end_op(&task->op);
    } else if (task->computation->status != CRYPTODEV_OK) {
        cryptodev_computation_clear(task->computation);
    }
    task->done(task);
}
