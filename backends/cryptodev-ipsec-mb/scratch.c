/*
 * The ipsec-mb backend: room of a thread for copies of texts
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/memalign.h"
#include "qemu/units.h"
#include "manager.h"
#include "scratch.h"
#include "system/cryptodev.h"

/* Sixteen lanes of the longest texts that the library takes */
#define ROOM (1 * MiB)

/* What the library may read behind a text: the rest of a vector or more */
#define BEHIND 256

void cryptodev_mb_scratch_init(CryptoDevMbScratch *scratch)
{
    *scratch = (CryptoDevMbScratch) {
        .bytes = qemu_memalign(CRYPTODEV_MB_ALIGN, ROOM),
    };
}

void cryptodev_mb_scratch_destroy(CryptoDevMbScratch *scratch)
{
    qemu_vfree(scratch->bytes);
}

uint8_t *cryptodev_mb_scratch_take(CryptoDevMbScratch *scratch, size_t len)
{
    uint8_t *taken = scratch->bytes + scratch->used;

    if (len > ROOM || ROUND_UP(len, CRYPTODEV_MB_ALIGN) + BEHIND >
                      ROOM - scratch->used) {
        return NULL;
    }
    scratch->used += ROUND_UP(len, CRYPTODEV_MB_ALIGN) + BEHIND;
    return taken;
}

void cryptodev_mb_scratch_give(CryptoDevMbScratch *scratch)
{
    cryptodev_wipe(scratch->bytes, scratch->used);
    scratch->used = 0;
}
