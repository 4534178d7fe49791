/*
 * Tasks that run together: each has the outcome that it has alone
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include "compute-openssl.h"
#include "compute-run.h"
#include "system/cryptodev-task.h"
#include "together-test.h"

#define RSA CRYPTODEV_SERVICE_RSA

#define TASKS_MAX 64
#define OPERAND_MAX 256
#define ROUNDS 3

/* Bits, public exponent, and whether others of the size can run beside it */
static const struct {
    unsigned int bits, e;
    bool has_kind;
} keys[] = {
    { 1024, 65537, true }, { 1024, 65537, true }, { 1024, 3, false },
    { 1040, 65537, false }, { 2048, 65537, true },
};

/* What tasks do: they sign digests, and decrypt numbers, padded and not */
enum {
    SIGN,
    DECRYPT,
    DECRYPT_RAW,
    USES,
};

typedef CryptoDevSession *Sessions[ARRAY_SIZE(keys)][USES];

/* A task with its memory, and what came of it when it ran alone */
typedef struct Case {
    uint8_t operand[OPERAND_MAX];
    CryptoDevOperand operands[1];
    CryptoDevComputation computation;
    CryptoDevComputation alone;
    CryptoDevTask task;
} Case;

static EVP_PKEY *make_key(unsigned int bits, unsigned int e)
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

static CryptoDevSession *make_session(EVP_PKEY *key, int use)
{
    g_autofree char *n = pkey_number(key, OSSL_PKEY_PARAM_RSA_N);
    g_autofree char *e = pkey_number(key, OSSL_PKEY_PARAM_RSA_E);
    g_autofree char *d = pkey_number(key, OSSL_PKEY_PARAM_RSA_D);
    g_autofree char *p = pkey_number(key, OSSL_PKEY_PARAM_RSA_FACTOR1);
    g_autofree char *q = pkey_number(key, OSSL_PKEY_PARAM_RSA_FACTOR2);
    g_autofree char *dp = pkey_number(key, OSSL_PKEY_PARAM_RSA_EXPONENT1);
    g_autofree char *dq = pkey_number(key, OSSL_PKEY_PARAM_RSA_EXPONENT2);
    g_autofree char *qinv = pkey_number(key, OSSL_PKEY_PARAM_RSA_COEFFICIENT1);

    if (use == SIGN) {
        return session_new(RSA, CRYPTODEV_RSA_SIGN,
                           number(CRYPTODEV_RSA_PKCS1),
                           number(CRYPTODEV_HASH_SHA256), n, e, d, p, q, dp,
                           dq, qinv, NULL);
    }
    return session_new(RSA, CRYPTODEV_RSA_DECRYPT,
                       number(use == DECRYPT ? CRYPTODEV_RSA_PKCS1
                                             : CRYPTODEV_RSA_RAW),
                       n, e, d, p, q, dp, dq, qinv, NULL);
}

static void make_sessions(Sessions sessions)
{
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        g_autoptr(EVP_PKEY) key = make_key(keys[i].bits, keys[i].e);

        for (int use = 0; use < USES; use++) {
            sessions[i][use] = make_session(key, use);
        }
    }
}

static void free_sessions(Sessions sessions)
{
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        for (int use = 0; use < USES; use++) {
            session_free(sessions[i][use]);
        }
    }
}

/*
 * Digests have the right length but now and then; ciphertexts are random, so
 * that some are not below the modulus, and padding is wrong.
 */
static void make_case(Case *c, size_t key, int use, CryptoDevSession *session)
{
    size_t len = use == SIGN ? 32 - !g_test_rand_int_range(0, 8)
                             : keys[key].bits / 8;

    for (size_t i = 0; i < len; i++) {
        c->operand[i] = g_test_rand_int();
    }
    c->operands[0] = (CryptoDevOperand) { c->operand, len };
    c->computation = (CryptoDevComputation) {
        .service = RSA,
        .operation = use == SIGN ? CRYPTODEV_RSA_SIGN : CRYPTODEV_RSA_DECRYPT,
        .session = session,
        .operands = c->operands,
        .n_operands = 1,
    };
    c->alone = c->computation;
    c->task = (CryptoDevTask) { .computation = &c->computation };
}

static void check_case(const Case *c)
{
    const CryptoDevComputation *one = &c->computation, *other = &c->alone;

    g_assert_cmpint(one->status, ==, other->status);
    g_assert_cmpint(one->n_results, ==, other->n_results);
    for (size_t i = 0; i < one->n_results; i++) {
        g_assert_cmpmem(one->results[i].data, one->results[i].len,
                        other->results[i].data, other->results[i].len);
    }
}

static void run_cases(CryptoDevBackend *backend, Sessions sessions, size_t n)
{
    g_autofree Case *cases = g_new0(Case, n);
    CryptoDevTask *tasks[TASKS_MAX];
    size_t good = 0;

    for (size_t i = 0; i < n; i++) {
        size_t key = g_test_rand_int_range(0, ARRAY_SIZE(keys));
        int use = g_test_rand_int_range(0, USES);

        make_case(&cases[i], key, use, sessions[key][use]);
        cryptodev_backend_compute(backend, &cases[i].alone);
        good += cases[i].alone.status == CRYPTODEV_OK;
        tasks[i] = &cases[i].task;
    }
    cryptodev_backend_run_tasks(backend, tasks, n);
    for (size_t i = 0; i < n; i++) {
        check_case(&cases[i]);
        cryptodev_computation_clear(&cases[i].computation);
        cryptodev_computation_clear(&cases[i].alone);
    }
    if (n == TASKS_MAX) {
        g_assert_cmpint(good, >, 0);
        g_assert_cmpint(good, <, n);
    }
}

void test_together(CryptoDevBackend *backend,
                   const CryptoDevCapability *capability)
{
    static const size_t sizes[] = { 1, 2, 7, 8, 9, TASKS_MAX };
    Sessions sessions;

    backend_use(backend);
    make_sessions(sessions);
    for (size_t i = 0; i < ARRAY_SIZE(sizes) * ROUNDS; i++) {
        run_cases(backend, sessions, sizes[i % ARRAY_SIZE(sizes)]);
    }
    free_sessions(sessions);
    backend_use(NULL);
}

static uint32_t kind_of(CryptoDevBackend *backend, Case *c)
{
    return cryptodev_backend_kind(backend, &c->task);
}

/* A key is of a kind after its first operation, which checks it. */
static void check_kinds(CryptoDevBackend *backend, bool together)
{
    Sessions sessions;

    backend_use(backend);
    make_sessions(sessions);
    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        bool has_kind = together && keys[i].has_kind;

        for (int use = 0; use < USES; use++) {
            g_autofree Case *c = g_new0(Case, 1);

            make_case(c, i, use, sessions[i][use]);
            g_assert_cmpint(kind_of(backend, c), ==, 0);
            cryptodev_backend_compute(backend, &c->computation);
            cryptodev_computation_clear(&c->computation);
            g_assert_cmpint(kind_of(backend, c), ==,
                            has_kind ? keys[i].bits : 0);
            /* What the checks refuse is of no kind. */
            c->computation.n_operands = 0;
            g_assert_cmpint(kind_of(backend, c), ==, 0);
        }
    }
    free_sessions(sessions);
    backend_use(NULL);
}

void test_kinds(CryptoDevBackend *backend,
                const CryptoDevCapability *capability)
{
    check_kinds(backend, true);
}

void test_no_kinds(CryptoDevBackend *backend,
                   const CryptoDevCapability *capability)
{
    check_kinds(backend, false);
}
