/*
 * Tests of computations: points of elliptic curves, and ECDH
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/ec.h>
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-openssl.h"
#include "compute-run.h"

#define EC CRYPTODEV_SERVICE_EC
#define ECDH CRYPTODEV_SERVICE_ECDH

G_DEFINE_AUTOPTR_CLEANUP_FUNC(EC_GROUP, EC_GROUP_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EC_POINT, EC_POINT_free)

/* NIST's names, and the names of the parameter sets of its ECDH vectors */
static const struct {
    const char *name;
    const char *set;
    CryptoDevCurve curve;
    size_t len;
} curves[] = {
    { "P-192", "EA", CRYPTODEV_CURVE_P192, 24 },
    { "P-224", "EB", CRYPTODEV_CURVE_P224, 28 },
    { "P-256", "EC", CRYPTODEV_CURVE_P256, 32 },
    { "P-384", "ED", CRYPTODEV_CURVE_P384, 48 },
    { "P-521", "EE", CRYPTODEV_CURVE_P521, 66 },
};

/* OpenSSL's numbers of the same */
static const int nids[] = {
    NID_X9_62_prime192v1, NID_secp224r1, NID_X9_62_prime256v1, NID_secp384r1,
    NID_secp521r1,
};

/* The curve that a section is for, or NULL */
static const char *find_curve(const char *section)
{
    for (size_t i = 0; i < ARRAY_SIZE(curves); i++) {
        if (!strcmp(section, curves[i].name) ||
            (g_str_has_prefix(section, curves[i].set) && section[2] == ' ')) {
            return number(curves[i].curve);
        }
    }
    return NULL;
}

static bool on_curve(const char *curve, const char *x, const char *y)
{
    return as_bool(compute(EC, CRYPTODEV_EC_VERIFY, NULL, curve, x, y, NULL));
}

/* Some coordinates have more bits than those of any curve. */
static bool is_too_large(const char *coordinate)
{
    g_autoptr(BIGNUM) bn = bn_read(coordinate);

    return BN_num_bits(bn) > 521;
}

/* Public keys of NIST's, good and bad */
static void test_nist_verify(void)
{
    g_autofree char *path =
        vectors_path("asymmetric/ECDSA/FIPS_186-3/PKV.rsp");
    g_autoptr(GPtrArray) records = rsp_read(path);
    VectorCount outcomes[2] = { };

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];
        const char *curve = find_curve(record->section);

        if (curve && rsp_text(record, "Qx")) {
            bool good = rsp_text(record, "Result")[0] == 'P';
            const char *x = rsp_text(record, "Qx");
            const char *y = rsp_text(record, "Qy");

            if (is_too_large(x) || is_too_large(y)) {
                g_assert_false(good);
                g_assert_cmpint(compute_fail(EC, CRYPTODEV_EC_VERIFY, NULL,
                                             curve, x, y, NULL), ==,
                                CRYPTODEV_ERR);
                continue;
            }
            if (vectors_take(&outcomes[good])) {
                g_assert_cmpint(on_curve(curve, x, y), ==, good);
            }
        }
    }
    g_assert_cmpint(outcomes[false].seen, >, 20);
    g_assert_cmpint(outcomes[true].seen, >, 10);
}

/* In one file it is the length of coordinates that tells the curve. */
static const char *find_curve_by_len(const char *coordinate)
{
    for (size_t i = 0; i < ARRAY_SIZE(curves); i++) {
        if (curves[i].len == DIV_ROUND_UP(strlen(coordinate), 2)) {
            return number(curves[i].curve);
        }
    }
    return NULL;
}

/* Key pairs of NIST's: multiples of the base point */
static void test_nist_keys(void)
{
    g_autofree char *path =
        vectors_path("asymmetric/ECDSA/FIPS_186-3/KeyPair.rsp");
    g_autoptr(GPtrArray) records = rsp_read(path);
    VectorCount count = { };

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];
        const char *x = rsp_text(record, "Qx");
        const char *curve = x ? find_curve_by_len(x) : NULL;

        if (curve && vectors_take(&count)) {
            const char *d = rsp_text(record, "d");
            g_auto(GStrv) q =
                compute(EC, CRYPTODEV_EC_MULTIPLY, NULL, curve, d, "", "",
                        NULL);

            check_number(q[0], x);
            check_number(q[1], rsp_text(record, "Qy"));
            g_assert_null(q[2]);
        }
    }
    g_assert_cmpint(count.seen, >, 40);
}

static void check_ecdh(const char *curve, const char *k, const char *x,
                       const char *y, const char *z)
{
    g_auto(GStrv) fast = compute_once(ECDH, CRYPTODEV_ECDH_SHARED_POINT, 2,
                                      curve, k, "00", x, y, NULL);
    g_auto(GStrv) checked = compute_once(ECDH, CRYPTODEV_ECDH_SHARED_POINT, 2,
                                         curve, k, "01", x, y, NULL);
    g_auto(GStrv) product = compute(EC, CRYPTODEV_EC_MULTIPLY, NULL, curve, k,
                                    x, y, NULL);

    check_number(fast[0], z);
    for (int i = 0; i < 2; i++) {
        g_assert_cmpstr(fast[i], ==, checked[i]);
        g_assert_cmpstr(fast[i], ==, product[i]);
    }
    g_assert_true(on_curve(curve, fast[0], fast[1]));
}

/* "IUT's Static public key X fails" and the like: our own key is not used. */
static bool peer_is_bad(const char *result)
{
    return strstr(result, "CAVS's");
}

static void check_fax(const char *name)
{
    g_autofree char *path = vectors_path(name);
    g_autoptr(GPtrArray) records = rsp_read(path);
    VectorCount good = { }, bad = { };

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];
        const char *curve = find_curve(record->section);
        const char *result = rsp_text(record, "Result");
        const char *k = rsp_text(record, "dsIUT");
        const char *x = rsp_text(record, "QsCAVSx");
        const char *y = rsp_text(record, "QsCAVSy");

        if (!curve || !result) {
            continue;
        }
        if (result[0] == 'P' && vectors_take(&good)) {
            check_ecdh(curve, k, x, y, rsp_text(record, "Z"));
        } else if (peer_is_bad(result) && vectors_take(&bad)) {
            CryptoDevSession *session =
                session_new(ECDH, CRYPTODEV_ECDH_SHARED_POINT, curve, k, NULL);

            g_assert_cmpint(compute_fail(ECDH, CRYPTODEV_ECDH_SHARED_POINT,
                                         session, "00", x, y, NULL), ==,
                            CRYPTODEV_ERR);
            session_free(session);
        }
    }
    g_assert_cmpint(good.seen, >, 20);
    g_assert_cmpint(bad.seen, >, 5);
}

static void test_nist_ecdh(void)
{
    check_fax("asymmetric/ECDH/"
              "KASValidityTest_ECCStaticUnified_NOKC_ZZOnly_init.fax");
    check_fax("asymmetric/ECDH/"
              "KASValidityTest_ECCStaticUnified_NOKC_ZZOnly_resp.fax");
}

/* A curve's parameters */
typedef struct Parameters {
    char *p;
    char *a;
    char *b;
} Parameters;

static Parameters take_parameters(const EC_GROUP *group)
{
    g_autoptr(BIGNUM) p = BN_new();
    g_autoptr(BIGNUM) a = BN_new();
    g_autoptr(BIGNUM) b = BN_new();

    g_assert_cmpint(EC_GROUP_get_curve(group, p, a, b, NULL), ==, 1);
    return (Parameters) {
        .p = bn_hex(p), .a = bn_hex(a), .b = bn_hex(b),
    };
}

static void free_parameters(Parameters *curve)
{
    g_free(curve->p);
    g_free(curve->a);
    g_free(curve->b);
}

static bool on_curve_with(const Parameters *curve, const char *x,
                          const char *y)
{
    return as_bool(compute_once(EC, CRYPTODEV_EC_VERIFY_WITH, 3, curve->p,
                                curve->a, curve->b, x, y, NULL));
}

/* RFC 7027: curves that have no name here */
static void test_brainpool(void)
{
    static const int names[] = {
        NID_brainpoolP256r1, NID_brainpoolP384r1, NID_brainpoolP512r1,
    };
    g_autofree char *path = vectors_path("asymmetric/ECDH/brainpool.txt");
    g_autoptr(GPtrArray) records = rsp_read(path);

    g_assert_cmpint(records->len, ==, ARRAY_SIZE(names));
    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];
        g_autoptr(EC_GROUP) group = EC_GROUP_new_by_curve_name(names[i]);
        Parameters curve = take_parameters(group);
        g_auto(GStrv) z =
            compute_once(EC, CRYPTODEV_EC_MULTIPLY_WITH, 4, curve.p, curve.a,
                         curve.b, "", rsp_text(record, "dA"),
                         rsp_text(record, "x_qB"), rsp_text(record, "y_qB"),
                         NULL);

        check_result(z[0], rsp_text(record, "x_Z"));
        check_result(z[1], rsp_text(record, "y_Z"));
        g_assert_true(on_curve_with(&curve, z[0], z[1]));
        g_assert_false(on_curve_with(&curve, z[1], z[0]));
        free_parameters(&curve);
    }
}

/* A curve of our own through a point of our own: b = y^2 - x^3 - a x */
static EC_GROUP *make_curve(const BIGNUM *p, BIGNUM *x, BIGNUM *y)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    g_autoptr(BIGNUM) a = BN_new();
    g_autoptr(BIGNUM) b = BN_new();
    g_autoptr(BIGNUM) term = BN_new();

    BN_rand_range(a, p);
    /* A coordinate of few bits is one that fewer words hold. */
    BN_rand_range(x, p);
    if (BN_is_odd(x)) {
        BN_mask_bits(x, 20);
    }
    BN_rand_range(y, p);
    BN_mod_sqr(b, y, p, ctx);
    BN_mod_sqr(term, x, p, ctx);
    BN_mod_add(term, term, a, p, ctx);
    BN_mod_mul(term, term, x, p, ctx);
    BN_mod_sub(b, b, term, p, ctx);
    return EC_GROUP_new_curve_GFp(p, a, b, ctx);
}

static void check_made_curve(const BIGNUM *p)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    int bits = BN_num_bits(p);
    g_autoptr(BIGNUM) x = BN_new();
    g_autoptr(BIGNUM) y = BN_new();
    g_autoptr(EC_GROUP) group = make_curve(p, x, y);
    g_autoptr(EC_POINT) point = EC_POINT_new(group);
    g_autoptr(BIGNUM) k = bn_random(bits + 8 > 576 ? 576 : bits + 8);
    g_autoptr(BIGNUM) h = bn_random(5);
    g_autoptr(BIGNUM) product = BN_new();
    Parameters curve = take_parameters(group);
    g_autofree char *k_hex = bn_hex(k);
    g_autofree char *h_hex = bn_hex(h);
    g_autofree char *x_hex = bn_hex(x);
    g_autofree char *y_hex = bn_hex(y);
    g_auto(GStrv) results = NULL;
    g_autofree char *x_expected = NULL;
    g_autofree char *y_expected = NULL;

    g_assert_cmpint(EC_POINT_set_affine_coordinates(group, point, x, y, ctx),
                    ==, 1);
    BN_mul(product, h, k, ctx);
    g_assert_cmpint(EC_POINT_mul(group, point, NULL, point, product, ctx), ==,
                    1);
    EC_POINT_get_affine_coordinates(group, point, x, y, ctx);
    x_expected = bn_hex(x);
    y_expected = bn_hex(y);
    results = compute_once(EC, CRYPTODEV_EC_MULTIPLY_WITH, 4, curve.p,
                           curve.a, curve.b, h_hex, k_hex, x_hex, y_hex,
                           NULL);
    check_number(results[0], x_expected);
    check_number(results[1], y_expected);
    free_parameters(&curve);
}

/* Newly made curves of many sizes, against OpenSSL */
static void test_made_curves(void)
{
    static const int sizes[] = {
        96, 127, 128, 129, 160, 191, 192, 193, 256, 320, 383, 448, 521, 576,
    };

    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        for (int round = 0; round < 3; round++) {
            g_autoptr(BIGNUM) p = BN_new();

            BN_generate_prime_ex(p, sizes[i], false, NULL, NULL, NULL);
            check_made_curve(p);
        }
    }
}

/* For these fields libgcrypt has functions of their own. */
static void test_known_fields(void)
{
    static const char *const primes[] = {
        /* P-192, P-224, P-256, P-384, P-521: SP 800-186 */
        "fffffffffffffffffffffffffffffffeffffffffffffffff",
        "ffffffffffffffffffffffffffffffff000000000000000000000001",
        "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
        "ffffffff0000000000000000ffffffff",
        "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
        "ffff",
        /* secp256k1: SEC 2 */
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
        /* Curve25519 and Curve448: RFC 7748 */
        "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed",
        "fffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    };

    for (size_t i = 0; i < ARRAY_SIZE(primes); i++) {
        g_autoptr(BIGNUM) p = bn_read(primes[i]);

        for (int round = 0; round < 10; round++) {
            check_made_curve(p);
        }
    }
}

static void check_scalar(const EC_GROUP *group, const char *curve,
                         const BIGNUM *k)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    g_autoptr(EC_POINT) point = EC_POINT_new(group);
    g_autoptr(BIGNUM) x = BN_new();
    g_autoptr(BIGNUM) y = BN_new();
    g_autofree char *k_hex = bn_hex(k);
    g_auto(GStrv) product = compute(EC, CRYPTODEV_EC_MULTIPLY, NULL, curve,
                                    k_hex, "", "", NULL);
    g_auto(GStrv) r = compute_once(CRYPTODEV_SERVICE_ECDSA,
                                   CRYPTODEV_ECDSA_SIGN_R, 1, curve, k_hex,
                                   NULL);
    g_autofree char *x_hex = NULL;
    g_autofree char *y_hex = NULL;
    g_autofree char *r_hex = NULL;

    EC_POINT_mul(group, point, k, NULL, NULL, ctx);
    EC_POINT_get_affine_coordinates(group, point, x, y, ctx);
    x_hex = bn_hex(x);
    y_hex = bn_hex(y);
    BN_nnmod(x, x, EC_GROUP_get0_order(group), ctx);
    r_hex = bn_hex(x);
    check_number(product[0], x_hex);
    check_number(product[1], y_hex);
    check_number(r[0], r_hex);
}

/*
 * Scalars that are small, or near n, its half, and 2^bits - n, where the sum
 * with n gets another bit
 */
static void test_scalars(void)
{
    for (size_t i = 0; i < ARRAY_SIZE(nids); i++) {
        g_autoptr(EC_GROUP) group = EC_GROUP_new_by_curve_name(nids[i]);
        const BIGNUM *n = EC_GROUP_get0_order(group);
        const char *curve = number(curves[i].curve);
        g_autoptr(BIGNUM) carry = BN_new();
        g_autoptr(BIGNUM) half = BN_new();

        BN_set_bit(carry, BN_num_bits(n));
        BN_sub(carry, carry, n);
        BN_rshift1(half, n);
        for (int offset = 1; offset <= 8; offset++) {
            g_autoptr(BIGNUM) k = BN_new();

            BN_set_word(k, offset);
            check_scalar(group, curve, k);
            BN_sub(k, n, k);
            check_scalar(group, curve, k);
            BN_copy(k, carry);
            BN_add_word(k, offset);
            BN_sub_word(k, 4);
            check_scalar(group, curve, k);
            BN_copy(k, half);
            BN_add_word(k, offset);
            BN_sub_word(k, 4);
            check_scalar(group, curve, k);
        }
    }
}

/* A point with a special coordinate; NULL if there is none */
static EC_POINT *find_special(const EC_GROUP *group, const BIGNUM *x)
{
    EC_POINT *point = EC_POINT_new(group);

    if (EC_POINT_set_compressed_coordinates(group, point, x, 0, NULL) == 1) {
        return point;
    }
    EC_POINT_free(point);
    return NULL;
}

static void check_special(const EC_GROUP *group, const char *curve,
                          const EC_POINT *point)
{
    g_autoptr(EC_POINT) expected = EC_POINT_new(group);
    g_autoptr(BIGNUM) k = BN_new();
    g_autoptr(BIGNUM) x = BN_new();
    g_autoptr(BIGNUM) y = BN_new();
    char *hex[5];
    g_auto(GStrv) product = NULL;

    BN_rand_range(k, EC_GROUP_get0_order(group));
    EC_POINT_mul(group, expected, NULL, point, k, NULL);
    EC_POINT_get_affine_coordinates(group, point, x, y, NULL);
    hex[0] = bn_hex(k);
    hex[1] = bn_hex(x);
    hex[2] = bn_hex(y);
    EC_POINT_get_affine_coordinates(group, expected, x, y, NULL);
    hex[3] = bn_hex(x);
    hex[4] = bn_hex(y);
    product = compute(EC, CRYPTODEV_EC_MULTIPLY, NULL, curve, hex[0], hex[1],
                      hex[2], NULL);
    check_number(product[0], hex[3]);
    check_number(product[1], hex[4]);
    for (size_t i = 0; i < ARRAY_SIZE(hex); i++) {
        g_free(hex[i]);
    }
}

/* Some of them, for the time that they take */
static void test_special(void)
{
    for (size_t i = 0; i < ARRAY_SIZE(curves); i++) {
        g_autoptr(EC_GROUP) group = EC_GROUP_new_by_curve_name(nids[i]);
        g_autoptr(BIGNUM) p = BN_new();
        g_autoptr(GPtrArray) specials = NULL;
        int checked = 0;

        EC_GROUP_get_curve(group, p, NULL, NULL, NULL);
        specials = bn_special(p);
        for (guint j = 0; j < specials->len; j += 3) {
            g_autoptr(EC_POINT) point =
                find_special(group, specials->pdata[j]);

            if (point) {
                check_special(group, number(curves[i].curve), point);
                checked++;
            }
        }
        g_assert_cmpint(checked, >, 70);
    }
}

static void fail_with(const char *p, const char *a, const char *b,
                      CryptoDevStatus status)
{
    g_assert_cmpint(session_fail(EC, CRYPTODEV_EC_VERIFY_WITH, p, a, b, NULL),
                    ==, status);
}

/* Whether p is a prime is known when the first operation has looked. */
static void fail_late(const char *p)
{
    CryptoDevSession *verify = session_new(EC, CRYPTODEV_EC_VERIFY_WITH, p,
                                           "01", "01", NULL);
    CryptoDevSession *multiply = session_new(EC, CRYPTODEV_EC_MULTIPLY_WITH,
                                             p, "01", "01", "", NULL);

    /* The point (0, 1) is on the curve. */
    for (int i = 0; i < 2; i++) {
        g_assert_cmpint(compute_fail(EC, CRYPTODEV_EC_VERIFY_WITH, verify,
                                     "00", "01", NULL), ==, CRYPTODEV_ERR);
        g_assert_cmpint(compute_fail(EC, CRYPTODEV_EC_MULTIPLY_WITH, multiply,
                                     "02", "00", "01", NULL), ==,
                        CRYPTODEV_ERR);
    }
    session_free(verify);
    session_free(multiply);
}

static void test_parameter_errors(void)
{
    g_autofree char *large = NULL;
    g_autoptr(BIGNUM) product = BN_new();
    g_autoptr(BIGNUM) p = BN_new();
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    g_autofree char *composite = NULL;

    BN_generate_prime_ex(p, 577, false, NULL, NULL, NULL);
    large = bn_hex(p);
    BN_generate_prime_ex(p, 128, false, NULL, NULL, NULL);
    BN_sqr(product, p, ctx);
    composite = bn_hex(product);
    fail_with(large, "01", "01", CRYPTODEV_NOTSUPP);
    fail_with("03", "01", "01", CRYPTODEV_NOTSUPP);
    fail_with("00", "01", "01", CRYPTODEV_NOTSUPP);
    fail_with("", "01", "01", CRYPTODEV_ERR);
    fail_late(composite);
    fail_with("0100", "01", "01", CRYPTODEV_ERR);
    fail_with("0d", "0d", "01", CRYPTODEV_ERR);
    fail_with("0d", "01", "0d", CRYPTODEV_ERR);
    /* 4 a^3 + 27 b^2 is 0: all zero; and a = -3, b = 2 */
    fail_with("0d", "00", "00", CRYPTODEV_ERR);
    fail_with("0d", "0a", "02", CRYPTODEV_ERR);
    fail_with("0d", "01", NULL, CRYPTODEV_ERR);
    g_assert_cmpint(session_fail(EC, CRYPTODEV_EC_MULTIPLY_WITH, "0d", "01",
                                 "01", "00", NULL), ==, CRYPTODEV_ERR);
    g_assert_cmpint(session_fail(EC, CRYPTODEV_EC_MULTIPLY_WITH, "0d", "01",
                                 "01", large, NULL), ==, CRYPTODEV_ERR);
    g_assert_cmpint(session_fail(EC, CRYPTODEV_EC_MULTIPLY, "0d", "01", "01",
                                 NULL), ==, CRYPTODEV_NOTSUPP);
}

/* A point of a curve over a field of so few elements that int holds them */
typedef struct TinyPoint {
    bool infinite;
    int x;
    int y;
} TinyPoint;

#define TINY_P 13
#define TINY_A 1
#define TINY_B 1

static int modulo(int number)
{
    return (number % TINY_P + TINY_P) % TINY_P;
}

static int invert(int number)
{
    for (int i = 1; i < TINY_P; i++) {
        if (modulo(number * i) == 1) {
            return i;
        }
    }
    g_assert_not_reached();
}

/* SEC 1, section 2.2.1 */
static TinyPoint add_points(TinyPoint a, TinyPoint b)
{
    int slope, x;

    if (a.infinite || b.infinite) {
        return a.infinite ? b : a;
    }
    if (a.x == b.x && modulo(a.y + b.y) == 0) {
        return (TinyPoint) { .infinite = true };
    }
    slope = a.x == b.x ? (3 * a.x * a.x + TINY_A) * invert(modulo(2 * a.y))
                       : (b.y - a.y) * invert(modulo(b.x - a.x));
    slope = modulo(slope);
    x = modulo(slope * slope - a.x - b.x);
    return (TinyPoint) { .x = x, .y = modulo(slope * (a.x - x) - a.y) };
}

static void check_tiny_product(CryptoDevSession *session, int k,
                               TinyPoint point, TinyPoint expected)
{
    g_auto(GStrv) product = NULL;

    if (expected.infinite) {
        g_assert_cmpint(compute_fail(EC, CRYPTODEV_EC_MULTIPLY_WITH, session,
                                     number(k), number(point.x),
                                     number(point.y), NULL), ==,
                        CRYPTODEV_ERR);
        return;
    }
    product = compute(EC, CRYPTODEV_EC_MULTIPLY_WITH, session, number(k),
                      number(point.x), number(point.y), NULL);
    check_number(product[0], number(expected.x));
    check_number(product[1], number(expected.y));
}

/* Every multiple of every point, most of which have a small order */
static void test_tiny_products(void)
{
    CryptoDevSession *session =
        session_new(EC, CRYPTODEV_EC_MULTIPLY_WITH, number(TINY_P),
                    number(TINY_A), number(TINY_B), "", NULL);
    int points = 0;

    for (int i = 0; i < TINY_P * TINY_P; i++) {
        TinyPoint point = { .x = i / TINY_P, .y = i % TINY_P };
        TinyPoint sum = { .infinite = true };
        int x = point.x;

        if (modulo(point.y * point.y) != modulo(x * x * x + x + TINY_B)) {
            continue;
        }
        points++;
        for (int k = 1; k < 60; k++) {
            sum = add_points(sum, point);
            check_tiny_product(session, k, point, sum);
        }
    }
    g_assert_cmpint(points, ==, 17);
    session_free(session);
}

/* All points of y^2 = x^3 + x + 1 modulo 13, and all that are not */
static void test_tiny_curve(void)
{
    CryptoDevSession *verify = session_new(EC, CRYPTODEV_EC_VERIFY_WITH, "0d",
                                           "01", "01", NULL);
    CryptoDevSession *multiply =
        session_new(EC, CRYPTODEV_EC_MULTIPLY_WITH, "0d", "01", "01", "",
                    NULL);

    for (uint32_t x = 0; x < 16; x++) {
        for (uint32_t y = 0; y < 16; y++) {
            bool on = x < 13 && y < 13 &&
                      (y * y) % 13 == (x * x * x + x + 1) % 13;

            g_assert_cmpint(as_bool(compute(EC, CRYPTODEV_EC_VERIFY_WITH,
                                            verify, number(x), number(y),
                                            NULL)), ==, on);
            if (!on) {
                g_assert_cmpint(compute_fail(EC, CRYPTODEV_EC_MULTIPLY_WITH,
                                             multiply, "02", number(x),
                                             number(y), NULL), ==,
                                CRYPTODEV_ERR);
            }
        }
    }
    /* The curve has 18 points: 18 P is the one at infinity. */
    g_assert_cmpint(compute_fail(EC, CRYPTODEV_EC_MULTIPLY_WITH, multiply,
                                 "12", "00", "01", NULL), ==, CRYPTODEV_ERR);
    g_assert_cmpint(compute_fail(EC, CRYPTODEV_EC_MULTIPLY_WITH, multiply,
                                 "00", "00", "01", NULL), ==, CRYPTODEV_ERR);
    session_free(verify);
    session_free(multiply);
}

static void fail_named(const char *curve, const char *k, const char *x,
                       const char *y, CryptoDevStatus status)
{
    g_assert_cmpint(compute_fail(EC, CRYPTODEV_EC_MULTIPLY, NULL, curve, k, x,
                                 y, NULL), ==, status);
}

static void test_named_errors(void)
{
    for (size_t i = 0; i < ARRAY_SIZE(nids); i++) {
        g_autoptr(EC_GROUP) group = EC_GROUP_new_by_curve_name(nids[i]);
        const BIGNUM *n = EC_GROUP_get0_order(group);
        const char *curve = number(curves[i].curve);
        Parameters parameters = take_parameters(group);
        g_autofree char *order = bn_hex(n);

        fail_named(curve, "00", "", "", CRYPTODEV_ERR);
        fail_named(curve, order, "", "", CRYPTODEV_ERR);
        fail_named(curve, "", "", "", CRYPTODEV_ERR);
        fail_named(curve, "02", "01", "01", CRYPTODEV_ERR);
        fail_named(curve, "02", "01", "", CRYPTODEV_ERR);
        fail_named(curve, "02", "", "01", CRYPTODEV_ERR);
        /* (0, 0), which stands for infinity elsewhere; out of range */
        fail_named(curve, "02", "00", "00", CRYPTODEV_ERR);
        fail_named(curve, "02", parameters.p, "01", CRYPTODEV_ERR);
        g_assert_false(on_curve(curve, "00", "00"));
        g_assert_false(on_curve(curve, parameters.p, "01"));
        free_parameters(&parameters);
    }
    fail_named("00", "02", "", "", CRYPTODEV_NOTSUPP);
    fail_named("0a", "02", "", "", CRYPTODEV_NOTSUPP);
    fail_named("0100000001", "02", "", "", CRYPTODEV_NOTSUPP);
    fail_named("", "02", "", "", CRYPTODEV_ERR);
    g_assert_cmpint(compute_fail(EC, CRYPTODEV_EC_VERIFY, NULL,
                                 number(CRYPTODEV_CURVE_X25519), "09", "09",
                                 NULL), ==, CRYPTODEV_NOTSUPP);
}

static void fail_ecdh(CryptoDevSession *session, const char *verify,
                      const char *x, const char *y)
{
    g_assert_cmpint(compute_fail(ECDH, CRYPTODEV_ECDH_SHARED_POINT, session,
                                 verify, x, y, NULL), ==, CRYPTODEV_ERR);
}

static void test_ecdh_errors(void)
{
    const char *p256 = number(CRYPTODEV_CURVE_P256);
    CryptoDevSession *session =
        session_new(ECDH, CRYPTODEV_ECDH_SHARED_POINT, p256, "05", NULL);

    fail_ecdh(session, "00", "01", "01");
    fail_ecdh(session, "00", "00", "00");
    fail_ecdh(session, "00", "01", "");
    fail_ecdh(session, "00", "", "01");
    fail_ecdh(session, "02", "01", "01");
    fail_ecdh(session, "", "01", "01");
    fail_ecdh(NULL, "00", "01", "01");
    session_free(session);
    g_assert_cmpint(session_fail(ECDH, CRYPTODEV_ECDH_SHARED_POINT, p256,
                                 "00", NULL), ==, CRYPTODEV_ERR);
    g_assert_cmpint(session_fail(ECDH, CRYPTODEV_ECDH_SHARED_POINT,
                                 number(CRYPTODEV_CURVE_ED25519), "05", NULL),
                    ==, CRYPTODEV_NOTSUPP);
    g_assert_cmpint(session_fail(ECDH, CRYPTODEV_ECDH_SHARED_POINT, p256,
                                 NULL), ==, CRYPTODEV_ERR);
}

void run_ec_vectors(void)
{
    test_nist_verify();
    test_nist_keys();
    test_nist_ecdh();
    test_brainpool();
}

const ComputeTest ec_tests[] = {
    { "ec/nist/verify", test_nist_verify },
    { "ec/nist/keys", test_nist_keys },
    { "ec/brainpool", test_brainpool },
    { "ec/made-curves", test_made_curves },
    { "ec/known-fields", test_known_fields },
    { "ec/scalars", test_scalars },
    { "ec/special", test_special },
    { "ec/tiny-curve", test_tiny_curve },
    { "ec/tiny-products", test_tiny_products },
    { "ec/errors/parameters", test_parameter_errors },
    { "ec/errors/named", test_named_errors },
    { "ecdh/nist", test_nist_ecdh },
    { "ecdh/errors", test_ecdh_errors },
    { }
};
