/*
 * The virtio crypto device: what the driver knows of the backend's readiness
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "system/runstate.h"
#include "readiness.h"

static bool driver_is_ok(const VirtIOCrypto *s)
{
    return VIRTIO_DEVICE(s)->status & VIRTIO_CONFIG_S_DRIVER_OK;
}

/* The interrupt may be a write to the registers of any device. */
static void tell(void *opaque)
{
    VirtIOCrypto *s = opaque;
    bool ready = cryptodev_backend_is_ready(s->cryptodev);

    if (runstate_is_live(runstate_get()) && driver_is_ok(s) &&
        (s->tell_ready || ready != s->told_ready)) {
        s->told_ready = ready;
        s->tell_ready = false;
        virtio_notify_config(VIRTIO_DEVICE(s));
    }
}

void virtio_crypto_readiness_init(VirtIOCrypto *s)
{
    s->ready_bh = virtio_bh_new_guarded(DEVICE(s), tell, s);
}

void virtio_crypto_readiness_cleanup(VirtIOCrypto *s)
{
    g_clear_pointer(&s->ready_bh, qemu_bh_delete);
}

void virtio_crypto_readiness_reset(VirtIOCrypto *s)
{
    s->told_ready = cryptodev_backend_is_ready(s->cryptodev);
    s->tell_ready = false;
}

/* Nobody knows what the driver has read before it is OK. */
void virtio_crypto_readiness_changed(VirtIOCrypto *s)
{
    s->tell_ready |= !driver_is_ok(s);
    virtio_crypto_readiness_tell(s);
}

void virtio_crypto_readiness_loaded(VirtIOCrypto *s)
{
    s->tell_ready |= !driver_is_ok(s);
}

void virtio_crypto_readiness_tell(VirtIOCrypto *s)
{
    qemu_bh_schedule(s->ready_bh);
}

static bool is_to_be_known(void *opaque)
{
    const VirtIOCrypto *s = opaque;

    return !s->told_ready || s->tell_ready;
}

const VMStateDescription virtio_crypto_readiness_vmstate = {
    .name = "virtio-crypto-state/readiness",
    .version_id = 1,
    .minimum_version_id = 1,
    .needed = is_to_be_known,
    .fields = (const VMStateField[]) {
        VMSTATE_BOOL(told_ready, VirtIOCrypto),
        VMSTATE_BOOL(tell_ready, VirtIOCrypto),
        VMSTATE_END_OF_LIST()
    },
};
