/*
 * The libgcrypt backend: domain parameters of DSA, FIPS 186-4
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../cryptodev/common/dsa-sizes.h"
#include "dsa-parameters.h"
#include "integer.h"

/* libgcrypt makes parameters of 1024 bits by FIPS 186-2 alone. */
static const char *flag_of(uint32_t p_bits)
{
    return p_bits == 1024 ? "use-fips186-2" : "use-fips186";
}

/* libgcrypt makes parameters only together with a key, which is discarded. */
CryptoDevStatus cryptodev_dsa_generate_p(CryptoDevComputation *computation)
{
    uint32_t p_bits = cryptodev_operand_number(computation->operands[0]);
    uint32_t q_bits = cryptodev_operand_number(computation->operands[1]);
    g_auto(gcry_sexp_t) parameters = NULL;
    g_auto(gcry_sexp_t) key = NULL;
    g_auto(gcry_mpi_t) p = NULL;
    g_auto(gcry_mpi_t) q = NULL;

    if (!cryptodev_dsa_has_sizes(p_bits, q_bits) ||
        gcry_sexp_build(&parameters, NULL,
                        "(genkey (dsa (nbits %u) (qbits %u) (flags %s)))",
                        p_bits, q_bits, flag_of(p_bits)) ||
        gcry_pk_genkey(&key, parameters) ||
        gcry_sexp_extract_param(key, "public-key!dsa", "pq", &p, &q, NULL) ||
        cryptodev_integer_add(computation, p, p_bits / 8) != CRYPTODEV_OK) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_integer_add(computation, q, q_bits / 8);
}

CryptoDevStatus cryptodev_dsa_generate_g(CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    g_auto(gcry_mpi_t) p = cryptodev_integer_read(operands[0], false);
    g_auto(gcry_mpi_t) q = cryptodev_integer_read(operands[1], false);
    g_auto(gcry_mpi_t) h = cryptodev_integer_read(operands[2], false);
    g_auto(gcry_mpi_t) p_minus_1 = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) cofactor = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) rest = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) g = gcry_mpi_new(0);

    if (!p || !q || !h || !cryptodev_integer_is_odd(p) ||
        !cryptodev_integer_is_odd(q)) {
        return CRYPTODEV_ERR;
    }
    gcry_mpi_sub_ui(p_minus_1, p, 1);
    gcry_mpi_div(cofactor, rest, p_minus_1, q, 0);
    if (gcry_mpi_cmp_ui(rest, 0) != 0 ||
        !cryptodev_integer_is_between(1, h, p_minus_1)) {
        return CRYPTODEV_ERR;
    }
    gcry_mpi_powm(g, h, cofactor, p);
    if (gcry_mpi_cmp_ui(g, 1) <= 0) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_integer_add(computation, g, cryptodev_integer_len(p));
}
