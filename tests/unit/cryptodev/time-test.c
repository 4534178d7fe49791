/*
 * Tests of computations: their time must not depend on secrets
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../qtest/virtio-crypto/der.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-openssl.h"
#include "compute-run.h"

#define EC CRYPTODEV_SERVICE_EC
#define ECDH CRYPTODEV_SERVICE_ECDH
#define ECDSA CRYPTODEV_SERVICE_ECDSA

#define ROUNDS 31

/* Half as many bits take half as long where each one costs the same. */
#define RATIO_MAX 1.3

typedef struct Work {
    CryptodevService service;
    uint32_t operation;
    CryptoDevSession *session;
    const char *operands[4];
} Work;

static int64_t run(const Work *work)
{
    int64_t start = thread_ns();
    g_auto(GStrv) results =
        compute(work->service, work->operation, work->session,
                work->operands[0], work->operands[1], work->operands[2],
                work->operands[3], NULL);
    int64_t end = thread_ns();

    g_assert_nonnull(results[0]);
    return end - start;
}

static int compare(const void *one, const void *other)
{
    const int64_t *a = one, *b = other;

    return *a < *b ? -1 : *a > *b;
}

static int64_t median(int64_t times[ROUNDS])
{
    qsort(times, ROUNDS, sizeof(times[0]), compare);
    return times[ROUNDS / 2];
}

/* They take turns, so that disturbances affect both. */
static void check_same_time(const Work *one, const Work *other)
{
    int64_t times[2][ROUNDS];
    double ratio;

    for (int i = 0; i < ROUNDS; i++) {
        times[0][i] = run(one);
        times[1][i] = run(other);
    }
    ratio = (double)median(times[0]) / median(times[1]);
    g_test_message("%.3f", ratio);
    g_assert_cmpfloat(ratio, <, RATIO_MAX);
    g_assert_cmpfloat(ratio, >, 1 / RATIO_MAX);
}

static const struct {
    const char *name;
    CryptoDevCurve curve;
    size_t len;
} curves[] = {
    { "P-192", CRYPTODEV_CURVE_P192, 24 },
    { "P-224", CRYPTODEV_CURVE_P224, 28 },
    { "P-256", CRYPTODEV_CURVE_P256, 32 },
    { "P-384", CRYPTODEV_CURVE_P384, 48 },
    { "P-521", CRYPTODEV_CURVE_P521, 66 },
};

/* The times for a scalar of all bits, and one of half of them */
static void check_curve(size_t curve)
{
    const char *id = number(curves[curve].curve);
    size_t len = curves[curve].len;
    g_autofree char *half = g_strnfill(len, '7');
    g_autofree char *rest = g_strnfill(2 * len - 2, 'b');
    g_autofree char *full = g_strconcat("01", rest, NULL);
    g_auto(GStrv) point = compute(EC, CRYPTODEV_EC_MULTIPLY, NULL, id, half,
                                  "", "", NULL);
    CryptoDevSession *sign =
        session_new(ECDSA, CRYPTODEV_ECDSA_SIGN_R, id, NULL);
    const char *scalars[] = { full, half };
    Work r[2], product[2], shared[2];

    for (int i = 0; i < 2; i++) {
        r[i] = (Work) {
            ECDSA, CRYPTODEV_ECDSA_SIGN_R, sign, { scalars[i] },
        };
        product[i] = (Work) {
            EC, CRYPTODEV_EC_MULTIPLY, NULL, { id, scalars[i], "", "" },
        };
        shared[i] = (Work) {
            ECDH, CRYPTODEV_ECDH_SHARED_POINT,
            session_new(ECDH, CRYPTODEV_ECDH_SHARED_POINT, id, scalars[i],
                        NULL),
            { "00", point[0], point[1] },
        };
    }
    check_same_time(&r[0], &r[1]);
    check_same_time(&product[0], &product[1]);
    check_same_time(&shared[0], &shared[1]);
    session_free(sign);
    session_free(shared[0].session);
    session_free(shared[1].session);
}

static void test_scalars(void)
{
    for (size_t i = 0; i < ARRAY_SIZE(curves); i++) {
        g_test_message("%s", curves[i].name);
        check_curve(i);
    }
}

static CryptoDevSession *create(const CryptoDevSessionParams *params)
{
    CryptoDevSession *session = NULL;

    g_assert_cmpint(cryptodev_backend_create_session(backend_get(), params,
                                                     &session), ==,
                    CRYPTODEV_OK);
    return session;
}

/* Verify an invalid signature, as the first operation. */
static void verify_nothing(CryptoDevSession *session)
{
    uint8_t digest[20] = { 1 };
    uint8_t signature[] = { 0x30, 6, 2, 1, 1, 2, 1, 1 };
    struct iovec src = { digest, sizeof(digest) };
    struct iovec iov = { signature, sizeof(signature) };
    CryptoDevOp op = {
        .type = CRYPTODEV_OP_VERIFY,
        .session = session,
        .src = { &src, 0, sizeof(digest) },
        .signature = { &iov, 0, sizeof(signature) },
    };

    cryptodev_backend_run(backend_get(), NULL, &op, 1);
    g_assert_cmpint(op.status, ==, CRYPTODEV_KEY_REJECTED);
}

/* The point (0, 1) is on the curve. */
static void multiply_first(CryptoDevSession *session)
{
    g_auto(GStrv) results = compute(EC, CRYPTODEV_EC_MULTIPLY_WITH, session,
                                    "02", "00", "01", NULL);

    g_assert_nonnull(results[0]);
}

/* The creation of a session is far cheaper than its first operation. */
static void check_creation(const CryptoDevSessionParams *params,
                           void (*run_first)(CryptoDevSession *session))
{
    int64_t times[2][ROUNDS];

    for (int i = 0; i < ROUNDS; i++) {
        int64_t start = thread_ns();
        CryptoDevSession *session = create(params);

        times[0][i] = thread_ns() - start;
        start = thread_ns();
        run_first(session);
        times[1][i] = thread_ns() - start;
        session_free(session);
    }
    g_test_message("%.1f us, then %.1f us", median(times[0]) / 1e3,
                   median(times[1]) / 1e3);
    g_assert_cmpint(median(times[0]), <, median(times[1]) / 8);
}

/* y^2 = x^3 + x + 1 modulo a prime of 576 bits */
static void test_create_curve(void)
{
    g_autoptr(BIGNUM) p = BN_new();
    uint8_t prime[576 / 8];
    const uint8_t one[] = { 1 };
    CryptoDevOperand operands[] = {
        { prime, sizeof(prime) }, { one, 1 }, { one, 1 },  { NULL, 0 },
    };
    CryptoDevSessionParams params = {
        .service = EC, .algo = CRYPTODEV_EC_MULTIPLY_WITH,
        .compute = { operands, ARRAY_SIZE(operands) },
    };

    BN_generate_prime_ex(p, 576, false, NULL, NULL, NULL);
    BN_bn2bin(p, prime);
    check_creation(&params, multiply_first);
}

static void append_bn(GByteArray *der, const BIGNUM *bn)
{
    uint8_t bytes[3072 / 8];
    int len = BN_bn2bin(bn, bytes);

    der_append_integer(der, bytes, len);
}

/* NIST's first key of 3072 bits */
static GByteArray *dsa_key(void)
{
    g_autofree char *path =
        vectors_path("asymmetric/DSA/FIPS_186-3/KeyPair.rsp");
    g_autoptr(GPtrArray) records = rsp_read(path);
    const char *names[] = { "P", "Q", "G" };
    g_autoptr(GByteArray) content = g_byte_array_new();
    GByteArray *der = g_byte_array_new();
    const RspRecord *record, *pair;
    guint i = 0;

    do {
        record = records->pdata[i++];
    } while (!rsp_text(record, "P") || strlen(rsp_text(record, "P")) < 768);
    pair = records->pdata[i];
    der_append_integer(content, (const uint8_t[]) { 0 }, 1);
    for (i = 0; i < ARRAY_SIZE(names); i++) {
        g_autoptr(BIGNUM) bn = bn_read(rsp_text(record, names[i]));

        append_bn(content, bn);
    }
    for (i = 0; i < 2; i++) {
        g_autoptr(BIGNUM) bn = bn_read(rsp_text(pair, i ? "X" : "Y"));

        append_bn(content, bn);
    }
    der_append(der, 0x30, content->data, content->len);
    return der;
}

static void check_private_key(CryptoDevAkcipherAlgo algo, CryptoDevCurve curve,
                              const GByteArray *der)
{
    CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_AKCIPHER, .algo = algo,
        .key = der->data, .key_len = der->len,
        .akcipher = { .private_key = true, .curve = curve },
    };

    check_creation(&params, verify_nothing);
}

static void test_create_dsa(void)
{
    g_autoptr(GByteArray) der = dsa_key();

    check_private_key(CRYPTODEV_AKCIPHER_DSA, 0, der);
}

/* An ECPrivateKey of 521 bits: RFC 5915, section 3 */
static void test_create_ecdsa(void)
{
    g_autoptr(GByteArray) der = g_byte_array_new();
    uint8_t header[] = { 0x30, 71, 2, 1, 1, 4, 66, 1 };
    uint8_t scalar[65];

    memset(scalar, 0xa5, sizeof(scalar));
    g_byte_array_append(der, header, sizeof(header));
    g_byte_array_append(der, scalar, sizeof(scalar));
    check_private_key(CRYPTODEV_AKCIPHER_ECDSA, CRYPTODEV_CURVE_P521, der);
}

static CryptoDevSession *create_aead(CryptoDevAeadAlgo algo)
{
    static const uint8_t key[16] = { 1 };
    CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_AEAD, .algo = algo,
        .key = key, .key_len = sizeof(key),
        .aead = { .encrypt = true, .tag_len = 16 },
    };

    return create(&params);
}

/* GCM prepares nothing that only initialization vectors of 16 bytes need. */
static void test_create_gcm(void)
{
    int64_t times[2][ROUNDS];

    for (int i = 0; i < ROUNDS; i++) {
        for (int j = 0; j < 2; j++) {
            int64_t start = thread_ns();
            CryptoDevSession *session =
                create_aead(j ? CRYPTODEV_AEAD_AES_CCM
                              : CRYPTODEV_AEAD_AES_GCM);

            times[j][i] = thread_ns() - start;
            session_free(session);
        }
    }
    g_test_message("%.1f us; CCM: %.1f us", median(times[0]) / 1e3,
                   median(times[1]) / 1e3);
    g_assert_cmpint(median(times[0]), <, 5 * median(times[1]));
}

static struct {
    CryptoDevSession *session;
    uint8_t results[THREADS][32];
} first;

/* A block and its tag, from a given pre-counter block on */
static void run_gcm(unsigned int thread)
{
    uint8_t block[16] = { };
    struct iovec src = { block, sizeof(block) };
    struct iovec dst = { first.results[thread], sizeof(first.results[0]) };
    CryptoDevOp op = {
        .type = CRYPTODEV_OP_ENCRYPT,
        .session = first.session,
        .iv = { 2 }, .iv_len = 16,
        .src = { &src, 0, sizeof(block) },
        .dst = { &dst, 0, sizeof(first.results[0]) },
    };

    cryptodev_backend_run(backend_get(), NULL, &op, 1);
    g_assert_cmpint(op.status, ==, CRYPTODEV_OK);
}

/* Many threads that run the first operation at once all get it complete. */
static void test_first_gcm(void)
{
    uint8_t expected[32];

    first.session = create_aead(CRYPTODEV_AEAD_AES_GCM);
    run_gcm(0);
    memcpy(expected, first.results[0], sizeof(expected));
    session_free(first.session);
    for (int i = 0; i < 50; i++) {
        first.session = create_aead(CRYPTODEV_AEAD_AES_GCM);
        memset(first.results, 0, sizeof(first.results));
        in_threads(run_gcm);
        session_free(first.session);
        for (int thread = 0; thread < THREADS; thread++) {
            g_assert_cmpmem(first.results[thread], sizeof(expected), expected,
                            sizeof(expected));
        }
    }
}

void add_time_tests(void)
{
    g_test_add_func("/compute/time/scalars", test_scalars);
    g_test_add_func("/compute/time/create/curve", test_create_curve);
    g_test_add_func("/compute/time/create/dsa", test_create_dsa);
    g_test_add_func("/compute/time/create/ecdsa", test_create_ecdsa);
    g_test_add_func("/compute/time/create/gcm", test_create_gcm);
    g_test_add_func("/compute/time/first/gcm", test_first_gcm);
}
