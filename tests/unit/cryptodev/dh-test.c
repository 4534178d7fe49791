/*
 * Tests of computations: Diffie-Hellman key agreement
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-openssl.h"
#include "compute-run.h"

#define DH CRYPTODEV_SERVICE_DH

static char *public_value(const char *p, const char *g, const char *x)
{
    g_auto(GStrv) results =
        compute_once(DH, CRYPTODEV_DH_PUBLIC_VALUE, 2, p, g, x, NULL);

    g_assert_null(results[1]);
    return g_steal_pointer(&results[0]);
}

static char *shared_secret(const char *p, const char *peer, const char *x)
{
    g_auto(GStrv) results =
        compute_once(DH, CRYPTODEV_DH_SHARED_SECRET, 1, p, peer, x, NULL);

    g_assert_null(results[1]);
    return g_steal_pointer(&results[0]);
}

/* Check one party's side: its own public value, and the secret. */
static void check_party(const char *p, const char *g, const char *x,
                        const char *y, const char *peer, const char *z)
{
    g_autofree char *value = public_value(p, g, x);
    g_autofree char *secret = shared_secret(p, peer, x);

    check_number(value, y);
    check_number(secret, z);
    g_assert_cmpint(strlen(secret), ==, strlen(p));
}

/*
 * NIST's vectors, "DLC primitive testing only".  The failures in them are
 * public keys that only a check with q finds wrong, and a Z that was changed.
 */
static void check_fax(const char *name)
{
    g_autofree char *path = vectors_path(name);
    g_autoptr(GPtrArray) records = rsp_read(path);
    const char *p = NULL, *g = NULL;
    int checked = 0;

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];
        const char *result = rsp_text(record, "Result");

        p = rsp_text(record, "P") ?: p;
        g = rsp_text(record, "G") ?: g;
        if (result && result[0] == 'P') {
            check_party(p, g, rsp_text(record, "XstatIUT"),
                        rsp_text(record, "YstatIUT"),
                        rsp_text(record, "YstatCAVS"),
                        rsp_text(record, "Z"));
            checked++;
        }
    }
    g_assert_cmpint(checked, >, 5);
}

static void test_nist(void)
{
    check_fax("asymmetric/DH/KASValidityTest_FFCStatic_NOKC_ZZOnly_init.fax");
    check_fax("asymmetric/DH/KASValidityTest_FFCStatic_NOKC_ZZOnly_resp.fax");
}

static void test_rfc5114(void)
{
    g_autofree char *path = vectors_path("asymmetric/DH/RFC5114.txt");
    g_autoptr(GPtrArray) records = rsp_read(path);
    const char *p = NULL, *g = NULL, *y_peer = NULL;
    int checked = 0;

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];

        p = rsp_text(record, "P") ?: p;
        g = rsp_text(record, "G") ?: g;
        y_peer = rsp_text(record, "YstatCAVS") ?: y_peer;
        if (rsp_text(record, "XstatIUT")) {
            g_autofree char *value =
                public_value(p, g, rsp_text(record, "XstatIUT"));

            check_number(value, rsp_text(record, "YstatIUT"));
        } else if (rsp_text(record, "Z")) {
            const RspRecord *own = records->pdata[i - 1];
            g_autofree char *secret =
                shared_secret(p, y_peer, rsp_text(own, "XstatIUT"));

            check_number(secret, rsp_text(record, "Z"));
            checked++;
        }
    }
    g_assert_cmpint(checked, ==, 3);
}

/* Botan's vectors, in decimal; primes below 768 bits are refused. */
static void test_botan(void)
{
    g_autofree char *path = vectors_path("asymmetric/DH/vec.txt");
    g_autoptr(GPtrArray) records = rsp_read(path);
    int checked = 0, refused = 0;

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];
        g_autofree char *p = bn_convert(rsp_text(record, "P"));
        g_autofree char *y = bn_convert(rsp_text(record, "Y"));
        g_autofree char *x = bn_convert(rsp_text(record, "X"));

        if (strlen(p) * 4 < 768) {
            g_assert_cmpint(session_fail(DH, CRYPTODEV_DH_SHARED_SECRET, p,
                                         NULL), ==, CRYPTODEV_NOTSUPP);
            refused++;
        } else {
            g_autofree char *secret = shared_secret(p, y, x);

            check_number(secret, rsp_text(record, "K"));
            checked++;
        }
    }
    g_assert_cmpint(checked, >, 0);
    g_assert_cmpint(refused, >, 0);
}

/* The groups of RFC 3526, with 1536 to 8192 bits, against OpenSSL */
static void test_groups(void)
{
    g_autofree char *path = vectors_path("asymmetric/DH/rfc3526.txt");
    g_autoptr(GPtrArray) records = rsp_read(path);

    g_assert_cmpint(records->len, ==, 6);
    for (guint i = 0; i < records->len; i++) {
        const char *p = rsp_text(records->pdata[i], "P");
        g_autoptr(BN_CTX) ctx = BN_CTX_new();
        g_autoptr(BIGNUM) p_bn = bn_read(p);
        g_autoptr(BIGNUM) g_bn = bn_read("02");
        g_autoptr(BIGNUM) x_bn = bn_random(256);
        g_autoptr(BIGNUM) peer_bn = bn_random(1000);
        g_autoptr(BIGNUM) y_bn = BN_new();
        g_autoptr(BIGNUM) z_bn = BN_new();
        g_autofree char *x = bn_hex(x_bn);
        g_autofree char *peer = bn_hex(peer_bn);
        g_autofree char *y = NULL;
        g_autofree char *z = NULL;

        BN_mod_exp(y_bn, g_bn, x_bn, p_bn, ctx);
        BN_mod_exp(z_bn, peer_bn, x_bn, p_bn, ctx);
        y = bn_hex(y_bn);
        z = bn_hex(z_bn);
        check_party(p, "02", x, y, peer, z);
    }
}

/* A prime of 768 bits: the first group of RFC 2409 */
static char *smallest_prime(void)
{
    g_autoptr(BIGNUM) p = BN_get_rfc2409_prime_768(NULL);

    return bn_hex(p);
}

static char *add(const char *hex, int summand)
{
    g_autoptr(BIGNUM) bn = bn_read(hex);

    if (summand < 0) {
        BN_sub_word(bn, -summand);
    } else {
        BN_add_word(bn, summand);
    }
    return bn_hex(bn);
}

static void fail_session(const char *p, const char *g, CryptoDevStatus status)
{
    g_assert_cmpint(session_fail(DH, CRYPTODEV_DH_PUBLIC_VALUE, p, g, NULL),
                    ==, status);
}

static void test_session_errors(void)
{
    g_autofree char *p = smallest_prime();
    g_autofree char *p_minus_1 = add(p, -1);
    g_autofree char *even = add(p, 1);
    g_autofree char *small = g_strdup(p);
    g_autofree char *large = g_strconcat("01", p, NULL);
    g_autofree char *zeros = g_strnfill(1024 * 2, '0');

    /* 767 bits; more than 8192; none */
    small[0] = '7';
    fail_session(small, "02", CRYPTODEV_NOTSUPP);
    for (int i = 0; i < 4; i++) {
        char *twice = g_strconcat(large, large, NULL);

        g_free(large);
        large = twice;
    }
    fail_session(large, "02", CRYPTODEV_NOTSUPP);
    fail_session("00", "02", CRYPTODEV_NOTSUPP);
    fail_session(zeros, "02", CRYPTODEV_NOTSUPP);
    fail_session("", "02", CRYPTODEV_ERR);
    fail_session(even, "02", CRYPTODEV_ERR);
    fail_session(p, "00", CRYPTODEV_ERR);
    fail_session(p, "01", CRYPTODEV_ERR);
    fail_session(p, p_minus_1, CRYPTODEV_ERR);
    fail_session(p, p, CRYPTODEV_ERR);
    fail_session(p, "", CRYPTODEV_ERR);
    fail_session(p, NULL, CRYPTODEV_ERR);
    g_assert_cmpint(session_fail(DH, CRYPTODEV_DH_SHARED_SECRET, p, "02",
                                 NULL), ==, CRYPTODEV_ERR);
    g_assert_cmpint(session_fail(DH, 0, p, "02", NULL), ==,
                    CRYPTODEV_NOTSUPP);
    g_assert_cmpint(session_fail(DH, 3, p, "02", NULL), ==,
                    CRYPTODEV_NOTSUPP);
}

static void fail_secret(CryptoDevSession *session, const char *peer,
                        const char *x)
{
    g_assert_cmpint(compute_fail(DH, CRYPTODEV_DH_SHARED_SECRET, session,
                                 peer, x, NULL), ==, CRYPTODEV_ERR);
}

static void test_operand_errors(void)
{
    g_autofree char *p = smallest_prime();
    g_autofree char *p_minus_1 = add(p, -1);
    g_autofree char *p_plus_2 = add(p, 2);
    g_autoptr(BIGNUM) half = bn_read(p);
    g_autofree char *order = NULL;
    CryptoDevSession *session =
        session_new(DH, CRYPTODEV_DH_SHARED_SECRET, p, NULL);
    CryptoDevSession *other =
        session_new(DH, CRYPTODEV_DH_PUBLIC_VALUE, p, "02", NULL);

    BN_rshift1(half, half);
    order = bn_hex(half);
    fail_secret(session, "00", "05");
    fail_secret(session, "01", "05");
    fail_secret(session, p_minus_1, "05");
    fail_secret(session, p, "05");
    fail_secret(session, p_plus_2, "05");
    fail_secret(session, "02", "00");
    fail_secret(session, "02", p_minus_1);
    fail_secret(session, "02", p);
    /* (p - 1) / 2 is the order of all squares: the secret would be 1. */
    fail_secret(session, "04", order);
    fail_secret(session, "02", "");
    fail_secret(session, "", "02");
    fail_secret(session, "02", NULL);
    /* The wrong session, and none */
    fail_secret(other, "02", "05");
    fail_secret(NULL, "02", "05");
    g_assert_cmpint(compute_fail(DH, CRYPTODEV_DH_PUBLIC_VALUE, other, order,
                                 NULL), ==, CRYPTODEV_ERR);
    session_free(session);
    session_free(other);
}

static CryptoDevSession *shared;
static char *expected;

static void run_thread(unsigned int thread)
{
    for (int i = 0; i < 10; i++) {
        g_auto(GStrv) results =
            compute(DH, CRYPTODEV_DH_SHARED_SECRET, shared, "03", "010001",
                    NULL);

        g_assert_cmpstr(results[0], ==, expected);
    }
}

/* Many threads on one session */
static void test_threads(void)
{
    g_autofree char *p = smallest_prime();

    expected = shared_secret(p, "03", "010001");
    shared = session_new(DH, CRYPTODEV_DH_SHARED_SECRET, p, NULL);
    in_threads(run_thread);
    session_free(shared);
    g_free(expected);
}

void run_dh_vectors(void)
{
    test_nist();
    test_rfc5114();
    test_botan();
    test_groups();
}

const ComputeTest dh_tests[] = {
    { "dh/nist", test_nist },
    { "dh/rfc5114", test_rfc5114 },
    { "dh/botan", test_botan },
    { "dh/groups", test_groups },
    { "dh/errors/session", test_session_errors },
    { "dh/errors/operands", test_operand_errors },
    { "dh/threads", test_threads },
    { }
};
