/*
 * The libgcrypt backend: the operations of ECDSA, FIPS 186-5
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cryptodev-gcrypt.h"
#include "cryptodev-gcrypt-curve.h"
#include "cryptodev-gcrypt-ecdsa-key.h"
#include "cryptodev-gcrypt-sign.h"

/* An uncompressed point of P-521: SEC 1, section 2.3.3 */
#define POINT_MAX (1 + 2 * 66)
#define UNCOMPRESSED 4

/**
 * EcdsaSession:
 * @d: the private key, in secure memory; NULL where there is none
 * @key: the public key, to verify
 */
typedef struct EcdsaSession {
    CryptoDevSession parent;
    CryptoDevCurve curve;
    gcry_mpi_t d;
    CryptoDevSignatureKey key;
} EcdsaSession;

static void ecdsa_add_capabilities(GArray *capabilities)
{
    if (!gcry_pk_test_algo(GCRY_PK_ECC)) {
        cryptodev_add_operations(capabilities, CRYPTODEV_SERVICE_ECDSA,
                                 CRYPTODEV_OPERATIONS_ALL);
    }
}

static void ecdsa_destroy(CryptoDevSession *parent)
{
    EcdsaSession *session = container_of(parent, EcdsaSession, parent);

    gcry_mpi_release(session->d);
    cryptodev_signature_key_destroy(&session->key);
    g_free(session);
}

/* Put the coordinates into the form of a point that a key is read from. */
static CryptoDevStatus read_public(EcdsaSession *session,
                                   const CryptoDevGcryptCurve *curve,
                                   const CryptoDevOperand *coordinates)
{
    g_auto(gcry_mpi_t) x = cryptodev_integer_read(coordinates[0], false);
    g_auto(gcry_mpi_t) y = cryptodev_integer_read(coordinates[1], false);
    uint8_t point[POINT_MAX];

    point[0] = UNCOMPRESSED;
    if (!x || !y ||
        !cryptodev_integer_write(x, point + 1, curve->size) ||
        !cryptodev_integer_write(y, point + 1 + curve->size, curve->size)) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_ecdsa_key_init(&session->key, session->curve, point,
                                    1 + 2 * curve->size, false);
}

static CryptoDevStatus read_session(EcdsaSession *session,
                                    const CryptoDevSessionParams *params)
{
    const CryptoDevOperand *operands = params->compute.operands;
    g_autoptr(CryptoDevGcryptCurve) curve = NULL;

    session->curve = cryptodev_operand_number(operands[0]);
    curve = cryptodev_curve_open(session->curve);
    if (!curve) {
        return CRYPTODEV_NOTSUPP;
    }
    switch (params->algo) {
    case CRYPTODEV_ECDSA_SIGN_S:
    case CRYPTODEV_ECDSA_SIGN_RS:
        session->d = cryptodev_curve_read_scalar(curve, operands[1]);
        return session->d ? CRYPTODEV_OK : CRYPTODEV_ERR;
    case CRYPTODEV_ECDSA_VERIFY:
        return read_public(session, curve, operands + 1);
    default:
        return CRYPTODEV_OK;
    }
}

static CryptoDevStatus ecdsa_create(const CryptoDevSessionParams *params,
                                    CryptoDevSession **parent)
{
    EcdsaSession *session = g_new0(EcdsaSession, 1);
    CryptoDevStatus status = read_session(session, params);

    if (status != CRYPTODEV_OK) {
        ecdsa_destroy(&session->parent);
        return status;
    }
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

/* r is the first coordinate of k G, modulo n. */
static bool make_r(void *opaque, gcry_mpi_t k, gcry_mpi_t r)
{
    CryptoDevGcryptCurve *curve = opaque;
    g_auto(gcry_mpi_t) y = gcry_mpi_snew(0);

    if (!cryptodev_curve_multiply(curve, k, NULL, r, y)) {
        return false;
    }
    gcry_mpi_mod(r, r, curve->n);
    return true;
}

static CryptoDevStatus verify(const EcdsaSession *session,
                              CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    g_auto(gcry_mpi_t) m =
        cryptodev_signature_digest(session->key.order, operands[0].data,
                                   operands[0].len);
    g_auto(gcry_mpi_t) r = cryptodev_integer_read(operands[1], false);
    g_auto(gcry_mpi_t) s = cryptodev_integer_read(operands[2], false);

    return m && r && s
           ? cryptodev_signature_add_verdict(
                 computation,
                 cryptodev_signature_verify(&session->key, m, r, s))
           : CRYPTODEV_ERR;
}

static CryptoDevStatus ecdsa_compute(CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    const EcdsaSession *session =
        container_of(computation->session, EcdsaSession, parent);
    g_autoptr(CryptoDevGcryptCurve) curve = NULL;
    CryptoDevSignGroup group = { .make_r = make_r };

    if (computation->operation == CRYPTODEV_ECDSA_VERIFY) {
        return verify(session, computation);
    }
    curve = cryptodev_curve_open(session->curve);
    if (!curve) {
        return CRYPTODEV_ERR;
    }
    group.q = curve->n;
    group.opaque = curve;
    switch (computation->operation) {
    case CRYPTODEV_ECDSA_SIGN_R:
        return cryptodev_sign_add_r(computation, &group, operands[0]);
    case CRYPTODEV_ECDSA_SIGN_S:
        return cryptodev_sign_add_s(computation, &group, session->d,
                                    operands[0], operands[1], operands[2]);
    default:
        return cryptodev_sign_add_rs(computation, &group, session->d,
                                     operands[0], operands[1]);
    }
}

const CryptoDevGcryptDriver cryptodev_gcrypt_ecdsa_service = {
    .takes_secure_memory = true,
    .add_capabilities = ecdsa_add_capabilities,
    .create = ecdsa_create,
    .destroy = ecdsa_destroy,
    .compute = ecdsa_compute,
};
