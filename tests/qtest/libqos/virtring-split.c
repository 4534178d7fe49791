/*
 * Split virtqueue ring of a test's driver
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/atomic.h"
#include "qemu/bswap.h"
#include "virtring.h"

static uint64_t avail_entry(QVirtRing *ring, uint16_t index)
{
    return ring->vq->avail + offsetof(struct vring_avail, ring) +
           index % ring->vq->size * sizeof(uint16_t);
}

static uint64_t used_entry(QVirtRing *ring, uint16_t index)
{
    return ring->vq->used + offsetof(struct vring_used, ring) +
           index % ring->vq->size * sizeof(struct vring_used_elem);
}

/* Encodes descriptors whose neighbours follow each other from @first on */
static void encode_chain(const QVirtDesc *descs, size_t n, uint16_t first,
                         uint16_t flags, uint8_t *out)
{
    for (size_t i = 0; i < n; i++, out += QVIRT_DESC_SIZE) {
        bool last = i == n - 1;

        stq_le_p(out, descs[i].addr);
        stl_le_p(out + 8, descs[i].len);
        stw_le_p(out + 12, flags | (descs[i].write ? VRING_DESC_F_WRITE : 0) |
                           (last ? 0 : VRING_DESC_F_NEXT));
        stw_le_p(out + 14, last ? 0 : first + i + 1);
    }
}

static void split_encode(const QVirtDesc *descs, size_t n, uint8_t *table)
{
    encode_chain(descs, n, 0, 0, table);
}

/*
 * Finds @n free descriptors in a row, a chain's id is its first one; the size
 * of the ring if there are none
 */
static size_t find_free(const QVirtRing *ring, size_t n)
{
    size_t start = 0;

    while (start + n <= ring->vq->size) {
        size_t run = 0;

        while (run < n && !ring->count[start + run]) {
            run++;
        }
        if (run == n) {
            return start;
        }
        start += run + ring->count[start + run];
    }
    return ring->vq->size;
}

static bool split_has_room(const QVirtRing *ring, size_t n)
{
    return find_free(ring, n) < ring->vq->size;
}

static uint16_t split_add(QVirtRing *ring, const QVirtDesc *descs, size_t n,
                          uint16_t flags)
{
    g_autofree uint8_t *bytes = g_malloc(n * QVIRT_DESC_SIZE);
    size_t id = find_free(ring, n);

    if (id == ring->vq->size) {
        g_error("no %zu free descriptors in a row", n);
    }
    encode_chain(descs, n, id, flags, bytes);
    qguest_memory_write(ring->memory, ring->vq->desc + id * QVIRT_DESC_SIZE,
                        bytes, n * QVIRT_DESC_SIZE);
    ring->ids[ring->avail % ring->vq->size] = cpu_to_le16(id);
    ring->count[id] = n;
    ring->avail++;
    return id;
}

/* Entries from index @first on that follow each other, @n at most */
static size_t entries_in_a_row(const QVirtRing *ring, uint16_t first,
                               uint16_t n)
{
    return MIN(n, ring->vq->size - first % ring->vq->size);
}

/* Writes entries for the chains that were added since the last time */
static void write_entries(QVirtRing *ring)
{
    uint16_t index = ring->published;

    while (index != ring->avail) {
        size_t n = entries_in_a_row(ring, index, ring->avail - index);

        qguest_memory_write(ring->memory, avail_entry(ring, index),
                            &ring->ids[index % ring->vq->size],
                            n * sizeof(uint16_t));
        index += n;
    }
}

/* Reads the entries that were used since the last time */
static void read_entries(QVirtRing *ring)
{
    uint16_t index = ring->used;

    while (index != ring->seen) {
        size_t n = entries_in_a_row(ring, index, ring->seen - index);

        qguest_memory_read(ring->memory, used_entry(ring, index),
                           &ring->elems[index % ring->vq->size],
                           n * sizeof(struct vring_used_elem));
        index += n;
    }
}

static bool split_publish(QVirtRing *ring)
{
    uint16_t old = ring->published;
    uint16_t event;

    write_entries(ring);
    qguest_memory_writew(ring->memory, ring->vq->avail +
                         offsetof(struct vring_avail, idx), ring->avail);
    ring->published = ring->avail;
    /* The device has to see the index before it stops asking for a kick */
    smp_mb();
    if (ring->vq->event) {
        event = qguest_memory_readw(ring->memory, ring->vq->used +
                                    offsetof(struct vring_used, ring) +
                                    ring->vq->size *
                                    sizeof(struct vring_used_elem));
        return vring_need_event(event, ring->avail, old);
    }
    return !(qguest_memory_readw(ring->memory, ring->vq->used) &
             VRING_USED_F_NO_NOTIFY);
}

static bool split_get(QVirtRing *ring, uint16_t *id, uint32_t *len)
{
    const struct vring_used_elem *elem;
    uint32_t index;

    if (ring->used == ring->seen) {
        ring->seen = qguest_memory_readw(ring->memory, ring->vq->used +
                                         offsetof(struct vring_used, idx));
        read_entries(ring);
    }
    if (ring->used == ring->seen) {
        return false;
    }
    elem = &ring->elems[ring->used % ring->vq->size];
    index = le32_to_cpu(elem->id);
    g_assert_cmpint(index, <, ring->vq->size);
    g_assert_cmpint(ring->count[index], !=, 0);
    ring->count[index] = 0;
    ring->used++;
    *id = index;
    *len = le32_to_cpu(elem->len);
    return true;
}

static void split_set_event(QVirtRing *ring, uint16_t n)
{
    qguest_memory_writew(ring->memory,
                         ring->vq->avail + 4 + 2 * ring->vq->size,
                         ring->used + n - 1);
}

static void split_no_interrupt(QVirtRing *ring)
{
    /* Far from where the used index is; without event index, the flag */
    qguest_memory_writew(ring->memory, ring->vq->avail,
                         VRING_AVAIL_F_NO_INTERRUPT);
    split_set_event(ring, 0);
}

const QVirtRingOps qvirtring_split_ops = {
    .encode = split_encode,
    .has_room = split_has_room,
    .add = split_add,
    .publish = split_publish,
    .get = split_get,
    .set_event = split_set_event,
    .no_interrupt = split_no_interrupt,
};
