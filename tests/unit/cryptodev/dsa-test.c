/*
 * Tests of computations: DSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-openssl.h"
#include "compute-run.h"

#define DSA CRYPTODEV_SERVICE_DSA

typedef struct Domain {
    const char *p;
    const char *q;
    const char *g;
    const char *hash;
} Domain;

/* "mod = L=1024, N=160, SHA-1" ends in the hash's name. */
static bool read_domain(const RspRecord *record, Domain *domain)
{
    const char *comma = strrchr(record->section, ' ');

    domain->p = rsp_text(record, "P") ?: domain->p;
    domain->q = rsp_text(record, "Q") ?: domain->q;
    domain->g = rsp_text(record, "G") ?: domain->g;
    domain->hash = comma ? comma + 1 : NULL;
    return domain->p && domain->q && domain->g;
}

static bool verify(const Domain *domain, const char *y, const char *z,
                   const char *r, const char *s)
{
    return as_bool(compute_once(DSA, CRYPTODEV_DSA_VERIFY, 4, domain->p,
                                domain->q, domain->g, y, z, r, s, NULL));
}

static void check_signing(const Domain *domain, const RspRecord *record)
{
    const char *x = rsp_text(record, "X");
    const char *k = rsp_text(record, "K");
    const char *r = rsp_text(record, "R");
    const char *s = rsp_text(record, "S");
    g_autofree char *z = digest_hex(domain->hash, rsp_text(record, "Msg"));
    g_auto(GStrv) both =
        compute_once(DSA, CRYPTODEV_DSA_SIGN_RS, 4, domain->p, domain->q,
                     domain->g, x, k, z, NULL);
    g_auto(GStrv) first =
        compute_once(DSA, CRYPTODEV_DSA_SIGN_R, 3, domain->p, domain->q,
                     domain->g, k, NULL);
    g_auto(GStrv) second =
        compute_once(DSA, CRYPTODEV_DSA_SIGN_S, 2, domain->q, x, k, r, z,
                     NULL);
    g_auto(GStrv) y =
        compute_once(DSA, CRYPTODEV_DSA_GENERATE_Y, 2, domain->p, domain->g,
                     x, NULL);

    check_number(both[0], r);
    check_number(both[1], s);
    check_result(first[0], both[0]);
    check_result(second[0], both[1]);
    check_number(y[0], rsp_text(record, "Y"));
    g_assert_cmpint(strlen(both[1]), ==, strlen(domain->q));
    g_assert_true(verify(domain, y[0], z, r, s));
    g_assert_false(verify(domain, y[0], z, s, r));
}

/* NIST's vectors, which tell K; one of each three, for the time they take */
static void test_nist_sign(void)
{
    g_autofree char *path =
        vectors_path("asymmetric/DSA/FIPS_186-3/SigGen.txt");
    g_autoptr(GPtrArray) records = rsp_read(path);
    Domain domain = { };
    VectorCount count = { };

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];

        if (read_domain(record, &domain) && rsp_text(record, "Msg") &&
            i % 3 == 0 && vectors_take(&count)) {
            check_signing(&domain, record);
        }
    }
    g_assert_cmpint(count.seen, >, 60);
}

static void test_nist_verify(void)
{
    g_autofree char *path =
        vectors_path("asymmetric/DSA/FIPS_186-3/SigVer.rsp");
    g_autoptr(GPtrArray) records = rsp_read(path);
    Domain domain = { };
    VectorCount outcomes[2] = { };

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];
        const char *result = rsp_text(record, "Result");
        bool good = result && result[0] == 'P';

        if (read_domain(record, &domain) && result &&
            vectors_take(&outcomes[good])) {
            g_autofree char *z =
                digest_hex(domain.hash, rsp_text(record, "Msg"));

            g_assert_cmpint(verify(&domain, rsp_text(record, "Y"), z,
                                   rsp_text(record, "R"),
                                   rsp_text(record, "S")), ==, good);
        }
    }
    g_assert_cmpint(outcomes[false].seen, >, 50);
    g_assert_cmpint(outcomes[true].seen, >, 50);
}

static void test_nist_keys(void)
{
    g_autofree char *path =
        vectors_path("asymmetric/DSA/FIPS_186-3/KeyPair.rsp");
    g_autoptr(GPtrArray) records = rsp_read(path);
    Domain domain = { };
    VectorCount count = { };

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];

        if (read_domain(record, &domain) && rsp_text(record, "X") &&
            vectors_take(&count)) {
            g_auto(GStrv) y =
                compute_once(DSA, CRYPTODEV_DSA_GENERATE_Y, 2, domain.p,
                             domain.g, rsp_text(record, "X"), NULL);

            check_number(y[0], rsp_text(record, "Y"));
        }
    }
    g_assert_cmpint(count.seen, >, 20);
}

/* RFC 6979, appendix A.2.1 */
static const Domain rfc = {
    .p = "86f5ca03dcfeb225063ff830a0c769b9dd9d6153ad91d7ce27f787c43278b447"
         "e6533b86b18bed6e8a48b784a14c252c5be0dbf60b86d6385bd2f12fb763ed88"
         "73abfd3f5ba2e0a8c0a59082eac056935e529daf7c610467899c77adedfc846c"
         "881870b7b19b2b58f9be0521a17002e3bdd6b86685ee90b3d9a1b02b782b1779",
    .q = "996f967f6c8e388d9e28d01e205fba957a5698b1",
    .g = "07b0f92546150b62514bb771e2a0c0ce387f03bda6c56b505209ff25fd3c133d"
         "89bbcd97e904e09114d9a7defdeadfc9078ea544d2e401aeecc40bb9fbbf78fd"
         "87995a10a1c27cb7789b594ba7efb5c4326a9fe59a070e136db77175464adca4"
         "17be5dce2f40d10a46a3a3943f26ab7fd9c0398ff8c76ee0a56826a8a88f1dbd",
};
static const char rfc_x[] = "411602cb19a6ccc34494d79d98ef1e7ed5af25f7";

/* "sample" */
static const char rfc_message[] = "73616d706c65";

static void test_rfc6979(void)
{
    static const struct {
        const char *hash;
        const char *r;
        const char *s;
    } signatures[] = {
        { "SHA-1", "2e1a0c2562b2912caaf89186fb0f42001585da55",
          "29efb6b0aff2d7a68eb70ca313022253b9a88df5" },
        { "SHA-224", "4bc3b686aea70145856814a6f1bb53346f02101e",
          "410697b92295d994d21edd2f4ada85566f6f94c1" },
        { "SHA-256", "81f2f5850be5bc123c43f71a3033e9384611c545",
          "4cdd914b65eb6c66a8aaad27299bee6b035f5e89" },
        { "SHA-384", "07f2108557ee0e3921bc1774f1ca9b410b4ce65a",
          "54df70456c86fac10fab47c1949ab83f2c6f7595" },
        { "SHA-512", "16c3491f9b8c3fbbdd5e7a7b667057f0d8ee8e1b",
          "02c36a127a7b89edbb72e4ffbc71dabc7d4fc69c" },
    };
    CryptoDevSession *session =
        session_new(DSA, CRYPTODEV_DSA_SIGN_RS, rfc.p, rfc.q, rfc.g, rfc_x,
                    NULL);

    for (size_t i = 0; i < ARRAY_SIZE(signatures); i++) {
        g_autofree char *z = digest_hex(signatures[i].hash, rfc_message);
        g_auto(GStrv) results =
            compute(DSA, CRYPTODEV_DSA_SIGN_RS, session, "", z, NULL);

        check_result(results[0], signatures[i].r);
        check_result(results[1], signatures[i].s);
    }
    session_free(session);
}

static void check_prime(const char *hex, int bits)
{
    g_autoptr(BIGNUM) bn = bn_read(hex);

    g_assert_cmpint(BN_num_bits(bn), ==, bits);
    g_assert_cmpint(BN_check_prime(bn, NULL, NULL), ==, 1);
}

/* Sign and verify with OpenSSL on the other side. */
static void check_round_trip(const Domain *domain)
{
    g_autoptr(BIGNUM) x_bn = bn_random(150);
    g_autofree char *x = bn_hex(x_bn);
    g_auto(GStrv) y = compute_once(DSA, CRYPTODEV_DSA_GENERATE_Y, 2,
                                   domain->p, domain->g, x, NULL);
    g_autoptr(EVP_PKEY) key =
        pkey_new("DSA", EVP_PKEY_KEYPAIR, NULL, OSSL_PKEY_PARAM_FFC_P,
                 domain->p, OSSL_PKEY_PARAM_FFC_Q, domain->q,
                 OSSL_PKEY_PARAM_FFC_G, domain->g, OSSL_PKEY_PARAM_PUB_KEY,
                 y[0], OSSL_PKEY_PARAM_PRIV_KEY, x, NULL);
    g_autofree char *z = digest_hex("SHA256", "616263");
    g_autofree char *r = NULL;
    g_autofree char *s = NULL;
    g_auto(GStrv) own =
        compute_once(DSA, CRYPTODEV_DSA_SIGN_RS, 4, domain->p, domain->q,
                     domain->g, x, "", z, NULL);

    g_assert_true(pkey_verifies(key, z, own[0], own[1]));
    pkey_sign(key, z, &r, &s);
    g_assert_true(verify(domain, y[0], z, r, s));
    g_assert_false(verify(domain, y[0], z, r, own[1]));
}

static void check_generation(uint32_t p_bits, uint32_t q_bits)
{
    g_auto(GStrv) pq = compute(DSA, CRYPTODEV_DSA_GENERATE_P, NULL,
                               number(p_bits), number(q_bits), NULL);
    g_auto(GStrv) g = compute(DSA, CRYPTODEV_DSA_GENERATE_G, NULL, pq[0],
                              pq[1], "02", NULL);
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    g_autoptr(BIGNUM) p = bn_read(pq[0]);
    g_autoptr(BIGNUM) q = bn_read(pq[1]);
    g_autoptr(BIGNUM) h = bn_read("02");
    g_autoptr(BIGNUM) rest = BN_new();
    g_autofree char *power = NULL;
    Domain domain = { .p = pq[0], .q = pq[1], .g = g[0] };

    check_prime(pq[0], p_bits);
    check_prime(pq[1], q_bits);
    BN_sub_word(p, 1);
    BN_div(q, rest, p, q, ctx);
    g_assert_true(BN_is_zero(rest));
    BN_add_word(p, 1);
    BN_mod_exp(h, h, q, p, ctx);
    power = bn_hex(h);
    check_number(g[0], power);
    check_round_trip(&domain);
}

static void test_generate(void)
{
    check_generation(1024, 160);
    check_generation(2048, 224);
    check_generation(2048, 256);
    check_generation(3072, 256);
}

static void fail(uint32_t operation, const char *a, const char *b,
                 const char *c, const char *d, CryptoDevStatus status)
{
    g_assert_cmpint(session_fail(DSA, operation, a, b, c, d, NULL), ==,
                    status);
}

static void test_session_errors(void)
{
    g_autofree char *even = g_strdup(rfc.p);
    g_autofree char *short_p = g_strdup(rfc.p);
    g_autofree char *short_q = g_strdup(rfc.q);
    g_autofree char *long_p = g_strconcat(rfc.p, rfc.p, rfc.p, "01", NULL);
    g_autofree char *long_q = g_strconcat(rfc.q, rfc.q, NULL);
    g_autofree char *other_q = g_strdup(rfc.q);

    even[strlen(even) - 1] = '8';
    short_p[0] = '7';
    short_q[0] = '7';
    other_q[strlen(other_q) - 1] = '3';
    fail(CRYPTODEV_DSA_SIGN_R, short_p, rfc.q, rfc.g, NULL,
         CRYPTODEV_NOTSUPP);
    fail(CRYPTODEV_DSA_SIGN_R, long_p, rfc.q, rfc.g, NULL, CRYPTODEV_NOTSUPP);
    fail(CRYPTODEV_DSA_SIGN_R, rfc.p, short_q, rfc.g, NULL,
         CRYPTODEV_NOTSUPP);
    fail(CRYPTODEV_DSA_SIGN_R, rfc.p, long_q, rfc.g, NULL, CRYPTODEV_NOTSUPP);
    fail(CRYPTODEV_DSA_SIGN_R, even, rfc.q, rfc.g, NULL, CRYPTODEV_ERR);
    fail(CRYPTODEV_DSA_SIGN_R, rfc.p, other_q, rfc.g, NULL, CRYPTODEV_ERR);
    fail(CRYPTODEV_DSA_SIGN_R, rfc.p, rfc.q, "01", NULL, CRYPTODEV_ERR);
    fail(CRYPTODEV_DSA_SIGN_R, rfc.p, rfc.q, NULL, NULL, CRYPTODEV_ERR);
    fail(CRYPTODEV_DSA_SIGN_R, rfc.p, rfc.q, rfc.g, rfc_x, CRYPTODEV_ERR);
    fail(CRYPTODEV_DSA_SIGN_RS, rfc.p, rfc.q, rfc.g, "00", CRYPTODEV_ERR);
    fail(CRYPTODEV_DSA_SIGN_RS, rfc.p, rfc.q, rfc.g, rfc.q, CRYPTODEV_ERR);
    fail(CRYPTODEV_DSA_SIGN_RS, rfc.p, rfc.q, rfc.g, "", CRYPTODEV_ERR);
    fail(CRYPTODEV_DSA_SIGN_S, rfc.q, rfc.q, NULL, NULL, CRYPTODEV_ERR);
    fail(CRYPTODEV_DSA_VERIFY, rfc.p, rfc.q, rfc.g, "00", CRYPTODEV_ERR);
    fail(CRYPTODEV_DSA_VERIFY, rfc.p, rfc.q, rfc.g, rfc.p, CRYPTODEV_ERR);
    fail(CRYPTODEV_DSA_GENERATE_Y, even, rfc.g, NULL, NULL, CRYPTODEV_ERR);
    fail(CRYPTODEV_DSA_GENERATE_Y, rfc.p, rfc.p, NULL, NULL, CRYPTODEV_ERR);
    fail(CRYPTODEV_DSA_GENERATE_P, rfc.p, rfc.q, NULL, NULL,
         CRYPTODEV_NOTSUPP);
}

static void fail_sign(CryptoDevSession *session, const char *k, const char *z)
{
    g_assert_cmpint(compute_fail(DSA, CRYPTODEV_DSA_SIGN_RS, session, k, z,
                                 NULL), ==, CRYPTODEV_ERR);
}

static void fail_late(CryptoDevSession *session, const char *a, const char *b,
                      const char *c)
{
    g_assert_cmpint(compute_fail(DSA, session->capability->algo, session, a, b,
                                 c, NULL), ==, CRYPTODEV_ERR);
}

/* Creating a session computes no powers: its operations fail instead. */
static void test_late_errors(void)
{
    g_auto(GStrv) y = compute_once(DSA, CRYPTODEV_DSA_GENERATE_Y, 2, rfc.p,
                                   rfc.g, rfc_x, NULL);
    CryptoDevSession *r = session_new(DSA, CRYPTODEV_DSA_SIGN_R, rfc.p, rfc.q,
                                      "02", NULL);
    CryptoDevSession *both = session_new(DSA, CRYPTODEV_DSA_SIGN_RS, rfc.p,
                                         rfc.q, "02", rfc_x, NULL);
    CryptoDevSession *verify = session_new(DSA, CRYPTODEV_DSA_VERIFY, rfc.p,
                                           rfc.q, "02", y[0], NULL);

    for (int i = 0; i < 2; i++) {
        fail_late(r, "05", NULL, NULL);
        fail_late(both, "05", "11", NULL);
        fail_late(both, "", "11", NULL);
        fail_late(verify, "11", "05", "05");
    }
    session_free(r);
    session_free(both);
    session_free(verify);
}

static void fail_s(CryptoDevSession *session, const char *k, const char *r,
                   const char *z)
{
    g_assert_cmpint(compute_fail(DSA, CRYPTODEV_DSA_SIGN_S, session, k, r, z,
                                 NULL), ==, CRYPTODEV_ERR);
}

static void test_operand_errors(void)
{
    g_autofree char *long_z = g_strnfill(65 * 2, '1');
    CryptoDevSession *both =
        session_new(DSA, CRYPTODEV_DSA_SIGN_RS, rfc.p, rfc.q, rfc.g, rfc_x,
                    NULL);
    CryptoDevSession *second =
        session_new(DSA, CRYPTODEV_DSA_SIGN_S, rfc.q, rfc_x, NULL);

    fail_sign(both, "00", "11");
    fail_sign(both, rfc.q, "11");
    fail_sign(both, rfc.p, "11");
    fail_sign(both, "", "");
    fail_sign(both, "", long_z);
    fail_sign(both, "05", NULL);
    fail_sign(second, "05", "11");
    fail_sign(NULL, "05", "11");
    fail_s(second, "00", "05", "11");
    fail_s(second, "05", "00", "11");
    fail_s(second, "05", rfc.q, "11");
    fail_s(second, rfc.q, "05", "11");
    fail_s(second, "05", "05", "");
    session_free(both);
    session_free(second);
}

static void fail_sizes(const char *p_bits, const char *q_bits)
{
    g_assert_cmpint(compute_fail(DSA, CRYPTODEV_DSA_GENERATE_P, NULL, p_bits,
                                 q_bits, NULL), ==, CRYPTODEV_ERR);
}

static void fail_g(const char *p, const char *q, const char *h)
{
    g_assert_cmpint(compute_fail(DSA, CRYPTODEV_DSA_GENERATE_G, NULL, p, q, h,
                                 NULL), ==, CRYPTODEV_ERR);
}

static void test_generate_errors(void)
{
    g_autoptr(BIGNUM) bn = bn_read(rfc.p);
    g_autofree char *p_minus_1 = NULL;

    fail_sizes(number(1024), number(224));
    fail_sizes(number(3072), number(224));
    fail_sizes(number(1536), number(160));
    fail_sizes(number(4096), number(256));
    fail_sizes(number(512), number(160));
    fail_sizes("010000000800", number(224));
    fail_sizes("", number(224));
    BN_sub_word(bn, 1);
    p_minus_1 = bn_hex(bn);
    fail_g(rfc.p, rfc.q, "00");
    fail_g(rfc.p, rfc.q, "01");
    fail_g(rfc.p, rfc.q, p_minus_1);
    fail_g(rfc.p, rfc.q, rfc.p);
    fail_g(p_minus_1, rfc.q, "02");
    fail_g(rfc.p, rfc_x, "02");
    fail_g(rfc.p, "", "02");
    fail_g(rfc.p, rfc.q, "");
}

/* Out-of-range numbers are not an error: the signature does not verify. */
static void test_verify_range(void)
{
    g_auto(GStrv) y = compute_once(DSA, CRYPTODEV_DSA_GENERATE_Y, 2, rfc.p,
                                   rfc.g, rfc_x, NULL);
    g_autofree char *z = digest_hex("SHA-1", rfc_message);

    g_assert_true(verify(&rfc, y[0], z,
                         "2e1a0c2562b2912caaf89186fb0f42001585da55",
                         "0029efb6b0aff2d7a68eb70ca313022253b9a88df5"));
    g_assert_false(verify(&rfc, y[0], z, "00", "05"));
    g_assert_false(verify(&rfc, y[0], z, "05", "00"));
    g_assert_false(verify(&rfc, y[0], z, rfc.q, "05"));
    g_assert_false(verify(&rfc, y[0], z, "05", rfc.q));
    g_assert_false(verify(&rfc, y[0], z, rfc.p, rfc.p));
}

/*
 * A forged group: w = q t has the order 3 modulo the prime p = w^2 + w + 1, and
 * q is 3 q2.
 */
static BIGNUM *forge_p(const BIGNUM *q, BIGNUM *w)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    BIGNUM *p = BN_new();

    do {
        g_autoptr(BIGNUM) t = bn_random(513 - BN_num_bits(q));

        BN_mul(w, q, t, ctx);
        BN_sqr(p, w, ctx);
        BN_add(p, p, w);
        BN_add_word(p, 1);
    } while (BN_num_bits(p) != 1024 || !BN_check_prime(p, ctx, NULL));
    return p;
}

/* No signature has an r of 0, nor a k that has no inverse. */
static void test_zero_r(void)
{
    g_autoptr(BIGNUM) q_bn = bn_random(158);
    g_autoptr(BIGNUM) w = BN_new();
    g_autoptr(BIGNUM) p_bn = NULL;
    g_autofree char *p = NULL;
    g_autofree char *q = NULL;
    g_autofree char *g = NULL;
    g_auto(GStrv) one = NULL;
    CryptoDevSession *first, *both;

    BN_generate_prime_ex(q_bn, 158, false, NULL, NULL, NULL);
    BN_mul_word(q_bn, 3);
    p_bn = forge_p(q_bn, w);
    p = bn_hex(p_bn);
    q = bn_hex(q_bn);
    g = bn_hex(w);
    first = session_new(DSA, CRYPTODEV_DSA_SIGN_R, p, q, g, NULL);
    both = session_new(DSA, CRYPTODEV_DSA_SIGN_RS, p, q, g, "05", NULL);
    g_assert_cmpint(compute_fail(DSA, CRYPTODEV_DSA_SIGN_R, first, "01",
                                 NULL), ==, CRYPTODEV_ERR);
    g_assert_cmpint(compute_fail(DSA, CRYPTODEV_DSA_SIGN_R, first, "02",
                                 NULL), ==, CRYPTODEV_ERR);
    one = compute(DSA, CRYPTODEV_DSA_SIGN_R, first, "03", NULL);
    check_number(one[0], "01");
    fail_sign(both, "01", "11");
    fail_sign(both, "03", "11");
    fail_sign(both, "", "11");
    session_free(first);
    session_free(both);
}

static CryptoDevSession *shared;

static void run_thread(unsigned int thread)
{
    g_autofree char *z = digest_hex("SHA-256", rfc_message);

    for (int i = 0; i < 20; i++) {
        g_auto(GStrv) results =
            compute(DSA, CRYPTODEV_DSA_SIGN_RS, shared, "", z, NULL);

        check_result(results[0], "81f2f5850be5bc123c43f71a3033e9384611c545");
    }
}

static void test_threads(void)
{
    shared = session_new(DSA, CRYPTODEV_DSA_SIGN_RS, rfc.p, rfc.q, rfc.g,
                         rfc_x, NULL);
    in_threads(run_thread);
    session_free(shared);
}

void run_dsa_vectors(void)
{
    test_nist_sign();
    test_nist_verify();
    test_nist_keys();
    test_rfc6979();
}

const ComputeTest dsa_tests[] = {
    { "dsa/nist/sign", test_nist_sign },
    { "dsa/nist/verify", test_nist_verify },
    { "dsa/nist/keys", test_nist_keys },
    { "dsa/rfc6979", test_rfc6979 },
    { "dsa/generate", test_generate },
    { "dsa/verify-range", test_verify_range },
    { "dsa/zero-r", test_zero_r },
    { "dsa/errors/session", test_session_errors },
    { "dsa/errors/late", test_late_errors },
    { "dsa/errors/operands", test_operand_errors },
    { "dsa/errors/generate", test_generate_errors },
    { "dsa/threads", test_threads },
    { }
};
