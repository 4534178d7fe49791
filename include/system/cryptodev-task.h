/*
 * Cryptography backends: operations that complete later
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef SYSTEM_CRYPTODEV_TASK_H
#define SYSTEM_CRYPTODEV_TASK_H

#include "qemu/queue.h"
#include "system/cryptodev-compute.h"

/**
 * CryptoDevRoute:
 * @CRYPTODEV_ROUTE_RUN: cryptodev_backend_run(), or
 *     cryptodev_backend_compute(), completes it soon, in the calling thread
 * @CRYPTODEV_ROUTE_POOL: they complete it in the calling thread too, but take
 *     longer than a symmetric operation on a megabyte: call them in a thread
 *     that nobody waits for
 * @CRYPTODEV_ROUTE_SUBMIT: cryptodev_backend_submit() takes it, and another
 *     thread or a peer completes it
 *
 * How best to run an operation or a computation.  This is advice:
 * cryptodev_backend_run() can run every operation, and
 * cryptodev_backend_compute() every computation, but they may take long.
 */
typedef enum CryptoDevRoute {
    CRYPTODEV_ROUTE_RUN,
    CRYPTODEV_ROUTE_POOL,
    CRYPTODEV_ROUTE_SUBMIT,
} CryptoDevRoute;

typedef struct CryptoDevTask CryptoDevTask;

/**
 * CryptoDevTask:
 * @op: the operation; not used if there is a @computation
 * @computation: the computation, or NULL
 * @done: the backend calls this when the task has ended and its outcome is in
 *        @op or in @computation: once for each task that was submitted and not
 *        cancelled, from any thread, maybe before cryptodev_backend_submit()
 *        returns, and maybe with the backend's locks held.  It passes the task
 *        on to its owner; it must neither wait nor call the backend.
 * @link: for the task's current holder: the backend from
 *        cryptodev_backend_submit() until @done, else the caller
 * @kind: for the caller: what cryptodev_backend_kind() said
 * @backend_data: for the backend, as long as it has the task
 *
 * An operation, or a computation, that completes later.  The caller owns the
 * task, but must not touch it between submitting it and @done or a successful
 * cancel.  Until then it keeps alive what the task points to: the session, the
 * operands, the iovec arrays and their memory.  That is never guest memory,
 * which may be unplugged.  It also keeps a reference to the backend.
 */
struct CryptoDevTask {
    CryptoDevOp op;
    CryptoDevComputation *computation;
    void (*done)(CryptoDevTask *task);
    QTAILQ_ENTRY(CryptoDevTask) link;
    uint32_t kind;
    void *backend_data;
};

/**
 * cryptodev_backend_route:
 * @backend: the backend that made the session, if there is one
 * @op: an operation; NULL if there is a @computation
 * @computation: a computation; NULL if there is an @op
 *
 * Outcomes need not be set.  A public-key operation that is not to run at once
 * has a source of CRYPTODEV_AKCIPHER_RESULT_MAX bytes at most.  What the checks
 * refuse is CRYPTODEV_ROUTE_RUN.  Any thread may call this.
 *
 * Returns: how to run it.
 */
CryptoDevRoute
cryptodev_backend_route(CryptoDevBackend *backend, const CryptoDevOp *op,
                        const CryptoDevComputation *computation);

/* The most tasks of a kind that run together */
#define CRYPTODEV_TOGETHER_MAX 8

/**
 * cryptodev_backend_kind:
 * @backend: the backend that made the task's session, if there is one
 * @task: a task that is to run; its operation is one that the checks accept
 *
 * Some libraries compute several operations of a kind in the time of a few.
 * Who has several tasks of a kind should pass up to CRYPTODEV_TOGETHER_MAX at
 * once to cryptodev_backend_run_tasks(), but should not wait for more.  Any
 * thread may call this.
 *
 * Returns: a number that all tasks of a kind have, and maybe some of the
 * backend's other services; 0 if there is nothing to gain.
 */
uint32_t cryptodev_backend_kind(CryptoDevBackend *backend,
                                const CryptoDevTask *task);

/**
 * cryptodev_backend_run_tasks:
 * @backend: the backend that made the tasks' sessions
 * @tasks: the tasks, of any kinds; their @done and @link are not used
 * @n: how many there are
 *
 * Complete tasks in the calling thread, as cryptodev_backend_run() and
 * cryptodev_backend_compute() do.  Many threads may call this at once, with the
 * same sessions too.
 */
void cryptodev_backend_run_tasks(CryptoDevBackend *backend,
                                 CryptoDevTask **tasks, size_t n);

/**
 * cryptodev_backend_submit:
 * @backend: the backend that made the tasks' sessions
 * @tasks: the tasks, whose route is CRYPTODEV_ROUTE_SUBMIT; the array is not
 *         needed after the call
 * @n: how many there are
 *
 * Have tasks run, in any order.  Each is checked as by cryptodev_backend_run()
 * or cryptodev_backend_compute(): one that fails is done at once, in the
 * calling thread.  The caller holds no lock that @done takes.  Any thread may
 * call this, and many may do so at once, with the same sessions too.
 */
void cryptodev_backend_submit(CryptoDevBackend *backend,
                              CryptoDevTask **tasks, size_t n);

/**
 * cryptodev_backend_cancel:
 * @backend: the backend that has the task
 * @task: a task that was submitted and whose memory is still there; @done may
 *        have been called, or be called meanwhile
 *
 * Take a task back that does not run yet.  This does not wait for tasks that
 * run.  The caller holds no lock that @done takes.  Any thread may call this.
 *
 * Returns: true if the task will not run: then it is the caller's again, and
 * @done is not called.  False if it runs or has run: then @done was called, or
 * will be.
 */
bool cryptodev_backend_cancel(CryptoDevBackend *backend, CryptoDevTask *task);

/**
 * cryptodev_task_done:
 * @task: a task that a backend has, with its status and results set
 *
 * For backends.  Tell the caller that a task has ended.  The backend does not
 * touch it any more.
 */
void cryptodev_task_done(CryptoDevTask *task);

#endif /* SYSTEM_CRYPTODEV_TASK_H */
