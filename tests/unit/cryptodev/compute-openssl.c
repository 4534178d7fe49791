/*
 * OpenSSL's numbers and hashes, for tests of computations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/dsa.h>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-openssl.h"
#include "compute-run.h"

/* Of a limb in arithmetic modulo the primes of 448 bits */
#define LIMB_BITS 28

BIGNUM *bn_read(const char *hex)
{
    BIGNUM *bn = NULL;

    g_assert_cmpint(BN_hex2bn(&bn, hex), ==, strlen(hex));
    return bn;
}

char *bn_hex(const BIGNUM *bn)
{
    g_autofree uint8_t *bytes = g_malloc0(BN_num_bytes(bn) + 1);
    int len = BN_bn2bin(bn, bytes);

    return to_hex(bytes, MAX(len, 1));
}

char *bn_convert(const char *decimal)
{
    g_autoptr(BIGNUM) bn = NULL;

    g_assert_cmpint(BN_dec2bn(&bn, decimal), ==, strlen(decimal));
    return bn_hex(bn);
}

BIGNUM *bn_random(int bits)
{
    BIGNUM *bn = BN_new();

    g_assert_cmpint(BN_rand(bn, bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY), ==,
                    1);
    return bn;
}

static void add_special(GPtrArray *numbers, BIGNUM *bn, int bits)
{
    if (BN_is_negative(bn) || BN_num_bits(bn) > bits) {
        BN_free(bn);
    } else {
        g_ptr_array_add(numbers, bn);
    }
}

/* Bits of a number tell which words of another one are all ones. */
static BIGNUM *spread_words(unsigned int words, int bits)
{
    BIGNUM *bn = BN_new();

    for (int bit = 0; bit < bits; bit++) {
        if (words >> (bit / 64) & 1) {
            BN_set_bit(bn, bit);
        }
    }
    return bn;
}

static void set_bits(BIGNUM *bn, int from, int to)
{
    for (int bit = from; bit < to; bit++) {
        BN_set_bit(bn, bit);
    }
}

/* Numbers with runs of limbs that are all ones, and their complements */
static void add_runs(GPtrArray *numbers, int bits)
{
    for (int from = 0; from < bits; from += LIMB_BITS) {
        for (int to = from + LIMB_BITS; to < bits + LIMB_BITS;
             to += LIMB_BITS) {
            BIGNUM *run = BN_new();
            BIGNUM *rest = BN_new();

            set_bits(run, from, MIN(to, bits));
            set_bits(rest, 0, from);
            set_bits(rest, MIN(to, bits), bits);
            add_special(numbers, run, bits);
            add_special(numbers, rest, bits);
        }
    }
}

GPtrArray *bn_special(const BIGNUM *p)
{
    GPtrArray *numbers =
        g_ptr_array_new_with_free_func((GDestroyNotify)BN_free);
    int bits = BN_num_bits(p);

    for (unsigned int i = 0; i < 1u << DIV_ROUND_UP(bits, 64); i++) {
        add_special(numbers, spread_words(i, bits), bits);
    }
    add_runs(numbers, bits);
    for (int i = 0; i < bits; i++) {
        BIGNUM *power = BN_new();
        BIGNUM *below = BN_new();
        BIGNUM *rest = BN_new();

        BN_set_bit(power, i);
        BN_copy(below, power);
        BN_sub_word(below, 1);
        BN_sub(rest, p, power);
        add_special(numbers, power, bits);
        add_special(numbers, below, bits);
        add_special(numbers, rest, bits);
    }
    for (int i = 0; i < 20; i++) {
        BIGNUM *near = BN_dup(p);

        BN_add_word(near, i);
        BN_sub_word(near, 10);
        add_special(numbers, near, bits);
    }
    return numbers;
}

char *digest_hex(const char *hash, const char *hex)
{
    g_autoptr(GByteArray) bytes = hex_to_bytes(hex);
    uint8_t digest[EVP_MAX_MD_SIZE];
    size_t len = 0;

    g_assert_cmpint(EVP_Q_digest(NULL, hash, NULL, bytes->data, bytes->len,
                                 digest, &len), ==, 1);
    return to_hex(digest, len);
}

EVP_PKEY *pkey_new(const char *type, int selection, const char *group, ...)
{
    g_autoptr(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    g_autoptr(GPtrArray) numbers =
        g_ptr_array_new_with_free_func((GDestroyNotify)BN_free);
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    g_autoptr(GByteArray) point = NULL;
    EVP_PKEY *key = NULL;
    OSSL_PARAM *params;
    const char *name;
    va_list ap;

    if (group) {
        OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME,
                                        group, 0);
    }
    va_start(ap, group);
    while ((name = va_arg(ap, const char *))) {
        const char *hex = va_arg(ap, const char *);

        /* Only EC's public key is not a number. */
        if (group && !strcmp(name, OSSL_PKEY_PARAM_PUB_KEY) &&
            !strcmp(type, "EC")) {
            point = hex_to_bytes(hex);
            OSSL_PARAM_BLD_push_octet_string(build, name, point->data,
                                             point->len);
        } else {
            BIGNUM *bn = bn_read(hex);

            g_ptr_array_add(numbers, bn);
            OSSL_PARAM_BLD_push_BN(build, name, bn);
        }
    }
    va_end(ap);
    params = OSSL_PARAM_BLD_to_param(build);
    g_assert_cmpint(EVP_PKEY_fromdata_init(ctx), ==, 1);
    g_assert_cmpint(EVP_PKEY_fromdata(ctx, &key, selection, params), ==, 1);
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(build);
    return key;
}

char *pkey_number(EVP_PKEY *key, const char *name)
{
    g_autoptr(BIGNUM) bn = NULL;

    g_assert_cmpint(EVP_PKEY_get_bn_param(key, name, &bn), ==, 1);
    return bn_hex(bn);
}

/* The encodings of Dss-Sig-Value and Ecdsa-Sig-Value are the same. */
void signature_split(const uint8_t *der, size_t len, char **r, char **s)
{
    DSA_SIG *signature = d2i_DSA_SIG(NULL, &der, len);
    const BIGNUM *r_bn, *s_bn;

    g_assert_nonnull(signature);
    DSA_SIG_get0(signature, &r_bn, &s_bn);
    *r = bn_hex(r_bn);
    *s = bn_hex(s_bn);
    DSA_SIG_free(signature);
}

GByteArray *signature_join(const char *r, const char *s)
{
    DSA_SIG *signature = DSA_SIG_new();
    GByteArray *der = g_byte_array_new();
    uint8_t *bytes = NULL;
    int len;

    DSA_SIG_set0(signature, bn_read(r), bn_read(s));
    len = i2d_DSA_SIG(signature, &bytes);
    g_byte_array_append(der, bytes, len);
    OPENSSL_free(bytes);
    DSA_SIG_free(signature);
    return der;
}

bool pkey_verifies(EVP_PKEY *key, const char *digest, const char *r,
                   const char *s)
{
    g_autoptr(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new(key, NULL);
    g_autoptr(GByteArray) der = signature_join(r, s);
    g_autoptr(GByteArray) bytes = hex_to_bytes(digest);

    g_assert_cmpint(EVP_PKEY_verify_init(ctx), ==, 1);
    return EVP_PKEY_verify(ctx, der->data, der->len, bytes->data,
                           bytes->len) == 1;
}

void pkey_sign(EVP_PKEY *key, const char *digest, char **r, char **s)
{
    g_autoptr(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new(key, NULL);
    g_autoptr(GByteArray) bytes = hex_to_bytes(digest);
    uint8_t der[200];
    size_t len = sizeof(der);

    g_assert_cmpint(EVP_PKEY_sign_init(ctx), ==, 1);
    g_assert_cmpint(EVP_PKEY_sign(ctx, der, &len, bytes->data, bytes->len),
                    ==, 1);
    signature_split(der, len, r, s);
}
