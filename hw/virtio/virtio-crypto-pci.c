/*
 * The virtio crypto device as a PCI function
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/pci/pci.h"
#include "hw/qdev-properties.h"
#include "hw/virtio/virtio-crypto.h"
#include "hw/virtio/virtio-pci.h"
#include "qemu/module.h"

#define TYPE_VIRTIO_CRYPTO_PCI "virtio-crypto-pci"
OBJECT_DECLARE_SIMPLE_TYPE(VirtIOCryptoPCI, VIRTIO_CRYPTO_PCI)

struct VirtIOCryptoPCI {
    VirtIOPCIProxy parent_obj;

    VirtIOCrypto vdev;
};

static const Property virtio_crypto_pci_properties[] = {
    DEFINE_PROP_BIT("ioeventfd", VirtIOPCIProxy, flags,
                    VIRTIO_PCI_FLAG_USE_IOEVENTFD_BIT, true),
    DEFINE_PROP_UINT32("vectors", VirtIOPCIProxy, nvectors,
                       DEV_NVECTORS_UNSPECIFIED),
};

/* The highest ID in the range of transitional devices */
#define PCI_DEVICE_ID_CRYPTO_RFC 0x103f

/*
 * Drivers find the device by its subsystem ID, be it modern or transitional.
 * QEMU's device ID of a modern device, 0x1040 plus the virtio device ID, wraps
 * in 16 bits to the same number.
 */
static void set_rfc_ids(VirtIOPCIProxy *proxy)
{
    QEMU_BUILD_BUG_ON((uint16_t)(PCI_DEVICE_ID_VIRTIO_10_BASE +
                                 VIRTIO_ID_CRYPTO_RFC) !=
                      PCI_DEVICE_ID_CRYPTO_RFC);
    proxy->trans_devid = PCI_DEVICE_ID_CRYPTO_RFC;
    pci_set_word(proxy->pci_dev.config + PCI_SUBSYSTEM_ID,
                 VIRTIO_ID_CRYPTO_RFC);
}

static void virtio_crypto_pci_realize(VirtIOPCIProxy *proxy, Error **errp)
{
    VirtIOCryptoPCI *pci = VIRTIO_CRYPTO_PCI(proxy);
    CryptoDevBackend *cryptodev = pci->vdev.cryptodev;

    /* One for each data queue, the control queue and configuration changes */
    if (proxy->nvectors == DEV_NVECTORS_UNSPECIFIED) {
        proxy->nvectors = cryptodev ? cryptodev->queues + 2 : 0;
    }
    if (pci->vdev.protocol == VIRTIO_CRYPTO_PROTOCOL_RFC_V1) {
        set_rfc_ids(proxy);
    } else {
        virtio_pci_force_virtio_1(proxy);
    }
    qdev_realize(DEVICE(&pci->vdev), BUS(&proxy->bus), errp);
}

static void virtio_crypto_pci_instance_init(Object *obj)
{
    VirtIOCryptoPCI *pci = VIRTIO_CRYPTO_PCI(obj);

    virtio_instance_init_common(obj, &pci->vdev, sizeof(pci->vdev),
                                TYPE_VIRTIO_CRYPTO);
}

static void virtio_crypto_pci_class_init(ObjectClass *class, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(class);

    dc->desc = "Virtio crypto accelerator";
    set_bit(DEVICE_CATEGORY_MISC, dc->categories);
    device_class_set_props(dc, virtio_crypto_pci_properties);
    object_class_property_set_description(class, "ioeventfd",
        "Wake the queues' threads directly, by ioeventfd");
    object_class_property_set_description(class, "vectors",
        "MSI-X vectors [default: one for each queue and one for the"
        " configuration]");
    VIRTIO_PCI_CLASS(class)->realize = virtio_crypto_pci_realize;
    PCI_DEVICE_CLASS(class)->class_id = PCI_CLASS_CRYPT_OTHER;
}

static const VirtioPCIDeviceTypeInfo virtio_crypto_pci_info = {
    .generic_name = TYPE_VIRTIO_CRYPTO_PCI,
    .instance_size = sizeof(VirtIOCryptoPCI),
    .instance_init = virtio_crypto_pci_instance_init,
    .class_init = virtio_crypto_pci_class_init,
};

static void virtio_crypto_pci_register_types(void)
{
    virtio_pci_types_register(&virtio_crypto_pci_info);
}

type_init(virtio_crypto_pci_register_types)
