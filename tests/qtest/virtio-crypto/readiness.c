/*
 * Whether a virtio-crypto device says that its backend is ready
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "libqtest.h"
#include "qobject/qdict.h"
#include "readiness.h"

#define PATIENCE_US (60 * G_USEC_PER_SEC)
/* In the device's interrupt status */
#define ISR_CONFIG  2

void readiness_check(QVirtioCryptoDriver *d, bool ready)
{
    if (!d->rfc) {
        uint32_t status =
            qvirtio_config_readl(d->vdev, offsetof(struct virtio_crypto_config,
                                                   status));

        g_assert_cmphex(status, ==, ready ? VIRTIO_CRYPTO_S_HW_READY : 0);
    }
}

void readiness_check_told(QVirtioCryptoDriver *d, bool ready)
{
    qvirtio_wait_config_isr(d->vdev, PATIENCE_US);
    readiness_check(d, ready);
}

/* The main loop has passed an interrupt on when it has answered twice. */
void readiness_check_silent(QVirtioCryptoDriver *d, bool ready)
{
    for (int i = 0; i < 3; i++) {
        QDict *status = qvirtio_crypto_query(d);

        g_assert_cmphex(qdict_get_int(status, "isr") & ISR_CONFIG, ==, 0);
        qobject_unref(status);
    }
    readiness_check(d, ready);
}
