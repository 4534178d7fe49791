/*
 * The virtio crypto device: the operations of a queue that are in flight
 *
 * They complete later, so that neither their queue nor another waits for them.
 * Their results go to the guest's memory in the queue's own context, when they
 * are complete.
 *
 * Nothing waits for a running one, not even a reset or an unplug: the queue
 * disowns it.  It then runs to its end, keeps its session until then, and its
 * result is dropped.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_IN_FLIGHT_H
#define HW_VIRTIO_CRYPTO_IN_FLIGHT_H

#include "qemu/queue.h"
#include "qemu/thread.h"
#include "queue.h"
#include "request.h"
#include "task.h"

typedef QSLIST_HEAD(, VirtIOCryptoTask) VirtIOCryptoEndedTasks;

/**
 * VirtIOCryptoInFlight:
 * @refs: references: by the queue, and by each disowned task until it ends
 * @tasks: those that were submitted and not disowned, in the order in which
 *         they came
 * @n: the number of @tasks, and of disowned tasks that still run
 * @max: the most that @n can be; further requests wait
 * @ended: those of @tasks that have run; any thread adds to it
 * @taken_back: tasks that the queue's context has taken off @ended
 * @lock: for the @req and @ended of tasks that were submitted, and for @queue
 * @queue: the queue; NULL once it has left
 *
 * It belongs to the queue's context, but for @n and @ended, which any thread
 * changes.
 */
struct VirtIOCryptoInFlight {
    uint32_t refs;
    QTAILQ_HEAD(, VirtIOCryptoTask) tasks;
    uint32_t n;
    uint32_t max;
    VirtIOCryptoEndedTasks ended;
    VirtIOCryptoEndedTasks taken_back;
    QemuMutex lock;
    VirtIOCryptoQueue *queue;
};

/*
 * Unless they say otherwise, the functions below are for the queue's own
 * context.
 */

/**
 * virtio_crypto_in_flight_new:
 * @queue: the queue whose operations they are
 * @max: as in VirtIOCryptoInFlight
 *
 * For the main thread.
 *
 * Returns: an empty list, for virtio_crypto_in_flight_leave() and then
 * virtio_crypto_in_flight_unref().
 */
VirtIOCryptoInFlight *virtio_crypto_in_flight_new(VirtIOCryptoQueue *queue,
                                                  uint32_t max);

/**
 * virtio_crypto_in_flight_leave:
 * @in_flight: those of a queue that has given up
 *
 * From then on, tasks that still run do not wake the queue.  For the main
 * thread.
 */
void virtio_crypto_in_flight_leave(VirtIOCryptoInFlight *in_flight);

/**
 * virtio_crypto_in_flight_unref:
 * @in_flight: the caller's reference
 *
 * For the main thread.
 */
void virtio_crypto_in_flight_unref(VirtIOCryptoInFlight *in_flight);

/**
 * virtio_crypto_in_flight_has_room:
 * @in_flight: those of a queue
 *
 * Operations that were disowned take room until they end.
 *
 * Returns: whether there is room for another one.  The queue is woken when
 * there is room again.
 */
static inline bool
virtio_crypto_in_flight_has_room(const VirtIOCryptoInFlight *in_flight)
{
    return qatomic_read(&in_flight->n) < in_flight->max;
}

/**
 * virtio_crypto_in_flight_submit:
 * @in_flight: those of a queue, which have room
 * @req: a request that has a task; it is owned by @in_flight from then on
 * @to_backend: whether the backend completes the task later, or else the pool
 *
 * Within the RCU critical section that the request was taken in.
 */
void virtio_crypto_in_flight_submit(VirtIOCryptoInFlight *in_flight,
                                    VirtIOCryptoReq *req, bool to_backend);

/**
 * virtio_crypto_in_flight_answer:
 * @in_flight: those of a queue
 * @stats: where what is answered is counted
 *
 * Answer the requests whose tasks have ended, for as long as the queue runs.
 * Within an RCU critical section only.
 */
void virtio_crypto_in_flight_answer(VirtIOCryptoInFlight *in_flight,
                                    CryptoDevStats *stats);

/**
 * virtio_crypto_in_flight_give_up:
 * @in_flight: those of a queue that does not run
 *
 * Discard all their requests, cancel the tasks that wait, and disown those that
 * run.
 */
void virtio_crypto_in_flight_give_up(VirtIOCryptoInFlight *in_flight);

/**
 * virtio_crypto_in_flight_elems:
 * @in_flight: those of a queue that is paused
 *
 * For the main thread.
 *
 * Returns: the elements of their requests, in the order in which they came.
 * The caller owns the array.
 */
GPtrArray *virtio_crypto_in_flight_elems(const VirtIOCryptoInFlight *in_flight);

/**
 * virtio_crypto_in_flight_begun:
 * @task: the @base of a task that was submitted
 *
 * Trace that a thread runs it.  For virtio_crypto_pool_new().
 */
void virtio_crypto_in_flight_begun(CryptoDevTask *task);

#endif /* HW_VIRTIO_CRYPTO_IN_FLIGHT_H */
