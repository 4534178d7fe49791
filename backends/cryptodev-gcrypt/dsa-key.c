/*
 * The libgcrypt backend: DSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "dsa-key.h"
#include "integer.h"

static bool read_parts(CryptoDevDsaKey *key, const CryptoDevDsaParts *parts)
{
    key->p = cryptodev_integer_read(parts->p, false);
    key->signature.order = cryptodev_integer_read(parts->q, false);
    key->g = cryptodev_integer_read(parts->g, false);
    key->y = cryptodev_integer_read(parts->y, false);
    if (parts->x.data) {
        key->signature.private = cryptodev_integer_read(parts->x, true);
    }
    return key->p && key->signature.order && key->g && key->y &&
           (!parts->x.data || key->signature.private);
}

static bool has_size(gcry_mpi_t integer, unsigned int min, unsigned int max)
{
    unsigned int bits = gcry_mpi_get_nbits(integer);

    return bits >= min && bits <= max;
}

CryptoDevStatus cryptodev_dsa_key_init(CryptoDevDsaKey *key,
                                       const uint8_t *der, size_t der_len,
                                       bool is_private)
{
    CryptoDevDsaParts parts;

    *key = (CryptoDevDsaKey) { .signature.name = "dsa" };
    if (!cryptodev_dsa_parts_read(&parts, (CryptoDevOperand) { der, der_len },
                                  is_private) ||
        !read_parts(key, &parts) || !cryptodev_integer_is_odd(key->p) ||
        !cryptodev_integer_is_odd(key->signature.order)) {
        return CRYPTODEV_ERR;
    }
    if (!has_size(key->p, CRYPTODEV_DSA_P_MIN, CRYPTODEV_DSA_P_MAX) ||
        !has_size(key->signature.order, CRYPTODEV_DSA_Q_MIN,
                  CRYPTODEV_DSA_Q_MAX)) {
        return CRYPTODEV_NOTSUPP;
    }
    return cryptodev_dsa_key_in_range(key) ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

void cryptodev_dsa_key_destroy(CryptoDevDsaKey *key)
{
    gcry_mpi_release(key->p);
    gcry_mpi_release(key->g);
    gcry_mpi_release(key->y);
    cryptodev_signature_key_destroy(&key->signature);
}

/* q divides p - 1 */
static bool check_order(gcry_mpi_t p, gcry_mpi_t q)
{
    g_auto(gcry_mpi_t) rest = gcry_mpi_new(0);

    gcry_mpi_mod(rest, p, q);
    return gcry_mpi_cmp_ui(rest, 1) == 0;
}

bool cryptodev_dsa_key_in_range(const CryptoDevDsaKey *key)
{
    gcry_mpi_t q = key->signature.order;
    gcry_mpi_t x = key->signature.private;

    return cryptodev_integer_is_odd(key->p) && cryptodev_integer_is_odd(q) &&
           check_order(key->p, q) &&
           cryptodev_integer_is_between(1, key->g, key->p) &&
           (!key->y || cryptodev_integer_is_between(0, key->y, key->p)) &&
           (!x || cryptodev_integer_is_between(0, x, q));
}

/* g ^ exponent = result, modulo p */
static bool check_power(const CryptoDevDsaKey *key, gcry_mpi_t exponent,
                        gcry_mpi_t result)
{
    g_auto(gcry_mpi_t) power = gcry_mpi_new(0);

    cryptodev_integer_power(power, key->g, exponent, key->p);
    return gcry_mpi_cmp(power, result) == 0;
}

/* FIPS 186-4, appendix A.2.2: g generates a group of order q. */
static bool check_group(const CryptoDevDsaKey *key)
{
    g_auto(gcry_mpi_t) one = gcry_mpi_set_ui(NULL, 1);

    return check_power(key, key->signature.order, one);
}

static bool check_private(const CryptoDevDsaKey *key)
{
    g_auto(gcry_mpi_t) x = cryptodev_integer_lengthen(key->signature.private,
                                                      key->signature.order);

    return check_power(key, x, key->y);
}

static bool build_public(CryptoDevDsaKey *key)
{
    return !gcry_sexp_build(&key->signature.public, NULL,
                            "(public-key (dsa (p %m) (q %m) (g %m) (y %m)))",
                            key->p, key->signature.order, key->g, key->y);
}

bool cryptodev_dsa_key_check(CryptoDevDsaKey *key)
{
    return check_group(key) &&
           (!key->y || !key->signature.private || check_private(key)) &&
           (!key->y || build_public(key));
}

/* r = (g^k mod p) mod q */
static bool make_r(const void *opaque, gcry_mpi_t k, gcry_mpi_t r)
{
    const CryptoDevDsaKey *key = opaque;

    cryptodev_integer_power(r, key->g, k, key->p);
    gcry_mpi_mod(r, r, key->signature.order);
    return true;
}

CryptoDevSignGroup cryptodev_dsa_key_group(const CryptoDevDsaKey *key)
{
    return (CryptoDevSignGroup) {
        .q = key->signature.order, .make_r = make_r, .opaque = key,
    };
}
