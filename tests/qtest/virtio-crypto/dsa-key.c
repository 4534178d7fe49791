/*
 * DSA keys and their encodings
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "der.h"
#include "dsa-key.h"

#define TAG_INTEGER         0x02
#define TAG_BIT_STRING      0x03
#define TAG_OBJECT          0x06
#define TAG_SEQUENCE        0x30

/* id-dsa */
static const uint8_t object[] = { 0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01 };

static void append_number(GByteArray *out, const GByteArray *number)
{
    der_append_integer(out, number->data, number->len);
}

static void append_parameters(GByteArray *out, const DSANumbers *key)
{
    append_number(out, key->p);
    append_number(out, key->q);
    append_number(out, key->g);
}

static void append_algorithm(GByteArray *out, const DSANumbers *key)
{
    g_autoptr(GByteArray) parameters = g_byte_array_new();
    g_autoptr(GByteArray) algorithm = g_byte_array_new();

    append_parameters(parameters, key);
    der_append(algorithm, TAG_OBJECT, object, sizeof(object));
    der_append(algorithm, TAG_SEQUENCE, parameters->data, parameters->len);
    der_append(out, TAG_SEQUENCE, algorithm->data, algorithm->len);
}

GByteArray *dsa_public(const DSANumbers *key)
{
    const uint8_t unused = 0;
    g_autoptr(GByteArray) bits = g_byte_array_new();
    g_autoptr(GByteArray) content = g_byte_array_new();
    GByteArray *der = g_byte_array_new();

    g_byte_array_append(bits, &unused, 1);
    append_number(bits, key->y);
    append_algorithm(content, key);
    der_append(content, TAG_BIT_STRING, bits->data, bits->len);
    der_append(der, TAG_SEQUENCE, content->data, content->len);
    return der;
}

GByteArray *dsa_private(uint8_t version, const DSANumbers *key)
{
    g_autoptr(GByteArray) content = g_byte_array_new();
    GByteArray *der = g_byte_array_new();

    der_append(content, TAG_INTEGER, &version, 1);
    append_parameters(content, key);
    append_number(content, key->y);
    append_number(content, key->x);
    der_append(der, TAG_SEQUENCE, content->data, content->len);
    return der;
}
