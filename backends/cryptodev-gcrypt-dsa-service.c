/*
 * The libgcrypt backend: the operations of DSA, FIPS 186-4
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cryptodev-gcrypt.h"
#include "cryptodev-gcrypt-dsa-key.h"
#include "cryptodev-gcrypt-dsa-parameters.h"
#include "cryptodev-gcrypt-sign.h"

/**
 * DsaSession:
 * @x: the private key, in secure memory
 * @key: the public key, to verify
 *
 * Numbers that the session's operation does not take are NULL.
 */
typedef struct DsaSession {
    CryptoDevSession parent;
    gcry_mpi_t p;
    gcry_mpi_t q;
    gcry_mpi_t g;
    gcry_mpi_t x;
    CryptoDevSignatureKey key;
} DsaSession;

static void dsa_add_capabilities(GArray *capabilities)
{
    if (!gcry_pk_test_algo(GCRY_PK_DSA)) {
        cryptodev_add_operations(capabilities, CRYPTODEV_SERVICE_DSA,
                                 CRYPTODEV_OPERATIONS_ALL);
    }
}

static void dsa_destroy(CryptoDevSession *parent)
{
    DsaSession *session = container_of(parent, DsaSession, parent);

    gcry_mpi_release(session->p);
    gcry_mpi_release(session->q);
    gcry_mpi_release(session->g);
    gcry_mpi_release(session->x);
    cryptodev_signature_key_destroy(&session->key);
    g_free(session);
}

static bool read_group(DsaSession *session, const CryptoDevOperand *operands)
{
    session->p = cryptodev_integer_read(operands[0], false);
    session->q = cryptodev_integer_read(operands[1], false);
    session->g = cryptodev_integer_read(operands[2], false);
    return session->p && session->q && session->g &&
           cryptodev_dsa_check_group(session->p, session->q, session->g);
}

static bool read_private(DsaSession *session, CryptoDevOperand operand)
{
    session->x = cryptodev_integer_read(operand, true);
    return session->x &&
           cryptodev_integer_is_between(0, session->x, session->q);
}

static bool read_public(DsaSession *session, CryptoDevOperand operand)
{
    g_auto(gcry_mpi_t) y = cryptodev_integer_read(operand, false);

    return y && cryptodev_dsa_key_from_integers(&session->key, session->p,
                                                session->q, session->g, y);
}

static bool read_session(DsaSession *session,
                         const CryptoDevSessionParams *params)
{
    const CryptoDevOperand *operands = params->compute.operands;

    switch (params->algo) {
    case CRYPTODEV_DSA_GENERATE_Y:
        session->p = cryptodev_integer_read(operands[0], false);
        session->g = cryptodev_integer_read(operands[1], false);
        return session->p && session->g &&
               cryptodev_integer_is_odd(session->p) &&
               cryptodev_integer_is_between(1, session->g, session->p);
    case CRYPTODEV_DSA_SIGN_S:
        session->q = cryptodev_integer_read(operands[0], false);
        return session->q && cryptodev_integer_is_odd(session->q) &&
               read_private(session, operands[1]);
    case CRYPTODEV_DSA_SIGN_RS:
        return read_group(session, operands) &&
               read_private(session, operands[3]);
    case CRYPTODEV_DSA_VERIFY:
        return read_group(session, operands) &&
               read_public(session, operands[3]);
    default:
        return read_group(session, operands);
    }
}

static CryptoDevStatus dsa_create(const CryptoDevSessionParams *params,
                                  CryptoDevSession **parent)
{
    DsaSession *session = g_new0(DsaSession, 1);

    if (!read_session(session, params)) {
        dsa_destroy(&session->parent);
        return CRYPTODEV_ERR;
    }
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

static CryptoDevStatus generate_y(const DsaSession *session,
                                  CryptoDevComputation *computation)
{
    g_auto(gcry_mpi_t) x =
        cryptodev_integer_read(computation->operands[0], true);
    g_auto(gcry_mpi_t) y = gcry_mpi_snew(0);

    if (!x || gcry_mpi_cmp_ui(x, 0) == 0) {
        return CRYPTODEV_ERR;
    }
    cryptodev_integer_power(y, session->g, x, session->p);
    return cryptodev_integer_add(computation, y,
                                 cryptodev_integer_len(session->p));
}

/* r = (g^k mod p) mod q */
static bool make_r(void *opaque, gcry_mpi_t k, gcry_mpi_t r)
{
    const DsaSession *session = opaque;

    cryptodev_integer_power(r, session->g, k, session->p);
    gcry_mpi_mod(r, r, session->q);
    return true;
}

static CryptoDevStatus verify(const DsaSession *session,
                              CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    g_auto(gcry_mpi_t) z =
        cryptodev_signature_digest(session->q, operands[0].data,
                                   operands[0].len);
    g_auto(gcry_mpi_t) r = cryptodev_integer_read(operands[1], false);
    g_auto(gcry_mpi_t) s = cryptodev_integer_read(operands[2], false);

    return z && r && s
           ? cryptodev_signature_add_verdict(
                 computation,
                 cryptodev_signature_verify(&session->key, z, r, s))
           : CRYPTODEV_ERR;
}

static CryptoDevStatus dsa_compute(CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    DsaSession *session =
        container_of(computation->session, DsaSession, parent);
    CryptoDevSignGroup group = { .make_r = make_r, .opaque = session };

    switch (computation->operation) {
    case CRYPTODEV_DSA_GENERATE_P:
        return cryptodev_dsa_generate_p(computation);
    case CRYPTODEV_DSA_GENERATE_G:
        return cryptodev_dsa_generate_g(computation);
    case CRYPTODEV_DSA_GENERATE_Y:
        return generate_y(session, computation);
    case CRYPTODEV_DSA_VERIFY:
        return verify(session, computation);
    }
    group.q = session->q;
    switch (computation->operation) {
    case CRYPTODEV_DSA_SIGN_R:
        return cryptodev_sign_add_r(computation, &group, operands[0]);
    case CRYPTODEV_DSA_SIGN_S:
        return cryptodev_sign_add_s(computation, &group, session->x,
                                    operands[0], operands[1], operands[2]);
    default:
        return cryptodev_sign_add_rs(computation, &group, session->x,
                                     operands[0], operands[1]);
    }
}

const CryptoDevGcryptDriver cryptodev_gcrypt_dsa_service = {
    .takes_secure_memory = true,
    .add_capabilities = dsa_add_capabilities,
    .create = dsa_create,
    .destroy = dsa_destroy,
    .compute = dsa_compute,
};
