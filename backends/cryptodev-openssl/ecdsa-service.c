/*
 * The OpenSSL backend: the operations of ECDSA, FIPS 186-5
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "ecdsa-key.h"
#include "sign.h"

/* The key has the parts that the session's operation needs. */
typedef struct EcdsaSession {
    CryptoDevSession parent;
    CryptoDevOpensslEcdsaKey key;
} EcdsaSession;

static void ecdsa_destroy(CryptoDevSession *parent)
{
    EcdsaSession *session = container_of(parent, EcdsaSession, parent);

    cryptodev_openssl_ecdsa_destroy(&session->key);
    g_free(session);
}

/* Put the coordinates into the form of a point that a key is read from. */
static bool read_public(CryptoDevOpensslEcdsaKey *key,
                        const CryptoDevOperand *coordinates)
{
    size_t size = key->curve->size;
    g_autoptr(BIGNUM) x = cryptodev_openssl_read(coordinates[0]);
    g_autoptr(BIGNUM) y = cryptodev_openssl_read(coordinates[1]);
    uint8_t point[CRYPTODEV_EC_POINT_MAX];

    point[0] = CRYPTODEV_EC_UNCOMPRESSED;
    return x && y && BN_bn2binpad(x, point + 1, size) >= 0 &&
           BN_bn2binpad(y, point + 1 + size, size) >= 0 &&
           cryptodev_openssl_ecdsa_set_point(
               key, (CryptoDevOperand) { point, 1 + 2 * size });
}

static bool read_key(CryptoDevOpensslEcdsaKey *key,
                     const CryptoDevSessionParams *params)
{
    const CryptoDevOperand *operands = params->compute.operands;

    switch (params->algo) {
    case CRYPTODEV_ECDSA_SIGN_S:
    case CRYPTODEV_ECDSA_SIGN_RS:
        key->private = cryptodev_openssl_read_scalar(key->curve, operands[1]);
        return key->private;
    case CRYPTODEV_ECDSA_VERIFY:
        return read_public(key, operands + 1);
    default:
        return true;
    }
}

static CryptoDevStatus ecdsa_create(CryptoDevBackend *backend,
                                    const CryptoDevSessionParams *params,
                                    CryptoDevSession **parent)
{
    const CryptoDevOpensslCurve *curve = cryptodev_openssl_curve(
        backend, cryptodev_operand_number(params->compute.operands[0]));
    EcdsaSession *session;

    if (!curve) {
        return CRYPTODEV_NOTSUPP;
    }
    session = g_new0(EcdsaSession, 1);
    *parent = &session->parent;
    cryptodev_openssl_ecdsa_init(&session->key, curve);
    return read_key(&session->key, params) ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static CryptoDevStatus sign_r(const CryptoDevOpensslEcdsaKey *key,
                              CryptoDevComputation *computation)
{
    g_autoptr(BIGNUM) k =
        cryptodev_openssl_read_scalar(key->curve, computation->operands[0]);
    g_autoptr(BIGNUM) r = BN_new();

    return k && r && cryptodev_openssl_make_r(key->curve, k, r)
           ? cryptodev_openssl_add(computation, r, key->curve->size)
           : CRYPTODEV_ERR;
}

static CryptoDevStatus sign_s(const CryptoDevOpensslEcdsaKey *key,
                              CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    const CryptoDevOpensslCurve *curve = key->curve;
    g_autoptr(BIGNUM) k = cryptodev_openssl_read_scalar(curve, operands[0]);
    g_autoptr(BIGNUM) r = cryptodev_openssl_read_scalar(curve, operands[1]);
    g_autoptr(BIGNUM) z = cryptodev_openssl_digest(curve, operands[2]);
    g_autoptr(BIGNUM) s = BN_new();

    return k && r && z && s &&
           cryptodev_openssl_make_s(curve, key->private, k, r, z, s)
           ? cryptodev_openssl_add(computation, s, curve->size)
           : CRYPTODEV_ERR;
}

static bool sign_with(const CryptoDevOpensslEcdsaKey *key, CryptoDevOperand k,
                      CryptoDevOperand digest, BIGNUM *r, BIGNUM *s)
{
    g_autoptr(BIGNUM) value = cryptodev_openssl_read_scalar(key->curve, k);
    g_autoptr(BIGNUM) z = cryptodev_openssl_digest(key->curve, digest);

    return value && z && cryptodev_openssl_make_r(key->curve, value, r) &&
           cryptodev_openssl_make_s(key->curve, key->private, value, r, z, s);
}

static CryptoDevStatus sign_rs(const CryptoDevOpensslEcdsaKey *key,
                               CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    size_t size = key->curve->size;
    g_autoptr(BIGNUM) r = BN_new();
    g_autoptr(BIGNUM) s = BN_new();
    bool ok = r && s &&
              (operands[0].len
               ? sign_with(key, operands[0], operands[1], r, s)
               : cryptodev_openssl_sign(key->curve, key->private, operands[1],
                                        r, s));

    if (!ok || cryptodev_openssl_add(computation, r, size) != CRYPTODEV_OK) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_openssl_add(computation, s, size);
}

/* OpenSSL takes signatures encoded; what does not fit is none. */
static CryptoDevStatus verify(CryptoDevOpensslEcdsaKey *key,
                              CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    g_autoptr(BIGNUM) r = cryptodev_openssl_read(operands[1]);
    g_autoptr(BIGNUM) s = cryptodev_openssl_read(operands[2]);
    uint8_t der[CRYPTODEV_ECDSA_SIGNATURE_MAX];
    CryptoDevStatus status = CRYPTODEV_KEY_REJECTED;

    if (!r || !s || !cryptodev_openssl_ecdsa_ready(key)) {
        return CRYPTODEV_ERR;
    }
    if (BN_cmp(r, key->curve->n) < 0 && BN_cmp(s, key->curve->n) < 0) {
        size_t len = cryptodev_openssl_ecdsa_encode(r, s, der);

        status = len ? cryptodev_openssl_ecdsa_verify(
                           key, operands[0], (CryptoDevOperand) { der, len })
                     : CRYPTODEV_ERR;
    }
    return cryptodev_computation_add_verdict(computation, status);
}

static CryptoDevStatus ecdsa_compute(CryptoDevBackend *backend,
                                     CryptoDevComputation *computation)
{
    EcdsaSession *session =
        container_of(computation->session, EcdsaSession, parent);
    CryptoDevOpensslEcdsaKey *key = &session->key;

    switch (computation->operation) {
    case CRYPTODEV_ECDSA_SIGN_R:
        return sign_r(key, computation);
    case CRYPTODEV_ECDSA_SIGN_S:
        return sign_s(key, computation);
    case CRYPTODEV_ECDSA_SIGN_RS:
        return sign_rs(key, computation);
    default:
        return verify(key, computation);
    }
}

/* The first verification makes the public key. */
static CryptoDevRoute ecdsa_route(CryptoDevBackend *backend,
                                  const CryptoDevOp *op,
                                  const CryptoDevComputation *computation)
{
    const CryptoDevOpensslEcdsaKey *key =
        &container_of(computation->session, EcdsaSession, parent)->key;

    return key->curve->quick &&
           (computation->operation != CRYPTODEV_ECDSA_VERIFY ||
            cryptodev_late_check_made(&key->late))
           ? CRYPTODEV_ROUTE_RUN : CRYPTODEV_ROUTE_POOL;
}

const CryptoDevDriver cryptodev_openssl_ecdsa_service = {
    .service = CRYPTODEV_SERVICE_ECDSA,
    .has = cryptodev_openssl_computes,
    .create = ecdsa_create,
    .destroy = ecdsa_destroy,
    .route = ecdsa_route,
    .compute = ecdsa_compute,
};
