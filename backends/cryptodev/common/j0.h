/*
 * Cryptography backends: GCM from a pre-counter block on, SP 800-38D
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_J0_H
#define BACKENDS_CRYPTODEV_J0_H

#include "primitives.h"

#define CRYPTODEV_GCM_BLOCK 16

/**
 * CryptoDevGcmElement:
 * @high: the first eight bytes, big-endian
 * @low: the last eight bytes, big-endian
 *
 * A block as an element of GF(2^128), SP 800-38D, section 6.3: the most
 * significant bit of @high is the coefficient of x^0.
 */
typedef struct CryptoDevGcmElement {
    uint64_t high;
    uint64_t low;
} CryptoDevGcmElement;

/**
 * cryptodev_j0_init:
 * @inverse: set to the inverse of the key's hash subkey H; as secret as the key
 * @primitives: what has AES
 * @key: the key, not needed after the call
 * @key_len: bytes in @key
 *
 * Returns: false if @primitives do not take the key, or H has no inverse.
 */
bool cryptodev_j0_init(CryptoDevGcmElement *inverse,
                       const CryptoDevPrimitives *primitives,
                       const uint8_t *key, size_t key_len);

/**
 * cryptodev_j0_to_iv:
 * @inverse: the element that cryptodev_j0_init() made from the key
 * @j0: the pre-counter block that GCM is to begin at
 * @iv: set to the initialization vector of 16 bytes from which GCM with that
 *      key makes @j0
 */
void cryptodev_j0_to_iv(const CryptoDevGcmElement *inverse,
                        const uint8_t j0[CRYPTODEV_GCM_BLOCK],
                        uint8_t iv[CRYPTODEV_GCM_BLOCK]);

#endif /* BACKENDS_CRYPTODEV_J0_H */
