/*
 * The virtio crypto device: memory of requests, to be used again
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "spare-requests.h"

/* Chains with more buffers than this are rare, and get memory of their own */
#define BUFFERS 16

/* The request, and then an address and an iovec for each buffer */
#define REQ_SIZE (ROUND_UP(sizeof(VirtIOCryptoReq), sizeof(hwaddr)) +       \
                  BUFFERS * (sizeof(hwaddr) + sizeof(struct iovec)))

static VirtIOCryptoReq *take(VirtIOCryptoSpareReqs *spares)
{
    return spares->n ? spares->reqs[--spares->n] : g_malloc(REQ_SIZE);
}

void virtio_crypto_spare_reqs_give(VirtIOCryptoSpareReqs *spares,
                                   VirtIOCryptoReq *req)
{
    if (spares && spares->n < VIRTIO_CRYPTO_SPARE_REQS) {
        spares->reqs[spares->n++] = req;
    } else {
        g_free(req);
    }
}

VirtIOCryptoReq *virtio_crypto_spare_reqs_pop(VirtIOCryptoSpareReqs *spares,
                                              VirtQueue *vq)
{
    VirtIOCryptoReq *room = take(spares);
    VirtIOCryptoReq *req = virtqueue_pop_into(vq, sizeof(*req), room,
                                              REQ_SIZE);

    if (req != room) {
        virtio_crypto_spare_reqs_give(spares, room);
    }
    if (req) {
        req->spares = req == room ? spares : NULL;
    }
    return req;
}

void virtio_crypto_spare_reqs_clear(VirtIOCryptoSpareReqs *spares)
{
    while (spares->n) {
        g_free(take(spares));
    }
}
