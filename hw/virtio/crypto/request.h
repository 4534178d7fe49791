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

#include "computation.h"
#include "queue.h"
#include "sessions.h"
#include "wire.h"

/**
 * VirtIOCryptoNeeds:
 * @sessions: the table that @session_id is from, and whose backend made
 *            @own_session
 * @session_id: the session that a request uses, or 0
 * @own_session: the session that came with a stateless request, or NULL
 * @computation: what runs instead of an operation, or NULL
 *
 * What a request holds until its operation is complete.
 */
typedef struct VirtIOCryptoNeeds {
    VirtIOCryptoSessions *sessions;
    uint64_t session_id;
    CryptoDevSession *own_session;
    VirtIOCryptoComputation *computation;
} VirtIOCryptoNeeds;

/**
 * virtio_crypto_needs_clear:
 * @needs: what a request needed; @sessions stays
 *
 * Give back and free what it holds.  Any thread may call this.
 */
void virtio_crypto_needs_clear(VirtIOCryptoNeeds *needs);

/**
 * VirtIOCryptoReq:
 * @elem: the chain of descriptors; virtqueue_pop() allocates it, so it is first
 * @writable: bytes that the device may write
 * @needs: what it holds until it is answered.  With a computation, @op has only
 *         its destination and its outcome.
 * @begun: when it was taken, if that is traced, by get_clock(); else 0
 * @op: the operation, or NULL if the request failed before it had one
 * @service: the service of the operation
 * @operation: its CryptoDevOpType, or the number of the computation
 * @bytes: bytes of its source
 * @status: the outcome of a request without an operation
 * @head: the device's own copy of the first bytes
 */
typedef struct VirtIOCryptoReq {
    VirtQueueElement elem;
    size_t writable;
    VirtIOCryptoNeeds needs;
    int64_t begun;
    CryptoDevOp *op;
    CryptodevService service;
    uint32_t operation;
    size_t bytes;
    CryptoDevStatus status;
    uint8_t head[VIRTIO_CRYPTO_DATA_HEAD_MAX];
} VirtIOCryptoReq;

/**
 * virtio_crypto_req_decode:
 * @queue: the queue that the request came from, of the calling thread
 * @req: a request that has its @elem only
 * @op: where its operation goes, if it has one; it points into the guest's
 *      memory
 *
 * Decode a request, and take hold of the session that it runs on.
 *
 * Returns: false if the chain has no place for a status: then the request is
 * freed, and the device is broken.
 */
bool virtio_crypto_req_decode(VirtIOCryptoQueue *queue, VirtIOCryptoReq *req,
                              CryptoDevOp *op);

/**
 * virtio_crypto_req_answer:
 * @queue: the queue that the requests came from, of the calling thread
 * @stats: where they are counted
 * @reqs: the requests, whose operations are complete; they are freed
 * @n: how many there are
 *
 * Answer requests: one flush, and one notification.  Within an RCU critical
 * section only.
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
