/*
 * Fuzz target: reading single elements of DER
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "backends/cryptodev-gcrypt/integer.h"
#include "der.h"

/* Actions of a byte of the program; its quotient is the number of a tag */
enum {
    SEQUENCE,
    INTEGER,
    OCTETS,
    OID,
    TAGGED,
    BITS,
    KINDS,
};

/* After an element, the rest of @der must begin right after its content. */
static void check_taken(CryptoDevDer before, CryptoDevDer after,
                        CryptoDevDer content)
{
    g_assert(after.len < before.len);
    g_assert(after.data == before.data + before.len - after.len);
    g_assert(fuzz_der_within(content, before));
    g_assert(content.data + content.len == after.data);
    g_assert(content.data >= before.data + 2);
}

static bool take(CryptoDevDer *der, uint8_t what, CryptoDevDer *content)
{
    switch (what % KINDS) {
    case SEQUENCE:
        return cryptodev_der_take(der, qcrypto_der_decode_seq, content);
    case INTEGER:
        return cryptodev_der_take(der, qcrypto_der_decode_int, content);
    case OCTETS:
        return cryptodev_der_take(der, qcrypto_der_decode_octet_str, content);
    case OID:
        return cryptodev_der_take(der, qcrypto_der_decode_oid, content);
    case TAGGED:
        return cryptodev_der_take_tagged(der, what / KINDS % 32, content);
    default:
        return cryptodev_der_take_bits(der, content);
    }
}

/* A BIT STRING that has odd bits is consumed, unlike anything else. */
static void check_left(CryptoDevDer before, CryptoDevDer after, uint8_t what)
{
    g_assert(what % KINDS == BITS ||
             (after.data == before.data && after.len == before.len));
}

/* The bytes of a number are those that it is printed as. */
static void check_integer(CryptoDevDer der, CryptoDevDer content)
{
    g_autofree uint8_t *printed = g_malloc(content.len + 1);
    gcry_mpi_t integer = NULL;
    size_t len;

    g_assert(cryptodev_integer_take(&der, GCRYMPI_FMT_USG, false, &integer));
    g_assert(gcry_mpi_get_nbits(integer) <= content.len * 8);
    g_assert(!gcry_mpi_print(GCRYMPI_FMT_USG, printed, content.len + 1, &len,
                             integer));
    g_assert(len <= content.len);
    g_assert(!memcmp(printed, content.data + content.len - len, len));
    gcry_mpi_release(integer);
}

/* Each byte of the program takes one element; a high one goes into it. */
void fuzz_der_elements(FuzzInput program, CryptoDevDer der)
{
    for (size_t i = 0; i < program.len; i++) {
        CryptoDevDer before = der, content = { };

        if (!take(&der, program.data[i], &content)) {
            check_left(before, der, program.data[i]);
            continue;
        }
        check_taken(before, der, content);
        if (program.data[i] % KINDS == INTEGER) {
            check_integer(before, content);
        }
        if (program.data[i] & 0x80) {
            der = content;
        }
    }
}
