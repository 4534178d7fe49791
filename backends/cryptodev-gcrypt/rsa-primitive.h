/*
 * The libgcrypt backend: what libgcrypt does for RSA, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_RSA_PRIMITIVE_H
#define BACKENDS_CRYPTODEV_GCRYPT_RSA_PRIMITIVE_H

#include "rsa-blinding.h"

/**
 * CryptoDevRsaState:
 * @key: the key
 * @blinding: blinds private operations
 */
struct CryptoDevRsaState {
    CryptoDevGcryptRsaKey key;
    CryptoDevRsaBlinding blinding;
};

extern const CryptoDevRsaPrimitives cryptodev_gcrypt_rsa_primitives;

#endif /* BACKENDS_CRYPTODEV_GCRYPT_RSA_PRIMITIVE_H */
