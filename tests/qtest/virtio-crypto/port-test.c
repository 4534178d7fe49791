/*
 * Tests of virtio-crypto: results that take the device away
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The device is behind a root port of PCI Express, and its results go to
 * configuration space, which is in memory: to the port's slot control, which
 * unplugs the device at once, and to what resets it or takes the bus from it,
 * while it serves the queue that the result is from.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "hw/pci/pci_regs.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "standard-headers/linux/virtio_pci.h"
#include "libqos/pci-pc.h"
#include "libqos/virtio-crypto-driver.h"
#include "aim.h"
#include "options.h"
#include "plug.h"
#include "slow-key.h"

#define ACCESS_PLATFORM (1ull << VIRTIO_F_ACCESS_PLATFORM)
#define IN_ORDER        (1ull << VIRTIO_F_IN_ORDER)

/* Where the host bridge is told to show configuration space, and how */
#define ECAM            0xb0000000
#define PCIEXBAR        0x60
#define PCIEXBAR_ENABLE 1

#define PORT_SLOT       5
#define PORT_BUS        1
#define PORT_WINDOW     MiB
#define PORT                                                            \
    " -device pcie-root-port,id=root,bus=pcie.0,chassis=1,slot=1,addr=" \
    stringify(PORT_SLOT)                                                \
    " -global ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off"

#define POWERED_ON  PCI_EXP_SLTCTL_PWR_IND_ON
#define POWERED_OFF (PCI_EXP_SLTCTL_PWR_IND_OFF | PCI_EXP_SLTCTL_PCC)

/* Where the first used element's length is in a ring of them */
#define USED_LEN    8

#define N_QUEUES    2
#define N_REQUESTS  70
#define N_SLOW      4
#define N_ROUNDS    3

typedef struct PortTest {
    QTestState *qts;
    QPCIBus *bus;
    QGuestAllocator *alloc;
    QPCIDevice *port;
    SlowKey *key;
    /* The plugged device */
    QVirtioPCIDevice *pci;
    QVirtioCryptoDriver *d;
    Aim *aim;
} PortTest;

static uint64_t ecam_address(const QPCIDevice *dev, uint16_t offset)
{
    return ECAM + ((uint64_t)dev->devfn << 12) + offset;
}

static void enable_ecam(QPCIBus *bus)
{
    QPCIDevice *host = qpci_device_find(bus, QPCI_DEVFN(0, 0));

    qpci_config_writel(host, PCIEXBAR + 4, 0);
    qpci_config_writel(host, PCIEXBAR, ECAM | PCIEXBAR_ENABLE);
    g_free(host);
}

/* Sets up the port's bus, and a window in libqos's space for registers */
static void enable_port(PortTest *t)
{
    uint64_t window = QEMU_ALIGN_UP(t->bus->mmio_alloc_ptr, PORT_WINDOW);

    t->port = qpci_device_find(t->bus, QPCI_DEVFN(PORT_SLOT, 0));
    g_assert_nonnull(t->port);
    qpci_config_writeb(t->port, PCI_SECONDARY_BUS, PORT_BUS);
    qpci_config_writeb(t->port, PCI_SUBORDINATE_BUS, PORT_BUS);
    qpci_config_writew(t->port, PCI_MEMORY_BASE, window >> 16);
    qpci_config_writew(t->port, PCI_MEMORY_LIMIT, window >> 16);
    qpci_config_writew(t->port, PCI_COMMAND,
                       PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
    t->bus->mmio_alloc_ptr = window;
    t->bus->mmio_limit = window + PORT_WINDOW;
}

static void start(PortTest *t, void *obj, QGuestAllocator *alloc)
{
    QPCIBusPC *pc = obj;

    *t = (PortTest) {
        .qts = pc->bus.qts, .bus = &pc->bus, .alloc = alloc,
        .key = slow_key_new(),
    };
    enable_ecam(t->bus);
    enable_port(t);
}

static void stop(PortTest *t)
{
    slow_key_free(t->key);
    g_free(t->port);
}

static uint16_t slot_control(const PortTest *t)
{
    return qpci_find_capability(t->port, PCI_CAP_ID_EXP, 0) + PCI_EXP_SLTCTL;
}

static void plug_with(PortTest *t, uint64_t features)
{
    QPCIAddress addr = { .devfn = PORT_BUS << 8 };

    crypto_add_backend(t->qts, N_QUEUES, 0);
    qtest_qmp_device_add(t->qts, "virtio-crypto-pci", "crypto1",
                         "{ 'bus': 'root', 'cryptodev': 'c1',"
                         "  'iommu_platform': true, 'in_order': %i }",
                         features & IN_ORDER ? 1 : 0);
    qpci_config_writew(t->port, slot_control(t), POWERED_ON);
    t->pci = virtio_pci_new(t->bus, &addr);
    g_assert_nonnull(t->pci);
    qvirtio_pci_device_enable(t->pci);
    t->d = qvirtio_crypto_start(t->qts, &t->pci->vdev, t->alloc,
                                ACCESS_PLATFORM | features);
    t->aim = aim_new(t->d);
}

static void plug(PortTest *t)
{
    plug_with(t, 0);
}

/* After the device is gone */
static void forget(PortTest *t)
{
    crypto_delete_backend(t->qts);
    aim_free(t->aim);
    qvirtio_crypto_abandon(t->d);
    g_free(t->pci->pdev);
    g_free(t->pci);
}

static void check_works(PortTest *t)
{
    aim_enqueue_many(t->aim, 0, N_REQUESTS);
    qvirtring_kick(t->d->rings[0]);
    aim_wait(t->aim);
}

/* Requests whose operations take long; the driver frees them */
static void enqueue_slow(PortTest *t, uint32_t queue)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoSession session =
        qvirtio_crypto_rsa(true, VIRTIO_CRYPTO_RSA_RAW_PADDING, 0,
                           t->key->der->data, t->key->der->len);
    QVirtioCryptoOp op =
        qvirtio_crypto_akcipher_op(VIRTIO_CRYPTO_AKCIPHER_DECRYPT,
                                   qvirtio_crypto_create(t->d, &session),
                                   t->key->cipher->data, t->key->cipher->len,
                                   t->key->plain->len);

    for (int i = 0; i < N_SLOW; i++) {
        qvirtio_crypto_enqueue(t->d, queue,
                               qvirtio_crypto_op_request(t->d, &op), &shape);
    }
}

/* Some requests, one that writes there, and more of them */
static void submit(PortTest *t, uint64_t addr, uint16_t value)
{
    for (uint32_t queue = 0; queue < N_QUEUES; queue++) {
        enqueue_slow(t, queue);
    }
    qvirtring_kick(t->d->rings[1]);
    aim_enqueue_many(t->aim, 0, N_REQUESTS / 2);
    aim_enqueue(t->aim, 0, addr, value);
    aim_enqueue_many(t->aim, 0, N_REQUESTS / 2);
    qvirtring_kick(t->d->rings[0]);
}

static void unplug(PortTest *t)
{
    qpci_config_writew(t->port, slot_control(t), POWERED_OFF);
    qtest_qmp_eventwait(t->qts, "DEVICE_DELETED");
    forget(t);
}

static void unplug_by_result(PortTest *t)
{
    submit(t, ecam_address(t->port, slot_control(t)), POWERED_OFF);
    qtest_qmp_eventwait(t->qts, "DEVICE_DELETED");
    forget(t);
}

/* A device that unplugs itself; the next one in its place works */
static void test_unplug(void *obj, void *data, QGuestAllocator *alloc)
{
    PortTest t;

    start(&t, obj, alloc);
    for (int i = 0; i < N_ROUNDS; i++) {
        plug(&t);
        check_works(&t);
        unplug_by_result(&t);
    }
    stop(&t);
}

static void write_common(PortTest *t, uint32_t offset, uint32_t value)
{
    qpci_io_writel(t->pci->pdev, t->pci->bar,
                   t->pci->common_cfg_offset + offset, value);
}

/* Has the first queue's used elements written from that place on */
static void move_used(PortTest *t, uint64_t addr)
{
    qpci_io_writew(t->pci->pdev, t->pci->bar,
                   t->pci->common_cfg_offset + VIRTIO_PCI_COMMON_Q_SELECT, 0);
    write_common(t, VIRTIO_PCI_COMMON_Q_USEDLO, addr);
    write_common(t, VIRTIO_PCI_COMMON_Q_USEDHI, addr >> 32);
    qpci_io_writew(t->pci->pdev, t->pci->bar,
                   t->pci->common_cfg_offset + VIRTIO_PCI_COMMON_Q_ENABLE, 1);
}

/* A request whose used element has that length: its result and a status */
static void submit_of_used_len(PortTest *t, uint32_t used_len)
{
    static const uint8_t counter[16];
    const QVirtioCryptoShape shape = { };
    g_autofree uint8_t *src = g_malloc0(used_len - 1);
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(t->aim->session, true, counter,
                                 sizeof(counter), src, used_len - 1);

    qvirtio_crypto_enqueue(t->d, 0, qvirtio_crypto_op_request(t->d, &op),
                           &shape);
    qvirtring_kick(t->d->rings[0]);
}

/* The length of the first used element unplugs the device. */
static void test_unplug_in_order(void *obj, void *data,
                                 QGuestAllocator *alloc)
{
    PortTest t;

    start(&t, obj, alloc);
    plug_with(&t, IN_ORDER);
    move_used(&t, ecam_address(t.port, slot_control(&t)) - USED_LEN);
    submit_of_used_len(&t, POWERED_OFF);
    qtest_qmp_eventwait(t.qts, "DEVICE_DELETED");
    forget(&t);
    plug(&t);
    check_works(&t);
    unplug(&t);
    stop(&t);
}

/* When the main loop has seen all that it was told of, the bus is taken. */
static void await_written(PortTest *t)
{
    qtest_qmp_assert_success(t->qts, "{ 'execute': 'query-cryptodev' }");
    g_assert_cmphex(qpci_config_readw(t->pci->pdev, PCI_COMMAND) &
                    PCI_COMMAND_MASTER, ==, 0);
}

/*
 * A result disables something in the device's configuration space.  When that
 * is restored, the device works.
 */
static void check_write(PortTest *t, QPCIDevice *dev, uint16_t offset,
                        uint16_t value, uint16_t after)
{
    plug(t);
    for (int i = 0; i < N_ROUNDS; i++) {
        submit(t, ecam_address(dev ?: t->pci->pdev, offset), value);
        await_written(t);
        aim_forget(t->aim);
        qpci_config_writew(dev ?: t->pci->pdev, offset, after);
        qvirtio_pci_device_enable(t->pci);
        aim_restart(t->aim);
        check_works(t);
    }
    unplug(t);
}

static void test_bus_reset(void *obj, void *data, QGuestAllocator *alloc)
{
    PortTest t;

    start(&t, obj, alloc);
    check_write(&t, t.port, PCI_BRIDGE_CONTROL, PCI_BRIDGE_CTL_BUS_RESET, 0);
    stop(&t);
}

static void test_master(void *obj, void *data, QGuestAllocator *alloc)
{
    PortTest t;

    start(&t, obj, alloc);
    check_write(&t, NULL, PCI_COMMAND, 0, 0);
    stop(&t);
}

/* The function's own reset; its capability is where the last one's was */
static void test_function_reset(void *obj, void *data,
                                QGuestAllocator *alloc)
{
    uint16_t offset;
    PortTest t;

    start(&t, obj, alloc);
    plug(&t);
    offset = qpci_find_capability(t.pci->pdev, PCI_CAP_ID_EXP, 0) +
             PCI_EXP_DEVCTL;
    unplug(&t);
    check_write(&t, NULL, offset, PCI_EXP_DEVCTL_BCR_FLR, 0);
    stop(&t);
}

/* A status, which is 0, takes the bus from the device */
static void check_status(PortTest *t, uint32_t queue,
                         QVirtioCryptoRequest *req)
{
    aim_enqueue_request(t->d, queue, req,
                        ecam_address(t->pci->pdev, PCI_COMMAND), 1);
    qvirtring_kick(t->d->rings[queue]);
    await_written(t);
    aim_forget(t->aim);
    qvirtio_pci_device_enable(t->pci);
    aim_restart(t->aim);
    check_works(t);
}

static void test_master_ctrl(void *obj, void *data, QGuestAllocator *alloc)
{
    PortTest t;

    start(&t, obj, alloc);
    plug(&t);
    for (int i = 0; i < N_ROUNDS; i++) {
        check_status(&t, t.d->n_data,
                     qvirtio_crypto_destroy_request(
                         t.d, VIRTIO_CRYPTO_CIPHER_DESTROY_SESSION,
                         t.aim->session));
    }
    unplug(&t);
    stop(&t);
}

static void register_tests(void)
{
    static const CryptoOptions port = { .more = PORT };
    const char *q35 = "q35-pcihost";

    add_crypto_test("port/unplug", q35, test_unplug, &port);
    add_crypto_test("port/unplug-in-order", q35, test_unplug_in_order, &port);
    add_crypto_test("port/bus-reset", q35, test_bus_reset, &port);
    add_crypto_test("port/function-reset", q35, test_function_reset, &port);
    add_crypto_test("port/master", q35, test_master, &port);
    add_crypto_test("port/master-ctrl", q35, test_master_ctrl, &port);
}

libqos_init(register_tests);
