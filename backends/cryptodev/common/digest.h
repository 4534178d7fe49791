/*
 * The libgcrypt backend: a hash function, or a MAC with its key
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_DIGEST_H
#define BACKENDS_CRYPTODEV_DIGEST_H

#include "system/cryptodev.h"

/*
 * A function from bytes to a digest: a hash, a MAC with its key, or a nested
 * hash with its prefixes.  Many threads may use one at once.
 */
typedef struct CryptoDevGcryptDigest CryptoDevGcryptDigest;

/* One computation of a digest, for one thread */
typedef struct CryptoDevGcryptDigestState CryptoDevGcryptDigestState;

/**
 * cryptodev_gcrypt_digest_available:
 * @mode: what kind of function; not CRYPTODEV_HASH_MODE_NONE
 * @algo: a CryptoDevMacAlgo for CRYPTODEV_HASH_MODE_AUTH, else a
 *        CryptoDevHashAlgo
 *
 * Returns: whether this machine's libgcrypt has it.  A nested hash has a
 * digest of one length, so there is none of SHAKE.
 */
bool cryptodev_gcrypt_digest_available(CryptoDevHashMode mode, uint32_t algo);

/**
 * cryptodev_gcrypt_hash_number:
 * @algo: a hash, or CRYPTODEV_HASH_NONE
 *
 * Returns: libgcrypt's number of @algo, or GCRY_MD_NONE.
 */
int cryptodev_gcrypt_hash_number(CryptoDevHashAlgo algo);

/**
 * cryptodev_gcrypt_digest_new:
 * @mode: what kind of function; not CRYPTODEV_HASH_MODE_NONE
 * @algo: a CryptoDevMacAlgo for CRYPTODEV_HASH_MODE_AUTH, else a
 *        CryptoDevHashAlgo; it is available
 * @key: key or prefixes as in CryptoDevChainParams, not needed after the call
 * @key_len: bytes in @key, a legal length
 *
 * Returns: the function, which the caller owns, or NULL if libgcrypt does not
 * take the key.
 */
CryptoDevGcryptDigest *
cryptodev_gcrypt_digest_new(CryptoDevHashMode mode, uint32_t algo,
                            const uint8_t *key, size_t key_len);

/**
 * cryptodev_gcrypt_digest_free:
 * @digest: a function that nobody uses, or NULL
 *
 * Wipe the key, and free the function.
 */
void cryptodev_gcrypt_digest_free(CryptoDevGcryptDigest *digest);

/**
 * cryptodev_gcrypt_digest_start:
 * @digest: a function
 *
 * Returns: a computation, which cryptodev_gcrypt_digest_finish() ends, or NULL.
 */
CryptoDevGcryptDigestState *
cryptodev_gcrypt_digest_start(CryptoDevGcryptDigest *digest);

/**
 * cryptodev_gcrypt_digest_update:
 * @state: a computation
 * @src: the next bytes, none or any number of them
 */
void cryptodev_gcrypt_digest_update(CryptoDevGcryptDigestState *state,
                                    CryptoDevBuf src);

/**
 * cryptodev_gcrypt_digest_finish:
 * @digest: the function that @state computes
 * @state: a computation; it is gone after the call
 * @dst: where the first @dst.len bytes of the digest go, at most as many as it
 *       has
 *
 * Returns: false, with @dst unchanged, if the computation failed, here or
 * before.
 */
bool cryptodev_gcrypt_digest_finish(CryptoDevGcryptDigest *digest,
                                    CryptoDevGcryptDigestState *state,
                                    CryptoDevBuf dst);

#endif /* BACKENDS_CRYPTODEV_DIGEST_H */
