/*
 * The virtio crypto device: a virtqueue, and how it is served
 *
 * A queue is served in one context all its life: in a thread, that never takes
 * the big lock, or in the main loop.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_QUEUE_H
#define HW_VIRTIO_CRYPTO_QUEUE_H

#include "block/aio.h"
#include "hw/virtio/virtio-crypto.h"
#include "qemu/queue.h"
#include "wire.h"

/* The most requests that go to the backend together */
#define VIRTIO_CRYPTO_BATCH_REQUESTS 64

/*
 * How much a queue may do before others of its thread have their turn: as many
 * batches, or as many bytes of data, whichever comes first
 */
#define VIRTIO_CRYPTO_TURN_BATCHES 16
#define VIRTIO_CRYPTO_TURN_BYTES (1024 * 1024)

typedef struct VirtIOCryptoQueue VirtIOCryptoQueue;
typedef struct VirtIOCryptoReq VirtIOCryptoReq;
typedef struct VirtIOCryptoSavedReq VirtIOCryptoSavedReq;
typedef QSLIST_HEAD(, VirtIOCryptoJob) VirtIOCryptoJobs;

/**
 * VirtIOCryptoQueue:
 * @dev: the device
 * @vq: the virtqueue
 * @serve: serves a batch and adds to @turn_bytes; returns whether the queue may
 *         have more requests
 * @context: where it is served: a thread of its own or of the user's, or the
 *           main loop
 * @bh: serves it
 * @running: whether it may be served
 * @serving: whether it is being served.  In the main loop, what is written to
 *           the guest's memory may be another device's registers, whose handler
 *           polls: then the queue's own events come before the batch is done.
 * @again: whether there was such an event
 * @awaited: whether the main thread is about to wait until it is not; then no
 *           further batch is begun
 * @ioeventfd: whether kicks and interrupts come and go by event notifiers
 * @listening: whether @context hears kicks
 * @suppressing: whether @context told the driver not to kick, other than for
 *               as long as it polls
 * @turn_bytes: bytes of data of this turn, or what takes as long
 * @throttled: whether the queue waits for the backend's limits
 * @timer: serves the queue when it has waited
 * @notify: whether the main loop is to interrupt the driver
 * @notify_bh: does so, where there is no event notifier
 * @jobs: operations that were given to the pool, in the order in which they
 *        came
 * @in_pool: the sum of these and of those that were disowned and still run,
 *           which the pool's threads count off
 * @in_pool_max: how many there can be; requests wait behind them
 * @finished: those of them that are complete; the pool's threads add to it
 * @taken_back: those of these that @context has seen
 * @stats: what was answered
 * @saved: requests of a migration stream, which come before those of @vq
 * @reqs: the requests of a batch
 * @ops: the operations of a batch
 *
 * It belongs to @context, but for @finished, @in_pool, @awaited, @notify, and
 * @stats, which others read.  The main thread starts and stops it.
 */
struct VirtIOCryptoQueue {
    VirtIOCrypto *dev;
    VirtQueue *vq;
    bool (*serve)(VirtIOCryptoQueue *queue);
    AioContext *context;
    QEMUBH *bh;
    bool running;
    bool serving;
    bool again;
    bool awaited;
    bool ioeventfd;
    bool listening;
    bool suppressing;
    size_t turn_bytes;
    bool throttled;
    QEMUTimer *timer;
    bool notify;
    QEMUBH *notify_bh;
    QTAILQ_HEAD(, VirtIOCryptoJob) jobs;
    uint32_t in_pool;
    uint32_t in_pool_max;
    VirtIOCryptoJobs finished;
    VirtIOCryptoJobs taken_back;
    QSIMPLEQ_HEAD(, VirtIOCryptoSavedReq) saved;
    CryptoDevStats stats;
    VirtIOCryptoReq *reqs[VIRTIO_CRYPTO_BATCH_REQUESTS];
    CryptoDevOp ops[VIRTIO_CRYPTO_BATCH_REQUESTS];
};

/**
 * virtio_crypto_queue_init:
 * @queue: the queue to set up, all zero
 * @dev: the device
 * @vq: the virtqueue
 * @context: as in VirtIOCryptoQueue; a thread needs a device that has
 *           VirtIODevice's @ram
 * @serve: as in VirtIOCryptoQueue
 */
void virtio_crypto_queue_init(VirtIOCryptoQueue *queue, VirtIOCrypto *dev,
                              VirtQueue *vq, AioContext *context,
                              bool (*serve)(VirtIOCryptoQueue *queue));

/**
 * virtio_crypto_queue_destroy:
 * @queue: a queue that was stopped
 *
 * Its events do not come any more.  Main thread only.
 */
void virtio_crypto_queue_destroy(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_queue_start:
 * @queue: a queue that is not running
 * @ioeventfd: whether its host and guest notifiers are set up
 *
 * Let it be served from now on, and its waiting requests at once.  Main thread
 * only.
 */
void virtio_crypto_queue_start(VirtIOCryptoQueue *queue, bool ioeventfd);

/**
 * virtio_crypto_queue_await:
 * @queue: a queue
 *
 * Announce that it will be paused or stopped: it begins no further batch.  Who
 * does that with many queues calls this for all of them first, so that they
 * come to their ends side by side.  Main thread only.
 */
void virtio_crypto_queue_await(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_queue_pause:
 * @queue: a queue
 *
 * Stop serving it, when the batch in hand is done.  What the pool has stays
 * there, and is not answered either.  Main thread only.
 */
void virtio_crypto_queue_pause(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_queue_stop:
 * @queue: a queue
 *
 * Pause it, and forget its requests in the pool and those of a migration
 * stream.  Operations that run are not waited for.  Main thread only.
 */
void virtio_crypto_queue_stop(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_queue_kick:
 * @queue: a queue
 *
 * See to it that the queue is served: here and now if this is its thread, or
 * soon.
 */
void virtio_crypto_queue_kick(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_queue_wake:
 * @queue: a queue
 *
 * Let a queue that waits look again whether it can be served.  Any thread may
 * call this.
 */
void virtio_crypto_queue_wake(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_queue_may_take:
 * @queue: a queue, of the calling thread, whose backend has limits
 *
 * Returns: whether these allow another operation; if not, the queue waits for
 * as long as it takes.
 */
bool virtio_crypto_queue_may_take(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_queue_notify:
 * @queue: a queue, of the calling thread
 *
 * Tell the driver that requests were answered, if it wants to know.
 */
void virtio_crypto_queue_notify(VirtIOCryptoQueue *queue);

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

/* How a queue serves a batch; see VirtIOCryptoQueue's @serve */
bool virtio_crypto_serve_data(VirtIOCryptoQueue *queue);
bool virtio_crypto_serve_ctrl(VirtIOCryptoQueue *queue);

#endif /* HW_VIRTIO_CRYPTO_QUEUE_H */
