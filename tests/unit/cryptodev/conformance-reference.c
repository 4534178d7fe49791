/*
 * Conformance of backends: what other libraries say
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "standard-headers/linux/virtio_crypto.h"
#include "../../qtest/virtio-crypto/aead-reference.h"
#include "../../qtest/virtio-crypto/cipher-reference.h"
#include "../../qtest/virtio-crypto/digest-reference.h"
#include "conformance-reference.h"

/* The references' names, which are those that users know, too */
static const char *const ciphers[] = {
    [CRYPTODEV_CIPHER_ARC4] = "arc4",
    [CRYPTODEV_CIPHER_AES_ECB] = "aes-ecb",
    [CRYPTODEV_CIPHER_AES_CBC] = "aes-cbc",
    [CRYPTODEV_CIPHER_AES_CTR] = "aes-ctr",
    [CRYPTODEV_CIPHER_AES_XTS] = "aes-xts",
    [CRYPTODEV_CIPHER_AES_F8] = "aes-f8",
    [CRYPTODEV_CIPHER_DES_ECB] = "des-ecb",
    [CRYPTODEV_CIPHER_DES_CBC] = "des-cbc",
    [CRYPTODEV_CIPHER_3DES_ECB] = "3des-ecb",
    [CRYPTODEV_CIPHER_3DES_CBC] = "3des-cbc",
    [CRYPTODEV_CIPHER_3DES_CTR] = "3des-ctr",
    [CRYPTODEV_CIPHER_SNOW3G_UEA2] = "snow3g-uea2",
    [CRYPTODEV_CIPHER_ZUC_EEA3] = "zuc-eea3",
    [CRYPTODEV_CIPHER_KASUMI_F8] = "kasumi-f8",
};

static const char *const hashes[] = {
    [CRYPTODEV_HASH_MD5] = "md5",
    [CRYPTODEV_HASH_SHA1] = "sha1",
    [CRYPTODEV_HASH_SHA224] = "sha224",
    [CRYPTODEV_HASH_SHA256] = "sha256",
    [CRYPTODEV_HASH_SHA384] = "sha384",
    [CRYPTODEV_HASH_SHA512] = "sha512",
    [CRYPTODEV_HASH_SHA3_224] = "sha3-224",
    [CRYPTODEV_HASH_SHA3_256] = "sha3-256",
    [CRYPTODEV_HASH_SHA3_384] = "sha3-384",
    [CRYPTODEV_HASH_SHA3_512] = "sha3-512",
    [CRYPTODEV_HASH_SHAKE128] = "shake128",
    [CRYPTODEV_HASH_SHAKE256] = "shake256",
};

static const char *const macs[] = {
    [CRYPTODEV_MAC_HMAC_MD5] = "hmac-md5",
    [CRYPTODEV_MAC_HMAC_SHA1] = "hmac-sha1",
    [CRYPTODEV_MAC_HMAC_SHA224] = "hmac-sha224",
    [CRYPTODEV_MAC_HMAC_SHA256] = "hmac-sha256",
    [CRYPTODEV_MAC_HMAC_SHA384] = "hmac-sha384",
    [CRYPTODEV_MAC_HMAC_SHA512] = "hmac-sha512",
    [CRYPTODEV_MAC_CMAC_3DES] = "cmac-3des",
    [CRYPTODEV_MAC_CMAC_AES] = "cmac-aes",
    [CRYPTODEV_MAC_GMAC_AES] = "gmac-aes",
    [CRYPTODEV_MAC_GMAC_TWOFISH] = "gmac-twofish",
    [CRYPTODEV_MAC_CBCMAC_AES] = "cbcmac-aes",
    [CRYPTODEV_MAC_XCBC_AES] = "xcbc-aes",
    [CRYPTODEV_MAC_KASUMI_F9] = "kasumi-f9",
    [CRYPTODEV_MAC_SNOW3G_UIA2] = "snow3g-uia2",
    [CRYPTODEV_MAC_ZUC_EIA3] = "zuc-eia3",
};

static const struct {
    const char *name;
    uint32_t number;
} aeads[] = {
    [CRYPTODEV_AEAD_AES_GCM] = { "aes-gcm", VIRTIO_CRYPTO_AEAD_GCM },
    [CRYPTODEV_AEAD_AES_CCM] = { "aes-ccm", VIRTIO_CRYPTO_AEAD_CCM },
    [CRYPTODEV_AEAD_CHACHA20_POLY1305] = {
        "chacha20-poly1305", VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305,
    },
};

static const char *find_name(const CryptoDevCapability *capability)
{
    uint32_t algo = capability->algo;

    switch (capability->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        return algo < ARRAY_SIZE(ciphers) ? ciphers[algo] : NULL;
    case CRYPTODEV_SERVICE_HASH:
        return algo < ARRAY_SIZE(hashes) ? hashes[algo] : NULL;
    case CRYPTODEV_SERVICE_MAC:
        return algo < ARRAY_SIZE(macs) ? macs[algo] : NULL;
    case CRYPTODEV_SERVICE_AEAD:
        return algo < ARRAY_SIZE(aeads) ? aeads[algo].name : NULL;
    default:
        return NULL;
    }
}

static const CipherAlgo *find_cipher(const CryptoDevCapability *capability)
{
    return cipher_find_algo(ciphers[capability->algo]);
}

static const DigestAlgo *find_in(const DigestAlgo *algo, const char *name)
{
    while (algo->name && !g_str_equal(algo->name, name)) {
        algo++;
    }
    return algo->name ? algo : NULL;
}

static const DigestAlgo *find_digest(const CryptoDevCapability *capability)
{
    bool mac = capability->service == CRYPTODEV_SERVICE_MAC;
    const char *name = mac ? macs[capability->algo] : hashes[capability->algo];
    const DigestAlgo *algo =
        find_in(mac ? digest_macs : digest_hashes, name);

    if (!algo) {
        algo = find_in(radio_macs, name);
    }
    g_assert_nonnull(algo);
    return algo;
}

static bool cipher_agrees(const CryptoDevCapability *capability)
{
    const CipherAlgo *algo = find_cipher(capability);

    return capability->iv_lens == BIT(algo->iv_len) &&
           capability->block_len == algo->block &&
           capability->min_len == algo->source_min &&
           capability->max_len == algo->source_max;
}

static bool digest_agrees(const CryptoDevCapability *capability)
{
    const DigestAlgo *algo = find_digest(capability);
    size_t digest_max = algo->len ?: UINT32_MAX;

    return capability->iv_lens == BIT(0) &&
           capability->digest_max == digest_max &&
           capability->min_len == algo->source_min &&
           capability->max_len == algo->source_max &&
           capability->key_min >= algo->key_min &&
           capability->key_max <= algo->key_max;
}

bool reference_is_radio(const CryptoDevCapability *capability)
{
    const CipherAlgo *algo = radio_ciphers;

    while (algo->name && !g_str_equal(algo->name, capability->name)) {
        algo++;
    }
    return algo->name || find_in(radio_macs, capability->name);
}

bool reference_has(const CryptoDevCapability *capability)
{
    const char *name = find_name(capability);

    if (!name || g_strcmp0(capability->name, name)) {
        return false;
    }
    switch (capability->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        return cipher_agrees(capability);
    case CRYPTODEV_SERVICE_HASH:
    case CRYPTODEV_SERVICE_MAC:
        return digest_agrees(capability);
    default:
        return true;
    }
}

GByteArray *reference_encipher(const CryptoDevCapability *capability,
                               bool encrypt, const GByteArray *key,
                               const GByteArray *iv, const uint8_t *src,
                               size_t len)
{
    return reference_cipher(find_cipher(capability), encrypt, key, iv, src,
                            len);
}

GByteArray *reference_digest(const CryptoDevCapability *capability,
                             const GByteArray *key, const GByteArray *data,
                             size_t digest_len)
{
    const DigestAlgo *algo = find_digest(capability);

    if (capability->service == CRYPTODEV_SERVICE_HASH) {
        return reference_hash(algo, data->data, data->len, digest_len);
    }
    return g_byte_array_set_size(reference_mac(algo, key->data, key->len,
                                               data->data, data->len),
                                 digest_len);
}

GByteArray *reference_nested(const CryptoDevCapability *capability,
                             const GByteArray *prefixes,
                             const GByteArray *data, size_t digest_len)
{
    const DigestAlgo *algo = find_digest(capability);
    size_t half = prefixes->len / 2;
    g_autoptr(GByteArray) inner = g_byte_array_new();
    g_autoptr(GByteArray) outer = g_byte_array_new();
    g_autoptr(GByteArray) digest = NULL;

    g_byte_array_append(inner, prefixes->data, half);
    g_byte_array_append(inner, data->data, data->len);
    digest = reference_hash(algo, inner->data, inner->len, algo->len);
    g_byte_array_append(outer, prefixes->data + half, half);
    g_byte_array_append(outer, digest->data, digest->len);
    return reference_hash(algo, outer->data, outer->len, digest_len);
}

GByteArray *reference_seal(const CryptoDevCapability *capability,
                           const GByteArray *key, const GByteArray *iv,
                           const GByteArray *aad, const GByteArray *plain,
                           size_t tag_len)
{
    return aead_reference(aeads[capability->algo].number, key, iv, aad, plain,
                          tag_len);
}
