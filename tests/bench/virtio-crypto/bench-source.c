/*
 * The sources of a benchmark's requests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/units.h"
#include "bench-source.h"

#define SEED    4
#define STEP    16
#define KINDS   256

const uint8_t *bench_source(unsigned int i)
{
    static uint8_t *bytes;
    size_t len = BENCH_SOURCE_MAX + STEP * KINDS;

    if (!bytes) {
        g_autoptr(GRand) rand = g_rand_new_with_seed(SEED);

        bytes = g_malloc(len);
        for (size_t k = 0; k < len; k++) {
            bytes[k] = g_rand_int(rand);
        }
    }
    return bytes + STEP * (i % KINDS);
}
