/*
 * The libgcrypt backend: a hash function, or a MAC with its key
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/atomic.h"
#include "../../cryptodev-gcrypt/drivers.h"
#include "cbcmac.h"
#include "digest.h"

/* The longest digest of a fixed length: SHA-512's */
#define DIGEST_MAX 64

/* GMAC takes its nonce from the front of the source. */
#define GMAC_NONCE 12

static const int gcrypt_hash[] = {
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

static const int gcrypt_mac[] = {
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

int cryptodev_gcrypt_hash_number(CryptoDevHashAlgo algo)
{
    return gcrypt_hash[algo];
}

/**
 * DigestKind:
 * @open: make a state able to compute; false if libgcrypt will not
 * @close: undo @open
 * @start: begin a computation
 * @update: take the next bytes
 * @finish: store the digest; if it fails, the destination is unchanged
 *
 * What libgcrypt does by functions of one sort.
 */
typedef struct DigestKind {
    bool (*open)(CryptoDevGcryptDigestState *state);
    void (*close)(CryptoDevGcryptDigestState *state);
    gcry_error_t (*start)(CryptoDevGcryptDigestState *state);
    gcry_error_t (*update)(CryptoDevGcryptDigestState *state,
                           const uint8_t *data, size_t len);
    gcry_error_t (*finish)(CryptoDevGcryptDigestState *state,
                           CryptoDevBuf dst);
} DigestKind;

/**
 * CryptoDevGcryptDigest:
 * @spare: a state that no computation uses, or NULL.  Whoever takes it owns
 *         it, so that several threads need no lock; one that finds none makes
 *         a new state.
 */
struct CryptoDevGcryptDigest {
    const DigestKind *kind;
    uint32_t algo;
    CryptoDevGcryptDigestState *spare;
    size_t key_len;
    uint8_t key[];
};

/**
 * CryptoDevGcryptDigestState:
 * @digest: the function
 * @err: libgcrypt's first error in this computation
 * @nonce_len: bytes of @nonce that GMAC has so far
 */
struct CryptoDevGcryptDigestState {
    const CryptoDevGcryptDigest *digest;
    gcry_error_t err;
    union {
        gcry_md_hd_t md;
        CryptoDevCbcMac *cbcmac;
        struct {
            gcry_mac_hd_t mac;
            uint8_t nonce[GMAC_NONCE];
            size_t nonce_len;
        };
    };
};

/* Hashes */

static bool is_shake(uint32_t algo)
{
    return algo == CRYPTODEV_HASH_SHAKE128 || algo == CRYPTODEV_HASH_SHAKE256;
}

static bool hash_open(CryptoDevGcryptDigestState *state)
{
    return !gcry_md_open(&state->md, gcrypt_hash[state->digest->algo], 0);
}

static void hash_close(CryptoDevGcryptDigestState *state)
{
    gcry_md_close(state->md);
}

static gcry_error_t hash_start(CryptoDevGcryptDigestState *state)
{
    gcry_md_reset(state->md);
    return 0;
}

static gcry_error_t hash_update(CryptoDevGcryptDigestState *state,
                                const uint8_t *data, size_t len)
{
    gcry_md_write(state->md, data, len);
    return 0;
}

static gcry_error_t hash_finish(CryptoDevGcryptDigestState *state,
                                CryptoDevBuf dst)
{
    cryptodev_buf_write(&dst, gcry_md_read(state->md, 0), dst.len);
    return 0;
}

/* An output of any length goes straight to where it belongs. */
static gcry_error_t shake_finish(CryptoDevGcryptDigestState *state,
                                 CryptoDevBuf dst)
{
    gcry_error_t err = 0;

    while (dst.len && !err) {
        uint8_t *run;
        size_t len = cryptodev_buf_run(&dst, &run);

        err = gcry_md_extract(state->md, gcrypt_hash[state->digest->algo],
                              run, len);
        cryptodev_buf_advance(&dst, len);
    }
    return err;
}

/* Nested hashes: the inner prefix, and the outer one behind it */

static gcry_error_t nested_start(CryptoDevGcryptDigestState *state)
{
    const CryptoDevGcryptDigest *digest = state->digest;

    gcry_md_reset(state->md);
    gcry_md_write(state->md, digest->key, digest->key_len / 2);
    return 0;
}

static gcry_error_t nested_finish(CryptoDevGcryptDigestState *state,
                                  CryptoDevBuf dst)
{
    const CryptoDevGcryptDigest *digest = state->digest;
    size_t len = gcry_md_get_algo_dlen(gcrypt_hash[digest->algo]);
    size_t prefix_len = digest->key_len / 2;
    uint8_t inner[DIGEST_MAX];

    memcpy(inner, gcry_md_read(state->md, 0), len);
    gcry_md_reset(state->md);
    gcry_md_write(state->md, digest->key + prefix_len, prefix_len);
    gcry_md_write(state->md, inner, len);
    cryptodev_wipe(inner, len);
    return hash_finish(state, dst);
}

/* HMAC and CMAC */

static bool mac_open(CryptoDevGcryptDigestState *state)
{
    const CryptoDevGcryptDigest *digest = state->digest;

    if (gcry_mac_open(&state->mac, gcrypt_mac[digest->algo], 0, NULL)) {
        return false;
    }
    if (gcry_mac_setkey(state->mac, digest->key, digest->key_len)) {
        gcry_mac_close(state->mac);
        return false;
    }
    return true;
}

static void mac_close(CryptoDevGcryptDigestState *state)
{
    gcry_mac_close(state->mac);
}

static gcry_error_t mac_start(CryptoDevGcryptDigestState *state)
{
    return gcry_mac_reset(state->mac);
}

static gcry_error_t mac_update(CryptoDevGcryptDigestState *state,
                               const uint8_t *data, size_t len)
{
    return gcry_mac_write(state->mac, data, len);
}

static gcry_error_t mac_finish(CryptoDevGcryptDigestState *state,
                               CryptoDevBuf dst)
{
    uint8_t tag[DIGEST_MAX];
    size_t len = sizeof(tag);
    gcry_error_t err = gcry_mac_read(state->mac, tag, &len);

    if (!err) {
        cryptodev_buf_write(&dst, tag, dst.len);
    }
    cryptodev_wipe(tag, sizeof(tag));
    return err;
}

/* GMAC */

static gcry_error_t gmac_start(CryptoDevGcryptDigestState *state)
{
    state->nonce_len = 0;
    return gcry_mac_reset(state->mac);
}

static gcry_error_t gmac_update(CryptoDevGcryptDigestState *state,
                                const uint8_t *data, size_t len)
{
    size_t missing = GMAC_NONCE - state->nonce_len;
    size_t used = MIN(missing, len);
    gcry_error_t err = 0;

    if (used) {
        memcpy(state->nonce + state->nonce_len, data, used);
        state->nonce_len += used;
        if (state->nonce_len == GMAC_NONCE) {
            err = gcry_mac_setiv(state->mac, state->nonce, GMAC_NONCE);
        }
    }
    return err || used == len ? err
                              : mac_update(state, data + used, len - used);
}

static gcry_error_t gmac_finish(CryptoDevGcryptDigestState *state,
                                CryptoDevBuf dst)
{
    return state->nonce_len < GMAC_NONCE ? gcry_error(GPG_ERR_MISSING_VALUE)
                                         : mac_finish(state, dst);
}

/* MACs that chain the blocks of a cipher */

static bool cbcmac_open(CryptoDevGcryptDigestState *state)
{
    const CryptoDevGcryptDigest *digest = state->digest;

    state->cbcmac = cryptodev_cbcmac_new(digest->algo, digest->key,
                                         digest->key_len);
    return state->cbcmac;
}

static void cbcmac_close(CryptoDevGcryptDigestState *state)
{
    cryptodev_cbcmac_free(state->cbcmac);
}

static gcry_error_t cbcmac_start(CryptoDevGcryptDigestState *state)
{
    return cryptodev_cbcmac_start(state->cbcmac);
}

static gcry_error_t cbcmac_update(CryptoDevGcryptDigestState *state,
                                  const uint8_t *data, size_t len)
{
    return cryptodev_cbcmac_update(state->cbcmac, data, len);
}

static gcry_error_t cbcmac_finish(CryptoDevGcryptDigestState *state,
                                  CryptoDevBuf dst)
{
    uint8_t tag[CRYPTODEV_CBCMAC_BLOCK_MAX];
    gcry_error_t err = cryptodev_cbcmac_finish(state->cbcmac, tag);

    if (!err) {
        cryptodev_buf_write(&dst, tag, dst.len);
    }
    cryptodev_wipe(tag, sizeof(tag));
    return err;
}

static const DigestKind kind_hash = {
    hash_open, hash_close, hash_start, hash_update, hash_finish
};
static const DigestKind kind_shake = {
    hash_open, hash_close, hash_start, hash_update, shake_finish
};
static const DigestKind kind_nested = {
    hash_open, hash_close, nested_start, hash_update, nested_finish
};
static const DigestKind kind_mac = {
    mac_open, mac_close, mac_start, mac_update, mac_finish
};
static const DigestKind kind_gmac = {
    mac_open, mac_close, gmac_start, gmac_update, gmac_finish
};
static const DigestKind kind_cbcmac = {
    cbcmac_open, cbcmac_close, cbcmac_start, cbcmac_update, cbcmac_finish
};

static const DigestKind *find_kind(CryptoDevHashMode mode, uint32_t algo)
{
    if (mode == CRYPTODEV_HASH_MODE_NESTED) {
        return &kind_nested;
    }
    if (mode == CRYPTODEV_HASH_MODE_PLAIN) {
        return is_shake(algo) ? &kind_shake : &kind_hash;
    }
    switch (algo) {
    case CRYPTODEV_MAC_GMAC_AES:
    case CRYPTODEV_MAC_GMAC_TWOFISH:
        return &kind_gmac;
    case CRYPTODEV_MAC_CMAC_3DES: /* libgcrypt's own refuses weak keys */
    case CRYPTODEV_MAC_CBCMAC_AES:
    case CRYPTODEV_MAC_XCBC_AES:
        return &kind_cbcmac;
    default:
        return &kind_mac;
    }
}

bool cryptodev_gcrypt_digest_available(CryptoDevHashMode mode, uint32_t algo)
{
    if (mode == CRYPTODEV_HASH_MODE_NESTED && is_shake(algo)) {
        return false;
    }
    if (mode != CRYPTODEV_HASH_MODE_AUTH) {
        return !gcry_md_test_algo(gcrypt_hash[algo]);
    }
    if (find_kind(mode, algo) == &kind_cbcmac) {
        return !gcry_cipher_test_algo(algo == CRYPTODEV_MAC_CMAC_3DES
                                      ? GCRY_CIPHER_3DES
                                      : GCRY_CIPHER_AES128);
    }
    return !gcry_mac_test_algo(gcrypt_mac[algo]);
}

static CryptoDevGcryptDigestState *
new_state(const CryptoDevGcryptDigest *digest)
{
    CryptoDevGcryptDigestState *state =
        g_new0(CryptoDevGcryptDigestState, 1);

    state->digest = digest;
    if (!digest->kind->open(state)) {
        g_free(state);
        return NULL;
    }
    return state;
}

static void free_state(CryptoDevGcryptDigestState *state)
{
    state->digest->kind->close(state);
    g_free(state);
}

CryptoDevGcryptDigest *
cryptodev_gcrypt_digest_new(CryptoDevHashMode mode, uint32_t algo,
                            const uint8_t *key, size_t key_len)
{
    CryptoDevGcryptDigest *digest;

    if (!cryptodev_gcrypt_digest_available(mode, algo)) {
        return NULL;
    }
    digest = g_malloc0(sizeof(*digest) + key_len);
    digest->kind = find_kind(mode, algo);
    digest->algo = algo;
    digest->key_len = key_len;
    if (key_len) {
        memcpy(digest->key, key, key_len);
    }
    digest->spare = new_state(digest);
    if (!digest->spare) {
        cryptodev_gcrypt_digest_free(digest);
        return NULL;
    }
    return digest;
}

void cryptodev_gcrypt_digest_free(CryptoDevGcryptDigest *digest)
{
    if (digest) {
        if (digest->spare) {
            free_state(digest->spare);
        }
        cryptodev_wipe(digest->key, digest->key_len);
        g_free(digest);
    }
}

CryptoDevGcryptDigestState *
cryptodev_gcrypt_digest_start(CryptoDevGcryptDigest *digest)
{
    CryptoDevGcryptDigestState *state = qatomic_xchg(&digest->spare, NULL);

    if (!state) {
        state = new_state(digest);
    }
    if (state) {
        state->err = digest->kind->start(state);
    }
    return state;
}

void cryptodev_gcrypt_digest_update(CryptoDevGcryptDigestState *state,
                                    CryptoDevBuf src)
{
    while (src.len && !state->err) {
        uint8_t *run;
        size_t len = cryptodev_buf_run(&src, &run);

        state->err = state->digest->kind->update(state, run, len);
        cryptodev_buf_advance(&src, len);
    }
}

bool cryptodev_gcrypt_digest_finish(CryptoDevGcryptDigest *digest,
                                    CryptoDevGcryptDigestState *state,
                                    CryptoDevBuf dst)
{
    bool ok = !state->err && !digest->kind->finish(state, dst);

    if (qatomic_cmpxchg(&digest->spare, NULL, state)) {
        free_state(state);
    }
    return ok;
}
