/*
 * The virtio crypto device: a data request
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/iov.h"
#include "qemu/timer.h"
#include "system/cryptodev-compute.h"
#include "trace.h"
#include "request.h"
#include "spare-requests.h"

/* As many answers take longer to write than it costs to flush them twice. */
#define WORTH_HALVES 32

/* Make the session that a stateless request brings with it. */
static CryptoDevStatus make_session(VirtIOCrypto *s,
                                    const VirtQueueElement *elem,
                                    VirtIOCryptoDataReq *data,
                                    CryptoDevSession **session)
{
    CryptoDevSessionParams *params = &data->params;
    /* A hash has no key, but iov_to_buf() needs a place to copy it to. */
    uint8_t *keys = g_malloc(MAX(data->keys.len, 1));
    CryptoDevStatus status;

    iov_to_buf(elem->out_sg, elem->out_num, data->keys.offset, keys,
               data->keys.len);
    params->key = keys;
    if (params->service == CRYPTODEV_SERVICE_CIPHER) {
        params->cipher.chain.key = keys + params->key_len;
    }
    status = cryptodev_backend_create_session(s->cryptodev, params, session);
    cryptodev_wipe(keys, data->keys.len);
    g_free(keys);
    return status;
}

/* Find or make the session, and decode the request. */
static CryptoDevStatus decode(VirtIOCrypto *s, const VirtIOCryptoChain *chain,
                              VirtIOCryptoSessionRefs *refs,
                              VirtIOCryptoReq *req, VirtIOCryptoDataReq *data)
{
    VirtIOCryptoSessionUse *use = &req->session;
    uint64_t id = s->wire->session_of(chain);
    CryptoDevStatus status;

    use->session = virtio_crypto_session_refs_get(refs, id);
    use->id = use->session ? id : 0;
    status = s->wire->decode_data(chain, use->session, data);
    if (status == CRYPTODEV_OK && data->stateless) {
        /* Such a request names no session. */
        status = make_session(s, &req->elem, data, &use->session);
    }
    return status;
}

/* Most requests lack most of the buffers, and those need no walk. */
static inline bool init_buf(CryptoDevBuf *buf, const struct iovec *iov,
                            unsigned int niov, VirtIOCryptoSpan span)
{
    if (!span.len) {
        *buf = (CryptoDevBuf) { .iov = iov };
        return true;
    }
    return cryptodev_buf_init(buf, iov, niov, span.offset, span.len);
}

static bool init_bufs(CryptoDevOp *op, const VirtQueueElement *elem,
                      const VirtIOCryptoDataReq *data)
{
    const struct iovec *out = elem->out_sg;
    const struct iovec *in = elem->in_sg;

    return init_buf(&op->aad, out, elem->out_num, data->aad) &&
           init_buf(&op->src, out, elem->out_num, data->src) &&
           init_buf(&op->signature, out, elem->out_num, data->signature) &&
           init_buf(&op->dst, in, elem->in_num, data->dst) &&
           init_buf(&op->digest, in, elem->in_num, data->digest);
}

/* Make the computation that a request is. */
static CryptoDevStatus prepare_computation(VirtIOCrypto *s,
                                           const VirtIOCryptoChain *chain,
                                           VirtIOCryptoReq *req,
                                           const VirtIOCryptoDataReq *data,
                                           const CryptoDevOp *op)
{
    req->service = data->service;
    req->operation = data->operation;
    req->task = virtio_crypto_task_new_computation(s->wire, chain->big_endian,
                                                   op, data->service,
                                                   data->operation);
    if (!req->task) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_computation_name(data->service, data->operation)
           ? CRYPTODEV_OK : CRYPTODEV_NOTSUPP;
}

/* In the virtio 1.4 layout, most vectors are in the head's copy. */
static void copy_iv(uint8_t *iv, const VirtQueueElement *elem,
                    const VirtIOCryptoChain *chain, VirtIOCryptoSpan span)
{
    if (span.offset + span.len <= chain->head_len) {
        memcpy(iv, chain->head + span.offset, span.len);
    } else {
        iov_to_buf(elem->out_sg, elem->out_num, span.offset, iv, span.len);
    }
}

/* Make a request's operation. */
static CryptoDevStatus prepare(VirtIOCrypto *s, const VirtIOCryptoChain *chain,
                               VirtIOCryptoSessionRefs *refs,
                               VirtIOCryptoReq *req, CryptoDevOp *op)
{
    const VirtQueueElement *elem = &req->elem;
    VirtIOCryptoDataReq QEMU_UNINITIALIZED data;
    CryptoDevStatus status = decode(s, chain, refs, req, &data);

    if (status != CRYPTODEV_OK) {
        return status;
    }
    if (data.iv.len > CRYPTODEV_IV_MAX) {
        return CRYPTODEV_ERR;
    }
    op->session = req->session.session;
    op->type = data.type;
    op->iv_len = data.iv.len;
    op->cipher_range = data.cipher_range;
    op->hash_range = data.hash_range;
    copy_iv(op->iv, elem, chain, data.iv);
    if (!init_bufs(op, elem, &data)) {
        return CRYPTODEV_ERR;
    }
    req->bytes = op->src.len;
    if (data.computes) {
        return prepare_computation(s, chain, req, &data, op);
    }
    req->service = op->session->capability->service;
    req->operation = op->type;
    return CRYPTODEV_OK;
}

/* Returns the name of a request's operation, for traces. */
static const char *name_op(const VirtIOCryptoReq *req)
{
    return req->op ? cryptodev_stats_name(req->service, req->operation)
                   : "none";
}

static void trace_begin(VirtIOCryptoQueue *queue, VirtIOCryptoReq *req)
{
    if (trace_event_get_state_backends(TRACE_VIRTIO_CRYPTO_REQUEST_BEGIN)) {
        trace_virtio_crypto_request_begin(queue->dev,
                                          virtio_get_queue_index(queue->vq),
                                          req, req->session.id,
                                          name_op(req),
                                          req->op ? req->bytes : 0);
    }
}

bool virtio_crypto_req_decode(VirtIOCryptoQueue *queue,
                              VirtIOCryptoSessionRefs *refs,
                              VirtIOCryptoReq *req, CryptoDevOp *op)
{
    VirtIOCrypto *s = queue->dev;
    VirtIOCryptoChain chain =
        virtio_crypto_queue_describe(queue, &req->elem, req->head,
                                     s->wire->data_head_max);

    if (chain.head_len < s->wire->data_header_len || chain.writable == 0) {
        virtio_crypto_queue_reject(queue, &req->elem);
        cryptodev_wipe(req->head, chain.head_len);
        virtio_crypto_spare_reqs_give(req->spares, req);
        return false;
    }
    req->begun =
        trace_event_get_state_backends(TRACE_VIRTIO_CRYPTO_REQUEST_END)
        ? get_clock() : 0;
    req->writable = chain.writable;
    req->session = (VirtIOCryptoSessionUse) { .sessions = s->sessions };
    req->task = NULL;
    req->bytes = 0;
    req->status = prepare(s, &chain, refs, req, op);
    req->op = req->status == CRYPTODEV_OK ? op : NULL;
    trace_begin(queue, req);
    return true;
}

/* Free a request whose session is not in use any more. */
static void free_req(VirtIOCryptoReq *req)
{
    /* A request without a session may contain a key or operands. */
    if (!req->session.id) {
        cryptodev_wipe(req->head, sizeof(req->head));
    }
    virtio_crypto_task_free(req->task);
    virtio_crypto_spare_reqs_give(req->spares, req);
}

/* How many of the first requests use one session of the table */
static unsigned int count_users(VirtIOCryptoReq **reqs, unsigned int n)
{
    unsigned int users = 1;

    while (users < n && reqs[0]->session.id &&
           reqs[users]->session.id == reqs[0]->session.id) {
        users++;
    }
    return users;
}

static void free_reqs(VirtIOCryptoReq **reqs, unsigned int n)
{
    for (unsigned int i = 0; i < n;) {
        unsigned int end = i + count_users(&reqs[i], n - i);

        virtio_crypto_session_use_end(&reqs[i]->session, end - i);
        while (i < end) {
            free_req(reqs[i++]);
        }
    }
}

static void count(CryptoDevStats *stats, const VirtIOCryptoReq *req)
{
    if (req->op) {
        cryptodev_stats_count(stats, req->service, req->operation, req->bytes,
                              req->op->status != CRYPTODEV_OK);
    } else {
        cryptodev_stats_raise(&stats->rejected, 1);
    }
}

static void trace_end(VirtIOCryptoQueue *queue, VirtIOCryptoReq *req,
                      CryptoDevStatus status, size_t result)
{
    if (trace_event_get_state_backends(TRACE_VIRTIO_CRYPTO_REQUEST_END) &&
        req->begun) {
        trace_virtio_crypto_request_end(queue->dev,
                                        virtio_get_queue_index(queue->vq),
                                        req, name_op(req),
                                        req->op ? req->bytes : 0, result,
                                        queue->dev->wire->encode_status(status),
                                        get_clock() - req->begun);
    }
}

/* Answer a request, as the one at @index of those to be flushed. */
static void answer(VirtIOCryptoQueue *queue, CryptoDevStats *stats,
                   VirtIOCryptoReq *req, unsigned int index)
{
    CryptoDevStatus status = req->op ? req->op->status : req->status;
    size_t used_len = (req->op ? req->op->result_len : 0) + sizeof(uint8_t);

    virtio_crypto_queue_write_status(queue, &req->elem,
                                     queue->dev->wire->encode_status(status),
                                     used_len < req->writable);
    virtqueue_fill(queue->vq, &req->elem, used_len, index);
    count(stats, req);
    trace_end(queue, req, status, used_len - sizeof(uint8_t));
}

/* Let the driver see the answers to some requests. */
static void flush(VirtIOCryptoQueue *queue, CryptoDevStats *stats,
                  VirtIOCryptoReq **reqs, unsigned int n)
{
    for (unsigned int i = 0; i < n; i++) {
        answer(queue, stats, reqs[i], i);
    }
    /* Once the driver sees the answers, it may want the sessions' places. */
    free_reqs(reqs, n);
    virtqueue_flush(queue->vq, n);
}

/*
 * A driver that has sent nothing else waits for these answers.  While the
 * device writes one half of them, it can take the other, and go on.
 */
static unsigned int count_first(VirtIOCryptoQueue *queue, unsigned int n)
{
    return n >= WORTH_HALVES && virtio_queue_empty(queue->vq) ? n / 2 : n;
}

void virtio_crypto_req_answer(VirtIOCryptoQueue *queue, CryptoDevStats *stats,
                              VirtIOCryptoReq **reqs, unsigned int n)
{
    unsigned int first = count_first(queue, n);

    flush(queue, stats, reqs, first);
    if (first < n) {
        flush(queue, stats, reqs + first, n - first);
    }
    virtio_crypto_queue_notify(queue);
}

void virtio_crypto_req_discard(VirtIOCryptoQueue *queue, VirtIOCryptoReq *req)
{
    virtqueue_detach_element(queue->vq, &req->elem, 0);
    free_reqs(&req, 1);
}
