/*
 * Cryptography backends: what operations must be like
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_CHECK_H
#define BACKENDS_CRYPTODEV_CHECK_H

#include "qemu/bitops.h"
#include "system/cryptodev.h"

/**
 * cryptodev_has_len:
 * @lens: lengths, as in CryptoDevCapability: bit n stands for n bytes
 * @len: a length
 *
 * Returns: whether @len is one of @lens.
 */
static inline bool cryptodev_has_len(uint32_t lens, uint64_t len)
{
    return len < 32 && lens & BIT(len);
}

/**
 * cryptodev_check_op:
 * @op: an operation
 *
 * Check what needs no more than the session, for every backend alike.
 *
 * Returns: whether the operation is of a type and of lengths that the session
 * has.
 */
bool cryptodev_check_op(const CryptoDevOp *op);

#endif /* BACKENDS_CRYPTODEV_CHECK_H */
