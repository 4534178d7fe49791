/*
 * Cryptography backends: the service KEY, which derives keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_KEY_H
#define BACKENDS_CRYPTODEV_KEY_H

#include "system/cryptodev-compute.h"
#include "primitives.h"

/**
 * cryptodev_key_has:
 * @primitives: what computes digests and HMACs
 * @operation: an operation of the service
 *
 * Returns: whether there are the hashes that the operation needs whatever its
 * operands are.
 */
bool cryptodev_key_has(const CryptoDevPrimitives *primitives,
                       uint32_t operation);

/**
 * cryptodev_key_compute:
 * @primitives: what computes digests and HMACs
 * @computation: a computation of the service
 *
 * Returns: its status; CRYPTODEV_NOTSUPP if @primitives lack the hash that an
 * operand names, or its digests have no fixed length.
 */
CryptoDevStatus cryptodev_key_compute(const CryptoDevPrimitives *primitives,
                                      CryptoDevComputation *computation);

#endif /* BACKENDS_CRYPTODEV_KEY_H */
