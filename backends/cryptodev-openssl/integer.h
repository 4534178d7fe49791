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
 * @operand: a big-endian number that is secret; without bytes it is 0, and its
 *           @data may be NULL
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
 * cryptodev_openssl_wipe_stack:
 *
 * Wipe what OpenSSL's functions have left on the stack below the caller.  They
 * leave scalars and results, or parts of them, and a thread that goes no deeper
 * afterwards would keep them.
 */
void cryptodev_openssl_wipe_stack(void);

/**
 * cryptodev_openssl_power:
 * @power: set to @base to the power of @exponent, modulo @modulus
 * @base: a number from 0 to @modulus - 1
 * @exponent: a number that is not negative
 * @modulus: an odd number greater than 0
 * @mont: what OpenSSL makes of @modulus, or NULL
 * @work: what OpenSSL computes in
 *
 * The time does not depend on the numbers, except that OpenSSL drops words that
 * are zero, and that the last comparison, of @power with @modulus, ends at the
 * first word in which they differ.  Nothing of them stays on the stack.
 *
 * Returns: false on an error of OpenSSL's.
 */
bool cryptodev_openssl_power(BIGNUM *power, const BIGNUM *base,
                             const BIGNUM *exponent, const BIGNUM *modulus,
                             BN_MONT_CTX *mont, BN_CTX *work);

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
