/*
 * Tests of computations: points of Ed25519 and Ed448
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-openssl.h"
#include "compute-run.h"

#define EC CRYPTODEV_SERVICE_EC

/* The primes, and the orders of the base points: RFC 8032, sections 5.1, 5.2 */
#define P_25519 \
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed"
#define D_25519 \
    "52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3"
#define N_25519 \
    "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed"
#define P_448 \
    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffe" \
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
#define N_448 \
    "3fffffffffffffffffffffffffffffffffffffffffffffffffffffff" \
    "7cca23e9c44edb49aed63690216cc2728dc58f552378c292ab5844f3"

/* A root of -1 modulo P_25519 */
#define ROOT_25519 \
    "2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0"

static char **multiply(CryptoDevCurve curve, const char *k, const char *x,
                       const char *y)
{
    return compute(EC, CRYPTODEV_EC_MULTIPLY, NULL, number(curve), k, x, y,
                   NULL);
}

static bool on_curve(CryptoDevCurve curve, const char *x, const char *y)
{
    return as_bool(compute(EC, CRYPTODEV_EC_VERIFY, NULL, number(curve), x, y,
                           NULL));
}

/*
 * Check a multiple of the base point against a public key, which is y,
 * little-endian, and in its last bit whether x is odd.
 */
static void check_public(CryptoDevCurve curve, const char *k,
                         const char *public)
{
    g_auto(GStrv) point = multiply(curve, k, "", "");
    g_autoptr(GByteArray) y = hex_to_bytes(public);
    g_autoptr(GByteArray) x = hex_to_bytes(point[0]);
    bool odd = y->data[y->len - 1] >> 7;
    g_autofree char *y_little = NULL;
    g_autofree char *y_big = NULL;

    y->data[y->len - 1] &= 0x7f;
    y_little = to_hex(y->data, y->len);
    y_big = reverse_hex(y_little);
    check_number(point[1], y_big);
    g_assert_cmpint(x->data[x->len - 1] & 1, ==, odd);
    g_assert_true(on_curve(curve, point[0], point[1]));
}

/* RFC 8032, section 5.1.5 */
static char *scalar_25519(const char *secret)
{
    g_autofree char *digest = digest_hex("SHA512", secret);
    g_autoptr(GByteArray) bytes = hex_to_bytes(digest);
    g_autofree char *little = NULL;

    bytes->data[0] &= 0xf8;
    bytes->data[31] &= 0x7f;
    bytes->data[31] |= 0x40;
    little = to_hex(bytes->data, 32);
    return reverse_hex(little);
}

/* Lines of secret and public key, public key, message, and signature */
static void test_ed25519(void)
{
    g_autofree char *path = vectors_path("asymmetric/Ed25519/sign.input");
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;

    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    lines = g_strsplit(text, "\n", 201);
    for (int i = 0; i < 200; i++) {
        g_auto(GStrv) parts = g_strsplit(lines[i], ":", 3);
        g_autofree char *secret = g_strndup(parts[0], 64);
        g_autofree char *k = scalar_25519(secret);

        check_public(CRYPTODEV_CURVE_ED25519, k, parts[1]);
    }
}

/* RFC 8032, section 5.2.5 */
static char *scalar_448(const char *secret)
{
    g_autoptr(GByteArray) input = hex_to_bytes(secret);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    uint8_t bytes[114];
    g_autofree char *little = NULL;

    g_assert_cmpint(EVP_DigestInit(ctx, EVP_shake256()), ==, 1);
    g_assert_cmpint(EVP_DigestUpdate(ctx, input->data, input->len), ==, 1);
    g_assert_cmpint(EVP_DigestFinalXOF(ctx, bytes, sizeof(bytes)), ==, 1);
    EVP_MD_CTX_free(ctx);
    bytes[0] &= 0xfc;
    bytes[55] |= 0x80;
    little = to_hex(bytes, 56);
    return reverse_hex(little);
}

static void test_ed448(void)
{
    g_autofree char *path = vectors_path("asymmetric/Ed448/rfc8032.txt");
    g_autoptr(GPtrArray) records = rsp_read(path);

    g_assert_cmpint(records->len, >, 5);
    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];
        g_autofree char *k = scalar_448(rsp_text(record, "SECRET"));

        check_public(CRYPTODEV_CURVE_ED448, k, rsp_text(record, "PUBLIC"));
    }
}

/* a (b B) is (a b mod n) B. */
static void check_products(CryptoDevCurve curve, const char *order)
{
    g_autoptr(BIGNUM) n = bn_read(order);

    for (int i = 0; i < 10; i++) {
        g_autoptr(BN_CTX) ctx = BN_CTX_new();
        g_autoptr(BIGNUM) a = bn_random(BN_num_bits(n) - 1 - i);
        g_autoptr(BIGNUM) b = bn_random(BN_num_bits(n) - 1);
        g_autofree char *a_hex = bn_hex(a);
        g_autofree char *b_hex = bn_hex(b);
        g_autofree char *ab_hex = NULL;
        g_auto(GStrv) point = multiply(curve, b_hex, "", "");
        g_auto(GStrv) twice = multiply(curve, a_hex, point[0], point[1]);
        g_auto(GStrv) once = NULL;

        BN_mod_mul(a, a, b, n, ctx);
        ab_hex = bn_hex(a);
        once = multiply(curve, ab_hex, "", "");
        g_assert_cmpstr(twice[0], ==, once[0]);
        g_assert_cmpstr(twice[1], ==, once[1]);
    }
}

static void test_products(void)
{
    check_products(CRYPTODEV_CURVE_ED25519, N_25519);
    check_products(CRYPTODEV_CURVE_ED448, N_448);
}

/* The curve a x^2 + y^2 = 1 + d x^2 y^2, modulo p */
typedef struct Reference {
    CryptoDevCurve curve;
    BN_CTX *ctx;
    BIGNUM *p;
    BIGNUM *a;
    BIGNUM *d;
    GPtrArray *specials;
} Reference;

typedef struct Point {
    BIGNUM *x;
    BIGNUM *y;
} Point;

static void free_point(Point *point)
{
    BN_free(point->x);
    BN_free(point->y);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Point, free_point)

static void divide(const Reference *r, BIGNUM *number, const BIGNUM *divisor)
{
    g_autoptr(BIGNUM) inverse = BN_mod_inverse(NULL, divisor, r->p, r->ctx);

    BN_mod_mul(number, number, inverse, r->p, r->ctx);
}

/* RFC 8032, section 5.1.4, with a for -1: the affine law of addition */
static void add_point(const Reference *r, Point *sum, const Point *other)
{
    g_autoptr(BIGNUM) xx = BN_new();
    g_autoptr(BIGNUM) yy = BN_new();
    g_autoptr(BIGNUM) term = BN_new();
    g_autoptr(BIGNUM) divisor = BN_new();

    BN_mod_mul(xx, sum->x, other->x, r->p, r->ctx);
    BN_mod_mul(yy, sum->y, other->y, r->p, r->ctx);
    BN_mod_mul(sum->x, sum->x, other->y, r->p, r->ctx);
    BN_mod_mul(sum->y, sum->y, other->x, r->p, r->ctx);
    BN_mod_add(sum->x, sum->x, sum->y, r->p, r->ctx);
    BN_mod_mul(term, xx, yy, r->p, r->ctx);
    BN_mod_mul(term, term, r->d, r->p, r->ctx);
    BN_mod_mul(xx, xx, r->a, r->p, r->ctx);
    BN_mod_sub(sum->y, yy, xx, r->p, r->ctx);
    BN_mod_add(divisor, BN_value_one(), term, r->p, r->ctx);
    divide(r, sum->x, divisor);
    BN_mod_sub(divisor, BN_value_one(), term, r->p, r->ctx);
    divide(r, sum->y, divisor);
}

/*
 * x^2 = (1 - y^2) / (a - d y^2).  NULL if no x exists, or if the point has an
 * order of at most 4
 */
static BIGNUM *find_x(const Reference *r, const BIGNUM *y)
{
    g_autoptr(BIGNUM) square = BN_new();
    g_autoptr(BIGNUM) divisor = BN_new();

    if (BN_is_zero(y) || BN_cmp(y, r->p) >= 0) {
        return NULL;
    }
    BN_mod_sqr(square, y, r->p, r->ctx);
    BN_mod_mul(divisor, square, r->d, r->p, r->ctx);
    BN_mod_sub(divisor, r->a, divisor, r->p, r->ctx);
    BN_mod_sub(square, BN_value_one(), square, r->p, r->ctx);
    divide(r, square, divisor);
    return BN_kronecker(square, r->p, r->ctx) == 1
           ? BN_mod_sqrt(NULL, square, r->p, r->ctx) : NULL;
}

static void check_multiple(const Reference *r, const char *k,
                           const Point *point, const Point *expected)
{
    g_autofree char *x = bn_hex(point->x);
    g_autofree char *y = bn_hex(point->y);
    g_autofree char *x_expected = bn_hex(expected->x);
    g_autofree char *y_expected = bn_hex(expected->y);
    g_auto(GStrv) product = multiply(r->curve, k, x, y);

    check_number(product[0], x_expected);
    check_number(product[1], y_expected);
}

/* Some multiples, and one that the order of the group makes -1 */
static void check_multiples(const Reference *r, const Point *point,
                            const char *minus_1)
{
    g_auto(Point) sum = { BN_dup(point->x), BN_dup(point->y) };

    for (int k = 1; k <= 5; k++) {
        check_multiple(r, number(k), point, &sum);
        add_point(r, &sum, point);
    }
    if (minus_1) {
        BN_copy(sum.x, point->x);
        BN_copy(sum.y, point->y);
        BN_sub(sum.x, r->p, sum.x);
        check_multiple(r, minus_1, point, &sum);
    }
}

/* Points with a coordinate that a fault of the arithmetic would meet */
static void check_special_points(const Reference *r, const char *minus_1)
{
    VectorCount count = { };

    for (guint i = 0; i < r->specials->len; i++) {
        BIGNUM *y = r->specials->pdata[i];
        BIGNUM *x = find_x(r, y);

        if (x) {
            g_auto(Point) point = { x, BN_dup(y) };

            if (vectors_take(&count)) {
                check_multiples(r, &point, count.taken % 8 ? NULL : minus_1);
            }
        }
    }
    g_assert_cmpint(count.seen, >, 300);
    g_assert_cmpint(count.taken, >, 0);
}

static void check_curve(CryptoDevCurve curve, const char *p, const char *a,
                        const char *d, const char *minus_1)
{
    Reference r = {
        .curve = curve, .ctx = BN_CTX_new(), .p = bn_read(p),
        .a = bn_read(a), .d = bn_read(d),
    };

    r.specials = bn_special(r.p);
    check_special_points(&r, minus_1);
    g_ptr_array_unref(r.specials);
    BN_free(r.p);
    BN_free(r.a);
    BN_free(r.d);
    BN_CTX_free(r.ctx);
}

static void test_special(void)
{
    g_autoptr(BIGNUM) p = bn_read(P_25519);
    g_autoptr(BIGNUM) n = bn_read(N_448);
    g_autofree char *minus_1 = NULL;
    g_autofree char *minus_39081 = NULL;
    g_autofree char *order_minus_1 = NULL;

    BN_sub_word(p, 1);
    minus_1 = bn_hex(p);
    check_curve(CRYPTODEV_CURVE_ED25519, P_25519, minus_1, D_25519, NULL);
    BN_hex2bn(&p, P_448);
    BN_sub_word(p, 39081);
    minus_39081 = bn_hex(p);
    /* The curve has four times as many points as the base point's group. */
    BN_lshift(n, n, 2);
    BN_sub_word(n, 1);
    order_minus_1 = bn_hex(n);
    check_curve(CRYPTODEV_CURVE_ED448, P_448, "01", minus_39081,
                order_minus_1);
}

static void fail(CryptoDevCurve curve, const char *k, const char *x,
                 const char *y)
{
    g_assert_cmpint(compute_fail(EC, CRYPTODEV_EC_MULTIPLY, NULL,
                                 number(curve), k, x, y, NULL), ==,
                    CRYPTODEV_ERR);
}

/* A point that is given by no curve, or has too small an order */
static void fail_point(CryptoDevCurve curve, const char *x, const char *y)
{
    fail(curve, "05", x, y);
    g_assert_false(on_curve(curve, x, y));
}

static void check_errors(CryptoDevCurve curve, const char *p,
                         const char *order)
{
    g_autoptr(BIGNUM) bn = bn_read(p);
    g_autofree char *minus_1 = NULL;
    g_autofree char *large = g_strconcat("01", p, NULL);

    BN_sub_word(bn, 1);
    minus_1 = bn_hex(bn);
    fail_point(curve, "00", "01");          /* the neutral point */
    fail_point(curve, "00", minus_1);       /* order 2 */
    fail_point(curve, "01", "01");
    fail_point(curve, "02", "03");
    fail_point(curve, p, "01");
    fail(curve, "00", "", "");
    fail(curve, "", "", "");
    fail(curve, large, "", "");
    fail(curve, order, "", "");             /* n B is the neutral point */
    fail(curve, "05", "01", "");
    fail(curve, "05", "", "01");
}

static void test_errors(void)
{
    check_errors(CRYPTODEV_CURVE_ED25519, P_25519, N_25519);
    check_errors(CRYPTODEV_CURVE_ED448, P_448, N_448);
    fail_point(CRYPTODEV_CURVE_ED25519, ROOT_25519, "00");  /* order 4 */
    fail_point(CRYPTODEV_CURVE_ED448, "01", "00");          /* order 4 */
}

const ComputeTest edwards_tests[] = {
    { "ec/ed25519", test_ed25519 },
    { "ec/ed448", test_ed448 },
    { "ec/edwards/products", test_products },
    { "ec/edwards/special", test_special },
    { "ec/edwards/errors", test_errors },
    { }
};
