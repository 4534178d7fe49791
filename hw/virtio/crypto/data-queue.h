/*
 * The virtio crypto device: a data queue
 *
 * Its requests are taken by the batch.  Most of them run at once, together;
 * those that take long are in flight until they are complete.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_DATA_QUEUE_H
#define HW_VIRTIO_CRYPTO_DATA_QUEUE_H

#include "in-flight.h"
#include "migrated-requests.h"
#include "queue.h"
#include "spare-requests.h"

/* The most requests that go to the backend together */
#define VIRTIO_CRYPTO_BATCH_REQUESTS 64

/**
 * VirtIOCryptoDataQueue:
 * @queue: the queue
 * @turn_bytes: bytes of data in this turn, or their equivalent in time
 * @in_flight: its operations that complete later
 * @migrated: requests of a migration stream, which come before those of the
 *            virtqueue
 * @spares: memory for its requests
 * @state: what the backend keeps from batch to batch, or NULL
 * @stats: what was answered
 * @reqs: the requests of a batch
 * @ops: the operations of a batch
 * @computations: the tasks of its quick computations
 *
 * It belongs to the queue's context, but for @stats, which others read.
 */
typedef struct VirtIOCryptoDataQueue {
    VirtIOCryptoQueue queue;
    size_t turn_bytes;
    VirtIOCryptoInFlight *in_flight;
    VirtIOCryptoMigratedReqs migrated;
    VirtIOCryptoSpareReqs spares;
    CryptoDevState *state;
    CryptoDevStats stats;
    VirtIOCryptoReq *reqs[VIRTIO_CRYPTO_BATCH_REQUESTS];
    CryptoDevOp ops[VIRTIO_CRYPTO_BATCH_REQUESTS];
    CryptoDevTask *computations[VIRTIO_CRYPTO_BATCH_REQUESTS];
} VirtIOCryptoDataQueue;

/**
 * virtio_crypto_data_queue_init:
 * @data: the queue to set up, all zero
 * @dev: the device
 * @vq: the virtqueue
 * @context: as for virtio_crypto_queue_init()
 *
 * Main thread only.
 */
void virtio_crypto_data_queue_init(VirtIOCryptoDataQueue *data,
                                   VirtIOCrypto *dev, VirtQueue *vq,
                                   AioContext *context);

/**
 * virtio_crypto_data_queue_leave:
 * @data: a queue that was stopped
 *
 * Operations that it has left in flight do not wake it any more.  Main thread
 * only.
 */
void virtio_crypto_data_queue_leave(VirtIOCryptoDataQueue *data);

/**
 * virtio_crypto_data_queue_clear:
 * @data: a queue that was destroyed, and that no caller up the stack is serving
 *        any more
 *
 * Free what it has, but not @data itself; the backend is still there.  Main
 * thread only.
 */
void virtio_crypto_data_queue_clear(VirtIOCryptoDataQueue *data);

#endif /* HW_VIRTIO_CRYPTO_DATA_QUEUE_H */
