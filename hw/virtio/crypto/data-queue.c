/*
 * The virtio crypto device: a data queue
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/units.h"
#include "trace.h"
#include "data-queue.h"

/*
 * How much a queue does before others of its context have their turn: this
 * many batches, or bytes of data, whichever comes first.  What a batch has
 * taken runs to its end, so a reset or a stop waits for as many bytes, or for
 * their worth of quick public-key operations.
 */
#define TURN_BATCHES 16
#define TURN_BYTES (1 * MiB)

/* A quick public-key operation takes as long as this many symmetric bytes. */
#define PUBLIC_KEY_BYTES (64 * KiB)

/* What costs more for each byte has begun in the time of so many of them. */
#define START_BYTES 16

/* The longest list of operands of a quick computation; RSA keys are shorter. */
#define QUICK_BYTES_MAX (8 * KiB)

/* What is kept for the next requests, or taken ahead, is enough for a batch. */
QEMU_BUILD_BUG_ON(VIRTIO_CRYPTO_SPARE_REQS != VIRTIO_CRYPTO_BATCH_REQUESTS);
QEMU_BUILD_BUG_ON(VIRTIO_CRYPTO_REFS_AHEAD != VIRTIO_CRYPTO_BATCH_REQUESTS);

/**
 * Batch:
 * @limited: whether the backend has limits
 * @throttled: whether these allow no further operation now
 * @migrated: whether its requests came in a migration stream
 * @taken: how many requests were taken
 * @n: how many of them are answered with the batch
 * @n_ops: how many of these have an operation in the data queue's @ops
 * @n_computations: how many have a computation in its @computations
 * @refs: references to their sessions, while requests are taken
 */
typedef struct Batch {
    bool limited;
    bool throttled;
    bool migrated;
    unsigned int taken;
    unsigned int n;
    unsigned int n_ops;
    unsigned int n_computations;
    VirtIOCryptoSessionRefs refs;
} Batch;

static bool has_migrated(const VirtIOCryptoDataQueue *data)
{
    return !QSIMPLEQ_EMPTY(&data->migrated);
}

/* Take the next request, and make its operation if it has one. */
static VirtIOCryptoReq *take_req(VirtIOCryptoDataQueue *data, Batch *batch,
                                 CryptoDevOp *op)
{
    VirtIOCryptoReq *req = has_migrated(data)
        ? virtio_crypto_migrated_take(&data->migrated, &data->queue)
        : virtio_crypto_spare_reqs_pop(&data->spares, data->queue.vq);

    return req && virtio_crypto_req_decode(&data->queue, &batch->refs, req, op)
           ? req : NULL;
}

/* Whether even a quick computation must run in the pool */
static bool must_not_compute(const VirtIOCryptoDataQueue *data,
                             const VirtIOCryptoReq *req)
{
    /*
     * Up to 64 queues of the main loop would hold the big QEMU lock, one behind
     * the other.  To skip thousands of leading zeros takes time, too.
     */
    return virtio_crypto_queue_in_main_loop(&data->queue) ||
           req->bytes > QUICK_BYTES_MAX;
}

/* A computation has its task already. */
static CryptoDevRoute choose_route(const VirtIOCryptoDataQueue *data,
                                   const VirtIOCryptoReq *req)
{
    const VirtIOCrypto *s = data->queue.dev;
    CryptoDevRoute route;

    if (!req->op) {
        return CRYPTODEV_ROUTE_RUN;
    }
    if (!req->task) {
        return cryptodev_backend_route(s->cryptodev, req->op, NULL);
    }
    route = cryptodev_backend_route(s->cryptodev, NULL,
                                    req->task->base.computation);
    return route == CRYPTODEV_ROUTE_RUN && must_not_compute(data, req)
           ? CRYPTODEV_ROUTE_POOL : route;
}

/* Returns false if memory is short; then the request has failed. */
static bool submit(VirtIOCryptoDataQueue *data, VirtIOCryptoReq *req,
                   CryptoDevRoute route)
{
    if (!req->task) {
        req->task = virtio_crypto_task_new(req->op);
    }
    if (!req->task) {
        req->op = NULL;
        req->status = CRYPTODEV_ERR;
        return false;
    }
    virtio_crypto_in_flight_submit(data->in_flight, req,
                                   route == CRYPTODEV_ROUTE_SUBMIT);
    return true;
}

/*
 * The weight of a request in its turn, in bytes of data, or in as many of a
 * cipher that is quicker.  One that has failed may have been copied before.
 */
static size_t weigh(const VirtIOCryptoReq *req)
{
    const CryptoDevOp *op = req->op;
    const CryptoDevCapability *capability;
    size_t bytes;

    if (!op) {
        return req->bytes;
    }
    if (req->task) {
        return PUBLIC_KEY_BYTES + req->bytes;
    }
    capability = op->session->capability;
    if (capability->service == CRYPTODEV_SERVICE_AKCIPHER) {
        return PUBLIC_KEY_BYTES;
    }
    bytes = op->aad.len + op->src.len + op->digest.len;
    return capability->cost ? (bytes + START_BYTES) * capability->cost : bytes;
}

/* Whether the backend's limits allow another operation; if not, wait. */
static bool check_limits(VirtIOCryptoQueue *queue, Batch *batch)
{
    int64_t wait = cryptodev_throttle_wait(&queue->dev->cryptodev->throttle);

    batch->throttled = wait > 0;
    if (batch->throttled) {
        trace_virtio_crypto_throttle(queue->dev,
                                     virtio_get_queue_index(queue->vq), wait);
        virtio_crypto_queue_wake_in(queue, wait);
    }
    return !batch->throttled;
}

/*
 * Requests wait in the virtqueue for room and for limits, and are taken when
 * they can run.  Together with others, migrated ones may claim more than the
 * ring holds.
 */
static bool can_take(VirtIOCryptoDataQueue *data, Batch *batch)
{
    return batch->taken < VIRTIO_CRYPTO_BATCH_REQUESTS &&
           virtio_crypto_queue_may_go_on(&data->queue) &&
           has_migrated(data) == batch->migrated &&
           data->turn_bytes < TURN_BYTES &&
           virtio_crypto_in_flight_has_room(data->in_flight) &&
           (!batch->limited || check_limits(&data->queue, batch));
}

/* Take a request, to run with the batch or later; or return false. */
static bool take_into(VirtIOCryptoDataQueue *data, Batch *batch)
{
    VirtIOCrypto *s = data->queue.dev;
    CryptoDevOp *op = &data->ops[batch->n_ops];
    VirtIOCryptoReq *req = take_req(data, batch, op);
    CryptoDevRoute route;

    if (!req) {
        return false;
    }
    batch->taken++;
    if (batch->limited && req->op) {
        cryptodev_throttle_account(&s->cryptodev->throttle, req->bytes);
    }
    route = choose_route(data, req);
    if (route != CRYPTODEV_ROUTE_RUN && submit(data, req, route)) {
        /* Its operands were copied. */
        data->turn_bytes += req->bytes;
        return true;
    }
    data->reqs[batch->n++] = req;
    data->turn_bytes += weigh(req);
    if (req->op && req->task) {
        /* The outcome of a computation comes from the task. */
        req->op = &req->task->base.op;
        data->computations[batch->n_computations++] = &req->task->base;
    } else if (req->op) {
        batch->n_ops++;
    }
    return true;
}

/* Run the quick computations of a batch. */
static void compute(VirtIOCryptoDataQueue *data, unsigned int n)
{
    cryptodev_backend_run_tasks(data->queue.dev->cryptodev, data->computations,
                                n);
    for (unsigned int i = 0; i < n; i++) {
        virtio_crypto_task_store(container_of(data->computations[i],
                                              VirtIOCryptoTask, base));
    }
}

static void run_batch(VirtIOCryptoDataQueue *data, const Batch *batch)
{
    VirtIOCryptoQueue *queue = &data->queue;

    if (batch->n) {
        cryptodev_backend_run(queue->dev->cryptodev, data->state, data->ops,
                              batch->n_ops);
        compute(data, batch->n_computations);
        virtio_crypto_req_answer(queue, &data->stats, data->reqs, batch->n);
    }
    if (batch->taken) {
        trace_virtio_crypto_batch(queue->dev, virtio_get_queue_index(queue->vq),
                                  batch->taken,
                                  batch->n_ops + batch->n_computations);
    }
}

static VirtIOCryptoServed serve_batch(VirtIOCryptoDataQueue *data)
{
    const VirtIOCrypto *s = data->queue.dev;
    Batch batch = {
        .limited = cryptodev_throttle_is_on(&s->cryptodev->throttle),
        .migrated = has_migrated(data),
        .refs.sessions = s->sessions,
    };

    if (!cryptodev_backend_is_ready(s->cryptodev)) {
        return VIRTIO_CRYPTO_SERVED_BLOCKED;
    }
    while (can_take(data, &batch) && take_into(data, &batch)) {
        continue;
    }
    virtio_crypto_session_refs_end(&batch.refs);
    run_batch(data, &batch);
    if (batch.throttled || !virtio_crypto_in_flight_has_room(data->in_flight)) {
        return VIRTIO_CRYPTO_SERVED_BLOCKED;
    }
    return batch.taken == VIRTIO_CRYPTO_BATCH_REQUESTS ||
           (batch.migrated && batch.taken) ||
           data->turn_bytes >= TURN_BYTES ||
           !virtio_crypto_queue_may_go_on(&data->queue)
           ? VIRTIO_CRYPTO_SERVED_TURN : VIRTIO_CRYPTO_SERVED_ALL;
}

/*
 * Answer completed operations even if no batch may begin.  In that case this
 * queue is about to be paused, and looks again when it is started.
 */
static VirtIOCryptoServed serve(VirtIOCryptoQueue *queue)
{
    VirtIOCryptoDataQueue *data =
        container_of(queue, VirtIOCryptoDataQueue, queue);
    VirtIOCryptoServed served = VIRTIO_CRYPTO_SERVED_TURN;
    unsigned int batches = 0;

    virtio_crypto_in_flight_answer(data->in_flight, &data->stats);
    data->turn_bytes = 0;
    while (served == VIRTIO_CRYPTO_SERVED_TURN && batches < TURN_BATCHES &&
           data->turn_bytes < TURN_BYTES &&
           virtio_crypto_queue_may_go_on(queue)) {
        served = serve_batch(data);
        batches++;
    }
    return served;
}

static void give_up(VirtIOCryptoQueue *queue)
{
    VirtIOCryptoDataQueue *data =
        container_of(queue, VirtIOCryptoDataQueue, queue);

    virtio_crypto_in_flight_give_up(data->in_flight);
    virtio_crypto_migrated_clear(&data->migrated);
}

static const VirtIOCryptoQueueOps data_queue_ops = {
    .serve = serve,
    .give_up = give_up,
};

void virtio_crypto_data_queue_init(VirtIOCryptoDataQueue *data,
                                   VirtIOCrypto *dev, VirtQueue *vq,
                                   AioContext *context)
{
    virtio_crypto_queue_init(&data->queue, dev, vq, context, &data_queue_ops);
    QSIMPLEQ_INIT(&data->migrated);
    data->state = cryptodev_state_new(dev->cryptodev);
    /* Each queue has its own share: they do not wait for each other. */
    data->in_flight =
        virtio_crypto_in_flight_new(&data->queue, dev->max_pool_operations /
                                                  dev->cryptodev->queues);
}

void virtio_crypto_data_queue_leave(VirtIOCryptoDataQueue *data)
{
    virtio_crypto_in_flight_leave(data->in_flight);
}

void virtio_crypto_data_queue_clear(VirtIOCryptoDataQueue *data)
{
    virtio_crypto_in_flight_unref(data->in_flight);
    virtio_crypto_spare_reqs_clear(&data->spares);
    cryptodev_state_free(data->state);
}
