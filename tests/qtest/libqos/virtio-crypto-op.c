/*
 * A test's virtio-crypto driver: crypto operations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "virtio-crypto-driver.h"

QVirtioCryptoOp qvirtio_crypto_cipher_op(uint64_t session, bool encrypt,
                                         const void *iv, size_t iv_len,
                                         const void *src, size_t len)
{
    QVirtioCryptoOp op = {
        .opcode = encrypt ? VIRTIO_CRYPTO_CIPHER_ENCRYPT :
                            VIRTIO_CRYPTO_CIPHER_DECRYPT,
        .flag = QVIRTIO_CRYPTO_FLAG_SESSION_MODE,
        .session = session,
        .op_type = VIRTIO_CRYPTO_SYM_OP_CIPHER,
        .iv_len = iv_len,
        .src_len = len,
        .dst_len = len,
        .iv = iv,
        .iv_bytes = iv_len,
        .src = src,
        .src_bytes = len,
        .room = len,
    };

    return op;
}

static QVirtioCryptoOp digest_op(uint32_t opcode, uint64_t session,
                                 const void *src, size_t len,
                                 uint32_t result_len)
{
    QVirtioCryptoOp op = {
        .opcode = opcode,
        .flag = QVIRTIO_CRYPTO_FLAG_SESSION_MODE,
        .session = session,
        .src_len = len,
        .digest_len = result_len,
        .src = src,
        .src_bytes = len,
        .room = result_len,
    };

    return op;
}

QVirtioCryptoOp qvirtio_crypto_hash_op(uint64_t session, const void *src,
                                       size_t len, uint32_t result_len)
{
    return digest_op(VIRTIO_CRYPTO_HASH, session, src, len, result_len);
}

QVirtioCryptoOp qvirtio_crypto_mac_op(uint64_t session, const void *src,
                                      size_t len, uint32_t result_len)
{
    return digest_op(VIRTIO_CRYPTO_MAC, session, src, len, result_len);
}

/* GCM's IV and CCM's nonce have 16 bytes, CCM's behind one for flags */
static void set_nonce(QVirtioCryptoOp *op, uint32_t algo, const uint8_t *iv,
                      size_t len)
{
    size_t start = algo == VIRTIO_CRYPTO_AEAD_CCM;

    op->iv_len = len;
    op->iv_bytes = len;
    op->iv = iv;
    if (algo != VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305) {
        op->iv = NULL;
        op->iv_bytes = sizeof(op->iv_area);
        memcpy(op->iv_area + start, iv,
               MIN(len, sizeof(op->iv_area) - start));
    }
}

QVirtioCryptoOp qvirtio_crypto_aead_op(uint32_t algo, uint64_t session,
                                       bool encrypt, const void *iv,
                                       size_t iv_len, const void *aad,
                                       size_t aad_len, const void *src,
                                       size_t len, uint32_t tag_len)
{
    size_t room = encrypt ? len + tag_len : len - MIN(len, tag_len);
    QVirtioCryptoOp op = {
        .opcode = encrypt ? VIRTIO_CRYPTO_AEAD_ENCRYPT :
                            VIRTIO_CRYPTO_AEAD_DECRYPT,
        .flag = QVIRTIO_CRYPTO_FLAG_SESSION_MODE,
        .session = session,
        .aad_len = aad_len,
        .src_len = len,
        .dst_len = room,
        .tag_len = tag_len,
        .aad = aad,
        .aad_bytes = aad_len,
        .src = src,
        .src_bytes = len,
        .room = room,
    };

    set_nonce(&op, algo, iv, iv_len);
    return op;
}

QVirtioCryptoOp qvirtio_crypto_chain_op(uint64_t session, bool encrypt,
                                        const void *iv, size_t iv_len,
                                        const void *aad, size_t aad_len,
                                        const void *src, size_t len,
                                        uint32_t digest_len)
{
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(session, encrypt, iv, iv_len, src, len);

    op.op_type = VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING;
    op.aad_len = aad_len;
    op.aad = aad;
    op.aad_bytes = aad_len;
    op.cipher_len = len;
    op.hash_len = len;
    op.digest_len = digest_len;
    op.room = len + digest_len;
    return op;
}

QVirtioCryptoOp qvirtio_crypto_akcipher_op(uint32_t opcode, uint64_t session,
                                           const void *src, size_t len,
                                           size_t room)
{
    QVirtioCryptoOp op = {
        .opcode = opcode,
        .flag = QVIRTIO_CRYPTO_FLAG_SESSION_MODE,
        .session = session,
        .src_len = len,
        .dst_len = room,
        .src = src,
        .src_bytes = len,
        .room = room,
    };

    return op;
}

QVirtioCryptoOp qvirtio_crypto_verify_op(uint64_t session, const void *both,
                                         size_t signature_len,
                                         size_t digest_len)
{
    QVirtioCryptoOp op =
        qvirtio_crypto_akcipher_op(VIRTIO_CRYPTO_AKCIPHER_VERIFY, session,
                                   both, signature_len + digest_len, 0);

    op.src_len = signature_len;
    op.dst_len = digest_len;
    return op;
}

QVirtioCryptoRequest *qvirtio_crypto_run(QVirtioCryptoDriver *d,
                                         uint32_t queue,
                                         const QVirtioCryptoOp *op,
                                         const QVirtioCryptoShape *shape)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_op_request(d, op);

    qvirtio_crypto_submit(d, queue, req, shape);
    qvirtio_crypto_wait(d, queue, req);
    /* Only a successful operation has a result */
    if (req->status != VIRTIO_CRYPTO_OK) {
        g_assert_cmpint(req->used, ==, 1);
    }
    return req;
}

uint8_t qvirtio_crypto_status(QVirtioCryptoDriver *d, uint32_t queue,
                              const QVirtioCryptoOp *op)
{
    QVirtioCryptoShape shape = { };
    QVirtioCryptoRequest *req = qvirtio_crypto_run(d, queue, op, &shape);
    uint8_t status = req->status;

    qvirtio_crypto_request_free(req, d->alloc);
    return status;
}
