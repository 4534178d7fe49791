/*
 * The virtio crypto device: a virtqueue, and how it is served
 *
 * One context serves a queue all its life: an IOThread, which never takes the
 * big QEMU lock, or the main loop.  The data queue or the control queue that
 * embeds it handles its requests.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_QUEUE_H
#define HW_VIRTIO_CRYPTO_QUEUE_H

#include "block/aio.h"
#include "hw/virtio/virtio-crypto.h"
#include "qemu/main-loop.h"
#include "wire.h"

typedef struct VirtIOCryptoQueue VirtIOCryptoQueue;

/**
 * VirtIOCryptoServed:
 * @VIRTIO_CRYPTO_SERVED_TURN: there may be more requests: serve the queue again
 *     when others of its context have had their turn
 * @VIRTIO_CRYPTO_SERVED_ALL: there are no more: wait for the driver's kick
 * @VIRTIO_CRYPTO_SERVED_BLOCKED: no request can be taken: wait for
 *     virtio_crypto_queue_wake()
 *
 * What is left after a turn.
 */
typedef enum VirtIOCryptoServed {
    VIRTIO_CRYPTO_SERVED_TURN,
    VIRTIO_CRYPTO_SERVED_ALL,
    VIRTIO_CRYPTO_SERVED_BLOCKED,
} VirtIOCryptoServed;

/**
 * VirtIOCryptoQueueOps:
 * @serve: serve requests for a turn, in an RCU critical section.  It takes no
 *         request that virtio_crypto_queue_may_go_on() does not allow.
 * @give_up: forget all requests that were taken and not answered; NULL if there
 *           are never any.  The queue does not run.
 *
 * What kind of queue it is.  All are called in the queue's own context.
 */
typedef struct VirtIOCryptoQueueOps {
    VirtIOCryptoServed (*serve)(VirtIOCryptoQueue *queue);
    void (*give_up)(VirtIOCryptoQueue *queue);
} VirtIOCryptoQueueOps;

/**
 * VirtIOCryptoQueue:
 * @dev: the device
 * @vdev: the same; a cast would be checked for each request
 * @vq: the virtqueue
 * @ops: what kind of queue it is
 * @context: where it is served: an IOThread of its own or of the user's, or the
 *           main loop
 * @bh: serves it
 * @timer: serves it when it has waited
 * @running: whether it may be served
 * @serving: whether it is being served.  In the main loop, a result can go to
 *           another device's registers, whose handler may poll: then this
 *           queue's events arrive in the middle of a batch.
 * @again: whether such an event has arrived
 * @awaited: whether the main thread is about to wait for the end of the batch;
 *           then no other batch begins
 * @ioeventfd: whether kicks and interrupts use event notifiers
 * @listening: whether @context waits for kicks
 * @suppressing: whether the queue has told the driver not to kick; polling in
 *               @context does that too, but does not set this
 * @notify: whether the main loop is to interrupt the driver
 * @notify_bh: does so, where there is no event notifier
 *
 * It belongs to @context, but for @awaited and @notify, which others read and
 * write.  The main thread starts and stops it.
 */
struct VirtIOCryptoQueue {
    VirtIOCrypto *dev;
    VirtIODevice *vdev;
    VirtQueue *vq;
    const VirtIOCryptoQueueOps *ops;
    AioContext *context;
    QEMUBH *bh;
    QEMUTimer *timer;
    bool running;
    bool serving;
    bool again;
    bool awaited;
    bool ioeventfd;
    bool listening;
    bool suppressing;
    bool notify;
    QEMUBH *notify_bh;
};

/**
 * virtio_crypto_queue_init:
 * @queue: the queue to set up, all zero
 * @dev: the device
 * @vq: the virtqueue
 * @context: as in VirtIOCryptoQueue; an IOThread needs a device that has
 *           VirtIODevice's @ram
 * @ops: as in VirtIOCryptoQueue
 *
 * Main thread only.
 */
void virtio_crypto_queue_init(VirtIOCryptoQueue *queue, VirtIOCrypto *dev,
                              VirtQueue *vq, AioContext *context,
                              const VirtIOCryptoQueueOps *ops);

/**
 * virtio_crypto_queue_destroy:
 * @queue: a queue that was stopped, and that no other thread wakes any more
 *
 * It gets no events any more.  Main thread only.
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
 * Announce that the queue will be paused or stopped: it begins no other batch.
 * To stop many queues, call this for all of them first, so that their batches
 * end in parallel.  Main thread only.
 */
void virtio_crypto_queue_await(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_queue_pause:
 * @queue: a queue
 *
 * Stop serving it, when the batch in hand is done.  Requests that were taken
 * and not answered stay so.  Main thread only.
 */
void virtio_crypto_queue_pause(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_queue_stop:
 * @queue: a queue
 *
 * Pause it, and have it give up the requests that were taken and not answered.
 * Main thread only.
 */
void virtio_crypto_queue_stop(VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_queue_kick:
 * @queue: a queue
 *
 * Serve the queue: at once if the caller is in its IOThread, else soon.
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
 * virtio_crypto_queue_wake_in:
 * @queue: a running queue, of the calling thread
 * @ns: nanoseconds from now
 *
 * Wake the queue then, unless it is paused meanwhile.
 */
void virtio_crypto_queue_wake_in(VirtIOCryptoQueue *queue, int64_t ns);

/**
 * virtio_crypto_queue_may_go_on:
 * @queue: a queue, of the calling thread
 *
 * Returns: whether another request may be taken.
 */
static inline bool
virtio_crypto_queue_may_go_on(const VirtIOCryptoQueue *queue)
{
    return queue->running && !qatomic_read(&queue->awaited);
}

/**
 * virtio_crypto_queue_in_main_loop:
 * @queue: a queue
 *
 * Returns: whether the main loop serves it, with the big QEMU lock held.
 */
static inline bool
virtio_crypto_queue_in_main_loop(const VirtIOCryptoQueue *queue)
{
    return queue->context == qemu_get_aio_context();
}

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
 * Returns: the chain as wire protocols see it.
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
 * Store the status in the last writable byte of the chain.
 */
void virtio_crypto_queue_write_status(VirtIOCryptoQueue *queue,
                                      const VirtQueueElement *elem,
                                      uint8_t status, bool behind_gap);

/**
 * virtio_crypto_queue_reject:
 * @queue: the queue that @elem came from
 * @elem: a chain that has no place for a status; the caller keeps it, and frees
 *        it then
 *
 * Give up on the chain, and on the device until the driver resets it.
 */
void virtio_crypto_queue_reject(VirtIOCryptoQueue *queue,
                                const VirtQueueElement *elem);

#endif /* HW_VIRTIO_CRYPTO_QUEUE_H */
