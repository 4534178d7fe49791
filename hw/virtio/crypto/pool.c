/*
 * The virtio crypto device: operations that take long
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <sys/resource.h>
#include "block/aio.h"
#include "block/thread-pool.h"
#include "hw/virtio/virtio-ram.h"
#include "qemu/lockable.h"
#include "qemu/main-loop.h"
#include "qemu/rcu.h"
#include "trace.h"
#include "pool.h"
#include "sessions.h"

/* How much nicer than QEMU's other threads those of the pool are */
#define POOL_NICE 10

/* What is longer than any signature is as wrong as one that is much longer. */
#define SIGNATURE_MAX (CRYPTODEV_AKCIPHER_RESULT_MAX + 1)

typedef enum JobState {
    JOB_WAITS,
    JOB_RUNS,
    JOB_ENDED,
} JobState;

/**
 * VirtIOCryptoJob:
 * @pool: where it runs
 * @data: where the request came from; NULL if the queue is gone
 * @req: the request; NULL if the queue has disowned the job
 * @needs: what a job that was disowned has taken over from the request
 * @state: how far it is
 * @op: the request's operation, on copies of what it reads
 * @computation: or what runs instead
 * @dst: where the result goes
 * @src: the source, in @bytes
 * @signature: the signature, in @bytes
 * @result: the result, in @bytes, until the queue's context stores it; the
 *          guest's memory may not change at other times
 * @place: among those that wait, or those that run
 * @link: among the queue's, unless it was disowned
 * @next: another one that is complete
 * @len: bytes in @bytes
 *
 * An operation that takes long.  The pool's lock protects @data, @req and
 * @state while a thread may be about to run it, or runs it; before and after
 * that, and @needs always, they belong to the queue's context, or, once it was
 * disowned, to that thread.
 */
typedef struct VirtIOCryptoJob {
    VirtIOCryptoPool *pool;
    VirtIOCryptoDataQueue *data;
    VirtIOCryptoReq *req;
    VirtIOCryptoNeeds needs;
    JobState state;
    CryptoDevOp op;
    VirtIOCryptoComputation *computation;
    CryptoDevBuf dst;
    struct iovec src;
    struct iovec signature;
    struct iovec result;
    QTAILQ_ENTRY(VirtIOCryptoJob) place;
    QTAILQ_ENTRY(VirtIOCryptoJob) link;
    QSLIST_ENTRY(VirtIOCryptoJob) next;
    size_t len;
    uint8_t bytes[];
} VirtIOCryptoJob;

/**
 * VirtIOCryptoPool:
 * @dev: the device, for traces alone
 * @backend: what the operations run on
 * @threads: run run_next(), once for each of @wakeups
 * @lock: for what is below
 * @waiting: the jobs that no thread has begun
 * @running: those that one has
 * @n_waiting: how many wait
 * @wakeups: how many calls of run_next() are still to come.  Jobs that were
 *           given up leave theirs behind for the next ones.
 * @closed: whether the pool goes away with the last of @running
 */
struct VirtIOCryptoPool {
    VirtIOCrypto *dev;
    CryptoDevBackend *backend;
    ThreadPool *threads;
    QemuMutex lock;
    QTAILQ_HEAD(, VirtIOCryptoJob) waiting;
    QTAILQ_HEAD(, VirtIOCryptoJob) running;
    size_t n_waiting;
    size_t wakeups;
    bool closed;
};

VirtIOCryptoPool *virtio_crypto_pool_new(VirtIOCrypto *dev, int threads)
{
    VirtIOCryptoPool *pool = g_new0(VirtIOCryptoPool, 1);

    pool->dev = dev;
    pool->backend = dev->cryptodev;
    object_ref(OBJECT(pool->backend));
    pool->threads = thread_pool_new();
    thread_pool_set_max_threads(pool->threads, threads);
    qemu_mutex_init(&pool->lock);
    QTAILQ_INIT(&pool->waiting);
    QTAILQ_INIT(&pool->running);
    return pool;
}

static void free_pool(void *opaque)
{
    VirtIOCryptoPool *pool = opaque;

    thread_pool_free(pool->threads);
    qemu_mutex_destroy(&pool->lock);
    object_unref(OBJECT(pool->backend));
    g_free(pool);
}

void virtio_crypto_pool_close(VirtIOCryptoPool *pool)
{
    bool idle;

    WITH_QEMU_LOCK_GUARD(&pool->lock) {
        pool->closed = true;
        idle = QTAILQ_EMPTY(&pool->running);
    }
    if (idle) {
        free_pool(pool);
    }
}

/* Buffers that are mapped stay; those that were looked up need to be held. */
static void hold_memory(VirtIOCryptoDataQueue *data,
                        const VirtIOCryptoReq *req)
{
    if (VIRTIO_DEVICE(data->queue.dev)->ram) {
        virtio_ram_hold(&req->elem);
    }
}

static void release_memory(VirtIOCryptoDataQueue *data,
                           const VirtIOCryptoReq *req)
{
    if (VIRTIO_DEVICE(data->queue.dev)->ram) {
        virtio_ram_release(&req->elem);
    }
}

static void free_job(VirtIOCryptoJob *job)
{
    cryptodev_wipe(job->bytes, job->len);
    g_free(job);
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

static VirtIOCryptoJob *take_job(VirtIOCryptoPool *pool)
{
    VirtIOCryptoJob *job;

    QEMU_LOCK_GUARD(&pool->lock);
    pool->wakeups--;
    job = QTAILQ_FIRST(&pool->waiting);
    if (job) {
        QTAILQ_REMOVE(&pool->waiting, job, place);
        pool->n_waiting--;
        QTAILQ_INSERT_TAIL(&pool->running, job, place);
        job->state = JOB_RUNS;
        trace_virtio_crypto_pool_run(pool->dev, job->req);
    }
    return job;
}

static void run_job(VirtIOCryptoJob *job)
{
    if (job->computation) {
        virtio_crypto_computation_run(job->computation, job->pool->backend,
                                      job->dst.len, &job->op);
    } else {
        cryptodev_backend_run(job->pool->backend, NULL, &job->op, 1);
    }
}

/* Give a job that has run back to its queue, unless that has disowned it. */
static bool give_back(VirtIOCryptoJob *job)
{
    VirtIOCryptoDataQueue *data;

    QEMU_LOCK_GUARD(&job->pool->lock);
    if (!job->req) {
        return false;
    }
    data = job->data;
    QTAILQ_REMOVE(&job->pool->running, job, place);
    job->state = JOB_ENDED;
    QSLIST_INSERT_HEAD_ATOMIC(&data->finished, job, next);
    virtio_crypto_queue_wake(&data->queue);
    return true;
}

/* End a job that was disowned; its queue, if there is one, has room again. */
static void end_disowned(VirtIOCryptoJob *job)
{
    VirtIOCryptoPool *pool = job->pool;
    bool last;

    virtio_crypto_needs_clear(&job->needs);
    virtio_crypto_sessions_unref(job->needs.sessions);
    WITH_QEMU_LOCK_GUARD(&pool->lock) {
        QTAILQ_REMOVE(&pool->running, job, place);
        if (job->data) {
            qatomic_dec(&job->data->in_pool);
            virtio_crypto_queue_wake(&job->data->queue);
        }
        last = pool->closed && QTAILQ_EMPTY(&pool->running);
    }
    free_job(job);
    if (last) {
        aio_bh_schedule_oneshot(qemu_get_aio_context(), free_pool, pool);
    }
}

static int run_next(void *opaque)
{
    VirtIOCryptoJob *job = take_job(opaque);

    lower_priority();
    if (job) {
        run_job(job);
        if (!give_back(job)) {
            end_disowned(job);
        }
    }
    return 0;
}

/* Replace a buffer by a copy of its first @len bytes. */
static void copy_buf(CryptoDevBuf *buf, struct iovec *iov, uint8_t *bytes,
                     size_t len)
{
    *iov = (struct iovec) { .iov_base = bytes, .iov_len = len };
    cryptodev_buf_read(buf, bytes, len);
    *buf = (CryptoDevBuf) { .iov = iov, .len = len };
}

/* A computation has copies of its operands, and its results. */
static VirtIOCryptoJob *new_job(VirtIOCryptoDataQueue *data,
                                VirtIOCryptoReq *req)
{
    const CryptoDevOp *op = req->op;
    bool computes = req->needs.computation;
    size_t src = computes ? 0 : op->src.len;
    size_t signature = computes ? 0 : MIN(op->signature.len, SIGNATURE_MAX);
    size_t result = computes ? 0 : MIN(op->dst.len,
                                       CRYPTODEV_AKCIPHER_RESULT_MAX);
    size_t len = src + signature + result;
    VirtIOCryptoJob *job = g_malloc(sizeof(*job) + len);

    *job = (VirtIOCryptoJob) {
        .pool = data->queue.dev->pool,
        .data = data,
        .req = req,
        .op = *op,
        .computation = req->needs.computation,
        .dst = op->dst,
        .len = len,
    };
    copy_buf(&job->op.src, &job->src, job->bytes, src);
    copy_buf(&job->op.signature, &job->signature, job->bytes + src, signature);
    job->result = (struct iovec) {
        .iov_base = job->bytes + src + signature, .iov_len = result,
    };
    job->op.dst = (CryptoDevBuf) { .iov = &job->result, .len = result };
    return job;
}

/* Returns whether another thread must be told of it. */
static bool add_waiting(VirtIOCryptoPool *pool, VirtIOCryptoJob *job)
{
    QEMU_LOCK_GUARD(&pool->lock);
    QTAILQ_INSERT_TAIL(&pool->waiting, job, place);
    pool->n_waiting++;
    if (pool->wakeups >= pool->n_waiting) {
        return false;
    }
    pool->wakeups++;
    return true;
}

void virtio_crypto_pool_submit(VirtIOCryptoDataQueue *data,
                               VirtIOCryptoReq *req)
{
    VirtIOCryptoPool *pool = data->queue.dev->pool;
    VirtIOCryptoJob *job = new_job(data, req);

    req->op = &job->op;
    hold_memory(data, req);
    QTAILQ_INSERT_TAIL(&data->jobs, job, link);
    qatomic_inc(&data->in_pool);
    trace_virtio_crypto_pool_submit(data->queue.dev, req,
                                    qatomic_read(&data->in_pool));
    if (add_waiting(pool, job)) {
        thread_pool_submit(pool->threads, run_next, pool, NULL);
    }
}

static void store_result(VirtIOCryptoJob *job)
{
    cryptodev_buf_write(&job->dst,
                        job->computation
                        ? virtio_crypto_computation_result(job->computation)
                        : job->result.iov_base, job->op.result_len);
}

static void answer_job(VirtIOCryptoDataQueue *data, VirtIOCryptoJob *job)
{
    trace_virtio_crypto_pool_finish(data->queue.dev, job->req,
                                    qatomic_read(&data->in_pool));
    QTAILQ_REMOVE(&data->jobs, job, link);
    qatomic_dec(&data->in_pool);
    release_memory(data, job->req);
    store_result(job);
    virtio_crypto_req_answer(&data->queue, &data->stats, &job->req, 1);
    free_job(job);
}

/* Take one of the jobs that are complete, or return NULL. */
static VirtIOCryptoJob *take_finished(VirtIOCryptoDataQueue *data)
{
    VirtIOCryptoJob *job;

    if (QSLIST_EMPTY(&data->taken_back)) {
        QSLIST_MOVE_ATOMIC(&data->taken_back, &data->finished);
    }
    job = QSLIST_FIRST(&data->taken_back);
    if (job) {
        QSLIST_REMOVE_HEAD(&data->taken_back, next);
    }
    return job;
}

void virtio_crypto_pool_finish(VirtIOCryptoDataQueue *data)
{
    VirtIOCryptoJob *job;

    while (data->queue.running && (job = take_finished(data))) {
        answer_job(data, job);
    }
}

/* Have the job take over what it needs from its request. */
static void disown_job(VirtIOCryptoJob *job)
{
    job->needs = job->req->needs;
    virtio_crypto_sessions_ref(job->needs.sessions);
    job->req->needs.session_id = 0;
    job->req->needs.own_session = NULL;
    job->req->needs.computation = NULL;
    job->req = NULL;
}

/* Returns whether the job is the caller's now, and not a thread's. */
static bool withdraw_job(VirtIOCryptoPool *pool, VirtIOCryptoJob *job)
{
    QEMU_LOCK_GUARD(&pool->lock);
    switch (job->state) {
    case JOB_WAITS:
        QTAILQ_REMOVE(&pool->waiting, job, place);
        pool->n_waiting--;
        return true;
    case JOB_RUNS:
        disown_job(job);
        return false;
    case JOB_ENDED:
        return true;
    default:
        g_assert_not_reached();
    }
}

static void give_up_job(VirtIOCryptoDataQueue *data, VirtIOCryptoJob *job)
{
    VirtIOCryptoReq *req = job->req;

    QTAILQ_REMOVE(&data->jobs, job, link);
    if (withdraw_job(data->queue.dev->pool, job)) {
        trace_virtio_crypto_pool_give_up(data->queue.dev, req);
        qatomic_dec(&data->in_pool);
        free_job(job);
    } else {
        trace_virtio_crypto_pool_disown(data->queue.dev, req);
    }
    release_memory(data, req);
    virtio_crypto_req_discard(&data->queue, req);
}

void virtio_crypto_pool_give_up(VirtIOCryptoDataQueue *data)
{
    VirtIOCryptoJob *job;
    VirtIOCryptoJob *next;

    RCU_READ_LOCK_GUARD();
    QTAILQ_FOREACH_SAFE(job, &data->jobs, link, next) {
        give_up_job(data, job);
    }
    /* Those that were complete are no more, and no others can follow. */
    QSLIST_MOVE_ATOMIC(&data->taken_back, &data->finished);
    QSLIST_INIT(&data->taken_back);
}

void virtio_crypto_pool_leave(VirtIOCryptoDataQueue *data)
{
    VirtIOCryptoPool *pool = data->queue.dev->pool;
    VirtIOCryptoJob *job;

    QEMU_LOCK_GUARD(&pool->lock);
    QTAILQ_FOREACH(job, &pool->running, place) {
        if (job->data == data) {
            job->data = NULL;
        }
    }
}

GPtrArray *virtio_crypto_pool_elems(const VirtIOCryptoDataQueue *data)
{
    GPtrArray *elems = g_ptr_array_new();
    VirtIOCryptoJob *job;

    QTAILQ_FOREACH(job, &data->jobs, link) {
        g_ptr_array_add(elems, &job->req->elem);
    }
    return elems;
}
