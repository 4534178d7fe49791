/*
 * A virtio-crypto device that comes and goes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_PLUG_H
#define TESTS_VIRTIO_CRYPTO_PLUG_H

#include "libqos/pci-pc.h"
#include "libqos/virtio-pci.h"

/*
 * Plugs the device into a machine that runs, with a backend "c1" of @queues
 * data queues.  @protocol is as in the device's option.
 */
QVirtioPCIDevice *crypto_plug(QPCIBusPC *pc, unsigned int queues,
                              const char *protocol, bool ioeventfd);
/* Unplugs it, and deletes the backend; what is left is the test's memory */
void crypto_unplug(QPCIBusPC *pc);
void crypto_plug_free(QVirtioPCIDevice *pci);

#endif
