/*
 * Tests of computations: RSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include "../../qtest/virtio-crypto/padding.h"
#include "../../qtest/virtio-crypto/pkcs1.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-openssl.h"
#include "compute-run.h"

#define RSA CRYPTODEV_SERVICE_RSA

#define RAW number(CRYPTODEV_RSA_RAW)
#define PKCS1 number(CRYPTODEV_RSA_PKCS1)

/* The integers of a key, "" where one is left out */
typedef struct Key {
    char *n, *e, *d, *p, *q, *dp, *dq, *qinv;
} Key;

static void free_key(Key *key)
{
    g_free(key->n);
    g_free(key->e);
    g_free(key->d);
    g_free(key->p);
    g_free(key->q);
    g_free(key->dp);
    g_free(key->dq);
    g_free(key->qinv);
}

/* Without a hash, to decrypt; with one, or "00", to sign */
static CryptoDevSession *private_session(const char *padding,
                                         const char *hash, const Key *k)
{
    if (hash) {
        return session_new(RSA, CRYPTODEV_RSA_SIGN, padding, hash, k->n, k->e,
                           k->d, k->p, k->q, k->dp, k->dq, k->qinv, NULL);
    }
    return session_new(RSA, CRYPTODEV_RSA_DECRYPT, padding, k->n, k->e, k->d,
                       k->p, k->q, k->dp, k->dq, k->qinv, NULL);
}

static Key take_key(EVP_PKEY *pkey)
{
    return (Key) {
        .n = pkey_number(pkey, OSSL_PKEY_PARAM_RSA_N),
        .e = pkey_number(pkey, OSSL_PKEY_PARAM_RSA_E),
        .d = pkey_number(pkey, OSSL_PKEY_PARAM_RSA_D),
        .p = pkey_number(pkey, OSSL_PKEY_PARAM_RSA_FACTOR1),
        .q = pkey_number(pkey, OSSL_PKEY_PARAM_RSA_FACTOR2),
        .dp = pkey_number(pkey, OSSL_PKEY_PARAM_RSA_EXPONENT1),
        .dq = pkey_number(pkey, OSSL_PKEY_PARAM_RSA_EXPONENT2),
        .qinv = pkey_number(pkey, OSSL_PKEY_PARAM_RSA_COEFFICIENT1),
    };
}

static EVP_PKEY *give_key(const Key *key)
{
    return pkey_new("RSA", EVP_PKEY_KEYPAIR, NULL,
                    OSSL_PKEY_PARAM_RSA_N, key->n,
                    OSSL_PKEY_PARAM_RSA_E, key->e,
                    OSSL_PKEY_PARAM_RSA_D, key->d,
                    OSSL_PKEY_PARAM_RSA_FACTOR1, key->p,
                    OSSL_PKEY_PARAM_RSA_FACTOR2, key->q,
                    OSSL_PKEY_PARAM_RSA_EXPONENT1, key->dp,
                    OSSL_PKEY_PARAM_RSA_EXPONENT2, key->dq,
                    OSSL_PKEY_PARAM_RSA_COEFFICIENT1, key->qinv, NULL);
}

static char *one_result(char **results)
{
    char *result = g_steal_pointer(&results[0]);

    g_assert_nonnull(result);
    g_assert_null(results[1]);
    g_strfreev(results);
    return result;
}

static char *decrypt(const char *padding, const Key *key, const char *c)
{
    CryptoDevSession *session = private_session(padding, NULL, key);
    char *m = one_result(compute(RSA, CRYPTODEV_RSA_DECRYPT, session, c,
                                 NULL));

    session_free(session);
    return m;
}

static char *encrypt(const char *padding, const Key *key, const char *m)
{
    return one_result(compute_once(RSA, CRYPTODEV_RSA_ENCRYPT, 3, padding,
                                   key->n, key->e, m, NULL));
}

static char *sign(const char *padding, CryptoDevHashAlgo hash, const Key *key,
                  const char *digest)
{
    CryptoDevSession *session = private_session(padding, number(hash), key);
    char *signature = one_result(compute(RSA, CRYPTODEV_RSA_SIGN, session,
                                         digest, NULL));

    session_free(session);
    return signature;
}

static bool verify(const char *padding, CryptoDevHashAlgo hash, const Key *key,
                   const char *digest, const char *signature)
{
    return as_bool(compute_once(RSA, CRYPTODEV_RSA_VERIFY, 4, padding,
                                number(hash), key->n, key->e, digest,
                                signature, NULL));
}

/* A key without some of its numbers */
static Key without_crt(const Key *key)
{
    return (Key) { key->n, key->e, key->d, (char *)"", (char *)"",
                   (char *)"", (char *)"", (char *)"" };
}

static Key without_e(const Key *key)
{
    Key less = without_crt(key);

    less.e = (char *)"";
    return less;
}

static Key crt_alone(const Key *key)
{
    Key less = *key;

    less.n = less.e = less.d = (char *)"";
    return less;
}

static Key read_numbers(const RSANumbers *numbers)
{
    return (Key) {
        .n = to_hex(numbers->n->data, numbers->n->len),
        .e = to_hex(numbers->e->data, numbers->e->len),
        .d = to_hex(numbers->d->data, numbers->d->len),
        .p = to_hex(numbers->p->data, numbers->p->len),
        .q = to_hex(numbers->q->data, numbers->q->len),
        .dp = to_hex(numbers->dp->data, numbers->dp->len),
        .dq = to_hex(numbers->dq->data, numbers->dq->len),
        .qinv = to_hex(numbers->qinv->data, numbers->qinv->len),
    };
}

/* RSA Laboratories' vectors: keys of 1024 to 2048 bits, in all three forms */
static void check_pkcs1(const char *name,
                        void (*check)(const Key *key, const char *message,
                                      const char *result))
{
    g_autofree char *path = vectors_path(name);
    g_autoptr(GPtrArray) keys = pkcs1_read(path);

    VectorCount count = { };

    g_assert_cmpint(keys->len, ==, 15);
    for (guint i = 0; i < keys->len; i++) {
        Pkcs1Key *one = keys->pdata[i];
        Key key = read_numbers(&one->numbers);
        Key forms[] = {
            key, without_crt(&key), without_e(&key), crt_alone(&key),
        };

        for (guint j = 0; j < one->cases->len; j++) {
            Pkcs1Case *vector = one->cases->pdata[j];
            g_autofree char *message =
                to_hex(vector->message->data, vector->message->len);
            g_autofree char *result =
                to_hex(vector->result->data, vector->result->len);

            if (vectors_take(&count)) {
                check(&forms[j % ARRAY_SIZE(forms)], message, result);
            }
        }
        free_key(&key);
    }
}

static void check_decrypt(const Key *key, const char *message,
                          const char *result)
{
    g_autofree char *decrypted = decrypt(PKCS1, key, result);

    check_result(decrypted, message);
}

static void check_sign(const Key *key, const char *message, const char *result)
{
    g_autofree char *digest = digest_hex("SHA1", message);
    g_autofree char *signature =
        sign(PKCS1, CRYPTODEV_HASH_SHA1, key, digest);

    check_result(signature, result);
    /* There is a public key in two of the forms. */
    if (key->n[0] && key->e[0]) {
        g_assert_true(verify(PKCS1, CRYPTODEV_HASH_SHA1, key, digest,
                             result));
        g_assert_false(verify(PKCS1, CRYPTODEV_HASH_NONE, key, digest,
                              result));
    }
}

static void test_pkcs1_decrypt(void)
{
    check_pkcs1("asymmetric/RSA/pkcs1v15crypt-vectors.txt", check_decrypt);
}

static void test_pkcs1_sign(void)
{
    check_pkcs1("asymmetric/RSA/pkcs1v15sign-vectors.txt", check_sign);
}

static CryptoDevHashAlgo find_hash(const char *name)
{
    static const struct {
        const char *name;
        CryptoDevHashAlgo hash;
    } hashes[] = {
        { "SHA1", CRYPTODEV_HASH_SHA1 }, { "SHA224", CRYPTODEV_HASH_SHA224 },
        { "SHA256", CRYPTODEV_HASH_SHA256 },
        { "SHA384", CRYPTODEV_HASH_SHA384 },
        { "SHA512", CRYPTODEV_HASH_SHA512 },
    };

    for (size_t i = 0; i < ARRAY_SIZE(hashes); i++) {
        if (!strcmp(hashes[i].name, name)) {
            return hashes[i].hash;
        }
    }
    g_assert_not_reached();
}

/* NIST's signatures with keys of 1024 to 3072 bits, good and bad */
static void test_nist_verify(void)
{
    g_autofree char *path =
        vectors_path("asymmetric/RSA/FIPS_186-2/SigVer15_186-3.rsp");
    g_autoptr(GPtrArray) records = rsp_read(path);
    const char *n = NULL;
    VectorCount outcomes[2] = { };

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];
        const char *hash = rsp_text(record, "SHAAlg");
        const char *outcome = rsp_text(record, "Result");
        bool good = outcome && outcome[0] == 'P';

        n = rsp_text(record, "n") ?: n;
        if (hash && vectors_take(&outcomes[good])) {
            Key key = {
                .n = (char *)n, .e = (char *)rsp_text(record, "e"),
            };
            g_autofree char *digest =
                digest_hex(hash, rsp_text(record, "Msg"));

            g_assert_cmpint(verify(PKCS1, find_hash(hash), &key, digest,
                                   rsp_text(record, "S")), ==, good);
        }
    }
    g_assert_cmpint(outcomes[false].seen, >, 50);
    g_assert_cmpint(outcomes[true].seen, >, 10);
}

/* OpenSSL does the opposite: it encrypts what we decrypt. */
static char *openssl_crypt(EVP_PKEY *pkey, bool encrypts, int padding,
                           const char *hex)
{
    g_autoptr(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new(pkey, NULL);
    g_autoptr(GByteArray) in = hex_to_bytes(hex);
    uint8_t out[1024];
    size_t len = sizeof(out);
    int ok;

    g_assert_cmpint((encrypts ? EVP_PKEY_encrypt_init
                              : EVP_PKEY_decrypt_init)(ctx), ==, 1);
    g_assert_cmpint(EVP_PKEY_CTX_set_rsa_padding(ctx, padding), ==, 1);
    ok = (encrypts ? EVP_PKEY_encrypt
                   : EVP_PKEY_decrypt)(ctx, out, &len, in->data, in->len);
    g_assert_cmpint(ok, ==, 1);
    return to_hex(out, len);
}

static bool openssl_verifies(EVP_PKEY *pkey, const char *hash,
                             const char *digest, const char *signature)
{
    g_autoptr(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new(pkey, NULL);
    g_autoptr(GByteArray) data = hex_to_bytes(digest);
    g_autoptr(GByteArray) bytes = hex_to_bytes(signature);

    g_assert_cmpint(EVP_PKEY_verify_init(ctx), ==, 1);
    g_assert_cmpint(EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING), ==,
                    1);
    g_assert_cmpint(EVP_PKEY_CTX_set_signature_md(
                        ctx, EVP_get_digestbyname(hash)), ==, 1);
    return EVP_PKEY_verify(ctx, bytes->data, bytes->len, data->data,
                           data->len) == 1;
}

static void check_raw(EVP_PKEY *pkey, const Key *public, const Key *key)
{
    size_t len = strlen(public->n) / 2;
    g_autofree char *padded = pad_hex("0123456789abcdef", len);
    g_autofree char *c = encrypt(RAW, public, "0123456789abcdef");
    g_autofree char *expected =
        openssl_crypt(pkey, true, RSA_NO_PADDING, padded);
    g_autofree char *m = decrypt(RAW, key, c);
    g_autofree char *signature =
        sign(RAW, CRYPTODEV_HASH_NONE, key, "0123456789abcdef");

    check_result(c, expected);
    check_result(m, padded);
    g_assert_true(verify(RAW, CRYPTODEV_HASH_NONE, public, "0123456789abcdef",
                         signature));
    g_assert_true(verify(RAW, CRYPTODEV_HASH_NONE, public, padded,
                         signature));
    g_assert_false(verify(RAW, CRYPTODEV_HASH_NONE, public, "01", signature));
    g_assert_false(verify(RAW, CRYPTODEV_HASH_NONE, public, padded,
                          public->n));
}

static void check_padded(EVP_PKEY *pkey, const Key *public, const Key *key)
{
    g_autofree char *ours = encrypt(PKCS1, public, "c0ffee");
    g_autofree char *theirs =
        openssl_crypt(pkey, true, RSA_PKCS1_PADDING, "c0ffee");
    g_autofree char *from_ours =
        openssl_crypt(pkey, false, RSA_PKCS1_PADDING, ours);
    g_autofree char *from_theirs = decrypt(PKCS1, key, theirs);
    g_autofree char *digest = digest_hex("SHA256", "616263");
    g_autofree char *signature =
        sign(PKCS1, CRYPTODEV_HASH_SHA256, key, digest);

    check_result(from_ours, "c0ffee");
    check_result(from_theirs, "c0ffee");
    g_assert_true(openssl_verifies(pkey, "SHA256", digest, signature));
    g_assert_true(verify(PKCS1, CRYPTODEV_HASH_SHA256, public, digest,
                         signature));
    signature[10] = signature[10] == '0' ? '1' : '0';
    g_assert_false(verify(PKCS1, CRYPTODEV_HASH_SHA256, public, digest,
                          signature));
}

static void check_forms(EVP_PKEY *pkey, const Key *key)
{
    Key forms[] = {
        *key, without_crt(key), without_e(key), crt_alone(key),
    };

    for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
        check_raw(pkey, key, &forms[i]);
        check_padded(pkey, key, &forms[i]);
    }
}

/* Keys that OpenSSL makes */
static void test_openssl(void)
{
    static const unsigned int sizes[] = { 512, 1024, 1031, 2048, 4096 };

    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        g_autoptr(EVP_PKEY) pkey = EVP_RSA_gen(sizes[i]);
        Key key = take_key(pkey);

        check_forms(pkey, &key);
        free_key(&key);
    }
}

/* The largest key: RFC 3526 has a prime of 4096 bits, RFC 7919 another one. */
static void test_largest(void)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    g_autoptr(BIGNUM) p = BN_get_rfc3526_prime_4096(NULL);
    g_autoptr(EVP_PKEY) group =
        pkey_new("DH", EVP_PKEY_KEY_PARAMETERS, "ffdhe4096", NULL);
    g_autofree char *q_hex = pkey_number(group, OSSL_PKEY_PARAM_FFC_P);
    g_autoptr(BIGNUM) q = bn_read(q_hex);
    g_autoptr(BIGNUM) e = bn_read("010001");
    g_autoptr(BIGNUM) n = BN_new();
    g_autoptr(BIGNUM) d = BN_new();
    g_autofree char *n_hex = NULL;
    g_autofree char *d_hex = NULL;
    Key key = without_crt(&(Key) { });
    g_autofree char *c = NULL;
    g_autofree char *m = NULL;

    BN_mul(n, p, q, ctx);
    BN_sub_word(p, 1);
    BN_sub_word(q, 1);
    BN_mul(d, p, q, ctx);
    g_assert_nonnull(BN_mod_inverse(d, e, d, ctx));
    n_hex = bn_hex(n);
    d_hex = bn_hex(d);
    g_assert_cmpint(BN_num_bits(n), ==, 8192);
    key.n = n_hex;
    key.e = (char *)"010001";
    key.d = d_hex;
    c = encrypt(RAW, &key, "05");
    m = decrypt(RAW, &key, c);
    check_number(m, "05");
}

static char *inverse_hex(const BIGNUM *number, const BIGNUM *modulus,
                         bool less_1, BN_CTX *ctx)
{
    g_autoptr(BIGNUM) order = BN_dup(modulus);
    g_autoptr(BIGNUM) inverse = BN_new();

    if (less_1) {
        BN_sub_word(order, 1);
    }
    g_assert_nonnull(BN_mod_inverse(inverse, number, order, ctx));
    return bn_hex(inverse);
}

/* The product of all odd primes that it takes, and of each of them less 1 */
static void multiply_primes(int bits, BIGNUM *n, BIGNUM *order)
{
    BN_one(n);
    BN_one(order);
    for (unsigned int prime = 3; BN_num_bits(n) < bits; prime += 2) {
        unsigned int factor = 3;

        while (prime % factor) {
            factor += 2;
        }
        if (factor == prime) {
            BN_mul_word(n, prime);
            BN_mul_word(order, prime - 1);
        }
    }
}

/* RFC 8017, section 3.1: a modulus may have many primes, and small ones. */
static void test_small_primes(void)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    g_autoptr(BIGNUM) e = bn_read("010001");
    g_autoptr(BIGNUM) n = BN_new();
    g_autoptr(BIGNUM) order = BN_new();
    g_autofree char *n_hex = NULL;
    g_autofree char *d_hex = NULL;
    Key key = without_crt(&(Key) { });
    g_autofree char *c = NULL;
    CryptoDevSession *session;

    multiply_primes(512, n, order);
    n_hex = bn_hex(n);
    d_hex = inverse_hex(e, order, false, ctx);
    key.n = n_hex;
    key.e = (char *)"010001";
    key.d = d_hex;
    c = encrypt(RAW, &key, "03");
    /*
     * OpenSSL finds no factor to blind with one time in a thousand: at the
     * beginning of a session, and every 32 operations.
     */
    for (int i = 0; i < 1500; i++) {
        g_autofree char *m = decrypt(RAW, &key, c);

        check_number(m, "03");
    }
    session = private_session(RAW, NULL, &key);
    for (int i = 0; i < 20000; i++) {
        g_autofree char *m = one_result(
            compute(RSA, CRYPTODEV_RSA_DECRYPT, session, c, NULL));

        check_number(m, "03");
    }
    session_free(session);
}

/* Exponents as long as the modulus, e and d alike */
static void test_long_exponents(void)
{
    g_autoptr(EVP_PKEY) pkey = EVP_RSA_gen(3200);
    Key key = take_key(pkey);
    Key exchanged = {
        key.n, key.d, key.e, (char *)"", (char *)"", (char *)"", (char *)"",
        (char *)"",
    };
    g_autoptr(GRand) rand = g_rand_new_with_seed(g_test_rand_int());
    g_autofree char *m = random_hex(rand, 399);
    g_autofree char *c = encrypt(RAW, &exchanged, m);
    g_autofree char *again = encrypt(RAW, &key, c);
    g_autofree char *decrypted = decrypt(RAW, &exchanged, c);

    check_number(again, m);
    check_number(decrypted, m);
    free_key(&key);
}

/* A new key, which OpenSSL checks, primes and all */
static void check_generation(const char *e, uint32_t bits)
{
    g_auto(GStrv) results = compute(RSA, CRYPTODEV_RSA_GENERATE, NULL, e,
                                    number(bits), NULL);
    Key key = {
        results[0], results[1], results[2], results[3], results[4],
        results[5], results[6], results[7],
    };
    g_autoptr(EVP_PKEY) pkey = NULL;
    g_autoptr(EVP_PKEY_CTX) ctx = NULL;

    g_assert_cmpint(g_strv_length(results), ==, 8);
    pkey = give_key(&key);
    ctx = EVP_PKEY_CTX_new(pkey, NULL);
    g_assert_cmpint(EVP_PKEY_get_bits(pkey), ==, bits);
    g_assert_cmpint(EVP_PKEY_check(ctx), ==, 1);
    check_number(key.e, e);
    g_assert_cmpint(strlen(key.d), ==, bits / 4);
    for (int i = 3; i < 8; i++) {
        g_assert_cmpint(strlen(results[i]), ==, bits / 8);
    }
    check_forms(pkey, &key);
}

static void test_generate(void)
{
    check_generation("010001", 512);
    check_generation("010001", 1024);
    check_generation("010001", 2048);
    check_generation("010001", 2064);
    check_generation("010001", 4096);
    check_generation("03", 1024);
    check_generation("11", 1024);
}

static void test_generate_large_e(void)
{
    g_auto(GStrv) results = compute(RSA, CRYPTODEV_RSA_GENERATE, NULL,
                                    "fffffffb", number(1024), NULL);

    check_result(results[1], "fffffffb");
}

static void fail_generation(const char *e, const char *bits)
{
    g_assert_cmpint(compute_fail(RSA, CRYPTODEV_RSA_GENERATE, NULL, e, bits,
                                 NULL), ==, CRYPTODEV_ERR);
}

static void test_generate_errors(void)
{
    fail_generation("00", number(1024));
    fail_generation("01", number(1024));
    fail_generation("02", number(1024));
    fail_generation("010000", number(1024));
    fail_generation("0100000001", number(1024));
    fail_generation("", number(1024));
    fail_generation("03", number(496));
    fail_generation("03", number(4112));
    fail_generation("03", number(8192));
    fail_generation("03", number(1025));
    fail_generation("03", "");
    fail_generation("03", NULL);
}

static void fail_private(const Key *key, CryptoDevStatus status)
{
    g_assert_cmpint(session_fail(RSA, CRYPTODEV_RSA_DECRYPT, RAW, key->n,
                                 key->e, key->d, key->p, key->q, key->dp,
                                 key->dq, key->qinv, NULL), ==, status);
}

/* Numbers that have the right shapes, and do not fit together */
static void fail_late(const Key *key)
{
    CryptoDevSession *session = private_session(RAW, NULL, key);

    for (int i = 0; i < 2; i++) {
        g_assert_cmpint(compute_fail(RSA, CRYPTODEV_RSA_DECRYPT, session,
                                     "05", NULL), ==, CRYPTODEV_ERR);
    }
    session_free(session);
}

static char *even_number(const char *hex)
{
    char *copy = g_strdup(hex);

    copy[strlen(copy) - 1] = '0';
    return copy;
}

/* Another number of that length and parity */
static char *change_number(const char *hex)
{
    char *copy = g_strdup(hex);
    char *last = copy + strlen(copy) - 1;

    *last = "0123456789abcdef"[g_ascii_xdigit_value(*last) ^ 2];
    return copy;
}

/* The places of a key's numbers */
#define KEY_NUMBERS (sizeof(Key) / sizeof(char *))
#define KEY_P       (offsetof(Key, p) / sizeof(char *))

static char **find_number(Key *key, size_t place)
{
    return (char **)key + place;
}

/* Each of the numbers is wrong where it is there. */
static void check_misfits(const Key *key)
{
    for (size_t i = 0; i < KEY_NUMBERS; i++) {
        Key bad = *key;
        char **number_of_bad = find_number(&bad, i);

        if (**number_of_bad) {
            g_autofree char *changed = change_number(*number_of_bad);

            *number_of_bad = changed;
            fail_late(&bad);
        }
    }
}

static void test_misfits(void)
{
    g_autoptr(EVP_PKEY) pkey = EVP_RSA_gen(512);
    Key key = take_key(pkey);
    Key forms[] = {
        key, without_crt(&key), without_e(&key), crt_alone(&key),
    };
    Key bad = key;

    for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
        check_misfits(&forms[i]);
    }
    bad.q = key.p;
    fail_late(&bad);
    /* An exponent that fits with d has no other number that fits, too. */
    bad = without_crt(&key);
    bad.e = (char *)"03";
    fail_late(&bad);
    free_key(&key);
}

/* A key whose q is no prime, though all its numbers fit together */
static Key composite_key(const Key *key)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    g_autoptr(BIGNUM) e = bn_read(key->e);
    g_autoptr(BIGNUM) p = bn_read(key->p);
    g_autoptr(BIGNUM) q = BN_new();
    g_autoptr(BIGNUM) n = BN_new();
    g_autoptr(BIGNUM) order = BN_new();
    g_autoptr(BIGNUM) p_order = BN_dup(p);

    multiply_primes(256, q, order);
    BN_mul(n, p, q, ctx);
    BN_sub_word(p_order, 1);
    BN_sub(order, q, BN_value_one());
    BN_mul(order, order, p_order, ctx);
    return (Key) {
        bn_hex(n), g_strdup(key->e), inverse_hex(e, order, false, ctx),
        g_strdup(key->p), bn_hex(q), g_strdup(key->dp),
        inverse_hex(e, q, true, ctx), inverse_hex(q, p, false, ctx),
    };
}

/* The result of a private operation is checked, and so are all after it. */
static void test_composite(void)
{
    g_autoptr(EVP_PKEY) pkey = EVP_RSA_gen(512);
    Key key = take_key(pkey);
    Key composite = composite_key(&key);
    Key crt = crt_alone(&composite);
    Key bad = without_crt(&composite);

    fail_late(&composite);
    fail_late(&crt);
    fail_late(&bad);
    free_key(&composite);
    free_key(&key);
}

/* Numbers that are missing, or have a wrong length or parity */
static void check_shapes(const Key *key)
{
    const Key crt = crt_alone(key);
    g_autofree char *even_p = even_number(key->p);
    const char *const wrong_p[] = { "01", even_p };

    for (size_t i = KEY_P; i < KEY_NUMBERS; i++) {
        Key bad = *key;

        *find_number(&bad, i) = (char *)"";
        fail_private(&bad, CRYPTODEV_ERR);
        bad = crt;
        *find_number(&bad, i) = (char *)"00";
        fail_private(&bad, CRYPTODEV_ERR);
        bad = *key;
        *find_number(&bad, i) = key->n;
        fail_private(&bad, CRYPTODEV_ERR);
    }
    for (size_t i = 0; i < ARRAY_SIZE(wrong_p); i++) {
        Key bad = *key;

        bad.p = (char *)wrong_p[i];
        fail_private(&bad, CRYPTODEV_ERR);
    }
}

static void test_shapes(void)
{
    g_autoptr(EVP_PKEY) pkey = EVP_RSA_gen(512);
    Key key = take_key(pkey);
    g_autofree char *even_n = even_number(key.n);
    Key bads[] = {
        without_crt(&key), without_crt(&key), without_crt(&key),
        without_crt(&key), without_e(&key), without_e(&key), key,
    };

    check_shapes(&key);
    bads[0].d = (char *)"00";
    bads[1].d = key.n;
    bads[2].d = (char *)"";
    bads[3].e = (char *)"02";
    bads[4].d = (char *)"";
    bads[5].n = even_n;
    /* p and q together have too few bits */
    bads[6].p = key.p + 2;
    for (size_t i = 0; i < ARRAY_SIZE(bads); i++) {
        fail_private(&bads[i], CRYPTODEV_ERR);
    }
    free_key(&key);
}

/* The first prime from a number on */
static BIGNUM *next_prime(const BIGNUM *from, BN_CTX *ctx)
{
    BIGNUM *prime = BN_dup(from);

    BN_set_bit(prime, 0);
    while (BN_check_prime(prime, ctx, NULL) != 1) {
        BN_add_word(prime, 2);
    }
    return prime;
}

/* A key of two primes that have that many bits each, and are very small */
static Key make_smallest(int bits)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    g_autoptr(BIGNUM) least = BN_new();
    g_autoptr(BIGNUM) e = bn_read("010001");
    g_autoptr(BIGNUM) p = NULL;
    g_autoptr(BIGNUM) q = NULL;

    BN_set_bit(least, bits - 1);
    p = next_prime(least, ctx);
    BN_add_word(least, 0x10000);
    q = next_prime(least, ctx);
    return (Key) {
        .n = g_strdup(""), .e = g_strdup(""), .d = g_strdup(""),
        .p = bn_hex(p), .q = bn_hex(q),
        .dp = inverse_hex(e, p, true, ctx),
        .dq = inverse_hex(e, q, true, ctx),
        .qinv = inverse_hex(q, p, false, ctx),
    };
}

/* Without n in the key, only the first operation finds n's exact length. */
static void test_sizes(void)
{
    g_autoptr(EVP_PKEY) pkey = EVP_RSA_gen(512);
    Key key = take_key(pkey);
    Key bad = without_crt(&key);
    Key small = make_smallest(255);
    g_autofree char *ones = g_strnfill(4096 / 4, '1');

    /* 508 bits, and 8200 */
    bad.n = g_strconcat("0f", key.n + 2, NULL);
    fail_private(&bad, CRYPTODEV_NOTSUPP);
    g_free(bad.n);
    bad.n = g_strnfill(8200 / 4, 'f');
    fail_private(&bad, CRYPTODEV_NOTSUPP);
    g_free(bad.n);
    /* 509 bits, and 511 */
    fail_private(&small, CRYPTODEV_NOTSUPP);
    free_key(&small);
    small = make_smallest(256);
    fail_late(&small);
    free_key(&small);
    /* 2 * 4097 bits */
    bad = crt_alone(&key);
    bad.p = bad.q = g_strconcat("01", ones, NULL);
    fail_private(&bad, CRYPTODEV_NOTSUPP);
    g_free(bad.p);
    free_key(&key);
}

static void fail_public(const char *padding, const char *hash, const char *n,
                        const char *e, CryptoDevStatus status)
{
    g_assert_cmpint(session_fail(RSA, CRYPTODEV_RSA_VERIFY, padding, hash, n,
                                 e, NULL), ==, status);
}

static void test_public_errors(void)
{
    g_autoptr(EVP_PKEY) pkey = EVP_RSA_gen(512);
    Key key = take_key(pkey);
    g_autofree char *even = even_number(key.n);

    fail_public(PKCS1, "00", even, key.e, CRYPTODEV_ERR);
    fail_public(PKCS1, "00", key.n, "01", CRYPTODEV_ERR);
    fail_public(PKCS1, "00", key.n, "02", CRYPTODEV_ERR);
    fail_public(PKCS1, "00", key.n, key.n, CRYPTODEV_ERR);
    fail_public(PKCS1, "00", key.n, "", CRYPTODEV_ERR);
    fail_public(PKCS1, "00", "", key.e, CRYPTODEV_ERR);
    fail_public(PKCS1, "00", key.n + 4, key.e, CRYPTODEV_NOTSUPP);
    fail_public("02", "00", key.n, key.e, CRYPTODEV_NOTSUPP);
    fail_public(PKCS1, "0e", key.n, key.e, CRYPTODEV_NOTSUPP);
    /* Hashes of any output length have no DigestInfo. */
    fail_public(PKCS1, number(CRYPTODEV_HASH_SHAKE128), key.n, key.e,
                CRYPTODEV_NOTSUPP);
    fail_public(PKCS1, number(CRYPTODEV_HASH_SHAKE256), key.n, key.e,
                CRYPTODEV_NOTSUPP);
    fail_public(PKCS1, "", key.n, key.e, CRYPTODEV_ERR);
    /* Only padding uses a hash. */
    fail_public(RAW, number(CRYPTODEV_HASH_SHA256), key.n, key.e,
                CRYPTODEV_ERR);
    free_key(&key);
}

static void fail_operand(CryptoDevSession *session, uint32_t operation,
                         const char *operand)
{
    g_assert_cmpint(compute_fail(RSA, operation, session, operand, NULL), ==,
                    CRYPTODEV_ERR);
}

static void test_operand_errors(void)
{
    g_autoptr(EVP_PKEY) pkey = EVP_RSA_gen(512);
    Key key = take_key(pkey);
    g_autofree char *long_one = g_strconcat("00", key.n, NULL);
    g_autofree char *message = g_strnfill((64 - 10) * 2, '1');
    CryptoDevSession *raw = private_session(RAW, NULL, &key);
    CryptoDevSession *padded = private_session(PKCS1, NULL, &key);
    CryptoDevSession *public =
        session_new(RSA, CRYPTODEV_RSA_ENCRYPT, PKCS1, key.n, key.e, NULL);
    CryptoDevSession *raw_public =
        session_new(RSA, CRYPTODEV_RSA_ENCRYPT, RAW, key.n, key.e, NULL);
    CryptoDevSession *signs =
        private_session(PKCS1, number(CRYPTODEV_HASH_SHA256), &key);
    CryptoDevSession *signs_any =
        private_session(PKCS1, number(CRYPTODEV_HASH_NONE), &key);

    fail_operand(raw, CRYPTODEV_RSA_DECRYPT, key.n);
    fail_operand(raw, CRYPTODEV_RSA_DECRYPT, long_one);
    fail_operand(raw, CRYPTODEV_RSA_DECRYPT, "");
    fail_operand(padded, CRYPTODEV_RSA_DECRYPT, "02");
    fail_operand(public, CRYPTODEV_RSA_ENCRYPT, message);
    fail_operand(public, CRYPTODEV_RSA_DECRYPT, "02");
    fail_operand(raw_public, CRYPTODEV_RSA_ENCRYPT, "");
    fail_operand(raw, CRYPTODEV_RSA_SIGN, "02");
    fail_operand(NULL, CRYPTODEV_RSA_DECRYPT, "02");
    fail_operand(signs, CRYPTODEV_RSA_SIGN, "02");
    fail_operand(signs, CRYPTODEV_RSA_SIGN, message);
    /* RFC 8017, section 9.2, step 3: 8 bytes of padding, and 3 around them */
    fail_operand(signs_any, CRYPTODEV_RSA_SIGN, message);
    session_free(raw);
    session_free(padded);
    session_free(public);
    session_free(raw_public);
    session_free(signs);
    session_free(signs_any);
    free_key(&key);
}

/* A ciphertext of an encoded message */
static char *encrypt_block(const Key *key, const GByteArray *em)
{
    g_autofree char *hex = to_hex(em->data, em->len);

    return encrypt(RAW, key, hex);
}

static void check_good_padding(const Key *key, const Padding *padding)
{
    g_autoptr(GByteArray) em = padding_make(padding, strlen(key->n) / 2);
    g_autoptr(GByteArray) message = padding_message(em);
    g_autofree char *c = encrypt_block(key, em);
    g_autofree char *m = decrypt(PKCS1, key, c);
    g_autofree char *expected = to_hex(message->data, message->len);

    check_result(m, expected);
}

static void check_bad_padding(const Key *key, const Padding *padding)
{
    g_autoptr(GByteArray) em = padding_make(padding, strlen(key->n) / 2);
    g_autofree char *c = encrypt_block(key, em);
    CryptoDevSession *session = private_session(PKCS1, NULL, key);

    fail_operand(session, CRYPTODEV_RSA_DECRYPT, c);
    session_free(session);
}

static void test_padding(void)
{
    static const unsigned int sizes[] = { 512, 1031, 2048 };

    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        g_autoptr(EVP_PKEY) pkey = EVP_RSA_gen(sizes[i]);
        Key key = take_key(pkey);

        for (size_t j = 0; j < ARRAY_SIZE(good_paddings); j++) {
            check_good_padding(&key, &good_paddings[j]);
        }
        for (size_t j = 0; j < ARRAY_SIZE(bad_paddings); j++) {
            check_bad_padding(&key, &bad_paddings[j]);
        }
        free_key(&key);
    }
}

/* RFC 8017, section 7.2.2, step 1: the zeros that it begins with are needed. */
static void test_short_ciphertext(void)
{
    g_autoptr(EVP_PKEY) pkey = EVP_RSA_gen(512);
    Key key = take_key(pkey);
    CryptoDevSession *session = private_session(PKCS1, NULL, &key);
    g_autofree char *c = NULL;
    g_autofree char *m = NULL;

    do {
        g_free(c);
        c = encrypt(PKCS1, &key, "c0ffee");
    } while (!g_str_has_prefix(c, "00"));
    m = decrypt(PKCS1, &key, c);
    check_result(m, "c0ffee");
    fail_operand(session, CRYPTODEV_RSA_DECRYPT, c + 2);
    session_free(session);
    free_key(&key);
}

static void test_empty(void)
{
    g_autoptr(EVP_PKEY) pkey = EVP_RSA_gen(1024);
    Key key = take_key(pkey);
    g_autofree char *ours = encrypt(PKCS1, &key, "");
    g_autofree char *again = encrypt(PKCS1, &key, "");
    g_autofree char *from_ours =
        openssl_crypt(pkey, false, RSA_PKCS1_PADDING, ours);
    g_autofree char *theirs =
        openssl_crypt(pkey, true, RSA_PKCS1_PADDING, "");
    g_autofree char *from_theirs = decrypt(PKCS1, &key, theirs);

    g_assert_cmpstr(ours, !=, again);
    check_result(from_ours, "");
    check_result(from_theirs, "");
    free_key(&key);
}

static CryptoDevSession *shared;

static void run_thread(unsigned int thread)
{
    for (int i = 0; i < 20; i++) {
        g_auto(GStrv) results =
            compute(RSA, CRYPTODEV_RSA_DECRYPT, shared, "01", NULL);

        check_number(results[0], "01");
    }
}

static void test_threads(void)
{
    g_autoptr(EVP_PKEY) pkey = EVP_RSA_gen(1024);
    Key key = take_key(pkey);
    Key less;

    shared = private_session(RAW, NULL, &key);
    in_threads(run_thread);
    session_free(shared);
    /* All of them find the key not made yet. */
    less = without_e(&key);
    shared = private_session(RAW, NULL, &less);
    in_threads(run_thread);
    session_free(shared);
    free_key(&key);
}

void run_rsa_vectors(void)
{
    test_pkcs1_decrypt();
    test_pkcs1_sign();
    test_nist_verify();
    test_padding();
    test_empty();
}

const ComputeTest rsa_tests[] = {
    { "rsa/pkcs1/decrypt", test_pkcs1_decrypt },
    { "rsa/pkcs1/sign", test_pkcs1_sign },
    { "rsa/nist", test_nist_verify },
    { "rsa/openssl", test_openssl },
    { "rsa/largest", test_largest },
    { "rsa/small-primes", test_small_primes },
    { "rsa/long-exponents", test_long_exponents },
    { "rsa/generate", test_generate },
    { "rsa/generate-large-e", test_generate_large_e },
    { "rsa/errors/generate", test_generate_errors },
    { "rsa/errors/misfits", test_misfits },
    { "rsa/errors/composite", test_composite },
    { "rsa/errors/shapes", test_shapes },
    { "rsa/errors/sizes", test_sizes },
    { "rsa/errors/public", test_public_errors },
    { "rsa/errors/operands", test_operand_errors },
    { "rsa/padding", test_padding },
    { "rsa/short-ciphertext", test_short_ciphertext },
    { "rsa/empty", test_empty },
    { "rsa/threads", test_threads },
    { }
};
