/*
 * The OpenSSL backend: points of elliptic curves
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Curves by parameters are the base's: without the order of a point, which is
 * no parameter, OpenSSL's time to multiply it depends on the number.  So are
 * Ed25519 and Ed448, whose points OpenSSL does not give access to.
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "../cryptodev/common/montgomery.h"
#include "drivers.h"
#include "montgomery.h"

static bool ec_has(CryptoDevBackend *backend, uint32_t operation)
{
    return (operation == CRYPTODEV_EC_MULTIPLY ||
            operation == CRYPTODEV_EC_VERIFY) &&
           cryptodev_openssl_computes(backend);
}

static CryptoDevStatus ask_base(CryptoDevBackend *backend,
                                CryptoDevComputation *computation)
{
    if (!backend->base) {
        return CRYPTODEV_NOTSUPP;
    }
    cryptodev_backend_compute(backend->base, computation);
    return computation->status;
}

static CryptoDevOperand base_of(CryptoDevCurve id)
{
    static const uint8_t x25519 = CRYPTODEV_X25519_BASE;
    static const uint8_t x448 = CRYPTODEV_X448_BASE;

    return (CryptoDevOperand) {
        id == CRYPTODEV_CURVE_X25519 ? &x25519 : &x448, 1,
    };
}

/* The functions of RFC 7748, section 5, of which there is no y */
static CryptoDevStatus run_function(CryptoDevBackend *backend,
                                    CryptoDevCurve id,
                                    CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    CryptoDevOperand u = operands[2].len ? operands[2] : base_of(id);
    CryptoDevOpensslMontgomery function = { };
    CryptoDevStatus status;

    if (operands[3].len) {
        return CRYPTODEV_ERR;
    }
    status = cryptodev_openssl_montgomery_init(
                 &function, cryptodev_openssl_context(backend), id,
                 operands[1]);
    if (status == CRYPTODEV_OK) {
        status = cryptodev_openssl_montgomery_add(&function, computation, u);
    }
    cryptodev_openssl_montgomery_destroy(&function);
    return status;
}

static CryptoDevStatus multiply(const CryptoDevOpensslCurve *curve,
                                CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    CryptoDevOperand x = operands[2], y = operands[3];
    g_autoptr(BIGNUM) k =
        cryptodev_openssl_read_scalar(&curve->order, operands[1]);
    g_autoptr(BIGNUM) product_x = BN_new();
    g_autoptr(BIGNUM) product_y = BN_new();
    g_autoptr(EC_POINT) point = NULL;

    if ((x.len || y.len) &&
        (!x.len || !y.len ||
         cryptodev_openssl_read_point(curve, x, y, &point) != CRYPTODEV_OK)) {
        return CRYPTODEV_ERR;
    }
    if (!k || !product_x || !product_y ||
        !cryptodev_openssl_multiply(curve, k, point, product_x, product_y) ||
        cryptodev_openssl_add(computation, product_x, curve->size) !=
            CRYPTODEV_OK) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_openssl_add(computation, product_y, curve->size);
}

static CryptoDevStatus verify(const CryptoDevOpensslCurve *curve,
                              CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    g_autoptr(EC_POINT) point = NULL;
    CryptoDevStatus status = cryptodev_openssl_read_point(
        curve, operands[1], operands[2], &point);

    return cryptodev_computation_add_verdict(computation, status);
}

static CryptoDevCurve curve_of(const CryptoDevComputation *computation)
{
    return cryptodev_operand_number(computation->operands[0]);
}

static CryptoDevStatus compute(CryptoDevBackend *backend,
                               CryptoDevComputation *computation)
{
    CryptoDevCurve id = curve_of(computation);
    const CryptoDevOpensslCurve *curve = cryptodev_openssl_curve(backend, id);
    bool multiplies = computation->operation == CRYPTODEV_EC_MULTIPLY;

    if (multiplies && cryptodev_openssl_is_montgomery(id)) {
        return run_function(backend, id, computation);
    }
    if (!curve) {
        return ask_base(backend, computation);
    }
    return multiplies ? multiply(curve, computation)
                      : verify(curve, computation);
}

static CryptoDevStatus ec_compute(CryptoDevBackend *backend,
                                  CryptoDevComputation *computation)
{
    CryptoDevStatus status = compute(backend, computation);

    ERR_clear_error();
    return status;
}

static CryptoDevRoute ec_route(CryptoDevBackend *backend,
                               const CryptoDevOp *op,
                               const CryptoDevComputation *computation)
{
    CryptoDevCurve id = curve_of(computation);
    const CryptoDevOpensslCurve *curve = cryptodev_openssl_curve(backend, id);
    bool verifies = computation->operation == CRYPTODEV_EC_VERIFY;

    return curve && (curve->quick || verifies) ? CRYPTODEV_ROUTE_RUN
                                               : CRYPTODEV_ROUTE_POOL;
}

const CryptoDevDriver cryptodev_openssl_ec = {
    .service = CRYPTODEV_SERVICE_EC,
    .has = ec_has,
    .route = ec_route,
    .compute = ec_compute,
};
