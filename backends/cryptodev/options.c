/*
 * Options of cryptography backends
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "system/cryptodev.h"

bool cryptodev_backend_takes_option(const CryptoDevBackend *backend,
                                    const char *name, Error **errp)
{
    if (backend->complete) {
        error_setg(errp, "'%s' cannot change after the cryptodev is created",
                   name);
    }
    return !backend->complete;
}
