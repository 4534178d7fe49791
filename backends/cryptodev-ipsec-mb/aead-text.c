/*
 * The ipsec-mb backend: texts of AEAD
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "aead-text.h"
#include "../cryptodev/common/primitives.h"

size_t cryptodev_mb_aead_len(const CryptoDevOp *op)
{
    const CryptoDevSession *session = op->session;

    return session->encrypt ? op->src.len : op->src.len - session->tag_len;
}

bool cryptodev_mb_aead_needs_copy(const CryptoDevOp *op)
{
    size_t len = cryptodev_mb_aead_len(op);
    CryptoDevBuf src = cryptodev_buf_slice(op->src, 0, len);
    CryptoDevBuf dst = cryptodev_buf_slice(op->dst, 0, len);

    return !op->session->encrypt || !cryptodev_buf_is_contiguous(src) ||
           !cryptodev_buf_is_contiguous(dst) ||
           cryptodev_buf_tangled(dst, src);
}

static bool is_same_tag(const uint8_t *one, const uint8_t *other, size_t len)
{
    uint8_t difference = 0;

    for (size_t i = 0; i < len; i++) {
        difference |= one[i] ^ other[i];
        /* The compiler must not see that it could stop. */
        asm volatile("" : "+r"(difference));
    }
    return !difference;
}

static void end_encryption(CryptoDevOp *op, const uint8_t *copy,
                           const uint8_t *tag)
{
    size_t len = cryptodev_mb_aead_len(op);
    size_t tag_len = op->session->tag_len;
    CryptoDevBuf dst = op->dst;

    if (copy) {
        cryptodev_buf_write(&dst, copy, len);
    } else {
        cryptodev_buf_advance(&dst, len);
    }
    cryptodev_buf_write(&dst, tag, tag_len);
    op->result_len = len + tag_len;
}

static void end_decryption(CryptoDevOp *op, const uint8_t *copy,
                           const uint8_t *right)
{
    size_t len = cryptodev_mb_aead_len(op);
    size_t tag_len = op->session->tag_len;
    CryptoDevBuf src = cryptodev_buf_slice(op->src, len, tag_len);
    CryptoDevBuf dst = op->dst;
    uint8_t tag[CRYPTODEV_BLOCK_MAX];

    cryptodev_buf_read(&src, tag, tag_len);
    if (is_same_tag(tag, right, tag_len)) {
        cryptodev_buf_write(&dst, copy, len);
        op->result_len = len;
    } else {
        op->status = CRYPTODEV_BADMSG;
    }
}

void cryptodev_mb_aead_end(CryptoDevOp *op, const uint8_t *copy,
                           const uint8_t *tag)
{
    if (op->session->encrypt) {
        end_encryption(op, copy, tag);
    } else {
        end_decryption(op, copy, tag);
    }
}
