/*
 * The virtio crypto device: threads for operations that take long
 *
 * The pool completes tasks later, like cryptodev_backend_submit(), but for
 * backends that complete operations in the calling thread: it calls them in its
 * own threads.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_POOL_H
#define HW_VIRTIO_CRYPTO_POOL_H

#include "system/cryptodev-task.h"

typedef struct VirtIOCryptoPool VirtIOCryptoPool;

/**
 * virtio_crypto_pool_new:
 * @backend: the backend that runs the tasks; the pool keeps a reference
 * @threads: how many threads run tasks
 * @begun: called for each task that a thread begins, before
 *         virtio_crypto_pool_cancel() fails for it; from any thread, with locks
 *         of the pool's held
 *
 * Main thread only.
 *
 * Returns: the pool, for virtio_crypto_pool_close().
 */
VirtIOCryptoPool *virtio_crypto_pool_new(CryptoDevBackend *backend,
                                         int threads,
                                         void (*begun)(CryptoDevTask *task));

/**
 * virtio_crypto_pool_close:
 * @pool: a pool in which no task waits
 *
 * Let the pool free itself when the last task that runs has ended.  Main thread
 * only.
 */
void virtio_crypto_pool_close(VirtIOCryptoPool *pool);

/**
 * virtio_crypto_pool_submit:
 * @pool: a pool
 * @task: a task of the pool's backend, as for cryptodev_backend_submit()
 *
 * Have a task run.  Tasks begin in the order in which they come, but where the
 * first one is of a kind that is faster together, others that wait begin with
 * it.  Any thread may call this.
 */
void virtio_crypto_pool_submit(VirtIOCryptoPool *pool, CryptoDevTask *task);

/**
 * virtio_crypto_pool_cancel:
 * @pool: a pool
 * @task: a task that was submitted to it and whose memory is still there
 *
 * As cryptodev_backend_cancel().  Any thread may call this.
 *
 * Returns: true if the task will not run; false if it runs or has run.
 */
bool virtio_crypto_pool_cancel(VirtIOCryptoPool *pool, CryptoDevTask *task);

#endif /* HW_VIRTIO_CRYPTO_POOL_H */
