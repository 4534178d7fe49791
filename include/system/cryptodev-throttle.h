/*
 * Cryptography backends: limits to what is done in a second
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef SYSTEM_CRYPTODEV_THROTTLE_H
#define SYSTEM_CRYPTODEV_THROTTLE_H

#include "qemu/atomic.h"
#include "qemu/thread.h"
#include "qemu/throttle.h"

typedef enum CryptoDevLimit {
    CRYPTODEV_LIMIT_OPS,
    CRYPTODEV_LIMIT_BYTES,
    CRYPTODEV_LIMITS,
} CryptoDevLimit;

/**
 * CryptoDevThrottle:
 * @on: whether there is a limit; any thread may read it
 * @lock: protects what follows
 * @buckets: the limits, and what was done of late; without a limit @avg is 0
 * @leaked: when the buckets leaked last, in nanoseconds of QEMU_CLOCK_REALTIME
 *
 * Limits that hold for all threads together.
 */
typedef struct CryptoDevThrottle {
    bool on;
    QemuMutex lock;
    LeakyBucket buckets[CRYPTODEV_LIMITS];
    int64_t leaked;
} CryptoDevThrottle;

/**
 * cryptodev_throttle_init:
 * @throttle: limits to set up: there are none
 */
void cryptodev_throttle_init(CryptoDevThrottle *throttle);

/**
 * cryptodev_throttle_destroy:
 * @throttle: limits that no thread uses any more
 */
void cryptodev_throttle_destroy(CryptoDevThrottle *throttle);

/**
 * cryptodev_throttle_add_properties:
 * @class: the class of backends
 *
 * Let the user set the limits.
 */
void cryptodev_throttle_add_properties(ObjectClass *class);

/**
 * cryptodev_throttle_is_on:
 * @throttle: limits
 *
 * Any thread may call this.
 *
 * Returns: whether the functions below need to be called.
 */
static inline bool cryptodev_throttle_is_on(const CryptoDevThrottle *throttle)
{
    return qatomic_read(&throttle->on);
}

/**
 * cryptodev_throttle_wait:
 * @throttle: limits
 *
 * An operation of any size may begin as long as others have not used up what
 * is allowed; those behind it wait for as long as it takes.  Any thread may
 * call this.
 *
 * Returns: nanoseconds until another operation may begin, 0 for now.
 */
int64_t cryptodev_throttle_wait(CryptoDevThrottle *throttle);

/**
 * cryptodev_throttle_account:
 * @throttle: limits
 * @bytes: bytes of the source of an operation that begins
 *
 * Any thread may call this.
 */
void cryptodev_throttle_account(CryptoDevThrottle *throttle, uint64_t bytes);

#endif /* SYSTEM_CRYPTODEV_THROTTLE_H */
