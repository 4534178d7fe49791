/*
 * The virtio crypto device: what its backend can ask it, for the
 * monitors, and tell it: limits or readiness have changed, wake the queues
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_USER_H
#define HW_VIRTIO_CRYPTO_USER_H

#include "system/cryptodev.h"

/* For a user that is a realized VirtIOCrypto */
extern const CryptoDevUserOps virtio_crypto_user_ops;

#endif /* HW_VIRTIO_CRYPTO_USER_H */
