/*
 * The driver of virtio-crypto's fuzz targets
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "qemu/main-loop.h"
#include "qemu/units.h"
#include "standard-headers/linux/virtio_config.h"
#include "standard-headers/linux/virtio_ids.h"
#include "standard-headers/linux/virtio_pci.h"
#include "standard-headers/linux/virtio_ring.h"
#include "tests/qtest/libqtest.h"
#include "fuzz.h"
#include "qos_fuzz.h"
#include "virtio-crypto-fuzz-driver.h"

/* Where the parts of a split ring are */
#define AVAIL_OFFSET 0x800
#define USED_OFFSET 0x1000

/* Longer than any operation takes with sanitizers */
#define ANSWER_TIMEOUT_US (100 * G_USEC_PER_SEC)

/* Turns of the main loop that a ring which lies gets */
#define LIE_TURNS 20

/* Device features, of both protocols, and those of virtio that are known */
#define FEATURES                                                    \
    (MAKE_64BIT_MASK(0, 24) | BIT_ULL(VIRTIO_RING_F_INDIRECT_DESC) | \
     BIT_ULL(VIRTIO_RING_F_EVENT_IDX) | BIT_ULL(VIRTIO_F_VERSION_1) | \
     BIT_ULL(VIRTIO_F_ACCESS_PLATFORM) | BIT_ULL(VIRTIO_F_RING_PACKED) | \
     BIT_ULL(VIRTIO_F_RING_RESET))

/*
 * The features that each bit of an input's byte leaves out: REVISION_1 with
 * stateless mode, or only stateless mode (in RFC v1 these bits are services);
 * or features of virtio.
 */
static const uint64_t left_out[] = {
    MAKE_64BIT_MASK(0, 6),
    MAKE_64BIT_MASK(2, 4),
    BIT_ULL(VIRTIO_RING_F_EVENT_IDX),
    BIT_ULL(VIRTIO_RING_F_INDIRECT_DESC),
    BIT_ULL(VIRTIO_F_RING_PACKED),
    BIT_ULL(VIRTIO_F_RING_RESET),
};

static void write_common(FuzzDriver *d, unsigned int field, uint16_t value)
{
    qpci_io_writew(d->pci->pdev, d->pci->bar,
                   d->pci->common_cfg_offset + field, value);
}

/* libqos finds where a queue is kicked. */
void fuzz_driver_init(FuzzDriver *d, QTestState *qts)
{
    QVirtioCryptoPCI *crypto;
    QGuestAllocator *alloc;

    qos_init_path(qts);
    crypto = fuzz_qos_obj;
    alloc = fuzz_qos_alloc;
    d->qts = qts;
    d->memory.qts = qts;
    d->pci = &crypto->pci_vdev;
    d->vdev = &d->pci->vdev;
    d->rfc = d->vdev->device_type != VIRTIO_ID_CRYPTO;
    qvirtio_start_device(d->vdev);
    qvirtio_set_features(d->vdev, qvirtio_get_features(d->vdev) & FEATURES);
    for (;;) {
        d->vdev->bus->queue_select(d->vdev, d->n_queues);
        if (!d->vdev->bus->get_queue_size(d->vdev)) {
            break;
        }
        g_assert_cmpint(d->n_queues, <, FUZZ_QUEUES_MAX);
        d->vqs[d->n_queues] = qvirtqueue_setup(d->vdev, alloc, d->n_queues);
        d->n_queues++;
    }
    d->ctrl = d->rfc ? 0 : d->n_queues - 1;
    d->rings_at = guest_alloc(alloc, FUZZ_QUEUES_MAX * FUZZ_RING_BYTES);
    d->arena = guest_alloc(alloc, FUZZ_ARENA_BYTES);
}

static void free_ring(FuzzDriver *d, unsigned int queue)
{
    if (d->rings[queue]) {
        qvirtring_free(d->rings[queue]);
        d->rings[queue] = NULL;
    }
    d->n_pending[queue] = 0;
    memset(d->pending[queue], 0, sizeof(d->pending[queue]));
}

static void start_queue(FuzzDriver *d, unsigned int queue)
{
    QVirtQueue *vq = d->vqs[queue];

    free_ring(d, queue);
    vq->size = FUZZ_RING_SIZE;
    vq->desc = d->rings_at + queue * FUZZ_RING_BYTES;
    vq->avail = vq->desc + AVAIL_OFFSET;
    vq->used = vq->desc + USED_OFFSET;
    vq->event = d->vdev->features & BIT_ULL(VIRTIO_RING_F_EVENT_IDX);
    vq->indirect = d->vdev->features & BIT_ULL(VIRTIO_RING_F_INDIRECT_DESC);
    qtest_memset(d->qts, vq->desc, 0, FUZZ_RING_BYTES);
    d->vdev->bus->queue_select(d->vdev, queue);
    write_common(d, VIRTIO_PCI_COMMON_Q_SIZE, FUZZ_RING_SIZE);
    d->vdev->bus->set_queue_address(d->vdev, vq);
    write_common(d, VIRTIO_PCI_COMMON_Q_ENABLE, 1);
    d->rings[queue] = qvirtring_new(&d->memory, vq);
}

static uint64_t choose_features(uint64_t offered, uint8_t lacking)
{
    uint64_t features = offered & FEATURES;

    for (size_t i = 0; i < ARRAY_SIZE(left_out); i++) {
        if (lacking & BIT(i)) {
            features &= ~left_out[i];
        }
    }
    return features;
}

void fuzz_driver_start(FuzzDriver *d, uint8_t lacking)
{
    fuzz_driver_stop(d);
    qvirtio_start_device(d->vdev);
    qvirtio_set_features(d->vdev,
                         choose_features(qvirtio_get_features(d->vdev),
                                         lacking));
    for (unsigned int i = 0; i < d->n_queues; i++) {
        start_queue(d, i);
    }
    qvirtio_set_driver_ok(d->vdev);
}

void fuzz_driver_stop(FuzzDriver *d)
{
    d->vdev->bus->set_status(d->vdev, 0);
    d->vdev->features_negotiated = false;
    for (unsigned int i = 0; i < d->n_queues; i++) {
        free_ring(d, i);
    }
    /* Clear the memory, so that an input does not affect the next one. */
    qtest_memset(d->qts, d->arena, 0, d->arena_used);
    d->arena_used = 0;
    d->n_sessions = 0;
    memset(d->sessions, 0, sizeof(d->sessions));
    d->lied = false;
}

void fuzz_driver_reset_queue(FuzzDriver *d, unsigned int queue)
{
    if (d->vdev->features & BIT_ULL(VIRTIO_F_RING_RESET)) {
        d->vdev->bus->queue_select(d->vdev, queue);
        write_common(d, VIRTIO_PCI_COMMON_Q_RESET, 1);
        start_queue(d, queue);
    }
}

bool fuzz_driver_is_broken(FuzzDriver *d)
{
    return d->vdev->bus->get_status(d->vdev) & VIRTIO_CONFIG_S_NEEDS_RESET;
}

/* If the request created a session, remember its id. */
static void note_session(FuzzDriver *d, const FuzzPending *pending,
                         uint32_t len)
{
    uint64_t id;

    if (len >= sizeof(id)) {
        id = qtest_readq(d->qts, pending->addr);
        if (id) {
            d->sessions[d->n_sessions++ % FUZZ_SESSIONS] = id;
        }
    }
}

/* Take the chains that are used by now.  Returns how many there were. */
static unsigned int take_answers(FuzzDriver *d, unsigned int queue)
{
    unsigned int before = d->n_pending[queue];
    FuzzPending *pending;
    uint32_t len;
    uint16_t id;

    while (d->n_pending[queue] && qvirtring_get(d->rings[queue], &id, &len)) {
        g_assert_cmpint(id, <, FUZZ_RING_SIZE);
        pending = &d->pending[queue][id];
        g_assert_cmpint(pending->addr, !=, 0);
        g_assert_cmpint(len, <=, pending->writable);
        if (queue == d->ctrl) {
            note_session(d, pending, len);
        }
        *pending = (FuzzPending) { };
        d->n_pending[queue]--;
    }
    return before - d->n_pending[queue];
}

static unsigned int take_all_answers(FuzzDriver *d)
{
    unsigned int n = 0;

    for (unsigned int i = 0; i < d->n_queues; i++) {
        n += take_answers(d, i);
    }
    return n;
}

static bool is_idle(const FuzzDriver *d)
{
    unsigned int n = 0;

    for (unsigned int i = 0; i < d->n_queues; i++) {
        n += d->n_pending[i];
    }
    return n == 0;
}

static void run_turns(unsigned int turns)
{
    for (unsigned int i = 0; i < turns; i++) {
        main_loop_wait(true);
    }
}

bool fuzz_driver_is_late(const FuzzDriver *d)
{
    return g_get_monotonic_time() >= d->end;
}

/* Only the threads that run long operations still have work to do. */
static void await_answers(FuzzDriver *d)
{
    gint64 end = g_get_monotonic_time() + ANSWER_TIMEOUT_US;

    while (!take_all_answers(d)) {
        if (is_idle(d) || fuzz_driver_is_broken(d)) {
            return;
        }
        g_assert_cmpint(g_get_monotonic_time(), <, end);
        run_turns(1);
    }
}

void fuzz_driver_await(FuzzDriver *d)
{
    if (d->lied) {
        run_turns(LIE_TURNS);
        return;
    }
    do {
        await_answers(d);
    } while (!is_idle(d) && !fuzz_driver_is_broken(d) &&
             !fuzz_driver_is_late(d));
}

void fuzz_driver_kick(FuzzDriver *d)
{
    for (unsigned int i = 0; i < d->n_queues; i++) {
        if (d->n_pending[i] || d->lied) {
            qvirtring_kick(d->rings[i]);
        }
    }
}
