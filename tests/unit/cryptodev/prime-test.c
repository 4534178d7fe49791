/*
 * Tests of computations: tests of primality
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "compute-openssl.h"
#include "compute-run.h"

#define PRIME CRYPTODEV_SERVICE_PRIME

#define ALL \
    (CRYPTODEV_PRIME_GCD | CRYPTODEV_PRIME_FERMAT | CRYPTODEV_PRIME_LUCAS)

static bool passes(const char *candidate, uint32_t tests, uint32_t rounds,
                   const char *bases)
{
    return as_bool(compute(PRIME, CRYPTODEV_PRIME_TEST, NULL, candidate,
                           number(tests), number(rounds), bases, NULL));
}

static bool number_passes(uint32_t candidate, uint32_t tests, uint32_t rounds)
{
    g_autofree char *hex = g_strdup_printf("%08x", candidate);

    return passes(hex, tests, rounds, "");
}

/* Composite numbers that pass one test, and fail another */
static void test_pseudoprimes(void)
{
    /* OEIS A001567: to base 2 */
    static const uint32_t fermat[] = {
        341, 561, 645, 1105, 1387, 1729, 1905, 2047, 2465, 2701, 2821, 3277,
    };
    /* OEIS A217120: Lucas, with the parameters of Selfridge */
    static const uint32_t lucas[] = {
        323, 377, 1159, 1829, 3827, 5459, 5777, 9071, 9179, 10877, 11419,
    };

    for (size_t i = 0; i < ARRAY_SIZE(fermat); i++) {
        g_assert_true(number_passes(fermat[i], CRYPTODEV_PRIME_FERMAT, 0));
        g_assert_false(number_passes(fermat[i], CRYPTODEV_PRIME_LUCAS, 0));
        g_assert_false(number_passes(fermat[i], CRYPTODEV_PRIME_GCD, 0));
    }
    for (size_t i = 0; i < ARRAY_SIZE(lucas); i++) {
        g_assert_true(number_passes(lucas[i], CRYPTODEV_PRIME_LUCAS, 0));
        g_assert_false(number_passes(lucas[i], CRYPTODEV_PRIME_FERMAT, 0));
        g_assert_false(number_passes(lucas[i], ALL, 0));
    }
}

/* Bases that the caller gives */
static void test_bases(void)
{
    /*
     * The least strong pseudoprime to 2, and that to 2, 3, 5 and 7: Pomerance,
     * Selfridge, Wagstaff, The Pseudoprimes to 25 * 10^9, table 7
     */
    g_assert_true(passes("07ff", 0, 1, "0002"));
    g_assert_false(passes("07ff", 0, 1, "0003"));
    g_assert_false(passes("07ff", 0, 2, "00020003"));
    g_assert_true(passes("bfa17dc7", 0, 4, "00000002000000030000000500000007"));
    g_assert_false(passes("bfa17dc7", 0, 1, "0000000b"));
    /* Bases are as long as the candidate without its zeros. */
    g_assert_true(passes("000007ff", 0, 1, "0002"));
    g_assert_true(passes("05", 0, 2, "0203"));
}

/* Agrees with trial division on every number up to a limit. */
static void test_small(void)
{
    for (uint32_t n = 0; n < 3000; n++) {
        bool prime = n > 1;

        for (uint32_t d = 2; d * d <= n; d++) {
            prime = prime && n % d;
        }
        g_assert_cmpint(number_passes(n, CRYPTODEV_PRIME_GCD, 0), ==, prime);
        g_assert_cmpint(number_passes(n, ALL, 0), ==, prime);
        g_assert_cmpint(number_passes(n, 0, 20), ==, prime);
        if (prime) {
            g_assert_true(number_passes(n, CRYPTODEV_PRIME_FERMAT, 0));
            g_assert_true(number_passes(n, CRYPTODEV_PRIME_LUCAS, 0));
        }
    }
}

static void test_gcd(void)
{
    /* 997 is the last prime that is tried; 1009 follows it. */
    g_assert_false(number_passes(997 * 1009, CRYPTODEV_PRIME_GCD, 0));
    g_assert_true(number_passes(997, CRYPTODEV_PRIME_GCD, 0));
    g_assert_true(number_passes(1009 * 1013, CRYPTODEV_PRIME_GCD, 0));
    g_assert_true(number_passes(1009 * 1009, CRYPTODEV_PRIME_GCD, 0));
    /* Squares have no D for the test of Lucas. */
    g_assert_false(number_passes(1009 * 1009, CRYPTODEV_PRIME_LUCAS, 0));
}

/* Primes of all sizes from OpenSSL, and products of two of them */
static void test_large(void)
{
    static const int sizes[] = { 32, 64, 65, 127, 160, 256, 512, 1024 };

    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        g_autoptr(BN_CTX) ctx = BN_CTX_new();
        g_autoptr(BIGNUM) p = BN_new();
        g_autoptr(BIGNUM) q = BN_new();
        g_autofree char *prime = NULL;
        g_autofree char *product = NULL;
        g_autofree char *square = NULL;

        BN_generate_prime_ex(p, sizes[i], false, NULL, NULL, NULL);
        BN_generate_prime_ex(q, sizes[i], false, NULL, NULL, NULL);
        prime = bn_hex(p);
        g_assert_true(passes(prime, ALL, 10, ""));
        BN_mul(q, p, q, ctx);
        product = bn_hex(q);
        g_assert_true(passes(product, CRYPTODEV_PRIME_GCD, 0, ""));
        g_assert_false(passes(product, CRYPTODEV_PRIME_FERMAT, 0, ""));
        g_assert_false(passes(product, CRYPTODEV_PRIME_LUCAS, 0, ""));
        g_assert_false(passes(product, 0, 5, ""));
        BN_sqr(q, p, ctx);
        square = bn_hex(q);
        g_assert_false(passes(square, CRYPTODEV_PRIME_LUCAS, 0, ""));
    }
}

static void test_slowest(void)
{
    g_autoptr(BIGNUM) p = BN_get_rfc3526_prime_4096(NULL);
    g_autofree char *prime = bn_hex(p);

    g_assert_cmpint(BN_num_bits(p), ==, 4096);
    g_assert_true(passes(prime, ALL, CRYPTODEV_PRIME_ROUNDS_MAX, ""));
}

/*
 * 32985 times 2 to the power of 4080, and 1: the prime for which rounds take
 * the most squares.  For a base that is no square, such as 11, none is spared.
 */
static void test_most_squares(void)
{
    g_autoptr(BIGNUM) p = BN_new();
    g_autoptr(GString) bases = g_string_new(NULL);
    g_autofree char *prime = NULL;

    BN_set_word(p, 32985);
    BN_lshift(p, p, 4080);
    BN_add_word(p, 1);
    prime = bn_hex(p);
    for (int i = 0; i < CRYPTODEV_PRIME_ROUNDS_MAX; i++) {
        g_string_append_printf(bases, "%0*x", 4096 / 4, 11);
    }
    g_assert_true(passes(prime, 0, CRYPTODEV_PRIME_ROUNDS_MAX, bases->str));
}

static void fail(const char *candidate, const char *tests, const char *rounds,
                 const char *bases)
{
    g_assert_cmpint(compute_fail(PRIME, CRYPTODEV_PRIME_TEST, NULL, candidate,
                                 tests, rounds, bases, NULL), ==,
                    CRYPTODEV_ERR);
}

static void test_errors(void)
{
    g_autoptr(BIGNUM) bn = bn_random(4097);
    g_autofree char *large = bn_hex(bn);

    fail(large, "01", "00", "");
    fail("", "01", "00", "");
    fail("07", "00", "00", "");         /* no test */
    fail("07", "08", "00", "");         /* none that there is */
    fail("07", "00", "33", "");         /* 51 rounds */
    fail("07", "0000000001", "0100000000", "");
    fail("07", "00", "02", "02");       /* too few bases, too many */
    fail("07", "00", "01", "0203");
    fail("07", "01", "00", "02");
    fail("07ff", "00", "01", "02");     /* too short */
    fail("07", "00", "01", "00");       /* out of range */
    fail("07", "00", "01", "01");
    fail("07", "00", "01", "06");
    fail("07", "00", "01", "07");
    fail("03", "00", "01", "02");
    fail("00", "00", "01", "02");
    g_assert_cmpint(compute_fail(PRIME, CRYPTODEV_PRIME_TEST, NULL, "07",
                                 "01", "00", NULL), ==, CRYPTODEV_ERR);
}

const ComputeTest prime_tests[] = {
    { "prime/pseudoprimes", test_pseudoprimes },
    { "prime/bases", test_bases },
    { "prime/small", test_small },
    { "prime/gcd", test_gcd },
    { "prime/large", test_large },
    { "prime/slowest", test_slowest },
    { "prime/most-squares", test_most_squares },
    { "prime/errors", test_errors },
    { }
};
