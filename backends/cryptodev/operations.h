/*
 * Cryptography backends: the operations, and the bounds of their operands
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPERATIONS_H
#define BACKENDS_CRYPTODEV_OPERATIONS_H

#include "system/cryptodev-compute.h"

typedef enum CryptoDevOperandKind {
    CRYPTODEV_OPERAND_INTEGER,
    CRYPTODEV_OPERAND_NUMBER,
    CRYPTODEV_OPERAND_OCTETS,
} CryptoDevOperandKind;

/**
 * CryptoDevOperandRule:
 * @kind: what the operand is
 * @optional: whether it may be left out
 * @min: the fewest bits of an integer, the least number, the fewest octets
 * @max: the most bits, the greatest number, the most octets
 * @fault: the status if it is out of these bounds
 */
typedef struct CryptoDevOperandRule {
    CryptoDevOperandKind kind;
    bool optional;
    uint32_t min;
    uint32_t max;
    CryptoDevStatus fault;
} CryptoDevOperandRule;

/**
 * CryptoDevOperandRules:
 * @rules: one for each operand
 * @n: how many there are
 */
typedef struct CryptoDevOperandRules {
    const CryptoDevOperandRule *rules;
    size_t n;
} CryptoDevOperandRules;

/**
 * CryptoDevOperation:
 * @name: its name, as users and documents write it; NULL for no operation
 * @key_min: the fewest bits in its modulus, prime or curve
 * @key_max: the most; 0 where there is none
 * @session: the operation that makes the session it runs on, or 0
 * @session_operands: what such a session takes, for an operation that makes one
 * @session_only: whether it makes sessions, and is nothing else
 * @operands: what a computation takes
 */
typedef struct CryptoDevOperation {
    const char *name;
    uint32_t key_min;
    uint32_t key_max;
    uint32_t session;
    CryptoDevOperandRules session_operands;
    bool session_only;
    CryptoDevOperandRules operands;
} CryptoDevOperation;

/**
 * cryptodev_operations:
 * @service: a service
 * @n: set to how many entries there are, operation 0, which is none, included
 *
 * Returns: the service's operations by their numbers; NULL if it has none.
 */
const CryptoDevOperation *cryptodev_operations(CryptodevService service,
                                               size_t *n);

#endif /* BACKENDS_CRYPTODEV_OPERATIONS_H */
