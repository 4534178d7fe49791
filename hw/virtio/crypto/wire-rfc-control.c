/*
 * The wire protocol of RFC v1: control requests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "wire-numbers.h"
#include "wire-rfc.h"

typedef VirtIOCryptoRfcCtrlHeader CtrlHeader;

/* RFC v1 uses the ratified protocol's numbers within a service. */
QEMU_BUILD_BUG_ON(VIRTIO_CRYPTO_OP_ENCRYPT != 1);
QEMU_BUILD_BUG_ON(VIRTIO_CRYPTO_SYM_HASH_MODE_PLAIN != 1);
QEMU_BUILD_BUG_ON(VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER != 1);

/* Bytes in the tag of every AEAD */
#define AEAD_TAG_LEN 16

/* Values of hash_mode and alg_chain_order without a hash */
#define NO_HASH 0
#define NO_CHAIN 0

/* Bytes in the answers to requests that create a session, and to others */
#define CREATED_LEN (sizeof(uint64_t) + STATUS_LEN)
#define STATUS_LEN sizeof(uint8_t)

/**
 * Keys:
 * @key: the key
 * @key_len: bytes in @key
 * @auth_key: the authentication key
 * @auth_key_len: bytes in @auth_key
 *
 * The variable-length part of a request to create a session.
 */
typedef struct Keys {
    const uint8_t *key;
    size_t key_len;
    const uint8_t *auth_key;
    size_t auth_key_len;
} Keys;

static bool take_keys(const VirtIOCryptoChain *chain, const CtrlHeader *header,
                      Keys *keys)
{
    size_t offset = sizeof(*header);

    return virtio_crypto_take_key(chain, &offset,
                                  virtio_crypto_rfc_field(chain,
                                                          header->keylen),
                                  &keys->key, &keys->key_len) &&
           virtio_crypto_take_key(chain, &offset,
                                  virtio_crypto_rfc_field(chain,
                                                          header
                                                          ->auth_key_len),
                                  &keys->auth_key, &keys->auth_key_len);
}

/* Whether all fields of a chain are 0. */
static bool is_unchained(const CtrlHeader *header, const Keys *keys)
{
    return header->hash_mode == NO_HASH &&
           header->alg_chain_order == NO_CHAIN &&
           !header->hash_alg && !keys->auth_key_len;
}

/* Decode a chain's hash or MAC, whose digest always has its full length. */
static CryptoDevStatus decode_chained(const VirtIOCryptoChain *chain,
                                      const CtrlHeader *header,
                                      const Keys *keys,
                                      CryptoDevChainParams *chained)
{
    VirtIOCryptoRfcAlg alg = virtio_crypto_rfc_alg(chain, header->hash_alg);
    CryptoDevStatus status;

    if (header->hash_mode == NO_HASH || header->alg_chain_order == NO_CHAIN) {
        return CRYPTODEV_ERR;
    }
    if (alg.service != VIRTIO_CRYPTO_RFC_F_SYM ||
        alg.type != VIRTIO_CRYPTO_RFC_HASH) {
        return CRYPTODEV_NOTSUPP;
    }
    status = virtio_crypto_chain_numbers(header->alg_chain_order,
                                         header->hash_mode, alg.number,
                                         chained);
    if (status == CRYPTODEV_OK && chained->mode == CRYPTODEV_HASH_MODE_PLAIN &&
        keys->auth_key_len) {
        return CRYPTODEV_ERR;
    }
    chained->key = keys->auth_key;
    chained->key_len = keys->auth_key_len;
    return status;
}

static CryptoDevStatus decode_cipher(const VirtIOCryptoChain *chain,
                                     const CtrlHeader *header,
                                     const Keys *keys, uint32_t number,
                                     CryptoDevSessionParams *params)
{
    CryptoDevStatus status;

    params->service = CRYPTODEV_SERVICE_CIPHER;
    params->key = keys->key;
    params->key_len = keys->key_len;
    status = virtio_crypto_cipher_params(number, header->op, params);
    if (status == CRYPTODEV_OK && !is_unchained(header, keys)) {
        return decode_chained(chain, header, keys, &params->cipher.chain);
    }
    return status;
}

static CryptoDevStatus decode_aead(const CtrlHeader *header, const Keys *keys,
                                   uint32_t number,
                                   CryptoDevSessionParams *params)
{
    params->service = CRYPTODEV_SERVICE_AEAD;
    params->key = keys->key;
    params->key_len = keys->key_len;
    return is_unchained(header, keys)
           ? virtio_crypto_aead_params(number, header->op, AEAD_TAG_LEN,
                                       params)
           : CRYPTODEV_ERR;
}

/* Digests are only generated: op is 1 or left 0. */
static bool is_digest(const CtrlHeader *header, const Keys *keys)
{
    return header->op <= VIRTIO_CRYPTO_OP_ENCRYPT &&
           header->hash_mode != NO_HASH &&
           header->alg_chain_order == NO_CHAIN &&
           !header->hash_alg && !keys->key_len;
}

/* A MAC has a key, a nested hash has prefixes, a plain hash has nothing. */
static CryptoDevStatus decode_hash(const CtrlHeader *header, const Keys *keys,
                                   uint32_t number,
                                   CryptoDevSessionParams *params)
{
    CryptoDevHashMode mode;
    CryptoDevStatus status;

    if (!is_digest(header, keys)) {
        return CRYPTODEV_ERR;
    }
    status = virtio_crypto_hash_numbers(header->hash_mode, number, &mode,
                                        &params->algo);
    if (status != CRYPTODEV_OK) {
        return status;
    }
    params->service = mode == CRYPTODEV_HASH_MODE_AUTH
                      ? CRYPTODEV_SERVICE_MAC : CRYPTODEV_SERVICE_HASH;
    params->digest.nested = mode == CRYPTODEV_HASH_MODE_NESTED;
    params->key = keys->auth_key;
    params->key_len = keys->auth_key_len;
    return mode == CRYPTODEV_HASH_MODE_PLAIN && params->key_len
           ? CRYPTODEV_ERR : CRYPTODEV_OK;
}

static CryptoDevStatus decode_sym(const VirtIOCryptoChain *chain,
                                  const CtrlHeader *header, const Keys *keys,
                                  VirtIOCryptoRfcAlg alg,
                                  CryptoDevSessionParams *params)
{
    switch (alg.type) {
    case VIRTIO_CRYPTO_RFC_ABLKCIPHER:
        return decode_cipher(chain, header, keys, alg.number, params);
    case VIRTIO_CRYPTO_RFC_AEAD:
        return decode_aead(header, keys, alg.number, params);
    case VIRTIO_CRYPTO_RFC_HASH:
        return decode_hash(header, keys, alg.number, params);
    default:
        return CRYPTODEV_NOTSUPP;
    }
}

/* Decode a session for computations, whose key is a list of operands. */
static CryptoDevStatus decode_operands(const VirtIOCryptoChain *chain,
                                       const CtrlHeader *header,
                                       const Keys *keys,
                                       VirtIOCryptoRfcAlg alg,
                                       VirtIOCryptoCtrlReq *req)
{
    CryptoDevSessionParams *params = &req->params;

    params->service = virtio_crypto_rfc_service(alg.service);
    params->algo = alg.number;
    params->compute.operands = req->operands;
    if (alg.type) {
        return CRYPTODEV_NOTSUPP;
    }
    return is_unchained(header, keys) &&
           virtio_crypto_rfc_decode_list(keys->key, keys->key_len,
                                         chain->big_endian, req->operands,
                                         &params->compute.n)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static CryptoDevStatus decode_create(const VirtIOCryptoChain *chain,
                                     const CtrlHeader *header,
                                     VirtIOCryptoCtrlReq *req)
{
    VirtIOCryptoRfcAlg alg = virtio_crypto_rfc_alg(chain, header->alg);
    CryptoDevStatus status = virtio_crypto_rfc_check_service(chain, alg);
    Keys keys = { };

    if (status != CRYPTODEV_OK) {
        return status;
    }
    if (chain->writable < CREATED_LEN || !take_keys(chain, header, &keys)) {
        return CRYPTODEV_ERR;
    }
    return alg.service == VIRTIO_CRYPTO_RFC_F_SYM
           ? decode_sym(chain, header, &keys, alg, &req->params)
           : decode_operands(chain, header, &keys, alg, req);
}

/* Only the type in the header counts. */
static CryptoDevStatus decode_destroy(const VirtIOCryptoChain *chain,
                                      VirtIOCryptoCtrlReq *req)
{
    uint64_t session_id;

    if (chain->head_len < sizeof(CtrlHeader) + sizeof(session_id)) {
        return CRYPTODEV_ERR;
    }
    memcpy(&session_id, chain->head + sizeof(CtrlHeader), sizeof(session_id));
    req->session_id = virtio_crypto_rfc_field64(chain, session_id);
    req->service = CRYPTODEV_SERVICE__MAX;
    return CRYPTODEV_OK;
}

CryptoDevStatus virtio_crypto_rfc_decode_ctrl(const VirtIOCryptoChain *chain,
                                              VirtIOCryptoCtrlReq *req)
{
    CtrlHeader header;

    memcpy(&header, chain->head, sizeof(header));
    *req = (VirtIOCryptoCtrlReq) { .outcome_len = STATUS_LEN };
    if (!virtio_crypto_rfc_fits(chain)) {
        return CRYPTODEV_ERR;
    }
    switch (header.type) {
    case VIRTIO_CRYPTO_RFC_CREATE:
        req->type = VIRTIO_CRYPTO_CTRL_CREATE;
        return decode_create(chain, &header, req);
    case VIRTIO_CRYPTO_RFC_DESTROY:
        req->type = VIRTIO_CRYPTO_CTRL_DESTROY;
        return decode_destroy(chain, req);
    case VIRTIO_CRYPTO_RFC_NO_TYPE:
        return CRYPTODEV_ERR;
    default:
        return CRYPTODEV_NOTSUPP;
    }
}

/* The status is not part of it: it goes to the last byte of the chain. */
size_t virtio_crypto_rfc_encode_ctrl(const VirtIOCryptoChain *chain,
                                     const VirtIOCryptoCtrlReq *req,
                                     CryptoDevStatus status,
                                     uint64_t session_id,
                                     uint8_t *outcome)
{
    if (req->type != VIRTIO_CRYPTO_CTRL_CREATE || status != CRYPTODEV_OK) {
        return 0;
    }
    session_id = virtio_crypto_rfc_field64(chain, session_id);
    memcpy(outcome, &session_id, sizeof(session_id));
    return sizeof(session_id);
}
