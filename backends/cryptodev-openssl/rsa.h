/*
 * The OpenSSL backend: what OpenSSL does for RSA, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_RSA_H
#define BACKENDS_CRYPTODEV_OPENSSL_RSA_H

#include "../cryptodev/common/rsa-primitives.h"

extern const CryptoDevRsaPrimitives cryptodev_openssl_rsa_primitives;

#endif /* BACKENDS_CRYPTODEV_OPENSSL_RSA_H */
