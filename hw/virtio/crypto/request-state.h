/*
 * The virtio crypto device: requests in flight in a migration stream
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_REQUEST_STATE_H
#define HW_VIRTIO_CRYPTO_REQUEST_STATE_H

#include "migration/vmstate.h"
#include "data-queue.h"

/**
 * virtio_crypto_requests_save:
 * @dev: a device whose queues are paused
 * @f: a migration stream
 * @vmdesc: where what is saved is described, or NULL
 *
 * Save the requests that the queues have not answered.  Main thread only.
 *
 * Returns: 0; or a negative errno, with an error reported, if that cannot be:
 * with VIRTIO_F_IN_ORDER the virtqueue has a memory of them, which does not
 * move.
 */
int virtio_crypto_requests_save(VirtIOCrypto *dev, QEMUFile *f,
                                JSONWriter *vmdesc);

/**
 * virtio_crypto_requests_load:
 * @dev: a device whose queues do not run, and have no migrated requests
 * @f: a migration stream, which is not to be trusted
 *
 * Load what virtio_crypto_requests_save() has saved.  Main thread only.
 *
 * Returns: 0, or a negative errno, with an error reported: the queues have some
 * of the requests then.
 */
int virtio_crypto_requests_load(VirtIOCrypto *dev, QEMUFile *f);

/**
 * virtio_crypto_requests_count:
 * @data: a queue that does not run
 *
 * Returns: how many requests of the queue are, or came, in a stream.
 */
uint32_t virtio_crypto_requests_count(const VirtIOCryptoDataQueue *data);

#endif /* HW_VIRTIO_CRYPTO_REQUEST_STATE_H */
