/*
 * The libgcrypt backend: DSA, FIPS 186-4, signatures and single operations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "dsa-key.h"
#include "dsa-parameters.h"
#include "../cryptodev/common/late.h"

/* Numbers that the session's operation does not take are NULL. */
typedef struct DsaSession {
    CryptoDevSession parent;
    CryptoDevLateCheck check;
    CryptoDevDsaKey key;
} DsaSession;

static bool service_has(CryptoDevBackend *backend, uint32_t operation)
{
    return cryptodev_gcrypt_has_secure_memory(backend, operation) &&
           !gcry_pk_test_algo(GCRY_PK_DSA);
}

static bool dsa_has(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_AKCIPHER_DSA && service_has(backend, algo);
}

static void dsa_destroy(CryptoDevSession *parent)
{
    DsaSession *session = container_of(parent, DsaSession, parent);

    cryptodev_dsa_key_destroy(&session->key);
    cryptodev_late_check_destroy(&session->check);
    g_free(session);
}

static bool check_key(void *opaque)
{
    return cryptodev_dsa_key_check(opaque);
}

static CryptoDevStatus dsa_create(CryptoDevBackend *backend,
                                  const CryptoDevSessionParams *params,
                                  CryptoDevSession **parent)
{
    DsaSession *session = g_new0(DsaSession, 1);

    *parent = &session->parent;
    cryptodev_late_check_init(&session->check);
    return cryptodev_dsa_key_init(&session->key, params->key, params->key_len,
                                  params->akcipher.private_key);
}

static void dsa_run(CryptoDevSession *parent, CryptoDevOp *op)
{
    DsaSession *session = container_of(parent, DsaSession, parent);
    CryptoDevSignGroup group = cryptodev_dsa_key_group(&session->key);

    if (cryptodev_late_check(&session->check, check_key, &session->key)) {
        cryptodev_signature_run(&session->key.signature, &group, op);
    } else {
        op->status = CRYPTODEV_ERR;
    }
}

const CryptoDevDriver cryptodev_gcrypt_dsa = {
    .service = CRYPTODEV_SERVICE_AKCIPHER,
    .has = dsa_has,
    .create = dsa_create,
    .destroy = dsa_destroy,
    .run = dsa_run,
};

static bool read_number(gcry_mpi_t *number, CryptoDevOperand operand)
{
    *number = cryptodev_integer_read(operand, false);
    return *number;
}

static bool read_group(CryptoDevDsaKey *key, const CryptoDevOperand *operands)
{
    return read_number(&key->p, operands[0]) &&
           read_number(&key->signature.order, operands[1]) &&
           read_number(&key->g, operands[2]);
}

static bool read_private(CryptoDevDsaKey *key, CryptoDevOperand operand)
{
    key->signature.private = cryptodev_integer_read(operand, true);
    return key->signature.private;
}

/* Read a session that has only Q and X. */
static bool read_sign_s(CryptoDevDsaKey *key, const CryptoDevOperand *operands)
{
    return read_number(&key->signature.order, operands[0]) &&
           cryptodev_integer_is_odd(key->signature.order) &&
           read_private(key, operands[1]) &&
           cryptodev_integer_is_between(0, key->signature.private,
                                        key->signature.order);
}

static bool read_generate_y(CryptoDevDsaKey *key,
                            const CryptoDevOperand *operands)
{
    return read_number(&key->p, operands[0]) &&
           read_number(&key->g, operands[1]) &&
           cryptodev_integer_is_odd(key->p) &&
           cryptodev_integer_is_between(1, key->g, key->p);
}

static bool read_key(CryptoDevDsaKey *key,
                     const CryptoDevSessionParams *params)
{
    const CryptoDevOperand *operands = params->compute.operands;

    switch (params->algo) {
    case CRYPTODEV_DSA_GENERATE_Y:
        return read_generate_y(key, operands);
    case CRYPTODEV_DSA_SIGN_S:
        return read_sign_s(key, operands);
    case CRYPTODEV_DSA_SIGN_RS:
        return read_group(key, operands) && read_private(key, operands[3]) &&
               cryptodev_dsa_key_in_range(key);
    case CRYPTODEV_DSA_VERIFY:
        return read_group(key, operands) &&
               read_number(&key->y, operands[3]) &&
               cryptodev_dsa_key_in_range(key);
    default:
        return read_group(key, operands) && cryptodev_dsa_key_in_range(key);
    }
}

static CryptoDevStatus service_create(CryptoDevBackend *backend,
                                      const CryptoDevSessionParams *params,
                                      CryptoDevSession **parent)
{
    DsaSession *session = g_new0(DsaSession, 1);

    *parent = &session->parent;
    session->key.signature.name = "dsa";
    cryptodev_late_check_init(&session->check);
    return read_key(&session->key, params) ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static CryptoDevStatus generate_y(const CryptoDevDsaKey *key,
                                  CryptoDevComputation *computation)
{
    g_auto(gcry_mpi_t) x =
        cryptodev_integer_read(computation->operands[0], true);
    g_auto(gcry_mpi_t) y = gcry_mpi_snew(0);

    if (!x || gcry_mpi_cmp_ui(x, 0) == 0) {
        return CRYPTODEV_ERR;
    }
    cryptodev_integer_power(y, key->g, x, key->p);
    return cryptodev_integer_add(computation, y,
                                 cryptodev_integer_len(key->p));
}

/* The operations of sessions with P, Q and G */
static CryptoDevStatus compute_in_group(DsaSession *session,
                                        CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    CryptoDevSignatureKey *key = &session->key.signature;
    CryptoDevSignGroup group = cryptodev_dsa_key_group(&session->key);

    if (!cryptodev_late_check(&session->check, check_key, &session->key)) {
        return CRYPTODEV_ERR;
    }
    switch (computation->operation) {
    case CRYPTODEV_DSA_SIGN_R:
        return cryptodev_sign_add_r(computation, &group, operands[0]);
    case CRYPTODEV_DSA_SIGN_RS:
        return cryptodev_sign_add_rs(computation, &group, key->private,
                                     operands[0], operands[1]);
    default:
        return cryptodev_signature_compute_verdict(key, computation);
    }
}

static CryptoDevStatus sign_s(const CryptoDevDsaKey *key,
                              CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    CryptoDevSignGroup group = { .q = key->signature.order };

    return cryptodev_sign_add_s(computation, &group, key->signature.private,
                                operands[0], operands[1], operands[2]);
}

static CryptoDevStatus service_compute(CryptoDevBackend *backend,
                                       CryptoDevComputation *computation)
{
    DsaSession *session =
        container_of(computation->session, DsaSession, parent);

    switch (computation->operation) {
    case CRYPTODEV_DSA_GENERATE_P:
        return cryptodev_dsa_generate_p(computation);
    case CRYPTODEV_DSA_GENERATE_G:
        return cryptodev_dsa_generate_g(computation);
    case CRYPTODEV_DSA_GENERATE_Y:
        return generate_y(&session->key, computation);
    case CRYPTODEV_DSA_SIGN_S:
        return sign_s(&session->key, computation);
    default:
        return compute_in_group(session, computation);
    }
}

const CryptoDevDriver cryptodev_gcrypt_dsa_service = {
    .service = CRYPTODEV_SERVICE_DSA,
    .has = service_has,
    .create = service_create,
    .destroy = dsa_destroy,
    .compute = service_compute,
};
