# What the fuzz targets plug together: a crypto device and a slow disk in a pc.
# SPDX-License-Identifier: GPL-2.0-or-later

CONFIG_I440FX=y

CONFIG_VIRTIO_PCI=y
CONFIG_VIRTIO_CRYPTO=y
CONFIG_VIRTIO_BLK=y
