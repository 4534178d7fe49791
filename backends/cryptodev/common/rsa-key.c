/*
 * The libgcrypt backend: RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "der.h"
#include "rsa-key.h"

#define MODULUS_MIN_BITS 512
#define MODULUS_MAX_BITS (CRYPTODEV_RSA_SIZE_MAX * 8)

/* Bits for a set of integers, by their places */
#define HAS(place) BIT(RSA_##place)
#define HAS_CRT (HAS(P) | HAS(Q) | HAS(DP) | HAS(DQ) | HAS(QINV))
#define HAS_ALL (HAS(N) | HAS(E) | HAS(D) | HAS_CRT)

/* Exponents, too, must be in secure memory for cryptodev_integer_power(). */
static bool is_secret(int place)
{
    return place != RSA_N;
}

/* Integers are taken as unsigned, as drivers do that pad none with a zero. */
static bool take_integers(CryptoDevRsaKey *key, CryptoDevDer *der, int first,
                          int last)
{
    for (int i = first; i <= last; i++) {
        if (!cryptodev_integer_take(der, GCRYMPI_FMT_USG, is_secret(i),
                                        &key->integers[i])) {
            return false;
        }
    }
    return true;
}

static void drop_crt(CryptoDevRsaKey *key)
{
    for (int i = RSA_P; i < RSA_INTEGERS; i++) {
        g_clear_pointer(&key->integers[i], gcry_mpi_release);
    }
}

static bool take_private(CryptoDevRsaKey *key, CryptoDevDer *der)
{
    if (!take_integers(key, der, RSA_D, RSA_D) ||
        (der->len && !take_integers(key, der, RSA_P, RSA_QINV))) {
        return false;
    }
    if (key->integers[RSA_P] && !gcry_mpi_cmp_ui(key->integers[RSA_P], 0)) {
        drop_crt(key);
    }
    return true;
}

bool cryptodev_rsa_key_read_der(CryptoDevRsaKey *key, const uint8_t *der,
                                size_t der_len, bool is_private)
{
    CryptoDevDer span = { .data = der, .len = der_len };
    CryptoDevDer content;

    if (!cryptodev_der_take(&span, qcrypto_der_decode_seq, &content) ||
        span.len) {
        return false;
    }
    if (is_private && qcrypto_der_decode_int(&content.data, &content.len,
                                             NULL, NULL, NULL) < 0) {
        return false;
    }
    return take_integers(key, &content, RSA_N, RSA_E) &&
           (!is_private || take_private(key, &content)) && !content.len;
}

bool cryptodev_rsa_key_read_operands(CryptoDevRsaKey *key,
                                     const CryptoDevOperand *operands,
                                     size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (operands[i].len) {
            key->integers[i] = cryptodev_integer_read(operands[i],
                                                      is_secret(i));
            if (!key->integers[i]) {
                return false;
            }
        }
    }
    return true;
}

void cryptodev_rsa_key_destroy(CryptoDevRsaKey *key)
{
    for (int i = 0; i < RSA_INTEGERS; i++) {
        gcry_mpi_release(key->integers[i]);
    }
}

static uint32_t list_places(const CryptoDevRsaKey *key)
{
    uint32_t has = 0;

    for (int i = 0; i < RSA_INTEGERS; i++) {
        has |= key->integers[i] ? BIT(i) : 0;
    }
    return has;
}

/* Odd, and 3 at least */
static bool is_factor(gcry_mpi_t integer)
{
    return cryptodev_integer_is_odd(integer) && gcry_mpi_cmp_ui(integer, 1);
}

/* RFC 8017, section 3.2: those behind p and q are positive, and reduced. */
static bool check_crt(gcry_mpi_t const integers[RSA_INTEGERS])
{
    gcry_mpi_t p = integers[RSA_P];
    gcry_mpi_t q = integers[RSA_Q];

    return is_factor(p) && is_factor(q) &&
           cryptodev_integer_is_between(0, integers[RSA_DP], p) &&
           cryptodev_integer_is_between(0, integers[RSA_DQ], q) &&
           cryptodev_integer_is_between(0, integers[RSA_QINV], p);
}

static unsigned int count_product_bits(gcry_mpi_t const integers[RSA_INTEGERS])
{
    return gcry_mpi_get_nbits(integers[RSA_P]) +
           gcry_mpi_get_nbits(integers[RSA_Q]);
}

static bool check_shape(gcry_mpi_t const integers[RSA_INTEGERS], uint32_t has)
{
    gcry_mpi_t n = integers[RSA_N];

    if (has & HAS(N) && !cryptodev_integer_is_odd(n)) {
        return false;
    }
    if (has & HAS(E) &&
        (!is_factor(integers[RSA_E]) ||
         gcry_mpi_cmp(integers[RSA_E], n) >= 0)) {
        return false;
    }
    if (has & HAS(D) && !cryptodev_integer_is_between(0, integers[RSA_D], n)) {
        return false;
    }
    if (has & HAS_CRT && !check_crt(integers)) {
        return false;
    }
    if (has == HAS_ALL) {
        unsigned int most = count_product_bits(integers);
        unsigned int bits = gcry_mpi_get_nbits(n);

        return bits == most || bits + 1 == most;
    }
    return true;
}

/* Without n, p and q give its size except for one bit. */
static bool check_size(gcry_mpi_t const integers[RSA_INTEGERS])
{
    gcry_mpi_t n = integers[RSA_N];
    unsigned int most = n ? gcry_mpi_get_nbits(n)
                          : count_product_bits(integers);
    unsigned int least = n ? most : most - 1;

    return least <= MODULUS_MAX_BITS && most >= MODULUS_MIN_BITS;
}

CryptoDevStatus cryptodev_rsa_key_check(const CryptoDevRsaKey *key,
                                        bool is_private)
{
    uint32_t has = list_places(key);

    if (cryptodev_rsa_key_is_private(key) != is_private) {
        return CRYPTODEV_ERR;
    }
    switch (has) {
    case HAS(N) | HAS(E):
    case HAS(N) | HAS(D):
    case HAS(N) | HAS(E) | HAS(D):
    case HAS_CRT:
    case HAS_ALL:
        break;
    default:
        return CRYPTODEV_ERR;
    }
    if (!check_shape(key->integers, has)) {
        return CRYPTODEV_ERR;
    }
    return check_size(key->integers) ? CRYPTODEV_OK : CRYPTODEV_NOTSUPP;
}

/*
 * Find the public exponent of n and d among those that are in use: with the
 * right one, (2^d)^e is 2.
 */
static bool find_e(CryptoDevRsaKey *key)
{
    static const unsigned int exponents[] = { 65537, 3, 17, 257, 5 };
    gcry_mpi_t n = key->integers[RSA_N];
    g_auto(gcry_mpi_t) two = gcry_mpi_set_ui(NULL, 2);
    g_auto(gcry_mpi_t) signature = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) message = gcry_mpi_snew(0);
    gcry_mpi_t e = gcry_mpi_snew(0);

    key->integers[RSA_E] = e;
    cryptodev_integer_power(signature, two, key->integers[RSA_D], n);
    for (size_t i = 0; i < ARRAY_SIZE(exponents); i++) {
        gcry_mpi_set_ui(e, exponents[i]);
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
static bool derive_from_crt(CryptoDevRsaKey *key)
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
static bool fits_e(const CryptoDevRsaKey *key, gcry_mpi_t d, gcry_mpi_t prime)
{
    g_auto(gcry_mpi_t) order = gcry_mpi_snew(0);

    gcry_mpi_sub_ui(order, prime, 1);
    return are_inverses(key->integers[RSA_E], d, order);
}

/* RFC 8017, section 3.2: the other numbers follow from p, q and e. */
static bool fits_crt(const CryptoDevRsaKey *key)
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

bool cryptodev_rsa_key_settle(CryptoDevRsaKey *key)
{
    switch (list_places(key)) {
    case HAS(N) | HAS(D):
        return find_e(key);
    case HAS_CRT:
        return derive_from_crt(key) && fits_crt(key) &&
               cryptodev_rsa_key_check(key, true) == CRYPTODEV_OK;
    case HAS_ALL:
        return fits_crt(key);
    default:
        return true;
    }
}

bool cryptodev_rsa_key_is_private(const CryptoDevRsaKey *key)
{
    return key->integers[RSA_D] || key->integers[RSA_P];
}

size_t cryptodev_rsa_key_size(const CryptoDevRsaKey *key)
{
    return cryptodev_integer_len(key->integers[RSA_N]);
}
