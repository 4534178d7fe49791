/*
 * The library that computes with several keys at once
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * OpenSSL runs again what a lane has failed with, so that users do not see it.
 * These tests do.
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include "backends/cryptodev-openssl/lanes.h"
#include "backends/cryptodev-openssl/rsa-blinding.h"
#include "backends/cryptodev/common/primitives.h"
#include "qemu/host-utils.h"
#include "lanes-test.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(EVP_PKEY, EVP_PKEY_free)

#define ROUNDS 3

static EVP_PKEY *rsa_pkey(size_t bits)
{
    EVP_PKEY *pkey = EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits);

    g_assert_nonnull(pkey);
    return pkey;
}

static void read_key(EVP_PKEY *pkey, CryptoDevOpensslRsaKey *key)
{
    static const char *const names[RSA_INTEGERS] = {
        [RSA_N] = OSSL_PKEY_PARAM_RSA_N,
        [RSA_E] = OSSL_PKEY_PARAM_RSA_E,
        [RSA_D] = OSSL_PKEY_PARAM_RSA_D,
        [RSA_P] = OSSL_PKEY_PARAM_RSA_FACTOR1,
        [RSA_Q] = OSSL_PKEY_PARAM_RSA_FACTOR2,
        [RSA_DP] = OSSL_PKEY_PARAM_RSA_EXPONENT1,
        [RSA_DQ] = OSSL_PKEY_PARAM_RSA_EXPONENT2,
        [RSA_QINV] = OSSL_PKEY_PARAM_RSA_COEFFICIENT1,
    };

    for (int i = 0; i < RSA_INTEGERS; i++) {
        g_assert_cmpint(EVP_PKEY_get_bn_param(pkey, names[i],
                                              &key->integers[i]), ==, 1);
    }
}

/* Blocks below the modulus: 0, 1 and n - 1, and others at random */
static void make_block(const BIGNUM *n, int which, uint8_t *block)
{
    g_autoptr(BIGNUM) integer = BN_new();

    switch (which) {
    case 0:
        BN_zero(integer);
        break;
    case 1:
        g_assert_true(BN_one(integer));
        break;
    case 2:
        g_assert_true(BN_sub(integer, n, BN_value_one()));
        break;
    default:
        g_assert_true(BN_rand_range(integer, n));
        break;
    }
    g_assert_cmpint(BN_bn2binpad(integer, block, BN_num_bytes(n)), >=, 0);
}

static void power(const CryptoDevOpensslRsaKey *key, const uint8_t *block,
                  uint8_t *result)
{
    g_autoptr(BN_CTX) work = BN_CTX_new();
    const BIGNUM *n = key->integers[RSA_N];
    g_autoptr(BIGNUM) integer = BN_bin2bn(block, BN_num_bytes(n), NULL);

    g_assert_true(BN_mod_exp(integer, integer, key->integers[RSA_D], n, work));
    g_assert_cmpint(BN_bn2binpad(integer, result, BN_num_bytes(n)), >=, 0);
}

/* Two keys in @n lanes; the last lane's key is a wrong one in the end. */
static void check_rsa_lanes(const CryptoDevOpensslRsaKey *keys,
                            CryptoDevLanesRsa *const *lanes, size_t n,
                            CryptoDevLanesRsa *wrong)
{
    uint8_t blocks[CRYPTODEV_LANES][CRYPTODEV_RSA_SIZE_MAX];
    uint8_t expected[CRYPTODEV_LANES][CRYPTODEV_RSA_SIZE_MAX];
    uint8_t *list[CRYPTODEV_LANES];
    CryptoDevLanesRsa *used[CRYPTODEV_LANES];
    size_t size = BN_num_bytes(keys[0].integers[RSA_N]);
    uint32_t good;

    for (size_t i = 0; i < n; i++) {
        make_block(keys[i % 2].integers[RSA_N], i, blocks[i]);
        power(&keys[i % 2], blocks[i], expected[i]);
        list[i] = blocks[i];
        used[i] = lanes[i % 2];
    }
    if (wrong) {
        used[n - 1] = wrong;
        memcpy(expected[n - 1], blocks[n - 1], size);
    }
    good = cryptodev_lanes_rsa_private(used, list, n);
    g_assert_cmphex(good, ==, MAKE_64BIT_MASK(0, n) & ~(wrong ? BIT(n - 1)
                                                              : 0));
    for (size_t i = 0; i < n; i++) {
        g_assert_cmpmem(blocks[i], size, expected[i], size);
    }
}

static void check_rsa(size_t bits)
{
    CryptoDevOpensslRsaKey keys[2] = { };
    CryptoDevLanesRsa *lanes[2], *wrong;

    for (int i = 0; i < 2; i++) {
        g_autoptr(EVP_PKEY) pkey = rsa_pkey(bits);

        read_key(pkey, &keys[i]);
        lanes[i] = cryptodev_lanes_rsa_new(&keys[i], NULL);
        g_assert_nonnull(lanes[i]);
        g_assert_cmpint(cryptodev_lanes_rsa_bits(lanes[i]), ==, bits);
    }
    for (size_t n = 1; n <= CRYPTODEV_LANES; n++) {
        check_rsa_lanes(keys, lanes, n, NULL);
    }
    g_assert_true(BN_sub_word(keys[1].integers[RSA_DP], 2));
    wrong = cryptodev_lanes_rsa_new(&keys[1], NULL);
    check_rsa_lanes(keys, lanes, CRYPTODEV_LANES, wrong);
    cryptodev_lanes_rsa_free(wrong);
    for (int i = 0; i < 2; i++) {
        cryptodev_lanes_rsa_free(lanes[i]);
        cryptodev_openssl_rsa_key_destroy(&keys[i]);
    }
}

static void test_rsa(CryptoDevBackend *backend,
                     const CryptoDevCapability *capability)
{
    static const size_t sizes[] = { 1024, 2048, 3072, 4096 };

    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        check_rsa(sizes[i]);
    }
    cryptodev_lanes_rsa_free(NULL);
}

/* Keys of other sizes, with another exponent, or with a p that is too long */
static void test_rsa_others(CryptoDevBackend *backend,
                            const CryptoDevCapability *capability)
{
    g_autoptr(EVP_PKEY) odd = rsa_pkey(1032);
    g_autoptr(EVP_PKEY) usual = rsa_pkey(1024);
    CryptoDevOpensslRsaKey key = { };

    read_key(odd, &key);
    g_assert_null(cryptodev_lanes_rsa_new(&key, NULL));
    cryptodev_openssl_rsa_key_destroy(&key);
    key = (CryptoDevOpensslRsaKey) { };
    read_key(usual, &key);
    g_assert_true(BN_set_word(key.integers[RSA_E], 3));
    g_assert_null(cryptodev_lanes_rsa_new(&key, NULL));
    g_assert_true(BN_set_word(key.integers[RSA_E], RSA_F4));
    g_assert_true(BN_lshift(key.integers[RSA_QINV], key.integers[RSA_QINV],
                            64));
    g_assert_null(cryptodev_lanes_rsa_new(&key, NULL));
    g_assert_true(BN_lshift1(key.integers[RSA_P], key.integers[RSA_P]));
    g_assert_null(cryptodev_lanes_rsa_new(&key, NULL));
    cryptodev_openssl_rsa_key_destroy(&key);
}

/* What is blinded is another number each time, and its power gets back. */
static void check_blinding(const CryptoDevOpensslRsaKey *key,
                           CryptoDevOpensslBlinding *blinding, int which,
                           BN_CTX *work)
{
    const BIGNUM *n = key->integers[RSA_N];
    size_t size = BN_num_bytes(n);
    uint8_t block[CRYPTODEV_RSA_SIZE_MAX], expected[CRYPTODEV_RSA_SIZE_MAX];
    uint8_t blinded[2][CRYPTODEV_RSA_SIZE_MAX];
    uint8_t raw[CRYPTODEV_RSA_SIZE_MAX], result[CRYPTODEV_RSA_SIZE_MAX];
    g_autoptr(BIGNUM) inverse = BN_new();

    make_block(n, which, block);
    power(key, block, expected);
    for (int i = 0; i < 2; i++) {
        g_assert_true(cryptodev_openssl_blind(blinding, block, blinded[i],
                                              inverse, work));
        power(key, blinded[i], raw);
        g_assert_true(cryptodev_openssl_unblind(blinding, raw, inverse, result,
                                                work));
        g_assert_cmpmem(result, size, expected, size);
    }
    g_assert_true(!which || memcmp(blinded[0], blinded[1], size));
    g_assert_true(!which || memcmp(blinded[0], block, size));
}

/* More often than factors are used, so that they are renewed */
static void test_blinding(CryptoDevBackend *backend,
                          const CryptoDevCapability *capability)
{
    g_autoptr(EVP_PKEY) pkey = rsa_pkey(1024);
    g_autoptr(BN_CTX) work = BN_CTX_new();
    CryptoDevOpensslRsaKey key = { };
    CryptoDevOpensslBlinding *blinding;

    read_key(pkey, &key);
    blinding = cryptodev_openssl_blinding_new(key.integers[RSA_N],
                                              key.integers[RSA_E]);
    for (int i = 0; i < 200; i++) {
        check_blinding(&key, blinding, i, work);
    }
    cryptodev_openssl_blinding_free(blinding);
    /* There is no Montgomery product of an even modulus. */
    g_assert_true(BN_sub_word(key.integers[RSA_N], 1));
    g_assert_null(cryptodev_openssl_blinding_new(key.integers[RSA_N],
                                                 key.integers[RSA_E]));
    cryptodev_openssl_blinding_free(NULL);
    cryptodev_openssl_rsa_key_destroy(&key);
}

/* Numbers from 1 to n - 1: the ends, and others at random */
static void fill_number(const EC_GROUP *group, int which, uint8_t *bytes)
{
    const BIGNUM *n = EC_GROUP_get0_order(group);
    g_autoptr(BIGNUM) number = BN_new();

    if (which == 0) {
        g_assert_true(BN_one(number));
    } else if (which == 1) {
        g_assert_true(BN_sub(number, n, BN_value_one()));
    } else {
        g_assert_true(BN_rand_range(number, n));
    }
    g_assert_cmpint(BN_bn2binpad(number, bytes, BN_num_bytes(n)), >=, 0);
}

static void fill_hex(uint8_t *bytes, const char *hex)
{
    g_autoptr(BIGNUM) number = NULL;

    g_assert_cmpint(BN_hex2bn(&number, hex), ==, 64);
    g_assert_cmpint(BN_bn2binpad(number, bytes, 32), >=, 0);
}

/* RFC 6979, section A.2.5, SHA-256: a key, two digests and their secrets */
static void test_nonce_vectors(CryptoDevBackend *backend,
                               const CryptoDevCapability *capability)
{
    CryptoDevLanesSignature signatures[2] = { };
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    uint8_t q[32], expected[2][32];

    g_assert_cmpint(BN_bn2binpad(EC_GROUP_get0_order(group), q, sizeof(q)), >=,
                    0);
    for (size_t i = 0; i < 2; i++) {
        fill_hex(signatures[i].x, "C9AFA9D845BA75166B5C215767B1D693"
                                  "4E50C3DB36E89B127B8A622B120F6721");
    }
    fill_hex(signatures[0].z, "AF2BDBE1AA9B6EC1E2ADE1D694F41FC7"
                              "1A831D0268E9891562113D8A62ADD1BF");
    fill_hex(expected[0], "A6E3C57DD01ABE90086538398355DD4C"
                          "3B17AA873382B0F24D6129493D8AAD60");
    fill_hex(signatures[1].z, "9F86D081884C7D659A2FEAA0C55AD015"
                              "A3BF4F1B2B0B822CD15D6C15B0F00A08");
    fill_hex(expected[1], "D16B6AE827F17175E040871A1C7EC350"
                          "0192C4C92677336EC2537ACAEE0008E0");
    g_assert_cmphex(cryptodev_lanes_nonces(q, signatures, 2), ==, 3);
    for (size_t i = 0; i < 2; i++) {
        g_assert_cmpmem(signatures[i].k, sizeof(q), expected[i], sizeof(q));
    }
    EC_GROUP_free(group);
}

/* Digests may be as great as their bits allow. */
static void fill_digest(const BIGNUM *q, int which, uint8_t z[32])
{
    g_autoptr(BIGNUM) number = BN_dup(q);

    if (which == 0) {
        memset(z, 0xff, 32);
    } else if (which == 1) {
        g_assert_cmpint(BN_bn2binpad(number, z, 32), >=, 0);
    } else if (which == 2) {
        memset(z, 0, 32);
    } else {
        g_assert_true(BN_rand(number, 256, BN_RAND_TOP_ANY,
                              BN_RAND_BOTTOM_ANY));
        g_assert_cmpint(BN_bn2binpad(number, z, 32), >=, 0);
    }
}

/* Good ones, and no others, are what one alone is; returns how many are. */
static size_t check_nonces(CryptoDevBackend *backend, const BIGNUM *q, size_t n)
{
    CryptoDevLanesSignature signatures[CRYPTODEV_LANES] = { };
    uint8_t order[32], k[CRYPTODEV_ORDER_MAX];
    g_autoptr(BIGNUM) x = BN_new();
    uint32_t good;

    g_assert_cmpint(BN_bn2binpad(q, order, sizeof(order)), >=, 0);
    for (size_t i = 0; i < n; i++) {
        g_assert_true(BN_rand_range(x, q));
        g_assert_cmpint(BN_bn2binpad(x, signatures[i].x, 32), >=, 0);
        fill_digest(q, (i + n) % 5, signatures[i].z);
    }
    good = cryptodev_lanes_nonces(order, signatures, n);
    for (size_t i = 0; i < n; i++) {
        g_auto(CryptoDevNonce) nonce = { };
        bool same;

        g_assert_true(cryptodev_nonce_init(
            &nonce, cryptodev_primitives(backend), CRYPTODEV_HASH_SHA256,
            (CryptoDevOperand) { order, sizeof(order) }, signatures[i].x,
            signatures[i].z));
        g_assert_true(cryptodev_nonce_next(&nonce, k));
        same = memcmp(k, signatures[i].k, sizeof(order)) == 0;
        g_assert_true(same == !!(good & BIT(i)));
    }
    return ctpop32(good);
}

/* With the least order of 256 bits, every second secret is not good. */
static void test_nonces(CryptoDevBackend *backend,
                        const CryptoDevCapability *capability)
{
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    g_autoptr(BIGNUM) least = BN_new();
    size_t made = 0, good = 0;

    g_assert_true(BN_set_bit(least, 255));
    for (int round = 0; round < 10; round++) {
        for (size_t n = 1; n <= CRYPTODEV_LANES; n++) {
            g_assert_cmpint(check_nonces(backend, EC_GROUP_get0_order(group),
                                         n), ==, n);
            good += check_nonces(backend, least, n);
            made += n;
        }
    }
    g_assert_cmpint(good, >, made / 4);
    g_assert_cmpint(good, <, 3 * made / 4);
    EC_GROUP_free(group);
}

/* FIPS 186-5, section 6.4.1, with OpenSSL's numbers */
static void check_signature(const EC_GROUP *group,
                            const CryptoDevLanesSignature *signature)
{
    const BIGNUM *n = EC_GROUP_get0_order(group);
    size_t size = BN_num_bytes(n);
    g_autoptr(BN_CTX) work = BN_CTX_new();
    g_autoptr(BIGNUM) x = BN_bin2bn(signature->x, size, NULL);
    g_autoptr(BIGNUM) k = BN_bin2bn(signature->k, size, NULL);
    g_autoptr(BIGNUM) z = BN_bin2bn(signature->z, size, NULL);
    g_autoptr(BIGNUM) r = BN_bin2bn(signature->r, size, NULL);
    g_autoptr(BIGNUM) s = BN_bin2bn(signature->s, size, NULL);
    g_autoptr(BIGNUM) value = BN_new();
    EC_POINT *point = EC_POINT_new(group);

    g_assert_true(EC_POINT_mul(group, point, k, NULL, NULL, work));
    g_assert_true(EC_POINT_get_affine_coordinates(group, point, value, NULL,
                                                  work));
    g_assert_true(BN_nnmod(value, value, n, work));
    g_assert_cmpint(BN_cmp(value, r), ==, 0);
    /* s k = z + r x */
    g_assert_true(BN_mod_mul(value, r, x, n, work));
    g_assert_true(BN_mod_add(value, value, z, n, work));
    g_assert_true(BN_mod_mul(s, s, k, n, work));
    g_assert_cmpint(BN_cmp(value, s), ==, 0);
    EC_POINT_free(point);
}

static void check_curve(CryptoDevCurve curve, int nid)
{
    EC_GROUP *group = EC_GROUP_new_by_curve_name(nid);

    for (size_t n = 1; n <= CRYPTODEV_LANES; n++) {
        CryptoDevLanesSignature signatures[CRYPTODEV_LANES] = { };
        uint32_t good;

        for (size_t i = 0; i < n; i++) {
            fill_number(group, (i + n) % 3, signatures[i].x);
            fill_number(group, i % 4, signatures[i].k);
            fill_number(group, i % 5, signatures[i].z);
        }
        good = cryptodev_lanes_ecdsa_sign(curve, signatures, n);
        g_assert_cmphex(good, ==, MAKE_64BIT_MASK(0, n));
        for (size_t i = 0; i < n; i++) {
            check_signature(group, &signatures[i]);
        }
    }
    EC_GROUP_free(group);
}

/* The library refuses a secret of 0, and so do its neighbours not. */
static void check_refusal(void)
{
    CryptoDevLanesSignature signatures[3] = { };
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);

    for (size_t i = 0; i < ARRAY_SIZE(signatures); i++) {
        fill_number(group, 2, signatures[i].x);
        fill_number(group, 2, signatures[i].k);
        fill_number(group, 2, signatures[i].z);
    }
    memset(signatures[1].k, 0, sizeof(signatures[1].k));
    g_assert_cmphex(cryptodev_lanes_ecdsa_sign(CRYPTODEV_CURVE_P256,
                                               signatures,
                                               ARRAY_SIZE(signatures)),
                    ==, BIT(0) | BIT(2));
    check_signature(group, &signatures[0]);
    check_signature(group, &signatures[2]);
    EC_GROUP_free(group);
}

static void test_ecdsa(CryptoDevBackend *backend,
                       const CryptoDevCapability *capability)
{
    for (int i = 0; i < ROUNDS; i++) {
        check_curve(CRYPTODEV_CURVE_P256, NID_X9_62_prime256v1);
        check_curve(CRYPTODEV_CURVE_P384, NID_secp384r1);
        check_curve(CRYPTODEV_CURVE_P521, NID_secp521r1);
    }
    check_refusal();
    g_assert_false(cryptodev_lanes_has_ecdsa(CRYPTODEV_CURVE_P224));
    g_assert_false(cryptodev_lanes_has_ecdsa(CRYPTODEV_CURVE_X448));
}

void add_lanes_tests(const Conformance *conformance)
{
    conformance_add(conformance, NULL, "lanes/rsa", test_rsa);
    conformance_add(conformance, NULL, "lanes/rsa-others", test_rsa_others);
    conformance_add(conformance, NULL, "lanes/blinding", test_blinding);
    conformance_add(conformance, NULL, "lanes/nonce-vectors",
                    test_nonce_vectors);
    conformance_add(conformance, NULL, "lanes/nonces", test_nonces);
    conformance_add(conformance, NULL, "lanes/ecdsa", test_ecdsa);
}
