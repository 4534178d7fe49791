/*
 * ECDSA keys: from SEC 1 and RFC 5915 to libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cryptodev-gcrypt-der.h"
#include "cryptodev-gcrypt-ecdsa-key.h"

/* SEC 1, section 2.3.3: the first byte of a point that is not compressed */
#define UNCOMPRESSED 4

#define EC_PRIVATE_KEY_VERSION 1
#define EC_PRIVATE_KEY_PARAMETERS 0
#define EC_PRIVATE_KEY_PUBLIC 1

/* Curves with their object identifiers, RFC 5480, section 2.1.1.1 */
static const struct {
    const char *name;
    uint8_t oid_len;
    uint8_t oid[8];
} curves[] = {
    [CRYPTODEV_CURVE_P192] = {
        "NIST P-192", 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x01 },
    },
    [CRYPTODEV_CURVE_P224] = {
        "NIST P-224", 5, { 0x2b, 0x81, 0x04, 0x00, 0x21 },
    },
    [CRYPTODEV_CURVE_P256] = {
        "NIST P-256", 8, { 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07 },
    },
    [CRYPTODEV_CURVE_P384] = {
        "NIST P-384", 5, { 0x2b, 0x81, 0x04, 0x00, 0x22 },
    },
    [CRYPTODEV_CURVE_P521] = {
        "NIST P-521", 5, { 0x2b, 0x81, 0x04, 0x00, 0x23 },
    },
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
    return !oid.data || (oid.len == curves[curve].oid_len &&
                         !memcmp(oid.data, curves[curve].oid, oid.len));
}

/* From 1 to n - 1; in secure memory */
static gcry_mpi_t read_scalar(CryptoDevDer scalar, gcry_mpi_t n)
{
    size_t size = DIV_ROUND_UP(gcry_mpi_get_nbits(n), 8);
    gcry_mpi_t d = NULL;
    uint8_t *copy;

    if (scalar.len > size) {
        return NULL;
    }
    copy = gcry_malloc_secure(size);
    if (!copy) {
        return NULL;
    }
    memcpy(copy, scalar.data, scalar.len);
    if (!gcry_mpi_scan(&d, GCRYMPI_FMT_USG, copy, scalar.len, NULL) &&
        (gcry_mpi_cmp_ui(d, 0) == 0 || gcry_mpi_cmp(d, n) >= 0)) {
        gcry_mpi_release(d);
        d = NULL;
    }
    gcry_free(copy);
    return d;
}

static bool build_public(CryptoDevSignatureKey *key, CryptoDevCurve curve,
                         CryptoDevDer point)
{
    return !gcry_sexp_build(&key->public, NULL,
                            "(public-key (ecc (curve %s) (q %b)))",
                            curves[curve].name, (int)point.len, point.data);
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
                          curves[curve].name, (int)point.len, point.data, d);
    gcry_mpi_release(q);
    return ok;
}

static bool init_private(CryptoDevSignatureKey *key, CryptoDevCurve curve,
                         gcry_ctx_t context, CryptoDevDer der)
{
    EcPrivateKey parts = { };
    gcry_mpi_t d;
    bool ok;

    if (!take_key(der, &parts) || !check_curve(parts.curve, curve)) {
        return false;
    }
    d = read_scalar(parts.scalar, key->order);
    ok = d && build_private(key, curve, context, d, parts.public);
    gcry_mpi_release(d);
    return ok;
}

/* The curves have a cofactor of 1: every point on them has order n. */
static bool is_on_curve(gcry_ctx_t context, gcry_mpi_t x, gcry_mpi_t y)
{
    gcry_mpi_t p = gcry_mpi_ec_get_mpi("p", context, 1);
    gcry_mpi_t one = gcry_mpi_set_ui(NULL, 1);
    gcry_mpi_point_t point = gcry_mpi_point_set(NULL, x, y, one);
    bool ok = gcry_mpi_cmp(x, p) < 0 && gcry_mpi_cmp(y, p) < 0 &&
              gcry_mpi_ec_curve_point(point, context);

    gcry_mpi_point_release(point);
    gcry_mpi_release(one);
    gcry_mpi_release(p);
    return ok;
}

static bool check_point(gcry_ctx_t context, CryptoDevDer point)
{
    gcry_mpi_t p = gcry_mpi_ec_get_mpi("p", context, 1);
    size_t size = DIV_ROUND_UP(gcry_mpi_get_nbits(p), 8);
    gcry_mpi_t x = NULL;
    gcry_mpi_t y = NULL;
    bool ok = point.len == 1 + 2 * size && point.data[0] == UNCOMPRESSED &&
              !gcry_mpi_scan(&x, GCRYMPI_FMT_USG, point.data + 1, size,
                             NULL) &&
              !gcry_mpi_scan(&y, GCRYMPI_FMT_USG, point.data + 1 + size, size,
                             NULL) &&
              is_on_curve(context, x, y);

    gcry_mpi_release(x);
    gcry_mpi_release(y);
    gcry_mpi_release(p);
    return ok;
}

CryptoDevStatus cryptodev_ecdsa_key_init(CryptoDevSignatureKey *key,
                                         CryptoDevCurve curve,
                                         const uint8_t *data, size_t len,
                                         bool is_private)
{
    CryptoDevDer span = { .data = data, .len = len };
    gcry_ctx_t context;
    bool ok;

    *key = (CryptoDevSignatureKey) { .name = "ecdsa" };
    if (gcry_mpi_ec_new(&context, NULL, curves[curve].name)) {
        return CRYPTODEV_NOTSUPP;
    }
    key->order = gcry_mpi_ec_get_mpi("n", context, 1);
    if (is_private) {
        ok = init_private(key, curve, context, span);
    } else {
        ok = check_point(context, span) && build_public(key, curve, span);
    }
    gcry_ctx_release(context);
    return ok ? CRYPTODEV_OK : CRYPTODEV_ERR;
}
