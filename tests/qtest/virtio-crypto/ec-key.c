/*
 * Elliptic curves and the encodings of their keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "standard-headers/linux/virtio_crypto.h"
#include "der.h"
#include "ec-key.h"
#include "rsp.h"

#define TAG_INTEGER         0x02
#define TAG_BIT_STRING      0x03
#define TAG_OCTET_STRING    0x04
#define TAG_OBJECT          0x06
#define TAG_SEQUENCE        0x30
#define TAG_PARAMETERS      0xa0
#define TAG_PUBLIC_KEY      0xa1

const char p256_d[] =
    "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
const char p256_digest[] =
    "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf";
const char p256_r[] =
    "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716";
const char p256_s[] =
    "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8";

const ECCurve ec_curves[EC_CURVES] = {
    { "P-192", VIRTIO_CRYPTO_CURVE_NIST_P192, 24, "2a8648ce3d030101" },
    { "P-224", VIRTIO_CRYPTO_CURVE_NIST_P224, 28, "2b81040021" },
    { "P-256", VIRTIO_CRYPTO_CURVE_NIST_P256, 32, "2a8648ce3d030107" },
    { "P-384", VIRTIO_CRYPTO_CURVE_NIST_P384, 48, "2b81040022" },
    { "P-521", VIRTIO_CRYPTO_CURVE_NIST_P521, 66, "2b81040023" },
};

const ECCurve *ec_find_curve(const char *name)
{
    for (size_t i = 0; i < EC_CURVES; i++) {
        if (g_str_equal(ec_curves[i].name, name)) {
            return &ec_curves[i];
        }
    }
    return NULL;
}

static void append_padded(GByteArray *out, const GByteArray *number,
                          size_t size)
{
    const uint8_t zero = 0;

    for (size_t i = number->len; i < size; i++) {
        g_byte_array_append(out, &zero, 1);
    }
    g_byte_array_append(out, number->data, number->len);
}

GByteArray *ec_point(const ECCurve *curve, const GByteArray *x,
                     const GByteArray *y)
{
    const uint8_t uncompressed = 4;
    GByteArray *point = g_byte_array_new();

    g_byte_array_append(point, &uncompressed, 1);
    append_padded(point, x, curve->size);
    append_padded(point, y, curve->size);
    return point;
}

/* An element within an explicit tag */
static void append_tagged(GByteArray *out, uint8_t outer, uint8_t inner,
                          const GByteArray *content)
{
    g_autoptr(GByteArray) element = g_byte_array_new();

    der_append(element, inner, content->data, content->len);
    der_append(out, outer, element->data, element->len);
}

GByteArray *ec_private(uint8_t version, const GByteArray *d,
                       const char *oid, const GByteArray *point)
{
    g_autoptr(GByteArray) content = g_byte_array_new();
    GByteArray *der = g_byte_array_new();

    der_append(content, TAG_INTEGER, &version, 1);
    der_append(content, TAG_OCTET_STRING, d->data, d->len);
    if (oid) {
        g_autoptr(GByteArray) object = hex_to_bytes(oid);

        append_tagged(content, TAG_PARAMETERS, TAG_OBJECT, object);
    }
    if (point) {
        g_autoptr(GByteArray) bits = g_byte_array_new();
        const uint8_t unused = 0;

        g_byte_array_append(bits, &unused, 1);
        g_byte_array_append(bits, point->data, point->len);
        append_tagged(content, TAG_PUBLIC_KEY, TAG_BIT_STRING, bits);
    }
    der_append(der, TAG_SEQUENCE, content->data, content->len);
    return der;
}
