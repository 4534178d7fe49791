/*
 * Tests of virtio-crypto: operations that take long, and run in a pool
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "standard-headers/linux/virtio_pci.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "libqos/virtio-mmio.h"
#include "examples.h"
#include "options.h"
#include "plug.h"
#include "slow-key.h"
#include "tasks.h"

#define REVISION_1  (1ull << QVIRTIO_CRYPTO_F_REVISION_1)
#define RING_RESET  (1ull << VIRTIO_F_RING_RESET)
#define RING_PACKED (1ull << VIRTIO_F_RING_PACKED)
#define IN_ORDER    (1ull << VIRTIO_F_IN_ORDER)
#define INDIRECT    (1ull << VIRTIO_RING_F_INDIRECT_DESC)
#define PATIENCE_US (120 * G_USEC_PER_SEC)

/* More than there are threads for them on most machines */
#define N_SLOW 8

/* A driver, and operations of its first queue that take long */
typedef struct PoolTest {
    QVirtioCryptoDriver *d;
    GPtrArray *examples;
    SlowKey *key;
    QVirtioCryptoSession session;
    uint64_t session_id;
    uint32_t opcode;
    QVirtioCryptoRequest *slow[N_SLOW];
} PoolTest;

static void create_slow(PoolTest *t)
{
    t->session_id = qvirtio_crypto_create(t->d, &t->session);
}

static void start(PoolTest *t, QVirtioDevice *vdev, QGuestAllocator *alloc,
                  uint64_t features)
{
    *t = (PoolTest) {
        .d = qvirtio_crypto_start(global_qtest, vdev, alloc, features),
        .examples = examples_new(),
        .key = slow_key_new(),
        .opcode = VIRTIO_CRYPTO_AKCIPHER_DECRYPT,
    };
    t->session = qvirtio_crypto_rsa(true, VIRTIO_CRYPTO_RSA_RAW_PADDING, 0,
                                    t->key->der->data, t->key->der->len);
    create_slow(t);
}

static void clear(PoolTest *t)
{
    slow_key_free(t->key);
    g_ptr_array_unref(t->examples);
}

static void stop(PoolTest *t)
{
    qvirtio_crypto_stop(t->d);
    clear(t);
}

static QVirtioCryptoOp slow_op(const PoolTest *t)
{
    return qvirtio_crypto_akcipher_op(t->opcode, t->session_id,
                                      t->key->cipher->data,
                                      t->key->cipher->len,
                                      t->key->plain->len);
}

static void submit_slow(PoolTest *t)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoOp op = slow_op(t);

    for (int i = 0; i < N_SLOW; i++) {
        t->slow[i] = qvirtio_crypto_op_request(t->d, &op);
        qvirtio_crypto_enqueue(t->d, 0, t->slow[i], &shape);
    }
    qvirtring_kick(t->d->rings[0]);
}

static unsigned int count_slow(PoolTest *t)
{
    unsigned int n = 0;

    qvirtio_crypto_poll(t->d, 0);
    for (int i = 0; i < N_SLOW; i++) {
        n += t->slow[i]->done;
    }
    return n;
}

static void assert_busy(PoolTest *t)
{
    g_assert_cmpint(count_slow(t), <, N_SLOW);
}

static void wait_slow(PoolTest *t)
{
    for (int i = 0; i < N_SLOW; i++) {
        QVirtioCryptoRequest *req = t->slow[i];

        qvirtio_crypto_wait(t->d, 0, req);
        g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
        g_assert_cmpmem(req->written->data, req->written->len,
                        t->key->plain->data, t->key->plain->len);
        qvirtio_crypto_request_free(req, t->d->alloc);
        t->slow[i] = NULL;
    }
}

static void check_result(const Example *example,
                         const QVirtioCryptoRequest *req)
{
    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpmem(req->written->data, req->written->len,
                    example->expected->data, example->expected->len);
}

/* Runs an example by a session of its own */
static void run_example(PoolTest *t, uint32_t queue, const char *name)
{
    const QVirtioCryptoShape shape = { };
    const Example *example = examples_find(t->examples, name);
    QVirtioCryptoOp op = example->op;
    QVirtioCryptoRequest *req;

    op.session = qvirtio_crypto_create(t->d, &example->session);
    req = qvirtio_crypto_run(t->d, queue, &op, &shape);
    check_result(example, req);
    qvirtio_crypto_request_free(req, t->d->alloc);
    qvirtio_crypto_destroy(t->d, &example->session, op.session);
}

/* When a later request of their queue is done, the device has them all */
static void submit_slow_and_see(PoolTest *t)
{
    submit_slow(t);
    run_example(t, 0, "aes-cbc-128");
}

/* The device's slow operations hold up neither other requests nor QEMU */
static void check_pool(PoolTest *t)
{
    submit_slow(t);
    for (uint32_t i = 0; i < t->d->n_data; i++) {
        run_example(t, i, "aes-cbc-128");
    }
    assert_busy(t);
    qtest_qmp_assert_success(t->d->qts, "{ 'execute': 'query-cryptodev' }");
    assert_busy(t);
    wait_slow(t);
}

static const CryptoOptions queues_2 = { .backend = "queues=2" };
static const CryptoOptions packed_option = {
    .backend = "queues=2", .device = "packed=on",
};

static void test_pool(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    PoolTest t;

    start(&t, crypto->vdev, alloc, 0);
    check_pool(&t);
    stop(&t);
}

static void test_pool_packed(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    PoolTest t;

    start(&t, &pci->pci_vdev.vdev, alloc, 1ull << VIRTIO_F_RING_PACKED);
    check_pool(&t);
    stop(&t);
}

/* The public operation with a usual key does not wait for a thread */
static void test_quick(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    PoolTest t;

    start(&t, crypto->vdev, alloc, 0);
    submit_slow(&t);
    run_example(&t, 0, "rsa-verify");
    g_assert_cmpint(count_slow(&t), <, N_SLOW / 2);
    wait_slow(&t);
    stop(&t);
}

/* With another exponent it takes as long as the private one */
static void test_public_exponent(void *obj, void *data,
                                 QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    PoolTest t;

    start(&t, crypto->vdev, alloc, 0);
    qvirtio_crypto_destroy(t.d, &t.session, t.session_id);
    t.session = qvirtio_crypto_rsa(false, VIRTIO_CRYPTO_RSA_RAW_PADDING, 0,
                                   t.key->public_der->data,
                                   t.key->public_der->len);
    create_slow(&t);
    t.opcode = VIRTIO_CRYPTO_AKCIPHER_ENCRYPT;
    submit_slow_and_see(&t);
    assert_busy(&t);
    wait_slow(&t);
    stop(&t);
}

/* Who uses a session may go on when it is destroyed; nobody else may */
static void test_destroy(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoOp op;
    PoolTest t;

    start(&t, crypto->vdev, alloc, 0);
    submit_slow_and_see(&t);
    qvirtio_crypto_destroy(t.d, &t.session, t.session_id);
    assert_busy(&t);
    op = slow_op(&t);
    g_assert_cmpint(qvirtio_crypto_status(t.d, 1, &op), ==,
                    VIRTIO_CRYPTO_INVSESS);
    g_assert_cmpint(qvirtio_crypto_try_destroy(t.d,
                        VIRTIO_CRYPTO_AKCIPHER_DESTROY_SESSION,
                        t.session_id), ==, VIRTIO_CRYPTO_ERR);
    assert_busy(&t);
    wait_slow(&t);
    stop(&t);
}

static const CryptoOptions one_session = {
    .backend = "queues=2", .device = "max-sessions=1",
};

/* Such a session takes its place until it is not used any more */
static void test_destroy_full(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoOp unknown;
    uint64_t id;
    PoolTest t;

    start(&t, crypto->vdev, alloc, REVISION_1);
    submit_slow(&t);
    /* Of no session, and so done when the device has those before it */
    unknown = slow_op(&t);
    unknown.session++;
    g_assert_cmpint(qvirtio_crypto_status(t.d, 0, &unknown), ==,
                    VIRTIO_CRYPTO_INVSESS);
    qvirtio_crypto_destroy(t.d, &t.session, t.session_id);
    g_assert_cmpint(qvirtio_crypto_try_create(t.d, &t.session, &id), ==,
                    VIRTIO_CRYPTO_NOSPC);
    assert_busy(&t);
    wait_slow(&t);
    run_example(&t, 0, "aes-cbc-128");
    stop(&t);
}

/* Takes the slow requests from the driver; their memory stays in use */
static void detach_slow(PoolTest *t)
{
    for (uint32_t id = 0; id < t->d->vqs[0]->size; id++) {
        t->d->pending[0][id] = NULL;
    }
}

/* Whether the device still writes to requests that it has no more */
typedef struct Snapshot {
    uint8_t *memory[N_SLOW];
} Snapshot;

static uint8_t *read_request(PoolTest *t, const QVirtioCryptoRequest *req)
{
    uint8_t *memory = g_malloc(req->image->len);

    qtest_bufread(t->d->qts, req->base, memory, req->image->len);
    return memory;
}

static Snapshot take_snapshot(PoolTest *t)
{
    Snapshot snapshot;

    for (int i = 0; i < N_SLOW; i++) {
        snapshot.memory[i] = read_request(t, t->slow[i]);
    }
    return snapshot;
}

static void check_snapshot(PoolTest *t, Snapshot *snapshot,
                           QVirtioCryptoRequest *const *old)
{
    for (int i = 0; i < N_SLOW; i++) {
        g_autofree uint8_t *now = read_request(t, old[i]);

        g_assert_cmpmem(now, old[i]->image->len, snapshot->memory[i],
                        old[i]->image->len);
        g_free(snapshot->memory[i]);
    }
}

/*
 * After a reset of the device or the first queue, with slow requests in
 * flight: as many new ones take as long as the old ones would have.  What has
 * no place in the new rings fails in the driver.
 */
static void check_forgotten(PoolTest *t)
{
    QVirtioCryptoRequest *old[N_SLOW];
    Snapshot snapshot = take_snapshot(t);

    memcpy(old, t->slow, sizeof(old));
    submit_slow(t);
    run_example(t, 0, "aes-cbc-128");
    wait_slow(t);
    check_snapshot(t, &snapshot, old);
    for (int i = 0; i < N_SLOW; i++) {
        qvirtio_crypto_request_free(old[i], t->d->alloc);
    }
}

static void test_reset(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    PoolTest t;

    start(&t, crypto->vdev, alloc, 0);
    for (int i = 0; i < 3; i++) {
        submit_slow_and_see(&t);
        assert_busy(&t);
        detach_slow(&t);
        qvirtio_crypto_restart(t.d);
        create_slow(&t);
        check_forgotten(&t);
    }
    stop(&t);
}

/* @enable makes the device's registers accessible again */
static void check_system_reset(QVirtioDevice *vdev, QGuestAllocator *alloc,
                               void (*enable)(QVirtioDevice *vdev))
{
    PoolTest t;

    start(&t, vdev, alloc, 0);
    submit_slow_and_see(&t);
    assert_busy(&t);
    detach_slow(&t);
    qtest_system_reset(t.d->qts);
    enable(vdev);
    qvirtio_crypto_restart(t.d);
    create_slow(&t);
    check_forgotten(&t);
    stop(&t);
}

static void enable_mmio(QVirtioDevice *vdev)
{
    QVirtioMMIODevice *mmio = container_of(vdev, QVirtioMMIODevice, vdev);

    qtest_writel(mmio->qts, mmio->addr + QVIRTIO_MMIO_GUEST_PAGE_SIZE,
                 mmio->page_size);
}

static void test_system_reset(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDevice *device = obj;

    check_system_reset(device->crypto.vdev, alloc, enable_mmio);
}

static void enable_pci(QVirtioDevice *vdev)
{
    qvirtio_pci_device_enable(container_of(vdev, QVirtioPCIDevice, vdev));
}

static void test_system_reset_pci(void *obj, void *data,
                                  QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;

    check_system_reset(&pci->pci_vdev.vdev, alloc, enable_pci);
}

static void write_common(QVirtioPCIDevice *pci, uint32_t offset,
                         uint16_t value)
{
    qpci_io_writew(pci->pdev, pci->bar, pci->common_cfg_offset + offset,
                   value);
}

/* Gives the first queue new rings */
static void reset_queue(PoolTest *t, QVirtioPCIDevice *pci)
{
    QVirtioCryptoDriver *d = t->d;
    QVirtQueue *old = d->vqs[0];

    write_common(pci, VIRTIO_PCI_COMMON_Q_SELECT, 0);
    write_common(pci, VIRTIO_PCI_COMMON_Q_RESET, 1);
    qvirtring_free(d->rings[0]);
    d->vqs[0] = qvirtqueue_setup(d->vdev, d->alloc, 0);
    d->rings[0] = qvirtring_new(&d->memory, d->vqs[0]);
    g_assert_cmpint(d->vqs[0]->size, ==, old->size);
    qvirtqueue_cleanup(d->vdev->bus, old, d->alloc);
}

static void test_queue_reset(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    PoolTest t;

    start(&t, &pci->pci_vdev.vdev, alloc, 1ull << VIRTIO_F_RING_RESET);
    for (int i = 0; i < 3; i++) {
        submit_slow_and_see(&t);
        assert_busy(&t);
        detach_slow(&t);
        reset_queue(&t, &pci->pci_vdev);
        check_forgotten(&t);
        run_example(&t, 1, "aes-cbc-128");
    }
    stop(&t);
}

/* Behind the slow ones, and answered before them */
#define N_QUICK 8

/* A device whose driver takes answers in order */
typedef struct OrderCase {
    CryptoOptions options;
    uint64_t features;
} OrderCase;

static const OrderCase in_order = {
    .options = { .device = "in_order=on" },
    .features = IN_ORDER | INDIRECT | RING_RESET,
};
static const OrderCase in_order_packed = {
    .options = { .device = "in_order=on",
                 .more = " -global virtio-crypto-device.packed=on" },
    .features = IN_ORDER | INDIRECT | RING_RESET | RING_PACKED,
};

/* Until the device has taken @n requests off the first queue */
static void await_taken_off(PoolTest *t, unsigned int n)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;
    unsigned int answered;

    do {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        answered = count_slow(t);
    } while (answered + qvirtio_crypto_in_use(t->d, 0) < n);
}

/*
 * Slow requests and quick ones behind them, which the device answers at once:
 * the virtqueue keeps the answers until the slow ones have theirs.  A request
 * is one descriptor, by which the virtqueue counts.
 */
static void answer_out_of_order(PoolTest *t, QVirtioCryptoRequest **quick)
{
    const QVirtioCryptoShape shape = { .indirect = true };
    const Example *example = examples_find(t->examples, "aes-cbc-128");
    QVirtioCryptoOp slow = slow_op(t), op = example->op;

    op.session = qvirtio_crypto_create(t->d, &example->session);
    for (int i = 0; i < N_SLOW; i++) {
        t->slow[i] = qvirtio_crypto_op_request(t->d, &slow);
        qvirtio_crypto_enqueue(t->d, 0, t->slow[i], &shape);
    }
    for (int i = 0; i < N_QUICK; i++) {
        quick[i] = qvirtio_crypto_op_request(t->d, &op);
        qvirtio_crypto_enqueue(t->d, 0, quick[i], &shape);
    }
    qvirtring_kick(t->d->rings[0]);
    await_taken_off(t, N_SLOW + N_QUICK);
    assert_busy(t);
    g_assert_false(quick[0]->done);
}

/* The places of what was answered are taken, and those of no request are not */
static void check_places(PoolTest *t)
{
    for (int i = 0; i < 2 * (N_SLOW + N_QUICK); i++) {
        run_example(t, 0, "aes-cbc-128");
        g_assert_false(qvirtio_crypto_poll(t->d, 0));
    }
}

/* Answers that waited for others do not outlive a reset */
static void check_in_order(void *obj, const OrderCase *test,
                           QGuestAllocator *alloc,
                           void (*reset)(PoolTest *t, QVirtioPCIDevice *pci))
{
    QVirtioCryptoPCI *pci = obj;
    QVirtioCryptoRequest *quick[N_QUICK];
    PoolTest t;

    start(&t, &pci->pci_vdev.vdev, alloc, test->features);
    for (int i = 0; i < 3; i++) {
        answer_out_of_order(&t, quick);
        detach_slow(&t);
        reset(&t, &pci->pci_vdev);
        check_places(&t);
        for (int j = 0; j < N_SLOW; j++) {
            qvirtio_crypto_request_free(t.slow[j], alloc);
        }
        for (int j = 0; j < N_QUICK; j++) {
            qvirtio_crypto_request_free(quick[j], alloc);
        }
    }
    stop(&t);
}

static void restart(PoolTest *t, QVirtioPCIDevice *pci)
{
    qvirtio_crypto_restart(t->d);
    create_slow(t);
}

static void test_in_order_reset(void *obj, void *data, QGuestAllocator *alloc)
{
    check_in_order(obj, data, alloc, restart);
}

static void test_in_order_queue_reset(void *obj, void *data,
                                      QGuestAllocator *alloc)
{
    check_in_order(obj, data, alloc, reset_queue);
}

/* Gives the pool time to complete something, which a test need not have */
#define STANDSTILL_US (G_USEC_PER_SEC / 2)

/* The memory of a machine that stands still does not change */
static void test_stop_cont(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    PoolTest t;

    start(&t, crypto->vdev, alloc, 0);
    for (int i = 0; i < 3; i++) {
        Snapshot snapshot;
        unsigned int n;

        submit_slow_and_see(&t);
        assert_busy(&t);
        qtest_qmp_assert_success(t.d->qts, "{ 'execute': 'stop' }");
        n = count_slow(&t);
        snapshot = take_snapshot(&t);
        g_usleep(STANDSTILL_US);
        g_assert_cmpint(count_slow(&t), ==, n);
        check_snapshot(&t, &snapshot, t.slow);
        qtest_qmp_assert_success(t.d->qts, "{ 'execute': 'cont' }");
        wait_slow(&t);
    }
    run_example(&t, 0, "aes-cbc-128");
    stop(&t);
}

/* More than the pool takes of a queue at a time; all come to their end */
static void test_many(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    const QVirtioCryptoShape shape = { .indirect = true };
    const Example *example;
    QVirtioCryptoSession session;
    QVirtioCryptoRequest *reqs[300];
    QVirtioCryptoOp op;
    PoolTest t;

    start(&t, crypto->vdev, alloc, 1ull << VIRTIO_RING_F_INDIRECT_DESC);
    example = examples_find(t.examples, "rsa-sign");
    session = example->session;
    op = example->op;
    op.session = qvirtio_crypto_create(t.d, &session);
    for (size_t i = 0; i < ARRAY_SIZE(reqs); i++) {
        reqs[i] = qvirtio_crypto_op_request(t.d, &op);
        qvirtio_crypto_enqueue(t.d, 0, reqs[i], &shape);
    }
    qvirtring_kick(t.d->rings[0]);
    for (size_t i = 0; i < ARRAY_SIZE(reqs); i++) {
        qvirtio_crypto_wait(t.d, 0, reqs[i]);
        check_result(example, reqs[i]);
        qvirtio_crypto_request_free(reqs[i], alloc);
    }
    stop(&t);
}

static const CryptoOptions one_operation = {
    .device = "max-pool-operations=1",
};

/* What is behind an operation that the pool has no room for waits for it */
static void test_limit(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    PoolTest t;

    start(&t, crypto->vdev, alloc, 0);
    submit_slow(&t);
    run_example(&t, 0, "aes-cbc-128");
    g_assert_cmpint(count_slow(&t), >=, N_SLOW - 1);
    wait_slow(&t);
    stop(&t);
}

static const CryptoOptions one_thread = { .device = "pool-threads=1" };
static const CryptoOptions three_threads = { .device = "pool-threads=3" };

/* A thread of the pool becomes nicer by its first operation */
static void check_threads(void *obj, QGuestAllocator *alloc, unsigned int n)
{
    QVirtioCrypto *crypto = obj;
    PoolTest t;

    start(&t, crypto->vdev, alloc, 0);
    submit_slow(&t);
    wait_slow(&t);
    g_assert_cmpint(count_nicer_tasks(t.d->qts), ==, n);
    stop(&t);
}

static void test_one_thread(void *obj, void *data, QGuestAllocator *alloc)
{
    check_threads(obj, alloc, 1);
}

static void test_three_threads(void *obj, void *data, QGuestAllocator *alloc)
{
    check_threads(obj, alloc, 3);
}

/* A result or status that belongs where no memory is */
static void enqueue_astray(PoolTest *t, uint64_t addr)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoOp op = slow_op(t);
    QVirtioCryptoRequest *req = qvirtio_crypto_op_request(t->d, &op);
    QVirtRing *ring = t->d->rings[0];
    g_autofree QVirtDesc *descs = NULL;
    size_t n;

    qvirtio_crypto_request_place(req, &t->d->memory, t->d->alloc, t->d->rand,
                                 &shape, ring->ops);
    descs = qvirtio_crypto_request_descs(req, &n);
    g_assert_cmpint(descs[n - 2].len, ==, t->key->plain->len);
    descs[n - 2].addr = addr;
    t->d->pending[0][qvirtring_add(ring, descs, n)] = req;
}

/* Until the device has taken all of the first queue, or given up */
static void await_taken_or_broken(PoolTest *t)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;
    const QVirtioCryptoShape shape = { };
    const Example *example = examples_find(t->examples, "aes-cbc-128");
    QVirtioCryptoOp op = example->op;
    QVirtioCryptoRequest *req = qvirtio_crypto_op_request(t->d, &op);

    /* Of no session, which does for this; if it is lost the driver frees it */
    qvirtio_crypto_submit(t->d, 0, req, &shape);
    while (!req->done && !qvirtio_crypto_is_broken(t->d)) {
        qvirtio_crypto_poll(t->d, 0);
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    }
    if (req->done) {
        qvirtio_crypto_request_free(req, t->d->alloc);
    }
}

/* An answer that cannot be stored must not keep a reset waiting */
static void test_astray(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    PoolTest t;

    start(&t, crypto->vdev, alloc, 0);
    enqueue_astray(&t, 1ull << 40);
    await_taken_or_broken(&t);
    qvirtio_crypto_restart(t.d);
    run_example(&t, 0, "aes-cbc-128");
    stop(&t);
}

/* A device takes its requests with it */
static void test_unplug(void *obj, void *data, QGuestAllocator *alloc)
{
    QPCIBusPC *pc = obj;
    QTestState *qts = pc->bus.qts;

    for (int i = 0; i < 3; i++) {
        QVirtioPCIDevice *pci;
        PoolTest t;

        crypto_add_backend(qts, 4, 0);
        pci = crypto_plug(pc, "virtio", true);
        start(&t, &pci->vdev, alloc, 0);
        submit_slow_and_see(&t);
        assert_busy(&t);
        crypto_unplug(qts);
        crypto_delete_backend(qts);
        qvirtio_crypto_abandon(t.d);
        clear(&t);
        crypto_plug_free(pci);
    }
}

#define N_QUEUES 8

static const CryptoOptions queues_8 = {
    .backend = "queues=" stringify(N_QUEUES),
};

/* Some of each service */
static const char *const shared_names[] = {
    "aes-cbc-128", "aes-ctr-256-decrypt", "aes-xts-128", "sha-256", "shake128",
    "hmac-sha-256", "cmac-aes", "gcm", "gcm-decrypt",
    "chacha20-poly1305", "rsa-sign", "rsa-verify", "ecdsa-verify",
};

#define N_SHARED ARRAY_SIZE(shared_names)

/* Examples, whose sessions all queues use at the same time */
typedef struct Shared {
    const Example *examples[N_SHARED];
    uint64_t ids[N_SHARED];
    QVirtioCryptoRequest *reqs[N_QUEUES][N_SHARED];
} Shared;

static void create_shared(PoolTest *t, Shared *shared)
{
    for (size_t i = 0; i < N_SHARED; i++) {
        shared->examples[i] = examples_find(t->examples, shared_names[i]);
        shared->ids[i] =
            qvirtio_crypto_create(t->d, &shared->examples[i]->session);
    }
}

static void submit_shared(PoolTest *t, Shared *shared, uint32_t n_queues)
{
    const QVirtioCryptoShape shape = { };

    for (size_t i = 0; i < N_SHARED; i++) {
        QVirtioCryptoOp op = shared->examples[i]->op;

        op.session = shared->ids[i];
        for (uint32_t queue = 0; queue < n_queues; queue++) {
            QVirtioCryptoRequest *req = qvirtio_crypto_op_request(t->d, &op);

            shared->reqs[queue][i] = req;
            qvirtio_crypto_submit(t->d, queue, req, &shape);
        }
    }
}

static void wait_shared(PoolTest *t, Shared *shared, uint32_t n_queues)
{
    for (uint32_t queue = 0; queue < n_queues; queue++) {
        for (size_t i = 0; i < N_SHARED; i++) {
            QVirtioCryptoRequest *req = shared->reqs[queue][i];

            qvirtio_crypto_wait(t->d, queue, req);
            check_result(shared->examples[i], req);
            qvirtio_crypto_request_free(req, t->d->alloc);
        }
    }
}

/* Other sessions come and go, and those that are in use go, too */
static void churn_sessions(PoolTest *t, Shared *shared, int round)
{
    for (size_t i = 0; i < N_SHARED; i++) {
        const QVirtioCryptoSession *session = &shared->examples[i]->session;
        uint64_t id = qvirtio_crypto_create(t->d, session);

        qvirtio_crypto_destroy(t->d, session, id);
    }
    if (round % 2) {
        for (size_t i = 0; i < N_SHARED; i++) {
            qvirtio_crypto_destroy(t->d, &shared->examples[i]->session,
                                   shared->ids[i]);
        }
    }
}

/* So that no request of theirs finds them gone */
static void await_taken(PoolTest *t, uint32_t n_queues)
{
    for (uint32_t queue = 0; queue < n_queues; queue++) {
        run_example(t, queue, "aes-ecb-128");
    }
}

static void test_many_queues(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    Shared shared;
    PoolTest t;

    start(&t, crypto->vdev, alloc, 0);
    g_assert_cmpint(t.d->n_data, ==, N_QUEUES);
    for (int round = 0; round < 10; round++) {
        if (round % 2 == 0) {
            create_shared(&t, &shared);
        }
        submit_shared(&t, &shared, N_QUEUES);
        if (round % 2) {
            await_taken(&t, N_QUEUES);
        }
        churn_sessions(&t, &shared, round);
        wait_shared(&t, &shared, N_QUEUES);
    }
    stop(&t);
}

#define NAME_THREADS " -name debug-threads=on"

static void register_tests(void)
{
    const char *any = "virtio-crypto", *pci = "virtio-crypto-pci";

    add_crypto_test("pool/order", any, test_pool, &queues_2);
    add_crypto_test("pool/packed", pci, test_pool_packed,
                    &packed_option);
    add_crypto_test("pool/quick", any, test_quick, &queues_2);
    add_crypto_test("pool/public-exponent", any, test_public_exponent,
                    &queues_2);
    add_crypto_test("pool/destroy", any, test_destroy, &queues_2);
    add_crypto_test("pool/destroy-full", any, test_destroy_full,
                    &one_session);
    add_crypto_test("pool/reset", any, test_reset, &queues_2);
    add_crypto_test("pool/system-reset", "virtio-crypto-device",
                    test_system_reset, &queues_2);
    add_crypto_test("pool/system-reset", pci, test_system_reset_pci,
                    &queues_2);
    add_crypto_test("pool/queue-reset", pci, test_queue_reset, &queues_2);
    add_crypto_test("pool/in-order-reset", pci, test_in_order_reset,
                    &in_order.options);
    add_crypto_test("pool/in-order-reset-packed", pci, test_in_order_reset,
                    &in_order_packed.options);
    add_crypto_test("pool/in-order-queue-reset", pci,
                    test_in_order_queue_reset, &in_order.options);
    add_crypto_test("pool/in-order-queue-reset-packed", pci,
                    test_in_order_queue_reset, &in_order_packed.options);
    add_crypto_test("pool/many", any, test_many, &queues_2);
    add_crypto_test("pool/limit", any, test_limit, &one_operation);
    add_crypto_test("pool/threads-1", any, test_one_thread, &one_thread);
    add_crypto_test("pool/threads-3", any, test_three_threads,
                    &three_threads);
    add_crypto_test("pool/stop-cont", any, test_stop_cont, &queues_2);
    add_crypto_test("pool/astray", any, test_astray, &queues_2);
    add_crypto_test("life/unplug-tasks", "pci-bus-pc", test_unplug, NULL);
    add_crypto_test("pool/many-queues", any, test_many_queues, &queues_8);
}

libqos_init(register_tests);
