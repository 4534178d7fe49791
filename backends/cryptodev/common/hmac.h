/*
 * The libgcrypt backend: HMAC over parts
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_HMAC_H
#define BACKENDS_CRYPTODEV_HMAC_H

#include <gcrypt.h>
#include "system/cryptodev-compute.h"

/* The longest digest of a hash whose digest has a fixed length */
#define CRYPTODEV_DIGEST_MAX 64

G_DEFINE_AUTO_CLEANUP_FREE_FUNC(gcry_md_hd_t, gcry_md_close, NULL)

/**
 * cryptodev_hash_open:
 * @hash: libgcrypt's number of a hash
 * @flags: GCRY_MD_FLAG_HMAC, or 0
 *
 * For hashes of secrets: the handle is in secure memory, but in FIPS mode,
 * where many threads could fill it.
 *
 * Returns: a handle for gcry_md_close(), which wipes it; or NULL.
 */
gcry_md_hd_t cryptodev_hash_open(int hash, unsigned int flags);

/**
 * cryptodev_hmac_open:
 * @hash: libgcrypt's number of a hash
 * @key: the key, of any length; not needed after the call
 *
 * Returns: a handle for gcry_md_close(), or NULL.
 */
gcry_md_hd_t cryptodev_hmac_open(int hash, CryptoDevOperand key);

/**
 * cryptodev_hmac_digest:
 * @hmac: a handle
 * @parts: what follows one another
 * @n: how many parts there are
 * @digest: where the digest goes, as many bytes as the hash makes; a part may
 *          be the same memory
 *
 * Compute HMAC, RFC 2104.
 */
void cryptodev_hmac_digest(gcry_md_hd_t hmac, const CryptoDevOperand *parts,
                           size_t n, uint8_t *digest);

#endif /* BACKENDS_CRYPTODEV_HMAC_H */
