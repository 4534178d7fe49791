/*
 * The virtio crypto device: requests that came in a migration stream
 *
 * A request that is not answered when the machine stops is a chain of
 * descriptors that was taken off its queue, and nothing more: its result has
 * not reached the guest's memory.  The destination takes it as if it came off
 * the queue again, before others.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_MIGRATED_REQUESTS_H
#define HW_VIRTIO_CRYPTO_MIGRATED_REQUESTS_H

#include "qemu/queue.h"
#include "request.h"

/* A piece of the guest's memory */
typedef struct VirtIOCryptoSegment {
    uint64_t addr;
    uint32_t len;
} VirtIOCryptoSegment;

/**
 * VirtIOCryptoMigratedReq:
 * @next: the next one of the queue
 * @index: of the chain's first descriptor, or the buffer's id
 * @ndescs: descriptors that it takes in the ring
 * @in_num: how many segments are writable, which come first
 * @out_num: how many are readable
 * @segments: the segments, none of which is empty
 *
 * A request of which the device has no more than the chain.
 */
typedef struct VirtIOCryptoMigratedReq {
    QSIMPLEQ_ENTRY(VirtIOCryptoMigratedReq) next;
    uint32_t index;
    uint32_t ndescs;
    uint32_t in_num;
    uint32_t out_num;
    VirtIOCryptoSegment segments[];
} VirtIOCryptoMigratedReq;

typedef QSIMPLEQ_HEAD(, VirtIOCryptoMigratedReq) VirtIOCryptoMigratedReqs;

/**
 * virtio_crypto_migrated_take:
 * @reqs: the migrated requests of a queue, at least one
 * @queue: the queue, of the calling thread
 *
 * Take the first one, within an RCU critical section as virtqueue_pop() does.
 *
 * Returns: the request, with its @elem and @spares only, for
 * virtio_crypto_req_decode(); NULL if the device is broken, or is now, because
 * the request's buffers are not RAM.
 */
VirtIOCryptoReq *virtio_crypto_migrated_take(VirtIOCryptoMigratedReqs *reqs,
                                             VirtIOCryptoQueue *queue);

/**
 * virtio_crypto_migrated_clear:
 * @reqs: the migrated requests of a queue that does not run
 *
 * Forget them.
 */
void virtio_crypto_migrated_clear(VirtIOCryptoMigratedReqs *reqs);

#endif /* HW_VIRTIO_CRYPTO_MIGRATED_REQUESTS_H */
