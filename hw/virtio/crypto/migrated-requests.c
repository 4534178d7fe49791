/*
 * The virtio crypto device: requests that came in a migration stream
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/virtio/virtio-ram.h"
#include "system/dma.h"
#include "migrated-requests.h"

static void *map_segment(VirtIODevice *vdev, const VirtIOCryptoSegment *segment,
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
static unsigned int map_segments(VirtIODevice *vdev,
                                 const VirtIOCryptoSegment *segments,
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
static VirtIOCryptoReq *new_req(const VirtIOCryptoMigratedReq *migrated)
{
    size_t n = migrated->in_num + migrated->out_num;
    size_t size = ROUND_UP(sizeof(VirtIOCryptoReq), sizeof(hwaddr));
    VirtIOCryptoReq *req = g_malloc(virtqueue_element_size(sizeof(*req), n));
    hwaddr *addrs = (hwaddr *)((uint8_t *)req + size);
    struct iovec *iov = (struct iovec *)(addrs + n);

    req->spares = NULL;
    req->elem = (VirtQueueElement) {
        .index = migrated->index,
        .ndescs = migrated->ndescs,
        .len = 0,
        .in_addr = addrs,
        .out_addr = addrs + migrated->in_num,
        .in_sg = iov,
        .out_sg = iov + migrated->in_num,
    };
    return req;
}

/* Make the request that it was; NULL if its buffers are not in guest memory. */
static VirtIOCryptoReq *map_req(VirtIOCryptoQueue *queue,
                                const VirtIOCryptoMigratedReq *migrated)
{
    const VirtIOCryptoSegment *segments = migrated->segments;
    VirtIOCryptoReq *req = new_req(migrated);
    VirtQueueElement *elem = &req->elem;

    elem->in_num = map_segments(queue->vdev, segments, migrated->in_num, true,
                                elem->in_addr, elem->in_sg);
    elem->out_num = map_segments(queue->vdev, segments + migrated->in_num,
                                 migrated->out_num, false, elem->out_addr,
                                 elem->out_sg);
    if (elem->in_num < migrated->in_num || elem->out_num < migrated->out_num) {
        virtqueue_detach_element(queue->vq, elem, 0);
        g_free(req);
        virtio_error(queue->vdev, "virtio-crypto: a migrated request has"
                     " buffers outside guest memory");
        return NULL;
    }
    return req;
}

VirtIOCryptoReq *virtio_crypto_migrated_take(VirtIOCryptoMigratedReqs *reqs,
                                             VirtIOCryptoQueue *queue)
{
    VirtIOCryptoMigratedReq *migrated = QSIMPLEQ_FIRST(reqs);
    VirtIOCryptoReq *req;

    if (virtio_device_disabled(queue->vdev)) {
        return NULL;
    }
    QSIMPLEQ_REMOVE_HEAD(reqs, next);
    req = map_req(queue, migrated);
    g_free(migrated);
    return req;
}

void virtio_crypto_migrated_clear(VirtIOCryptoMigratedReqs *reqs)
{
    VirtIOCryptoMigratedReq *req;

    while ((req = QSIMPLEQ_FIRST(reqs))) {
        QSIMPLEQ_REMOVE_HEAD(reqs, next);
        g_free(req);
    }
}
