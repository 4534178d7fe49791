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
#include "qemu/rcu.h"

/**
 * VirtIORamRange:
 * @start: a guest-physical address
 * @len: bytes behind it that are contiguous in host memory
 * @bytes: their host address
 * @region: the memory region that has them
 *
 * Where most addresses of a guest are.
 */
typedef struct VirtIORamRange {
    hwaddr start;
    hwaddr len;
    uint8_t *bytes;
    MemoryRegion *region;
} VirtIORamRange;

/**
 * VirtIORam:
 * @largest: the longest range of RAM, of no length if there is none; protected
 *           by RCU
 *
 * All else is private.
 */
typedef struct VirtIORam {
    const VirtIORamRange *largest;
} VirtIORam;

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
 * virtio_ram_find_soon:
 * @ram: the RAM
 * @addr: a guest-physical address
 * @len: bytes wanted, to read or to write
 *
 * As virtio_ram_find(), but look in the largest range only.
 *
 * Returns: the host address of all @len bytes; NULL if there are none, or if
 *          virtio_ram_find() has to look elsewhere.
 */
static inline void *virtio_ram_find_soon(const VirtIORam *ram, hwaddr addr,
                                         hwaddr len)
{
    const VirtIORamRange *range = qatomic_rcu_read(&ram->largest);
    hwaddr offset = addr - range->start;

    return len && offset < range->len && len <= range->len - offset
           ? range->bytes + offset : NULL;
}

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

/* virtio_ram_set_dirty() where writes are logged, or in another range */
void virtio_ram_log_write(VirtIORam *ram, hwaddr addr, hwaddr len);

/**
 * virtio_ram_set_dirty:
 * @ram: the RAM
 * @addr: a guest-physical address
 * @len: bytes written, within one piece that virtio_ram_find() returned
 *
 * Call this within an RCU critical section, after the write.
 */
static inline void virtio_ram_set_dirty(VirtIORam *ram, hwaddr addr,
                                        hwaddr len)
{
    const VirtIORamRange *range = qatomic_rcu_read(&ram->largest);

    if (addr - range->start >= range->len ||
        memory_region_get_dirty_log_mask(range->region)) {
        virtio_ram_log_write(ram, addr, len);
    }
}

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
