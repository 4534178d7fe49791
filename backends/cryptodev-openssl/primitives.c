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
 * @parent: the functions, which get this
 * @context: OpenSSL's context of the backend
 * @hashes: what it has of @names, or NULL
 * @hmac: HMAC, or NULL
 *
 * All is fetched once.
 */
typedef struct Primitives {
    CryptoDevPrimitives parent;
    OSSL_LIB_CTX *context;
    struct evp_md_st *hashes[ARRAY_SIZE(names)];
    EVP_MAC *hmac;
} Primitives;

/**
 * CryptoDevHashState:
 * @md: a hash; NULL for an HMAC
 * @mac: an HMAC; NULL for a hash
 */
struct CryptoDevHashState {
    EVP_MD_CTX *md;
    EVP_MAC_CTX *mac;
};

static const Primitives *from_parent(const CryptoDevPrimitives *primitives)
{
    return container_of(primitives, Primitives, parent);
}

static EVP_MD *find_hash(const Primitives *primitives, CryptoDevHashAlgo algo)
{
    return algo < ARRAY_SIZE(names) ? primitives->hashes[algo] : NULL;
}

static bool hash_has(const CryptoDevPrimitives *primitives,
                     CryptoDevHashAlgo algo)
{
    return find_hash(from_parent(primitives), algo);
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

static CryptoDevHashState *
hash_open_hmac(const CryptoDevPrimitives *parent, CryptoDevHashAlgo algo,
               const uint8_t *key, size_t key_len)
{
    const Primitives *primitives = from_parent(parent);
    EVP_MAC *hmac = primitives->hmac;
    CryptoDevHashState *state;

    if (!hmac || !find_hash(primitives, algo)) {
        return NULL;
    }
    state = g_new0(CryptoDevHashState, 1);
    state->mac = EVP_MAC_CTX_new(hmac);
    return check_opened(state, state->mac && EVP_MAC_init(
        state->mac, key_len ? key : (const uint8_t *)"", key_len,
        (const OSSL_PARAM[]) {
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST,
                                             (char *)names[algo], 0),
            OSSL_PARAM_construct_end(),
        }) == 1);
}

static void hash_start(CryptoDevHashState *state)
{
    if (state->md) {
        EVP_DigestInit_ex2(state->md, NULL, NULL);
    } else {
        EVP_MAC_init(state->mac, NULL, 0, NULL);
    }
}

static void hash_update(CryptoDevHashState *state, const uint8_t *data,
                        size_t len)
{
    if (state->md) {
        EVP_DigestUpdate(state->md, data, len);
    } else {
        EVP_MAC_update(state->mac, data, len);
    }
}

static void hash_finish(CryptoDevHashState *state, uint8_t *digest, size_t len)
{
    uint8_t all[EVP_MAX_MD_SIZE] = { };

    if (state->md) {
        EVP_DigestFinal_ex(state->md, all, NULL);
    } else {
        EVP_MAC_final(state->mac, all, NULL, sizeof(all));
    }
    memcpy(digest, all, len);
    cryptodev_wipe(all, sizeof(all));
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
        hash_has, hash_open, hash_open_hmac, hash_start, hash_update,
        hash_finish, hash_close,
    },
    .rsa = &cryptodev_openssl_rsa_primitives,
    .randomize = randomize,
};

const CryptoDevPrimitives *
cryptodev_openssl_primitives_new(OSSL_LIB_CTX *context)
{
    Primitives *primitives = g_new0(Primitives, 1);

    primitives->parent = functions;
    primitives->context = context;
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        if (names[i]) {
            primitives->hashes[i] = EVP_MD_fetch(context, names[i], NULL);
        }
    }
    primitives->hmac = EVP_MAC_fetch(context, "HMAC", NULL);
    ERR_clear_error();
    return &primitives->parent;
}
