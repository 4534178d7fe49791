/*
 * The libgcrypt backend: RSA, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_RSA_H
#define BACKENDS_CRYPTODEV_GCRYPT_RSA_H

#include "system/cryptodev.h"
#include "cryptodev-gcrypt-rsa-key.h"

/**
 * CryptoDevRsa:
 * @key: the key
 * @padding: how data becomes an integer
 * @hash: libgcrypt's number of the hash that made the digests to sign and
 *        verify, or GCRY_MD_NONE
 *
 * A key, and how it is used.
 */
typedef struct CryptoDevRsa {
    CryptoDevRsaKey key;
    CryptoDevRsaPadding padding;
    int hash;
} CryptoDevRsa;

/**
 * cryptodev_rsa_check:
 * @rsa: a key, and how it is to be used
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_NOTSUPP if the modulus has an illegal size,
 * or libgcrypt lacks the hash.
 */
CryptoDevStatus cryptodev_rsa_check(const CryptoDevRsa *rsa);

/**
 * cryptodev_rsa_run:
 * @rsa: a key, and how it is used, which was checked
 * @op: the operation; all but its @status is set
 *
 * Many threads may use one key at once.
 *
 * Returns: the operation's status.
 */
CryptoDevStatus cryptodev_rsa_run(const CryptoDevRsa *rsa, CryptoDevOp *op);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_RSA_H */
