/*
 * Cryptography backends: the facts of each algorithm
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_ALGORITHMS_H
#define BACKENDS_CRYPTODEV_ALGORITHMS_H

#include "system/cryptodev.h"

/**
 * cryptodev_algorithm:
 * @i: a place in the list of all algorithms, and of all operations of services
 *     that have operations, whether a backend has them or not
 *
 * The list has the order in which backends show what they have.  Any thread may
 * call this.
 *
 * Returns: what is to be known of the algorithm, which lasts; NULL behind the
 * end.
 */
const CryptoDevCapability *cryptodev_algorithm(size_t i);

#endif /* BACKENDS_CRYPTODEV_ALGORITHMS_H */
