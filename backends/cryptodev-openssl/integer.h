/*
 * The OpenSSL backend: integers of operands and results
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_INTEGER_H
#define BACKENDS_CRYPTODEV_OPENSSL_INTEGER_H

#include <openssl/bn.h>
#include "system/cryptodev-compute.h"

/* Numbers and intermediate results are wiped when they are freed. */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BIGNUM, BN_clear_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BN_CTX, BN_CTX_free)

/**
 * cryptodev_openssl_read:
 * @operand: a big-endian number; it may have no bytes, and is 0 then
 *
 * Returns: the number, which the caller owns; NULL if memory is short.
 */
BIGNUM *cryptodev_openssl_read(CryptoDevOperand operand);

/**
 * cryptodev_openssl_read_secret:
 * @operand: a big-endian number that is secret
 *
 * The time does not depend on how many zeros the number begins with, except
 * that OpenSSL drops words that are zero.  What OpenSSL computes with the
 * number takes its constant-time paths (BN_FLG_CONSTTIME).
 *
 * Returns: the number, which the caller owns; NULL if memory is short.
 */
BIGNUM *cryptodev_openssl_read_secret(CryptoDevOperand operand);

/**
 * cryptodev_openssl_is_between:
 * @low: a number
 * @integer: a number
 * @high: a number
 *
 * Returns: whether @integer is greater than @low and less than @high.
 */
bool cryptodev_openssl_is_between(unsigned long low, const BIGNUM *integer,
                                  const BIGNUM *high);

/**
 * cryptodev_openssl_add:
 * @computation: a computation that runs
 * @integer: its next result, which is not negative
 * @len: bytes in the result
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_ERR if it needs more bytes, or memory is
 * short.
 */
CryptoDevStatus cryptodev_openssl_add(CryptoDevComputation *computation,
                                      const BIGNUM *integer, size_t len);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_INTEGER_H */
