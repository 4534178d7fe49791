/*
 * A virtio-crypto device that comes and goes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "virtio-crypto-plug.h"

#define SLOT 6

QVirtioPCIDevice *crypto_plug(QPCIBusPC *pc, unsigned int queues,
                              const char *protocol, bool ioeventfd)
{
    QPCIAddress addr = { .devfn = QPCI_DEVFN(SLOT, 0) };
    QTestState *qts = pc->bus.qts;
    QVirtioPCIDevice *pci;

    qtest_qmp_assert_success(qts,
        "{ 'execute': 'object-add', 'arguments': {"
        " 'qom-type': 'cryptodev-backend-gcrypt', 'id': 'c1',"
        " 'queues': %u } }", queues);
    qtest_qmp_device_add(qts, "virtio-crypto-pci", "crypto1",
                         "{'addr': %s, 'cryptodev': 'c1', 'protocol': %s,"
                         " 'ioeventfd': %i}",
                         stringify(SLOT), protocol, ioeventfd);
    pci = virtio_pci_new(&pc->bus, &addr);
    g_assert_nonnull(pci);
    qvirtio_pci_device_enable(pci);
    return pci;
}

void crypto_unplug(QPCIBusPC *pc)
{
    QTestState *qts = pc->bus.qts;

    qpci_unplug_acpi_device_test(qts, "crypto1", SLOT);
    qtest_qmp_assert_success(qts, "{ 'execute': 'object-del',"
                                  "  'arguments': { 'id': 'c1' } }");
}

void crypto_plug_free(QVirtioPCIDevice *pci)
{
    qvirtio_pci_destructor(&pci->obj);
    g_free(pci);
}
