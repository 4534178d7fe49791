/*
 * Tests of virtio-crypto: the threads that serve its queues
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "standard-headers/linux/virtio_pci.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-mmio.h"
#include "flight.h"
#include "options.h"
#include "plug.h"
#include "tasks.h"

#define PATIENCE_US  (60 * G_USEC_PER_SEC)
#define N_ROUNDS     3

#define QUEUES_4 "queues=" stringify(FLIGHT_QUEUES)
#define NO_IOEVENTFD                            \
    " -global virtio-pci.ioeventfd=off"         \
    " -global virtio-mmio.ioeventfd=off"

#define RING_RESET      (1ull << VIRTIO_F_RING_RESET)
#define RING_PACKED     (1ull << VIRTIO_F_RING_PACKED)
#define ACCESS_PLATFORM (1ull << VIRTIO_F_ACCESS_PLATFORM)

/* A device, the features that its driver accepts, and an event */
typedef struct ThreadCase {
    CryptoOptions options;
    uint64_t features;
    /* Returns how many requests were in flight when it happened */
    unsigned int (*disturb)(Flight *f);
} ThreadCase;

/* Runs a round of requests on all queues, and no others */
static void run_round(Flight *f)
{
    flight_submit(f);
    flight_wait(f);
}

static int64_t queue_ticks(Flight *f, uint32_t queue)
{
    g_autofree char *name = g_strdup_printf("IO c0-queue%u", queue);

    return task_ticks(f->d->qts, name);
}

/* Without being told, the device makes a thread for each data queue */
static void test_own_threads(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    Flight *f = flight_new(crypto->vdev, alloc, 0);

    g_assert_cmpint(f->d->n_data, ==, FLIGHT_QUEUES);
    g_assert_cmpint(count_tasks(f->d->qts, "IO c0-queue"), ==, FLIGHT_QUEUES);
    for (uint32_t queue = 0; queue < FLIGHT_QUEUES; queue++) {
        int64_t before[FLIGHT_QUEUES];

        for (uint32_t i = 0; i < FLIGHT_QUEUES; i++) {
            before[i] = queue_ticks(f, i);
            g_assert_cmpint(before[i], >=, 0);
        }
        flight_submit_queue(f, queue);
        flight_wait_queue(f, queue);
        for (uint32_t i = 0; i < FLIGHT_QUEUES; i++) {
            if (i == queue) {
                g_assert_cmpint(queue_ticks(f, i), >, before[i]);
            } else {
                g_assert_cmpint(queue_ticks(f, i), ==, before[i]);
            }
        }
    }
    run_round(f);
    flight_free(f);
}

/* With the user's IOThreads, the device has no threads of its own */
static void check_mapping(Flight *f, const char *const *queue_threads)
{
    QTestState *qts = f->d->qts;

    g_assert_cmpint(count_tasks(qts, "IO c0-queue"), ==, 0);
    for (uint32_t queue = 0; queue < FLIGHT_QUEUES; queue++) {
        int64_t before = task_ticks(qts, queue_threads[queue]);

        g_assert_cmpint(before, >=, 0);
        flight_submit_queue(f, queue);
        flight_wait_queue(f, queue);
        g_assert_cmpint(task_ticks(qts, queue_threads[queue]), >, before);
    }
    run_round(f);
    flight_restart(f);
    run_round(f);
}

static const ThreadCase mapping_one = {
    .options = {
        .backend = QUEUES_4,
        .shared_ram = true,
        .more = NAME_TASKS " -object iothread,id=io0",
        .mapping = "[{\"iothread\":\"io0\"}]",
    },
};
static const ThreadCase mapping_two = {
    .options = {
        .backend = QUEUES_4,
        .shared_ram = true,
        .more = NAME_TASKS " -object iothread,id=io0"
                " -object iothread,id=io1",
        .mapping = "[{\"iothread\":\"io0\"},{\"iothread\":\"io1\"}]",
    },
};
static const ThreadCase mapping_listed = {
    .options = {
        .backend = QUEUES_4,
        .shared_ram = true,
        .more = NAME_TASKS " -object iothread,id=io0"
                " -object iothread,id=io1",
        .mapping = "[{\"iothread\":\"io0\",\"vqs\":[3]},"
                   "{\"iothread\":\"io1\",\"vqs\":[0,1,2]}]",
    },
};

static void test_mapping(void *obj, void *data, QGuestAllocator *alloc)
{
    static const char *const one[] = { "IO io0", "IO io0", "IO io0", "IO io0" };
    static const char *const two[] = { "IO io0", "IO io1", "IO io0", "IO io1" };
    static const char *const listed[] = {
        "IO io1", "IO io1", "IO io1", "IO io0",
    };
    QVirtioCrypto *crypto = obj;
    Flight *f = flight_new(crypto->vdev, alloc, 0);

    check_mapping(f, data == &mapping_one ? one :
                     data == &mapping_two ? two : listed);
    flight_free(f);
}

/* Without ioeventfd, the same threads serve the queues */
static void test_no_ioeventfd(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    Flight *f = flight_new(crypto->vdev, alloc, 0);

    for (uint32_t queue = 0; queue < FLIGHT_QUEUES; queue++) {
        int64_t before = queue_ticks(f, queue);

        g_assert_cmpint(before, >=, 0);
        flight_submit_queue(f, queue);
        qvirtio_wait_queue_isr(f->d->qts, f->d->vdev, f->d->vqs[queue],
                               PATIENCE_US);
        flight_wait_queue(f, queue);
        g_assert_cmpint(queue_ticks(f, queue), >, before);
    }
    run_round(f);
    flight_free(f);
}

/* Where there may be an IOMMU, the main loop serves the queues */
static void test_iommu(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    Flight *f = flight_new(&pci->pci_vdev.vdev, alloc, ACCESS_PLATFORM);

    g_assert_cmpint(f->d->n_data, ==, FLIGHT_QUEUES);
    g_assert_cmpint(count_tasks(f->d->qts, "IO c0-queue"), ==, 0);
    run_round(f);
    flight_restart(f);
    run_round(f);
    flight_free(f);
}

static void check_all_still(Flight *f)
{
    for (uint32_t queue = 0; queue < f->d->n_data; queue++) {
        flight_check_still(f, queue);
    }
}

/* A machine that stands still loses nothing */
static unsigned int stop_and_cont(Flight *f)
{
    unsigned int n;

    qtest_qmp_assert_success(f->d->qts, "{ 'execute': 'stop' }");
    n = flight_count(f);
    check_all_still(f);
    qtest_qmp_assert_success(f->d->qts, "{ 'execute': 'cont' }");
    flight_wait(f);
    return n;
}

/* Requests in flight during a reset are never answered */
static unsigned int reset_device(Flight *f)
{
    unsigned int n;

    qvirtio_reset(f->d->vdev);
    n = flight_count(f);
    check_all_still(f);
    flight_restart(f);
    return n;
}

/* A driver that is not ready is not served, until it is ready again */
static unsigned int toggle_status(Flight *f)
{
    QVirtioDevice *vdev = f->d->vdev;
    uint8_t ready = vdev->bus->get_status(vdev);
    unsigned int n;

    vdev->bus->set_status(vdev, ready & ~VIRTIO_CONFIG_S_DRIVER_OK);
    n = flight_count(f);
    check_all_still(f);
    for (int i = 0; i < 10; i++) {
        vdev->bus->set_status(vdev, ready);
        vdev->bus->set_status(vdev, ready & ~VIRTIO_CONFIG_S_DRIVER_OK);
    }
    vdev->bus->set_status(vdev, ready);
    flight_wait(f);
    return n;
}

static void write_common(Flight *f, uint32_t offset, uint16_t value)
{
    QVirtioPCIDevice *pci = container_of(f->d->vdev, QVirtioPCIDevice, vdev);

    qpci_io_writew(pci->pdev, pci->bar, pci->common_cfg_offset + offset,
                   value);
}

static void set_up_again(Flight *f, uint32_t queue)
{
    QVirtioCryptoDriver *d = f->d;

    qvirtring_free(d->rings[queue]);
    qvirtqueue_cleanup(d->vdev->bus, d->vqs[queue], d->alloc);
    d->vqs[queue] = qvirtqueue_setup(d->vdev, d->alloc, queue);
    d->rings[queue] = qvirtring_new(&d->memory, d->vqs[queue]);
}

/* Every other queue is reset, and works again; the rest loses nothing */
static unsigned int reset_queues(Flight *f)
{
    unsigned int n = 0;

    for (uint32_t queue = 0; queue < f->d->n_data; queue += 2) {
        write_common(f, VIRTIO_PCI_COMMON_Q_SELECT, queue);
        write_common(f, VIRTIO_PCI_COMMON_Q_RESET, 1);
        n += flight_count_queue(f, queue);
        flight_check_still(f, queue);
        flight_forget_queue(f, queue);
        set_up_again(f, queue);
        flight_submit_queue(f, queue);
    }
    flight_wait(f);
    return n;
}

/* Makes the device's registers accessible again */
static void enable_registers(QVirtioDevice *vdev)
{
    if (vdev->bus == &qvirtio_mmio) {
        QVirtioMMIODevice *mmio = container_of(vdev, QVirtioMMIODevice, vdev);

        qtest_writel(mmio->qts, mmio->addr + QVIRTIO_MMIO_GUEST_PAGE_SIZE,
                     mmio->page_size);
    } else {
        qvirtio_pci_device_enable(container_of(vdev, QVirtioPCIDevice, vdev));
    }
}

static unsigned int reset_machine(Flight *f)
{
    unsigned int n;

    qtest_system_reset(f->d->qts);
    n = flight_count(f);
    check_all_still(f);
    enable_registers(f->d->vdev);
    flight_restart(f);
    return n;
}

static void check_disturbed(QVirtioDevice *vdev, QGuestAllocator *alloc,
                            const ThreadCase *test)
{
    Flight *f = flight_new(vdev, alloc, test->features);
    unsigned int n = 0;

    for (int i = 0; i < N_ROUNDS; i++) {
        flight_submit(f);
        n += test->disturb(f);
    }
    /*
     * Else the test would prove nothing.  If the main loop serves the queues,
     * it may answer all requests before it handles the event.
     */
    if (!(test->features & ACCESS_PLATFORM)) {
        g_assert_cmpint(n, >, 0);
    }
    run_round(f);
    flight_free(f);
}

static void test_disturbed(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    check_disturbed(crypto->vdev, alloc, data);
}

static void test_disturbed_pci(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;

    check_disturbed(&pci->pci_vdev.vdev, alloc, data);
}

/* A limit of operations in a second that keeps requests waiting for a while */
#define LIMIT 1000

/* The kernel may list a thread a bit longer than it is there */
static void await_no_threads(QTestState *qts)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;

    while (count_tasks(qts, "IO c1-queue")) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    }
}

/* Returns how many requests the device was about to answer */
static unsigned int plug_and_unplug(QPCIBusPC *pc, QGuestAllocator *alloc,
                                    bool ioeventfd, unsigned int limit)
{
    QTestState *qts = pc->bus.qts;
    QVirtioPCIDevice *pci;
    unsigned int n;
    Flight *f;

    crypto_add_backend(qts, FLIGHT_QUEUES, limit);
    pci = crypto_plug(pc, "virtio", ioeventfd);
    f = flight_new(&pci->vdev, alloc, 0);
    g_assert_cmpint(count_tasks(qts, "IO c1-queue"), ==, FLIGHT_QUEUES);
    flight_submit(f);
    crypto_unplug(qts);
    crypto_delete_backend(qts);
    await_no_threads(qts);
    n = flight_count(f);
    check_all_still(f);
    flight_abandon(f);
    crypto_plug_free(pci);
    return n;
}

static const ThreadCase unplug_options = { .options = { .more = NAME_TASKS } };

/* A device takes its requests and its threads with it */
static void test_unplug(void *obj, void *data, QGuestAllocator *alloc)
{
    unsigned int n = 0;

    for (int i = 0; i < N_ROUNDS; i++) {
        n += plug_and_unplug(obj, alloc, true, 0);
        n += plug_and_unplug(obj, alloc, false, 0);
    }
    g_assert_cmpint(n, >, 0);
}

/* So it does when they wait for a limit */
static void test_unplug_limited(void *obj, void *data, QGuestAllocator *alloc)
{
    for (int i = 0; i < N_ROUNDS; i++) {
        g_assert_cmpint(plug_and_unplug(obj, alloc, i % 2, LIMIT), >, 0);
    }
}

/* Each thread is about to say that the device is broken */
static void test_unplug_broken(void *obj, void *data, QGuestAllocator *alloc)
{
    const QVirtDesc nowhere = { 1ull << 40, 100, false };
    QPCIBusPC *pc = obj;

    for (int i = 0; i < 2 * N_ROUNDS; i++) {
        QVirtioPCIDevice *pci;
        Flight *f;

        crypto_add_backend(pc->bus.qts, FLIGHT_QUEUES, 0);
        pci = crypto_plug(pc, "virtio", i % 2);
        f = flight_new(&pci->vdev, alloc, 0);
        for (uint32_t queue = 0; queue < f->d->n_data; queue++) {
            qvirtring_add(f->d->rings[queue], &nowhere, 1);
            qvirtring_kick(f->d->rings[queue]);
        }
        crypto_unplug(pc->bus.qts);
        crypto_delete_backend(pc->bus.qts);
        await_no_threads(pc->bus.qts);
        flight_abandon(f);
        crypto_plug_free(pci);
    }
}

static const ThreadCase own = {
    .options = { .backend = QUEUES_4, .more = NAME_TASKS,
                 .shared_ram = true },
};
static const ThreadCase no_ioeventfd = {
    .options = { .backend = QUEUES_4, .more = NAME_TASKS NO_IOEVENTFD,
                 .shared_ram = true },
};
static const ThreadCase iommu = {
    .options = {
        .backend = QUEUES_4, .device = "iommu_platform=on",
        .shared_ram = true,
        .more = NAME_TASKS,
    },
};

static void add_disturbed(const char *name, const char *interface,
                          QOSTestFunc function, const ThreadCase *like,
                          uint64_t features,
                          unsigned int (*disturb)(Flight *f))
{
    /* The test itself needs it, so it lives on */
    ThreadCase *test = g_memdup2(like, sizeof(*like));

    test->features = features;
    test->disturb = disturb;
    add_crypto_test(name, interface, function, &test->options);
}

/* On any transport */
static void add_disturbed_any(const char *name, const ThreadCase *like,
                              unsigned int (*disturb)(Flight *f))
{
    add_disturbed(name, "virtio-crypto", test_disturbed, like, 0, disturb);
}

static void add_disturbed_pci(const char *name, const ThreadCase *like,
                              uint64_t features,
                              unsigned int (*disturb)(Flight *f))
{
    add_disturbed(name, "virtio-crypto-pci", test_disturbed_pci, like,
                  features, disturb);
}

static const ThreadCase limited = {
    .options = { .backend = QUEUES_4 ",throttle-ops=" stringify(LIMIT),
                 .shared_ram = true },
};
static const ThreadCase limited_no_ioeventfd = {
    .options = {
        .backend = QUEUES_4 ",throttle-ops=" stringify(LIMIT),
        .shared_ram = true,
        .more = NO_IOEVENTFD,
    },
};
static const ThreadCase limited_iommu = {
    .options = {
        .backend = QUEUES_4 ",throttle-ops=" stringify(LIMIT),
        .shared_ram = true,
        .device = "iommu_platform=on",
    },
};
static const ThreadCase packed = {
    .options = { .backend = QUEUES_4, .device = "packed=on",
                 .shared_ram = true },
};

static void register_tests(void)
{
    const char *any = "virtio-crypto";

    add_crypto_test_both("threads/own", test_own_threads, &own.options);
    add_crypto_test("threads/mapping-one", any, test_mapping,
                    &mapping_one.options);
    add_crypto_test("threads/mapping-two", any, test_mapping,
                    &mapping_two.options);
    add_crypto_test_both("threads/mapping-listed", test_mapping,
                         &mapping_listed.options);
    add_crypto_test("threads/no-ioeventfd", any, test_no_ioeventfd,
                    &no_ioeventfd.options);
    add_crypto_test("threads/iommu", "virtio-crypto-pci", test_iommu,
                    &iommu.options);
    add_crypto_test("life/unplug-threads", "pci-bus-pc", test_unplug,
                    &unplug_options.options);
    add_crypto_test("life/unplug-broken", "pci-bus-pc", test_unplug_broken,
                    &unplug_options.options);

    add_disturbed_any("threads/stop-cont", &own, stop_and_cont);
    add_disturbed_any("threads/reset", &own, reset_device);
    add_disturbed("rfc-threads/stop-cont", "virtio-crypto-rfc",
                  test_disturbed, &own, 0, stop_and_cont);
    add_disturbed("rfc-threads/reset", "virtio-crypto-rfc", test_disturbed,
                  &own, 0, reset_device);
    add_disturbed_any("threads/status", &own, toggle_status);
    add_disturbed_any("threads/system-reset", &own, reset_machine);
    add_disturbed_any("threads/stop-cont-mapping", &mapping_one,
                      stop_and_cont);
    add_disturbed_any("threads/reset-mapping", &mapping_one, reset_device);

    add_disturbed_pci("threads/queue-reset", &own, RING_RESET, reset_queues);
    add_disturbed_pci("threads/stop-cont-packed", &packed, RING_PACKED,
                      stop_and_cont);
    add_disturbed_pci("threads/reset-packed", &packed, RING_PACKED,
                      reset_device);
    add_disturbed_pci("threads/queue-reset-packed", &packed,
                      RING_PACKED | RING_RESET, reset_queues);
    add_disturbed_pci("threads/stop-cont-no-ioeventfd", &no_ioeventfd, 0,
                      stop_and_cont);
    add_disturbed_pci("threads/reset-no-ioeventfd", &no_ioeventfd, 0,
                      reset_device);
    add_disturbed_pci("threads/status-no-ioeventfd", &no_ioeventfd, 0,
                      toggle_status);
    add_disturbed_pci("threads/queue-reset-no-ioeventfd", &no_ioeventfd,
                      RING_RESET, reset_queues);
    add_disturbed_pci("threads/stop-cont-iommu", &iommu, ACCESS_PLATFORM,
                      stop_and_cont);
    add_disturbed_pci("threads/reset-iommu", &iommu, ACCESS_PLATFORM,
                      reset_device);
}

/* The same with requests that wait for a limit, in the virtqueue */
static void register_limited_tests(void)
{
    add_disturbed_any("throttle/stop-cont", &limited, stop_and_cont);
    add_disturbed_any("throttle/reset", &limited, reset_device);
    add_disturbed_any("throttle/status", &limited, toggle_status);
    add_disturbed_any("throttle/system-reset", &limited, reset_machine);
    add_disturbed("rfc-throttle/stop-cont", "virtio-crypto-rfc",
                  test_disturbed, &limited, 0, stop_and_cont);
    add_disturbed("rfc-throttle/reset", "virtio-crypto-rfc", test_disturbed,
                  &limited, 0, reset_device);
    add_disturbed_pci("throttle/queue-reset", &limited, RING_RESET,
                      reset_queues);
    add_disturbed_pci("throttle/stop-cont-no-ioeventfd",
                      &limited_no_ioeventfd, 0, stop_and_cont);
    add_disturbed_pci("throttle/reset-no-ioeventfd", &limited_no_ioeventfd, 0,
                      reset_device);
    add_disturbed_pci("throttle/stop-cont-iommu", &limited_iommu,
                      ACCESS_PLATFORM, stop_and_cont);
    add_disturbed_pci("throttle/reset-iommu", &limited_iommu, ACCESS_PLATFORM,
                      reset_device);
    add_crypto_test("life/unplug-limited", "pci-bus-pc", test_unplug_limited,
                    &unplug_options.options);
}

libqos_init(register_tests);
libqos_init(register_limited_tests);
