/*
 * The OpenSSL backend: DSA, FIPS 186-4, signatures and single operations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "drivers.h"
#include "dsa-key.h"
#include "dsa-parameters.h"
#include "signature.h"

typedef struct DsaSession {
    CryptoDevSession parent;
    CryptoDevOpensslDsaKey key;
} DsaSession;

static CryptoDevOpensslDsaKey *key_of(CryptoDevSession *session)
{
    return &container_of(session, DsaSession, parent)->key;
}

/* A session without a key */
static CryptoDevSession *session_new(CryptoDevBackend *backend)
{
    DsaSession *session = g_new0(DsaSession, 1);

    cryptodev_openssl_dsa_init(&session->key,
                               cryptodev_openssl_context(backend),
                               cryptodev_primitives(backend));
    return &session->parent;
}

static void dsa_destroy(CryptoDevSession *parent)
{
    DsaSession *session = container_of(parent, DsaSession, parent);

    cryptodev_openssl_dsa_destroy(&session->key);
    g_free(session);
}

static bool dsa_has(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_AKCIPHER_DSA &&
           cryptodev_openssl_computes(backend);
}

static CryptoDevStatus dsa_create(CryptoDevBackend *backend,
                                  const CryptoDevSessionParams *params,
                                  CryptoDevSession **session)
{
    CryptoDevOperand der = { params->key, params->key_len };
    CryptoDevDsaParts parts;

    if (!cryptodev_dsa_parts_read(&parts, der, params->akcipher.private_key)) {
        return CRYPTODEV_ERR;
    }
    *session = session_new(backend);
    return cryptodev_openssl_dsa_set(key_of(*session), &parts);
}

static CryptoDevStatus sign(const CryptoDevOpensslDsaKey *key, CryptoDevOp *op)
{
    uint8_t bytes[CRYPTODEV_DIGEST_MAX];
    g_autoptr(BIGNUM) r = BN_new();
    g_autoptr(BIGNUM) s = BN_new();

    return key->x && r && s && cryptodev_openssl_has_digest(op) &&
           cryptodev_openssl_dsa_sign(
               key, cryptodev_openssl_read_digest(op, bytes), r, s)
           ? cryptodev_openssl_write_signature(op, r, s) : CRYPTODEV_ERR;
}

static CryptoDevStatus verify(const CryptoDevOpensslDsaKey *key,
                              const CryptoDevOp *op)
{
    uint8_t bytes[CRYPTODEV_DIGEST_MAX];
    g_autoptr(BIGNUM) r = NULL;
    g_autoptr(BIGNUM) s = NULL;

    if (!cryptodev_openssl_has_digest(op)) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_openssl_decode(op->signature, &r, &s)
           ? cryptodev_openssl_dsa_verify(
                 key, cryptodev_openssl_read_digest(op, bytes), r, s)
           : CRYPTODEV_KEY_REJECTED;
}

static CryptoDevStatus run(CryptoDevOpensslDsaKey *key, CryptoDevOp *op)
{
    if (!cryptodev_openssl_dsa_ready(key)) {
        return CRYPTODEV_ERR;
    }
    switch (op->type) {
    case CRYPTODEV_OP_SIGN:
        return sign(key, op);
    case CRYPTODEV_OP_VERIFY:
        return verify(key, op);
    default:
        return CRYPTODEV_NOTSUPP;
    }
}

static void dsa_run(CryptoDevSession *session, CryptoDevOp *op)
{
    op->status = run(key_of(session), op);
    ERR_clear_error();
}

const CryptoDevDriver cryptodev_openssl_dsa = {
    .service = CRYPTODEV_SERVICE_AKCIPHER,
    .has = dsa_has,
    .create = dsa_create,
    .destroy = dsa_destroy,
    .run = dsa_run,
};

static bool service_has(CryptoDevBackend *backend, uint32_t operation)
{
    return cryptodev_openssl_computes(backend);
}

/* The numbers that the session's operation takes */
static CryptoDevDsaParts parts_of(const CryptoDevSessionParams *params)
{
    const CryptoDevOperand *operands = params->compute.operands;
    CryptoDevDsaParts parts = { };

    switch (params->algo) {
    case CRYPTODEV_DSA_GENERATE_Y:
        return (CryptoDevDsaParts) { .p = operands[0], .g = operands[1] };
    case CRYPTODEV_DSA_SIGN_S:
        return (CryptoDevDsaParts) { .q = operands[0], .x = operands[1] };
    case CRYPTODEV_DSA_SIGN_RS:
        parts.x = operands[3];
        break;
    case CRYPTODEV_DSA_VERIFY:
        parts.y = operands[3];
        break;
    default:
        break;
    }
    parts.p = operands[0];
    parts.q = operands[1];
    parts.g = operands[2];
    return parts;
}

static CryptoDevStatus service_create(CryptoDevBackend *backend,
                                      const CryptoDevSessionParams *params,
                                      CryptoDevSession **session)
{
    CryptoDevDsaParts parts = parts_of(params);

    *session = session_new(backend);
    return cryptodev_openssl_dsa_set(key_of(*session), &parts);
}

static CryptoDevStatus generate_y(const CryptoDevOpensslDsaKey *key,
                                  CryptoDevComputation *computation)
{
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(key->order.context);
    g_autoptr(BIGNUM) x =
        cryptodev_openssl_read_secret(computation->operands[0]);
    g_autoptr(BIGNUM) y = BN_new();

    return work && x && y && !BN_is_zero(x) &&
           cryptodev_openssl_power(y, key->g, x, key->p, key->p_mont, work)
           ? cryptodev_openssl_add(computation, y, BN_num_bytes(key->p))
           : CRYPTODEV_ERR;
}

static CryptoDevStatus sign_r(const CryptoDevOpensslDsaKey *key,
                              CryptoDevComputation *computation)
{
    g_autoptr(BIGNUM) k =
        cryptodev_openssl_read_scalar(&key->order, computation->operands[0]);
    g_autoptr(BIGNUM) r = BN_new();

    return k && r && cryptodev_openssl_dsa_make_r(key, k, r) &&
           !BN_is_zero(r)
           ? cryptodev_openssl_add(computation, r, key->order.size)
           : CRYPTODEV_ERR;
}

static bool sign_with(const CryptoDevOpensslDsaKey *key, CryptoDevOperand k,
                      CryptoDevOperand digest, BIGNUM *r, BIGNUM *s)
{
    g_autoptr(BIGNUM) value = cryptodev_openssl_read_scalar(&key->order, k);
    g_autoptr(BIGNUM) z = cryptodev_openssl_digest(&key->order, digest);

    return value && z && cryptodev_openssl_dsa_make_r(key, value, r) &&
           !BN_is_zero(r) &&
           cryptodev_openssl_make_s(&key->order, key->x, value, r, z, s);
}

static CryptoDevStatus sign_rs(const CryptoDevOpensslDsaKey *key,
                               CryptoDevComputation *computation)
{
    CryptoDevOperand k = computation->operands[0];
    CryptoDevOperand digest = computation->operands[1];
    size_t size = key->order.size;
    g_autoptr(BIGNUM) r = BN_new();
    g_autoptr(BIGNUM) s = BN_new();
    bool ok = r && s &&
              (k.len ? sign_with(key, k, digest, r, s)
                     : cryptodev_openssl_dsa_sign(key, digest, r, s));

    if (!ok || cryptodev_openssl_add(computation, r, size) != CRYPTODEV_OK) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_openssl_add(computation, s, size);
}

static CryptoDevStatus verify_rs(const CryptoDevOpensslDsaKey *key,
                                 CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    g_autoptr(BIGNUM) r = cryptodev_openssl_read(operands[1]);
    g_autoptr(BIGNUM) s = cryptodev_openssl_read(operands[2]);

    return r && s
           ? cryptodev_computation_add_verdict(
                 computation,
                 cryptodev_openssl_dsa_verify(key, operands[0], r, s))
           : CRYPTODEV_ERR;
}

/* The operations of sessions with P, Q and G */
static CryptoDevStatus compute_in_group(CryptoDevOpensslDsaKey *key,
                                        CryptoDevComputation *computation)
{
    if (!cryptodev_openssl_dsa_ready(key)) {
        return CRYPTODEV_ERR;
    }
    switch (computation->operation) {
    case CRYPTODEV_DSA_SIGN_R:
        return sign_r(key, computation);
    case CRYPTODEV_DSA_SIGN_RS:
        return sign_rs(key, computation);
    default:
        return verify_rs(key, computation);
    }
}

static CryptoDevStatus compute(OSSL_LIB_CTX *context,
                               CryptoDevComputation *computation)
{
    switch (computation->operation) {
    case CRYPTODEV_DSA_GENERATE_P:
        return cryptodev_openssl_dsa_generate_p(context, computation);
    case CRYPTODEV_DSA_GENERATE_G:
        return cryptodev_openssl_dsa_generate_g(context, computation);
    case CRYPTODEV_DSA_GENERATE_Y:
        return generate_y(key_of(computation->session), computation);
    case CRYPTODEV_DSA_SIGN_S:
        return cryptodev_openssl_add_s(computation,
                                       &key_of(computation->session)->order,
                                       key_of(computation->session)->x);
    default:
        return compute_in_group(key_of(computation->session), computation);
    }
}

static CryptoDevStatus service_compute(CryptoDevBackend *backend,
                                       CryptoDevComputation *computation)
{
    CryptoDevStatus status = compute(cryptodev_openssl_context(backend),
                                     computation);

    ERR_clear_error();
    return status;
}

const CryptoDevDriver cryptodev_openssl_dsa_service = {
    .service = CRYPTODEV_SERVICE_DSA,
    .has = service_has,
    .create = service_create,
    .destroy = dsa_destroy,
    .compute = service_compute,
};
