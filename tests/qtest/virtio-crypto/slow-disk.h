/*
 * A slow virtio disk
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A reset during a read waits for the read's end and polls: QEMU's other
 * handlers run in the meantime.
 */

#ifndef TESTS_VIRTIO_CRYPTO_SLOW_DISK_H
#define TESTS_VIRTIO_CRYPTO_SLOW_DISK_H

#include "../libqos/virtio-pci.h"

/* Options for QEMU: a node whose requests take so long; PCI slot 7 */
#define SLOW_DISK_OF(ns)                                                \
    " -blockdev null-co,node-name=slow,size=1048576,latency-ns=" #ns    \
    " -device virtio-blk-pci,drive=slow,addr=7,disable-legacy=on"

/* Longer than any batch */
#define SLOW_DISK SLOW_DISK_OF(500000000)

typedef struct SlowDisk SlowDisk;

SlowDisk *slow_disk_new(QPCIBus *bus, QGuestAllocator *alloc);
void slow_disk_free(SlowDisk *disk);
/* Starts the disk, and lets it read */
void slow_disk_read(SlowDisk *disk);
/* Resets the disk, which waits for its reads */
void slow_disk_stop(SlowDisk *disk);
/* The address of the register that resets it if a 0 is written */
uint64_t slow_disk_status(SlowDisk *disk);
/* Whether it was reset since it was started */
bool slow_disk_was_reset(SlowDisk *disk);

#endif
