/*
 * The libgcrypt backend: hashes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "../cryptodev/common/digest.h"
#include "../cryptodev/common/digest-session.h"

static bool hash_has(CryptoDevBackend *backend, uint32_t algo)
{
    return cryptodev_gcrypt_digest_available(CRYPTODEV_HASH_MODE_PLAIN, algo);
}

static CryptoDevStatus hash_create(CryptoDevBackend *backend,
                                   const CryptoDevSessionParams *params,
                                   CryptoDevSession **session)
{
    CryptoDevHashMode mode = params->digest.nested
                             ? CRYPTODEV_HASH_MODE_NESTED
                             : CRYPTODEV_HASH_MODE_PLAIN;

    if (!cryptodev_gcrypt_digest_available(mode, params->algo)) {
        return CRYPTODEV_NOTSUPP;
    }
    return cryptodev_gcrypt_digest_session_create(mode, params, session);
}

const CryptoDevDriver cryptodev_gcrypt_hash = {
    .service = CRYPTODEV_SERVICE_HASH,
    .has = hash_has,
    .create = hash_create,
    .destroy = cryptodev_gcrypt_digest_session_destroy,
    .run = cryptodev_gcrypt_digest_session_run,
};
