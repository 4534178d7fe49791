/*
 * How a benchmark notifies a device as KVM does
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "bench-contestant.h"
#include "bench-doorbell.h"

/* The right eventfd has a request answered as often as that, and so soon */
#define TRIALS      3
#define ANSWER_NS   20e6
/*
 * After this no thread polls any more.  One that does would find a request
 * whatever has woken it.
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

/* Gives the queue the eventfd that is its own, out of those that are left */
static void try_all(BenchPump *pump, GArray *doorbells)
{
    for (guint i = 0; i < doorbells->len; i++) {
        if (is_answered(pump, g_array_index(doorbells, int, i))) {
            g_array_remove_index(doorbells, i);
            return;
        }
    }
    pump->ring->doorbell = -1;
    if (pump->in_flight) {
        bench_ring_kick(pump->ring);
        bench_pump_drain(pump);
    }
}

void bench_doorbell_find(BenchMachine *machine)
{
    g_autoptr(GArray) doorbells = g_array_copy(machine->doorbells);
    const BenchShape shape = {
        .algorithm = bench_algorithm_find("aes-128-cbc-encrypt"), .len = 64,
    };
    uint32_t n_data = machine->driver->n_data;

    for (uint32_t i = 0; i < n_data; i++) {
        BenchDevice device;

        bench_device_init(&device, machine, i, &shape, 1);
        try_all(&device.pump, doorbells);
        bench_device_clear(&device);
    }
    /* The one that is left is the control queue's */
    if (doorbells->len == 1) {
        machine->rings[n_data].doorbell = g_array_index(doorbells, int, 0);
    }
}
