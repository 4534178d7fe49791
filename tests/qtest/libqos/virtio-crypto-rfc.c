/*
 * A test's virtio-crypto driver: the requests of RFC v1
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Sessions and operations are described as for the ratified protocol, so that
 * tests can use either.  Fields that RFC v1 lacks must have its fixed values.
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "virtio-crypto-driver.h"
#include "virtio-crypto-rfc.h"

#define ID_LEN sizeof(uint64_t)

/* Bytes in digests; 0 where the driver decides.  The index is the number. */
static const uint8_t hash_lens[] = {
    [VIRTIO_CRYPTO_HASH_MD5] = 16,
    [VIRTIO_CRYPTO_HASH_SHA1] = 20,
    [VIRTIO_CRYPTO_HASH_SHA_224] = 28,
    [VIRTIO_CRYPTO_HASH_SHA_256] = 32,
    [VIRTIO_CRYPTO_HASH_SHA_384] = 48,
    [VIRTIO_CRYPTO_HASH_SHA_512] = 64,
    [VIRTIO_CRYPTO_HASH_SHA3_224] = 28,
    [VIRTIO_CRYPTO_HASH_SHA3_256] = 32,
    [VIRTIO_CRYPTO_HASH_SHA3_384] = 48,
    [VIRTIO_CRYPTO_HASH_SHA3_512] = 64,
};

static const uint8_t mac_lens[] = {
    [VIRTIO_CRYPTO_MAC_HMAC_MD5] = 16,
    [VIRTIO_CRYPTO_MAC_HMAC_SHA1] = 20,
    [VIRTIO_CRYPTO_MAC_HMAC_SHA_224] = 28,
    [VIRTIO_CRYPTO_MAC_HMAC_SHA_256] = 32,
    [VIRTIO_CRYPTO_MAC_HMAC_SHA_384] = 48,
    [VIRTIO_CRYPTO_MAC_HMAC_SHA_512] = 64,
    [VIRTIO_CRYPTO_MAC_CMAC_3DES] = 8,
    [VIRTIO_CRYPTO_MAC_CMAC_AES] = 16,
    [VIRTIO_CRYPTO_MAC_GMAC_AES] = 16,
    [VIRTIO_CRYPTO_MAC_GMAC_TWOFISH] = 16,
    [VIRTIO_CRYPTO_MAC_CBCMAC_AES] = 16,
    [VIRTIO_CRYPTO_MAC_XCBC_AES] = 16,
};

static uint32_t find_len(const uint8_t *lens, size_t n, uint32_t number)
{
    return number < n ? lens[number] : 0;
}

static uint32_t digest_len(uint32_t hash_mode, uint32_t number)
{
    return hash_mode == VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH ?
           find_len(mac_lens, ARRAY_SIZE(mac_lens), number) :
           find_len(hash_lens, ARRAY_SIZE(hash_lens), number);
}

/* The type of symmetric algorithms that a service is here */
static uint32_t service_alg(uint32_t service, uint32_t number)
{
    switch (service) {
    case VIRTIO_CRYPTO_SERVICE_HASH:
    case VIRTIO_CRYPTO_SERVICE_MAC:
        return QVIRTIO_CRYPTO_RFC_SYM(HASH, number);
    case VIRTIO_CRYPTO_SERVICE_AEAD:
        return QVIRTIO_CRYPTO_RFC_SYM(AEAD, number);
    case VIRTIO_CRYPTO_SERVICE_AKCIPHER:
        return QVIRTIO_CRYPTO_RFC_ALG(VIRTIO_CRYPTO_RFC_F_RSA, 0, number);
    default:
        return QVIRTIO_CRYPTO_RFC_SYM(ABLKCIPHER, number);
    }
}

/* A session's header, without the keys and digests of a hash */
static QVirtioCryptoRfcCtrl plain_header(const QVirtioCryptoSession *session)
{
    return (QVirtioCryptoRfcCtrl) {
        .alg = service_alg(session->opcode >> 8, session->algo),
        .keylen = session->key_len,
        .type = VIRTIO_CRYPTO_RFC_CREATE,
        .op = session->op,
    };
}

/* A MAC's key is an authentication key, and so are a nested hash's prefixes */
static QVirtioCryptoRfcCtrl digest_header(const QVirtioCryptoSession *session,
                                          uint32_t *len)
{
    QVirtioCryptoRfcCtrl header = plain_header(session);
    bool mac = session->opcode == VIRTIO_CRYPTO_MAC_CREATE_SESSION;

    header.keylen = 0;
    header.auth_key_len = session->key_len;
    header.op = VIRTIO_CRYPTO_OP_ENCRYPT;
    header.hash_mode = mac ? VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH :
                       session->hash_mode ?: VIRTIO_CRYPTO_SYM_HASH_MODE_PLAIN;
    *len = digest_len(header.hash_mode, session->algo);
    return header;
}

static QVirtioCryptoRfcCtrl chain_header(const QVirtioCryptoSession *session,
                                         uint32_t *len)
{
    QVirtioCryptoRfcCtrl header = plain_header(session);

    header.hash_mode = session->hash_mode;
    header.alg_chain_order = session->order;
    header.auth_key_len = session->auth_key_len;
    header.hash_alg = QVIRTIO_CRYPTO_RFC_SYM(HASH, session->auth_algo);
    *len = digest_len(session->hash_mode, session->auth_algo);
    return header;
}

/* Sets the length of the session's digests, if it has such */
static QVirtioCryptoRfcCtrl header_of(const QVirtioCryptoSession *session,
                                      uint32_t *len)
{
    *len = 0;
    switch (session->opcode >> 8) {
    case VIRTIO_CRYPTO_SERVICE_HASH:
    case VIRTIO_CRYPTO_SERVICE_MAC:
        return digest_header(session, len);
    default:
        return session->op_type == VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING ?
               chain_header(session, len) : plain_header(session);
    }
}

void qvirtio_crypto_rfc_add_ctrl(QVirtioCryptoRequest *req,
                                 const QVirtioCryptoRfcCtrl *header)
{
    QVirtioCryptoRfcCtrl bytes = *header;

    bytes.alg = cpu_to_le32(header->alg);
    bytes.keylen = cpu_to_le32(header->keylen);
    bytes.flags = cpu_to_le32(header->flags);
    bytes.auth_key_len = cpu_to_le32(header->auth_key_len);
    bytes.hash_alg = cpu_to_le32(header->hash_alg);
    qvirtio_crypto_request_add(req, &bytes, sizeof(bytes));
}

void qvirtio_crypto_rfc_add_data(QVirtioCryptoRequest *req,
                                 const QVirtioCryptoRfcData *header)
{
    QVirtioCryptoRfcData bytes = {
        .mode = cpu_to_le32(header->mode),
        .ivlen = cpu_to_le32(header->ivlen),
        .len = cpu_to_le32(header->len),
        .auth_len = cpu_to_le32(header->auth_len),
        .session_id = cpu_to_le64(header->session_id),
        .flags = cpu_to_le32(header->flags),
        .padding = cpu_to_le32(header->padding),
    };

    qvirtio_crypto_request_add(req, &bytes, sizeof(bytes));
}

QVirtioCryptoRequest *
qvirtio_crypto_rfc_create_request(const QVirtioCryptoSession *session)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_request_new();
    uint32_t len;
    QVirtioCryptoRfcCtrl header = header_of(session, &len);

    qvirtio_crypto_rfc_add_ctrl(req, &header);
    qvirtio_crypto_request_add(req, session->key, session->key_bytes);
    qvirtio_crypto_request_add(req, session->auth_key,
                               session->auth_key_bytes);
    if (session->cut) {
        qvirtio_crypto_request_cut(req, session->cut);
    }
    req->room = ID_LEN;
    req->rfc = true;
    req->mode = header.alg;
    req->digest_len = len;
    return req;
}

QVirtioCryptoRequest *qvirtio_crypto_rfc_destroy_request(uint64_t id)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_request_new();
    QVirtioCryptoRfcCtrl header = { .type = VIRTIO_CRYPTO_RFC_DESTROY };

    id = cpu_to_le64(id);
    qvirtio_crypto_rfc_add_ctrl(req, &header);
    qvirtio_crypto_request_add(req, &id, sizeof(id));
    req->rfc = true;
    return req;
}

uint32_t qvirtio_crypto_rfc_created(const QVirtioCryptoRequest *req,
                                    uint64_t *id)
{
    *id = 0;
    if (req->status == VIRTIO_CRYPTO_OK) {
        g_assert_cmpint(req->written->len, ==, ID_LEN);
        *id = ldq_le_p(req->written->data);
        g_assert_cmphex(*id, !=, 0);
    } else {
        g_assert_cmpint(req->written->len, ==, 0);
    }
    return req->status;
}

/* The vector as it is, without the room that the ratified protocol gives it */
static void add_iv(QVirtioCryptoRequest *req, const QVirtioCryptoOp *op,
                   uint32_t mode)
{
    size_t start = mode == QVIRTIO_CRYPTO_RFC_SYM(AEAD,
                                                  VIRTIO_CRYPTO_AEAD_CCM);
    size_t len = MIN(op->iv_len, sizeof(op->iv_area) - start);

    if (op->iv || !op->iv_bytes) {
        qvirtio_crypto_request_add(req, op->iv, op->iv_bytes);
    } else {
        qvirtio_crypto_request_add(req, op->iv_area + start, len);
    }
}

/* A digest comes whole; the test gets as much of it as it asks for */
static void make_room(QVirtioCryptoRequest *req, const QVirtioCryptoOp *op,
                      uint32_t full_len)
{
    req->room = op->room;
    req->fills_room = op->digest_len && !full_len;
    if (full_len > op->digest_len) {
        req->room += full_len - op->digest_len;
        req->surplus_digest = full_len - op->digest_len;
    }
}

QVirtioCryptoRequest *
qvirtio_crypto_rfc_op_request(QVirtioCryptoDriver *d,
                              const QVirtioCryptoOp *op)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_request_new();
    QVirtioCryptoRfcSession *session =
        g_hash_table_lookup(d->rfc_sessions, &op->session);
    QVirtioCryptoRfcData header = {
        .mode = session ? session->mode : service_alg(op->opcode >> 8, 0),
        .ivlen = op->iv_len,
        .len = op->src_len,
        .auth_len = op->aad_len,
        .session_id = op->session,
    };

    qvirtio_crypto_rfc_add_data(req, &header);
    add_iv(req, op, header.mode);
    qvirtio_crypto_request_add(req, op->aad, op->aad_bytes);
    qvirtio_crypto_request_add_source(req, op->src, op->src_bytes);
    if (op->cut) {
        qvirtio_crypto_request_cut(req, op->cut);
    }
    make_room(req, op, session ? session->digest_len : 0);
    req->rfc = true;
    return req;
}

uint8_t qvirtio_crypto_rfc_status(uint8_t status)
{
    switch (status) {
    case VIRTIO_CRYPTO_RFC_S_OK:
        return VIRTIO_CRYPTO_OK;
    case VIRTIO_CRYPTO_RFC_S_ERR:
        return VIRTIO_CRYPTO_ERR;
    case VIRTIO_CRYPTO_RFC_S_UNSUPP:
        return VIRTIO_CRYPTO_NOTSUPP;
    case VIRTIO_CRYPTO_RFC_S_BADMSG:
        return VIRTIO_CRYPTO_BADMSG;
    default:
        g_error("status %u is none", status);
    }
}

/* Ids are not reused, so destroyed sessions can stay in the table */
void qvirtio_crypto_rfc_remember(QVirtioCryptoDriver *d,
                                 const QVirtioCryptoRequest *req, uint64_t id)
{
    QVirtioCryptoRfcSession *session = g_new0(QVirtioCryptoRfcSession, 1);

    session->id = id;
    session->mode = req->mode;
    session->digest_len = req->digest_len;
    g_hash_table_replace(d->rfc_sessions, &session->id, session);
}

void qvirtio_crypto_rfc_finish(QVirtioCryptoDriver *d,
                               QVirtioCryptoRequest *req)
{
    req->status = qvirtio_crypto_rfc_status(req->status);
    if (req->status != VIRTIO_CRYPTO_OK) {
        return;
    }
    if (req->mode) {
        qvirtio_crypto_rfc_remember(d, req, ldq_le_p(req->written->data));
    }
    g_assert_cmpint(req->written->len, >=, req->surplus_digest);
    g_byte_array_set_size(req->written,
                          req->written->len - req->surplus_digest);
    req->used -= req->surplus_digest;
}
