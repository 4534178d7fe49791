/*
 * The virtio crypto device: the choice of its wire protocol
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_PROTOCOL_H
#define HW_VIRTIO_CRYPTO_PROTOCOL_H

#include "hw/qdev-properties.h"
#include "wire.h"

/* The property of a VirtIOCrypto that holds a VirtioCryptoProtocol */
extern const PropertyInfo virtio_crypto_prop_protocol;

/**
 * virtio_crypto_find_wire:
 * @protocol: a wire protocol
 *
 * Returns: its functions.
 */
const VirtIOCryptoWire *virtio_crypto_find_wire(VirtioCryptoProtocol protocol);

#endif /* HW_VIRTIO_CRYPTO_PROTOCOL_H */
