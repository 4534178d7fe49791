/*
 * A test's virtio-crypto driver: device, queues and requests in flight
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../libqtest.h"
#include "qobject/qdict.h"
#include "qobject/qlist.h"
#include "standard-headers/linux/virtio_config.h"
#include "virtio-crypto-driver.h"
#include "virtio-crypto-rfc.h"
#include "virtio-mmio.h"
#include "virtio-pci.h"

/* Placement is random, but the same in every run */
#define SEED 20
/* No request takes that long; a test that waits longer has failed */
#define PATIENCE_US (120 * G_USEC_PER_SEC)

/*
 * Sleep between looks: a test that polls without a rest takes processors away
 * from the operation that it waits for.  Rests get longer, so that an operation
 * is seen soon after it completes, be it short or long.
 */
#define FIRST_REST_US 20
#define REST_US 1000

bool qvirtio_crypto_has(QVirtioCryptoDriver *d, unsigned int feature)
{
    return d->features & (1ull << feature);
}

bool qvirtio_crypto_has_revision_1(QVirtioCryptoDriver *d)
{
    return !d->rfc && qvirtio_crypto_has(d, QVIRTIO_CRYPTO_F_REVISION_1);
}

uint8_t qvirtio_crypto_expected(QVirtioCryptoDriver *d, uint8_t status)
{
    switch (status) {
    case VIRTIO_CRYPTO_OK:
    case VIRTIO_CRYPTO_BADMSG:
    case VIRTIO_CRYPTO_NOTSUPP:
        return status;
    default:
        return d->rfc ? VIRTIO_CRYPTO_ERR : status;
    }
}

/* RFC v1 does not tell how many there are: all but the control queue */
static uint32_t count_data_queues(QVirtioCryptoDriver *d)
{
    uint32_t n = 0;

    if (!d->rfc) {
        return qvirtio_config_readl(d->vdev,
                   offsetof(struct virtio_crypto_config, max_dataqueues));
    }
    do {
        d->vdev->bus->queue_select(d->vdev, ++n);
    } while (d->vdev->bus->get_queue_size(d->vdev));
    return n - 1;
}

/* RFC v1 has the control queue first, the ratified protocol has it last */
static uint32_t queue_index(QVirtioCryptoDriver *d, uint32_t queue)
{
    return d->rfc ? (queue + 1) % (d->n_data + 1) : queue;
}

static void set_up_queues(QVirtioCryptoDriver *d)
{
    d->n_data = count_data_queues(d);
    g_assert_cmpint(d->n_data, >=, 1);
    g_assert_cmpint(d->n_data, <=, 64);
    d->vqs = g_new0(QVirtQueue *, d->n_data + 1);
    d->rings = g_new0(QVirtRing *, d->n_data + 1);
    d->pending = g_new0(QVirtioCryptoRequest **, d->n_data + 1);
    for (uint32_t i = 0; i <= d->n_data; i++) {
        d->vqs[i] = qvirtqueue_setup(d->vdev, d->alloc, queue_index(d, i));
        d->rings[i] = qvirtring_new(&d->memory, d->vqs[i]);
        d->pending[i] = g_new0(QVirtioCryptoRequest *, d->vqs[i]->size);
    }
}

static void tear_down_queues(QVirtioCryptoDriver *d)
{
    for (uint32_t i = 0; i <= d->n_data; i++) {
        for (uint32_t id = 0; id < d->vqs[i]->size; id++) {
            if (d->pending[i][id]) {
                qvirtio_crypto_request_free(d->pending[i][id], d->alloc);
            }
        }
        g_free(d->pending[i]);
        qvirtring_free(d->rings[i]);
        qvirtqueue_cleanup(d->vdev->bus, d->vqs[i], d->alloc);
    }
    g_clear_pointer(&d->pending, g_free);
    g_clear_pointer(&d->rings, g_free);
    g_clear_pointer(&d->vqs, g_free);
}

static void start_device(QVirtioCryptoDriver *d)
{
    qvirtio_start_device(d->vdev);
    qvirtio_set_features(d->vdev, d->features);
    set_up_queues(d);
    qvirtio_set_driver_ok(d->vdev);
}

static QVirtioCryptoDriver *new_driver(QTestState *qts, QVirtioDevice *vdev,
                                       QGuestAllocator *alloc,
                                       uint64_t features)
{
    QVirtioCryptoDriver *d = g_new0(QVirtioCryptoDriver, 1);
    uint64_t offered = vdev->bus->get_features(vdev);

    d->rfc = vdev->device_type == QVIRTIO_CRYPTO_RFC_ID;
    d->rfc_sessions = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL,
                                            g_free);
    if (d->rfc) {
        features |= 1ull << VIRTIO_CRYPTO_RFC_F_SYM;
    }
    g_assert_cmphex(features & ~offered, ==, 0);
    d->qts = qts;
    d->memory.qts = qts;
    d->memory.ram = shared_ram_map(qts);
    d->vdev = vdev;
    d->alloc = alloc;
    d->rand = g_rand_new_with_seed(SEED);
    g_test_message("requests are placed with seed %d", SEED);
    d->features = features | (offered & (1ull << VIRTIO_F_VERSION_1));
    return d;
}

QVirtioCryptoDriver *qvirtio_crypto_start(QTestState *qts,
                                          QVirtioDevice *vdev,
                                          QGuestAllocator *alloc,
                                          uint64_t features)
{
    QVirtioCryptoDriver *d = new_driver(qts, vdev, alloc, features);

    start_device(d);
    return d;
}

QVirtioCryptoDriver *qvirtio_crypto_adopt(QTestState *qts,
                                          QVirtioDevice *vdev,
                                          QGuestAllocator *alloc,
                                          uint64_t features)
{
    QVirtioCryptoDriver *d = new_driver(qts, vdev, alloc, features);

    vdev->features = d->features;
    vdev->features_negotiated = true;
    set_up_queues(d);
    return d;
}

void qvirtio_crypto_restart(QVirtioCryptoDriver *d)
{
    qvirtio_reset(d->vdev);
    tear_down_queues(d);
    start_device(d);
}

static void move_device(QVirtioDevice *vdev, QTestState *qts)
{
    if (vdev->bus == &qvirtio_mmio) {
        container_of(vdev, QVirtioMMIODevice, vdev)->qts = qts;
    } else {
        container_of(vdev, QVirtioPCIDevice, vdev)->pdev->bus->qts = qts;
    }
}

void qvirtio_crypto_move(QVirtioCryptoDriver *d, QTestState *qts)
{
    move_device(d->vdev, qts);
    d->qts = qts;
    d->memory.qts = qts;
    shared_ram_unmap(d->memory.ram);
    d->memory.ram = shared_ram_map(qts);
}

void qvirtio_crypto_abandon(QVirtioCryptoDriver *d)
{
    tear_down_queues(d);
    shared_ram_unmap(d->memory.ram);
    g_hash_table_destroy(d->rfc_sessions);
    g_rand_free(d->rand);
    g_free(d);
}

void qvirtio_crypto_stop(QVirtioCryptoDriver *d)
{
    qvirtio_reset(d->vdev);
    qvirtio_crypto_abandon(d);
}

/* Wait until the ring has room: the device may be slower than the test */
static void wait_room(QVirtioCryptoDriver *d, uint32_t queue, size_t n)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;
    QVirtRing *ring = d->rings[queue];

    if (!qvirtring_has_room(ring, n)) {
        qvirtring_kick(ring);
    }
    while (!qvirtring_has_room(ring, n)) {
        qvirtio_crypto_poll(d, queue);
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    }
}

void qvirtio_crypto_enqueue(QVirtioCryptoDriver *d, uint32_t queue,
                            QVirtioCryptoRequest *req,
                            const QVirtioCryptoShape *shape)
{
    QVirtRing *ring = d->rings[queue];
    g_autofree QVirtDesc *descs = NULL;
    uint16_t id;
    size_t n;

    qvirtio_crypto_request_place(req, &d->memory, d->alloc, d->rand,
                                 shape, ring->ops);
    descs = qvirtio_crypto_request_descs(req, &n);
    wait_room(d, queue, req->indirect ? 1 : n);
    if (req->indirect) {
        id = qvirtring_add_indirect(ring, req->base + req->table, n);
    } else {
        id = qvirtring_add(ring, descs, n);
    }
    g_assert(!d->pending[queue][id]);
    d->pending[queue][id] = req;
}

void qvirtio_crypto_submit(QVirtioCryptoDriver *d, uint32_t queue,
                           QVirtioCryptoRequest *req,
                           const QVirtioCryptoShape *shape)
{
    qvirtio_crypto_enqueue(d, queue, req, shape);
    qvirtring_kick(d->rings[queue]);
}

/* Only a data request's status counts; the results come before it */
static void finish(QVirtioCryptoDriver *d, QVirtioCryptoRequest *req,
                   uint32_t used)
{
    g_assert_cmpint(used, <=, req->room + req->has_status);
    g_assert_cmpint(used, >=, 1);
    qvirtio_crypto_request_finish(req, &d->memory, used,
                                  used - req->has_status);
    if (d->rfc) {
        qvirtio_crypto_rfc_finish(d, req);
    }
}

bool qvirtio_crypto_poll(QVirtioCryptoDriver *d, uint32_t queue)
{
    QVirtioCryptoRequest *req;
    bool any = false;
    uint16_t id;
    uint32_t used;

    while (qvirtring_get(d->rings[queue], &id, &used)) {
        req = d->pending[queue][id];
        g_assert_nonnull(req);
        d->pending[queue][id] = NULL;
        finish(d, req, used);
        any = true;
    }
    return any;
}

/* The path of QEMU's only virtio-crypto device */
static char *find_device(QTestState *qts)
{
    QDict *reply = qtest_qmp(qts, "{ 'execute': 'x-query-virtio' }");
    char *path = NULL;
    QListEntry *entry;

    QLIST_FOREACH_ENTRY(qdict_get_qlist(reply, "return"), entry) {
        QDict *device = qobject_to(QDict, qlist_entry_obj(entry));

        if (g_str_equal(qdict_get_str(device, "name"), "virtio-crypto")) {
            g_assert_null(path);
            path = g_strdup(qdict_get_str(device, "path"));
        }
    }
    g_assert_nonnull(path);
    qobject_unref(reply);
    return path;
}

QDict *qvirtio_crypto_query(QVirtioCryptoDriver *d)
{
    g_autofree char *path = find_device(d->qts);

    return qtest_qmp_assert_success_ref(d->qts,
        "{ 'execute': 'x-query-virtio-status',"
        "  'arguments': { 'path': %s } }", path);
}

int64_t qvirtio_crypto_in_use(QVirtioCryptoDriver *d, uint32_t queue)
{
    g_autofree char *path = find_device(d->qts);
    QDict *status = qtest_qmp_assert_success_ref(d->qts,
        "{ 'execute': 'x-query-virtio-queue-status',"
        "  'arguments': { 'path': %s, 'queue': %u } }", path,
        queue_index(d, queue));
    int64_t n = qdict_get_int(status, "inuse");

    qobject_unref(status);
    return n;
}

bool qvirtio_crypto_is_broken(QVirtioCryptoDriver *d)
{
    QDict *status;
    bool broken;

    if (qvirtio_crypto_has(d, VIRTIO_F_VERSION_1)) {
        return d->vdev->bus->get_status(d->vdev) & VIRTIO_CONFIG_S_NEEDS_RESET;
    }
    /* A legacy device has no bit to say it with, but QEMU knows */
    status = qvirtio_crypto_query(d);
    broken = qdict_get_bool(status, "broken");
    qobject_unref(status);
    return broken;
}

void qvirtio_crypto_wait(QVirtioCryptoDriver *d, uint32_t queue,
                         QVirtioCryptoRequest *req)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;

    for (unsigned int i = 1; !req->done; i++) {
        if (qvirtio_crypto_poll(d, queue)) {
            continue;
        }
        if (i % 64 == 0) {
            g_assert_cmpint(g_get_monotonic_time(), <, deadline);
            g_assert_false(qvirtio_crypto_is_broken(d));
        }
        g_usleep(MIN(i * FIRST_REST_US, REST_US));
    }
}

void qvirtio_crypto_wait_broken(QVirtioCryptoDriver *d)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;

    while (!qvirtio_crypto_is_broken(d)) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_usleep(REST_US);
    }
}
