/*
 * The OpenSSL backend: contexts for the operations on one key
 *
 * OpenSSL fetches an algorithm, and allocates, to make a context, which takes
 * longer than some operations.  A context belongs to one thread at a time.  So
 * a key keeps a few of them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_CONTEXTS_H
#define BACKENDS_CRYPTODEV_OPENSSL_CONTEXTS_H

#include <openssl/evp.h>
#include "../cryptodev/common/spare.h"

/* How many threads can use a key at once without making contexts each time */
#define CRYPTODEV_OPENSSL_CONTEXTS 8

/**
 * CryptoDevOpensslContexts:
 * @libctx: OpenSSL's context of the backend
 * @pkey: the key, owned by whoever owns this
 * @init: make a new context able to run the operation; false if OpenSSL cannot
 * @spares: contexts that no operation uses, of EVP_PKEY_CTX
 */
typedef struct CryptoDevOpensslContexts {
    OSSL_LIB_CTX *libctx;
    EVP_PKEY *pkey;
    bool (*init)(EVP_PKEY_CTX *ctx);
    CryptoDevSpare spares[CRYPTODEV_OPENSSL_CONTEXTS];
} CryptoDevOpensslContexts;

/**
 * cryptodev_openssl_contexts_init:
 * @contexts: what to set up; all but @spares is set
 *
 * Make the first context.
 *
 * Returns: false if OpenSSL cannot run the operation with the key; @contexts
 * may be destroyed then, too.
 */
bool cryptodev_openssl_contexts_init(CryptoDevOpensslContexts *contexts);

/**
 * cryptodev_openssl_contexts_destroy:
 * @contexts: contexts of which none is taken, or all zero
 */
void cryptodev_openssl_contexts_destroy(CryptoDevOpensslContexts *contexts);

/**
 * cryptodev_openssl_contexts_take:
 * @contexts: the contexts
 *
 * Any thread may call this.
 *
 * Returns: a context that the caller owns and gives back by
 * cryptodev_openssl_contexts_give(), or NULL.
 */
EVP_PKEY_CTX *
cryptodev_openssl_contexts_take(CryptoDevOpensslContexts *contexts);

/**
 * cryptodev_openssl_contexts_give:
 * @contexts: the contexts
 * @ctx: one that was taken of them, or NULL
 *
 * Keep a context for the next operation, or free it if there are enough.  Any
 * thread may call this.
 */
void cryptodev_openssl_contexts_give(CryptoDevOpensslContexts *contexts,
                                     EVP_PKEY_CTX *ctx);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_CONTEXTS_H */
