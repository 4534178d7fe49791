/*
 * A split virtqueue in memory that is shared with the device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/atomic.h"
#include "bench-ring.h"

void bench_ring_init(BenchRing *ring, BenchMachine *machine,
                     const QVirtQueue *vq)
{
    BenchMemory *memory = &machine->memory;

    ring->machine = machine;
    ring->size = vq->size;
    ring->desc = bench_memory_at(memory, vq->desc);
    ring->avail = bench_memory_at(memory, vq->avail);
    ring->used = bench_memory_at(memory, vq->used);
    ring->avail->flags = VRING_AVAIL_F_NO_INTERRUPT;
    ring->next_avail = ring->avail->idx;
    ring->next_used = ring->used->idx;
    ring->kick_len =
        snprintf(ring->kick, sizeof(ring->kick), "writew 0x%" PRIx64 " %d\n",
                 bench_machine_notify_address(machine, vq), vq->index);
    g_assert_cmpint(ring->kick_len, <, sizeof(ring->kick));
}

void bench_ring_push(BenchRing *ring, uint16_t head)
{
    ring->avail->ring[ring->next_avail++ % ring->size] = head;
}

void bench_ring_publish(BenchRing *ring)
{
    qatomic_store_release(&ring->avail->idx, ring->next_avail);
    /* The device looks for more after it has asked to be notified */
    smp_mb();
    if (!(qatomic_read(&ring->used->flags) & VRING_USED_F_NO_NOTIFY)) {
        bench_ring_kick(ring);
    }
}

void bench_ring_kick(BenchRing *ring)
{
    bench_machine_kick(ring->machine, ring->kick, ring->kick_len);
}

bool bench_ring_pop(BenchRing *ring, uint16_t *head)
{
    if (qatomic_load_acquire(&ring->used->idx) == ring->next_used) {
        return false;
    }
    *head = ring->used->ring[ring->next_used++ % ring->size].id;
    return true;
}
