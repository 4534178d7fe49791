/*
 * The ipsec-mb backend: kinds of jobs, and when they pay
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cost.h"

/**
 * Cost:
 * @name: the name of the kind
 * @shortest: bytes from which on a text is quicker in lanes that are full
 * @lanes: how many must be full for that
 *
 * Measured by tests/bench/virtio-crypto with AVX-512.  With AVX2 there are half
 * as many lanes, which take about as long.
 */
typedef struct Cost {
    const char *name;
    size_t shortest;
    size_t lanes;
} Cost;

static const Cost costs[CRYPTODEV_MB_KINDS] = {
    [CRYPTODEV_MB_CBC_128] = { "AES-128-CBC encryption", 128, 2 },
    [CRYPTODEV_MB_CBC_192] = { "AES-192-CBC encryption", 128, 2 },
    [CRYPTODEV_MB_CBC_256] = { "AES-256-CBC encryption", 128, 2 },
    [CRYPTODEV_MB_CBC_DECRYPT] = { "AES-CBC decryption", 2048, 1 },
    [CRYPTODEV_MB_CTR] = { "AES-CTR", 2048, 1 },
};

const char *cryptodev_mb_kind_name(CryptoDevMbKind kind)
{
    return costs[kind].name;
}

bool cryptodev_mb_is_worth(CryptoDevMbKind kind, size_t len)
{
    return len >= costs[kind].shortest;
}

/* Lanes run until the longest text in them ends. */
bool cryptodev_mb_fills(CryptoDevMbKind kind, const CryptoDevMbLoad *load)
{
    return load->total / costs[kind].lanes >= load->longest;
}
