/*
 * A test's virtio-crypto driver: the layouts of data requests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "virtio-crypto-driver.h"
#include "virtio-crypto-rfc.h"

/* The fixed part of a stateless symmetric request, without the type */
#define STATELESS_SYM_LEN   72

static size_t fill_cipher(struct virtio_crypto_op_data_req *data,
                          const QVirtioCryptoOp *op)
{
    struct virtio_crypto_cipher_para *para = &data->u.sym_req.u.cipher.para;

    para->iv_len = cpu_to_le32(op->iv_len);
    para->src_data_len = cpu_to_le32(op->src_len);
    para->dst_data_len = cpu_to_le32(op->dst_len);
    return sizeof(data->u.sym_req);
}

static size_t fill_chain(struct virtio_crypto_op_data_req *data,
                         const QVirtioCryptoOp *op)
{
    struct virtio_crypto_alg_chain_data_para *para =
        &data->u.sym_req.u.chain.para;

    para->iv_len = cpu_to_le32(op->iv_len);
    para->src_data_len = cpu_to_le32(op->src_len);
    para->dst_data_len = cpu_to_le32(op->dst_len);
    para->cipher_start_src_offset = cpu_to_le32(op->cipher_start);
    para->len_to_cipher = cpu_to_le32(op->cipher_len);
    para->hash_start_src_offset = cpu_to_le32(op->hash_start);
    para->len_to_hash = cpu_to_le32(op->hash_len);
    para->aad_len = cpu_to_le32(op->aad_len);
    para->hash_result_len = cpu_to_le32(op->digest_len);
    return sizeof(data->u.sym_req);
}

static size_t fill_digest(struct virtio_crypto_op_data_req *data,
                          const QVirtioCryptoOp *op)
{
    struct virtio_crypto_hash_para *para = &data->u.hash_req.para;

    para->src_data_len = cpu_to_le32(op->src_len);
    para->hash_result_len = cpu_to_le32(op->digest_len);
    return sizeof(*para);
}

/* Linux's header has no field for the length of the tag and a reserved one */
static size_t fill_aead(struct virtio_crypto_op_data_req *data,
                        const QVirtioCryptoOp *op, bool revision_1)
{
    struct virtio_crypto_aead_para *para = &data->u.aead_req.para;

    para->iv_len = cpu_to_le32(op->iv_len);
    para->aad_len = cpu_to_le32(op->aad_len);
    para->src_data_len = cpu_to_le32(op->src_len);
    para->dst_data_len = cpu_to_le32(op->dst_len);
    if (revision_1) {
        stl_le_p(data->u.aead_req.padding, op->tag_len);
    }
    return sizeof(*para) + 2 * sizeof(uint32_t);
}

static size_t fill_akcipher(struct virtio_crypto_op_data_req *data,
                            const QVirtioCryptoOp *op)
{
    struct virtio_crypto_akcipher_para *para = &data->u.akcipher_req.para;

    para->src_data_len = cpu_to_le32(op->src_len);
    para->dst_data_len = cpu_to_le32(op->dst_len);
    return sizeof(*para);
}

static size_t fill_sym(struct virtio_crypto_op_data_req *data,
                       const QVirtioCryptoOp *op)
{
    data->u.sym_req.op_type = cpu_to_le32(op->op_type);
    if (op->op_type == VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING) {
        return fill_chain(data, op);
    }
    return fill_cipher(data, op);
}

/* Fills in the fixed part and returns its length under REVISION_1 */
static size_t fill(struct virtio_crypto_op_data_req *data,
                   const QVirtioCryptoOp *op, bool revision_1)
{
    switch (op->opcode >> 8) {
    case VIRTIO_CRYPTO_SERVICE_HASH:
    case VIRTIO_CRYPTO_SERVICE_MAC:
        return fill_digest(data, op);
    case VIRTIO_CRYPTO_SERVICE_AEAD:
        return fill_aead(data, op, revision_1);
    case VIRTIO_CRYPTO_SERVICE_AKCIPHER:
        return fill_akcipher(data, op);
    default:
        return fill_sym(data, op);
    }
}

static GByteArray *session_mode_fixed(const QVirtioCryptoOp *op,
                                      bool revision_1)
{
    GByteArray *fixed = g_byte_array_new();
    struct virtio_crypto_op_data_req data = {
        .header.opcode = cpu_to_le32(op->opcode),
        .header.session_id = cpu_to_le64(op->session),
        .header.flag = cpu_to_le32(op->flag),
    };
    size_t len = sizeof(data.header) + fill(&data, op, revision_1);

    return g_byte_array_append(fixed, (uint8_t *)&data,
                               revision_1 ? len : sizeof(data));
}

static void add_numbers(GByteArray *bytes, const uint32_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t number = cpu_to_le32(numbers[i]);

        g_byte_array_append(bytes, (uint8_t *)&number, sizeof(number));
    }
}

static void add_stateless_cipher(GByteArray *fixed, const QVirtioCryptoOp *op)
{
    const QVirtioCryptoSession *session = op->stateless;
    const uint32_t numbers[] = {
        session->algo, session->key_len, session->op,
        op->iv_len, op->src_len, op->dst_len,
    };

    add_numbers(fixed, numbers, ARRAY_SIZE(numbers));
}

static void add_stateless_chain(GByteArray *fixed, const QVirtioCryptoOp *op)
{
    const QVirtioCryptoSession *session = op->stateless;
    const uint32_t numbers[] = {
        session->order, session->aad_len,
        session->algo, session->key_len, session->op,
        session->auth_algo, session->auth_key_len, session->hash_mode,
        op->iv_len, op->src_len, op->dst_len,
        op->cipher_start, op->cipher_len, op->hash_start, op->hash_len,
        op->aad_len, op->digest_len, 0,
    };

    QEMU_BUILD_BUG_ON(sizeof(numbers) != STATELESS_SYM_LEN);
    add_numbers(fixed, numbers, ARRAY_SIZE(numbers));
}

static void add_stateless_sym(GByteArray *fixed, const QVirtioCryptoOp *op)
{
    size_t end = fixed->len + STATELESS_SYM_LEN;

    if (op->op_type == VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING) {
        add_stateless_chain(fixed, op);
    } else {
        add_stateless_cipher(fixed, op);
    }
    while (fixed->len < end) {
        add_numbers(fixed, &(uint32_t) { 0 }, 1);
    }
    add_numbers(fixed, &op->op_type, 1);
}

static void add_stateless_hash(GByteArray *fixed, const QVirtioCryptoOp *op)
{
    const uint32_t numbers[] = {
        op->stateless->algo, op->src_len, op->digest_len, 0,
    };

    add_numbers(fixed, numbers, ARRAY_SIZE(numbers));
}

static void add_stateless_mac(GByteArray *fixed, const QVirtioCryptoOp *op)
{
    const uint32_t numbers[] = {
        op->stateless->algo, op->stateless->key_len,
        op->src_len, op->digest_len,
    };

    add_numbers(fixed, numbers, ARRAY_SIZE(numbers));
}

static void add_stateless_aead(GByteArray *fixed, const QVirtioCryptoOp *op)
{
    const QVirtioCryptoSession *session = op->stateless;
    const uint32_t numbers[] = {
        session->algo, session->key_len, session->op,
        op->iv_len, op->tag_len, op->aad_len, op->src_len, op->dst_len,
    };

    add_numbers(fixed, numbers, ARRAY_SIZE(numbers));
}

static void add_stateless_akcipher(GByteArray *fixed,
                                   const QVirtioCryptoOp *op)
{
    const QVirtioCryptoSession *session = op->stateless;
    const uint32_t numbers[] = {
        session->algo, session->op, session->key_len,
        session->curve ? session->curve : session->padding,
        session->curve ? 0 : session->hash,
        op->src_len, op->dst_len,
    };

    add_numbers(fixed, numbers, ARRAY_SIZE(numbers));
}

static GByteArray *stateless_fixed(const QVirtioCryptoOp *op)
{
    GByteArray *fixed = g_byte_array_new();
    struct virtio_crypto_op_header header = {
        .opcode = cpu_to_le32(op->opcode),
        .algo = cpu_to_le32(op->stateless->algo),
        .session_id = cpu_to_le64(op->session),
        .flag = cpu_to_le32(op->flag & ~QVIRTIO_CRYPTO_FLAG_SESSION_MODE),
    };

    g_byte_array_append(fixed, (uint8_t *)&header, sizeof(header));
    switch (op->opcode >> 8) {
    case VIRTIO_CRYPTO_SERVICE_HASH:
        add_stateless_hash(fixed, op);
        break;
    case VIRTIO_CRYPTO_SERVICE_MAC:
        add_stateless_mac(fixed, op);
        break;
    case VIRTIO_CRYPTO_SERVICE_AEAD:
        add_stateless_aead(fixed, op);
        break;
    case VIRTIO_CRYPTO_SERVICE_AKCIPHER:
        add_stateless_akcipher(fixed, op);
        break;
    default:
        add_stateless_sym(fixed, op);
        break;
    }
    return fixed;
}

static void add_keys(QVirtioCryptoRequest *req,
                     const QVirtioCryptoSession *session)
{
    qvirtio_crypto_request_add(req, session->key, session->key_bytes);
    qvirtio_crypto_request_add(req, session->auth_key,
                               session->auth_key_bytes);
}

/* AEAD has the AAD behind the source, chains have it before */
static void add_data(QVirtioCryptoRequest *req, const QVirtioCryptoOp *op)
{
    bool aead = op->opcode >> 8 == VIRTIO_CRYPTO_SERVICE_AEAD;

    g_assert(op->iv || op->iv_bytes <= sizeof(op->iv_area));
    qvirtio_crypto_request_add(req, op->iv ? op->iv : op->iv_area,
                               op->iv_bytes);
    if (!aead) {
        qvirtio_crypto_request_add(req, op->aad, op->aad_bytes);
    }
    qvirtio_crypto_request_add_source(req, op->src, op->src_bytes);
    if (aead) {
        qvirtio_crypto_request_add(req, op->aad, op->aad_bytes);
    }
}

QVirtioCryptoRequest *qvirtio_crypto_op_request(QVirtioCryptoDriver *d,
                                                const QVirtioCryptoOp *op)
{
    bool revision_1 = qvirtio_crypto_has_revision_1(d);
    g_autoptr(GByteArray) fixed = op->stateless ?
        stateless_fixed(op) : session_mode_fixed(op, revision_1);
    QVirtioCryptoRequest *req;

    if (d->rfc) {
        g_assert_null(op->stateless);
        return qvirtio_crypto_rfc_op_request(d, op);
    }
    req = qvirtio_crypto_request_new();
    qvirtio_crypto_request_add(req, fixed->data, fixed->len);
    if (op->stateless) {
        add_keys(req, op->stateless);
    }
    add_data(req, op);
    if (op->cut) {
        qvirtio_crypto_request_cut(req, op->cut);
    }
    req->room = op->room;
    return req;
}
