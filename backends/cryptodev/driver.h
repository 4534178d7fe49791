/*
 * Cryptography backends: one driver for each family of algorithms
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_DRIVER_H
#define BACKENDS_CRYPTODEV_DRIVER_H

#include "system/cryptodev-task.h"

/**
 * CryptoDevDriver:
 * @service: the service that the driver's algorithms belong to
 * @chains: CIPHER: whether its sessions are chains of a cipher and a hash or
 *          MAC, and no others.  It has the chains of whatever the backend's
 *          other drivers have.
 * @has: whether the backend, whose options are settled, has the algorithm of
 *       @service; always the same from then on.  NULL if it has all that there
 *       are.
 * @create: make a session for an algorithm that the driver has, of sizes that
 *          are legal; sets *session and returns CRYPTODEV_OK, or returns why
 *          not, and then @destroy gets what *session was set to, unless that is
 *          NULL.  After CRYPTODEV_NOTSUPP the backend's base is asked, if there
 *          is one.  The members of CryptoDevSession are the caller's to fill
 *          in.  NULL for a driver whose operations need no sessions.
 * @destroy: wipe the keys of a session and free it; nothing runs on it
 * @falls_back: whether each session has a @base, for cryptodev_base_run().  The
 *              backend offers only such algorithms of the driver's as its base
 *              has, and makes only such sessions as its base makes.
 * @route: as cryptodev_backend_route(), for what was checked; NULL if it is
 *         CRYPTODEV_ROUTE_POOL for AKCIPHER and computations, and
 *         CRYPTODEV_ROUTE_RUN for all others
 * @leaves: a driver that @falls_back: whether an operation, which was checked,
 *          is for the base of @session, whatever else there is in its batch;
 *          NULL if that is never known before @run_batch
 * @prefetch: bring what @run needs of a session into the processor's cache;
 *            NULL where that does not pay
 * @run: complete one operation in the calling thread, on @session: its own, or
 *       one of the driver's that is a base of it.  Its @status is CRYPTODEV_OK
 *       and its @result_len 0 so far, and it was checked.  No other member is
 *       written.
 * @run_batch: or complete @n operations in the calling thread, in any order: of
 *             those that cryptodev_backend_run() was given all that are of the
 *             driver, and of one @kind, but at most CRYPTODEV_DRIVER_BATCH at
 *             once.  They are as for @run, which is NULL then.  The @state is
 *             that of the calling thread for the session's backend, or NULL.
 * @compute: a service that has operations: run a computation, which was
 *           checked, in the calling thread; returns its status.  It has no @run
 *           then, and no @run_batch.
 * @compute_batch: or run @n computations, which were checked, in the calling
 *                 thread and in any order, as many as for @run_batch; sets
 *                 their @status.  There is no @compute then.
 * @kind: as cryptodev_backend_kind(), for what was checked: @computation or, if
 *        that is NULL, @op.  @run_batch or @compute_batch then gets up to
 *        CRYPTODEV_TOGETHER_MAX of a kind, and one at a time of kind 0.  NULL
 *        if the driver does not care what there is in a batch.
 * @submit: begin tasks, @n of them, which were checked, and whose status is
 *          CRYPTODEV_OK so far; give each to cryptodev_task_done() when it has
 *          ended.  NULL for a driver that has no CRYPTODEV_ROUTE_SUBMIT; one
 *          that has it can be called by @run, @run_batch or @compute as well.
 * @cancel: as cryptodev_backend_cancel(); NULL if no task can be cancelled.  It
 *          may be called for a task that failed the checks, which @submit never
 *          got and whose @backend_data is NULL.
 *
 * The algorithms of one family in a backend.  A backend is a table of these.
 * Any thread may call @create and the functions after it, and many threads at
 * once, for the same session too.
 */
struct CryptoDevDriver {
    CryptodevService service;
    bool chains;
    bool (*has)(CryptoDevBackend *backend, uint32_t algo);
    CryptoDevStatus (*create)(CryptoDevBackend *backend,
                              const CryptoDevSessionParams *params,
                              CryptoDevSession **session);
    void (*destroy)(CryptoDevSession *session);
    bool falls_back;
    CryptoDevRoute (*route)(CryptoDevBackend *backend, const CryptoDevOp *op,
                            const CryptoDevComputation *computation);
    bool (*leaves)(const CryptoDevSession *session, const CryptoDevOp *op);
    void (*prefetch)(const CryptoDevSession *session);
    void (*run)(CryptoDevSession *session, CryptoDevOp *op);
    void (*run_batch)(CryptoDevOp **ops, size_t n, CryptoDevState *state);
    CryptoDevStatus (*compute)(CryptoDevBackend *backend,
                               CryptoDevComputation *computation);
    void (*compute_batch)(CryptoDevBackend *backend,
                          CryptoDevComputation **computations, size_t n);
    uint32_t (*kind)(const CryptoDevOp *op,
                     const CryptoDevComputation *computation);
    void (*submit)(CryptoDevBackend *backend, CryptoDevTask **tasks, size_t n);
    bool (*cancel)(CryptoDevBackend *backend, CryptoDevTask *task);
};

/* The most operations of a driver's @run_batch, or tasks of its @submit */
#define CRYPTODEV_DRIVER_BATCH 64

/**
 * cryptodev_base_run:
 * @ops: operations of a driver, as for its @run_batch
 * @n: how many there are
 * @state: as for its @run_batch
 *
 * Complete operations on the base, in the calling thread.  Those of a driver
 * that does not fall back have none, and are CRYPTODEV_ERR.
 */
void cryptodev_base_run(CryptoDevOp **ops, size_t n, CryptoDevState *state);

/**
 * cryptodev_base_compute:
 * @computation: a computation on a session of a driver that @falls_back
 *
 * The same for a computation.
 *
 * Returns: its status.
 */
CryptoDevStatus cryptodev_base_compute(CryptoDevComputation *computation);

#endif /* BACKENDS_CRYPTODEV_DRIVER_H */
