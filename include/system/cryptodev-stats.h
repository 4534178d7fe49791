/*
 * Cryptography backends: how much is done, by service and operation
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef SYSTEM_CRYPTODEV_STATS_H
#define SYSTEM_CRYPTODEV_STATS_H

#include "qapi/qapi-types-cryptodev.h"
#include "qemu/atomic.h"

/* More than any service has operations */
#define CRYPTODEV_STATS_OPERATIONS 18

/**
 * CryptoDevCounter:
 * @ops: operations that were answered, whatever came of them
 * @bytes: bytes of their sources
 * @errors: those of them that failed
 */
typedef struct CryptoDevCounter {
    uint64_t ops;
    uint64_t bytes;
    uint64_t errors;
} CryptoDevCounter;

/**
 * CryptoDevStats:
 * @counters: by service, and by CryptoDevOpType or the number of the
 *            computation
 * @rejected: requests that came to no operation
 *
 * One thread counts, so that it needs neither a lock nor an atomic addition.
 * Others may read meanwhile.
 */
typedef struct CryptoDevStats {
    CryptoDevCounter counters[CRYPTODEV_SERVICE__MAX]
                             [CRYPTODEV_STATS_OPERATIONS];
    uint64_t rejected;
} CryptoDevStats;

static inline void cryptodev_stats_raise(uint64_t *number, uint64_t by)
{
    qatomic_set_u64(number, *number + by);
}

/**
 * cryptodev_stats_name:
 * @service: a service
 * @operation: below CRYPTODEV_STATS_OPERATIONS
 *
 * Returns: what the statistics of the operation begin with; NULL if the service
 * has no such operation.
 */
const char *cryptodev_stats_name(CryptodevService service,
                                 uint32_t operation);

/**
 * cryptodev_stats_count:
 * @stats: the calling thread's own
 * @service: the service of the operation
 * @operation: a CryptoDevOpType that the service has, or the number of a
 *             computation that cryptodev_computation_name() knows
 * @bytes: bytes of its source
 * @failed: whether it failed
 */
static inline void cryptodev_stats_count(CryptoDevStats *stats,
                                         CryptodevService service,
                                         uint32_t operation, uint64_t bytes,
                                         bool failed)
{
    CryptoDevCounter *counter = &stats->counters[service][operation];

    cryptodev_stats_raise(&counter->ops, 1);
    cryptodev_stats_raise(&counter->bytes, bytes);
    if (failed) {
        cryptodev_stats_raise(&counter->errors, 1);
    }
}

/**
 * cryptodev_stats_add:
 * @sum: the calling thread's own
 * @stats: what is added to it; any thread may be counting there
 */
void cryptodev_stats_add(CryptoDevStats *sum, const CryptoDevStats *stats);

#endif /* SYSTEM_CRYPTODEV_STATS_H */
