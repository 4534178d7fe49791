/*
 * The guest's RAM, looked up without locks
 *
 * This is for devices that run in an IOThread.  They must not access MMIO:
 * that takes the big QEMU lock, whose holder may be waiting for the IOThread.
 * So the rings, the indirect tables and the buffers of a device with a
 * VirtIORam must be RAM.  Memory that the device only reads can be read-only,
 * too: ROM, flash outside programming mode, a read-only NVDIMM.  Looking an
 * address up in a table also costs less than mapping and unmapping it.
 *
 * It does not work under Xen, where QEMU must map and unmap each piece of the
 * guest's RAM.
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
 * Main thread only, like virtio_ram_free().
 *
 * Returns: a table of the RAM and the read-only memory in @as, which follows
 *          changes of the memory map.
 */
VirtIORam *virtio_ram_new(AddressSpace *as);

/**
 * virtio_ram_free:
 * @ram: the table, which no thread uses any more, or NULL
 */
void virtio_ram_free(VirtIORam *ram);

/**
 * virtio_ram_find:
 * @ram: the RAM
 * @addr: a guest-physical address
 * @len: bytes wanted; set to the bytes that are contiguous in host memory, at
 *       least 1 unless the function returns NULL
 * @is_write: whether the caller wants to write
 *
 * The pointer is valid until the caller's RCU critical section ends.
 *
 * Returns: the host address of @addr; NULL if @addr is MMIO or unassigned, or
 *          if it is read-only and @is_write is true.
 */
void *virtio_ram_find(VirtIORam *ram, hwaddr addr, hwaddr *len, bool is_write);

/**
 * virtio_ram_cache:
 * @ram: the RAM
 * @cache: set up for reading the @len bytes; it need not be destroyed
 * @addr: a guest-physical address
 * @len: bytes wanted
 *
 * The cache is valid until the caller's RCU critical section ends.
 *
 * Returns: the bytes in @cache, which can be fewer than @len; 0 if @addr cannot
 *          be read directly.
 */
int64_t virtio_ram_cache(VirtIORam *ram, MemoryRegionCache *cache,
                         hwaddr addr, hwaddr len);

/**
 * virtio_ram_set_dirty:
 * @ram: the RAM
 * @addr: a guest-physical address
 * @len: bytes written, within one piece that virtio_ram_find() returned
 */
void virtio_ram_set_dirty(VirtIORam *ram, hwaddr addr, hwaddr len);

/**
 * virtio_ram_hold:
 * @elem: an element whose buffers are RAM
 *
 * Keep the buffers' memory valid after the RCU critical section that the
 * element was popped in.  Call this within that critical section.
 */
void virtio_ram_hold(const VirtQueueElement *elem);

/**
 * virtio_ram_release:
 * @elem: an element that was given to virtio_ram_hold()
 */
void virtio_ram_release(const VirtQueueElement *elem);

#endif /* HW_VIRTIO_RAM_H */
