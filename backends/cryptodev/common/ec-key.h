/*
 * Cryptography backends: keys of elliptic curves
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_EC_KEY_H
#define BACKENDS_CRYPTODEV_EC_KEY_H

#include "system/cryptodev-compute.h"

/* SEC 1, section 2.3.3: the first byte of a point that is not compressed */
#define CRYPTODEV_EC_UNCOMPRESSED 4

/* The longest point that is not compressed, that of P-521, in bytes */
#define CRYPTODEV_EC_POINT_MAX (1 + 2 * 66)

/**
 * CryptoDevEcKey:
 * @scalar: the private key, a big-endian number
 * @point: the public key, a point of SEC 1, section 2.3.3; its @data is NULL
 *         where there is none
 *
 * The parts of a private key, which point into its encoding.
 */
typedef struct CryptoDevEcKey {
    CryptoDevOperand scalar;
    CryptoDevOperand point;
} CryptoDevEcKey;

/**
 * cryptodev_ec_key_read:
 * @key: set to the key's parts
 * @curve: a Weierstrass curve
 * @der: ECPrivateKey, RFC 5915, section 3
 *
 * This computes nothing: the numbers may be none of the curve's.
 *
 * Returns: false if @der is not the encoding of a private key, or names another
 * curve.
 */
bool cryptodev_ec_key_read(CryptoDevEcKey *key, CryptoDevCurve curve,
                           CryptoDevOperand der);

/**
 * cryptodev_ec_point_join:
 * @point: set to a point that is not compressed, SEC 1, section 2.3.3
 * @coordinates: its two coordinates, big-endian
 * @size: bytes in a coordinate of the curve
 *
 * Returns: bytes in @point; 0 if a coordinate needs more than @size.
 */
size_t cryptodev_ec_point_join(uint8_t point[CRYPTODEV_EC_POINT_MAX],
                               const CryptoDevOperand coordinates[2],
                               size_t size);

#endif /* BACKENDS_CRYPTODEV_EC_KEY_H */
