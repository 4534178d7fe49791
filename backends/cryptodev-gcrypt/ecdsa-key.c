/*
 * ECDSA keys: from SEC 1 and RFC 5915 to libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../cryptodev/common/der.h"
#include "ecdsa-key.h"

/* SEC 1, section 2.3.3: the first byte of a point that is not compressed */
#define UNCOMPRESSED 4

#define EC_PRIVATE_KEY_VERSION 1
#define EC_PRIVATE_KEY_PARAMETERS 0
#define EC_PRIVATE_KEY_PUBLIC 1

/* The curves' object identifiers, RFC 5480, section 2.1.1.1 */
static const struct {
    uint8_t len;
    uint8_t oid[8];
} oids[] = {
    [CRYPTODEV_CURVE_P192] = {
        8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x01 },
    },
    [CRYPTODEV_CURVE_P224] = { 5, { 0x2b, 0x81, 0x04, 0x00, 0x21 } },
    [CRYPTODEV_CURVE_P256] = {
        8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 },
    },
    [CRYPTODEV_CURVE_P384] = { 5, { 0x2b, 0x81, 0x04, 0x00, 0x22 } },
    [CRYPTODEV_CURVE_P521] = { 5, { 0x2b, 0x81, 0x04, 0x00, 0x23 } },
};

/* The parts of ECPrivateKey; no bytes where it lacks one */
typedef struct EcPrivateKey {
    CryptoDevDer scalar;
    CryptoDevDer curve;
    CryptoDevDer public;
} EcPrivateKey;

static bool take_key(CryptoDevDer der, EcPrivateKey *key)
{
    CryptoDevDer content, part;

    if (!cryptodev_der_take(&der, qcrypto_der_decode_seq, &content) ||
        der.len ||
        !cryptodev_der_take_version(&content, EC_PRIVATE_KEY_VERSION) ||
        !cryptodev_der_take(&content, qcrypto_der_decode_octet_str,
                            &key->scalar)) {
        return false;
    }
    if (cryptodev_der_take_tagged(&content, EC_PRIVATE_KEY_PARAMETERS,
                                  &part) &&
        (!cryptodev_der_take(&part, qcrypto_der_decode_oid, &key->curve) ||
         part.len)) {
        return false;
    }
    if (cryptodev_der_take_tagged(&content, EC_PRIVATE_KEY_PUBLIC, &part) &&
        (!cryptodev_der_take_bits(&part, &key->public) || part.len)) {
        return false;
    }
    return content.len == 0;
}

static bool check_curve(CryptoDevDer oid, CryptoDevCurve curve)
{
    return !oid.data || (oid.len == oids[curve].len &&
                         !memcmp(oid.data, oids[curve].oid, oid.len));
}

/* A private key is at most as long as the curve's order. */
static gcry_mpi_t read_scalar(const CryptoDevGcryptCurve *curve,
                              CryptoDevDer scalar)
{
    if (scalar.len > cryptodev_integer_len(curve->n)) {
        return NULL;
    }
    return cryptodev_curve_read_scalar(curve, (CryptoDevOperand) {
                                                  .data = scalar.data,
                                                  .len = scalar.len,
                                              });
}

static bool build_public(CryptoDevEcdsaKey *key, const uint8_t *point,
                         size_t len)
{
    return !gcry_sexp_build(&key->signature.public, NULL,
                            "(public-key (ecc (curve %s) (q %b)))",
                            cryptodev_curve_name(key->curve), (int)len, point);
}

/* The curves have a cofactor of 1: every point on them has order n. */
static bool check_point(CryptoDevGcryptCurve *curve, CryptoDevDer point)
{
    size_t size = curve->size;
    g_auto(gcry_mpi_point_t) q = NULL;

    if (point.len != 1 + 2 * size || point.data[0] != UNCOMPRESSED) {
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
                       CryptoDevDer point)
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
                         CryptoDevDer der)
{
    EcPrivateKey parts = { };

    if (!take_key(der, &parts) || !check_curve(parts.curve, key->curve) ||
        !keep_point(key, curve, parts.public)) {
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
    CryptoDevDer span = { .data = data, .len = len };
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
    point[0] = UNCOMPRESSED;
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
