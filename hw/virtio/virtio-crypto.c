/*
 * The virtio crypto device: queues, and the life of a request
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/qdev-properties.h"
#include "hw/virtio/virtio-crypto.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/iov.h"
#include "qemu/main-loop.h"
#include "qemu/units.h"
#include "system/dma.h"
#include "virtio-crypto-sessions.h"
#include "virtio-crypto-wire.h"

#define QUEUE_SIZE VIRTQUEUE_MAX_SIZE

#define REQUEST_SIZE_MIN (4 * KiB)
#define REQUEST_SIZE_MAX (64 * MiB)

/*
 * How much a queue may do before the main loop gets its turn: as many requests,
 * or as many bytes of data, whichever comes first.  A public-key operation
 * takes as long as that many bytes and more.
 */
#define BATCH_REQUESTS 64
#define BATCH_BYTES (1 * MiB)

/* The most bytes that any wire protocol decodes of a data request */
#define DATA_HEAD_MAX 128

/**
 * VirtIOCryptoReq:
 * @elem: the chain of descriptors; virtqueue_pop() allocates it, so it is first
 * @writable: bytes that the device may write
 * @op: the operation, or NULL if the request failed before it had one
 * @session: the session that came with a stateless request, or NULL
 * @status: the outcome of a request without an operation
 * @head: the device's own copy of the first bytes
 *
 * A data request.
 */
typedef struct VirtIOCryptoReq {
    VirtQueueElement elem;
    size_t writable;
    CryptoDevOp *op;
    CryptoDevSession *session;
    CryptoDevStatus status;
    uint8_t head[DATA_HEAD_MAX];
} VirtIOCryptoReq;

/**
 * VirtIOCryptoQueue:
 * @dev: the device
 * @vq: the virtqueue
 * @bh: goes on with a queue that has more requests than a batch
 * @serve: serves a batch; returns whether the queue may have more requests
 * @reqs: the requests of a batch
 * @ops: the operations of a batch
 */
struct VirtIOCryptoQueue {
    VirtIOCrypto *dev;
    VirtQueue *vq;
    QEMUBH *bh;
    bool (*serve)(VirtIOCryptoQueue *queue);
    VirtIOCryptoReq *reqs[BATCH_REQUESTS];
    CryptoDevOp ops[BATCH_REQUESTS];
};

static VirtIOCryptoChain describe_chain(VirtIOCrypto *s,
                                        const VirtQueueElement *elem,
                                        uint8_t *head, size_t head_max)
{
    return (VirtIOCryptoChain) {
        .head = head,
        .head_len = iov_to_buf(elem->out_sg, elem->out_num, 0, head, head_max),
        .readable = iov_size(elem->out_sg, elem->out_num),
        .writable = iov_size(elem->in_sg, elem->in_num),
        .features = VIRTIO_DEVICE(s)->guest_features,
        .max_size = s->max_request_size,
    };
}

/* Give up on a chain that has no place for a status, and on the device. */
static void reject_chain(VirtIOCryptoQueue *queue, VirtQueueElement *elem)
{
    virtio_error(VIRTIO_DEVICE(queue->dev),
                 "virtio-crypto: a request has no room for its header or its"
                 " status");
    virtqueue_detach_element(queue->vq, elem, 0);
    g_free(elem);
}

static CryptoDevStatus create_session(VirtIOCrypto *s,
                                      const CryptoDevSessionParams *params,
                                      uint64_t *id)
{
    CryptoDevSession *session;
    CryptoDevStatus status;

    if (virtio_crypto_sessions_full(s->sessions)) {
        return CRYPTODEV_NOSPC;
    }
    status = cryptodev_backend_create_session(s->cryptodev, params, &session);
    if (status == CRYPTODEV_OK) {
        *id = virtio_crypto_sessions_add(s->sessions, session);
    }
    return status;
}

/* Failure is always ERR: the standard allows destruction no other status. */
static CryptoDevStatus destroy_session(VirtIOCrypto *s, uint64_t id,
                                       CryptodevService service)
{
    CryptoDevSession *session = virtio_crypto_sessions_find(s->sessions, id);

    if (!session || session->capability->service != service) {
        return CRYPTODEV_ERR;
    }
    virtio_crypto_sessions_remove(s->sessions, id);
    cryptodev_backend_destroy_session(s->cryptodev, session);
    return CRYPTODEV_OK;
}

static CryptoDevStatus run_ctrl(VirtIOCrypto *s, CryptoDevStatus decoded,
                                const VirtIOCryptoCtrlReq *req, uint64_t *id)
{
    if (decoded != CRYPTODEV_OK) {
        return decoded;
    }
    if (req->type == VIRTIO_CRYPTO_CTRL_CREATE) {
        return create_session(s, &req->params, id);
    }
    return destroy_session(s, req->session_id, req->service);
}

/* Serve a control request.  Returns false if the device is broken by it. */
static bool serve_ctrl_elem(VirtIOCryptoQueue *queue, VirtQueueElement *elem)
{
    VirtIOCrypto *s = queue->dev;
    const VirtIOCryptoWire *wire = s->wire;
    uint8_t outcome[VIRTIO_CRYPTO_OUTCOME_MAX];
    VirtIOCryptoChain chain = describe_chain(s, elem, s->ctrl_head,
                                             wire->ctrl_head_max);
    VirtIOCryptoCtrlReq req;
    CryptoDevStatus status;
    uint64_t id = 0;

    if (chain.head_len < wire->ctrl_header_len) {
        reject_chain(queue, elem);
        return false;
    }
    status = wire->decode_ctrl(&chain, &req);
    if (chain.writable < req.outcome_len) {
        cryptodev_wipe(s->ctrl_head, chain.head_len);
        reject_chain(queue, elem);
        return false;
    }
    status = run_ctrl(s, status, &req, &id);
    cryptodev_wipe(s->ctrl_head, chain.head_len);

    wire->encode_ctrl(chain.features, &req, status, id, outcome);
    iov_from_buf(elem->in_sg, elem->in_num, 0, outcome, req.outcome_len);
    virtqueue_push(queue->vq, elem, req.outcome_len);
    g_free(elem);
    return true;
}

static bool serve_ctrl(VirtIOCryptoQueue *queue)
{
    VirtQueueElement *elem;
    unsigned int served = 0;

    while (served < BATCH_REQUESTS) {
        elem = virtqueue_pop(queue->vq, sizeof(*elem));
        if (!elem || !serve_ctrl_elem(queue, elem)) {
            break;
        }
        served++;
    }
    if (served) {
        virtio_notify(VIRTIO_DEVICE(queue->dev), queue->vq);
    }
    return served == BATCH_REQUESTS;
}

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

/* Make a request's operation, in the next free place of the batch. */
static CryptoDevStatus prepare_op(VirtIOCrypto *s,
                                  const VirtIOCryptoChain *chain,
                                  VirtIOCryptoReq *req, CryptoDevOp *op)
{
    const VirtQueueElement *elem = &req->elem;
    CryptoDevSession *session =
        virtio_crypto_sessions_find(s->sessions, s->wire->session_of(chain));
    VirtIOCryptoDataReq data;
    CryptoDevStatus status = s->wire->decode_data(chain, session, &data);

    if (status == CRYPTODEV_OK && data.stateless) {
        status = make_session(s, elem, &data, &req->session);
        session = req->session;
    }
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
    chain = describe_chain(s, &req->elem, req->head, s->wire->data_head_max);
    if (chain.head_len < s->wire->data_header_len || chain.writable == 0) {
        reject_chain(queue, &req->elem);
        return NULL;
    }
    req->writable = chain.writable;
    req->session = NULL;
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
    if (used_len < req->writable) {
        dma_memory_write(vdev->dma_as, elem->in_addr[last] + offset, &status,
                         sizeof(status), MEMTXATTRS_UNSPECIFIED);
    }
}

/* Answer a batch of requests: one flush, and one notification. */
static void complete_reqs(VirtIOCryptoQueue *queue, unsigned int n)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(queue->dev);

    RCU_READ_LOCK_GUARD();
    for (unsigned int i = 0; i < n; i++) {
        VirtIOCryptoReq *req = queue->reqs[i];
        CryptoDevStatus status = req->op ? req->op->status : req->status;
        size_t used_len = (req->op ? req->op->result_len : 0) +
                          sizeof(uint8_t);

        write_status(vdev, req, queue->dev->wire->encode_status(status),
                     used_len);
        virtqueue_fill(queue->vq, &req->elem, used_len, i);
        if (req->session) {
            cryptodev_backend_destroy_session(queue->dev->cryptodev,
                                              req->session);
        }
        g_free(req);
    }
    virtqueue_flush(queue->vq, n);
    virtio_notify(vdev, queue->vq);
}

/* What an operation counts for in a batch, in bytes */
static size_t weigh_op(const CryptoDevOp *op)
{
    if (op->session->capability->service == CRYPTODEV_SERVICE_AKCIPHER) {
        return BATCH_BYTES;
    }
    return op->aad.len + op->src.len + op->digest.len;
}

static bool serve_data(VirtIOCryptoQueue *queue)
{
    unsigned int n = 0;
    unsigned int n_ops = 0;
    size_t bytes = 0;

    while (n < BATCH_REQUESTS && bytes < BATCH_BYTES) {
        CryptoDevOp *op = &queue->ops[n_ops];
        VirtIOCryptoReq *req = take_req(queue, op);

        if (!req) {
            break;
        }
        queue->reqs[n++] = req;
        if (req->op) {
            n_ops++;
            bytes += weigh_op(op);
        }
    }
    if (n == 0) {
        return false;
    }
    cryptodev_backend_run(queue->dev->cryptodev, queue->ops, n_ops);
    complete_reqs(queue, n);
    return n == BATCH_REQUESTS || bytes >= BATCH_BYTES;
}

/* Serve a batch, and see to it that the rest has its turn. */
static void serve_queue(VirtIOCryptoQueue *queue)
{
    if (!VIRTIO_DEVICE(queue->dev)->vm_running) {
        return;
    }
    virtio_queue_set_notification(queue->vq, 0);
    if (queue->serve(queue)) {
        qemu_bh_schedule(queue->bh);
        return;
    }
    virtio_queue_set_notification(queue->vq, 1);
    if (!virtio_queue_empty(queue->vq)) {
        qemu_bh_schedule(queue->bh);
    }
}

static void queue_bh(void *opaque)
{
    serve_queue(opaque);
}

static void handle_output(VirtIODevice *vdev, VirtQueue *vq)
{
    serve_queue(&VIRTIO_CRYPTO(vdev)->queues[virtio_get_queue_index(vq)]);
}

static unsigned int num_queues(const VirtIOCrypto *s)
{
    return s->cryptodev->queues + 1;
}

static void add_queue(VirtIOCrypto *s, unsigned int index,
                      bool (*serve)(VirtIOCryptoQueue *))
{
    VirtIOCryptoQueue *queue = &s->queues[index];

    queue->dev = s;
    queue->serve = serve;
    queue->vq = virtio_add_queue(VIRTIO_DEVICE(s), QUEUE_SIZE, handle_output);
    queue->bh = virtio_bh_new_guarded(DEVICE(s), queue_bh, queue);
}

static void add_queues(VirtIOCrypto *s)
{
    unsigned int n_data = s->cryptodev->queues;

    s->queues = g_new0(VirtIOCryptoQueue, num_queues(s));
    for (unsigned int i = 0; i < n_data; i++) {
        add_queue(s, i, serve_data);
    }
    add_queue(s, n_data, serve_ctrl);
}

static void delete_queues(VirtIOCrypto *s)
{
    for (unsigned int i = 0; i < num_queues(s); i++) {
        qemu_bh_delete(s->queues[i].bh);
        virtio_delete_queue(s->queues[i].vq);
    }
    g_clear_pointer(&s->queues, g_free);
}

static bool check_properties(const VirtIOCrypto *s, Error **errp)
{
    if (!s->cryptodev) {
        error_setg(errp, "'cryptodev' must be the id of a cryptodev-backend-*"
                   " object");
        return false;
    }
    if (s->max_sessions < 1 || s->max_sessions > VIRTIO_CRYPTO_SESSIONS_MAX) {
        error_setg(errp, "'max-sessions' must be between 1 and %d",
                   VIRTIO_CRYPTO_SESSIONS_MAX);
        return false;
    }
    if (s->max_request_size < REQUEST_SIZE_MIN ||
        s->max_request_size > REQUEST_SIZE_MAX) {
        error_setg(errp, "'max-request-size' must be between %" PRId64
                   " and %" PRId64 " bytes", (int64_t)REQUEST_SIZE_MIN,
                   (int64_t)REQUEST_SIZE_MAX);
        return false;
    }
    return true;
}

static void virtio_crypto_realize(DeviceState *dev, Error **errp)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(dev);

    if (!check_properties(s, errp) ||
        !cryptodev_backend_claim(s->cryptodev, errp)) {
        return;
    }
    s->wire = &virtio_crypto_wire_virtio;
    assert(s->wire->data_head_max <= DATA_HEAD_MAX);
    s->ctrl_head = g_malloc(s->wire->ctrl_head_max);
    s->sessions = g_new0(VirtIOCryptoSessions, 1);
    virtio_crypto_sessions_init(s->sessions, s->max_sessions);
    virtio_init(VIRTIO_DEVICE(s), s->wire->device_id, s->wire->config_len);
    add_queues(s);
}

static void virtio_crypto_unrealize(DeviceState *dev)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(dev);

    delete_queues(s);
    virtio_crypto_sessions_clear(s->sessions, s->cryptodev);
    virtio_crypto_sessions_destroy(s->sessions);
    g_clear_pointer(&s->sessions, g_free);
    g_clear_pointer(&s->ctrl_head, g_free);
    virtio_cleanup(VIRTIO_DEVICE(s));
    cryptodev_backend_release(s->cryptodev);
}

static void virtio_crypto_reset(VirtIODevice *vdev)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);

    for (unsigned int i = 0; i < num_queues(s); i++) {
        qemu_bh_cancel(s->queues[i].bh);
    }
    virtio_crypto_sessions_clear(s->sessions, s->cryptodev);
}

/* Requests may be waiting since before the machine was stopped. */
static void virtio_crypto_set_status(VirtIODevice *vdev, uint8_t status)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);

    if (vdev->vm_running && (status & VIRTIO_CONFIG_S_DRIVER_OK)) {
        for (unsigned int i = 0; i < num_queues(s); i++) {
            qemu_bh_schedule(s->queues[i].bh);
        }
    }
}

static uint64_t virtio_crypto_get_features(VirtIODevice *vdev,
                                           uint64_t features, Error **errp)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);

    return features | s->wire->get_features(s->cryptodev);
}

static int virtio_crypto_validate_features(VirtIODevice *vdev)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);

    return s->wire->check_features(vdev->guest_features) ? 0 : -EINVAL;
}

static void virtio_crypto_get_config(VirtIODevice *vdev, uint8_t *config)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);

    s->wire->get_config(s->cryptodev, s->max_request_size, config);
}

static const VMStateDescription vmstate_virtio_crypto = {
    .name = "virtio-crypto",
    .unmigratable = 1,
};

static const Property virtio_crypto_properties[] = {
    DEFINE_PROP_LINK("cryptodev", VirtIOCrypto, cryptodev,
                     TYPE_CRYPTODEV_BACKEND, CryptoDevBackend *),
    DEFINE_PROP_UINT32("max-sessions", VirtIOCrypto, max_sessions, 4096),
    DEFINE_PROP_SIZE32("max-request-size", VirtIOCrypto, max_request_size,
                       4 * MiB),
};

static void describe_properties(ObjectClass *class)
{
    object_class_property_set_description(class, "cryptodev",
        "Id of the cryptodev-backend-* object that runs the cryptography");
    object_class_property_set_description(class, "max-sessions",
        "Sessions that the guest may have at once, 1 to "
        stringify(VIRTIO_CRYPTO_SESSIONS_MAX));
    object_class_property_set_description(class, "max-request-size",
        "Bytes of IV, source and destination that a request may have,"
        " 4 KiB to 64 MiB");
}

static void virtio_crypto_class_init(ObjectClass *class, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(class);
    VirtioDeviceClass *vdc = VIRTIO_DEVICE_CLASS(class);

    device_class_set_props(dc, virtio_crypto_properties);
    describe_properties(class);
    dc->vmsd = &vmstate_virtio_crypto;
    set_bit(DEVICE_CATEGORY_MISC, dc->categories);
    vdc->realize = virtio_crypto_realize;
    vdc->unrealize = virtio_crypto_unrealize;
    vdc->reset = virtio_crypto_reset;
    vdc->set_status = virtio_crypto_set_status;
    vdc->get_features = virtio_crypto_get_features;
    vdc->validate_features = virtio_crypto_validate_features;
    vdc->get_config = virtio_crypto_get_config;
}

static const TypeInfo virtio_crypto_types[] = {
    {
        .name = TYPE_VIRTIO_CRYPTO,
        .parent = TYPE_VIRTIO_DEVICE,
        .instance_size = sizeof(VirtIOCrypto),
        .class_init = virtio_crypto_class_init,
    },
};

DEFINE_TYPES(virtio_crypto_types)
