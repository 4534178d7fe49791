/*
 * The virtio crypto device: requests in flight in a migration stream
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/error-report.h"
#include "control-queue.h"
#include "request-state.h"
#include "state.h"

#define VERSION 1

/* A request of a stream; the members are those of VirtIOCryptoMigratedReq. */
typedef struct RequestState {
    uint32_t index;
    uint32_t ndescs;
    uint32_t in_num;
    uint32_t out_num;
    VirtIOCryptoSegment writable[VIRTQUEUE_MAX_SIZE];
    VirtIOCryptoSegment readable[VIRTQUEUE_MAX_SIZE];
} RequestState;

/**
 * QueueState:
 * @data: the data queue; NULL for the control queue, which has answered all
 *        requests that it has taken
 * @n: how many requests it has not answered
 * @elems: when saving, those in flight that are left
 * @migrated: when saving, the next one that came in another stream
 * @descs_left: when loading, how many descriptors there can be
 * @request: the request that is being saved or loaded
 */
typedef struct QueueState {
    VirtIOCryptoDataQueue *data;
    uint32_t n;
    GPtrArray *elems;
    const VirtIOCryptoMigratedReq *migrated;
    uint32_t descs_left;
    RequestState request;
} QueueState;

/**
 * QueuesState:
 * @dev: the device
 * @n: how many queues there are
 * @next: the index of the next queue
 * @queue: the queue that is being saved or loaded
 */
typedef struct QueuesState {
    VirtIOCrypto *dev;
    uint32_t n;
    uint32_t next;
    QueueState queue;
} QueuesState;

static const VMStateDescription vmstate_segment = {
    .name = "virtio-crypto-segment",
    .version_id = VERSION,
    .minimum_version_id = VERSION,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT64(addr, VirtIOCryptoSegment),
        VMSTATE_UINT32(len, VirtIOCryptoSegment),
        VMSTATE_END_OF_LIST()
    },
};

static void set_segments(VirtIOCryptoSegment *segments, const hwaddr *addrs,
                         const struct iovec *iov, unsigned int n)
{
    for (unsigned int i = 0; i < n; i++) {
        segments[i] = (VirtIOCryptoSegment) { addrs[i], iov[i].iov_len };
    }
}

static void save_elem(RequestState *r, const VirtQueueElement *elem)
{
    r->index = elem->index;
    r->ndescs = elem->ndescs;
    r->in_num = elem->in_num;
    r->out_num = elem->out_num;
    set_segments(r->writable, elem->in_addr, elem->in_sg, elem->in_num);
    set_segments(r->readable, elem->out_addr, elem->out_sg, elem->out_num);
}

static void save_migrated(RequestState *r, const VirtIOCryptoMigratedReq *req)
{
    r->index = req->index;
    r->ndescs = req->ndescs;
    r->in_num = req->in_num;
    r->out_num = req->out_num;
    memcpy(r->writable, req->segments, req->in_num * sizeof(r->writable[0]));
    memcpy(r->readable, req->segments + req->in_num,
           req->out_num * sizeof(r->readable[0]));
}

/* Those in flight came before those that were not even taken. */
static int request_pre_save(void *opaque)
{
    RequestState *r = opaque;
    QueueState *queue = container_of(r, QueueState, request);

    if (queue->elems->len) {
        save_elem(r, g_ptr_array_steal_index(queue->elems, 0));
    } else {
        save_migrated(r, queue->migrated);
        queue->migrated = QSIMPLEQ_NEXT(queue->migrated, next);
    }
    return 0;
}

static bool is_saving(const QueueState *queue)
{
    return queue->elems;
}

static bool report_bad_request(void)
{
    error_report("virtio-crypto: malformed request in the migration stream");
    return false;
}

/* Whether it takes no more descriptors than there are */
static bool is_request(void *opaque, int version_id)
{
    RequestState *r = opaque;
    QueueState *queue = container_of(r, QueueState, request);

    return is_saving(queue) ||
           (r->index <= UINT16_MAX &&
            r->ndescs >= 1 && r->ndescs <= queue->descs_left &&
            r->in_num <= VIRTQUEUE_MAX_SIZE &&
            r->out_num <= VIRTQUEUE_MAX_SIZE - r->in_num) ||
           report_bad_request();
}

/* Whoever looks for the last byte relies on that. */
static bool none_is_empty(const VirtIOCryptoSegment *segments, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        if (!segments[i].len) {
            return false;
        }
    }
    return true;
}

static bool are_segments(void *opaque, int version_id)
{
    RequestState *r = opaque;
    QueueState *queue = container_of(r, QueueState, request);

    return is_saving(queue) ||
           (none_is_empty(r->writable, r->in_num) &&
            none_is_empty(r->readable, r->out_num)) ||
           report_bad_request();
}

static int request_post_load(void *opaque, int version_id)
{
    RequestState *r = opaque;
    QueueState *queue = container_of(r, QueueState, request);
    size_t n = r->in_num + r->out_num;
    VirtIOCryptoMigratedReq *req =
        g_malloc(sizeof(*req) + n * sizeof(req->segments[0]));

    req->index = r->index;
    req->ndescs = r->ndescs;
    req->in_num = r->in_num;
    req->out_num = r->out_num;
    memcpy(req->segments, r->writable, r->in_num * sizeof(r->writable[0]));
    memcpy(req->segments + r->in_num, r->readable,
           r->out_num * sizeof(r->readable[0]));
    QSIMPLEQ_INSERT_TAIL(&queue->data->migrated, req, next);
    queue->descs_left -= r->ndescs;
    return 0;
}

static const VMStateDescription vmstate_request = {
    .name = "virtio-crypto-request",
    .version_id = VERSION,
    .minimum_version_id = VERSION,
    .pre_save = request_pre_save,
    .post_load = request_post_load,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32(index, RequestState),
        VMSTATE_UINT32(ndescs, RequestState),
        VMSTATE_UINT32(in_num, RequestState),
        VMSTATE_UINT32(out_num, RequestState),
        VMSTATE_VALIDATE("request is in bounds", is_request),
        VMSTATE_STRUCT_VARRAY_UINT32(writable, RequestState, in_num, 0,
                                     vmstate_segment, VirtIOCryptoSegment),
        VMSTATE_STRUCT_VARRAY_UINT32(readable, RequestState, out_num, 0,
                                     vmstate_segment, VirtIOCryptoSegment),
        VMSTATE_VALIDATE("segments are not empty", are_segments),
        VMSTATE_END_OF_LIST()
    },
};

uint32_t virtio_crypto_requests_count(const VirtIOCryptoDataQueue *data)
{
    g_autoptr(GPtrArray) elems =
        virtio_crypto_in_flight_elems(data->in_flight);
    VirtIOCryptoMigratedReq *req;
    uint32_t n = elems->len;

    QSIMPLEQ_FOREACH(req, &data->migrated, next) {
        n++;
    }
    return n;
}

/* A queue that the driver has not set up has no requests. */
static uint32_t ring_size(const VirtIOCryptoDataQueue *data)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(data->queue.dev);
    int index = virtio_get_queue_index(data->queue.vq);

    return virtio_queue_get_desc_addr(vdev, index)
           ? virtio_queue_get_num(vdev, index) : 0;
}

/* The data queue that comes next; NULL if it is the control queue. */
static VirtIOCryptoDataQueue *next_queue(QueuesState *all)
{
    VirtIOCryptoQueue *queue = all->dev->queues[all->next++];

    return queue == &all->dev->control_queue->queue
           ? NULL : container_of(queue, VirtIOCryptoDataQueue, queue);
}

static int queue_pre_save(void *opaque)
{
    QueueState *queue = opaque;
    QueuesState *all = container_of(queue, QueuesState, queue);

    queue->data = next_queue(all);
    if (!queue->data) {
        queue->elems = g_ptr_array_new();
        queue->n = 0;
        return 0;
    }
    queue->elems = virtio_crypto_in_flight_elems(queue->data->in_flight);
    queue->migrated = QSIMPLEQ_FIRST(&queue->data->migrated);
    queue->n = virtio_crypto_requests_count(queue->data);
    if (queue->n && virtio_vdev_has_feature(VIRTIO_DEVICE(all->dev),
                                            VIRTIO_F_IN_ORDER)) {
        error_report("virtio-crypto: cannot migrate long operations in flight"
                     " because the driver has accepted VIRTIO_F_IN_ORDER; try"
                     " again when they are complete");
        g_clear_pointer(&queue->elems, g_ptr_array_unref);
        return -EBUSY;
    }
    return 0;
}

static int queue_post_save(void *opaque)
{
    QueueState *queue = opaque;

    g_clear_pointer(&queue->elems, g_ptr_array_unref);
    return 0;
}

static int queue_pre_load(void *opaque)
{
    QueueState *queue = opaque;
    QueuesState *all = container_of(queue, QueuesState, queue);

    queue->data = next_queue(all);
    queue->descs_left = queue->data ? ring_size(queue->data) : 0;
    return 0;
}

static bool are_requests(void *opaque, int version_id)
{
    QueueState *queue = opaque;

    return is_saving(queue) || queue->n <= queue->descs_left ||
           report_bad_request();
}

static const VMStateDescription vmstate_queue = {
    .name = "virtio-crypto-queue",
    .version_id = VERSION,
    .minimum_version_id = VERSION,
    .pre_save = queue_pre_save,
    .post_save = queue_post_save,
    .pre_load = queue_pre_load,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32(n, QueueState),
        VMSTATE_VALIDATE("requests fit the ring", are_requests),
        VMSTATE_CRYPTO_SEQUENCE("in_flight_requests", request, QueueState, n,
                                vmstate_request, RequestState),
        VMSTATE_END_OF_LIST()
    },
};

static const VMStateDescription vmstate_queues = {
    .name = "virtio-crypto-queues",
    .version_id = VERSION,
    .minimum_version_id = VERSION,
    .fields = (const VMStateField[]) {
        VMSTATE_CRYPTO_SEQUENCE("queues", queue, QueuesState, n, vmstate_queue,
                                QueueState),
        VMSTATE_END_OF_LIST()
    },
};

static QueuesState *new_state(VirtIOCrypto *dev)
{
    QueuesState *all = g_new0(QueuesState, 1);

    all->dev = dev;
    all->n = virtio_crypto_num_queues(dev);
    return all;
}

int virtio_crypto_requests_save(VirtIOCrypto *dev, QEMUFile *f,
                                JSONWriter *vmdesc)
{
    g_autofree QueuesState *all = new_state(dev);

    return virtio_crypto_state_save(f, &vmstate_queues, all, vmdesc);
}

int virtio_crypto_requests_load(VirtIOCrypto *dev, QEMUFile *f)
{
    g_autofree QueuesState *all = new_state(dev);

    return vmstate_load_state(f, &vmstate_queues, all, VERSION) ? -EINVAL : 0;
}
