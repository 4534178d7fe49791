/*
 * The libgcrypt backend: hashes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "drivers.h"
#include "digest.h"
#include "digest-session.h"

#define HASH(_algo, _name, _digest)                                       \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_HASH,                                \
        .algo = CRYPTODEV_HASH_ ## _algo,                                 \
        .name = _name,                                                    \
        .key_step = 1, .iv_lens = BIT(0), .digest_max = _digest,          \
    }

static const CryptoDevCapability hashes[] = {
    HASH(MD5, "md5", 16),
    HASH(SHA1, "sha1", 20),
    HASH(SHA224, "sha224", 28),
    HASH(SHA256, "sha256", 32),
    HASH(SHA384, "sha384", 48),
    HASH(SHA512, "sha512", 64),
    HASH(SHA3_224, "sha3-224", 28),
    HASH(SHA3_256, "sha3-256", 32),
    HASH(SHA3_384, "sha3-384", 48),
    HASH(SHA3_512, "sha3-512", 64),
    HASH(SHAKE128, "shake128", UINT32_MAX),
    HASH(SHAKE256, "shake256", UINT32_MAX),
};

static void hash_add_capabilities(GArray *capabilities)
{
    for (size_t i = 0; i < ARRAY_SIZE(hashes); i++) {
        g_array_append_val(capabilities, hashes[i]);
    }
}

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
    .add_capabilities = hash_add_capabilities,
    .has = hash_has,
    .create = hash_create,
    .destroy = cryptodev_gcrypt_digest_session_destroy,
    .run = cryptodev_gcrypt_digest_session_run,
};
