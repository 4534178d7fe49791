/*
 * Cryptography backends: digests and HMACs of spans of memory
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_HASH_H
#define BACKENDS_CRYPTODEV_HASH_H

#include "primitives.h"

/**
 * CryptoDevHash:
 * @primitives: what computes it
 * @state: the hash, or HMAC with its key
 * @len: bytes in a digest
 * @failed: whether a digest failed in the library, which made it zeros, or
 *          another key did
 *
 * For digests of secrets, one after another, by one thread at a time.  All zero
 * before it is opened.
 */
typedef struct CryptoDevHash {
    const CryptoDevPrimitives *primitives;
    CryptoDevHashState *state;
    size_t len;
    bool failed;
} CryptoDevHash;

/**
 * cryptodev_hash_len:
 * @algo: a hash, or any other number
 *
 * Returns: how many bytes its digests have, CRYPTODEV_DIGEST_MAX at most; 0 if
 * there is no such hash, or if its digests have no fixed length.
 */
size_t cryptodev_hash_len(CryptoDevHashAlgo algo);

/**
 * cryptodev_hash_open:
 * @hash: what to set up; close it by cryptodev_hash_close(), whatever this
 *        returns
 * @primitives: what computes it
 * @algo: a hash whose digests have a fixed length
 *
 * Returns: false if @primitives have no such hash.
 */
bool cryptodev_hash_open(CryptoDevHash *hash,
                         const CryptoDevPrimitives *primitives,
                         CryptoDevHashAlgo algo);

/**
 * cryptodev_hmac_open:
 * @hash: as for cryptodev_hash_open()
 * @primitives: likewise
 * @algo: likewise
 * @key: the key of HMAC, of any length; not needed after the call
 *
 * Returns: false if @primitives have no such hash or do not take the key.
 */
bool cryptodev_hmac_open(CryptoDevHash *hash,
                         const CryptoDevPrimitives *primitives,
                         CryptoDevHashAlgo algo, CryptoDevOperand key);

/**
 * cryptodev_hmac_set_key:
 * @hash: HMAC
 * @key: its next key, of at least one byte; not needed after the call
 *
 * This is much quicker than to open another HMAC.  If it fails, @hash->failed
 * says so, as for a digest.
 */
void cryptodev_hmac_set_key(CryptoDevHash *hash, CryptoDevOperand key);

/**
 * cryptodev_hash_digest:
 * @hash: a hash, or HMAC
 * @parts: the message, in parts
 * @n: how many parts there are
 * @digest: set to the digest, @hash->len bytes; a part may be the same memory.
 *          Zeros if this fails, or anything has failed before.
 *
 * The caller looks at @hash->failed before anything leaves that it has made of
 * digests.
 */
void cryptodev_hash_digest(CryptoDevHash *hash, const CryptoDevOperand *parts,
                           size_t n, uint8_t *digest);

/**
 * cryptodev_hash_close:
 * @hash: a hash that was opened, or all zero
 *
 * Wipe and free what it holds.
 */
void cryptodev_hash_close(CryptoDevHash *hash);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CryptoDevHash, cryptodev_hash_close)

#endif /* BACKENDS_CRYPTODEV_HASH_H */
