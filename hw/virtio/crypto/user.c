/*
 * The virtio crypto device: what its backend can ask it and tell it
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "data-queue.h"
#include "readiness.h"
#include "sessions.h"
#include "user.h"
#include "wire.h"

static CryptodevDevice *describe(void *user)
{
    VirtIOCrypto *s = user;
    CryptodevDevice *device = g_new0(CryptodevDevice, 1);

    device->qom_path = object_get_canonical_path(OBJECT(s));
    device->protocol = s->protocol;
    device->sessions = virtio_crypto_sessions_count(s->sessions);
    device->max_sessions = s->max_sessions;
    return device;
}

static bool offers(void *user, CryptodevService service, uint32_t algo)
{
    VirtIOCrypto *s = user;

    return s->wire->offers(service, algo);
}

static void add_stats(void *user, CryptoDevStats *sum)
{
    VirtIOCrypto *s = user;

    for (unsigned int i = 0; i < s->cryptodev->queues; i++) {
        cryptodev_stats_add(sum, &s->data_queues[i].stats);
    }
}

static void wake_queues(void *user)
{
    VirtIOCrypto *s = user;

    /* While a device is unplugged, its queues go away one by one. */
    if (virtio_device_disabled(VIRTIO_DEVICE(s))) {
        return;
    }
    for (unsigned int i = 0; i < s->cryptodev->queues; i++) {
        virtio_crypto_queue_wake(&s->data_queues[i].queue);
    }
}

static void ready_changed(void *user)
{
    wake_queues(user);
    if (!virtio_device_disabled(VIRTIO_DEVICE(user))) {
        virtio_crypto_readiness_changed(user);
    }
}

const CryptoDevUserOps virtio_crypto_user_ops = {
    .describe = describe,
    .offers = offers,
    .add_stats = add_stats,
    .limits_changed = wake_queues,
    .ready_changed = ready_changed,
};
