/*
 * Tests of virtio-crypto: dirty memory tracking sees all of the device's writes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Migration, which copies the guest's memory, copies pages again that were
 * reported as written.  A display adapter whose screen shows a converted copy
 * of its memory does the same.  So results that go to that memory appear on the
 * screen if, and only if, they were reported.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "hw/display/bochs-vbe.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "examples.h"
#include "options.h"

#define PATIENCE_US     (60 * G_USEC_PER_SEC)
#define RING_PACKED     (1ull << VIRTIO_F_RING_PACKED)
#define ACCESS_PLATFORM (1ull << VIRTIO_F_ACCESS_PLATFORM)

#define VGA_VENDOR      0x1234
#define VGA_DEVICE      0x1111
/* Where the register of VGA is that switches the screen on */
#define ATTRIBUTE_INDEX 0x400
#define SCREEN_ON       0x20

#define WIDTH           1024
#define HEIGHT          768
#define BITS            16
#define SCREEN_BYTES    (WIDTH * HEIGHT * BITS / 8)
#define PAGE            4096

/* A result that goes from one page to the next, and a status far behind it */
#define RESULT_OFFSET   (16 * PAGE - 4)
#define STATUS_OFFSET   (40 * PAGE + 10)
#define GAP             (10 * PAGE)

typedef struct Screen {
    QPCIDevice *dev;
    QPCIBar memory;
    QPCIBar registers;
} Screen;

typedef struct DirtyCase {
    CryptoOptions options;
    uint64_t features;
    const char *example;
} DirtyCase;

static void find_vga(QPCIDevice *dev, int devfn, void *data)
{
    QPCIDevice **found = data;

    g_assert_null(*found);
    *found = dev;
}

static void write_vbe(Screen *screen, int index, uint16_t value)
{
    qpci_io_writew(screen->dev, screen->registers,
                   PCI_VGA_BOCHS_OFFSET + 2 * index, value);
}

/* All white, with a byte order that is not the host's, so it is converted */
static void screen_init(Screen *screen, QPCIBus *bus)
{
    screen->dev = NULL;
    qpci_device_foreach(bus, VGA_VENDOR, VGA_DEVICE, find_vga, &screen->dev);
    g_assert_nonnull(screen->dev);
    qpci_device_enable(screen->dev);
    screen->memory = qpci_iomap(screen->dev, 0, NULL);
    screen->registers = qpci_iomap(screen->dev, 2, NULL);
    write_vbe(screen, VBE_DISPI_INDEX_ENABLE, VBE_DISPI_DISABLED);
    write_vbe(screen, VBE_DISPI_INDEX_XRES, WIDTH);
    write_vbe(screen, VBE_DISPI_INDEX_YRES, HEIGHT);
    write_vbe(screen, VBE_DISPI_INDEX_BPP, BITS);
    write_vbe(screen, VBE_DISPI_INDEX_ENABLE,
              VBE_DISPI_ENABLED | VBE_DISPI_LFB_ENABLED);
    qpci_io_writeb(screen->dev, screen->registers, ATTRIBUTE_INDEX,
                   SCREEN_ON);
    qpci_io_writel(screen->dev, screen->registers,
                   PCI_VGA_QEXT_OFFSET + PCI_VGA_QEXT_REG_BYTEORDER,
                   HOST_BIG_ENDIAN ? PCI_VGA_QEXT_LITTLE_ENDIAN
                                   : PCI_VGA_QEXT_BIG_ENDIAN);
    qtest_memset(bus->qts, screen->memory.addr, 0xff, SCREEN_BYTES);
}

static void screen_clear(Screen *screen)
{
    qpci_iounmap(screen->dev, screen->registers);
    qpci_iounmap(screen->dev, screen->memory);
    g_free(screen->dev);
}

/* The screen by now: three bytes for each pixel, behind a header */
static char *take_picture(QTestState *qts)
{
    g_autofree char *header = g_strdup_printf("P6\n%d %d\n255\n", WIDTH,
                                              HEIGHT);
    g_autofree char *path = NULL;
    char *picture;
    size_t len;
    int fd = g_file_open_tmp("virtio-crypto-XXXXXX", &path, NULL);

    g_assert_cmpint(fd, >=, 0);
    close(fd);
    qtest_qmp_assert_success(qts,
        "{ 'execute': 'screendump', 'arguments': { 'filename': %s } }", path);
    g_assert_true(g_file_get_contents(path, &picture, &len, NULL));
    unlink(path);
    g_assert_true(g_str_has_prefix(picture, header));
    g_assert_cmpint(len, ==, strlen(header) + 3 * WIDTH * HEIGHT);
    memmove(picture, picture + strlen(header), 3 * WIDTH * HEIGHT);
    return picture;
}

/* Whether the byte there is part of a pixel that is white in the picture */
static bool is_white(const char *picture, size_t offset)
{
    const char *pixel = picture + offset / (BITS / 8) * 3;

    /* A pixel has five bits of red, six of green and five of blue */
    return memcmp(pixel, "\xf8\xfc\xf8", 3) == 0;
}

static bool is_all_white(const char *picture)
{
    for (size_t offset = 0; offset < SCREEN_BYTES; offset += BITS / 8) {
        if (!is_white(picture, offset)) {
            return false;
        }
    }
    return true;
}

/* Runs an example whose result and status are in the screen's memory */
static void run_on_screen(QVirtioCryptoDriver *d, const Example *example,
                          const Screen *screen)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoOp op = example->op;
    QVirtioCryptoRequest *req;
    g_autofree QVirtDesc *descs = NULL;
    uint32_t len;
    uint16_t id;
    size_t n;

    op.session = qvirtio_crypto_create(d, &example->session);
    op.room += GAP;
    req = qvirtio_crypto_op_request(d, &op);
    qvirtio_crypto_request_place(req, &d->memory, d->alloc, d->rand, &shape,
                                 d->rings[0]->ops);
    descs = qvirtio_crypto_request_descs(req, &n);
    g_assert_cmpint(descs[n - 2].len, ==, op.room);
    descs[n - 2].addr = screen->memory.addr + RESULT_OFFSET;
    descs[n - 1].addr = screen->memory.addr + STATUS_OFFSET;
    qvirtring_add(d->rings[0], descs, n);
    qvirtring_kick(d->rings[0]);
    while (!qvirtring_get(d->rings[0], &id, &len)) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    }
    g_assert_cmpint(len, ==, example->expected->len + 1);
    qvirtio_crypto_request_free(req, d->alloc);
}

/* All that the device wrote is there, and on the screen; the rest is white */
static void check_screen(QTestState *qts, const Screen *screen,
                         const GByteArray *expected)
{
    g_autofree char *picture = take_picture(qts);
    g_autofree uint8_t *memory = g_malloc(SCREEN_BYTES);
    size_t end = RESULT_OFFSET + expected->len;

    qtest_bufread(qts, screen->memory.addr, memory, SCREEN_BYTES);
    g_assert_cmpmem(memory + RESULT_OFFSET, expected->len, expected->data,
                    expected->len);
    g_assert_cmpint(memory[STATUS_OFFSET], ==, VIRTIO_CRYPTO_OK);
    for (size_t offset = 0; offset < SCREEN_BYTES; offset += 2) {
        g_assert_cmpint(is_white(picture, offset), ==,
                        memory[offset] == 0xff && memory[offset + 1] == 0xff);
        if (offset < RESULT_OFFSET || offset >= end) {
            g_assert_true(is_white(picture, offset) ||
                          offset == STATUS_OFFSET);
        }
    }
}

static void test_dirty(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    const DirtyCase *test = data;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, &pci->pci_vdev.vdev, alloc,
                             test->features);
    g_autoptr(GPtrArray) examples = examples_new();
    const Example *example = examples_find(examples, test->example);
    Screen screen;

    screen_init(&screen, pci->pci_vdev.pdev->bus);
    /* The first picture shows all memory, the second only changes */
    for (int i = 0; i < 2; i++) {
        g_autofree char *picture = take_picture(d->qts);

        g_assert_true(is_all_white(picture));
    }
    run_on_screen(d, example, &screen);
    check_screen(d->qts, &screen, example->expected);
    screen_clear(&screen);
    qvirtio_crypto_stop(d);
}

static const DirtyCase cipher = { .example = "aes-cbc-128" };
static const DirtyCase hash = { .example = "sha-256" };
static const DirtyCase pool = { .example = "rsa-sign" };
static const DirtyCase packed = {
    .options = { .device = "packed=on" }, .features = RING_PACKED,
    .example = "aes-cbc-128",
};
static const DirtyCase iommu = {
    .options = { .device = "iommu_platform=on" }, .features = ACCESS_PLATFORM,
    .example = "aes-cbc-128",
};
static const DirtyCase iommu_pool = {
    .options = { .device = "iommu_platform=on" }, .features = ACCESS_PLATFORM,
    .example = "rsa-sign",
};

static void register_tests(void)
{
    static const struct {
        const char *name;
        const DirtyCase *test;
    } tests[] = {
        { "dirty/cipher", &cipher },
        { "dirty/hash", &hash },
        { "dirty/pool", &pool },
        { "dirty/packed", &packed },
        { "dirty/iommu", &iommu },
        { "dirty/iommu-pool", &iommu_pool },
    };

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        add_crypto_test(tests[i].name, "virtio-crypto-pci", test_dirty,
                        &tests[i].test->options);
    }
}

libqos_init(register_tests);
