/*
 * The virtio crypto device: sessions and requests in a migration stream
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_MIGRATION_H
#define HW_VIRTIO_CRYPTO_MIGRATION_H

#include "migration/vmstate.h"

/*
 * What VirtioDeviceClass's @vmsd is to be.  The queues do not run while a state
 * is saved or loaded; what a load brings is served when they do.
 */
extern const VMStateDescription virtio_crypto_vmstate;

#endif /* HW_VIRTIO_CRYPTO_MIGRATION_H */
