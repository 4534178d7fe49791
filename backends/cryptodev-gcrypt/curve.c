/*
 * The libgcrypt backend: elliptic curves, and their points
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../cryptodev/common/ed448.h"
#include "curve.h"

static const struct {
    const char *name;
    unsigned long cofactor;
    bool edwards;
} curves[] = {
    [CRYPTODEV_CURVE_P192] = { "NIST P-192", 1 },
    [CRYPTODEV_CURVE_P224] = { "NIST P-224", 1 },
    [CRYPTODEV_CURVE_P256] = { "NIST P-256", 1 },
    [CRYPTODEV_CURVE_P384] = { "NIST P-384", 1 },
    [CRYPTODEV_CURVE_P521] = { "NIST P-521", 1 },
    [CRYPTODEV_CURVE_ED25519] = { "Ed25519", 8, true },
    [CRYPTODEV_CURVE_ED448] = { "Ed448", 4, true },
};

const char *cryptodev_curve_name(CryptoDevCurve curve)
{
    return curve < ARRAY_SIZE(curves) ? curves[curve].name : NULL;
}

static CryptoDevGcryptCurve *wrap(gcry_ctx_t context)
{
    CryptoDevGcryptCurve *curve = g_new0(CryptoDevGcryptCurve, 1);

    curve->context = context;
    curve->p = gcry_mpi_ec_get_mpi("p", context, 1);
    curve->a = gcry_mpi_ec_get_mpi("a", context, 1);
    curve->b = gcry_mpi_ec_get_mpi("b", context, 1);
    curve->size = cryptodev_integer_len(curve->p);
    return curve;
}

CryptoDevGcryptCurve *cryptodev_curve_open(CryptoDevCurve id)
{
    const char *name = cryptodev_curve_name(id);
    CryptoDevGcryptCurve *curve;
    gcry_ctx_t context;

    if (!name || gcry_mpi_ec_new(&context, NULL, name)) {
        return NULL;
    }
    curve = wrap(context);
    curve->n = gcry_mpi_ec_get_mpi("n", context, 1);
    curve->edwards = curves[id].edwards;
    curve->cofactor = curves[id].cofactor;
    return curve;
}

CryptoDevGcryptCurve *cryptodev_curve_open_with(gcry_mpi_t p, gcry_mpi_t a,
                                                gcry_mpi_t b)
{
    g_auto(gcry_sexp_t) parameters = NULL;
    gcry_ctx_t context;

    if (gcry_sexp_build(&parameters, NULL, "(ecc (p %m) (a %m) (b %m))",
                        p, a, b) ||
        gcry_mpi_ec_new(&context, parameters, NULL)) {
        return NULL;
    }
    return wrap(context);
}

/* A field that is not in the table is looked for in all of it. */
void cryptodev_curve_init(void)
{
    g_auto(gcry_mpi_t) seven = gcry_mpi_set_ui(NULL, 7);
    g_auto(gcry_mpi_t) one = gcry_mpi_set_ui(NULL, 1);

    cryptodev_curve_close(cryptodev_curve_open_with(seven, one, one));
}

void cryptodev_curve_close(CryptoDevGcryptCurve *curve)
{
    if (curve) {
        gcry_mpi_release(curve->p);
        gcry_mpi_release(curve->a);
        gcry_mpi_release(curve->b);
        gcry_mpi_release(curve->n);
        gcry_ctx_release(curve->context);
        g_free(curve);
    }
}

static gcry_mpi_point_t make_point(gcry_mpi_t x, gcry_mpi_t y)
{
    g_auto(gcry_mpi_t) one = gcry_mpi_set_ui(NULL, 1);

    return gcry_mpi_point_set(NULL, x, y, one);
}

/* y^2 = x^3 + a x + b */
static bool solve_weierstrass(const CryptoDevGcryptCurve *curve, gcry_mpi_t x,
                              gcry_mpi_t y)
{
    g_auto(gcry_mpi_t) square = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) side = gcry_mpi_new(0);

    gcry_mpi_mulm(square, y, y, curve->p);
    gcry_mpi_mulm(side, x, x, curve->p);
    gcry_mpi_addm(side, side, curve->a, curve->p);
    gcry_mpi_mulm(side, side, x, curve->p);
    gcry_mpi_addm(side, side, curve->b, curve->p);
    return gcry_mpi_cmp(square, side) == 0;
}

/* a x^2 + y^2 = 1 + d x^2 y^2 */
static bool solve_edwards(const CryptoDevGcryptCurve *curve, gcry_mpi_t x,
                          gcry_mpi_t y)
{
    g_auto(gcry_mpi_t) x_square = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) y_square = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) left = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) right = gcry_mpi_new(0);

    gcry_mpi_mulm(x_square, x, x, curve->p);
    gcry_mpi_mulm(y_square, y, y, curve->p);
    gcry_mpi_mulm(left, curve->a, x_square, curve->p);
    gcry_mpi_addm(left, left, y_square, curve->p);
    gcry_mpi_mulm(right, x_square, y_square, curve->p);
    gcry_mpi_mulm(right, right, curve->b, curve->p);
    gcry_mpi_add_ui(right, right, 1);
    gcry_mpi_mod(right, right, curve->p);
    return gcry_mpi_cmp(left, right) == 0;
}

/*
 * gcry_mpi_ec_curve_point() ends the program if a coordinate of an Edwards
 * curve is so small that it fills fewer words than p.
 */
bool cryptodev_curve_contains(const CryptoDevGcryptCurve *curve, gcry_mpi_t x,
                              gcry_mpi_t y)
{
    return gcry_mpi_cmp(x, curve->p) < 0 && gcry_mpi_cmp(y, curve->p) < 0 &&
           (curve->edwards ? solve_edwards : solve_weierstrass)(curve, x, y);
}

/* The neutral point of an Edwards curve is (0, 1). */
static bool is_neutral(const CryptoDevGcryptCurve *curve, gcry_mpi_t x,
                       gcry_mpi_t y)
{
    return curve->edwards && gcry_mpi_cmp_ui(x, 0) == 0 &&
           gcry_mpi_cmp_ui(y, 1) == 0;
}

static bool set_number(gcry_mpi_t number, CryptoDevOperand operand)
{
    gcry_mpi_t read = cryptodev_integer_read(operand, true);

    if (!read) {
        return false;
    }
    gcry_mpi_snatch(number, read);
    return true;
}

/* Points that others than libgcrypt have made have a third coordinate of 1. */
static bool multiply_ed448(gcry_mpi_t k, gcry_mpi_point_t point, gcry_mpi_t x,
                           gcry_mpi_t y)
{
    uint8_t k_bytes[CRYPTODEV_FIELD448_LEN];
    uint8_t x_bytes[CRYPTODEV_FIELD448_LEN];
    uint8_t y_bytes[CRYPTODEV_FIELD448_LEN];
    bool secret = gcry_mpi_get_flag(k, GCRYMPI_FLAG_SECURE);
    size_t k_len = secret ? sizeof(k_bytes) : cryptodev_integer_len(k);
    bool ok;

    gcry_mpi_point_get(x, y, NULL, point);
    ok = k_len <= sizeof(k_bytes) &&
         cryptodev_integer_write(k, k_bytes, k_len) &&
         cryptodev_integer_write(x, x_bytes, sizeof(x_bytes)) &&
         cryptodev_integer_write(y, y_bytes, sizeof(y_bytes));
    if (ok) {
        cryptodev_ed448_multiply(k_bytes, k_len, x_bytes, y_bytes);
        ok = set_number(x, (CryptoDevOperand) { x_bytes, sizeof(x_bytes) }) &&
             set_number(y, (CryptoDevOperand) { y_bytes, sizeof(y_bytes) });
    }
    cryptodev_wipe(k_bytes, sizeof(k_bytes));
    cryptodev_wipe(x_bytes, sizeof(x_bytes));
    cryptodev_wipe(y_bytes, sizeof(y_bytes));
    return ok;
}

bool cryptodev_curve_multiply(const CryptoDevGcryptCurve *curve, gcry_mpi_t k,
                              gcry_mpi_point_t point, gcry_mpi_t x,
                              gcry_mpi_t y)
{
    g_auto(gcry_mpi_point_t) product = gcry_mpi_point_new(0);
    g_auto(gcry_mpi_point_t) base = NULL;
    bool ok;

    if (!point) {
        base = gcry_mpi_ec_get_point("g", curve->context, 1);
        point = base;
    }
    if (curve->edwards && curve->size == CRYPTODEV_FIELD448_LEN) {
        ok = multiply_ed448(k, point, x, y);
    } else {
        gcry_mpi_ec_mul(product, k, point, curve->context);
        ok = !gcry_mpi_ec_get_affine(x, y, product, curve->context);
    }
    /* A result that is not on the curve shows that something went wrong. */
    return ok && cryptodev_curve_contains(curve, x, y) &&
           !is_neutral(curve, x, y);
}

static bool has_small_order(CryptoDevGcryptCurve *curve,
                            gcry_mpi_point_t point)
{
    g_auto(gcry_mpi_t) cofactor = gcry_mpi_set_ui(NULL, curve->cofactor);
    g_auto(gcry_mpi_t) x = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) y = gcry_mpi_new(0);

    return curve->cofactor > 1 &&
           !cryptodev_curve_multiply(curve, cofactor, point, x, y);
}

gcry_mpi_point_t cryptodev_curve_read_point(CryptoDevGcryptCurve *curve,
                                            CryptoDevOperand x,
                                            CryptoDevOperand y)
{
    g_auto(gcry_mpi_t) x_value = cryptodev_integer_read(x, false);
    g_auto(gcry_mpi_t) y_value = cryptodev_integer_read(y, false);
    gcry_mpi_point_t point;

    if (!x_value || !y_value ||
        !cryptodev_curve_contains(curve, x_value, y_value)) {
        return NULL;
    }
    point = make_point(x_value, y_value);
    if (has_small_order(curve, point)) {
        gcry_mpi_point_release(point);
        return NULL;
    }
    return point;
}

gcry_mpi_t cryptodev_curve_read_scalar(const CryptoDevGcryptCurve *curve,
                                       CryptoDevOperand operand)
{
    gcry_mpi_t scalar = cryptodev_integer_read(operand, true);
    bool ok;

    if (!scalar) {
        return NULL;
    }
    ok = gcry_mpi_cmp_ui(scalar, 0) > 0 &&
         (curve->edwards
          ? gcry_mpi_get_nbits(scalar) <= gcry_mpi_get_nbits(curve->p)
          : gcry_mpi_cmp(scalar, curve->n) < 0);
    if (!ok) {
        gcry_mpi_release(scalar);
        return NULL;
    }
    return scalar;
}

CryptoDevStatus cryptodev_curve_add_product(CryptoDevComputation *computation,
                                            CryptoDevGcryptCurve *curve,
                                            gcry_mpi_t k,
                                            gcry_mpi_point_t point)
{
    g_auto(gcry_mpi_t) x = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) y = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) long_k = NULL;
    CryptoDevStatus status;

    if (curve->n && !curve->edwards) {
        long_k = cryptodev_integer_lengthen(k, curve->n);
    }
    if (!cryptodev_curve_multiply(curve, long_k ?: k, point, x, y)) {
        return CRYPTODEV_ERR;
    }
    status = cryptodev_integer_add(computation, x, curve->size);
    return status == CRYPTODEV_OK
           ? cryptodev_integer_add(computation, y, curve->size) : status;
}
