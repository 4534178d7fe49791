/*
 * Packed virtqueue ring of a test's driver
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/atomic.h"
#include "qemu/bswap.h"
#include "virtring.h"

/* Where the flags of a descriptor are */
#define FLAGS_OFFSET 14

#define F_AVAIL     (1 << VRING_PACKED_DESC_F_AVAIL)
#define F_USED      (1 << VRING_PACKED_DESC_F_USED)
#define EVENT_WRAP  (1 << VRING_PACKED_EVENT_F_WRAP_CTR)

/* Flags of a descriptor that the driver makes available in this round */
static uint16_t available(bool wrap)
{
    return wrap ? F_AVAIL : F_USED;
}

/* Flags of a descriptor that is not available in this round */
static uint16_t unavailable(bool wrap)
{
    return wrap ? 0 : F_AVAIL | F_USED;
}

static void encode_desc(const QVirtDesc *desc, uint16_t id, uint16_t flags,
                        uint8_t *out)
{
    stq_le_p(out, desc->addr);
    stl_le_p(out + 8, desc->len);
    stw_le_p(out + 12, id);
    stw_le_p(out + FLAGS_OFFSET,
             flags | (desc->write ? VRING_DESC_F_WRITE : 0));
}

static void packed_encode(const QVirtDesc *descs, size_t n, uint8_t *table)
{
    for (size_t i = 0; i < n; i++) {
        encode_desc(&descs[i], 0, 0, table + i * QVIRT_DESC_SIZE);
    }
}

static uint16_t find_free_id(QVirtRing *ring)
{
    for (uint16_t id = 0; id < ring->vq->size; id++) {
        if (!ring->count[id]) {
            return id;
        }
    }
    g_error("no free buffer id");
}

static void write_slots(QVirtRing *ring, uint16_t first, const uint8_t *bytes,
                        size_t n)
{
    size_t head = MIN(n, ring->vq->size - first);

    qguest_memory_write(ring->memory,
                        ring->vq->desc + first * QVIRT_DESC_SIZE, bytes,
                        head * QVIRT_DESC_SIZE);
    if (n > head) {
        qguest_memory_write(ring->memory, ring->vq->desc,
                            bytes + head * QVIRT_DESC_SIZE,
                            (n - head) * QVIRT_DESC_SIZE);
    }
}

static void step(uint16_t *slot, bool *wrap, uint16_t n, uint16_t size)
{
    *slot += n;
    if (*slot >= size) {
        *slot -= size;
        *wrap = !*wrap;
    }
}

static bool packed_has_room(const QVirtRing *ring, size_t n)
{
    return n <= ring->free;
}

static uint16_t packed_add(QVirtRing *ring, const QVirtDesc *descs, size_t n,
                           uint16_t flags)
{
    g_autofree uint8_t *bytes = g_malloc(n * QVIRT_DESC_SIZE);
    uint16_t id = find_free_id(ring);
    uint16_t head = ring->avail;
    bool head_wrap = ring->avail_wrap;
    uint16_t head_flags;

    g_assert_cmpint(n, <=, ring->free);
    for (size_t i = 0; i < n; i++) {
        encode_desc(&descs[i], id, available(ring->avail_wrap) | flags |
                    (i < n - 1 ? VRING_DESC_F_NEXT : 0),
                    bytes + i * QVIRT_DESC_SIZE);
        step(&ring->avail, &ring->avail_wrap, 1, ring->vq->size);
    }
    /* The head becomes available last, and the whole chain with it */
    head_flags = lduw_le_p(bytes + FLAGS_OFFSET);
    stw_le_p(bytes + FLAGS_OFFSET, unavailable(head_wrap));
    write_slots(ring, head, bytes, n);
    qguest_memory_writew(ring->memory, ring->vq->desc +
                         head * QVIRT_DESC_SIZE + FLAGS_OFFSET, head_flags);
    ring->count[id] = n;
    ring->free -= n;
    return id;
}

static bool packed_publish(QVirtRing *ring)
{
    uint16_t old = ring->published;
    uint16_t flags, slot;
    uint32_t event;

    /* The device has to see the chains before it stops asking for a kick */
    smp_mb();
    event = qguest_memory_readl(ring->memory, ring->vq->used);
    flags = event >> 16;
    slot = event & (EVENT_WRAP - 1);

    /*
     * Slots before the current round count as negative, that of a whole ring
     * ago, too, which has the same number.
     */
    if (ring->published_wrap != ring->avail_wrap) {
        old -= ring->vq->size;
    }
    if (!!(event & EVENT_WRAP) != ring->avail_wrap) {
        slot -= ring->vq->size;
    }
    ring->published = ring->avail;
    ring->published_wrap = ring->avail_wrap;
    switch (flags & 3) {
    case VRING_PACKED_EVENT_FLAG_ENABLE:
        return true;
    case VRING_PACKED_EVENT_FLAG_DESC:
        return vring_need_event(slot, ring->avail, old);
    default:
        return false;
    }
}

static bool packed_get(QVirtRing *ring, uint16_t *id, uint32_t *len)
{
    uint64_t slot = ring->vq->desc + ring->used * QVIRT_DESC_SIZE;
    uint16_t flags = qguest_memory_readw(ring->memory, slot + FLAGS_OFFSET);
    uint8_t desc[QVIRT_DESC_SIZE];

    if (!!(flags & F_AVAIL) != ring->used_wrap ||
        !!(flags & F_USED) != ring->used_wrap) {
        return false;
    }
    qguest_memory_read(ring->memory, slot, desc, sizeof(desc));
    *id = lduw_le_p(desc + 12);
    *len = ldl_le_p(desc + 8);
    g_assert_cmpint(*id, <, ring->vq->size);
    g_assert_cmpint(ring->count[*id], !=, 0);
    step(&ring->used, &ring->used_wrap, ring->count[*id], ring->vq->size);
    ring->free += ring->count[*id];
    ring->count[*id] = 0;
    return true;
}

static void write_event(QVirtRing *ring, uint16_t off_wrap, uint16_t flags)
{
    qguest_memory_writel(ring->memory, ring->vq->avail,
                         off_wrap | (uint32_t)flags << 16);
}

static void packed_set_event(QVirtRing *ring, uint16_t n)
{
    uint16_t slot = ring->used;
    bool wrap = ring->used_wrap;

    step(&slot, &wrap, n - 1, ring->vq->size);
    write_event(ring, slot | (wrap ? EVENT_WRAP : 0),
                VRING_PACKED_EVENT_FLAG_DESC);
}

static void packed_no_interrupt(QVirtRing *ring)
{
    write_event(ring, 0, VRING_PACKED_EVENT_FLAG_DISABLE);
}

const QVirtRingOps qvirtring_packed_ops = {
    .encode = packed_encode,
    .has_room = packed_has_room,
    .add = packed_add,
    .publish = packed_publish,
    .get = packed_get,
    .set_event = packed_set_event,
    .no_interrupt = packed_no_interrupt,
};
