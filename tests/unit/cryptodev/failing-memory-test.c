/*
 * Tests of computations while OpenSSL's memory is short
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A computation may end with an error then, but never with another answer: that
 * a point is not on its curve, or that a signature is wrong.
 */

#include "qemu/osdep.h"
#include <openssl/crypto.h>
#include <openssl/err.h>
#include "../../qtest/virtio-crypto/dsa-key.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "system/cryptodev-compute.h"
#include "failing-memory-test.h"

#define OPERANDS_MAX 7

#define P256 \
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296 " \
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
#define NUMBER \
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

/* With a public key of 1, r = g and z = s are a signature. */
#define DSA_R "41e987a376c7a3cb0fe3ffdc6426592b17fa9aab"

/* How many times memory is given before it is refused once; or a negative */
static __thread int good = -1;

static bool fails(void)
{
    return good >= 0 && good-- == 0;
}

static void *try_malloc(size_t size, const char *file, int line)
{
    return fails() ? NULL : malloc(size);
}

static void *try_realloc(void *memory, size_t size, const char *file, int line)
{
    return fails() ? NULL : realloc(memory, size);
}

static void release(void *memory, const char *file, int line)
{
    free(memory);
}

void failing_memory_init(void)
{
    g_assert_true(CRYPTO_set_mem_functions(try_malloc, try_realloc, release));
}

/* Operands are hexadecimal; "-" if they are left out. */
static const struct {
    const char *name;
    CryptodevService service;
    uint32_t operation;
    const char *session;
    const char *request;
} computations[] = {
    { "EC multiply", CRYPTODEV_SERVICE_EC, CRYPTODEV_EC_MULTIPLY, NULL,
      "03 " NUMBER " " P256 },
    { "EC verify", CRYPTODEV_SERVICE_EC, CRYPTODEV_EC_VERIFY, NULL,
      "03 " P256 },
    { "ECDH", CRYPTODEV_SERVICE_ECDH, CRYPTODEV_ECDH_SHARED_POINT,
      "03 " NUMBER, "01 " P256 },
    { "DSA verify", CRYPTODEV_SERVICE_DSA, CRYPTODEV_DSA_VERIFY,
      DSA_P " " DSA_Q " " DSA_G " 01", "07 " DSA_R " 07" },
    { "DSA sign", CRYPTODEV_SERVICE_DSA, CRYPTODEV_DSA_SIGN_RS,
      DSA_P " " DSA_Q " " DSA_G " 02", "- " NUMBER },
    { "DSA sign with k", CRYPTODEV_SERVICE_DSA, CRYPTODEV_DSA_SIGN_RS,
      DSA_P " " DSA_Q " " DSA_G " 02", "03 " NUMBER },
    { "LN exponentiate", CRYPTODEV_SERVICE_LN, CRYPTODEV_LN_EXPONENTIATE, NULL,
      DSA_P " " NUMBER " " NUMBER },
    { "LN invert", CRYPTODEV_SERVICE_LN, CRYPTODEV_LN_INVERT, NULL,
      NUMBER " " DSA_P },
    { "PRIME test", CRYPTODEV_SERVICE_PRIME, CRYPTODEV_PRIME_TEST, NULL,
      DSA_Q " 07 02 -" },
};

typedef struct List {
    CryptoDevOperand operands[OPERANDS_MAX];
    size_t n;
} List;

static List read_list(const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    List list = { };

    for (; words[list.n]; list.n++) {
        const char *word = words[list.n];
        GByteArray *bytes = hex_to_bytes(g_str_equal(word, "-") ? "" : word);

        g_assert_cmpint(list.n, <, OPERANDS_MAX);
        list.operands[list.n].len = bytes->len;
        list.operands[list.n].data = g_byte_array_free(bytes, false);
    }
    return list;
}

static void clear_list(List *list)
{
    for (size_t i = 0; i < list->n; i++) {
        g_free((void *)list->operands[i].data);
    }
}

static CryptoDevSession *make_session(CryptoDevBackend *backend, size_t i)
{
    List list = read_list(computations[i].session);
    CryptoDevSessionParams params = {
        .service = computations[i].service,
        .algo = computations[i].operation,
        .compute.operands = list.operands,
        .compute.n = list.n,
    };
    CryptoDevSession *session = NULL;

    g_assert_cmpint(cryptodev_backend_create_session(backend, &params,
                                                     &session),
                    ==, CRYPTODEV_OK);
    clear_list(&list);
    return session;
}

/* Returns all results in one; NULL on an error */
static GByteArray *compute(CryptoDevBackend *backend, size_t i,
                           CryptoDevSession *session, const List *list,
                           int n_good)
{
    CryptoDevComputation computation = {
        .service = computations[i].service,
        .operation = computations[i].operation,
        .session = session,
        .operands = list->operands,
        .n_operands = list->n,
    };
    GByteArray *results;

    good = n_good;
    cryptodev_backend_compute(backend, &computation);
    g_assert_cmpint(ERR_peek_error(), ==, 0);
    if (computation.status != CRYPTODEV_OK) {
        g_assert_cmpint(computation.status, ==, CRYPTODEV_ERR);
        return NULL;
    }
    results = g_byte_array_new();
    for (size_t k = 0; k < computation.n_results; k++) {
        g_byte_array_append(results, computation.results[k].data,
                            computation.results[k].len);
    }
    cryptodev_computation_clear(&computation);
    return results;
}

/* Whichever request for memory fails, the results are right or missing. */
static void check(CryptoDevBackend *backend, size_t i,
                  CryptoDevSession *session, const List *list)
{
    g_autoptr(GByteArray) right = compute(backend, i, session, list, -1);
    int n_missing = 0;
    int n = 0;

    g_assert_nonnull(right);
    do {
        g_autoptr(GByteArray) results = compute(backend, i, session, list, n);

        if (results) {
            g_assert_cmpmem(results->data, results->len, right->data,
                            right->len);
        } else {
            n_missing++;
        }
        n++;
    } while (good < 0);
    good = -1;
    g_test_message("%s: %d of %d requests for memory matter",
                   computations[i].name, n_missing, n - 1);
    g_assert_cmpint(n_missing, >, 0);
}

void test_failing_memory(CryptoDevBackend *backend,
                         const CryptoDevCapability *capability)
{
    for (size_t i = 0; i < ARRAY_SIZE(computations); i++) {
        CryptoDevSession *session =
            computations[i].session ? make_session(backend, i) : NULL;
        List list = read_list(computations[i].request);

        check(backend, i, session, &list);
        clear_list(&list);
        if (session) {
            cryptodev_backend_destroy_session(backend, session);
        }
    }
}
