/*
 * The ipsec-mb backend: the object
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cryptodev/common/rejection.h"
#include "cryptodev-ipsec-mb/drivers.h"
#include "cryptodev-ipsec-mb/jobs.h"

static const CryptoDevDriver *const drivers[] = {
    &cryptodev_mb_cipher,
    &cryptodev_mb_chain,
    &cryptodev_mb_hash,
    &cryptodev_mb_mac,
    &cryptodev_mb_aead,
    &cryptodev_mb_gcm,
    &cryptodev_mb_radio_cipher,
    &cryptodev_mb_radio_mac,
};

static void ipsec_mb_class_init(ObjectClass *class, void *data)
{
    CryptoDevBackendClass *backend = CRYPTODEV_BACKEND_CLASS(class);

    backend->type = CRYPTODEV_TYPE_IPSEC_MB;
    backend->drivers = drivers;
    backend->n_drivers = ARRAY_SIZE(drivers);
    backend->new_state = cryptodev_mb_state_new;
    backend->free_state = cryptodev_mb_state_free;
    cryptodev_backend_add_base_property(class);
    cryptodev_rejection_add_property(class);
}

static const TypeInfo ipsec_mb_types[] = {
    {
        .name = TYPE_CRYPTODEV_BACKEND_IPSEC_MB,
        .parent = TYPE_CRYPTODEV_BACKEND,
        .class_init = ipsec_mb_class_init,
    },
};

DEFINE_TYPES(ipsec_mb_types)
