/*
 * The virtio crypto device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_H
#define HW_VIRTIO_CRYPTO_H

#include "hw/virtio/virtio.h"
#include "qapi/qapi-types-virtio.h"
#include "qom/object.h"
#include "system/cryptodev.h"
#include "system/iothread.h"

#define TYPE_VIRTIO_CRYPTO "virtio-crypto-device"
OBJECT_DECLARE_SIMPLE_TYPE(VirtIOCrypto, VIRTIO_CRYPTO)

/* The device ID of RFC v1, which is one for experiments */
#define VIRTIO_ID_CRYPTO_RFC 0xffff

/**
 * VirtIOCrypto:
 * @cryptodev: property: the backend
 * @max_sessions: property: how many sessions there may be at once
 * @max_request_size: property: the most bytes that the variable-length
 *                    parameters of a request may have
 * @protocol: property: which wire protocol it is
 * @max_pool_operations: property: how many operations that take long there may
 *                       be at once, of all data queues together
 * @pool_threads: property: how many threads run them, 0: the device chooses
 * @services: properties: the services that the device offers, bit n for the
 *            CryptodevService n
 * @revision_1: property: whether it offers VIRTIO_CRYPTO_F_REVISION_1
 * @stateless: property: whether it offers stateless mode
 * @iothread_vq_mapping: property: the user's threads for the data queues, or
 *                       NULL
 * @wire: the wire protocol
 * @queues: the data queues, as many as the backend says, and the control
 *          queue, by their indexes
 * @threads: the device's own threads, as many as there are data queues; NULL
 *           where there are none
 * @ioeventfd: whether the queues' notifiers are set up
 * @pool: where operations run that take long
 * @sessions: the sessions, by their ids
 * @ctrl_head: the control request that is being decoded, keys and all
 *
 * All of it belongs to the main loop, but for each queue's own.
 */
struct VirtIOCrypto {
    VirtIODevice parent_obj;

    CryptoDevBackend *cryptodev;
    uint32_t max_sessions;
    uint32_t max_request_size;
    uint32_t max_pool_operations;
    uint32_t pool_threads;
    VirtioCryptoProtocol protocol;
    uint32_t services;
    bool revision_1;
    bool stateless;
    IOThreadVirtQueueMappingList *iothread_vq_mapping;

    const struct VirtIOCryptoWire *wire;
    struct VirtIOCryptoQueue *queues;
    IOThread **threads;
    bool ioeventfd;
    struct VirtIOCryptoPool *pool;
    struct VirtIOCryptoSessions *sessions;
    uint8_t *ctrl_head;
};

/* How many data queues and control queues there are, together */
static inline unsigned int virtio_crypto_num_queues(const VirtIOCrypto *s)
{
    return s->cryptodev->queues + 1;
}

#endif /* HW_VIRTIO_CRYPTO_H */
