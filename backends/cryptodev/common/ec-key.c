/*
 * Cryptography backends: keys of elliptic curves
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "der.h"
#include "ec-key.h"

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

static bool check_curve(CryptoDevDer oid, CryptoDevCurve curve)
{
    return oid.len == oids[curve].len &&
           !memcmp(oid.data, oids[curve].oid, oid.len);
}

/* Both are optional. */
static bool take_parameters(CryptoDevDer *content, CryptoDevCurve curve)
{
    CryptoDevDer part, oid;

    return !cryptodev_der_take_tagged(content, EC_PRIVATE_KEY_PARAMETERS,
                                      &part) ||
           (cryptodev_der_take(&part, qcrypto_der_decode_oid, &oid) &&
            !part.len && check_curve(oid, curve));
}

static bool take_point(CryptoDevDer *content, CryptoDevDer *point)
{
    CryptoDevDer part;

    return !cryptodev_der_take_tagged(content, EC_PRIVATE_KEY_PUBLIC, &part) ||
           (cryptodev_der_take_bits(&part, point) && !part.len);
}

bool cryptodev_ec_key_read(CryptoDevEcKey *key, CryptoDevCurve curve,
                           CryptoDevOperand der)
{
    CryptoDevDer span = { .data = der.data, .len = der.len };
    CryptoDevDer point = { };
    CryptoDevDer content, scalar;

    if (!cryptodev_der_take(&span, qcrypto_der_decode_seq, &content) ||
        span.len ||
        !cryptodev_der_take_version(&content, EC_PRIVATE_KEY_VERSION) ||
        !cryptodev_der_take(&content, qcrypto_der_decode_octet_str, &scalar) ||
        !take_parameters(&content, curve) || !take_point(&content, &point) ||
        content.len) {
        return false;
    }
    key->scalar = (CryptoDevOperand) { scalar.data, scalar.len };
    key->point = (CryptoDevOperand) { point.data, point.len };
    return true;
}

size_t cryptodev_ec_point_join(uint8_t point[CRYPTODEV_EC_POINT_MAX],
                               const CryptoDevOperand coordinates[2],
                               size_t size)
{
    size_t len = 1;

    memset(point, 0, CRYPTODEV_EC_POINT_MAX);
    point[0] = CRYPTODEV_EC_UNCOMPRESSED;
    for (int i = 0; i < 2; i++) {
        CryptoDevOperand coordinate = cryptodev_operand_trim(coordinates[i]);

        if (coordinate.len > size) {
            return 0;
        }
        len += size;
        if (coordinate.len) {
            memcpy(point + len - coordinate.len, coordinate.data,
                   coordinate.len);
        }
    }
    return len;
}
