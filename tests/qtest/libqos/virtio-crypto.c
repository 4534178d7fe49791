/*
 * libqos nodes of the virtio-crypto device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../libqtest.h"
#include "qemu/module.h"
#include "standard-headers/linux/virtio_ids.h"
#include "virtio-crypto.h"

#define PCI_SLOT 4

static void *get_interface(QVirtioCrypto *crypto, const char *interface)
{
    if (g_str_equal(interface, "virtio-crypto")) {
        return crypto;
    }
    if (g_str_equal(interface, "virtio")) {
        return crypto->vdev;
    }
    g_error("virtio-crypto does not produce %s", interface);
}

static void *device_get_driver(void *object, const char *interface)
{
    QVirtioCryptoDevice *device = object;

    return get_interface(&device->crypto, interface);
}

static void *create_device(void *virtio_bus, QGuestAllocator *alloc,
                           void *arg)
{
    QVirtioCryptoDevice *device = g_new0(QVirtioCryptoDevice, 1);

    device->crypto.vdev = virtio_bus;
    g_assert_cmphex(device->crypto.vdev->device_type, ==, VIRTIO_ID_CRYPTO);
    device->obj.get_driver = device_get_driver;
    return &device->obj;
}

static void *pci_get_driver(void *object, const char *interface)
{
    QVirtioCryptoPCI *pci = object;

    if (g_str_equal(interface, "pci-device")) {
        return pci->pci_vdev.pdev;
    }
    return get_interface(&pci->crypto, interface);
}

static void *create_pci(void *pci_bus, QGuestAllocator *alloc, void *addr)
{
    QVirtioCryptoPCI *pci = g_new0(QVirtioCryptoPCI, 1);

    virtio_pci_init(&pci->pci_vdev, pci_bus, addr);
    pci->crypto.vdev = &pci->pci_vdev.vdev;
    g_assert_cmphex(pci->crypto.vdev->device_type, ==, VIRTIO_ID_CRYPTO);
    pci->pci_vdev.obj.get_driver = pci_get_driver;
    return &pci->pci_vdev.obj;
}

static void register_nodes(void)
{
    QPCIAddress addr = { .devfn = QPCI_DEVFN(PCI_SLOT, 0) };
    QOSGraphEdgeOptions opts = {
        .before_cmd_line = " -object " QVIRTIO_CRYPTO_BACKEND,
        .extra_device_opts = "cryptodev=c0",
    };

    qos_node_create_driver("virtio-crypto-device", create_device);
    qos_node_consumes("virtio-crypto-device", "virtio-bus", &opts);
    qos_node_produces("virtio-crypto-device", "virtio");
    qos_node_produces("virtio-crypto-device", "virtio-crypto");

    opts.extra_device_opts = "cryptodev=c0,addr=" stringify(PCI_SLOT) ".0";
    add_qpci_address(&opts, &addr);
    qos_node_create_driver("virtio-crypto-pci", create_pci);
    qos_node_consumes("virtio-crypto-pci", "pci-bus", &opts);
    qos_node_produces("virtio-crypto-pci", "pci-device");
    qos_node_produces("virtio-crypto-pci", "virtio");
    qos_node_produces("virtio-crypto-pci", "virtio-crypto");
}

libqos_init(register_nodes);
