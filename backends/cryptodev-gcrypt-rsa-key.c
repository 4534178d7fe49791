/*
 * RSA keys: from RFC 8017's DER encoding to libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "system/cryptodev.h"
#include "cryptodev-gcrypt-der.h"
#include "cryptodev-gcrypt-integer.h"
#include "cryptodev-gcrypt-rsa-key.h"

/* Integers are taken as unsigned, as drivers do that pad none with a zero. */
static bool take_integers(CryptoDevDer *der, int first, int last, bool secret,
                          gcry_mpi_t integers[RSA_INTEGERS])
{
    for (int i = first; i <= last; i++) {
        if (!cryptodev_der_take_integer(der, GCRYMPI_FMT_USG, secret,
                                        &integers[i])) {
            return false;
        }
    }
    return true;
}

static bool take_key(CryptoDevDer der, bool is_private,
                     gcry_mpi_t integers[RSA_INTEGERS])
{
    CryptoDevDer key;

    if (!cryptodev_der_take(&der, qcrypto_der_decode_seq, &key) || der.len) {
        return false;
    }
    if (is_private && qcrypto_der_decode_int(&key.data, &key.len, NULL, NULL,
                                             NULL) < 0) {
        return false;
    }
    if (!take_integers(&key, RSA_N, RSA_E, false, integers)) {
        return false;
    }
    if (is_private) {
        if (!take_integers(&key, RSA_D, RSA_D, true, integers)) {
            return false;
        }
        if (key.len &&
            !take_integers(&key, RSA_P, RSA_QINV, true, integers)) {
            return false;
        }
    }
    return key.len == 0;
}

/* An odd modulus and exponent of at least 3; the exponent is the smaller */
static bool check_public(gcry_mpi_t n, gcry_mpi_t e)
{
    return cryptodev_integer_is_odd(n) && cryptodev_integer_is_odd(e) &&
           gcry_mpi_cmp_ui(e, 1) > 0 && gcry_mpi_cmp(e, n) < 0;
}

static bool has_crt(gcry_mpi_t const integers[RSA_INTEGERS])
{
    return integers[RSA_P] && gcry_mpi_cmp_ui(integers[RSA_P], 0) != 0;
}

/* n = p q, and qinv is the inverse of q modulo p */
static bool check_crt(gcry_mpi_t const integers[RSA_INTEGERS])
{
    gcry_mpi_t p = integers[RSA_P];
    gcry_mpi_t q = integers[RSA_Q];
    gcry_mpi_t product;
    bool ok;

    if (!cryptodev_integer_is_odd(p) || !cryptodev_integer_is_odd(q) ||
        gcry_mpi_cmp_ui(p, 1) == 0 || gcry_mpi_cmp_ui(q, 1) == 0) {
        return false;
    }
    product = gcry_mpi_snew(0);
    gcry_mpi_mul(product, p, q);
    ok = gcry_mpi_cmp(product, integers[RSA_N]) == 0;
    gcry_mpi_mulm(product, q, integers[RSA_QINV], p);
    ok = ok && gcry_mpi_cmp_ui(product, 1) == 0;
    gcry_mpi_release(product);
    return ok;
}

static bool check_private(gcry_mpi_t const integers[RSA_INTEGERS])
{
    return gcry_mpi_cmp_ui(integers[RSA_D], 0) > 0 &&
           gcry_mpi_cmp(integers[RSA_D], integers[RSA_N]) < 0 &&
           (!has_crt(integers) || check_crt(integers));
}

/*
 * libgcrypt's u is the inverse of its p modulo its q, so its p and q are the
 * RFC's q and p.
 */
static bool build_private(CryptoDevRsaKey *key,
                          gcry_mpi_t const integers[RSA_INTEGERS])
{
    if (has_crt(integers)) {
        return !gcry_sexp_build(&key->private, NULL,
                                "(private-key (rsa (n %m) (e %m) (d %m)"
                                " (p %m) (q %m) (u %m)))",
                                integers[RSA_N], integers[RSA_E],
                                integers[RSA_D], integers[RSA_Q],
                                integers[RSA_P], integers[RSA_QINV]);
    }
    return !gcry_sexp_build(&key->private, NULL,
                            "(private-key (rsa (n %m) (e %m) (d %m)))",
                            integers[RSA_N], integers[RSA_E],
                            integers[RSA_D]);
}

static bool build_key(CryptoDevRsaKey *key, bool is_private,
                      gcry_mpi_t const integers[RSA_INTEGERS])
{
    if (gcry_sexp_build(&key->public, NULL, "(public-key (rsa (n %m) (e %m)))",
                        integers[RSA_N], integers[RSA_E])) {
        return false;
    }
    if (is_private && !build_private(key, integers)) {
        return false;
    }
    key->n = gcry_mpi_copy(integers[RSA_N]);
    key->size = DIV_ROUND_UP(gcry_mpi_get_nbits(key->n), 8);
    key->exponent_bits = gcry_mpi_get_nbits(integers[RSA_E]);
    return true;
}

bool cryptodev_rsa_key_from_integers(
    CryptoDevRsaKey *key, bool is_private,
    gcry_mpi_t const integers[RSA_INTEGERS])
{
    *key = (CryptoDevRsaKey) { };
    return check_public(integers[RSA_N], integers[RSA_E]) &&
           (!is_private || check_private(integers)) &&
           build_key(key, is_private, integers);
}

bool cryptodev_rsa_key_init(CryptoDevRsaKey *key, const uint8_t *der,
                            size_t der_len, bool is_private)
{
    gcry_mpi_t integers[RSA_INTEGERS] = { };
    CryptoDevDer span = { .data = der, .len = der_len };
    bool ok;

    *key = (CryptoDevRsaKey) { };
    ok = take_key(span, is_private, integers) &&
         cryptodev_rsa_key_from_integers(key, is_private, integers);
    for (int i = 0; i < RSA_INTEGERS; i++) {
        gcry_mpi_release(integers[i]);
    }
    return ok;
}

void cryptodev_rsa_key_destroy(CryptoDevRsaKey *key)
{
    gcry_sexp_release(key->public);
    gcry_sexp_release(key->private);
    gcry_mpi_release(key->n);
}
