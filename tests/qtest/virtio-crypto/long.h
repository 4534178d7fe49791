/*
 * Requests of RFC v1 that take seconds
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * They ask for many rounds of Miller-Rabin, with a prime of full length.
 */

#ifndef TESTS_VIRTIO_CRYPTO_LONG_H
#define TESTS_VIRTIO_CRYPTO_LONG_H

#include "libqos/virtio-crypto-driver.h"

/* No processor runs one of them in that time */
#define LONG_US G_USEC_PER_SEC

/* The features that a driver needs for them */
#define LONG_FEATURES \
    (1ull << VIRTIO_CRYPTO_RFC_F_LN | 1ull << VIRTIO_CRYPTO_RFC_F_PRIME)

/* A request that is not in flight */
QVirtioCryptoRequest *long_request(void);
/* The same in no time, but the pool runs it, too */
QVirtioCryptoRequest *short_request(void);

#endif
