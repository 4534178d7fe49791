/*
 * The virtio crypto device: a virtqueue, and how it is served
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_QUEUE_H
#define HW_VIRTIO_CRYPTO_QUEUE_H

#include "hw/virtio/virtio-crypto.h"
#include "qemu/queue.h"
#include "virtio-crypto-wire.h"

/*
 * How much a queue may do before the main loop gets its turn: as many requests,
 * or as many bytes of data, whichever comes first
 */
#define VIRTIO_CRYPTO_BATCH_REQUESTS 64
#define VIRTIO_CRYPTO_BATCH_BYTES (1024 * 1024)

/* How many operations of a queue can be in the pool; others wait behind them */
#define VIRTIO_CRYPTO_POOL_OPS 64

typedef struct VirtIOCryptoQueue VirtIOCryptoQueue;
typedef struct VirtIOCryptoReq VirtIOCryptoReq;
typedef struct VirtIOCryptoPoolOp VirtIOCryptoPoolOp;
typedef QSLIST_HEAD(, VirtIOCryptoPoolOp) VirtIOCryptoPoolOps;

/**
 * VirtIOCryptoQueue:
 * @dev: the device
 * @vq: the virtqueue
 * @serve: serves a batch; returns whether the queue may have more requests
 * @bh: goes on with a queue that has more requests than a batch
 * @pool_ops: operations that were given to the pool, and not yet taken back
 * @in_pool: how many there are
 * @finished: those of them that are complete; the pool's threads add to it
 * @taken_back: those of these that the main loop has seen
 * @pool_bh: answers the requests of these
 * @discarding: whether operations that the pool gives back are not answered
 * @reqs: the requests of a batch
 * @ops: the operations of a batch
 *
 * It belongs to the main loop, but for @finished.
 */
struct VirtIOCryptoQueue {
    VirtIOCrypto *dev;
    VirtQueue *vq;
    bool (*serve)(VirtIOCryptoQueue *queue);
    QEMUBH *bh;
    QLIST_HEAD(, VirtIOCryptoPoolOp) pool_ops;
    uint32_t in_pool;
    VirtIOCryptoPoolOps finished;
    VirtIOCryptoPoolOps taken_back;
    QEMUBH *pool_bh;
    bool discarding;
    VirtIOCryptoReq *reqs[VIRTIO_CRYPTO_BATCH_REQUESTS];
    CryptoDevOp ops[VIRTIO_CRYPTO_BATCH_REQUESTS];
};

/**
 * virtio_crypto_queue_init:
 * @queue: the queue to set up, all zero
 * @dev: the device
 * @vq: the virtqueue
 * @serve: as in VirtIOCryptoQueue
 */
void virtio_crypto_queue_init(VirtIOCryptoQueue *queue, VirtIOCrypto *dev,
                              VirtQueue *vq,
                              bool (*serve)(VirtIOCryptoQueue *queue));

/**
 * virtio_crypto_queue_destroy:
 * @queue: a queue that was stopped
 */
void virtio_crypto_queue_destroy(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_queue_serve:
 * @queue: a queue
 *
 * Serve a batch of requests, and see to it that the rest has its turn.
 */
void virtio_crypto_queue_serve(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_queue_schedule:
 * @queue: a queue
 *
 * Let the main loop serve it soon, and answer what the pool has completed.
 */
void virtio_crypto_queue_schedule(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_queue_stop:
 * @queue: a queue
 *
 * Give up the queue's operations in the pool: the ones that run are waited
 * for, and none of their requests is answered.  Until it is scheduled or kicked
 * again, the queue is not served.
 */
void virtio_crypto_queue_stop(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_queue_describe:
 * @queue: the queue that @elem came from
 * @elem: a chain of descriptors
 * @head: where the copy of its first bytes goes
 * @head_max: how many bytes to copy, at most
 *
 * Returns: what wire protocols know of the chain.
 */
VirtIOCryptoChain virtio_crypto_queue_describe(VirtIOCryptoQueue *queue,
                                               const VirtQueueElement *elem,
                                               uint8_t *head,
                                               size_t head_max);

/**
 * virtio_crypto_queue_write_status:
 * @queue: the queue that @elem came from
 * @elem: a chain of descriptors, of which at least one byte is writable
 * @status: the status byte
 * @behind_gap: whether between the result and the status are bytes that the
 *              device does not touch
 *
 * Store the status in the last byte of the chain.
 */
void virtio_crypto_queue_write_status(VirtIOCryptoQueue *queue,
                                      const VirtQueueElement *elem,
                                      uint8_t status, bool behind_gap);

/**
 * virtio_crypto_queue_reject:
 * @queue: the queue that @elem came from
 * @elem: a chain that has no place for a status; it is freed
 *
 * Give up on the chain, and on the device until the driver resets it.
 */
void virtio_crypto_queue_reject(VirtIOCryptoQueue *queue,
                                VirtQueueElement *elem);

/**
 * virtio_crypto_finish_pool_ops:
 * @queue: a queue
 *
 * Answer the requests whose operations in the pool are complete, unless the
 * machine is stopped.
 */
void virtio_crypto_finish_pool_ops(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_give_up_pool_ops:
 * @queue: a queue
 *
 * Forget the requests whose operations in the pool do not run yet.
 */
void virtio_crypto_give_up_pool_ops(VirtIOCryptoQueue *queue);

/* How a queue serves a batch; see VirtIOCryptoQueue's @serve */
bool virtio_crypto_serve_data(VirtIOCryptoQueue *queue);
bool virtio_crypto_serve_ctrl(VirtIOCryptoQueue *queue);

#endif /* HW_VIRTIO_CRYPTO_QUEUE_H */
