/*
 * Sessions that a benchmark creates and destroys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Each request has, one after the other: an indirect table of two descriptors,
 * the outcome, and the bytes that the device reads.  RFC v1 has an outcome that
 * is an id and a status, the ratified protocol a structure.
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "qemu/processor.h"
#include "../../qtest/libqos/virtio-crypto-rfc.h"
#include "bench-clock.h"
#include "bench-ring.h"
#include "bench-sessions.h"

#define TABLE_LEN       (2 * QVIRT_DESC_SIZE)
#define OUTCOME_LEN     sizeof(struct virtio_crypto_session_input)
#define READABLE        (TABLE_LEN + OUTCOME_LEN)
#define WIPE            0xee
/* Every device's queue holds this many requests */
#define MAX_BATCH       64

static void lay_out(BenchMachine *machine, uint64_t address,
                    const QVirtioCryptoRequest *wire)
{
    struct vring_desc *table = bench_memory_at(&machine->memory, address);

    table[0] = (struct vring_desc) {
        .addr = address + READABLE, .len = wire->readable->len,
        .flags = VRING_DESC_F_NEXT, .next = 1,
    };
    table[1] = (struct vring_desc) {
        .addr = address + TABLE_LEN, .len = wire->room + wire->has_status,
        .flags = VRING_DESC_F_WRITE,
    };
    memcpy(bench_memory_at(&machine->memory, address + READABLE),
           wire->readable->data, wire->readable->len);
}

/* Lays out @n equal requests, and returns where the first is */
static uint64_t lay_out_all(BenchMachine *machine, unsigned int n,
                            QVirtioCryptoRequest *wire, size_t *len)
{
    uint64_t start;

    *len = ROUND_UP(READABLE + wire->readable->len, 64);
    start = bench_memory_alloc(&machine->memory, n * *len, 64);
    for (unsigned int i = 0; i < n; i++) {
        lay_out(machine, start + i * *len, wire);
    }
    qvirtio_crypto_request_free(wire, machine->driver->alloc);
    return start;
}

BenchSessions *bench_sessions_new(BenchMachine *machine,
                                  const BenchAlgorithm *algorithm,
                                  unsigned int n)
{
    QVirtioCryptoDriver *driver = machine->driver;
    BenchSessions *sessions = g_new0(BenchSessions, 1);

    sessions->n = n;
    sessions->ids = g_new0(uint64_t, n);
    sessions->machine = machine;
    sessions->create =
        lay_out_all(machine, n,
                    bench_algorithm_create_request(algorithm, driver),
                    &sessions->create_len);
    sessions->destroy =
        lay_out_all(machine, n,
                    bench_algorithm_destroy_request(algorithm, driver),
                    &sessions->destroy_len);
    return sessions;
}

void bench_sessions_free(BenchSessions *sessions)
{
    g_free(sessions->ids);
    g_free(sessions);
}

/* Returns how many are not used when the time is over */
static unsigned int wait_used(BenchRing *ring, unsigned int n,
                              double patience_ns)
{
    double start = bench_now();
    uint16_t head;

    while (n) {
        if (bench_ring_pop(ring, &head)) {
            n--;
        } else if (bench_now() > start + patience_ns) {
            break;
        } else {
            cpu_relax();
        }
    }
    return n;
}

/* An eventfd that is the wrong one is given up after that time */
static void wait_all_used(const BenchSessions *sessions, BenchRing *ring,
                          unsigned int n)
{
    if (sessions->patience_ns) {
        n = wait_used(ring, n, sessions->patience_ns);
        if (n) {
            ring->doorbell = -1;
            bench_ring_kick(ring);
        }
    }
    if (wait_used(ring, n, BENCH_PATIENCE_NS)) {
        g_error("a session's request is not answered");
    }
}

/* Runs requests of @len bytes each from @address on, in batches */
static void run(const BenchSessions *sessions, uint64_t address, size_t len)
{
    BenchMachine *machine = sessions->machine;
    BenchRing *ring = &machine->rings[machine->driver->n_data];
    unsigned int batch = MIN(ring->size, MAX_BATCH);

    for (unsigned int done = 0; done < sessions->n; done += batch) {
        batch = MIN(batch, sessions->n - done);
        for (unsigned int i = 0; i < batch; i++) {
            ring->desc[i] = (struct vring_desc) {
                .addr = address + (done + i) * len, .len = TABLE_LEN,
                .flags = VRING_DESC_F_INDIRECT,
            };
            bench_ring_push(ring, i);
        }
        bench_ring_publish(ring);
        wait_all_used(sessions, ring, batch);
    }
}

/* Returns the status of a request to create a session, and the id */
static uint32_t read_outcome(const BenchSessions *sessions,
                             const uint8_t *bytes, uint64_t *id)
{
    const struct virtio_crypto_session_input *outcome = (const void *)bytes;

    if (sessions->machine->driver->rfc) {
        *id = ldq_le_p(bytes);
        return bytes[sizeof(*id)];
    }
    *id = le64_to_cpu(outcome->session_id);
    return le32_to_cpu(outcome->status);
}

void bench_sessions_create(BenchSessions *sessions)
{
    const BenchMemory *memory = &sessions->machine->memory;

    run(sessions, sessions->create, sessions->create_len);
    for (unsigned int i = 0; i < sessions->n; i++) {
        uint8_t *outcome =
            bench_memory_at(memory, sessions->create + TABLE_LEN +
                                    i * sessions->create_len);
        uint32_t status = read_outcome(sessions, outcome, &sessions->ids[i]);

        if (status) {
            g_error("%s: creating session %u: status %u",
                    sessions->machine->name, i, status);
        }
        memset(outcome, WIPE, OUTCOME_LEN);
    }
}

/* The place of the id in a request that destroys a session */
static size_t find_id(const BenchSessions *sessions)
{
    return READABLE + (sessions->machine->driver->rfc ?
                       sizeof(QVirtioCryptoRfcCtrl) :
                       offsetof(struct virtio_crypto_op_ctrl_req,
                                u.destroy_session.session_id));
}

void bench_sessions_destroy(BenchSessions *sessions)
{
    const BenchMemory *memory = &sessions->machine->memory;
    size_t place = find_id(sessions);

    for (unsigned int i = 0; i < sessions->n; i++) {
        stq_le_p(bench_memory_at(memory, sessions->destroy + place +
                                         i * sessions->destroy_len),
                 sessions->ids[i]);
    }
    run(sessions, sessions->destroy, sessions->destroy_len);
    for (unsigned int i = 0; i < sessions->n; i++) {
        uint8_t *status =
            bench_memory_at(memory, sessions->destroy + TABLE_LEN +
                                    i * sessions->destroy_len);

        if (*status) {
            g_error("%s: destroying session %u: status %u",
                    sessions->machine->name, i, *status);
        }
        *status = WIPE;
    }
}

bool bench_sessions_try(BenchSessions *sessions, double patience_ns)
{
    const BenchMachine *machine = sessions->machine;

    sessions->patience_ns = patience_ns;
    bench_sessions_create(sessions);
    bench_sessions_destroy(sessions);
    sessions->patience_ns = 0;
    return machine->rings[machine->driver->n_data].doorbell >= 0;
}
