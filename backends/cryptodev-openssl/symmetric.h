/*
 * The OpenSSL backend: symmetric algorithms of providers that were chosen
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_SYMMETRIC_H
#define BACKENDS_CRYPTODEV_OPENSSL_SYMMETRIC_H

#include <openssl/evp.h>
#include "../cryptodev/common/primitives.h"

/* Keys of AES have 16, 24 or 32 bytes. */
#define CRYPTODEV_OPENSSL_AES_KEYS 3

/* By algorithm, and AES by length of key: NULL for what no provider has */
typedef struct evp_cipher_st *
CryptoDevOpensslCiphers[CRYPTODEV_OPENSSL_AES_KEYS];

/**
 * CryptoDevOpensslSymmetric:
 * @parent: the table whose functions use this
 * @ciphers: by CryptoDevCipherAlgo; what has keys of one length has one
 * @blocks: AES by itself
 * @aeads: by CryptoDevAeadAlgo
 *
 * What was fetched from the providers, once; all NULL if the guest gets nothing
 * of it.
 */
typedef struct CryptoDevOpensslSymmetric {
    CryptoDevPrimitives parent;
    CryptoDevOpensslCiphers ciphers[CRYPTODEV_CIPHER_3DES_CTR + 1];
    CryptoDevOpensslCiphers blocks;
    CryptoDevOpensslCiphers aeads[CRYPTODEV_AEAD_CHACHA20_POLY1305 + 1];
} CryptoDevOpensslSymmetric;

/**
 * cryptodev_openssl_symmetric_init:
 * @symmetric: all zero; the ciphers and AEAD of its table are set
 *
 * This fetches nothing yet.
 */
void cryptodev_openssl_symmetric_init(CryptoDevOpensslSymmetric *symmetric);

/**
 * cryptodev_openssl_symmetric_fetch:
 * @symmetric: all NULL; what the providers have is filled in
 * @context: OpenSSL's context of the backend, with providers that were chosen
 */
void
cryptodev_openssl_symmetric_fetch(CryptoDevOpensslSymmetric *symmetric,
                                  OSSL_LIB_CTX *context);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_SYMMETRIC_H */
