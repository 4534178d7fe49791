/*
 * The virtio crypto device: a data queue
 *
 * Its requests are taken by the batch.  Most of them run at once, together;
 * those that take long run in the pool, and are answered when they are
 * complete.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_DATA_QUEUE_H
#define HW_VIRTIO_CRYPTO_DATA_QUEUE_H

#include "qemu/queue.h"
#include "queue.h"
#include "request.h"

/* The most requests that go to the backend together */
#define VIRTIO_CRYPTO_BATCH_REQUESTS 64

typedef struct VirtIOCryptoDataQueue VirtIOCryptoDataQueue;
typedef struct VirtIOCryptoMigratedReq VirtIOCryptoMigratedReq;
typedef QSLIST_HEAD(, VirtIOCryptoJob) VirtIOCryptoJobs;

/**
 * VirtIOCryptoDataQueue:
 * @queue: the queue
 * @turn_bytes: bytes of data of this turn, or what takes as long
 * @jobs: operations that were given to the pool, in the order in which they
 *        came
 * @in_pool: the sum of these and of those that were disowned and still run,
 *           which the pool's threads count off
 * @in_pool_max: how many there can be; requests wait behind them
 * @finished: those of them that are complete; the pool's threads add to it
 * @taken_back: those of these that the queue's context has seen
 * @migrated: requests of a migration stream, which come before those of the
 *            virtqueue
 * @stats: what was answered
 * @reqs: the requests of a batch
 * @ops: the operations of a batch
 *
 * It belongs to the queue's context, but for @finished, @in_pool and @stats,
 * which others read.
 */
struct VirtIOCryptoDataQueue {
    VirtIOCryptoQueue queue;
    size_t turn_bytes;
    QTAILQ_HEAD(, VirtIOCryptoJob) jobs;
    uint32_t in_pool;
    uint32_t in_pool_max;
    VirtIOCryptoJobs finished;
    VirtIOCryptoJobs taken_back;
    QSIMPLEQ_HEAD(, VirtIOCryptoMigratedReq) migrated;
    CryptoDevStats stats;
    VirtIOCryptoReq *reqs[VIRTIO_CRYPTO_BATCH_REQUESTS];
    CryptoDevOp ops[VIRTIO_CRYPTO_BATCH_REQUESTS];
};

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

#endif /* HW_VIRTIO_CRYPTO_DATA_QUEUE_H */
