/*
 * The virtio crypto device: threads for operations that take long
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <sys/resource.h>
#include "block/aio.h"
#include "block/thread-pool.h"
#include "qemu/lockable.h"
#include "qemu/main-loop.h"
#include "pool.h"

/* How much nicer than QEMU's other threads those of the pool are */
#define POOL_NICE 10

/* How many of the tasks that wait are looked at for those of a kind */
#define LOOK_AHEAD 64

/*
 * The fewest tasks that a thread takes together: libraries compute eight RSA
 * operations in the time of two or three
 */
#define TOGETHER_MIN 4

/**
 * VirtIOCryptoPool:
 * @backend: what the tasks run on
 * @begun: told of each task that a thread takes up
 * @threads: run run_next(), once for each of @wakeups
 * @n_threads: how many threads there are at most
 * @lock: for what is below
 * @waiting: the tasks that no thread has taken up; their @backend_data is the
 *           pool, and that of all others NULL
 * @n_waiting: how many these are
 * @n_running: how many threads run tasks
 * @wakeups: how many calls of run_next() are still to come.  Tasks that were
 *           cancelled, or went together with another one, leave theirs behind
 *           for the next ones.
 * @closed: whether the pool goes away with the last task that runs
 */
struct VirtIOCryptoPool {
    CryptoDevBackend *backend;
    void (*begun)(CryptoDevTask *task);
    ThreadPool *threads;
    size_t n_threads;
    QemuMutex lock;
    QTAILQ_HEAD(, CryptoDevTask) waiting;
    size_t n_waiting;
    size_t n_running;
    size_t wakeups;
    bool closed;
};

VirtIOCryptoPool *virtio_crypto_pool_new(CryptoDevBackend *backend,
                                         int threads,
                                         void (*begun)(CryptoDevTask *task))
{
    VirtIOCryptoPool *pool = g_new0(VirtIOCryptoPool, 1);

    pool->backend = backend;
    object_ref(OBJECT(backend));
    pool->begun = begun;
    pool->threads = thread_pool_new();
    pool->n_threads = threads;
    thread_pool_set_max_threads(pool->threads, threads);
    qemu_mutex_init(&pool->lock);
    QTAILQ_INIT(&pool->waiting);
    return pool;
}

static void free_pool(void *opaque)
{
    VirtIOCryptoPool *pool = opaque;

    thread_pool_free(pool->threads);
    qemu_mutex_destroy(&pool->lock);
    object_unref(OBJECT(pool->backend));
    g_free(pool);
}

void virtio_crypto_pool_close(VirtIOCryptoPool *pool)
{
    bool idle;

    WITH_QEMU_LOCK_GUARD(&pool->lock) {
        pool->closed = true;
        idle = !pool->n_running;
    }
    if (idle) {
        free_pool(pool);
    }
}

/* Long operations must not delay quick requests. */
static void lower_priority(void)
{
#ifdef CONFIG_LINUX
    static __thread bool lowered;

    /* On Linux this affects only the calling thread. */
    if (!lowered) {
        setpriority(PRIO_PROCESS, 0,
                    getpriority(PRIO_PROCESS, 0) + POOL_NICE);
        lowered = true;
    }
#endif
}

/* The caller holds the lock. */
static void remove_waiting(VirtIOCryptoPool *pool, CryptoDevTask *task)
{
    QTAILQ_REMOVE(&pool->waiting, task, link);
    task->backend_data = NULL;
    pool->n_waiting--;
}

/*
 * Find the task that has waited longest, and all that had better run together
 * with it.  The caller holds the lock.
 */
static size_t find_tasks(const VirtIOCryptoPool *pool,
                         CryptoDevTask *tasks[LOOK_AHEAD])
{
    CryptoDevTask *task = QTAILQ_FIRST(&pool->waiting);
    size_t n = 0;

    for (int i = 0; task && i < LOOK_AHEAD; i++) {
        if (!n || task->kind == tasks[0]->kind) {
            tasks[n++] = task;
        }
        if (!tasks[0]->kind) {
            break;
        }
        task = QTAILQ_NEXT(task, link);
    }
    return n;
}

/*
 * How many of @n tasks of a kind to take.  Threads that are idle get their
 * share: apart, a few tasks end sooner.  Nobody waits for more tasks.  The
 * caller holds the lock.
 */
static size_t choose_share(const VirtIOCryptoPool *pool, size_t n)
{
    size_t share = DIV_ROUND_UP(n, pool->n_threads - pool->n_running);

    return share < TOGETHER_MIN ? MIN(n, 1)
                                : MIN(share, CRYPTODEV_TOGETHER_MAX);
}

static size_t take_tasks(VirtIOCryptoPool *pool,
                         CryptoDevTask *tasks[LOOK_AHEAD])
{
    size_t n;

    QEMU_LOCK_GUARD(&pool->lock);
    pool->wakeups--;
    n = choose_share(pool, find_tasks(pool, tasks));
    for (size_t i = 0; i < n; i++) {
        remove_waiting(pool, tasks[i]);
        pool->begun(tasks[i]);
    }
    pool->n_running += n > 0;
    return n;
}

static void run_tasks(VirtIOCryptoPool *pool, CryptoDevTask **tasks, size_t n)
{
    cryptodev_backend_run_tasks(pool->backend, tasks, n);
    for (size_t i = 0; i < n; i++) {
        tasks[i]->done(tasks[i]);
    }
}

/* Closing the pool does not wait for running tasks. */
static void end_tasks(VirtIOCryptoPool *pool)
{
    bool last;

    WITH_QEMU_LOCK_GUARD(&pool->lock) {
        pool->n_running--;
        last = pool->closed && !pool->n_running;
    }
    if (last) {
        aio_bh_schedule_oneshot(qemu_get_aio_context(), free_pool, pool);
    }
}

static int run_next(void *opaque)
{
    VirtIOCryptoPool *pool = opaque;
    CryptoDevTask *tasks[LOOK_AHEAD];
    size_t n = take_tasks(pool, tasks);

    lower_priority();
    if (n) {
        run_tasks(pool, tasks, n);
        end_tasks(pool);
    }
    return 0;
}

/* Returns whether another thread must be told of it. */
static bool add_waiting(VirtIOCryptoPool *pool, CryptoDevTask *task)
{
    QEMU_LOCK_GUARD(&pool->lock);
    QTAILQ_INSERT_TAIL(&pool->waiting, task, link);
    task->backend_data = pool;
    pool->n_waiting++;
    if (pool->wakeups >= pool->n_waiting) {
        return false;
    }
    pool->wakeups++;
    return true;
}

void virtio_crypto_pool_submit(VirtIOCryptoPool *pool, CryptoDevTask *task)
{
    task->kind = cryptodev_backend_kind(pool->backend, task);
    if (add_waiting(pool, task)) {
        thread_pool_submit(pool->threads, run_next, pool, NULL);
    }
}

bool virtio_crypto_pool_cancel(VirtIOCryptoPool *pool, CryptoDevTask *task)
{
    QEMU_LOCK_GUARD(&pool->lock);
    if (!task->backend_data) {
        return false;
    }
    remove_waiting(pool, task);
    return true;
}
