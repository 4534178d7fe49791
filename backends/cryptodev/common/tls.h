/*
 * The libgcrypt backend: the pseudorandom functions of TLS 1.0 to 1.2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_TLS_H
#define BACKENDS_CRYPTODEV_TLS_H

#include "system/cryptodev-compute.h"

/**
 * cryptodev_tls1_prf:
 * @secret: the secret
 * @label: the label
 * @seed: the seed
 * @output: where the result goes
 * @len: bytes in @output
 *
 * The function of TLS 1.0 and 1.1: RFC 4346, section 5.
 *
 * Returns: false if libgcrypt lacks a hash, or memory is short.
 */
bool cryptodev_tls1_prf(CryptoDevOperand secret, CryptoDevOperand label,
                        CryptoDevOperand seed, uint8_t *output, size_t len);

/**
 * cryptodev_tls12_prf:
 * @hash: libgcrypt's number of the hash
 *
 * The function of TLS 1.2: RFC 5246, section 5.  All else is as for
 * cryptodev_tls1_prf().
 */
bool cryptodev_tls12_prf(int hash, CryptoDevOperand secret,
                         CryptoDevOperand label, CryptoDevOperand seed,
                         uint8_t *output, size_t len);

#endif /* BACKENDS_CRYPTODEV_TLS_H */
