/*
 * Virtqueue rings of a test's driver, split and packed
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../libqtest.h"
#include "standard-headers/linux/virtio_config.h"
#include "virtring.h"

QVirtRing *qvirtring_new(const QGuestMemory *memory, QVirtQueue *vq)
{
    QVirtRing *ring = g_new0(QVirtRing, 1);
    bool packed = vq->vdev->features & (1ull << VIRTIO_F_RING_PACKED);

    ring->ops = packed ? &qvirtring_packed_ops : &qvirtring_split_ops;
    ring->memory = memory;
    ring->vq = vq;
    ring->count = g_new0(uint16_t, vq->size);
    ring->ids = g_new0(uint16_t, vq->size);
    ring->elems = g_new0(struct vring_used_elem, vq->size);
    ring->free = vq->size;
    ring->avail_wrap = true;
    ring->published_wrap = true;
    ring->used_wrap = true;
    if (packed) {
        /* libqos has left a split ring's next fields there */
        qtest_memset(memory->qts, vq->desc, 0,
                     (size_t)vq->size * QVIRT_DESC_SIZE);
    }
    return ring;
}

void qvirtring_free(QVirtRing *ring)
{
    g_free(ring->count);
    g_free(ring->ids);
    g_free(ring->elems);
    g_free(ring);
}

bool qvirtring_has_room(const QVirtRing *ring, size_t n)
{
    return ring->ops->has_room(ring, n);
}

uint16_t qvirtring_add(QVirtRing *ring, const QVirtDesc *descs, size_t n)
{
    g_assert_cmpint(n, >, 0);
    g_assert_cmpint(n, <=, ring->vq->size);
    return ring->ops->add(ring, descs, n, 0);
}

uint16_t qvirtring_add_indirect(QVirtRing *ring, uint64_t table, size_t n)
{
    QVirtDesc desc = { .addr = table, .len = n * QVIRT_DESC_SIZE };

    return ring->ops->add(ring, &desc, 1, VRING_DESC_F_INDIRECT);
}

bool qvirtring_kick(QVirtRing *ring)
{
    QVirtioDevice *vdev = ring->vq->vdev;
    bool wanted = ring->ops->publish(ring);

    if (wanted) {
        vdev->bus->virtqueue_kick(vdev, ring->vq);
    }
    return wanted;
}

bool qvirtring_get(QVirtRing *ring, uint16_t *id, uint32_t *len)
{
    return ring->ops->get(ring, id, len);
}
