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

/* The device ID of RFC v1, for experiments: the standard assigns it to none */
#define VIRTIO_ID_CRYPTO_RFC 0xffff

/**
 * VirtIOCrypto:
 * @cryptodev: property: the backend
 * @max_sessions: property: the most sessions at once
 * @max_request_size: property: the most bytes in the variable-length
 *                    parameters of a request
 * @protocol: property: the wire protocol
 * @max_pool_operations: property: the most long operations in flight, for all
 *                       data queues together
 * @pool_threads: property: threads for long operations; 0: the device chooses
 * @services: properties: the services that the device offers, bit n for the
 *            CryptodevService n
 * @revision_1: property: whether it offers VIRTIO_CRYPTO_F_REVISION_1
 * @stateless: property: whether it offers stateless mode
 * @iothread_vq_mapping: property: the user's threads for the data queues, or
 *                       NULL
 * @wire: the wire protocol
 * @data_queues: the data queues, as many as the backend says
 * @control_queue: the control queue
 * @queues: both, by their indexes
 * @threads: the device's own threads, as many as there are data queues; NULL
 *           where there are none
 * @ioeventfd: whether the queues' notifiers are set up
 * @pool: runs long operations
 * @sessions: the sessions, by their ids
 * @ready_bh: tells the driver whether the backend is ready
 * @told_ready: what the driver was told last
 * @tell_ready: whether the driver must be told, even the same again
 *
 * The main thread alone writes these members, but the queues' contexts use the
 * queues.
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
    struct VirtIOCryptoDataQueue *data_queues;
    struct VirtIOCryptoControlQueue *control_queue;
    struct VirtIOCryptoQueue **queues;
    IOThread **threads;
    bool ioeventfd;
    struct VirtIOCryptoPool *pool;
    struct VirtIOCryptoSessions *sessions;
    QEMUBH *ready_bh;
    bool told_ready;
    bool tell_ready;
};

/* All virtqueues: the data queues and the control queue */
static inline unsigned int virtio_crypto_num_queues(const VirtIOCrypto *s)
{
    return s->cryptodev->queues + 1;
}

#endif /* HW_VIRTIO_CRYPTO_H */
