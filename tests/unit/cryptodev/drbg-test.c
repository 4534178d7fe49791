/*
 * Tests of computations: deterministic random bit generators
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include "../../../backends/cryptodev/common/drbg.h"
#include "../../../backends/cryptodev-gcrypt/primitives.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-run.h"
#include "drbg-vectors.h"

/* Entropy that is known; it ends in an error. */
typedef struct Source {
    GByteArray *bytes;
    size_t taken;
} Source;

static Source *source_new(const char *hex)
{
    Source *source = g_new0(Source, 1);

    source->bytes = hex_to_bytes(hex);
    return source;
}

static void source_free(Source *source)
{
    g_byte_array_unref(source->bytes);
    g_free(source);
}

static bool source_read(void *opaque, uint8_t *data, size_t len)
{
    Source *source = opaque;

    if (source->bytes->len - source->taken < len) {
        return false;
    }
    memcpy(data, source->bytes->data + source->taken, len);
    source->taken += len;
    return true;
}

static CryptoDevOperand as_operand(const GByteArray *bytes)
{
    return (CryptoDevOperand) { .data = bytes->data, .len = bytes->len };
}

static char *generate(CryptoDevDrbg *drbg, size_t len, bool resistance,
                      const char *additional)
{
    g_autoptr(GByteArray) input = hex_to_bytes(additional);
    g_autofree uint8_t *output = g_malloc(len);
    CryptoDevDrbgRequest request = {
        .output = output,
        .len = len,
        .strength = 112,
        .prediction_resistance = resistance,
        .additional = as_operand(input),
    };

    return cryptodev_drbg_generate(drbg, &request) ? to_hex(output, len)
                                                   : NULL;
}

/* All the entropy that an instance takes, in that order */
static Source *vector_source(const DrbgVector *vector)
{
    g_autofree char *hex =
        g_strconcat(vector->entropy, vector->nonce, vector->reseed ?: "",
                    vector->fresh[0] ?: "", vector->fresh[1] ?: "", NULL);

    return source_new(hex);
}

static void must_reseed(CryptoDevDrbg *drbg, const char *additional)
{
    g_autoptr(GByteArray) input = hex_to_bytes(additional);

    g_assert_true(cryptodev_drbg_reseed(drbg, as_operand(input)));
}

static void check_bits(CryptoDevDrbg *drbg, const DrbgVector *vector)
{
    size_t len = strlen(vector->bits) / 2;
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;

    if (vector->reseed) {
        must_reseed(drbg, vector->reseed_input);
    }
    first = generate(drbg, len, vector->prediction_resistance,
                     vector->inputs[0]);
    second = generate(drbg, len, vector->prediction_resistance,
                      vector->inputs[1]);
    g_assert_cmpstr(first, !=, second);
    check_result(second, vector->bits);
}

static void test_vector(const void *data)
{
    const DrbgVector *vector = data;
    g_autoptr(GByteArray) string = hex_to_bytes(vector->personalization);
    Source *source = vector_source(vector);
    CryptoDevDrbgParams params = {
        .primitives = &cryptodev_gcrypt_primitives,
        .hash = vector->hash,
        .strength = vector->strength,
        .prediction_resistance = vector->prediction_resistance,
        .personalization = as_operand(string),
        .reseed_interval = CRYPTODEV_DRBG_RESEED_INTERVAL_MAX,
        .entropy = source_read,
        .opaque = source,
    };
    CryptoDevDrbg *drbg = cryptodev_drbg_new(&params);

    g_assert_nonnull(drbg);
    check_bits(drbg, vector);
    g_assert_cmpint(source->taken, ==, source->bytes->len);
    cryptodev_drbg_free(drbg);
    source_free(source);
}

/* OpenSSL's generator with the same entropy */
typedef struct Reference {
    EVP_RAND_CTX *parent;
    EVP_RAND_CTX *ctx;
} Reference;

static EVP_RAND_CTX *fetch(const char *name, EVP_RAND_CTX *parent)
{
    EVP_RAND *rand = EVP_RAND_fetch(NULL, name, NULL);
    EVP_RAND_CTX *ctx = EVP_RAND_CTX_new(rand, parent);

    g_assert_nonnull(ctx);
    EVP_RAND_free(rand);
    return ctx;
}

static void set_entropy(EVP_RAND_CTX *parent, const char *entropy,
                        const char *nonce)
{
    g_autoptr(GByteArray) entropy_bytes = hex_to_bytes(entropy);
    g_autoptr(GByteArray) nonce_bytes = hex_to_bytes(nonce);
    unsigned int strength = 256;
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_uint(OSSL_RAND_PARAM_STRENGTH, &strength),
        OSSL_PARAM_construct_octet_string(OSSL_RAND_PARAM_TEST_ENTROPY,
                                          entropy_bytes->data,
                                          entropy_bytes->len),
        OSSL_PARAM_construct_octet_string(OSSL_RAND_PARAM_TEST_NONCE,
                                          nonce_bytes->data,
                                          nonce_bytes->len),
        OSSL_PARAM_construct_end(),
    };

    g_assert_cmpint(EVP_RAND_CTX_set_params(parent, params), ==, 1);
}

static Reference reference_new(const char *hash, const char *entropy,
                               const char *nonce, const char *personalization)
{
    g_autoptr(GByteArray) string = hex_to_bytes(personalization);
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_DRBG_PARAM_MAC, (char *)"HMAC",
                                         0),
        OSSL_PARAM_construct_utf8_string(OSSL_DRBG_PARAM_DIGEST, (char *)hash,
                                         0),
        OSSL_PARAM_construct_end(),
    };
    Reference reference = { .parent = fetch("TEST-RAND", NULL) };

    set_entropy(reference.parent, entropy, nonce);
    g_assert_cmpint(EVP_RAND_instantiate(reference.parent, 256, false, NULL,
                                         0, NULL), ==, 1);
    reference.ctx = fetch("HMAC-DRBG", reference.parent);
    g_assert_cmpint(EVP_RAND_CTX_set_params(reference.ctx, params), ==, 1);
    /* Without a string OpenSSL takes its own, but not with an empty one. */
    g_assert_cmpint(EVP_RAND_instantiate(reference.ctx, 256, true,
                                         string->data ?: (uint8_t *)"",
                                         string->len, NULL), ==, 1);
    return reference;
}

static void reference_free(Reference *reference)
{
    EVP_RAND_CTX_free(reference->ctx);
    EVP_RAND_CTX_free(reference->parent);
}

static char *reference_generate(Reference *reference, size_t len,
                                bool resistance, const char *additional)
{
    g_autoptr(GByteArray) input = hex_to_bytes(additional);
    g_autofree uint8_t *output = g_malloc(len);

    g_assert_cmpint(EVP_RAND_generate(reference->ctx, output, len, 256,
                                      resistance, input->data, input->len),
                    ==, 1);
    return to_hex(output, len);
}

static void reference_reseed(Reference *reference, const char *additional)
{
    g_autoptr(GByteArray) input = hex_to_bytes(additional);

    g_assert_cmpint(EVP_RAND_reseed(reference->ctx, false, NULL, 0,
                                    input->data, input->len), ==, 1);
}

/* All that an instance can do, side by side */
static void check_openssl(CryptoDevHashAlgo hash, const char *name,
                          GRand *rand)
{
    g_autofree char *entropy = random_hex(rand, 32);
    g_autofree char *nonce = random_hex(rand, 16);
    g_autofree char *reseed = random_hex(rand, 32);
    g_autofree char *fresh = random_hex(rand, 32);
    g_autofree char *all = g_strconcat(entropy, nonce, reseed, fresh, NULL);
    g_autofree char *string =
        random_hex(rand, g_rand_int_range(rand, 0, 100));
    g_autofree char *input = random_hex(rand, g_rand_int_range(rand, 1, 100));
    g_autoptr(GByteArray) string_bytes = hex_to_bytes(string);
    Reference reference = reference_new(name, entropy, nonce, string);
    Source *source = source_new(all);
    CryptoDevDrbgParams params = {
        .primitives = &cryptodev_gcrypt_primitives,
        .hash = hash,
        .strength = 256,
        .prediction_resistance = true,
        .personalization = as_operand(string_bytes),
        .reseed_interval = CRYPTODEV_DRBG_RESEED_INTERVAL_MAX,
        .entropy = source_read,
        .opaque = source,
    };
    CryptoDevDrbg *drbg = cryptodev_drbg_new(&params);

    for (int step = 0; step < 5; step++) {
        bool resistance = step == 3;
        size_t len = g_rand_int_range(rand, 1, 300);
        g_autofree char *ours = NULL;
        g_autofree char *theirs = NULL;

        if (step == 2) {
            set_entropy(reference.parent, reseed, nonce);
            reference_reseed(&reference, input);
            must_reseed(drbg, input);
        }
        if (resistance) {
            set_entropy(reference.parent, fresh, nonce);
        }
        ours = generate(drbg, len, resistance, step % 2 ? input : "");
        theirs = reference_generate(&reference, len, resistance,
                                    step % 2 ? input : "");
        g_assert_cmpstr(ours, ==, theirs);
    }
    g_assert_cmpint(source->taken, ==, source->bytes->len);
    cryptodev_drbg_free(drbg);
    source_free(source);
    reference_free(&reference);
}

static void test_openssl(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(80090);

    for (int i = 0; i < 50; i++) {
        check_openssl(CRYPTODEV_HASH_SHA256, "SHA256", rand);
        check_openssl(CRYPTODEV_HASH_SHA512, "SHA512", rand);
    }
}

/* How much entropy each strength takes, and what happens if it runs out */
static void check_strength(uint32_t strength, size_t entropy)
{
    g_autofree char *zeros = g_strnfill(2 * (2 * entropy + entropy / 2), '0');
    Source *source = source_new(zeros);
    CryptoDevDrbgParams params = {
        .primitives = &cryptodev_gcrypt_primitives,
        .hash = CRYPTODEV_HASH_SHA512,
        .strength = strength,
        .reseed_interval = 2,
        .entropy = source_read,
        .opaque = source,
    };
    CryptoDevDrbg *drbg = cryptodev_drbg_new(&params);
    uint8_t byte;
    CryptoDevDrbgRequest strong = {
        .output = &byte, .len = 1, .strength = entropy * 8,
    };

    g_assert_cmpint(source->taken, ==, entropy + entropy / 2);
    /* Two requests, the reseed that follows them, two more, and no entropy */
    for (int i = 0; i < 4; i++) {
        g_assert_true(cryptodev_drbg_generate(drbg, &strong));
    }
    g_assert_cmpint(source->taken, ==, source->bytes->len);
    g_assert_false(cryptodev_drbg_generate(drbg, &strong));
    g_assert_false(cryptodev_drbg_reseed(drbg, (CryptoDevOperand) { }));
    strong.strength++;
    g_assert_false(cryptodev_drbg_generate(drbg, &strong));
    cryptodev_drbg_free(drbg);
    g_assert_null(cryptodev_drbg_new(&params));
    source_free(source);
}

static void test_strengths(void)
{
    check_strength(112, 14);
    check_strength(113, 16);
    check_strength(128, 16);
    check_strength(129, 24);
    check_strength(192, 24);
    check_strength(193, 32);
    check_strength(256, 32);
}

void add_drbg_tests(void)
{
    for (size_t i = 0; drbg_vectors[i].name; i++) {
        g_autofree char *path = g_strconcat("/compute/drbg/nist/",
                                            drbg_vectors[i].name, NULL);

        g_test_add_data_func(path, &drbg_vectors[i], test_vector);
    }
    g_test_add_func("/compute/drbg/openssl", test_openssl);
    g_test_add_func("/compute/drbg/strengths", test_strengths);
}
