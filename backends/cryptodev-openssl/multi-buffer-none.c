/*
 * The OpenSSL backend: without the library for eight public keys at a time
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "multi-buffer.h"

bool cryptodev_multi_buffer_choose(OnOffAuto wanted, bool is_default,
                                   bool *chosen, Error **errp)
{
    *chosen = false;
    if (wanted == ON_OFF_AUTO_ON) {
        error_setg(errp, "multi-buffer=on needs a QEMU that was built with"
                   " the library crypto_mb");
        return false;
    }
    return true;
}

CryptoDevLanesRsa *cryptodev_lanes_rsa_new(const CryptoDevOpensslRsaKey *key)
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

uint32_t
cryptodev_lanes_rsa_private(const CryptoDevLanesRsa *keys[CRYPTODEV_LANES],
                            const uint8_t *blocks[CRYPTODEV_LANES],
                            uint8_t *results[CRYPTODEV_LANES])
{
    return 0;
}
