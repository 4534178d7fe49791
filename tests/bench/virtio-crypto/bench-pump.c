/*
 * A driver that keeps a virtqueue busy
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/processor.h"
#include "bench-clock.h"
#include "bench-pump.h"

/* All but to make them available */
static void prepare(BenchPump *pump)
{
    g_assert_cmpint(pump->in_flight, ==, 0);
    bench_load_attach(pump->load, pump->ring, pump->depth);
    for (unsigned int i = 0; i < pump->depth; i++) {
        bench_ring_push(pump->ring, bench_load_head(pump->load, i));
    }
    pump->in_flight = pump->depth;
    pump->next = pump->depth % pump->load->n;
}

void bench_pump_fill(BenchPump *pump)
{
    prepare(pump);
    bench_ring_publish(pump->ring);
}

/* Where there are more requests than are in flight, they take turns */
static void push_again(BenchPump *pump, uint16_t head)
{
    if (pump->load->n > pump->depth) {
        bench_load_put(pump->load, pump->ring, head, pump->next);
        pump->next = (pump->next + 1) % pump->load->n;
    }
    bench_ring_push(pump->ring, head);
}

unsigned int bench_pump_turn(BenchPump *pump, bool again)
{
    unsigned int n = 0;
    uint16_t head;

    while (n < pump->depth && bench_ring_pop(pump->ring, &head)) {
        if (again) {
            push_again(pump, head);
        }
        n++;
    }
    if (again && n) {
        bench_ring_publish(pump->ring);
    }
    pump->in_flight -= again ? 0 : n;
    return n;
}

/* Rest, when there has been nothing to do since then */
static void idle(const BenchPump *pump, double since)
{
    if (pump->nap_us && bench_now() > since + pump->spin_us * 1e3) {
        g_usleep(pump->nap_us);
    } else {
        cpu_relax();
    }
}

bool bench_pump_wait(BenchPump *pump, double patience_ns)
{
    double start = bench_now();

    while (pump->in_flight) {
        if (!bench_pump_turn(pump, false)) {
            if (bench_now() > start + patience_ns) {
                return false;
            }
            idle(pump, start);
        }
    }
    return true;
}

static G_NORETURN void give_up(void)
{
    g_error("a request is not answered");
}

void bench_pump_drain(BenchPump *pump)
{
    if (!bench_pump_wait(pump, BENCH_PATIENCE_NS)) {
        give_up();
    }
}

/* One turn of all pumps */
static uint64_t turn_all(BenchPump *pumps, unsigned int n, bool again)
{
    uint64_t done = 0;

    for (unsigned int i = 0; i < n; i++) {
        done += bench_pump_turn(&pumps[i], again);
    }
    return done;
}

static bool any_in_flight(const BenchPump *pumps, unsigned int n)
{
    for (unsigned int i = 0; i < n; i++) {
        if (pumps[i].in_flight) {
            return true;
        }
    }
    return false;
}

/* Takes and sends until @end, then only takes; returns when it was over */
static double turn_until(BenchPump *pumps, unsigned int n, double end,
                         uint64_t *operations)
{
    double now = bench_now(), progress = now;

    while (any_in_flight(pumps, n)) {
        uint64_t done = turn_all(pumps, n, now < end);

        *operations += done;
        now = bench_now();
        if (done) {
            progress = now;
        } else if (now > progress + BENCH_PATIENCE_NS) {
            give_up();
        } else {
            idle(&pumps[0], progress);
        }
    }
    return now;
}

void bench_pump_run(BenchPump *pumps, unsigned int n, BenchSlice *slice)
{
    double start, end;

    for (unsigned int i = 0; i < n; i++) {
        bench_load_spoil(pumps[i].load, pumps[i].depth);
    }
    start = bench_now();
    for (unsigned int i = 0; i < n; i++) {
        bench_pump_fill(&pumps[i]);
    }
    end = turn_until(pumps, n, start + slice->seconds * 1e9,
                     &slice->operations);
    for (unsigned int i = 0; i < n; i++) {
        bench_load_check(pumps[i].load, pumps[i].depth);
    }
    slice->ns = (end - start) / slice->operations;
}

double bench_pump_time(BenchPump *pump)
{
    double start;

    prepare(pump);
    start = bench_now();
    bench_ring_publish(pump->ring);
    bench_pump_drain(pump);
    return bench_now() - start;
}
