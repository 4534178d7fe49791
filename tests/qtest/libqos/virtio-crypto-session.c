/*
 * A test's virtio-crypto driver: sessions
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "virtio-crypto-driver.h"
#include "virtio-crypto-rfc.h"

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

QVirtioCryptoSession qvirtio_crypto_hash(uint32_t algo, uint32_t result_len)
{
    QVirtioCryptoSession session = {
        .opcode = VIRTIO_CRYPTO_HASH_CREATE_SESSION,
        .algo = algo,
        .result_len = result_len,
    };

    return session;
}

QVirtioCryptoSession qvirtio_crypto_mac(uint32_t algo, uint32_t result_len,
                                        const void *key, size_t len)
{
    QVirtioCryptoSession session = {
        .opcode = VIRTIO_CRYPTO_MAC_CREATE_SESSION,
        .algo = algo,
        .result_len = result_len,
        .key_len = len,
        .key = key,
        .key_bytes = len,
    };

    return session;
}

QVirtioCryptoSession qvirtio_crypto_aead(uint32_t algo, bool encrypt,
                                         uint32_t tag_len, const void *key,
                                         size_t len)
{
    QVirtioCryptoSession session = {
        .opcode = VIRTIO_CRYPTO_AEAD_CREATE_SESSION,
        .algo = algo,
        .op = encrypt ? VIRTIO_CRYPTO_OP_ENCRYPT : VIRTIO_CRYPTO_OP_DECRYPT,
        .result_len = tag_len,
        .key_len = len,
        .key = key,
        .key_bytes = len,
    };

    return session;
}

QVirtioCryptoSession
qvirtio_crypto_chain(const QVirtioCryptoSession *cipher, uint32_t order,
                     uint32_t hash_mode, uint32_t auth_algo,
                     uint32_t result_len, const void *auth_key,
                     size_t auth_key_len)
{
    QVirtioCryptoSession session = *cipher;

    session.op_type = VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING;
    session.order = order;
    session.hash_mode = hash_mode;
    session.auth_algo = auth_algo;
    session.result_len = result_len;
    session.auth_key_len = auth_key_len;
    session.auth_key = auth_key;
    session.auth_key_bytes = auth_key_len;
    return session;
}

QVirtioCryptoSession qvirtio_crypto_ecdsa(bool private, uint32_t curve,
                                          const void *key, size_t len)
{
    QVirtioCryptoSession session = qvirtio_crypto_dsa(private, key, len);

    session.algo = VIRTIO_CRYPTO_AKCIPHER_ECDSA;
    session.curve = curve;
    return session;
}

QVirtioCryptoSession qvirtio_crypto_dsa(bool private, const void *key,
                                        size_t len)
{
    QVirtioCryptoSession session =
        qvirtio_crypto_rsa(private, 0, 0, key, len);

    session.algo = VIRTIO_CRYPTO_AKCIPHER_DSA;
    return session;
}

static void fill_cipher_para(struct virtio_crypto_cipher_session_para *para,
                             const QVirtioCryptoSession *session)
{
    para->algo = cpu_to_le32(session->algo);
    para->keylen = cpu_to_le32(session->key_len);
    para->op = cpu_to_le32(session->op);
}

/* A plain hash has the same fields as a MAC, except the key */
static void fill_chain(struct virtio_crypto_op_ctrl_req *ctrl,
                       const QVirtioCryptoSession *session)
{
    struct virtio_crypto_alg_chain_session_para *para =
        &ctrl->u.sym_create_session.u.chain.para;
    struct virtio_crypto_mac_session_para *mac = &para->u.mac_param;

    para->alg_chain_order = cpu_to_le32(session->order);
    para->hash_mode = cpu_to_le32(session->hash_mode);
    fill_cipher_para(&para->cipher_param, session);
    mac->algo = cpu_to_le32(session->auth_algo);
    mac->hash_result_len = cpu_to_le32(session->result_len);
    mac->auth_key_len = cpu_to_le32(session->auth_key_len);
    para->aad_len = cpu_to_le32(session->aad_len);
}

/* Each fills in the fixed part and returns its length under REVISION_1 */
static size_t fill_sym(struct virtio_crypto_op_ctrl_req *ctrl,
                       const QVirtioCryptoSession *session)
{
    struct virtio_crypto_sym_create_session_req *sym =
        &ctrl->u.sym_create_session;

    sym->op_type = cpu_to_le32(session->op_type);
    if (session->op_type == VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING) {
        fill_chain(ctrl, session);
    } else {
        fill_cipher_para(&sym->u.cipher.para, session);
    }
    return sizeof(*sym);
}

static size_t fill_hash(struct virtio_crypto_op_ctrl_req *ctrl,
                        const QVirtioCryptoSession *session)
{
    struct virtio_crypto_hash_session_para *para =
        &ctrl->u.hash_create_session.para;

    para->algo = cpu_to_le32(session->algo);
    para->hash_result_len = cpu_to_le32(session->result_len);
    return offsetof(struct virtio_crypto_hash_session_para, padding);
}

static size_t fill_mac(struct virtio_crypto_op_ctrl_req *ctrl,
                       const QVirtioCryptoSession *session)
{
    struct virtio_crypto_mac_session_para *para =
        &ctrl->u.mac_create_session.para;

    para->algo = cpu_to_le32(session->algo);
    para->hash_result_len = cpu_to_le32(session->result_len);
    para->auth_key_len = cpu_to_le32(session->key_len);
    return sizeof(*para);
}

static size_t fill_aead(struct virtio_crypto_op_ctrl_req *ctrl,
                        const QVirtioCryptoSession *session)
{
    struct virtio_crypto_aead_session_para *para =
        &ctrl->u.aead_create_session.para;

    para->algo = cpu_to_le32(session->algo);
    para->key_len = cpu_to_le32(session->key_len);
    para->hash_result_len = cpu_to_le32(session->result_len);
    para->aad_len = cpu_to_le32(session->aad_len);
    para->op = cpu_to_le32(session->op);
    return sizeof(*para);
}

static size_t fill_akcipher(struct virtio_crypto_op_ctrl_req *ctrl,
                            const QVirtioCryptoSession *session)
{
    struct virtio_crypto_akcipher_session_para *para =
        &ctrl->u.akcipher_create_session.para;

    para->algo = cpu_to_le32(session->algo);
    para->keytype = cpu_to_le32(session->op);
    para->keylen = cpu_to_le32(session->key_len);
    if (session->curve) {
        para->u.ecdsa.curve_id = cpu_to_le32(session->curve);
    } else {
        para->u.rsa.padding_algo = cpu_to_le32(session->padding);
        para->u.rsa.hash_algo = cpu_to_le32(session->hash);
    }
    return sizeof(ctrl->u.akcipher_create_session);
}

/* Uses the layout of the opcode's service; for an unknown one, a cipher's */
static size_t fill(struct virtio_crypto_op_ctrl_req *ctrl,
                   const QVirtioCryptoSession *session)
{
    switch (session->opcode >> 8) {
    case VIRTIO_CRYPTO_SERVICE_HASH:
        return fill_hash(ctrl, session);
    case VIRTIO_CRYPTO_SERVICE_MAC:
        return fill_mac(ctrl, session);
    case VIRTIO_CRYPTO_SERVICE_AEAD:
        return fill_aead(ctrl, session);
    case VIRTIO_CRYPTO_SERVICE_AKCIPHER:
        return fill_akcipher(ctrl, session);
    default:
        return fill_sym(ctrl, session);
    }
}

QVirtioCryptoRequest *
qvirtio_crypto_create_request(QVirtioCryptoDriver *d,
                              const QVirtioCryptoSession *session)
{
    struct virtio_crypto_op_ctrl_req ctrl = {
        .header.opcode = cpu_to_le32(session->opcode),
        .header.algo = cpu_to_le32(session->algo),
    };
    size_t len = sizeof(ctrl.header) + fill(&ctrl, session);
    QVirtioCryptoRequest *req;

    if (d->rfc) {
        return qvirtio_crypto_rfc_create_request(session);
    }
    if (!qvirtio_crypto_has_revision_1(d)) {
        len = sizeof(ctrl);
    }
    req = qvirtio_crypto_request_new();
    qvirtio_crypto_request_add(req, &ctrl, len);
    qvirtio_crypto_request_add(req, session->key, session->key_bytes);
    qvirtio_crypto_request_add(req, session->auth_key,
                               session->auth_key_bytes);
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
    if (req->rfc) {
        return qvirtio_crypto_rfc_created(req, id);
    }
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
    struct virtio_crypto_op_ctrl_req ctrl = {
        .header.opcode = cpu_to_le32(opcode),
        .u.destroy_session.session_id = cpu_to_le64(id),
    };
    QVirtioCryptoRequest *req;

    if (d->rfc) {
        return qvirtio_crypto_rfc_destroy_request(id);
    }
    req = qvirtio_crypto_request_new();
    qvirtio_crypto_request_add(req, &ctrl, sizeof(ctrl));
    if (qvirtio_crypto_has_revision_1(d)) {
        qvirtio_crypto_request_cut(req, sizeof(ctrl.header) + sizeof(id));
    }
    req->room = 1;
    req->has_status = false;
    return req;
}

uint8_t qvirtio_crypto_destroyed(QVirtioCryptoRequest *req)
{
    g_assert_true(req->done);
    g_assert_cmpint(req->used, ==, 1);
    return req->rfc ? req->status : req->written->data[0];
}

uint8_t qvirtio_crypto_try_destroy(QVirtioCryptoDriver *d, uint32_t opcode,
                                   uint64_t id)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_destroy_request(d, opcode, id);
    uint8_t status;

    qvirtio_crypto_submit(d, d->n_data, req, &d->control_shape);
    qvirtio_crypto_wait(d, d->n_data, req);
    status = qvirtio_crypto_destroyed(req);
    qvirtio_crypto_request_free(req, d->alloc);
    return status;
}

void qvirtio_crypto_destroy(QVirtioCryptoDriver *d,
                            const QVirtioCryptoSession *session, uint64_t id)
{
    /* Every service numbers destruction next to creation */
    g_assert_cmpint(qvirtio_crypto_try_destroy(d, session->opcode + 1, id),
                    ==, VIRTIO_CRYPTO_OK);
}
