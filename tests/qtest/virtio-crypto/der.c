/*
 * DER encoding of RSA keys for the virtio-crypto tests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "der.h"

#define TAG_INTEGER     0x02
#define TAG_SEQUENCE    0x30

static void append_byte(GByteArray *der, uint8_t byte)
{
    g_byte_array_append(der, &byte, 1);
}

static void append_length(GByteArray *der, size_t len)
{
    int n = 0;

    if (len < 0x80) {
        append_byte(der, len);
        return;
    }
    while (len >> (8 * n)) {
        n++;
    }
    append_byte(der, 0x80 | n);
    while (n--) {
        append_byte(der, len >> (8 * n));
    }
}

void der_append(GByteArray *der, uint8_t tag, const void *bytes, size_t len)
{
    append_byte(der, tag);
    append_length(der, len);
    g_byte_array_append(der, bytes, len);
}

void der_append_integer(GByteArray *der, const uint8_t *bytes, size_t len)
{
    g_autoptr(GByteArray) value = g_byte_array_new();

    while (len && !bytes[0]) {
        bytes++;
        len--;
    }
    if (!len || bytes[0] & 0x80) {
        append_byte(value, 0);
    }
    g_byte_array_append(value, bytes, len);
    der_append(der, TAG_INTEGER, value->data, value->len);
}

static GByteArray *wrap_integers(GByteArray *const *integers, size_t n)
{
    g_autoptr(GByteArray) body = g_byte_array_new();
    GByteArray *der = g_byte_array_new();

    for (size_t i = 0; i < n; i++) {
        der_append_integer(body, integers[i]->data, integers[i]->len);
    }
    der_append(der, TAG_SEQUENCE, body->data, body->len);
    return der;
}

GByteArray *der_rsa_public(const RSANumbers *key)
{
    GByteArray *integers[] = { key->n, key->e };

    return wrap_integers(integers, ARRAY_SIZE(integers));
}

GByteArray *der_rsa_private(const RSANumbers *key)
{
    g_autoptr(GByteArray) version = g_byte_array_new();
    GByteArray *integers[] = {
        version, key->n, key->e, key->d, key->p, key->q,
        key->dp, key->dq, key->qinv,
    };

    return wrap_integers(integers, ARRAY_SIZE(integers));
}

size_t rsa_modulus_len(const RSANumbers *key)
{
    size_t zeros = 0;

    while (zeros < key->n->len && !key->n->data[zeros]) {
        zeros++;
    }
    return key->n->len - zeros;
}
