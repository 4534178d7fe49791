/*
 * The OpenSSL backend: without the library for eight public keys at a time
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "lanes.h"

bool cryptodev_lanes_choose(OnOffAuto wanted, bool is_default, bool *chosen,
                            Error **errp)
{
    *chosen = false;
    if (wanted == ON_OFF_AUTO_ON) {
        error_setg(errp, "multi-buffer=on needs a QEMU that was built with"
                   " the library crypto_mb");
        return false;
    }
    return true;
}

CryptoDevLanesRsa *cryptodev_lanes_rsa_new(const CryptoDevOpensslRsaKey *key,
                                           OSSL_LIB_CTX *context)
{
    return NULL;
}

void cryptodev_lanes_rsa_free(CryptoDevLanesRsa *key)
{
}

uint32_t cryptodev_lanes_rsa_bits(const CryptoDevLanesRsa *key)
{
    return 0;
}

uint32_t cryptodev_lanes_rsa_private(CryptoDevLanesRsa *const *keys,
                                     uint8_t *const *blocks, size_t n)
{
    return 0;
}

uint32_t cryptodev_lanes_nonces(const uint8_t *q,
                                CryptoDevLanesSignature *signatures, size_t n)
{
    return 0;
}

bool cryptodev_lanes_has_ecdsa(CryptoDevCurve curve)
{
    return false;
}

uint32_t cryptodev_lanes_ecdsa_sign(CryptoDevCurve curve,
                                    CryptoDevLanesSignature *signatures,
                                    size_t n)
{
    return 0;
}
