/*
 * Reference results of authenticated encryption, by nettle and by hand
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Nettle's GCM cannot start from a given pre-counter block.  So this file
 * builds that from nettle's AES, as SP 800-38D describes it.
 */

#include "qemu/osdep.h"
#include <nettle/ccm.h>
#include <nettle/nettle-meta.h>
#include "qemu/bswap.h"
#include "standard-headers/linux/virtio_crypto.h"
#include "aead-reference.h"

#define BLOCK 16
#define GCM_SHORT_IV 12

static const struct nettle_cipher *find_aes(const GByteArray *key)
{
    switch (key->len) {
    case 16:
        return &nettle_aes128;
    case 24:
        return &nettle_aes192;
    case 32:
        return &nettle_aes256;
    default:
        g_assert_not_reached();
    }
}

/* The context of @cipher with @key; free it by g_free() */
static void *new_context(const struct nettle_cipher *cipher,
                         const GByteArray *key)
{
    void *context = g_malloc(cipher->context_size);

    cipher->set_encrypt_key(context, key->data);
    return context;
}

/* Section 6.3: blocks are polynomials whose first bit belongs to x^0 */
typedef struct Ghash {
    uint64_t subkey[2];
    uint64_t hash[2];
} Ghash;

static void ghash_block(Ghash *ghash, const uint8_t block[BLOCK])
{
    uint64_t v[2] = { ghash->subkey[0], ghash->subkey[1] };
    uint64_t product[2] = { };

    ghash->hash[0] ^= ldq_be_p(block);
    ghash->hash[1] ^= ldq_be_p(block + 8);
    for (int bit = 0; bit < 128; bit++) {
        bool reduce = v[1] & 1;

        if (ghash->hash[bit / 64] >> (63 - bit % 64) & 1) {
            product[0] ^= v[0];
            product[1] ^= v[1];
        }
        v[1] = v[1] >> 1 | v[0] << 63;
        v[0] = v[0] >> 1;
        if (reduce) {
            v[0] ^= 0xe100000000000000ull;
        }
    }
    memcpy(ghash->hash, product, sizeof(product));
}

/* Hashes bytes, and zeros to the next block */
static void ghash_bytes(Ghash *ghash, const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i += BLOCK) {
        uint8_t block[BLOCK] = { };

        memcpy(block, bytes + i, MIN(BLOCK, len - i));
        ghash_block(ghash, block);
    }
}

/* Hashes the lengths in bits of all data, and finishes the hash */
static void ghash_end(Ghash *ghash, uint64_t aad_len, uint64_t len,
                      uint8_t hash[BLOCK])
{
    uint8_t block[BLOCK];

    stq_be_p(block, aad_len * 8);
    stq_be_p(block + 8, len * 8);
    ghash_block(ghash, block);
    stq_be_p(hash, ghash->hash[0]);
    stq_be_p(hash + 8, ghash->hash[1]);
}

static void ghash_start(Ghash *ghash, const struct nettle_cipher *aes,
                        const void *context)
{
    uint8_t block[BLOCK] = { };

    aes->encrypt(context, BLOCK, block, block);
    *ghash = (Ghash) {
        .subkey = { ldq_be_p(block), ldq_be_p(block + 8) },
    };
}

static void xor_bytes(uint8_t *bytes, const uint8_t *other, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bytes[i] ^= other[i];
    }
}

/* Section 6.5; only the last 32 bits of the counter count */
static void gcm_counter_mode(const struct nettle_cipher *aes,
                             const void *context, const uint8_t j0[BLOCK],
                             uint8_t *bytes, size_t len)
{
    uint8_t counter[BLOCK], stream[BLOCK];

    memcpy(counter, j0, BLOCK);
    for (size_t i = 0; i < len; i += BLOCK) {
        stl_be_p(counter + 12, ldl_be_p(counter + 12) + 1u);
        aes->encrypt(context, BLOCK, stream, counter);
        xor_bytes(bytes + i, stream, MIN(BLOCK, len - i));
    }
}

/* Section 7.1 from step 3 on */
static void gcm_from_j0(const GByteArray *key, const GByteArray *j0,
                        const GByteArray *aad, GByteArray *sealed,
                        size_t len, size_t tag_len)
{
    const struct nettle_cipher *aes = find_aes(key);
    g_autofree void *context = new_context(aes, key);
    uint8_t hash[BLOCK], mask[BLOCK];
    Ghash ghash;

    gcm_counter_mode(aes, context, j0->data, sealed->data, len);
    ghash_start(&ghash, aes, context);
    ghash_bytes(&ghash, aad->data, aad->len);
    ghash_bytes(&ghash, sealed->data, len);
    ghash_end(&ghash, aad->len, len, hash);
    aes->encrypt(context, BLOCK, mask, j0->data);
    xor_bytes(hash, mask, BLOCK);
    memcpy(sealed->data + len, hash, tag_len);
}

GByteArray *gcm_reference_j0(const GByteArray *key, const GByteArray *iv)
{
    const struct nettle_cipher *aes = find_aes(key);
    GByteArray *j0 = g_byte_array_new();

    g_byte_array_append(j0, iv->data, iv->len);
    g_byte_array_set_size(j0, BLOCK);
    if (iv->len == GCM_SHORT_IV) {
        stl_be_p(j0->data + GCM_SHORT_IV, 1);
    } else {
        g_autofree void *context = new_context(aes, key);
        Ghash ghash;

        ghash_start(&ghash, aes, context);
        ghash_bytes(&ghash, iv->data, iv->len);
        ghash_end(&ghash, 0, iv->len, j0->data);
    }
    return j0;
}

static void ccm(const GByteArray *key, const GByteArray *iv,
                const GByteArray *aad, GByteArray *sealed, size_t len,
                size_t tag_len)
{
    const struct nettle_cipher *aes = find_aes(key);
    g_autofree void *context = new_context(aes, key);
    g_autofree uint8_t *plain = g_memdup2(sealed->data, len);

    ccm_encrypt_message(context, aes->encrypt, iv->len, iv->data, aad->len,
                        aad->data, tag_len, sealed->len, sealed->data, plain);
}

/* The algorithms that nettle implements, with a nonce of 12 bytes */
static void nettle_seal(const struct nettle_aead *aead, const GByteArray *key,
                        const GByteArray *iv, const GByteArray *aad,
                        GByteArray *sealed, size_t len, size_t tag_len)
{
    g_autofree void *context = g_malloc(aead->context_size);

    g_assert_cmpint(key->len, ==, aead->key_size);
    g_assert_cmpint(iv->len, ==, aead->nonce_size);
    aead->set_encrypt_key(context, key->data);
    aead->set_nonce(context, iv->data);
    aead->update(context, aad->len, aad->data);
    aead->encrypt(context, len, sealed->data, sealed->data);
    aead->digest(context, tag_len, sealed->data + len);
}

static const struct nettle_aead *find_gcm(const GByteArray *key)
{
    return key->len == 16 ? &nettle_gcm_aes128 :
           key->len == 24 ? &nettle_gcm_aes192 : &nettle_gcm_aes256;
}

GByteArray *aead_reference(uint32_t algo, const GByteArray *key,
                           const GByteArray *iv, const GByteArray *aad,
                           const GByteArray *plain, size_t tag_len)
{
    GByteArray *sealed = g_byte_array_new();
    size_t len = plain->len;

    g_byte_array_append(sealed, plain->data, len);
    g_byte_array_set_size(sealed, len + tag_len);
    switch (algo) {
    case VIRTIO_CRYPTO_AEAD_GCM:
        if (iv->len == BLOCK) {
            gcm_from_j0(key, iv, aad, sealed, len, tag_len);
        } else {
            nettle_seal(find_gcm(key), key, iv, aad, sealed, len, tag_len);
        }
        break;
    case VIRTIO_CRYPTO_AEAD_CCM:
        ccm(key, iv, aad, sealed, len, tag_len);
        break;
    case VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305:
        nettle_seal(&nettle_chacha_poly1305, key, iv, aad, sealed, len,
                    tag_len);
        break;
    default:
        g_assert_not_reached();
    }
    return sealed;
}
