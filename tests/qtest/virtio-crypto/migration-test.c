/*
 * Tests of virtio-crypto: migration
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-rfc.h"
#include "ec-key.h"
#include "examples.h"
#include "flight.h"
#include "migration.h"
#include "options.h"
#include "rfc-computation.h"
#include "slow-requests.h"

#define REVISION_1  (1ull << QVIRTIO_CRYPTO_F_REVISION_1)

/* There and back again, under load */
#define N_MOVES     10
/* Rounds of requests while the memory is on its way */
#define LIVE_ROUNDS 1

/* The time in which the pool completes some operations */
#define SOME_ANSWERS_US (G_USEC_PER_SEC / 2)

/* How many sessions a description shows, and how often to create all */
#define N_DESCRIBED 64
#define N_TIMES     8

/* So little that the memory of a machine takes longer than a test */
#define SLOW_BANDWIDTH (64 * 1024)

/* Sessions by the published examples, as many as the protocol has */
typedef struct Sessions {
    QVirtioCryptoDriver *d;
    GPtrArray *examples;
    GArray *ids;
} Sessions;

/* Of RFC v1 all tags have 16 bytes. */
static bool fits(const Sessions *s, guint i)
{
    const Example *example = g_ptr_array_index(s->examples, i);

    return example_fits(example, s->d) &&
           (!s->d->rfc || example->service != VIRTIO_CRYPTO_SERVICE_AEAD ||
            example->session.result_len == 16);
}

static void create_sessions(Sessions *s, QVirtioCryptoDriver *d)
{
    s->d = d;
    s->examples = examples_new();
    s->ids = g_array_new(false, true, sizeof(uint64_t));
    for (guint i = 0; i < s->examples->len; i++) {
        const Example *example = g_ptr_array_index(s->examples, i);
        uint64_t id = fits(s, i)
                      ? qvirtio_crypto_create(d, &example->session) : 0;

        g_array_append_val(s->ids, id);
    }
}

static void check_session(QVirtioCryptoDriver *d, const Example *example,
                          uint64_t id, uint32_t queue)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoOp op = example->op;
    QVirtioCryptoRequest *req;

    g_test_message("%s", example->name);
    op.session = id;
    req = qvirtio_crypto_run(d, queue, &op, &shape);
    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpmem(req->written->data, req->written->len,
                    example->expected->data, example->expected->len);
    qvirtio_crypto_request_free(req, d->alloc);
}

static void check_sessions(Sessions *s)
{
    for (guint i = 0; i < s->examples->len; i++) {
        if (fits(s, i)) {
            check_session(s->d, g_ptr_array_index(s->examples, i),
                          g_array_index(s->ids, uint64_t, i), 0);
        }
    }
}

static void destroy_sessions(Sessions *s)
{
    for (guint i = 0; i < s->examples->len; i++) {
        const Example *example = g_ptr_array_index(s->examples, i);

        if (fits(s, i)) {
            qvirtio_crypto_destroy(s->d, &example->session,
                                   g_array_index(s->ids, uint64_t, i));
        }
    }
    g_array_unref(s->ids);
    g_ptr_array_unref(s->examples);
}

/* No session has this id, and @n new ones do not get it */
static void check_gone(QVirtioCryptoDriver *d, uint64_t gone, unsigned int n)
{
    g_autoptr(GPtrArray) examples = examples_new();
    const Example *example = examples_find(examples, "aes-cbc-128");
    QVirtioCryptoOp op = example->op;

    for (unsigned int i = 0; i < n; i++) {
        g_assert_cmphex(qvirtio_crypto_create(d, &example->session), !=, gone);
    }
    op.session = gone;
    g_assert_cmpint(qvirtio_crypto_status(d, 0, &op), ==,
                    qvirtio_crypto_expected(d, VIRTIO_CRYPTO_INVSESS));
}

/* Every service's sessions, and those that were destroyed before */
static void test_sessions(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d = qvirtio_crypto_start(global_qtest, crypto->vdev,
                                                  alloc, 0);
    g_autoptr(GPtrArray) examples = examples_new();
    const Example *example = examples_find(examples, "aes-cbc-128");
    uint64_t gone = qvirtio_crypto_create(d, &example->session);
    Sessions s;

    create_sessions(&s, d);
    qvirtio_crypto_destroy(d, &example->session, gone);
    check_sessions(&s);
    for (int i = 0; i < 2; i++) {
        migration_move(d);
        check_sessions(&s);
    }
    check_gone(d, gone, 3);
    destroy_sessions(&s);
    qvirtio_crypto_stop(d);
}

#ifdef CONFIG_CRYPTODEV_OPENSSL
/* A stream has nothing of the library that computes. */
static void test_other_backend(void *obj, void *data, QGuestAllocator *alloc)
{
    static const MigrationTarget openssl = {
        .type = "cryptodev-backend-openssl",
    };
    static const MigrationTarget gcrypt = {
        .type = "cryptodev-backend-gcrypt",
    };
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d = qvirtio_crypto_start(global_qtest, crypto->vdev,
                                                  alloc, 0);
    Sessions s;

    create_sessions(&s, d);
    check_sessions(&s);
    migration_move_to(d, &openssl);
    check_sessions(&s);
    migration_move_to(d, &gcrypt);
    check_sessions(&s);
    destroy_sessions(&s);
    qvirtio_crypto_stop(d);
}
#endif

/* More sessions than the description of a stream shows */
static void test_many_sessions(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d = qvirtio_crypto_start(global_qtest, crypto->vdev,
                                                  alloc, 0);
    Sessions s[N_TIMES];
    guint n = 0;

    for (int i = 0; i < N_TIMES; i++) {
        create_sessions(&s[i], d);
        for (guint j = 0; j < s[i].examples->len; j++) {
            n += fits(&s[i], j);
        }
    }
    g_assert_cmpint(n, >, 2 * N_DESCRIBED);
    migration_move(d);
    for (int i = 0; i < N_TIMES; i++) {
        check_sessions(&s[i]);
        destroy_sessions(&s[i]);
    }
    qvirtio_crypto_stop(d);
}

static uint64_t create_computing(QVirtioCryptoDriver *d, uint32_t alg,
                                 GByteArray *list)
{
    uint64_t id;

    g_assert_cmpint(computation_create(d, alg, list, &id), ==,
                    VIRTIO_CRYPTO_OK);
    return id;
}

static GByteArray *compute(QVirtioCryptoDriver *d, uint32_t queue,
                           uint32_t mode, uint64_t id, GByteArray *list)
{
    GByteArray *written;

    g_assert_cmpint(computation_run(d, queue,
                        computation_request(mode, id, 4096, list), &written),
                    ==, VIRTIO_CRYPTO_OK);
    return written;
}

static void check_ecdsa(QVirtioCryptoDriver *d, uint64_t id)
{
    g_autoptr(GByteArray) signature =
        compute(d, 0, ALG(ECDSA, SIGN_RS), id, LIST("", p256_digest));
    g_autoptr(GByteArray) expected = LIST(p256_r, p256_s);

    g_assert_cmpmem(signature->data, signature->len, expected->data,
                    expected->len);
}

static GByteArray *generate(QVirtioCryptoDriver *d, uint32_t queue,
                            uint64_t id)
{
    return compute(d, queue, ALG(DRBG, GENERATE), id,
                   LIST("40", "80", "00", ""));
}

/*
 * Sessions of computations, one of them a generator whose state does not
 * migrate.  After the stream is written, each QEMU uses another queue.
 */
static void test_computing(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc,
                             1ull << VIRTIO_CRYPTO_RFC_F_ECDSA |
                             1ull << VIRTIO_CRYPTO_RFC_F_DRBG);
    uint64_t ecdsa = create_computing(d, ALG(ECDSA, SIGN_RS),
                                      LIST("03", p256_d));
    uint64_t drbg = create_computing(d, ALG(DRBG, INSTANTIATE),
                                     LIST("80", "01", "6d696772617465"));
    char *dir = migration_dir_new();
    g_autofree char *uri = g_strdup_printf("file:%s/stream", dir);
    g_autoptr(GByteArray) here = NULL, there = NULL;
    QTestState *target;

    check_ecdsa(d, ecdsa);
    qtest_qmp_assert_success(d->qts, "{ 'execute': 'stop' }");
    migration_send(d->qts, uri);
    migration_wait(d->qts, "completed");
    qtest_qmp_assert_success(d->qts, "{ 'execute': 'cont' }");
    here = generate(d, 1, drbg);

    target = migration_target(d->qts, NULL, NULL);
    migration_receive(target, uri);
    migration_wait(target, "completed");
    qtest_qmp_assert_success(target, "{ 'execute': 'cont' }");
    migration_adopt(d, target);
    check_ecdsa(d, ecdsa);
    there = generate(d, 0, drbg);
    g_assert_cmpint(here->len, ==, there->len);
    g_assert_cmpint(memcmp(here->data, there->data, here->len), !=, 0);
    qvirtio_crypto_stop(d);
    migration_dir_free(dir);
}

/* The destination answers the pool's operations, once */
static void check_pool(QVirtioDevice *vdev, QGuestAllocator *alloc,
                       uint64_t features)
{
    SlowRequests *s = slow_requests_new(vdev, alloc, features);

    slow_requests_submit(s);
    migration_move(s->d);
    g_assert_cmpint(slow_requests_count(s), >, 0);
    /* And further, before they are complete */
    migration_move_by_file(s->d);
    g_assert_cmpint(slow_requests_count(s), >, 0);
    slow_requests_wait(s);
    slow_requests_check_session(s);
    slow_requests_free(s);
}

static void test_pool(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    check_pool(crypto->vdev, alloc, 0);
}

static void test_pool_packed(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;

    check_pool(&pci->pci_vdev.vdev, alloc, 1ull << VIRTIO_F_RING_PACKED);
}

/* A reset also forgets migrated requests */
static void test_pool_reset(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    SlowRequests *s = slow_requests_new(crypto->vdev, alloc, 0);

    slow_requests_submit(s);
    migration_move(s->d);
    g_assert_cmpint(slow_requests_count(s), >, 0);
    slow_requests_restart(s);
    slow_requests_check_session(s);
    slow_requests_free(s);
}

/* A session that is destroyed while requests wait does not move */
static void test_pool_destroy(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    SlowRequests *s = slow_requests_new(crypto->vdev, alloc, REVISION_1);

    slow_requests_submit(s);
    slow_requests_destroy_session(s);
    migration_move(s->d);
    g_assert_cmpint(slow_requests_wait_failures(s, VIRTIO_CRYPTO_INVSESS), >,
                    0);
    slow_requests_free(s);
}

/* The source goes on with its requests, whatever happens to the stream */
static void test_stop_cont(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    SlowRequests *s = slow_requests_new(crypto->vdev, alloc, 0);
    char *dir = migration_dir_new();
    g_autofree char *uri = g_strdup_printf("file:%s/stream", dir);

    slow_requests_submit(s);
    qtest_qmp_assert_success(s->d->qts, "{ 'execute': 'stop' }");
    migration_send(s->d->qts, uri);
    migration_wait(s->d->qts, "completed");
    qtest_qmp_assert_success(s->d->qts, "{ 'execute': 'cont' }");
    slow_requests_wait(s);
    slow_requests_check_session(s);
    slow_requests_free(s);
    migration_dir_free(dir);
}

/*
 * After loading a snapshot, the requests in flight are those of that time.  The
 * driver does not look in between, so it never sees the later answers.
 */
static void test_snapshot(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    SlowRequests *s = slow_requests_new(crypto->vdev, alloc, 0);
    char *dir = migration_dir_new();

    migration_add_image(s->d->qts, dir);
    slow_requests_submit(s);
    migration_save_snapshot(s->d->qts);
    g_usleep(SOME_ANSWERS_US);
    migration_load_snapshot(s->d->qts);
    g_assert_cmpint(slow_requests_count(s), >, 0);
    slow_requests_wait(s);
    slow_requests_check_session(s);
    slow_requests_free(s);
    /* The next test shall have no image. */
    qos_invalidate_command_line();
    migration_dir_free(dir);
}

/* Migrate so slowly that there is time for other things */
static QTestState *send_slowly(QTestState *qts, const char *uri)
{
    QTestState *target = migration_target(qts, NULL, NULL);

    migration_receive(target, uri);
    migration_set_bandwidth(qts, SLOW_BANDWIDTH);
    migration_send(qts, uri);
    return target;
}

static void test_cancel(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    Flight *f = flight_new(crypto->vdev, alloc, 0);
    char *dir = migration_dir_new();
    g_autofree char *uri = g_strdup_printf("unix:%s/socket", dir);

    for (int i = 0; i < 2; i++) {
        QTestState *target = send_slowly(f->d->qts, uri);

        flight_submit(f);
        qtest_qmp_assert_success(f->d->qts, "{ 'execute': 'migrate_cancel' }");
        migration_wait(f->d->qts, "cancelled");
        flight_wait(f);
        qtest_quit(target);
    }
    migration_set_bandwidth(f->d->qts, INT64_MAX);
    migration_move(f->d);
    flight_submit(f);
    flight_wait(f);
    flight_free(f);
    migration_dir_free(dir);
}

/*
 * Requests while the memory is on its way, and when the machine stops.  From
 * then on the driver of a machine that stands still does not touch its memory.
 */
static void move_under_load(Flight *f, const char *uri)
{
    QTestState *target = send_slowly(f->d->qts, uri);

    for (int i = 0; i < LIVE_ROUNDS; i++) {
        g_autofree char *status = NULL;

        flight_submit(f);
        flight_wait(f);
        status = migration_status(f->d->qts);
        g_assert_cmpstr(status, ==, "active");
    }
    flight_submit(f);
    migration_set_bandwidth(f->d->qts, INT64_MAX);
    migration_wait(f->d->qts, "completed");
    migration_wait_running(target);
    migration_adopt(f->d, target);
    flight_wait(f);
}

static void test_load(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    Flight *f = flight_new(crypto->vdev, alloc, 0);
    char *dir = migration_dir_new();
    g_autofree char *uri = g_strdup_printf("unix:%s/socket", dir);

    for (int i = 0; i < N_MOVES; i++) {
        move_under_load(f, uri);
    }
    flight_free(f);
    migration_dir_free(dir);
}

/* QEMU does not migrate the order of requests, so the source goes on */
static void test_in_order(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    SlowRequests *s = slow_requests_new(&pci->pci_vdev.vdev, alloc,
                                        1ull << VIRTIO_F_IN_ORDER);
    char *dir = migration_dir_new();
    g_autofree char *uri = g_strdup_printf("file:%s/stream", dir);

    slow_requests_submit(s);
    migration_send(s->d->qts, uri);
    migration_wait(s->d->qts, "failed");
    migration_wait_running(s->d->qts);
    slow_requests_wait(s);
    migration_move(s->d);
    slow_requests_check_session(s);
    slow_requests_free(s);
    migration_dir_free(dir);
}

static const CryptoOptions queues_2 = { .backend = "queues=2" };
static const CryptoOptions packed = {
    .backend = "queues=2", .device = "packed=on",
};
static const CryptoOptions in_order = { .device = "in_order=on" };

static void register_tests(void)
{
    add_crypto_test_both("migration/sessions", test_sessions, NULL);
#ifdef CONFIG_CRYPTODEV_OPENSSL
    add_crypto_test_both("migration/other-backend", test_other_backend, NULL);
#endif
    add_crypto_test("migration/many-sessions", "virtio-crypto",
                    test_many_sessions, NULL);
    add_crypto_test("rfc-migration/computing", "virtio-crypto-rfc",
                    test_computing, &queues_2);
    add_crypto_test_both("migration/pool", test_pool, &queues_2);
    add_crypto_test("migration/pool-packed", "virtio-crypto-pci",
                    test_pool_packed, &packed);
    add_crypto_test("migration/pool-reset", "virtio-crypto", test_pool_reset,
                    &queues_2);
    add_crypto_test("migration/pool-destroy", "virtio-crypto",
                    test_pool_destroy, &queues_2);
    add_crypto_test_both("migration/stop-cont", test_stop_cont, &queues_2);
    add_crypto_test_both("migration/snapshot", test_snapshot, &queues_2);
    add_crypto_test_both("migration/cancel", test_cancel, &queues_2);
    add_crypto_test_both("migration/load", test_load, &queues_2);
    add_crypto_test("migration/in-order", "virtio-crypto-pci", test_in_order,
                    &in_order);
}

libqos_init(register_tests);
