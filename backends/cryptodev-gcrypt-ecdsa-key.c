/*
 * ECDSA keys: from SEC 1 and RFC 5915 to libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cryptodev-gcrypt-curve.h"
#include "cryptodev-gcrypt-der.h"
#include "cryptodev-gcrypt-ecdsa-key.h"

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

/* A private key is no longer than the curve's order. */
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

static bool build_public(CryptoDevSignatureKey *key, CryptoDevCurve curve,
                         CryptoDevDer point)
{
    return !gcry_sexp_build(&key->public, NULL,
                            "(public-key (ecc (curve %s) (q %b)))",
                            cryptodev_curve_name(curve), (int)point.len,
                            point.data);
}

/* The key that @d makes, and its public key, which must be what was given */
static bool build_private(CryptoDevSignatureKey *key, CryptoDevCurve curve,
                          gcry_ctx_t context, gcry_mpi_t d, CryptoDevDer given)
{
    CryptoDevDer point = { };
    unsigned int bits = 0;
    gcry_mpi_t q;
    bool ok;

    gcry_mpi_ec_set_mpi("d", d, context);
    q = gcry_mpi_ec_get_mpi("q", context, 1);
    if (!q) {
        return false;
    }
    point.data = gcry_mpi_get_opaque(q, &bits);
    point.len = bits / 8;
    ok = (!given.data || (given.len == point.len &&
                          !memcmp(given.data, point.data, point.len))) &&
         build_public(key, curve, point) &&
         !gcry_sexp_build(&key->private, NULL,
                          "(private-key (ecc (curve %s) (q %b) (d %m)))",
                          cryptodev_curve_name(curve), (int)point.len,
                          point.data, d);
    gcry_mpi_release(q);
    return ok;
}

static bool init_private(CryptoDevSignatureKey *key, CryptoDevCurve id,
                         CryptoDevGcryptCurve *curve, CryptoDevDer der)
{
    EcPrivateKey parts = { };
    g_auto(gcry_mpi_t) d = NULL;

    if (!take_key(der, &parts) || !check_curve(parts.curve, id)) {
        return false;
    }
    d = read_scalar(curve, parts.scalar);
    return d && build_private(key, id, curve->context, d, parts.public);
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

CryptoDevStatus cryptodev_ecdsa_key_init(CryptoDevSignatureKey *key,
                                         CryptoDevCurve id,
                                         const uint8_t *data, size_t len,
                                         bool is_private)
{
    CryptoDevDer span = { .data = data, .len = len };
    g_autoptr(CryptoDevGcryptCurve) curve = cryptodev_curve_open(id);
    bool ok;

    *key = (CryptoDevSignatureKey) { .name = "ecdsa" };
    if (!curve || curve->edwards) {
        return CRYPTODEV_NOTSUPP;
    }
    key->order = gcry_mpi_copy(curve->n);
    if (is_private) {
        ok = init_private(key, id, curve, span);
    } else {
        ok = check_point(curve, span) && build_public(key, id, span);
    }
    return ok ? CRYPTODEV_OK : CRYPTODEV_ERR;
}
