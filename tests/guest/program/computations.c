/*
 * Computations of RFC v1, compared with OpenSSL and with the reference
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include <errno.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/kdf.h>
#include <openssl/rsa.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

#define BYTES 256
#define ROOM 4096
#define SEED 65536      /* the longest */
#define LINE (1 << 16)
#define FIELDS 12
#define ANY 256         /* a byte that is not known */

static unsigned int count;

/* Run one that returns one result of a known value. */
static void expect_result(struct vcrypto *crypto, const char *name,
                          uint32_t session, uint32_t operation,
                          struct vcrypto_list *operands, const void *expected,
                          size_t len)
{
    unsigned char results[ROOM];
    const unsigned char *result;
    size_t result_len, at = 0;
    ssize_t got = vcrypto_compute(crypto, session, operation, operands,
                                  results, sizeof(results));

    if (got < 0) {
        fail("%s", name);
    }
    CHECK(vcrypto_list_next(results, got, &at, &result, &result_len));
    CHECK(at == (size_t)got);
    errno = 0;
    if (result_len != len || memcmp(result, expected, len)) {
        fail("%s: the result differs", name);
    }
    vcrypto_list_clear(operands);
    count++;
}

static void test_numbers(struct vcrypto *crypto)
{
    struct vcrypto_list list = VCRYPTO_LIST_EMPTY;
    BIGNUM *modulus = BN_new(), *base = BN_new(), *exponent = BN_new();
    BIGNUM *power = BN_new();
    unsigned char bytes[BYTES];
    BN_CTX *context = BN_CTX_new();

    CHECK(BN_rand(modulus, 8 * BYTES, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD));
    CHECK(BN_rand_range(base, modulus) && BN_rand_range(exponent, modulus));
    CHECK(BN_mod_exp(power, base, exponent, modulus, context));
    BN_bn2binpad(modulus, bytes, BYTES);
    vcrypto_list_add(&list, bytes, BYTES);
    BN_bn2binpad(base, bytes, BYTES);
    vcrypto_list_add(&list, bytes, BYTES);
    BN_bn2binpad(exponent, bytes, BYTES);
    vcrypto_list_add(&list, bytes, BYTES);
    BN_bn2binpad(power, bytes, BYTES);
    expect_result(crypto, "exponentiate", 0, VCRYPTO_OPERATION(9, 1), &list,
                  bytes, BYTES);
    CHECK(BN_generate_prime_ex(modulus, 512, 0, NULL, NULL, NULL));
    BN_bn2binpad(modulus, bytes, 64);
    vcrypto_list_add(&list, bytes, 64);
    vcrypto_list_add_number(&list, 7);
    vcrypto_list_add_number(&list, 10);
    vcrypto_list_add(&list, NULL, 0);
    expect_result(crypto, "prime", 0, VCRYPTO_OPERATION(10, 1), &list, "\1",
                  1);
    BN_free(modulus);
    BN_free(base);
    BN_free(exponent);
    BN_free(power);
    BN_CTX_free(context);
}

static void add_param(struct vcrypto_list *list, EVP_PKEY *key,
                      const char *name, size_t len)
{
    unsigned char bytes[BYTES];
    BIGNUM *number = NULL;

    CHECK(EVP_PKEY_get_bn_param(key, name, &number) == 1);
    CHECK(BN_bn2binpad(number, bytes, len) == (int)len);
    vcrypto_list_add(list, bytes, len);
    BN_clear_free(number);
}

/* A signature of PKCS #1 by a key of OpenSSL */
static void test_rsa(struct vcrypto *crypto)
{
    static const char *const names[] = {
        "n", "e", "d", "rsa-factor1", "rsa-factor2", "rsa-exponent1",
        "rsa-exponent2", "rsa-coefficient1",
    };
    struct vcrypto_list list = VCRYPTO_LIST_EMPTY;
    EVP_PKEY *key = EVP_RSA_gen(2048);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    unsigned char *digest = random_bytes(32), expected[BYTES];
    size_t len = sizeof(expected);
    uint32_t session;

    vcrypto_list_add_number(&list, 1);
    vcrypto_list_add_number(&list, 4);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        add_param(&list, key, names[i], i == 1 ? 3 : i < 3 ? 256 : 128);
    }
    session = must(vcrypto_new_computation(crypto, VCRYPTO_OPERATION(4, 4),
                                           &list), "RSA");
    vcrypto_list_clear(&list);
    CHECK(EVP_PKEY_sign_init(context) == 1);
    CHECK(EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1);
    CHECK(EVP_PKEY_sign(context, expected, &len, digest, 32) == 1);
    vcrypto_list_add(&list, digest, 32);
    expect_result(crypto, "RSA sign", session, 0, &list, expected, len);
    CHECK(!vcrypto_free_session(crypto, session));
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(key);
    free(digest);
}

/* The shared point with a peer of OpenSSL */
static void test_ecdh(struct vcrypto *crypto)
{
    EVP_PKEY *own = EVP_EC_gen("P-384"), *peer = EVP_EC_gen("P-384");
    struct vcrypto_list list = VCRYPTO_LIST_EMPTY;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(own, NULL);
    unsigned char secret[48], results[ROOM];
    const unsigned char *x;
    size_t len = sizeof(secret), at = 0, x_len;
    uint32_t session;
    ssize_t got;

    vcrypto_list_add_number(&list, 4);
    add_param(&list, own, "priv", 48);
    session = must(vcrypto_new_computation(crypto, VCRYPTO_OPERATION(6, 1),
                                           &list), "ECDH");
    vcrypto_list_clear(&list);
    CHECK(EVP_PKEY_derive_init(context) == 1);
    CHECK(EVP_PKEY_derive_set_peer(context, peer) == 1);
    CHECK(EVP_PKEY_derive(context, secret, &len) == 1);
    vcrypto_list_add_number(&list, 1);
    add_param(&list, peer, "qx", 48);
    add_param(&list, peer, "qy", 48);
    got = vcrypto_compute(crypto, session, 0, &list, results, sizeof(results));
    CHECK(got == 2 * (4 + 48));
    CHECK(vcrypto_list_next(results, got, &at, &x, &x_len) && x_len == 48);
    CHECK(!memcmp(x, secret, 48));
    vcrypto_list_clear(&list);
    count++;
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(own);
    EVP_PKEY_free(peer);
}

static void test_hkdf(struct vcrypto *crypto)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, NULL);
    struct vcrypto_list list = VCRYPTO_LIST_EMPTY;
    unsigned char *key = random_bytes(32), expected[100];
    size_t len = sizeof(expected);

    CHECK(EVP_PKEY_derive_init(context) == 1);
    CHECK(EVP_PKEY_CTX_set_hkdf_mode(context,
                                     EVP_PKEY_HKDEF_MODE_EXPAND_ONLY) == 1);
    CHECK(EVP_PKEY_CTX_set_hkdf_md(context, EVP_sha256()) == 1);
    CHECK(EVP_PKEY_CTX_set1_hkdf_key(context, key, 32) == 1);
    CHECK(EVP_PKEY_CTX_add1_hkdf_info(context, (unsigned char *)"info",
                                      4) == 1);
    CHECK(EVP_PKEY_derive(context, expected, &len) == 1);
    vcrypto_list_add_number(&list, 4);
    vcrypto_list_add(&list, key, 32);
    vcrypto_list_add(&list, "info", 4);
    vcrypto_list_add_number(&list, len);
    expect_result(crypto, "HKDF", 0, VCRYPTO_OPERATION(8, 15), &list, expected,
                  len);
    EVP_PKEY_CTX_free(context);
    free(key);
}

/* A generator's session serves other operations; random bytes differ. */
static void test_random(struct vcrypto *crypto)
{
    static const uint32_t operations[] = {
        VCRYPTO_OPERATION(11, 2), VCRYPTO_OPERATION(12, 1),
        VCRYPTO_OPERATION(13, 1),
    };
    struct vcrypto_list list = VCRYPTO_LIST_EMPTY;
    unsigned char last[ROOM] = { 0 }, results[ROOM];
    unsigned char *seed;
    uint32_t session;

    vcrypto_list_add_number(&list, 256);
    vcrypto_list_add_number(&list, 0);
    vcrypto_list_add(&list, "me", 2);
    session = must(vcrypto_new_computation(crypto, VCRYPTO_OPERATION(11, 1),
                                           &list), "DRBG");
    vcrypto_list_clear(&list);
    vcrypto_list_add(&list, NULL, 0);
    CHECK(!vcrypto_compute(crypto, session, VCRYPTO_OPERATION(11, 3), &list,
                           NULL, 0));
    vcrypto_list_clear(&list);
    for (int i = 0; i < 6; i++) {
        vcrypto_list_add_number(&list, 100);
        if (i % 3 == 0) {
            vcrypto_list_add_number(&list, 256);
            vcrypto_list_add_number(&list, 0);
            vcrypto_list_add(&list, NULL, 0);
        }
        CHECK(vcrypto_compute(crypto, i % 3 ? 0 : session, operations[i % 3],
                              &list, results, sizeof(results)) == 104);
        CHECK(memcmp(results, last, 104));
        memcpy(last, results, 104);
        vcrypto_list_clear(&list);
        count++;
    }
    seed = random_bytes(SEED);
    vcrypto_list_add(&list, seed, SEED);
    free(seed);
    CHECK(!vcrypto_compute(crypto, 0, VCRYPTO_OPERATION(13, 2), &list, NULL,
                           0));
    vcrypto_list_clear(&list);
}

void test_computations(struct vcrypto *crypto)
{
    test_numbers(crypto);
    test_rsa(crypto);
    test_ecdh(crypto);
    test_hkdf(crypto);
    test_random(crypto);
    printf("%u\n", count);
}

/* Bytes in hexadecimal, and their values; "-" is none, "??" any byte */
static size_t parse(const char *field, unsigned char **bytes,
                    unsigned short *values)
{
    size_t len = strcmp(field, "-") ? strlen(field) / 2 : 0;

    *bytes = malloc(len + 1);
    for (size_t i = 0; i < len; i++) {
        unsigned int value = ANY;

        CHECK(!strncmp(field + 2 * i, "??", 2) ||
              sscanf(field + 2 * i, "%2x", &value) == 1);
        (*bytes)[i] = value;
        if (values) {
            values[i] = value;
        }
    }
    return len;
}

/* Operations need all 32 bits. */
static uint32_t number_of(const char *field)
{
    uint32_t number;

    CHECK(sscanf(field, "%u", &number) == 1);
    return number;
}

/* A session: the structure's fields, key, second key */
static uint32_t script_session(struct vcrypto *crypto, char **fields)
{
    unsigned char *key, *auth_key;
    struct vcrypto_session session = {
        .service = atoi(fields[1]),
        .algorithm = number_of(fields[2]),
        .direction = atoi(fields[3]),
        .order = atoi(fields[4]),
        .hash_mode = atoi(fields[5]),
        .hash = atoi(fields[6]),
        .tag_len = atoi(fields[7]),
    };

    session.key_len = parse(fields[8], &key, NULL);
    session.key = vcrypto_pointer(key);
    session.auth_key_len = parse(fields[9], &auth_key, NULL);
    session.auth_key = vcrypto_pointer(auth_key);
    return must(vcrypto_new_session(crypto, &session), fields[2]);
}

/* A request: session, operation, vector, AAD, source, error, result */
static void script_request(struct vcrypto *crypto, uint32_t session,
                           char **fields)
{
    static unsigned short values[LINE];
    unsigned char *iv, *aad, *src, *expected, *dst;
    struct vcrypto_request request = make_request(session, NULL, 0, NULL, 0);
    int error = atoi(fields[6]);
    size_t len = parse(fields[7], &expected, values);
    ssize_t got;

    request.operation = number_of(fields[2]);
    request.iv_len = parse(fields[3], &iv, NULL);
    request.iv = vcrypto_pointer(iv);
    request.aad_len = parse(fields[4], &aad, NULL);
    request.aad = vcrypto_pointer(aad);
    request.src_len = parse(fields[5], &src, NULL);
    request.src = vcrypto_pointer(src);
    request.dst_len = error ? request.src_len : len;
    dst = malloc(request.dst_len + 1);
    request.dst = vcrypto_pointer(dst);
    got = vcrypto_run_request(crypto, &request);
    if (error) {
        CHECK(got == -1 && errno == EBADMSG);
    } else if (got != (ssize_t)len) {
        fail("operation %s: %zd bytes, not %zu", fields[2], got, len);
    }
    for (size_t i = 0; got > 0 && i < len; i++) {
        if (values[i] != ANY && values[i] != dst[i]) {
            errno = 0;
            fail("operation %s: byte %zu", fields[2], i);
        }
    }
    free(iv);
    free(aad);
    free(src);
    free(dst);
    free(expected);
    count++;
}

/* Lines of standard input */
void test_script(struct vcrypto *crypto)
{
    static char line[LINE];
    uint32_t sessions[32];
    unsigned int session_count = 0;

    while (fgets(line, sizeof(line), stdin)) {
        char *fields[FIELDS] = { NULL };
        unsigned int i = 0;

        for (char *field = strtok(line, "\n "); field && i < FIELDS;
             field = strtok(NULL, "\n ")) {
            fields[i++] = field;
        }
        if (!strcmp(fields[0], "session")) {
            CHECK(i == 10 && session_count < 32);
            sessions[session_count++] = script_session(crypto, fields);
        } else {
            unsigned int number = atoi(fields[1]);

            CHECK(i == 8 && number <= session_count);
            script_request(crypto, number ? sessions[number - 1] : 0, fields);
        }
    }
    printf("%u\n", count);
}
