/*
 * How a benchmark notifies a device as KVM does
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "bench-contestant.h"
#include "bench-doorbell.h"

/*
 * The right eventfd has a request answered as often as that, and so soon even
 * where other programs are busy
 */
#define TRIALS      3
#define ANSWER_NS   200e6
/*
 * After this time no thread polls any more.  A thread that polls would find a
 * request without being woken by the eventfd.
 */
#define REST_US     2000

static bool is_answered(BenchPump *pump, int doorbell)
{
    pump->ring->doorbell = doorbell;
    for (int i = 0; i < TRIALS; i++) {
        g_usleep(REST_US);
        if (pump->in_flight) {
            bench_ring_kick(pump->ring);
        } else {
            bench_pump_fill(pump);
        }
        if (!bench_pump_wait(pump, ANSWER_NS)) {
            return false;
        }
    }
    return true;
}

/*
 * Gives a data queue the eventfd that is its own, out of those left, and
 * returns its place.  Each wrong one takes a while: start at the place where
 * the queue before had its own.
 */
static guint find_data(BenchPump *pump, GArray *doorbells, guint start)
{
    for (guint i = 0; i < doorbells->len; i++) {
        guint place = (start + i) % doorbells->len;

        if (is_answered(pump, g_array_index(doorbells, int, place))) {
            g_array_remove_index(doorbells, place);
            return place;
        }
    }
    pump->ring->doorbell = -1;
    if (pump->in_flight) {
        bench_ring_kick(pump->ring);
        bench_pump_drain(pump);
    }
    return start;
}

static bool is_control(BenchSessions *sessions, BenchRing *ring, int doorbell)
{
    ring->doorbell = doorbell;
    for (int i = 0; i < TRIALS; i++) {
        g_usleep(REST_US);
        if (!bench_sessions_try(sessions, ANSWER_NS)) {
            return false;
        }
    }
    return true;
}

static void find_control(BenchMachine *machine, GArray *doorbells,
                         const BenchAlgorithm *algorithm)
{
    BenchRing *ring = &machine->rings[machine->driver->n_data];
    BenchSessions *sessions = bench_sessions_new(machine, algorithm, 1);

    for (guint i = 0; i < doorbells->len; i++) {
        if (is_control(sessions, ring, g_array_index(doorbells, int, i))) {
            break;
        }
    }
    bench_sessions_free(sessions);
}

void bench_doorbell_find(BenchMachine *machine)
{
    g_autoptr(GArray) doorbells = g_array_copy(machine->doorbells);
    /* Which the sessions of RFC v1 that were not made by libqos can do, too */
    const BenchShape shape = {
        .algorithm = bench_algorithm_find(machine->driver->rfc ?
                                          "x25519" : "aes-128-cbc-encrypt"),
        .len = 64,
    };
    guint place = 0;

    for (uint32_t i = 0; i < machine->driver->n_data; i++) {
        BenchDevice device;

        bench_device_init(&device, machine, i, &shape, 1);
        place = find_data(&device.pump, doorbells, place);
        bench_device_clear(&device);
    }
    find_control(machine, doorbells, shape.algorithm);
}
