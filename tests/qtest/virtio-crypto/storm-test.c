/*
 * Tests of virtio-crypto: a guest that rewrites its requests all the time
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * While the device works, a thread writes to rings, indirect tables and
 * requests, like another processor of a guest.  Whatever the device reads,
 * QEMU survives, and after a reset the device works.
 */

#include "qemu/osdep.h"
#include "qemu/atomic.h"
#include "qemu/bswap.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "examples.h"
#include "options.h"
#include "rsp.h"

#define SEED        4
#define STORM_US    (4 * G_USEC_PER_SEC)
#define ROUND_US    (G_USEC_PER_SEC / 20)

#define RING_PACKED     (1ull << VIRTIO_F_RING_PACKED)
#define ACCESS_PLATFORM (1ull << VIRTIO_F_ACCESS_PLATFORM)
#define INDIRECT        (1ull << VIRTIO_RING_F_INDIRECT_DESC)

#define N_QUEUES    3
/* With more available requests than this, a split ring would be invalid */
#define MAX_AHEAD   256
/* As many slots of a packed ring are made available at a time */
#define RENEWED     64
#define AVAIL       (1 << VRING_PACKED_DESC_F_AVAIL)
#define USED        (1 << VRING_PACKED_DESC_F_USED)
/* Of each example and queue, some of them in indirect tables */
#define N_REQUESTS  4

static const char *const example_names[] = {
    "aes-cbc-128", "aes-xts-128", "chain-auth-2", "sha-256", "hmac-sha-256",
    "gcm-decrypt", "rsa-sign", "rsa-verify",
};

#define N_EXAMPLES ARRAY_SIZE(example_names)

typedef struct StormCase {
    CryptoOptions options;
    uint64_t features;
} StormCase;

/* Guest memory that the storm rewrites, and its original contents */
typedef struct Target {
    uint64_t addr;
    size_t len;
    uint8_t *calm;
} Target;

typedef struct Storm {
    QVirtioCryptoDriver *d;
    GPtrArray *examples;
    /* Guest memory, in this process */
    uint8_t *ram;
    GArray *targets;
    GRand *rand;
    bool over;
} Storm;

static void add_target(Storm *s, uint64_t addr, size_t len)
{
    Target target = {
        .addr = addr, .len = len,
        .calm = g_memdup2(s->ram + addr, len),
    };

    g_assert_cmpint(addr + len, <=, SHARED_RAM_SIZE);
    g_array_append_val(s->targets, target);
}

static void clear_target(void *target)
{
    g_free(((Target *)target)->calm);
}

/* The memory that a storm rewrites */
typedef enum Kind {
    REQUESTS,
    TABLES,
    RINGS,
    N_KINDS,
} Kind;

static void enqueue(Storm *s, uint32_t queue, const QVirtioCryptoOp *op,
                    int i, Kind kind)
{
    const QVirtioCryptoShape shapes[] = {
        { }, { .indirect = true }, { .piece = 20 },
        { .piece = 30, .indirect = true },
    };
    QVirtioCryptoRequest *req = qvirtio_crypto_op_request(s->d, op);

    qvirtio_crypto_enqueue(s->d, queue, req, &shapes[i % ARRAY_SIZE(shapes)]);
    /* Its table, if it has one, ends the memory of a request */
    add_target(s, req->base, kind == REQUESTS && req->indirect
                             ? req->table : req->image->len);
}

/* Adds requests to all data queues, without kicking the device */
static void enqueue_all(Storm *s, Kind kind)
{
    for (size_t i = 0; i < N_EXAMPLES; i++) {
        const Example *example = examples_find(s->examples, example_names[i]);
        QVirtioCryptoOp op = example->op;

        if (!example_fits(example, s->d)) {
            continue;
        }
        op.session = qvirtio_crypto_create(s->d, &example->session);
        for (uint32_t queue = 0; queue < s->d->n_data; queue++) {
            for (int j = 0; j < N_REQUESTS; j++) {
                enqueue(s, queue, &op, j, kind);
            }
        }
    }
}

/* Repeats the first @n entries up to the end of all @size */
static void repeat(uint8_t *ring, size_t entry, size_t n, size_t size)
{
    size_t len = n * entry, end = size * entry;

    for (size_t at = len; at < end; at += len) {
        memcpy(ring + at, ring, MIN(len, end - at));
    }
}

/* So that all that a ring can make available is part of a request */
static void fill_rings(Storm *s)
{
    for (uint32_t queue = 0; queue < s->d->n_data; queue++) {
        const QVirtQueue *vq = s->d->vqs[queue];
        uint16_t n = s->d->rings[queue]->avail;

        qvirtring_kick(s->d->rings[queue]);
        if (qvirtio_crypto_has(s->d, VIRTIO_F_RING_PACKED)) {
            repeat(s->ram + vq->desc, QVIRT_DESC_SIZE, n, vq->size);
        } else {
            repeat(s->ram + vq->avail + 4, sizeof(uint16_t), n, vq->size);
        }
    }
}

static void add_rings(Storm *s)
{
    for (uint32_t queue = 0; queue < s->d->n_data; queue++) {
        const QVirtQueue *vq = s->d->vqs[queue];

        add_target(s, vq->desc, vq->size * QVIRT_DESC_SIZE);
        add_target(s, vq->avail, 4 + 2 * vq->size);
        add_target(s, vq->used, 4);
    }
}

/* Lengths and addresses that are at some limit */
static uint64_t choose_value(Storm *s)
{
    const uint64_t values[] = {
        0, 1, 16, 4096, INT32_MAX, UINT32_MAX, UINT64_MAX, 1ull << 40,
        SHARED_RAM_SIZE, SHARED_RAM_SIZE - 8, 0xfffc0000, 0xfee00000,
        s->d->vqs[0]->desc, s->d->vqs[0]->used,
    };
    size_t i = g_rand_int_range(s->rand, 0, ARRAY_SIZE(values) + 2);

    return i < ARRAY_SIZE(values) ? values[i] :
           i == ARRAY_SIZE(values) ?
           g_rand_int_range(s->rand, 0, SHARED_RAM_SIZE) : g_rand_int(s->rand);
}

/* Rewrites some field of a target, or puts it as it was */
static void disturb(Storm *s, const Target *target)
{
    size_t offset = g_rand_int_range(s->rand, 0, target->len) & ~7;
    uint8_t *at = s->ram + target->addr + offset;
    size_t len = MIN(1u << g_rand_int_range(s->rand, 0, 4),
                     target->len - offset);
    uint64_t value = cpu_to_le64(choose_value(s));

    switch (g_rand_int_range(s->rand, 0, 4)) {
    case 0:
        memcpy(at, &value, len);
        break;
    case 1:
        at[g_rand_int_range(s->rand, 0, len)] ^=
            1 << g_rand_int_range(s->rand, 0, 8);
        break;
    default:
        memcpy(s->ram + target->addr, target->calm, target->len);
        break;
    }
}

/* Makes a request of a split ring available once more */
static void renew_split(Storm *s, const QVirtQueue *vq)
{
    uint8_t *index = s->ram + vq->avail + 2;
    uint16_t used = lduw_le_p(s->ram + vq->used + 2);
    uint16_t ahead = lduw_le_p(index) - used;

    if (ahead < MAX_AHEAD) {
        stw_le_p(index, used + ahead + 1);
    }
}

/* Same for some slots of a packed ring, in this round of it or the next */
static void renew_packed(Storm *s, const QVirtQueue *vq)
{
    uint16_t slot = g_rand_int_range(s->rand, 0, vq->size - RENEWED);
    uint16_t round = g_rand_boolean(s->rand) ? AVAIL : USED;

    for (int i = 0; i < RENEWED; i++) {
        uint8_t *flags =
            s->ram + vq->desc + (slot + i) * QVIRT_DESC_SIZE + 14;

        stw_le_p(flags, (lduw_le_p(flags) & ~(AVAIL | USED)) | round);
    }
}

static void renew(Storm *s, const QVirtQueue *vq)
{
    if (qvirtio_crypto_has(s->d, VIRTIO_F_RING_PACKED)) {
        renew_packed(s, vq);
    } else {
        renew_split(s, vq);
    }
}

static void *run_storm(void *opaque)
{
    Storm *s = opaque;

    while (!qatomic_read(&s->over)) {
        guint i = g_rand_int_range(s->rand, 0, s->targets->len);

        disturb(s, &g_array_index(s->targets, Target, i));
        renew(s, s->d->vqs[g_rand_int_range(s->rand, 0, s->d->n_data)]);
    }
    return NULL;
}

/* Returns whether the device broke */
static bool kick_on(Storm *s)
{
    gint64 end = g_get_monotonic_time() + ROUND_US;
    QVirtioDevice *vdev = s->d->vdev;
    bool broken = false;

    while (!broken && g_get_monotonic_time() < end) {
        for (uint32_t queue = 0; queue < s->d->n_data; queue++) {
            vdev->bus->virtqueue_kick(vdev, s->d->vqs[queue]);
        }
        broken = qvirtio_crypto_is_broken(s->d);
    }
    return broken;
}

/* The device is reset while the storm goes on */
static bool run_round(Storm *s, Kind kind)
{
    GThread *thread;
    bool broken;

    s->targets = g_array_new(false, false, sizeof(Target));
    g_array_set_clear_func(s->targets, clear_target);
    enqueue_all(s, kind);
    fill_rings(s);
    if (kind == RINGS) {
        add_rings(s);
    }
    qatomic_set(&s->over, false);
    thread = g_thread_new("storm", run_storm, s);
    broken = kick_on(s);
    qvirtio_reset(s->d->vdev);
    qatomic_set(&s->over, true);
    g_thread_join(thread);
    qvirtio_crypto_restart(s->d);
    g_array_unref(s->targets);
    return broken;
}

static void check_examples(Storm *s)
{
    const QVirtioCryptoShape shape = { };

    for (size_t i = 0; i < N_EXAMPLES; i++) {
        const Example *example = examples_find(s->examples, example_names[i]);
        QVirtioCryptoOp op = example->op;

        if (!example_fits(example, s->d)) {
            continue;
        }
        op.session = qvirtio_crypto_create(s->d, &example->session);
        for (uint32_t queue = 0; queue < s->d->n_data; queue++) {
            QVirtioCryptoRequest *req =
                qvirtio_crypto_run(s->d, queue, &op, &shape);

            g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
            g_assert_cmpmem(req->written->data, req->written->len,
                            example->expected->data, example->expected->len);
            qvirtio_crypto_request_free(req, s->d->alloc);
        }
    }
}

static void check_storm(QVirtioDevice *vdev, QGuestAllocator *alloc,
                        uint64_t features)
{
    gint64 end = g_get_monotonic_time() + sample_size(STORM_US);
    Storm s = { .rand = g_rand_new_with_seed(SEED) };
    unsigned int n_broken = 0, n = 0;

    s.d = qvirtio_crypto_start(global_qtest, vdev, alloc,
                               features | INDIRECT);
    s.examples = examples_new();
    s.ram = s.d->memory.ram;
    g_assert_nonnull(s.ram);
    while (g_get_monotonic_time() < end) {
        Kind kind = n++ % N_KINDS;
        bool broken = run_round(&s, kind);

        /* Requests' contents cannot break the device, but a packed ring can */
        g_assert_false(broken && kind == REQUESTS &&
                       !(features & RING_PACKED));
        n_broken += broken;
    }
    g_test_message("%u of %u storms broke the device", n_broken, n);
    check_examples(&s);
    qvirtio_crypto_stop(s.d);
    g_ptr_array_unref(s.examples);
    g_rand_free(s.rand);
}

static void test_storm(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    check_storm(crypto->vdev, alloc, 0);
}

static void test_storm_pci(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    const StormCase *test = data;

    check_storm(&pci->pci_vdev.vdev, alloc, test->features);
}

#define QUEUES "queues=" stringify(N_QUEUES)

static const StormCase split = {
    .options = { .backend = QUEUES, .shared_ram = true },
};
static const StormCase packed = {
    .options = { .backend = QUEUES, .shared_ram = true,
                 .device = "packed=on" },
    .features = RING_PACKED,
};
static const StormCase iommu = {
    .options = { .backend = QUEUES, .shared_ram = true,
                 .device = "iommu_platform=on" },
    .features = ACCESS_PLATFORM,
};

static void register_tests(void)
{
    const char *pci = "virtio-crypto-pci";

    add_crypto_test_both("hostile/storm", test_storm, &split.options);
    add_crypto_test("hostile/storm-packed", pci, test_storm_pci,
                    &packed.options);
    add_crypto_test("rfc-hostile/storm-packed", "virtio-crypto-rfc-pci",
                    test_storm_pci, &packed.options);
    add_crypto_test("hostile/storm-iommu", pci, test_storm_pci,
                    &iommu.options);
}

libqos_init(register_tests);
