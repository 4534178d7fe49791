/*
 * The libgcrypt backend: points of elliptic curves
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "curve.h"
#include "../cryptodev/common/late.h"
#include "montgomery.h"

/* A curve by its parameters; @h is NULL where the operation takes none. */
typedef struct EcSession {
    CryptoDevSession parent;
    CryptoDevLateCheck check;
    gcry_mpi_t p;
    gcry_mpi_t a;
    gcry_mpi_t b;
    gcry_mpi_t h;
} EcSession;

static void ec_destroy(CryptoDevSession *parent)
{
    EcSession *session = container_of(parent, EcSession, parent);

    gcry_mpi_release(session->p);
    gcry_mpi_release(session->a);
    gcry_mpi_release(session->b);
    gcry_mpi_release(session->h);
    cryptodev_late_check_destroy(&session->check);
    g_free(session);
}

/* Whether 4 a^3 + 27 b^2 is not zero, so that no point is singular */
static bool is_smooth(const EcSession *session)
{
    g_auto(gcry_mpi_t) cube = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) square = gcry_mpi_new(0);

    gcry_mpi_mulm(cube, session->a, session->a, session->p);
    gcry_mpi_mulm(cube, cube, session->a, session->p);
    gcry_mpi_mul_ui(cube, cube, 4);
    gcry_mpi_mulm(square, session->b, session->b, session->p);
    gcry_mpi_mul_ui(square, square, 27);
    gcry_mpi_addm(cube, cube, square, session->p);
    return gcry_mpi_cmp_ui(cube, 0) != 0;
}

static bool check_curve(const EcSession *session)
{
    return cryptodev_integer_is_odd(session->p) &&
           gcry_mpi_cmp(session->a, session->p) < 0 &&
           gcry_mpi_cmp(session->b, session->p) < 0 && is_smooth(session);
}

/* A cofactor that is left out is 1. */
static gcry_mpi_t read_cofactor(CryptoDevOperand operand)
{
    return operand.len ? cryptodev_integer_read(operand, false)
                       : gcry_mpi_set_ui(NULL, 1);
}

static bool read_session(EcSession *session,
                         const CryptoDevSessionParams *params)
{
    const CryptoDevOperand *operands = params->compute.operands;

    session->p = cryptodev_integer_read(operands[0], false);
    session->a = cryptodev_integer_read(operands[1], false);
    session->b = cryptodev_integer_read(operands[2], false);
    if (params->algo == CRYPTODEV_EC_MULTIPLY_WITH) {
        session->h = read_cofactor(operands[3]);
        if (!session->h || gcry_mpi_cmp_ui(session->h, 0) == 0) {
            return false;
        }
    }
    return session->p && session->a && session->b && check_curve(session);
}

static CryptoDevStatus ec_create(CryptoDevBackend *backend,
                                 const CryptoDevSessionParams *params,
                                 CryptoDevSession **parent)
{
    EcSession *session = g_new0(EcSession, 1);

    *parent = &session->parent;
    cryptodev_late_check_init(&session->check);
    return read_session(session, params) ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

/* Modulo a composite number, an inverse may not exist. */
static bool check_prime(void *opaque)
{
    return !gcry_prime_check(opaque, 0);
}

static CryptoDevGcryptCurve *open_session_curve(CryptoDevComputation *c)
{
    EcSession *session = container_of(c->session, EcSession, parent);

    return cryptodev_late_check(&session->check, check_prime, session->p)
           ? cryptodev_curve_open_with(session->p, session->a, session->b)
           : NULL;
}

static CryptoDevStatus multiply_named(CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    CryptoDevCurve id = cryptodev_operand_number(operands[0]);
    CryptoDevOperand x = operands[2], y = operands[3];
    g_autoptr(CryptoDevGcryptCurve) curve = NULL;
    g_auto(gcry_mpi_t) k = NULL;
    g_auto(gcry_mpi_point_t) point = NULL;

    if (cryptodev_montgomery_len(id)) {
        return y.len ? CRYPTODEV_ERR
               : cryptodev_montgomery_add_product(computation, id,
                                                  operands[1], x);
    }
    curve = cryptodev_curve_open(id);
    if (!curve) {
        return CRYPTODEV_NOTSUPP;
    }
    k = cryptodev_curve_read_scalar(curve, operands[1]);
    if (x.len || y.len) {
        point = x.len && y.len ? cryptodev_curve_read_point(curve, x, y) : NULL;
        if (!point) {
            return CRYPTODEV_ERR;
        }
    }
    return k ? cryptodev_curve_add_product(computation, curve, k, point)
             : CRYPTODEV_ERR;
}

static CryptoDevStatus multiply_with(CryptoDevComputation *computation)
{
    const EcSession *session =
        container_of(computation->session, EcSession, parent);
    const CryptoDevOperand *operands = computation->operands;
    g_autoptr(CryptoDevGcryptCurve) curve = open_session_curve(computation);
    g_auto(gcry_mpi_t) k = cryptodev_integer_read(operands[0], true);
    g_auto(gcry_mpi_point_t) point = NULL;

    if (!curve || !k) {
        return CRYPTODEV_ERR;
    }
    point = cryptodev_curve_read_point(curve, operands[1], operands[2]);
    if (!point) {
        return CRYPTODEV_ERR;
    }
    gcry_mpi_mul(k, k, session->h);
    return cryptodev_curve_add_product(computation, curve, k, point);
}

static CryptoDevStatus verify(CryptoDevComputation *computation,
                              CryptoDevGcryptCurve *curve,
                              const CryptoDevOperand *coordinates)
{
    g_auto(gcry_mpi_point_t) point =
        cryptodev_curve_read_point(curve, coordinates[0], coordinates[1]);

    return cryptodev_computation_add_bool(computation, point);
}

static CryptoDevStatus verify_named(CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    g_autoptr(CryptoDevGcryptCurve) curve =
        cryptodev_curve_open(cryptodev_operand_number(operands[0]));

    return curve ? verify(computation, curve, operands + 1)
                 : CRYPTODEV_NOTSUPP;
}

static CryptoDevStatus verify_with(CryptoDevComputation *computation)
{
    g_autoptr(CryptoDevGcryptCurve) curve = open_session_curve(computation);

    return curve ? verify(computation, curve, computation->operands)
                 : CRYPTODEV_ERR;
}

static CryptoDevStatus ec_compute(CryptoDevBackend *backend,
                                  CryptoDevComputation *computation)
{
    switch (computation->operation) {
    case CRYPTODEV_EC_MULTIPLY:
        return multiply_named(computation);
    case CRYPTODEV_EC_MULTIPLY_WITH:
        return multiply_with(computation);
    case CRYPTODEV_EC_VERIFY:
        return verify_named(computation);
    default:
        return verify_with(computation);
    }
}

const CryptoDevDriver cryptodev_gcrypt_ec = {
    .service = CRYPTODEV_SERVICE_EC,
    .has = cryptodev_gcrypt_has_secure_memory,
    .create = ec_create,
    .destroy = ec_destroy,
    .compute = ec_compute,
};
