/*
 * The libgcrypt backend: ECDSA, FIPS 186-5, signatures and single operations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "ecdsa-key.h"
#include "../cryptodev/common/late.h"

/*
 * The key has the parts that the session's operation needs; only that of
 * CRYPTODEV_SERVICE_AKCIPHER has to be checked.
 */
typedef struct EcdsaSession {
    CryptoDevSession parent;
    CryptoDevLateCheck check;
    CryptoDevEcdsaKey key;
} EcdsaSession;

static bool service_has(CryptoDevBackend *backend, uint32_t operation)
{
    return cryptodev_gcrypt_has_secure_memory(backend, operation) &&
           !gcry_pk_test_algo(GCRY_PK_ECC);
}

static bool ecdsa_has(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_AKCIPHER_ECDSA && service_has(backend, algo);
}

static void ecdsa_destroy(CryptoDevSession *parent)
{
    EcdsaSession *session = container_of(parent, EcdsaSession, parent);

    cryptodev_ecdsa_key_destroy(&session->key);
    cryptodev_late_check_destroy(&session->check);
    g_free(session);
}

static bool check_key(void *opaque)
{
    return cryptodev_ecdsa_key_check(opaque);
}

static CryptoDevStatus ecdsa_create(CryptoDevBackend *backend,
                                    const CryptoDevSessionParams *params,
                                    CryptoDevSession **parent)
{
    EcdsaSession *session = g_new0(EcdsaSession, 1);

    *parent = &session->parent;
    cryptodev_late_check_init(&session->check);
    return cryptodev_ecdsa_key_init(&session->key, params->akcipher.curve,
                                    params->key, params->key_len,
                                    params->akcipher.private_key);
}

static void ecdsa_run(CryptoDevSession *parent, CryptoDevOp *op)
{
    EcdsaSession *session = container_of(parent, EcdsaSession, parent);
    g_autoptr(CryptoDevGcryptCurve) curve =
        cryptodev_curve_open(session->key.curve);

    if (curve &&
        cryptodev_late_check(&session->check, check_key, &session->key)) {
        CryptoDevSignGroup group = cryptodev_ecdsa_group(curve);

        cryptodev_signature_run(&session->key.signature, &group, op);
    } else {
        op->status = CRYPTODEV_ERR;
    }
}

const CryptoDevDriver cryptodev_gcrypt_ecdsa = {
    .service = CRYPTODEV_SERVICE_AKCIPHER,
    .has = ecdsa_has,
    .create = ecdsa_create,
    .destroy = ecdsa_destroy,
    .run = ecdsa_run,
};

static CryptoDevStatus read_public(CryptoDevEcdsaKey *key,
                                   const CryptoDevGcryptCurve *curve,
                                   const CryptoDevOperand *coordinates)
{
    uint8_t point[CRYPTODEV_EC_POINT_MAX];
    size_t len = cryptodev_ec_point_join(point, coordinates, curve->size);

    return cryptodev_ecdsa_key_init(key, key->curve, point, len, false);
}

static CryptoDevStatus read_key(CryptoDevEcdsaKey *key,
                                const CryptoDevSessionParams *params)
{
    const CryptoDevOperand *operands = params->compute.operands;
    g_autoptr(CryptoDevGcryptCurve) curve = NULL;

    key->curve = cryptodev_operand_number(operands[0]);
    curve = cryptodev_curve_open(key->curve);
    if (!curve) {
        return CRYPTODEV_NOTSUPP;
    }
    switch (params->algo) {
    case CRYPTODEV_ECDSA_SIGN_S:
    case CRYPTODEV_ECDSA_SIGN_RS:
        key->signature.private = cryptodev_curve_read_scalar(curve,
                                                             operands[1]);
        return key->signature.private ? CRYPTODEV_OK : CRYPTODEV_ERR;
    case CRYPTODEV_ECDSA_VERIFY:
        return read_public(key, curve, operands + 1);
    default:
        return CRYPTODEV_OK;
    }
}

static CryptoDevStatus service_create(CryptoDevBackend *backend,
                                      const CryptoDevSessionParams *params,
                                      CryptoDevSession **parent)
{
    EcdsaSession *session = g_new0(EcdsaSession, 1);

    *parent = &session->parent;
    cryptodev_late_check_init(&session->check);
    return read_key(&session->key, params);
}

static CryptoDevStatus service_compute(CryptoDevBackend *backend,
                                       CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    const EcdsaSession *session =
        container_of(computation->session, EcdsaSession, parent);
    const CryptoDevSignatureKey *key = &session->key.signature;
    g_autoptr(CryptoDevGcryptCurve) curve = NULL;
    CryptoDevSignGroup group;

    if (computation->operation == CRYPTODEV_ECDSA_VERIFY) {
        return cryptodev_signature_compute_verdict(key, computation);
    }
    curve = cryptodev_curve_open(session->key.curve);
    if (!curve) {
        return CRYPTODEV_ERR;
    }
    group = cryptodev_ecdsa_group(curve);
    switch (computation->operation) {
    case CRYPTODEV_ECDSA_SIGN_R:
        return cryptodev_sign_add_r(computation, &group, operands[0]);
    case CRYPTODEV_ECDSA_SIGN_S:
        return cryptodev_sign_add_s(computation, &group, key->private,
                                    operands[0], operands[1], operands[2]);
    default:
        return cryptodev_sign_add_rs(computation, &group, key->private,
                                     operands[0], operands[1]);
    }
}

const CryptoDevDriver cryptodev_gcrypt_ecdsa_service = {
    .service = CRYPTODEV_SERVICE_ECDSA,
    .has = service_has,
    .create = service_create,
    .destroy = ecdsa_destroy,
    .compute = service_compute,
};
