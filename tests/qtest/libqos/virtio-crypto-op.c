/*
 * A test's virtio-crypto driver: crypto operations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
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

QVirtioCryptoOp qvirtio_crypto_rsa_op(uint32_t opcode, uint64_t session,
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
        qvirtio_crypto_rsa_op(VIRTIO_CRYPTO_AKCIPHER_VERIFY, session, both,
                              signature_len + digest_len, 0);

    op.src_len = signature_len;
    op.dst_len = digest_len;
    return op;
}

static size_t fill_akcipher(struct virtio_crypto_op_data_req *data,
                            const QVirtioCryptoOp *op, bool revision_1)
{
    struct virtio_crypto_akcipher_para *para = &data->u.akcipher_req.para;

    para->src_data_len = cpu_to_le32(op->src_len);
    para->dst_data_len = cpu_to_le32(op->dst_len);
    return revision_1 ? sizeof(data->header) + sizeof(*para) : sizeof(*data);
}

static size_t fill_cipher(struct virtio_crypto_op_data_req *data,
                          const QVirtioCryptoOp *op)
{
    struct virtio_crypto_sym_data_req *sym = &data->u.sym_req;

    sym->op_type = cpu_to_le32(op->op_type);
    sym->u.cipher.para.iv_len = cpu_to_le32(op->iv_len);
    sym->u.cipher.para.src_data_len = cpu_to_le32(op->src_len);
    sym->u.cipher.para.dst_data_len = cpu_to_le32(op->dst_len);
    return sizeof(*data);
}

QVirtioCryptoRequest *qvirtio_crypto_op_request(QVirtioCryptoDriver *d,
                                                const QVirtioCryptoOp *op)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_request_new();
    struct virtio_crypto_op_data_req data = {
        .header.opcode = cpu_to_le32(op->opcode),
        .header.session_id = cpu_to_le64(op->session),
        .header.flag = cpu_to_le32(op->flag),
    };
    size_t len;

    if (op->opcode >> 8 == VIRTIO_CRYPTO_SERVICE_AKCIPHER) {
        len = fill_akcipher(&data, op,
                  qvirtio_crypto_has(d, QVIRTIO_CRYPTO_F_REVISION_1));
    } else {
        len = fill_cipher(&data, op);
    }
    qvirtio_crypto_request_add(req, &data, len);
    qvirtio_crypto_request_add(req, op->iv, op->iv_bytes);
    qvirtio_crypto_request_add_source(req, op->src, op->src_bytes);
    if (op->cut) {
        qvirtio_crypto_request_cut(req, op->cut);
    }
    req->room = op->room;
    return req;
}

QVirtioCryptoRequest *qvirtio_crypto_run(QVirtioCryptoDriver *d,
                                         uint32_t queue,
                                         const QVirtioCryptoOp *op,
                                         const QVirtioCryptoShape *shape)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_op_request(d, op);

    qvirtio_crypto_submit(d, queue, req, shape);
    qvirtio_crypto_wait(d, queue, req);
    /* Only what succeeds has a result */
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
