/*
 * Tests of virtio-crypto: a backend that is not ready
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "examples.h"
#include "held-requests.h"
#include "options.h"
#include "plug.h"
#include "readiness.h"
#include "test-backend.h"

#define STATELESS (1ull << QVIRTIO_CRYPTO_F_REVISION_1 | \
                   1ull << QVIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE)

/* Gives the device time for something that it must not do */
#define STANDSTILL_US (G_USEC_PER_SEC / 5)

static HeldRequests *start(void *obj, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    return held_requests_new(crypto->vdev, alloc, 0, "c0");
}

static void set_ready(HeldRequests *h, bool ready)
{
    test_backend_set_ready(h->d->qts, h->backend, ready);
}

static void pass(HeldRequests *h, const char *command)
{
    qtest_qmp_assert_success(h->d->qts, "{ 'execute': %s }", command);
}

static unsigned int count_submitted(HeldRequests *h)
{
    return held_requests_counter(h, "submitted");
}

/* Complete and check what the backend holds. */
static void finish(HeldRequests *h)
{
    held_requests_release(h, N_HELD);
    held_requests_wait(h);
}

static uint32_t try_create(HeldRequests *h)
{
    const Example *example = examples_find(h->examples, "aes-cbc-128");
    uint64_t id;
    uint32_t status = qvirtio_crypto_try_create(h->d, &example->session, &id);

    if (status == VIRTIO_CRYPTO_OK) {
        qvirtio_crypto_destroy(h->d, &example->session, id);
    }
    return status;
}

static void check_requests_wait(HeldRequests *h)
{
    unsigned int n = count_submitted(h);

    held_requests_enqueue(h);
    g_usleep(STANDSTILL_US);
    g_assert_cmpint(count_submitted(h), ==, n);
    g_assert_cmpint(held_requests_count(h), ==, N_HELD);
}

/* Tasks end, but nothing begins; then everything goes on. */
static void test_requests(void *obj, void *data, QGuestAllocator *alloc)
{
    HeldRequests *h = start(obj, alloc);
    const Example *example = examples_find(h->examples, "aes-cbc-128");
    uint64_t other = qvirtio_crypto_create(h->d, &example->session);

    held_requests_create_sessions(h);
    readiness_check_silent(h->d, true);
    held_requests_submit(h);
    set_ready(h, false);
    readiness_check_told(h->d, false);
    finish(h);
    check_requests_wait(h);
    g_assert_cmpint(try_create(h), ==, VIRTIO_CRYPTO_ERR);
    qvirtio_crypto_destroy(h->d, &example->session, other);
    readiness_check_silent(h->d, false);

    set_ready(h, true);
    readiness_check_told(h->d, true);
    held_requests_await(h, "submitted", 2 * N_HELD);
    finish(h);
    g_assert_cmpint(try_create(h), ==, VIRTIO_CRYPTO_OK);
    readiness_check_silent(h->d, true);
    held_requests_free(h);
}

/* A device that begins without its backend */
static void test_start(void *obj, void *data, QGuestAllocator *alloc)
{
    HeldRequests *h = start(obj, alloc);

    readiness_check_silent(h->d, false);
    g_assert_cmpint(try_create(h), ==, VIRTIO_CRYPTO_ERR);
    set_ready(h, true);
    readiness_check_told(h->d, true);
    held_requests_create_sessions(h);
    held_requests_submit(h);
    finish(h);
    held_requests_free(h);
}

/* What changes before the driver is OK, it learns afterwards. */
static void test_driver_ok(void *obj, void *data, QGuestAllocator *alloc)
{
    HeldRequests *h = start(obj, alloc);
    QVirtioDevice *vdev = h->d->vdev;
    uint8_t status = vdev->bus->get_status(vdev);

    vdev->bus->set_status(vdev, status & ~VIRTIO_CONFIG_S_DRIVER_OK);
    set_ready(h, false);
    readiness_check_silent(h->d, false);
    set_ready(h, true);
    readiness_check_silent(h->d, true);
    vdev->bus->set_status(vdev, status);
    readiness_check_told(h->d, true);
    readiness_check_silent(h->d, true);
    held_requests_free(h);
}

static void test_reset(void *obj, void *data, QGuestAllocator *alloc)
{
    HeldRequests *h = start(obj, alloc);

    held_requests_create_sessions(h);
    held_requests_submit(h);
    set_ready(h, false);
    held_requests_lose(h);
    qvirtio_crypto_restart(h->d);
    readiness_check_silent(h->d, false);
    g_assert_cmpint(held_requests_counter(h, "cancelled"), ==,
                    N_HELD);
    set_ready(h, true);
    readiness_check_told(h->d, true);
    held_requests_create_sessions(h);
    held_requests_submit(h);
    finish(h);
    held_requests_check_lost(h);
    held_requests_free(h);
}

/* A machine that stands still gets no interrupt, but later if need be */
static void test_stop_cont(void *obj, void *data, QGuestAllocator *alloc)
{
    HeldRequests *h = start(obj, alloc);

    held_requests_create_sessions(h);
    pass(h, "stop");
    set_ready(h, false);
    readiness_check_silent(h->d, false);
    pass(h, "cont");
    readiness_check_told(h->d, false);
    check_requests_wait(h);

    pass(h, "stop");
    set_ready(h, true);
    set_ready(h, false);
    pass(h, "cont");
    readiness_check_silent(h->d, false);

    pass(h, "stop");
    set_ready(h, true);
    readiness_check_silent(h->d, true);
    pass(h, "cont");
    readiness_check_told(h->d, true);
    held_requests_await(h, "submitted", N_HELD);
    finish(h);
    held_requests_free(h);
}

/* So many that the device takes requests for longer than a QMP command takes */
#define ROUNDS      16
#define N_STATELESS 960

static void submit_stateless(QVirtioCryptoDriver *d, const Example *example,
                             QVirtioCryptoRequest **reqs)
{
    const QVirtioCryptoShape shape = { .indirect = true };
    QVirtioCryptoOp op = example->op;

    op.stateless = &example->session;
    for (int i = 0; i < N_STATELESS; i++) {
        reqs[i] = qvirtio_crypto_op_request(d, &op);
        qvirtio_crypto_enqueue(d, 0, reqs[i], &shape);
    }
    qvirtring_kick(d->rings[0]);
}

/* A request that was taken has its session, whatever happens meanwhile. */
static void test_stateless(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    HeldRequests *h =
        held_requests_new(crypto->vdev, alloc,
                          STATELESS | 1ull << VIRTIO_RING_F_INDIRECT_DESC,
                          "c0");
    const Example *example = examples_find(h->examples, "aes-cbc-128");
    QVirtioCryptoRequest *reqs[N_STATELESS];

    test_backend_set_mode(h->d->qts, h->backend, "run");
    for (int round = 0; round < ROUNDS; round++) {
        submit_stateless(h->d, example, reqs);
        set_ready(h, false);
        set_ready(h, true);
        for (int i = 0; i < N_STATELESS; i++) {
            qvirtio_crypto_wait(h->d, 0, reqs[i]);
            g_assert_cmpint(reqs[i]->status, ==, VIRTIO_CRYPTO_OK);
            qvirtio_crypto_request_free(reqs[i], alloc);
        }
    }
    held_requests_free(h);
}

/* A backend that is not ready lets its device go */
static void test_unplug(void *obj, void *data, QGuestAllocator *alloc)
{
    QPCIBusPC *pc = obj;
    QTestState *qts = pc->bus.qts;
    QVirtioPCIDevice *pci;
    HeldRequests *h;

    qtest_qmp_assert_success(qts,
        "{ 'execute': 'object-add', 'arguments': {"
        "  'qom-type': %s, 'id': 'c1', 'mode': 'hold' } }", TEST_BACKEND);
    pci = crypto_plug(pc, "virtio", true);
    h = held_requests_new(&pci->vdev, alloc, 0, "c1");
    held_requests_create_sessions(h);
    set_ready(h, false);
    check_requests_wait(h);
    crypto_unplug(qts);
    test_backend_await(qts, "c1", "states", 0);
    g_assert_cmpint(count_submitted(h), ==, 0);
    set_ready(h, true);
    crypto_delete_backend(qts);
    held_requests_abandon(h);
    crypto_plug_free(pci);
}

static const CryptoOptions holding = {
    .backend = "mode=hold", .test_backend = true,
};
static const CryptoOptions not_ready = {
    .backend = "mode=hold,ready=off", .test_backend = true,
};
static const CryptoOptions no_ioeventfd = {
    .backend = "mode=hold", .test_backend = true,
    .more = " -global virtio-pci.ioeventfd=off"
            " -global virtio-mmio.ioeventfd=off",
};

static void register_tests(void)
{
    const char *any = "virtio-crypto";

    add_crypto_test_both("ready/requests", test_requests, &holding);
    add_crypto_test_both("ready/start", test_start, &not_ready);
    add_crypto_test_both("ready/driver-ok", test_driver_ok, &holding);
    add_crypto_test_both("ready/driver-ok-no-ioeventfd", test_driver_ok,
                         &no_ioeventfd);
    add_crypto_test_both("ready/reset", test_reset, &holding);
    add_crypto_test_both("ready/stop-cont", test_stop_cont, &holding);
    add_crypto_test("ready/stateless", any, test_stateless, &holding);
    add_crypto_test("ready/unplug", "pci-bus-pc", test_unplug, NULL);
}

libqos_init(register_tests);
