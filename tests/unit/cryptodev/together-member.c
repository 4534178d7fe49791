/*
 * Computations that may run together: keys, and what to do with them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>
#include "compute-openssl.h"
#include "compute-run.h"
#include "together-member.h"

#define DIGEST_LEN 32
#define LONGEST_DIGEST 64
/* A number among operands */
#define FLAG_LEN 4

static void member_free(gpointer opaque)
{
    Member *member = opaque;

    session_free(member->session);
    g_free(member);
}

static void fill_random(uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bytes[i] = g_test_rand_int();
    }
}

/* Random bytes, or all zeros or ones, which are special numbers */
static void fill_special(uint8_t *bytes, size_t len)
{
    switch (g_test_rand_int_range(0, 8)) {
    case 0:
        memset(bytes, 0, len);
        break;
    case 1:
        memset(bytes, 0xff, len);
        break;
    default:
        fill_random(bytes, len);
        break;
    }
}

/* Set an operand whose bytes are there. */
static void set(MemberOperands *operands, size_t i, size_t len)
{
    operands->operands[i] = (CryptoDevOperand) { operands->bytes[i], len };
    operands->n = MAX(operands->n, i + 1);
}

static bool is_seldom(void)
{
    return !g_test_rand_int_range(0, 12);
}

/*
 * Digests have the right length but now and then; ciphertexts are random, so
 * that some are not below the modulus, and padding is wrong.
 */
static void fill_rsa(const Member *member, MemberOperands *operands)
{
    size_t len = member->operation == CRYPTODEV_RSA_SIGN
                 ? DIGEST_LEN - is_seldom() : member->len;

    fill_special(operands->bytes[0], len);
    set(operands, 0, len);
}

/* Digests of any length, seldom with a secret of their own, right or wrong */
static void fill_ecdsa(const Member *member, MemberOperands *operands)
{
    size_t len = g_test_rand_int_range(0, 2)
        ? DIGEST_LEN : g_test_rand_int_range(1, LONGEST_DIGEST + 1);

    operands->bytes[0][0] = g_test_rand_int_range(0, 2);
    set(operands, 0, is_seldom());
    fill_special(operands->bytes[1], len);
    set(operands, 1, len);
}

static bool has_secret(const MemberOperands *operands)
{
    return operands->operands[0].len;
}

/*
 * Coordinates of X25519, big-endian: of points of small order, which have no
 * result (0 and 1, p - 1, p and p + 1, and two of order 8); and the largest
 */
static const uint8_t us[][32] = {
    { 0 },
    { [31] = 1 },
    { 0x7f, [1 ... 30] = 0xff, 0xec },
    { 0x7f, [1 ... 30] = 0xff, 0xed },
    { 0x7f, [1 ... 30] = 0xff, 0xee },
    { 0x00, 0xb8, 0x49, 0x5f, 0x16, 0x05, 0x62, 0x86, 0xfd, 0xb1, 0x32,
      0x9c, 0xeb, 0x8d, 0x09, 0xda, 0x6a, 0xc4, 0x9f, 0xf1, 0xfa, 0xe3,
      0x56, 0x16, 0xae, 0xb8, 0x41, 0x3b, 0x7c, 0x7a, 0xeb, 0xe0 },
    { 0x57, 0x11, 0x9f, 0xd0, 0xdd, 0x4e, 0x22, 0xd8, 0x86, 0x8e, 0x1c,
      0x58, 0xc4, 0x5c, 0x44, 0x04, 0x5b, 0xef, 0x83, 0x9c, 0x55, 0xb1,
      0xd0, 0xb1, 0x24, 0x8c, 0x50, 0xa3, 0xbc, 0x95, 0x9c, 0x5f },
    { [0 ... 31] = 0xff },
    { 0x7f, [1 ... 31] = 0xff },
    { [31] = 9 },
};

/* Any bit may be set, and now and then there is one byte or operand more. */
static void fill_x25519(const Member *member, MemberOperands *operands)
{
    size_t which = g_test_rand_int_range(0, 3 * ARRAY_SIZE(us));
    size_t len = sizeof(us[0]) + is_seldom();

    fill_random(operands->bytes[1], len);
    if (which < ARRAY_SIZE(us)) {
        memcpy(operands->bytes[1], us[which], sizeof(us[0]));
    }
    operands->bytes[2][0] = 1;
    set(operands, 0, FLAG_LEN);
    set(operands, 1, len);
    set(operands, 2, is_seldom());
}

static EVP_PKEY *make_rsa(unsigned int bits, unsigned int e)
{
    g_autoptr(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    g_autoptr(BIGNUM) exponent = BN_new();
    EVP_PKEY *key = NULL;

    g_assert_true(BN_set_word(exponent, e));
    g_assert_cmpint(EVP_PKEY_keygen_init(ctx), ==, 1);
    g_assert_cmpint(EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, bits), ==, 1);
    g_assert_cmpint(EVP_PKEY_CTX_set1_rsa_keygen_pubexp(ctx, exponent), ==, 1);
    g_assert_cmpint(EVP_PKEY_generate(ctx, &key), ==, 1);
    return key;
}

/* PKCS #1's signatures, and its decryption, and that without padding */
static CryptoDevSession *open_rsa(EVP_PKEY *key, uint32_t operation,
                                  CryptoDevRsaPadding padding)
{
    g_autofree char *n = pkey_number(key, OSSL_PKEY_PARAM_RSA_N);
    g_autofree char *e = pkey_number(key, OSSL_PKEY_PARAM_RSA_E);
    g_autofree char *d = pkey_number(key, OSSL_PKEY_PARAM_RSA_D);
    g_autofree char *p = pkey_number(key, OSSL_PKEY_PARAM_RSA_FACTOR1);
    g_autofree char *q = pkey_number(key, OSSL_PKEY_PARAM_RSA_FACTOR2);
    g_autofree char *dp = pkey_number(key, OSSL_PKEY_PARAM_RSA_EXPONENT1);
    g_autofree char *dq = pkey_number(key, OSSL_PKEY_PARAM_RSA_EXPONENT2);
    g_autofree char *qinv = pkey_number(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1);

    return operation == CRYPTODEV_RSA_SIGN
        ? session_new(CRYPTODEV_SERVICE_RSA, operation, number(padding),
                      number(CRYPTODEV_HASH_SHA256), n, e, d, p, q, dp, dq,
                      qinv, NULL)
        : session_new(CRYPTODEV_SERVICE_RSA, operation, number(padding),
                      n, e, d, p, q, dp, dq, qinv, NULL);
}

static void add(GPtrArray *members, const Member *member)
{
    g_ptr_array_add(members, g_memdup2(member, sizeof(*member)));
}

static void add_rsa(GPtrArray *members)
{
    /* Others of the size can run beside one with the usual exponent. */
    static const struct {
        unsigned int bits, e, kind;
    } keys[] = {
        { 1024, 65537, 1024 }, { 1024, 65537, 1024 }, { 1024, 3, 0 },
        { 1040, 65537, 0 }, { 2048, 65537, 2048 },
    };
    static const struct {
        uint32_t operation;
        CryptoDevRsaPadding padding;
    } uses[] = {
        { CRYPTODEV_RSA_SIGN, CRYPTODEV_RSA_PKCS1 },
        { CRYPTODEV_RSA_DECRYPT, CRYPTODEV_RSA_PKCS1 },
        { CRYPTODEV_RSA_DECRYPT, CRYPTODEV_RSA_RAW },
    };

    for (size_t i = 0; i < ARRAY_SIZE(keys) * ARRAY_SIZE(uses); i++) {
        size_t key = i / ARRAY_SIZE(uses), use = i % ARRAY_SIZE(uses);
        g_autoptr(EVP_PKEY) pkey = make_rsa(keys[key].bits, keys[key].e);

        add(members, &(Member) {
            .service = CRYPTODEV_SERVICE_RSA,
            .operation = uses[use].operation,
            .session = open_rsa(pkey, uses[use].operation, uses[use].padding),
            .kind = keys[key].kind,
            .len = keys[key].bits / 8,
            .fill = fill_rsa,
        });
    }
}

/* Private keys: 1, n - 1 and one between */
static char *make_scalar(int nid, int which)
{
    EC_GROUP *group = EC_GROUP_new_by_curve_name(nid);
    g_autoptr(BIGNUM) scalar = BN_new();

    if (which < 2) {
        g_assert_true(BN_one(scalar));
    } else {
        g_assert_true(BN_rand_range(scalar, EC_GROUP_get0_order(group)));
    }
    if (which == 1) {
        g_assert_true(BN_sub(scalar, EC_GROUP_get0_order(group), scalar));
    }
    EC_GROUP_free(group);
    return bn_hex(scalar);
}

static void add_ecdsa(GPtrArray *members)
{
    static const struct {
        CryptoDevCurve curve;
        int nid;
        uint32_t kind;
    } curves[] = {
        { CRYPTODEV_CURVE_P224, NID_secp224r1, 0 },
        { CRYPTODEV_CURVE_P256, NID_X9_62_prime256v1, 256 },
        { CRYPTODEV_CURVE_P384, NID_secp384r1, 384 },
        { CRYPTODEV_CURVE_P521, NID_secp521r1, 521 },
    };

    for (size_t i = 0; i < 3 * ARRAY_SIZE(curves); i++) {
        g_autofree char *x = make_scalar(curves[i / 3].nid, i % 3);

        add(members, &(Member) {
            .service = CRYPTODEV_SERVICE_ECDSA,
            .operation = CRYPTODEV_ECDSA_SIGN_RS,
            .session = session_new(CRYPTODEV_SERVICE_ECDSA,
                                   CRYPTODEV_ECDSA_SIGN_RS,
                                   number(curves[i / 3].curve), x, NULL),
            .kind = curves[i / 3].kind,
            .fill = fill_ecdsa,
            .is_alone = has_secret,
        });
    }
}

/* Of no kind: crypto_mb is wrong for some of these coordinates. */
static void add_montgomery(GPtrArray *members)
{
    static const char *const scalars[] = {
        "00",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "2bf6c9f1e2a9a8f6a10f5c1c6bd3a1e9e1a8b9f0d4c3b2a19087f6e5d4c3b2a1",
    };

    for (size_t i = 0; i < ARRAY_SIZE(scalars); i++) {
        add(members, &(Member) {
            .service = CRYPTODEV_SERVICE_ECDH,
            .operation = CRYPTODEV_ECDH_SHARED_POINT,
            .session = session_new(CRYPTODEV_SERVICE_ECDH,
                                   CRYPTODEV_ECDH_SHARED_POINT,
                                   number(CRYPTODEV_CURVE_X25519), scalars[i],
                                   NULL),
            .fill = fill_x25519,
        });
    }
}

GPtrArray *members_new(void)
{
    GPtrArray *members = g_ptr_array_new_with_free_func(member_free);

    add_rsa(members);
    add_ecdsa(members);
    add_montgomery(members);
    return members;
}
