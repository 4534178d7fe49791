/*
 * The virtio crypto device: requests in a migration stream
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

#include "migration/qemu-file-types.h"
#include "data-queue.h"

/**
 * virtio_crypto_migrated_put:
 * @data: a queue that is paused
 * @f: a migration stream
 *
 * Write the requests that the queue has not answered to the stream.  Main
 * thread only.
 *
 * Returns: false, with an error reported, if that cannot be: with
 * VIRTIO_F_IN_ORDER the virtqueue has a memory of them, which does not move.
 */
bool virtio_crypto_migrated_put(VirtIOCryptoDataQueue *data, QEMUFile *f);

/**
 * virtio_crypto_migrated_get:
 * @data: a queue that does not run, and has no migrated requests
 * @f: a migration stream, which is not to be trusted
 *
 * Read what virtio_crypto_migrated_put() wrote.  Main thread only.
 *
 * Returns: false, with an error reported, if that failed.
 */
bool virtio_crypto_migrated_get(VirtIOCryptoDataQueue *data, QEMUFile *f);

/**
 * virtio_crypto_migrated_take:
 * @data: a queue that has migrated requests
 * @size: bytes of the element and what surrounds it, as for virtqueue_pop()
 *
 * Take the first one, within an RCU critical section as virtqueue_pop() does.
 *
 * Returns: the element; NULL if the device is broken, or is now, because its
 * buffers are no memory.
 */
void *virtio_crypto_migrated_take(VirtIOCryptoDataQueue *data, size_t size);

/**
 * virtio_crypto_migrated_count:
 * @data: a queue that does not run
 *
 * Returns: how many requests of the queue are, or came, in a stream.
 */
uint32_t virtio_crypto_migrated_count(const VirtIOCryptoDataQueue *data);

/**
 * virtio_crypto_migrated_clear:
 * @data: a queue that does not run
 *
 * Forget its migrated requests.
 */
void virtio_crypto_migrated_clear(VirtIOCryptoDataQueue *data);

#endif /* HW_VIRTIO_CRYPTO_MIGRATED_REQUESTS_H */
