/*
 * A test's virtio-crypto driver: sessions
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "virtio-crypto-driver.h"

#define CREATE_OUTCOME_LEN  sizeof(struct virtio_crypto_session_input)

QVirtioCryptoSession qvirtio_crypto_cipher(uint32_t algo, bool encrypt,
                                           const void *key, size_t len)
{
    QVirtioCryptoSession session = {
        .opcode = VIRTIO_CRYPTO_CIPHER_CREATE_SESSION,
        .algo = algo,
        .op = encrypt ? VIRTIO_CRYPTO_OP_ENCRYPT : VIRTIO_CRYPTO_OP_DECRYPT,
        .op_type = VIRTIO_CRYPTO_SYM_OP_CIPHER,
        .key_len = len,
        .key = key,
        .key_bytes = len,
    };

    return session;
}

QVirtioCryptoSession qvirtio_crypto_rsa(bool private, uint32_t padding,
                                        uint32_t hash, const void *key,
                                        size_t len)
{
    QVirtioCryptoSession session = {
        .opcode = VIRTIO_CRYPTO_AKCIPHER_CREATE_SESSION,
        .algo = VIRTIO_CRYPTO_AKCIPHER_RSA,
        .op = private ? VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE :
                        VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC,
        .padding = padding,
        .hash = hash,
        .key_len = len,
        .key = key,
        .key_bytes = len,
    };

    return session;
}

static void fill_cipher(struct virtio_crypto_op_ctrl_req *ctrl,
                        const QVirtioCryptoSession *session)
{
    struct virtio_crypto_sym_create_session_req *sym =
        &ctrl->u.sym_create_session;

    sym->op_type = cpu_to_le32(session->op_type);
    sym->u.cipher.para.algo = cpu_to_le32(session->algo);
    sym->u.cipher.para.keylen = cpu_to_le32(session->key_len);
    sym->u.cipher.para.op = cpu_to_le32(session->op);
}

static void fill_akcipher(struct virtio_crypto_op_ctrl_req *ctrl,
                          const QVirtioCryptoSession *session)
{
    struct virtio_crypto_akcipher_session_para *para =
        &ctrl->u.akcipher_create_session.para;

    para->algo = cpu_to_le32(session->algo);
    para->keytype = cpu_to_le32(session->op);
    para->keylen = cpu_to_le32(session->key_len);
    para->u.rsa.padding_algo = cpu_to_le32(session->padding);
    para->u.rsa.hash_algo = cpu_to_le32(session->hash);
}

QVirtioCryptoRequest *
qvirtio_crypto_create_request(QVirtioCryptoDriver *d,
                              const QVirtioCryptoSession *session)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_request_new();
    struct virtio_crypto_op_ctrl_req ctrl = {
        .header.opcode = cpu_to_le32(session->opcode),
        .header.algo = cpu_to_le32(session->algo),
    };

    if (session->opcode >> 8 == VIRTIO_CRYPTO_SERVICE_AKCIPHER) {
        fill_akcipher(&ctrl, session);
    } else {
        fill_cipher(&ctrl, session);
    }
    qvirtio_crypto_request_add(req, &ctrl, sizeof(ctrl));
    qvirtio_crypto_request_add(req, session->key, session->key_bytes);
    if (session->cut) {
        qvirtio_crypto_request_cut(req, session->cut);
    }
    req->room = CREATE_OUTCOME_LEN;
    req->has_status = false;
    return req;
}

uint32_t qvirtio_crypto_created(QVirtioCryptoRequest *req, uint64_t *id)
{
    struct virtio_crypto_session_input outcome;

    g_assert_true(req->done);
    g_assert_cmpint(req->used, ==, sizeof(outcome));
    memcpy(&outcome, req->written->data, sizeof(outcome));
    *id = le64_to_cpu(outcome.session_id);
    if (!outcome.status) {
        g_assert_cmphex(*id, !=, 0);
    }
    return le32_to_cpu(outcome.status);
}

uint32_t qvirtio_crypto_try_create(QVirtioCryptoDriver *d,
                                   const QVirtioCryptoSession *session,
                                   uint64_t *id)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_create_request(d, session);
    uint32_t status;

    qvirtio_crypto_submit(d, d->n_data, req, &d->control_shape);
    qvirtio_crypto_wait(d, d->n_data, req);
    status = qvirtio_crypto_created(req, id);
    qvirtio_crypto_request_free(req, d->alloc);
    return status;
}

uint64_t qvirtio_crypto_create(QVirtioCryptoDriver *d,
                               const QVirtioCryptoSession *session)
{
    uint64_t id;

    g_assert_cmpint(qvirtio_crypto_try_create(d, session, &id), ==,
                    VIRTIO_CRYPTO_OK);
    return id;
}

QVirtioCryptoRequest *
qvirtio_crypto_destroy_request(QVirtioCryptoDriver *d, uint32_t opcode,
                               uint64_t id)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_request_new();
    struct virtio_crypto_op_ctrl_req ctrl = {
        .header.opcode = cpu_to_le32(opcode),
        .u.destroy_session.session_id = cpu_to_le64(id),
    };

    qvirtio_crypto_request_add(req, &ctrl, sizeof(ctrl));
    if (qvirtio_crypto_has(d, QVIRTIO_CRYPTO_F_REVISION_1)) {
        qvirtio_crypto_request_cut(req, sizeof(ctrl.header) + sizeof(id));
    }
    req->room = 1;
    req->has_status = false;
    return req;
}

uint8_t qvirtio_crypto_try_destroy(QVirtioCryptoDriver *d, uint32_t opcode,
                                   uint64_t id)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_destroy_request(d, opcode, id);
    uint8_t status;

    qvirtio_crypto_submit(d, d->n_data, req, &d->control_shape);
    qvirtio_crypto_wait(d, d->n_data, req);
    g_assert_cmpint(req->used, ==, 1);
    status = req->written->data[0];
    qvirtio_crypto_request_free(req, d->alloc);
    return status;
}

void qvirtio_crypto_destroy_cipher(QVirtioCryptoDriver *d, uint64_t id)
{
    g_assert_cmpint(qvirtio_crypto_try_destroy(d,
                        VIRTIO_CRYPTO_CIPHER_DESTROY_SESSION, id), ==,
                    VIRTIO_CRYPTO_OK);
}

void qvirtio_crypto_destroy_rsa(QVirtioCryptoDriver *d, uint64_t id)
{
    g_assert_cmpint(qvirtio_crypto_try_destroy(d,
                        VIRTIO_CRYPTO_AKCIPHER_DESTROY_SESSION, id), ==,
                    VIRTIO_CRYPTO_OK);
}
