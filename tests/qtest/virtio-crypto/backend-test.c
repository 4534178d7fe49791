/*
 * Tests of virtio-crypto: operations that a backend completes later
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "qobject/qdict.h"
#include "standard-headers/linux/virtio_config.h"
#include "standard-headers/linux/virtio_pci.h"
#include "libqos/virtio-crypto.h"
#include "examples.h"
#include "held-requests.h"
#include "options.h"
#include "plug.h"
#include "tasks.h"
#include "test-backend.h"

#define STATELESS   (1ull << QVIRTIO_CRYPTO_F_REVISION_1 | \
                     1ull << QVIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE)
#define RING_RESET  (1ull << VIRTIO_F_RING_RESET)
#define IN_ORDER    (1ull << VIRTIO_F_IN_ORDER)
#define INDIRECT    (1ull << VIRTIO_RING_F_INDIRECT_DESC)
#define IOMMU       (1ull << VIRTIO_F_IOMMU_PLATFORM)
#define PATIENCE_US (60 * G_USEC_PER_SEC)

/* Gives the device time for something that it must not do */
#define STANDSTILL_US (G_USEC_PER_SEC / 5)

/* How far the backend is with the tasks that it has */
typedef enum Progress {
    WAITING,
    RUNNING,
    DONE,
} Progress;

static HeldRequests *start_any(void *obj, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    HeldRequests *h = held_requests_new(crypto->vdev, alloc, 0, "c0");

    held_requests_create_sessions(h);
    return h;
}

/* Runs all examples that the protocol has; returns how many */
static unsigned int run_examples(QVirtioCryptoDriver *d)
{
    const QVirtioCryptoShape shape = { };
    g_autoptr(GPtrArray) examples = examples_new();
    unsigned int n = 0;

    for (guint i = 0; i < examples->len; i++) {
        const Example *example = g_ptr_array_index(examples, i);
        QVirtioCryptoOp op = example->op;
        QVirtioCryptoRequest *req;

        if (!example_fits(example, d)) {
            continue;
        }
        op.session = qvirtio_crypto_create(d, &example->session);
        req = qvirtio_crypto_run(d, 0, &op, &shape);
        g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
        g_assert_cmpmem(req->written->data, req->written->len,
                        example->expected->data, example->expected->len);
        qvirtio_crypto_request_free(req, d->alloc);
        qvirtio_crypto_destroy(d, &example->session, op.session);
        n++;
    }
    return n;
}

/* Every service, by every way that the contract has */
static void test_modes(void *obj, void *data, QGuestAllocator *alloc)
{
    HeldRequests *h = start_any(obj, alloc);
    unsigned int n;

    test_backend_set_mode(h->d->qts, "c0", "run");
    n = run_examples(h->d);
    g_assert_cmpint(held_requests_counter(h, "run"), ==, n);
    g_assert_cmpint(held_requests_counter(h, "submitted"), ==, 0);

    test_backend_set_mode(h->d->qts, "c0", "submit");
    run_examples(h->d);
    g_assert_cmpint(held_requests_counter(h, "submitted"), ==, n);
    held_requests_submit(h);
    held_requests_wait(h);

    test_backend_set_mode(h->d->qts, "c0", "thread");
    run_examples(h->d);
    held_requests_submit(h);
    held_requests_wait(h);
    n += N_HELD;
    held_requests_await(h, "done", 2 * n);
    g_assert_cmpint(held_requests_counter(h, "submitted"), ==, 2 * n);
    g_assert_cmpint(held_requests_counter(h, "run"), ==, n - N_HELD);
    held_requests_destroy_sessions(h);
    held_requests_await(h, "sessions", 0);
    held_requests_free(h);
}

/* Answers come in the order in which tasks end */
static void test_order(void *obj, void *data, QGuestAllocator *alloc)
{
    HeldRequests *h = start_any(obj, alloc);

    held_requests_submit(h);
    g_assert_cmpint(held_requests_count(h), ==, N_HELD);
    held_requests_release(h, -1);
    held_requests_check(h, N_HELD - 1);
    held_requests_release(h, 1);
    held_requests_check(h, 0);
    g_assert_cmpint(held_requests_count(h), ==, N_HELD - 2);
    held_requests_release(h, N_HELD - 2);
    held_requests_wait(h);
    held_requests_free(h);
}

/* With IN_ORDER, they come in the order of the requests */
static void test_in_order(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    HeldRequests *h = held_requests_new(&pci->pci_vdev.vdev, alloc,
                                        IN_ORDER | INDIRECT, "c0");

    held_requests_create_sessions(h);
    for (int i = 0; i < 3; i++) {
        held_requests_submit(h);
        held_requests_release(h, 1 - N_HELD);
        held_requests_await(h, "done", (i + 1) * N_HELD - 1);
        g_assert_cmpint(held_requests_count(h), ==, N_HELD);
        held_requests_release(h, 1);
        held_requests_wait(h);
    }
    held_requests_free(h);
}

static void pass(HeldRequests *h, const char *command)
{
    qtest_qmp_assert_success(h->d->qts, "{ 'execute': %s }", command);
}

/* Have the backend get on with tasks that it has; if DONE, time stops. */
static void proceed(HeldRequests *h, Progress progress)
{
    unsigned int done = held_requests_counter(h, "done");

    test_backend_set_cancels(h->d->qts, h->backend, progress == WAITING);
    if (progress == DONE) {
        pass(h, "stop");
        held_requests_release(h, N_HELD);
        held_requests_await(h, "done", done + N_HELD);
    }
}

/* A way to lose the requests of the first queue */
typedef struct Loss {
    void (*reset)(HeldRequests *h, QVirtioDevice *vdev);
    bool sessions;
} Loss;

/* Requests that are lost make way for new ones, and get no answers. */
static void check_loss(QVirtioDevice *vdev, QGuestAllocator *alloc,
                       uint64_t features, const Loss *loss, Progress progress)
{
    HeldRequests *h = held_requests_new(vdev, alloc, features, "c0");

    held_requests_create_sessions(h);
    held_requests_submit(h);
    proceed(h, progress);
    held_requests_lose(h);
    loss->reset(h, vdev);
    if (progress == DONE) {
        pass(h, "cont");
    }
    g_assert_cmpint(held_requests_counter(h, "cancelled"), ==,
                    progress == WAITING ? N_HELD : 0);
    if (loss->sessions) {
        held_requests_create_sessions(h);
    }
    held_requests_submit(h);
    g_assert_cmpint(held_requests_count(h), ==, N_HELD);
    held_requests_release(h, -N_HELD);
    held_requests_wait(h);
    if (progress == RUNNING) {
        /* Those of lost requests run on, but to no end. */
        held_requests_release(h, N_HELD);
    }
    held_requests_await(h, "sessions", h->n_sessions);
    g_assert_false(qvirtio_crypto_poll(h->d, 0));
    held_requests_check_lost(h);
    held_requests_free(h);
}

static void check_losses(QVirtioDevice *vdev, QGuestAllocator *alloc,
                         uint64_t features, const Loss *loss)
{
    check_loss(vdev, alloc, features, loss, WAITING);
    check_loss(vdev, alloc, features, loss, RUNNING);
    check_loss(vdev, alloc, features, loss, DONE);
}

static void restart(HeldRequests *h, QVirtioDevice *vdev)
{
    qvirtio_crypto_restart(h->d);
}

static const Loss by_reset = { restart, true };

static void test_reset(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    check_losses(crypto->vdev, alloc, 0, &by_reset);
}

/* The main loop serves the queue, which a task may complete at once */
static void test_main_loop(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    HeldRequests *h;

    check_losses(&pci->pci_vdev.vdev, alloc, IOMMU, &by_reset);
    h = held_requests_new(&pci->pci_vdev.vdev, alloc, IOMMU, "c0");
    held_requests_create_sessions(h);
    test_backend_set_mode(h->d->qts, "c0", "submit");
    held_requests_submit(h);
    held_requests_wait(h);
    test_backend_set_mode(h->d->qts, "c0", "thread");
    held_requests_submit(h);
    held_requests_wait(h);
    held_requests_free(h);
}

static void write_common(QVirtioPCIDevice *pci, uint32_t offset,
                         uint16_t value)
{
    qpci_io_writew(pci->pdev, pci->bar, pci->common_cfg_offset + offset,
                   value);
}

/* Gives the first queue new rings */
static void reset_queue(HeldRequests *h, QVirtioDevice *vdev)
{
    QVirtioPCIDevice *pci = container_of(vdev, QVirtioPCIDevice, vdev);
    QVirtioCryptoDriver *d = h->d;
    QVirtQueue *old = d->vqs[0];

    write_common(pci, VIRTIO_PCI_COMMON_Q_SELECT, 0);
    write_common(pci, VIRTIO_PCI_COMMON_Q_RESET, 1);
    qvirtring_free(d->rings[0]);
    d->vqs[0] = qvirtqueue_setup(vdev, d->alloc, 0);
    d->rings[0] = qvirtring_new(&d->memory, d->vqs[0]);
    qvirtqueue_cleanup(vdev->bus, old, d->alloc);
}

static const Loss by_queue_reset = { reset_queue, false };

static void test_queue_reset(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;

    check_losses(&pci->pci_vdev.vdev, alloc, RING_RESET, &by_queue_reset);
    check_losses(&pci->pci_vdev.vdev, alloc, RING_RESET | IN_ORDER | INDIRECT,
                 &by_queue_reset);
}

static const CryptoOptions few_in_hand = {
    .backend = "mode=hold", .test_backend = true,
    .device = "max-pool-operations=" stringify(N_HELD),
};

/* Tasks that run for no request any more count among those in flight */
static void test_limit(void *obj, void *data, QGuestAllocator *alloc)
{
    HeldRequests *h = start_any(obj, alloc);

    held_requests_submit(h);
    test_backend_set_cancels(h->d->qts, "c0", false);
    held_requests_lose(h);
    qvirtio_crypto_restart(h->d);
    held_requests_create_sessions(h);
    held_requests_enqueue(h);
    g_usleep(STANDSTILL_US);
    g_assert_cmpint(held_requests_counter(h, "submitted"), ==, N_HELD);
    held_requests_release(h, 1);
    held_requests_await(h, "submitted", N_HELD + 1);
    held_requests_release(h, N_HELD - 1);
    held_requests_await(h, "submitted", 2 * N_HELD);
    held_requests_release(h, N_HELD);
    held_requests_wait(h);
    held_requests_check_lost(h);
    held_requests_free(h);
}

/* What ends while the machine stands still is answered when it runs */
static void test_stop_cont(void *obj, void *data, QGuestAllocator *alloc)
{
    HeldRequests *h = start_any(obj, alloc);

    for (int i = 0; i < 3; i++) {
        held_requests_submit(h);
        proceed(h, DONE);
        g_usleep(STANDSTILL_US);
        g_assert_cmpint(held_requests_count(h), ==, N_HELD);
        pass(h, "cont");
        held_requests_wait(h);
    }
    held_requests_free(h);
}

/* A session that was destroyed is there until its operations have ended */
static void test_destroy(void *obj, void *data, QGuestAllocator *alloc)
{
    HeldRequests *h = start_any(obj, alloc);

    held_requests_submit(h);
    held_requests_destroy_sessions(h);
    g_assert_cmpint(held_requests_counter(h, "sessions"), ==, h->n_sessions);
    held_requests_release(h, -N_HELD);
    held_requests_wait(h);
    held_requests_await(h, "sessions", 0);
    held_requests_free(h);
}

/* The session that a request brings with it ends with it, or with its task. */
static void test_stateless(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    const QVirtioCryptoShape shape = { };
    HeldRequests *h = held_requests_new(crypto->vdev, alloc, STATELESS, "c0");
    const Example *example = examples_find(h->examples, "aes-cbc-128");
    QVirtioCryptoOp op = example->op;

    op.stateless = &example->session;
    for (Progress progress = WAITING; progress <= DONE; progress++) {
        QVirtioCryptoRequest *req = qvirtio_crypto_op_request(h->d, &op);

        test_backend_set_cancels(h->d->qts, "c0", progress == WAITING);
        qvirtio_crypto_submit(h->d, 0, req, &shape);
        held_requests_await(h, "submitted", progress + 1);
        g_assert_cmpint(held_requests_counter(h, "sessions"), ==, 1);
        if (progress == DONE) {
            held_requests_release(h, 1);
            qvirtio_crypto_wait(h->d, 0, req);
            g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
            qvirtio_crypto_request_free(req, alloc);
        } else {
            /* The driver frees the request. */
            qvirtio_crypto_restart(h->d);
            g_assert_cmpint(held_requests_counter(h, "sessions"), ==, progress);
            held_requests_release(h, progress);
        }
        held_requests_await(h, "sessions", 0);
    }
    held_requests_free(h);
}

static const CryptoOptions four_queues = {
    .backend = "queues=4", .test_backend = true,
};

/* Each queue has a state of its own */
static void test_states(void *obj, void *data, QGuestAllocator *alloc)
{
    const QVirtioCryptoShape shape = { };
    HeldRequests *h = start_any(obj, alloc);
    const Example *example = examples_find(h->examples, "aes-cbc-128");
    QVirtioCryptoOp op = example->op;
    QVirtioCryptoRequest *reqs[4];

    test_backend_set_mode(h->d->qts, "c0", "run");
    op.session = h->sessions[0];
    g_assert_cmpint(held_requests_counter(h, "states"), ==, ARRAY_SIZE(reqs));
    for (uint32_t i = 0; i < ARRAY_SIZE(reqs); i++) {
        reqs[i] = qvirtio_crypto_op_request(h->d, &op);
        qvirtio_crypto_submit(h->d, i, reqs[i], &shape);
    }
    for (uint32_t i = 0; i < ARRAY_SIZE(reqs); i++) {
        qvirtio_crypto_wait(h->d, i, reqs[i]);
        g_assert_cmpint(reqs[i]->status, ==, VIRTIO_CRYPTO_OK);
        qvirtio_crypto_request_free(reqs[i], alloc);
    }
    g_assert_cmpint(held_requests_counter(h, "run"), ==, ARRAY_SIZE(reqs));
    g_assert_cmpint(held_requests_counter(h, "states"), ==, ARRAY_SIZE(reqs));
    held_requests_free(h);
}

static void await_no_thread(QTestState *qts)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;

    while (count_tasks(qts, "cryptodev-test")) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    }
}

static void add_backend(QTestState *qts)
{
    qtest_qmp_assert_success(qts,
        "{ 'execute': 'object-add', 'arguments': {"
        "  'qom-type': %s, 'id': 'c1', 'queues': 2, 'mode': 'hold' } }",
        TEST_BACKEND);
}

static void check_error(QDict *answer, const char *expected)
{
    QDict *error = qdict_get_qdict(answer, "error");

    g_assert_nonnull(error);
    g_assert_cmpstr(qdict_get_str(error, "desc"), ==, expected);
    qobject_unref(answer);
}

/*
 * An unplugged device takes its requests, states and sessions with it.  Until
 * then its backend stays.  Its thread ends with the object, which checks that
 * nothing is left behind.
 */
static void check_unplug(QPCIBusPC *pc, QGuestAllocator *alloc,
                         const char *protocol, Progress progress)
{
    QTestState *qts = pc->bus.qts;
    QVirtioPCIDevice *pci;
    HeldRequests *h;

    add_backend(qts);
    pci = crypto_plug(pc, protocol, true);
    h = held_requests_new(&pci->vdev, alloc, 0, "c1");
    held_requests_create_sessions(h);
    held_requests_submit(h);
    proceed(h, progress);
    check_error(qtest_qmp(qts, "{ 'execute': 'object-del',"
                               "  'arguments': { 'id': 'c1' } }"),
                "object 'c1' is in use, can not be deleted");
    crypto_unplug(qts);
    if (progress != RUNNING) {
        test_backend_await(qts, "c1", "states", 0);
        test_backend_await(qts, "c1", "sessions", 0);
    }
    /* This releases the tasks that are held still. */
    crypto_delete_backend(qts);
    await_no_thread(qts);
    if (progress == DONE) {
        pass(h, "cont");
    }
    held_requests_abandon(h);
    crypto_plug_free(pci);
}

static void test_unplug(void *obj, void *data, QGuestAllocator *alloc)
{
    for (Progress progress = WAITING; progress <= DONE; progress++) {
        check_unplug(obj, alloc, "virtio", progress);
        check_unplug(obj, alloc, "rfc-v1", progress);
    }
}

/* Another device can have the backend while tasks of the first one run */
static void test_plug_again(void *obj, void *data, QGuestAllocator *alloc)
{
    QPCIBusPC *pc = obj;
    QTestState *qts = pc->bus.qts;
    QVirtioPCIDevice *pci[2];
    HeldRequests *h[2];

    add_backend(qts);
    for (int i = 0; i < 2; i++) {
        pci[i] = crypto_plug(pc, i ? "rfc-v1" : "virtio", true);
        h[i] = held_requests_new(&pci[i]->vdev, alloc, 0, "c1");
        held_requests_create_sessions(h[i]);
        held_requests_submit(h[i]);
        if (i == 0) {
            proceed(h[i], RUNNING);
            crypto_unplug(qts);
        }
    }
    held_requests_release(h[1], -N_HELD);
    held_requests_wait(h[1]);
    held_requests_release(h[1], N_HELD);
    test_backend_await(qts, "c1", "done", 2 * N_HELD);
    test_backend_await(qts, "c1", "sessions", h[1]->n_sessions);
    test_backend_await(qts, "c1", "states", 2);
    crypto_unplug(qts);
    crypto_delete_backend(qts);
    await_no_thread(qts);
    for (int i = 0; i < 2; i++) {
        held_requests_abandon(h[i]);
        crypto_plug_free(pci[i]);
    }
}

/* A backend that cannot be created says why, and is not there */
static void test_init(void *obj, void *data, QGuestAllocator *alloc)
{
    QTestState *qts = global_qtest;

    for (int i = 0; i < 2; i++) {
        check_error(qtest_qmp(qts,
            "{ 'execute': 'object-add', 'arguments': {"
            "  'qom-type': %s, 'id': 'c1', 'init-error': 'made up' } }",
            TEST_BACKEND), "made up");
    }
    add_backend(qts);
    crypto_delete_backend(qts);
}

#define NAME_THREADS " -name debug-threads=on"

static const CryptoOptions holding = {
    .backend = "mode=hold", .test_backend = true,
};
static const CryptoOptions ordered = {
    .backend = "mode=hold", .test_backend = true, .device = "in_order=on",
};
static const CryptoOptions main_loop = {
    .backend = "mode=hold", .test_backend = true,
    .device = "iommu_platform=on",
};
static const CryptoOptions named = { .more = NAME_THREADS };

static void register_tests(void)
{
    const char *any = "virtio-crypto", *pci = "virtio-crypto-pci";
    const char *bus = "pci-bus-pc";

    add_crypto_test_both("backend/modes", test_modes, &holding);
    add_crypto_test_both("backend/order", test_order, &holding);
    add_crypto_test("backend/in-order", pci, test_in_order, &ordered);
    add_crypto_test_both("backend/reset", test_reset, &holding);
    add_crypto_test("backend/main-loop", pci, test_main_loop, &main_loop);
    add_crypto_test("backend/queue-reset", pci, test_queue_reset, &ordered);
    add_crypto_test_both("backend/limit", test_limit, &few_in_hand);
    add_crypto_test_both("backend/stop-cont", test_stop_cont, &holding);
    add_crypto_test_both("backend/destroy", test_destroy, &holding);
    add_crypto_test("backend/stateless", any, test_stateless, &holding);
    add_crypto_test_both("backend/states", test_states, &four_queues);
    add_crypto_test("backend/unplug", bus, test_unplug, &named);
    add_crypto_test("backend/plug-again", bus, test_plug_again, &named);
    add_crypto_test("backend/init", any, test_init, NULL);
}

libqos_init(register_tests);
