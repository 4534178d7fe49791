/*
 * ECDSA keys: from SEC 1 and RFC 5915 to libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "ecdsa-key.h"

/* A private key is at most as long as the curve's order. */
static gcry_mpi_t read_scalar(const CryptoDevGcryptCurve *curve,
                              CryptoDevOperand scalar)
{
    return scalar.len <= cryptodev_integer_len(curve->n)
           ? cryptodev_curve_read_scalar(curve, scalar) : NULL;
}

static bool build_public(CryptoDevEcdsaKey *key, const uint8_t *point,
                         size_t len)
{
    return !gcry_sexp_build(&key->signature.public, NULL,
                            "(public-key (ecc (curve %s) (q %b)))",
                            cryptodev_curve_name(key->curve), (int)len, point);
}

/* The curves have a cofactor of 1: every point on them has order n. */
static bool check_point(CryptoDevGcryptCurve *curve, CryptoDevOperand point)
{
    size_t size = curve->size;
    g_auto(gcry_mpi_point_t) q = NULL;

    if (point.len != 1 + 2 * size ||
        point.data[0] != CRYPTODEV_EC_UNCOMPRESSED) {
        return false;
    }
    q = cryptodev_curve_read_point(curve,
                                   (CryptoDevOperand) {
                                       .data = point.data + 1, .len = size,
                                   }, (CryptoDevOperand) {
                                       .data = point.data + 1 + size,
                                       .len = size,
                                   });
    return q;
}

/* Keep the public key that comes with a private one, if there is one. */
static bool keep_point(CryptoDevEcdsaKey *key, CryptoDevGcryptCurve *curve,
                       CryptoDevOperand point)
{
    if (!point.data) {
        return true;
    }
    if (!check_point(curve, point)) {
        return false;
    }
    memcpy(key->point, point.data, point.len);
    key->point_len = point.len;
    return true;
}

static bool init_private(CryptoDevEcdsaKey *key, CryptoDevGcryptCurve *curve,
                         CryptoDevOperand der)
{
    CryptoDevEcKey parts;

    if (!cryptodev_ec_key_read(&parts, key->curve, der) ||
        !keep_point(key, curve, parts.point)) {
        return false;
    }
    key->signature.private = read_scalar(curve, parts.scalar);
    return key->signature.private;
}

CryptoDevStatus cryptodev_ecdsa_key_init(CryptoDevEcdsaKey *key,
                                         CryptoDevCurve id,
                                         const uint8_t *data, size_t len,
                                         bool is_private)
{
    CryptoDevOperand span = { .data = data, .len = len };
    g_autoptr(CryptoDevGcryptCurve) curve = cryptodev_curve_open(id);
    bool ok;

    *key = (CryptoDevEcdsaKey) { .signature.name = "ecdsa", .curve = id };
    if (!curve || curve->edwards) {
        return CRYPTODEV_NOTSUPP;
    }
    key->signature.order = gcry_mpi_copy(curve->n);
    if (is_private) {
        ok = init_private(key, curve, span);
    } else {
        ok = check_point(curve, span) && build_public(key, data, len);
    }
    return ok ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

void cryptodev_ecdsa_key_destroy(CryptoDevEcdsaKey *key)
{
    cryptodev_signature_key_destroy(&key->signature);
}

/* Returns the length of the public key that d makes; 0 on an error. */
static size_t make_point(const CryptoDevEcdsaKey *key,
                         uint8_t point[CRYPTODEV_EC_POINT_MAX])
{
    g_autoptr(CryptoDevGcryptCurve) curve = cryptodev_curve_open(key->curve);
    g_auto(gcry_mpi_t) x = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) y = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) d = NULL;

    if (!curve) {
        return 0;
    }
    d = cryptodev_integer_lengthen(key->signature.private, curve->n);
    if (!cryptodev_curve_multiply(curve, d, NULL, x, y)) {
        return 0;
    }
    point[0] = CRYPTODEV_EC_UNCOMPRESSED;
    return cryptodev_integer_write(x, point + 1, curve->size) &&
           cryptodev_integer_write(y, point + 1 + curve->size, curve->size)
           ? 1 + 2 * curve->size : 0;
}

bool cryptodev_ecdsa_key_check(CryptoDevEcdsaKey *key)
{
    uint8_t point[CRYPTODEV_EC_POINT_MAX];
    size_t len;

    if (!key->signature.private) {
        return true;
    }
    len = make_point(key, point);
    return len && (!key->point_len || (key->point_len == len &&
                                       !memcmp(key->point, point, len))) &&
           build_public(key, point, len);
}

/* r is the first coordinate of k G, modulo n. */
static bool make_r(const void *opaque, gcry_mpi_t k, gcry_mpi_t r)
{
    const CryptoDevGcryptCurve *curve = opaque;
    g_auto(gcry_mpi_t) y = gcry_mpi_snew(0);

    if (!cryptodev_curve_multiply(curve, k, NULL, r, y)) {
        return false;
    }
    gcry_mpi_mod(r, r, curve->n);
    return true;
}

CryptoDevSignGroup cryptodev_ecdsa_group(const CryptoDevGcryptCurve *curve)
{
    return (CryptoDevSignGroup) {
        .q = curve->n, .make_r = make_r, .opaque = curve,
    };
}
