/*
 * Cryptography backends: keys of DSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "der.h"
#include "dsa-key.h"

#define DSA_PRIVATE_KEY_VERSION 0

/* id-dsa, RFC 3279, section 2.3.2 */
static const uint8_t dsa_oid[] = {
    0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01,
};

/* A negative number begins with a bit of 1. */
static bool take(CryptoDevDer *der, CryptoDevOperand *number)
{
    CryptoDevDer content;

    if (!cryptodev_der_take(der, qcrypto_der_decode_int, &content) ||
        (content.len && content.data[0] & 0x80)) {
        return false;
    }
    *number = (CryptoDevOperand) { content.data, content.len };
    return true;
}

static bool take_group(CryptoDevDer *der, CryptoDevDsaParts *parts)
{
    return take(der, &parts->p) && take(der, &parts->q) &&
           take(der, &parts->g);
}

static bool take_private(CryptoDevDer der, CryptoDevDsaParts *parts)
{
    CryptoDevDer content;

    return cryptodev_der_take(&der, qcrypto_der_decode_seq, &content) &&
           !der.len &&
           cryptodev_der_take_version(&content, DSA_PRIVATE_KEY_VERSION) &&
           take_group(&content, parts) && take(&content, &parts->y) &&
           take(&content, &parts->x) && !content.len;
}

/* AlgorithmIdentifier with Dss-Parms */
static bool take_algorithm(CryptoDevDer *der, CryptoDevDsaParts *parts)
{
    CryptoDevDer algorithm, oid, parameters;

    return cryptodev_der_take(der, qcrypto_der_decode_seq, &algorithm) &&
           cryptodev_der_take(&algorithm, qcrypto_der_decode_oid, &oid) &&
           oid.len == sizeof(dsa_oid) &&
           !memcmp(oid.data, dsa_oid, sizeof(dsa_oid)) &&
           cryptodev_der_take(&algorithm, qcrypto_der_decode_seq,
                              &parameters) &&
           !algorithm.len && take_group(&parameters, parts) &&
           !parameters.len;
}

static bool take_public(CryptoDevDer der, CryptoDevDsaParts *parts)
{
    CryptoDevDer info, content;

    return cryptodev_der_take(&der, qcrypto_der_decode_seq, &info) &&
           !der.len && take_algorithm(&info, parts) &&
           cryptodev_der_take_bits(&info, &content) && !info.len &&
           take(&content, &parts->y) && !content.len;
}

bool cryptodev_dsa_parts_read(CryptoDevDsaParts *parts, CryptoDevOperand der,
                              bool is_private)
{
    CryptoDevDer span = { .data = der.data, .len = der.len };

    *parts = (CryptoDevDsaParts) { };
    return (is_private ? take_private : take_public)(span, parts);
}
