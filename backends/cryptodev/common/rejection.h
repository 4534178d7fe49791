/*
 * Cryptography backends: what RSA reads where the padding is wrong
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_REJECTION_H
#define BACKENDS_CRYPTODEV_REJECTION_H

#include "primitives.h"

/**
 * cryptodev_rejection_make:
 * @primitives: what computes SHA-256 and HMACs of it
 * @d: the private exponent, big-endian, @size bytes
 * @block: a ciphertext; its message replaces it, at the end
 * @size: bytes in @block, as many as the modulus has
 * @len: set to the length of the message, at most @size - 11
 *
 * Make the message of a ciphertext that has none: draft-irtf-cfrg-rsa-guidance,
 * section 7, as OpenSSL does.  It looks random, and is always the same for one
 * key and one ciphertext.
 *
 * Returns: false if @primitives lack the hash.
 */
bool cryptodev_rejection_make(const CryptoDevPrimitives *primitives,
                              const uint8_t *d, uint8_t *block, size_t size,
                              uint32_t *len);

/**
 * cryptodev_rejection_has_hash:
 * @primitives: what is to compute SHA-256 and HMACs of it
 *
 * Returns: whether it does, so that cryptodev_rejection_make() works.
 */
bool cryptodev_rejection_has_hash(const CryptoDevPrimitives *primitives);

/**
 * cryptodev_rejection_add_property:
 * @class: a class of backends that have RSA, in its class_init
 *
 * Let the user choose this instead of an error, by the option
 * "rsa-implicit-rejection".
 */
void cryptodev_rejection_add_property(ObjectClass *class);

#endif /* BACKENDS_CRYPTODEV_REJECTION_H */
