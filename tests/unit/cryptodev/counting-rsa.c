/*
 * A provider of OpenSSL's that counts what it is asked for: RSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include "counting-provider.h"

/* A key, and what it is made in */
typedef struct Key {
    OSSL_LIB_CTX *library;
    EVP_PKEY *pkey;
} Key;

/* Its use */
typedef struct Use {
    OSSL_LIB_CTX *library;
    EVP_PKEY_CTX *context;
} Use;

typedef void (*Function)(void);

static void *key_new(void *library)
{
    Key *key = g_new0(Key, 1);

    key->library = library;
    return key;
}

static void key_free(void *opaque)
{
    Key *key = opaque;

    EVP_PKEY_free(key->pkey);
    g_free(key);
}

static int key_has(const void *opaque, int selection)
{
    const Key *key = opaque;

    return key->pkey != NULL;
}

static int key_import(void *opaque, int selection, const OSSL_PARAM *params)
{
    Key *key = opaque;
    EVP_PKEY_CTX *context =
        EVP_PKEY_CTX_new_from_name(key->library, "RSA", NULL);
    bool ok = counting_takes_key() && EVP_PKEY_fromdata_init(context) == 1 &&
              EVP_PKEY_fromdata(context, &key->pkey, selection,
                                (OSSL_PARAM *)params) == 1;

    EVP_PKEY_CTX_free(context);
    return ok;
}

static const OSSL_PARAM *key_list(int selection)
{
    static const OSSL_PARAM numbers[] = {
        OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_N, NULL, 0),
        OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_E, NULL, 0),
        OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_D, NULL, 0),
        OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_FACTOR1, NULL, 0),
        OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_FACTOR2, NULL, 0),
        OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_EXPONENT1, NULL, 0),
        OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_EXPONENT2, NULL, 0),
        OSSL_PARAM_BN(OSSL_PKEY_PARAM_RSA_COEFFICIENT1, NULL, 0),
        OSSL_PARAM_END
    };

    return numbers;
}

static int key_get(void *opaque, OSSL_PARAM *params)
{
    Key *key = opaque;

    return EVP_PKEY_get_params(key->pkey, params);
}

static const OSSL_PARAM *key_gettable(void *library)
{
    static const OSSL_PARAM params[] = {
        OSSL_PARAM_int(OSSL_PKEY_PARAM_BITS, NULL),
        OSSL_PARAM_int(OSSL_PKEY_PARAM_SECURITY_BITS, NULL),
        OSSL_PARAM_int(OSSL_PKEY_PARAM_MAX_SIZE, NULL),
        OSSL_PARAM_END
    };

    return params;
}

static const OSSL_DISPATCH key_functions[] = {
    { OSSL_FUNC_KEYMGMT_NEW, (Function)key_new },
    { OSSL_FUNC_KEYMGMT_FREE, (Function)key_free },
    { OSSL_FUNC_KEYMGMT_HAS, (Function)key_has },
    { OSSL_FUNC_KEYMGMT_IMPORT, (Function)key_import },
    { OSSL_FUNC_KEYMGMT_IMPORT_TYPES, (Function)key_list },
    { OSSL_FUNC_KEYMGMT_GET_PARAMS, (Function)key_get },
    { OSSL_FUNC_KEYMGMT_GETTABLE_PARAMS, (Function)key_gettable },
    { }
};

const OSSL_ALGORITHM counting_keymgmts[] = {
    { "RSA", COUNTING_PROPERTIES, key_functions },
    { }
};

static void *use_new(void *library)
{
    Use *use = g_new0(Use, 1);

    use->library = library;
    return counting_made(use);
}

static void use_free(void *opaque)
{
    Use *use = opaque;

    counting_provider.live--;
    EVP_PKEY_CTX_free(use->context);
    g_free(use);
}

static bool use_key(Use *use, const Key *key)
{
    use->context = EVP_PKEY_CTX_new_from_pkey(use->library, key->pkey, NULL);
    return use->context;
}

static int use_encrypt_init(void *opaque, void *key, const OSSL_PARAM *params)
{
    Use *use = opaque;

    return use_key(use, key) &&
           EVP_PKEY_encrypt_init_ex(use->context, params) == 1;
}

static int use_decrypt_init(void *opaque, void *key, const OSSL_PARAM *params)
{
    Use *use = opaque;

    return use_key(use, key) &&
           EVP_PKEY_decrypt_init_ex(use->context, params) == 1;
}

static int use_encrypt(void *opaque, unsigned char *out, size_t *out_len,
                       size_t out_size, const unsigned char *in,
                       size_t in_len)
{
    Use *use = opaque;

    *out_len = out_size;
    return counting_may_run() &&
           EVP_PKEY_encrypt(use->context, out, out_len, in, in_len) == 1;
}

static int use_decrypt(void *opaque, unsigned char *out, size_t *out_len,
                       size_t out_size, const unsigned char *in,
                       size_t in_len)
{
    Use *use = opaque;

    *out_len = out_size;
    return counting_may_run() &&
           EVP_PKEY_decrypt(use->context, out, out_len, in, in_len) == 1;
}

static int use_set(void *opaque, const OSSL_PARAM *params)
{
    Use *use = opaque;

    return EVP_PKEY_CTX_set_params(use->context, params);
}

static const OSSL_PARAM *use_settable(void *opaque, void *library)
{
    static const OSSL_PARAM params[] = {
        OSSL_PARAM_int(OSSL_ASYM_CIPHER_PARAM_PAD_MODE, NULL),
        OSSL_PARAM_END
    };

    return params;
}

static const OSSL_DISPATCH use_functions[] = {
    { OSSL_FUNC_ASYM_CIPHER_NEWCTX, (Function)use_new },
    { OSSL_FUNC_ASYM_CIPHER_FREECTX, (Function)use_free },
    { OSSL_FUNC_ASYM_CIPHER_ENCRYPT_INIT, (Function)use_encrypt_init },
    { OSSL_FUNC_ASYM_CIPHER_ENCRYPT, (Function)use_encrypt },
    { OSSL_FUNC_ASYM_CIPHER_DECRYPT_INIT, (Function)use_decrypt_init },
    { OSSL_FUNC_ASYM_CIPHER_DECRYPT, (Function)use_decrypt },
    { OSSL_FUNC_ASYM_CIPHER_SET_CTX_PARAMS, (Function)use_set },
    { OSSL_FUNC_ASYM_CIPHER_SETTABLE_CTX_PARAMS, (Function)use_settable },
    { }
};

const OSSL_ALGORITHM counting_asym_ciphers[] = {
    { "RSA", COUNTING_PROPERTIES, use_functions },
    { }
};
