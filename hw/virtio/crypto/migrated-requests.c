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

/* Make a request an element; NULL if its buffers are not in guest memory. */
static VirtQueueElement *map_req(VirtIOCryptoQueue *queue,
                                 const VirtIOCryptoMigratedReq *req,
                                 size_t size)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(queue->dev);
    VirtQueueElement *elem = new_elem(req, size);

    elem->in_num = map_segments(vdev, req->segments, req->in_num, true,
                                elem->in_addr, elem->in_sg);
    elem->out_num = map_segments(vdev, req->segments + req->in_num,
                                 req->out_num, false, elem->out_addr,
                                 elem->out_sg);
    if (elem->in_num < req->in_num || elem->out_num < req->out_num) {
        virtqueue_detach_element(queue->vq, elem, 0);
        g_free(elem);
        virtio_error(vdev, "virtio-crypto: a migrated request has buffers"
                     " outside guest memory");
        return NULL;
    }
    return elem;
}

void *virtio_crypto_migrated_take(VirtIOCryptoMigratedReqs *reqs,
                                  VirtIOCryptoQueue *queue, size_t size)
{
    VirtIOCryptoMigratedReq *req = QSIMPLEQ_FIRST(reqs);
    VirtQueueElement *elem;

    if (virtio_device_disabled(VIRTIO_DEVICE(queue->dev))) {
        return NULL;
    }
    QSIMPLEQ_REMOVE_HEAD(reqs, next);
    elem = map_req(queue, req, size);
    g_free(req);
    return elem;
}

void virtio_crypto_migrated_clear(VirtIOCryptoMigratedReqs *reqs)
{
    VirtIOCryptoMigratedReq *req;

    while ((req = QSIMPLEQ_FIRST(reqs))) {
        QSIMPLEQ_REMOVE_HEAD(reqs, next);
        g_free(req);
    }
}
