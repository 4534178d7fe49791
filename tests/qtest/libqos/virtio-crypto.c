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
#include "virtio-crypto-rfc.h"

#define PCI_SLOT 4

static void *get_interface(QVirtioCrypto *crypto, const char *interface)
{
    if (g_str_equal(interface, "virtio-crypto") ||
        g_str_equal(interface, "virtio-crypto-rfc")) {
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

static void *new_device(void *virtio_bus, uint16_t id)
{
    QVirtioCryptoDevice *device = g_new0(QVirtioCryptoDevice, 1);

    device->crypto.vdev = virtio_bus;
    g_assert_cmphex(device->crypto.vdev->device_type, ==, id);
    device->obj.get_driver = device_get_driver;
    return &device->obj;
}

static void *create_device(void *virtio_bus, QGuestAllocator *alloc,
                           void *arg)
{
    return new_device(virtio_bus, VIRTIO_ID_CRYPTO);
}

static void *create_rfc_device(void *virtio_bus, QGuestAllocator *alloc,
                               void *arg)
{
    return new_device(virtio_bus, QVIRTIO_CRYPTO_RFC_ID);
}

static void *pci_get_driver(void *object, const char *interface)
{
    QVirtioCryptoPCI *pci = object;

    if (g_str_equal(interface, "pci-device")) {
        return pci->pci_vdev.pdev;
    }
    return get_interface(&pci->crypto, interface);
}

static void *new_pci(void *pci_bus, void *addr, uint16_t id)
{
    QVirtioCryptoPCI *pci = g_new0(QVirtioCryptoPCI, 1);

    virtio_pci_init(&pci->pci_vdev, pci_bus, addr);
    pci->crypto.vdev = &pci->pci_vdev.vdev;
    g_assert_cmphex(pci->crypto.vdev->device_type, ==, id);
    pci->pci_vdev.obj.get_driver = pci_get_driver;
    return &pci->pci_vdev.obj;
}

static void *create_pci(void *pci_bus, QGuestAllocator *alloc, void *addr)
{
    return new_pci(pci_bus, addr, VIRTIO_ID_CRYPTO);
}

static void *create_rfc_pci(void *pci_bus, QGuestAllocator *alloc, void *addr)
{
    return new_pci(pci_bus, addr, QVIRTIO_CRYPTO_RFC_ID);
}

/* A node that speaks RFC v1 */
static void register_rfc_node(const char *name, const char *device,
                              QOSCreateDriverFunc create, const char *bus,
                              const QOSGraphEdgeOptions *opts)
{
    g_autofree char *options =
        g_strconcat(opts->extra_device_opts, ",protocol=rfc-v1", NULL);
    QOSGraphEdgeOptions own = *opts;

    own.extra_device_opts = options;
    qos_node_create_driver_named(name, device, create);
    qos_node_consumes(name, bus, &own);
    qos_node_produces(name, "virtio-crypto-rfc");
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

    register_rfc_node("virtio-crypto-rfc-device", "virtio-crypto-device",
                      create_rfc_device, "virtio-bus", &opts);

    opts.extra_device_opts = "cryptodev=c0,addr=" stringify(PCI_SLOT) ".0";
    add_qpci_address(&opts, &addr);
    qos_node_create_driver("virtio-crypto-pci", create_pci);
    qos_node_consumes("virtio-crypto-pci", "pci-bus", &opts);
    qos_node_produces("virtio-crypto-pci", "pci-device");
    qos_node_produces("virtio-crypto-pci", "virtio");
    qos_node_produces("virtio-crypto-pci", "virtio-crypto");
    /* To a legacy device libqos is a legacy driver, else a modern one */
    register_rfc_node("virtio-crypto-rfc-pci", "virtio-crypto-pci",
                      create_rfc_pci, "pci-bus", &opts);
    opts.before_cmd_line = " -global virtio-crypto-pci.disable-modern=on"
                           " -object " QVIRTIO_CRYPTO_BACKEND;
    register_rfc_node("virtio-crypto-rfc-legacy-pci", "virtio-crypto-pci",
                      create_rfc_pci, "pci-bus", &opts);
}

libqos_init(register_nodes);
