/*
 * The libgcrypt backend: RSA, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_RSA_H
#define BACKENDS_CRYPTODEV_GCRYPT_RSA_H

#include "late.h"
#include "../../cryptodev-gcrypt/rsa-blinding.h"

/**
 * CryptoDevRsa:
 * @key: the key
 * @blinding: blinds private operations
 * @padding: how data becomes an integer
 * @hash: the hash that made the digests to sign and verify, or
 *        CRYPTODEV_HASH_NONE
 * @rejects_implicitly: whether decryption answers wrong padding with a message
 * @late: whether the numbers of a private key fit together
 *
 * A key, and how it is used.
 */
typedef struct CryptoDevRsa {
    CryptoDevRsaKey key;
    CryptoDevRsaBlinding blinding;
    CryptoDevRsaPadding padding;
    CryptoDevHashAlgo hash;
    bool rejects_implicitly;
    CryptoDevLateCheck late;
} CryptoDevRsa;

/**
 * cryptodev_rsa_init:
 * @rsa: all zero; free it by cryptodev_rsa_destroy()
 * @padding: how data becomes an integer
 * @hash: a hash of signatures
 */
void cryptodev_rsa_init(CryptoDevRsa *rsa, CryptoDevRsaPadding padding,
                        CryptoDevHashAlgo hash);

/**
 * cryptodev_rsa_destroy:
 * @rsa: a key that is not in use
 *
 * Wipe and free what it holds.
 */
void cryptodev_rsa_destroy(CryptoDevRsa *rsa);

/**
 * cryptodev_rsa_check:
 * @rsa: a key that was read, and how it is to be used
 * @is_private: whether it is to be a private key
 *
 * Returns: as cryptodev_rsa_key_check(); also CRYPTODEV_NOTSUPP if signatures
 * cannot use the hash.
 */
CryptoDevStatus cryptodev_rsa_check(const CryptoDevRsa *rsa, bool is_private);

/**
 * cryptodev_rsa_run:
 * @rsa: a key, and how it is used, which cryptodev_rsa_check() has found good
 * @op: the operation; all but its @status is set
 *
 * The first one with a private key checks it.  Many threads may use one key at
 * once.
 *
 * Returns: the operation's status.
 */
CryptoDevStatus cryptodev_rsa_run(CryptoDevRsa *rsa, CryptoDevOp *op);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_RSA_H */
