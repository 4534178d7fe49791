/*
 * The OpenSSL backend: symmetric algorithms of providers that were chosen
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The base serves what is not here: ARC4, whose key stream OpenSSL begins anew
 * with a new key only; XTS, of which its providers refuse keys that are equal;
 * CCM, and all that is made of block ciphers.
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "symmetric.h"

#define DES_KEY 8
#define DES3_TWO_KEYS 16
#define DES3_THREE_KEYS 24

#define AES_KEY_MIN 16
#define AES_KEY_STEP 8

/* OpenSSL takes lengths as int.  This is a multiple of all blocks. */
#define AT_ONCE (1 << 30)

typedef const char *Names[CRYPTODEV_OPENSSL_AES_KEYS];

/* OpenSSL's names */
static const Names cipher_names[] = {
    [CRYPTODEV_CIPHER_AES_ECB] = {
        "AES-128-ECB", "AES-192-ECB", "AES-256-ECB"
    },
    [CRYPTODEV_CIPHER_AES_CBC] = {
        "AES-128-CBC", "AES-192-CBC", "AES-256-CBC"
    },
    [CRYPTODEV_CIPHER_AES_CTR] = {
        "AES-128-CTR", "AES-192-CTR", "AES-256-CTR"
    },
    [CRYPTODEV_CIPHER_DES_ECB] = { "DES-ECB" },
    [CRYPTODEV_CIPHER_DES_CBC] = { "DES-CBC" },
    [CRYPTODEV_CIPHER_3DES_ECB] = { "DES-EDE3-ECB" },
    [CRYPTODEV_CIPHER_3DES_CBC] = { "DES-EDE3-CBC" },
};

static const Names aead_names[] = {
    [CRYPTODEV_AEAD_AES_GCM] = {
        "AES-128-GCM", "AES-192-GCM", "AES-256-GCM"
    },
    [CRYPTODEV_AEAD_CHACHA20_POLY1305] = { "ChaCha20-Poly1305" },
};

/**
 * CryptoDevCipherState:
 * @context: with the key and the direction
 */
struct CryptoDevCipherState {
    EVP_CIPHER_CTX *context;
};

/**
 * CryptoDevBlockState:
 * @context: AES with the key, to encrypt single blocks
 * @last: the last result
 */
struct CryptoDevBlockState {
    EVP_CIPHER_CTX *context;
    uint8_t last[CRYPTODEV_BLOCK_MAX];
};

/**
 * CryptoDevAeadState:
 * @context: with the key
 */
struct CryptoDevAeadState {
    EVP_CIPHER_CTX *context;
};

static const CryptoDevOpensslSymmetric *
from_parent(const CryptoDevPrimitives *primitives)
{
    return container_of(primitives, CryptoDevOpensslSymmetric, parent);
}

static void fetch(OSSL_LIB_CTX *context, const Names names,
                  CryptoDevOpensslCiphers ciphers)
{
    for (size_t i = 0; i < CRYPTODEV_OPENSSL_AES_KEYS; i++) {
        if (names[i]) {
            ciphers[i] = EVP_CIPHER_fetch(context, names[i], NULL);
        }
    }
}

void
cryptodev_openssl_symmetric_fetch(CryptoDevOpensslSymmetric *symmetric,
                                  OSSL_LIB_CTX *context)
{
    for (size_t i = 0; i < ARRAY_SIZE(cipher_names); i++) {
        fetch(context, cipher_names[i], symmetric->ciphers[i]);
    }
    fetch(context, cipher_names[CRYPTODEV_CIPHER_AES_ECB], symmetric->blocks);
    for (size_t i = 0; i < ARRAY_SIZE(aead_names); i++) {
        fetch(context, aead_names[i], symmetric->aeads[i]);
    }
    ERR_clear_error();
}

/* Whether there is all that @names has */
static bool has_all(const CryptoDevOpensslCiphers ciphers, const Names names)
{
    for (size_t i = 0; i < CRYPTODEV_OPENSSL_AES_KEYS; i++) {
        if (!!ciphers[i] != !!names[i]) {
            return false;
        }
    }
    return names[0];
}

/* What has a key of one length is the first one. */
static EVP_CIPHER *choose(const CryptoDevOpensslCiphers ciphers,
                          size_t key_len)
{
    return ciphers[1] ? ciphers[(key_len - AES_KEY_MIN) / AES_KEY_STEP]
                      : ciphers[0];
}

static EVP_CIPHER_CTX *open_context(EVP_CIPHER *cipher, const uint8_t *key,
                                    bool encrypt)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();

    if (!context ||
        EVP_CipherInit_ex2(context, cipher, key, NULL, encrypt, NULL) != 1 ||
        EVP_CIPHER_CTX_set_padding(context, 0) != 1) {
        EVP_CIPHER_CTX_free(context);
        ERR_clear_error();
        return NULL;
    }
    return context;
}

/* @dst is NULL for additional data. */
static bool update(EVP_CIPHER_CTX *context, uint8_t *dst, const uint8_t *src,
                   size_t len)
{
    bool ok = true;

    while (len && ok) {
        int now = MIN(len, AT_ONCE);
        int out;

        ok = EVP_CipherUpdate(context, dst, &out, src, now) == 1 && out == now;
        src += now;
        dst = dst ? dst + now : NULL;
        len -= now;
    }
    if (!ok) {
        ERR_clear_error();
    }
    return ok;
}

/* Ciphers */

static bool cipher_has(const CryptoDevPrimitives *primitives,
                       CryptoDevCipherAlgo algo)
{
    return algo < ARRAY_SIZE(cipher_names) &&
           has_all(from_parent(primitives)->ciphers[algo],
                   cipher_names[algo]);
}

static void cipher_close(CryptoDevCipherState *state)
{
    if (state) {
        EVP_CIPHER_CTX_free(state->context);
        g_free(state);
    }
}

static CryptoDevCipherState *cipher_open(const CryptoDevPrimitives *primitives,
                                         CryptoDevCipherAlgo algo, bool encrypt,
                                         const uint8_t *key, size_t key_len)
{
    EVP_CIPHER *cipher =
        choose(from_parent(primitives)->ciphers[algo],
               key_len);
    EVP_CIPHER_CTX *context;
    CryptoDevCipherState *state;
    uint8_t keys[DES3_THREE_KEYS];
    bool two_keys = key_len == DES3_TWO_KEYS &&
                    EVP_CIPHER_get_key_length(cipher) == DES3_THREE_KEYS;

    if (two_keys) {
        memcpy(keys, key, DES3_TWO_KEYS);
        memcpy(keys + DES3_TWO_KEYS, key, DES_KEY);
        key = keys;
    }
    context = open_context(cipher, key, encrypt);
    cryptodev_wipe(keys, two_keys ? sizeof(keys) : 0);
    if (!context) {
        return NULL;
    }
    state = g_new(CryptoDevCipherState, 1);
    state->context = context;
    return state;
}

/* Also without a vector, lest blocks of a failed operation stay */
static bool cipher_start(CryptoDevCipherState *state, CryptoDevCipherAlgo algo,
                         const uint8_t *iv, size_t iv_len)
{
    bool ok = EVP_CipherInit_ex2(state->context, NULL, NULL,
                                 iv_len ? iv : NULL, -1, NULL) == 1;

    if (!ok) {
        ERR_clear_error();
    }
    return ok;
}

static bool cipher_crypt(CryptoDevCipherState *state, bool encrypt,
                         uint8_t *dst, const uint8_t *src, size_t len)
{
    return update(state->context, dst, src, len);
}

/* AES in blocks */

static bool block_has(const CryptoDevPrimitives *primitives,
                      CryptoDevBlockAlgo algo)
{
    return false;
}

static CryptoDevBlockState *block_open(const CryptoDevPrimitives *primitives,
                                       CryptoDevBlockAlgo algo,
                                       const uint8_t *key, size_t key_len)
{
    EVP_CIPHER *cipher =
        choose(from_parent(primitives)->blocks, key_len);
    EVP_CIPHER_CTX *context = cipher ? open_context(cipher, key, true) : NULL;
    CryptoDevBlockState *state;

    if (!context) {
        return NULL;
    }
    state = g_new0(CryptoDevBlockState, 1);
    state->context = context;
    return state;
}

static bool block_start(CryptoDevBlockState *state)
{
    memset(state->last, 0, sizeof(state->last));
    return true;
}

static bool block_chain(CryptoDevBlockState *state,
                        uint8_t result[CRYPTODEV_BLOCK_MAX],
                        const uint8_t *data, size_t len)
{
    for (size_t done = 0; done < len; done += CRYPTODEV_BLOCK_MAX) {
        for (size_t i = 0; i < CRYPTODEV_BLOCK_MAX; i++) {
            state->last[i] ^= data[done + i];
        }
        if (!update(state->context, state->last, state->last,
                    CRYPTODEV_BLOCK_MAX)) {
            return false;
        }
    }
    memcpy(result, state->last, CRYPTODEV_BLOCK_MAX);
    return true;
}

static void block_close(CryptoDevBlockState *state)
{
    if (state) {
        EVP_CIPHER_CTX_free(state->context);
        cryptodev_wipe(state, sizeof(*state));
        g_free(state);
    }
}

/* Authenticated encryption with associated data */

/* A vector that is J0 takes AES by itself: GCM is of use with that only. */
static bool aead_has(const CryptoDevPrimitives *primitives,
                     CryptoDevAeadAlgo algo)
{
    const CryptoDevOpensslSymmetric *symmetric = from_parent(primitives);

    return has_all(symmetric->aeads[algo], aead_names[algo]) &&
           (algo != CRYPTODEV_AEAD_AES_GCM ||
            has_all(symmetric->blocks,
                    cipher_names[CRYPTODEV_CIPHER_AES_ECB]));
}

static CryptoDevAeadState *aead_open(const CryptoDevPrimitives *primitives,
                                     const CryptoDevAead *aead)
{
    const CryptoDevOpensslSymmetric *symmetric = from_parent(primitives);
    EVP_CIPHER_CTX *context =
        open_context(choose(symmetric->aeads[aead->algo], aead->key_len),
                     aead->key, aead->encrypt);
    CryptoDevAeadState *state;

    if (!context) {
        return NULL;
    }
    state = g_new(CryptoDevAeadState, 1);
    state->context = context;
    return state;
}

static bool aead_start(CryptoDevAeadState *state, const CryptoDevAead *aead,
                       const uint8_t *iv, size_t iv_len, size_t aad_len,
                       size_t len)
{
    EVP_CIPHER_CTX *context = state->context;
    bool ok = (EVP_CIPHER_CTX_get_iv_length(context) == iv_len ||
               EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, iv_len,
                                   NULL) == 1) &&
              EVP_CipherInit_ex2(context, NULL, NULL, iv, -1, NULL) == 1;

    if (!ok) {
        ERR_clear_error();
    }
    return ok;
}

static bool aead_add(CryptoDevAeadState *state, const uint8_t *data,
                     size_t len)
{
    return update(state->context, NULL, data, len);
}

static bool aead_encrypt(CryptoDevAeadState *state, uint8_t *dst,
                         const uint8_t *src, size_t len)
{
    return update(state->context, dst, src, len);
}

static bool aead_finish(CryptoDevAeadState *state, const CryptoDevAead *aead,
                        uint8_t *tag)
{
    uint8_t none[CRYPTODEV_BLOCK_MAX];
    int len;
    bool ok = EVP_CipherFinal_ex(state->context, none, &len) == 1 &&
              EVP_CIPHER_CTX_ctrl(state->context, EVP_CTRL_AEAD_GET_TAG,
                                  aead->tag_len, tag) == 1;

    if (!ok) {
        ERR_clear_error();
    }
    return ok;
}

/* OpenSSL does not tell a wrong tag from other errors at the end. */
static CryptoDevStatus aead_decrypt(CryptoDevAeadState *state,
                                    const CryptoDevAead *aead, uint8_t *text,
                                    size_t len, const uint8_t *tag)
{
    uint8_t none[CRYPTODEV_BLOCK_MAX];
    int none_len;
    CryptoDevStatus status = CRYPTODEV_ERR;

    if (EVP_CIPHER_CTX_ctrl(state->context, EVP_CTRL_AEAD_SET_TAG,
                            aead->tag_len, (void *)tag) == 1 &&
        update(state->context, text, text, len)) {
        status = EVP_CipherFinal_ex(state->context, none, &none_len) == 1
                 ? CRYPTODEV_OK : CRYPTODEV_BADMSG;
    }
    if (status != CRYPTODEV_OK) {
        ERR_clear_error();
    }
    return status;
}

/* The next vector begins a new text. */
static void aead_reset(CryptoDevAeadState *state)
{
}

static void aead_close(CryptoDevAeadState *state)
{
    if (state) {
        EVP_CIPHER_CTX_free(state->context);
        g_free(state);
    }
}

void cryptodev_openssl_symmetric_init(CryptoDevOpensslSymmetric *symmetric)
{
    CryptoDevPrimitives *primitives = &symmetric->parent;

    primitives->cipher.has = cipher_has;
    primitives->cipher.open = cipher_open;
    primitives->cipher.start = cipher_start;
    primitives->cipher.crypt = cipher_crypt;
    primitives->cipher.close = cipher_close;
    primitives->block.has = block_has;
    primitives->block.open = block_open;
    primitives->block.start = block_start;
    primitives->block.chain = block_chain;
    primitives->block.close = block_close;
    primitives->aead.has = aead_has;
    primitives->aead.open = aead_open;
    primitives->aead.start = aead_start;
    primitives->aead.add = aead_add;
    primitives->aead.encrypt = aead_encrypt;
    primitives->aead.finish = aead_finish;
    primitives->aead.decrypt = aead_decrypt;
    primitives->aead.reset = aead_reset;
    primitives->aead.close = aead_close;
}
