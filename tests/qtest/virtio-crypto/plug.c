/*
 * Plugging a virtio-crypto device into a running machine
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "libqtest.h"
#include "plug.h"

#define SLOT 6

void crypto_add_backend(QTestState *qts, unsigned int queues,
                        unsigned int limit)
{
    qtest_qmp_assert_success(qts,
        "{ 'execute': 'object-add', 'arguments': {"
        "  'qom-type': 'cryptodev-backend-gcrypt', 'id': 'c1',"
        "  'queues': %u, 'throttle-ops': %u } }", queues, limit);
}

void crypto_delete_backend(QTestState *qts)
{
    qtest_qmp_assert_success(qts, "{ 'execute': 'object-del',"
                                  "  'arguments': { 'id': 'c1' } }");
}

static QVirtioPCIDevice *enable(QPCIBusPC *pc)
{
    QPCIAddress addr = { .devfn = QPCI_DEVFN(SLOT, 0) };
    QVirtioPCIDevice *pci = virtio_pci_new(&pc->bus, &addr);

    g_assert_nonnull(pci);
    qvirtio_pci_device_enable(pci);
    return pci;
}

QVirtioPCIDevice *crypto_plug(QPCIBusPC *pc, const char *protocol,
                              bool ioeventfd)
{
    qtest_qmp_device_add(pc->bus.qts, "virtio-crypto-pci", "crypto1",
                         "{'addr': %s, 'cryptodev': 'c1', 'protocol': %s,"
                         " 'ioeventfd': %i}",
                         stringify(SLOT), protocol, ioeventfd);
    return enable(pc);
}

QVirtioPCIDevice *crypto_plug_mac(QPCIBusPC *pc, bool mac)
{
    qtest_qmp_device_add(pc->bus.qts, "virtio-crypto-pci", "crypto1",
                         "{'addr': %s, 'cryptodev': 'c1', 'mac': %i}",
                         stringify(SLOT), mac);
    return enable(pc);
}

void crypto_unplug(QTestState *qts)
{
    qpci_unplug_acpi_device_test(qts, "crypto1", SLOT);
}

void crypto_plug_free(QVirtioPCIDevice *pci)
{
    qvirtio_pci_destructor(&pci->obj);
    g_free(pci);
}
