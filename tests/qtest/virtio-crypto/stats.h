/*
 * The statistics that a virtio-crypto device must have counted
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_STATS_H
#define TESTS_VIRTIO_CRYPTO_STATS_H

#include "libqtest.h"
#include "libqos/virtio-crypto-driver.h"

/* Numbers by the names of query-stats */
typedef struct CryptoStats CryptoStats;

/* Reads the current counters of the backend with that id */
CryptoStats *crypto_stats_new(QTestState *qts, const char *backend);
void crypto_stats_free(CryptoStats *stats);

/* Another request with this operation, and whether it failed */
void crypto_stats_expect_op(CryptoStats *stats, const QVirtioCryptoOp *op,
                            bool failed);
/* Same by the name of the operation, and the bytes of its source */
void crypto_stats_expect(CryptoStats *stats, const char *operation,
                         uint64_t bytes, bool failed);
/* Expect another request without an operation */
void crypto_stats_expect_rejected(CryptoStats *stats);

/* The backend has counted that and nothing else */
void crypto_stats_check(CryptoStats *stats, QTestState *qts);

#endif
