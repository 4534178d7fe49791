/*
 * Tests of virtio-crypto: results that reenter the code that writes them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A result goes to the registers of a disk and resets the disk.  The disk then
 * polls until its I/O completes, so that QEMU handles kicks and completions of
 * the crypto device while one of its queues is in the middle of a batch.  Or a
 * result goes to the crypto device's own registers.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "standard-headers/linux/virtio_pci.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "aim.h"
#include "examples.h"
#include "options.h"
#include "slow-disk.h"

#define RING_RESET      (1ull << VIRTIO_F_RING_RESET)
#define RING_PACKED     (1ull << VIRTIO_F_RING_PACKED)
#define ACCESS_PLATFORM (1ull << VIRTIO_F_ACCESS_PLATFORM)

/* More than a batch, so that some are left when it is answered */
#define N_REQUESTS  70
/* Of the pool, some of which are complete when the disk has waited */
#define N_POOL      8
#define N_SESSIONS  70

typedef struct NestedCase {
    CryptoOptions options;
    uint64_t features;
} NestedCase;

static const NestedCase split = {
    .options = {
        .backend = "queues=2", .device = "iommu_platform=on",
        .more = SLOW_DISK,
    },
    .features = ACCESS_PLATFORM | RING_RESET,
};
static const NestedCase packed = {
    .options = {
        .backend = "queues=2", .device = "iommu_platform=on",
        .more = SLOW_DISK " -global virtio-crypto-device.packed=on",
    },
    .features = ACCESS_PLATFORM | RING_RESET | RING_PACKED,
};

typedef struct NestedTest {
    QVirtioPCIDevice *pci;
    QVirtioCryptoDriver *d;
    Aim *aim;
    SlowDisk *disk;
    /* Operations of the pool that take some milliseconds */
    GPtrArray *examples;
    const Example *sign;
    QVirtioCryptoRequest *signs[N_POOL];
} NestedTest;

static void start(NestedTest *t, void *obj, const NestedCase *test,
                  QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *crypto = obj;

    *t = (NestedTest) { .pci = &crypto->pci_vdev };
    t->disk = slow_disk_new(t->pci->pdev->bus, alloc);
    t->d = qvirtio_crypto_start(global_qtest, &t->pci->vdev, alloc,
                                test->features);
    t->aim = aim_new(t->d);
    t->examples = examples_new();
    t->sign = examples_find(t->examples, "rsa-sign");
}

static void stop(NestedTest *t)
{
    aim_free(t->aim);
    qvirtio_crypto_stop(t->d);
    slow_disk_free(t->disk);
    g_ptr_array_unref(t->examples);
}

/* The device works */
static void check_works(NestedTest *t)
{
    aim_enqueue_many(t->aim, 0, N_REQUESTS);
    qvirtring_kick(t->d->rings[0]);
    aim_wait(t->aim);
}

/* Adds a request that resets the disk, and one that kicks its queue before */
static void enqueue_kick_and_reset(NestedTest *t, uint32_t queue)
{
    aim_enqueue(t->aim, queue, aim_doorbell(t->d->vqs[queue]), 0);
    aim_enqueue_byte(t->aim, queue, slow_disk_status(t->disk), 0);
}

/* The queue is kicked in the middle of its batch */
static void test_kick(void *obj, void *data, QGuestAllocator *alloc)
{
    NestedTest t;

    start(&t, obj, data, alloc);
    for (uint32_t queue = 0; queue < t.d->n_data; queue++) {
        enqueue_kick_and_reset(&t, queue);
        aim_enqueue_many(t.aim, queue, N_REQUESTS - 2);
        slow_disk_read(t.disk);
        qvirtring_kick(t.d->rings[queue]);
        aim_wait(t.aim);
        g_assert_true(slow_disk_was_reset(t.disk));
    }
    check_works(&t);
    stop(&t);
}

/* Requests for the pool; the status of the first of them goes there */
static void enqueue_signs(NestedTest *t, uint64_t status_at)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoOp op = t->sign->op;

    op.session = qvirtio_crypto_create(t->d, &t->sign->session);
    for (int i = 0; i < N_POOL; i++) {
        t->signs[i] = qvirtio_crypto_op_request(t->d, &op);
        if (i == 0 && status_at) {
            aim_enqueue_request(t->d, 0, t->signs[i], status_at, 1);
        } else {
            qvirtio_crypto_enqueue(t->d, 0, t->signs[i], &shape);
        }
    }
}

/* A status that went elsewhere is not there */
static void wait_signs(NestedTest *t, bool first_status)
{
    for (int i = 0; i < N_POOL; i++) {
        QVirtioCryptoRequest *req = t->signs[i];

        qvirtio_crypto_wait(t->d, 0, req);
        if (i || first_status) {
            g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
        }
        g_assert_cmpmem(req->written->data, req->written->len,
                        t->sign->expected->data, t->sign->expected->len);
        qvirtio_crypto_request_free(req, t->d->alloc);
    }
}

/* The pool completes operations in the middle of a batch of their queue */
static void test_completion(void *obj, void *data, QGuestAllocator *alloc)
{
    NestedTest t;

    start(&t, obj, data, alloc);
    enqueue_signs(&t, 0);
    aim_enqueue_many(t.aim, 0, N_REQUESTS / 2);
    aim_enqueue_byte(t.aim, 0, slow_disk_status(t.disk), 0);
    aim_enqueue_many(t.aim, 0, N_REQUESTS / 2);
    slow_disk_read(t.disk);
    qvirtring_kick(t.d->rings[0]);
    wait_signs(&t, true);
    aim_wait(t.aim);
    g_assert_true(slow_disk_was_reset(t.disk));
    check_works(&t);
    stop(&t);
}

/*
 * The answer to an operation of the pool resets the disk, while others are
 * complete and the queue is kicked; nothing else is in its ring before
 */
static void test_pool(void *obj, void *data, QGuestAllocator *alloc)
{
    NestedTest t;

    start(&t, obj, data, alloc);
    enqueue_signs(&t, slow_disk_status(t.disk));
    slow_disk_read(t.disk);
    qvirtring_kick(t.d->rings[0]);
    aim_enqueue_many(t.aim, 0, N_REQUESTS);
    qvirtring_kick(t.d->rings[0]);
    wait_signs(&t, false);
    aim_wait(t.aim);
    g_assert_true(slow_disk_was_reset(t.disk));
    check_works(&t);
    stop(&t);
}

/* Sessions whose requests were sent together; a separate one for the first */
typedef struct Sessions {
    QVirtioCryptoSession session;
    QVirtioCryptoRequest *reqs[N_SESSIONS];
} Sessions;

static void enqueue_sessions(NestedTest *t, Sessions *s)
{
    const QVirtioCryptoShape shape = { };
    uint32_t ctrl = t->d->n_data;

    s->session = qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, true,
                                       "0123456789abcdef", 16);
    for (int i = 0; i < N_SESSIONS; i++) {
        s->reqs[i] = qvirtio_crypto_create_request(t->d, &s->session);
        qvirtio_crypto_enqueue(t->d, ctrl, s->reqs[i], &shape);
    }
}

/* All are there, and no two of them are the same */
static void check_sessions(NestedTest *t, Sessions *s)
{
    g_autoptr(GHashTable) ids = g_hash_table_new_full(g_int64_hash,
                                                      g_int64_equal, g_free,
                                                      NULL);

    for (int i = 0; i < N_SESSIONS; i++) {
        uint64_t id;

        qvirtio_crypto_wait(t->d, t->d->n_data, s->reqs[i]);
        g_assert_cmpint(qvirtio_crypto_created(s->reqs[i], &id), ==,
                        VIRTIO_CRYPTO_OK);
        g_assert_true(g_hash_table_add(ids, g_memdup2(&id, sizeof(id))));
        qvirtio_crypto_request_free(s->reqs[i], t->d->alloc);
        qvirtio_crypto_destroy(t->d, &s->session, id);
    }
}

/* A session whose outcome kicks the control queue, and one's that is gone */
static void enqueue_ctrl(NestedTest *t, QVirtioCryptoRequest *reqs[2])
{
    uint32_t ctrl = t->d->n_data;
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, true,
                              "0123456789abcdef", 16);
    uint64_t id = qvirtio_crypto_create(t->d, &session);

    reqs[0] = qvirtio_crypto_create_request(t->d, &session);
    reqs[1] = qvirtio_crypto_destroy_request(
        t->d, VIRTIO_CRYPTO_CIPHER_DESTROY_SESSION, id);
    aim_enqueue_request(t->d, ctrl, reqs[0], aim_doorbell(t->d->vqs[ctrl]),
                        sizeof(uint16_t));
    aim_enqueue_request(t->d, ctrl, reqs[1], slow_disk_status(t->disk), 1);
}

static void test_ctrl(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoRequest *reqs[2];
    Sessions sessions;
    NestedTest t;

    start(&t, obj, data, alloc);
    enqueue_ctrl(&t, reqs);
    enqueue_sessions(&t, &sessions);
    slow_disk_read(t.disk);
    qvirtring_kick(t.d->rings[t.d->n_data]);
    check_sessions(&t, &sessions);
    for (size_t i = 0; i < ARRAY_SIZE(reqs); i++) {
        qvirtio_crypto_wait(t.d, t.d->n_data, reqs[i]);
        qvirtio_crypto_request_free(reqs[i], alloc);
    }
    g_assert_true(slow_disk_was_reset(t.disk));
    check_works(&t);
    stop(&t);
}

/*
 * With requests before and behind it, and some in the pool, a result goes to a
 * register of the device itself, which then works after a reset.
 */
static void check_own_register(NestedTest *t, uint32_t offset, uint16_t value,
                               size_t len)
{
    enqueue_signs(t, 0);
    aim_enqueue_many(t->aim, 0, N_REQUESTS / 2);
    if (len == 1) {
        aim_enqueue_byte(t->aim, 0, aim_common(t->pci, offset), value);
    } else {
        aim_enqueue(t->aim, 0, aim_common(t->pci, offset), value);
    }
    aim_enqueue_many(t->aim, 0, N_REQUESTS / 2);
    /* The register of a queue is that of the first one. */
    t->d->vdev->bus->queue_select(t->d->vdev, t->d->vqs[0]->index);
    qvirtring_kick(t->d->rings[0]);
    /* QEMU must still respond.  The result may have stopped only this queue. */
    qtest_qmp_assert_success(t->d->qts, "{ 'execute': 'query-cryptodev' }");
    aim_restart(t->aim);
    check_works(t);
}

static void test_own_registers(void *obj, void *data, QGuestAllocator *alloc)
{
    NestedTest t;

    start(&t, obj, data, alloc);
    for (int i = 0; i < 3; i++) {
        check_own_register(&t, VIRTIO_PCI_COMMON_STATUS, 0, 1);
        check_own_register(&t, VIRTIO_PCI_COMMON_Q_RESET, 1, 2);
        check_own_register(&t, VIRTIO_PCI_COMMON_STATUS,
                           VIRTIO_CONFIG_S_DRIVER, 1);
        check_own_register(&t, VIRTIO_PCI_COMMON_Q_ENABLE, 1, 2);
    }
    stop(&t);
}

/* The same from the control queue: the status of a destruction is 0 */
static void test_own_ctrl(void *obj, void *data, QGuestAllocator *alloc)
{
    Sessions sessions;
    NestedTest t;

    start(&t, obj, data, alloc);
    for (int i = 0; i < 3; i++) {
        QVirtioCryptoRequest *req = qvirtio_crypto_destroy_request(
            t.d, VIRTIO_CRYPTO_CIPHER_DESTROY_SESSION, t.aim->session);

        aim_enqueue_request(t.d, t.d->n_data, req,
                            aim_common(t.pci, VIRTIO_PCI_COMMON_STATUS), 1);
        enqueue_sessions(&t, &sessions);
        qvirtring_kick(t.d->rings[t.d->n_data]);
        qtest_qmp_assert_success(t.d->qts,
                                 "{ 'execute': 'query-cryptodev' }");
        aim_restart(t.aim);
        check_works(&t);
    }
    stop(&t);
}

static void register_tests(void)
{
    static const struct {
        const char *name;
        QOSTestFunc function;
        const NestedCase *test;
    } tests[] = {
        { "hostile/nested-kick", test_kick, &split },
        { "hostile/nested-kick-packed", test_kick, &packed },
        { "hostile/nested-completion", test_completion, &split },
        { "hostile/nested-completion-packed", test_completion, &packed },
        { "hostile/nested-pool", test_pool, &split },
        { "hostile/nested-pool-packed", test_pool, &packed },
        { "hostile/nested-ctrl", test_ctrl, &split },
        { "hostile/nested-ctrl-packed", test_ctrl, &packed },
        { "hostile/own-registers", test_own_registers, &split },
        { "hostile/own-registers-packed", test_own_registers, &packed },
        { "hostile/own-registers-ctrl", test_own_ctrl, &split },
    };

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        add_crypto_test(tests[i].name, "virtio-crypto-pci", tests[i].function,
                        &tests[i].test->options);
    }
}

libqos_init(register_tests);
