/*
 * Cryptography backends: RSA, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "pkcs1.h"
#include "rejection.h"
#include "rsa.h"

typedef struct RsaSession {
    CryptoDevSession parent;
    CryptoDevRsa rsa;
} RsaSession;

static bool rsa_has(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_AKCIPHER_RSA &&
           cryptodev_primitives(backend)->rsa->has(backend);
}

static bool power_public(const CryptoDevRsa *rsa, uint8_t *block)
{
    return rsa->primitives->rsa->public(rsa->state, block);
}

static bool power_private(const CryptoDevRsa *rsa, uint8_t *block)
{
    return rsa->primitives->rsa->private(rsa->state, block);
}

/* Read an integer into a block as long as the modulus. */
static bool read_integer(CryptoDevBuf buf, uint8_t *block, size_t size)
{
    size_t len = buf.len;

    if (len > size) {
        return false;
    }
    memset(block, 0, size - len);
    cryptodev_buf_read(&buf, block + size - len, len);
    return true;
}

static CryptoDevStatus write_result(CryptoDevOp *op, const uint8_t *result,
                                    size_t len)
{
    CryptoDevBuf dst = op->dst;

    if (dst.len < len) {
        return CRYPTODEV_ERR;
    }
    cryptodev_buf_write(&dst, result, len);
    op->result_len = len;
    return CRYPTODEV_OK;
}

static CryptoDevStatus rsa_encrypt(const CryptoDevRsa *rsa, CryptoDevOp *op,
                                   uint8_t *block, size_t size)
{
    bool ok = rsa->padding == CRYPTODEV_RSA_RAW
              ? read_integer(op->src, block, size)
              : cryptodev_pkcs1_pad_message(rsa->primitives, block, size,
                                            op->src);

    return ok && power_public(rsa, block)
           ? write_result(op, block, size) : CRYPTODEV_ERR;
}

/*
 * The answer shows whether there is a message, and its length: code after this
 * function may depend on them.
 */
static bool decrypt_pkcs1(CryptoDevRsa *rsa, uint8_t *block, size_t size,
                          size_t *len)
{
    return power_private(rsa, block) &&
           cryptodev_pkcs1_take_message(block, size, len);
}

/* Make the message of a ciphertext whose padding is wrong. */
static bool make_other(const CryptoDevRsa *rsa, uint8_t *block, size_t size,
                       uint32_t *len)
{
    uint8_t d[CRYPTODEV_RSA_SIZE_MAX];
    bool ok = rsa->primitives->rsa->get(rsa->state, RSA_D, d, size) &&
              cryptodev_rejection_make(rsa->primitives, d, block, size, len);

    cryptodev_wipe(d, size);
    return ok;
}

static bool decrypt_or_reject(CryptoDevRsa *rsa, uint8_t *block,
                              size_t size, size_t *len)
{
    uint8_t other[CRYPTODEV_RSA_SIZE_MAX];
    uint32_t other_len;
    bool ok;

    memcpy(other, block, size);
    ok = make_other(rsa, other, size, &other_len) &&
         power_private(rsa, block);
    if (ok) {
        *len = cryptodev_pkcs1_take_message_or(block, size, other, other_len);
    }
    cryptodev_wipe(other, size);
    return ok;
}

static CryptoDevStatus rsa_decrypt(CryptoDevRsa *rsa, CryptoDevOp *op,
                                   uint8_t *block, size_t size)
{
    size_t len = size;
    bool ok = read_integer(op->src, block, size);

    if (rsa->padding == CRYPTODEV_RSA_RAW) {
        ok = ok && power_private(rsa, block);
    } else {
        /* RFC 8017, section 7.2.2, step 1 */
        ok = ok && op->src.len == size &&
             (rsa->rejects_implicitly
              ? decrypt_or_reject(rsa, block, size, &len)
              : decrypt_pkcs1(rsa, block, size, &len));
    }
    return ok ? write_result(op, block, len) : CRYPTODEV_ERR;
}

static CryptoDevStatus rsa_sign(CryptoDevRsa *rsa, CryptoDevOp *op,
                                uint8_t *block, size_t size)
{
    return cryptodev_pkcs1_pad_digest(block, size, rsa->hash, op->src) &&
           power_private(rsa, block)
           ? write_result(op, block, size) : CRYPTODEV_ERR;
}

/* RFC 8017, section 8.2.2: encoded messages are compared, and none is read. */
static CryptoDevStatus rsa_verify(const CryptoDevRsa *rsa, CryptoDevOp *op,
                                  uint8_t *block, size_t size)
{
    uint8_t expected[CRYPTODEV_RSA_SIZE_MAX];

    if (!cryptodev_pkcs1_pad_digest(expected, size, rsa->hash, op->src)) {
        return CRYPTODEV_ERR;
    }
    return op->signature.len == size &&
           read_integer(op->signature, block, size) &&
           power_public(rsa, block) &&
           !memcmp(block, expected, size)
           ? CRYPTODEV_OK : CRYPTODEV_KEY_REJECTED;
}

static CryptoDevStatus run_checked(CryptoDevRsa *rsa, CryptoDevOp *op)
{
    size_t size = rsa->size;
    uint8_t block[CRYPTODEV_RSA_SIZE_MAX];
    CryptoDevStatus status;

    switch (op->type) {
    case CRYPTODEV_OP_ENCRYPT:
        status = rsa_encrypt(rsa, op, block, size);
        break;
    case CRYPTODEV_OP_DECRYPT:
        status = rsa_decrypt(rsa, op, block, size);
        break;
    case CRYPTODEV_OP_SIGN:
        status = rsa_sign(rsa, op, block, size);
        break;
    default:
        status = rsa_verify(rsa, op, block, size);
        break;
    }
    cryptodev_wipe(block, size);
    return status;
}

/* Raw padding has no signatures of its own. */
static bool has_type(const CryptoDevRsa *rsa, CryptoDevOpType type)
{
    switch (type) {
    case CRYPTODEV_OP_ENCRYPT:
    case CRYPTODEV_OP_DECRYPT:
        return true;
    case CRYPTODEV_OP_SIGN:
    case CRYPTODEV_OP_VERIFY:
        return rsa->padding == CRYPTODEV_RSA_PKCS1;
    default:
        return false;
    }
}

static bool is_public(CryptoDevOpType type)
{
    return type == CRYPTODEV_OP_ENCRYPT || type == CRYPTODEV_OP_VERIFY;
}

/* A modulus that was made of p and q may have a size that is not supported. */
static bool measure(CryptoDevRsa *rsa)
{
    uint8_t n[CRYPTODEV_RSA_SIZE_MAX];

    if (rsa->primitives->rsa->get(rsa->state, RSA_N, n, sizeof(n))) {
        rsa->size = cryptodev_rsa_key_measure(
                        (CryptoDevOperand) { n, sizeof(n) });
    }
    return rsa->size;
}

static bool settle(void *opaque)
{
    CryptoDevRsa *rsa = opaque;

    return rsa->primitives->rsa->settle(rsa->state) &&
           (rsa->size || measure(rsa));
}

CryptoDevStatus cryptodev_rsa_run(CryptoDevRsa *rsa, CryptoDevOp *op)
{
    if (!has_type(rsa, op->type)) {
        return CRYPTODEV_NOTSUPP;
    }
    if (!rsa->is_private && !is_public(op->type)) {
        return CRYPTODEV_ERR;
    }
    if (rsa->is_private && !cryptodev_late_check(&rsa->late, settle, rsa)) {
        return CRYPTODEV_ERR;
    }
    return run_checked(rsa, op);
}

void cryptodev_rsa_init(CryptoDevRsa *rsa, CryptoDevBackend *backend,
                        CryptoDevRsaPadding padding, CryptoDevHashAlgo hash)
{
    rsa->primitives = cryptodev_primitives(backend);
    rsa->padding = padding;
    rsa->hash = hash;
    rsa->rejects_implicitly = backend->rsa_implicit_rejection;
    cryptodev_late_check_init(&rsa->late);
}

void cryptodev_rsa_destroy(CryptoDevRsa *rsa)
{
    cryptodev_late_check_destroy(&rsa->late);
    rsa->primitives->rsa->close(rsa->state);
}

CryptoDevStatus cryptodev_rsa_open(CryptoDevRsa *rsa,
                                   CryptoDevBackend *backend,
                                   const CryptoDevRsaKey *key,
                                   bool is_private)
{
    CryptoDevStatus status = cryptodev_rsa_key_check(key, is_private);

    if (status != CRYPTODEV_OK) {
        return status;
    }
    if (!cryptodev_pkcs1_has_hash(rsa->hash)) {
        return CRYPTODEV_NOTSUPP;
    }
    rsa->is_private = is_private;
    rsa->size = cryptodev_rsa_key_measure(key->integers[RSA_N]);
    rsa->state = rsa->primitives->rsa->open(backend, key);
    return rsa->state ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

/* To check a private key takes its time, too. */
CryptoDevRoute cryptodev_rsa_route(const CryptoDevRsa *rsa,
                                   CryptoDevOpType type)
{
    bool is_checked = !rsa->is_private || cryptodev_late_check_made(&rsa->late);

    return is_checked &&
           rsa->primitives->rsa->is_quick(rsa->state, !is_public(type))
           ? CRYPTODEV_ROUTE_RUN : CRYPTODEV_ROUTE_POOL;
}

static CryptoDevRoute rsa_route(CryptoDevBackend *backend,
                                const CryptoDevOp *op,
                                const CryptoDevComputation *computation)
{
    RsaSession *session = container_of(op->session, RsaSession, parent);

    return cryptodev_rsa_route(&session->rsa, op->type);
}

static void rsa_run(CryptoDevOp *op)
{
    RsaSession *session = container_of(op->session, RsaSession, parent);

    op->status = cryptodev_rsa_run(&session->rsa, op);
}

static void rsa_destroy(CryptoDevSession *parent)
{
    RsaSession *session = container_of(parent, RsaSession, parent);

    cryptodev_rsa_destroy(&session->rsa);
    g_free(session);
}

static CryptoDevStatus rsa_create(CryptoDevBackend *backend,
                                  const CryptoDevSessionParams *params,
                                  CryptoDevSession **parent)
{
    RsaSession *session = g_new0(RsaSession, 1);
    CryptoDevRsa *rsa = &session->rsa;
    bool is_private = params->akcipher.private_key;
    CryptoDevRsaKey key = { };

    *parent = &session->parent;
    cryptodev_rsa_init(rsa, backend, params->akcipher.padding,
                       params->akcipher.hash);
    return cryptodev_rsa_key_read_der(&key, params->key, params->key_len,
                                      is_private)
           ? cryptodev_rsa_open(rsa, backend, &key, is_private)
           : CRYPTODEV_ERR;
}

const CryptoDevDriver cryptodev_common_rsa = {
    .service = CRYPTODEV_SERVICE_AKCIPHER,
    .has = rsa_has,
    .create = rsa_create,
    .destroy = rsa_destroy,
    .route = rsa_route,
    .run = rsa_run,
};
