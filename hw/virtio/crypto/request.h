/*
 * The virtio crypto device: a data request
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_REQ_H
#define HW_VIRTIO_CRYPTO_REQ_H

#include "hw/virtio/virtio-crypto.h"
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
 * @status: the outcome of a request without an operation
 * @head: the device's own copy of the first bytes
 *
 * A data request.
 */
struct VirtIOCryptoReq {
    VirtQueueElement elem;
    size_t writable;
    VirtIOCryptoNeeds needs;
    int64_t begun;
    CryptoDevOp *op;
    CryptoDevStatus status;
    uint8_t head[VIRTIO_CRYPTO_DATA_HEAD_MAX];
};

/**
 * virtio_crypto_complete_reqs:
 * @queue: the queue that they came from
 * @n: how many there are, in @queue->reqs; they are freed
 *
 * Answer requests: one flush, and one notification.  Within an RCU critical
 * section only.
 */
void virtio_crypto_complete_reqs(VirtIOCryptoQueue *queue, unsigned int n);

/**
 * virtio_crypto_discard_req:
 * @queue: the queue that it came from
 * @req: a request that is not answered; it is freed
 */
void virtio_crypto_discard_req(VirtIOCryptoQueue *queue,
                               VirtIOCryptoReq *req);

#endif /* HW_VIRTIO_CRYPTO_REQ_H */
