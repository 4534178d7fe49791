/*
 * libqos nodes of the virtio-crypto device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_LIBQOS_VIRTIO_CRYPTO_H
#define TESTS_LIBQOS_VIRTIO_CRYPTO_H

#include "qgraph.h"
#include "virtio.h"
#include "virtio-pci.h"

/* The backend as it stands on the command line; tests extend it there */
#define QVIRTIO_CRYPTO_BACKEND "cryptodev-backend-gcrypt,id=c0"

typedef struct QVirtioCrypto {
    QVirtioDevice *vdev;
} QVirtioCrypto;

typedef struct QVirtioCryptoPCI {
    QVirtioPCIDevice pci_vdev;
    QVirtioCrypto crypto;
} QVirtioCryptoPCI;

typedef struct QVirtioCryptoDevice {
    QOSGraphObject obj;
    QVirtioCrypto crypto;
} QVirtioCryptoDevice;

#endif
