/*
 * A virtio disk that takes its time
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Who resets it while it reads waits for the end of that, and polls: QEMU's
 * other handlers run in the meantime.
 */

#ifndef TESTS_VIRTIO_CRYPTO_SLOW_DISK_H
#define TESTS_VIRTIO_CRYPTO_SLOW_DISK_H

#include "libqos/virtio-pci.h"

/* How long a request of the disk takes */
#define SLOW_DISK_US (G_USEC_PER_SEC / 2)

/* Options for QEMU: a node in its place, PCI slot 7 */
#define SLOW_DISK                                                       \
    " -blockdev null-co,node-name=slow,size=1048576,latency-ns=500000000"    \
    " -device virtio-blk-pci,drive=slow,addr=7,disable-legacy=on"

typedef struct SlowDisk SlowDisk;

SlowDisk *slow_disk_new(QPCIBus *bus, QGuestAllocator *alloc);
void slow_disk_free(SlowDisk *disk);
/* Starts the disk, and lets it read */
void slow_disk_read(SlowDisk *disk);
/* The address of the register that resets it if a 0 is written */
uint64_t slow_disk_status(SlowDisk *disk);
/* Whether it was reset since it was started */
bool slow_disk_was_reset(SlowDisk *disk);

#endif
