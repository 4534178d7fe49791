/*
 * Tests of RSA's blinding factors
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include "../../../backends/cryptodev-gcrypt/rsa-primitive.h"
#include "compute-openssl.h"
#include "compute-run.h"

#define SIZE 128

/* How many factors a thread takes */
#define TAKES 1000

typedef struct BlindingTest {
    CryptoDevRsaState state;
    BIGNUM *n, *e;
} BlindingTest;

static gcry_mpi_t take_number(EVP_PKEY *pkey, const char *name)
{
    g_autofree char *hex = pkey_number(pkey, name);
    gcry_mpi_t number;

    g_assert_cmpint(gcry_mpi_scan(&number, GCRYMPI_FMT_HEX, hex, 0, NULL), ==,
                    0);
    return number;
}

static BIGNUM *take_bn(EVP_PKEY *pkey, const char *name)
{
    g_autofree char *hex = pkey_number(pkey, name);

    return bn_read(hex);
}

static void start(BlindingTest *t)
{
    g_autoptr(EVP_PKEY) pkey = EVP_RSA_gen(SIZE * 8);

    *t = (BlindingTest) {
        .n = take_bn(pkey, OSSL_PKEY_PARAM_RSA_N),
        .e = take_bn(pkey, OSSL_PKEY_PARAM_RSA_E),
    };
    backend_get();
    t->state.key.integers[RSA_N] = take_number(pkey, OSSL_PKEY_PARAM_RSA_N);
    t->state.key.integers[RSA_E] = take_number(pkey, OSSL_PKEY_PARAM_RSA_E);
    t->state.key.integers[RSA_D] = take_number(pkey, OSSL_PKEY_PARAM_RSA_D);
    cryptodev_rsa_blinding_init(&t->state.blinding);
}

static void stop(BlindingTest *t)
{
    cryptodev_rsa_blinding_destroy(&t->state.blinding);
    cryptodev_gcrypt_rsa_key_destroy(&t->state.key);
    BN_free(t->n);
    BN_free(t->e);
}

static BIGNUM *to_bn(gcry_mpi_t integer)
{
    uint8_t bytes[SIZE];

    g_assert_true(gcry_mpi_get_flag(integer, GCRYMPI_FLAG_SECURE));
    g_assert_true(cryptodev_integer_write(integer, bytes, SIZE));
    return BN_bin2bn(bytes, SIZE, NULL);
}

/* A factor to the power of e, which its inverse undoes */
static BIGNUM *take(BlindingTest *t)
{
    g_auto(gcry_mpi_t) factor = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) inverse = gcry_mpi_snew(0);
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    g_autoptr(BIGNUM) product = BN_new();
    g_autoptr(BIGNUM) inverse_bn = NULL;
    BIGNUM *factor_bn;

    g_assert_true(cryptodev_rsa_blinding_take(&t->state.blinding,
                                              &t->state.key, factor, inverse));
    factor_bn = to_bn(factor);
    inverse_bn = to_bn(inverse);
    BN_mod_exp(product, inverse_bn, t->e, t->n, ctx);
    BN_mod_mul(product, product, factor_bn, t->n, ctx);
    g_assert_true(BN_is_one(product));
    g_assert_cmpint(BN_num_bits(factor_bn), >, SIZE * 8 - 64);
    return factor_bn;
}

/* Take one, and tell whether it is the square of the one before. */
static bool take_square(BlindingTest *t, BIGNUM **last)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    g_autoptr(BIGNUM) square = BN_new();

    BN_mod_sqr(square, *last, t->n, ctx);
    BN_free(*last);
    *last = take(t);
    return BN_cmp(*last, square) == 0;
}

/* All come from the one before, but those that are renewed. */
static void test_squares(void)
{
    g_autoptr(BIGNUM) last = NULL;
    BlindingTest t;

    start(&t);
    last = take(&t);
    for (int i = 1; i < 3 * CRYPTODEV_RSA_BLINDING_USES; i++) {
        g_assert_cmpint(take_square(&t, &last), ==,
                        i % CRYPTODEV_RSA_BLINDING_USES != 0);
    }
    cryptodev_rsa_blinding_renew(&t.state.blinding);
    g_assert_false(take_square(&t, &last));
    g_assert_true(take_square(&t, &last));
    stop(&t);
}

static BlindingTest shared;
static char *taken[THREADS][TAKES];

static void take_many(unsigned int thread)
{
    for (int i = 0; i < TAKES; i++) {
        g_autoptr(BIGNUM) factor = take(&shared);

        taken[thread][i] = bn_hex(factor);
    }
}

/* Each thread gets valid factors that no other thread gets. */
static void test_threads(void)
{
    g_autoptr(GHashTable) all =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    start(&shared);
    in_threads(take_many);
    stop(&shared);
    for (int thread = 0; thread < THREADS; thread++) {
        for (int i = 0; i < TAKES; i++) {
            g_assert_true(g_hash_table_add(all, taken[thread][i]));
        }
    }
}

static bool run_private(BlindingTest *t, uint8_t block[SIZE])
{
    return cryptodev_gcrypt_rsa_primitives.private(&t->state, block);
}

/* A wrong number fails one operation, and no other. */
static void check_fault(BlindingTest *t, gcry_mpi_t number)
{
    const uint8_t message[SIZE] = { [SIZE - 1] = 5 };
    uint8_t block[SIZE];

    memcpy(block, message, SIZE);
    g_assert_true(run_private(t, block));
    g_assert_true(cryptodev_gcrypt_rsa_primitives.public(&t->state, block));
    g_assert_cmpmem(block, SIZE, message, SIZE);
    gcry_mpi_add_ui(number, number, 1);
    g_assert_false(run_private(t, block));
    g_assert_cmpmem(block, SIZE, message, SIZE);
    g_assert_true(run_private(t, block));
}

static void test_faults(void)
{
    BlindingTest t;

    start(&t);
    check_fault(&t, t.state.blinding.factor);
    check_fault(&t, t.state.blinding.inverse);
    stop(&t);
}

/* Factors need an inverse, which does not exist for an n of 1. */
static void test_none(void)
{
    g_auto(gcry_mpi_t) factor = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) inverse = gcry_mpi_snew(0);
    BlindingTest t;

    start(&t);
    gcry_mpi_set_ui(t.state.key.integers[RSA_N], 1);
    g_assert_false(cryptodev_rsa_blinding_take(&t.state.blinding, &t.state.key,
                                               factor, inverse));
    stop(&t);
}

void add_blinding_tests(void)
{
    g_test_add_func("/compute/blinding/squares", test_squares);
    g_test_add_func("/compute/blinding/threads", test_threads);
    g_test_add_func("/compute/blinding/faults", test_faults);
    g_test_add_func("/compute/blinding/none", test_none);
}
