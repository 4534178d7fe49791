/*
 * The OpenSSL backend: the primitives that OpenSSL has
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include "primitives.h"
#include "rsa.h"
#include "symmetric.h"

/* 112 bits, the shortest key that SP 800-131A, section 10, allows */
#define HMAC_KEY_MIN 14

/* Hashes of fixed lengths, by OpenSSL's names */
static const char *const names[] = {
    [CRYPTODEV_HASH_MD5] = "MD5",
    [CRYPTODEV_HASH_SHA1] = "SHA1",
    [CRYPTODEV_HASH_SHA224] = "SHA2-224",
    [CRYPTODEV_HASH_SHA256] = "SHA2-256",
    [CRYPTODEV_HASH_SHA384] = "SHA2-384",
    [CRYPTODEV_HASH_SHA512] = "SHA2-512",
    [CRYPTODEV_HASH_SHA3_224] = "SHA3-224",
    [CRYPTODEV_HASH_SHA3_256] = "SHA3-256",
    [CRYPTODEV_HASH_SHA3_384] = "SHA3-384",
    [CRYPTODEV_HASH_SHA3_512] = "SHA3-512",
};

/**
 * Primitives:
 * @parent: the table, and the ciphers and AEAD of it; nothing was fetched for
 *          these unless the backend @serves them
 * @context: OpenSSL's context of the backend
 * @serves: whether the guest gets symmetric algorithms of it
 * @hashes: what it has of @names, or NULL
 * @hmac: HMAC, or NULL
 * @hashes_hmac: whether @hmac takes the hash
 *
 * All is fetched once.
 */
typedef struct Primitives {
    CryptoDevOpensslSymmetric parent;
    OSSL_LIB_CTX *context;
    bool serves;
    struct evp_md_st *hashes[ARRAY_SIZE(names)];
    EVP_MAC *hmac;
    bool hashes_hmac[ARRAY_SIZE(names)];
} Primitives;

/**
 * CryptoDevHashState:
 * @md: a hash; NULL for an HMAC
 * @mac: an HMAC; NULL for a hash
 * @failed: whether anything has failed since the digest began
 */
struct CryptoDevHashState {
    EVP_MD_CTX *md;
    EVP_MAC_CTX *mac;
    bool failed;
};

static const Primitives *from_parent(const CryptoDevPrimitives *primitives)
{
    return container_of(primitives, Primitives, parent.parent);
}

static EVP_MD *find_hash(const Primitives *primitives, CryptoDevHashAlgo algo)
{
    return algo < ARRAY_SIZE(names) ? primitives->hashes[algo] : NULL;
}

/* What is not for the guest, paddings and nonces are still made of. */
static bool hash_has(const CryptoDevPrimitives *parent, CryptoDevHashAlgo algo)
{
    const Primitives *primitives = from_parent(parent);

    return primitives->serves && find_hash(primitives, algo);
}

static bool check_call(int result)
{
    if (result != 1) {
        ERR_clear_error();
    }
    return result == 1;
}

static void hash_close(CryptoDevHashState *state)
{
    if (state) {
        EVP_MD_CTX_free(state->md);
        EVP_MAC_CTX_free(state->mac);
        g_free(state);
    }
}

static CryptoDevHashState *check_opened(CryptoDevHashState *state, bool ok)
{
    if (!ok) {
        ERR_clear_error();
        g_clear_pointer(&state, hash_close);
    }
    return state;
}

/* OpenSSL wipes all states. */
static CryptoDevHashState *hash_open(const CryptoDevPrimitives *primitives,
                                     CryptoDevHashAlgo algo, bool secret)
{
    EVP_MD *hash = find_hash(from_parent(primitives), algo);
    CryptoDevHashState *state;

    if (!hash) {
        return NULL;
    }
    state = g_new0(CryptoDevHashState, 1);
    state->md = EVP_MD_CTX_new();
    return check_opened(state, state->md &&
                        EVP_DigestInit_ex2(state->md, hash, NULL) == 1);
}

/*
 * To copy a context that has the hash already would save a third of a
 * microsecond, but EVP_MAC_CTX_dup() calls what a provider need not have.
 */
static CryptoDevHashState *open_hmac(const Primitives *primitives,
                                     CryptoDevHashAlgo algo,
                                     const uint8_t *key, size_t key_len)
{
    CryptoDevHashState *state = g_new0(CryptoDevHashState, 1);

    state->mac = EVP_MAC_CTX_new(primitives->hmac);
    return check_opened(state, state->mac && EVP_MAC_init(
        state->mac, key_len ? key : (const uint8_t *)"", key_len,
        (const OSSL_PARAM[]) {
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST,
                                             (char *)names[algo], 0),
            OSSL_PARAM_construct_end(),
        }) == 1);
}

static bool hash_set_key(CryptoDevHashState *state, const uint8_t *key,
                         size_t key_len)
{
    return check_call(EVP_MAC_init(state->mac, key, key_len, NULL));
}

static bool has_hmac(const Primitives *primitives, CryptoDevHashAlgo algo)
{
    return algo < ARRAY_SIZE(names) && primitives->hashes_hmac[algo];
}

static CryptoDevHashState *
hash_open_hmac(const CryptoDevPrimitives *primitives, CryptoDevHashAlgo algo,
               const uint8_t *key, size_t key_len)
{
    return has_hmac(from_parent(primitives), algo)
           ? open_hmac(from_parent(primitives), algo, key, key_len) : NULL;
}

static void hash_start(CryptoDevHashState *state)
{
    int ok = state->md ? EVP_DigestInit_ex2(state->md, NULL, NULL)
                       : EVP_MAC_init(state->mac, NULL, 0, NULL);

    state->failed = ok != 1;
}

/* After a failure, OpenSSL may have no context of the provider to update. */
static void hash_update(CryptoDevHashState *state, const uint8_t *data,
                        size_t len)
{
    if (!state->failed) {
        int ok = state->md ? EVP_DigestUpdate(state->md, data, len)
                           : EVP_MAC_update(state->mac, data, len);

        state->failed = ok != 1;
    }
}

/* A provider that was chosen can fail: a token is pulled out, for example. */
static bool hash_finish(CryptoDevHashState *state, uint8_t *digest, size_t len)
{
    uint8_t all[EVP_MAX_MD_SIZE] = { };

    if (!state->failed) {
        int ok = state->md
            ? EVP_DigestFinal_ex(state->md, all, NULL)
            : EVP_MAC_final(state->mac, all, NULL, sizeof(all));

        state->failed = ok != 1;
    }
    if (state->failed) {
        memset(all, 0, sizeof(all));
        ERR_clear_error();
    }
    memcpy(digest, all, len);
    cryptodev_wipe(all, sizeof(all));
    return !state->failed;
}

/* MACs: HMAC alone */

static CryptoDevHashAlgo hash_of(CryptoDevMacAlgo algo)
{
    static const CryptoDevHashAlgo hashes[] = {
        [CRYPTODEV_MAC_HMAC_MD5] = CRYPTODEV_HASH_MD5,
        [CRYPTODEV_MAC_HMAC_SHA1] = CRYPTODEV_HASH_SHA1,
        [CRYPTODEV_MAC_HMAC_SHA224] = CRYPTODEV_HASH_SHA224,
        [CRYPTODEV_MAC_HMAC_SHA256] = CRYPTODEV_HASH_SHA256,
        [CRYPTODEV_MAC_HMAC_SHA384] = CRYPTODEV_HASH_SHA384,
        [CRYPTODEV_MAC_HMAC_SHA512] = CRYPTODEV_HASH_SHA512,
    };

    return algo < ARRAY_SIZE(hashes) ? hashes[algo] : CRYPTODEV_HASH_NONE;
}

static bool mac_has(const CryptoDevPrimitives *primitives,
                    CryptoDevMacAlgo algo)
{
    return from_parent(primitives)->serves &&
           has_hmac(from_parent(primitives), hash_of(algo));
}

static CryptoDevMacState *mac_open(const CryptoDevPrimitives *primitives,
                                   CryptoDevMacAlgo algo, const uint8_t *key,
                                   size_t key_len)
{
    return (CryptoDevMacState *)hash_open_hmac(primitives, hash_of(algo), key,
                                               key_len);
}

static bool mac_start(CryptoDevMacState *state, const uint8_t *nonce,
                      size_t nonce_len)
{
    return check_call(EVP_MAC_init(((CryptoDevHashState *)state)->mac, NULL, 0,
                                   NULL));
}

static bool mac_update(CryptoDevMacState *state, const uint8_t *data,
                       size_t len)
{
    return check_call(EVP_MAC_update(((CryptoDevHashState *)state)->mac, data,
                                     len));
}

static bool mac_finish(CryptoDevMacState *state,
                       uint8_t tag[CRYPTODEV_DIGEST_MAX])
{
    return check_call(EVP_MAC_final(((CryptoDevHashState *)state)->mac, tag,
                                    NULL, CRYPTODEV_DIGEST_MAX));
}

static void mac_close(CryptoDevMacState *state)
{
    hash_close((CryptoDevHashState *)state);
}

static bool randomize(const CryptoDevPrimitives *primitives, uint8_t *data,
                      size_t len)
{
    bool ok = RAND_bytes_ex(from_parent(primitives)->context, data, len,
                            0) == 1;

    ERR_clear_error();
    return ok;
}

static const CryptoDevPrimitives functions = {
    .hash = {
        hash_has, hash_open, hash_open_hmac, hash_set_key, hash_start,
        hash_update, hash_finish, hash_close,
    },
    .mac = {
        mac_has, mac_open, mac_start, mac_update, mac_finish, mac_close,
    },
    .rsa = &cryptodev_openssl_rsa_primitives,
    .randomize = randomize,
};

/*
 * A provider's HMAC looks for the hash by itself, and need not find it where
 * the query finds one: with another provider.
 */
static bool try_hmac(const Primitives *primitives, CryptoDevHashAlgo algo)
{
    static const uint8_t key[HMAC_KEY_MIN];
    uint8_t digest[CRYPTODEV_DIGEST_MAX];
    CryptoDevHashState *state;
    bool ok;

    if (!primitives->hmac || !primitives->hashes[algo]) {
        return false;
    }
    state = open_hmac(primitives, algo, key, sizeof(key));
    if (!state) {
        return false;
    }
    hash_start(state);
    ok = hash_finish(state, digest, 0);
    hash_close(state);
    return ok;
}

/* The names of hashes that OpenSSL has none of are NULL. */
static void fetch_hashes(Primitives *primitives)
{
    primitives->hmac = EVP_MAC_fetch(primitives->context, "HMAC", NULL);
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (names[i]) {
            primitives->hashes[i] = EVP_MD_fetch(primitives->context,
                                                 names[i], NULL);
            primitives->hashes_hmac[i] = try_hmac(primitives, i);
        }
    }
    ERR_clear_error();
}

const CryptoDevPrimitives *
cryptodev_openssl_primitives_new(OSSL_LIB_CTX *context, bool serves)
{
    Primitives *primitives = g_new0(Primitives, 1);

    primitives->parent.parent = functions;
    cryptodev_openssl_symmetric_init(&primitives->parent);
    primitives->context = context;
    primitives->serves = serves;
    if (serves) {
        cryptodev_openssl_symmetric_fetch(&primitives->parent, context);
    }
    fetch_hashes(primitives);
    return &primitives->parent.parent;
}
