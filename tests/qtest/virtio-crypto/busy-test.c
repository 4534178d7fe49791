/*
 * Tests of virtio-crypto: nothing waits for long operations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * While the pool runs long operations, and others wait for it, the device, its
 * queues and the machine are reset and stopped, and the device is unplugged.
 * The time limits are too short to wait for an operation.  A busy machine can
 * exceed them as well, but not each time, and so a test that was late is tried
 * again.  Operations that ran before a reset never write to the guest's memory,
 * and count towards the limit of operations until they end.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "qobject/qdict.h"
#include "standard-headers/linux/virtio_config.h"
#include "standard-headers/linux/virtio_pci.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-rfc.h"
#include "examples.h"
#include "long.h"
#include "options.h"
#include "plug.h"
#include "rfc-computation.h"
#include "slow-key.h"
#include "tasks.h"

#define RING_RESET  (1ull << VIRTIO_F_RING_RESET)

/* How long anything may take; idle, it takes milliseconds */
#define AT_ONCE_US  (LONG_US * 8 / 10)
#define PATIENCE_US (120 * G_USEC_PER_SEC)

/* How often a test may be late: one that waits for operations always is */
#define N_ATTEMPTS  5

/* Of each queue: one runs, the others wait */
#define N_LONG      3
#define N_RESETS    30
#define N_QUEUES    2

typedef struct BusyTest {
    QVirtioCryptoDriver *d;
    GPtrArray *examples;
    /* The memory of requests that the device does not know any more */
    GArray *forgotten;
    /* Whether something took longer than it may */
    bool late;
} BusyTest;

/* Guest memory, and its contents when the device forgot it */
typedef struct Memory {
    uint64_t addr;
    size_t len;
    uint8_t *bytes;
} Memory;

static void clear_memory(void *memory)
{
    g_free(((Memory *)memory)->bytes);
}

static void start(BusyTest *t, QVirtioDevice *vdev, QGuestAllocator *alloc,
                  uint64_t features)
{
    t->d = qvirtio_crypto_start(global_qtest, vdev, alloc,
                                features | LONG_FEATURES);
    t->examples = examples_new();
    t->forgotten = g_array_new(false, false, sizeof(Memory));
    g_array_set_clear_func(t->forgotten, clear_memory);
}

static void clear(BusyTest *t)
{
    g_ptr_array_unref(t->examples);
    g_array_unref(t->forgotten);
}

static void stop(BusyTest *t)
{
    qvirtio_crypto_stop(t->d);
    clear(t);
}

static void check_time_within(BusyTest *t, gint64 begin, const char *what,
                              gint64 bound_us)
{
    double seconds = (g_get_monotonic_time() - begin) / 1e6;

    g_test_message("%s took %.3f s", what, seconds);
    t->late |= seconds > bound_us / 1e6;
}

static void check_time(BusyTest *t, gint64 begin, const char *what)
{
    check_time_within(t, begin, what, AT_ONCE_US);
}

/* One runs when the queue has taken it, and a thread of the pool it. */
static void submit_long(BusyTest *t, uint32_t queue)
{
    const QVirtioCryptoShape shape = { };

    for (int i = 0; i < N_LONG; i++) {
        qvirtio_crypto_enqueue(t->d, queue, long_request(), &shape);
    }
    qvirtring_kick(t->d->rings[queue]);
}

/*
 * Gives the queue time to take requests, and the pool to begin, which a busy
 * machine may need
 */
static void await_running(BusyTest *t, unsigned int n)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;

    while (qvirtio_crypto_in_use(t->d, 0) < n) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    }
    g_usleep(G_USEC_PER_SEC / 10);
}

static void submit_all(BusyTest *t)
{
    for (uint32_t queue = 0; queue < t->d->n_data; queue++) {
        submit_long(t, queue);
    }
    await_running(t, 1);
}

/* Requests that stay where they are, lest their memory is used again */
static void forget(BusyTest *t, uint32_t queue)
{
    for (uint32_t id = 0; id < t->d->vqs[queue]->size; id++) {
        QVirtioCryptoRequest *req = t->d->pending[queue][id];
        Memory memory;

        if (req) {
            memory.addr = req->base;
            memory.len = req->image->len;
            memory.bytes = g_malloc(memory.len);
            qtest_bufread(t->d->qts, memory.addr, memory.bytes, memory.len);
            g_array_append_val(t->forgotten, memory);
            req->base = 0;
            qvirtio_crypto_request_free(req, t->d->alloc);
            t->d->pending[queue][id] = NULL;
        }
    }
}

static void forget_all(BusyTest *t)
{
    for (uint32_t queue = 0; queue < t->d->n_data; queue++) {
        forget(t, queue);
    }
}

static void check_forgotten(BusyTest *t)
{
    for (guint i = 0; i < t->forgotten->len; i++) {
        Memory *memory = &g_array_index(t->forgotten, Memory, i);
        g_autofree uint8_t *now = g_malloc(memory->len);

        qtest_bufread(t->d->qts, memory->addr, now, memory->len);
        g_assert_cmpmem(now, memory->len, memory->bytes, memory->len);
        guest_free(t->d->alloc, memory->addr);
    }
    g_array_set_size(t->forgotten, 0);
}

/* Sessions and symmetric requests work while operations run. */
static void check_works(BusyTest *t)
{
    const QVirtioCryptoShape shape = { };
    const Example *example = examples_find(t->examples, "aes-cbc-128");
    gint64 begin = g_get_monotonic_time();

    for (uint32_t queue = 0; queue < t->d->n_data; queue++) {
        QVirtioCryptoOp op = example->op;
        QVirtioCryptoRequest *req;

        op.session = qvirtio_crypto_create(t->d, &example->session);
        req = qvirtio_crypto_run(t->d, queue, &op, &shape);
        g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
        g_assert_cmpmem(req->written->data, req->written->len,
                        example->expected->data, example->expected->len);
        qvirtio_crypto_request_free(req, t->d->alloc);
    }
    check_time_within(t, begin, "a symmetric request on each queue",
                      MAX(t->d->n_data / 8, 1) * AT_ONCE_US);
}

static void run(BusyTest *t, QVirtioCryptoRequest *req)
{
    const QVirtioCryptoShape shape = { };

    qvirtio_crypto_submit(t->d, 0, req, &shape);
    qvirtio_crypto_wait(t->d, 0, req);
    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_request_free(req, t->d->alloc);
}

/* With one thread, another operation of the pool is done after those before. */
static void await_end(BusyTest *t)
{
    run(t, short_request());
    check_forgotten(t);
}

/* Another device's takes no longer than the same that was begun later. */
static void await_other_end(BusyTest *t)
{
    run(t, long_request());
    check_forgotten(t);
}

/* The driver keeps the requests that were in flight. */
static void reset(BusyTest *t)
{
    gint64 begin = g_get_monotonic_time();

    qvirtio_reset(t->d->vdev);
    check_time(t, begin, "a reset");
}

static void try_reset(BusyTest *t, void *obj, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    start(t, crypto->vdev, alloc, 0);
    submit_all(t);
    reset(t);
    forget_all(t);
    qvirtio_crypto_restart(t->d);
    check_works(t);
    await_end(t);
    stop(t);
}

static void write_common(BusyTest *t, uint32_t offset, uint16_t value)
{
    QVirtioPCIDevice *pci = container_of(t->d->vdev, QVirtioPCIDevice, vdev);

    qpci_io_writew(pci->pdev, pci->bar, pci->common_cfg_offset + offset,
                   value);
}

/* New rings for the first queue, which was reset; the old ones stay in use */
static void set_up_again(BusyTest *t)
{
    QVirtioCryptoDriver *d = t->d;
    QVirtQueue *old = d->vqs[0];

    qvirtring_free(d->rings[0]);
    d->vqs[0] = qvirtqueue_setup(d->vdev, d->alloc, old->index);
    d->rings[0] = qvirtring_new(&d->memory, d->vqs[0]);
    qvirtqueue_cleanup(d->vdev->bus, old, d->alloc);
}

static void try_queue_reset(BusyTest *t, void *obj, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    gint64 begin;

    start(t, &pci->pci_vdev.vdev, alloc, RING_RESET);
    submit_long(t, 0);
    await_running(t, 1);
    begin = g_get_monotonic_time();
    write_common(t, VIRTIO_PCI_COMMON_Q_SELECT, t->d->vqs[0]->index);
    write_common(t, VIRTIO_PCI_COMMON_Q_RESET, 1);
    check_time(t, begin, "a reset of a queue");
    forget(t, 0);
    set_up_again(t);
    check_works(t);
    await_end(t);
    stop(t);
}

static void try_system_reset(BusyTest *t, void *obj, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    gint64 begin;

    start(t, &pci->pci_vdev.vdev, alloc, 0);
    submit_all(t);
    begin = g_get_monotonic_time();
    qtest_system_reset(t->d->qts);
    check_time(t, begin, "a reset of the machine");
    forget_all(t);
    qvirtio_pci_device_enable(&pci->pci_vdev);
    qvirtio_crypto_restart(t->d);
    check_works(t);
    await_end(t);
    stop(t);
}

static void execute(BusyTest *t, const char *command)
{
    gint64 begin = g_get_monotonic_time();

    qtest_qmp_assert_success(t->d->qts, "{ 'execute': %s }", command);
    check_time(t, begin, command);
}

/* The pool keeps its operations during a stop: the answers come afterwards. */
static void try_stop(BusyTest *t, void *obj, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    start(t, crypto->vdev, alloc, 0);
    submit_all(t);
    for (int i = 0; i < 3; i++) {
        execute(t, "stop");
        execute(t, "cont");
    }
    check_works(t);
    stop(t);
}

/* What the checks refuse does not wait for the pool. */
static void try_refuse(BusyTest *t, void *obj, QGuestAllocator *alloc)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoRequest *req;
    gint64 begin;

    start(t, crypto->vdev, alloc, 0);
    submit_all(t);
    /* Without exponent and modulus */
    req = computation_request(ALG(LN, EXPONENTIATE), 0, 6, LIST("04"));
    begin = g_get_monotonic_time();
    qvirtio_crypto_submit(t->d, 0, req, &shape);
    qvirtio_crypto_wait(t->d, 0, req);
    check_time(t, begin, "a computation that is refused");
    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_ERR);
    qvirtio_crypto_request_free(req, t->d->alloc);
    reset(t);
    forget_all(t);
    qvirtio_crypto_restart(t->d);
    await_end(t);
    stop(t);
}

/* Returns how often the thread has run, in its clock ticks, for a while */
static int64_t measure_ticks(BusyTest *t, const char *task)
{
    int64_t before = task_ticks(t->d->qts, task);

    g_assert_cmpint(before, >=, 0);
    g_usleep(LONG_US / 2);
    return task_ticks(t->d->qts, task) - before;
}

/* A queue that waits for the pool, with requests in its ring, rests. */
static void try_rest(BusyTest *t, void *obj, QGuestAllocator *alloc)
{
    int64_t half = sysconf(_SC_CLK_TCK) * LONG_US / 2 / G_USEC_PER_SEC;
    QVirtioCrypto *crypto = obj;
    int64_t ticks;

    start(t, crypto->vdev, alloc, 0);
    submit_all(t);
    execute(t, "stop");
    execute(t, "cont");
    ticks = measure_ticks(t, "IO c0-queue0");
    g_test_message("the queue's thread has run for %" PRId64 " of %" PRId64
                   " ticks", ticks, half);
    g_assert_cmpint(ticks, <=, half / 20);
    stop(t);
}

static uint64_t memory_kib(BusyTest *t)
{
    g_autofree char *path =
        g_strdup_printf("/proc/%d/status", (int)qtest_pid(t->d->qts));
    g_autofree char *text = NULL;
    const char *line;

    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    line = strstr(text, "VmRSS:");
    g_assert_nonnull(line);
    return g_ascii_strtoull(line + strlen("VmRSS:"), NULL, 10);
}

/*
 * As many as the queue may have in the pool.  Each has 20 KiB of operands, so
 * that a fourth of them shows if they are kept.
 */
#define N_WAITING       32
#define GROWTH_KIB_MAX  (N_RESETS * N_WAITING * 20 / 4)

static void submit_many(BusyTest *t)
{
    const QVirtioCryptoShape shape = { };

    for (int i = 0; i < N_WAITING; i++) {
        qvirtio_crypto_enqueue(t->d, 0, long_request(), &shape);
    }
    qvirtring_kick(t->d->rings[0]);
}

/* Submit and reset, again and again: nothing piles up. */
static void try_resets(BusyTest *t, void *obj, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    uint64_t before = 0;

    start(t, crypto->vdev, alloc, 0);
    for (int i = 0; i < N_RESETS; i++) {
        submit_many(t);
        await_running(t, 1);
        reset(t);
        qvirtio_crypto_restart(t->d);
        before = before ?: memory_kib(t);
    }
    g_test_message("QEMU has grown by %" PRId64 " KiB",
                   (int64_t)(memory_kib(t) - before));
    g_assert_cmpint((int64_t)(memory_kib(t) - before), <, GROWTH_KIB_MAX);
    check_works(t);
    stop(t);
}

/* Operations that a reset could not cancel count until they end. */
static void try_bound(BusyTest *t, void *obj, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    start(t, crypto->vdev, alloc, 0);
    submit_all(t);
    await_running(t, 2);
    g_assert_cmpint(qvirtio_crypto_in_use(t->d, 0), ==, 2);
    reset(t);
    qvirtio_crypto_restart(t->d);
    submit_long(t, 0);
    /* Two run already. */
    g_usleep(LONG_US / 10);
    g_assert_cmpint(qvirtio_crypto_in_use(t->d, 0), ==, 0);
    qvirtio_crypto_restart(t->d);
    await_end(t);
    stop(t);
}

static void plug(BusyTest *t, QPCIBusPC *pc, QVirtioPCIDevice **pci,
                 QGuestAllocator *alloc)
{
    *pci = crypto_plug(pc, "rfc-v1", true);
    start(t, &(*pci)->vdev, alloc, 0);
}

/* The memory stays in use: the device may still be about to write to it. */
static void unplug(BusyTest *t, QVirtioPCIDevice *pci)
{
    gint64 begin = g_get_monotonic_time();

    crypto_unplug(t->d->qts);
    check_time(t, begin, "unplugging");
    forget_all(t);
    qvirtio_crypto_abandon(t->d);
    g_ptr_array_unref(t->examples);
    crypto_plug_free(pci);
}

/*
 * Plug a device on the backend of an unplugged one, some of whose operations
 * still run; then plug another one on a backend of its own.
 */
static void try_unplug(BusyTest *t, void *obj, QGuestAllocator *alloc)
{
    QPCIBusPC *pc = obj;
    GArray *memory;
    QVirtioPCIDevice *pci;

    crypto_add_backend(pc->bus.qts, N_QUEUES, 0);
    for (int i = 0; i < 3; i++) {
        plug(t, pc, &pci, alloc);
        submit_all(t);
        unplug(t, pci);
        memory = t->forgotten;
        if (i) {
            crypto_delete_backend(pc->bus.qts);
            crypto_add_backend(pc->bus.qts, N_QUEUES, 0);
        }
        plug(t, pc, &pci, alloc);
        check_works(t);
        g_array_unref(t->forgotten);
        t->forgotten = memory;
        await_other_end(t);
        unplug(t, pci);
        g_array_unref(t->forgotten);
    }
    crypto_delete_backend(pc->bus.qts);
}

/* In the standard's protocol, each queue has room for one operation. */
#define N_MANY 64

static QVirtioCryptoOp decryption(QVirtioCryptoDriver *d, const SlowKey *key)
{
    QVirtioCryptoSession session =
        qvirtio_crypto_rsa(true, VIRTIO_CRYPTO_RSA_RAW_PADDING, 0,
                           key->der->data, key->der->len);

    return qvirtio_crypto_akcipher_op(VIRTIO_CRYPTO_AKCIPHER_DECRYPT,
                                      qvirtio_crypto_create(d, &session),
                                      key->cipher->data, key->cipher->len,
                                      key->plain->len);
}

static void submit_decryptions(QVirtioCryptoDriver *d, const SlowKey *key)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoOp op = decryption(d, key);

    for (uint32_t queue = 0; queue < d->n_data; queue++) {
        qvirtio_crypto_submit(d, queue, qvirtio_crypto_op_request(d, &op),
                              &shape);
    }
}

/* The reset of one queue must not give the pool time for the next one's. */
static void try_many_queues(BusyTest *t, void *obj, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    SlowKey *key = slow_key_new();
    gint64 begin;

    t->d = qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, 0);
    t->examples = examples_new();
    t->forgotten = g_array_new(false, false, sizeof(Memory));
    g_assert_cmpint(t->d->n_data, ==, N_MANY);
    submit_decryptions(t->d, key);
    await_running(t, 1);
    begin = g_get_monotonic_time();
    qvirtio_reset(t->d->vdev);
    check_time(t, begin, "a reset of 64 queues");
    qvirtio_crypto_restart(t->d);
    check_works(t);
    stop(t);
    slow_key_free(key);
}

static void plug_mac(BusyTest *t, QPCIBusPC *pc, QVirtioPCIDevice **pci,
                     QGuestAllocator *alloc, bool mac)
{
    *pci = crypto_plug_mac(pc, mac);
    t->d = qvirtio_crypto_start(pc->bus.qts, &(*pci)->vdev, alloc, 0);
    t->examples = examples_new();
    t->forgotten = g_array_new(false, false, sizeof(Memory));
    g_array_set_clear_func(t->forgotten, clear_memory);
}

/*
 * The driver that made a session destroys it, even if its device is gone and
 * the next device uses other services of the backend.
 */
static void try_unplug_switched(BusyTest *t, void *obj, QGuestAllocator *alloc)
{
    QPCIBusPC *pc = obj;
    SlowKey *key = slow_key_new();
    QVirtioPCIDevice *pci;
    QVirtioCryptoOp op;

    crypto_add_backend(pc->bus.qts, N_QUEUES, 0);
    plug_mac(t, pc, &pci, alloc, false);
    submit_decryptions(t->d, key);
    await_running(t, 1);
    unplug(t, pci);
    g_array_unref(t->forgotten);
    /* A new operation takes as long as those of the other device still do. */
    plug_mac(t, pc, &pci, alloc, true);
    op = decryption(t->d, key);
    for (uint32_t i = 0; i < N_QUEUES; i++) {
        run(t, qvirtio_crypto_op_request(t->d, &op));
    }
    unplug(t, pci);
    g_array_unref(t->forgotten);
    crypto_delete_backend(pc->bus.qts);
    slow_key_free(key);
}

/* A test, with the options of its device */
typedef struct BusyCase {
    const char *name;
    const char *interface;
    void (*attempt)(BusyTest *t, void *obj, QGuestAllocator *alloc);
    CryptoOptions options;
} BusyCase;

#define ANY         "virtio-crypto-rfc"
#define PCI         "virtio-crypto-rfc-pci"
#define PLUGGED     "pci-bus-pc"
#define ONE_THREAD  { .backend = "queues=2", .device = "pool-threads=1" }
#define ONE_OPERATION \
    { .device = "max-pool-operations=1", .more = NAME_TASKS }
#define TWO_OPERATIONS \
    { .device = "max-pool-operations=2", \
      .more = " -global virtio-crypto-device.pool-threads=2" }
#define MANY_QUEUES \
    { .backend = "queues=" stringify(N_MANY), .device = "pool-threads=1" }

static const BusyCase cases[] = {
    { "rfc-busy/reset", ANY, try_reset, ONE_THREAD },
    { "rfc-busy/queue-reset", PCI, try_queue_reset, ONE_THREAD },
    { "rfc-busy/system-reset", PCI, try_system_reset, ONE_THREAD },
    { "rfc-busy/stop", ANY, try_stop, ONE_THREAD },
    { "rfc-busy/refuse", ANY, try_refuse, ONE_THREAD },
    { "rfc-busy/rest", ANY, try_rest, ONE_OPERATION },
    { "rfc-busy/resets", ANY, try_resets, ONE_THREAD },
    { "rfc-busy/bound", ANY, try_bound, TWO_OPERATIONS },
    { "rfc-busy/unplug", PLUGGED, try_unplug, { .device = "pool-threads=1" } },
    { "busy/unplug", PLUGGED, try_unplug_switched, { } },
    { "busy/many-queues", "virtio-crypto", try_many_queues, MANY_QUEUES },
};

static void test(void *obj, void *options, QGuestAllocator *alloc)
{
    const BusyCase *c = container_of(options, BusyCase, options);
    int attempts = 0;
    BusyTest t;

    do {
        g_assert_cmpint(attempts++, <, N_ATTEMPTS);
        t = (BusyTest) { };
        c->attempt(&t, obj, alloc);
    } while (t.late);
}

static void register_tests(void)
{
    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        add_crypto_test(cases[i].name, cases[i].interface, test,
                        &cases[i].options);
    }
}

libqos_init(register_tests);
