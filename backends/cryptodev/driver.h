/*
 * Cryptography backends: one driver for each family of algorithms
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_DRIVER_H
#define BACKENDS_CRYPTODEV_DRIVER_H

#include "system/cryptodev-compute.h"

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
 *          not.  The members of CryptoDevSession are the caller's to fill in.
 *          NULL for a driver whose operations need no sessions.
 * @destroy: wipe the keys of a session and free it; nothing runs on it
 * @takes_long: as cryptodev_backend_takes_long(), for AKCIPHER alone; NULL if
 *              all of its operations do
 * @prefetch: bring what @run needs of a session into the processor's cache;
 *            NULL where that does not pay
 * @run: complete one operation in the calling thread.  Its @status is
 *       CRYPTODEV_OK and its @result_len 0 so far, and it was checked.
 * @run_batch: or complete @n operations in the calling thread, in any order: of
 *             those that cryptodev_backend_run() was given all that are of the
 *             driver, but at most CRYPTODEV_DRIVER_BATCH at once.  They are as
 *             for @run, which is NULL then.
 * @compute: a service that has operations: run a computation, which was
 *           checked, in the calling thread; returns its status.  It has no @run
 *           then, and no @run_batch.
 *
 * What a backend does for the algorithms of one family.  A backend is a table
 * of these.  Any thread may call @create, @destroy and what is below them, and
 * many threads at once, for the same session too.
 */
struct CryptoDevDriver {
    CryptodevService service;
    bool chains;
    bool (*has)(CryptoDevBackend *backend, uint32_t algo);
    CryptoDevStatus (*create)(CryptoDevBackend *backend,
                              const CryptoDevSessionParams *params,
                              CryptoDevSession **session);
    void (*destroy)(CryptoDevSession *session);
    bool (*takes_long)(const CryptoDevOp *op);
    void (*prefetch)(const CryptoDevSession *session);
    void (*run)(CryptoDevOp *op);
    void (*run_batch)(CryptoDevOp **ops, size_t n);
    CryptoDevStatus (*compute)(CryptoDevBackend *backend,
                               CryptoDevComputation *computation);
};

/* The most operations of a driver's @run_batch */
#define CRYPTODEV_DRIVER_BATCH 64

#endif /* BACKENDS_CRYPTODEV_DRIVER_H */
