/*
 * The virtio crypto device: data requests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/iov.h"
#include "qemu/timer.h"
#include "qemu/units.h"
#include "system/cryptodev-task.h"
#include "trace.h"
#include "migrated-requests.h"
#include "pool.h"
#include "queue.h"
#include "request.h"
#include "sessions.h"

/* With as many bytes a symmetric operation takes as long as a public key's. */
#define PUBLIC_KEY_BYTES (64 * KiB)

/* Make the session that a stateless request brings with it. */
static CryptoDevStatus make_session(VirtIOCrypto *s,
                                    const VirtQueueElement *elem,
                                    VirtIOCryptoDataReq *req,
                                    CryptoDevSession **session)
{
    CryptoDevSessionParams *params = &req->params;
    /* A hash has no key, but to copy none takes a place to copy it to. */
    uint8_t *keys = g_malloc(MAX(req->keys.len, 1));
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
    req->needs.session_id = *session ? id : 0;
    status = s->wire->decode_data(chain, *session, data);
    if (status == CRYPTODEV_OK && data->stateless) {
        status = make_session(s, &req->elem, data, &req->needs.own_session);
        *session = req->needs.own_session;
    }
    return status;
}

/* Make the computation that a request is. */
static CryptoDevStatus prepare_computation(VirtIOCrypto *s,
                                           const VirtIOCryptoChain *chain,
                                           VirtIOCryptoReq *req,
                                           const VirtIOCryptoDataReq *data,
                                           CryptoDevSession *session)
{
    CryptoDevBuf src;

    if (!init_buf(&src, req->elem.out_sg, req->elem.out_num, data->src)) {
        return CRYPTODEV_ERR;
    }
    req->needs.computation =
        virtio_crypto_computation_new(s->wire, src, chain->big_endian);
    if (!req->needs.computation) {
        return CRYPTODEV_ERR;
    }
    virtio_crypto_computation_set(req->needs.computation, data->service,
                                  data->operation, session);
    return cryptodev_computation_name(data->service, data->operation)
           ? CRYPTODEV_OK : CRYPTODEV_NOTSUPP;
}

/* Tell what the operation of a request is.  Returns bytes of its source. */
static size_t describe_op(const VirtIOCryptoReq *req,
                          CryptodevService *service, uint32_t *operation)
{
    if (req->needs.computation) {
        return virtio_crypto_computation_describe(req->needs.computation,
                                                  service, operation);
    }
    *service = req->op->session->capability->service;
    *operation = req->op->type;
    return req->op->src.len;
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
    if (!init_bufs(op, elem, &data)) {
        return CRYPTODEV_ERR;
    }
    return data.computes ? prepare_computation(s, chain, req, &data, session)
                         : CRYPTODEV_OK;
}

static bool has_saved(const VirtIOCryptoQueue *queue)
{
    return !QSIMPLEQ_EMPTY(&queue->saved);
}

/* Returns the name of a request's operation, for traces. */
static const char *name_op(const VirtIOCryptoReq *req, size_t *bytes)
{
    CryptodevService service;
    uint32_t operation;

    *bytes = 0;
    if (!req->op) {
        return "none";
    }
    *bytes = describe_op(req, &service, &operation);
    return cryptodev_stats_name(service, operation);
}

static void trace_begin(VirtIOCryptoQueue *queue, VirtIOCryptoReq *req)
{
    if (trace_event_get_state_backends(TRACE_VIRTIO_CRYPTO_REQUEST_BEGIN)) {
        size_t bytes;
        const char *name = name_op(req, &bytes);

        trace_virtio_crypto_request_begin(queue->dev,
                                          virtio_get_queue_index(queue->vq),
                                          req, req->needs.session_id, name,
                                          bytes);
    }
}

/* Take the next request off a queue, and make its operation if it has one. */
static VirtIOCryptoReq *take_req(VirtIOCryptoQueue *queue, CryptoDevOp *op)
{
    VirtIOCrypto *s = queue->dev;
    VirtIOCryptoReq *req = has_saved(queue)
        ? virtio_crypto_saved_take(queue, sizeof(*req))
        : virtqueue_pop(queue->vq, sizeof(*req));
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
    req->begun =
        trace_event_get_state_backends(TRACE_VIRTIO_CRYPTO_REQUEST_END)
        ? get_clock() : 0;
    req->writable = chain.writable;
    req->needs = (VirtIOCryptoNeeds) { .sessions = s->sessions };
    req->status = prepare_op(s, &chain, req, op);
    req->op = req->status == CRYPTODEV_OK ? op : NULL;
    trace_begin(queue, req);
    return req;
}

void virtio_crypto_needs_clear(VirtIOCryptoNeeds *needs)
{
    virtio_crypto_computation_free(needs->computation);
    if (needs->session_id) {
        virtio_crypto_sessions_put(needs->sessions, needs->session_id);
    }
    if (needs->own_session) {
        cryptodev_backend_destroy_session(needs->sessions->backend,
                                          needs->own_session);
    }
}

static void free_req(VirtIOCryptoReq *req)
{
    /* What has no session may bring a key, or operands, with it. */
    if (!req->needs.session_id) {
        cryptodev_wipe(req->head, sizeof(req->head));
    }
    virtio_crypto_needs_clear(&req->needs);
    g_free(req);
}

static void count_req(VirtIOCryptoQueue *queue, const VirtIOCryptoReq *req)
{
    CryptodevService service;
    uint32_t operation;
    size_t bytes;

    if (!req->op) {
        cryptodev_stats_raise(&queue->stats.rejected, 1);
        return;
    }
    bytes = describe_op(req, &service, &operation);
    cryptodev_stats_count(&queue->stats, service, operation, bytes,
                          req->op->status != CRYPTODEV_OK);
}

static void trace_end(VirtIOCryptoQueue *queue, VirtIOCryptoReq *req,
                      CryptoDevStatus status, size_t result)
{
    if (trace_event_get_state_backends(TRACE_VIRTIO_CRYPTO_REQUEST_END) &&
        req->begun) {
        size_t bytes;
        const char *name = name_op(req, &bytes);

        trace_virtio_crypto_request_end(queue->dev,
                                        virtio_get_queue_index(queue->vq),
                                        req, name, bytes, result,
                                        queue->dev->wire->encode_status(status),
                                        get_clock() - req->begun);
    }
}

/* Answer a request, as the one at @index of those to be flushed; free it. */
static void complete_req(VirtIOCryptoQueue *queue, VirtIOCryptoReq *req,
                         unsigned int index)
{
    VirtIOCrypto *s = queue->dev;
    CryptoDevStatus status = req->op ? req->op->status : req->status;
    size_t used_len = (req->op ? req->op->result_len : 0) + sizeof(uint8_t);

    virtio_crypto_queue_write_status(queue, &req->elem,
                                     s->wire->encode_status(status),
                                     used_len < req->writable);
    virtqueue_fill(queue->vq, &req->elem, used_len, index);
    count_req(queue, req);
    trace_end(queue, req, status, used_len - sizeof(uint8_t));
    free_req(req);
}

void virtio_crypto_complete_reqs(VirtIOCryptoQueue *queue, unsigned int n)
{
    for (unsigned int i = 0; i < n; i++) {
        complete_req(queue, queue->reqs[i], i);
    }
    virtqueue_flush(queue->vq, n);
    virtio_crypto_queue_notify(queue);
}

void virtio_crypto_discard_req(VirtIOCryptoQueue *queue, VirtIOCryptoReq *req)
{
    virtqueue_detach_element(queue->vq, &req->elem, 0);
    free_req(req);
}

static bool takes_long(const VirtIOCrypto *s, const VirtIOCryptoReq *req)
{
    return req->needs.computation ||
           cryptodev_backend_route(s->cryptodev, req->op, NULL) !=
           CRYPTODEV_ROUTE_RUN;
}

/* What an operation counts for in its turn, in bytes of data */
static size_t weigh(const CryptoDevOp *op)
{
    if (op->session->capability->service == CRYPTODEV_SERVICE_AKCIPHER) {
        return PUBLIC_KEY_BYTES;
    }
    return op->aad.len + op->src.len + op->digest.len;
}

/* Nothing that was taken waits for limits, but what is in the virtqueue. */
static bool can_take(VirtIOCryptoQueue *queue, bool limited)
{
    return queue->turn_bytes < VIRTIO_CRYPTO_TURN_BYTES &&
           virtio_crypto_pool_has_room(queue) &&
           (!limited || virtio_crypto_queue_may_take(queue));
}

static void account(CryptoDevThrottle *throttle, const VirtIOCryptoReq *req)
{
    CryptodevService service;
    uint32_t operation;

    cryptodev_throttle_account(throttle,
                               describe_op(req, &service, &operation));
}

/* The requests of a batch, and the operations that they have */
typedef struct Batch {
    unsigned int n;
    unsigned int n_ops;
} Batch;

/* Take a request into the batch or the pool; returns false if there is none. */
static bool take_into(VirtIOCryptoQueue *queue, Batch *batch, bool limited)
{
    CryptoDevOp *op = &queue->ops[batch->n_ops];
    VirtIOCryptoReq *req = take_req(queue, op);

    if (!req) {
        return false;
    }
    if (limited && req->op) {
        account(&queue->dev->cryptodev->throttle, req);
    }
    if (req->op && takes_long(queue->dev, req)) {
        virtio_crypto_pool_submit(queue, req);
        return true;
    }
    queue->reqs[batch->n++] = req;
    if (req->op) {
        batch->n_ops++;
        queue->turn_bytes += weigh(op);
    }
    return true;
}

static void run_batch(VirtIOCryptoQueue *queue, const Batch *batch)
{
    if (batch->n) {
        cryptodev_backend_run(queue->dev->cryptodev, NULL, queue->ops,
                              batch->n_ops);
        virtio_crypto_complete_reqs(queue, batch->n);
    }
}

bool virtio_crypto_serve_data(VirtIOCryptoQueue *queue)
{
    bool limited = cryptodev_throttle_is_on(&queue->dev->cryptodev->throttle);
    bool saved = has_saved(queue);
    unsigned int taken = 0;
    Batch batch = { };

    /* Together with others, saved ones may claim more than the ring holds. */
    while (taken < VIRTIO_CRYPTO_BATCH_REQUESTS &&
           has_saved(queue) == saved && can_take(queue, limited) &&
           take_into(queue, &batch, limited)) {
        taken++;
    }
    run_batch(queue, &batch);
    if (taken) {
        trace_virtio_crypto_batch(queue->dev, virtio_get_queue_index(queue->vq),
                                  taken, batch.n_ops);
    }
    return taken == VIRTIO_CRYPTO_BATCH_REQUESTS || (saved && taken) ||
           queue->turn_bytes >= VIRTIO_CRYPTO_TURN_BYTES;
}
