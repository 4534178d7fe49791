/*
 * Tests of what all backends share, with made-up ones
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qom/object_interfaces.h"
#include "compute-run.h"
#include "made-up-backend.h"
#include "toy-backend.h"

#define SHA1_LEN 20
#define SHA256_LEN 32
#define OPS 150

static const char text[] = "abc";

/* Of "abc", FIPS 180-4 */
#define SHA256_ABC \
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
/* Of "what do ya want for nothing?" with the key "Jefe", RFC 4231 */
#define HMAC_JEFE \
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"

static const CryptoDevSessionParams sha1 = {
    .service = CRYPTODEV_SERVICE_HASH, .algo = CRYPTODEV_HASH_SHA1,
};
static const CryptoDevSessionParams sha256 = {
    .service = CRYPTODEV_SERVICE_HASH, .algo = CRYPTODEV_HASH_SHA256,
};
static const CryptoDevSessionParams hmac = {
    .service = CRYPTODEV_SERVICE_MAC, .algo = CRYPTODEV_MAC_HMAC_SHA256,
    .key = (const uint8_t *)"Jefe", .key_len = 4,
};
static const CryptoDevSessionParams hmac_sha1 = {
    .service = CRYPTODEV_SERVICE_MAC, .algo = CRYPTODEV_MAC_HMAC_SHA1,
    .key = (const uint8_t *)"Jefe", .key_len = 4,
};
static const CryptoDevSessionParams rsa = {
    .service = CRYPTODEV_SERVICE_AKCIPHER, .algo = CRYPTODEV_AKCIPHER_RSA,
};
static const CryptoDevSessionParams ctr_sha1 = {
    .service = CRYPTODEV_SERVICE_CIPHER, .algo = CRYPTODEV_CIPHER_AES_CTR,
    .key = (const uint8_t *)"0123456789abcdef", .key_len = 16,
    .cipher = {
        .encrypt = true,
        .chain = {
            .mode = CRYPTODEV_HASH_MODE_PLAIN, .algo = CRYPTODEV_HASH_SHA1,
        },
    },
};

/* An operation on a digest, with its memory */
typedef struct DigestOp {
    uint8_t digest[SHA256_LEN];
    struct iovec src;
    struct iovec dst;
    CryptoDevOp op;
} DigestOp;

static CryptoDevSession *make(CryptoDevBackend *backend,
                              const CryptoDevSessionParams *params)
{
    CryptoDevSession *session = NULL;

    g_assert_cmpint(cryptodev_backend_create_session(backend, params,
                                                     &session), ==,
                    CRYPTODEV_OK);
    return session;
}

static void prepare(DigestOp *d, CryptoDevSession *session, const char *src,
                    size_t digest_len)
{
    d->src = (struct iovec) { (void *)src, strlen(src) };
    d->dst = (struct iovec) { d->digest, digest_len };
    d->op = (CryptoDevOp) {
        .session = session, .type = CRYPTODEV_OP_DIGEST,
        .src = { &d->src, 0, d->src.iov_len },
        .digest = { &d->dst, 0, digest_len },
        .status = CRYPTODEV_INVSESS, .result_len = 1,
    };
}

static bool is_made_up(const DigestOp *d)
{
    for (size_t i = 0; i < d->op.digest.len; i++) {
        if (d->digest[i] != MADE_UP_BYTE) {
            return false;
        }
    }
    return d->op.status == CRYPTODEV_OK &&
           d->op.result_len == d->op.digest.len;
}

static void check_digest(const DigestOp *d, const char *expected)
{
    g_autofree char *hex = to_hex(d->digest, d->op.digest.len);

    g_assert_cmpint(d->op.status, ==, CRYPTODEV_OK);
    g_assert_cmpint(d->op.result_len, ==, d->op.digest.len);
    g_assert_cmpstr(hex, ==, expected);
}

/* Create a session, run one operation on it, and check its digest. */
static void check_one(CryptoDevBackend *backend,
                      const CryptoDevSessionParams *params, const char *src,
                      size_t digest_len, const char *expected)
{
    CryptoDevSession *session = make(backend, params);
    DigestOp d;

    prepare(&d, session, src, digest_len);
    cryptodev_backend_run(backend, NULL, &d.op, 1);
    if (expected) {
        check_digest(&d, expected);
    } else {
        g_assert_true(is_made_up(&d));
    }
    cryptodev_backend_destroy_session(backend, session);
}

static void check_error(Object *obj, const char *id, const char *expected)
{
    Error *err = NULL;

    if (id) {
        object_property_add_child(object_get_objects_root(), id, obj);
    }
    g_assert_false(user_creatable_complete(USER_CREATABLE(obj), &err));
    g_assert_cmpstr(error_get_pretty(err), ==, expected);
    error_free(err);
    if (id) {
        object_unparent(obj);
    }
    object_unref(obj);
}

static void test_init(void)
{
    Object *obj = object_new(TYPE_CRYPTODEV_BACKEND_MADE_UP);

    CRYPTODEV_BACKEND_MADE_UP(obj)->fails = true;
    check_error(obj, NULL, "made up");
}

/* More than the longest of these has */
#define TEXT_ROOM 8

/* Operations of no kind go alone. */
static const char *const batch_texts[] = { "", "a kind", text, text, text };

/* How many batches the operations of kinds make that test_batch() makes */
static guint count_batches(void)
{
    guint n = 0;

    for (size_t begin = 0; begin < OPS; begin += CRYPTODEV_DRIVER_BATCH) {
        guint by_len[TEXT_ROOM] = { };

        for (size_t i = begin; i < MIN(begin + CRYPTODEV_DRIVER_BATCH, OPS);
             i++) {
            if (i % 3 && i % 10) {
                by_len[strlen(batch_texts[i % ARRAY_SIZE(batch_texts)])]++;
            }
        }
        n += by_len[0];
        for (size_t len = 1; len < TEXT_ROOM; len++) {
            n += DIV_ROUND_UP(by_len[len], CRYPTODEV_TOGETHER_MAX);
        }
    }
    return n;
}

/*
 * Of a batch longer than a driver's, each third operation is HMAC's, and each
 * tenth wrong.
 */
static void test_batch(void)
{
    CryptoDevBackend *backend =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP, NULL);
    MadeUpBackend *made_up = CRYPTODEV_BACKEND_MADE_UP(backend);
    CryptoDevSession *sessions[] = {
        make(backend, &hmac), make(backend, &sha1), make(backend, &sha1),
    };
    g_autofree DigestOp *all = g_new0(DigestOp, OPS);
    g_autofree CryptoDevOp *ops = g_new(CryptoDevOp, OPS);
    guint batched = 0, wrong = 0;

    for (size_t i = 0; i < OPS; i++) {
        prepare(&all[i], sessions[i % 3],
                batch_texts[i % ARRAY_SIZE(batch_texts)],
                i % 10 ? SHA1_LEN : 0);
        ops[i] = all[i].op;
    }
    cryptodev_backend_run(backend, NULL, ops, OPS);
    for (size_t i = 0; i < OPS; i++) {
        all[i].op = ops[i];
        if (i % 10) {
            g_assert_true(is_made_up(&all[i]));
        } else {
            g_assert_cmpint(ops[i].status, ==, CRYPTODEV_ERR);
            g_assert_cmpint(ops[i].result_len, ==, 0);
            wrong++;
        }
    }
    g_assert_cmpint(made_up->batches->len, ==, count_batches());
    for (guint i = 0; i < made_up->batches->len; i++) {
        batched += g_array_index(made_up->batches, guint, i);
    }
    g_assert_cmpint(batched + made_up->single + wrong, ==, OPS);
    g_assert_cmpint(made_up->single, ==, OPS / 3 - OPS / 30);

    for (size_t i = 0; i < ARRAY_SIZE(sessions); i++) {
        cryptodev_backend_destroy_session(backend, sessions[i]);
    }
    made_up_free(backend);
}

/* A backend that stands on another one */
static CryptoDevBackend *new_above(const char *base)
{
    Object *obj = object_new(TYPE_CRYPTODEV_BACKEND_MADE_UP_ABOVE);

    object_property_set_str(obj, "base", base, &error_abort);
    return CRYPTODEV_BACKEND(obj);
}

static CryptoDevBackend *complete(CryptoDevBackend *backend)
{
    user_creatable_complete(USER_CREATABLE(backend), &error_abort);
    return backend;
}

/* A short and a long source for what is on both, and one for the base alone */
static void run_on_both(CryptoDevBackend *backend, CryptoDevState *state,
                        CryptoDevSession *both, CryptoDevSession *base)
{
    g_autofree char *long_text = g_strnfill(MADE_UP_LONGEST + 1, 'a');
    DigestOp d[3];
    CryptoDevOp ops[3];

    prepare(&d[0], both, text, SHA1_LEN);
    prepare(&d[1], base, text, SHA1_LEN);
    prepare(&d[2], both, long_text, SHA1_LEN);
    for (size_t i = 0; i < ARRAY_SIZE(ops); i++) {
        ops[i] = d[i].op;
    }
    cryptodev_backend_run(backend, state, ops, ARRAY_SIZE(ops));
    for (size_t i = 0; i < ARRAY_SIZE(ops); i++) {
        d[i].op = ops[i];
        g_assert_true(is_made_up(&d[i]));
        g_assert_true(ops[i].session == (i == 1 ? base : both));
    }
}

/* The state of each backend in a stack of them gets to its own drivers. */
static void test_state(void)
{
    CryptoDevBackend *backend =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP, "base");
    CryptoDevBackend *stack = complete(new_above("base"));
    MadeUpBackend *base = CRYPTODEV_BACKEND_MADE_UP(backend);
    MadeUpBackend *above = CRYPTODEV_BACKEND_MADE_UP(stack);
    CryptoDevSession *on_both = make(stack, &sha1);
    CryptoDevSession *on_base = make(stack, &hmac);
    CryptoDevState *state = cryptodev_state_new(stack);

    g_assert_true(on_base->backend == backend);
    g_assert_cmpint(above->sessions, ==, 1);
    g_assert_cmpint(base->sessions, ==, 2);
    g_assert_cmpint(above->states, ==, 1);
    g_assert_cmpint(base->states, ==, 1);

    run_on_both(stack, state, on_both, on_base);
    g_assert_cmpint(container_of(state, MadeUpState, parent)->batches, ==, 1);
    g_assert_cmpint(container_of(state->base, MadeUpState, parent)->batches,
                    ==, 1);
    run_on_both(stack, NULL, on_both, on_base);
    g_assert_cmpint(above->batches->len, ==, 2);
    g_assert_cmpint(base->batches->len, ==, 2);
    g_assert_cmpint(base->single, ==, 2);

    cryptodev_state_free(state);
    cryptodev_state_free(NULL);
    cryptodev_backend_destroy_session(stack, on_base);
    cryptodev_backend_destroy_session(stack, on_both);
    made_up_free(stack);
    made_up_free(backend);
}

/*
 * What a driver leaves in any case goes to the base without it, and what it
 * leaves of a batch likewise runs on the base's session.
 */
static void test_leaves(void)
{
    CryptoDevBackend *backend =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP, "base");
    CryptoDevBackend *stack = complete(new_above("base"));
    MadeUpBackend *base = CRYPTODEV_BACKEND_MADE_UP(backend);
    MadeUpBackend *above = CRYPTODEV_BACKEND_MADE_UP(stack);
    CryptoDevSession *session = make(stack, &hmac_sha1);
    static const size_t lens[] = {
        MADE_UP_SHORTEST, MADE_UP_LONGEST + 1, 1, MADE_UP_SHORTEST - 1, 1,
        1, MADE_UP_SHORTEST - 1, 1,
    };
    g_autofree char *bytes = g_strnfill(MADE_UP_LONGEST + 1, 'a');
    DigestOp d[ARRAY_SIZE(lens)];
    CryptoDevOp ops[ARRAY_SIZE(lens)];

    for (size_t i = 0; i < ARRAY_SIZE(ops); i++) {
        prepare(&d[i], session, bytes + MADE_UP_LONGEST + 1 - lens[i],
                SHA1_LEN);
        ops[i] = d[i].op;
    }
    /* One fails the checks, so the session of the next is prefetched. */
    ops[5].digest.len = SHA1_LEN + 1;
    cryptodev_backend_run(stack, NULL, ops, ARRAY_SIZE(ops));
    for (size_t i = 0; i < ARRAY_SIZE(ops); i++) {
        d[i].op = ops[i];
        g_assert_true(i == 5 ? ops[i].status == CRYPTODEV_ERR
                             : is_made_up(&d[i]));
        g_assert_true(ops[i].session == session);
    }
    g_assert_cmpint(above->batches->len, ==, 1);
    g_assert_cmpint(g_array_index(above->batches, guint, 0), ==, 2);
    g_assert_cmpint(above->single, ==, 0);
    g_assert_cmpint(base->single, ==, 6);
    g_assert_cmpint(base->prefetched, ==, 1);

    cryptodev_backend_destroy_session(stack, session);
    made_up_free(stack);
    made_up_free(backend);
}

/* No backend of the stack has such a session. */
static void test_base_unsupported(void)
{
    CryptoDevBackend *base =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP, "base");
    CryptoDevBackend *stack = complete(new_above("base"));
    CryptoDevSessionParams other = sha1;
    CryptoDevSession *session = NULL;

    other.digest.len = MADE_UP_OTHER_LEN;
    g_assert_cmpint(cryptodev_backend_create_session(stack, &other, &session),
                    ==, CRYPTODEV_NOTSUPP);
    g_assert_cmpint(cryptodev_backend_create_session(stack, &sha256, &session),
                    ==, CRYPTODEV_NOTSUPP);
    /* The upper one has it, and could leave no operation to the base. */
    other.digest.len = MADE_UP_ABOVE_LEN;
    g_assert_cmpint(cryptodev_backend_create_session(stack, &other, &session),
                    ==, CRYPTODEV_NOTSUPP);
    g_assert_null(session);
    g_assert_cmpint(CRYPTODEV_BACKEND_MADE_UP(stack)->sessions, ==, 0);
    made_up_free(stack);
    made_up_free(base);
}

/*
 * What a backend in the middle must not have, is not asked below it either, and
 * one above it that would leave operations to it does not have it.
 */
static void test_base_disabled(void)
{
    CryptoDevBackend *middle = CRYPTODEV_BACKEND(
        object_new(TYPE_CRYPTODEV_BACKEND_MADE_UP_ABOVE));
    CryptoDevSession *session = NULL;
    CryptoDevBackend *low, *high;

    QAPI_LIST_PREPEND(middle->disabled, g_strdup("sha1"));
    object_property_add_child(object_get_objects_root(), "middle",
                              OBJECT(middle));
    low = complete(middle)->base;
    high = complete(new_above("middle"));
    g_assert_nonnull(cryptodev_backend_find(low, sha1.service, sha1.algo));
    g_assert_null(cryptodev_backend_find(middle, sha1.service, sha1.algo));
    g_assert_null(cryptodev_backend_find(high, sha1.service, sha1.algo));
    g_assert_cmpint(cryptodev_backend_create_session(high, &sha1, &session),
                    ==, CRYPTODEV_NOTSUPP);
    check_one(high, &sha256, text, SHA256_LEN, SHA256_ABC);
    made_up_free(high);
    made_up_free(middle);
}

static void count_change(void *user)
{
    (*(int *)user)++;
}

static const CryptoDevUserOps user_ops = { .ready_changed = count_change };
static const CryptoDevUserOps other_ops = { };

static void test_ready(void)
{
    CryptoDevBackend *backend =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP_ABOVE, NULL);
    int changes = 0;

    cryptodev_backend_claim(backend, CRYPTODEV_SERVICES_ALL, &user_ops,
                            &changes, &error_abort);
    g_assert_true(cryptodev_backend_is_ready(backend));
    cryptodev_backend_set_ready(backend, false);
    g_assert_false(cryptodev_backend_is_ready(backend));
    g_assert_cmpint(changes, ==, 1);
    /* What was taken before, or came in a stream, goes on. */
    check_one(backend, &sha1, text, SHA1_LEN, NULL);
    cryptodev_backend_set_ready(backend, true);
    cryptodev_backend_set_ready(backend->base, false);
    g_assert_false(cryptodev_backend_is_ready(backend));
    cryptodev_backend_set_ready(backend->base, true);
    g_assert_cmpint(changes, ==, 4);
    check_one(backend, &sha1, text, SHA1_LEN, NULL);
    cryptodev_backend_release(backend);

    cryptodev_backend_claim(backend, CRYPTODEV_SERVICES_ALL, &other_ops, NULL,
                            &error_abort);
    cryptodev_backend_set_ready(backend, false);
    cryptodev_backend_release(backend);
    cryptodev_backend_set_ready(backend, true);
    g_assert_cmpint(changes, ==, 4);
    made_up_free(backend);
}

static unsigned int tasks_done;

static void count_done(CryptoDevTask *task)
{
    tasks_done++;
}

static void test_route(void)
{
    CryptoDevBackend *made_up =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP, NULL);
    CryptoDevSession *session = make(made_up, &rsa);
    const uint8_t one[] = { 1 };
    const CryptoDevOperand operand = { one, sizeof(one) };
    CryptoDevComputation computation = {
        .service = CRYPTODEV_SERVICE_RAND,
        .operation = CRYPTODEV_RAND_GENERATE,
        .operands = &operand,
        .n_operands = 1,
    };
    CryptoDevOp op = { .session = session, .type = CRYPTODEV_OP_SIGN };

    g_assert_cmpint(cryptodev_backend_route(made_up, &op, NULL), ==,
                    CRYPTODEV_ROUTE_SUBMIT);
    op.type = CRYPTODEV_OP_DIGEST;
    g_assert_cmpint(cryptodev_backend_route(made_up, &op, NULL), ==,
                    CRYPTODEV_ROUTE_RUN);
    g_assert_cmpint(cryptodev_backend_route(made_up, NULL, &computation), ==,
                    CRYPTODEV_ROUTE_SUBMIT);
    g_assert_cmpint(cryptodev_backend_route(backend_get(), NULL,
                                            &computation), ==,
                    CRYPTODEV_ROUTE_POOL);
    computation.operation = CRYPTODEV_RAND_SEED;
    g_assert_cmpint(cryptodev_backend_route(made_up, NULL, &computation), ==,
                    CRYPTODEV_ROUTE_RUN);
    /* The driver of a session is not asked about another service. */
    computation.service = CRYPTODEV_SERVICE_RSA;
    computation.operation = CRYPTODEV_RSA_GENERATE;
    computation.session = session;
    g_assert_cmpint(cryptodev_backend_route(made_up, NULL, &computation), ==,
                    CRYPTODEV_ROUTE_RUN);
    cryptodev_backend_destroy_session(made_up, session);
    made_up_free(made_up);
}

static void test_submit(void)
{
    CryptoDevBackend *backend =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP, NULL);
    MadeUpBackend *made_up = CRYPTODEV_BACKEND_MADE_UP(backend);
    CryptoDevSession *session = make(backend, &rsa);
    CryptoDevTask all[5];
    CryptoDevTask *tasks[5];

    for (size_t i = 0; i < ARRAY_SIZE(tasks); i++) {
        all[i] = (CryptoDevTask) {
            .op = { .session = session, .type = CRYPTODEV_OP_SIGN,
                    .status = CRYPTODEV_INVSESS, .result_len = 1 },
            .done = count_done,
        };
        tasks[i] = &all[i];
    }
    all[1].op.type = CRYPTODEV_OP_DIGEST;
    tasks_done = 0;
    cryptodev_backend_submit(backend, tasks, ARRAY_SIZE(tasks));
    g_assert_cmpint(made_up->submits, ==, 1);
    g_assert_cmpint(tasks_done, ==, 1);
    g_assert_cmpint(all[1].op.status, ==, CRYPTODEV_ERR);
    g_assert_cmpint(all[1].op.result_len, ==, 0);
    g_assert_false(cryptodev_backend_cancel(backend, &all[1]));

    g_assert_true(cryptodev_backend_cancel(backend, &all[2]));
    made_up_complete_one(made_up, CRYPTODEV_OK);
    g_assert_cmpint(all[0].op.status, ==, CRYPTODEV_OK);
    g_assert_cmpint(all[0].op.result_len, ==, 1);
    g_assert_false(cryptodev_backend_cancel(backend, &all[0]));
    made_up_complete_one(made_up, CRYPTODEV_KEY_REJECTED);
    g_assert_cmpint(all[3].op.status, ==, CRYPTODEV_KEY_REJECTED);
    g_assert_cmpint(all[3].op.result_len, ==, 0);
    made_up_complete_one(made_up, CRYPTODEV_OK);
    g_assert_true(QTAILQ_EMPTY(&made_up->tasks));
    g_assert_cmpint(tasks_done, ==, 4);
    cryptodev_backend_destroy_session(backend, session);
    made_up_free(backend);
}

static void check_results(const CryptoDevComputation *computation,
                          CryptoDevStatus status, size_t n)
{
    g_assert_cmpint(computation->status, ==, status);
    g_assert_cmpint(computation->n_results, ==, n);
}

/* Computations, beside what another driver, which has no such tasks, runs */
static void test_submit_mixed(void)
{
    CryptoDevBackend *backend =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP, NULL);
    MadeUpBackend *made_up = CRYPTODEV_BACKEND_MADE_UP(backend);
    CryptoDevSession *session = make(backend, &hmac);
    static const uint8_t lens[] = { 5, 0, 7 };
    CryptoDevComputation computations[3];
    CryptoDevOperand operands[3];
    CryptoDevTask all[4] = { };
    CryptoDevTask *tasks[4];
    DigestOp d;

    for (size_t i = 0; i < ARRAY_SIZE(tasks); i++) {
        all[i].done = count_done;
        tasks[i] = &all[i];
    }
    for (size_t i = 0; i < ARRAY_SIZE(computations); i++) {
        operands[i] = (CryptoDevOperand) { &lens[i], 1 };
        computations[i] = (CryptoDevComputation) {
            .service = CRYPTODEV_SERVICE_RAND,
            .operation = CRYPTODEV_RAND_GENERATE,
            .operands = &operands[i], .n_operands = 1,
        };
        all[i].computation = &computations[i];
    }
    prepare(&d, session, text, SHA256_LEN);
    all[3].op = d.op;
    tasks_done = 0;
    cryptodev_backend_submit(backend, tasks, ARRAY_SIZE(tasks));
    g_assert_cmpint(tasks_done, ==, 2);
    check_results(&computations[1], CRYPTODEV_ERR, 0);
    d.op = all[3].op;
    g_assert_true(is_made_up(&d));
    made_up_complete_one(made_up, CRYPTODEV_OK);
    check_results(&computations[0], CRYPTODEV_OK, 1);
    g_assert_cmpint(computations[0].results[0].len, ==, lens[0]);
    cryptodev_computation_clear(&computations[0]);
    made_up_complete_one(made_up, CRYPTODEV_ERR);
    check_results(&computations[2], CRYPTODEV_ERR, 0);
    g_assert_cmpint(tasks_done, ==, 4);
    cryptodev_backend_destroy_session(backend, session);
    made_up_free(backend);
}

/* Lengths of entropy: one that is wrong, two that fail, and good ones */
static const uint8_t entropy_lens[] = {
    0, MADE_UP_WRONG_LEN, 3, 4, 3, MADE_UP_WRONG_LEN,
};

static void check_entropy(CryptoDevComputation *computations)
{
    check_results(&computations[0], CRYPTODEV_ERR, 0);
    for (size_t i = 1; i < ARRAY_SIZE(entropy_lens); i++) {
        if (entropy_lens[i] == MADE_UP_WRONG_LEN) {
            check_results(&computations[i], CRYPTODEV_BADMSG, 0);
            continue;
        }
        check_results(&computations[i], CRYPTODEV_OK, 1);
        g_assert_cmpint(computations[i].results[0].len, ==, entropy_lens[i]);
        cryptodev_computation_clear(&computations[i]);
    }
}

/* Tasks of drivers that take batches, and of others, in one call */
static void test_run_tasks(void)
{
    /* Two computations of each kind, two operations, and one computation */
    static const guint batches[] = { 2, 2, 2, 1 };
    CryptoDevBackend *backend =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP, NULL);
    MadeUpBackend *made_up = CRYPTODEV_BACKEND_MADE_UP(backend);
    CryptoDevSession *sessions[] = {
        make(backend, &sha1), make(backend, &hmac),
    };
    CryptoDevComputation computations[ARRAY_SIZE(entropy_lens)];
    CryptoDevOperand operands[ARRAY_SIZE(entropy_lens)];
    CryptoDevTask all[2 * ARRAY_SIZE(entropy_lens)] = { };
    CryptoDevTask *tasks[ARRAY_SIZE(all)];
    DigestOp d[ARRAY_SIZE(entropy_lens)];

    for (size_t i = 0; i < ARRAY_SIZE(entropy_lens); i++) {
        operands[i] = (CryptoDevOperand) { &entropy_lens[i], 1 };
        computations[i] = (CryptoDevComputation) {
            .service = CRYPTODEV_SERVICE_NRBG,
            .operation = CRYPTODEV_NRBG_ENTROPY,
            .operands = &operands[i], .n_operands = 1,
        };
        all[2 * i].computation = &computations[i];
        /* The first operation is wrong, too. */
        prepare(&d[i], sessions[i % 2], text, i ? SHA1_LEN : 0);
        all[2 * i + 1].op = d[i].op;
        tasks[2 * i] = &all[2 * i];
        tasks[2 * i + 1] = &all[2 * i + 1];
    }
    cryptodev_backend_run_tasks(backend, tasks, ARRAY_SIZE(all));
    check_entropy(computations);
    g_assert_cmpint(all[1].op.status, ==, CRYPTODEV_ERR);
    for (size_t i = 1; i < ARRAY_SIZE(entropy_lens); i++) {
        d[i].op = all[2 * i + 1].op;
        g_assert_true(is_made_up(&d[i]));
    }
    g_assert_cmpmem(made_up->batches->data,
                    made_up->batches->len * sizeof(guint),
                    batches, sizeof(batches));
    g_assert_cmpint(made_up->single, ==, 3);
    cryptodev_backend_compute(backend, &computations[2]);
    check_results(&computations[2], CRYPTODEV_OK, 1);
    cryptodev_computation_clear(&computations[2]);
    cryptodev_backend_destroy_session(backend, sessions[0]);
    cryptodev_backend_destroy_session(backend, sessions[1]);
    made_up_free(backend);
}

static void test_kind(void)
{
    CryptoDevBackend *backend =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP, NULL);
    CryptoDevSession *batched = make(backend, &sha1);
    CryptoDevSession *single = make(backend, &hmac);
    const uint8_t len = 7;
    const CryptoDevOperand operand = { &len, sizeof(len) };
    CryptoDevComputation computation = {
        .service = CRYPTODEV_SERVICE_NRBG,
        .operation = CRYPTODEV_NRBG_ENTROPY,
        .operands = &operand, .n_operands = 1,
    };
    CryptoDevTask task = { .computation = &computation };
    DigestOp d;

    g_assert_cmpint(cryptodev_backend_kind(backend, &task), ==, len);
    /* What the checks refuse is of no kind, and so is what nobody has. */
    computation.n_operands = 0;
    g_assert_cmpint(cryptodev_backend_kind(backend, &task), ==, 0);
    computation.operation = CRYPTODEV_NRBG_ENTROPY + 1;
    g_assert_cmpint(cryptodev_backend_kind(backend, &task), ==, 0);
    task.computation = NULL;
    prepare(&d, batched, text, SHA1_LEN);
    task.op = d.op;
    g_assert_cmpint(cryptodev_backend_kind(backend, &task), ==, strlen(text));
    task.op.session = single;
    g_assert_cmpint(cryptodev_backend_kind(backend, &task), ==, 0);
    cryptodev_backend_destroy_session(backend, single);
    cryptodev_backend_destroy_session(backend, batched);
    made_up_free(backend);
}

/* All that the host's library has, in the same order */
static void test_base_union(void)
{
    CryptoDevBackend *backend =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP_ABOVE, NULL);
    GPtrArray *expected = backend_get()->capabilities;
    CryptoDevSessionParams other = sha1;
    CryptoDevSession *session;

    g_assert_cmpint(backend->capabilities->len, ==, expected->len);
    for (guint i = 0; i < expected->len; i++) {
        g_assert_true(g_ptr_array_index(backend->capabilities, i) ==
                      g_ptr_array_index(expected, i));
    }
    check_one(backend, &sha1, text, SHA1_LEN, NULL);
    check_one(backend, &sha256, text, SHA256_LEN, SHA256_ABC);
    /* Its driver leaves the session to the base, which has the cipher, too. */
    other.digest.len = MADE_UP_OTHER_LEN;
    session = make(backend, &other);
    g_assert_true(session->backend == backend->base);
    cryptodev_backend_destroy_session(backend, session);
    session = make(backend, &ctr_sha1);
    g_assert_true(session->backend == backend->base);
    g_assert_nonnull(session->chained);
    cryptodev_backend_destroy_session(backend, session);
    made_up_free(backend);
}

/* What is too long for one backend has another one's result. */
static void test_base_operation(void)
{
    CryptoDevBackend *backend =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP_ABOVE, NULL);
    g_autofree char *long_text = g_strnfill(MADE_UP_LONGEST + 1, 'a');
    g_autofree char *expected =
        g_compute_checksum_for_string(G_CHECKSUM_SHA1, long_text, -1);

    check_one(backend, &sha1, text, SHA1_LEN, NULL);
    check_one(backend, &sha1, long_text, SHA1_LEN, expected);
    made_up_free(backend);
}

/* A computation goes through two backends that do not have it. */
static void test_base_chain(void)
{
    CryptoDevBackend *low =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP_ABOVE, "low");
    CryptoDevBackend *high = complete(new_above("low"));
    g_auto(GStrv) results = NULL;

    g_assert_true(high->base == low);
    g_assert_nonnull(low->base);
    backend_use(high);
    results = compute(CRYPTODEV_SERVICE_LN, CRYPTODEV_LN_INVERT, NULL, "03",
                      "07", NULL);
    check_number(results[0], "05");
    backend_use(NULL);
    check_one(high, &sha256, text, SHA256_LEN, SHA256_ABC);
    made_up_free(high);
    made_up_free(low);
}

static void test_base_refused(void)
{
    CryptoDevBackend *base =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP, "c0");
    Object *incomplete = object_new(TYPE_CRYPTODEV_BACKEND_MADE_UP);

    check_error(OBJECT(new_above("none")), "c1",
                "'base' must be the ID of a cryptodev, not 'none'");
    check_error(OBJECT(new_above("c1")), "c1",
                "cryptodev 'c1' cannot be its own base");
    object_property_add_child(object_get_objects_root(), "c2", incomplete);
    check_error(OBJECT(new_above("c2")), "c1",
                "cryptodev 'c2' is not complete");
    object_unparent(incomplete);
    object_unref(incomplete);
    cryptodev_backend_claim(base, CRYPTODEV_SERVICES_ALL, &other_ops, NULL,
                            &error_abort);
    check_error(OBJECT(new_above("c0")), "c1",
                "cryptodev 'c0' is already used by a device");
    cryptodev_backend_release(base);
    base->stands_alone = true;
    check_error(OBJECT(new_above("c0")), "c1",
                "cryptodev 'c0' has FIPS algorithms alone, and cannot be a"
                " base");
    made_up_free(base);
}

/* What is a base already is nothing else, for as long. */
static void test_base_taken(void)
{
    CryptoDevBackend *base =
        made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP, "c0");
    UserCreatableClass *creatable = USER_CREATABLE_GET_CLASS(base);
    CryptoDevBackend *above = complete(new_above("c0"));
    Error *err = NULL;

    check_error(OBJECT(new_above("c0")), "c1",
                "cryptodev 'c0' is already the base of another");
    g_assert_false(cryptodev_backend_claim(base, CRYPTODEV_SERVICES_ALL,
                                           &other_ops, NULL, &err));
    g_assert_cmpstr(error_get_pretty(err), ==,
                    "cryptodev 'c0' is the base of another one");
    error_free(err);
    err = NULL;
    g_assert_false(creatable->can_be_deleted(USER_CREATABLE(base)));
    g_assert_false(object_property_set_str(OBJECT(above), "base", "c0", &err));
    g_assert_cmpstr(error_get_pretty(err), ==,
                    "'base' cannot change after the cryptodev is created");
    error_free(err);
    made_up_free(above);
    g_assert_true(creatable->can_be_deleted(USER_CREATABLE(base)));
    cryptodev_backend_claim(base, CRYPTODEV_SERVICES_ALL, &other_ops, NULL,
                            &error_abort);
    cryptodev_backend_release(base);
    made_up_free(base);
}

/* The backend that is an example of how to write one */
static void test_toy(void)
{
    CryptoDevBackend *toy = made_up_new(TYPE_CRYPTODEV_BACKEND_TOY, NULL);
    CryptoDevSessionParams nested = sha256;
    CryptoDevSession *session = NULL;

    g_assert_cmpint(toy->capabilities->len, ==, 2);
    check_one(toy, &sha256, text, SHA256_LEN, SHA256_ABC);
    check_one(toy, &hmac, "what do ya want for nothing?", SHA256_LEN,
              HMAC_JEFE);
    nested.digest.nested = true;
    g_assert_cmpint(cryptodev_backend_create_session(toy, &nested, &session),
                    ==, CRYPTODEV_NOTSUPP);
    g_assert_cmpint(cryptodev_backend_create_session(toy, &ctr_sha1, &session),
                    ==, CRYPTODEV_NOTSUPP);
    g_assert_null(cryptodev_state_new(toy));
    made_up_free(toy);
}

void add_backend_tests(void)
{
    g_test_add_func("/cryptodev/backend/init", test_init);
    g_test_add_func("/cryptodev/backend/batch", test_batch);
    g_test_add_func("/cryptodev/backend/state", test_state);
    g_test_add_func("/cryptodev/backend/leaves", test_leaves);
    g_test_add_func("/cryptodev/backend/ready", test_ready);
    g_test_add_func("/cryptodev/backend/route", test_route);
    g_test_add_func("/cryptodev/backend/submit", test_submit);
    g_test_add_func("/cryptodev/backend/submit-mixed", test_submit_mixed);
    g_test_add_func("/cryptodev/backend/run-tasks", test_run_tasks);
    g_test_add_func("/cryptodev/backend/kind", test_kind);
    g_test_add_func("/cryptodev/backend/base-union", test_base_union);
    g_test_add_func("/cryptodev/backend/base-operation", test_base_operation);
    g_test_add_func("/cryptodev/backend/base-chain", test_base_chain);
    g_test_add_func("/cryptodev/backend/base-refused", test_base_refused);
    g_test_add_func("/cryptodev/backend/base-taken", test_base_taken);
    g_test_add_func("/cryptodev/backend/base-disabled", test_base_disabled);
    g_test_add_func("/cryptodev/backend/base-unsupported",
                    test_base_unsupported);
    g_test_add_func("/cryptodev/backend/toy", test_toy);
}
