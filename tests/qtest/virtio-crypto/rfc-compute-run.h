/*
 * Running computations on a device that speaks RFC v1, for tests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_RFC_COMPUTE_RUN_H
#define TESTS_VIRTIO_CRYPTO_RFC_COMPUTE_RUN_H

#include "libqos/virtio-crypto-driver.h"
#include "../../unit/cryptodev/compute-run.h"

/*
 * From now on, all computations go through the queues of @d, whose driver has
 * accepted the services.  NULL ends this.
 */
void compute_on(QVirtioCryptoDriver *d);

/* How many requests there were since then */
unsigned int compute_count(void);

#endif
