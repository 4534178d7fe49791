/*
 * Cryptography backends: dispatch to drivers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/host-utils.h"
#include "capabilities.h"
#include "check.h"
#include "driver.h"

/* How many operations ahead of its turn one is prepared */
#define PREFETCH_AHEAD 4

QEMU_BUILD_BUG_ON(CRYPTODEV_DRIVER_BATCH != 64);

/* What the checks refuse takes no time. */
bool cryptodev_backend_takes_long(CryptoDevBackend *backend,
                                  const CryptoDevOp *op)
{
    const CryptoDevDriver *driver = op->session->driver;

    return driver->service == CRYPTODEV_SERVICE_AKCIPHER &&
           cryptodev_check_op(op) && (!driver->takes_long || driver->takes_long(op));
}

static void prefetch(const CryptoDevOp *op)
{
    const CryptoDevDriver *driver = op->session->driver;

    if (driver->prefetch && op->status == CRYPTODEV_OK) {
        driver->prefetch(op->session);
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
        if (i + PREFETCH_AHEAD < n) {
            prefetch(&ops[i + PREFETCH_AHEAD]);
        }
        if (ops[i].status != CRYPTODEV_OK) {
            continue;
        }
        if (ops[i].session->driver->run) {
            ops[i].session->driver->run(&ops[i]);
        } else {
            left |= BIT_ULL(i);
        }
    }
    return left;
}

/* Run all operations of one driver's, and take them off @left. */
static uint64_t run_group(CryptoDevOp *ops, uint64_t left)
{
    const CryptoDevDriver *driver = ops[ctz64(left)].session->driver;
    CryptoDevOp *group[CRYPTODEV_DRIVER_BATCH];
    uint64_t others = 0;
    size_t n = 0;

    for (; left; left &= left - 1) {
        CryptoDevOp *op = &ops[ctz64(left)];

        if (op->session->driver == driver) {
            group[n++] = op;
        } else {
            others |= left & -left;
        }
    }
    driver->run_batch(group, n);
    return others;
}

static void run_checked(CryptoDevOp *ops, size_t n)
{
    uint64_t left = run_single(ops, n);

    while (left) {
        left = run_group(ops, left);
    }
}

void cryptodev_backend_run(CryptoDevBackend *backend, CryptoDevOp *ops,
                           size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ops[i].result_len = 0;
        ops[i].status = cryptodev_check_op(&ops[i]) ? CRYPTODEV_OK : CRYPTODEV_ERR;
    }
    for (size_t i = 0; i < n; i += CRYPTODEV_DRIVER_BATCH) {
        run_checked(&ops[i], MIN(n - i, CRYPTODEV_DRIVER_BATCH));
    }
}

static CryptoDevStatus compute_checked(CryptoDevBackend *backend,
                                       CryptoDevComputation *computation)
{
    const CryptoDevDriver *driver =
        computation->session
        ? computation->session->driver
        : cryptodev_find_driver(backend, computation->service,
                                computation->operation);

    return driver->compute(backend, computation);
}

void cryptodev_backend_compute(CryptoDevBackend *backend,
                               CryptoDevComputation *computation)
{
    computation->n_results = 0;
    computation->status = CRYPTODEV_NOTSUPP;
    if (cryptodev_backend_find(backend, computation->service,
                               computation->operation)) {
        computation->status = cryptodev_check_computation(computation);
    }
    if (computation->status == CRYPTODEV_OK) {
        computation->status = compute_checked(backend, computation);
    }
    if (computation->status != CRYPTODEV_OK) {
        cryptodev_computation_clear(computation);
    }
}
