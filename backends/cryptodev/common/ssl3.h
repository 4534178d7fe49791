/*
 * The libgcrypt backend: key derivation of SSL 3.0
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_SSL3_H
#define BACKENDS_CRYPTODEV_SSL3_H

#include "system/cryptodev-compute.h"

/**
 * cryptodev_ssl3_derive:
 * @secret: the secret
 * @labels: the labels, of 1, 2, 3, ... bytes, one after another: one for each
 *          16 bytes of @output; none stand for "A", "BB", "CCC", ...
 * @seed: the randoms
 * @output: where the result goes
 * @len: bytes in @output, at most 26 * 16
 *
 * RFC 6101, sections 6.1 and 6.2.2.
 *
 * Returns: false if there are too few labels, or libgcrypt lacks a hash.
 */
bool cryptodev_ssl3_derive(CryptoDevOperand secret, CryptoDevOperand labels,
                           CryptoDevOperand seed, uint8_t *output,
                           size_t len);

#endif /* BACKENDS_CRYPTODEV_SSL3_H */
