/*
 * Tests of virtio-crypto: all events in a device's life, in random order
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * With requests in flight on all queues, some of them in the pool, the device
 * or a queue is reset, the machine is stopped or reset, the device is plugged
 * and unplugged.  Each request is answered once and with the right result,
 * unless it was in flight when the device or its queue was reset: the device
 * must not touch such a request any more.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "standard-headers/linux/virtio_pci.h"
#include "libqos/virtio-crypto-driver.h"
#include "examples.h"
#include "options.h"
#include "plug.h"

#define RING_RESET  (1ull << VIRTIO_F_RING_RESET)

#define N_SEEDS     6
#define N_STEPS     60
#define N_QUEUES    3
/* Requests that are submitted together, at most, and are in flight */
#define MAX_BURST   12
#define MAX_FLYING  150
/* Of some devices, operations in a second, so that requests wait for that */
#define LIMIT       500

/* Symmetric ones, and some that the pool runs */
static const char *const example_names[] = {
    "aes-cbc-128", "aes-xts-128", "sha-256", "hmac-sha-256", "gcm",
    "chacha20-poly1305-decrypt", "rsa-sign", "rsa-verify", "ecdsa-verify",
};

#define N_EXAMPLES ARRAY_SIZE(example_names)

typedef struct Flying {
    const Example *example;
    uint32_t queue;
    QVirtioCryptoRequest *req;
    /* The contents of its memory when it was forgotten */
    GByteArray *memory;
} Flying;

typedef struct Life {
    QPCIBusPC *pc;
    QGuestAllocator *alloc;
    const char *protocol;
    GRand *rand;
    GPtrArray *examples;
    QVirtioPCIDevice *pci;
    QVirtioCryptoDriver *d;
    /* Of this driver; 0 for an example that its protocol does not have */
    uint64_t sessions[N_EXAMPLES];
    bool stopped;
    /* In flight, and those that the device must not know any more */
    GPtrArray *flying;
    GPtrArray *forgotten;
} Life;

static void execute(Life *l, const char *command)
{
    qtest_qmp_assert_success(l->pc->bus.qts, "{ 'execute': %s }", command);
}

/* Sessions are created by a device that runs */
static void cont(Life *l)
{
    if (l->stopped) {
        execute(l, "cont");
        l->stopped = false;
    }
}

static void create_sessions(Life *l)
{
    cont(l);
    for (size_t i = 0; i < N_EXAMPLES; i++) {
        const Example *example = examples_find(l->examples, example_names[i]);

        l->sessions[i] = example_fits(example, l->d)
            ? qvirtio_crypto_create(l->d, &example->session) : 0;
    }
}

static void plug(Life *l)
{
    cont(l);
    crypto_add_backend(l->pc->bus.qts, N_QUEUES,
                       g_rand_boolean(l->rand) ? LIMIT : 0);
    l->pci = crypto_plug(l->pc, l->protocol, g_rand_boolean(l->rand));
    l->d = qvirtio_crypto_start(l->pc->bus.qts, &l->pci->vdev, l->alloc,
                                RING_RESET);
    create_sessions(l);
}

static void read_memory(Life *l, const Flying *flying, uint8_t *memory)
{
    qtest_bufread(l->d->qts, flying->req->base, memory,
                  flying->req->image->len);
}

static void forget(Life *l, Flying *flying)
{
    flying->memory = g_byte_array_new();
    g_byte_array_set_size(flying->memory, flying->req->image->len);
    read_memory(l, flying, flying->memory->data);
    g_ptr_array_add(l->forgotten, flying);
}

static void check_answer(Life *l, Flying *flying)
{
    const Example *example = flying->example;
    QVirtioCryptoRequest *req = flying->req;

    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpmem(req->written->data, req->written->len,
                    example->expected->data, example->expected->len);
    qvirtio_crypto_request_free(req, l->alloc);
    g_free(flying);
}

/* Checks the answers that have arrived */
static void step_poll(Life *l)
{
    for (uint32_t queue = 0; queue < l->d->n_data; queue++) {
        qvirtio_crypto_poll(l->d, queue);
    }
    for (guint i = l->flying->len; i > 0; i--) {
        Flying *flying = g_ptr_array_index(l->flying, i - 1);

        if (flying->req->done) {
            g_ptr_array_remove_index_fast(l->flying, i - 1);
            check_answer(l, flying);
        }
    }
}

/*
 * Forgets the requests in flight on the queue, or on all queues.  A request
 * that was answered before the reset is not in flight.  The result of another
 * one may already be in memory, although its answer was not published.
 */
static void forget_queue(Life *l, uint32_t queue)
{
    QVirtioCryptoDriver *d = l->d;

    for (guint i = l->flying->len; i > 0; i--) {
        Flying *flying = g_ptr_array_index(l->flying, i - 1);

        if (flying->queue == queue) {
            g_ptr_array_remove_index_fast(l->flying, i - 1);
            forget(l, flying);
        }
    }
    memset(d->pending[queue], 0,
           d->vqs[queue]->size * sizeof(*d->pending[queue]));
}

static void forget_all(Life *l)
{
    for (uint32_t queue = 0; queue < l->d->n_data; queue++) {
        forget_queue(l, queue);
    }
}

static void submit(Life *l)
{
    const QVirtioCryptoShape shapes[] = { { }, { .piece = 30 } };
    size_t i = g_rand_int_range(l->rand, 0, N_EXAMPLES);
    const Example *example = examples_find(l->examples, example_names[i]);
    QVirtioCryptoOp op = example->op;
    Flying *flying;

    if (!l->sessions[i]) {
        return;
    }
    op.session = l->sessions[i];
    flying = g_new0(Flying, 1);
    flying->example = example;
    flying->queue = g_rand_int_range(l->rand, 0, l->d->n_data);
    flying->req = qvirtio_crypto_op_request(l->d, &op);
    qvirtio_crypto_enqueue(l->d, flying->queue, flying->req,
                           &shapes[g_rand_boolean(l->rand)]);
    g_ptr_array_add(l->flying, flying);
}

/* Of a stopped machine, the driver's rings might not take more */
static void step_submit(Life *l)
{
    int n = g_rand_int_range(l->rand, 1, MAX_BURST + 1);

    while (n-- && l->flying->len < MAX_FLYING) {
        submit(l);
    }
    for (uint32_t queue = 0; queue < l->d->n_data; queue++) {
        qvirtring_kick(l->d->rings[queue]);
    }
}

static void step_wait(Life *l)
{
    if (!l->stopped && l->flying->len) {
        Flying *flying = g_ptr_array_index(l->flying, 0);

        qvirtio_crypto_wait(l->d, flying->queue, flying->req);
    }
    step_poll(l);
}

static void step_stop_or_cont(Life *l)
{
    if (l->stopped) {
        cont(l);
    } else {
        execute(l, "stop");
        l->stopped = true;
    }
}

static void step_reset(Life *l)
{
    qvirtio_reset(l->d->vdev);
    forget_all(l);
    qvirtio_crypto_restart(l->d);
    create_sessions(l);
}

static void step_system_reset(Life *l)
{
    qtest_system_reset(l->d->qts);
    forget_all(l);
    qvirtio_pci_device_enable(l->pci);
    qvirtio_crypto_restart(l->d);
    create_sessions(l);
}

static void write_common(Life *l, uint32_t offset, uint16_t value)
{
    qpci_io_writew(l->pci->pdev, l->pci->bar,
                   l->pci->common_cfg_offset + offset, value);
}

/* The other queues go on; sessions stay */
static void step_queue_reset(Life *l)
{
    QVirtioCryptoDriver *d = l->d;
    uint32_t queue = g_rand_int_range(l->rand, 0, d->n_data);
    QVirtQueue *old = d->vqs[queue];

    write_common(l, VIRTIO_PCI_COMMON_Q_SELECT, old->index);
    write_common(l, VIRTIO_PCI_COMMON_Q_RESET, 1);
    forget_queue(l, queue);
    qvirtring_free(d->rings[queue]);
    d->vqs[queue] = qvirtqueue_setup(d->vdev, l->alloc, old->index);
    d->rings[queue] = qvirtring_new(&d->memory, d->vqs[queue]);
    g_assert_cmpint(d->vqs[queue]->size, ==, old->size);
    qvirtqueue_cleanup(d->vdev->bus, old, l->alloc);
}

static void unplug(Life *l)
{
    crypto_unplug(l->pc->bus.qts);
    crypto_delete_backend(l->pc->bus.qts);
    forget_all(l);
    qvirtio_crypto_abandon(l->d);
    crypto_plug_free(l->pci);
}

static void step_replug(Life *l)
{
    unplug(l);
    plug(l);
}

/* Requests keep the sessions that they have begun to use */
static void step_sessions(Life *l)
{
    cont(l);
    for (guint i = 0; i < l->flying->len; i++) {
        const Flying *flying = g_ptr_array_index(l->flying, i);

        qvirtio_crypto_wait(l->d, flying->queue, flying->req);
    }
    step_poll(l);
    for (size_t i = 0; i < N_EXAMPLES; i++) {
        const Example *example = examples_find(l->examples, example_names[i]);

        if (l->sessions[i]) {
            qvirtio_crypto_destroy(l->d, &example->session, l->sessions[i]);
        }
    }
    create_sessions(l);
}

/* The events, and their relative frequency */
static const struct {
    void (*step)(Life *l);
    int weight;
} steps[] = {
    { step_submit, 12 },
    { step_poll, 3 },
    { step_wait, 2 },
    { step_stop_or_cont, 4 },
    { step_reset, 2 },
    { step_queue_reset, 4 },
    { step_system_reset, 1 },
    { step_replug, 1 },
    { step_sessions, 1 },
};

static void take_step(Life *l)
{
    int total = 0, choice;
    size_t i = 0;

    for (size_t j = 0; j < ARRAY_SIZE(steps); j++) {
        total += steps[j].weight;
    }
    choice = g_rand_int_range(l->rand, 0, total);
    while (choice >= steps[i].weight) {
        choice -= steps[i++].weight;
    }
    steps[i].step(l);
}

static void check_forgotten(Life *l)
{
    for (guint i = 0; i < l->forgotten->len; i++) {
        Flying *flying = g_ptr_array_index(l->forgotten, i);
        g_autofree uint8_t *now = g_malloc(flying->memory->len);

        read_memory(l, flying, now);
        g_assert_cmpmem(now, flying->memory->len, flying->memory->data,
                        flying->memory->len);
        g_byte_array_unref(flying->memory);
        qvirtio_crypto_request_free(flying->req, l->alloc);
        g_free(flying);
    }
    g_ptr_array_set_size(l->forgotten, 0);
}

static void live(Life *l)
{
    plug(l);
    for (int i = 0; i < N_STEPS; i++) {
        take_step(l);
    }
    cont(l);
    while (l->flying->len) {
        step_wait(l);
    }
    check_forgotten(l);
    unplug(l);
}

static void check_life(QPCIBusPC *pc, QGuestAllocator *alloc,
                       const char *protocol)
{
    Life l = {
        .pc = pc, .alloc = alloc, .protocol = protocol,
        .examples = examples_new(),
        .flying = g_ptr_array_new(), .forgotten = g_ptr_array_new(),
    };

    for (int seed = 0; seed < N_SEEDS; seed++) {
        g_test_message("%s, seed %d", protocol, seed);
        l.rand = g_rand_new_with_seed(seed);
        live(&l);
        g_rand_free(l.rand);
    }
    g_ptr_array_unref(l.examples);
    g_ptr_array_unref(l.flying);
    g_ptr_array_unref(l.forgotten);
}

static void test_life(void *obj, void *data, QGuestAllocator *alloc)
{
    check_life(obj, alloc, "virtio");
}

static void test_life_rfc(void *obj, void *data, QGuestAllocator *alloc)
{
    check_life(obj, alloc, "rfc-v1");
}

static void register_tests(void)
{
    add_crypto_test("life/virtio", "pci-bus-pc", test_life, NULL);
    add_crypto_test("life/rfc", "pci-bus-pc", test_life_rfc, NULL);
}

libqos_init(register_tests);
