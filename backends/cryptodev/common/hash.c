/*
 * Cryptography backends: digests and HMACs of spans of memory
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hash.h"

static const uint8_t digest_lens[] = {
    [CRYPTODEV_HASH_MD4] = 16,
    [CRYPTODEV_HASH_MD5] = 16,
    [CRYPTODEV_HASH_SHA1] = 20,
    [CRYPTODEV_HASH_SHA224] = 28,
    [CRYPTODEV_HASH_SHA256] = 32,
    [CRYPTODEV_HASH_SHA384] = 48,
    [CRYPTODEV_HASH_SHA512] = 64,
    [CRYPTODEV_HASH_SHA3_224] = 28,
    [CRYPTODEV_HASH_SHA3_256] = 32,
    [CRYPTODEV_HASH_SHA3_384] = 48,
    [CRYPTODEV_HASH_SHA3_512] = 64,
};

size_t cryptodev_hash_len(CryptoDevHashAlgo algo)
{
    return algo < ARRAY_SIZE(digest_lens) ? digest_lens[algo] : 0;
}

bool cryptodev_hash_open(CryptoDevHash *hash,
                         const CryptoDevPrimitives *primitives,
                         CryptoDevHashAlgo algo)
{
    *hash = (CryptoDevHash) {
        .primitives = primitives,
        .state = primitives->hash.open(primitives, algo, true),
        .len = cryptodev_hash_len(algo),
    };
    return hash->state;
}

bool cryptodev_hmac_open(CryptoDevHash *hash,
                         const CryptoDevPrimitives *primitives,
                         CryptoDevHashAlgo algo, CryptoDevOperand key)
{
    *hash = (CryptoDevHash) {
        .primitives = primitives,
        .state = primitives->hash.open_hmac(primitives, algo, key.data,
                                            key.len),
        .len = cryptodev_hash_len(algo),
    };
    return hash->state;
}

void cryptodev_hmac_set_key(CryptoDevHash *hash, CryptoDevOperand key)
{
    if (!hash->primitives->hash.set_key(hash->state, key.data, key.len)) {
        hash->failed = true;
    }
}

void cryptodev_hash_digest(CryptoDevHash *hash, const CryptoDevOperand *parts,
                           size_t n, uint8_t *digest)
{
    const CryptoDevPrimitives *primitives = hash->primitives;

    /* After a failure there may be no key; OpenSSL 3.0 must not go on then. */
    if (hash->failed) {
        memset(digest, 0, hash->len);
        return;
    }
    primitives->hash.start(hash->state);
    for (size_t i = 0; i < n; i++) {
        primitives->hash.update(hash->state, parts[i].data, parts[i].len);
    }
    if (!primitives->hash.finish(hash->state, digest, hash->len)) {
        hash->failed = true;
    }
}

void cryptodev_hash_close(CryptoDevHash *hash)
{
    if (hash->state) {
        hash->primitives->hash.close(hash->state);
        hash->state = NULL;
    }
}
