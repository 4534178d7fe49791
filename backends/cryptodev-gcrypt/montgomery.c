/*
 * The libgcrypt backend: the functions X25519 and X448, RFC 7748
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "integer.h"
#include "montgomery.h"
#include "../cryptodev/common/montgomery.h"
#include "../cryptodev/common/x448.h"

G_DEFINE_AUTO_CLEANUP_FREE_FUNC(gcry_ctx_t, gcry_ctx_release, NULL)

static const struct {
    size_t len;
    /* Of the base point */
    uint8_t u;
    /* In scalars and coordinates */
    unsigned int bits;
    /* At the end of scalars, which are 0 */
    unsigned int cofactor_bits;
} functions[] = {
    [CRYPTODEV_CURVE_X25519] = { 32, CRYPTODEV_X25519_BASE, 255, 3 },
    [CRYPTODEV_CURVE_X448] = {
        CRYPTODEV_FIELD448_LEN, CRYPTODEV_X448_BASE, 448, 2,
    },
};

size_t cryptodev_montgomery_len(CryptoDevCurve curve)
{
    return curve < ARRAY_SIZE(functions) ? functions[curve].len : 0;
}

/* A number of at most @len bytes, in secure memory; else NULL */
static gcry_mpi_t read_number(CryptoDevOperand operand, size_t len)
{
    gcry_mpi_t number = cryptodev_integer_read(operand, true);

    if (number && cryptodev_integer_len(number) > len) {
        gcry_mpi_release(number);
        return NULL;
    }
    return number;
}

/* RFC 7748, section 5: decodeScalar25519 and decodeScalar448 */
static gcry_mpi_t read_scalar(CryptoDevCurve curve, CryptoDevOperand operand)
{
    gcry_mpi_t k = read_number(operand, functions[curve].len);

    if (k) {
        gcry_mpi_clear_highbit(k, functions[curve].bits);
        gcry_mpi_set_bit(k, functions[curve].bits - 1);
        for (unsigned int i = 0; i < functions[curve].cofactor_bits; i++) {
            gcry_mpi_clear_bit(k, i);
        }
    }
    return k;
}

/* RFC 7748, section 5: decodeUCoordinate */
static gcry_mpi_t read_coordinate(CryptoDevCurve curve,
                                  CryptoDevOperand operand)
{
    gcry_mpi_t u = read_number(operand, functions[curve].len);

    if (u) {
        gcry_mpi_clear_highbit(u, functions[curve].bits);
    }
    return u;
}

static gcry_mpi_point_t make_point(gcry_mpi_t u)
{
    g_auto(gcry_mpi_t) one = gcry_mpi_set_ui(NULL, 1);

    return gcry_mpi_point_set(NULL, u, NULL, one);
}

/*
 * gcry_ecc_mul_point() would do, but leaves copies of the scalar and of the
 * result in memory.
 */
static CryptoDevStatus add_x25519(CryptoDevComputation *computation,
                                  gcry_mpi_t k, gcry_mpi_t u)
{
    g_auto(gcry_ctx_t) context = NULL;
    g_auto(gcry_mpi_point_t) point = NULL;
    g_auto(gcry_mpi_point_t) product = gcry_mpi_point_new(0);
    g_auto(gcry_mpi_t) x = gcry_mpi_new(0);

    if (gcry_mpi_ec_new(&context, NULL, "Curve25519")) {
        return CRYPTODEV_NOTSUPP;
    }
    point = make_point(u);
    gcry_mpi_ec_mul(product, k, point, context);
    if (gcry_mpi_ec_get_affine(x, NULL, product, context) ||
        gcry_mpi_cmp_ui(x, 0) == 0) {
        return CRYPTODEV_ERR;
    }
    /* It is a copy, flags and all, of a number that is not in secure memory. */
    gcry_mpi_set_flag(x, GCRYMPI_FLAG_SECURE);
    return cryptodev_integer_add(computation, x,
                                 functions[CRYPTODEV_CURVE_X25519].len);
}

/* RFC 7748, section 6.2: always look at all bytes. */
static bool is_zero(const uint8_t *bytes, size_t len)
{
    uint8_t bits = 0;

    for (size_t i = 0; i < len; i++) {
        bits |= bytes[i];
    }
    return !bits;
}

static CryptoDevStatus add_x448(CryptoDevComputation *computation,
                                gcry_mpi_t k, gcry_mpi_t u)
{
    uint8_t k_bytes[CRYPTODEV_FIELD448_LEN];
    uint8_t u_bytes[CRYPTODEV_FIELD448_LEN];
    uint8_t *product = cryptodev_computation_add(computation,
                                                 CRYPTODEV_FIELD448_LEN);
    bool ok = product &&
              cryptodev_integer_write(k, k_bytes, sizeof(k_bytes)) &&
              cryptodev_integer_write(u, u_bytes, sizeof(u_bytes));

    if (ok) {
        cryptodev_x448(k_bytes, u_bytes, product);
        ok = !is_zero(product, CRYPTODEV_FIELD448_LEN);
    }
    cryptodev_wipe(k_bytes, sizeof(k_bytes));
    cryptodev_wipe(u_bytes, sizeof(u_bytes));
    return ok ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

CryptoDevStatus
cryptodev_montgomery_add_product(CryptoDevComputation *computation,
                                 CryptoDevCurve curve, CryptoDevOperand k,
                                 CryptoDevOperand u)
{
    CryptoDevOperand base = { .data = &functions[curve].u, .len = 1 };
    g_auto(gcry_mpi_t) scalar = read_scalar(curve, k);
    g_auto(gcry_mpi_t) coordinate = read_coordinate(curve, u.len ? u : base);

    if (!scalar || !coordinate) {
        return CRYPTODEV_ERR;
    }
    return (curve == CRYPTODEV_CURVE_X448 ? add_x448 : add_x25519)(
               computation, scalar, coordinate);
}
