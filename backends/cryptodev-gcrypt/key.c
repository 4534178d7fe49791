/*
 * The libgcrypt backend: key derivation
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../cryptodev/common/key.h"
#include "drivers.h"
#include "primitives.h"

static bool key_has(CryptoDevBackend *backend, uint32_t operation)
{
    return cryptodev_key_has(&cryptodev_gcrypt_primitives, operation);
}

static CryptoDevStatus key_compute(CryptoDevBackend *backend,
                                   CryptoDevComputation *computation)
{
    return cryptodev_key_compute(&cryptodev_gcrypt_primitives, computation);
}

const CryptoDevDriver cryptodev_gcrypt_key = {
    .service = CRYPTODEV_SERVICE_KEY,
    .has = key_has,
    .compute = key_compute,
};
