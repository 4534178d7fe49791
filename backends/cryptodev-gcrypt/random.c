/*
 * The libgcrypt backend: random numbers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"

/* gcry_random_add_bytes() ignores bytes with a quality below 10 of 100. */
#define SEED_QUALITY 10

static CryptoDevStatus generate(CryptoDevComputation *computation)
{
    size_t len = cryptodev_operand_number(computation->operands[0]);
    uint8_t *result = cryptodev_computation_add(computation, len);

    if (!result) {
        return CRYPTODEV_ERR;
    }
    gcry_randomize(result, len, GCRY_STRONG_RANDOM);
    return CRYPTODEV_OK;
}

static CryptoDevStatus rand_compute(CryptoDevBackend *backend,
                                    CryptoDevComputation *computation)
{
    CryptoDevOperand seed = computation->operands[0];

    if (computation->operation == CRYPTODEV_RAND_GENERATE) {
        return generate(computation);
    }
    return gcry_random_add_bytes(seed.data, seed.len, SEED_QUALITY)
           ? CRYPTODEV_ERR : CRYPTODEV_OK;
}

const CryptoDevDriver cryptodev_gcrypt_rand = {
    .service = CRYPTODEV_SERVICE_RAND,
    .compute = rand_compute,
};
