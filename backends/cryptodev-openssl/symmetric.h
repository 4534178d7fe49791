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
 * @ciphers: by CryptoDevCipherAlgo; what has keys of one length has one
 * @blocks: AES by itself
 * @aeads: by CryptoDevAeadAlgo
 *
 * What was fetched from the providers, all of it once.
 */
typedef struct CryptoDevOpensslSymmetric {
    CryptoDevOpensslCiphers ciphers[CRYPTODEV_CIPHER_3DES_CTR + 1];
    CryptoDevOpensslCiphers blocks;
    CryptoDevOpensslCiphers aeads[CRYPTODEV_AEAD_CHACHA20_POLY1305 + 1];
} CryptoDevOpensslSymmetric;

/**
 * cryptodev_openssl_symmetric_fetch:
 * @symmetric: all NULL; what the providers have is filled in
 * @context: OpenSSL's context of the backend, with providers that were chosen
 */
void
cryptodev_openssl_symmetric_fetch(CryptoDevOpensslSymmetric *symmetric,
                                  OSSL_LIB_CTX *context);

/**
 * cryptodev_openssl_symmetric_fill:
 * @primitives: its ciphers and AEAD are set
 *
 * The functions find what was fetched by cryptodev_openssl_symmetric().
 */
void cryptodev_openssl_symmetric_fill(CryptoDevPrimitives *primitives);

/**
 * cryptodev_openssl_symmetric:
 * @primitives: those of an OpenSSL backend
 *
 * Returns: what was fetched for it, which lives as long.
 */
const CryptoDevOpensslSymmetric *
cryptodev_openssl_symmetric(const CryptoDevPrimitives *primitives);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_SYMMETRIC_H */
