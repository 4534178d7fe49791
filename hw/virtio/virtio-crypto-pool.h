/*
 * The virtio crypto device: operations that take long
 *
 * They run in threads of a pool, so that neither their queue nor another waits
 * for them.  Their results go to the guest's memory in the queue's own context,
 * when they are complete.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_POOL_H
#define HW_VIRTIO_CRYPTO_POOL_H

#include "virtio-crypto-queue.h"

/*
 * Unless they say otherwise, the functions below are for the queue's own
 * context, within an RCU critical section.
 */

/**
 * virtio_crypto_pool_has_room:
 * @queue: a queue
 *
 * Returns: whether the pool takes another operation of the queue.
 */
static inline bool virtio_crypto_pool_has_room(const VirtIOCryptoQueue *queue)
{
    return queue->in_pool < queue->in_pool_max;
}

/**
 * virtio_crypto_pool_submit:
 * @queue: a queue that has room in the pool
 * @req: a request of its that has an operation; the pool owns it from then on
 */
void virtio_crypto_pool_submit(VirtIOCryptoQueue *queue, VirtIOCryptoReq *req);

/**
 * virtio_crypto_pool_finish:
 * @queue: a queue
 *
 * Answer the requests whose operations are complete, unless the queue is
 * paused.
 */
void virtio_crypto_pool_finish(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_pool_give_up:
 * @queue: a queue
 *
 * Forget the requests whose operations do not run yet.
 */
void virtio_crypto_pool_give_up(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_pool_elems:
 * @queue: a queue that is paused
 *
 * For the main thread.
 *
 * Returns: the elements of the requests that the pool has or had, and that are
 * not answered, in the order in which they came.  The caller owns the array.
 */
GPtrArray *virtio_crypto_pool_elems(const VirtIOCryptoQueue *queue);

#endif /* HW_VIRTIO_CRYPTO_POOL_H */
