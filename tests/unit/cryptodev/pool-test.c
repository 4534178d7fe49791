/*
 * The device's pool: which tasks run together
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "block/aio.h"
#include "qemu/main-loop.h"
#include "compute-run.h"
#include "hw/virtio/crypto/pool.h"
#include "made-up-backend.h"

#define TASKS_MAX 100

/* A task that makes @len bytes of entropy, which is also its kind */
typedef struct PoolTask {
    CryptoDevTask task;
    CryptoDevComputation computation;
    CryptoDevOperand operand;
    uint8_t len;
} PoolTask;

/* A pool of one thread, in which one task runs until the test lets it end */
typedef struct PoolTest {
    CryptoDevBackend *backend;
    VirtIOCryptoPool *pool;
    PoolTask tasks[TASKS_MAX];
    size_t n;
} PoolTest;

static QemuEvent first_begun, first_may_end;
static unsigned int n_begun, n_done;

static void begun(CryptoDevTask *task)
{
    qatomic_inc(&n_begun);
    qemu_event_set(&first_begun);
}

static void done(CryptoDevTask *task)
{
    qatomic_inc(&n_done);
}

static void done_later(CryptoDevTask *task)
{
    qemu_event_wait(&first_may_end);
    done(task);
}

static PoolTask *submit(PoolTest *test, uint8_t len,
                        void (*call_done)(CryptoDevTask *task))
{
    PoolTask *task = &test->tasks[test->n++];

    g_assert_cmpint(test->n, <=, TASKS_MAX);
    task->len = len;
    task->operand = (CryptoDevOperand) { &task->len, sizeof(task->len) };
    task->computation = (CryptoDevComputation) {
        .service = CRYPTODEV_SERVICE_NRBG,
        .operation = CRYPTODEV_NRBG_ENTROPY,
        .operands = &task->operand, .n_operands = 1,
    };
    task->task = (CryptoDevTask) {
        .computation = &task->computation, .done = call_done,
    };
    virtio_crypto_pool_submit(test->pool, &task->task);
    return task;
}

static void submit_many(PoolTest *test, size_t n, uint8_t len)
{
    for (size_t i = 0; i < n; i++) {
        submit(test, len, done);
    }
}

static PoolTest *begin(void)
{
    PoolTest *test = g_new0(PoolTest, 1);

    n_begun = n_done = 0;
    qemu_event_init(&first_begun, false);
    qemu_event_init(&first_may_end, false);
    test->backend = made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP, NULL);
    test->pool = virtio_crypto_pool_new(test->backend, 1, begun);
    submit(test, 1, done_later);
    qemu_event_wait(&first_begun);
    return test;
}

/* Let all run; check how many each batch had, but for the first one. */
static void end(PoolTest *test, size_t cancelled, const guint *batches,
                size_t n)
{
    GArray *actual = CRYPTODEV_BACKEND_MADE_UP(test->backend)->batches;

    qemu_event_set(&first_may_end);
    while (qatomic_read(&n_done) < test->n - cancelled) {
        g_usleep(100);
    }
    virtio_crypto_pool_close(test->pool);
    while (qatomic_read(&OBJECT(test->backend)->ref) > 1) {
        aio_poll(qemu_get_aio_context(), false);
    }
    g_assert_cmpint(n_begun, ==, test->n - cancelled);
    g_assert_cmpmem(&g_array_index(actual, guint, 1),
                    (actual->len - 1) * sizeof(guint),
                    batches, n * sizeof(guint));
    for (size_t i = 0; i < test->n; i++) {
        cryptodev_computation_clear(&test->tasks[i].computation);
    }
    made_up_free(test->backend);
    qemu_event_destroy(&first_begun);
    qemu_event_destroy(&first_may_end);
    g_free(test);
}

/* Those of a kind go together, eight at most, wherever they wait. */
static void test_together(void)
{
    PoolTest *test = begin();

    submit_many(test, 3, 5);
    submit_many(test, 9, 6);
    submit_many(test, 2, 5);
    end(test, 0, (guint[]) { 5, 8, 1 }, 3);
}

/* Three of a kind are too few. */
static void test_too_few(void)
{
    PoolTest *test = begin();

    submit_many(test, 3, 5);
    submit_many(test, 4, 6);
    end(test, 0, (guint[]) { 1, 1, 1, 4 }, 4);
}

/* Those that are of no kind have nothing in common. */
static void test_no_kind(void)
{
    PoolTest *test = begin();

    /* They fail the checks, so the backend does not see them. */
    submit_many(test, 5, 0);
    submit_many(test, 4, 6);
    end(test, 0, (guint[]) { 4 }, 1);
}

/* A task that waits behind many others is not looked at. */
static void test_far_behind(void)
{
    PoolTest *test = begin();

    submit_many(test, 3, 5);
    submit_many(test, 80, 7);
    submit_many(test, 2, 5);
    end(test, 0, (guint[]) { 1, 1, 1, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 1, 1 },
        15);
}

/* A task that was cancelled is in no batch, and its wakeup serves others. */
static void test_cancel(void)
{
    PoolTest *test = begin();
    PoolTask *task;

    submit_many(test, 2, 6);
    task = submit(test, 6, done);
    submit_many(test, 2, 6);
    g_assert_true(virtio_crypto_pool_cancel(test->pool, &task->task));
    g_assert_false(virtio_crypto_pool_cancel(test->pool, &task->task));
    g_assert_false(virtio_crypto_pool_cancel(test->pool,
                                             &test->tasks[0].task));
    end(test, 1, (guint[]) { 4 }, 1);
}

void add_pool_tests(void)
{
    qemu_init_main_loop(&error_abort);
    g_test_add_func("/cryptodev/pool/together", test_together);
    g_test_add_func("/cryptodev/pool/too-few", test_too_few);
    g_test_add_func("/cryptodev/pool/no-kind", test_no_kind);
    g_test_add_func("/cryptodev/pool/far-behind", test_far_behind);
    g_test_add_func("/cryptodev/pool/cancel", test_cancel);
}
