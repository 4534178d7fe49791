/*
 * Computations that may run together: keys, and what to do with them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_TOGETHER_MEMBER_H
#define TESTS_CRYPTODEV_TOGETHER_MEMBER_H

#include "system/cryptodev-compute.h"

#define MEMBER_OPERANDS 3
#define MEMBER_OPERAND_MAX 256

/* The operands of a computation, with their memory, all zero at first */
typedef struct MemberOperands {
    uint8_t bytes[MEMBER_OPERANDS][MEMBER_OPERAND_MAX];
    CryptoDevOperand operands[MEMBER_OPERANDS];
    size_t n;
} MemberOperands;

/**
 * Member:
 * @service, @operation: what it does
 * @session: with which key
 * @kind: the kind of its computations, where a library has one for them
 * @len: bytes in RSA's modulus
 * @fill: make operands at random; some are special, and some wrong
 * @is_alone: whether a computation with such operands is of no kind
 */
typedef struct Member Member;
struct Member {
    CryptodevService service;
    uint32_t operation;
    CryptoDevSession *session;
    uint32_t kind;
    size_t len;
    void (*fill)(const Member *member, MemberOperands *operands);
    bool (*is_alone)(const MemberOperands *operands);
};

/* Members of all families, of kinds and of none, several of each; Member */
GPtrArray *members_new(void);

#endif
