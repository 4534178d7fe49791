/*
 * The OpenSSL backend: the primitives that OpenSSL has
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_PRIMITIVES_H
#define BACKENDS_CRYPTODEV_OPENSSL_PRIMITIVES_H

#include <openssl/crypto.h>
#include "../cryptodev/common/primitives.h"

/**
 * cryptodev_openssl_primitives_new:
 * @context: OpenSSL's context of a backend, with its providers and property
 *           query
 * @serves: whether the guest gets symmetric algorithms of it
 *
 * Fetch what public-key algorithms need of the providers: hashes, HMAC, RSA,
 * randomness; if it @serves more, ciphers and AEAD, too.
 *
 * Returns: the primitives, which live as long as @context and the program.
 */
const CryptoDevPrimitives *
cryptodev_openssl_primitives_new(OSSL_LIB_CTX *context, bool serves);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_PRIMITIVES_H */
