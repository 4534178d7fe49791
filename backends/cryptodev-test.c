/*
 * A cryptography backend for tests: they say when its operations complete
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * It leaves the cryptography to its base, and counts what it is asked to do.
 * Tests control it and read the counters through QOM properties.
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/qapi-types-qom.h"
#include "qapi/visitor.h"
#include "qemu/atomic.h"
#include "qemu/lockable.h"
#include "qemu/thread.h"
#include "cryptodev/driver.h"

#define TYPE_CRYPTODEV_BACKEND_TEST "cryptodev-backend-test"
OBJECT_DECLARE_SIMPLE_TYPE(CryptoDevTest, CRYPTODEV_BACKEND_TEST)

typedef QTAILQ_HEAD(, CryptoDevTask) Tasks;

/**
 * Counters:
 * @submitted: tasks that were submitted
 * @cancelled: those of @submitted that were cancelled
 * @done: those of @submitted that have ended, and whose owner knows
 * @run: operations in batches, on behalf of a caller with a state
 * @states: states that there are
 * @sessions: sessions that there are
 *
 * Any thread changes them, and a read-only property shows each.
 */
typedef struct Counters {
    uint32_t submitted;
    uint32_t cancelled;
    uint32_t done;
    uint32_t run;
    uint32_t states;
    uint32_t sessions;
} Counters;

/**
 * CryptoDevTest:
 * @init_error: property: why it cannot be created, or NULL
 * @mode: property: what becomes of operations; any thread reads it
 * @cancels: property: whether tasks that are held can be cancelled
 * @counters: what it has done
 * @thread: completes tasks
 * @has_thread: whether there is @thread
 * @lock: for what is below, and for @cancels
 * @wake: signalled when @thread has something to do
 * @held: tasks that wait for their release; their @backend_data is the backend,
 *        that of all others NULL
 * @released: tasks that @thread is to complete
 * @quit: whether @thread is to end
 */
struct CryptoDevTest {
    CryptoDevBackend parent_obj;

    char *init_error;
    CryptodevTestMode mode;
    bool cancels;
    Counters counters;
    QemuThread thread;
    bool has_thread;
    QemuMutex lock;
    QemuCond wake;
    Tasks held;
    Tasks released;
    bool quit;
};

/* The state of a thread; two calls must not use it at once. */
typedef struct TestState {
    CryptoDevState parent;
    bool in_use;
} TestState;

static CryptoDevStatus create(CryptoDevBackend *backend,
                              const CryptoDevSessionParams *params,
                              CryptoDevSession **session)
{
    *session = g_new0(CryptoDevSession, 1);
    qatomic_inc(&CRYPTODEV_BACKEND_TEST(backend)->counters.sessions);
    return CRYPTODEV_OK;
}

static void destroy(CryptoDevSession *session)
{
    CryptoDevTest *test = CRYPTODEV_BACKEND_TEST(session->backend);

    qatomic_dec(&test->counters.sessions);
    g_free(session);
}

static void run_batch(CryptoDevOp **ops, size_t n, CryptoDevState *state)
{
    CryptoDevTest *test = CRYPTODEV_BACKEND_TEST(ops[0]->session->backend);
    TestState *own = state ? container_of(state, TestState, parent) : NULL;

    if (own) {
        g_assert(!qatomic_xchg(&own->in_use, true));
        qatomic_add(&test->counters.run, n);
    }
    cryptodev_base_run(ops, n, state);
    if (own) {
        qatomic_set(&own->in_use, false);
    }
}

static CryptoDevStatus compute(CryptoDevBackend *backend,
                               CryptoDevComputation *computation)
{
    if (computation->session) {
        return cryptodev_base_compute(computation);
    }
    cryptodev_backend_compute(backend->base, computation);
    return computation->status;
}

static CryptoDevRoute route(CryptoDevBackend *backend, const CryptoDevOp *op,
                            const CryptoDevComputation *computation)
{
    CryptodevTestMode mode =
        qatomic_read(&CRYPTODEV_BACKEND_TEST(backend)->mode);

    return mode == CRYPTODEV_TEST_MODE_RUN ? CRYPTODEV_ROUTE_RUN
                                           : CRYPTODEV_ROUTE_SUBMIT;
}

static void complete(CryptoDevTest *test, CryptoDevTask *task)
{
    CryptoDevOp *op = &task->op;

    if (task->computation) {
        task->computation->status = compute(CRYPTODEV_BACKEND(test),
                                            task->computation);
    } else {
        run_batch(&op, 1, NULL);
    }
    cryptodev_task_done(task);
    qatomic_inc(&test->counters.done);
}

static CryptoDevTask *take_released(CryptoDevTest *test)
{
    CryptoDevTask *task;

    QEMU_LOCK_GUARD(&test->lock);
    while (QTAILQ_EMPTY(&test->released) && !test->quit) {
        qemu_cond_wait(&test->wake, &test->lock);
    }
    task = QTAILQ_FIRST(&test->released);
    if (task) {
        QTAILQ_REMOVE(&test->released, task, link);
    }
    return task;
}

static void *complete_released(void *opaque)
{
    CryptoDevTask *task;

    while ((task = take_released(opaque))) {
        complete(opaque, task);
    }
    return NULL;
}

/* The caller holds the lock. */
static void release(CryptoDevTest *test, CryptoDevTask *task)
{
    if (task->backend_data) {
        task->backend_data = NULL;
        QTAILQ_REMOVE(&test->held, task, link);
    }
    QTAILQ_INSERT_TAIL(&test->released, task, link);
    qemu_cond_signal(&test->wake);
}

static void submit_one(CryptoDevTest *test, CryptoDevTask *task)
{
    CryptodevTestMode mode = qatomic_read(&test->mode);

    qatomic_inc(&test->counters.submitted);
    if (mode == CRYPTODEV_TEST_MODE_SUBMIT) {
        complete(test, task);
        return;
    }
    QEMU_LOCK_GUARD(&test->lock);
    if (mode == CRYPTODEV_TEST_MODE_HOLD) {
        task->backend_data = test;
        QTAILQ_INSERT_TAIL(&test->held, task, link);
    } else {
        release(test, task);
    }
}

static void submit(CryptoDevBackend *backend, CryptoDevTask **tasks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        submit_one(CRYPTODEV_BACKEND_TEST(backend), tasks[i]);
    }
}

static bool cancel(CryptoDevBackend *backend, CryptoDevTask *task)
{
    CryptoDevTest *test = CRYPTODEV_BACKEND_TEST(backend);

    QEMU_LOCK_GUARD(&test->lock);
    if (!task->backend_data || !test->cancels) {
        return false;
    }
    task->backend_data = NULL;
    QTAILQ_REMOVE(&test->held, task, link);
    qatomic_inc(&test->counters.cancelled);
    return true;
}

#define HAS_WHAT_BASE_HAS(_service)                                     \
    static bool has_ ## _service(CryptoDevBackend *backend,             \
                                 uint32_t algo)                         \
    {                                                                   \
        return cryptodev_backend_find(backend->base,                    \
                                      CRYPTODEV_SERVICE_ ## _service,   \
                                      algo);                            \
    }

HAS_WHAT_BASE_HAS(CIPHER)
HAS_WHAT_BASE_HAS(HASH)
HAS_WHAT_BASE_HAS(MAC)
HAS_WHAT_BASE_HAS(AEAD)
HAS_WHAT_BASE_HAS(AKCIPHER)
HAS_WHAT_BASE_HAS(LN)

/* Members of the driver of a service */
#define OF_SERVICE(_service)                            \
    .service = CRYPTODEV_SERVICE_ ## _service,          \
    .has = has_ ## _service,                            \
    .route = route, .submit = submit, .cancel = cancel

/* Members of a driver that has operations on sessions */
#define ON_SESSIONS                                     \
    .create = create, .destroy = destroy,               \
    .falls_back = true, .run_batch = run_batch

static const CryptoDevDriver cipher = { OF_SERVICE(CIPHER), ON_SESSIONS };
static const CryptoDevDriver chain = {
    OF_SERVICE(CIPHER), ON_SESSIONS, .chains = true,
};
static const CryptoDevDriver hash = { OF_SERVICE(HASH), ON_SESSIONS };
static const CryptoDevDriver mac = { OF_SERVICE(MAC), ON_SESSIONS };
static const CryptoDevDriver aead = { OF_SERVICE(AEAD), ON_SESSIONS };
static const CryptoDevDriver akcipher = { OF_SERVICE(AKCIPHER), ON_SESSIONS };
static const CryptoDevDriver ln = { OF_SERVICE(LN), .compute = compute };

static const CryptoDevDriver *const drivers[] = {
    &cipher, &chain, &hash, &mac, &aead, &akcipher, &ln,
};

static bool test_init(CryptoDevBackend *backend, Error **errp)
{
    CryptoDevTest *test = CRYPTODEV_BACKEND_TEST(backend);

    if (test->init_error) {
        error_setg(errp, "%s", test->init_error);
        return false;
    }
    qemu_thread_create(&test->thread, "cryptodev-test", complete_released,
                       test, QEMU_THREAD_JOINABLE);
    test->has_thread = true;
    return true;
}

static CryptoDevState *new_state(CryptoDevBackend *backend)
{
    TestState *state = g_new0(TestState, 1);

    qatomic_inc(&CRYPTODEV_BACKEND_TEST(backend)->counters.states);
    return &state->parent;
}

static void free_state(CryptoDevState *state)
{
    CryptoDevTest *test = CRYPTODEV_BACKEND_TEST(state->backend);
    TestState *own = container_of(state, TestState, parent);

    g_assert(!qatomic_read(&own->in_use));
    qatomic_dec(&test->counters.states);
    g_free(own);
}

static char *get_init_error(Object *obj, Error **errp)
{
    return g_strdup(CRYPTODEV_BACKEND_TEST(obj)->init_error);
}

static void set_init_error(Object *obj, const char *value, Error **errp)
{
    CryptoDevTest *test = CRYPTODEV_BACKEND_TEST(obj);

    g_free(test->init_error);
    test->init_error = g_strdup(value);
}

static int get_mode(Object *obj, Error **errp)
{
    return CRYPTODEV_BACKEND_TEST(obj)->mode;
}

static void set_mode(Object *obj, int mode, Error **errp)
{
    qatomic_set(&CRYPTODEV_BACKEND_TEST(obj)->mode, mode);
}

static bool get_ready(Object *obj, Error **errp)
{
    return CRYPTODEV_BACKEND(obj)->ready;
}

static void set_ready(Object *obj, bool ready, Error **errp)
{
    cryptodev_backend_set_ready(CRYPTODEV_BACKEND(obj), ready);
}

static bool get_cancels(Object *obj, Error **errp)
{
    return CRYPTODEV_BACKEND_TEST(obj)->cancels;
}

static void set_cancels(Object *obj, bool value, Error **errp)
{
    CryptoDevTest *test = CRYPTODEV_BACKEND_TEST(obj);

    QEMU_LOCK_GUARD(&test->lock);
    test->cancels = value;
}

/* Release the tasks that were held longest, or the last ones if @n < 0. */
static void set_release(Object *obj, Visitor *v, const char *name,
                        void *opaque, Error **errp)
{
    CryptoDevTest *test = CRYPTODEV_BACKEND_TEST(obj);
    int64_t n;

    if (!visit_type_int(v, name, &n, errp)) {
        return;
    }
    QEMU_LOCK_GUARD(&test->lock);
    for (int64_t left = n; left; left += n < 0 ? 1 : -1) {
        CryptoDevTask *task = n < 0 ? QTAILQ_LAST(&test->held)
                                    : QTAILQ_FIRST(&test->held);

        if (!task) {
            error_setg(errp, "not so many tasks are held");
            return;
        }
        release(test, task);
    }
}

static void get_counter(Object *obj, Visitor *v, const char *name,
                        void *opaque, Error **errp)
{
    Counters *counters = &CRYPTODEV_BACKEND_TEST(obj)->counters;
    uint32_t *counter = (void *)((char *)counters + GPOINTER_TO_SIZE(opaque));
    uint32_t n = qatomic_read(counter);

    visit_type_uint32(v, name, &n, errp);
}

static void add_counters(ObjectClass *class)
{
    static const struct {
        const char *name;
        size_t offset;
    } counters[] = {
        { "submitted", offsetof(Counters, submitted) },
        { "cancelled", offsetof(Counters, cancelled) },
        { "done", offsetof(Counters, done) },
        { "run", offsetof(Counters, run) },
        { "states", offsetof(Counters, states) },
        { "sessions", offsetof(Counters, sessions) },
    };

    for (size_t i = 0; i < ARRAY_SIZE(counters); i++) {
        object_class_property_add(class, counters[i].name, "uint32",
                                  get_counter, NULL, NULL,
                                  GSIZE_TO_POINTER(counters[i].offset));
    }
}

static void test_instance_init(Object *obj)
{
    CryptoDevTest *test = CRYPTODEV_BACKEND_TEST(obj);

    test->cancels = true;
    qemu_mutex_init(&test->lock);
    qemu_cond_init(&test->wake);
    QTAILQ_INIT(&test->held);
    QTAILQ_INIT(&test->released);
}

/* Nobody can release tasks of a backend that was deleted. */
static void test_unparent(Object *obj)
{
    CryptoDevTest *test = CRYPTODEV_BACKEND_TEST(obj);
    CryptoDevTask *task;

    QEMU_LOCK_GUARD(&test->lock);
    while ((task = QTAILQ_FIRST(&test->held))) {
        release(test, task);
    }
}

static void end_thread(CryptoDevTest *test)
{
    WITH_QEMU_LOCK_GUARD(&test->lock) {
        test->quit = true;
        qemu_cond_signal(&test->wake);
    }
    qemu_thread_join(&test->thread);
}

static void test_instance_finalize(Object *obj)
{
    CryptoDevTest *test = CRYPTODEV_BACKEND_TEST(obj);

    g_assert(QTAILQ_EMPTY(&test->held) && QTAILQ_EMPTY(&test->released));
    if (test->has_thread) {
        end_thread(test);
    }
    g_assert(!test->counters.states && !test->counters.sessions);
    qemu_cond_destroy(&test->wake);
    qemu_mutex_destroy(&test->lock);
    g_free(test->init_error);
}

static void test_class_init(ObjectClass *class, void *data)
{
    CryptoDevBackendClass *backend = CRYPTODEV_BACKEND_CLASS(class);

    backend->drivers = drivers;
    backend->n_drivers = ARRAY_SIZE(drivers);
    backend->init = test_init;
    backend->new_state = new_state;
    backend->free_state = free_state;
    class->unparent = test_unparent;
    cryptodev_backend_add_base_property(class);
    object_class_property_add_str(class, "init-error", get_init_error,
                                  set_init_error);
    object_class_property_add_enum(class, "mode", "CryptodevTestMode",
                                   &CryptodevTestMode_lookup, get_mode,
                                   set_mode);
    object_class_property_add_bool(class, "ready", get_ready, set_ready);
    object_class_property_add_bool(class, "cancels", get_cancels, set_cancels);
    object_class_property_add(class, "release", "int", NULL, set_release, NULL,
                              NULL);
    add_counters(class);
}

static const TypeInfo test_types[] = {
    {
        .name = TYPE_CRYPTODEV_BACKEND_TEST,
        .parent = TYPE_CRYPTODEV_BACKEND,
        .instance_size = sizeof(CryptoDevTest),
        .instance_init = test_instance_init,
        .instance_finalize = test_instance_finalize,
        .class_init = test_class_init,
    },
};

DEFINE_TYPES(test_types)
