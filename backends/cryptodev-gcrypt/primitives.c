/*
 * The libgcrypt backend: the primitives that libgcrypt has
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Each state is libgcrypt's own handle.
 */

#include "qemu/osdep.h"
#include "handle.h"
#include "primitives.h"
#include "rsa-primitive.h"

/* About how much of a handle an operation uses, and how it is allocated */
#define HANDLE_SIZE 1536
#define CACHE_LINE 64

static const struct {
    int algo;       /* as cryptodev_gcrypt_open() takes it */
    int mode;
} ciphers[] = {
    [CRYPTODEV_CIPHER_ARC4] = {
        GCRY_CIPHER_ARCFOUR, GCRY_CIPHER_MODE_STREAM
    },
    [CRYPTODEV_CIPHER_AES_ECB] = { GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_ECB },
    [CRYPTODEV_CIPHER_AES_CBC] = { GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_CBC },
    [CRYPTODEV_CIPHER_AES_CTR] = { GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_CTR },
    [CRYPTODEV_CIPHER_AES_XTS] = { GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_XTS },
    [CRYPTODEV_CIPHER_DES_ECB] = { GCRY_CIPHER_DES, GCRY_CIPHER_MODE_ECB },
    [CRYPTODEV_CIPHER_DES_CBC] = { GCRY_CIPHER_DES, GCRY_CIPHER_MODE_CBC },
    [CRYPTODEV_CIPHER_3DES_ECB] = { GCRY_CIPHER_3DES, GCRY_CIPHER_MODE_ECB },
    [CRYPTODEV_CIPHER_3DES_CBC] = { GCRY_CIPHER_3DES, GCRY_CIPHER_MODE_CBC },
    [CRYPTODEV_CIPHER_3DES_CTR] = { GCRY_CIPHER_3DES, GCRY_CIPHER_MODE_CTR },
};

static const int blocks[] = {
    [CRYPTODEV_BLOCK_AES] = GCRY_CIPHER_AES128,
    [CRYPTODEV_BLOCK_3DES] = GCRY_CIPHER_3DES,
};

static const int hashes[] = {
    [CRYPTODEV_HASH_NONE] = GCRY_MD_NONE,
    [CRYPTODEV_HASH_MD4] = GCRY_MD_MD4,
    [CRYPTODEV_HASH_MD5] = GCRY_MD_MD5,
    [CRYPTODEV_HASH_SHA1] = GCRY_MD_SHA1,
    [CRYPTODEV_HASH_SHA224] = GCRY_MD_SHA224,
    [CRYPTODEV_HASH_SHA256] = GCRY_MD_SHA256,
    [CRYPTODEV_HASH_SHA384] = GCRY_MD_SHA384,
    [CRYPTODEV_HASH_SHA512] = GCRY_MD_SHA512,
    [CRYPTODEV_HASH_SHA3_224] = GCRY_MD_SHA3_224,
    [CRYPTODEV_HASH_SHA3_256] = GCRY_MD_SHA3_256,
    [CRYPTODEV_HASH_SHA3_384] = GCRY_MD_SHA3_384,
    [CRYPTODEV_HASH_SHA3_512] = GCRY_MD_SHA3_512,
    [CRYPTODEV_HASH_SHAKE128] = GCRY_MD_SHAKE128,
    [CRYPTODEV_HASH_SHAKE256] = GCRY_MD_SHAKE256,
};

static const int macs[] = {
    [CRYPTODEV_MAC_HMAC_MD5] = GCRY_MAC_HMAC_MD5,
    [CRYPTODEV_MAC_HMAC_SHA1] = GCRY_MAC_HMAC_SHA1,
    [CRYPTODEV_MAC_HMAC_SHA224] = GCRY_MAC_HMAC_SHA224,
    [CRYPTODEV_MAC_HMAC_SHA256] = GCRY_MAC_HMAC_SHA256,
    [CRYPTODEV_MAC_HMAC_SHA384] = GCRY_MAC_HMAC_SHA384,
    [CRYPTODEV_MAC_HMAC_SHA512] = GCRY_MAC_HMAC_SHA512,
    [CRYPTODEV_MAC_CMAC_AES] = GCRY_MAC_CMAC_AES,
    [CRYPTODEV_MAC_GMAC_AES] = GCRY_MAC_GMAC_AES,
    [CRYPTODEV_MAC_GMAC_TWOFISH] = GCRY_MAC_GMAC_TWOFISH,
};

static const struct {
    int algo;       /* as cryptodev_gcrypt_open() takes it */
    int mode;
} aeads[] = {
    [CRYPTODEV_AEAD_AES_GCM] = { GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_GCM },
    [CRYPTODEV_AEAD_AES_CCM] = { GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_CCM },
    [CRYPTODEV_AEAD_CHACHA20_POLY1305] = {
        GCRY_CIPHER_CHACHA20, GCRY_CIPHER_MODE_POLY1305
    },
};

/* Ciphers */

static bool cipher_has(const CryptoDevPrimitives *primitives,
                       CryptoDevCipherAlgo algo)
{
    return algo < ARRAY_SIZE(ciphers) &&
           !gcry_cipher_test_algo(ciphers[algo].algo);
}

static CryptoDevCipherState *cipher_open(const CryptoDevPrimitives *primitives,
                                         CryptoDevCipherAlgo algo, bool encrypt,
                                         const uint8_t *key, size_t key_len)
{
    return (CryptoDevCipherState *)cryptodev_gcrypt_open(ciphers[algo].algo,
                                                         ciphers[algo].mode, 0,
                                                         key, key_len);
}

static void cipher_prefetch(const CryptoDevCipherState *state)
{
    const char *handle = (const char *)state;

    for (size_t offset = 0; offset < HANDLE_SIZE; offset += CACHE_LINE) {
        __builtin_prefetch(handle + offset, 1);
    }
}

/*
 * A vector begins a new operation.  A reset would too, but it copies the key's
 * schedules, which are in no cache if there are many sessions.
 */
static bool cipher_start(CryptoDevCipherState *state, CryptoDevCipherAlgo algo,
                         const uint8_t *iv, size_t iv_len)
{
    gcry_cipher_hd_t hd = (gcry_cipher_hd_t)state;

    switch (ciphers[algo].mode) {
    case GCRY_CIPHER_MODE_CBC:
    case GCRY_CIPHER_MODE_XTS:
        return !gcry_cipher_setiv(hd, iv, iv_len);
    case GCRY_CIPHER_MODE_CTR:
        return !gcry_cipher_setctr(hd, iv, iv_len);
    case GCRY_CIPHER_MODE_STREAM:
        return !gcry_cipher_reset(hd);
    default:
        return true;
    }
}

static bool cipher_crypt(CryptoDevCipherState *state, bool encrypt,
                         uint8_t *dst, const uint8_t *src, size_t len)
{
    gcry_cipher_hd_t hd = (gcry_cipher_hd_t)state;

    return !(encrypt ? gcry_cipher_encrypt(hd, dst, len, src, len)
                     : gcry_cipher_decrypt(hd, dst, len, src, len));
}

static void cipher_close(CryptoDevCipherState *state)
{
    gcry_cipher_close((gcry_cipher_hd_t)state);
}

/* Block ciphers */

static bool block_has(const CryptoDevPrimitives *primitives,
                      CryptoDevBlockAlgo algo)
{
    return algo < ARRAY_SIZE(blocks) && !gcry_cipher_test_algo(blocks[algo]);
}

static CryptoDevBlockState *block_open(const CryptoDevPrimitives *primitives,
                                       CryptoDevBlockAlgo algo,
                                       const uint8_t *key, size_t key_len)
{
    return (CryptoDevBlockState *)cryptodev_gcrypt_open(blocks[algo],
                                                        GCRY_CIPHER_MODE_CBC,
                                                        GCRY_CIPHER_CBC_MAC,
                                                        key, key_len);
}

/* No vector is one of zeros. */
static bool block_start(CryptoDevBlockState *state)
{
    return !gcry_cipher_setiv((gcry_cipher_hd_t)state, NULL, 0);
}

static bool block_chain(CryptoDevBlockState *state,
                        uint8_t result[CRYPTODEV_BLOCK_MAX],
                        const uint8_t *data, size_t len)
{
    return !gcry_cipher_encrypt((gcry_cipher_hd_t)state, result,
                                CRYPTODEV_BLOCK_MAX, data, len);
}

static void block_close(CryptoDevBlockState *state)
{
    gcry_cipher_close((gcry_cipher_hd_t)state);
}

/* Hashes */

static bool hash_has(const CryptoDevPrimitives *primitives,
                     CryptoDevHashAlgo algo)
{
    return algo < ARRAY_SIZE(hashes) && !gcry_md_test_algo(hashes[algo]);
}

/*
 * In FIPS mode nothing is in secure memory, which cannot grow there and which
 * many threads could fill.
 */
static gcry_md_hd_t open_md(CryptoDevHashAlgo algo, unsigned int flags)
{
    gcry_md_hd_t md;

    if (gcry_fips_mode_active()) {
        flags &= ~GCRY_MD_FLAG_SECURE;
    }
    return gcry_md_open(&md, hashes[algo], flags) ? NULL : md;
}

static CryptoDevHashState *hash_open(const CryptoDevPrimitives *primitives,
                                     CryptoDevHashAlgo algo, bool secret)
{
    return (CryptoDevHashState *)open_md(algo,
                                         secret ? GCRY_MD_FLAG_SECURE : 0);
}

static CryptoDevHashState *
hash_open_hmac(const CryptoDevPrimitives *primitives, CryptoDevHashAlgo algo,
               const uint8_t *key, size_t key_len)
{
    gcry_md_hd_t md = open_md(algo, GCRY_MD_FLAG_HMAC | GCRY_MD_FLAG_SECURE);

    if (md && gcry_md_setkey(md, key_len ? key : (const uint8_t *)"",
                             key_len)) {
        gcry_md_close(md);
        return NULL;
    }
    return (CryptoDevHashState *)md;
}

static bool hash_set_key(CryptoDevHashState *state, const uint8_t *key,
                         size_t key_len)
{
    return !gcry_md_setkey((gcry_md_hd_t)state, key, key_len);
}

static void hash_start(CryptoDevHashState *state)
{
    gcry_md_reset((gcry_md_hd_t)state);
}

static void hash_update(CryptoDevHashState *state, const uint8_t *data,
                        size_t len)
{
    gcry_md_write((gcry_md_hd_t)state, data, len);
}

static bool hash_finish(CryptoDevHashState *state, uint8_t *digest, size_t len)
{
    gcry_md_hd_t md = (gcry_md_hd_t)state;

    switch (gcry_md_get_algo(md)) {
    case GCRY_MD_SHAKE128:
    case GCRY_MD_SHAKE256:
        gcry_md_extract(md, 0, digest, len);
        break;
    default:
        memcpy(digest, gcry_md_read(md, 0), len);
        break;
    }
    return true;
}

static void hash_close(CryptoDevHashState *state)
{
    gcry_md_close((gcry_md_hd_t)state);
}

/* MACs */

static bool mac_has(const CryptoDevPrimitives *primitives,
                    CryptoDevMacAlgo algo)
{
    return algo < ARRAY_SIZE(macs) && !gcry_mac_test_algo(macs[algo]);
}

static CryptoDevMacState *mac_open(const CryptoDevPrimitives *primitives,
                                   CryptoDevMacAlgo algo, const uint8_t *key,
                                   size_t key_len)
{
    gcry_mac_hd_t mac;

    if (gcry_mac_open(&mac, macs[algo], 0, NULL)) {
        return NULL;
    }
    if (gcry_mac_setkey(mac, key, key_len)) {
        gcry_mac_close(mac);
        return NULL;
    }
    return (CryptoDevMacState *)mac;
}

static bool mac_start(CryptoDevMacState *state, const uint8_t *nonce,
                      size_t nonce_len)
{
    gcry_mac_hd_t mac = (gcry_mac_hd_t)state;

    return !gcry_mac_reset(mac) &&
           (!nonce_len || !gcry_mac_setiv(mac, nonce, nonce_len));
}

static bool mac_update(CryptoDevMacState *state, const uint8_t *data,
                       size_t len)
{
    return !gcry_mac_write((gcry_mac_hd_t)state, data, len);
}

static bool mac_finish(CryptoDevMacState *state,
                       uint8_t tag[CRYPTODEV_DIGEST_MAX])
{
    size_t len = CRYPTODEV_DIGEST_MAX;

    return !gcry_mac_read((gcry_mac_hd_t)state, tag, &len);
}

static void mac_close(CryptoDevMacState *state)
{
    gcry_mac_close((gcry_mac_hd_t)state);
}

/* Authenticated encryption with associated data */

/*
 * In FIPS mode GCM does not encrypt with an initialization vector that is given
 * to libgcrypt.
 */
static bool aead_has(const CryptoDevPrimitives *primitives,
                     CryptoDevAeadAlgo algo)
{
    return algo < ARRAY_SIZE(aeads) &&
           !gcry_cipher_test_algo(aeads[algo].algo) &&
           (aeads[algo].mode != GCRY_CIPHER_MODE_GCM ||
            !gcry_fips_mode_active());
}

static CryptoDevAeadState *aead_open(const CryptoDevPrimitives *primitives,
                                     const CryptoDevAead *aead)
{
    return (CryptoDevAeadState *)cryptodev_gcrypt_open(aeads[aead->algo].algo,
                                                       aeads[aead->algo].mode,
                                                       0, aead->key,
                                                       aead->key_len);
}

/* A nonce begins a new text, unless the one before was broken off. */
static bool aead_start(CryptoDevAeadState *state, const CryptoDevAead *aead,
                       const uint8_t *iv, size_t iv_len, size_t aad_len,
                       size_t len)
{
    gcry_cipher_hd_t hd = (gcry_cipher_hd_t)state;
    uint64_t ccm_lengths[] = { len, aad_len, aead->tag_len };

    return !gcry_cipher_setiv(hd, iv, iv_len) &&
           (aead->algo != CRYPTODEV_AEAD_AES_CCM ||
            !gcry_cipher_ctl(hd, GCRYCTL_SET_CCM_LENGTHS, ccm_lengths,
                             sizeof(ccm_lengths)));
}

static bool aead_add(CryptoDevAeadState *state, const uint8_t *data,
                     size_t len)
{
    return !gcry_cipher_authenticate((gcry_cipher_hd_t)state, data, len);
}

static bool aead_encrypt(CryptoDevAeadState *state, uint8_t *dst,
                         const uint8_t *src, size_t len)
{
    return !gcry_cipher_encrypt((gcry_cipher_hd_t)state, dst, len, src, len);
}

static bool aead_finish(CryptoDevAeadState *state, const CryptoDevAead *aead,
                        uint8_t *tag)
{
    return !gcry_cipher_gettag((gcry_cipher_hd_t)state, tag, aead->tag_len);
}

static CryptoDevStatus aead_decrypt(CryptoDevAeadState *state,
                                    const CryptoDevAead *aead, uint8_t *text,
                                    size_t len, const uint8_t *tag)
{
    gcry_cipher_hd_t hd = (gcry_cipher_hd_t)state;
    gcry_error_t err = 0;

    if (len) {
        err = gcry_cipher_decrypt(hd, text, len, NULL, 0);
    }
    if (!err) {
        err = gcry_cipher_checktag(hd, tag, aead->tag_len);
    }
    switch (gcry_err_code(err)) {
    case GPG_ERR_NO_ERROR:
        return CRYPTODEV_OK;
    case GPG_ERR_CHECKSUM:
        return CRYPTODEV_BADMSG;
    default:
        return CRYPTODEV_ERR;
    }
}

static void aead_reset(CryptoDevAeadState *state)
{
    gcry_cipher_reset((gcry_cipher_hd_t)state);
}

static void aead_close(CryptoDevAeadState *state)
{
    gcry_cipher_close((gcry_cipher_hd_t)state);
}

static bool randomize(const CryptoDevPrimitives *primitives, uint8_t *data,
                      size_t len)
{
    gcry_randomize(data, len, GCRY_STRONG_RANDOM);
    return true;
}

const CryptoDevPrimitives cryptodev_gcrypt_primitives = {
    .cipher = {
        cipher_has, cipher_open, cipher_prefetch, cipher_start, cipher_crypt,
        cipher_close,
    },
    .block = { block_has, block_open, block_start, block_chain, block_close },
    .hash = {
        hash_has, hash_open, hash_open_hmac, hash_set_key, hash_start,
        hash_update, hash_finish, hash_close,
    },
    .mac = {
        mac_has, mac_open, mac_start, mac_update, mac_finish, mac_close,
    },
    .aead = {
        .has = aead_has,
        .open = aead_open,
        .start = aead_start,
        .add = aead_add,
        .encrypt = aead_encrypt,
        .finish = aead_finish,
        .decrypt = aead_decrypt,
        .reset = aead_reset,
        .close = aead_close,
    },
    .rsa = &cryptodev_gcrypt_rsa_primitives,
    .randomize = randomize,
};
