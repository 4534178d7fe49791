/*
 * Tests of computations: ECDSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-openssl.h"
#include "compute-run.h"

#define ECDSA CRYPTODEV_SERVICE_ECDSA

static const struct {
    const char *name;
    CryptoDevCurve curve;
    int nid;
    size_t len;
} curves[] = {
    { "P-192", CRYPTODEV_CURVE_P192, NID_X9_62_prime192v1, 24 },
    { "P-224", CRYPTODEV_CURVE_P224, NID_secp224r1, 28 },
    { "P-256", CRYPTODEV_CURVE_P256, NID_X9_62_prime256v1, 32 },
    { "P-384", CRYPTODEV_CURVE_P384, NID_secp384r1, 48 },
    { "P-521", CRYPTODEV_CURVE_P521, NID_secp521r1, 66 },
};

/* "P-192,SHA-1": the curve, and the hash's name; false for another curve */
static bool read_section(const char *section, const char **curve,
                         const char **hash)
{
    const char *comma = strchr(section, ',');

    for (size_t i = 0; comma && i < ARRAY_SIZE(curves); i++) {
        if (g_str_has_prefix(section, curves[i].name)) {
            *curve = number(curves[i].curve);
            *hash = comma + 1;
            return true;
        }
    }
    return false;
}

static bool verify(const char *curve, const char *x, const char *y,
                   const char *m, const char *r, const char *s)
{
    return as_bool(compute_once(ECDSA, CRYPTODEV_ECDSA_VERIFY, 3, curve, x, y,
                                m, r, s, NULL));
}

static void check_signing(const char *curve, const char *m,
                          const RspRecord *record)
{
    const char *d = rsp_text(record, "d");
    const char *k = rsp_text(record, "k");
    const char *r = rsp_text(record, "R");
    const char *s = rsp_text(record, "S");
    const char *x = rsp_text(record, "Qx");
    const char *y = rsp_text(record, "Qy");
    g_autofree char *long_x = g_strconcat("0000", x, NULL);
    g_auto(GStrv) both = compute_once(ECDSA, CRYPTODEV_ECDSA_SIGN_RS, 2, curve,
                                      d, k, m, NULL);
    g_auto(GStrv) first =
        compute_once(ECDSA, CRYPTODEV_ECDSA_SIGN_R, 1, curve, k, NULL);
    g_auto(GStrv) second = compute_once(ECDSA, CRYPTODEV_ECDSA_SIGN_S, 2,
                                        curve, d, k, r, m, NULL);

    check_number(both[0], r);
    check_number(both[1], s);
    check_result(first[0], both[0]);
    check_result(second[0], both[1]);
    g_assert_true(verify(curve, x, y, m, r, s));
    g_assert_true(verify(curve, long_x, y, m, r, s));
    g_assert_false(verify(curve, x, y, m, s, r));
}

/* NIST's vectors, which tell k; one of each three, for the time they take */
static void test_nist_sign(void)
{
    g_autofree char *path =
        vectors_path("asymmetric/ECDSA/FIPS_186-3/SigGen.txt");
    g_autoptr(GPtrArray) records = rsp_read(path);
    VectorCount count = { };

    for (guint i = 0; i < records->len; i += 3) {
        const RspRecord *record = records->pdata[i];
        const char *curve, *hash;

        if (read_section(record->section, &curve, &hash) &&
            vectors_take(&count)) {
            g_autofree char *m = digest_hex(hash, rsp_text(record, "Msg"));

            check_signing(curve, m, record);
        }
    }
    g_assert_cmpint(count.seen, >, 100);
}

static void test_nist_verify(void)
{
    g_autofree char *path =
        vectors_path("asymmetric/ECDSA/FIPS_186-3/SigVer.rsp");
    g_autoptr(GPtrArray) records = rsp_read(path);
    VectorCount outcomes[2] = { };

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];
        const char *result = rsp_text(record, "Result");
        bool good = result && result[0] == 'P';
        const char *curve, *hash;

        if (read_section(record->section, &curve, &hash) &&
            vectors_take(&outcomes[good])) {
            g_autofree char *m = digest_hex(hash, rsp_text(record, "Msg"));
            const char *x = rsp_text(record, "Qx");
            const char *y = rsp_text(record, "Qy");
            const char *r = rsp_text(record, "R");
            const char *s = rsp_text(record, "S");

            g_assert_cmpint(verify(curve, x, y, m, r, s), ==, good);
        }
    }
    g_assert_cmpint(outcomes[false].seen, >, 100);
    g_assert_cmpint(outcomes[true].seen, >, 50);
}

/* RFC 6979, appendices A.2.3 to A.2.5, for the message "sample" */
static void test_rfc6979(void)
{
    static const struct {
        CryptoDevCurve curve;
        const char *d;
        const char *hash;
        const char *r;
        const char *s;
    } signatures[] = {
        {
            CRYPTODEV_CURVE_P192,
            "6fab034934e4c0fc9ae67f5b5659a9d7d1fefd187ee09fd4", "SHA-1",
            "98c6bd12b23eaf5e2a2045132086be3eb8ebd62abf6698ff",
            "57a22b07dea9530f8de9471b1dc6624472e8e2844bc25b64",
        }, {
            CRYPTODEV_CURVE_P192,
            "6fab034934e4c0fc9ae67f5b5659a9d7d1fefd187ee09fd4", "SHA-512",
            "4d60c5ab1996bd848343b31c00850205e2ea6922dac2e4b8",
            "3f6e837448f027a1bf4b34e796e32a811cbb4050908d8f67",
        }, {
            CRYPTODEV_CURVE_P224,
            "f220266e1105bfe3083e03ec7a3a654651f45e37167e88600bf257c1",
            "SHA-224",
            "1cdfe6662dde1e4a1ec4cdedf6a1f5a2fb7fbd9145c12113e6abfd3e",
            "a6694fd7718a21053f225d3f46197ca699d45006c06f871808f43ebc",
        }, {
            CRYPTODEV_CURVE_P224,
            "f220266e1105bfe3083e03ec7a3a654651f45e37167e88600bf257c1",
            "SHA-384",
            "0b115e5e36f0f9ec81f1325a5952878d745e19d7bb3eabfaba77e953",
            "830f34ccdfe826ccfdc81eb4129772e20e122348a2bbd889a1b1af1d",
        }, {
            CRYPTODEV_CURVE_P256,
            "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
            "SHA-256",
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716",
            "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        }, {
            CRYPTODEV_CURVE_P256,
            "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
            "SHA-1",
            "61340c88c3aaebeb4f6d667f672ca9759a6ccaa9fa8811313039ee4a35471d32",
            "6d7f147dac089441bb2e2fe8f7a3fa264b9c475098fdcf6e00d7c996e1b8b7eb",
        },
    };

    for (size_t i = 0; i < ARRAY_SIZE(signatures); i++) {
        g_autofree char *m = digest_hex(signatures[i].hash, "73616d706c65");
        g_auto(GStrv) results =
            compute_once(ECDSA, CRYPTODEV_ECDSA_SIGN_RS, 2,
                         number(signatures[i].curve), signatures[i].d, "", m,
                         NULL);

        check_result(results[0], signatures[i].r);
        check_result(results[1], signatures[i].s);
    }
}

/* A digest of any length, signed on one side and verified on the other */
static void check_round_trip(size_t curve, size_t digest_len, GRand *rand)
{
    const char *id = number(curves[curve].curve);
    g_autofree char *d = random_hex(rand, curves[curve].len - 2);
    g_auto(GStrv) q = compute(CRYPTODEV_SERVICE_EC, CRYPTODEV_EC_MULTIPLY,
                              NULL, id, d, "", "", NULL);
    g_autofree char *point = g_strconcat("04", q[0], q[1], NULL);
    g_autoptr(EVP_PKEY) key =
        pkey_new("EC", EVP_PKEY_KEYPAIR, OBJ_nid2sn(curves[curve].nid),
                 OSSL_PKEY_PARAM_PUB_KEY, point, OSSL_PKEY_PARAM_PRIV_KEY, d,
                 NULL);
    g_autoptr(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new(key, NULL);
    g_autofree char *m = random_hex(rand, digest_len);
    g_autofree char *other = random_hex(rand, digest_len);
    g_auto(GStrv) own = compute_once(ECDSA, CRYPTODEV_ECDSA_SIGN_RS, 2, id, d,
                                     "", m, NULL);
    g_autofree char *r = NULL;
    g_autofree char *s = NULL;

    g_assert_cmpint(EVP_PKEY_check(ctx), ==, 1);
    g_assert_true(pkey_verifies(key, m, own[0], own[1]));
    g_assert_false(pkey_verifies(key, other, own[0], own[1]));
    pkey_sign(key, m, &r, &s);
    g_assert_true(verify(id, q[0], q[1], m, r, s));
    g_assert_false(verify(id, q[0], q[1], other, r, s));
}

static void test_openssl(void)
{
    static const size_t lens[] = { 20, 28, 32, 33, 48, 63, 64 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(1865);

    for (size_t curve = 0; curve < ARRAY_SIZE(curves); curve++) {
        for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
            check_round_trip(curve, lens[i], rand);
        }
    }
}

static void fail(CryptoDevSession *session, const char *k, const char *m)
{
    g_assert_cmpint(compute_fail(ECDSA, CRYPTODEV_ECDSA_SIGN_RS, session, k,
                                 m, NULL), ==, CRYPTODEV_ERR);
}

static void fail_s(CryptoDevSession *session, const char *k, const char *r,
                   const char *m)
{
    g_assert_cmpint(compute_fail(ECDSA, CRYPTODEV_ECDSA_SIGN_S, session, k, r,
                                 m, NULL), ==, CRYPTODEV_ERR);
}

static char *order_of(size_t curve)
{
    EC_GROUP *group = EC_GROUP_new_by_curve_name(curves[curve].nid);
    char *order = bn_hex(EC_GROUP_get0_order(group));

    EC_GROUP_free(group);
    return order;
}

/* The r that makes s 0 for the key 5 and the digest 1: -1 / 5 */
static char *forge_r(const char *order)
{
    g_autoptr(BN_CTX) work = BN_CTX_new();
    g_autoptr(BIGNUM) n = bn_read(order);
    g_autoptr(BIGNUM) key = bn_read("05");
    g_autoptr(BIGNUM) r = BN_mod_inverse(NULL, key, n, work);

    g_assert_nonnull(r);
    g_assert_true(BN_sub(r, n, r));
    return bn_hex(r);
}

static void test_operand_errors(void)
{
    g_autofree char *long_m = g_strnfill(65 * 2, '1');

    for (size_t i = 0; i < ARRAY_SIZE(curves); i++) {
        const char *curve = number(curves[i].curve);
        g_autofree char *n = order_of(i);
        g_autofree char *forged = forge_r(n);
        CryptoDevSession *both =
            session_new(ECDSA, CRYPTODEV_ECDSA_SIGN_RS, curve, "05", NULL);
        CryptoDevSession *second =
            session_new(ECDSA, CRYPTODEV_ECDSA_SIGN_S, curve, "05", NULL);
        CryptoDevSession *first =
            session_new(ECDSA, CRYPTODEV_ECDSA_SIGN_R, curve, NULL);

        fail(both, "00", "11");
        fail(both, n, "11");
        fail(both, "", "");
        fail(both, "", long_m);
        fail(both, "05", NULL);
        fail(second, "05", "11");
        fail(NULL, "05", "11");
        fail_s(second, "00", "05", "11");
        fail_s(second, n, "05", "11");
        fail_s(second, "05", "00", "11");
        fail_s(second, "05", n, "11");
        fail_s(second, "07", forged, "01");
        g_assert_cmpint(compute_fail(ECDSA, CRYPTODEV_ECDSA_SIGN_R, first, n,
                                     NULL), ==, CRYPTODEV_ERR);
        session_free(both);
        session_free(second);
        session_free(first);
    }
}

static void fail_session(uint32_t operation, const char *curve, const char *a,
                         const char *b, CryptoDevStatus status)
{
    g_assert_cmpint(session_fail(ECDSA, operation, curve, a, b, NULL), ==,
                    status);
}

static void test_session_errors(void)
{
    g_autofree char *too_long = g_strnfill(67 * 2, '1');

    for (size_t i = 0; i < ARRAY_SIZE(curves); i++) {
        const char *curve = number(curves[i].curve);
        g_autofree char *n = order_of(i);

        fail_session(CRYPTODEV_ECDSA_SIGN_RS, curve, "00", NULL,
                     CRYPTODEV_ERR);
        fail_session(CRYPTODEV_ECDSA_SIGN_RS, curve, n, NULL, CRYPTODEV_ERR);
        fail_session(CRYPTODEV_ECDSA_SIGN_RS, curve, "", NULL, CRYPTODEV_ERR);
        fail_session(CRYPTODEV_ECDSA_SIGN_RS, curve, NULL, NULL,
                     CRYPTODEV_ERR);
        fail_session(CRYPTODEV_ECDSA_VERIFY, curve, "01", "01",
                     CRYPTODEV_ERR);
        fail_session(CRYPTODEV_ECDSA_VERIFY, curve, "00", "00",
                     CRYPTODEV_ERR);
        fail_session(CRYPTODEV_ECDSA_VERIFY, curve, "01", NULL,
                     CRYPTODEV_ERR);
        fail_session(CRYPTODEV_ECDSA_VERIFY, curve, too_long, "01",
                     CRYPTODEV_ERR);
        fail_session(CRYPTODEV_ECDSA_VERIFY, curve, "01", too_long,
                     CRYPTODEV_ERR);
    }
    fail_session(CRYPTODEV_ECDSA_SIGN_RS, "00", "05", NULL,
                 CRYPTODEV_NOTSUPP);
    fail_session(CRYPTODEV_ECDSA_SIGN_RS, number(CRYPTODEV_CURVE_X25519), "05",
                 NULL, CRYPTODEV_NOTSUPP);
    fail_session(CRYPTODEV_ECDSA_SIGN_RS, number(CRYPTODEV_CURVE_ED25519),
                 "05", NULL, CRYPTODEV_NOTSUPP);
}

static CryptoDevSession *shared;

static void run_thread(unsigned int thread)
{
    g_autofree char *m = digest_hex("SHA-256", "73616d706c65");

    for (int i = 0; i < 20; i++) {
        g_auto(GStrv) results = compute(ECDSA, CRYPTODEV_ECDSA_SIGN_RS, shared,
                                        "", m, NULL);

        check_result(results[0], "efd48b2aacb6a8fd1140dd9cd45e81d6"
                                 "9d2c877b56aaf991c34d0ea84eaf3716");
    }
}

static void test_threads(void)
{
    shared = session_new(ECDSA, CRYPTODEV_ECDSA_SIGN_RS,
                         number(CRYPTODEV_CURVE_P256),
                         "c9afa9d845ba75166b5c215767b1d693"
                         "4e50c3db36e89b127b8a622b120f6721", NULL);
    in_threads(run_thread);
    session_free(shared);
}

void run_ecdsa_vectors(void)
{
    test_nist_sign();
    test_nist_verify();
    test_rfc6979();
}

const ComputeTest ecdsa_tests[] = {
    { "ecdsa/nist/sign", test_nist_sign },
    { "ecdsa/nist/verify", test_nist_verify },
    { "ecdsa/rfc6979", test_rfc6979 },
    { "ecdsa/openssl", test_openssl },
    { "ecdsa/errors/session", test_session_errors },
    { "ecdsa/errors/operands", test_operand_errors },
    { "ecdsa/threads", test_threads },
    { }
};
