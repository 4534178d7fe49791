/*
 * A provider of OpenSSL's that counts what it is asked for, and can fail
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The contexts of its ciphers, hashes and HMAC are those of the library context
 * that it has for itself, which is what OpenSSL passes to it as "provctx".
 */

#include "qemu/osdep.h"
#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include "counting-provider.h"

CountingProvider counting_provider = { .good = -1 };

void *counting_made(void *context)
{
    if (context) {
        counting_provider.contexts++;
        counting_provider.live++;
    }
    return context;
}

bool counting_may_run(void)
{
    counting_provider.operations++;
    if (counting_provider.good < 0) {
        return true;
    }
    return counting_provider.good-- > 0;
}

bool counting_takes_key(void)
{
    counting_provider.keys++;
    return !counting_provider.refuses_keys;
}

/* Ciphers */

static void cipher_free(void *context)
{
    counting_provider.live--;
    EVP_CIPHER_CTX_free(context);
}

static void *cipher_new(void *library, const char *name)
{
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(library, name, NULL);
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();

    g_assert(EVP_CipherInit_ex2(context, cipher, NULL, NULL, 1, NULL) == 1);
    EVP_CIPHER_free(cipher);
    return counting_made(context);
}

static int cipher_init(void *context, const uint8_t *key, const uint8_t *iv,
                       const OSSL_PARAM *params, bool encrypt)
{
    return (key ? counting_takes_key() : counting_may_run()) &&
           EVP_CipherInit_ex2(context, NULL, key, iv, encrypt, params) == 1;
}

static int cipher_encrypt_init(void *context, const unsigned char *key,
                               size_t key_len, const unsigned char *iv,
                               size_t iv_len, const OSSL_PARAM *params)
{
    return cipher_init(context, key, iv, params, true);
}

static int cipher_decrypt_init(void *context, const unsigned char *key,
                               size_t key_len, const unsigned char *iv,
                               size_t iv_len, const OSSL_PARAM *params)
{
    return cipher_init(context, key, iv, params, false);
}

static int cipher_update(void *context, unsigned char *out, size_t *out_len,
                         size_t out_size, const unsigned char *in,
                         size_t in_len)
{
    int len;
    bool ok = counting_may_run() &&
              EVP_CipherUpdate(context, out, &len, in, in_len) == 1;

    *out_len = ok ? len : 0;
    return ok;
}

static int cipher_final(void *context, unsigned char *out, size_t *out_len,
                        size_t out_size)
{
    int len;
    bool ok = counting_may_run() &&
              EVP_CipherFinal_ex(context, out, &len) == 1;

    *out_len = ok ? len : 0;
    return ok;
}

/* OpenSSL asks for lengths, too, and can do without an answer. */
static int cipher_get(void *context, OSSL_PARAM *params)
{
    bool is_tag = OSSL_PARAM_locate(params, OSSL_CIPHER_PARAM_AEAD_TAG);

    return (!is_tag || counting_may_run()) &&
           EVP_CIPHER_CTX_get_params(context, params);
}

static int cipher_set(void *context, const OSSL_PARAM *params)
{
    return counting_may_run() && EVP_CIPHER_CTX_set_params(context, params);
}

static void set_size(OSSL_PARAM *params, const char *name, size_t size)
{
    OSSL_PARAM *param = OSSL_PARAM_locate(params, name);

    g_assert(!param || OSSL_PARAM_set_size_t(param, size));
}

static int cipher_describe(OSSL_PARAM *params, unsigned int mode,
                           size_t key_len, size_t block_len, size_t iv_len)
{
    OSSL_PARAM *param = OSSL_PARAM_locate(params, OSSL_CIPHER_PARAM_MODE);
    bool is_aead = mode == EVP_CIPH_GCM_MODE;

    g_assert(!param || OSSL_PARAM_set_uint(param, mode));
    param = OSSL_PARAM_locate(params, OSSL_CIPHER_PARAM_AEAD);
    g_assert(!param || OSSL_PARAM_set_int(param, is_aead));
    param = OSSL_PARAM_locate(params, OSSL_CIPHER_PARAM_CUSTOM_IV);
    g_assert(!param || OSSL_PARAM_set_int(param, is_aead));
    set_size(params, OSSL_CIPHER_PARAM_KEYLEN, key_len);
    set_size(params, OSSL_CIPHER_PARAM_BLOCK_SIZE, block_len);
    set_size(params, OSSL_CIPHER_PARAM_IVLEN, iv_len);
    return 1;
}

typedef void (*Function)(void);

/* A cipher's own two functions, and its table */
#define CIPHER(id, name, mode, key_len, block_len, iv_len)                 \
    static void *id##_new(void *library)                                   \
    {                                                                      \
        return cipher_new(library, name);                                  \
    }                                                                      \
                                                                           \
    static int id##_describe(OSSL_PARAM params[])                          \
    {                                                                      \
        return cipher_describe(params, mode, key_len, block_len, iv_len);  \
    }                                                                      \
                                                                           \
    static const OSSL_DISPATCH id[] = {                                    \
        { OSSL_FUNC_CIPHER_NEWCTX, (Function)id##_new },                   \
        { OSSL_FUNC_CIPHER_FREECTX, (Function)cipher_free },               \
        { OSSL_FUNC_CIPHER_ENCRYPT_INIT, (Function)cipher_encrypt_init },  \
        { OSSL_FUNC_CIPHER_DECRYPT_INIT, (Function)cipher_decrypt_init },  \
        { OSSL_FUNC_CIPHER_UPDATE, (Function)cipher_update },              \
        { OSSL_FUNC_CIPHER_FINAL, (Function)cipher_final },                \
        { OSSL_FUNC_CIPHER_GET_PARAMS, (Function)id##_describe },          \
        { OSSL_FUNC_CIPHER_GET_CTX_PARAMS, (Function)cipher_get },         \
        { OSSL_FUNC_CIPHER_SET_CTX_PARAMS, (Function)cipher_set },         \
        { }                                                                \
    }

CIPHER(aes_128_ecb, "AES-128-ECB", EVP_CIPH_ECB_MODE, 16, 16, 0);
CIPHER(aes_192_ecb, "AES-192-ECB", EVP_CIPH_ECB_MODE, 24, 16, 0);
CIPHER(aes_256_ecb, "AES-256-ECB", EVP_CIPH_ECB_MODE, 32, 16, 0);
CIPHER(aes_128_cbc, "AES-128-CBC", EVP_CIPH_CBC_MODE, 16, 16, 16);
CIPHER(aes_192_cbc, "AES-192-CBC", EVP_CIPH_CBC_MODE, 24, 16, 16);
CIPHER(aes_256_cbc, "AES-256-CBC", EVP_CIPH_CBC_MODE, 32, 16, 16);
CIPHER(aes_128_ctr, "AES-128-CTR", EVP_CIPH_CTR_MODE, 16, 1, 16);
CIPHER(aes_128_gcm, "AES-128-GCM", EVP_CIPH_GCM_MODE, 16, 1, 12);
CIPHER(aes_192_gcm, "AES-192-GCM", EVP_CIPH_GCM_MODE, 24, 1, 12);
CIPHER(aes_256_gcm, "AES-256-GCM", EVP_CIPH_GCM_MODE, 32, 1, 12);

static const OSSL_ALGORITHM ciphers[] = {
    { "AES-128-ECB", COUNTING_PROPERTIES, aes_128_ecb },
    { "AES-192-ECB", COUNTING_PROPERTIES, aes_192_ecb },
    { "AES-256-ECB", COUNTING_PROPERTIES, aes_256_ecb },
    { "AES-128-CBC", COUNTING_PROPERTIES, aes_128_cbc },
    { "AES-192-CBC", COUNTING_PROPERTIES, aes_192_cbc },
    { "AES-256-CBC", COUNTING_PROPERTIES, aes_256_cbc },
    { "AES-128-CTR", COUNTING_PROPERTIES, aes_128_ctr },
    { "AES-128-GCM", COUNTING_PROPERTIES, aes_128_gcm },
    { "AES-192-GCM", COUNTING_PROPERTIES, aes_192_gcm },
    { "AES-256-GCM", COUNTING_PROPERTIES, aes_256_gcm },
    { }
};

/* Hashes */

/* OpenSSL 3.0 makes another one for each digest. */
static void *hash_new(void *library, const char *name)
{
    EVP_MD *hash;
    EVP_MD_CTX *context;

    if (!counting_may_run()) {
        return NULL;
    }
    hash = EVP_MD_fetch(library, name, NULL);
    context = EVP_MD_CTX_new();
    g_assert(EVP_DigestInit_ex2(context, hash, NULL) == 1);
    EVP_MD_free(hash);
    return counting_made(context);
}

static void hash_free(void *context)
{
    counting_provider.live--;
    EVP_MD_CTX_free(context);
}

static int hash_init(void *context, const OSSL_PARAM *params)
{
    return counting_may_run() && EVP_DigestInit_ex2(context, NULL, params);
}

static int hash_update(void *context, const unsigned char *in, size_t len)
{
    return counting_may_run() && EVP_DigestUpdate(context, in, len);
}

static int hash_final(void *context, unsigned char *out, size_t *out_len,
                      size_t out_size)
{
    unsigned int len;
    bool ok = counting_may_run() && EVP_DigestFinal_ex(context, out, &len);

    *out_len = ok ? len : 0;
    return ok;
}

#define HASH(id, name, block_len, len)                                   \
    static void *id##_new(void *library)                                 \
    {                                                                    \
        return hash_new(library, name);                                  \
    }                                                                    \
                                                                         \
    static int id##_describe(OSSL_PARAM params[])                        \
    {                                                                    \
        set_size(params, OSSL_DIGEST_PARAM_BLOCK_SIZE, block_len);       \
        set_size(params, OSSL_DIGEST_PARAM_SIZE, len);                   \
        return 1;                                                        \
    }                                                                    \
                                                                         \
    static const OSSL_DISPATCH id[] = {                                  \
        { OSSL_FUNC_DIGEST_NEWCTX, (Function)id##_new },                 \
        { OSSL_FUNC_DIGEST_FREECTX, (Function)hash_free },               \
        { OSSL_FUNC_DIGEST_INIT, (Function)hash_init },                  \
        { OSSL_FUNC_DIGEST_UPDATE, (Function)hash_update },              \
        { OSSL_FUNC_DIGEST_FINAL, (Function)hash_final },                \
        { OSSL_FUNC_DIGEST_GET_PARAMS, (Function)id##_describe },        \
        { }                                                              \
    }

HASH(md5, "MD5", 64, 16);
HASH(sha256, "SHA2-256", 64, 32);

static const OSSL_ALGORITHM hashes[] = {
    { "MD5", COUNTING_PROPERTIES, md5 },
    { "SHA2-256:SHA-256:SHA256", COUNTING_PROPERTIES, sha256 },
    { }
};

/* HMAC */

static void *mac_new(void *library)
{
    EVP_MAC *hmac = EVP_MAC_fetch(library, "HMAC", NULL);
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(hmac);

    EVP_MAC_free(hmac);
    return counting_made(context);
}

static void mac_free(void *context)
{
    counting_provider.live--;
    EVP_MAC_CTX_free(context);
}

static bool takes_hash(const OSSL_PARAM *params)
{
    const OSSL_PARAM *param =
        OSSL_PARAM_locate_const(params, OSSL_MAC_PARAM_DIGEST);
    const char *name;

    if (!param) {
        return true;
    }
    counting_provider.hash_names++;
    return OSSL_PARAM_get_utf8_string_ptr(param, &name) &&
           g_str_equal(name, "SHA2-256");
}

static int mac_init(void *context, const unsigned char *key, size_t key_len,
                    const OSSL_PARAM *params)
{
    return (key ? counting_takes_key() : counting_may_run()) &&
           takes_hash(params) && EVP_MAC_init(context, key, key_len, params);
}

static int mac_update(void *context, const unsigned char *in, size_t len)
{
    return counting_may_run() && EVP_MAC_update(context, in, len);
}

static int mac_final(void *context, unsigned char *out, size_t *out_len,
                     size_t out_size)
{
    return counting_may_run() &&
           EVP_MAC_final(context, out, out_len, out_size);
}

static int mac_get(void *context, OSSL_PARAM *params)
{
    return EVP_MAC_CTX_get_params(context, params);
}

static const OSSL_DISPATCH hmac[] = {
    { OSSL_FUNC_MAC_NEWCTX, (Function)mac_new },
    { OSSL_FUNC_MAC_FREECTX, (Function)mac_free },
    { OSSL_FUNC_MAC_INIT, (Function)mac_init },
    { OSSL_FUNC_MAC_UPDATE, (Function)mac_update },
    { OSSL_FUNC_MAC_FINAL, (Function)mac_final },
    { OSSL_FUNC_MAC_GET_CTX_PARAMS, (Function)mac_get },
    { }
};

static const OSSL_ALGORITHM macs[] = {
    { "HMAC", COUNTING_PROPERTIES, hmac },
    { }
};

/* The provider */

/* What may not be kept is asked for at each fetch. */
static const OSSL_ALGORITHM *query(void *library, int operation,
                                   int *no_cache)
{
    counting_provider.fetches++;
    *no_cache = 1;
    switch (operation) {
    case OSSL_OP_CIPHER:
        return ciphers;
    case OSSL_OP_DIGEST:
        return counting_provider.lacks_hashes ? NULL : hashes;
    case OSSL_OP_MAC:
        return macs;
    case OSSL_OP_KEYMGMT:
        return counting_keymgmts;
    case OSSL_OP_ASYM_CIPHER:
        return counting_asym_ciphers;
    default:
        return NULL;
    }
}

static int self_test(void *library)
{
    return !counting_provider.fails_self_test;
}

static void teardown(void *library)
{
    counting_provider.loaded--;
    OSSL_LIB_CTX_free(library);
}

static const OSSL_DISPATCH functions[] = {
    { OSSL_FUNC_PROVIDER_QUERY_OPERATION, (Function)query },
    { OSSL_FUNC_PROVIDER_SELF_TEST, (Function)self_test },
    { OSSL_FUNC_PROVIDER_TEARDOWN, (Function)teardown },
    { }
};

int OSSL_provider_init(const OSSL_CORE_HANDLE *handle, const OSSL_DISPATCH *in,
                       const OSSL_DISPATCH **out, void **context)
{
    *out = functions;
    *context = OSSL_LIB_CTX_new();
    counting_provider.loaded++;
    return *context != NULL;
}
