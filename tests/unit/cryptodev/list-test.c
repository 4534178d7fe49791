/*
 * Tests of computations: lists of operands, and the checks that all share
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include "compute-run.h"

/* Each operation's number of operands, of a session and of a computation */
static const struct {
    CryptodevService service;
    uint32_t operation;
    size_t session;
    size_t operands;
} operations[] = {
    { CRYPTODEV_SERVICE_DH, CRYPTODEV_DH_PUBLIC_VALUE, 2, 1 },
    { CRYPTODEV_SERVICE_DH, CRYPTODEV_DH_SHARED_SECRET, 1, 2 },
    { CRYPTODEV_SERVICE_DSA, CRYPTODEV_DSA_GENERATE_P, 0, 2 },
    { CRYPTODEV_SERVICE_DSA, CRYPTODEV_DSA_GENERATE_G, 0, 3 },
    { CRYPTODEV_SERVICE_DSA, CRYPTODEV_DSA_GENERATE_Y, 2, 1 },
    { CRYPTODEV_SERVICE_DSA, CRYPTODEV_DSA_SIGN_R, 3, 1 },
    { CRYPTODEV_SERVICE_DSA, CRYPTODEV_DSA_SIGN_S, 2, 3 },
    { CRYPTODEV_SERVICE_DSA, CRYPTODEV_DSA_SIGN_RS, 4, 2 },
    { CRYPTODEV_SERVICE_DSA, CRYPTODEV_DSA_VERIFY, 4, 3 },
    { CRYPTODEV_SERVICE_RSA, CRYPTODEV_RSA_GENERATE, 0, 2 },
    { CRYPTODEV_SERVICE_RSA, CRYPTODEV_RSA_ENCRYPT, 3, 1 },
    { CRYPTODEV_SERVICE_RSA, CRYPTODEV_RSA_DECRYPT, 9, 1 },
    { CRYPTODEV_SERVICE_RSA, CRYPTODEV_RSA_SIGN, 10, 1 },
    { CRYPTODEV_SERVICE_RSA, CRYPTODEV_RSA_VERIFY, 4, 2 },
    { CRYPTODEV_SERVICE_EC, CRYPTODEV_EC_MULTIPLY, 0, 4 },
    { CRYPTODEV_SERVICE_EC, CRYPTODEV_EC_MULTIPLY_WITH, 4, 3 },
    { CRYPTODEV_SERVICE_EC, CRYPTODEV_EC_VERIFY, 0, 3 },
    { CRYPTODEV_SERVICE_EC, CRYPTODEV_EC_VERIFY_WITH, 3, 2 },
    { CRYPTODEV_SERVICE_ECDH, CRYPTODEV_ECDH_SHARED_POINT, 2, 3 },
    { CRYPTODEV_SERVICE_ECDSA, CRYPTODEV_ECDSA_SIGN_R, 1, 1 },
    { CRYPTODEV_SERVICE_ECDSA, CRYPTODEV_ECDSA_SIGN_S, 2, 3 },
    { CRYPTODEV_SERVICE_ECDSA, CRYPTODEV_ECDSA_SIGN_RS, 2, 2 },
    { CRYPTODEV_SERVICE_ECDSA, CRYPTODEV_ECDSA_VERIFY, 3, 3 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_SSL3_MASTER_SECRET, 0, 2 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_SSL3_KEY_MATERIAL, 0, 3 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_SSL3_LABEL, 0, 4 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_TLS1_MASTER_SECRET, 0, 2 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_TLS1_KEY_MATERIAL, 0, 3 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_TLS1_CLIENT_FINISHED, 0, 2 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_TLS1_SERVER_FINISHED, 0, 2 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_TLS1_LABEL, 0, 4 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_TLS12_MASTER_SECRET, 0, 3 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_TLS12_KEY_MATERIAL, 0, 4 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_TLS12_CLIENT_FINISHED, 0, 3 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_TLS12_SERVER_FINISHED, 0, 3 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_TLS12_LABEL, 0, 5 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_HKDF_EXTRACT, 0, 3 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_HKDF_EXPAND, 0, 4 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_HKDF_EXPAND_LABEL, 0, 5 },
    { CRYPTODEV_SERVICE_KEY, CRYPTODEV_KEY_MGF1, 0, 3 },
    { CRYPTODEV_SERVICE_LN, CRYPTODEV_LN_EXPONENTIATE, 0, 3 },
    { CRYPTODEV_SERVICE_LN, CRYPTODEV_LN_INVERT, 0, 2 },
    { CRYPTODEV_SERVICE_PRIME, CRYPTODEV_PRIME_TEST, 0, 4 },
    { CRYPTODEV_SERVICE_DRBG, CRYPTODEV_DRBG_INSTANTIATE, 3, 0 },
    { CRYPTODEV_SERVICE_DRBG, CRYPTODEV_DRBG_GENERATE, 0, 4 },
    { CRYPTODEV_SERVICE_DRBG, CRYPTODEV_DRBG_RESEED, 0, 1 },
    { CRYPTODEV_SERVICE_NRBG, CRYPTODEV_NRBG_ENTROPY, 0, 1 },
    { CRYPTODEV_SERVICE_RAND, CRYPTODEV_RAND_GENERATE, 0, 1 },
    { CRYPTODEV_SERVICE_RAND, CRYPTODEV_RAND_SEED, 0, 1 },
};

static CryptoDevStatus create(CryptodevService service, uint32_t operation,
                              const CryptoDevOperand *operands, size_t n)
{
    CryptoDevSessionParams params = {
        .service = service,
        .algo = operation,
        .compute = { .operands = operands, .n = n },
    };
    CryptoDevSession *session = NULL;
    CryptoDevStatus status =
        cryptodev_backend_create_session(backend_get(), &params, &session);

    if (session) {
        session_free(session);
    }
    return status;
}

static CryptoDevStatus run(CryptodevService service, uint32_t operation,
                           const CryptoDevOperand *operands, size_t n)
{
    CryptoDevComputation computation = {
        .service = service,
        .operation = operation,
        .operands = operands,
        .n_operands = n,
    };

    cryptodev_backend_compute(backend_get(), &computation);
    cryptodev_computation_clear(&computation);
    return computation.status;
}

/* The backend has all operations, by names of their own. */
static void test_capabilities(void)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *capabilities = backend_get()->capabilities;
    guint n = 0;

    for (size_t i = 0; i < ARRAY_SIZE(operations); i++) {
        const CryptoDevCapability *capability =
            cryptodev_backend_find(backend_get(), operations[i].service,
                                   operations[i].operation);

        g_assert_nonnull(capability);
        g_assert_true(g_hash_table_add(names, (char *)capability->name));
        g_assert_cmpint(capability->key_min, <=, capability->key_max);
    }
    for (guint i = 0; i < capabilities->len; i++) {
        const CryptoDevCapability *capability =
            g_ptr_array_index(capabilities, i);

        n += cryptodev_has_operations(capability->service);
    }
    g_assert_cmpint(n, ==, ARRAY_SIZE(operations));
}

/*
 * Lists of all lengths but the right one; nothing that is in them is looked at
 * before, so that nothing is done either.
 */
static void test_counts(void)
{
    static const uint8_t one = 1;
    CryptoDevOperand operands[CRYPTODEV_OPERANDS_MAX + 2];

    for (size_t i = 0; i < ARRAY_SIZE(operands); i++) {
        operands[i] = (CryptoDevOperand) { .data = &one, .len = 1 };
    }
    for (size_t i = 0; i < ARRAY_SIZE(operations); i++) {
        for (size_t n = 0; n < ARRAY_SIZE(operands); n++) {
            CryptodevService service = operations[i].service;
            uint32_t operation = operations[i].operation;

            if (n != operations[i].session || !operations[i].session) {
                g_assert_cmpint(create(service, operation, operands, n), !=,
                                CRYPTODEV_OK);
            }
            if (n != operations[i].operands || operations[i].session) {
                g_assert_cmpint(run(service, operation, operands, n), !=,
                                CRYPTODEV_OK);
            }
        }
    }
}

/* Operands of random lengths and bytes, by far most of them wrong */
static void test_garbage(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(12);

    for (int round = 0; round < 40; round++) {
        for (size_t i = 0; i < ARRAY_SIZE(operations); i++) {
            CryptoDevOperand operands[CRYPTODEV_OPERANDS_MAX];
            uint8_t bytes[CRYPTODEV_OPERANDS_MAX][80];

            for (size_t j = 0; j < ARRAY_SIZE(operands); j++) {
                operands[j].data = bytes[j];
                operands[j].len = g_rand_int_range(rand, 0, round + 1);
                for (size_t k = 0; k < sizeof(bytes[j]); k++) {
                    bytes[j][k] = g_rand_int(rand) >> (round % 8);
                }
            }
            create(operations[i].service, operations[i].operation, operands,
                   operations[i].session);
            run(operations[i].service, operations[i].operation, operands,
                operations[i].operands);
        }
    }
}

/* The operands of one list have bounds together. */
static void test_total(void)
{
    g_autofree uint8_t *bytes = g_malloc0(CRYPTODEV_OPERANDS_LEN_MAX + 1);
    CryptoDevOperand operands[] = {
        { bytes, 1 }, { bytes, 1 }, { bytes, 1 },
    };

    bytes[CRYPTODEV_OPERANDS_LEN_MAX - 3] = 1;
    operands[0].data = bytes + CRYPTODEV_OPERANDS_LEN_MAX - 3;
    operands[1] = (CryptoDevOperand) { bytes, CRYPTODEV_OPERANDS_LEN_MAX - 2 };
    g_assert_cmpint(run(CRYPTODEV_SERVICE_LN, CRYPTODEV_LN_EXPONENTIATE,
                        operands, 3), ==, CRYPTODEV_OK);
    operands[1].len++;
    g_assert_cmpint(run(CRYPTODEV_SERVICE_LN, CRYPTODEV_LN_EXPONENTIATE,
                        operands, 3), ==, CRYPTODEV_ERR);
    operands[1].len = SIZE_MAX;
    g_assert_cmpint(run(CRYPTODEV_SERVICE_LN, CRYPTODEV_LN_EXPONENTIATE,
                        operands, 3), ==, CRYPTODEV_ERR);
}

/* Unknown operations, and services without operations */
static void test_no_operation(void)
{
    static const uint8_t key[16];
    CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_CIPHER,
        .algo = CRYPTODEV_CIPHER_AES_ECB,
        .key = key,
        .key_len = sizeof(key),
        .cipher.encrypt = true,
    };
    CryptoDevSession *session = NULL;
    CryptoDevComputation computation = {
        .service = CRYPTODEV_SERVICE_DRBG,
        .operation = CRYPTODEV_DRBG_RESEED,
        .operands = &(CryptoDevOperand) { },
        .n_operands = 1,
    };

    for (int service = 0; service < CRYPTODEV_SERVICE__MAX; service++) {
        g_assert_cmpint(run(service, 0, NULL, 0), ==, CRYPTODEV_NOTSUPP);
        g_assert_cmpint(run(service, 100, NULL, 0), ==, CRYPTODEV_NOTSUPP);
        g_assert_cmpint(run(service, UINT32_MAX, NULL, 0), ==,
                        CRYPTODEV_NOTSUPP);
    }
    g_assert_cmpint(run(CRYPTODEV_SERVICE_CIPHER, CRYPTODEV_CIPHER_AES_ECB,
                        NULL, 0), ==, CRYPTODEV_NOTSUPP);
    g_assert_cmpint(run(CRYPTODEV_SERVICE__MAX, 1, NULL, 0), ==,
                    CRYPTODEV_NOTSUPP);

    /* A session of another service is not an instance. */
    g_assert_cmpint(cryptodev_backend_create_session(backend_get(), &params,
                                                     &session), ==,
                    CRYPTODEV_OK);
    computation.session = session;
    cryptodev_backend_compute(backend_get(), &computation);
    g_assert_cmpint(computation.status, ==, CRYPTODEV_ERR);
    session_free(session);
}

/* An op does nothing on a session that is for computations. */
static void test_op(void)
{
    CryptoDevSession *session =
        session_new(CRYPTODEV_SERVICE_DRBG, CRYPTODEV_DRBG_INSTANTIATE,
                    number(128), "00", "", NULL);
    CryptoDevOp op = { .session = session, .type = CRYPTODEV_OP_ENCRYPT };

    cryptodev_backend_run(backend_get(), NULL, &op, 1);
    g_assert_cmpint(op.status, ==, CRYPTODEV_ERR);
    session_free(session);
}

static void compute_key(uint32_t operation, const char *a, const char *b,
                        const char *c, const char *d, const char *e)
{
    g_strfreev(compute(CRYPTODEV_SERVICE_KEY, operation, NULL, a, b, c, d, e,
                       NULL));
}

/* Keys have 112 bits at least, as FIPS mode asks for, and fit into a block. */
static void compute_keys(const char *hash)
{
    g_autofree char *secret = g_strnfill(2 * 32, '1');

    compute_key(CRYPTODEV_KEY_TLS12_MASTER_SECRET, hash, secret, "22", NULL,
                NULL);
    compute_key(CRYPTODEV_KEY_HKDF_EXTRACT, hash, secret, secret, NULL,
                NULL);
    compute_key(CRYPTODEV_KEY_HKDF_EXPAND, hash, secret, "22", "20", NULL);
    compute_key(CRYPTODEV_KEY_HKDF_EXPAND_LABEL, hash, secret, "22", "33",
                "20");
    compute_key(CRYPTODEV_KEY_MGF1, hash, secret, "20", NULL, NULL);
}

static void generate(void)
{
    CryptoDevSession *session =
        session_new(CRYPTODEV_SERVICE_DRBG, CRYPTODEV_DRBG_INSTANTIATE,
                    number(128), "01", "", NULL);

    g_strfreev(compute(CRYPTODEV_SERVICE_DRBG, CRYPTODEV_DRBG_GENERATE,
                       session, "20", number(128), "01", "", NULL));
    session_free(session);
    g_strfreev(compute(CRYPTODEV_SERVICE_NRBG, CRYPTODEV_NRBG_ENTROPY, NULL,
                       "20", NULL));
    g_strfreev(compute(CRYPTODEV_SERVICE_RAND, CRYPTODEV_RAND_GENERATE, NULL,
                       "20", NULL));
}

/* Takes all secure memory that libgcrypt itself does not use yet. */
static void test_fips_subprocess(void)
{
    g_assert_true(gcry_fips_mode_active());
    generate();
    while (gcry_malloc_secure(1)) {
        continue;
    }
    compute_keys(number(CRYPTODEV_HASH_SHA256));
    compute_keys(number(CRYPTODEV_HASH_SHA512));
    generate();
}

/* In FIPS mode no service that is there takes secure memory. */
static void test_fips(void)
{
    g_setenv("LIBGCRYPT_FORCE_FIPS_MODE", "1", true);
    g_test_trap_subprocess("/compute/list/fips/subprocess", 0, 0);
    g_unsetenv("LIBGCRYPT_FORCE_FIPS_MODE");
    g_test_trap_assert_passed();
}

void add_list_tests(void)
{
    g_test_add_func("/compute/list/capabilities", test_capabilities);
    g_test_add_func("/compute/list/counts", test_counts);
    g_test_add_func("/compute/list/garbage", test_garbage);
    g_test_add_func("/compute/list/total", test_total);
    g_test_add_func("/compute/list/no-operation", test_no_operation);
    g_test_add_func("/compute/list/op", test_op);
    g_test_add_func("/compute/list/fips", test_fips);
    g_test_add_func("/compute/list/fips/subprocess", test_fips_subprocess);
}
