/*
 * The virtio crypto device: memory of requests, to be used again
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_SPARE_REQUESTS_H
#define HW_VIRTIO_CRYPTO_SPARE_REQUESTS_H

#include "request.h"

/* The most that are kept: as many as a batch has */
#define VIRTIO_CRYPTO_SPARE_REQS 64

/**
 * VirtIOCryptoSpareReqs:
 * @n: how many there are
 * @reqs: requests that have ended; all have room for a chain of the same length
 *
 * Memory that the next requests of a queue get, which is in the processor's
 * cache.  It belongs to the queue's context.  Builds with AddressSanitizer keep
 * none.
 */
struct VirtIOCryptoSpareReqs {
    unsigned int n;
    VirtIOCryptoReq *reqs[VIRTIO_CRYPTO_SPARE_REQS];
};

/**
 * virtio_crypto_spare_reqs_pop:
 * @spares: the memory of the queue's requests; at first all zero
 * @vq: the queue's virtqueue
 *
 * Take the next request off the virtqueue, within an RCU critical section.
 *
 * Returns: the request, with its @elem and @spares only, for
 * virtio_crypto_req_decode(); NULL if there is none.
 */
VirtIOCryptoReq *virtio_crypto_spare_reqs_pop(VirtIOCryptoSpareReqs *spares,
                                              VirtQueue *vq);

/**
 * virtio_crypto_spare_reqs_give:
 * @spares: what virtio_crypto_spare_reqs_pop() has stored in the request, NULL
 *          for a request that it has not made
 * @req: a request that has ended, whose secrets the caller has wiped
 *
 * Keep the request's memory, or free it.
 */
void virtio_crypto_spare_reqs_give(VirtIOCryptoSpareReqs *spares,
                                   VirtIOCryptoReq *req);

/**
 * virtio_crypto_spare_reqs_clear:
 * @spares: the memory of a queue that has no requests any more
 *
 * Free what is kept.  Main thread only.
 */
void virtio_crypto_spare_reqs_clear(VirtIOCryptoSpareReqs *spares);

#endif /* HW_VIRTIO_CRYPTO_SPARE_REQUESTS_H */
