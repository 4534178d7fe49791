/*
 * The ipsec-mb backend: what hashes and MACs of jobs need
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "auth.h"

/* RFC 2104, section 2 */
#define INNER_PADDING 0x36
#define OUTER_PADDING 0x5c

/* The longest block of a hash: SHA-512's */
#define HASH_BLOCK_MAX 128

typedef struct Hash {
    IMB_HASH_ALG alg;
    size_t digest_len;
} Hash;

static const Hash hashes[] = {
    [CRYPTODEV_HASH_SHA1] = { IMB_AUTH_SHA_1, 20 },
    [CRYPTODEV_HASH_SHA224] = { IMB_AUTH_SHA_224, 28 },
    [CRYPTODEV_HASH_SHA256] = { IMB_AUTH_SHA_256, 32 },
    [CRYPTODEV_HASH_SHA384] = { IMB_AUTH_SHA_384, 48 },
    [CRYPTODEV_HASH_SHA512] = { IMB_AUTH_SHA_512, 64 },
};

static const Hash hmacs[] = {
    [CRYPTODEV_MAC_HMAC_MD5] = { IMB_AUTH_MD5, 16 },
    [CRYPTODEV_MAC_HMAC_SHA1] = { IMB_AUTH_HMAC_SHA_1, 20 },
    [CRYPTODEV_MAC_HMAC_SHA224] = { IMB_AUTH_HMAC_SHA_224, 28 },
    [CRYPTODEV_MAC_HMAC_SHA256] = { IMB_AUTH_HMAC_SHA_256, 32 },
    [CRYPTODEV_MAC_HMAC_SHA384] = { IMB_AUTH_HMAC_SHA_384, 48 },
    [CRYPTODEV_MAC_HMAC_SHA512] = { IMB_AUTH_HMAC_SHA_512, 64 },
};

bool cryptodev_mb_auth_set_hash(CryptoDevMbSession *session,
                                CryptoDevHashAlgo algo)
{
    if (algo < CRYPTODEV_HASH_SHA1 || algo > CRYPTODEV_HASH_SHA512) {
        return false;
    }
    session->kind = CRYPTODEV_MB_SHA1 + (algo - CRYPTODEV_HASH_SHA1);
    session->job.hash_alg = hashes[algo].alg;
    session->job.auth_tag_output_len_in_bytes = hashes[algo].digest_len;
    return true;
}

/* The state of a hash after its first block, as the library's lanes want it */
static void hash_block(const IMB_MGR *manager, CryptoDevMacAlgo algo,
                       const uint8_t *block, uint8_t *state)
{
    switch (algo) {
    case CRYPTODEV_MAC_HMAC_MD5:
        IMB_MD5_ONE_BLOCK(manager, block, state);
        break;
    case CRYPTODEV_MAC_HMAC_SHA1:
        IMB_SHA1_ONE_BLOCK(manager, block, state);
        break;
    case CRYPTODEV_MAC_HMAC_SHA224:
        IMB_SHA224_ONE_BLOCK(manager, block, state);
        break;
    case CRYPTODEV_MAC_HMAC_SHA256:
        IMB_SHA256_ONE_BLOCK(manager, block, state);
        break;
    case CRYPTODEV_MAC_HMAC_SHA384:
        IMB_SHA384_ONE_BLOCK(manager, block, state);
        break;
    default:
        IMB_SHA512_ONE_BLOCK(manager, block, state);
        break;
    }
}

/* A key that is longer than a block; the library has no MD5 but in HMAC. */
static bool hash_key(const IMB_MGR *manager, CryptoDevMacAlgo algo,
                     const uint8_t *key, size_t key_len, uint8_t *digest)
{
    switch (algo) {
    case CRYPTODEV_MAC_HMAC_SHA1:
        IMB_SHA1(manager, key, key_len, digest);
        return true;
    case CRYPTODEV_MAC_HMAC_SHA224:
        IMB_SHA224(manager, key, key_len, digest);
        return true;
    case CRYPTODEV_MAC_HMAC_SHA256:
        IMB_SHA256(manager, key, key_len, digest);
        return true;
    case CRYPTODEV_MAC_HMAC_SHA384:
        IMB_SHA384(manager, key, key_len, digest);
        return true;
    case CRYPTODEV_MAC_HMAC_SHA512:
        IMB_SHA512(manager, key, key_len, digest);
        return true;
    default:
        return false;
    }
}

static size_t hash_block_len(CryptoDevMacAlgo algo)
{
    return algo >= CRYPTODEV_MAC_HMAC_SHA384 ? 128 : 64;
}

static bool set_hmac_key(CryptoDevMbKeys *keys, const IMB_MGR *manager,
                         CryptoDevMacAlgo algo, const uint8_t *key,
                         size_t key_len)
{
    size_t block_len = hash_block_len(algo);
    uint8_t block[HASH_BLOCK_MAX] = { };
    bool ok = true;

    if (key_len > block_len) {
        ok = hash_key(manager, algo, key, key_len, block);
    } else if (key_len) {
        memcpy(block, key, key_len);
    }
    for (size_t i = 0; i < block_len; i++) {
        block[i] ^= INNER_PADDING;
    }
    hash_block(manager, algo, block, keys->hmac.inner);
    for (size_t i = 0; i < block_len; i++) {
        block[i] ^= INNER_PADDING ^ OUTER_PADDING;
    }
    hash_block(manager, algo, block, keys->hmac.outer);
    cryptodev_wipe(block, sizeof(block));
    return ok;
}

static CryptoDevMbKind hmac_kind(const CryptoDevMbSession *session,
                                 CryptoDevMacAlgo algo)
{
    if (session->job.cipher_mode == IMB_CIPHER_NULL) {
        return CRYPTODEV_MB_HMAC_MD5 + algo;
    }
    return (session->job.cipher_direction == IMB_DIR_ENCRYPT
            ? CRYPTODEV_MB_ENCRYPT_MD5 : CRYPTODEV_MB_DECRYPT_MD5) + algo;
}

static bool set_hmac(CryptoDevMbSession *session, const IMB_MGR *manager,
                     CryptoDevMacAlgo algo, const uint8_t *key,
                     size_t key_len)
{
    IMB_JOB *job = &session->job;

    session->kind = hmac_kind(session, algo);
    job->hash_alg = hmacs[algo].alg;
    job->auth_tag_output_len_in_bytes = hmacs[algo].digest_len;
    job->u.HMAC._hashed_auth_key_xor_ipad = session->keys.hmac.inner;
    job->u.HMAC._hashed_auth_key_xor_opad = session->keys.hmac.outer;
    return set_hmac_key(&session->keys, manager, algo, key, key_len);
}

static bool set_cmac(CryptoDevMbSession *session, const IMB_MGR *manager,
                     const uint8_t *key, size_t key_len)
{
    CryptoDevMbKeys *keys = &session->keys;
    IMB_JOB *job = &session->job;

    switch (key_len) {
    case IMB_KEY_128_BYTES:
        session->kind = CRYPTODEV_MB_CMAC_128;
        job->hash_alg = IMB_AUTH_AES_CMAC;
        IMB_AES_KEYEXP_128(manager, key, keys->encrypt, keys->decrypt);
        IMB_AES_CMAC_SUBKEY_GEN_128(manager, keys->encrypt, keys->cmac[0],
                                    keys->cmac[1]);
        break;
    case IMB_KEY_256_BYTES:
        session->kind = CRYPTODEV_MB_CMAC_256;
        job->hash_alg = IMB_AUTH_AES_CMAC_256;
        IMB_AES_KEYEXP_256(manager, key, keys->encrypt, keys->decrypt);
        IMB_AES_CMAC_SUBKEY_GEN_256(manager, keys->encrypt, keys->cmac[0],
                                    keys->cmac[1]);
        break;
    default:
        return false;
    }
    job->auth_tag_output_len_in_bytes = CRYPTODEV_BLOCK_MAX;
    job->u.CMAC._key_expanded = keys->encrypt;
    job->u.CMAC._skey1 = keys->cmac[0];
    job->u.CMAC._skey2 = keys->cmac[1];
    return true;
}

bool cryptodev_mb_auth_set_chain(CryptoDevMbSession *session,
                                 const IMB_MGR *manager,
                                 const CryptoDevSessionParams *params)
{
    const CryptoDevChainParams *chain = &params->cipher.chain;

    if (params->algo != CRYPTODEV_CIPHER_AES_CBC ||
        chain->mode != CRYPTODEV_HASH_MODE_AUTH) {
        return false;
    }
    cryptodev_mb_session_set_cipher(session, manager, params);
    session->job.chain_order = chain->cipher_first ? IMB_ORDER_CIPHER_HASH
                                                   : IMB_ORDER_HASH_CIPHER;
    return chain->algo <= CRYPTODEV_MAC_HMAC_SHA512 &&
           set_hmac(session, manager, chain->algo, chain->key, chain->key_len);
}

bool cryptodev_mb_auth_set_mac(CryptoDevMbSession *session,
                               const IMB_MGR *manager, CryptoDevMacAlgo algo,
                               const uint8_t *key, size_t key_len)
{
    if (algo <= CRYPTODEV_MAC_HMAC_SHA512) {
        return set_hmac(session, manager, algo, key, key_len);
    }
    return algo == CRYPTODEV_MAC_CMAC_AES &&
           set_cmac(session, manager, key, key_len);
}
