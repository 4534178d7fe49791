/*
 * The OpenSSL backend: RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_RSA_KEY_H
#define BACKENDS_CRYPTODEV_OPENSSL_RSA_KEY_H

#include <openssl/bn.h>
#include "../cryptodev/common/rsa-primitives.h"

/**
 * CryptoDevOpensslRsaKey:
 * @integers: the key's numbers; those from d on are secrets, which OpenSSL
 *            computes with in constant time and wipes; NULL for each that is
 *            not there
 */
typedef struct CryptoDevOpensslRsaKey {
    struct bignum_st *integers[RSA_INTEGERS];
} CryptoDevOpensslRsaKey;

/**
 * cryptodev_openssl_rsa_key_read:
 * @key: a key without numbers, to be filled in; free it by
 *       cryptodev_openssl_rsa_key_destroy() afterwards, whatever this returns
 * @from: its numbers
 *
 * Returns: false if memory is short.
 */
bool cryptodev_openssl_rsa_key_read(CryptoDevOpensslRsaKey *key,
                                    const CryptoDevRsaKey *from);

/**
 * cryptodev_openssl_rsa_key_destroy:
 * @key: a key, which may lack any of its parts
 *
 * Wipe and free what the key holds.
 */
void cryptodev_openssl_rsa_key_destroy(CryptoDevOpensslRsaKey *key);

/**
 * cryptodev_openssl_rsa_key_drop_crt:
 * @key: a key
 *
 * Wipe and free what it has beside n, e and d.
 */
void cryptodev_openssl_rsa_key_drop_crt(CryptoDevOpensslRsaKey *key);

/**
 * cryptodev_openssl_rsa_key_settle:
 * @key: a private key
 * @libctx: OpenSSL's context, for memory to compute in
 *
 * As CryptoDevRsaPrimitives's @settle.
 *
 * Returns: false if the numbers do not fit, or no e is found, or memory is
 * short.
 */
bool cryptodev_openssl_rsa_key_settle(CryptoDevOpensslRsaKey *key,
                                      OSSL_LIB_CTX *libctx);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_RSA_KEY_H */
