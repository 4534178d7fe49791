/*
 * The virtio crypto device: its capabilities in a migration stream
 *
 * This section comes before the device's own in a stream.  So the destination
 * can name what it lacks before the virtio core compares the features and the
 * queues, and reports mere numbers.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_CAPABILITY_STATE_H
#define HW_VIRTIO_CRYPTO_CAPABILITY_STATE_H

#include "hw/virtio/virtio-crypto.h"

/**
 * virtio_crypto_capabilities_register:
 * @s: a device that is being realized
 *
 * Put the device's protocol, number of queues, size of requests and
 * capabilities into migration streams, and refuse streams whose source had
 * more than this device.
 */
void virtio_crypto_capabilities_register(VirtIOCrypto *s);

/**
 * virtio_crypto_capabilities_unregister:
 * @s: a device that was given to virtio_crypto_capabilities_register()
 */
void virtio_crypto_capabilities_unregister(VirtIOCrypto *s);

#endif /* HW_VIRTIO_CRYPTO_CAPABILITY_STATE_H */
