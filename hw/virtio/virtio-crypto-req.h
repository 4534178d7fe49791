/*
 * The virtio crypto device: a data request
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_REQ_H
#define HW_VIRTIO_CRYPTO_REQ_H

#include "hw/virtio/virtio-crypto.h"
#include "virtio-crypto-compute.h"
#include "virtio-crypto-queue.h"
#include "virtio-crypto-wire.h"

/**
 * VirtIOCryptoReq:
 * @elem: the chain of descriptors; virtqueue_pop() allocates it, so it is first
 * @writable: bytes that the device may write
 * @session_id: the session that the request uses, or 0
 * @own_session: the session that came with a stateless request, or NULL
 * @begun: when it was taken, if that is traced, by get_clock(); else 0
 * @op: the operation, or NULL if the request failed before it had one
 * @computation: what runs instead of @op, which then has only its destination
 *               and its outcome; or NULL
 * @status: the outcome of a request without an operation
 * @head: the device's own copy of the first bytes
 *
 * A data request.
 */
struct VirtIOCryptoReq {
    VirtQueueElement elem;
    size_t writable;
    uint64_t session_id;
    CryptoDevSession *own_session;
    int64_t begun;
    CryptoDevOp *op;
    VirtIOCryptoComputation *computation;
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
