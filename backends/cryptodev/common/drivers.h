/*
 * Cryptography backends: drivers over a table of primitives
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A backend whose class has @primitives can have any of these among its
 * @drivers.  They have what the primitives have.
 */

#ifndef BACKENDS_CRYPTODEV_COMMON_DRIVERS_H
#define BACKENDS_CRYPTODEV_COMMON_DRIVERS_H

#include "../driver.h"

extern const CryptoDevDriver cryptodev_common_aead;
extern const CryptoDevDriver cryptodev_common_cipher;
extern const CryptoDevDriver cryptodev_common_chain;
extern const CryptoDevDriver cryptodev_common_hash;
extern const CryptoDevDriver cryptodev_common_mac;
extern const CryptoDevDriver cryptodev_common_rsa;
extern const CryptoDevDriver cryptodev_common_rsa_service;
extern const CryptoDevDriver cryptodev_common_key;
extern const CryptoDevDriver cryptodev_common_drbg;
extern const CryptoDevDriver cryptodev_common_nrbg;

#endif /* BACKENDS_CRYPTODEV_COMMON_DRIVERS_H */
