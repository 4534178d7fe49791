/*
 * The OpenSSL backend: ECDSA, FIPS 186-5, signatures and single operations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "ecdsa-key.h"
#include "sign.h"
#include "signature.h"

/* The key has the parts that the session's operation needs. */
typedef struct EcdsaSession {
    CryptoDevSession parent;
    CryptoDevOpensslEcdsaKey key;
} EcdsaSession;

static CryptoDevOpensslEcdsaKey *key_of(CryptoDevSession *session)
{
    return &container_of(session, EcdsaSession, parent)->key;
}

/* A session without a key */
static CryptoDevSession *session_new(const CryptoDevOpensslCurve *curve)
{
    EcdsaSession *session = g_new0(EcdsaSession, 1);

    cryptodev_openssl_ecdsa_init(&session->key, curve);
    return &session->parent;
}

static void ecdsa_destroy(CryptoDevSession *parent)
{
    EcdsaSession *session = container_of(parent, EcdsaSession, parent);

    cryptodev_openssl_ecdsa_destroy(&session->key);
    g_free(session);
}

static bool service_has(CryptoDevBackend *backend, uint32_t operation)
{
    return cryptodev_openssl_computes(backend);
}

static bool ecdsa_has(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_AKCIPHER_ECDSA &&
           cryptodev_openssl_computes(backend);
}

/* The first operation makes the public key. */
static CryptoDevRoute ecdsa_route(CryptoDevBackend *backend,
                                  const CryptoDevOp *op,
                                  const CryptoDevComputation *computation)
{
    CryptoDevSession *session = computation ? computation->session
                                            : op->session;
    const CryptoDevOpensslEcdsaKey *key = key_of(session);
    bool needs_public = !computation ||
                        computation->operation == CRYPTODEV_ECDSA_VERIFY;

    return key->curve->quick &&
           (!needs_public || cryptodev_late_check_made(&key->late))
           ? CRYPTODEV_ROUTE_RUN : CRYPTODEV_ROUTE_POOL;
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
    key->private = cryptodev_openssl_read_scalar(&key->curve->order,
                                                 parts.scalar);
    return key->private;
}

static CryptoDevStatus ecdsa_create(CryptoDevBackend *backend,
                                    const CryptoDevSessionParams *params,
                                    CryptoDevSession **session)
{
    CryptoDevCurve id = params->akcipher.curve;
    CryptoDevOperand data = { params->key, params->key_len };
    const CryptoDevOpensslCurve *curve = cryptodev_openssl_curve(backend, id);
    bool ok;

    if (!curve) {
        return CRYPTODEV_NOTSUPP;
    }
    *session = session_new(curve);
    ok = params->akcipher.private_key
         ? read_private(key_of(*session), id, data)
         : cryptodev_openssl_ecdsa_set_point(key_of(*session), data);
    return ok ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

/* Whether a key that is ready, and an operation, make a signature */
static bool can_sign(const CryptoDevOp *op)
{
    return op->type == CRYPTODEV_OP_SIGN && key_of(op->session)->private &&
           cryptodev_openssl_has_digest(op);
}

/* Operations that can_sign(): one, or several of a kind */
static void sign(CryptoDevOp *const *ops, size_t n)
{
    uint8_t digests[CRYPTODEV_TOGETHER_MAX][CRYPTODEV_DIGEST_MAX];
    CryptoDevOpensslSignature signatures[CRYPTODEV_TOGETHER_MAX];

    for (size_t i = 0; i < n; i++) {
        signatures[i].x = key_of(ops[i]->session)->private;
        signatures[i].digest = cryptodev_openssl_read_digest(ops[i],
                                                             digests[i]);
    }
    cryptodev_openssl_sign(key_of(ops[0]->session)->curve, signatures, n);
    for (size_t i = 0; i < n; i++) {
        ops[i]->status = signatures[i].r
            ? cryptodev_openssl_write_signature(ops[i], signatures[i].r,
                                                signatures[i].s)
            : CRYPTODEV_ERR;
        BN_clear_free(signatures[i].r);
        BN_clear_free(signatures[i].s);
    }
}

static CryptoDevStatus verify(CryptoDevOpensslEcdsaKey *key,
                              CryptoDevOperand digest, const CryptoDevOp *op)
{
    uint8_t der[CRYPTODEV_SIGNATURE_MAX];
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
    uint8_t bytes[CRYPTODEV_DIGEST_MAX];

    if (!cryptodev_openssl_ecdsa_ready(key)) {
        return CRYPTODEV_ERR;
    }
    if (op->type != CRYPTODEV_OP_SIGN && op->type != CRYPTODEV_OP_VERIFY) {
        return CRYPTODEV_NOTSUPP;
    }
    if (can_sign(op)) {
        sign(&op, 1);
        return op->status;
    }
    return op->type == CRYPTODEV_OP_VERIFY && cryptodev_openssl_has_digest(op)
           ? verify(key, cryptodev_openssl_read_digest(op, bytes), op)
           : CRYPTODEV_ERR;
}

static void ecdsa_run_batch(CryptoDevOp **ops, size_t n, CryptoDevState *state)
{
    if (n == 1) {
        ops[0]->status = run(key_of(ops[0]->session), ops[0]);
    } else {
        sign(ops, n);
    }
}

/* Signatures on a curve whose order has as many bits */
static uint32_t kind_on(const CryptoDevOpensslCurve *curve)
{
    return curve->lanes ? BN_num_bits(curve->order.n) : 0;
}

static uint32_t ecdsa_kind(const CryptoDevOp *op,
                           const CryptoDevComputation *computation)
{
    const CryptoDevOpensslEcdsaKey *key = key_of(op->session);

    return can_sign(op) && cryptodev_late_check_passed(&key->late)
           ? kind_on(key->curve) : 0;
}

const CryptoDevDriver cryptodev_openssl_ecdsa = {
    .service = CRYPTODEV_SERVICE_AKCIPHER,
    .has = ecdsa_has,
    .create = ecdsa_create,
    .destroy = ecdsa_destroy,
    .route = ecdsa_route,
    .run_batch = ecdsa_run_batch,
    .kind = ecdsa_kind,
};

static bool read_public(CryptoDevOpensslEcdsaKey *key,
                        const CryptoDevOperand *coordinates)
{
    uint8_t point[CRYPTODEV_EC_POINT_MAX];
    size_t len = cryptodev_ec_point_join(point, coordinates, key->curve->size);

    return cryptodev_openssl_ecdsa_set_point(key, (CryptoDevOperand) { point,
                                                                       len });
}

static bool read_key(CryptoDevOpensslEcdsaKey *key,
                     const CryptoDevSessionParams *params)
{
    const CryptoDevOperand *operands = params->compute.operands;

    switch (params->algo) {
    case CRYPTODEV_ECDSA_SIGN_S:
    case CRYPTODEV_ECDSA_SIGN_RS:
        key->private = cryptodev_openssl_read_scalar(&key->curve->order,
                                                     operands[1]);
        return key->private;
    case CRYPTODEV_ECDSA_VERIFY:
        return read_public(key, operands + 1);
    default:
        return true;
    }
}

static CryptoDevStatus service_create(CryptoDevBackend *backend,
                                      const CryptoDevSessionParams *params,
                                      CryptoDevSession **session)
{
    const CryptoDevOpensslCurve *curve = cryptodev_openssl_curve(
        backend, cryptodev_operand_number(params->compute.operands[0]));

    if (!curve) {
        return CRYPTODEV_NOTSUPP;
    }
    *session = session_new(curve);
    return read_key(key_of(*session), params) ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static CryptoDevStatus sign_r(const CryptoDevOpensslEcdsaKey *key,
                              CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    g_autoptr(BIGNUM) k =
        cryptodev_openssl_read_scalar(&key->curve->order, operands[0]);
    g_autoptr(BIGNUM) r = BN_new();

    return k && r && cryptodev_openssl_make_r(key->curve, k, r)
           ? cryptodev_openssl_add(computation, r, key->curve->size)
           : CRYPTODEV_ERR;
}

static bool sign_with(const CryptoDevOpensslEcdsaKey *key, CryptoDevOperand k,
                      CryptoDevOperand digest, BIGNUM *r, BIGNUM *s)
{
    const CryptoDevOpensslOrder *order = &key->curve->order;
    g_autoptr(BIGNUM) value = cryptodev_openssl_read_scalar(order, k);
    g_autoptr(BIGNUM) z = cryptodev_openssl_digest(order, digest);

    return value && z && cryptodev_openssl_make_r(key->curve, value, r) &&
           cryptodev_openssl_make_s(order, key->private, value, r, z, s);
}

static CryptoDevStatus add_signature(const CryptoDevOpensslEcdsaKey *key,
                                     const BIGNUM *r, const BIGNUM *s,
                                     CryptoDevComputation *computation)
{
    size_t size = key->curve->size;

    if (cryptodev_openssl_add(computation, r, size) != CRYPTODEV_OK) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_openssl_add(computation, s, size);
}

/* With the caller's per-message secret */
static CryptoDevStatus sign_rs(const CryptoDevOpensslEcdsaKey *key,
                               CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    g_autoptr(BIGNUM) r = BN_new();
    g_autoptr(BIGNUM) s = BN_new();

    return r && s && sign_with(key, operands[0], operands[1], r, s)
           ? add_signature(key, r, s, computation) : CRYPTODEV_ERR;
}

/* Whether the per-message secret is to be made here */
static bool makes_nonce(const CryptoDevComputation *computation)
{
    return computation->operation == CRYPTODEV_ECDSA_SIGN_RS &&
           !computation->operands[0].len;
}

/* Computations that makes_nonce() is true of: one, or several of a kind */
static void sign_all(CryptoDevComputation *const *computations, size_t n)
{
    CryptoDevOpensslSignature signatures[CRYPTODEV_TOGETHER_MAX];

    for (size_t i = 0; i < n; i++) {
        signatures[i].x = key_of(computations[i]->session)->private;
        signatures[i].digest = computations[i]->operands[1];
    }
    cryptodev_openssl_sign(key_of(computations[0]->session)->curve, signatures,
                           n);
    for (size_t i = 0; i < n; i++) {
        computations[i]->status = signatures[i].r
            ? add_signature(key_of(computations[i]->session), signatures[i].r,
                            signatures[i].s, computations[i])
            : CRYPTODEV_ERR;
        BN_clear_free(signatures[i].r);
        BN_clear_free(signatures[i].s);
    }
}

/* OpenSSL takes signatures encoded; what does not fit is none. */
static CryptoDevStatus verify_rs(CryptoDevOpensslEcdsaKey *key,
                                 CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    const BIGNUM *n = key->curve->order.n;
    g_autoptr(BIGNUM) r = cryptodev_openssl_read(operands[1]);
    g_autoptr(BIGNUM) s = cryptodev_openssl_read(operands[2]);
    uint8_t der[CRYPTODEV_SIGNATURE_MAX];
    CryptoDevStatus status = CRYPTODEV_KEY_REJECTED;

    if (!r || !s || !cryptodev_openssl_ecdsa_ready(key)) {
        return CRYPTODEV_ERR;
    }
    if (BN_cmp(r, n) < 0 && BN_cmp(s, n) < 0) {
        size_t len = cryptodev_openssl_encode(r, s, der);

        status = len ? cryptodev_openssl_ecdsa_verify(
                           key, operands[0], (CryptoDevOperand) { der, len })
                     : CRYPTODEV_ERR;
    }
    return cryptodev_computation_add_verdict(computation, status);
}

static CryptoDevStatus compute(CryptoDevComputation *computation)
{
    CryptoDevOpensslEcdsaKey *key = key_of(computation->session);

    switch (computation->operation) {
    case CRYPTODEV_ECDSA_SIGN_R:
        return sign_r(key, computation);
    case CRYPTODEV_ECDSA_SIGN_S:
        return cryptodev_openssl_add_s(computation, &key->curve->order,
                                       key->private);
    case CRYPTODEV_ECDSA_SIGN_RS:
        return sign_rs(key, computation);
    default:
        return verify_rs(key, computation);
    }
}

static void service_compute_batch(CryptoDevBackend *backend,
                                  CryptoDevComputation **computations, size_t n)
{
    if (makes_nonce(computations[0])) {
        sign_all(computations, n);
    } else {
        computations[0]->status = compute(computations[0]);
    }
}

static uint32_t service_kind(const CryptoDevOp *op,
                             const CryptoDevComputation *computation)
{
    return makes_nonce(computation)
           ? kind_on(key_of(computation->session)->curve) : 0;
}

const CryptoDevDriver cryptodev_openssl_ecdsa_service = {
    .service = CRYPTODEV_SERVICE_ECDSA,
    .has = service_has,
    .create = service_create,
    .destroy = ecdsa_destroy,
    .route = ecdsa_route,
    .compute_batch = service_compute_batch,
    .kind = service_kind,
};
