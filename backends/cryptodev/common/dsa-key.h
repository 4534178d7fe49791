/*
 * Cryptography backends: keys of DSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_COMMON_DSA_KEY_H
#define BACKENDS_CRYPTODEV_COMMON_DSA_KEY_H

#include "system/cryptodev-compute.h"

/* L and N of FIPS 186-4, section 4.2: bits in p and in q */
#define CRYPTODEV_DSA_P_MIN 1024
#define CRYPTODEV_DSA_P_MAX 3072
#define CRYPTODEV_DSA_Q_MIN 160
#define CRYPTODEV_DSA_Q_MAX 256

/**
 * CryptoDevDsaParts:
 * @p: the prime modulus
 * @q: the order of @g
 * @g: the generator
 * @y: the public key
 * @x: the private key; its @data is NULL in a public key
 *
 * The numbers of a key, big-endian, which point into its encoding.
 */
typedef struct CryptoDevDsaParts {
    CryptoDevOperand p;
    CryptoDevOperand q;
    CryptoDevOperand g;
    CryptoDevOperand y;
    CryptoDevOperand x;
} CryptoDevDsaParts;

/**
 * cryptodev_dsa_parts_read:
 * @parts: set to the key's numbers
 * @der: a public key: SubjectPublicKeyInfo, RFC 3279, section 2.3.2; or a
 *       private one: a SEQUENCE of the INTEGERs 0, p, q, g, y and x
 * @is_private: which of them @der is
 *
 * This computes nothing: the numbers may be none of a key's, but are not
 * negative.
 *
 * Returns: false if @der is not such an encoding.
 */
bool cryptodev_dsa_parts_read(CryptoDevDsaParts *parts, CryptoDevOperand der,
                              bool is_private);

#endif /* BACKENDS_CRYPTODEV_COMMON_DSA_KEY_H */
