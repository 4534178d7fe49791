/*
 * A made-up cryptography backend, which shows what it was asked to do
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qom/object_interfaces.h"
#include "made-up-backend.h"

static CryptoDevStatus create(CryptoDevBackend *backend,
                              const CryptoDevSessionParams *params,
                              CryptoDevSession **session)
{
    if (params->service == CRYPTODEV_SERVICE_HASH &&
        (params->digest.len == MADE_UP_OTHER_LEN ||
         (params->digest.len == MADE_UP_ABOVE_LEN && !backend->base))) {
        return CRYPTODEV_NOTSUPP;
    }
    *session = g_new0(CryptoDevSession, 1);
    CRYPTODEV_BACKEND_MADE_UP(backend)->sessions++;
    return CRYPTODEV_OK;
}

static void destroy(CryptoDevSession *session)
{
    CRYPTODEV_BACKEND_MADE_UP(session->backend)->sessions--;
    g_free(session);
}

static void fill_digest(CryptoDevOp *op)
{
    CryptoDevBuf digest = op->digest;
    uint8_t byte = MADE_UP_BYTE;

    while (digest.len) {
        cryptodev_buf_write(&digest, &byte, 1);
    }
    op->result_len = op->digest.len;
}

static bool has_sha1(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_HASH_SHA1;
}

/* A driver that has kinds gets no others with them. */
static void check_alike(CryptoDevOp **ops, size_t n)
{
    const CryptoDevDriver *driver = ops[0]->session->driver;

    if (driver->kind) {
        g_assert_cmpint(n, <=, ops[0]->src.len ? CRYPTODEV_TOGETHER_MAX : 1);
    }
    for (size_t i = 0; i < n; i++) {
        g_assert_true(ops[i]->session->driver == driver);
        g_assert_true(!driver->kind || ops[i]->src.len == ops[0]->src.len);
    }
}

static void run_batch(CryptoDevOp **ops, size_t n, CryptoDevState *state)
{
    CryptoDevBackend *backend = ops[0]->session->backend;
    guint batch = n;

    check_alike(ops, n);
    g_array_append_val(CRYPTODEV_BACKEND_MADE_UP(backend)->batches, batch);
    if (state) {
        g_assert_true(state->backend == backend);
        container_of(state, MadeUpState, parent)->batches++;
    }
    for (size_t i = 0; i < n; i++) {
        g_assert_true(ops[i]->session->backend == backend);
        g_assert_cmpint(ops[i]->status, ==, CRYPTODEV_OK);
        if (backend->base && ops[i]->src.len > MADE_UP_LONGEST) {
            cryptodev_base_run(&ops[i], 1, state);
        } else {
            fill_digest(ops[i]);
        }
    }
}

static bool has_hmac(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_MAC_HMAC_SHA256 ||
           algo == CRYPTODEV_MAC_HMAC_SHA1;
}

static bool has_hmac_above(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_MAC_HMAC_SHA1;
}

/* Only what was checked gets here. */
static bool leaves(const CryptoDevSession *session, const CryptoDevOp *op)
{
    g_assert_true(session == op->session);
    g_assert_cmpint(op->status, ==, CRYPTODEV_OK);
    return op->src.len < MADE_UP_SHORTEST;
}

static void prefetch_hmac(const CryptoDevSession *session)
{
    CRYPTODEV_BACKEND_MADE_UP(session->backend)->prefetched++;
}

static void run_hmac(CryptoDevSession *session, CryptoDevOp *op)
{
    CRYPTODEV_BACKEND_MADE_UP(session->backend)->single++;
    fill_digest(op);
}

static bool has_rsa(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_AKCIPHER_RSA;
}

static void run_rsa(CryptoDevSession *session, CryptoDevOp *op)
{
    op->result_len = 0;
}

static bool has_random(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_RAND_GENERATE;
}

static CryptoDevStatus compute(CryptoDevBackend *backend,
                               CryptoDevComputation *computation)
{
    size_t len = cryptodev_operand_number(computation->operands[0]);

    memset(cryptodev_computation_add(computation, len), MADE_UP_BYTE, len);
    return CRYPTODEV_OK;
}

static bool has_entropy(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_NRBG_ENTROPY;
}

static uint32_t kind(const CryptoDevOp *op,
                     const CryptoDevComputation *computation)
{
    return computation ? cryptodev_operand_number(computation->operands[0])
                       : op->src.len;
}

static void compute_batch(CryptoDevBackend *backend,
                          CryptoDevComputation **computations, size_t n)
{
    guint batch = n;

    g_array_append_val(CRYPTODEV_BACKEND_MADE_UP(backend)->batches, batch);
    g_assert_cmpint(n, <=, CRYPTODEV_TOGETHER_MAX);
    for (size_t i = 0; i < n; i++) {
        g_assert_cmpint(kind(NULL, computations[i]), ==,
                        kind(NULL, computations[0]));
        computations[i]->status = compute(backend, computations[i]);
        if (computations[i]->results[0].len == MADE_UP_WRONG_LEN) {
            computations[i]->status = CRYPTODEV_BADMSG;
        }
    }
}

static CryptoDevRoute route(CryptoDevBackend *backend, const CryptoDevOp *op,
                            const CryptoDevComputation *computation)
{
    return CRYPTODEV_ROUTE_SUBMIT;
}

static void submit(CryptoDevBackend *backend, CryptoDevTask **tasks, size_t n)
{
    MadeUpBackend *made_up = CRYPTODEV_BACKEND_MADE_UP(backend);

    made_up->submits++;
    for (size_t i = 0; i < n; i++) {
        tasks[i]->backend_data = made_up;
        QTAILQ_INSERT_TAIL(&made_up->tasks, tasks[i], link);
    }
}

static void take_off(MadeUpBackend *made_up, CryptoDevTask *task)
{
    QTAILQ_REMOVE(&made_up->tasks, task, link);
    task->backend_data = NULL;
}

/* What has been completed is not there any more. */
static bool cancel(CryptoDevBackend *backend, CryptoDevTask *task)
{
    if (!task->backend_data) {
        return false;
    }
    take_off(CRYPTODEV_BACKEND_MADE_UP(backend), task);
    return true;
}

void made_up_complete_one(MadeUpBackend *made_up, CryptoDevStatus status)
{
    CryptoDevTask *task = QTAILQ_FIRST(&made_up->tasks);

    take_off(made_up, task);
    if (task->computation) {
        compute(CRYPTODEV_BACKEND(made_up), task->computation);
        task->computation->status = status;
    } else {
        task->op.result_len = 1;
        task->op.status = status;
    }
    cryptodev_task_done(task);
}

static const CryptoDevDriver sha1 = {
    .service = CRYPTODEV_SERVICE_HASH, .has = has_sha1,
    .create = create, .destroy = destroy, .run_batch = run_batch, .kind = kind,
};

static const CryptoDevDriver sha1_above = {
    .service = CRYPTODEV_SERVICE_HASH, .has = has_sha1,
    .create = create, .destroy = destroy, .run_batch = run_batch,
    .falls_back = true,
};

static const CryptoDevDriver hmac = {
    .service = CRYPTODEV_SERVICE_MAC, .has = has_hmac,
    .create = create, .destroy = destroy, .run = run_hmac,
    .prefetch = prefetch_hmac,
};

static const CryptoDevDriver hmac_above = {
    .service = CRYPTODEV_SERVICE_MAC, .has = has_hmac_above,
    .create = create, .destroy = destroy, .run_batch = run_batch,
    .falls_back = true, .leaves = leaves,
};

static const CryptoDevDriver rsa = {
    .service = CRYPTODEV_SERVICE_AKCIPHER, .has = has_rsa,
    .create = create, .destroy = destroy, .run = run_rsa,
    .route = route, .submit = submit, .cancel = cancel,
};

static const CryptoDevDriver random_numbers = {
    .service = CRYPTODEV_SERVICE_RAND, .has = has_random,
    .compute = compute,
    .route = route, .submit = submit, .cancel = cancel,
};

static const CryptoDevDriver entropy = {
    .service = CRYPTODEV_SERVICE_NRBG, .has = has_entropy,
    .compute_batch = compute_batch, .kind = kind,
};

static bool init(CryptoDevBackend *backend, Error **errp)
{
    if (CRYPTODEV_BACKEND_MADE_UP(backend)->fails) {
        error_setg(errp, "made up");
        return false;
    }
    return true;
}

static CryptoDevState *new_state(CryptoDevBackend *backend)
{
    MadeUpState *state = g_new0(MadeUpState, 1);

    CRYPTODEV_BACKEND_MADE_UP(backend)->states++;
    return &state->parent;
}

static void free_state(CryptoDevState *state)
{
    CRYPTODEV_BACKEND_MADE_UP(state->backend)->states--;
    g_free(container_of(state, MadeUpState, parent));
}

static void made_up_instance_init(Object *obj)
{
    MadeUpBackend *made_up = CRYPTODEV_BACKEND_MADE_UP(obj);

    made_up->batches = g_array_new(false, false, sizeof(guint));
    QTAILQ_INIT(&made_up->tasks);
}

static void made_up_finalize(Object *obj)
{
    MadeUpBackend *made_up = CRYPTODEV_BACKEND_MADE_UP(obj);

    g_assert_cmpint(made_up->states, ==, 0);
    g_assert_cmpint(made_up->sessions, ==, 0);
    g_array_free(made_up->batches, true);
}

static void made_up_class_init(ObjectClass *class, void *data)
{
    static const CryptoDevDriver *const drivers[] = {
        &sha1, &hmac, &rsa, &random_numbers, &entropy
    };
    CryptoDevBackendClass *backend = CRYPTODEV_BACKEND_CLASS(class);

    backend->drivers = drivers;
    backend->n_drivers = ARRAY_SIZE(drivers);
    backend->init = init;
    backend->new_state = new_state;
    backend->free_state = free_state;
}

static void above_class_init(ObjectClass *class, void *data)
{
    static const CryptoDevDriver *const drivers[] = {
        &sha1_above, &hmac_above
    };
    CryptoDevBackendClass *backend = CRYPTODEV_BACKEND_CLASS(class);

    backend->drivers = drivers;
    backend->n_drivers = ARRAY_SIZE(drivers);
    cryptodev_backend_add_base_property(class);
}

CryptoDevBackend *made_up_new(const char *type, const char *id)
{
    Object *obj = object_new(type);

    if (id) {
        object_property_add_child(object_get_objects_root(), id, obj);
    }
    user_creatable_complete(USER_CREATABLE(obj), &error_abort);
    return CRYPTODEV_BACKEND(obj);
}

void made_up_free(CryptoDevBackend *backend)
{
    object_unparent(OBJECT(backend));
    object_unref(OBJECT(backend));
}

static const TypeInfo made_up_types[] = {
    {
        .name = TYPE_CRYPTODEV_BACKEND_MADE_UP,
        .parent = TYPE_CRYPTODEV_BACKEND,
        .instance_size = sizeof(MadeUpBackend),
        .instance_init = made_up_instance_init,
        .instance_finalize = made_up_finalize,
        .class_init = made_up_class_init,
    }, {
        .name = TYPE_CRYPTODEV_BACKEND_MADE_UP_ABOVE,
        .parent = TYPE_CRYPTODEV_BACKEND_MADE_UP,
        .class_init = above_class_init,
    },
};

DEFINE_TYPES(made_up_types)
