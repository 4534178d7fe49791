/*
 * The virtio crypto device: operations that take long
 *
 * They run in threads of a pool, so that neither their queue nor another waits
 * for them.  Their results go to the guest's memory in the queue's own context,
 * when they are complete.
 *
 * Nobody waits for an operation that runs, not even a reset or an unplug: the
 * queue disowns it.  It then runs to its end on its own copies of what it
 * reads, and its result goes nowhere.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_POOL_H
#define HW_VIRTIO_CRYPTO_POOL_H

#include "data-queue.h"

/* A device's threads for operations that take long, and what they have to do */
typedef struct VirtIOCryptoPool VirtIOCryptoPool;

/**
 * virtio_crypto_pool_new:
 * @dev: the device, whose backend the pool keeps for as long as it exists
 * @threads: how many operations run at once
 *
 * Main thread only.
 *
 * Returns: the pool, for virtio_crypto_pool_close().
 */
VirtIOCryptoPool *virtio_crypto_pool_new(VirtIOCrypto *dev, int threads);

/**
 * virtio_crypto_pool_close:
 * @pool: a pool whose queues have all called virtio_crypto_pool_leave()
 *
 * Let the pool free itself when the last of its operations has ended.  Main
 * thread only.
 */
void virtio_crypto_pool_close(VirtIOCryptoPool *pool);

/*
 * Unless they say otherwise, the functions below are for the queue's own
 * context.
 */

/**
 * virtio_crypto_pool_has_room:
 * @data: a queue
 *
 * Operations that were disowned take room until they end.
 *
 * Returns: whether the pool takes another operation of the queue.
 */
static inline bool
virtio_crypto_pool_has_room(const VirtIOCryptoDataQueue *data)
{
    return qatomic_read(&data->in_pool) < data->in_pool_max;
}

/**
 * virtio_crypto_pool_submit:
 * @data: a queue that has room in the pool
 * @req: a request of its that has an operation; the pool owns it from then on
 *
 * Within the RCU critical section that the request was taken in.
 */
void virtio_crypto_pool_submit(VirtIOCryptoDataQueue *data,
                               VirtIOCryptoReq *req);

/**
 * virtio_crypto_pool_finish:
 * @data: a queue
 *
 * Answer the requests whose operations are complete, for as long as the queue
 * runs.  Within an RCU critical section only.
 */
void virtio_crypto_pool_finish(VirtIOCryptoDataQueue *data);

/**
 * virtio_crypto_pool_give_up:
 * @data: a queue that does not run
 *
 * Forget all requests that the pool has of the queue, and disown the operations
 * that run.
 */
void virtio_crypto_pool_give_up(VirtIOCryptoDataQueue *data);

/**
 * virtio_crypto_pool_leave:
 * @data: a queue that has given up
 *
 * Have the pool forget the queue: none of its threads touches it from then on.
 */
void virtio_crypto_pool_leave(VirtIOCryptoDataQueue *data);

/**
 * virtio_crypto_pool_elems:
 * @data: a queue that is paused
 *
 * For the main thread.
 *
 * Returns: the elements of the requests that the pool has, in the order in
 * which they came.  The caller owns the array.
 */
GPtrArray *virtio_crypto_pool_elems(const VirtIOCryptoDataQueue *data);

#endif /* HW_VIRTIO_CRYPTO_POOL_H */
