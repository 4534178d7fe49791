/*
 * The libgcrypt backend: arithmetic of large numbers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "integer.h"

/* Any of the numbers may be a secret of the guest's. */
static CryptoDevStatus exponentiate(CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    g_auto(gcry_mpi_t) modulus = cryptodev_integer_read(operands[0], true);
    g_auto(gcry_mpi_t) base = cryptodev_integer_read(operands[1], true);
    g_auto(gcry_mpi_t) exponent = cryptodev_integer_read(operands[2], true);
    g_auto(gcry_mpi_t) power = gcry_mpi_snew(0);

    if (!modulus || !base || !exponent ||
        !cryptodev_integer_is_odd(modulus)) {
        return CRYPTODEV_ERR;
    }
    gcry_mpi_powm(power, base, exponent, modulus);
    return cryptodev_integer_add(computation, power,
                                 cryptodev_integer_len(modulus));
}

static CryptoDevStatus invert(CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    g_auto(gcry_mpi_t) a = cryptodev_integer_read(operands[0], true);
    g_auto(gcry_mpi_t) m = cryptodev_integer_read(operands[1], true);
    g_auto(gcry_mpi_t) inverse = gcry_mpi_snew(0);

    if (!a || !m) {
        return CRYPTODEV_ERR;
    }
    gcry_mpi_mod(a, a, m);
    if (gcry_mpi_cmp_ui(a, 0) == 0 || !gcry_mpi_invm(inverse, a, m)) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_integer_add(computation, inverse,
                                 cryptodev_integer_len(m));
}

static CryptoDevStatus ln_compute(CryptoDevBackend *backend,
                                  CryptoDevComputation *computation)
{
    return computation->operation == CRYPTODEV_LN_EXPONENTIATE
           ? exponentiate(computation) : invert(computation);
}

const CryptoDevDriver cryptodev_gcrypt_ln = {
    .service = CRYPTODEV_SERVICE_LN,
    .has = cryptodev_gcrypt_has_secure_memory,
    .compute = ln_compute,
};
