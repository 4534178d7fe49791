/*
 * Tests of virtio-crypto: query-stats
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-rfc.h"
#include "qobject/qdict.h"
#include "qobject/qlist.h"
#include "examples.h"
#include "options.h"
#include "plug.h"
#include "rfc-computation.h"
#include "rsp.h"
#include "stats.h"

#define N_QUEUES 3

static const CryptoOptions queues_3 = {
    .backend = "queues=" stringify(N_QUEUES),
};

typedef struct StatsTest {
    QVirtioCryptoDriver *d;
    GPtrArray *examples;
    CryptoStats *stats;
} StatsTest;

static void start_on(StatsTest *t, const char *backend, QVirtioDevice *vdev,
                     QGuestAllocator *alloc, uint64_t features)
{
    *t = (StatsTest) {
        .d = qvirtio_crypto_start(global_qtest, vdev, alloc, features),
        .examples = examples_new(),
        .stats = crypto_stats_new(global_qtest, backend),
    };
    g_assert_cmpint(t->d->n_data, ==, N_QUEUES);
}

static void start(StatsTest *t, void *obj, QGuestAllocator *alloc,
                  uint64_t features)
{
    QVirtioCrypto *crypto = obj;

    start_on(t, "c0", crypto->vdev, alloc, features);
}

static void clear(StatsTest *t)
{
    crypto_stats_check(t->stats, global_qtest);
    crypto_stats_free(t->stats);
    g_ptr_array_unref(t->examples);
}

static void stop(StatsTest *t)
{
    qvirtio_crypto_stop(t->d);
    clear(t);
}

static void run_op(StatsTest *t, uint32_t queue, const QVirtioCryptoOp *op,
                   uint8_t status)
{
    g_assert_cmpint(qvirtio_crypto_status(t->d, queue, op), ==,
                    qvirtio_crypto_expected(t->d, status));
    crypto_stats_expect_op(t->stats, op, status != VIRTIO_CRYPTO_OK);
}

/* Runs an example on each queue, as often as the queue's number tells */
static void run_example(StatsTest *t, const Example *example)
{
    QVirtioCryptoOp op = example->op;

    op.session = qvirtio_crypto_create(t->d, &example->session);
    for (uint32_t queue = 0; queue < N_QUEUES; queue++) {
        for (uint32_t i = 0; i <= queue; i++) {
            run_op(t, queue, &op, VIRTIO_CRYPTO_OK);
        }
    }
    qvirtio_crypto_destroy(t->d, &example->session, op.session);
}

static void run_examples(StatsTest *t)
{
    for (guint i = 0; i < t->examples->len; i++) {
        const Example *example = g_ptr_array_index(t->examples, i);

        if (example_fits(example, t->d)) {
            run_example(t, example);
        }
    }
    crypto_stats_check(t->stats, global_qtest);
}

/* The counters cover all queues, and survive a reset of the device */
static void test_services(void *obj, void *data, QGuestAllocator *alloc)
{
    StatsTest t;

    start(&t, obj, alloc, 0);
    run_examples(&t);
    qvirtio_crypto_restart(t.d);
    run_examples(&t);
    qtest_qmp_assert_success(t.d->qts, "{ 'execute': 'stop' }");
    crypto_stats_check(t.stats, global_qtest);
    qtest_qmp_assert_success(t.d->qts, "{ 'execute': 'cont' }");
    stop(&t);
}

/* The counters belong to the backend, and survive unplugging its device */
static void test_unplug(void *obj, void *data, QGuestAllocator *alloc)
{
    QPCIBusPC *pc = obj;

    crypto_add_backend(global_qtest, N_QUEUES, 0);
    for (int i = 0; i < 2; i++) {
        QVirtioPCIDevice *pci = crypto_plug(pc, "virtio", true);
        StatsTest t;

        start_on(&t, "c1", &pci->vdev, alloc, 0);
        run_examples(&t);
        crypto_unplug(global_qtest);
        qvirtio_crypto_abandon(t.d);
        clear(&t);
        crypto_plug_free(pci);
    }
    crypto_delete_backend(global_qtest);
}

/* The statistics of a backend that is not the only one, in one line */
static char *list_names(const char *backend)
{
    g_autofree char *path = g_strdup_printf("/objects/%s", backend);
    GString *names = g_string_new(NULL);
    QListEntry *result, *entry;
    QDict *reply = qtest_qmp(global_qtest,
        "{ 'execute': 'query-stats',"
        "  'arguments': { 'target': 'cryptodev' } }");

    QLIST_FOREACH_ENTRY(qdict_get_qlist(reply, "return"), result) {
        QDict *object = qobject_to(QDict, qlist_entry_obj(result));

        if (!g_str_equal(qdict_get_str(object, "qom-path"), path)) {
            continue;
        }
        QLIST_FOREACH_ENTRY(qdict_get_qlist(object, "stats"), entry) {
            QDict *stat = qobject_to(QDict, qlist_entry_obj(entry));

            g_string_append_printf(names, "%s ", qdict_get_str(stat, "name"));
        }
    }
    qobject_unref(reply);
    return g_string_free(names, false);
}

#define NAMES(operation) \
    operation "-ops " operation "-bytes " operation "-errors "
#define SYM_NAMES                                                   \
    NAMES("sym-encrypt") NAMES("sym-decrypt") NAMES("hash") NAMES("mac") \
    NAMES("aead-encrypt") NAMES("aead-decrypt")
#define ASYM_NAMES                                                  \
    NAMES("asym-encrypt") NAMES("asym-decrypt") NAMES("asym-sign")  \
    NAMES("asym-verify")
#define REJECTED_NAME "rejected-requests "

/* Operations that the protocol does not have are not listed */
static void test_names(void *obj, void *data, QGuestAllocator *alloc)
{
    g_autofree char *names = list_names("c0");

    g_assert_cmpstr(names, ==, SYM_NAMES ASYM_NAMES REJECTED_NAME);
}

static void test_rfc_names(void *obj, void *data, QGuestAllocator *alloc)
{
    g_autofree char *names = list_names("c0");

    g_assert_true(g_str_has_prefix(names, SYM_NAMES
                                          NAMES("dh-public-value")));
    g_assert_nonnull(strstr(names, NAMES("ln-exponentiate")));
    g_assert_true(g_str_has_suffix(names, NAMES("rand-seed") REJECTED_NAME));
    g_assert_null(strstr(names, "asym"));
}

static QVirtioCryptoOp prepare(StatsTest *t, const char *name)
{
    const Example *example = examples_find(t->examples, name);
    QVirtioCryptoOp op = example->op;

    op.session = qvirtio_crypto_create(t->d, &example->session);
    return op;
}

/* Makes the last of @len bytes of the source another one, in a new copy */
static uint8_t *spoil(QVirtioCryptoOp *op, size_t len)
{
    uint8_t *src = g_memdup2(op->src, len);

    src[len - 1] ^= 1;
    op->src = src;
    return src;
}

static void check_errors(StatsTest *t)
{
    QVirtioCryptoOp cipher = prepare(t, "aes-cbc-128");
    QVirtioCryptoOp short_cipher =
        qvirtio_crypto_cipher_op(cipher.session, true, cipher.iv,
                                 cipher.iv_len, cipher.src,
                                 cipher.src_len - 1);
    QVirtioCryptoOp tag = prepare(t, "gcm-decrypt");
    uint8_t *src = spoil(&tag, tag.src_len);
    QVirtioCryptoOp unknown = cipher;

    run_op(t, 0, &short_cipher, VIRTIO_CRYPTO_ERR);
    run_op(t, 1, &cipher, VIRTIO_CRYPTO_OK);
    run_op(t, 2, &tag, VIRTIO_CRYPTO_BADMSG);
    g_free(src);
    unknown.session++;
    g_assert_cmpint(qvirtio_crypto_status(t->d, 1, &unknown), ==,
                    qvirtio_crypto_expected(t->d, VIRTIO_CRYPTO_INVSESS));
    crypto_stats_expect_rejected(t->stats);
    crypto_stats_check(t->stats, global_qtest);
}

/* Errors that RFC v1 lacks, or has no fields for */
static void check_more_errors(StatsTest *t)
{
    QVirtioCryptoOp digest = prepare(t, "sha-256");
    QVirtioCryptoOp mac = prepare(t, "cmac-aes");
    QVirtioCryptoOp verify = prepare(t, "rsa-verify");
    uint8_t *src = spoil(&verify, verify.src_len + verify.dst_len);

    digest.digest_len = 0;
    run_op(t, 0, &digest, VIRTIO_CRYPTO_ERR);
    mac.digest_len = 0;
    run_op(t, 1, &mac, VIRTIO_CRYPTO_ERR);
    run_op(t, 2, &verify, VIRTIO_CRYPTO_KEY_REJECTED);
    g_free(src);
    crypto_stats_check(t->stats, global_qtest);
}

static void test_errors(void *obj, void *data, QGuestAllocator *alloc)
{
    StatsTest t;

    start(&t, obj, alloc, 0);
    check_errors(&t);
    if (!t.d->rfc) {
        check_more_errors(&t);
    }
    stop(&t);
}

/* A request without a session is counted by its service and direction */
static void test_stateless(void *obj, void *data, QGuestAllocator *alloc)
{
    const Example *example;
    QVirtioCryptoOp op;
    StatsTest t;

    start(&t, obj, alloc,
          1ull << QVIRTIO_CRYPTO_F_REVISION_1 |
          1ull << QVIRTIO_CRYPTO_F_MAC_STATELESS_MODE);
    example = examples_find(t.examples, "cmac-aes");
    op = example->op;
    op.stateless = &example->session;
    run_op(&t, 0, &op, VIRTIO_CRYPTO_OK);
    crypto_stats_check(t.stats, global_qtest);
    stop(&t);
}

static void compute(StatsTest *t, uint32_t queue, uint32_t mode,
                    const char *const *operands, uint8_t status)
{
    GByteArray *list = g_byte_array_new();

    for (; *operands; operands++) {
        g_autoptr(GByteArray) bytes = hex_to_bytes(*operands);

        computation_append(list, bytes);
    }
    g_assert_cmpint(computation_run(t->d, queue,
                                    computation_request(mode, 0, 64, list),
                                    NULL), ==, status);
}

/* The bytes include the lengths before the operands in the list */
static void test_computations(void *obj, void *data, QGuestAllocator *alloc)
{
    static const char *const power[] = { "01f1", "04", "0d", NULL };
    static const char *const even[] = { "01f0", "04", "0d", NULL };
    static const char *const prime[] = { "07ff", "02", "00", "", NULL };
    StatsTest t;

    start(&t, obj, alloc,
          1ull << VIRTIO_CRYPTO_RFC_F_LN | 1ull << VIRTIO_CRYPTO_RFC_F_PRIME);
    for (uint32_t queue = 0; queue < N_QUEUES; queue++) {
        compute(&t, queue, ALG(LN, EXPONENTIATE), power,
                VIRTIO_CRYPTO_OK);
        crypto_stats_expect(t.stats, "ln-exponentiate", 3 * 4 + 4, false);
    }
    compute(&t, 0, ALG(LN, EXPONENTIATE), &even[1],
            VIRTIO_CRYPTO_ERR);
    crypto_stats_expect(t.stats, "ln-exponentiate", 2 * 4 + 2, true);
    compute(&t, 1, ALG(PRIME, TEST), prime, VIRTIO_CRYPTO_OK);
    crypto_stats_expect(t.stats, "prime-test", 4 * 4 + 4, false);
    for (uint32_t unknown = 0; unknown < 0x10000; unknown += 0xfff) {
        compute(&t, 2, QVIRTIO_CRYPTO_RFC_ALG(VIRTIO_CRYPTO_RFC_F_LN, 0,
                                              unknown),
                power, VIRTIO_CRYPTO_NOTSUPP);
        crypto_stats_expect_rejected(t.stats);
    }
    crypto_stats_check(t.stats, global_qtest);
    stop(&t);
}

/* Has a device of RFC v1 on c1 count two operations, and unplugs it */
static void count_rfc(QPCIBusPC *pc, QGuestAllocator *alloc)
{
    static const char *const power[] = { "01f1", "04", "0d", NULL };
    QVirtioPCIDevice *pci = crypto_plug(pc, "rfc-v1", true);
    QVirtioCryptoOp cipher;
    StatsTest t;

    start_on(&t, "c1", &pci->vdev, alloc, 1ull << VIRTIO_CRYPTO_RFC_F_LN);
    compute(&t, 0, ALG(LN, EXPONENTIATE), power, VIRTIO_CRYPTO_OK);
    crypto_stats_expect(t.stats, "ln-exponentiate", 3 * 4 + 4, false);
    cipher = prepare(&t, "aes-cbc-128");
    run_op(&t, 0, &cipher, VIRTIO_CRYPTO_OK);
    crypto_unplug(global_qtest);
    qvirtio_crypto_abandon(t.d);
    clear(&t);
    crypto_plug_free(pci);
}

/*
 * A backend without a device lists the counters that are not 0.  They stay when
 * a device is plugged whose protocol lacks these operations.
 */
static void test_replaced(void *obj, void *data, QGuestAllocator *alloc)
{
    g_autofree char *unused = NULL, *counted = NULL, *replaced = NULL;
    QPCIBusPC *pc = obj;
    QVirtioPCIDevice *pci;

    crypto_add_backend(global_qtest, N_QUEUES, 0);
    unused = list_names("c1");
    g_assert_cmpstr(unused, ==, REJECTED_NAME);
    count_rfc(pc, alloc);
    counted = list_names("c1");
    g_assert_cmpstr(counted, ==, NAMES("sym-encrypt") NAMES("ln-exponentiate")
                                 REJECTED_NAME);
    pci = crypto_plug(pc, "virtio", true);
    replaced = list_names("c1");
    g_assert_cmpstr(replaced, ==, SYM_NAMES ASYM_NAMES
                                  NAMES("ln-exponentiate") REJECTED_NAME);
    crypto_unplug(global_qtest);
    crypto_plug_free(pci);
    crypto_delete_backend(global_qtest);
}

static QList *query_schema(QDict **reply)
{
    QList *schemas;
    QDict *schema;

    *reply = qtest_qmp(global_qtest,
                       "{ 'execute': 'query-stats-schemas',"
                       "  'arguments': { 'provider': 'cryptodev' } }");
    schemas = qdict_get_qlist(*reply, "return");
    g_assert_cmpint(qlist_size(schemas), ==, 1);
    schema = qobject_to(QDict, qlist_peek(schemas));
    g_assert_cmpstr(qdict_get_str(schema, "target"), ==, "cryptodev");
    return qdict_get_qlist(schema, "stats");
}

/* The one statistic of that name, if it is listed */
static bool find_one(const char *name, int64_t *value)
{
    QDict *reply = qtest_qmp(global_qtest,
        "{ 'execute': 'query-stats', 'arguments': { 'target': 'cryptodev',"
        "  'providers': [ { 'provider': 'cryptodev', 'names': [ %s ] } ] } }",
        name);
    QList *backends = qdict_get_qlist(reply, "return");
    bool listed = !qlist_empty(backends);

    if (listed) {
        QDict *backend = qobject_to(QDict, qlist_peek(backends));
        QList *stats = qdict_get_qlist(backend, "stats");
        QDict *stat = qobject_to(QDict, qlist_peek(stats));

        g_assert_cmpint(qlist_size(stats), ==, 1);
        g_assert_cmpstr(qdict_get_str(stat, "name"), ==, name);
        *value = qdict_get_int(stat, "value");
    }
    qobject_unref(reply);
    return listed;
}

/* Each statistic has a schema, and can be queried separately */
static void test_schema(void *obj, void *data, QGuestAllocator *alloc)
{
    g_autofree char *names = list_names("c0");
    unsigned int n = 0;
    QListEntry *entry;
    QDict *reply;

    QLIST_FOREACH_ENTRY(query_schema(&reply), entry) {
        QDict *schema = qobject_to(QDict, qlist_entry_obj(entry));
        const char *name = qdict_get_str(schema, "name");
        int64_t value;

        g_assert_cmpstr(qdict_get_str(schema, "type"), ==, "cumulative");
        g_assert_cmpstr(qdict_get_try_str(schema, "unit"), ==,
                        g_str_has_suffix(name, "-bytes") ? "bytes" : NULL);
        g_assert_cmpint(find_one(name, &value), ==, !!strstr(names, name));
        n++;
    }
    /* Ten operations of five services, and those of computations */
    g_assert_cmpint(n, >, 10 * 3);
    g_assert_cmpint(n % 3, ==, 1);
    qobject_unref(reply);
}

static void test_info(void *obj, void *data, QGuestAllocator *alloc)
{
    g_autofree char *expected = NULL, *info = NULL;
    QVirtioCryptoOp op;
    int64_t ops;
    StatsTest t;

    start(&t, obj, alloc, 0);
    op = prepare(&t, "aes-cbc-128");
    run_op(&t, 0, &op, VIRTIO_CRYPTO_OK);
    g_assert_true(find_one("sym-encrypt-ops", &ops));
    info = qtest_hmp(t.d->qts, "info stats cryptodev sym-encrypt-ops");
    expected = g_strdup_printf("sym-encrypt-ops (cumulative): %" PRId64, ops);
    g_assert_nonnull(strstr(info, expected));
    stop(&t);
}

static void register_tests(void)
{
    add_crypto_test_both("stats/services", test_services, &queues_3);
    add_crypto_test_both("stats/errors", test_errors, &queues_3);
    add_crypto_test("stats/stateless", "virtio-crypto", test_stateless,
                    &queues_3);
    add_crypto_test("rfc-stats/computations", "virtio-crypto-rfc",
                    test_computations, &queues_3);
    add_crypto_test("stats/schema", "virtio-crypto", test_schema, &queues_3);
    add_crypto_test("stats/names", "virtio-crypto", test_names, NULL);
    add_crypto_test("rfc-stats/names", "virtio-crypto-rfc", test_rfc_names,
                    NULL);
    add_crypto_test("stats/replaced", "pci-bus-pc", test_replaced, NULL);
    add_crypto_test("stats/unplug", "pci-bus-pc", test_unplug, NULL);
    add_crypto_test("stats/info", "virtio-crypto", test_info, &queues_3);
}

libqos_init(register_tests);
