/*
 * Cryptography backends: entropy of the host
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "entropy.h"

/* The most bytes that getentropy() gives at once */
#define AT_ONCE 256

bool cryptodev_entropy_read(uint8_t *data, size_t len)
{
    while (len) {
        size_t now = MIN(len, AT_ONCE);

        if (getentropy(data, now) < 0) {
            return false;
        }
        data += now;
        len -= now;
    }
    return true;
}

static CryptoDevStatus nrbg_compute(CryptoDevBackend *backend,
                                    CryptoDevComputation *computation)
{
    size_t len = cryptodev_operand_number(computation->operands[0]);
    uint8_t *result = cryptodev_computation_add(computation, len);

    return result && cryptodev_entropy_read(result, len)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

const CryptoDevDriver cryptodev_common_nrbg = {
    .service = CRYPTODEV_SERVICE_NRBG,
    .compute = nrbg_compute,
};
