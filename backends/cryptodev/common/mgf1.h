/*
 * The libgcrypt backend: the mask generation function MGF1
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_MGF1_H
#define BACKENDS_CRYPTODEV_MGF1_H

#include "system/cryptodev-compute.h"

/**
 * cryptodev_mgf1:
 * @hash: libgcrypt's number of the hash
 * @seed: the seed; it may be empty
 * @output: where the mask goes
 * @len: bytes in @output
 *
 * RFC 8017, appendix B.2.1.
 *
 * Returns: false if libgcrypt lacks the hash.
 */
bool cryptodev_mgf1(int hash, CryptoDevOperand seed, uint8_t *output,
                    size_t len);

#endif /* BACKENDS_CRYPTODEV_MGF1_H */
