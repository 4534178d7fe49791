/*
 * Tests of virtio-crypto: migration from the device's first version
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Streams were recorded when the device could first be migrated, and are read
 * for as long as there is the device.  The machine is one that QEMU keeps as it
 * is; its firmware is empty.  Where the requests and the results are in memory
 * is fixed, and the ids of sessions follow from their order.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "standard-headers/linux/virtio_pci.h"
#include "libqos/malloc-pc.h"
#include "libqos/pci-pc.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-rfc.h"
#include "examples.h"
#include "migration.h"
#include "options.h"
#include "slow-requests.h"

#define PATIENCE_US (120 * G_USEC_PER_SEC)
#define SLOT        4
#define BIOS_SIZE   (64 * 1024)
#define MACHINE \
    "-machine pc-q35-10.0 -nodefaults -m 8 -bios %s -object %s" \
    " -device virtio-crypto-pci,cryptodev=c0,addr=" stringify(SLOT) ".0%s"

#define RING_RESET  (1ull << VIRTIO_F_RING_RESET)

/* In the guest's memory, beyond the part that libqos allocates from */
#define SOURCE      0x600000
#define RESULT      0x608000
#define STATUS      0x60c000
#define EXPECTED    0x610000
#define NO_STATUS   0xff

/* A file, and its contents; sessions by their examples, in their order */
typedef struct Record {
    const char *name;
    const char *options;
    uint64_t features;
    /* Bytes in the result of the request that is in flight */
    size_t result_len;
    /* The sessions of slow requests come first */
    unsigned int n_before;
    const char *sessions[17];
} Record;

static const Record record_virtio = {
    .name = "virtio-crypto-stream-1.gz",
    .options = "",
    .result_len = 1024,
    .n_before = 1,
    .sessions = {
        "aes-cbc-128", "aes-xts-256", "aes-ctr-192", "3des-cbc-3key",
        "chain-plain-1", "chain-auth-1", "chain-nested-1", "sha-256",
        "hmac-sha-256", "cmac-aes", "gcm", "ccm", "chacha20-poly1305",
        "rsa-sign", "ecdsa-verify", "dsa-verify",
    },
};
static const Record record_rfc = {
    .name = "virtio-crypto-rfc-stream-1.gz",
    .options = ",protocol=rfc-v1",
    .features = 1ull << VIRTIO_CRYPTO_RFC_F_LN,
    .result_len = 4 + 1024,
    .sessions = {
        "aes-cbc-128", "aes-xts-256", "aes-ctr-192", "3des-cbc-3key",
        "sha-256", "hmac-sha-256", "cmac-aes", "gcm", "chacha20-poly1305",
    },
};

/* A separate machine, and its device */
typedef struct Machine {
    QTestState *qts;
    QGuestAllocator alloc;
    QPCIBus *bus;
    QVirtioPCIDevice *pci;
} Machine;

static QTestState *start_qemu(const Record *record, const char *dir,
                              const char *more)
{
    g_autofree char *bios = g_build_filename(dir, "bios", NULL);
    g_autofree char *empty = g_malloc0(BIOS_SIZE);

    g_assert_true(g_file_set_contents(bios, empty, BIOS_SIZE, NULL));
    return qtest_initf(MACHINE "%s", bios, QVIRTIO_CRYPTO_BACKEND,
                       record->options, more);
}

static void find_device(Machine *machine, QTestState *qts)
{
    QPCIAddress addr = { .devfn = QPCI_DEVFN(SLOT, 0) };

    machine->qts = qts;
    pc_alloc_init(&machine->alloc, qts, ALLOC_NO_FLAGS);
    machine->bus = qpci_new_pc(qts, &machine->alloc);
    machine->pci = virtio_pci_new(machine->bus, &addr);
    g_assert_nonnull(machine->pci);
    qvirtio_pci_device_enable(machine->pci);
}

static void machine_clear(Machine *machine)
{
    qvirtio_pci_destructor(&machine->pci->obj);
    g_free(machine->pci);
    qpci_free_pc(machine->bus);
    alloc_destroy(&machine->alloc);
    qtest_quit(machine->qts);
}

static char *stream_path(const Record *record)
{
    const char *dir = g_getenv("VIRTIO_CRYPTO_STREAMS");

    if (!dir) {
        g_error("VIRTIO_CRYPTO_STREAMS is not set");
    }
    return g_build_filename(dir, record->name, NULL);
}

/* A request that takes long, where the test will look for its result */
static void submit_slow(SlowRequests *s)
{
    QVirtioCryptoRequest *req = slow_requests_request(s);
    const QVirtDesc descs[] = {
        { SOURCE, req->readable->len, false },
        { RESULT, s->expected->len, true },
        { STATUS, 1, true },
    };

    qtest_writeb(s->d->qts, STATUS, NO_STATUS);
    qtest_memwrite(s->d->qts, SOURCE, req->readable->data, req->readable->len);
    qtest_memwrite(s->d->qts, EXPECTED, s->expected->data, s->expected->len);
    qvirtring_add(s->d->rings[0], descs, ARRAY_SIZE(descs));
    qvirtring_kick(s->d->rings[0]);
    while (!qvirtio_crypto_in_use(s->d, 0)) {
        g_assert_cmphex(qtest_readb(s->d->qts, STATUS), ==, NO_STATUS);
    }
    qvirtio_crypto_request_free(req, s->d->alloc);
}

static uint64_t session_id(const Record *record, unsigned int i)
{
    return 1 << 16 | (record->n_before + i);
}

static void create_sessions(const Record *record, QVirtioCryptoDriver *d)
{
    g_autoptr(GPtrArray) examples = examples_new();

    for (const char *const *name = record->sessions; *name; name++) {
        const Example *example = examples_find(examples, *name);

        g_assert_cmphex(qvirtio_crypto_create(d, &example->session), ==,
                        session_id(record, name - record->sessions));
    }
}

static void record_stream(const Record *record)
{
    g_autofree char *path = stream_path(record);
    g_autofree char *uri = g_strdup_printf("exec:gzip -9n > %s", path);
    char *dir = migration_dir_new();
    QTestState *qts = start_qemu(record, dir, "");
    QTestState *others = global_qtest;
    Machine machine;
    SlowRequests *s;

    find_device(&machine, qts);
    global_qtest = qts;
    s = slow_requests_new(&machine.pci->vdev, &machine.alloc, RING_RESET);
    global_qtest = others;
    create_sessions(record, s->d);
    submit_slow(s);
    migration_send(qts, uri);
    migration_wait(qts, "completed");
    g_assert_cmphex(qtest_readb(qts, STATUS), ==, NO_STATUS);
    machine_clear(&machine);
    migration_dir_free(dir);
}

static void wait_slow(QTestState *qts, size_t len)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;
    g_autofree uint8_t *result = g_malloc(len), *expected = g_malloc(len);

    while (qtest_readb(qts, STATUS) == NO_STATUS) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    }
    g_assert_cmphex(qtest_readb(qts, STATUS), ==, VIRTIO_CRYPTO_OK);
    qtest_memread(qts, RESULT, result, len);
    qtest_memread(qts, EXPECTED, expected, len);
    g_assert_cmpmem(result, len, expected, len);
}

static void reset_queue(QVirtioPCIDevice *pci, uint16_t queue)
{
    qpci_io_writew(pci->pdev, pci->bar,
                   pci->common_cfg_offset + VIRTIO_PCI_COMMON_Q_SELECT, queue);
    qpci_io_writew(pci->pdev, pci->bar,
                   pci->common_cfg_offset + VIRTIO_PCI_COMMON_Q_RESET, 1);
}

static void remember(QVirtioCryptoDriver *d, const Example *example,
                     uint64_t id)
{
    QVirtioCryptoRequest *req =
        qvirtio_crypto_create_request(d, &example->session);

    qvirtio_crypto_rfc_remember(d, req, id);
    qvirtio_crypto_request_free(req, d->alloc);
}

static void check_session(QVirtioCryptoDriver *d, const Example *example,
                          uint64_t id)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoOp op = example->op;
    QVirtioCryptoRequest *req;

    g_test_message("%s", example->name);
    if (d->rfc) {
        remember(d, example, id);
    }
    op.session = id;
    req = qvirtio_crypto_run(d, 0, &op, &shape);
    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpmem(req->written->data, req->written->len,
                    example->expected->data, example->expected->len);
    qvirtio_crypto_request_free(req, d->alloc);
}

static void check_sessions(const Record *record, QVirtioCryptoDriver *d)
{
    g_autoptr(GPtrArray) examples = examples_new();

    for (const char *const *name = record->sessions; *name; name++) {
        check_session(d, examples_find(examples, *name),
                      session_id(record, name - record->sessions));
    }
}

static void check_stream(const Record *record)
{
    g_autofree char *path = stream_path(record);
    g_autofree char *uri = g_strdup_printf("exec:gzip -dc %s", path);
    char *dir = migration_dir_new();
    QTestState *qts = start_qemu(record, dir, " -incoming defer");
    QVirtioCryptoDriver *d;
    Machine machine;

    g_assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
    migration_receive(qts, uri);
    migration_wait_running(qts);
    wait_slow(qts, record->result_len);
    find_device(&machine, qts);
    reset_queue(machine.pci, 0);
    reset_queue(machine.pci, 1);
    d = qvirtio_crypto_adopt(qts, &machine.pci->vdev, &machine.alloc,
                             record->features | RING_RESET);
    check_sessions(record, d);
    qvirtio_crypto_stop(d);
    machine_clear(&machine);
    migration_dir_free(dir);
}

/* If an environment variable is set, records the file instead of reading it. */
static void test_record(void *obj, void *data, QGuestAllocator *alloc)
{
    const Record *record = data;

    if (g_getenv("VIRTIO_CRYPTO_RECORD")) {
        record_stream(record);
    } else {
        check_stream(record);
    }
}

static void add_record(const char *name, const Record *record)
{
    QOSGraphTestOptions opts = { .arg = (void *)record };

    qos_add_test(name, "virtio-crypto-pci", test_record, &opts);
}

static void register_tests(void)
{
    add_record("migration/record", &record_virtio);
    add_record("migration/record-rfc", &record_rfc);
}

libqos_init(register_tests);
