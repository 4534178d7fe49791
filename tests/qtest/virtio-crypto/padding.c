/*
 * Encoded messages of PKCS #1 v1.5 with right and with wrong padding
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "padding.h"
#include "rsp.h"

const Padding good_paddings[4] = {
    { "0002", 0x5a, "00c0ffee" },
    /* 8 bytes are enough. */
    { "0002010203040506070800", 0x5a, "" },
    /* The message may have zeros. */
    { "0002", 0xff, "00000000" },
    /* There may be none. */
    { "0002", 0x5a, "00" },
};

const Padding bad_paddings[8] = {
    /* The first byte is not 0. */
    { "0102", 0x5a, "00c0ffee" },
    { "02", 0x5a, "00c0ffee" },
    /* The second byte is not 2. */
    { "0001", 0xff, "00c0ffee" },
    { "000002", 0x5a, "00c0ffee" },
    { "00", 0, "" },
    /* No zero ends the padding. */
    { "0002", 0x5a, "" },
    /* The padding has less than 8 bytes. */
    { "000200", 0x5a, "" },
    { "00020102030405060700", 0x5a, "00c0ffee" },
};

GByteArray *padding_make(const Padding *padding, size_t size)
{
    g_autoptr(GByteArray) back = hex_to_bytes(padding->back);
    GByteArray *em = hex_to_bytes(padding->front);
    size_t front = em->len;

    g_byte_array_set_size(em, size - back->len);
    memset(em->data + front, padding->fill, em->len - front);
    g_byte_array_append(em, back->data, back->len);
    return em;
}

GByteArray *padding_message(const GByteArray *em)
{
    GByteArray *message = g_byte_array_new();
    const uint8_t *zero = memchr(em->data + 1, 0, em->len - 1);

    g_byte_array_append(message, zero + 1, em->data + em->len - zero - 1);
    return message;
}
