/*
 * DSA keys: from DER to libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cryptodev-gcrypt-der.h"
#include "cryptodev-gcrypt-dsa-key.h"
#include "cryptodev-gcrypt-integer.h"

#define DSA_PRIVATE_KEY_VERSION 0

/* How many random k are tried before a key is accepted */
#define K_TRIALS 4

/* The integers of a private key in their order, without the version */
enum {
    DSA_P,
    DSA_Q,
    DSA_G,
    DSA_Y,
    DSA_X,
    DSA_INTEGERS,
};

/* id-dsa, RFC 3279, section 2.3.2 */
static const uint8_t dsa_oid[] = {
    0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01,
};

static bool take_integers(CryptoDevDer *der, int first, int last, bool secret,
                          gcry_mpi_t integers[DSA_INTEGERS])
{
    for (int i = first; i <= last; i++) {
        if (!cryptodev_der_take_integer(der, GCRYMPI_FMT_STD, secret,
                                        &integers[i])) {
            return false;
        }
    }
    return true;
}

static bool take_private(CryptoDevDer der, gcry_mpi_t integers[DSA_INTEGERS])
{
    CryptoDevDer key;

    return cryptodev_der_take(&der, qcrypto_der_decode_seq, &key) &&
           !der.len &&
           cryptodev_der_take_version(&key, DSA_PRIVATE_KEY_VERSION) &&
           take_integers(&key, DSA_P, DSA_Y, false, integers) &&
           take_integers(&key, DSA_X, DSA_X, true, integers) &&
           !key.len;
}

/* AlgorithmIdentifier with Dss-Parms */
static bool take_algorithm(CryptoDevDer *der,
                           gcry_mpi_t integers[DSA_INTEGERS])
{
    CryptoDevDer algorithm, oid, parameters;

    return cryptodev_der_take(der, qcrypto_der_decode_seq, &algorithm) &&
           cryptodev_der_take(&algorithm, qcrypto_der_decode_oid, &oid) &&
           oid.len == sizeof(dsa_oid) &&
           !memcmp(oid.data, dsa_oid, sizeof(dsa_oid)) &&
           cryptodev_der_take(&algorithm, qcrypto_der_decode_seq,
                              &parameters) &&
           !algorithm.len &&
           take_integers(&parameters, DSA_P, DSA_G, false, integers) &&
           !parameters.len;
}

static bool take_public(CryptoDevDer der, gcry_mpi_t integers[DSA_INTEGERS])
{
    CryptoDevDer info, key;

    return cryptodev_der_take(&der, qcrypto_der_decode_seq, &info) &&
           !der.len && take_algorithm(&info, integers) &&
           cryptodev_der_take_bits(&info, &key) && !info.len &&
           take_integers(&key, DSA_Y, DSA_Y, false, integers) && !key.len;
}

static bool has_size(gcry_mpi_t integer, unsigned int min, unsigned int max)
{
    unsigned int bits = gcry_mpi_get_nbits(integer);

    return bits >= min && bits <= max;
}

/* q divides p - 1 */
static bool check_order(gcry_mpi_t p, gcry_mpi_t q)
{
    gcry_mpi_t rest = gcry_mpi_new(0);
    bool ok;

    gcry_mpi_mod(rest, p, q);
    ok = gcry_mpi_cmp_ui(rest, 1) == 0;
    gcry_mpi_release(rest);
    return ok;
}

/* base ^ exponent = result, modulo p */
static bool check_power(gcry_mpi_t base, gcry_mpi_t exponent, gcry_mpi_t p,
                        gcry_mpi_t result)
{
    gcry_mpi_t power = gcry_mpi_new(0);
    bool ok;

    cryptodev_integer_power(power, base, exponent, p);
    ok = gcry_mpi_cmp(power, result) == 0;
    gcry_mpi_release(power);
    return ok;
}

/* FIPS 186-4, appendix A.2.2: g generates a group of order q. */
bool cryptodev_dsa_check_group(gcry_mpi_t p, gcry_mpi_t q, gcry_mpi_t g)
{
    gcry_mpi_t one = gcry_mpi_set_ui(NULL, 1);
    bool ok = cryptodev_integer_is_odd(p) && cryptodev_integer_is_odd(q) &&
              check_order(p, q) && cryptodev_integer_is_between(1, g, p) &&
              check_power(g, q, p, one);

    gcry_mpi_release(one);
    return ok;
}

static bool check_public(gcry_mpi_t const integers[DSA_INTEGERS])
{
    return cryptodev_dsa_check_group(integers[DSA_P], integers[DSA_Q],
                                     integers[DSA_G]) &&
           cryptodev_integer_is_between(0, integers[DSA_Y], integers[DSA_P]);
}

/*
 * libgcrypt draws a new k for as long as g^k mod p is a multiple of q.  With a
 * genuine key that never happens.  A key could be made for it to happen
 * always, or nearly so, and a signature to take for ever.  But if a share f of
 * all k gives another value, then such a key gets past this with a probability
 * of f to the power of K_TRIALS, and after that a signature takes 1/f draws:
 * it is more work to find such a key than it gives.
 */
static bool check_draws(gcry_mpi_t const integers[DSA_INTEGERS])
{
    gcry_mpi_t q = integers[DSA_Q];
    gcry_mpi_t k = gcry_mpi_new(0);
    gcry_mpi_t r = gcry_mpi_new(0);
    bool ok = true;

    for (int i = 0; ok && i < K_TRIALS; i++) {
        gcry_mpi_randomize(k, gcry_mpi_get_nbits(q), GCRY_WEAK_RANDOM);
        gcry_mpi_mod(k, k, q);
        gcry_mpi_powm(r, integers[DSA_G], k, integers[DSA_P]);
        gcry_mpi_mod(r, r, q);
        ok = gcry_mpi_cmp_ui(r, 0) != 0;
    }
    gcry_mpi_release(k);
    gcry_mpi_release(r);
    return ok;
}

static bool check_private(gcry_mpi_t const integers[DSA_INTEGERS])
{
    return cryptodev_integer_is_between(0, integers[DSA_X], integers[DSA_Q]) &&
           check_power(integers[DSA_G], integers[DSA_X], integers[DSA_P],
                       integers[DSA_Y]) &&
           check_draws(integers);
}

static bool build_key(CryptoDevSignatureKey *key, bool is_private,
                      gcry_mpi_t const integers[DSA_INTEGERS])
{
    if (gcry_sexp_build(&key->public, NULL,
                        "(public-key (dsa (p %m) (q %m) (g %m) (y %m)))",
                        integers[DSA_P], integers[DSA_Q], integers[DSA_G],
                        integers[DSA_Y])) {
        return false;
    }
    if (is_private &&
        gcry_sexp_build(&key->private, NULL, "(private-key (dsa (p %m) (q %m)"
                        " (g %m) (y %m) (x %m)))",
                        integers[DSA_P], integers[DSA_Q], integers[DSA_G],
                        integers[DSA_Y], integers[DSA_X])) {
        return false;
    }
    key->order = gcry_mpi_copy(integers[DSA_Q]);
    return true;
}

static CryptoDevStatus init(CryptoDevSignatureKey *key, CryptoDevDer der,
                            bool is_private,
                            gcry_mpi_t integers[DSA_INTEGERS])
{
    if (!(is_private ? take_private : take_public)(der, integers) ||
        !cryptodev_integer_is_odd(integers[DSA_P]) ||
        !cryptodev_integer_is_odd(integers[DSA_Q])) {
        return CRYPTODEV_ERR;
    }
    if (!has_size(integers[DSA_P], CRYPTODEV_DSA_P_MIN, CRYPTODEV_DSA_P_MAX) ||
        !has_size(integers[DSA_Q], CRYPTODEV_DSA_Q_MIN, CRYPTODEV_DSA_Q_MAX)) {
        return CRYPTODEV_NOTSUPP;
    }
    if (!check_public(integers) || (is_private && !check_private(integers)) ||
        !build_key(key, is_private, integers)) {
        return CRYPTODEV_ERR;
    }
    return CRYPTODEV_OK;
}

bool cryptodev_dsa_key_from_integers(CryptoDevSignatureKey *key, gcry_mpi_t p,
                                     gcry_mpi_t q, gcry_mpi_t g, gcry_mpi_t y)
{
    gcry_mpi_t const integers[DSA_INTEGERS] = {
        [DSA_P] = p, [DSA_Q] = q, [DSA_G] = g, [DSA_Y] = y,
    };

    *key = (CryptoDevSignatureKey) { .name = "dsa" };
    return check_public(integers) && build_key(key, false, integers);
}

CryptoDevStatus cryptodev_dsa_key_init(CryptoDevSignatureKey *key,
                                       const uint8_t *der, size_t der_len,
                                       bool is_private)
{
    gcry_mpi_t integers[DSA_INTEGERS] = { };
    CryptoDevDer span = { .data = der, .len = der_len };
    CryptoDevStatus status;

    *key = (CryptoDevSignatureKey) { .name = "dsa" };
    status = init(key, span, is_private, integers);
    for (int i = 0; i < DSA_INTEGERS; i++) {
        gcry_mpi_release(integers[i]);
    }
    return status;
}
