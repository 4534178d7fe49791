/*
 * The virtio crypto device: event notifiers of its queues
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/virtio/virtio-bus.h"
#include "notifiers.h"

static VirtioBusState *bus_of(VirtIOCrypto *s)
{
    return VIRTIO_BUS(qdev_get_parent_bus(DEVICE(s)));
}

/* Clear the host notifiers of the first @n queues. */
static void clear_host_notifiers(VirtIOCrypto *s, unsigned int n)
{
    VirtioBusState *bus = bus_of(s);

    memory_region_transaction_begin();
    for (unsigned int i = 0; i < n; i++) {
        virtio_bus_set_host_notifier(bus, i, false);
    }
    /* The notifiers must be open when the transaction ends. */
    memory_region_transaction_commit();
    for (unsigned int i = 0; i < n; i++) {
        virtio_bus_cleanup_host_notifier(bus, i);
    }
}

static int set_host_notifiers(VirtIOCrypto *s)
{
    VirtioBusState *bus = bus_of(s);
    unsigned int n;
    int ret = 0;

    /* Without the transaction this would take quadratic time. */
    memory_region_transaction_begin();
    for (n = 0; n < virtio_crypto_num_queues(s); n++) {
        ret = virtio_bus_set_host_notifier(bus, n, true);
        if (ret) {
            break;
        }
    }
    memory_region_transaction_commit();
    if (ret) {
        clear_host_notifiers(s, n);
    }
    return ret;
}

static int set_guest_notifiers(VirtIOCrypto *s, bool assign)
{
    VirtioBusState *bus = bus_of(s);
    VirtioBusClass *class = VIRTIO_BUS_GET_CLASS(bus);

    return class->set_guest_notifiers
        ? class->set_guest_notifiers(BUS(bus)->parent,
                                     virtio_crypto_num_queues(s), assign)
        : -ENOSYS;
}

int virtio_crypto_set_notifiers(VirtIOCrypto *s)
{
    int ret = set_guest_notifiers(s, true);

    if (ret) {
        return ret;
    }
    ret = set_host_notifiers(s);
    if (ret) {
        set_guest_notifiers(s, false);
    }
    return ret;
}

void virtio_crypto_clear_notifiers(VirtIOCrypto *s)
{
    clear_host_notifiers(s, virtio_crypto_num_queues(s));
    set_guest_notifiers(s, false);
}
