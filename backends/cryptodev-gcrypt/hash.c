/*
 * The libgcrypt backend: hashes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../cryptodev/common/digest.h"
#include "../cryptodev/common/digest-session.h"
#include "drivers.h"
#include "primitives.h"

static bool hash_has(CryptoDevBackend *backend, uint32_t algo)
{
    return cryptodev_digest_has(&cryptodev_gcrypt_primitives,
                                CRYPTODEV_HASH_MODE_PLAIN, algo);
}

static CryptoDevStatus hash_create(CryptoDevBackend *backend,
                                   const CryptoDevSessionParams *params,
                                   CryptoDevSession **session)
{
    CryptoDevHashMode mode = params->digest.nested
                             ? CRYPTODEV_HASH_MODE_NESTED
                             : CRYPTODEV_HASH_MODE_PLAIN;

    return cryptodev_digest_session_create(&cryptodev_gcrypt_primitives, mode,
                                           params, session);
}

const CryptoDevDriver cryptodev_gcrypt_hash = {
    .service = CRYPTODEV_SERVICE_HASH,
    .has = hash_has,
    .create = hash_create,
    .destroy = cryptodev_digest_session_destroy,
    .run = cryptodev_digest_session_run,
};
