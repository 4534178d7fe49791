/*
 * The libgcrypt backend: the functions X25519 and X448, RFC 7748
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_MONTGOMERY_H
#define BACKENDS_CRYPTODEV_GCRYPT_MONTGOMERY_H

#include "system/cryptodev-compute.h"

/**
 * cryptodev_montgomery_len:
 * @curve: a curve
 *
 * Returns: the bytes that scalars and coordinates have, if it is
 * CRYPTODEV_CURVE_X25519 or CRYPTODEV_CURVE_X448; else 0.
 */
size_t cryptodev_montgomery_len(CryptoDevCurve curve);

/**
 * cryptodev_montgomery_add_product:
 * @computation: a computation that runs; its next result is the function's
 * @curve: CRYPTODEV_CURVE_X25519 or CRYPTODEV_CURVE_X448
 * @k: the scalar
 * @u: the coordinate; none for that of the base point
 *
 * Both are taken as RFC 7748, section 5, tells, but big-endian.
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_NOTSUPP if libgcrypt does not have the
 * function; CRYPTODEV_ERR if a number is too long, or the result is 0.
 */
CryptoDevStatus
cryptodev_montgomery_add_product(CryptoDevComputation *computation,
                                 CryptoDevCurve curve, CryptoDevOperand k,
                                 CryptoDevOperand u);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_MONTGOMERY_H */
