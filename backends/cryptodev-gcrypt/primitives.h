/*
 * The libgcrypt backend: the primitives that libgcrypt has
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_PRIMITIVES_H
#define BACKENDS_CRYPTODEV_GCRYPT_PRIMITIVES_H

#include "../cryptodev/common/primitives.h"

extern const CryptoDevPrimitives cryptodev_gcrypt_primitives;

#endif /* BACKENDS_CRYPTODEV_GCRYPT_PRIMITIVES_H */
