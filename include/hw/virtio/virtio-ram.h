/*
 * The guest's RAM, for devices that take no other memory
 *
 * A device that is served outside the main loop must not touch what is not
 * RAM: such memory answers under the big lock only, and its holder may be
 * waiting for the device's thread.  So the rings, the indirect tables and the
 * buffers of a device that has a VirtIORam must be RAM.  Those that the device
 * only reads may be in read-only memory, too: ROM, flash while it is not being
 * programmed, an NVDIMM whose file must not change.  Addresses are looked up in
 * a table, which costs less than to map and unmap each.
 *
 * There must be no Xen: the guest's RAM has no lasting place in QEMU's memory
 * then, and each piece has to be mapped and unmapped.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_RAM_H
#define HW_VIRTIO_RAM_H

#include "hw/virtio/virtio.h"

typedef struct VirtIORam VirtIORam;

/**
 * virtio_ram_new:
 * @as: an address space without an IOMMU
 *
 * Main thread only, as virtio_ram_free() is.
 *
 * Returns: the RAM and the read-only memory of @as, kept up to date from then
 *          on.
 */
VirtIORam *virtio_ram_new(AddressSpace *as);

/**
 * virtio_ram_free:
 * @ram: what nobody uses any more, or NULL
 */
void virtio_ram_free(VirtIORam *ram);

/**
 * virtio_ram_find:
 * @ram: the RAM
 * @addr: a guest-physical address
 * @len: bytes that are wanted; set to how many of them lie in one piece, at
 *       least 1 unless NULL is returned
 * @is_write: true if they are to be written
 *
 * The result is good until the caller's RCU critical section ends.
 *
 * Returns: where @addr is in the host's memory; or NULL if it is no RAM, or
 *          read-only memory and to be written.
 */
void *virtio_ram_find(VirtIORam *ram, hwaddr addr, hwaddr *len, bool is_write);

/**
 * virtio_ram_cache:
 * @ram: the RAM
 * @cache: made a cache of the @len bytes, as virtio_ram_find() finds them to
 *         be read; it need not be destroyed
 * @addr: a guest-physical address
 * @len: bytes that are wanted
 *
 * Returns: how many of them are in @cache; 0 if there are none to read.
 */
int64_t virtio_ram_cache(VirtIORam *ram, MemoryRegionCache *cache,
                         hwaddr addr, hwaddr len);

/**
 * virtio_ram_set_dirty:
 * @ram: the RAM
 * @addr: a guest-physical address
 * @len: bytes that were written there, in one piece that virtio_ram_find()
 *       found
 */
void virtio_ram_set_dirty(VirtIORam *ram, hwaddr addr, hwaddr len);

/**
 * virtio_ram_hold:
 * @elem: an element whose buffers are RAM
 *
 * Keep the memory of its buffers beyond the end of the RCU critical section
 * that it was popped in, which is the caller's.
 */
void virtio_ram_hold(const VirtQueueElement *elem);

/**
 * virtio_ram_release:
 * @elem: an element that was given to virtio_ram_hold()
 */
void virtio_ram_release(const VirtQueueElement *elem);

#endif /* HW_VIRTIO_RAM_H */
