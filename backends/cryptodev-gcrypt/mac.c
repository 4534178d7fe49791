/*
 * The libgcrypt backend: message authentication codes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "drivers.h"
#include "digest.h"
#include "digest-session.h"

#define MAC(_algo, _name, _min, _max, _step, _shortest, _digest)          \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_MAC,                                 \
        .algo = CRYPTODEV_MAC_ ## _algo,                                  \
        .name = _name,                                                    \
        .key_min = _min, .key_max = _max, .key_step = _step,              \
        .iv_lens = BIT(0), .digest_max = _digest,                         \
        .min_len = _shortest,                                             \
    }

#define HMAC(_hash, _name, _digest)                                       \
    MAC(HMAC_ ## _hash, _name, 0, CRYPTODEV_AUTH_KEY_MAX, 1, 0, _digest)

/* GMAC's source begins with a nonce of 12 bytes. */
static const CryptoDevCapability macs[] = {
    HMAC(MD5, "hmac-md5", 16),
    HMAC(SHA1, "hmac-sha1", 20),
    HMAC(SHA224, "hmac-sha224", 28),
    HMAC(SHA256, "hmac-sha256", 32),
    HMAC(SHA384, "hmac-sha384", 48),
    HMAC(SHA512, "hmac-sha512", 64),
    MAC(CMAC_3DES, "cmac-3des", 16, 24, 8, 0, 8),
    MAC(CMAC_AES, "cmac-aes", 16, 32, 8, 0, 16),
    MAC(GMAC_AES, "gmac-aes", 16, 32, 8, 12, 16),
    MAC(GMAC_TWOFISH, "gmac-twofish", 16, 32, 16, 12, 16),
    MAC(CBCMAC_AES, "cbcmac-aes", 16, 32, 8, 1, 16),
    MAC(XCBC_AES, "xcbc-aes", 16, 16, 1, 0, 16),
};

static void mac_add_capabilities(GArray *capabilities)
{
    for (size_t i = 0; i < ARRAY_SIZE(macs); i++) {
        g_array_append_val(capabilities, macs[i]);
    }
}

static bool mac_has(CryptoDevBackend *backend, uint32_t algo)
{
    return cryptodev_gcrypt_digest_available(CRYPTODEV_HASH_MODE_AUTH, algo);
}

static CryptoDevStatus mac_create(CryptoDevBackend *backend,
                                  const CryptoDevSessionParams *params,
                                  CryptoDevSession **session)
{
    return cryptodev_gcrypt_digest_session_create(CRYPTODEV_HASH_MODE_AUTH,
                                                  params, session);
}

const CryptoDevDriver cryptodev_gcrypt_mac = {
    .service = CRYPTODEV_SERVICE_MAC,
    .add_capabilities = mac_add_capabilities,
    .has = mac_has,
    .create = mac_create,
    .destroy = cryptodev_gcrypt_digest_session_destroy,
    .run = cryptodev_gcrypt_digest_session_run,
};
