/*
 * The libgcrypt backend: RSA private keys from integers, and new ones
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cryptodev-gcrypt-rsa-private.h"

/* Bits for a set of integers, by their places */
#define HAS(place) BIT(RSA_##place)
#define HAS_CRT (HAS(P) | HAS(Q) | HAS(DP) | HAS(DQ) | HAS(QINV))
#define HAS_ALL (HAS(N) | HAS(E) | HAS(D) | HAS_CRT)

/*
 * Find the public exponent of n and d among those that are in use: with the
 * right one, (2^d)^e is 2.
 */
static gcry_mpi_t find_e(gcry_mpi_t n, gcry_mpi_t d)
{
    static const unsigned int exponents[] = { 65537, 3, 17, 257, 5 };
    g_auto(gcry_mpi_t) two = gcry_mpi_set_ui(NULL, 2);
    g_auto(gcry_mpi_t) signature = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) message = gcry_mpi_snew(0);
    gcry_mpi_t e = gcry_mpi_new(0);

    cryptodev_integer_power(signature, two, d, n);
    for (size_t i = 0; i < ARRAY_SIZE(exponents); i++) {
        gcry_mpi_set_ui(e, exponents[i]);
        gcry_mpi_powm(message, signature, e, n);
        if (gcry_mpi_cmp_ui(message, 2) == 0) {
            return e;
        }
    }
    gcry_mpi_release(e);
    return NULL;
}

static gcry_mpi_t minus_1(gcry_mpi_t integer)
{
    gcry_mpi_t less = gcry_mpi_snew(0);

    gcry_mpi_sub_ui(less, integer, 1);
    return less;
}

/*
 * e is the inverse of dp modulo p - 1, and of dq modulo q - 1: with an e that
 * is less than both, the two are the same.
 */
static bool derive_e(gcry_mpi_t integers[RSA_INTEGERS],
                     gcry_mpi_t p_minus_1, gcry_mpi_t q_minus_1)
{
    g_auto(gcry_mpi_t) product = gcry_mpi_snew(0);
    gcry_mpi_t e = integers[RSA_E];

    if (gcry_mpi_cmp_ui(integers[RSA_DP], 0) == 0 ||
        !gcry_mpi_invm(e, integers[RSA_DP], p_minus_1)) {
        return false;
    }
    gcry_mpi_mulm(product, e, integers[RSA_DQ], q_minus_1);
    return gcry_mpi_cmp_ui(product, 1) == 0;
}

/* The longest modulus, in bits; with a larger one inverses take their time. */
#define MODULUS_MAX_BITS 8192

/* Make n, e and d of the others, which are there. */
static bool derive_from_crt(gcry_mpi_t integers[RSA_INTEGERS])
{
    gcry_mpi_t p = integers[RSA_P];
    gcry_mpi_t q = integers[RSA_Q];
    g_auto(gcry_mpi_t) p_minus_1 = NULL;
    g_auto(gcry_mpi_t) q_minus_1 = NULL;
    g_auto(gcry_mpi_t) order = gcry_mpi_snew(0);

    if (gcry_mpi_cmp_ui(p, 2) <= 0 || gcry_mpi_cmp_ui(q, 2) <= 0 ||
        gcry_mpi_get_nbits(p) + gcry_mpi_get_nbits(q) >
        MODULUS_MAX_BITS + 1) {
        return false;
    }
    p_minus_1 = minus_1(p);
    q_minus_1 = minus_1(q);
    for (int i = RSA_N; i <= RSA_D; i++) {
        gcry_mpi_release(integers[i]);
        integers[i] = gcry_mpi_snew(0);
    }
    gcry_mpi_mul(integers[RSA_N], p, q);
    gcry_mpi_mul(order, p_minus_1, q_minus_1);
    return derive_e(integers, p_minus_1, q_minus_1) &&
           gcry_mpi_invm(integers[RSA_D], integers[RSA_E], order);
}

/* Make what is not there; @has tells what is. */
static bool complete(gcry_mpi_t integers[RSA_INTEGERS], uint32_t has)
{
    switch (has) {
    case HAS_ALL:
    case HAS(N) | HAS(E) | HAS(D):
        return true;
    case HAS(N) | HAS(D):
        if (!cryptodev_integer_is_odd(integers[RSA_N])) {
            return false;
        }
        gcry_mpi_release(integers[RSA_E]);
        integers[RSA_E] = find_e(integers[RSA_N], integers[RSA_D]);
        return integers[RSA_E];
    case HAS_CRT:
        return derive_from_crt(integers);
    default:
        return false;
    }
}

static uint32_t list_places(const CryptoDevOperand *operands)
{
    uint32_t has = 0;

    for (int i = 0; i < RSA_INTEGERS; i++) {
        has |= operands[i].len ? BIT(i) : 0;
    }
    return has;
}

bool cryptodev_rsa_private_lacks_e(const CryptoDevOperand *operands)
{
    return list_places(operands) == (HAS(N) | HAS(D));
}

bool cryptodev_rsa_private_read(CryptoDevRsaKey *key,
                                const CryptoDevOperand *operands)
{
    gcry_mpi_t integers[RSA_INTEGERS];
    bool ok = true;

    for (int i = 0; i < RSA_INTEGERS; i++) {
        integers[i] = cryptodev_integer_read(operands[i], i >= RSA_D);
        ok = ok && integers[i];
    }
    ok = ok && complete(integers, list_places(operands)) &&
         cryptodev_rsa_key_from_integers(key, true, integers);
    for (int i = 0; i < RSA_INTEGERS; i++) {
        gcry_mpi_release(integers[i]);
    }
    return ok;
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

CryptoDevStatus
cryptodev_rsa_private_generate(CryptoDevComputation *computation, uint32_t e,
                               uint32_t bits)
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
