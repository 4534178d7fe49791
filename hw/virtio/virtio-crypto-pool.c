/*
 * The virtio crypto device: operations that take long
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <sys/resource.h>
#include "block/aio-wait.h"
#include "block/thread-pool.h"
#include "hw/virtio/virtio-ram.h"
#include "qemu/rcu.h"
#include "qemu/tsan.h"
#include "trace.h"
#include "virtio-crypto-pool.h"
#include "virtio-crypto-queue.h"
#include "virtio-crypto-req.h"

/* How much nicer than QEMU's other threads those of the pool are */
#define POOL_NICE 10

/* Whether an operation of the pool still waits, or what became of it */
typedef enum PoolOpState {
    POOL_OP_WAITS,
    POOL_OP_RUNS,
    POOL_OP_GIVEN_UP,   /* it belongs to the pool alone */
} PoolOpState;

/**
 * VirtIOCryptoPoolOp:
 * @queue: where the request came from
 * @req: the request
 * @op: its operation
 * @dst: where its result goes
 * @iov: @result, for the operation
 * @result: the result, until the queue's context stores it; the guest's memory
 *          may not change at other times
 * @state: who takes it out of POOL_OP_WAITS has it: a thread of the pool to
 *         run it, or the queue's context to give it up
 * @link: place among the queue's
 * @next: another one that is complete
 *
 * An operation that runs in the pool.
 */
typedef struct VirtIOCryptoPoolOp {
    VirtIOCryptoQueue *queue;
    VirtIOCryptoReq *req;
    CryptoDevOp op;
    CryptoDevBuf dst;
    struct iovec iov;
    uint8_t result[CRYPTODEV_AKCIPHER_RESULT_MAX];
    PoolOpState state;
    QLIST_ENTRY(VirtIOCryptoPoolOp) link;
    QSLIST_ENTRY(VirtIOCryptoPoolOp) next;
} VirtIOCryptoPoolOp;

/* Buffers that are mapped stay; those that were looked up need to be held. */
static void hold_memory(VirtIOCryptoQueue *queue, const VirtIOCryptoReq *req)
{
    if (VIRTIO_DEVICE(queue->dev)->ram) {
        virtio_ram_hold(&req->elem);
    }
}

static void release_memory(VirtIOCryptoQueue *queue,
                           const VirtIOCryptoReq *req)
{
    if (VIRTIO_DEVICE(queue->dev)->ram) {
        virtio_ram_release(&req->elem);
    }
}

/* Who waits for the queue's operations in the pool has one less to wait for. */
static void count_off(VirtIOCryptoQueue *queue)
{
    qatomic_store_release(&queue->in_pool, queue->in_pool - 1);
    aio_wait_kick();
}

static void store_result(VirtIOCryptoPoolOp *work)
{
    VirtIOCryptoComputation *computation = work->req->computation;

    cryptodev_buf_write(&work->dst,
                        computation
                        ? virtio_crypto_computation_result(computation)
                        : work->result, work->op.result_len);
}

/*
 * A request no longer counts for those who wait for the pool when it is being
 * answered: where its buffers are not memory, that can be what resets the
 * device.
 */
static void finish_pool_op(VirtIOCryptoQueue *queue, VirtIOCryptoPoolOp *work)
{
    trace_virtio_crypto_pool_finish(queue->dev, work->req, queue->in_pool);
    QLIST_REMOVE(work, link);
    release_memory(queue, work->req);
    if (queue->discarding) {
        virtio_crypto_discard_req(queue, work->req);
        count_off(queue);
    } else {
        count_off(queue);
        store_result(work);
        queue->reqs[0] = work->req;
        virtio_crypto_complete_reqs(queue, 1);
    }
    cryptodev_wipe(work->result, work->iov.iov_len);
    g_free(work);
}

static bool claim_pool_op(VirtIOCryptoPoolOp *work, PoolOpState state)
{
    return qatomic_cmpxchg(&work->state, POOL_OP_WAITS, state) ==
           POOL_OP_WAITS;
}

void virtio_crypto_pool_give_up(VirtIOCryptoQueue *queue)
{
    VirtIOCryptoPoolOp *work;
    VirtIOCryptoPoolOp *next;

    QLIST_FOREACH_SAFE(work, &queue->pool_ops, link, next) {
        VirtIOCryptoReq *req = work->req;

        /* Once it is given up, the pool may free it. */
        QLIST_REMOVE(work, link);
        if (claim_pool_op(work, POOL_OP_GIVEN_UP)) {
            trace_virtio_crypto_pool_give_up(queue->dev, req);
            release_memory(queue, req);
            virtio_crypto_discard_req(queue, req);
            count_off(queue);
        } else {
            QLIST_INSERT_HEAD(&queue->pool_ops, work, link);
        }
    }
}

/* The latest one is the first in the list. */
GPtrArray *virtio_crypto_pool_elems(const VirtIOCryptoQueue *queue)
{
    GPtrArray *elems = g_ptr_array_new();
    guint i = queue->in_pool;
    VirtIOCryptoPoolOp *work;

    g_ptr_array_set_size(elems, i);
    QLIST_FOREACH(work, &queue->pool_ops, link) {
        g_ptr_array_index(elems, --i) = &work->req->elem;
    }
    return elems;
}

/* Take one of the operations that are complete, or return NULL. */
static VirtIOCryptoPoolOp *take_finished(VirtIOCryptoQueue *queue)
{
    VirtIOCryptoPoolOp *work;

    if (QSLIST_EMPTY(&queue->taken_back)) {
        QSLIST_MOVE_ATOMIC(&queue->taken_back, &queue->finished);
    }
    work = QSLIST_FIRST(&queue->taken_back);
    if (work) {
        QSLIST_REMOVE_HEAD(&queue->taken_back, next);
    }
    return work;
}

void virtio_crypto_pool_finish(VirtIOCryptoQueue *queue)
{
    VirtIOCryptoPoolOp *work;

    RCU_READ_LOCK_GUARD();
    while ((queue->running || queue->discarding) &&
           (work = take_finished(queue))) {
        finish_pool_op(queue, work);
    }
}

/* What takes long must not delay what is answered at once. */
static void lower_priority(void)
{
#ifdef CONFIG_LINUX
    static __thread bool lowered;

    /* On Linux this is the calling thread's own matter. */
    if (!lowered) {
        setpriority(PRIO_PROCESS, 0,
                    getpriority(PRIO_PROCESS, 0) + POOL_NICE);
        lowered = true;
    }
#endif
}

static void give_back(VirtIOCryptoPoolOp *work)
{
    VirtIOCryptoQueue *queue = work->queue;

    QSLIST_INSERT_HEAD_ATOMIC(&queue->finished, work, next);
    qemu_bh_schedule(queue->pool_bh);
}

static int run_pool_op(void *opaque)
{
    VirtIOCryptoPoolOp *work = opaque;
    VirtIOCryptoQueue *queue;

    QEMU_TSAN_ANNOTATE_HAPPENS_AFTER(work);
    queue = work->queue;
    lower_priority();
    if (!claim_pool_op(work, POOL_OP_RUNS)) {
        g_free(work);
        return 0;
    }
    trace_virtio_crypto_pool_run(queue->dev, work->req);
    if (work->req->computation) {
        virtio_crypto_computation_run(work->req->computation,
                                      queue->dev->cryptodev, work->dst.len,
                                      &work->op);
    } else {
        cryptodev_backend_run(queue->dev->cryptodev, &work->op, 1);
    }
    give_back(work);
    return 0;
}

void virtio_crypto_pool_submit(VirtIOCryptoQueue *queue, VirtIOCryptoReq *req)
{
    VirtIOCryptoPoolOp *work = g_new(VirtIOCryptoPoolOp, 1);

    work->queue = queue;
    work->req = req;
    work->op = *req->op;
    work->dst = work->op.dst;
    work->iov.iov_base = work->result;
    work->iov.iov_len = MIN(work->dst.len, sizeof(work->result));
    work->op.dst = (CryptoDevBuf) {
        .iov = &work->iov, .len = work->iov.iov_len,
    };
    work->state = POOL_OP_WAITS;
    req->op = &work->op;
    hold_memory(queue, req);
    QLIST_INSERT_HEAD(&queue->pool_ops, work, link);
    qatomic_set(&queue->in_pool, queue->in_pool + 1);
    trace_virtio_crypto_pool_submit(queue->dev, req, queue->in_pool);
    /* The pool's lock is glib's, which the thread sanitizer does not see. */
    QEMU_TSAN_ANNOTATE_HAPPENS_BEFORE(work);
    thread_pool_submit(queue->dev->pool, run_pool_op, work, NULL);
}
