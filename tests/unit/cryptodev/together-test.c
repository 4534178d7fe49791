/*
 * Tasks that run together: each has the outcome that it has alone
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/x509.h>
#include "compute-openssl.h"
#include "compute-run.h"
#include "conformance-akcipher.h"
#include "system/cryptodev-task.h"
#include "together-member.h"
#include "together-test.h"

#define TASKS_MAX 64
#define ROUNDS 3
/* More than the signatures have */
#define RESULT_ROOM 128

/* A task with its memory, and what came of it when it ran alone */
typedef struct Case {
    MemberOperands operands;
    CryptoDevComputation computation;
    CryptoDevComputation alone;
    CryptoDevTask task;
} Case;

static void make_case(Case *c, const Member *member)
{
    member->fill(member, &c->operands);
    c->computation = (CryptoDevComputation) {
        .service = member->service,
        .operation = member->operation,
        .session = member->session,
        .operands = c->operands.operands,
        .n_operands = c->operands.n,
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

/* Make cases and run each alone; returns how many succeed. */
static size_t make_cases(CryptoDevBackend *backend, GPtrArray *members,
                         Case *cases, CryptoDevTask **tasks, size_t n)
{
    size_t good = 0;

    for (size_t i = 0; i < n; i++) {
        make_case(&cases[i],
                  members->pdata[g_test_rand_int_range(0, members->len)]);
        cryptodev_backend_compute(backend, &cases[i].alone);
        good += cases[i].alone.status == CRYPTODEV_OK;
        tasks[i] = &cases[i].task;
    }
    return good;
}

static void check_cases(Case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        check_case(&cases[i]);
        cryptodev_computation_clear(&cases[i].computation);
        cryptodev_computation_clear(&cases[i].alone);
    }
}

/* Returns how many succeed. */
static size_t run_cases(CryptoDevBackend *backend, GPtrArray *members, size_t n)
{
    g_autofree Case *cases = g_new0(Case, n);
    CryptoDevTask *tasks[TASKS_MAX];
    size_t good = make_cases(backend, members, cases, tasks, n);

    cryptodev_backend_run_tasks(backend, tasks, n);
    check_cases(cases, n);
    return good;
}

/* The members with one service, which @members keeps */
static GPtrArray *find_family(GPtrArray *members, CryptodevService service)
{
    GPtrArray *family = g_ptr_array_new();

    for (guint i = 0; i < members->len; i++) {
        Member *member = members->pdata[i];

        if (member->service == service) {
            g_ptr_array_add(family, member);
        }
    }
    return family;
}

/* As many as there may be, and fewer */
static void check_family(CryptoDevBackend *backend, GPtrArray *members)
{
    static const size_t sizes[] = { 1, 2, 3, 7, 8, 9, TASKS_MAX };
    size_t good = 0, all = 0;

    for (size_t i = 0; i < ARRAY_SIZE(sizes) * ROUNDS; i++) {
        size_t n = sizes[i % ARRAY_SIZE(sizes)];

        good += run_cases(backend, members, n);
        all += n;
    }
    g_assert_cmpint(good, >, 0);
    g_assert_cmpint(good, <, all);
}

void test_together(CryptoDevBackend *backend,
                   const CryptoDevCapability *capability)
{
    static const CryptodevService services[] = {
        CRYPTODEV_SERVICE_RSA, CRYPTODEV_SERVICE_ECDSA, CRYPTODEV_SERVICE_ECDH,
    };
    GPtrArray *members;

    backend_use(backend);
    members = members_new();
    check_family(backend, members);
    for (size_t i = 0; i < ARRAY_SIZE(services); i++) {
        g_autoptr(GPtrArray) family = find_family(members, services[i]);

        check_family(backend, family);
    }
    g_ptr_array_unref(members);
    backend_use(NULL);
}

/* What the threads run */
static CryptoDevTask *thread_tasks[THREADS][TASKS_MAX];

static void run_thread(unsigned int thread)
{
    cryptodev_backend_run_tasks(backend_get(), thread_tasks[thread],
                                TASKS_MAX);
}

/* Many threads use the same keys. */
void test_together_threads(CryptoDevBackend *backend,
                           const CryptoDevCapability *capability)
{
    Case *cases = g_new0(Case, THREADS * TASKS_MAX);
    GPtrArray *members;

    backend_use(backend);
    members = members_new();
    for (int i = 0; i < THREADS; i++) {
        make_cases(backend, members, &cases[i * TASKS_MAX], thread_tasks[i],
                   TASKS_MAX);
    }
    in_threads(run_thread);
    check_cases(cases, THREADS * TASKS_MAX);
    g_ptr_array_unref(members);
    g_free(cases);
    backend_use(NULL);
}

static uint32_t kind_of(CryptoDevBackend *backend, Case *c)
{
    return cryptodev_backend_kind(backend, &c->task);
}

/* A key is of a kind after its first operation, which may check it. */
static void check_kind(CryptoDevBackend *backend, const Member *member,
                       bool together)
{
    g_autofree Case *c = g_new0(Case, 1);
    bool is_alone;

    make_case(c, member);
    is_alone = member->is_alone && member->is_alone(&c->operands);
    if (member->service != CRYPTODEV_SERVICE_ECDSA) {
        g_assert_cmpint(kind_of(backend, c), ==, 0);
    }
    cryptodev_backend_compute(backend, &c->computation);
    cryptodev_computation_clear(&c->computation);
    g_assert_cmpint(kind_of(backend, c), ==,
                    together && !is_alone ? member->kind : 0);
    /* What the checks refuse is of no kind. */
    c->computation.n_operands = 0;
    g_assert_cmpint(kind_of(backend, c), ==, 0);
}

static void check_kinds(CryptoDevBackend *backend, bool together)
{
    GPtrArray *members;

    backend_use(backend);
    members = members_new();
    for (guint i = 0; i < members->len; i++) {
        check_kind(backend, members->pdata[i], together);
    }
    g_ptr_array_unref(members);
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

/* A new private key: of RSA, or on a curve */
static GByteArray *make_der(const char *curve)
{
    g_autoptr(EVP_PKEY) key = curve
        ? EVP_PKEY_Q_keygen(NULL, NULL, "EC", curve)
        : EVP_PKEY_Q_keygen(NULL, NULL, "RSA", (size_t)1024);
    GByteArray *der = g_byte_array_new();
    unsigned char *bytes = NULL;
    int len = i2d_PrivateKey(key, &bytes);

    g_assert_cmpint(len, >, 0);
    g_byte_array_append(der, bytes, len);
    OPENSSL_free(bytes);
    return der;
}

/* An AKCIPHER session that signs */
static Subject *make_signer(CryptoDevBackend *backend, const GByteArray *der,
                            CryptoDevCurve curve)
{
    const CryptoDevSessionParams params = {
        .algo = curve ? CRYPTODEV_AKCIPHER_ECDSA : CRYPTODEV_AKCIPHER_RSA,
        .akcipher.curve = curve,
        .akcipher.padding = CRYPTODEV_RSA_PKCS1,
        .akcipher.hash = curve ? CRYPTODEV_HASH_NONE : CRYPTODEV_HASH_SHA256,
    };

    return akcipher_new(backend, &params, der, true);
}

/* A key with the public key of another one, which is at the end */
static Subject *make_wrong_signer(CryptoDevBackend *backend)
{
    const size_t point_len = 1 + 2 * 32;
    g_autoptr(GByteArray) der = make_der("P-256");
    g_autoptr(GByteArray) other = make_der("P-256");

    memcpy(der->data + der->len - point_len,
           other->data + other->len - point_len, point_len);
    return make_signer(backend, der, CRYPTODEV_CURVE_P256);
}

static GPtrArray *make_signers(CryptoDevBackend *backend)
{
    GPtrArray *signers =
        g_ptr_array_new_with_free_func((GDestroyNotify)subject_free);

    for (int i = 0; i < 2; i++) {
        g_autoptr(GByteArray) rsa = make_der(NULL);
        g_autoptr(GByteArray) p256 = make_der("P-256");
        g_autoptr(GByteArray) p384 = make_der("P-384");

        g_ptr_array_add(signers, make_signer(backend, rsa, 0));
        g_ptr_array_add(signers,
                        make_signer(backend, p256, CRYPTODEV_CURVE_P256));
        g_ptr_array_add(signers,
                        make_signer(backend, p384, CRYPTODEV_CURVE_P384));
    }
    g_ptr_array_add(signers, make_wrong_signer(backend));
    return signers;
}

/* Signatures of digests, some too short for RSA: each is as if it were alone */
void test_together_ops(CryptoDevBackend *backend,
                       const CryptoDevCapability *capability)
{
    g_autoptr(GPtrArray) signers = make_signers(backend);
    g_autoptr(GPtrArray) trials =
        g_ptr_array_new_with_free_func((GDestroyNotify)trial_free);
    g_autofree CryptoDevOp *ops = g_new(CryptoDevOp, TASKS_MAX);
    Attempt *attempts[TASKS_MAX];
    g_autoptr(GRand) rand = g_rand_new_with_seed(TASKS_MAX);

    for (size_t i = 0; i < TASKS_MAX; i++) {
        Subject *signer = signers->pdata[i % signers->len];
        g_autoptr(GByteArray) digest =
            random_bytes(rand, 32 - !g_rand_int_range(rand, 0, 8));

        g_ptr_array_add(trials,
                        akcipher_trial(signer, CRYPTODEV_OP_SIGN, digest,
                                       RESULT_ROOM));
        attempts[i] = attempt_new(trials->pdata[i], shape_random(rand),
                                  &ops[i]);
    }
    run_ops(backend, ops, TASKS_MAX);
    for (size_t i = 0; i < TASKS_MAX; i++) {
        attempt_finish(attempts[i], &ops[i]);
    }
}
