/*
 * The OpenSSL backend: Diffie-Hellman key agreement on elliptic curves
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "drivers.h"
#include "montgomery.h"

/* @curve is NULL for X25519 and X448, which have a @function. */
typedef struct EcdhSession {
    CryptoDevSession parent;
    const CryptoDevOpensslCurve *curve;
    BIGNUM *key;
    CryptoDevOpensslMontgomery function;
} EcdhSession;

static bool ecdh_has(CryptoDevBackend *backend, uint32_t operation)
{
    return cryptodev_openssl_computes(backend) ||
           cryptodev_openssl_has_montgomery(cryptodev_openssl_context(backend));
}

static void ecdh_destroy(CryptoDevSession *parent)
{
    EcdhSession *session = container_of(parent, EcdhSession, parent);

    if (session->curve) {
        BN_clear_free(session->key);
    } else {
        cryptodev_openssl_montgomery_destroy(&session->function);
    }
    g_free(session);
}

static CryptoDevStatus read_key(EcdhSession *session, CryptoDevBackend *backend,
                                CryptoDevCurve id, CryptoDevOperand key)
{
    if (cryptodev_openssl_is_montgomery(id)) {
        return cryptodev_openssl_montgomery_init(
                   &session->function, cryptodev_openssl_context(backend), id,
                   key);
    }
    session->key = cryptodev_openssl_read_scalar(&session->curve->order, key);
    return session->key ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static CryptoDevStatus ecdh_create(CryptoDevBackend *backend,
                                   const CryptoDevSessionParams *params,
                                   CryptoDevSession **parent)
{
    const CryptoDevOperand *operands = params->compute.operands;
    CryptoDevCurve id = cryptodev_operand_number(operands[0]);
    const CryptoDevOpensslCurve *curve = cryptodev_openssl_curve(backend, id);
    EcdhSession *session;

    if (!curve && !cryptodev_openssl_is_montgomery(id)) {
        return CRYPTODEV_NOTSUPP;
    }
    session = g_new0(EcdhSession, 1);
    *parent = &session->parent;
    session->curve = curve;
    return read_key(session, backend, id, operands[1]);
}

/* The curves have a cofactor of 1: every point on them has order n. */
static CryptoDevStatus multiply(const EcdhSession *session,
                                CryptoDevComputation *computation,
                                CryptoDevOperand x, CryptoDevOperand y)
{
    const CryptoDevOpensslCurve *curve = session->curve;
    g_autoptr(EC_POINT) peer = NULL;
    g_autoptr(BIGNUM) product_x = BN_new();
    g_autoptr(BIGNUM) product_y = BN_new();

    if (!y.len || !product_x || !product_y ||
        cryptodev_openssl_read_point(curve, x, y, &peer) != CRYPTODEV_OK ||
        !cryptodev_openssl_multiply(curve, session->key, peer, product_x,
                                    product_y) ||
        cryptodev_openssl_add(computation, product_x, curve->size) !=
            CRYPTODEV_OK) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_openssl_add(computation, product_y, curve->size);
}

static CryptoDevStatus compute(EcdhSession *session,
                               CryptoDevComputation *computation)
{
    CryptoDevOperand x = computation->operands[1];
    CryptoDevOperand y = computation->operands[2];

    if (session->curve) {
        return multiply(session, computation, x, y);
    }
    return y.len ? CRYPTODEV_ERR
           : cryptodev_openssl_montgomery_add(&session->function, computation,
                                              x);
}

static CryptoDevStatus ecdh_compute(CryptoDevBackend *backend,
                                    CryptoDevComputation *computation)
{
    EcdhSession *session =
        container_of(computation->session, EcdhSession, parent);
    CryptoDevStatus status = compute(session, computation);

    ERR_clear_error();
    return status;
}

static CryptoDevRoute ecdh_route(CryptoDevBackend *backend,
                                 const CryptoDevOp *op,
                                 const CryptoDevComputation *computation)
{
    const EcdhSession *session =
        container_of(computation->session, EcdhSession, parent);
    /* A provider that the user chose may take any time. */
    bool quick = session->curve
        ? session->curve->quick
        : cryptodev_openssl_computes(backend) &&
          cryptodev_openssl_montgomery_is_quick(&session->function);

    return quick ? CRYPTODEV_ROUTE_RUN : CRYPTODEV_ROUTE_POOL;
}

const CryptoDevDriver cryptodev_openssl_ecdh = {
    .service = CRYPTODEV_SERVICE_ECDH,
    .has = ecdh_has,
    .create = ecdh_create,
    .destroy = ecdh_destroy,
    .route = ecdh_route,
    .compute = ecdh_compute,
};
