/*
 * The virtio crypto device: event notifiers of its queues
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_NOTIFIERS_H
#define HW_VIRTIO_CRYPTO_NOTIFIERS_H

#include "hw/virtio/virtio-crypto.h"

/**
 * virtio_crypto_set_notifiers:
 * @s: a device that is plugged, and whose bus has ioeventfd
 *
 * Set up a host notifier for the kicks of each queue, and a guest notifier for
 * its interrupts.  Main thread only.
 *
 * Returns: 0, or a negative errno with nothing set up.
 */
int virtio_crypto_set_notifiers(VirtIOCrypto *s);

/**
 * virtio_crypto_clear_notifiers:
 * @s: a device whose notifiers are set up, but not used by any queue
 */
void virtio_crypto_clear_notifiers(VirtIOCrypto *s);

#endif /* HW_VIRTIO_CRYPTO_NOTIFIERS_H */
