/*
 * The virtio crypto device: requests in a migration stream
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/virtio/virtio-ram.h"
#include "qemu/error-report.h"
#include "system/dma.h"
#include "migrated-requests.h"

typedef struct Segment {
    uint64_t addr;
    uint32_t len;
} Segment;

/**
 * VirtIOCryptoMigratedReq:
 * @next: the next one of the queue
 * @index: of the chain's first descriptor, or the buffer's id
 * @ndescs: descriptors that it takes in the ring
 * @in_num: how many segments are writable, which come first
 * @out_num: how many are readable
 *
 * A request of which the device has no more than the chain.
 */
struct VirtIOCryptoMigratedReq {
    QSIMPLEQ_ENTRY(VirtIOCryptoMigratedReq) next;
    uint32_t index;
    uint32_t ndescs;
    uint32_t in_num;
    uint32_t out_num;
    Segment segments[];
};

static void put_segments(QEMUFile *f, const hwaddr *addrs,
                         const struct iovec *iov, unsigned int n)
{
    for (unsigned int i = 0; i < n; i++) {
        qemu_put_be64(f, addrs[i]);
        qemu_put_be32(f, iov[i].iov_len);
    }
}

static void put_head(QEMUFile *f, uint32_t index, uint32_t ndescs,
                     uint32_t in_num, uint32_t out_num)
{
    qemu_put_be32(f, index);
    qemu_put_be32(f, ndescs);
    qemu_put_be32(f, in_num);
    qemu_put_be32(f, out_num);
}

static void put_elem(QEMUFile *f, const VirtQueueElement *elem)
{
    put_head(f, elem->index, elem->ndescs, elem->in_num, elem->out_num);
    put_segments(f, elem->in_addr, elem->in_sg, elem->in_num);
    put_segments(f, elem->out_addr, elem->out_sg, elem->out_num);
}

static void put_migrated(QEMUFile *f, const VirtIOCryptoMigratedReq *req)
{
    put_head(f, req->index, req->ndescs, req->in_num, req->out_num);
    for (uint32_t i = 0; i < req->in_num + req->out_num; i++) {
        qemu_put_be64(f, req->segments[i].addr);
        qemu_put_be32(f, req->segments[i].len);
    }
}

static uint32_t count_migrated(const VirtIOCryptoDataQueue *data)
{
    VirtIOCryptoMigratedReq *req;
    uint32_t n = 0;

    QSIMPLEQ_FOREACH(req, &data->migrated, next) {
        n++;
    }
    return n;
}

bool virtio_crypto_migrated_put(VirtIOCryptoDataQueue *data, QEMUFile *f)
{
    g_autoptr(GPtrArray) elems = virtio_crypto_in_flight_elems(data->in_flight);
    uint32_t n = elems->len + count_migrated(data);
    VirtIOCryptoMigratedReq *req;

    if (n && virtio_vdev_has_feature(VIRTIO_DEVICE(data->queue.dev),
                                     VIRTIO_F_IN_ORDER)) {
        error_report("virtio-crypto: cannot migrate long operations in flight"
                     " because the driver has accepted VIRTIO_F_IN_ORDER; try"
                     " again when they are complete");
        return false;
    }
    qemu_put_be32(f, n);
    for (guint i = 0; i < elems->len; i++) {
        put_elem(f, g_ptr_array_index(elems, i));
    }
    QSIMPLEQ_FOREACH(req, &data->migrated, next) {
        put_migrated(f, req);
    }
    return true;
}

/* None is empty: whoever looks for the last byte relies on that. */
static bool get_segments(QEMUFile *f, Segment *segments, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        segments[i].addr = qemu_get_be64(f);
        segments[i].len = qemu_get_be32(f);
        if (segments[i].len == 0) {
            return false;
        }
    }
    return !qemu_file_get_error(f);
}

/* Read a request that takes no more descriptors than there are; or NULL. */
static VirtIOCryptoMigratedReq *get_req(QEMUFile *f, uint32_t ring_size,
                                     uint32_t *ndescs)
{
    uint32_t index = qemu_get_be32(f);
    uint32_t own = qemu_get_be32(f);
    uint32_t in_num = qemu_get_be32(f);
    uint32_t out_num = qemu_get_be32(f);
    VirtIOCryptoMigratedReq *req;

    if (index > UINT16_MAX || own < 1 || own > ring_size - *ndescs ||
        in_num > VIRTQUEUE_MAX_SIZE || out_num > VIRTQUEUE_MAX_SIZE - in_num) {
        return NULL;
    }
    *ndescs += own;
    req = g_malloc(sizeof(*req) + (in_num + out_num) * sizeof(Segment));
    req->index = index;
    req->ndescs = own;
    req->in_num = in_num;
    req->out_num = out_num;
    if (!get_segments(f, req->segments, in_num + out_num)) {
        g_free(req);
        return NULL;
    }
    return req;
}

/* A queue that the driver has not set up has no requests. */
static uint32_t ring_size(const VirtIOCryptoDataQueue *data)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(data->queue.dev);
    int index = virtio_get_queue_index(data->queue.vq);

    return virtio_queue_get_desc_addr(vdev, index)
           ? virtio_queue_get_num(vdev, index) : 0;
}

bool virtio_crypto_migrated_get(VirtIOCryptoDataQueue *data, QEMUFile *f)
{
    uint32_t n = qemu_get_be32(f);
    uint32_t size = ring_size(data);
    uint32_t ndescs = 0;

    for (uint32_t i = 0; i < n; i++) {
        VirtIOCryptoMigratedReq *req = get_req(f, size, &ndescs);

        if (!req) {
            error_report("virtio-crypto: malformed request in the migration"
                         " stream");
            return false;
        }
        QSIMPLEQ_INSERT_TAIL(&data->migrated, req, next);
    }
    return true;
}

static void *map_segment(VirtIODevice *vdev, const Segment *segment,
                         bool is_write)
{
    DMADirection direction = is_write ? DMA_DIRECTION_FROM_DEVICE
                                      : DMA_DIRECTION_TO_DEVICE;
    dma_addr_t len = segment->len;
    void *base = vdev->ram
        ? virtio_ram_find(vdev->ram, segment->addr, &len, is_write)
        : dma_memory_map(vdev->dma_as, segment->addr, &len, direction,
                         MEMTXATTRS_UNSPECIFIED);

    if (base && len < segment->len) {
        if (!vdev->ram) {
            dma_memory_unmap(vdev->dma_as, base, len, direction, 0);
        }
        return NULL;
    }
    return base;
}

/* Map the next segments; returns how many were mapped. */
static unsigned int map_segments(VirtIODevice *vdev, const Segment *segments,
                                 unsigned int n, bool is_write, hwaddr *addrs,
                                 struct iovec *iov)
{
    for (unsigned int i = 0; i < n; i++) {
        void *base = map_segment(vdev, &segments[i], is_write);

        if (!base) {
            return i;
        }
        addrs[i] = segments[i].addr;
        iov[i].iov_base = base;
        iov[i].iov_len = segments[i].len;
    }
    return n;
}

/* Like virtqueue_pop(), put everything into one piece of memory. */
static VirtQueueElement *new_elem(const VirtIOCryptoMigratedReq *req,
                                  size_t size)
{
    size_t n = req->in_num + req->out_num;
    VirtQueueElement *elem;

    size = ROUND_UP(size, sizeof(hwaddr));
    elem = g_malloc(size + n * (sizeof(hwaddr) + sizeof(struct iovec)));
    *elem = (VirtQueueElement) {
        .index = req->index,
        .ndescs = req->ndescs,
        .len = 0,
    };
    elem->in_addr = (hwaddr *)((uint8_t *)elem + size);
    elem->out_addr = elem->in_addr + req->in_num;
    elem->in_sg = (struct iovec *)(elem->in_addr + n);
    elem->out_sg = elem->in_sg + req->in_num;
    return elem;
}

/* Make a request an element; returns NULL if its buffers are no memory. */
static VirtQueueElement *map_req(VirtIOCryptoDataQueue *data,
                                 const VirtIOCryptoMigratedReq *req,
                                 size_t size)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(data->queue.dev);
    VirtQueueElement *elem = new_elem(req, size);

    elem->in_num = map_segments(vdev, req->segments, req->in_num, true,
                                elem->in_addr, elem->in_sg);
    elem->out_num = map_segments(vdev, req->segments + req->in_num,
                                 req->out_num, false, elem->out_addr,
                                 elem->out_sg);
    if (elem->in_num < req->in_num || elem->out_num < req->out_num) {
        virtqueue_detach_element(data->queue.vq, elem, 0);
        g_free(elem);
        virtio_error(vdev, "virtio-crypto: a migrated request has buffers"
                     " outside guest memory");
        return NULL;
    }
    return elem;
}

void *virtio_crypto_migrated_take(VirtIOCryptoDataQueue *data, size_t size)
{
    VirtIOCryptoMigratedReq *req = QSIMPLEQ_FIRST(&data->migrated);
    VirtQueueElement *elem;

    if (virtio_device_disabled(VIRTIO_DEVICE(data->queue.dev))) {
        return NULL;
    }
    QSIMPLEQ_REMOVE_HEAD(&data->migrated, next);
    elem = map_req(data, req, size);
    g_free(req);
    return elem;
}

uint32_t virtio_crypto_migrated_count(const VirtIOCryptoDataQueue *data)
{
    g_autoptr(GPtrArray) elems = virtio_crypto_in_flight_elems(data->in_flight);

    return elems->len + count_migrated(data);
}

void virtio_crypto_migrated_clear(VirtIOCryptoDataQueue *data)
{
    VirtIOCryptoMigratedReq *req;

    while ((req = QSIMPLEQ_FIRST(&data->migrated))) {
        QSIMPLEQ_REMOVE_HEAD(&data->migrated, next);
        g_free(req);
    }
}
