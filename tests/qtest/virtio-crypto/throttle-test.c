/*
 * Tests of virtio-crypto: limits on operations and bytes per second
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * They check only the least time that something takes: a machine may be slow.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "qapi/error.h"
#include "qobject/qdict.h"
#include "qobject/qjson.h"
#include "examples.h"
#include "flight.h"
#include "options.h"

#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define POLL_US     1000
#define QUEUES      "queues=" stringify(FLIGHT_QUEUES)
#define N_FLIGHT    (FLIGHT_QUEUES * FLIGHT_REQUESTS)

#define OPS         250
#define BYTES       4000000

static const CryptoOptions limited_ops = {
    .backend = QUEUES ",throttle-ops=" stringify(OPS),
    .shared_ram = true,
};
static const CryptoOptions limited_bytes = {
    .backend = QUEUES ",throttle-bps=" stringify(BYTES),
    .shared_ram = true,
};
static const CryptoOptions unlimited = {
    .backend = QUEUES, .shared_ram = true,
};

/*
 * The least time in microseconds that @n operations of @size take with a limit
 * of @limit per second.  The burst is a tenth of that, and each queue may begin
 * one more operation when the burst is used up.
 */
static int64_t least_time(uint64_t n, uint64_t size, uint64_t limit)
{
    uint64_t at_once = limit / 10 + FLIGHT_QUEUES * size;

    g_assert_cmpint(n * size, >, at_once);
    return (n * size - at_once) * G_USEC_PER_SEC / limit;
}

static void test_limit(Flight *f, int64_t least)
{
    gint64 begin = g_get_monotonic_time();

    flight_submit(f);
    flight_wait(f);
    g_assert_cmpint(g_get_monotonic_time() - begin, >=, least);
}

/* The limit is that of all queues together */
static void test_ops(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    Flight *f = flight_new(crypto->vdev, alloc, 0);

    g_assert_cmpint(f->d->n_data, ==, FLIGHT_QUEUES);
    test_limit(f, least_time(N_FLIGHT, 1, OPS));
    flight_free(f);
}

static void test_bytes(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    Flight *f = flight_new(crypto->vdev, alloc, 0);

    test_limit(f, least_time(N_FLIGHT, FLIGHT_BYTES, BYTES));
    flight_free(f);
}

static void set_limit(const char *limit, int64_t value)
{
    qtest_qmp_assert_success(global_qtest,
        "{ 'execute': 'qom-set', 'arguments': { 'path': '/objects/c0',"
        "  'property': %s, 'value': %" PRId64 " } }", limit, value);
}

static int64_t get_limit(const char *limit)
{
    QDict *reply = qtest_qmp(global_qtest,
        "{ 'execute': 'qom-get', 'arguments': { 'path': '/objects/c0',"
        "  'property': %s } }", limit);
    int64_t value = qdict_get_int(reply, "return");

    qobject_unref(reply);
    return value;
}

/* Waits until @n requests are answered */
static void await_some(Flight *f, unsigned int n)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;

    while (N_FLIGHT - flight_count(f) < n) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_usleep(POLL_US);
    }
}

/* Requests wait until the limit changes, and then go on at once */
static void test_change(void *obj, void *data, QGuestAllocator *alloc)
{
    static const struct {
        const char *limit;
        int64_t high;
    } changes[] = {
        { "throttle-ops", 0 },
        { "throttle-ops", INT64_C(1000000000000000) },
        { "throttle-bps", 0 },
        { "throttle-bps", INT64_C(1000000000000000) },
    };
    QVirtioCrypto *crypto = obj;
    Flight *f = flight_new(crypto->vdev, alloc, 0);

    for (size_t i = 0; i < ARRAY_SIZE(changes); i++) {
        set_limit(changes[i].limit, 1);
        flight_submit(f);
        await_some(f, 1);
        for (uint32_t queue = 0; queue < FLIGHT_QUEUES; queue++) {
            g_assert_cmpint(flight_count_queue(f, queue), >, 0);
        }
        set_limit(changes[i].limit, changes[i].high);
        g_assert_cmpint(get_limit(changes[i].limit), ==, changes[i].high);
        flight_wait(f);
        set_limit(changes[i].limit, 0);
    }
    flight_free(f);
}

#define FEW_BYTES (4 * FLIGHT_BYTES)
#define N_LARGE   (2 * FLIGHT_QUEUES)

/* A request of more bytes than the burst is served, too */
static void test_large(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    Flight *f = flight_new(crypto->vdev, alloc, 0);
    gint64 begin;

    set_limit("throttle-bps", FEW_BYTES);
    begin = g_get_monotonic_time();
    flight_submit(f);
    await_some(f, N_LARGE);
    g_assert_cmpint(g_get_monotonic_time() - begin, >=,
                    least_time(N_LARGE, FLIGHT_BYTES, FEW_BYTES));
    set_limit("throttle-bps", 0);
    flight_wait(f);
    flight_free(f);
}

#define N_SIGNATURES 60
#define SIGNATURES   100

/* Operations of the pool count as others do */
static void test_pool(void *obj, void *data, QGuestAllocator *alloc)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, 0);
    g_autoptr(GPtrArray) examples = examples_new();
    const Example *example = examples_find(examples, "rsa-verify");
    QVirtioCryptoRequest *reqs[N_SIGNATURES];
    QVirtioCryptoOp op = example->op;
    gint64 begin = g_get_monotonic_time();

    set_limit("throttle-ops", SIGNATURES);
    op.session = qvirtio_crypto_create(d, &example->session);
    for (int i = 0; i < N_SIGNATURES; i++) {
        reqs[i] = qvirtio_crypto_op_request(d, &op);
        qvirtio_crypto_submit(d, i % FLIGHT_QUEUES, reqs[i], &shape);
    }
    for (int i = 0; i < N_SIGNATURES; i++) {
        qvirtio_crypto_wait(d, i % FLIGHT_QUEUES, reqs[i]);
        g_assert_cmpint(reqs[i]->status, ==, VIRTIO_CRYPTO_OK);
        qvirtio_crypto_request_free(reqs[i], alloc);
    }
    g_assert_cmpint(g_get_monotonic_time() - begin, >=,
                    least_time(N_SIGNATURES, 1, SIGNATURES));
    set_limit("throttle-ops", 0);
    qvirtio_crypto_stop(d);
}

/* Invalid limits are refused, and the old one stays */
static void test_refuse(void *obj, void *data, QGuestAllocator *alloc)
{
    static const char *const values[] = {
        "1000000000000001", "-1", "\"much\"",
    };

    set_limit("throttle-bps", 7);
    for (size_t i = 0; i < ARRAY_SIZE(values); i++) {
        g_autofree char *command = g_strdup_printf(
            "{ 'execute': 'qom-set', 'arguments': { 'path': '/objects/c0',"
            "  'property': 'throttle-bps', 'value': %s } }", values[i]);
        QDict *reply = qtest_qmp(global_qtest, "%p",
                                 qobject_from_json(command, &error_abort));

        g_assert_true(qdict_haskey(reply, "error"));
        qobject_unref(reply);
        g_assert_cmpint(get_limit("throttle-bps"), ==, 7);
    }
    set_limit("throttle-bps", 0);
}

static void register_tests(void)
{
    const char *any = "virtio-crypto";

    add_crypto_test_both("throttle/ops", test_ops, &limited_ops);
    add_crypto_test_both("throttle/bytes", test_bytes, &limited_bytes);
    add_crypto_test_both("throttle/change", test_change, &unlimited);
    add_crypto_test_both("throttle/large", test_large, &unlimited);
    add_crypto_test("throttle/pool", any, test_pool, &unlimited);
    add_crypto_test("throttle/refuse", any, test_refuse, &unlimited);
}

libqos_init(register_tests);
