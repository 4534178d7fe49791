/*
 * A QEMU with a crypto device that a benchmark drives
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <sys/socket.h>
#include <sys/mman.h>
#include <sys/un.h>
#include "qemu/units.h"
#include "qobject/qdict.h"
#include "../../qtest/libqos/pci-pc.h"
#include "bench-eventfd.h"
#include "bench-machine.h"
#include "bench-ring.h"

#define RAM_SIZE        (192 * MiB)
/* The start of the memory that libqos allocates from */
#define QOS_START       (16 * MiB)
#define QOS_END         (32 * MiB)
#define PCI_SLOT        4
#define MAX_UNANSWERED  64

/* The sockets of the machines */
static bool is_taken[256];

static bool is_qtest_socket(int fd)
{
    struct sockaddr_un address = { };
    socklen_t len = sizeof(address);

    return !getsockname(fd, (struct sockaddr *)&address, &len) &&
           address.sun_family == AF_UNIX &&
           g_str_has_suffix(address.sun_path, ".sock");
}

/*
 * libqtest waits for each answer, and that takes longer than many a request.
 * So kicks bypass it, on its socket: the one that no other machine has.
 */
static int find_qtest_socket(void)
{
    for (int fd = 0; fd < ARRAY_SIZE(is_taken); fd++) {
        if (!is_taken[fd] && is_qtest_socket(fd)) {
            is_taken[fd] = true;
            return fd;
        }
    }
    g_error("libqtest has no socket");
}

static void start_qemu(BenchMachine *machine, const char *binary,
                       const char *backend, const char *device)
{
    g_autofree char *args = g_strdup_printf(
        "-M q35,memory-backend=ram -nodefaults -m %" PRIu64 "M "
        "-object memory-backend-file,id=ram,size=%" PRIu64 "M,share=on,"
        "prealloc=on,mem-path=/proc/%d/fd/%d "
        "-object %s,id=c0 -device virtio-crypto-pci,cryptodev=c0,addr=%d.0%s",
        RAM_SIZE / MiB, RAM_SIZE / MiB, getpid(), machine->memory.fd,
        backend, PCI_SLOT, device);

    g_setenv("BENCH_QEMU_BINARY", binary, true);
    machine->qts = qtest_init_with_env("BENCH_QEMU_BINARY", args, true);
    machine->socket = find_qtest_socket();
}

static void start_device(BenchMachine *machine, uint64_t features)
{
    QPCIAddress address = { .devfn = QPCI_DEVFN(PCI_SLOT, 0) };

    alloc_init(&machine->alloc, ALLOC_NO_FLAGS, QOS_START, QOS_END, 4096);
    machine->bus = qpci_new_pc(machine->qts, &machine->alloc);
    machine->pci = virtio_pci_new(machine->bus, &address);
    g_assert_nonnull(machine->pci);
    qvirtio_pci_device_enable(machine->pci);
    machine->driver =
        qvirtio_crypto_start(machine->qts, &machine->pci->vdev,
                             &machine->alloc, features);
}

static bool has_number(const GArray *numbers, int number)
{
    for (guint i = 0; i < numbers->len; i++) {
        if (g_array_index(numbers, int, i) == number) {
            return true;
        }
    }
    return false;
}

/* A virtqueue has its eventfd once the driver is ready */
static void take_doorbells(BenchMachine *machine, const GArray *before)
{
    pid_t pid = bench_machine_pid(machine);
    g_autoptr(GArray) after = bench_eventfd_list(pid);

    machine->doorbells = g_array_new(false, false, sizeof(int));
    for (guint i = 0; i < after->len; i++) {
        int number = g_array_index(after, int, i);
        int fd = has_number(before, number) ? -1 :
                                              bench_eventfd_take(pid, number);

        if (fd >= 0) {
            g_array_append_val(machine->doorbells, fd);
        }
    }
}

static void start_rings(BenchMachine *machine)
{
    const QVirtioCryptoDriver *driver = machine->driver;

    machine->rings = g_new0(BenchRing, driver->n_data + 1);
    for (uint32_t i = 0; i <= driver->n_data; i++) {
        bench_ring_init(&machine->rings[i], machine, driver->vqs[i]);
    }
}

BenchMachine *bench_machine_start(const char *name, const char *binary,
                                  const char *backend, const char *device,
                                  uint64_t features)
{
    BenchMachine *machine = g_new0(BenchMachine, 1);
    g_autoptr(GArray) before = NULL;

    machine->name = name;
    bench_memory_init(&machine->memory, RAM_SIZE);
    machine->memory.next = QOS_END;
    start_qemu(machine, binary, backend, device);
    before = bench_eventfd_list(bench_machine_pid(machine));
    start_device(machine, features);
    take_doorbells(machine, before);
    start_rings(machine);
    return machine;
}

static void close_doorbells(BenchMachine *machine)
{
    for (guint i = 0; i < machine->doorbells->len; i++) {
        close(g_array_index(machine->doorbells, int, i));
    }
    g_array_unref(machine->doorbells);
}

void bench_machine_stop(BenchMachine *machine)
{
    bench_machine_settle(machine);
    qvirtio_crypto_stop(machine->driver);
    qvirtio_pci_device_disable(machine->pci);
    g_free(machine->pci->pdev);
    g_free(machine->pci);
    qpci_free_pc(machine->bus);
    alloc_destroy(&machine->alloc);
    is_taken[machine->socket] = false;
    qtest_quit(machine->qts);
    munmap(machine->memory.host, machine->memory.size);
    close(machine->memory.fd);
    close_doorbells(machine);
    g_free(machine->rings);
    g_free(machine);
}

pid_t bench_machine_pid(const BenchMachine *machine)
{
    return qtest_pid(machine->qts);
}

char *bench_machine_version(BenchMachine *machine)
{
    QDict *answer, *version, *number;
    char *text;

    bench_machine_settle(machine);
    answer = qtest_qmp(machine->qts, "{ 'execute': 'query-version' }");
    version = qdict_get_qdict(answer, "return");
    number = qdict_get_qdict(version, "qemu");
    text = g_strdup_printf("%" PRId64 ".%" PRId64 ".%" PRId64 "%s",
                           qdict_get_int(number, "major"),
                           qdict_get_int(number, "minor"),
                           qdict_get_int(number, "micro"),
                           qdict_get_str(version, "package"));
    qobject_unref(answer);
    return text;
}

/* Each answer is one line */
static void take_answers(BenchMachine *machine)
{
    char answers[1024];
    ssize_t len = recv(machine->socket, answers, sizeof(answers), 0);

    if (len <= 0) {
        g_error("%s has ended", machine->name);
    }
    for (ssize_t i = 0; i < len; i++) {
        machine->unanswered -= answers[i] == '\n';
    }
}

void bench_machine_settle(BenchMachine *machine)
{
    while (machine->unanswered) {
        take_answers(machine);
    }
}

void bench_machine_kick(BenchMachine *machine, const char *line, size_t len)
{
    if (machine->unanswered >= MAX_UNANSWERED) {
        take_answers(machine);
    }
    g_assert_cmpint(send(machine->socket, line, len, 0), ==, len);
    machine->unanswered++;
}

uint64_t bench_machine_notify_address(const BenchMachine *machine,
                                      const QVirtQueue *vq)
{
    const QVirtQueuePCI *pci = container_of(vq, QVirtQueuePCI, vq);

    return machine->pci->bar.addr + pci->notify_offset;
}
