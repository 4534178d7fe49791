/*
 * The libgcrypt backend: reading DER
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "der.h"

static int keep_content(void *opaque, const uint8_t *value, size_t len,
                        Error **errp)
{
    *(CryptoDevDer *)opaque = (CryptoDevDer) { .data = value, .len = len };
    return 0;
}

bool cryptodev_der_take(CryptoDevDer *der, CryptoDevDerDecode *decode,
                        CryptoDevDer *content)
{
    return decode(&der->data, &der->len, keep_content, content, NULL) >= 0;
}

bool cryptodev_der_take_tagged(CryptoDevDer *der, int tag,
                               CryptoDevDer *content)
{
    return qcrypto_der_decode_ctx_tag(&der->data, &der->len, tag,
                                      keep_content, content, NULL) >= 0;
}

bool cryptodev_der_take_integer(CryptoDevDer *der,
                                enum gcry_mpi_format format, bool secret,
                                gcry_mpi_t *integer)
{
    CryptoDevDer value;
    uint8_t *copy = NULL;
    gcry_error_t err;

    if (!cryptodev_der_take(der, qcrypto_der_decode_int, &value)) {
        return false;
    }
    /* A number that is read from secure memory gets secure memory itself. */
    if (secret) {
        copy = gcry_malloc_secure(value.len ?: 1);
        if (!copy) {
            return false;
        }
        memcpy(copy, value.data, value.len);
    }
    err = gcry_mpi_scan(integer, format, copy ?: value.data,
                        value.len, NULL);
    gcry_free(copy);
    return !err;
}

bool cryptodev_der_take_version(CryptoDevDer *der, unsigned int version)
{
    CryptoDevDer value;

    return cryptodev_der_take(der, qcrypto_der_decode_int, &value) &&
           value.len == 1 && value.data[0] == version;
}

bool cryptodev_der_take_bits(CryptoDevDer *der, CryptoDevDer *content)
{
    /* The first byte is the number of bits that the last one lacks. */
    if (!cryptodev_der_take(der, qcrypto_der_decode_bit_str, content) ||
        !content->len || content->data[0]) {
        return false;
    }
    content->data++;
    content->len--;
    return true;
}
