/*
 * libqos machine x86_64/q35
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../libqtest.h"
#include "qemu/module.h"
#include "malloc-pc.h"
#include "pci-pc.h"
#include "qgraph.h"

typedef struct Q35Machine {
    QOSGraphObject obj;
    QGuestAllocator alloc;
    QPCIBusPC pci;
} Q35Machine;

static void *get_driver(void *object, const char *interface)
{
    Q35Machine *machine = object;

    if (g_str_equal(interface, "memory")) {
        return &machine->alloc;
    }
    g_error("x86_64/q35 does not produce %s", interface);
}

static QOSGraphObject *get_device(void *object, const char *device)
{
    Q35Machine *machine = object;

    if (g_str_equal(device, "q35-pcihost")) {
        return &machine->pci.obj;
    }
    g_error("x86_64/q35 does not contain %s", device);
}

static void destroy(QOSGraphObject *obj)
{
    Q35Machine *machine = container_of(obj, Q35Machine, obj);

    alloc_destroy(&machine->alloc);
}

static void *create(QTestState *qts)
{
    Q35Machine *machine = g_new0(Q35Machine, 1);

    pc_alloc_init(&machine->alloc, qts, ALLOC_NO_FLAGS);
    /* The host bridge has the registers that pc's has */
    qpci_init_pc(&machine->pci, qts, &machine->alloc);
    /* Devices on the root bus of PCI Express cannot be unplugged */
    machine->pci.bus.not_hotpluggable = true;
    machine->obj.get_driver = get_driver;
    machine->obj.get_device = get_device;
    machine->obj.destructor = destroy;
    return &machine->obj;
}

static void register_nodes(void)
{
    qos_node_create_machine("x86_64/q35", create);
    qos_node_contains("x86_64/q35", "q35-pcihost", NULL);
    /*
     * Not by way of pci-bus-pc, so that tests that plug and unplug
     * devices can ask for that one
     */
    qos_node_create_driver("q35-pcihost", NULL);
    qos_node_produces("q35-pcihost", "pci-bus");
}

libqos_init(register_nodes);
