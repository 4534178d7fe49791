/*
 * The virtio crypto device: data requests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "block/aio-wait.h"
#include "block/thread-pool.h"
#include "hw/virtio/virtio-ram.h"
#include "qemu/iov.h"
#include "qemu/rcu.h"
#include "system/dma.h"
#include "virtio-crypto-queue.h"
#include "virtio-crypto-sessions.h"

/**
 * VirtIOCryptoReq:
 * @elem: the chain of descriptors; virtqueue_pop() allocates it, so it is first
 * @writable: bytes that the device may write
 * @session_id: the session that the request uses, or 0
 * @own_session: the session that came with a stateless request, or NULL
 * @op: the operation, or NULL if the request failed before it had one
 * @status: the outcome of a request without an operation
 * @head: the device's own copy of the first bytes
 *
 * A data request.
 */
struct VirtIOCryptoReq {
    VirtQueueElement elem;
    size_t writable;
    uint64_t session_id;
    CryptoDevSession *own_session;
    CryptoDevOp *op;
    CryptoDevStatus status;
    uint8_t head[VIRTIO_CRYPTO_DATA_HEAD_MAX];
};

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
struct VirtIOCryptoPoolOp {
    VirtIOCryptoQueue *queue;
    VirtIOCryptoReq *req;
    CryptoDevOp op;
    CryptoDevBuf dst;
    struct iovec iov;
    uint8_t result[CRYPTODEV_AKCIPHER_RESULT_MAX];
    PoolOpState state;
    QLIST_ENTRY(VirtIOCryptoPoolOp) link;
    QSLIST_ENTRY(VirtIOCryptoPoolOp) next;
};

/* Make the session that a stateless request brings with it. */
static CryptoDevStatus make_session(VirtIOCrypto *s,
                                    const VirtQueueElement *elem,
                                    VirtIOCryptoDataReq *req,
                                    CryptoDevSession **session)
{
    CryptoDevSessionParams *params = &req->params;
    uint8_t *keys = g_malloc(req->keys.len);
    CryptoDevStatus status;

    iov_to_buf(elem->out_sg, elem->out_num, req->keys.offset, keys,
               req->keys.len);
    params->key = keys;
    if (params->service == CRYPTODEV_SERVICE_CIPHER) {
        params->cipher.chain.key = keys + params->key_len;
    }
    status = cryptodev_backend_create_session(s->cryptodev, params, session);
    cryptodev_wipe(keys, req->keys.len);
    g_free(keys);
    return status;
}

static bool init_buf(CryptoDevBuf *buf, const struct iovec *iov,
                     unsigned int niov, VirtIOCryptoSpan span)
{
    return cryptodev_buf_init(buf, iov, niov, span.offset, span.len);
}

static bool init_bufs(CryptoDevOp *op, const VirtQueueElement *elem,
                      const VirtIOCryptoDataReq *req)
{
    const struct iovec *out = elem->out_sg;
    const struct iovec *in = elem->in_sg;

    return init_buf(&op->aad, out, elem->out_num, req->aad) &&
           init_buf(&op->src, out, elem->out_num, req->src) &&
           init_buf(&op->signature, out, elem->out_num, req->signature) &&
           init_buf(&op->dst, in, elem->in_num, req->dst) &&
           init_buf(&op->digest, in, elem->in_num, req->digest);
}

/* Find or make the session, and decode the request. */
static CryptoDevStatus decode(VirtIOCrypto *s, const VirtIOCryptoChain *chain,
                              VirtIOCryptoReq *req, VirtIOCryptoDataReq *data,
                              CryptoDevSession **session)
{
    uint64_t id = s->wire->session_of(chain);
    CryptoDevStatus status;

    *session = virtio_crypto_sessions_get(s->sessions, id);
    req->session_id = *session ? id : 0;
    status = s->wire->decode_data(chain, *session, data);
    if (status == CRYPTODEV_OK && data->stateless) {
        status = make_session(s, &req->elem, data, &req->own_session);
        *session = req->own_session;
    }
    return status;
}

/* Make a request's operation, in the next free place of the batch. */
static CryptoDevStatus prepare_op(VirtIOCrypto *s,
                                  const VirtIOCryptoChain *chain,
                                  VirtIOCryptoReq *req, CryptoDevOp *op)
{
    const VirtQueueElement *elem = &req->elem;
    CryptoDevSession *session;
    VirtIOCryptoDataReq data;
    CryptoDevStatus status = decode(s, chain, req, &data, &session);

    if (status != CRYPTODEV_OK) {
        return status;
    }
    if (data.iv.len > CRYPTODEV_IV_MAX) {
        return CRYPTODEV_ERR;
    }
    *op = (CryptoDevOp) {
        .session = session,
        .type = data.type,
        .iv_len = data.iv.len,
        .cipher_range = data.cipher_range,
        .hash_range = data.hash_range,
    };
    iov_to_buf(elem->out_sg, elem->out_num, data.iv.offset, op->iv,
               op->iv_len);
    return init_bufs(op, elem, &data) ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

/* Take the next request off a queue, and make its operation if it has one. */
static VirtIOCryptoReq *take_req(VirtIOCryptoQueue *queue, CryptoDevOp *op)
{
    VirtIOCrypto *s = queue->dev;
    VirtIOCryptoReq *req = virtqueue_pop(queue->vq, sizeof(*req));
    VirtIOCryptoChain chain;

    if (!req) {
        return NULL;
    }
    chain = virtio_crypto_queue_describe(queue, &req->elem, req->head,
                                         s->wire->data_head_max);
    if (chain.head_len < s->wire->data_header_len || chain.writable == 0) {
        virtio_crypto_queue_reject(queue, &req->elem);
        return NULL;
    }
    req->writable = chain.writable;
    req->own_session = NULL;
    req->status = prepare_op(s, &chain, req, op);
    req->op = req->status == CRYPTODEV_OK ? op : NULL;
    return req;
}

/*
 * Store the status in the last byte of the chain.  Between the result and the
 * status may lie bytes that the device does not touch, and the used length
 * does not reach beyond the result; so a status byte behind such a gap is
 * written as a transfer of its own, for the sake of dirty memory tracking.
 */
static void write_status(VirtIODevice *vdev, VirtIOCryptoReq *req,
                         uint8_t status, size_t used_len)
{
    VirtQueueElement *elem = &req->elem;
    unsigned int last = elem->in_num - 1;
    size_t offset = elem->in_sg[last].iov_len - sizeof(status);

    *((uint8_t *)elem->in_sg[last].iov_base + offset) = status;
    if (used_len >= req->writable) {
        return;
    }
    if (vdev->ram) {
        virtio_ram_set_dirty(vdev->ram, elem->in_addr[last] + offset,
                             sizeof(status));
    } else {
        dma_memory_write(vdev->dma_as, elem->in_addr[last] + offset, &status,
                         sizeof(status), MEMTXATTRS_UNSPECIFIED);
    }
}

static void free_req(VirtIOCrypto *s, VirtIOCryptoReq *req)
{
    if (req->session_id) {
        virtio_crypto_sessions_put(s->sessions, req->session_id);
    }
    if (req->own_session) {
        cryptodev_backend_destroy_session(s->cryptodev, req->own_session);
    }
    g_free(req);
}

/* Answer a request, as the one at @index of those to be flushed; free it. */
static void complete_req(VirtIOCryptoQueue *queue, VirtIOCryptoReq *req,
                         unsigned int index)
{
    VirtIOCrypto *s = queue->dev;
    CryptoDevStatus status = req->op ? req->op->status : req->status;
    size_t used_len = (req->op ? req->op->result_len : 0) + sizeof(uint8_t);

    write_status(VIRTIO_DEVICE(s), req, s->wire->encode_status(status),
                 used_len);
    virtqueue_fill(queue->vq, &req->elem, used_len, index);
    free_req(s, req);
}

/* Answer a batch of requests: one flush, and one notification. */
static void complete_reqs(VirtIOCryptoQueue *queue, unsigned int n)
{
    for (unsigned int i = 0; i < n; i++) {
        complete_req(queue, queue->reqs[i], i);
    }
    virtqueue_flush(queue->vq, n);
    virtio_crypto_queue_notify(queue);
}

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
    qatomic_set(&queue->in_pool, queue->in_pool - 1);
    aio_wait_kick();
}

static void discard_req(VirtIOCryptoQueue *queue, VirtIOCryptoReq *req)
{
    virtqueue_detach_element(queue->vq, &req->elem, 0);
    free_req(queue->dev, req);
}

/*
 * A request no longer counts for those who wait for the pool when it is being
 * answered: where its buffers are not memory, that can be what resets the
 * device.
 */
static void finish_pool_op(VirtIOCryptoQueue *queue, VirtIOCryptoPoolOp *work)
{
    QLIST_REMOVE(work, link);
    release_memory(queue, work->req);
    if (queue->discarding) {
        discard_req(queue, work->req);
        count_off(queue);
    } else {
        count_off(queue);
        cryptodev_buf_write(&work->dst, work->result, work->op.result_len);
        queue->reqs[0] = work->req;
        complete_reqs(queue, 1);
    }
    cryptodev_wipe(work->result, work->iov.iov_len);
    g_free(work);
}

static bool claim_pool_op(VirtIOCryptoPoolOp *work, PoolOpState state)
{
    return qatomic_cmpxchg(&work->state, POOL_OP_WAITS, state) ==
           POOL_OP_WAITS;
}

void virtio_crypto_give_up_pool_ops(VirtIOCryptoQueue *queue)
{
    VirtIOCryptoPoolOp *work;
    VirtIOCryptoPoolOp *next;

    QLIST_FOREACH_SAFE(work, &queue->pool_ops, link, next) {
        VirtIOCryptoReq *req = work->req;

        /* Once it is given up, the pool may free it. */
        QLIST_REMOVE(work, link);
        if (claim_pool_op(work, POOL_OP_GIVEN_UP)) {
            release_memory(queue, req);
            discard_req(queue, req);
            count_off(queue);
        } else {
            QLIST_INSERT_HEAD(&queue->pool_ops, work, link);
        }
    }
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

void virtio_crypto_finish_pool_ops(VirtIOCryptoQueue *queue)
{
    VirtIOCryptoPoolOp *work;

    RCU_READ_LOCK_GUARD();
    while ((queue->running || queue->discarding) &&
           (work = take_finished(queue))) {
        finish_pool_op(queue, work);
    }
}

static int run_pool_op(void *opaque)
{
    VirtIOCryptoPoolOp *work = opaque;
    VirtIOCryptoQueue *queue = work->queue;

    if (!claim_pool_op(work, POOL_OP_RUNS)) {
        g_free(work);
        return 0;
    }
    cryptodev_backend_run(queue->dev->cryptodev, &work->op, 1);
    QSLIST_INSERT_HEAD_ATOMIC(&queue->finished, work, next);
    qemu_bh_schedule(queue->pool_bh);
    return 0;
}

/* Let an operation run where neither its queue nor another waits for it. */
static void hand_to_pool(VirtIOCryptoQueue *queue, VirtIOCryptoReq *req)
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
    thread_pool_submit(queue->dev->pool, run_pool_op, work, NULL);
}

/* A public-key operation takes as long as a thousand others. */
static bool takes_long(const CryptoDevOp *op)
{
    return op->session->capability->service == CRYPTODEV_SERVICE_AKCIPHER;
}

bool virtio_crypto_serve_data(VirtIOCryptoQueue *queue)
{
    unsigned int taken = 0;
    unsigned int n = 0;
    unsigned int n_ops = 0;

    while (taken < VIRTIO_CRYPTO_BATCH_REQUESTS &&
           queue->turn_bytes < VIRTIO_CRYPTO_TURN_BYTES &&
           queue->in_pool < VIRTIO_CRYPTO_POOL_OPS) {
        CryptoDevOp *op = &queue->ops[n_ops];
        VirtIOCryptoReq *req = take_req(queue, op);

        if (!req) {
            break;
        }
        taken++;
        if (req->op && takes_long(op)) {
            hand_to_pool(queue, req);
            continue;
        }
        queue->reqs[n++] = req;
        if (req->op) {
            n_ops++;
            queue->turn_bytes += op->aad.len + op->src.len + op->digest.len;
        }
    }
    if (n) {
        cryptodev_backend_run(queue->dev->cryptodev, queue->ops, n_ops);
        complete_reqs(queue, n);
    }
    return taken == VIRTIO_CRYPTO_BATCH_REQUESTS ||
           queue->turn_bytes >= VIRTIO_CRYPTO_TURN_BYTES;
}
