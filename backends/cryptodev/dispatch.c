/*
 * Cryptography backends: dispatch to drivers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/host-utils.h"
#include "capabilities.h"
#include "check.h"
#include "dispatch.h"

/* How many operations ahead to prefetch a session */
#define PREFETCH_AHEAD 4

QEMU_BUILD_BUG_ON(CRYPTODEV_DRIVER_BATCH != 64);

/* The session that an operation runs on: its own, or a base of that */
static inline CryptoDevSession *choose_session(const CryptoDevOp *op)
{
    CryptoDevSession *session = op->session;

    while (session->driver->leaves && session->driver->leaves(session, op)) {
        session = session->base;
    }
    return session;
}

/* Prefetch an operation's session, unless that was done for the one before. */
static void prefetch(const CryptoDevOp *op, const CryptoDevOp *before)
{
    const CryptoDevSession *session;
    bool done = op->session == before->session &&
                before->status == CRYPTODEV_OK;

    if (done || op->status != CRYPTODEV_OK) {
        return;
    }
    session = choose_session(op);
    if (session->driver->prefetch) {
        session->driver->prefetch(session);
    }
}

/*
 * Run the operations of drivers that take one at a time.  Returns those that
 * are left for drivers that take batches: bit i for ops[i].
 */
static uint64_t run_single(CryptoDevOp *ops, size_t n)
{
    uint64_t left = 0;

    for (size_t i = 0; i < n; i++) {
        CryptoDevSession *session;

        if (i + PREFETCH_AHEAD < n) {
            prefetch(&ops[i + PREFETCH_AHEAD], &ops[i + PREFETCH_AHEAD - 1]);
        }
        if (ops[i].status != CRYPTODEV_OK) {
            continue;
        }
        session = choose_session(&ops[i]);
        if (session->driver->run) {
            session->driver->run(session, &ops[i]);
            cryptodev_end_op(&ops[i]);
        } else {
            left |= BIT_ULL(i);
        }
    }
    return left;
}

static CryptoDevState *find_state(CryptoDevState *state,
                                  const CryptoDevBackend *backend)
{
    while (state && state->backend != backend) {
        state = state->base;
    }
    return state;
}

static uint32_t find_kind(const CryptoDevOp *op)
{
    const CryptoDevDriver *driver = op->session->driver;

    return driver->kind ? driver->kind(op, NULL) : 0;
}

static bool goes_with(const CryptoDevOp *op, const CryptoDevOp *first,
                      uint32_t kind)
{
    return op->session->driver == first->session->driver &&
           op->session->backend == first->session->backend &&
           find_kind(op) == kind;
}

size_t cryptodev_driver_batch(const CryptoDevDriver *driver, uint32_t kind)
{
    if (!driver->kind) {
        return CRYPTODEV_DRIVER_BATCH;
    }
    return kind ? CRYPTODEV_TOGETHER_MAX : 1;
}

/*
 * Run the first operation that is left, with those that its driver takes along
 * with it; returns the rest.
 */
static uint64_t run_group(CryptoDevState *state, CryptoDevOp *ops,
                          uint64_t left)
{
    const CryptoDevOp *first = &ops[ctz64(left)];
    const CryptoDevDriver *driver = first->session->driver;
    uint32_t kind = find_kind(first);
    size_t max = cryptodev_driver_batch(driver, kind);
    CryptoDevOp *group[CRYPTODEV_DRIVER_BATCH];
    uint64_t others = left & (left - 1);
    size_t n = 0;

    group[n++] = &ops[ctz64(left)];
    for (uint64_t rest = others; rest && n < max; rest &= rest - 1) {
        CryptoDevOp *op = &ops[ctz64(rest)];

        if (goes_with(op, first, kind)) {
            group[n++] = op;
            others &= ~(rest & -rest);
        }
    }
    driver->run_batch(group, n, find_state(state, first->session->backend));
    for (size_t i = 0; i < n; i++) {
        cryptodev_end_op(group[i]);
    }
    return others;
}

static void run_checked(CryptoDevState *state, CryptoDevOp *ops, size_t n)
{
    uint64_t left = run_single(ops, n);

    while (left) {
        left = run_group(state, ops, left);
    }
}

CryptoDevStatus cryptodev_start_op(CryptoDevOp *op)
{
    op->result_len = 0;
    op->status = cryptodev_check_op(op) ? CRYPTODEV_OK : CRYPTODEV_ERR;
    return op->status;
}

void cryptodev_backend_run(CryptoDevBackend *backend, CryptoDevState *state,
                           CryptoDevOp *ops, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        cryptodev_start_op(&ops[i]);
    }
    for (size_t i = 0; i < n; i += CRYPTODEV_DRIVER_BATCH) {
        run_checked(state, &ops[i], MIN(n - i, CRYPTODEV_DRIVER_BATCH));
    }
}

const CryptoDevDriver *
cryptodev_computation_driver(CryptoDevBackend **backend,
                             const CryptoDevComputation *computation)
{
    const CryptoDevDriver *driver = NULL;

    if (computation->session) {
        *backend = computation->session->backend;
        return computation->session->driver;
    }
    while (*backend) {
        driver = cryptodev_find_driver(*backend, computation->service,
                                       computation->operation);
        if (driver) {
            break;
        }
        *backend = (*backend)->base;
    }
    return driver;
}

CryptoDevStatus cryptodev_start_computation(CryptoDevBackend *backend,
                                            CryptoDevComputation *computation)
{
    computation->n_results = 0;
    computation->status = CRYPTODEV_NOTSUPP;
    if (cryptodev_backend_find(backend, computation->service,
                               computation->operation)) {
        computation->status = cryptodev_check_computation(computation);
    }
    return computation->status;
}

void cryptodev_driver_compute(const CryptoDevDriver *driver,
                              CryptoDevBackend *backend,
                              CryptoDevComputation **computations, size_t n)
{
    if (driver->compute_batch) {
        driver->compute_batch(backend, computations, n);
    }
    for (size_t i = 0; i < n; i++) {
        if (driver->compute) {
            computations[i]->status = driver->compute(backend,
                                                      computations[i]);
        }
        if (computations[i]->status != CRYPTODEV_OK) {
            cryptodev_computation_clear(computations[i]);
        }
    }
}

void cryptodev_backend_compute(CryptoDevBackend *backend,
                               CryptoDevComputation *computation)
{
    if (cryptodev_start_computation(backend, computation) == CRYPTODEV_OK) {
        const CryptoDevDriver *driver =
            cryptodev_computation_driver(&backend, computation);

        cryptodev_driver_compute(driver, backend, &computation, 1);
    }
}
