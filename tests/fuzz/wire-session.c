/*
 * Fuzz targets: the sessions that data requests run on
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "wire.h"

#define CAPABILITY(_service, _algo, ...)                            \
    (&(const CryptoDevCapability) {                                 \
        .service = CRYPTODEV_SERVICE_ ## _service,                  \
        .algo = CRYPTODEV_ ## _algo, __VA_ARGS__                    \
    })

/* Outside of functions, so that the capabilities last. */
static const CryptoDevSession sessions[] = {
    { CAPABILITY(CIPHER, CIPHER_AES_CBC), .encrypt = true },
    { CAPABILITY(CIPHER, CIPHER_AES_CTR) },
    { CAPABILITY(CIPHER, CIPHER_AES_CBC),
      CAPABILITY(MAC, MAC_HMAC_SHA256, .digest_max = 32), true, 32 },
    { CAPABILITY(CIPHER, CIPHER_3DES_CBC),
      CAPABILITY(HASH, HASH_SHAKE128, .digest_max = UINT32_MAX),
      .digest_len = 100 },
    { CAPABILITY(HASH, HASH_SHA256, .digest_max = 32), .digest_len = 32 },
    { CAPABILITY(HASH, HASH_SHAKE256, .digest_max = UINT32_MAX),
      .digest_len = UINT32_MAX },
    { CAPABILITY(MAC, MAC_CMAC_AES, .digest_max = 16), .digest_len = 16 },
    { CAPABILITY(AEAD, AEAD_AES_GCM), .encrypt = true, .tag_len = 16 },
    { CAPABILITY(AEAD, AEAD_AES_CCM), .tag_len = 16 },
    { CAPABILITY(AEAD, AEAD_CHACHA20_POLY1305), .tag_len = 16 },
    { CAPABILITY(AKCIPHER, AKCIPHER_RSA) },
    { CAPABILITY(AKCIPHER, AKCIPHER_ECDSA) },
    { CAPABILITY(ECDSA, ECDSA_SIGN_RS) },
    { CAPABILITY(DRBG, DRBG_GENERATE) },
};

const CryptoDevSession *fuzz_wire_session(unsigned int index)
{
    return index < ARRAY_SIZE(sessions) ? &sessions[index] : NULL;
}
