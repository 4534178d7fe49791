/*
 * The libgcrypt backend: RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "rsa-key.h"

/* Exponents, too, must be in secure memory for cryptodev_integer_power(). */
static bool is_secret(int place)
{
    return place != RSA_N;
}

bool cryptodev_gcrypt_rsa_key_read(CryptoDevGcryptRsaKey *key,
                                   const CryptoDevRsaKey *from)
{
    for (int i = 0; i < RSA_INTEGERS; i++) {
        if (from->integers[i].data) {
            key->integers[i] = cryptodev_integer_read(from->integers[i],
                                                      is_secret(i));
            if (!key->integers[i]) {
                return false;
            }
        }
    }
    return true;
}

void cryptodev_gcrypt_rsa_key_destroy(CryptoDevGcryptRsaKey *key)
{
    for (int i = 0; i < RSA_INTEGERS; i++) {
        gcry_mpi_release(key->integers[i]);
    }
}

/* With the right public exponent of n and d, (2^d)^e is 2. */
static bool find_e(CryptoDevGcryptRsaKey *key)
{
    gcry_mpi_t n = key->integers[RSA_N];
    g_auto(gcry_mpi_t) two = gcry_mpi_set_ui(NULL, 2);
    g_auto(gcry_mpi_t) signature = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) message = gcry_mpi_snew(0);
    gcry_mpi_t e = gcry_mpi_snew(0);

    key->integers[RSA_E] = e;
    cryptodev_integer_power(signature, two, key->integers[RSA_D], n);
    for (size_t i = 0; i < CRYPTODEV_RSA_EXPONENTS; i++) {
        gcry_mpi_set_ui(e, cryptodev_rsa_exponents[i]);
        /* That takes away the flag that cryptodev_integer_power() needs. */
        gcry_mpi_set_flag(e, GCRYMPI_FLAG_SECURE);
        cryptodev_integer_power(message, signature, e, n);
        if (gcry_mpi_cmp_ui(message, 2) == 0) {
            return true;
        }
    }
    return false;
}

/* Make n, and with it e and d: e is the inverse of dp modulo p - 1. */
static bool derive_from_crt(CryptoDevGcryptRsaKey *key)
{
    gcry_mpi_t *integers = key->integers;
    g_auto(gcry_mpi_t) p_minus_1 = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) order = gcry_mpi_snew(0);

    integers[RSA_N] = gcry_mpi_snew(0);
    integers[RSA_E] = gcry_mpi_snew(0);
    integers[RSA_D] = gcry_mpi_snew(0);
    gcry_mpi_mul(integers[RSA_N], integers[RSA_P], integers[RSA_Q]);
    gcry_mpi_sub_ui(p_minus_1, integers[RSA_P], 1);
    gcry_mpi_sub_ui(order, integers[RSA_Q], 1);
    gcry_mpi_mul(order, order, p_minus_1);
    return gcry_mpi_invm(integers[RSA_E], integers[RSA_DP], p_minus_1) &&
           gcry_mpi_cmp_ui(integers[RSA_E], 1) &&
           gcry_mpi_invm(integers[RSA_D], integers[RSA_E], order);
}

/* Whether a b is 1 modulo @modulus */
static bool are_inverses(gcry_mpi_t a, gcry_mpi_t b, gcry_mpi_t modulus)
{
    g_auto(gcry_mpi_t) product = gcry_mpi_snew(0);

    gcry_mpi_mulm(product, a, b, modulus);
    return gcry_mpi_cmp_ui(product, 1) == 0;
}

/* Whether each of e and @d undoes the other modulo @prime */
static bool fits_e(const CryptoDevGcryptRsaKey *key, gcry_mpi_t d,
                   gcry_mpi_t prime)
{
    g_auto(gcry_mpi_t) order = gcry_mpi_snew(0);

    gcry_mpi_sub_ui(order, prime, 1);
    return are_inverses(key->integers[RSA_E], d, order);
}

/* RFC 8017, section 3.2: the other numbers follow from p, q and e. */
static bool fits_crt(const CryptoDevGcryptRsaKey *key)
{
    gcry_mpi_t const *integers = key->integers;
    gcry_mpi_t p = integers[RSA_P];
    gcry_mpi_t q = integers[RSA_Q];
    g_auto(gcry_mpi_t) product = gcry_mpi_snew(0);

    gcry_mpi_mul(product, p, q);
    return gcry_mpi_cmp(product, integers[RSA_N]) == 0 &&
           fits_e(key, integers[RSA_DP], p) &&
           fits_e(key, integers[RSA_DQ], q) &&
           fits_e(key, integers[RSA_D], p) &&
           fits_e(key, integers[RSA_D], q) &&
           are_inverses(q, integers[RSA_QINV], p);
}

bool cryptodev_gcrypt_rsa_key_settle(CryptoDevGcryptRsaKey *key)
{
    gcry_mpi_t *integers = key->integers;

    if (!integers[RSA_P]) {
        return integers[RSA_E] || find_e(key);
    }
    return (integers[RSA_N] || derive_from_crt(key)) && fits_crt(key);
}

size_t cryptodev_gcrypt_rsa_key_size(const CryptoDevGcryptRsaKey *key)
{
    return cryptodev_integer_len(key->integers[RSA_N]);
}
