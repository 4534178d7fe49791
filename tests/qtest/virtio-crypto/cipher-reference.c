/*
 * Ciphers as another library than the device's runs them: nettle
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include <nettle/aes.h>
#include <nettle/arcfour.h>
#include <nettle/cbc.h>
#include <nettle/ctr.h>
#include <nettle/des.h>
#include <nettle/nettle-meta.h>
#include <nettle/xts.h>
#include "standard-headers/linux/virtio_crypto.h"
#include "cipher-reference.h"
#include "radio-reference.h"

#define AES_BLOCK   16
#define BLOCK_MAX   16

const CipherAlgo cipher_algos[] = {
    { "arc4", VIRTIO_CRYPTO_CIPHER_ARC4, { 5, 16, 256 }, 0, 1, 0 },
    { "aes-ecb", VIRTIO_CRYPTO_CIPHER_AES_ECB, { 16, 24, 32 }, 0, 16, 0 },
    { "aes-cbc", VIRTIO_CRYPTO_CIPHER_AES_CBC, { 16, 24, 32 }, 16, 16, 0 },
    { "aes-ctr", VIRTIO_CRYPTO_CIPHER_AES_CTR, { 16, 24, 32 }, 16, 1, 0 },
    { "aes-xts", VIRTIO_CRYPTO_CIPHER_AES_XTS, { 32, 64 }, 16, 1, 16 },
    { "aes-f8", VIRTIO_CRYPTO_CIPHER_AES_F8, { 32, 48, 64 }, 16, 1, 0 },
    { "des-ecb", VIRTIO_CRYPTO_CIPHER_DES_ECB, { 8 }, 0, 8, 0 },
    { "des-cbc", VIRTIO_CRYPTO_CIPHER_DES_CBC, { 8 }, 8, 8, 0 },
    { "3des-ecb", VIRTIO_CRYPTO_CIPHER_3DES_ECB, { 16, 24 }, 0, 8, 0 },
    { "3des-cbc", VIRTIO_CRYPTO_CIPHER_3DES_CBC, { 16, 24 }, 8, 8, 0 },
    { "3des-ctr", VIRTIO_CRYPTO_CIPHER_3DES_CTR, { 16, 24 }, 8, 1, 0 },
    { }
};

const CipherAlgo radio_ciphers[] = {
    { "kasumi-f8", VIRTIO_CRYPTO_CIPHER_KASUMI_F8, { 16 }, 8, 1, 0, 2500 },
    { "snow3g-uea2", VIRTIO_CRYPTO_CIPHER_SNOW3G_UEA2, { 16 }, 16, 1, 0,
      0xffffffff / 8 },
    { "zuc-eea3", VIRTIO_CRYPTO_CIPHER_ZUC_EEA3, { 16 }, 16, 1, 0, 8188 },
    { }
};

/* A block cipher with its key */
typedef struct Block {
    size_t size;
    nettle_cipher_func *encrypt, *decrypt;
    union {
        struct aes128_ctx aes128;
        struct aes192_ctx aes192;
        struct aes256_ctx aes256;
        struct des_ctx des;
        struct des3_ctx des3;
    } encrypt_key, decrypt_key;
} Block;

static void set_aes_key(Block *block, const uint8_t *key, size_t len)
{
    const struct nettle_cipher *aes = len == 16 ? &nettle_aes128 :
                                      len == 24 ? &nettle_aes192 :
                                                  &nettle_aes256;

    g_assert_cmpint(len, ==, aes->key_size);
    block->size = aes->block_size;
    block->encrypt = aes->encrypt;
    block->decrypt = aes->decrypt;
    aes->set_encrypt_key(&block->encrypt_key, key);
    aes->set_decrypt_key(&block->decrypt_key, key);
}

static void des_encrypt_blocks(const void *key, size_t len, uint8_t *dst,
                               const uint8_t *src)
{
    des_encrypt(key, len, dst, src);
}

static void des_decrypt_blocks(const void *key, size_t len, uint8_t *dst,
                               const uint8_t *src)
{
    des_decrypt(key, len, dst, src);
}

static void set_des_key(Block *block, const uint8_t *key, size_t len)
{
    g_assert_cmpint(len, ==, 8);
    block->size = DES_BLOCK_SIZE;
    block->encrypt = des_encrypt_blocks;
    block->decrypt = des_decrypt_blocks;
    des_set_key(&block->encrypt_key.des, key);
    des_set_key(&block->decrypt_key.des, key);
}

static void des3_encrypt_blocks(const void *key, size_t len, uint8_t *dst,
                                const uint8_t *src)
{
    des3_encrypt(key, len, dst, src);
}

static void des3_decrypt_blocks(const void *key, size_t len, uint8_t *dst,
                                const uint8_t *src)
{
    des3_decrypt(key, len, dst, src);
}

/* SP 800-67: of two keys the first one is the third one, too */
static void set_des3_key(Block *block, const uint8_t *key, size_t len)
{
    uint8_t three[24];

    g_assert_true(len == 16 || len == 24);
    memcpy(three, key, 16);
    memcpy(three + 16, len == 24 ? key + 16 : key, 8);
    block->size = DES_BLOCK_SIZE;
    block->encrypt = des3_encrypt_blocks;
    block->decrypt = des3_decrypt_blocks;
    des3_set_key(&block->encrypt_key.des3, three);
    des3_set_key(&block->decrypt_key.des3, three);
}

static void run_ecb(const Block *block, bool encrypt, size_t len,
                    uint8_t *dst, const uint8_t *src)
{
    if (encrypt) {
        block->encrypt(&block->encrypt_key, len, dst, src);
    } else {
        block->decrypt(&block->decrypt_key, len, dst, src);
    }
}

static void run_cbc(const Block *block, bool encrypt, const GByteArray *iv,
                    size_t len, uint8_t *dst, const uint8_t *src)
{
    uint8_t chain[BLOCK_MAX];

    g_assert_cmpint(iv->len, ==, block->size);
    memcpy(chain, iv->data, iv->len);
    if (encrypt) {
        cbc_encrypt(&block->encrypt_key, block->encrypt, block->size, chain,
                    len, dst, src);
    } else {
        cbc_decrypt(&block->decrypt_key, block->decrypt, block->size, chain,
                    len, dst, src);
    }
}

static void run_ctr(const Block *block, const GByteArray *iv, size_t len,
                    uint8_t *dst, const uint8_t *src)
{
    uint8_t counter[BLOCK_MAX];

    g_assert_cmpint(iv->len, ==, block->size);
    memcpy(counter, iv->data, iv->len);
    ctr_crypt(&block->encrypt_key, block->encrypt, block->size, counter, len,
              dst, src);
}

static void run_arc4(const GByteArray *key, size_t len, uint8_t *dst,
                     const uint8_t *src)
{
    struct arcfour_ctx stream;

    arcfour_set_key(&stream, key->len, key->data);
    arcfour_crypt(&stream, len, dst, src);
}

/* The key is the data's and then the tweak's */
static void run_xts(bool encrypt, const GByteArray *key, const GByteArray *iv,
                    size_t len, uint8_t *dst, const uint8_t *src)
{
    size_t half = key->len / 2;
    Block data, tweak;

    set_aes_key(&data, key->data, half);
    set_aes_key(&tweak, key->data + half, half);
    if (encrypt) {
        xts_encrypt_message(&data.encrypt_key, &tweak.encrypt_key,
                            data.encrypt, iv->data, len, dst, src);
    } else {
        xts_decrypt_message(&data.decrypt_key, &tweak.encrypt_key,
                            data.decrypt, data.encrypt, iv->data, len, dst,
                            src);
    }
}

/* RFC 3711, section 4.1.2; the key is k_e and then m */
static void run_f8(const GByteArray *key, const GByteArray *iv, size_t len,
                   uint8_t *dst, const uint8_t *src)
{
    size_t half = key->len / 2;
    uint8_t masked[32], start[AES_BLOCK], stream[AES_BLOCK] = { };
    Block block;

    for (size_t i = 0; i < half; i++) {
        masked[i] = key->data[i] ^ key->data[half + i];
    }
    set_aes_key(&block, masked, half);
    block.encrypt(&block.encrypt_key, AES_BLOCK, start, iv->data);
    set_aes_key(&block, key->data, half);
    for (size_t i = 0; i < len; i++) {
        size_t at = i % AES_BLOCK;

        if (at == 0) {
            stl_be_p(stream + 12, ldl_be_p(stream + 12) ^ i / AES_BLOCK);
            for (size_t j = 0; j < AES_BLOCK; j++) {
                stream[j] ^= start[j];
            }
            block.encrypt(&block.encrypt_key, AES_BLOCK, stream, stream);
        }
        dst[i] = src[i] ^ stream[at];
    }
}

static void set_cipher_key(Block *block, uint32_t algo, const GByteArray *key)
{
    switch (algo) {
    case VIRTIO_CRYPTO_CIPHER_AES_ECB:
    case VIRTIO_CRYPTO_CIPHER_AES_CBC:
    case VIRTIO_CRYPTO_CIPHER_AES_CTR:
        set_aes_key(block, key->data, key->len);
        break;
    case VIRTIO_CRYPTO_CIPHER_DES_ECB:
    case VIRTIO_CRYPTO_CIPHER_DES_CBC:
        set_des_key(block, key->data, key->len);
        break;
    default:
        set_des3_key(block, key->data, key->len);
    }
}

static void run_block(uint32_t algo, bool encrypt, const GByteArray *key,
                      const GByteArray *iv, size_t len, uint8_t *dst,
                      const uint8_t *src)
{
    Block block;

    set_cipher_key(&block, algo, key);
    switch (algo) {
    case VIRTIO_CRYPTO_CIPHER_AES_ECB:
    case VIRTIO_CRYPTO_CIPHER_DES_ECB:
    case VIRTIO_CRYPTO_CIPHER_3DES_ECB:
        run_ecb(&block, encrypt, len, dst, src);
        break;
    case VIRTIO_CRYPTO_CIPHER_AES_CBC:
    case VIRTIO_CRYPTO_CIPHER_DES_CBC:
    case VIRTIO_CRYPTO_CIPHER_3DES_CBC:
        run_cbc(&block, encrypt, iv, len, dst, src);
        break;
    case VIRTIO_CRYPTO_CIPHER_AES_CTR:
    case VIRTIO_CRYPTO_CIPHER_3DES_CTR:
        run_ctr(&block, iv, len, dst, src);
        break;
    default:
        g_assert_not_reached();
    }
}

GByteArray *reference_cipher(const CipherAlgo *algo, bool encrypt,
                             const GByteArray *key, const GByteArray *iv,
                             const uint8_t *src, size_t len)
{
    GByteArray *result = g_byte_array_new();

    g_byte_array_set_size(result, len);
    if (!len) {
        return result;
    }
    switch (algo->number) {
    case VIRTIO_CRYPTO_CIPHER_ARC4:
        run_arc4(key, len, result->data, src);
        break;
    case VIRTIO_CRYPTO_CIPHER_AES_XTS:
        run_xts(encrypt, key, iv, len, result->data, src);
        break;
    case VIRTIO_CRYPTO_CIPHER_AES_F8:
        run_f8(key, iv, len, result->data, src);
        break;
    case VIRTIO_CRYPTO_CIPHER_KASUMI_F8:
        kasumi_f8(key->data, iv->data, len, result->data, src);
        break;
    case VIRTIO_CRYPTO_CIPHER_SNOW3G_UEA2:
        snow3g_uea2(key->data, iv->data, len, result->data, src);
        break;
    case VIRTIO_CRYPTO_CIPHER_ZUC_EEA3:
        zuc_eea3(key->data, iv->data, len, result->data, src);
        break;
    default:
        run_block(algo->number, encrypt, key, iv, len, result->data, src);
    }
    return result;
}

static const CipherAlgo *find_in(const CipherAlgo *algo, const char *name)
{
    while (algo->name && !g_str_equal(algo->name, name)) {
        algo++;
    }
    return algo->name ? algo : NULL;
}

const CipherAlgo *cipher_find_algo(const char *name)
{
    const CipherAlgo *algo = find_in(cipher_algos, name);

    if (!algo) {
        algo = find_in(radio_ciphers, name);
    }
    g_assert_nonnull(algo);
    return algo;
}
