/*
 * The ipsec-mb backend: its drivers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_DRIVERS_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_DRIVERS_H

#include "../cryptodev/driver.h"

extern const CryptoDevDriver cryptodev_mb_cipher;

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_DRIVERS_H */
