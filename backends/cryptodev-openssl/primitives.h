/*
 * The OpenSSL backend: the primitives that OpenSSL has
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_PRIMITIVES_H
#define BACKENDS_CRYPTODEV_OPENSSL_PRIMITIVES_H

#include "../cryptodev/common/primitives.h"

/* There are those that public-key algorithms need: hashes, RSA, randomness. */
extern const CryptoDevPrimitives cryptodev_openssl_primitives;

#endif /* BACKENDS_CRYPTODEV_OPENSSL_PRIMITIVES_H */
