/*
 * The virtio crypto device: sessions and requests in a migration stream
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_MIGRATION_H
#define HW_VIRTIO_CRYPTO_MIGRATION_H

#include "migration/vmstate.h"

/*
 * For VirtioDeviceClass's @vmsd.  The queues do not run while state is saved
 * or loaded; they serve migrated requests when they start.
 */
extern const VMStateDescription virtio_crypto_vmstate;

#endif /* HW_VIRTIO_CRYPTO_MIGRATION_H */
