/*
 * The virtio crypto device: memory of requests, to be used again
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "spare-requests.h"

/* Chains with more buffers than this are rare, and get memory of their own */
#define BUFFERS 16

/* Bytes of a request with that many */
static size_t req_size(void)
{
    return virtqueue_element_size(sizeof(VirtIOCryptoReq), BUFFERS);
}

static bool has_room(const VirtIOCryptoSpareReqs *spares)
{
#ifdef QEMU_SANITIZE_ADDRESS
    /* It finds a use after g_free() only, so nothing is kept for it to miss. */
    return false;
#else
    return spares->n < VIRTIO_CRYPTO_SPARE_REQS;
#endif
}

static VirtIOCryptoReq *take(VirtIOCryptoSpareReqs *spares)
{
    return spares->n ? spares->reqs[--spares->n] : g_malloc(req_size());
}

void virtio_crypto_spare_reqs_give(VirtIOCryptoSpareReqs *spares,
                                   VirtIOCryptoReq *req)
{
    if (spares && has_room(spares)) {
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
                                              req_size());

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
