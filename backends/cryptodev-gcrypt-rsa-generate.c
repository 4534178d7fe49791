/*
 * The libgcrypt backend: new RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cryptodev-gcrypt-integer.h"
#include "cryptodev-gcrypt-rsa-generate.h"

static gcry_mpi_t minus_1(gcry_mpi_t integer)
{
    gcry_mpi_t less = gcry_mpi_snew(0);

    gcry_mpi_sub_ui(less, integer, 1);
    return less;
}

/*
 * Add a new key's integers.  libgcrypt's u is the inverse of its p modulo its
 * q, so its p and q are RFC 8017's q and p.
 */
static CryptoDevStatus add_key(CryptoDevComputation *computation,
                               uint32_t bits, gcry_mpi_t n, gcry_mpi_t e,
                               gcry_mpi_t d, gcry_mpi_t p, gcry_mpi_t q,
                               gcry_mpi_t u)
{
    size_t len = bits / 8;
    g_auto(gcry_mpi_t) dp = minus_1(q);
    g_auto(gcry_mpi_t) dq = minus_1(p);
    const struct {
        gcry_mpi_t integer;
        size_t len;
    } results[] = {
        { n, len }, { e, cryptodev_integer_len(e) }, { d, len },
        { q, len / 2 }, { p, len / 2 }, { dp, len / 2 }, { dq, len / 2 },
        { u, len / 2 },
    };

    gcry_mpi_mod(dp, d, dp);
    gcry_mpi_mod(dq, d, dq);
    for (size_t i = 0; i < ARRAY_SIZE(results); i++) {
        if (cryptodev_integer_add(computation, results[i].integer,
                                  results[i].len) != CRYPTODEV_OK) {
            return CRYPTODEV_ERR;
        }
    }
    return CRYPTODEV_OK;
}

CryptoDevStatus cryptodev_rsa_generate(CryptoDevComputation *computation,
                                       uint32_t e, uint32_t bits)
{
    g_auto(gcry_sexp_t) parameters = NULL;
    g_auto(gcry_sexp_t) key = NULL;
    g_auto(gcry_mpi_t) n = NULL;
    g_auto(gcry_mpi_t) exponent = NULL;
    g_auto(gcry_mpi_t) d = NULL;
    g_auto(gcry_mpi_t) p = NULL;
    g_auto(gcry_mpi_t) q = NULL;
    g_auto(gcry_mpi_t) u = NULL;

    if (gcry_sexp_build(&parameters, NULL,
                        "(genkey (rsa (nbits %u) (rsa-use-e %u)))", bits, e) ||
        gcry_pk_genkey(&key, parameters) ||
        gcry_sexp_extract_param(key, "private-key!rsa", "nedpqu", &n,
                                &exponent, &d, &p, &q, &u, NULL)) {
        return CRYPTODEV_ERR;
    }
    return add_key(computation, bits, n, exponent, d, p, q, u);
}
