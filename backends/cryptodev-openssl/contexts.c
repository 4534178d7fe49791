/*
 * The OpenSSL backend: contexts for the operations on one key
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "contexts.h"

static EVP_PKEY_CTX *context_new(const CryptoDevOpensslContexts *contexts)
{
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(contexts->libctx,
                                                   contexts->pkey, NULL);

    if (ctx && !contexts->init(ctx)) {
        g_clear_pointer(&ctx, EVP_PKEY_CTX_free);
    }
    return ctx;
}

bool cryptodev_openssl_contexts_init(CryptoDevOpensslContexts *contexts)
{
    contexts->spares[0].state = context_new(contexts);
    return contexts->spares[0].state;
}

void cryptodev_openssl_contexts_destroy(CryptoDevOpensslContexts *contexts)
{
    for (size_t i = 0; i < CRYPTODEV_OPENSSL_CONTEXTS; i++) {
        EVP_PKEY_CTX_free(contexts->spares[i].state);
    }
}

EVP_PKEY_CTX *
cryptodev_openssl_contexts_take(CryptoDevOpensslContexts *contexts)
{
    return cryptodev_spares_take(contexts->spares,
                                 CRYPTODEV_OPENSSL_CONTEXTS) ?:
           context_new(contexts);
}

void cryptodev_openssl_contexts_give(CryptoDevOpensslContexts *contexts,
                                     EVP_PKEY_CTX *ctx)
{
    if (ctx && !cryptodev_spares_give(contexts->spares,
                                      CRYPTODEV_OPENSSL_CONTEXTS, ctx)) {
        EVP_PKEY_CTX_free(ctx);
    }
}
