# A practical x86 machine with a crypto device, and little else.
# SPDX-License-Identifier: GPL-2.0-or-later

CONFIG_Q35=y
CONFIG_I440FX=y
CONFIG_HPET=y

# It has virtio-mmio, for virtio-crypto-device.
CONFIG_MICROVM=y

# libvirt asks for the bridges before it puts a crypto device into a q35.
CONFIG_PCIE_PORT=y
CONFIG_PCIE_PCI_BRIDGE=y
CONFIG_PCI_BRIDGE=y

# What QEMU plugs into a pc and a q35 if the user names no network card.
CONFIG_E1000_PCI=y
CONFIG_E1000E_PCI_EXPRESS=y

CONFIG_VIRTIO_PCI=y
CONFIG_VIRTIO_CRYPTO=y
CONFIG_VIRTIO_BALLOON=y
CONFIG_VIRTIO_BLK=y
CONFIG_VIRTIO_NET=y
CONFIG_VIRTIO_RNG=y
CONFIG_VIRTIO_SCSI=y
CONFIG_VIRTIO_SERIAL=y

# AHCI, IDE and the serial port come with the machines.
CONFIG_USB_XHCI_PCI=y
CONFIG_USB_HID=y
CONFIG_USB_HUB=y
CONFIG_VGA_PCI=y
CONFIG_VIRTIO_GPU=y
CONFIG_VIRTIO_VGA=y

# The tests' own backend
CONFIG_CRYPTODEV_TEST=y
