/*
 * The ipsec-mb backend: room of a thread for copies of texts
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_SCRATCH_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_SCRATCH_H

#include "qemu/units.h"
#include "../cryptodev/driver.h"
#include "manager.h"

/* What the library may read behind a text: the rest of a vector or more */
#define CRYPTODEV_MB_BEHIND 256

/*
 * The most that a device takes before it looks at the results: 1 MiB, which is
 * 16 lanes of the longest texts that the library takes, or 64 shorter ones
 */
#define CRYPTODEV_MB_ROOM (1 * MiB + CRYPTODEV_DRIVER_BATCH * \
                           (CRYPTODEV_MB_BEHIND + CRYPTODEV_MB_ALIGN))

/**
 * CryptoDevMbScratch:
 * @bytes: the room, CRYPTODEV_MB_ROOM
 * @used: how much of it is taken
 *
 * Memory that no guest sees, and that is the same from batch to batch.
 */
typedef struct CryptoDevMbScratch {
    uint8_t *bytes;
    size_t used;
} CryptoDevMbScratch;

void cryptodev_mb_scratch_init(CryptoDevMbScratch *scratch);

/* Nothing of it is taken. */
void cryptodev_mb_scratch_destroy(CryptoDevMbScratch *scratch);

/**
 * cryptodev_mb_scratch_take:
 * @scratch: the room
 * @len: how many bytes are wanted
 *
 * Functions of the library that read behind a text may do so there.
 *
 * Returns: room for that, aligned to CRYPTODEV_MB_ALIGN, until
 * cryptodev_mb_scratch_give(); NULL if there is not enough left.
 */
uint8_t *cryptodev_mb_scratch_take(CryptoDevMbScratch *scratch, size_t len);

/* Wipe all that was taken, and give it back. */
void cryptodev_mb_scratch_give(CryptoDevMbScratch *scratch);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_SCRATCH_H */
