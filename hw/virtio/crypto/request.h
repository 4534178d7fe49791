/*
 * The virtio crypto device: a data request
 *
 * A request is a chain of descriptors that was taken off its virtqueue, or came
 * in a migration stream.  Once it is decoded it has an operation, or it has
 * failed.  It ends when it is answered or discarded.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_REQUEST_H
#define HW_VIRTIO_CRYPTO_REQUEST_H

#include "queue.h"
#include "sessions.h"
#include "task.h"
#include "wire.h"

/* See spare-requests.h */
typedef struct VirtIOCryptoSpareReqs VirtIOCryptoSpareReqs;

/**
 * VirtIOCryptoReq:
 * @elem: the chain of descriptors; virtqueue_pop() makes it, so it is first
 * @spares: where its memory goes when it ends, or NULL for g_free()
 * @writable: bytes that the device may write
 * @session: the session that it runs on
 * @task: the task if it completes later or is a computation, or NULL
 * @begun: when it was taken, if that is traced, by get_clock(); else 0
 * @op: the operation, of a batch or of @task; NULL if the request failed
 *      before it had one
 * @service: the service of the operation
 * @operation: its CryptoDevOpType, or the number of the computation
 * @bytes: bytes of its source
 * @status: the outcome of a request without an operation
 * @head: the device's own copy of the first bytes
 */
struct VirtIOCryptoReq {
    VirtQueueElement elem;
    VirtIOCryptoSpareReqs *spares;
    size_t writable;
    VirtIOCryptoSessionUse session;
    VirtIOCryptoTask *task;
    int64_t begun;
    CryptoDevOp *op;
    CryptodevService service;
    uint32_t operation;
    size_t bytes;
    CryptoDevStatus status;
    uint8_t head[VIRTIO_CRYPTO_DATA_HEAD_MAX];
};

/**
 * virtio_crypto_req_decode:
 * @queue: the queue that the request came from, of the calling thread
 * @refs: references to sessions that the calling thread takes ahead
 * @req: a request that has its @elem and @spares only
 * @op: where its operation goes, if it has one; it points into the guest's
 *      memory
 *
 * Decode a request, and take hold of the session that it runs on.  A
 * computation has its @task then.
 *
 * Returns: false if the chain has no place for a status: then the request is
 * freed, and the device is broken.
 */
bool virtio_crypto_req_decode(VirtIOCryptoQueue *queue,
                              VirtIOCryptoSessionRefs *refs,
                              VirtIOCryptoReq *req, CryptoDevOp *op);

/**
 * virtio_crypto_req_answer:
 * @queue: the queue that the requests came from, of the calling thread
 * @stats: where they are counted
 * @reqs: the requests, whose operations are complete; they are freed
 * @n: how many there are
 *
 * Answer requests: one notification, and one flush or two.  Within an RCU
 * critical section only.
 */
void virtio_crypto_req_answer(VirtIOCryptoQueue *queue, CryptoDevStats *stats,
                              VirtIOCryptoReq **reqs, unsigned int n);

/**
 * virtio_crypto_req_discard:
 * @queue: the queue that the request came from, of the calling thread
 * @req: a request that is not answered; it is freed
 */
void virtio_crypto_req_discard(VirtIOCryptoQueue *queue,
                               VirtIOCryptoReq *req);

#endif /* HW_VIRTIO_CRYPTO_REQUEST_H */
