/*
 * Cryptography backends: the facts of each algorithm
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "algorithms.h"
#include "operations.h"

#define AES_BLOCK 16
#define DES_BLOCK 8
#define GMAC_NONCE 12
#define RADIO_KEY 16
#define RADIO_VECTOR 16

/*
 * 3GPP TS 35.201, sections 3.2 and 4.2: up to 20000 bits.  What surrounds the
 * message of F9 comes on top in the standard, but libraries take no more.
 */
#define KASUMI_LONGEST (20000 / 8)

/*
 * What libraries take for a byte, beside AES-CBC.  For SNOW 3G it is what the
 * slower of two versions of ipsec-mb takes; the longest text of KASUMI fills a
 * turn.
 */
#define KASUMI_COST 420
#define SNOW3G_COST 30
#define ZUC_COST 5

/* 3GPP TS 35.215, sections 3.2 and 4.2: LENGTH is a number of 32 bits. */
#define SNOW3G_LONGEST (UINT32_MAX / 8)

/* What libraries take: no packet of LTE is longer, 3GPP TS 36.323, section 6 */
#define ZUC_LONGEST (65504 / 8)

#define CIPHER(_algo, _name, _min, _max, _step, _iv, _block, _shortest)   \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_CIPHER,                              \
        .algo = CRYPTODEV_CIPHER_ ## _algo,                               \
        .name = _name,                                                    \
        .key_min = _min, .key_max = _max, .key_step = _step,              \
        .iv_lens = BIT(_iv), .block_len = _block, .min_len = _shortest,   \
    }

/* A cipher of mobile networks: the stream of a key of 128 bits */
#define RADIO_CIPHER(_algo, _name, _iv, _longest, _cost)                  \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_CIPHER,                              \
        .algo = CRYPTODEV_CIPHER_ ## _algo,                               \
        .name = _name,                                                    \
        .key_min = RADIO_KEY, .key_max = RADIO_KEY, .key_step = 1,        \
        .iv_lens = BIT(_iv), .block_len = 1,                              \
        .max_len = _longest, .cost = _cost,                               \
    }

#define HASH(_algo, _name, _digest)                                       \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_HASH,                                \
        .algo = CRYPTODEV_HASH_ ## _algo,                                 \
        .name = _name,                                                    \
        .key_step = 1, .iv_lens = BIT(0), .digest_max = _digest,          \
    }

#define MAC(_algo, _name, _min, _max, _step, _shortest, _digest)          \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_MAC,                                 \
        .algo = CRYPTODEV_MAC_ ## _algo,                                  \
        .name = _name,                                                    \
        .key_min = _min, .key_max = _max, .key_step = _step,              \
        .iv_lens = BIT(0), .digest_max = _digest,                         \
        .min_len = _shortest,                                             \
    }

/* Likewise a MAC */
#define RADIO_MAC(_algo, _name, _shortest, _longest, _cost)               \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_MAC,                                 \
        .algo = CRYPTODEV_MAC_ ## _algo,                                  \
        .name = _name,                                                    \
        .key_min = RADIO_KEY, .key_max = RADIO_KEY, .key_step = 1,        \
        .iv_lens = BIT(0), .digest_max = 4,                               \
        .min_len = _shortest, .max_len = _longest, .cost = _cost,         \
    }

#define HMAC(_hash, _name, _digest)                                       \
    MAC(HMAC_ ## _hash, _name, 0, CRYPTODEV_AUTH_KEY_MAX, 1, 0, _digest)

#define AEAD(_algo, _name, _min, _max, _ivs, _tags)     \
    {                                                   \
        .service = CRYPTODEV_SERVICE_AEAD,              \
        .algo = CRYPTODEV_AEAD_ ## _algo,               \
        .name = _name,                                  \
        .key_min = _min, .key_max = _max, .key_step = 8,\
        .iv_lens = _ivs, .tag_lens = _tags,             \
    }

/* Keys in bits */
#define AKCIPHER(_algo, _name, _min, _max)                                \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_AKCIPHER,                            \
        .algo = CRYPTODEV_AKCIPHER_ ## _algo,                             \
        .name = _name,                                                    \
        .key_min = _min, .key_max = _max, .key_step = 1,                  \
        .iv_lens = BIT(0),                                                \
    }

/* SP 800-38D, section 5.2.1; an initialization vector of 16 bytes is J0 */
#define GCM_IVS (BIT(12) | BIT(16))
#define GCM_TAGS (BIT(4) | BIT(8) | BIT(12) | BIT(13) | BIT(14) | BIT(15) | \
                  BIT(16))

/* SP 800-38C, appendix A.1 */
#define CCM_IVS (BIT(7) | BIT(8) | BIT(9) | BIT(10) | BIT(11) | BIT(12) | \
                 BIT(13))
#define CCM_TAGS (BIT(4) | BIT(6) | BIT(8) | BIT(10) | BIT(12) | BIT(14) | \
                  BIT(16))

static const CryptoDevCapability algorithms[] = {
    CIPHER(ARC4, "arc4", 5, 256, 1, 0, 1, 0),
    CIPHER(AES_ECB, "aes-ecb", 16, 32, 8, 0, AES_BLOCK, 0),
    CIPHER(AES_CBC, "aes-cbc", 16, 32, 8, AES_BLOCK, AES_BLOCK, 0),
    CIPHER(AES_CTR, "aes-ctr", 16, 32, 8, AES_BLOCK, 1, 0),
    CIPHER(AES_XTS, "aes-xts", 32, 64, 32, AES_BLOCK, 1, AES_BLOCK),
    CIPHER(AES_F8, "aes-f8", 32, 64, 16, AES_BLOCK, 1, 0),
    CIPHER(DES_ECB, "des-ecb", 8, 8, 1, 0, DES_BLOCK, 0),
    CIPHER(DES_CBC, "des-cbc", 8, 8, 1, DES_BLOCK, DES_BLOCK, 0),
    CIPHER(3DES_ECB, "3des-ecb", 16, 24, 8, 0, DES_BLOCK, 0),
    CIPHER(3DES_CBC, "3des-cbc", 16, 24, 8, DES_BLOCK, DES_BLOCK, 0),
    CIPHER(3DES_CTR, "3des-ctr", 16, 24, 8, DES_BLOCK, 1, 0),
    RADIO_CIPHER(KASUMI_F8, "kasumi-f8", 8, KASUMI_LONGEST, KASUMI_COST),
    RADIO_CIPHER(SNOW3G_UEA2, "snow3g-uea2", 16, SNOW3G_LONGEST, SNOW3G_COST),
    RADIO_CIPHER(ZUC_EEA3, "zuc-eea3", 16, ZUC_LONGEST, ZUC_COST),

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

    HMAC(MD5, "hmac-md5", 16),
    HMAC(SHA1, "hmac-sha1", 20),
    HMAC(SHA224, "hmac-sha224", 28),
    HMAC(SHA256, "hmac-sha256", 32),
    HMAC(SHA384, "hmac-sha384", 48),
    HMAC(SHA512, "hmac-sha512", 64),
    MAC(CMAC_3DES, "cmac-3des", 16, 24, 8, 0, 8),
    MAC(CMAC_AES, "cmac-aes", 16, 32, 8, 0, 16),
    MAC(GMAC_AES, "gmac-aes", 16, 32, 8, GMAC_NONCE, 16),
    MAC(GMAC_TWOFISH, "gmac-twofish", 16, 32, 16, GMAC_NONCE, 16),
    MAC(CBCMAC_AES, "cbcmac-aes", 16, 32, 8, 1, 16),
    MAC(XCBC_AES, "xcbc-aes", 16, 16, 1, 0, 16),
    RADIO_MAC(KASUMI_F9, "kasumi-f9", 9, KASUMI_LONGEST, KASUMI_COST),
    RADIO_MAC(SNOW3G_UIA2, "snow3g-uia2", RADIO_VECTOR + 1,
              RADIO_VECTOR + SNOW3G_LONGEST, 0),
    RADIO_MAC(ZUC_EIA3, "zuc-eia3", RADIO_VECTOR + 1,
              RADIO_VECTOR + ZUC_LONGEST, 5),

    AEAD(AES_GCM, "aes-gcm", 16, 32, GCM_IVS, GCM_TAGS),
    AEAD(AES_CCM, "aes-ccm", 16, 32, CCM_IVS, CCM_TAGS),
    AEAD(CHACHA20_POLY1305, "chacha20-poly1305", 32, 32, BIT(12), BIT(16)),

    AKCIPHER(RSA, "rsa", 512, CRYPTODEV_AKCIPHER_RESULT_MAX * 8),
    AKCIPHER(DSA, "dsa", 1024, 3072),
    AKCIPHER(ECDSA, "ecdsa", 192, 521),
};

static void add_operations(GArray *all, CryptodevService service)
{
    size_t n;
    const CryptoDevOperation *operations = cryptodev_operations(service, &n);

    for (size_t i = 0; i < n; i++) {
        CryptoDevCapability operation = {
            .service = service,
            .algo = i,
            .name = operations[i].name,
            .key_min = operations[i].key_min,
            .key_max = operations[i].key_max,
            .key_step = 1,
            .iv_lens = BIT(0),
        };

        if (operation.name) {
            g_array_append_val(all, operation);
        }
    }
}

static void *make_all(void *opaque)
{
    GArray *all = g_array_new(false, false, sizeof(CryptoDevCapability));

    g_array_append_vals(all, algorithms, ARRAY_SIZE(algorithms));
    for (int service = 0; service < CRYPTODEV_SERVICE__MAX; service++) {
        add_operations(all, service);
    }
    return all;
}

const CryptoDevCapability *cryptodev_algorithm(size_t i)
{
    static GOnce once = G_ONCE_INIT;
    const GArray *all = g_once(&once, make_all, NULL);

    return i < all->len ? &g_array_index(all, CryptoDevCapability, i) : NULL;
}
