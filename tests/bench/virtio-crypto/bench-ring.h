/*
 * A split virtqueue in memory that is shared with the device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_RING_H
#define TESTS_BENCH_RING_H

#include "bench-machine.h"

/**
 * BenchRing: a virtqueue without interrupts
 *
 * @machine: whose it is
 * @size: its entries
 * @desc: its descriptors
 * @doorbell: the eventfd that notifies the device, or -1: qtest does that
 */
struct BenchRing {
    BenchMachine *machine;
    uint16_t size;
    struct vring_desc *desc;
    int doorbell;

    /* Private */
    struct vring_avail *avail;
    struct vring_used *used;
    bool event_index;
    uint16_t published;
    uint16_t next_avail;
    uint16_t next_used;
    char kick[40];
    size_t kick_len;
};

/**
 * bench_ring_init: take over a virtqueue that was set up
 * @ring: what to fill in
 * @machine: the machine that it belongs to
 * @vq: the virtqueue, which libqos must not use any more
 */
void bench_ring_init(BenchRing *ring, BenchMachine *machine,
                     const QVirtQueue *vq);

/**
 * bench_ring_push: make a chain available, but not yet visible
 * @ring: the virtqueue
 * @head: the chain's first descriptor
 */
void bench_ring_push(BenchRing *ring, uint16_t head);

/**
 * bench_ring_publish: make pushed chains available
 * @ring: the virtqueue
 *
 * Notifies the device, if it wants that.
 */
void bench_ring_publish(BenchRing *ring);

/**
 * bench_ring_kick: notify the device, whether it wants that or not
 * @ring: the virtqueue
 */
void bench_ring_kick(BenchRing *ring);

/**
 * bench_ring_pop: take a used chain
 * @ring: the virtqueue
 * @head: its first descriptor
 *
 * Returns: false if there is none
 */
bool bench_ring_pop(BenchRing *ring, uint16_t *head);

#endif
