/*
 * The virtio crypto device: the operations of a queue that are in flight
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "block/aio.h"
#include "hw/virtio/virtio-ram.h"
#include "qemu/lockable.h"
#include "qemu/main-loop.h"
#include "qemu/rcu.h"
#include "trace.h"
#include "in-flight.h"
#include "pool.h"

/* How many requests are answered at once */
#define ANSWERS_MAX 64

VirtIOCryptoInFlight *virtio_crypto_in_flight_new(VirtIOCryptoQueue *queue,
                                                  uint32_t max)
{
    VirtIOCryptoInFlight *in_flight = g_new0(VirtIOCryptoInFlight, 1);

    in_flight->refs = 1;
    QTAILQ_INIT(&in_flight->tasks);
    in_flight->max = max;
    qemu_mutex_init(&in_flight->lock);
    in_flight->queue = queue;
    return in_flight;
}

void virtio_crypto_in_flight_leave(VirtIOCryptoInFlight *in_flight)
{
    QEMU_LOCK_GUARD(&in_flight->lock);
    in_flight->queue = NULL;
}

void virtio_crypto_in_flight_unref(VirtIOCryptoInFlight *in_flight)
{
    if (qatomic_fetch_dec(&in_flight->refs) == 1) {
        qemu_mutex_destroy(&in_flight->lock);
        g_free(in_flight);
    }
}

/* Mapped buffers stay valid; looked up ones need a reference. */
static void hold_memory(const VirtIOCryptoInFlight *in_flight,
                        const VirtIOCryptoReq *req)
{
    if (VIRTIO_DEVICE(in_flight->queue->dev)->ram) {
        virtio_ram_hold(&req->elem);
    }
}

static void release_memory(const VirtIOCryptoInFlight *in_flight,
                           const VirtIOCryptoReq *req)
{
    if (VIRTIO_DEVICE(in_flight->queue->dev)->ram) {
        virtio_ram_release(&req->elem);
    }
}

/* In the main loop, drop the references, which may destroy the session. */
static void free_disowned(void *opaque)
{
    VirtIOCryptoTask *task = opaque;

    virtio_crypto_session_use_end(&task->session, 1);
    virtio_crypto_sessions_unref(task->session.sessions);
    virtio_crypto_in_flight_unref(task->in_flight);
    virtio_crypto_task_free(task);
}

/*
 * A task has ended, in any thread: give it back to its queue.  One that was
 * disowned makes room, and is freed in the main loop, as the backend must not
 * be called from here.
 */
static void task_done(CryptoDevTask *base)
{
    VirtIOCryptoTask *task = container_of(base, VirtIOCryptoTask, base);
    VirtIOCryptoInFlight *in_flight = task->in_flight;
    bool disowned;

    WITH_QEMU_LOCK_GUARD(&in_flight->lock) {
        disowned = !task->req;
        if (disowned) {
            qatomic_dec(&in_flight->n);
        } else {
            task->ended = true;
            QSLIST_INSERT_HEAD_ATOMIC(&in_flight->ended, task, next);
        }
        if (in_flight->queue) {
            virtio_crypto_queue_wake(in_flight->queue);
        }
    }
    if (disowned) {
        aio_bh_schedule_oneshot(qemu_get_aio_context(), free_disowned, task);
    }
}

void virtio_crypto_in_flight_begun(CryptoDevTask *base)
{
    VirtIOCryptoTask *task = container_of(base, VirtIOCryptoTask, base);

    trace_virtio_crypto_pool_run(task->in_flight->queue->dev, task->req);
}

void virtio_crypto_in_flight_submit(VirtIOCryptoInFlight *in_flight,
                                    VirtIOCryptoReq *req, bool to_backend)
{
    VirtIOCrypto *s = in_flight->queue->dev;
    VirtIOCryptoTask *task = req->task;
    CryptoDevTask *base = &task->base;

    task->base.done = task_done;
    task->in_flight = in_flight;
    task->req = req;
    task->to_backend = to_backend;
    req->op = &task->base.op;
    hold_memory(in_flight, req);
    QTAILQ_INSERT_TAIL(&in_flight->tasks, task, link);
    qatomic_inc(&in_flight->n);
    trace_virtio_crypto_pool_submit(s, req, qatomic_read(&in_flight->n));
    if (to_backend) {
        cryptodev_backend_submit(s->cryptodev, &base, 1);
    } else {
        virtio_crypto_pool_submit(s->pool, base);
    }
}

/* Take a task back that does not run yet. */
static bool cancel_task(VirtIOCrypto *s, VirtIOCryptoTask *task)
{
    return task->to_backend
           ? cryptodev_backend_cancel(s->cryptodev, &task->base)
           : virtio_crypto_pool_cancel(s->pool, &task->base);
}

/* Store what a task computed, and return its request to be answered. */
static VirtIOCryptoReq *finish_task(VirtIOCryptoInFlight *in_flight,
                                    VirtIOCryptoTask *task)
{
    VirtIOCryptoReq *req = task->req;

    trace_virtio_crypto_pool_finish(in_flight->queue->dev, req,
                                    qatomic_read(&in_flight->n));
    QTAILQ_REMOVE(&in_flight->tasks, task, link);
    qatomic_dec(&in_flight->n);
    virtio_crypto_task_store(task);
    release_memory(in_flight, req);
    return req;
}

/* Take one of the tasks that have ended, or return NULL. */
static VirtIOCryptoTask *take_ended(VirtIOCryptoInFlight *in_flight)
{
    VirtIOCryptoTask *task;

    if (QSLIST_EMPTY(&in_flight->taken_back)) {
        QSLIST_MOVE_ATOMIC(&in_flight->taken_back, &in_flight->ended);
    }
    task = QSLIST_FIRST(&in_flight->taken_back);
    if (task) {
        QSLIST_REMOVE_HEAD(&in_flight->taken_back, next);
    }
    return task;
}

/* The driver gets one interrupt for those that end together. */
void virtio_crypto_in_flight_answer(VirtIOCryptoInFlight *in_flight,
                                    CryptoDevStats *stats)
{
    VirtIOCryptoQueue *queue = in_flight->queue;
    VirtIOCryptoReq *reqs[ANSWERS_MAX];
    VirtIOCryptoTask *task;
    unsigned int n;

    do {
        n = 0;
        while (n < ANSWERS_MAX && queue->running &&
               (task = take_ended(in_flight))) {
            reqs[n++] = finish_task(in_flight, task);
        }
        if (n) {
            virtio_crypto_req_answer(queue, stats, reqs, n);
        }
    } while (n == ANSWERS_MAX);
}

/*
 * Move everything that a running task needs from its request to the task.
 * Returns false if the task has ended.
 */
static bool disown_task(VirtIOCryptoInFlight *in_flight,
                        VirtIOCryptoTask *task)
{
    QEMU_LOCK_GUARD(&in_flight->lock);
    if (task->ended) {
        return false;
    }
    qatomic_inc(&in_flight->refs);
    task->session = task->req->session;
    virtio_crypto_sessions_ref(task->session.sessions);
    task->req->session = (VirtIOCryptoSessionUse) { };
    task->req->task = NULL;
    task->req = NULL;
    return true;
}

static void give_up_task(VirtIOCryptoInFlight *in_flight,
                         VirtIOCryptoTask *task)
{
    VirtIOCryptoQueue *queue = in_flight->queue;
    VirtIOCryptoReq *req = task->req;

    QTAILQ_REMOVE(&in_flight->tasks, task, link);
    if (!cancel_task(queue->dev, task) &&
        disown_task(in_flight, task)) {
        trace_virtio_crypto_pool_disown(queue->dev, req);
    } else {
        trace_virtio_crypto_pool_give_up(queue->dev, req);
        qatomic_dec(&in_flight->n);
    }
    release_memory(in_flight, req);
    virtio_crypto_req_discard(queue, req);
}

void virtio_crypto_in_flight_give_up(VirtIOCryptoInFlight *in_flight)
{
    VirtIOCryptoTask *task;
    VirtIOCryptoTask *next;

    RCU_READ_LOCK_GUARD();
    QTAILQ_FOREACH_SAFE(task, &in_flight->tasks, link, next) {
        give_up_task(in_flight, task);
    }
    /* The requests of ended tasks are gone, and no other task can end. */
    QSLIST_MOVE_ATOMIC(&in_flight->taken_back, &in_flight->ended);
    QSLIST_INIT(&in_flight->taken_back);
}

GPtrArray *virtio_crypto_in_flight_elems(const VirtIOCryptoInFlight *in_flight)
{
    GPtrArray *elems = g_ptr_array_new();
    VirtIOCryptoTask *task;

    QTAILQ_FOREACH(task, &in_flight->tasks, link) {
        g_ptr_array_add(elems, &task->req->elem);
    }
    return elems;
}
