/*
 * Whether a virtio-crypto device says that its backend is ready
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_READINESS_H
#define TESTS_VIRTIO_CRYPTO_READINESS_H

#include "libqos/virtio-crypto-driver.h"

/* What configuration space says, which RFC v1 has nothing about */
void readiness_check(QVirtioCryptoDriver *d, bool ready);
/* The driver is interrupted because of that */
void readiness_check_told(QVirtioCryptoDriver *d, bool ready);
/* The driver is not interrupted */
void readiness_check_silent(QVirtioCryptoDriver *d, bool ready);

#endif
