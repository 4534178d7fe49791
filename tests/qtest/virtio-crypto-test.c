/*
 * Tests of virtio-crypto: queues, sessions and reset
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "libqtest-single.h"
#include "qobject/qdict.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/pci-pc.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "virtio-crypto/known.h"
#include "virtio-crypto/options.h"

#define REVISION_1  (1ull << QVIRTIO_CRYPTO_F_REVISION_1)
#define MAX_SESSIONS 4096
#define HOTPLUG_SLOT 6

static QVirtioCryptoDriver *start(void *obj, QGuestAllocator *alloc,
                                  uint64_t features)
{
    QVirtioCrypto *crypto = obj;

    return qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, features);
}

/* Encrypts a known plaintext on a queue, with a new session */
static void encrypt_known(QVirtioCryptoDriver *d, uint32_t queue,
                          const char *name)
{
    KnownBytes *known = known_bytes(name);
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(known->answer->algo, true, known->key->data,
                              known->key->len);
    QVirtioCryptoShape shape = { };
    QVirtioCryptoRequest *req;
    QVirtioCryptoOp op;
    uint64_t id = qvirtio_crypto_create(d, &session);

    op = qvirtio_crypto_cipher_op(id, true, known->iv->data, known->iv->len,
                                  known->plain->data, known->plain->len);
    req = qvirtio_crypto_run(d, queue, &op, &shape);
    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpmem(req->written->data, req->written->len,
                    known->cipher->data, known->cipher->len);
    qvirtio_crypto_request_free(req, d->alloc);
    qvirtio_crypto_destroy(d, &session, id);
    known_bytes_free(known);
}

static const CryptoOptions queues_4 = { .backend = "queues=4" };
static const CryptoOptions queues_64 = { .backend = "queues=64" };

static void test_queues(void *obj, void *data, QGuestAllocator *alloc)
{
    const CryptoOptions *options = data;
    uint32_t n = options ? atoi(strchr(options->backend, '=') + 1) : 1;
    QVirtioCryptoDriver *d = start(obj, alloc, 0);

    g_assert_cmpint(d->n_data, ==, n);
    for (uint32_t i = 0; i < n; i++) {
        g_assert_cmpint(d->vqs[i]->size, ==, 1024);
        encrypt_known(d, i, "aes-cbc-256");
    }
    /* Some releases of QEMU give each queue the largest size */
    g_assert_cmpint(d->vqs[n]->size, >=, 64);
    /* No queue follows the control queue */
    d->vdev->bus->queue_select(d->vdev, n + 1);
    g_assert_cmpint(d->vdev->bus->get_queue_size(d->vdev), ==, 0);
    qvirtio_crypto_stop(d);
}

/* One session is used by all queues at the same time */
static void test_shared_session(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    KnownBytes *known = known_bytes("aes-ctr-128");
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(known->answer->algo, true, known->key->data,
                              known->key->len);
    uint64_t id = qvirtio_crypto_create(d, &session);
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(id, true, known->iv->data, known->iv->len,
                                 known->plain->data, known->plain->len);
    QVirtioCryptoRequest *reqs[4][100];
    QVirtioCryptoShape shape = { .piece = 9, .joined = true };

    for (int i = 0; i < 100; i++) {
        for (int queue = 0; queue < 4; queue++) {
            reqs[queue][i] = qvirtio_crypto_op_request(d, &op);
            qvirtio_crypto_enqueue(d, queue, reqs[queue][i], &shape);
            if (i % 10 == 9) {
                qvirtring_kick(d->rings[queue]);
            }
            qvirtio_crypto_poll(d, queue);
        }
    }
    for (int i = 0; i < 100; i++) {
        for (int queue = 0; queue < 4; queue++) {
            QVirtioCryptoRequest *req = reqs[queue][i];

            qvirtio_crypto_wait(d, queue, req);
            g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
            g_assert_cmpmem(req->written->data, req->written->len,
                            known->cipher->data, known->cipher->len);
            qvirtio_crypto_request_free(req, alloc);
        }
    }
    known_bytes_free(known);
    qvirtio_crypto_stop(d);
}

static void test_msix(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    const CryptoOptions *options = data;
    uint32_t n = options ? atoi(strchr(options->backend, '=') + 1) : 1;

    qpci_msix_enable(pci->pci_vdev.pdev);
    g_assert_cmpint(qpci_msix_table_size(pci->pci_vdev.pdev), ==, n + 2);
    qpci_msix_disable(pci->pci_vdev.pdev);
}

/* A queue's interrupt comes by the vector that was given to it */
static void test_msix_interrupt(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    QVirtioCryptoDriver *d;

    qpci_msix_enable(pci->pci_vdev.pdev);
    qvirtio_pci_set_msix_configuration_vector(&pci->pci_vdev, alloc, 0);
    d = qvirtio_crypto_start(global_qtest, &pci->pci_vdev.vdev, alloc, 0);
    for (uint32_t i = 0; i <= d->n_data; i++) {
        qvirtqueue_pci_msix_setup(&pci->pci_vdev,
                                  container_of(d->vqs[i], QVirtQueuePCI, vq),
                                  alloc, i + 1);
    }
    g_assert_false(d->vdev->bus->get_queue_isr_status(d->vdev, d->vqs[0]));
    encrypt_known(d, 0, "aes-cbc-128");
    qvirtio_wait_queue_isr(global_qtest, d->vdev, d->vqs[0],
                           60 * G_USEC_PER_SEC);
    qvirtio_wait_queue_isr(global_qtest, d->vdev, d->vqs[1],
                           60 * G_USEC_PER_SEC);
    qvirtio_crypto_stop(d);
    qpci_msix_disable(pci->pci_vdev.pdev);
}

static QVirtioCryptoSession aes_session(void)
{
    static const uint8_t key[16] = "0123456789abcdef";

    return qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, true, key,
                                 sizeof(key));
}

static uint8_t aes_status(QVirtioCryptoDriver *d, uint64_t id)
{
    static const uint8_t block[16];
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(id, true, block, 16, block, 16);

    return qvirtio_crypto_status(d, 0, &op);
}

/* The session does not exist */
static void assert_gone(QVirtioCryptoDriver *d, uint64_t id)
{
    g_assert_cmpint(aes_status(d, id), ==,
                    qvirtio_crypto_expected(d, VIRTIO_CRYPTO_INVSESS));
}

/* Uses one slot of the ring */
static void encrypt_in_slot(QVirtioCryptoDriver *d, uint64_t id)
{
    static const uint8_t block[16];
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(id, true, block, 16, block, 16);
    QVirtioCryptoShape shape = { .indirect = true };

    qvirtio_crypto_request_free(qvirtio_crypto_run(d, 0, &op, &shape),
                                d->alloc);
}

/* The same, and neither this request nor the previous one may interrupt */
static void encrypt_silently(QVirtioCryptoDriver *d, uint64_t id)
{
    encrypt_in_slot(d, id);
    g_assert_false(d->vdev->bus->get_queue_isr_status(d->vdev, d->vqs[0]));
}

/* Creates @n sessions, many at a time; their ids differ */
static void create_many(QVirtioCryptoDriver *d, uint64_t *ids, size_t n)
{
    QVirtioCryptoRequest *reqs[32];
    QVirtioCryptoShape shape = { .joined = true };
    QVirtioCryptoSession session = aes_session();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);

    for (size_t i = 0; i < n;) {
        size_t batch = MIN(n - i, ARRAY_SIZE(reqs));

        for (size_t j = 0; j < batch; j++) {
            reqs[j] = qvirtio_crypto_create_request(d, &session);
            qvirtio_crypto_enqueue(d, d->n_data, reqs[j], &shape);
        }
        qvirtring_kick(d->rings[d->n_data]);
        for (size_t j = 0; j < batch; j++, i++) {
            qvirtio_crypto_wait(d, d->n_data, reqs[j]);
            g_assert_cmpint(qvirtio_crypto_created(reqs[j], &ids[i]), ==,
                            VIRTIO_CRYPTO_OK);
            g_assert_true(g_hash_table_add(seen, &ids[i]));
            qvirtio_crypto_request_free(reqs[j], d->alloc);
        }
    }
}

static void test_session(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    QVirtioCryptoSession session = aes_session();
    uint64_t first = qvirtio_crypto_create(d, &session), second;

    g_assert_cmpint(aes_status(d, first), ==, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_destroy(d, &session, first);
    assert_gone(d, first);
    /* The slot may be used again, its old id may not */
    second = qvirtio_crypto_create(d, &session);
    g_assert_cmphex(second, !=, first);
    assert_gone(d, first);
    g_assert_cmpint(aes_status(d, second), ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpint(qvirtio_crypto_try_destroy(d,
                        VIRTIO_CRYPTO_CIPHER_DESTROY_SESSION, first), ==,
                    VIRTIO_CRYPTO_ERR);
    g_assert_cmpint(aes_status(d, second), ==, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_stop(d);
}

/* A reset destroys all sessions, so that as many can be created again */
static void test_reset(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    g_autofree uint64_t *ids = g_new0(uint64_t, MAX_SESSIONS);
    g_autofree uint64_t *again = g_new0(uint64_t, MAX_SESSIONS);
    QVirtioCryptoSession session = aes_session();
    uint64_t id;

    create_many(d, ids, MAX_SESSIONS);
    g_assert_cmpint(qvirtio_crypto_try_create(d, &session, &id), ==,
                    VIRTIO_CRYPTO_ERR);
    qvirtio_crypto_restart(d);
    for (size_t i = 0; i < MAX_SESSIONS; i += 512) {
        assert_gone(d, ids[i]);
    }
    create_many(d, again, MAX_SESSIONS);
    for (size_t i = 0; i < MAX_SESSIONS; i += 512) {
        assert_gone(d, ids[i]);
        g_assert_cmpint(aes_status(d, again[i]), ==, VIRTIO_CRYPTO_OK);
    }
    qvirtio_crypto_stop(d);
}

static const CryptoOptions one_session = { .device = "max-sessions=1" };

/* As many requests as the device takes at once, and more */
#define BATCH   64
#define ROW_MAX 200

static void enqueue_row(QVirtioCryptoDriver *d, const QVirtioCryptoOp *op,
                        QVirtioCryptoRequest **reqs, int n)
{
    const QVirtioCryptoShape shape = { .joined = true };

    for (int i = 0; i < n; i++) {
        reqs[i] = qvirtio_crypto_op_request(d, op);
        qvirtio_crypto_enqueue(d, 0, reqs[i], &shape);
    }
    qvirtring_kick(d->rings[0]);
}

/* Waits for requests, from the first on that fails all of which must fail */
static int wait_row(QVirtioCryptoDriver *d, const KnownBytes *known,
                    QVirtioCryptoRequest **reqs, int n)
{
    int n_ok = 0;

    for (int i = 0; i < n; i++) {
        qvirtio_crypto_wait(d, 0, reqs[i]);
        if (reqs[i]->status == VIRTIO_CRYPTO_OK) {
            g_assert_cmpint(i, ==, n_ok++);
            g_assert_cmpmem(reqs[i]->written->data, reqs[i]->written->len,
                            known->cipher->data, known->cipher->len);
        } else {
            g_assert_cmpint(reqs[i]->status, ==,
                            qvirtio_crypto_expected(d, VIRTIO_CRYPTO_INVSESS));
        }
        qvirtio_crypto_request_free(reqs[i], d->alloc);
    }
    return n_ok;
}

/*
 * Requests in a row, and then another session in the place of theirs; or
 * @meanwhile, when the device may not have taken all of them
 */
static void check_row(QVirtioCryptoDriver *d, int n, bool meanwhile)
{
    KnownBytes *known = known_bytes("aes-cbc-256");
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(known->answer->algo, true, known->key->data,
                              known->key->len);
    uint64_t id = qvirtio_crypto_create(d, &session);
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(id, true, known->iv->data, known->iv->len,
                                 known->plain->data, known->plain->len);
    QVirtioCryptoRequest *reqs[ROW_MAX];

    enqueue_row(d, &op, reqs, n);
    if (meanwhile) {
        qvirtio_crypto_destroy(d, &session, id);
        wait_row(d, known, reqs, n);
    } else {
        g_assert_cmpint(wait_row(d, known, reqs, n), ==, n);
        qvirtio_crypto_destroy(d, &session, id);
    }
    encrypt_known(d, 0, "aes-ctr-128");
    assert_gone(d, id);
    known_bytes_free(known);
}

static void test_row(void *obj, void *data, QGuestAllocator *alloc)
{
    static const int lengths[] = { 1, 2, 3, 4, 63, 64, 65, 66, ROW_MAX };
    QVirtioCryptoDriver *d = start(obj, alloc, 0);

    for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
        check_row(d, lengths[i], false);
        check_row(d, lengths[i], true);
    }
    qvirtio_crypto_stop(d);
}

static const CryptoOptions three_sessions = { .device = "max-sessions=3" };
static const CryptoOptions most_sessions = { .device = "max-sessions=65536" };

static void check_limit(QVirtioCryptoDriver *d, uint32_t expected)
{
    QVirtioCryptoSession session = aes_session();
    uint64_t ids[3], more;

    create_many(d, ids, 3);
    for (int i = 0; i < 3; i++) {
        g_assert_cmpint(qvirtio_crypto_try_create(d, &session, &more), ==,
                        qvirtio_crypto_expected(d, expected));
        qvirtio_crypto_destroy(d, &session, ids[i]);
        ids[i] = qvirtio_crypto_create(d, &session);
        g_assert_cmpint(aes_status(d, ids[i]), ==, VIRTIO_CRYPTO_OK);
    }
}

static void test_limit(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);

    check_limit(d, VIRTIO_CRYPTO_ERR);
    qvirtio_crypto_stop(d);
    d = start(obj, alloc, REVISION_1);
    check_limit(d, VIRTIO_CRYPTO_NOSPC);
    qvirtio_crypto_stop(d);
}

static void test_limit_most(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, REVISION_1);
    g_autofree uint64_t *ids = g_new0(uint64_t, 10000);

    create_many(d, ids, 10000);
    g_assert_cmpint(aes_status(d, ids[9999]), ==, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_stop(d);
}

/*
 * Wait for outstanding interrupts, and take them.  A queue's thread notifies
 * the driver before it serves another request, here one without an interrupt.
 * The main loop has passed that on when it has answered twice.
 */
static void take_interrupts(QVirtioCryptoDriver *d, uint64_t id)
{
    QVirtioCryptoSession session = aes_session();
    uint64_t other = qvirtio_crypto_create(d, &session);

    qvirtio_crypto_destroy(d, &session, other);
    encrypt_in_slot(d, id);
    d->vdev->bus->get_status(d->vdev);
    d->vdev->bus->get_status(d->vdev);
    d->vdev->bus->get_queue_isr_status(d->vdev, d->vqs[0]);
}

/*
 * The device answers a batch in two halves, and interrupts once: also if the
 * driver waits for the @nth answer
 */
static void check_event_in_batch(QVirtioCryptoDriver *d, uint64_t id,
                                 uint16_t nth)
{
    static const uint8_t block[16];
    const QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(id, true, block, 16, block, 16);
    const QVirtioCryptoShape shape = { .indirect = true };
    QVirtRing *ring = d->rings[0];
    QVirtioCryptoRequest *reqs[BATCH];

    ring->ops->set_event(ring, nth);
    for (int i = 0; i < BATCH; i++) {
        reqs[i] = qvirtio_crypto_op_request(d, &op);
        qvirtio_crypto_enqueue(d, 0, reqs[i], &shape);
    }
    qvirtring_kick(ring);
    qvirtio_wait_queue_isr(global_qtest, d->vdev, d->vqs[0],
                           60 * G_USEC_PER_SEC);
    for (int i = 0; i < BATCH; i++) {
        qvirtio_crypto_wait(d, 0, reqs[i]);
        g_assert_cmpint(reqs[i]->status, ==, VIRTIO_CRYPTO_OK);
        qvirtio_crypto_request_free(reqs[i], d->alloc);
    }
    ring->ops->no_interrupt(ring);
    take_interrupts(d, id);
}

/* An event index holds interrupts back until it is reached */
static void check_event_index(QVirtioCryptoDriver *d)
{
    QVirtioCryptoSession session = aes_session();
    QVirtRing *ring = d->rings[0], *control = d->rings[d->n_data];
    uint64_t id;

    /* The first use of a queue always interrupts; both queues share a bit */
    control->ops->no_interrupt(control);
    id = qvirtio_crypto_create(d, &session);
    g_assert_cmpint(aes_status(d, id), ==, VIRTIO_CRYPTO_OK);
    ring->ops->set_event(ring, 4);
    take_interrupts(d, id);
    encrypt_silently(d, id);
    encrypt_silently(d, id);
    g_assert_cmpint(aes_status(d, id), ==, VIRTIO_CRYPTO_OK);
    qvirtio_wait_queue_isr(global_qtest, d->vdev, d->vqs[0],
                           60 * G_USEC_PER_SEC);
    ring->ops->no_interrupt(ring);
    take_interrupts(d, id);
    for (int i = 0; i < 5; i++) {
        encrypt_silently(d, id);
    }
    check_event_in_batch(d, id, BATCH / 4);
    check_event_in_batch(d, id, BATCH - BATCH / 4);
}

static const CryptoOptions packed_option = { .device = "packed=on" };

static void run_event_index(QVirtioCrypto *crypto, QGuestAllocator *alloc,
                            uint64_t features)
{
    QVirtioCryptoDriver *d =
        start(crypto, alloc, features | 1ull << VIRTIO_RING_F_EVENT_IDX |
                             1ull << VIRTIO_RING_F_INDIRECT_DESC);

    check_event_index(d);
    qvirtio_crypto_stop(d);
}

static void test_event_index(void *obj, void *data, QGuestAllocator *alloc)
{
    run_event_index(obj, alloc, 0);
}

static void test_event_packed(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;

    run_event_index(&pci->crypto, alloc, 1ull << VIRTIO_F_RING_PACKED);
}

/* Requests made while the machine is stopped are served after "cont" */
static void test_stop_cont(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    static const uint8_t blocks[64];
    QVirtioCryptoSession session = aes_session();
    uint64_t id = qvirtio_crypto_create(d, &session);
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(id, true, blocks, 16, blocks, 64);
    QVirtioCryptoShape shape = { };
    QVirtioCryptoRequest *reqs[20];

    qtest_qmp_assert_success(d->qts, "{ 'execute': 'stop' }");
    for (size_t i = 0; i < ARRAY_SIZE(reqs); i++) {
        reqs[i] = qvirtio_crypto_op_request(d, &op);
        qvirtio_crypto_submit(d, 0, reqs[i], &shape);
    }
    qtest_qmp_assert_success(d->qts, "{ 'execute': 'query-status' }");
    g_assert_false(qvirtio_crypto_poll(d, 0));
    qtest_qmp_assert_success(d->qts, "{ 'execute': 'cont' }");
    for (size_t i = 0; i < ARRAY_SIZE(reqs); i++) {
        qvirtio_crypto_wait(d, 0, reqs[i]);
        g_assert_cmpint(reqs[i]->status, ==, VIRTIO_CRYPTO_OK);
        g_assert_cmpmem(reqs[i]->written->data, reqs[i]->written->len,
                        reqs[0]->written->data, 64);
    }
    for (size_t i = 0; i < ARRAY_SIZE(reqs); i++) {
        qvirtio_crypto_request_free(reqs[i], alloc);
    }
    g_assert_cmpint(aes_status(d, id), ==, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_stop(d);
}

/* A reset while requests are in flight loses them, and nothing else */
static void test_reset_in_flight(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    g_autofree uint8_t *bulk = g_malloc0(64 * KiB);

    for (int round = 0; round < 20; round++) {
        QVirtioCryptoSession session = aes_session();
        uint64_t id = qvirtio_crypto_create(d, &session);
        QVirtioCryptoOp op =
            qvirtio_crypto_cipher_op(id, true, bulk, 16, bulk, 64 * KiB);
        QVirtioCryptoShape shape = { };

        for (int i = 0; i < 8; i++) {
            QVirtioCryptoRequest *req = qvirtio_crypto_op_request(d, &op);

            qvirtio_crypto_submit(d, 0, req, &shape);
        }
        /* Frees the requests that are still pending */
        qvirtio_crypto_restart(d);
    }
    encrypt_known(d, 0, "aes-cbc-128");
    qvirtio_crypto_stop(d);
}

static void add_backend(QTestState *qts)
{
    qtest_qmp_assert_success(qts,
        "{ 'execute': 'object-add', 'arguments': {"
        " 'qom-type': 'cryptodev-backend-gcrypt', 'id': 'c1' } }");
}

static QDict *remove_backend(QTestState *qts, const char *id)
{
    return qtest_qmp(qts, "{ 'execute': 'object-del',"
                          "  'arguments': { 'id': %s } }", id);
}

/* Ends with @reply, which must be an error that says @why */
static void assert_refused(QDict *reply, const char *why)
{
    g_assert_true(qdict_haskey(reply, "error"));
    g_assert_nonnull(strstr(qdict_get_str(qdict_get_qdict(reply, "error"),
                                          "desc"), why));
    qobject_unref(reply);
}

static void assert_accepted(QDict *reply)
{
    g_assert_true(qdict_haskey(reply, "return"));
    qobject_unref(reply);
}

static void test_hotplug(void *obj, void *data, QGuestAllocator *alloc)
{
    QPCIBusPC *pc = obj;
    QTestState *qts = pc->bus.qts;

    for (int i = 0; i < 4; i++) {
        add_backend(qts);
        qtest_qmp_device_add(qts, "virtio-crypto-pci", "crypto1",
                             "{'addr': %s, 'cryptodev': 'c1',"
                             " 'protocol': %s}", stringify(HOTPLUG_SLOT),
                             i % 2 ? "rfc-v1" : "virtio");
        /* The backend is the device's own, until that is gone */
        assert_refused(qtest_qmp(qts,
            "{ 'execute': 'device_add', 'arguments': {"
            "  'driver': 'virtio-crypto-pci', 'id': 'crypto2',"
            "  'cryptodev': 'c1' } }"), "used by another device");
        assert_refused(remove_backend(qts, "c1"), "in use");
        qpci_unplug_acpi_device_test(qts, "crypto1", HOTPLUG_SLOT);
        assert_accepted(remove_backend(qts, "c1"));
    }
}

/* A backend that a device uses cannot be removed, one that none uses can */
static void test_backend_in_use(void *obj, void *data, QGuestAllocator *alloc)
{
    assert_refused(remove_backend(global_qtest, "c0"), "in use");
    add_backend(global_qtest);
    assert_accepted(remove_backend(global_qtest, "c1"));
}

static void register_tests(void)
{
    const char *any = "virtio-crypto", *pci = "virtio-crypto-pci";

    add_crypto_test_both("queues/default", test_queues, NULL);
    add_crypto_test_both("queues/4", test_queues, &queues_4);
    add_crypto_test_both("queues/64", test_queues, &queues_64);
    add_crypto_test_both("queues/shared-session", test_shared_session,
                         &queues_4);
    add_crypto_test_both("queues/event-index", test_event_index, NULL);
    add_crypto_test("queues/event-index-packed", pci, test_event_packed,
                    &packed_option);
    add_crypto_test_both("queues/stop-cont", test_stop_cont, NULL);
    add_crypto_test_both("session/lifetime", test_session, NULL);
    add_crypto_test_both("session/reset", test_reset, NULL);
    add_crypto_test_both("session/reset-in-flight", test_reset_in_flight,
                         NULL);
    add_crypto_test_both("session/row", test_row, &one_session);
    add_crypto_test_both("session/limit", test_limit, &three_sessions);
    add_crypto_test_both("session/limit-65536", test_limit_most,
                         &most_sessions);
    add_crypto_test("msix/default", pci, test_msix, NULL);
    add_crypto_test("msix/queues-4", pci, test_msix, &queues_4);
    add_crypto_test("msix/queues-64", pci, test_msix, &queues_64);
    add_crypto_test("msix/interrupt", pci, test_msix_interrupt, NULL);
    /* A bus whose devices can be unplugged */
    add_crypto_test("plug/hotplug", "pci-bus-pc", test_hotplug, NULL);
    add_crypto_test("plug/backend-in-use", any, test_backend_in_use, NULL);
}

libqos_init(register_tests);
