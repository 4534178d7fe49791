/*
 * The virtio crypto device: control requests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/iov.h"
#include "qemu/main-loop.h"
#include "qemu/timer.h"
#include "trace.h"
#include "control-queue.h"
#include "sessions.h"

/*
 * How long the main loop serves control requests at a time.  Their cost depends
 * on the backend, and varies widely.
 */
#define TURN_NS (1 * SCALE_MS)

static void trace_create(VirtIOCrypto *s, const CryptoDevSessionParams *params,
                         CryptoDevStatus status, uint64_t id)
{
    const CryptoDevCapability *found;

    if (!trace_event_get_state_backends(TRACE_VIRTIO_CRYPTO_CREATE_SESSION)) {
        return;
    }
    found = cryptodev_backend_find(s->cryptodev, params->service,
                                   params->algo);
    trace_virtio_crypto_create_session(s, id,
                                       CryptodevService_str(params->service),
                                       found ? found->name : "unknown",
                                       s->wire->encode_status(status));
}

static CryptoDevStatus create_session(VirtIOCrypto *s,
                                      const CryptoDevSessionParams *params,
                                      uint64_t *id)
{
    VirtIOCryptoParams *copy;
    CryptoDevSession *session;
    CryptoDevStatus status;

    if (!cryptodev_backend_is_ready(s->cryptodev)) {
        return CRYPTODEV_ERR;
    }
    if (virtio_crypto_sessions_full(s->sessions)) {
        return CRYPTODEV_NOSPC;
    }
    status = cryptodev_backend_create_session(s->cryptodev, params, &session);
    if (status != CRYPTODEV_OK) {
        return status;
    }
    copy = virtio_crypto_params_copy(params);
    if (!copy) {
        cryptodev_backend_destroy_session(s->cryptodev, session);
        return CRYPTODEV_ERR;
    }
    *id = virtio_crypto_sessions_add(s->sessions, session, copy);
    return CRYPTODEV_OK;
}

/* Failure is always ERR: the standard allows destruction no other status. */
static CryptoDevStatus destroy_session(VirtIOCrypto *s, uint64_t id,
                                       CryptodevService service)
{
    CryptoDevSession *session = virtio_crypto_sessions_get(s->sessions, id);
    bool fits;

    if (!session) {
        return CRYPTODEV_ERR;
    }
    fits = service == CRYPTODEV_SERVICE__MAX ||
           service == session->capability->service;
    virtio_crypto_sessions_put(s->sessions, id);
    if (!fits) {
        return CRYPTODEV_ERR;
    }
    virtio_crypto_sessions_remove(s->sessions, id);
    return CRYPTODEV_OK;
}

static CryptoDevStatus run_ctrl(VirtIOCrypto *s, CryptoDevStatus decoded,
                                const VirtIOCryptoCtrlReq *req, uint64_t *id)
{
    CryptoDevStatus status;

    if (decoded != CRYPTODEV_OK) {
        return decoded;
    }
    if (req->type == VIRTIO_CRYPTO_CTRL_CREATE) {
        status = create_session(s, &req->params, id);
        trace_create(s, &req->params, status, *id);
    } else {
        status = destroy_session(s, req->session_id, req->service);
        trace_virtio_crypto_destroy_session(s, req->session_id,
                                            s->wire->encode_status(status));
    }
    return status;
}

/* Store a control request's answer.  Returns how many bytes it has. */
static size_t store_outcome(VirtIOCryptoQueue *queue,
                            const VirtQueueElement *elem,
                            const VirtIOCryptoChain *chain,
                            const VirtIOCryptoCtrlReq *req,
                            CryptoDevStatus status, uint64_t id)
{
    const VirtIOCryptoWire *wire = queue->dev->wire;
    uint8_t outcome[VIRTIO_CRYPTO_OUTCOME_MAX];
    size_t len = wire->encode_ctrl(chain, req, status, id, outcome);

    iov_from_buf(elem->in_sg, elem->in_num, 0, outcome, len);
    if (wire->ctrl_status_last) {
        len++;
        virtio_crypto_queue_write_status(queue, elem,
                                         wire->encode_status(status),
                                         len < chain->writable);
    }
    return len;
}

/* Serve a control request.  Returns false if the device is broken by it. */
static bool serve_elem(VirtIOCryptoControlQueue *control,
                       VirtQueueElement *elem)
{
    VirtIOCryptoQueue *queue = &control->queue;
    VirtIOCrypto *s = queue->dev;
    const VirtIOCryptoWire *wire = s->wire;
    VirtIOCryptoChain chain =
        virtio_crypto_queue_describe(queue, elem, control->head,
                                     wire->ctrl_head_max);
    VirtIOCryptoCtrlReq req;
    CryptoDevStatus status;
    uint64_t id = 0;

    if (chain.head_len < wire->ctrl_header_len) {
        virtio_crypto_queue_reject(queue, elem);
        g_free(elem);
        return false;
    }
    status = wire->decode_ctrl(&chain, &req);
    if (chain.writable < req.outcome_len) {
        cryptodev_wipe(control->head, chain.head_len);
        virtio_crypto_queue_reject(queue, elem);
        g_free(elem);
        return false;
    }
    status = run_ctrl(s, status, &req, &id);
    cryptodev_wipe(control->head, chain.head_len);

    virtqueue_push(queue->vq, elem,
                   store_outcome(queue, elem, &chain, &req, status, id));
    g_free(elem);
    return true;
}

static VirtIOCryptoServed serve(VirtIOCryptoQueue *queue)
{
    VirtIOCryptoControlQueue *control =
        container_of(queue, VirtIOCryptoControlQueue, queue);
    int64_t end = get_clock() + TURN_NS;
    unsigned int served = 0;
    bool more = true;

    virtio_crypto_sessions_purge(queue->dev->sessions, end);
    while (more && get_clock() < end) {
        VirtQueueElement *elem = virtqueue_pop(queue->vq, sizeof(*elem));

        more = elem && serve_elem(control, elem);
        served += more;
    }
    if (served) {
        virtio_crypto_queue_notify(queue);
    }
    return more ? VIRTIO_CRYPTO_SERVED_TURN : VIRTIO_CRYPTO_SERVED_ALL;
}

static const VirtIOCryptoQueueOps control_queue_ops = {
    .serve = serve,
};

VirtIOCryptoControlQueue *virtio_crypto_control_queue_new(VirtIOCrypto *dev,
                                                          VirtQueue *vq)
{
    VirtIOCryptoControlQueue *control = g_new0(VirtIOCryptoControlQueue, 1);

    virtio_crypto_queue_init(&control->queue, dev, vq, qemu_get_aio_context(),
                             &control_queue_ops);
    control->head = g_malloc(dev->wire->ctrl_head_max);
    return control;
}

void virtio_crypto_control_queue_free(VirtIOCryptoControlQueue *control)
{
    if (control) {
        g_free(control->head);
        g_free(control);
    }
}
