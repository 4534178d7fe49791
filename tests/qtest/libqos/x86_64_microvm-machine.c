/*
 * libqos machine x86_64/microvm
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../libqtest.h"
#include "qemu/module.h"
#include "malloc-pc.h"
#include "qgraph.h"
#include "virtio-mmio.h"

#define GUEST_PAGE_SIZE 4096
#define TRANSPORTS      0xfeb00000
#define TRANSPORT_SIZE  512
/* With the second interrupt controller, which is there unless left out */
#define N_TRANSPORTS    24

typedef struct MicrovmMachine {
    QOSGraphObject obj;
    QGuestAllocator alloc;
    QVirtioMMIODevice mmio;
} MicrovmMachine;

static void *get_driver(void *object, const char *interface)
{
    MicrovmMachine *machine = object;

    if (g_str_equal(interface, "memory")) {
        return &machine->alloc;
    }
    g_error("x86_64/microvm does not produce %s", interface);
}

static QOSGraphObject *get_device(void *object, const char *device)
{
    MicrovmMachine *machine = object;

    if (g_str_equal(device, "virtio-mmio")) {
        return &machine->mmio.obj;
    }
    g_error("x86_64/microvm does not contain %s", device);
}

static void destroy(QOSGraphObject *obj)
{
    MicrovmMachine *machine = container_of(obj, MicrovmMachine, obj);

    alloc_destroy(&machine->alloc);
}

static void *create(QTestState *qts)
{
    MicrovmMachine *machine = g_new0(MicrovmMachine, 1);

    pc_alloc_init(&machine->alloc, qts, ALLOC_NO_FLAGS);
    /* QEMU puts the first device into the last transport */
    qvirtio_mmio_init_device(&machine->mmio, qts, TRANSPORTS +
                             (N_TRANSPORTS - 1) * TRANSPORT_SIZE,
                             GUEST_PAGE_SIZE);
    machine->obj.get_driver = get_driver;
    machine->obj.get_device = get_device;
    machine->obj.destructor = destroy;
    return &machine->obj;
}

static void register_nodes(void)
{
    qos_node_create_machine("x86_64/microvm", create);
    qos_node_contains("x86_64/microvm", "virtio-mmio", NULL);
}

libqos_init(register_nodes);
