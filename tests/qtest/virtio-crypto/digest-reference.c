/*
 * Reference digests by nettle, a library that the device does not use
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * nettle 3.8 lacks SHAKE128 and XCBC.  They are built here from its permutation
 * and its AES, and tested with published answers.
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "standard-headers/linux/virtio_crypto.h"
#include "digest-reference.h"
#include "radio-reference.h"
#include <nettle/cbc.h>
#include <nettle/cmac.h>
#include <nettle/gcm.h>
#include <nettle/hmac.h>
#include <nettle/nettle-meta.h>
#include <nettle/sha3.h>

#define BLOCK 16
#define GMAC_NONCE 12

/* FIPS 202, section 6.2: the suffix 1111 and the first bit of the padding */
#define SHAKE_SUFFIX 0x1f

const DigestAlgo digest_hashes[] = {
    { "md5", VIRTIO_CRYPTO_HASH_MD5, 16 },
    { "sha1", VIRTIO_CRYPTO_HASH_SHA1, 20 },
    { "sha224", VIRTIO_CRYPTO_HASH_SHA_224, 28 },
    { "sha256", VIRTIO_CRYPTO_HASH_SHA_256, 32 },
    { "sha384", VIRTIO_CRYPTO_HASH_SHA_384, 48 },
    { "sha512", VIRTIO_CRYPTO_HASH_SHA_512, 64 },
    { "sha3-224", VIRTIO_CRYPTO_HASH_SHA3_224, 28 },
    { "sha3-256", VIRTIO_CRYPTO_HASH_SHA3_256, 32 },
    { "sha3-384", VIRTIO_CRYPTO_HASH_SHA3_384, 48 },
    { "sha3-512", VIRTIO_CRYPTO_HASH_SHA3_512, 64 },
    { "shake128", VIRTIO_CRYPTO_HASH_SHA3_SHAKE128, 0 },
    { "shake256", VIRTIO_CRYPTO_HASH_SHA3_SHAKE256, 0 },
    { }
};

const DigestAlgo digest_macs[] = {
    { "hmac-md5", VIRTIO_CRYPTO_MAC_HMAC_MD5, 16, 0, 1024, 1 },
    { "hmac-sha1", VIRTIO_CRYPTO_MAC_HMAC_SHA1, 20, 0, 1024, 1 },
    { "hmac-sha224", VIRTIO_CRYPTO_MAC_HMAC_SHA_224, 28, 0, 1024, 1 },
    { "hmac-sha256", VIRTIO_CRYPTO_MAC_HMAC_SHA_256, 32, 0, 1024, 1 },
    { "hmac-sha384", VIRTIO_CRYPTO_MAC_HMAC_SHA_384, 48, 0, 1024, 1 },
    { "hmac-sha512", VIRTIO_CRYPTO_MAC_HMAC_SHA_512, 64, 0, 1024, 1 },
    { "cmac-3des", VIRTIO_CRYPTO_MAC_CMAC_3DES, 8, 16, 24, 8 },
    { "cmac-aes", VIRTIO_CRYPTO_MAC_CMAC_AES, 16, 16, 32, 8 },
    { "gmac-aes", VIRTIO_CRYPTO_MAC_GMAC_AES, 16, 16, 32, 8, GMAC_NONCE },
    { "gmac-twofish", VIRTIO_CRYPTO_MAC_GMAC_TWOFISH, 16, 16, 32, 16,
      GMAC_NONCE },
    { "cbcmac-aes", VIRTIO_CRYPTO_MAC_CBCMAC_AES, 16, 16, 32, 8, 1 },
    { "xcbc-aes", VIRTIO_CRYPTO_MAC_XCBC_AES, 16, 16, 16, 1 },
    { }
};

/* Linux's header does not have its number. */
#define MAC_ZUC_EIA3 54

#define RADIO_VECTOR 16

const DigestAlgo radio_macs[] = {
    { "kasumi-f9", VIRTIO_CRYPTO_MAC_KASUMI_F9, 4, 16, 16, 1, 9, 2500 },
    { "snow3g-uia2", VIRTIO_CRYPTO_MAC_SNOW3G_UIA2, 4, 16, 16, 1,
      RADIO_VECTOR + 1, RADIO_VECTOR + 0xffffffff / 8 },
    { "zuc-eia3", MAC_ZUC_EIA3, 4, 16, 16, 1, RADIO_VECTOR + 1,
      RADIO_VECTOR + 8188 },
    { }
};

static const struct nettle_hash *const hashes[] = {
    [VIRTIO_CRYPTO_HASH_MD5] = &nettle_md5,
    [VIRTIO_CRYPTO_HASH_SHA1] = &nettle_sha1,
    [VIRTIO_CRYPTO_HASH_SHA_224] = &nettle_sha224,
    [VIRTIO_CRYPTO_HASH_SHA_256] = &nettle_sha256,
    [VIRTIO_CRYPTO_HASH_SHA_384] = &nettle_sha384,
    [VIRTIO_CRYPTO_HASH_SHA_512] = &nettle_sha512,
    [VIRTIO_CRYPTO_HASH_SHA3_224] = &nettle_sha3_224,
    [VIRTIO_CRYPTO_HASH_SHA3_256] = &nettle_sha3_256,
    [VIRTIO_CRYPTO_HASH_SHA3_384] = &nettle_sha3_384,
    [VIRTIO_CRYPTO_HASH_SHA3_512] = &nettle_sha3_512,
};

/* The numbers of HMACs are those of their hashes. */
QEMU_BUILD_BUG_ON((int)VIRTIO_CRYPTO_MAC_HMAC_SHA_512 !=
                  (int)VIRTIO_CRYPTO_HASH_SHA_512);

static GByteArray *new_bytes(size_t len)
{
    GByteArray *bytes = g_byte_array_new();

    g_byte_array_set_size(bytes, len);
    memset(bytes->data, 0, len);
    return bytes;
}

static void xor_bytes(uint8_t *dst, const uint8_t *src, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        dst[i] ^= src[i];
    }
}

/* FIPS 202, section 4: absorb whole blocks, then squeeze */
static void shake(size_t rate, const uint8_t *data, size_t len, uint8_t *dst,
                  size_t dst_len)
{
    g_autoptr(GByteArray) padded = new_bytes((len / rate + 1) * rate);
    struct sha3_state state = { };

    if (len) {
        memcpy(padded->data, data, len);
    }
    padded->data[len] ^= SHAKE_SUFFIX;
    padded->data[padded->len - 1] ^= 0x80;
    for (size_t start = 0; start < padded->len; start += rate) {
        for (size_t i = 0; i < rate / 8; i++) {
            state.a[i] ^= ldq_le_p(padded->data + start + 8 * i);
        }
        sha3_permute(&state);
    }
    for (size_t i = 0; i < dst_len; i++) {
        if (i && i % rate == 0) {
            sha3_permute(&state);
        }
        dst[i] = state.a[i % rate / 8] >> (i % 8 * 8);
    }
}

GByteArray *reference_hash(const DigestAlgo *algo, const uint8_t *data,
                           size_t len, size_t result_len)
{
    GByteArray *result = new_bytes(result_len);
    const struct nettle_hash *hash;
    g_autofree void *ctx = NULL;

    switch (algo->number) {
    case VIRTIO_CRYPTO_HASH_SHA3_SHAKE128:
        shake(168, data, len, result->data, result_len);
        break;
    case VIRTIO_CRYPTO_HASH_SHA3_SHAKE256:
        shake(136, data, len, result->data, result_len);
        break;
    default:
        hash = hashes[algo->number];
        g_assert_cmpint(hash->digest_size, ==, algo->len);
        ctx = g_malloc(hash->context_size);
        hash->init(ctx);
        hash->update(ctx, len, data);
        hash->digest(ctx, result_len, result->data);
    }
    return result;
}

static void hmac(const struct nettle_hash *hash, const uint8_t *key,
                 size_t key_len, const uint8_t *data, size_t len,
                 GByteArray *mac)
{
    g_autofree void *outer = g_malloc(hash->context_size);
    g_autofree void *inner = g_malloc(hash->context_size);
    g_autofree void *state = g_malloc(hash->context_size);

    hmac_set_key(outer, inner, state, hash, key_len, key);
    hmac_update(state, hash, len, data);
    hmac_digest(outer, inner, state, hash, mac->len, mac->data);
}

static void cmac_3des(const uint8_t *key, size_t key_len, const uint8_t *data,
                      size_t len, GByteArray *mac)
{
    struct cmac_des3_ctx ctx;
    uint8_t keys[24];

    /* Two keys: the third one is the first one again */
    memcpy(keys, key, 16);
    memcpy(keys + 16, key_len == 16 ? key : key + 16, 8);
    cmac_des3_set_key(&ctx, keys);
    cmac_des3_update(&ctx, len, data);
    cmac_des3_digest(&ctx, mac->len, mac->data);
}

static const struct nettle_cipher *block_cipher(uint32_t number,
                                                size_t key_len)
{
    bool twofish = number == VIRTIO_CRYPTO_MAC_GMAC_TWOFISH;

    switch (key_len) {
    case 16:
        return twofish ? &nettle_twofish128 : &nettle_aes128;
    case 24:
        return twofish ? &nettle_twofish192 : &nettle_aes192;
    default:
        return twofish ? &nettle_twofish256 : &nettle_aes256;
    }
}

static void cmac(const struct nettle_cipher *cipher, const void *ctx,
                 const uint8_t *data, size_t len, GByteArray *mac)
{
    struct cmac128_key key;
    struct cmac128_ctx cmac;

    cmac128_set_key(&key, ctx, cipher->encrypt);
    cmac128_init(&cmac);
    cmac128_update(&cmac, ctx, cipher->encrypt, len, data);
    cmac128_digest(&cmac, &key, ctx, cipher->encrypt, mac->len, mac->data);
}

static void gmac(const struct nettle_cipher *cipher, const void *ctx,
                 const uint8_t *data, size_t len, GByteArray *mac)
{
    struct gcm_key key;
    struct gcm_ctx gcm;

    gcm_set_key(&key, ctx, cipher->encrypt);
    gcm_set_iv(&gcm, &key, GMAC_NONCE, data);
    gcm_update(&gcm, &key, len - GMAC_NONCE, data + GMAC_NONCE);
    gcm_digest(&gcm, &key, ctx, cipher->encrypt, mac->len, mac->data);
}

/* The last block of an encryption in CBC mode, with zeros at the end */
static void cbcmac(const struct nettle_cipher *cipher, const void *ctx,
                   const uint8_t *data, size_t len, GByteArray *mac)
{
    g_autoptr(GByteArray) padded = new_bytes(ROUND_UP(len, BLOCK));

    if (len) {
        memcpy(padded->data, data, len);
    }
    cbc_encrypt(ctx, cipher->encrypt, BLOCK, mac->data, padded->len,
                padded->data, padded->data);
}

/* RFC 3566, section 4 */
static void xcbc(const struct nettle_cipher *cipher, void *ctx,
                 const uint8_t *data, size_t len, GByteArray *mac)
{
    size_t padded_len = len ? ROUND_UP(len, BLOCK) : BLOCK;
    g_autoptr(GByteArray) padded = new_bytes(padded_len);
    uint8_t keys[3][BLOCK];

    for (int i = 0; i < 3; i++) {
        memset(keys[i], i + 1, BLOCK);
        cipher->encrypt(ctx, BLOCK, keys[i], keys[i]);
    }
    cipher->set_encrypt_key(ctx, keys[0]);
    if (len) {
        memcpy(padded->data, data, len);
    }
    if (len < padded_len) {
        padded->data[len] = 0x80;
    }
    xor_bytes(padded->data + padded_len - BLOCK,
              keys[len < padded_len ? 2 : 1], BLOCK);
    cbcmac(cipher, ctx, padded->data, padded_len, mac);
}

/* Returns false if it is none of those. */
static bool radio_mac(uint32_t number, const uint8_t *key,
                      const uint8_t *data, size_t len, uint8_t *mac)
{
    size_t bits = (len - RADIO_VECTOR) * 8;

    switch (number) {
    case VIRTIO_CRYPTO_MAC_KASUMI_F9:
        kasumi_f9(key, len, mac, data);
        return true;
    case VIRTIO_CRYPTO_MAC_SNOW3G_UIA2:
        snow3g_uia2(key, data, bits, mac, data + RADIO_VECTOR);
        return true;
    case MAC_ZUC_EIA3:
        zuc_eia3(key, data, bits, mac, data + RADIO_VECTOR);
        return true;
    default:
        return false;
    }
}

GByteArray *reference_mac(const DigestAlgo *algo, const uint8_t *key,
                          size_t key_len, const uint8_t *data, size_t len)
{
    GByteArray *mac = new_bytes(algo->len);
    const struct nettle_cipher *cipher = block_cipher(algo->number, key_len);
    g_autofree void *ctx = g_malloc(cipher->context_size);

    if (radio_mac(algo->number, key, data, len, mac->data)) {
        return mac;
    }
    if (algo->number <= VIRTIO_CRYPTO_MAC_HMAC_SHA_512) {
        hmac(hashes[algo->number], key, key_len, data, len, mac);
        return mac;
    }
    if (algo->number == VIRTIO_CRYPTO_MAC_CMAC_3DES) {
        cmac_3des(key, key_len, data, len, mac);
        return mac;
    }
    g_assert_cmpint(cipher->key_size, ==, key_len);
    cipher->set_encrypt_key(ctx, key);
    switch (algo->number) {
    case VIRTIO_CRYPTO_MAC_CMAC_AES:
        cmac(cipher, ctx, data, len, mac);
        break;
    case VIRTIO_CRYPTO_MAC_GMAC_AES:
    case VIRTIO_CRYPTO_MAC_GMAC_TWOFISH:
        gmac(cipher, ctx, data, len, mac);
        break;
    case VIRTIO_CRYPTO_MAC_CBCMAC_AES:
        cbcmac(cipher, ctx, data, len, mac);
        break;
    default:
        g_assert_cmpint(algo->number, ==, VIRTIO_CRYPTO_MAC_XCBC_AES);
        xcbc(cipher, ctx, data, len, mac);
    }
    return mac;
}
