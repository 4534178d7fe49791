/*
 * The virtio crypto device: what it offers, in a migration stream
 *
 * The configuration stands before the device in a stream, so that what the
 * destination cannot offer is named, before QEMU finds numbers that differ.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_OFFER_H
#define HW_VIRTIO_CRYPTO_OFFER_H

#include "hw/virtio/virtio-crypto.h"

/**
 * virtio_crypto_offer_register:
 * @s: a device that is being realized
 *
 * Have the protocol, the number of queues, the size of requests and the
 * capabilities of the device put into migration streams; refuse streams that
 * have what this device has not.
 */
void virtio_crypto_offer_register(VirtIOCrypto *s);

/**
 * virtio_crypto_offer_unregister:
 * @s: a device that was given to virtio_crypto_offer_register()
 */
void virtio_crypto_offer_unregister(VirtIOCrypto *s);

#endif /* HW_VIRTIO_CRYPTO_OFFER_H */
