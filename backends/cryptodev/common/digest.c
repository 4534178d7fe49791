/*
 * Cryptography backends: a hash function, or a MAC with its key
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cbcmac.h"
#include "digest.h"
#include "hash.h"
#include "spare.h"

/* GMAC takes its nonce from the front of the source. */
#define GMAC_NONCE 12

/**
 * DigestKind:
 * @open: make a state able to compute; false if the primitives will not
 * @close: undo @open
 * @start: begin a computation
 * @update: take the next bytes
 * @finish: store the digest; if it fails, the destination is unchanged
 *
 * What is computed by primitives of one sort.
 */
typedef struct DigestKind {
    bool (*open)(CryptoDevDigestState *state);
    void (*close)(CryptoDevDigestState *state);
    bool (*start)(CryptoDevDigestState *state);
    bool (*update)(CryptoDevDigestState *state, const uint8_t *data,
                   size_t len);
    bool (*finish)(CryptoDevDigestState *state, CryptoDevBuf dst);
} DigestKind;

/**
 * CryptoDevDigest:
 * @spare: a CryptoDevDigestState
 */
struct CryptoDevDigest {
    const CryptoDevPrimitives *primitives;
    const DigestKind *kind;
    uint32_t algo;
    CryptoDevSpare spare;
    size_t key_len;
    uint8_t key[];
};

/**
 * CryptoDevDigestState:
 * @primitives: those of @digest
 * @digest: the function
 * @failed: whether this computation has failed
 * @nonce_len: bytes of @nonce that GMAC has so far
 */
struct CryptoDevDigestState {
    const CryptoDevPrimitives *primitives;
    const CryptoDevDigest *digest;
    bool failed;
    union {
        CryptoDevHashState *hash;
        CryptoDevCbcMac *cbcmac;
        struct {
            CryptoDevMacState *mac;
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

static bool hash_open(CryptoDevDigestState *state)
{
    state->hash = state->primitives->hash.open(state->primitives,
                                               state->digest->algo, false);
    return state->hash;
}

static void hash_close(CryptoDevDigestState *state)
{
    state->primitives->hash.close(state->hash);
}

static bool hash_start(CryptoDevDigestState *state)
{
    state->primitives->hash.start(state->hash);
    return true;
}

static bool hash_update(CryptoDevDigestState *state, const uint8_t *data,
                        size_t len)
{
    state->primitives->hash.update(state->hash, data, len);
    return true;
}

static bool hash_finish(CryptoDevDigestState *state, CryptoDevBuf dst)
{
    uint8_t digest[CRYPTODEV_DIGEST_MAX];
    size_t len = dst.len;

    if (!state->primitives->hash.finish(state->hash, digest, len)) {
        return false;
    }
    cryptodev_buf_write(&dst, digest, len);
    return true;
}

/* An output of any length goes straight to where it belongs. */
static bool shake_finish(CryptoDevDigestState *state, CryptoDevBuf dst)
{
    while (dst.len) {
        uint8_t *run;
        size_t len = cryptodev_buf_run(&dst, &run);

        if (!state->primitives->hash.finish(state->hash, run, len)) {
            return false;
        }
        cryptodev_buf_advance(&dst, len);
    }
    return true;
}

/* Nested hashes: the inner prefix, and the outer one behind it */

static bool nested_start(CryptoDevDigestState *state)
{
    const CryptoDevDigest *digest = state->digest;

    state->primitives->hash.start(state->hash);
    state->primitives->hash.update(state->hash, digest->key,
                                   digest->key_len / 2);
    return true;
}

static bool nested_finish(CryptoDevDigestState *state, CryptoDevBuf dst)
{
    const CryptoDevPrimitives *primitives = state->primitives;
    const CryptoDevDigest *digest = state->digest;
    size_t len = cryptodev_hash_len(digest->algo);
    size_t prefix_len = digest->key_len / 2;
    uint8_t inner[CRYPTODEV_DIGEST_MAX];

    if (!primitives->hash.finish(state->hash, inner, len)) {
        return false;
    }
    primitives->hash.start(state->hash);
    primitives->hash.update(state->hash, digest->key + prefix_len,
                            prefix_len);
    primitives->hash.update(state->hash, inner, len);
    cryptodev_wipe(inner, len);
    return hash_finish(state, dst);
}

/* HMAC and CMAC */

static bool mac_open(CryptoDevDigestState *state)
{
    const CryptoDevDigest *digest = state->digest;

    state->mac = state->primitives->mac.open(state->primitives, digest->algo,
                                             digest->key, digest->key_len);
    return state->mac;
}

static void mac_close(CryptoDevDigestState *state)
{
    state->primitives->mac.close(state->mac);
}

static bool mac_start(CryptoDevDigestState *state)
{
    return state->primitives->mac.start(state->mac, NULL, 0);
}

static bool mac_update(CryptoDevDigestState *state, const uint8_t *data,
                       size_t len)
{
    return state->primitives->mac.update(state->mac, data, len);
}

static bool mac_finish(CryptoDevDigestState *state, CryptoDevBuf dst)
{
    uint8_t tag[CRYPTODEV_DIGEST_MAX];
    bool ok = state->primitives->mac.finish(state->mac, tag);

    if (ok) {
        cryptodev_buf_write(&dst, tag, dst.len);
    }
    cryptodev_wipe(tag, sizeof(tag));
    return ok;
}

/* GMAC */

static bool gmac_start(CryptoDevDigestState *state)
{
    state->nonce_len = 0;
    return true;
}

static bool gmac_update(CryptoDevDigestState *state, const uint8_t *data,
                        size_t len)
{
    size_t used = MIN(GMAC_NONCE - state->nonce_len, len);
    bool ok = true;

    if (used) {
        memcpy(state->nonce + state->nonce_len, data, used);
        state->nonce_len += used;
        if (state->nonce_len == GMAC_NONCE) {
            ok = state->primitives->mac.start(state->mac, state->nonce,
                                              GMAC_NONCE);
        }
    }
    return ok && (used == len || mac_update(state, data + used, len - used));
}

static bool gmac_finish(CryptoDevDigestState *state, CryptoDevBuf dst)
{
    return state->nonce_len == GMAC_NONCE && mac_finish(state, dst);
}

/* MACs that chain the blocks of a cipher */

static bool cbcmac_open(CryptoDevDigestState *state)
{
    const CryptoDevDigest *digest = state->digest;

    state->cbcmac = cryptodev_cbcmac_new(state->primitives, digest->algo,
                                         digest->key, digest->key_len);
    return state->cbcmac;
}

static void cbcmac_close(CryptoDevDigestState *state)
{
    cryptodev_cbcmac_free(state->cbcmac);
}

static bool cbcmac_start(CryptoDevDigestState *state)
{
    return cryptodev_cbcmac_start(state->cbcmac);
}

static bool cbcmac_update(CryptoDevDigestState *state, const uint8_t *data,
                          size_t len)
{
    return cryptodev_cbcmac_update(state->cbcmac, data, len);
}

static bool cbcmac_finish(CryptoDevDigestState *state, CryptoDevBuf dst)
{
    uint8_t tag[CRYPTODEV_BLOCK_MAX];
    bool ok = cryptodev_cbcmac_finish(state->cbcmac, tag);

    if (ok) {
        cryptodev_buf_write(&dst, tag, dst.len);
    }
    cryptodev_wipe(tag, sizeof(tag));
    return ok;
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
    case CRYPTODEV_MAC_CMAC_3DES: /* some libraries refuse its weak keys */
    case CRYPTODEV_MAC_CBCMAC_AES:
    case CRYPTODEV_MAC_XCBC_AES:
        return &kind_cbcmac;
    default:
        return &kind_mac;
    }
}

bool cryptodev_digest_has(const CryptoDevPrimitives *primitives,
                          CryptoDevHashMode mode, uint32_t algo)
{
    if (mode == CRYPTODEV_HASH_MODE_NESTED && is_shake(algo)) {
        return false;
    }
    if (mode != CRYPTODEV_HASH_MODE_AUTH) {
        return primitives->hash.has(primitives, algo);
    }
    return find_kind(mode, algo) == &kind_cbcmac
           ? cryptodev_cbcmac_has(primitives, algo)
           : primitives->mac.has(primitives, algo);
}

static CryptoDevDigestState *new_state(const CryptoDevDigest *digest)
{
    CryptoDevDigestState *state = g_new0(CryptoDevDigestState, 1);

    state->primitives = digest->primitives;
    state->digest = digest;
    if (!digest->kind->open(state)) {
        g_free(state);
        return NULL;
    }
    return state;
}

static void free_state(CryptoDevDigestState *state)
{
    state->digest->kind->close(state);
    g_free(state);
}

CryptoDevDigest *cryptodev_digest_new(const CryptoDevPrimitives *primitives,
                                      CryptoDevHashMode mode, uint32_t algo,
                                      const uint8_t *key, size_t key_len)
{
    CryptoDevDigest *digest = g_malloc0(sizeof(*digest) + key_len);

    digest->primitives = primitives;
    digest->kind = find_kind(mode, algo);
    digest->algo = algo;
    digest->key_len = key_len;
    if (key_len) {
        memcpy(digest->key, key, key_len);
    }
    digest->spare.state = new_state(digest);
    if (!digest->spare.state) {
        cryptodev_digest_free(digest);
        return NULL;
    }
    return digest;
}

void cryptodev_digest_free(CryptoDevDigest *digest)
{
    if (digest) {
        if (digest->spare.state) {
            free_state(digest->spare.state);
        }
        cryptodev_wipe(digest->key, digest->key_len);
        g_free(digest);
    }
}

CryptoDevDigestState *cryptodev_digest_start(CryptoDevDigest *digest)
{
    CryptoDevDigestState *state =
        cryptodev_spare_take(&digest->spare) ?: new_state(digest);

    if (state) {
        state->failed = !digest->kind->start(state);
    }
    return state;
}

void cryptodev_digest_update(CryptoDevDigestState *state, CryptoDevBuf src)
{
    while (src.len && !state->failed) {
        uint8_t *run;
        size_t len = cryptodev_buf_run(&src, &run);

        state->failed = !state->digest->kind->update(state, run, len);
        cryptodev_buf_advance(&src, len);
    }
}

bool cryptodev_digest_finish(CryptoDevDigest *digest,
                             CryptoDevDigestState *state, CryptoDevBuf dst)
{
    bool ok = !state->failed && digest->kind->finish(state, dst);

    if (!cryptodev_spare_give(&digest->spare, state)) {
        free_state(state);
    }
    return ok;
}
