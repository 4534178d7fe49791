/*
 * Tests of computations: entropy and random numbers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-run.h"

#define NRBG CRYPTODEV_SERVICE_NRBG
#define RAND CRYPTODEV_SERVICE_RAND

static char *draw(CryptodevService service, uint32_t operation, uint32_t len)
{
    g_auto(GStrv) results =
        compute(service, operation, NULL, number(len), NULL);

    g_assert_cmpint(strlen(results[0]), ==, 2 * len);
    g_assert_null(results[1]);
    return g_steal_pointer(&results[0]);
}

/*
 * Of 524288 random bits half are ones, give or take 7 standard deviations, of
 * 362 each.
 */
static void check_balance(const char *hex)
{
    g_autoptr(GByteArray) bytes = hex_to_bytes(hex);
    int ones = 0;

    g_assert_cmpint(bytes->len, ==, 65536);
    for (guint i = 0; i < bytes->len; i++) {
        ones += ctpop8(bytes->data[i]);
    }
    g_assert_cmpint(ABS(ones - 262144), <, 7 * 362);
}

static void check_service(CryptodevService service, uint32_t operation)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal,
                                                       g_free, NULL);
    g_autofree char *one = draw(service, operation, 1);
    g_autofree char *most = draw(service, operation, 65536);

    g_assert_true(g_hash_table_add(seen, g_steal_pointer(&one)));
    for (int i = 0; i < 100; i++) {
        g_assert_true(g_hash_table_add(seen, draw(service, operation, 32)));
    }
    check_balance(most);
    g_assert_cmpint(compute_fail(service, operation, NULL, number(0), NULL),
                    ==, CRYPTODEV_ERR);
    g_assert_cmpint(compute_fail(service, operation, NULL, number(65537),
                                 NULL), ==, CRYPTODEV_ERR);
    g_assert_cmpint(compute_fail(service, operation, NULL, "ffffffffff",
                                 NULL), ==, CRYPTODEV_ERR);
    g_assert_cmpint(compute_fail(service, operation, NULL, "", NULL), ==,
                    CRYPTODEV_ERR);
    g_assert_cmpint(compute_fail(service, operation, NULL, NULL), ==,
                    CRYPTODEV_ERR);
}

static void test_nrbg(void)
{
    check_service(NRBG, CRYPTODEV_NRBG_ENTROPY);
}

static void test_rand(void)
{
    check_service(RAND, CRYPTODEV_RAND_GENERATE);
}

static void test_seed(void)
{
    g_autofree char *most = g_strnfill(65536 * 2, '1');
    g_autofree char *large = g_strnfill(65537 * 2, '1');
    g_auto(GStrv) one = compute(RAND, CRYPTODEV_RAND_SEED, NULL, "11", NULL);
    g_auto(GStrv) all = compute(RAND, CRYPTODEV_RAND_SEED, NULL, most, NULL);

    g_assert_null(one[0]);
    g_assert_null(all[0]);
    check_service(RAND, CRYPTODEV_RAND_GENERATE);
    g_assert_cmpint(compute_fail(RAND, CRYPTODEV_RAND_SEED, NULL, "", NULL),
                    ==, CRYPTODEV_ERR);
    g_assert_cmpint(compute_fail(RAND, CRYPTODEV_RAND_SEED, NULL, large,
                                 NULL), ==, CRYPTODEV_ERR);
}

static void run_thread(unsigned int thread)
{
    for (int i = 0; i < 20; i++) {
        g_autofree char *one = draw(RAND, CRYPTODEV_RAND_GENERATE, 4096);
        g_autofree char *two = draw(NRBG, CRYPTODEV_NRBG_ENTROPY, 4096);

        g_assert_cmpstr(one, !=, two);
        g_strfreev(compute(RAND, CRYPTODEV_RAND_SEED, NULL, one, NULL));
    }
}

static void test_threads(void)
{
    in_threads(run_thread);
}

const ComputeTest random_tests[] = {
    { "nrbg", test_nrbg },
    { "rand/generate", test_rand },
    { "rand/seed", test_seed },
    { "rand/threads", test_threads },
    { }
};
