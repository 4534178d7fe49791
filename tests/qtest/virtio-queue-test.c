/*
 * Tests of QEMU's virtqueues: registers of devices on virtio-mmio
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Some changes to the virtio core are for the crypto device; they must not
 * change other devices.
 */

#include "qemu/osdep.h"
#include "libqtest.h"
#include "qobject/qdict.h"
#include "qobject/qlist.h"
#include "standard-headers/linux/virtio_config.h"
#include "standard-headers/linux/virtio_mmio.h"
#include "standard-headers/linux/virtio_ring.h"

#define PATIENCE_US (60 * G_USEC_PER_SEC)
/* How long a device has that must do nothing */
#define STANDSTILL_US (G_USEC_PER_SEC / 10)

/* The address of a microvm's only device */
#define REGISTERS   (0xfeb00000 + 23 * 512)
#define PAGE        4096

/* Guest memory: a ring's areas, of up to 256 entries, and the buffers */
#define DESC        0x100000
#define AVAIL       (DESC + PAGE)
#define USED        (DESC + 2 * PAGE)
#define BUFFERS     (DESC + 4 * PAGE)
#define RING_MAX    256

#define RNG     "-object rng-builtin,id=r0 -device virtio-rng-device,rng=r0"
#define CRYPTO  "-object cryptodev-backend-gcrypt,id=c0" \
                " -device virtio-crypto-device,cryptodev=c0"

/* A device, and the driver of its first queue */
typedef struct Queue {
    QTestState *qts;
    char *path;
    uint16_t size;
    uint16_t avail;
} Queue;

static void set(Queue *q, uint32_t offset, uint32_t value)
{
    qtest_writel(q->qts, REGISTERS + offset, value);
}

static uint32_t get(Queue *q, uint32_t offset)
{
    return qtest_readl(q->qts, REGISTERS + offset);
}

static char *find_path(QTestState *qts)
{
    QDict *reply = qtest_qmp(qts, "{ 'execute': 'x-query-virtio' }");
    const QListEntry *first = qlist_first(qdict_get_qlist(reply, "return"));
    char *path =
        g_strdup(qdict_get_str(qobject_to(QDict, qlist_entry_obj(first)),
                               "path"));

    qobject_unref(reply);
    return path;
}

static void start_modern(Queue *q)
{
    const uint32_t version_1 = 1u << (VIRTIO_F_VERSION_1 - 32);
    uint8_t status = VIRTIO_CONFIG_S_ACKNOWLEDGE | VIRTIO_CONFIG_S_DRIVER;

    set(q, VIRTIO_MMIO_STATUS, 0);
    set(q, VIRTIO_MMIO_STATUS, status);
    set(q, VIRTIO_MMIO_DRIVER_FEATURES_SEL, 0);
    set(q, VIRTIO_MMIO_DRIVER_FEATURES, 0);
    set(q, VIRTIO_MMIO_DRIVER_FEATURES_SEL, 1);
    set(q, VIRTIO_MMIO_DRIVER_FEATURES, version_1);
    status |= VIRTIO_CONFIG_S_FEATURES_OK;
    set(q, VIRTIO_MMIO_STATUS, status);
    set(q, VIRTIO_MMIO_STATUS, status | VIRTIO_CONFIG_S_DRIVER_OK);
    set(q, VIRTIO_MMIO_QUEUE_SEL, 0);
}

static Queue *queue_new(const char *device, bool legacy)
{
    Queue *q = g_new0(Queue, 1);

    q->qts = qtest_initf("-machine microvm -nodefaults"
                         " -global virtio-mmio.force-legacy=%s %s",
                         legacy ? "on" : "off", device);
    g_assert_cmpint(get(q, VIRTIO_MMIO_VERSION), ==, legacy ? 1 : 2);
    q->path = find_path(q->qts);
    if (!legacy) {
        start_modern(q);
    }
    return q;
}

static void queue_free(Queue *q)
{
    qtest_quit(q->qts);
    g_free(q->path);
    g_free(q);
}

/* The size that the device believes the ring has */
static int64_t query_size(Queue *q)
{
    QDict *status = qtest_qmp_assert_success_ref(q->qts,
        "{ 'execute': 'x-query-virtio-queue-status',"
        "  'arguments': { 'path': %s, 'queue': 0 } }", q->path);
    int64_t size = qdict_get_int(status, "vring-num");

    qobject_unref(status);
    return size;
}

static void clear_ring(Queue *q, uint16_t size)
{
    qtest_memset(q->qts, DESC, 0, BUFFERS - DESC);
    q->size = size;
    q->avail = 0;
}

static void enable(Queue *q)
{
    set(q, VIRTIO_MMIO_QUEUE_DESC_LOW, DESC);
    set(q, VIRTIO_MMIO_QUEUE_AVAIL_LOW, AVAIL);
    set(q, VIRTIO_MMIO_QUEUE_USED_LOW, USED);
    set(q, VIRTIO_MMIO_QUEUE_READY, 1);
    g_assert_cmpint(get(q, VIRTIO_MMIO_QUEUE_READY), ==, 1);
}

static void disable(Queue *q)
{
    set(q, VIRTIO_MMIO_QUEUE_READY, 0);
    g_assert_cmpint(get(q, VIRTIO_MMIO_QUEUE_READY), ==, 0);
}

static void write_desc(Queue *q, unsigned int i, uint32_t len, uint16_t flags)
{
    uint64_t desc = DESC + i * sizeof(struct vring_desc);

    qtest_writeq(q->qts, desc, BUFFERS + i * PAGE);
    qtest_writel(q->qts, desc + 8, len);
    qtest_writew(q->qts, desc + 12, flags);
    qtest_writew(q->qts, desc + 14, i + 1);
}

/* Makes the request that begins with the first descriptor available */
static void submit(Queue *q)
{
    qtest_writew(q->qts, AVAIL + 4 + q->avail % q->size * 2, 0);
    qtest_writew(q->qts, AVAIL + 2, ++q->avail);
}

static void kick(Queue *q)
{
    set(q, VIRTIO_MMIO_QUEUE_NOTIFY, 0);
}

static uint16_t used_index(Queue *q)
{
    return qtest_readw(q->qts, USED + 2);
}

static void await_used(Queue *q)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;

    while (used_index(q) != q->avail) {
        qtest_clock_step(q->qts, 1000);
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    }
}

/* More requests than the ring has places, one at a time */
static void check_serves(Queue *q)
{
    for (int i = 0; i < 3 * q->size; i++) {
        uint32_t place = q->avail % q->size * sizeof(struct vring_used_elem);

        submit(q);
        kick(q);
        await_used(q);
        g_assert_cmpint(qtest_readl(q->qts, USED + 4 + place), ==, 0);
        g_assert_cmpint(qtest_readl(q->qts, USED + 4 + place + 4), >, 0);
    }
}

/* An enabled queue keeps its size; a disabled one can get another */
static void test_size(void)
{
    Queue *q = queue_new(RNG, false);

    clear_ring(q, 4);
    write_desc(q, 0, 16, VRING_DESC_F_WRITE);
    set(q, VIRTIO_MMIO_QUEUE_NUM, 8);
    enable(q);
    g_assert_cmpint(query_size(q), ==, 8);
    set(q, VIRTIO_MMIO_QUEUE_NUM, 16);
    g_assert_cmpint(query_size(q), ==, 8);
    enable(q);
    g_assert_cmpint(query_size(q), ==, 8);
    disable(q);
    set(q, VIRTIO_MMIO_QUEUE_NUM, 4);
    enable(q);
    g_assert_cmpint(query_size(q), ==, 4);
    check_serves(q);
    queue_free(q);
}

/* A legacy queue is enabled by its address, and disabled by a reset only */
static void test_size_legacy(void)
{
    Queue *q = queue_new(RNG, true);

    set(q, VIRTIO_MMIO_GUEST_PAGE_SIZE, PAGE);
    set(q, VIRTIO_MMIO_QUEUE_ALIGN, PAGE);
    set(q, VIRTIO_MMIO_QUEUE_NUM, 8);
    set(q, VIRTIO_MMIO_QUEUE_PFN, DESC / PAGE);
    g_assert_cmpint(query_size(q), ==, 8);
    set(q, VIRTIO_MMIO_QUEUE_NUM, 16);
    g_assert_cmpint(query_size(q), ==, 8);
    set(q, VIRTIO_MMIO_QUEUE_PFN, 0);
    set(q, VIRTIO_MMIO_QUEUE_NUM, 16);
    set(q, VIRTIO_MMIO_QUEUE_PFN, DESC / PAGE);
    g_assert_cmpint(query_size(q), ==, 16);
    queue_free(q);
}

/* A request that the crypto device knows no session for, and answers */
static void write_request(Queue *q)
{
    write_desc(q, 0, 128, VRING_DESC_F_NEXT);
    write_desc(q, 1, 1, VRING_DESC_F_WRITE);
}

/* A disabled queue is the driver's, and begins anew when it is enabled */
static void test_disable(void)
{
    Queue *q = queue_new(CRYPTO, false);

    for (uint16_t size = 4; size <= RING_MAX; size *= 2) {
        clear_ring(q, size);
        write_request(q);
        set(q, VIRTIO_MMIO_QUEUE_NUM, size);
        enable(q);
        g_assert_cmpint(query_size(q), ==, size);
        check_serves(q);
        disable(q);
        submit(q);
        kick(q);
        g_usleep(STANDSTILL_US);
        g_assert_cmpint(used_index(q), !=, q->avail);
    }
    queue_free(q);
}

/* A ring's size changes when its requests are being served */
static void test_shrink(void)
{
    Queue *q = queue_new(CRYPTO, false);

    for (int i = 0; i < 500; i++) {
        uint16_t size = i % 2 ? 2 : RING_MAX;

        clear_ring(q, size);
        write_request(q);
        qtest_writew(q->qts, AVAIL + 2, size);
        set(q, VIRTIO_MMIO_QUEUE_NUM, size);
        enable(q);
        kick(q);
        disable(q);
    }
    g_assert_false(get(q, VIRTIO_MMIO_STATUS) & VIRTIO_CONFIG_S_NEEDS_RESET);
    clear_ring(q, RING_MAX);
    write_request(q);
    set(q, VIRTIO_MMIO_QUEUE_NUM, RING_MAX);
    enable(q);
    check_serves(q);
    queue_free(q);
}

/* Empty descriptors break a device unless it declares that it takes them */
static void check_empty(const char *device, bool breaks)
{
    Queue *q = queue_new(device, false);
    uint8_t broken = breaks ? VIRTIO_CONFIG_S_NEEDS_RESET : 0;

    clear_ring(q, 4);
    write_desc(q, 0, 128, VRING_DESC_F_NEXT);
    write_desc(q, 1, 0, VRING_DESC_F_NEXT | VRING_DESC_F_WRITE);
    write_desc(q, 2, 16, VRING_DESC_F_WRITE);
    set(q, VIRTIO_MMIO_QUEUE_NUM, 4);
    enable(q);
    submit(q);
    kick(q);
    if (breaks) {
        g_assert_cmpint(used_index(q), ==, 0);
    } else {
        await_used(q);
    }
    g_assert_cmpint(get(q, VIRTIO_MMIO_STATUS) & VIRTIO_CONFIG_S_NEEDS_RESET,
                    ==, broken);
    queue_free(q);
}

static void test_empty(void)
{
    check_empty(RNG, true);
    check_empty(CRYPTO, false);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    qtest_add_func("virtio-queue/size", test_size);
    qtest_add_func("virtio-queue/size-legacy", test_size_legacy);
    qtest_add_func("virtio-queue/disable", test_disable);
    qtest_add_func("virtio-queue/shrink", test_shrink);
    qtest_add_func("virtio-queue/empty", test_empty);
    return g_test_run();
}
