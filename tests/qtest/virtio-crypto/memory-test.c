/*
 * Tests of virtio-crypto: rings and buffers that are not in RAM, or cannot be
 * written
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/cutils.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "libqtest-single.h"
#include "qobject/qdict.h"
#include "qobject/qjson.h"
#include "standard-headers/linux/virtio_config.h"
#include "standard-headers/linux/virtio_pci.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "libqos/virtio-mmio.h"
#include "cipher-reference.h"
#include "examples.h"
#include "options.h"

#define PATIENCE_US (60 * G_USEC_PER_SEC)

#define RING_RESET      (1ull << VIRTIO_F_RING_RESET)
#define RING_PACKED     (1ull << VIRTIO_F_RING_PACKED)
#define ACCESS_PLATFORM (1ull << VIRTIO_F_ACCESS_PLATFORM)
#define INDIRECT        (1ull << VIRTIO_RING_F_INDIRECT_DESC)

/* Where nothing is, where the firmware is, and where interrupts go */
#define HOLE        (1ull << 40)
#define FIRMWARE    0xfffc0000
#define MESSAGES    0xfee00000
/* The end of any firmware, where a processor begins, and so not empty */
#define ROM         0xffffff00
/* Where an address that is too large wraps to is RAM */
#define LAST_BYTES  (UINT64_MAX - 15)

#define RING_ALIGN  4096

/* A device, and the features that its driver accepts */
typedef struct MemoryCase {
    CryptoOptions options;
    uint64_t features;
} MemoryCase;

static const MemoryCase split = { };
static const MemoryCase packed = {
    .options = { .device = "packed=on" }, .features = RING_PACKED,
};
static const MemoryCase iommu = {
    .options = { .device = "iommu_platform=on" }, .features = ACCESS_PLATFORM,
};
static const MemoryCase iommu_packed = {
    .options = { .device = "iommu_platform=on",
                 .more = " -global virtio-crypto-device.packed=on" },
    .features = ACCESS_PLATFORM | RING_PACKED,
};

typedef struct MemoryTest {
    QVirtioCryptoDriver *d;
    GPtrArray *examples;
    const Example *example;
} MemoryTest;

static void start(MemoryTest *t, QVirtioDevice *vdev, QGuestAllocator *alloc,
                  uint64_t features)
{
    t->d = qvirtio_crypto_start(global_qtest, vdev, alloc, features);
    t->examples = examples_new();
    t->example = examples_find(t->examples, "aes-cbc-128");
}

static void stop(MemoryTest *t)
{
    qvirtio_crypto_stop(t->d);
    g_ptr_array_unref(t->examples);
}

/* Threads accept only RAM; the main loop accepts all memory it can access */
static bool must_break(const MemoryTest *t)
{
    return !qvirtio_crypto_has(t->d, VIRTIO_F_ACCESS_PLATFORM);
}

static QVirtioPCIDevice *pci_of(MemoryTest *t)
{
    return container_of(t->d->vdev, QVirtioPCIDevice, vdev);
}

/* One of the device's own registers */
static uint64_t own_register(MemoryTest *t)
{
    if (t->d->vdev->bus == &qvirtio_mmio) {
        return container_of(t->d->vdev, QVirtioMMIODevice, vdev)->addr;
    }
    /* Those of a legacy function are I/O ports, to which no address leads */
    if (!qvirtio_crypto_has(t->d, VIRTIO_F_VERSION_1)) {
        return HOLE;
    }
    return pci_of(t)->bar.addr + pci_of(t)->notify_cfg_offset;
}

static QVirtioCryptoOp new_op(MemoryTest *t)
{
    QVirtioCryptoOp op = t->example->op;

    op.session = qvirtio_crypto_create(t->d, &t->example->session);
    return op;
}

/* The device works */
static void check_works(MemoryTest *t)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoOp op = new_op(t);
    QVirtioCryptoRequest *req = qvirtio_crypto_run(t->d, 0, &op, &shape);

    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpmem(req->written->data, req->written->len,
                    t->example->expected->data, t->example->expected->len);
    qvirtio_crypto_request_free(req, t->d->alloc);
}

/* The device is broken, says so, and works again after a reset */
static void check_broken(MemoryTest *t)
{
    qvirtio_crypto_wait_broken(t->d);
    qvirtio_crypto_restart(t->d);
    check_works(t);
}

/* Whether the device is broken or not, it works after a reset */
static void check_reset(MemoryTest *t)
{
    qvirtio_crypto_restart(t->d);
    check_works(t);
}

/* Until the device is broken, or has answered if that may be */
static void check_answer(MemoryTest *t, bool breaks)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;
    uint32_t len;
    uint16_t id;

    if (breaks) {
        qvirtio_crypto_wait_broken(t->d);
        if (qvirtio_crypto_has(t->d, VIRTIO_F_VERSION_1)) {
            t->d->vdev->bus->wait_config_isr_status(t->d->vdev, PATIENCE_US);
        }
        g_assert_false(qvirtring_get(t->d->rings[0], &id, &len));
    }
    while (!qvirtio_crypto_is_broken(t->d) &&
           !qvirtring_get(t->d->rings[0], &id, &len)) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    }
    check_reset(t);
}

/* Lays out a request, with its @n descriptors, without submitting it */
static QVirtioCryptoRequest *place(MemoryTest *t, bool indirect,
                                   QVirtDesc **descs, size_t *n)
{
    const QVirtioCryptoShape shape = { .indirect = indirect };
    QVirtioCryptoOp op = new_op(t);
    QVirtioCryptoRequest *req = qvirtio_crypto_op_request(t->d, &op);

    qvirtio_crypto_request_place(req, &t->d->memory, t->d->alloc, t->d->rand,
                                 &shape, t->d->rings[0]->ops);
    *descs = qvirtio_crypto_request_descs(req, n);
    return req;
}

/*
 * Firmware can be read, so that its bytes are a request or a table; a microvm
 * has less of it, and nothing there
 */
static bool must_break_at(const MemoryTest *t, uint64_t addr, bool is_write)
{
    bool readable = addr == FIRMWARE && t->d->vdev->bus != &qvirtio_mmio;

    return must_break(t) && (is_write || !readable);
}

/* Sends a request whose piece @part is at @addr; false: it has no such piece */
static bool send_bad_piece(MemoryTest *t, size_t part, uint64_t addr,
                           bool indirect)
{
    QVirtRing *ring = t->d->rings[0];
    g_autofree QVirtDesc *descs = NULL;
    g_autofree uint8_t *table = NULL;
    QVirtioCryptoRequest *req;
    bool exists;
    size_t n;

    req = place(t, indirect, &descs, &n);
    exists = part < n;
    if (exists) {
        descs[part].addr = addr;
        if (indirect) {
            table = g_malloc(n * QVIRT_DESC_SIZE);
            ring->ops->encode(descs, n, table);
            qtest_bufwrite(t->d->qts, req->base + req->table, table,
                           n * QVIRT_DESC_SIZE);
            qvirtring_add_indirect(ring, req->base + req->table, n);
        } else {
            qvirtring_add(ring, descs, n);
        }
        qvirtring_kick(ring);
        check_answer(t, must_break_at(t, addr, descs[part].write));
    }
    qvirtio_crypto_request_free(req, t->d->alloc);
    return exists;
}

static void check_pieces(MemoryTest *t, uint64_t addr)
{
    for (size_t part = 0; send_bad_piece(t, part, addr, false); part++) {
        g_assert_true(send_bad_piece(t, part, addr, true));
    }
}

static void check_table(MemoryTest *t, uint64_t addr)
{
    QVirtRing *ring = t->d->rings[0];

    qvirtring_add_indirect(ring, addr, 5);
    qvirtring_kick(ring);
    check_answer(t, must_break_at(t, addr, false));
}

static void check_buffers(QVirtioDevice *vdev, QGuestAllocator *alloc,
                          uint64_t features)
{
    MemoryTest t;
    uint64_t bad[] = { 0, HOLE, FIRMWARE, MESSAGES, LAST_BYTES };

    start(&t, vdev, alloc, features | INDIRECT);
    bad[0] = own_register(&t);
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        check_pieces(&t, bad[i]);
        check_table(&t, bad[i]);
    }
    stop(&t);
}

static void test_buffers(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    check_buffers(crypto->vdev, alloc, 0);
}

static void test_buffers_pci(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    const MemoryCase *test = data;

    check_buffers(&pci->pci_vdev.vdev, alloc, test->features);
}

/* The used length of the first queue's only request */
static uint32_t await_used(MemoryTest *t)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;
    uint32_t len;
    uint16_t id;

    while (!qvirtring_get(t->d->rings[0], &id, &len)) {
        g_assert_false(qvirtio_crypto_is_broken(t->d));
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    }
    return len;
}

static uint64_t ram_size(QTestState *qts)
{
    QDict *sizes = qtest_qmp_assert_success_ref(qts,
        "{ 'execute': 'query-memory-size-summary' }");
    uint64_t size = qdict_get_int(sizes, "base-memory");

    qobject_unref(sizes);
    return size;
}

/* Sends a request whose piece @part ends where @end is */
static void send_at_end(MemoryTest *t, size_t part, uint64_t end, bool good)
{
    QVirtRing *ring = t->d->rings[0];
    g_autofree QVirtDesc *descs = NULL;
    QVirtioCryptoRequest *req;
    size_t n;

    req = place(t, false, &descs, &n);
    g_assert_cmpint(part, <, n);
    if (!descs[part].write) {
        g_autofree uint8_t *bytes = g_malloc(descs[part].len);

        qtest_bufread(t->d->qts, descs[part].addr, bytes, descs[part].len);
        qtest_bufwrite(t->d->qts, end - descs[part].len, bytes,
                       good ? descs[part].len : descs[part].len - 1);
    }
    descs[part].addr = end - descs[part].len;
    qvirtring_add(ring, descs, n);
    qvirtring_kick(ring);
    if (good) {
        g_assert_cmpint(await_used(t), ==, t->example->expected->len + 1);
        g_assert_cmpint(qtest_readb(t->d->qts, descs[n - 1].addr), ==,
                        VIRTIO_CRYPTO_OK);
        check_works(t);
    } else {
        check_answer(t, must_break(t));
    }
    qvirtio_crypto_request_free(req, t->d->alloc);
}

/* Pieces that lie at the end of RAM, and such as reach one byte beyond it */
static void test_ram_end(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    uint64_t end = ram_size(global_qtest);
    MemoryTest t;

    start(&t, crypto->vdev, alloc, 0);
    for (size_t part = 0; part < 5; part++) {
        send_at_end(&t, part, end, true);
        send_at_end(&t, part, end + 1, false);
    }
    stop(&t);
}

#define ROM_BYTES   256
/* The descriptors of a cipher's source and destination */
#define SOURCE      2
#define DESTINATION 3
#define N_PARTS     5

static const char rom_key[] = "0123456789abcdef";
static const char rom_iv[] = "fedcba9876543210";
static const uint8_t no_rom[ROM_BYTES] = "in no read-only memory";

static GByteArray *encrypt_rom(const uint8_t *rom)
{
    const CipherAlgo *algo = cipher_algos;
    g_autoptr(GByteArray) key = g_byte_array_new();
    g_autoptr(GByteArray) iv = g_byte_array_new();

    while (algo->number != VIRTIO_CRYPTO_CIPHER_AES_CBC) {
        algo++;
        g_assert_nonnull(algo->name);
    }
    g_byte_array_append(key, (const uint8_t *)rom_key, 16);
    g_byte_array_append(iv, (const uint8_t *)rom_iv, 16);
    return reference_cipher(algo, true, key, iv, rom, ROM_BYTES);
}

/*
 * Submits an encryption of other bytes than read-only memory has, with the
 * piece @part at @addr in place of where these are, or of the destination
 */
static QVirtioCryptoRequest *submit_rom(MemoryTest *t, size_t part,
                                        uint64_t addr, QVirtDesc **descs)
{
    const QVirtioCryptoShape shape = { };
    const QVirtioCryptoSession session =
        qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, true, rom_key, 16);
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(qvirtio_crypto_create(t->d, &session), true,
                                 rom_iv, 16, no_rom, ROM_BYTES);
    QVirtioCryptoRequest *req = qvirtio_crypto_op_request(t->d, &op);
    size_t n;

    qvirtio_crypto_request_place(req, &t->d->memory, t->d->alloc, t->d->rand,
                                 &shape, t->d->rings[0]->ops);
    *descs = qvirtio_crypto_request_descs(req, &n);
    g_assert_cmpint(n, ==, N_PARTS);
    g_assert_cmpint((*descs)[part].len, ==, ROM_BYTES);
    (*descs)[part].addr = addr;
    qvirtring_add(t->d->rings[0], *descs, n);
    qvirtring_kick(t->d->rings[0]);
    return req;
}

/* Read-only memory is a source like any other */
static void check_rom_source(MemoryTest *t, uint64_t addr, const uint8_t *rom)
{
    g_autoptr(GByteArray) expected = encrypt_rom(rom);
    g_autofree QVirtDesc *descs = NULL;
    QVirtioCryptoRequest *req = submit_rom(t, SOURCE, addr, &descs);
    uint8_t result[ROM_BYTES];

    g_assert_cmpint(await_used(t), ==, ROM_BYTES + 1);
    g_assert_cmpint(qtest_readb(t->d->qts, descs[N_PARTS - 1].addr), ==,
                    VIRTIO_CRYPTO_OK);
    qtest_bufread(t->d->qts, descs[DESTINATION].addr, result, ROM_BYTES);
    g_assert_cmpmem(result, ROM_BYTES, expected->data, expected->len);
    qvirtio_crypto_request_free(req, t->d->alloc);
}

/* ROM cannot be a destination; a ROM device in MMIO mode not even a source */
static void check_rom_refused(MemoryTest *t, size_t part, uint64_t addr)
{
    g_autofree QVirtDesc *descs = NULL;
    QVirtioCryptoRequest *req = submit_rom(t, part, addr, &descs);

    check_answer(t, must_break(t));
    qvirtio_crypto_request_free(req, t->d->alloc);
}

/* A microvm's firmware is in RAM */
static void test_rom(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    const MemoryCase *test = data;
    uint8_t rom[ROM_BYTES], now[ROM_BYTES];
    MemoryTest t;

    start(&t, &pci->pci_vdev.vdev, alloc, test->features);
    qtest_bufread(t.d->qts, ROM, rom, sizeof(rom));
    g_assert_false(buffer_is_zero(rom, sizeof(rom)));
    check_rom_source(&t, ROM, rom);
    check_rom_refused(&t, DESTINATION, ROM);
    qtest_bufread(t.d->qts, ROM, now, sizeof(now));
    g_assert_cmpmem(now, sizeof(now), rom, sizeof(rom));
    check_rom_source(&t, ROM, rom);
    stop(&t);
}

/* An empty flash in place of the firmware */
#define FLASH_SIZE      65536
#define FLASH           (4 * GiB - FLASH_SIZE)
#define READ_STATUS     0x70
#define READ_ARRAY      0xff

static const CryptoOptions with_flash = {
    .more = " -blockdev driver=null-co,node-name=flash,read-zeroes=on,size="
            stringify(FLASH_SIZE) " -machine pflash0=flash",
};

/* A flash is read-only memory, but not while it executes a command */
static void test_flash(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    const uint8_t content[ROM_BYTES] = { };
    MemoryTest t;

    start(&t, &pci->pci_vdev.vdev, alloc, 0);
    for (int i = 0; i < 3; i++) {
        check_rom_source(&t, FLASH, content);
        check_rom_refused(&t, DESTINATION, FLASH);
        qtest_writeb(t.d->qts, FLASH, READ_STATUS);
        check_rom_refused(&t, SOURCE, FLASH);
        qtest_writeb(t.d->qts, FLASH, READ_ARRAY);
    }
    stop(&t);
}

static void write_common(MemoryTest *t, uint32_t offset, uint16_t value)
{
    QVirtioPCIDevice *pci = pci_of(t);

    qpci_io_writew(pci->pdev, pci->bar, pci->common_cfg_offset + offset,
                   value);
}

static uint16_t read_common(MemoryTest *t, uint32_t offset)
{
    QVirtioPCIDevice *pci = pci_of(t);

    return qpci_io_readw(pci->pdev, pci->bar,
                         pci->common_cfg_offset + offset);
}

/* The first data queue, whose index is up to the protocol */
static void select_first(MemoryTest *t)
{
    write_common(t, VIRTIO_PCI_COMMON_Q_SELECT, t->d->vqs[0]->index);
}

/* The rings of a queue: descriptors; driver's, and device's area */
typedef struct Areas {
    uint64_t at[3];
} Areas;

static Areas areas_of(MemoryTest *t, uint32_t queue)
{
    const QVirtQueue *vq = t->d->vqs[queue];

    return (Areas) { .at = { vq->desc, vq->avail, vq->used } };
}

/* Lets the first queue have its rings there, whether it was live or not */
static void enable_at(MemoryTest *t, const Areas *areas)
{
    QVirtQueue vq = *t->d->vqs[0];

    vq.desc = areas->at[0];
    vq.avail = areas->at[1];
    vq.used = areas->at[2];
    select_first(t);
    t->d->vdev->bus->set_queue_address(t->d->vdev, &vq);
    write_common(t, VIRTIO_PCI_COMMON_Q_ENABLE, 1);
}

/* The driver's way to a device that is not yet ready, and has no queues */
static void begin_start(MemoryTest *t)
{
    qvirtio_reset(t->d->vdev);
    qvirtio_start_device(t->d->vdev);
    qvirtio_set_features(t->d->vdev, t->d->features);
}

/* A queue whose rings are invalid, before the driver is ready */
static void check_ring_early(MemoryTest *t, const Areas *areas, bool breaks)
{
    QVirtioDevice *vdev = t->d->vdev;

    begin_start(t);
    enable_at(t, areas);
    if (breaks) {
        qvirtio_crypto_wait_broken(t->d);
    }
    vdev->bus->set_status(vdev, vdev->bus->get_status(vdev) |
                                VIRTIO_CONFIG_S_DRIVER_OK);
    vdev->bus->virtqueue_kick(vdev, t->d->vqs[0]);
    check_reset(t);
}

/* The same for a queue that is live, and one that was reset */
static void check_ring_late(MemoryTest *t, const Areas *areas, bool breaks,
                            bool reset)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoOp op = new_op(t);

    for (int i = 0; i < 20; i++) {
        qvirtio_crypto_submit(t->d, 0, qvirtio_crypto_op_request(t->d, &op),
                              &shape);
    }
    if (reset) {
        select_first(t);
        write_common(t, VIRTIO_PCI_COMMON_Q_RESET, 1);
    }
    enable_at(t, areas);
    t->d->vdev->bus->virtqueue_kick(t->d->vdev, t->d->vqs[0]);
    if (breaks) {
        qvirtio_crypto_wait_broken(t->d);
    }
    for (uint32_t id = 0; id < t->d->vqs[0]->size; id++) {
        t->d->pending[0][id] = NULL;
    }
    check_reset(t);
}

/* Puts one ring outside RAM, and leaves the others in place */
static void check_ring(MemoryTest *t, int area, uint64_t addr)
{
    bool is_packed = qvirtio_crypto_has(t->d, VIRTIO_F_RING_PACKED);
    /* Firmware can be read, so that its bytes are descriptors */
    bool read_only = area == 1 || (area == 0 && !is_packed);
    bool breaks = must_break(t) && !(addr == FIRMWARE && read_only);
    Areas areas = areas_of(t, 0);

    areas.at[area] = addr;
    check_ring_early(t, &areas, breaks);
    areas = areas_of(t, 0);
    areas.at[area] = addr;
    check_ring_late(t, &areas, breaks, false);
    areas = areas_of(t, 0);
    areas.at[area] = addr;
    check_ring_late(t, &areas, breaks, true);
}

static void test_rings(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    const MemoryCase *test = data;
    uint64_t bad[] = { 0, HOLE, FIRMWARE, MESSAGES };
    MemoryTest t;

    start(&t, &pci->pci_vdev.vdev, alloc, test->features | RING_RESET);
    bad[0] = own_register(&t) & -RING_ALIGN;
    for (int area = 0; area < 3; area++) {
        for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
            check_ring(&t, area, bad[i]);
        }
    }
    stop(&t);
}

/* A legacy queue is all in one place, and cannot say that it is broken */
static void test_rings_mmio(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDevice *device = obj;
    QVirtioMMIODevice *mmio =
        container_of(device->crypto.vdev, QVirtioMMIODevice, vdev);
    const uint64_t bad[] = { HOLE, FIRMWARE, mmio->addr & -RING_ALIGN };
    MemoryTest t;

    start(&t, &mmio->vdev, alloc, 0);
    for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
        qtest_writel(mmio->qts, mmio->addr + QVIRTIO_MMIO_QUEUE_SEL,
                     t.d->vqs[0]->index);
        qtest_writel(mmio->qts, mmio->addr + QVIRTIO_MMIO_QUEUE_PFN,
                     bad[i] / mmio->page_size);
        check_broken(&t);
    }
    stop(&t);
}

/* How many bytes of each area the device uses, and how they are aligned */
static size_t area_size(MemoryTest *t, int area)
{
    size_t n = t->d->vqs[0]->size;

    if (qvirtio_crypto_has(t->d, VIRTIO_F_RING_PACKED)) {
        return area ? 4 : n * QVIRT_DESC_SIZE;
    }
    return area == 0 ? n * QVIRT_DESC_SIZE :
           area == 1 ? sizeof(struct vring_avail) + n * sizeof(uint16_t) :
           sizeof(struct vring_used) + n * sizeof(struct vring_used_elem);
}

static size_t area_align(int area)
{
    return area == 0 ? QVIRT_DESC_SIZE : area == 1 ? 2 : 4;
}

/* The driver and the device use the first queue's rings there */
static void check_ring_works(MemoryTest *t, const Areas *areas)
{
    QVirtioCryptoDriver *d = t->d;
    QVirtQueue *vq = d->vqs[0];
    QVirtQueue old = *vq;

    select_first(t);
    write_common(t, VIRTIO_PCI_COMMON_Q_RESET, 1);
    for (int area = 0; area < 3; area++) {
        qtest_memset(d->qts, areas->at[area], 0, area_size(t, area));
    }
    vq->desc = areas->at[0];
    vq->avail = areas->at[1];
    vq->used = areas->at[2];
    qvirtring_free(d->rings[0]);
    d->rings[0] = qvirtring_new(&d->memory, vq);
    enable_at(t, areas);
    for (int i = 0; i < 500; i++) {
        check_works(t);
    }
    *vq = old;
}

/* A ring that ends where RAM ends, and one that ends behind that */
static void test_rings_end(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    const MemoryCase *test = data;
    uint64_t end = ram_size(global_qtest);
    MemoryTest t;

    start(&t, &pci->pci_vdev.vdev, alloc, test->features | RING_RESET);
    for (int area = 0; area < 3; area++) {
        Areas areas = areas_of(&t, 0);

        areas.at[area] = end - area_size(&t, area);
        check_ring_works(&t, &areas);
        qvirtio_crypto_restart(t.d);
        areas = areas_of(&t, 0);
        areas.at[area] = end - area_size(&t, area) + area_align(area);
        check_ring_early(&t, &areas, true);
    }
    stop(&t);
}

/* Another size, and the same rings; the queue is live all the time */
static void rewrite_pci(MemoryTest *t)
{
    Areas areas = areas_of(t, 0);
    uint16_t size = t->d->vqs[0]->size;

    select_first(t);
    for (uint16_t other = 1; other; other *= 2) {
        write_common(t, VIRTIO_PCI_COMMON_Q_SIZE, other);
        g_assert_cmpint(read_common(t, VIRTIO_PCI_COMMON_Q_SIZE), ==, size);
        enable_at(t, &areas);
        g_assert_cmpint(read_common(t, VIRTIO_PCI_COMMON_Q_SIZE), ==, size);
    }
}

static void rewrite_mmio(MemoryTest *t)
{
    QVirtioMMIODevice *mmio =
        container_of(t->d->vdev, QVirtioMMIODevice, vdev);

    qtest_writel(mmio->qts, mmio->addr + QVIRTIO_MMIO_QUEUE_SEL,
                 t->d->vqs[0]->index);
    for (uint32_t other = 1; other; other *= 2) {
        qtest_writel(mmio->qts, mmio->addr + QVIRTIO_MMIO_QUEUE_NUM, other);
    }
}

/* The features that the device thinks its driver has accepted */
static GString *query_features(MemoryTest *t)
{
    QDict *status = qvirtio_crypto_query(t->d);
    GString *json = qobject_to_json(qdict_get(status, "guest-features"));

    qobject_unref(status);
    return json;
}

static void rewrite_features(MemoryTest *t)
{
    const uint64_t others[] = {
        0, UINT32_MAX, 1ull << VIRTIO_RING_F_EVENT_IDX, RING_PACKED,
        ACCESS_PLATFORM, 1ull << QVIRTIO_CRYPTO_F_REVISION_1,
    };
    g_autoptr(GString) before = query_features(t);
    uint64_t needed = t->d->features & (1ull << VIRTIO_F_VERSION_1);

    for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
        g_autoptr(GString) after = NULL;

        t->d->vdev->bus->set_features(t->d->vdev, others[i] | needed);
        after = query_features(t);
        g_assert_cmpstr(after->str, ==, before->str);
    }
}

/* Registers that a live queue has no use for are written, and do nothing */
static void check_live(QVirtioDevice *vdev, QGuestAllocator *alloc,
                       uint64_t features, void (*rewrite)(MemoryTest *t))
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoRequest *reqs[100];
    QVirtioCryptoOp op;
    MemoryTest t;

    start(&t, vdev, alloc, features);
    op = new_op(&t);
    for (size_t i = 0; i < ARRAY_SIZE(reqs); i++) {
        reqs[i] = qvirtio_crypto_op_request(t.d, &op);
        qvirtio_crypto_submit(t.d, 0, reqs[i], &shape);
        if (i % 10 == 5) {
            rewrite(&t);
        }
    }
    for (size_t i = 0; i < ARRAY_SIZE(reqs); i++) {
        qvirtio_crypto_wait(t.d, 0, reqs[i]);
        g_assert_cmpint(reqs[i]->status, ==, VIRTIO_CRYPTO_OK);
        qvirtio_crypto_request_free(reqs[i], alloc);
    }
    check_works(&t);
    check_reset(&t);
    stop(&t);
}

static void test_live_pci(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    const MemoryCase *test = data;

    check_live(&pci->pci_vdev.vdev, alloc, test->features, rewrite_pci);
}

static void test_live_mmio(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDevice *device = obj;

    check_live(device->crypto.vdev, alloc, 0, rewrite_mmio);
}

static void test_live_features(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    check_live(crypto->vdev, alloc, 0, rewrite_features);
}

/* That the device is broken comes by its own vector, from any queue */
static void test_config_interrupt(void *obj, void *data,
                                  QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    QVirtioDevice *vdev = &pci->pci_vdev.vdev;
    const QVirtDesc desc = { HOLE, 100, false };
    MemoryTest t;

    qpci_msix_enable(pci->pci_vdev.pdev);
    start(&t, vdev, alloc, 0);
    for (uint32_t queue = 0; queue <= t.d->n_data; queue++) {
        qvirtio_pci_set_msix_configuration_vector(&pci->pci_vdev, alloc, 0);
        qvirtring_add(t.d->rings[queue], &desc, 1);
        qvirtring_kick(t.d->rings[queue]);
        vdev->bus->wait_config_isr_status(vdev, PATIENCE_US);
        check_broken(&t);
    }
    stop(&t);
    qpci_msix_disable(pci->pci_vdev.pdev);
}

static void register_tests(void)
{
    static const CryptoOptions queues_4 = { .backend = "queues=4" };
    static const struct {
        const char *name;
        QOSTestFunc function;
        const MemoryCase *test;
        /* A transitional function has no IOMMU */
        const char *rfc_name;
    } pci_tests[] = {
        { "hostile/buffers-packed", test_buffers_pci, &packed,
          "rfc-hostile/buffers-packed" },
        { "hostile/buffers-iommu", test_buffers_pci, &iommu },
        { "hostile/buffers-iommu-packed", test_buffers_pci, &iommu_packed },
        { "hostile/rom", test_rom, &split, "rfc-hostile/rom" },
        { "hostile/rom-packed", test_rom, &packed },
        { "hostile/rom-iommu", test_rom, &iommu },
        { "hostile/rings", test_rings, &split, "rfc-hostile/rings" },
        { "hostile/rings-packed", test_rings, &packed,
          "rfc-hostile/rings-packed" },
        { "hostile/rings-iommu", test_rings, &iommu },
        { "hostile/rings-iommu-packed", test_rings, &iommu_packed },
        { "hostile/rings-end", test_rings_end, &split,
          "rfc-hostile/rings-end" },
        { "hostile/rings-end-packed", test_rings_end, &packed,
          "rfc-hostile/rings-end-packed" },
        { "hostile/live", test_live_pci, &split, "rfc-hostile/live" },
        { "hostile/live-packed", test_live_pci, &packed,
          "rfc-hostile/live-packed" },
        { "hostile/live-iommu", test_live_pci, &iommu },
    };

    for (size_t i = 0; i < ARRAY_SIZE(pci_tests); i++) {
        add_crypto_test(pci_tests[i].name, "virtio-crypto-pci",
                        pci_tests[i].function, &pci_tests[i].test->options);
        if (pci_tests[i].rfc_name) {
            add_crypto_test(pci_tests[i].rfc_name, "virtio-crypto-rfc-pci",
                            pci_tests[i].function,
                            &pci_tests[i].test->options);
        }
    }
    add_crypto_test_both("hostile/buffers", test_buffers, NULL);
    add_crypto_test_both("hostile/ram-end", test_ram_end, NULL);
    add_crypto_test("hostile/flash", "virtio-crypto-pci", test_flash,
                    &with_flash);
    add_crypto_test("hostile/rings", "virtio-crypto-device", test_rings_mmio,
                    NULL);
    add_crypto_test("hostile/live", "virtio-crypto-device", test_live_mmio,
                    NULL);
    add_crypto_test("rfc-hostile/rings", "virtio-crypto-rfc-device",
                    test_rings_mmio, NULL);
    add_crypto_test("rfc-hostile/live", "virtio-crypto-rfc-device",
                    test_live_mmio, NULL);
    add_crypto_test_both("hostile/live-features", test_live_features, NULL);
    add_crypto_test("hostile/config-interrupt", "virtio-crypto-pci",
                    test_config_interrupt, &queues_4);
    add_crypto_test("rfc-hostile/config-interrupt", "virtio-crypto-rfc-pci",
                    test_config_interrupt, &queues_4);
}

libqos_init(register_tests);
