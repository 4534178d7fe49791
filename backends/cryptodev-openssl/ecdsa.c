/*
 * The OpenSSL backend: ECDSA, FIPS 186-5
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "ecdsa-key.h"
#include "sign.h"

/* The longest digest, in bytes */
#define DIGEST_MAX 64

typedef struct EcdsaSession {
    CryptoDevSession parent;
    CryptoDevOpensslEcdsaKey key;
} EcdsaSession;

static bool ecdsa_has(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_AKCIPHER_ECDSA &&
           cryptodev_openssl_computes(backend, algo);
}

static void ecdsa_destroy(CryptoDevSession *parent)
{
    EcdsaSession *session = container_of(parent, EcdsaSession, parent);

    cryptodev_openssl_ecdsa_destroy(&session->key);
    g_free(session);
}

/* A private key is at most as long as the curve's order. */
static bool read_private(CryptoDevOpensslEcdsaKey *key, CryptoDevCurve curve,
                         CryptoDevOperand der)
{
    CryptoDevEcKey parts;

    if (!cryptodev_ec_key_read(&parts, curve, der) ||
        parts.scalar.len > key->curve->size ||
        (parts.point.data &&
         !cryptodev_openssl_ecdsa_set_point(key, parts.point))) {
        return false;
    }
    key->private = cryptodev_openssl_read_scalar(key->curve, parts.scalar);
    return key->private;
}

static CryptoDevStatus ecdsa_create(CryptoDevBackend *backend,
                                    const CryptoDevSessionParams *params,
                                    CryptoDevSession **parent)
{
    CryptoDevCurve id = params->akcipher.curve;
    CryptoDevOperand data = { params->key, params->key_len };
    const CryptoDevOpensslCurve *curve = cryptodev_openssl_curve(backend, id);
    EcdsaSession *session;
    bool ok;

    if (!curve) {
        return CRYPTODEV_NOTSUPP;
    }
    session = g_new0(EcdsaSession, 1);
    *parent = &session->parent;
    cryptodev_openssl_ecdsa_init(&session->key, curve);
    ok = params->akcipher.private_key
         ? read_private(&session->key, id, data)
         : cryptodev_openssl_ecdsa_set_point(&session->key, data);
    return ok ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static CryptoDevStatus sign(const CryptoDevOpensslEcdsaKey *key,
                            CryptoDevOperand digest, CryptoDevOp *op)
{
    g_autoptr(BIGNUM) r = BN_new();
    g_autoptr(BIGNUM) s = BN_new();
    uint8_t der[CRYPTODEV_ECDSA_SIGNATURE_MAX];
    CryptoDevBuf dst = op->dst;
    size_t len;

    if (!key->private || !r || !s ||
        !cryptodev_openssl_sign(key->curve, key->private, digest, r, s)) {
        return CRYPTODEV_ERR;
    }
    len = cryptodev_openssl_ecdsa_encode(r, s, der);
    if (!len || len > dst.len) {
        return CRYPTODEV_ERR;
    }
    cryptodev_buf_write(&dst, der, len);
    op->result_len = len;
    return CRYPTODEV_OK;
}

static CryptoDevStatus verify(CryptoDevOpensslEcdsaKey *key,
                              CryptoDevOperand digest, const CryptoDevOp *op)
{
    uint8_t der[CRYPTODEV_ECDSA_SIGNATURE_MAX];
    CryptoDevBuf signature = op->signature;
    size_t len = signature.len;

    if (len > sizeof(der)) {
        return CRYPTODEV_KEY_REJECTED;
    }
    cryptodev_buf_read(&signature, der, len);
    return cryptodev_openssl_ecdsa_verify(key, digest,
                                          (CryptoDevOperand) { der, len });
}

static CryptoDevStatus run(CryptoDevOpensslEcdsaKey *key, CryptoDevOp *op)
{
    uint8_t bytes[DIGEST_MAX];
    CryptoDevBuf src = op->src;
    CryptoDevOperand digest = { bytes, src.len };

    if (!cryptodev_openssl_ecdsa_ready(key)) {
        return CRYPTODEV_ERR;
    }
    if (op->type != CRYPTODEV_OP_SIGN && op->type != CRYPTODEV_OP_VERIFY) {
        return CRYPTODEV_NOTSUPP;
    }
    if (!digest.len || digest.len > DIGEST_MAX) {
        return CRYPTODEV_ERR;
    }
    cryptodev_buf_read(&src, bytes, digest.len);
    return op->type == CRYPTODEV_OP_SIGN ? sign(key, digest, op)
                                         : verify(key, digest, op);
}

static void ecdsa_run(CryptoDevOp *op)
{
    EcdsaSession *session = container_of(op->session, EcdsaSession, parent);

    op->status = run(&session->key, op);
}

/* The first operation makes the public key. */
static CryptoDevRoute ecdsa_route(CryptoDevBackend *backend,
                                  const CryptoDevOp *op,
                                  const CryptoDevComputation *computation)
{
    const EcdsaSession *session =
        container_of(op->session, EcdsaSession, parent);

    return session->key.curve->quick &&
           cryptodev_late_check_made(&session->key.late)
           ? CRYPTODEV_ROUTE_RUN : CRYPTODEV_ROUTE_POOL;
}

const CryptoDevDriver cryptodev_openssl_ecdsa = {
    .service = CRYPTODEV_SERVICE_AKCIPHER,
    .has = ecdsa_has,
    .create = ecdsa_create,
    .destroy = ecdsa_destroy,
    .route = ecdsa_route,
    .run = ecdsa_run,
};
