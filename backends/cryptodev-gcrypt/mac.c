/*
 * The libgcrypt backend: message authentication codes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../cryptodev/common/digest.h"
#include "../cryptodev/common/digest-session.h"
#include "drivers.h"
#include "primitives.h"

static bool mac_has(CryptoDevBackend *backend, uint32_t algo)
{
    return cryptodev_digest_has(&cryptodev_gcrypt_primitives,
                                CRYPTODEV_HASH_MODE_AUTH, algo);
}

static CryptoDevStatus mac_create(CryptoDevBackend *backend,
                                  const CryptoDevSessionParams *params,
                                  CryptoDevSession **session)
{
    return cryptodev_digest_session_create(&cryptodev_gcrypt_primitives,
                                           CRYPTODEV_HASH_MODE_AUTH, params,
                                           session);
}

const CryptoDevDriver cryptodev_gcrypt_mac = {
    .service = CRYPTODEV_SERVICE_MAC,
    .has = mac_has,
    .create = mac_create,
    .destroy = cryptodev_digest_session_destroy,
    .run = cryptodev_digest_session_run,
};
