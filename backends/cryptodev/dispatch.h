/*
 * Cryptography backends: dispatch to drivers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_DISPATCH_H
#define BACKENDS_CRYPTODEV_DISPATCH_H

#include "driver.h"

/**
 * cryptodev_start_op:
 * @op: an operation; its outcome need not be set
 *
 * Clear the outcome, and check what needs no driver.
 *
 * Returns: CRYPTODEV_OK, or the status that the operation has failed with.
 */
CryptoDevStatus cryptodev_start_op(CryptoDevOp *op);

/**
 * cryptodev_end_op:
 * @op: an operation whose outcome a driver has set
 *
 * An operation that has failed has no result, whatever its driver says.
 */
static inline void cryptodev_end_op(CryptoDevOp *op)
{
    if (op->status != CRYPTODEV_OK) {
        op->result_len = 0;
    }
}

/**
 * cryptodev_start_computation:
 * @backend: the backend that is to run it
 * @computation: a computation; its outcome need not be set
 *
 * Clear the outcome, and check what needs no driver.
 *
 * Returns: CRYPTODEV_OK, or the status that the computation has failed with.
 */
CryptoDevStatus cryptodev_start_computation(CryptoDevBackend *backend,
                                            CryptoDevComputation *computation);

/**
 * cryptodev_driver_batch:
 * @driver: a driver
 * @kind: what its @kind says of an operation or a computation
 *
 * Returns: how many of these it takes at once, at most.
 */
size_t cryptodev_driver_batch(const CryptoDevDriver *driver, uint32_t kind);

/**
 * cryptodev_driver_compute:
 * @driver: the computations' driver
 * @backend: the backend that has it
 * @computations: computations that have been started, of one kind
 * @n: how many there are, cryptodev_driver_batch() at most
 *
 * Run computations.  One that has failed has no results, whatever its driver
 * says.
 */
void cryptodev_driver_compute(const CryptoDevDriver *driver,
                              CryptoDevBackend *backend,
                              CryptoDevComputation **computations, size_t n);

/**
 * cryptodev_computation_driver:
 * @backend: the backend that is to run it; set to the one that has the driver:
 *           the same one, or one that it stands on
 * @computation: a computation
 *
 * Returns: the driver that runs the computation; NULL if there is none.
 */
const CryptoDevDriver *
cryptodev_computation_driver(CryptoDevBackend **backend,
                             const CryptoDevComputation *computation);

#endif /* BACKENDS_CRYPTODEV_DISPATCH_H */
