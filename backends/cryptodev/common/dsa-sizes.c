/*
 * Cryptography backends: sizes of DSA's domain parameters
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "dsa-sizes.h"

static const struct {
    uint32_t p_bits;
    uint32_t q_bits;
} sizes[] = {
    { 1024, 160 }, { 2048, 224 }, { 2048, 256 }, { 3072, 256 },
};

bool cryptodev_dsa_has_sizes(uint32_t p_bits, uint32_t q_bits)
{
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        if (sizes[i].p_bits == p_bits && sizes[i].q_bits == q_bits) {
            return true;
        }
    }
    return false;
}
