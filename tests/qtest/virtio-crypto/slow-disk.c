/*
 * A virtio disk that takes its time
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../libqtest.h"
#include "standard-headers/linux/virtio_blk.h"
#include "standard-headers/linux/virtio_config.h"
#include "standard-headers/linux/virtio_pci.h"
#include "slow-disk.h"

#define SLOT        7
#define SECTOR_LEN  512
#define HEADER_LEN  sizeof(struct virtio_blk_outhdr)

/* @request has the header of a request to read, its sector and its status */
struct SlowDisk {
    QVirtioPCIDevice *pci;
    QGuestAllocator *alloc;
    QVirtQueue *vq;
    uint64_t request;
};

SlowDisk *slow_disk_new(QPCIBus *bus, QGuestAllocator *alloc)
{
    QPCIAddress addr = { .devfn = QPCI_DEVFN(SLOT, 0) };
    SlowDisk *disk = g_new0(SlowDisk, 1);

    disk->pci = virtio_pci_new(bus, &addr);
    g_assert_nonnull(disk->pci);
    qvirtio_pci_device_enable(disk->pci);
    disk->alloc = alloc;
    disk->request = guest_alloc(alloc, HEADER_LEN + SECTOR_LEN + 1);
    return disk;
}

static void forget_queue(SlowDisk *disk)
{
    if (disk->vq) {
        qvirtqueue_cleanup(disk->pci->vdev.bus, disk->vq, disk->alloc);
        disk->vq = NULL;
    }
}

void slow_disk_stop(SlowDisk *disk)
{
    qvirtio_reset(&disk->pci->vdev);
    forget_queue(disk);
}

void slow_disk_free(SlowDisk *disk)
{
    slow_disk_stop(disk);
    guest_free(disk->alloc, disk->request);
    qvirtio_pci_destructor(&disk->pci->obj);
    g_free(disk->pci);
    g_free(disk);
}

static void start(SlowDisk *disk)
{
    QVirtioDevice *vdev = &disk->pci->vdev;

    qvirtio_start_device(vdev);
    qvirtio_set_features(vdev, 1ull << VIRTIO_F_VERSION_1);
    forget_queue(disk);
    disk->vq = qvirtqueue_setup(vdev, disk->alloc, 0);
    qvirtio_set_driver_ok(vdev);
}

void slow_disk_read(SlowDisk *disk)
{
    QTestState *qts = disk->pci->pdev->bus->qts;
    uint64_t at = disk->request;
    uint32_t head;

    start(disk);
    /* Of type 0, which is to read, and sector 0 */
    qtest_memset(qts, at, 0, HEADER_LEN);
    head = qvirtqueue_add(qts, disk->vq, at, HEADER_LEN, false, true);
    qvirtqueue_add(qts, disk->vq, at + HEADER_LEN, SECTOR_LEN, true, true);
    qvirtqueue_add(qts, disk->vq, at + HEADER_LEN + SECTOR_LEN, 1, true,
                   false);
    qvirtqueue_kick(qts, &disk->pci->vdev, disk->vq, head);
}

uint64_t slow_disk_status(SlowDisk *disk)
{
    return disk->pci->bar.addr + disk->pci->common_cfg_offset +
           VIRTIO_PCI_COMMON_STATUS;
}

bool slow_disk_was_reset(SlowDisk *disk)
{
    return !disk->pci->vdev.bus->get_status(&disk->pci->vdev);
}
