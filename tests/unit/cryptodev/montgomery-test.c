/*
 * Tests of computations: X25519 and X448
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-openssl.h"
#include "compute-run.h"

#define EC CRYPTODEV_SERVICE_EC
#define ECDH CRYPTODEV_SERVICE_ECDH

/* All that the standard writes is little-endian. */
static char *multiply(CryptoDevCurve curve, const char *k, const char *u)
{
    g_autofree char *k_big = reverse_hex(k);
    g_autofree char *u_big = reverse_hex(u);
    g_auto(GStrv) product = compute(EC, CRYPTODEV_EC_MULTIPLY, NULL,
                                    number(curve), k_big, u_big, "", NULL);
    g_auto(GStrv) shared =
        compute_once(ECDH, CRYPTODEV_ECDH_SHARED_POINT, 2, number(curve),
                     k_big, "00", u_big, "", NULL);

    g_assert_null(product[1]);
    g_assert_null(shared[1]);
    g_assert_cmpstr(product[0], ==, shared[0]);
    return reverse_hex(product[0]);
}

static void check_vectors(CryptoDevCurve curve, const char *name)
{
    g_autofree char *path = vectors_path(name);
    g_autoptr(GPtrArray) records = rsp_read(path);

    g_assert_cmpint(records->len, ==, 3);
    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];
        g_autofree char *u = multiply(curve, rsp_text(record, "INPUT_SCALAR"),
                                      rsp_text(record, "INPUT_U"));

        check_result(u, rsp_text(record, "OUTPUT_U"));
    }
}

/* RFC 7748, section 5.2: the result becomes k, and the old k becomes u. */
static void check_iterated(CryptoDevCurve curve, const char *first,
                           const char *last)
{
    g_autofree char *k = g_strdup(first);
    g_autofree char *u = g_strdup(first);

    for (int i = 0; i < 1000; i++) {
        char *result = multiply(curve, k, u);

        g_free(u);
        u = k;
        k = result;
    }
    check_result(k, last);
}

static void test_x25519(void)
{
    check_vectors(CRYPTODEV_CURVE_X25519, "asymmetric/X25519/rfc7748.txt");
    check_iterated(CRYPTODEV_CURVE_X25519,
                   "0900000000000000000000000000000000000000000000000000000000"
                   "000000",
                   "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99"
                   "532c51");
}

static void test_x448(void)
{
    check_vectors(CRYPTODEV_CURVE_X448, "asymmetric/X448/rfc7748.txt");
    check_iterated(CRYPTODEV_CURVE_X448,
                   "0500000000000000000000000000000000000000000000000000000000"
                   "000000000000000000000000000000000000000000000000000000",
                   "aa3b4749d55b9daf1e5b00288826c467274ce3ebbdd5c17b975e09d4af"
                   "6c67cf10d087202db88286e2b79fceea3ec353ef54faa26e219f38");
}

/* OpenSSL's public key, and the secret that it shares with a peer, or NULL */
static void derive(const char *type, const GByteArray *key,
                   const GByteArray *peer, char **public, char **secret)
{
    g_autoptr(EVP_PKEY) own =
        EVP_PKEY_new_raw_private_key_ex(NULL, type, NULL, key->data, key->len);
    g_autoptr(EVP_PKEY) other =
        EVP_PKEY_new_raw_public_key_ex(NULL, type, NULL, peer->data,
                                       peer->len);
    g_autoptr(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new(own, NULL);
    uint8_t bytes[56];
    size_t len = sizeof(bytes);

    g_assert_cmpint(EVP_PKEY_get_raw_public_key(own, bytes, &len), ==, 1);
    *public = to_hex(bytes, len);
    g_assert_cmpint(EVP_PKEY_derive_init(ctx), ==, 1);
    g_assert_cmpint(EVP_PKEY_derive_set_peer(ctx, other), ==, 1);
    /* OpenSSL, too, has no secret of zeros. */
    *secret = EVP_PKEY_derive(ctx, bytes, &len) == 1 ? to_hex(bytes, len)
                                                     : NULL;
}

static void check_openssl(CryptoDevCurve curve, const char *type, size_t len)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(7748);

    for (int i = 0; i < 50; i++) {
        g_autofree char *k = random_hex(rand, len);
        g_autofree char *k_big = reverse_hex(k);
        g_autofree char *u = random_hex(rand, len);
        g_autoptr(GByteArray) key = hex_to_bytes(k);
        g_autoptr(GByteArray) peer = hex_to_bytes(u);
        g_autofree char *public = NULL;
        g_autofree char *secret = NULL;
        g_autofree char *product = multiply(curve, k, u);
        g_autofree char *base = NULL;
        g_auto(GStrv) results = compute(EC, CRYPTODEV_EC_MULTIPLY, NULL,
                                        number(curve), k_big, "", "", NULL);

        derive(type, key, peer, &public, &secret);
        check_result(product, secret);
        base = reverse_hex(results[0]);
        check_result(base, public);
    }
}

static void test_openssl(void)
{
    check_openssl(CRYPTODEV_CURVE_X25519, "X25519", 32);
    check_openssl(CRYPTODEV_CURVE_X448, "X448", 56);
}

static void check_special(CryptoDevCurve curve, const char *type, size_t len,
                          const char *k, const BIGNUM *u, int outcomes[2])
{
    g_autofree char *u_short = bn_hex(u);
    g_autofree char *u_big = pad_hex(u_short, len);
    g_autofree char *u_little = reverse_hex(u_big);
    g_autofree char *k_little = reverse_hex(k);
    g_autoptr(GByteArray) key = hex_to_bytes(k_little);
    g_autoptr(GByteArray) peer = hex_to_bytes(u_little);
    g_autofree char *public = NULL;
    g_autofree char *secret = NULL;

    derive(type, key, peer, &public, &secret);
    if (secret) {
        g_auto(GStrv) product = compute(EC, CRYPTODEV_EC_MULTIPLY, NULL,
                                        number(curve), k, u_big, "", NULL);
        g_autofree char *little = reverse_hex(product[0]);

        check_result(little, secret);
    } else {
        g_assert_cmpint(compute_fail(EC, CRYPTODEV_EC_MULTIPLY, NULL,
                                     number(curve), k, u_big, "", NULL), ==,
                        CRYPTODEV_ERR);
    }
    outcomes[!!secret]++;
}

/* Points of small order and numbers above the prime are among them. */
static void check_specials(CryptoDevCurve curve, const char *type, size_t len,
                           const char *prime)
{
    g_autoptr(BIGNUM) p = bn_read(prime);
    g_autoptr(GPtrArray) coordinates = bn_special(p);
    g_autoptr(GRand) rand = g_rand_new_with_seed(448);
    g_autofree char *ones = g_strnfill(2 * len, 'f');
    g_autofree char *zeros = g_strnfill(2 * len, '0');
    int outcomes[2] = { };

    for (guint i = 0; i < coordinates->len; i++) {
        g_autofree char *random = random_hex(rand, len);
        const char *scalars[] = { ones, zeros, random };

        check_special(curve, type, len, scalars[i % 3], coordinates->pdata[i],
                      outcomes);
    }
    g_assert_cmpint(outcomes[false], >, 4);
    g_assert_cmpint(outcomes[true], >, 700);
}

static void test_special(void)
{
    check_specials(CRYPTODEV_CURVE_X25519, "X25519", 32,
                   "7fffffffffffffffffffffffffffffffffffffffffffffffffffffff"
                   "ffffffed");
    check_specials(CRYPTODEV_CURVE_X448, "X448", 56,
                   "fffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
                   "ffffffffffffffffffffffffffffffffffffffffffffffffffffffff");
}

static void fail(CryptoDevCurve curve, const char *k, const char *x,
                 const char *y)
{
    g_assert_cmpint(compute_fail(EC, CRYPTODEV_EC_MULTIPLY, NULL,
                                 number(curve), k, x, y, NULL), ==,
                    CRYPTODEV_ERR);
}

static void test_errors(void)
{
    g_autofree char *long_25519 = g_strnfill(33 * 2, '1');
    g_autofree char *long_448 = g_strnfill(57 * 2, '1');
    CryptoDevSession *session =
        session_new(ECDH, CRYPTODEV_ECDH_SHARED_POINT,
                    number(CRYPTODEV_CURVE_X25519), "05", NULL);

    /* The result is 0 for points of small order. */
    fail(CRYPTODEV_CURVE_X25519, "05", "00", "");
    fail(CRYPTODEV_CURVE_X25519, "05", "01", "");
    fail(CRYPTODEV_CURVE_X448, "05", "00", "");
    fail(CRYPTODEV_CURVE_X448, "05", "01", "");
    /* RFC 7748, section 7, and SafeCurves: a point of order 8 */
    fail(CRYPTODEV_CURVE_X25519, "05",
         "00b8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0",
         "");
    fail(CRYPTODEV_CURVE_X25519, "05", "09", "09");
    fail(CRYPTODEV_CURVE_X25519, long_25519, "09", "");
    fail(CRYPTODEV_CURVE_X25519, "05", long_25519, "");
    fail(CRYPTODEV_CURVE_X448, long_448, "09", "");
    fail(CRYPTODEV_CURVE_X448, "05", long_448, "");

    g_assert_cmpint(compute_fail(ECDH, CRYPTODEV_ECDH_SHARED_POINT, session,
                                 "00", "01", "", NULL), ==, CRYPTODEV_ERR);
    g_assert_cmpint(compute_fail(ECDH, CRYPTODEV_ECDH_SHARED_POINT, session,
                                 "00", "09", "09", NULL), ==, CRYPTODEV_ERR);
    g_assert_cmpint(compute_fail(ECDH, CRYPTODEV_ECDH_SHARED_POINT, session,
                                 "00", "", "", NULL), ==, CRYPTODEV_ERR);
    session_free(session);
    g_assert_cmpint(session_fail(ECDH, CRYPTODEV_ECDH_SHARED_POINT,
                                 number(CRYPTODEV_CURVE_X25519), long_25519,
                                 NULL), ==, CRYPTODEV_ERR);
}

void run_montgomery_vectors(void)
{
    check_vectors(CRYPTODEV_CURVE_X25519, "asymmetric/X25519/rfc7748.txt");
    check_vectors(CRYPTODEV_CURVE_X448, "asymmetric/X448/rfc7748.txt");
}

const ComputeTest montgomery_tests[] = {
    { "ec/x25519", test_x25519 },
    { "ec/x448", test_x448 },
    { "ec/montgomery/openssl", test_openssl },
    { "ec/montgomery/special", test_special },
    { "ec/montgomery/errors", test_errors },
    { }
};
