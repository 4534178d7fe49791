/*
 * Plugging a virtio-crypto device into a running machine
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_PLUG_H
#define TESTS_VIRTIO_CRYPTO_PLUG_H

#include "libqos/pci-pc.h"
#include "libqos/virtio-pci.h"

/* A backend c1, with a limit of operations in a second or 0 */
void crypto_add_backend(QTestState *qts, unsigned int queues,
                        unsigned int limit);
void crypto_delete_backend(QTestState *qts);

/* The device on it; @protocol is as in its option */
QVirtioPCIDevice *crypto_plug(QPCIBusPC *pc, const char *protocol,
                              bool ioeventfd);
/* One that has the service MAC, or not */
QVirtioPCIDevice *crypto_plug_mac(QPCIBusPC *pc, bool mac);
/* Waits until the device is gone */
void crypto_unplug(QTestState *qts);
/* What is left then is the test's memory */
void crypto_plug_free(QVirtioPCIDevice *pci);

#endif
