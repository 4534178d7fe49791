/*
 * Cryptography backends: reading DER
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
