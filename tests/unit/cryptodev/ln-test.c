/*
 * Tests of computations: large numbers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "compute-openssl.h"
#include "compute-run.h"

#define LN CRYPTODEV_SERVICE_LN

static const int sizes[] = { 1, 2, 8, 63, 64, 65, 160, 521, 1024, 3072, 8192 };

static void check_power(const BIGNUM *modulus, const BIGNUM *base,
                        const BIGNUM *exponent)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    g_autoptr(BIGNUM) power = BN_new();
    g_autofree char *m = bn_hex(modulus);
    g_autofree char *b = bn_hex(base);
    g_autofree char *e = bn_hex(exponent);
    g_autofree char *expected = NULL;
    g_autofree char *padded = NULL;
    g_auto(GStrv) results =
        compute(LN, CRYPTODEV_LN_EXPONENTIATE, NULL, m, b, e, NULL);

    BN_mod_exp(power, base, exponent, modulus, ctx);
    expected = bn_hex(power);
    padded = pad_hex(expected, strlen(m) / 2);
    check_result(results[0], padded);
    g_assert_null(results[1]);
}

static void test_exponentiate(void)
{
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        g_autoptr(BIGNUM) modulus = bn_random(sizes[i]);
        g_autoptr(BIGNUM) base = bn_random(sizes[i]);
        g_autoptr(BIGNUM) larger = bn_random(MIN(sizes[i] + 70, 8192));
        g_autoptr(BIGNUM) exponent = bn_random(sizes[i]);
        g_autoptr(BIGNUM) zero = BN_new();

        BN_set_bit(modulus, 0);
        check_power(modulus, base, exponent);
        check_power(modulus, larger, exponent);
        check_power(modulus, base, zero);
        check_power(modulus, zero, exponent);
        check_power(modulus, zero, zero);
    }
}

/*
 * Modulo a square, powers of its root are 0.  The root's two highest bits make
 * the square as long as it can be.
 */
static void check_square(int bits)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    g_autoptr(BIGNUM) root = bn_random(bits / 2);
    g_autoptr(BIGNUM) modulus = BN_new();
    g_autoptr(BIGNUM) factor = bn_random(bits / 2 - 1);
    g_autoptr(BIGNUM) base = BN_new();
    g_autoptr(BIGNUM) exponent = bn_random(bits);
    g_autoptr(BIGNUM) multiple = BN_new();

    BN_set_bit(root, 0);
    BN_set_bit(root, bits / 2 - 2);
    BN_sqr(modulus, root, ctx);
    BN_mul(base, root, factor, ctx);
    check_power(modulus, base, exponent);
    check_power(modulus, root, exponent);
    check_power(modulus, modulus, exponent);
    BN_add(multiple, modulus, base);
    if (BN_num_bits(multiple) <= 8192) {
        check_power(modulus, multiple, exponent);
    }
}

/* OpenSSL has code of its own for some of these sizes. */
static void test_squares(void)
{
    static const int square_sizes[] = { 256, 512, 1024, 1536, 2048, 4096 };

    for (size_t i = 0; i < ARRAY_SIZE(square_sizes); i++) {
        check_square(square_sizes[i]);
    }
}

/* All that modulo 1 can be, and exponents that are longer than the modulus */
static void test_small_moduli(void)
{
    g_autoptr(BIGNUM) exponent = bn_random(2048);

    for (BN_ULONG m = 1; m < 16; m += 2) {
        g_autoptr(BIGNUM) modulus = BN_new();

        BN_set_word(modulus, m);
        for (BN_ULONG i = 0; i < 2 * m + 2; i++) {
            g_autoptr(BIGNUM) number = BN_new();

            BN_set_word(number, i);
            check_power(modulus, number, exponent);
            check_power(modulus, exponent, number);
            check_power(modulus, number, number);
        }
    }
}

static void check_inverse(const BIGNUM *a, const BIGNUM *m)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    g_autoptr(BIGNUM) inverse = BN_mod_inverse(NULL, a, m, ctx);
    g_autofree char *a_hex = bn_hex(a);
    g_autofree char *m_hex = bn_hex(m);
    g_autofree char *expected = NULL;
    g_auto(GStrv) results = NULL;

    if (!inverse) {
        g_assert_cmpint(compute_fail(LN, CRYPTODEV_LN_INVERT, NULL, a_hex,
                                     m_hex, NULL), ==, CRYPTODEV_ERR);
        return;
    }
    expected = bn_hex(inverse);
    results = compute(LN, CRYPTODEV_LN_INVERT, NULL, a_hex, m_hex, NULL);
    check_number(results[0], expected);
    g_assert_cmpint(strlen(results[0]), ==, strlen(m_hex));
}

static void test_invert(void)
{
    for (size_t i = 1; i < ARRAY_SIZE(sizes); i++) {
        for (int round = 0; round < 8; round++) {
            g_autoptr(BIGNUM) m = bn_random(sizes[i]);
            g_autoptr(BIGNUM) a = bn_random(MAX(sizes[i] - round, 1));
            g_autoptr(BIGNUM) larger = bn_random(MIN(sizes[i] + 9, 8192));

            check_inverse(a, m);
            check_inverse(larger, m);
        }
    }
}

/* All numbers modulo small ones, even and odd */
static void test_small_inverses(void)
{
    for (BN_ULONG i = 2; i < 32; i++) {
        for (BN_ULONG k = 0; k < 2 * i; k++) {
            g_autoptr(BIGNUM) m = BN_new();
            g_autoptr(BIGNUM) a = BN_new();

            BN_set_word(m, i);
            BN_set_word(a, k);
            check_inverse(a, m);
        }
    }
}

static void fail(uint32_t operation, const char *a, const char *b,
                 const char *c)
{
    g_assert_cmpint(compute_fail(LN, operation, NULL, a, b, c, NULL), ==,
                    CRYPTODEV_ERR);
}

static void test_errors(void)
{
    g_autoptr(BIGNUM) bn = bn_random(8193);
    g_autofree char *large = NULL;

    BN_set_bit(bn, 0);
    large = bn_hex(bn);
    /* No modulus, an even one, and numbers that are too large or not there */
    fail(CRYPTODEV_LN_EXPONENTIATE, "00", "02", "03");
    fail(CRYPTODEV_LN_EXPONENTIATE, "", "02", "03");
    fail(CRYPTODEV_LN_EXPONENTIATE, "08", "02", "03");
    fail(CRYPTODEV_LN_EXPONENTIATE, large, "02", "03");
    fail(CRYPTODEV_LN_EXPONENTIATE, "07", large, "03");
    fail(CRYPTODEV_LN_EXPONENTIATE, "07", "02", large);
    fail(CRYPTODEV_LN_EXPONENTIATE, "07", "", "03");
    fail(CRYPTODEV_LN_EXPONENTIATE, "07", "02", "");
    /* An operand too few, and one too many */
    fail(CRYPTODEV_LN_EXPONENTIATE, "07", "02", NULL);
    fail(CRYPTODEV_LN_INVERT, "03", "07", "01");

    /* Empty operands, a number without an inverse, and modulo 1 or 0 */
    fail(CRYPTODEV_LN_INVERT, "00", "07", NULL);
    fail(CRYPTODEV_LN_INVERT, "07", "07", NULL);
    fail(CRYPTODEV_LN_INVERT, "06", "08", NULL);
    fail(CRYPTODEV_LN_INVERT, "03", "01", NULL);
    fail(CRYPTODEV_LN_INVERT, "03", "00", NULL);
    fail(CRYPTODEV_LN_INVERT, large, "07", NULL);
    fail(CRYPTODEV_LN_INVERT, "03", large, NULL);
}

/* The most that a request can ask for ends soon, however it is made. */
static void test_slowest(void)
{
    g_autofree char *ones = g_strnfill(8192 / 4, 'f');
    gint64 start = g_get_monotonic_time();
    g_auto(GStrv) results = compute(LN, CRYPTODEV_LN_EXPONENTIATE, NULL, ones,
                                    ones + 2, ones, NULL);

    g_assert_cmpint(strlen(results[0]), ==, strlen(ones));
    g_assert_cmpint(g_get_monotonic_time() - start, <, 20 * G_USEC_PER_SEC);
}

static void run_thread(unsigned int thread)
{
    for (int i = 0; i < 20; i++) {
        g_autoptr(BIGNUM) modulus = bn_random(512 + thread);
        g_autoptr(BIGNUM) base = bn_random(500);
        g_autoptr(BIGNUM) exponent = bn_random(512);

        BN_set_bit(modulus, 0);
        check_power(modulus, base, exponent);
        check_inverse(base, modulus);
    }
}

static void test_threads(void)
{
    in_threads(run_thread);
}

const ComputeTest ln_tests[] = {
    { "ln/exponentiate", test_exponentiate },
    { "ln/squares", test_squares },
    { "ln/small-moduli", test_small_moduli },
    { "ln/invert", test_invert },
    { "ln/small-inverses", test_small_inverses },
    { "ln/errors", test_errors },
    { "ln/slowest", test_slowest },
    { "ln/threads", test_threads },
    { }
};
