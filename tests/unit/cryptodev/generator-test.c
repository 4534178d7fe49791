/*
 * Tests of computations: the service of deterministic random bit generators
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "compute-run.h"

#define DRBG CRYPTODEV_SERVICE_DRBG

static CryptoDevSession *instantiate(uint32_t strength, bool resistance)
{
    return session_new(DRBG, CRYPTODEV_DRBG_INSTANTIATE, number(strength),
                       number(resistance), "70657273", NULL);
}

static char *draw(CryptoDevSession *session, uint32_t len, uint32_t strength,
                  bool resistance)
{
    g_auto(GStrv) results =
        compute(DRBG, CRYPTODEV_DRBG_GENERATE, session, number(len),
                number(strength), number(resistance), "616464", NULL);

    g_assert_cmpint(strlen(results[0]), ==, 2 * len);
    g_assert_null(results[1]);
    return g_steal_pointer(&results[0]);
}

static void test_service(void)
{
    CryptoDevSession *session = instantiate(256, true);
    CryptoDevSession *other = instantiate(112, false);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal,
                                                       g_free, NULL);
    g_auto(GStrv) none = NULL;

    for (int i = 0; i < 20; i++) {
        g_assert_true(g_hash_table_add(seen, draw(session, 16, 256, i % 2)));
        g_assert_true(g_hash_table_add(seen, draw(other, 16, 112, false)));
    }
    none = compute(DRBG, CRYPTODEV_DRBG_RESEED, session, "", NULL);
    g_assert_null(none[0]);
    g_assert_true(g_hash_table_add(seen, draw(session, 65536, 112, true)));
    session_free(session);
    session_free(other);
}

static void fail(CryptoDevSession *session, const char *len,
                 const char *strength, const char *resistance,
                 const char *additional)
{
    g_assert_cmpint(compute_fail(DRBG, CRYPTODEV_DRBG_GENERATE, session, len,
                                 strength, resistance, additional, NULL), ==,
                    CRYPTODEV_ERR);
}

static void fail_instance(const char *strength, const char *resistance,
                          const char *string)
{
    g_assert_cmpint(session_fail(DRBG, CRYPTODEV_DRBG_INSTANTIATE, strength,
                                 resistance, string, NULL), ==,
                    CRYPTODEV_ERR);
}

static void test_errors(void)
{
    g_autofree char *large = g_strnfill((64 * 1024 + 1) * 2, '1');
    CryptoDevSession *session = instantiate(128, false);

    fail_instance(number(111), "00", "");
    fail_instance(number(257), "00", "");
    fail_instance(number(128), "02", "");
    fail_instance(number(128), "", "");
    fail_instance(number(128), "00", large);
    fail_instance(number(128), "00", NULL);
    fail(session, number(0), number(128), "00", "");
    fail(session, number(65537), number(128), "00", "");
    fail(session, number(16), number(129), "00", "");
    fail(session, number(16), number(111), "00", "");
    fail(session, number(16), number(128), "01", "");
    fail(session, number(16), number(128), "00", large);
    fail(session, number(16), number(128), "00", NULL);
    fail(NULL, number(16), number(128), "00", "");
    g_assert_cmpint(compute_fail(DRBG, CRYPTODEV_DRBG_RESEED, NULL, "", NULL),
                    ==, CRYPTODEV_ERR);
    g_assert_cmpint(compute_fail(DRBG, CRYPTODEV_DRBG_RESEED, session, large,
                                 NULL), ==, CRYPTODEV_ERR);
    /* A session is made of the one, and is for the others. */
    g_assert_cmpint(compute_fail(DRBG, CRYPTODEV_DRBG_INSTANTIATE, session,
                                 number(128), "00", "", NULL), ==,
                    CRYPTODEV_NOTSUPP);
    g_assert_cmpint(session_fail(DRBG, CRYPTODEV_DRBG_GENERATE, number(128),
                                 "00", "", NULL), ==, CRYPTODEV_NOTSUPP);
    session_free(session);
}

static CryptoDevSession *shared;
static char *drawn[THREADS][50];

static void run_thread(unsigned int thread)
{
    for (int i = 0; i < 50; i++) {
        drawn[thread][i] = draw(shared, 16, 128, i % 2);
        if (i % 10 == 0) {
            g_strfreev(compute(DRBG, CRYPTODEV_DRBG_RESEED, shared, "11",
                               NULL));
        }
    }
}

/* Many threads on one instance: no two get the same. */
static void test_threads(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal,
                                                       g_free, NULL);

    shared = instantiate(128, true);
    in_threads(run_thread);
    session_free(shared);
    for (int i = 0; i < THREADS; i++) {
        for (int j = 0; j < 50; j++) {
            g_assert_true(g_hash_table_add(seen, drawn[i][j]));
        }
    }
}

const ComputeTest generator_tests[] = {
    { "drbg/service", test_service },
    { "drbg/errors", test_errors },
    { "drbg/threads", test_threads },
    { }
};
