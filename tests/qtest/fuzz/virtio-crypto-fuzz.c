/*
 * Fuzz targets of virtio-crypto: requests, resets and lies
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * An input is a program: a byte with features to leave out, and then actions.
 * Each action is a byte and its parameters.  A request has the bytes of its
 * head, where the driver can fill in a session; parameters say how to split the
 * chain.
 *
 * There is a disk, too.  A result that goes to the disk's registers can reset
 * the disk, which polls until its reads complete, so that QEMU's other handlers
 * run in the middle of a batch of requests.
 *
 * With most targets, the main loop serves the data queues, as for any device
 * behind an IOMMU: the same input always does the same thing.  With one target,
 * threads serve them, as usual.
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "qemu/units.h"
#include "system/runstate.h"
#include "tests/qtest/libqtest.h"
#include "fuzz.h"
#include "qos_fuzz.h"
#include "tests/qtest/virtio-crypto/slow-disk.h"
#include "virtio-crypto-fuzz-driver.h"

/* The most descriptors that a part of a chain is cut into */
#define PIECES_MAX 12

/* The pieces of three parts, and an empty one behind each */
#define DESCS_MAX (6 * PIECES_MAX)

/* The most actions of an input, and how long they may take */
#define ACTIONS_MAX 64
#define INPUT_US (10 * G_USEC_PER_SEC)

/* Longer than a batch takes, mostly */
#define DISK SLOW_DISK_OF(10000000)

enum {
    ACTION_REQUEST,
    ACTION_START,
    ACTION_RESET_QUEUE,
    ACTION_STOP_CONT,
    ACTION_POKE,
    ACTION_CONFIG,
    ACTION_KICK,
    ACTION_REPEAT,
    ACTION_DISK,
    ACTIONS,
};

/* How a request's chain is laid out; the last ones are lies. */
enum {
    REQUEST_SESSION = 1,
    REQUEST_INDIRECT = 2,
    REQUEST_LATER = 4,
    REQUEST_IN_PLACE = 8,
    REQUEST_EMPTY = 16,
    REQUEST_CTRL = 32,
    REQUEST_ELSEWHERE = 64,
    REQUEST_BACKWARDS = 128,
};

/*
 * Where the device writes to.  With REQUEST_ELSEWHERE, the high bits of the
 * request's session say that: all to the device's own registers, of which the
 * low bits say the first one, or all to where nothing is; the beginning to
 * where the queue is kicked; or the end, a status, to that of the disk, which
 * 0 resets.  The former two are lies.
 */
enum {
    PLACE_REGISTERS,
    PLACE_NOTHING,
    PLACE_DOORBELL,
    PLACE_DISK,
    PLACE_MEMORY,
};

/* The parameters of a request, as they stand in the input */
typedef struct QEMU_PACKED FuzzRequest {
    uint8_t queue;
    uint8_t flags;
    uint8_t session;
    uint8_t piece;
    uint16_t padding;
    uint16_t writable;
    uint8_t head_len;
} FuzzRequest;

/* The rest of an input, and the input from a request's parameters on */
typedef struct FuzzProgram {
    const uint8_t *data;
    size_t len;
    const uint8_t *request;
    size_t request_len;
} FuzzProgram;

typedef struct FuzzChain {
    QVirtDesc descs[DESCS_MAX];
    size_t n;
    uint64_t addr;
    uint32_t readable;
    uint32_t writable;
} FuzzChain;

static FuzzDriver driver;
static SlowDisk *disk;

/* Where the input ends before, the rest is zero. */
static void take(FuzzProgram *program, void *data, size_t len)
{
    size_t now = MIN(len, program->len);

    memset(data, 0, len);
    memcpy(data, program->data, now);
    program->data += now;
    program->len -= now;
}

static uint8_t take_byte(FuzzProgram *program)
{
    uint8_t byte;

    take(program, &byte, sizeof(byte));
    return byte;
}

/* Cut a part into pieces that follow one another. */
static void add_part(FuzzChain *chain, const FuzzRequest *request,
                     uint64_t addr, uint32_t len, bool write)
{
    uint32_t piece = MAX(request->piece ? request->piece : len,
                         DIV_ROUND_UP(len, PIECES_MAX));

    while (len) {
        uint32_t now = MIN(piece, len);

        chain->descs[chain->n++] = (QVirtDesc) { addr, now, write };
        if (request->flags & REQUEST_EMPTY) {
            chain->descs[chain->n++] = (QVirtDesc) { addr, 0, write };
        }
        addr += now;
        len -= now;
    }
}

/* Data queues are those that are not the control queue. */
static unsigned int choose_queue(FuzzDriver *d, const FuzzRequest *request)
{
    unsigned int queue = request->queue % (d->n_queues - 1);

    return request->flags & REQUEST_CTRL ? d->ctrl : queue + d->rfc;
}

static unsigned int find_place(const FuzzRequest *request)
{
    return request->flags & REQUEST_ELSEWHERE ? request->session >> 6
                                              : PLACE_MEMORY;
}

static uint64_t find_doorbell(FuzzDriver *d, const FuzzRequest *request)
{
    QVirtQueue *vq = d->vqs[choose_queue(d, request)];

    return d->pci->bar.addr +
           container_of(vq, QVirtQueuePCI, vq)->notify_offset;
}

static void add_writable(FuzzDriver *d, const FuzzRequest *request,
                         FuzzChain *chain, uint64_t addr)
{
    uint64_t registers = d->pci->bar.addr + request->session % 64;
    uint32_t len = chain->writable;
    uint32_t aimed;

    switch (find_place(request)) {
    case PLACE_MEMORY:
        return add_part(chain, request, addr, len, true);
    case PLACE_REGISTERS:
        return add_part(chain, request, registers, len, true);
    case PLACE_NOTHING:
        return add_part(chain, request, 0xfffffffffffff000ull, len, true);
    case PLACE_DOORBELL:
        aimed = MIN(len, sizeof(uint16_t));
        add_part(chain, request, find_doorbell(d, request), aimed, true);
        return add_part(chain, request, addr + aimed, len - aimed, true);
    case PLACE_DISK:
        aimed = MIN(len, sizeof(uint8_t));
        add_part(chain, request, addr, len - aimed, true);
        return add_part(chain, request, slow_disk_status(disk), aimed, true);
    }
}

static void lay_out(FuzzDriver *d, const FuzzRequest *request,
                    FuzzChain *chain)
{
    bool backwards = request->flags & REQUEST_BACKWARDS;
    unsigned int place = find_place(request);
    uint64_t readable_at = chain->addr;
    uint64_t writable_at = chain->addr + chain->readable;

    if (request->flags & REQUEST_IN_PLACE) {
        writable_at = chain->addr + chain->readable / 2;
    }
    d->lied |= backwards || place == PLACE_REGISTERS ||
               place == PLACE_NOTHING;
    if (backwards) {
        add_writable(d, request, chain, writable_at);
    }
    add_part(chain, request, readable_at, chain->readable, false);
    if (!backwards) {
        add_writable(d, request, chain, writable_at);
    }
    chain->addr = writable_at;
}

/* Fill in the session: its place is the protocol's. */
static void fill_session(FuzzDriver *d, const FuzzRequest *request,
                         uint8_t *head, size_t len)
{
    size_t offset = request->flags & REQUEST_CTRL ? (d->rfc ? 24 : 16)
                                                  : (d->rfc ? 16 : 8);

    if (request->flags & REQUEST_SESSION && offset + sizeof(uint64_t) <= len) {
        stq_le_p(head + offset,
                 d->sessions[request->session % FUZZ_SESSIONS]);
    }
}

/* Reserve memory of requests, of which an input has only so much. */
static bool reserve(FuzzDriver *d, uint64_t len, uint64_t *addr)
{
    if (len > FUZZ_ARENA_BYTES - d->arena_used) {
        return false;
    }
    *addr = d->arena + d->arena_used;
    d->arena_used += ROUND_UP(len, 64);
    return true;
}

static void add_chain(FuzzDriver *d, unsigned int queue, FuzzChain *chain,
                      bool indirect)
{
    g_autofree uint8_t *table = NULL;
    QVirtRing *ring = d->rings[queue];
    uint64_t table_at;
    uint16_t id;

    if (!chain->n || !qvirtring_has_room(ring, chain->n)) {
        return;
    }
    if (indirect && d->vqs[queue]->indirect &&
        reserve(d, chain->n * QVIRT_DESC_SIZE, &table_at)) {
        table = g_malloc(chain->n * QVIRT_DESC_SIZE);
        ring->ops->encode(chain->descs, chain->n, table);
        qtest_bufwrite(d->qts, table_at, table, chain->n * QVIRT_DESC_SIZE);
        id = qvirtring_add_indirect(ring, table_at, chain->n);
    } else {
        id = qvirtring_add(ring, chain->descs, chain->n);
    }
    d->pending[queue][id] = (FuzzPending) { chain->addr, chain->writable };
    d->n_pending[queue]++;
}

static void do_request(FuzzDriver *d, FuzzProgram *program)
{
    FuzzRequest request;
    FuzzChain chain = { };
    uint8_t head[UINT8_MAX];

    take(program, &request, sizeof(request));
    take(program, head, request.head_len);
    fill_session(d, &request, head, request.head_len);
    chain.readable = request.head_len + le16_to_cpu(request.padding);
    chain.writable = le16_to_cpu(request.writable);
    if (!reserve(d, (uint64_t)chain.readable + chain.writable, &chain.addr)) {
        return;
    }
    qtest_bufwrite(d->qts, chain.addr, head, request.head_len);
    lay_out(d, &request, &chain);
    add_chain(d, choose_queue(d, &request), &chain,
              request.flags & REQUEST_INDIRECT);
    if (!(request.flags & REQUEST_LATER)) {
        fuzz_driver_kick(d);
        fuzz_driver_await(d);
    }
}

/* Repeat the latest request. */
static void do_repeat(FuzzDriver *d, FuzzProgram *program)
{
    for (int n = take_byte(program); n && !fuzz_driver_is_late(d); n--) {
        FuzzProgram again = { program->request, program->request_len };

        do_request(d, &again);
    }
}

static void do_poke(FuzzDriver *d, FuzzProgram *program)
{
    uint16_t offset;
    uint32_t value;

    take(program, &offset, sizeof(offset));
    take(program, &value, sizeof(value));
    offset = le16_to_cpu(offset) % (d->n_queues * FUZZ_RING_BYTES);
    d->lied = true;
    qtest_writel(d->qts, d->rings_at + offset, le32_to_cpu(value));
}

/* Read and write configuration space, which no guest can change. */
static void do_config(FuzzDriver *d, FuzzProgram *program)
{
    uint8_t offset = take_byte(program);
    uint32_t before = qvirtio_config_readl(d->vdev, offset & 0x3c);

    qpci_io_writel(d->pci->pdev, d->pci->bar,
                   d->pci->device_cfg_offset + (offset & 0x3c), ~before);
    g_assert_cmphex(qvirtio_config_readl(d->vdev, offset & 0x3c), ==, before);
}

static void do_action(FuzzDriver *d, FuzzProgram *program)
{
    switch (take_byte(program) % ACTIONS) {
    case ACTION_REQUEST:
        program->request = program->data;
        program->request_len = program->len;
        return do_request(d, program);
    case ACTION_START:
        return fuzz_driver_start(d, take_byte(program));
    case ACTION_RESET_QUEUE:
        return fuzz_driver_reset_queue(d, take_byte(program) % d->n_queues);
    case ACTION_STOP_CONT:
        vm_stop(RUN_STATE_PAUSED);
        return vm_start();
    case ACTION_POKE:
        return do_poke(d, program);
    case ACTION_CONFIG:
        return do_config(d, program);
    case ACTION_KICK:
        fuzz_driver_kick(d);
        return fuzz_driver_await(d);
    case ACTION_REPEAT:
        return do_repeat(d, program);
    case ACTION_DISK:
        return slow_disk_read(disk);
    default:
        g_assert_not_reached();
    }
}

static void fuzz(QTestState *qts, const unsigned char *data, size_t len)
{
    FuzzProgram program = { data, len, data, 0 };

    driver.end = g_get_monotonic_time() + INPUT_US;
    fuzz_driver_start(&driver, take_byte(&program));
    for (int i = 0; i < ACTIONS_MAX && program.len &&
                    !fuzz_driver_is_late(&driver); i++) {
        do_action(&driver, &program);
    }
    fuzz_driver_kick(&driver);
    fuzz_driver_await(&driver);
    slow_disk_stop(disk);
    fuzz_driver_stop(&driver);
}

static void pre_fuzz(QTestState *qts)
{
    fuzz_driver_init(&driver, qts);
    disk = slow_disk_new(driver.pci->pdev->bus, fuzz_qos_alloc);
}

static void *add_queue_and_disk(GString *cmd_line, void *arg)
{
    char *backend = strstr(cmd_line->str, QVIRTIO_CRYPTO_BACKEND);

    g_string_insert(cmd_line, backend - cmd_line->str +
                              strlen(QVIRTIO_CRYPTO_BACKEND), ",queues=2");
    g_string_append(cmd_line, DISK);
    return arg;
}

#define MODERN "disable-legacy=on,packed=on"

static void add_target(const char *name, const char *description,
                       const char *node, const char *device)
{
    QOSGraphTestOptions options = {
        .before = add_queue_and_disk,
        .edge.extra_device_opts = device,
    };
    FuzzTarget target = {
        .name = name,
        .description = description,
        .pre_fuzz = pre_fuzz,
        .fuzz = fuzz,
    };

    fuzz_add_qos_target(&target, node, &options);
}

static void register_targets(void)
{
    add_target("virtio-crypto",
               "Fuzz the virtio-crypto device that speaks virtio's protocol",
               "virtio-crypto-pci", MODERN ",iommu_platform=on");
    add_target("virtio-crypto-rfc",
               "Fuzz the virtio-crypto device that speaks RFC v1",
               "virtio-crypto-rfc-pci", MODERN ",iommu_platform=on");
    add_target("virtio-crypto-threads",
               "Fuzz the virtio-crypto device whose queues have threads",
               "virtio-crypto-pci", MODERN);
}

fuzz_target_init(register_targets);
