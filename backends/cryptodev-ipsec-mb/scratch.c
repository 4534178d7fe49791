/*
 * The ipsec-mb backend: room of a thread for copies of texts
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/memalign.h"
#include "scratch.h"

void cryptodev_mb_scratch_init(CryptoDevMbScratch *scratch)
{
    *scratch = (CryptoDevMbScratch) {
        .bytes = qemu_memalign(CRYPTODEV_MB_ALIGN, CRYPTODEV_MB_ROOM),
    };
}

void cryptodev_mb_scratch_destroy(CryptoDevMbScratch *scratch)
{
    qemu_vfree(scratch->bytes);
}

uint8_t *cryptodev_mb_scratch_take(CryptoDevMbScratch *scratch, size_t len)
{
    uint8_t *taken = scratch->bytes + scratch->used;
    size_t size;

    if (len > CRYPTODEV_MB_ROOM) {
        return NULL;
    }
    size = ROUND_UP(len, CRYPTODEV_MB_ALIGN) + CRYPTODEV_MB_BEHIND;
    if (size > CRYPTODEV_MB_ROOM - scratch->used) {
        return NULL;
    }
    scratch->used += size;
    return taken;
}

void cryptodev_mb_scratch_give(CryptoDevMbScratch *scratch)
{
    cryptodev_wipe(scratch->bytes, scratch->used);
    scratch->used = 0;
}
