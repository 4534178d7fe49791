/*
 * The virtio crypto device: a virtqueue, and how it is served
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "block/aio-wait.h"
#include "qemu/iov.h"
#include "system/dma.h"
#include "virtio-crypto-queue.h"

static bool can_serve(const VirtIOCryptoQueue *queue)
{
    return VIRTIO_DEVICE(queue->dev)->vm_running &&
           queue->in_pool < VIRTIO_CRYPTO_POOL_OPS;
}

void virtio_crypto_queue_serve(VirtIOCryptoQueue *queue)
{
    if (!can_serve(queue)) {
        return;
    }
    virtio_queue_set_notification(queue->vq, 0);
    if (queue->serve(queue)) {
        qemu_bh_schedule(queue->bh);
        return;
    }
    /* What the pool gives back makes the queue be served again. */
    if (!can_serve(queue)) {
        return;
    }
    virtio_queue_set_notification(queue->vq, 1);
    if (!virtio_queue_empty(queue->vq)) {
        qemu_bh_schedule(queue->bh);
    }
}

static void serve_bh(void *opaque)
{
    virtio_crypto_queue_serve(opaque);
}

static void pool_bh(void *opaque)
{
    virtio_crypto_finish_pool_ops(opaque);
}

void virtio_crypto_queue_init(VirtIOCryptoQueue *queue, VirtIOCrypto *dev,
                              VirtQueue *vq,
                              bool (*serve)(VirtIOCryptoQueue *queue))
{
    queue->dev = dev;
    queue->vq = vq;
    queue->serve = serve;
    queue->bh = virtio_bh_new_guarded(DEVICE(dev), serve_bh, queue);
    queue->pool_bh = virtio_bh_new_guarded(DEVICE(dev), pool_bh, queue);
}

void virtio_crypto_queue_destroy(VirtIOCryptoQueue *queue)
{
    qemu_bh_delete(queue->bh);
    qemu_bh_delete(queue->pool_bh);
}

void virtio_crypto_queue_schedule(VirtIOCryptoQueue *queue)
{
    qemu_bh_schedule(queue->bh);
    qemu_bh_schedule(queue->pool_bh);
}

void virtio_crypto_queue_stop(VirtIOCryptoQueue *queue)
{
    virtio_crypto_give_up_pool_ops(queue);
    queue->discarding = true;
    qemu_bh_schedule(queue->pool_bh);
    AIO_WAIT_WHILE_UNLOCKED(NULL, queue->in_pool);
    queue->discarding = false;
    qemu_bh_cancel(queue->bh);
    qemu_bh_cancel(queue->pool_bh);
}

VirtIOCryptoChain virtio_crypto_queue_describe(VirtIOCryptoQueue *queue,
                                               const VirtQueueElement *elem,
                                               uint8_t *head, size_t head_max)
{
    return (VirtIOCryptoChain) {
        .head = head,
        .head_len = iov_to_buf(elem->out_sg, elem->out_num, 0, head, head_max),
        .readable = iov_size(elem->out_sg, elem->out_num),
        .writable = iov_size(elem->in_sg, elem->in_num),
        .features = VIRTIO_DEVICE(queue->dev)->guest_features,
        .big_endian = virtio_is_big_endian(VIRTIO_DEVICE(queue->dev)),
        .max_size = queue->dev->max_request_size,
    };
}

/*
 * The used length does not reach beyond the result; so a status byte behind a
 * gap is written as a transfer of its own, for the sake of dirty memory
 * tracking.
 */
void virtio_crypto_queue_write_status(VirtIOCryptoQueue *queue,
                                      const VirtQueueElement *elem,
                                      uint8_t status, bool behind_gap)
{
    unsigned int last = elem->in_num - 1;
    size_t offset = elem->in_sg[last].iov_len - sizeof(status);

    *((uint8_t *)elem->in_sg[last].iov_base + offset) = status;
    if (behind_gap) {
        dma_memory_write(VIRTIO_DEVICE(queue->dev)->dma_as,
                         elem->in_addr[last] + offset, &status,
                         sizeof(status), MEMTXATTRS_UNSPECIFIED);
    }
}

void virtio_crypto_queue_reject(VirtIOCryptoQueue *queue,
                                VirtQueueElement *elem)
{
    virtio_error(VIRTIO_DEVICE(queue->dev),
                 "virtio-crypto: a request has no room for its header or its"
                 " status");
    virtqueue_detach_element(queue->vq, elem, 0);
    g_free(elem);
}
