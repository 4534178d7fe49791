/*
 * The virtio crypto device: what the driver knows of the backend's readiness
 *
 * The driver reads it in configuration space, if the wire protocol has it
 * there.  It gets an interrupt when it has to read it again, which is not
 * possible before it has started the device, nor while the machine is stopped.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_READINESS_H
#define HW_VIRTIO_CRYPTO_READINESS_H

#include "hw/virtio/virtio-crypto.h"
#include "migration/vmstate.h"

/*
 * A subsection, for a driver that knows that the backend is not ready.  In
 * pre_load, VirtIOCrypto's @told_ready becomes true.
 */
extern const VMStateDescription virtio_crypto_readiness_vmstate;

/*
 * All functions below are for the main thread.
 */

/**
 * virtio_crypto_readiness_init:
 * @s: a device that is being realized
 */
void virtio_crypto_readiness_init(VirtIOCrypto *s);

/**
 * virtio_crypto_readiness_cleanup:
 * @s: a device that is being unrealized
 */
void virtio_crypto_readiness_cleanup(VirtIOCrypto *s);

/**
 * virtio_crypto_readiness_reset:
 * @s: a device whose driver starts over
 */
void virtio_crypto_readiness_reset(VirtIOCrypto *s);

/**
 * virtio_crypto_readiness_changed:
 * @s: a device whose backend's readiness may have changed
 */
void virtio_crypto_readiness_changed(VirtIOCrypto *s);

/**
 * virtio_crypto_readiness_loaded:
 * @s: a device whose status, and what its driver knows, came in a stream
 */
void virtio_crypto_readiness_loaded(VirtIOCrypto *s);

/**
 * virtio_crypto_readiness_tell:
 * @s: a device that may have been started, and is not unplugged
 *
 * Soon interrupt the driver if it does not know what is so, and can be told.
 */
void virtio_crypto_readiness_tell(VirtIOCrypto *s);

#endif /* HW_VIRTIO_CRYPTO_READINESS_H */
