/*
 * Cryptography backends: what operations must be like
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "check.h"

static bool in_bounds(const CryptoDevCapability *capability, uint64_t len)
{
    return len >= capability->min_len &&
           (!capability->max_len || len <= capability->max_len);
}

/* Blocks are powers of two, and a division would take as long as the rest. */
static bool check_cipher(const CryptoDevCapability *capability, uint64_t len)
{
    return in_bounds(capability, len) && !(len & (capability->block_len - 1));
}

static bool check_digest(const CryptoDevOp *op)
{
    return op->digest.len >= 1 && op->digest.len <= op->session->digest_len;
}

static bool in_range(CryptoDevRange range, uint64_t len)
{
    return range.offset <= len && range.len <= len - range.offset;
}

static bool check_chain(const CryptoDevOp *op)
{
    return in_range(op->hash_range, op->src.len) &&
           in_range(op->cipher_range, op->dst.len) &&
           op->dst.len <= op->src.len &&
           in_bounds(op->session->chained,
                     op->aad.len + op->hash_range.len) &&
           check_cipher(op->session->capability, op->cipher_range.len) &&
           check_digest(op);
}

/* The tag follows the ciphertext. */
static bool check_aead(const CryptoDevOp *op)
{
    size_t tag_len = op->session->tag_len;

    if (op->session->encrypt) {
        return op->dst.len >= tag_len && op->dst.len - tag_len >= op->src.len;
    }
    return op->src.len >= tag_len && op->dst.len >= op->src.len - tag_len;
}

/* Whether the session has such an operation. */
static bool check_type(const CryptoDevOp *op)
{
    switch (op->session->capability->service) {
    case CRYPTODEV_SERVICE_CIPHER:
    case CRYPTODEV_SERVICE_AEAD:
        return op->type == (op->session->encrypt ? CRYPTODEV_OP_ENCRYPT
                                                 : CRYPTODEV_OP_DECRYPT);
    case CRYPTODEV_SERVICE_HASH:
    case CRYPTODEV_SERVICE_MAC:
        return op->type == CRYPTODEV_OP_DIGEST;
    case CRYPTODEV_SERVICE_AKCIPHER:
        return op->type == CRYPTODEV_OP_ENCRYPT ||
               op->type == CRYPTODEV_OP_DECRYPT ||
               op->type == CRYPTODEV_OP_SIGN ||
               op->type == CRYPTODEV_OP_VERIFY;
    default:
        return false;
    }
}

bool cryptodev_check_op(const CryptoDevOp *op)
{
    const CryptoDevSession *session = op->session;
    const CryptoDevCapability *capability = session->capability;

    if (!check_type(op) ||
        !cryptodev_has_len(capability->iv_lens, op->iv_len)) {
        return false;
    }
    switch (capability->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        return session->chained ? check_chain(op) :
               check_cipher(capability, op->src.len) &&
               op->dst.len >= op->src.len;
    case CRYPTODEV_SERVICE_HASH:
    case CRYPTODEV_SERVICE_MAC:
        return in_bounds(capability, op->src.len) && check_digest(op);
    case CRYPTODEV_SERVICE_AEAD:
        return check_aead(op);
    case CRYPTODEV_SERVICE_AKCIPHER:
        return op->src.len <= CRYPTODEV_AKCIPHER_RESULT_MAX;
    default:
        return false;
    }
}
