/*
 * The virtio crypto device: the control queue
 *
 * Its requests create and destroy sessions.  The main loop serves it: creating
 * a session is not hurried.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_CONTROL_QUEUE_H
#define HW_VIRTIO_CRYPTO_CONTROL_QUEUE_H

#include "queue.h"

/**
 * VirtIOCryptoControlQueue:
 * @queue: the queue
 * @head: the request that is being decoded, keys and all
 */
typedef struct VirtIOCryptoControlQueue {
    VirtIOCryptoQueue queue;
    uint8_t *head;
} VirtIOCryptoControlQueue;

/**
 * virtio_crypto_control_queue_new:
 * @dev: a device that has its wire protocol
 * @vq: the virtqueue
 *
 * Main thread only.
 *
 * Returns: the queue, for virtio_crypto_queue_destroy() and then
 * virtio_crypto_control_queue_free().
 */
VirtIOCryptoControlQueue *virtio_crypto_control_queue_new(VirtIOCrypto *dev,
                                                          VirtQueue *vq);

/**
 * virtio_crypto_control_queue_free:
 * @control: a queue that was destroyed, and that no caller up the stack is
 *           serving any more; or NULL
 */
void virtio_crypto_control_queue_free(VirtIOCryptoControlQueue *control);

#endif /* HW_VIRTIO_CRYPTO_CONTROL_QUEUE_H */
