/*
 * The ipsec-mb backend: its drivers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_DRIVERS_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_DRIVERS_H

#include "../cryptodev/driver.h"

extern const CryptoDevDriver cryptodev_mb_cipher;
extern const CryptoDevDriver cryptodev_mb_chain;
extern const CryptoDevDriver cryptodev_mb_hash;
extern const CryptoDevDriver cryptodev_mb_mac;
extern const CryptoDevDriver cryptodev_mb_aead;
extern const CryptoDevDriver cryptodev_mb_gcm;
extern const CryptoDevDriver cryptodev_mb_radio_cipher;
extern const CryptoDevDriver cryptodev_mb_radio_mac;

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_DRIVERS_H */
