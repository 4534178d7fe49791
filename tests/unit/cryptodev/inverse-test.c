/*
 * Tests of inverses of secret numbers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "backends/cryptodev/common/inverse.h"
#include "compute-openssl.h"
#include "compute-run.h"

#define RANDOM_NUMBERS 500

/* Bytes in the moduli of most tests; long ones take much longer. */
#define SHORT_MAX 66

/* How often times are measured, and how often something is done each time */
#define TIMES 50

#define RATIO_MAX 1.3

/* The orders of the base points of the NIST's curves: FIPS 186-4, D.1.2 */
static const char *const orders[] = {
    "ffffffffffffffffffffffff99def836146bc9b1b4d22831",
    "ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d",
    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
    "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf"
    "581a0db248b0a77aecec196accc52973",
    "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
    "fa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
};

static int get_divisor(int a, int b)
{
    return b ? get_divisor(b, a % b) : a;
}

/* Whether all odd numbers of one byte have their inverses, and no more */
static void test_byte(void)
{
    for (int n = 3; n < 256; n += 2) {
        for (int x = 0; x < n; x++) {
            uint8_t modulus = n, number = x, inverse;

            bool ok = cryptodev_inverse(&inverse, &number, &modulus, 1);

            g_assert_cmpint(ok, ==, get_divisor(n, x) == 1);
            g_assert_true(!ok || (inverse < n && inverse * x % n == 1));
        }
    }
}

/*
 * Compare with OpenSSL, in as many bytes as @n has and in more, and invert the
 * inverse.  OpenSSL made random numbers, so a test that fails names them.
 */
static void check(const BIGNUM *n, const BIGNUM *x)
{
    g_autoptr(BN_CTX) work = BN_CTX_new();
    g_autoptr(BIGNUM) inverse = BN_mod_inverse(NULL, x, n, work);
    size_t len = BN_num_bytes(n);
    size_t lens[] = { len, len < SHORT_MAX ? SHORT_MAX : len };
    g_autofree char *n_hex = bn_hex(n);
    g_autofree char *x_hex = bn_hex(x);

    g_test_message("1 / %s modulo %s", x_hex, n_hex);
    g_assert_nonnull(inverse);
    for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
        uint8_t modulus[CRYPTODEV_INVERSE_MAX];
        uint8_t bytes[CRYPTODEV_INVERSE_MAX];
        uint8_t expected[CRYPTODEV_INVERSE_MAX];

        BN_bn2binpad(n, modulus, lens[i]);
        BN_bn2binpad(x, bytes, lens[i]);
        BN_bn2binpad(inverse, expected, lens[i]);
        g_assert_true(cryptodev_inverse(bytes, bytes, modulus, lens[i]));
        g_assert_cmpmem(bytes, lens[i], expected, lens[i]);
        BN_bn2binpad(x, expected, lens[i]);
        g_assert_true(cryptodev_inverse(bytes, bytes, modulus, lens[i]));
        g_assert_cmpmem(bytes, lens[i], expected, lens[i]);
    }
}

static void test_special(void)
{
    for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
        g_autoptr(BIGNUM) n = bn_read(orders[i]);
        g_autoptr(GPtrArray) specials = bn_special(n);

        for (guint k = 0; k < specials->len; k++) {
            const BIGNUM *x = specials->pdata[k];

            if (!BN_is_zero(x) && BN_cmp(x, n) < 0) {
                check(n, x);
            }
        }
    }
}

static void test_random(void)
{
    for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
        g_autoptr(BIGNUM) n = bn_read(orders[i]);

        for (int k = 0; k < RANDOM_NUMBERS; k++) {
            g_autoptr(BIGNUM) x =
                bn_random(g_test_rand_int_range(1, BN_num_bits(n) + 1));

            if (BN_cmp(x, n) < 0) {
                check(n, x);
            }
        }
    }
}

/* There is none of @x, and none of 0, which is in as many bytes. */
static void check_none(const BIGNUM *n, const BIGNUM *x)
{
    size_t len = BN_num_bytes(n);
    uint8_t modulus[CRYPTODEV_INVERSE_MAX];
    uint8_t bytes[CRYPTODEV_INVERSE_MAX];

    BN_bn2binpad(n, modulus, len);
    BN_bn2binpad(x, bytes, len);
    g_assert_false(cryptodev_inverse(bytes, bytes, modulus, len));
    memset(bytes, 0, len);
    g_assert_false(cryptodev_inverse(bytes, bytes, modulus, len));
}

/* A modulus that is no prime, and any number; returns if it has an inverse */
static bool check_modulus(int bits)
{
    g_autoptr(BN_CTX) work = BN_CTX_new();
    g_autoptr(BIGNUM) divisor = BN_new();
    g_autoptr(BIGNUM) n = bn_random(bits);
    g_autoptr(BIGNUM) x = bn_random(bits - 1);
    bool coprime;

    BN_set_bit(n, 0);
    BN_gcd(divisor, n, x, work);
    coprime = BN_is_one(divisor);
    (coprime ? check : check_none)(n, x);
    return coprime;
}

static void test_moduli(void)
{
    int coprime = 0, others = 0;

    for (int bits = 2; bits <= 8 * SHORT_MAX; bits++) {
        (*(check_modulus(bits) ? &coprime : &others))++;
    }
    g_assert_cmpint(coprime, >, SHORT_MAX);
    g_assert_cmpint(others, >, 0);
}

static void test_long_moduli(void)
{
    static const int sizes[] = { 1023, 1024, 2047, 4096, 8190, 8191, 8192 };

    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        for (int k = 0; k < 8; k++) {
            check_modulus(sizes[i]);
        }
    }
}

static int64_t measure(const uint8_t *x, const uint8_t *n, size_t len)
{
    uint8_t inverse[CRYPTODEV_INVERSE_MAX];
    int64_t start = thread_ns();

    for (int i = 0; i < TIMES; i++) {
        cryptodev_inverse(inverse, x, n, len);
    }
    return thread_ns() - start;
}

/*
 * How much longer the inverse of @x takes than that of 1.  They take turns, and
 * disturbances only make a time longer.
 */
static double compare_times(const BIGNUM *n, const BIGNUM *x)
{
    size_t len = BN_num_bytes(n);
    uint8_t modulus[CRYPTODEV_INVERSE_MAX];
    uint8_t bytes[CRYPTODEV_INVERSE_MAX];
    uint8_t one[CRYPTODEV_INVERSE_MAX] = { };
    int64_t least = INT64_MAX, least_of_one = INT64_MAX;

    BN_bn2binpad(n, modulus, len);
    BN_bn2binpad(x, bytes, len);
    one[len - 1] = 1;
    for (int i = 0; i < TIMES; i++) {
        least = MIN(least, measure(bytes, modulus, len));
        least_of_one = MIN(least_of_one, measure(one, modulus, len));
    }
    return (double)least / least_of_one;
}

/* Euclid's algorithm would have nothing to do for 1. */
static void test_time(void)
{
    for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
        g_autoptr(BIGNUM) n = bn_read(orders[i]);
        g_autoptr(BIGNUM) x = bn_random(BN_num_bits(n) - 1);
        double ratio = compare_times(n, x);

        g_test_message("%d bits: %.3f", BN_num_bits(n), ratio);
        g_assert_cmpfloat(ratio, <, RATIO_MAX);
        g_assert_cmpfloat(ratio, >, 1 / RATIO_MAX);
    }
}

void add_inverse_tests(void)
{
    g_test_add_func("/compute/inverse/time", test_time);
    g_test_add_func("/compute/inverse/byte", test_byte);
    g_test_add_func("/compute/inverse/special", test_special);
    g_test_add_func("/compute/inverse/random", test_random);
    g_test_add_func("/compute/inverse/moduli", test_moduli);
    g_test_add_func("/compute/inverse/long-moduli", test_long_moduli);
}
