/*
 * Cryptography backends: the table of their capabilities
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "cryptodev-capabilities.h"

QEMU_BUILD_BUG_ON(CRYPTODEV_SERVICE__MAX > 32);

const CryptoDevCapability *cryptodev_backend_find(CryptoDevBackend *backend,
                                                  CryptodevService service,
                                                  uint32_t algo)
{
    for (guint i = 0; i < backend->capabilities->len; i++) {
        const CryptoDevCapability *capability =
            &g_array_index(backend->capabilities, CryptoDevCapability, i);

        if (capability->service == service && capability->algo == algo) {
            return capability;
        }
    }
    return NULL;
}

void cryptodev_capabilities_select(CryptoDevBackend *backend,
                                   uint32_t services)
{
    CryptoDevBackendClass *class = CRYPTODEV_BACKEND_GET_CLASS(backend);

    g_array_set_size(backend->capabilities, 0);
    for (guint i = 0; i < backend->known->len; i++) {
        CryptoDevCapability capability =
            g_array_index(backend->known, CryptoDevCapability, i);

        if (services & BIT(capability.service) &&
            class->has(backend, &capability)) {
            g_array_append_val(backend->capabilities, capability);
        }
    }
}
