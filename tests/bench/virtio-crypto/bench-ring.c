/*
 * A split virtqueue in memory that is shared with the device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/atomic.h"
#include "bench-eventfd.h"
#include "bench-ring.h"

/* How far away the used buffer is that the driver wants to hear of */
#define NEVER       0x7fff
#define NOT_SOON    0x4000

/* The event index has no flag: ask for an interrupt far in the future */
static void suppress_interrupts(BenchRing *ring)
{
    uint16_t *used_event = &ring->avail->ring[ring->size];

    if (!ring->event_index) {
        ring->avail->flags = VRING_AVAIL_F_NO_INTERRUPT;
    } else if ((uint16_t)(*used_event - ring->next_used) < NOT_SOON) {
        qatomic_set(used_event, ring->next_used + NEVER);
    }
}

void bench_ring_init(BenchRing *ring, BenchMachine *machine,
                     const QVirtQueue *vq)
{
    BenchMemory *memory = &machine->memory;

    ring->machine = machine;
    ring->size = vq->size;
    ring->desc = bench_memory_at(memory, vq->desc);
    ring->avail = bench_memory_at(memory, vq->avail);
    ring->used = bench_memory_at(memory, vq->used);
    ring->doorbell = -1;
    ring->event_index = qvirtio_crypto_has(machine->driver,
                                           VIRTIO_RING_F_EVENT_IDX);
    ring->published = ring->next_avail = ring->avail->idx;
    ring->next_used = ring->used->idx;
    ring->avail->flags = 0;
    ring->avail->ring[ring->size] = ring->next_used + NEVER;
    suppress_interrupts(ring);
    ring->kick_len =
        snprintf(ring->kick, sizeof(ring->kick), "writew 0x%" PRIx64 " %d\n",
                 bench_machine_notify_address(machine, vq), vq->index);
    g_assert_cmpint(ring->kick_len, <, sizeof(ring->kick));
}

void bench_ring_push(BenchRing *ring, uint16_t head)
{
    ring->avail->ring[ring->next_avail++ % ring->size] = head;
}

static bool wants_kick(const BenchRing *ring, uint16_t before)
{
    if (ring->event_index) {
        const void *avail_event = &ring->used->ring[ring->size];

        return vring_need_event(qatomic_read((const uint16_t *)avail_event),
                                ring->published, before);
    }
    return !(qatomic_read(&ring->used->flags) & VRING_USED_F_NO_NOTIFY);
}

void bench_ring_publish(BenchRing *ring)
{
    uint16_t before = ring->published;

    suppress_interrupts(ring);
    ring->published = ring->next_avail;
    qatomic_store_release(&ring->avail->idx, ring->published);
    /* The device looks for more after it has asked to be notified */
    smp_mb();
    if (wants_kick(ring, before)) {
        bench_ring_kick(ring);
    }
}

void bench_ring_kick(BenchRing *ring)
{
    if (ring->doorbell >= 0) {
        bench_eventfd_ring(ring->doorbell);
    } else {
        bench_machine_kick(ring->machine, ring->kick, ring->kick_len);
    }
}

bool bench_ring_pop(BenchRing *ring, uint16_t *head)
{
    if (qatomic_load_acquire(&ring->used->idx) == ring->next_used) {
        return false;
    }
    *head = ring->used->ring[ring->next_used++ % ring->size].id;
    return true;
}
