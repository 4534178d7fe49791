/*
 * Cryptography backends: a hash function, or a MAC with its key
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_DIGEST_H
#define BACKENDS_CRYPTODEV_DIGEST_H

#include "primitives.h"

/*
 * A function from bytes to a digest: a hash, a MAC with its key, or a nested
 * hash with its prefixes.  Many threads may use one at once.
 */
typedef struct CryptoDevDigest CryptoDevDigest;

/* One computation of a digest, for one thread */
typedef struct CryptoDevDigestState CryptoDevDigestState;

/**
 * cryptodev_digest_has:
 * @primitives: what computes digests
 * @mode: what kind of function; not CRYPTODEV_HASH_MODE_NONE
 * @algo: a CryptoDevMacAlgo for CRYPTODEV_HASH_MODE_AUTH, else a
 *        CryptoDevHashAlgo
 *
 * Returns: whether there is such a function.  A nested hash has a digest of one
 * length, so there is none of SHAKE.
 */
bool cryptodev_digest_has(const CryptoDevPrimitives *primitives,
                          CryptoDevHashMode mode, uint32_t algo);

/**
 * cryptodev_digest_new:
 * @primitives: what computes digests
 * @mode: as for cryptodev_digest_has()
 * @algo: likewise; there is such a function
 * @key: key or prefixes as in CryptoDevChainParams, not needed after the call
 * @key_len: bytes in @key, a legal length
 *
 * Returns: the function, which the caller owns, or NULL if @primitives do not
 * take the key.
 */
CryptoDevDigest *cryptodev_digest_new(const CryptoDevPrimitives *primitives,
                                      CryptoDevHashMode mode, uint32_t algo,
                                      const uint8_t *key, size_t key_len);

/**
 * cryptodev_digest_free:
 * @digest: a function that is not in use, or NULL
 *
 * Wipe the key, and free the function.
 */
void cryptodev_digest_free(CryptoDevDigest *digest);

/**
 * cryptodev_digest_start:
 * @digest: a function
 *
 * Any thread may call this, and many at once.
 *
 * Returns: a computation, which cryptodev_digest_finish() ends, or NULL.
 */
CryptoDevDigestState *cryptodev_digest_start(CryptoDevDigest *digest);

/**
 * cryptodev_digest_update:
 * @state: a computation
 * @src: the next bytes, none or any number of them
 */
void cryptodev_digest_update(CryptoDevDigestState *state, CryptoDevBuf src);

/**
 * cryptodev_digest_finish:
 * @digest: the function that @state computes
 * @state: a computation; it is gone after the call
 * @dst: where the first @dst.len bytes of the digest go, at most as many as it
 *       has
 *
 * Returns: false, with @dst unchanged, if the computation failed, here or
 * before.
 */
bool cryptodev_digest_finish(CryptoDevDigest *digest,
                             CryptoDevDigestState *state, CryptoDevBuf dst);

#endif /* BACKENDS_CRYPTODEV_DIGEST_H */
