/*
 * The OpenSSL backend: the factors that hide what RSA computes with
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * An integer is multiplied by a random factor to the power of e before the
 * private operation, and its result by the inverse of that factor, so that no
 * attacker knows or chooses the numbers that the operation computes with.
 * Finding an inverse takes as long as an operation.  So the next operations use
 * the squares of both numbers, until they are renewed.
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_RSA_BLINDING_H
#define BACKENDS_CRYPTODEV_OPENSSL_RSA_BLINDING_H

#include "integer.h"

/* The factors of a key; many threads may use them at once. */
typedef struct CryptoDevOpensslBlinding CryptoDevOpensslBlinding;

/**
 * cryptodev_openssl_blinding_new:
 * @n: the key's modulus
 * @e: its public exponent
 *
 * Returns: factors, for cryptodev_openssl_blinding_free(); NULL on an error of
 * OpenSSL's.
 */
CryptoDevOpensslBlinding *cryptodev_openssl_blinding_new(const BIGNUM *n,
                                                         const BIGNUM *e);

/**
 * cryptodev_openssl_blinding_free:
 * @blinding: factors that are not in use, or NULL
 *
 * Wipe and free them.
 */
void cryptodev_openssl_blinding_free(CryptoDevOpensslBlinding *blinding);

/**
 * cryptodev_openssl_blind:
 * @blinding: the key's factors
 * @block: an integer below n, which is not secret; this and the others are
 *         big-endian, and as long as n
 * @blinded: set to the integer with a factor that no other operation has
 * @inverse: set to what cryptodev_openssl_unblind() needs
 * @work: where random numbers come from, and memory
 *
 * Returns: false on an error of OpenSSL's.
 */
bool cryptodev_openssl_blind(CryptoDevOpensslBlinding *blinding,
                             const uint8_t *block, uint8_t *blinded,
                             BIGNUM *inverse, BN_CTX *work);

/**
 * cryptodev_openssl_unblind:
 * @blinding: the key's factors
 * @blinded: the result of the private operation
 * @inverse: what cryptodev_openssl_blind() has set
 * @block: set to the result without the factor
 * @work: as for cryptodev_openssl_blind()
 *
 * The time does not depend on what @block becomes: the number of its leading
 * zeros would help an attacker who looks for PKCS #1's padding
 * (CVE-2022-4304).
 *
 * Returns: false on an error of OpenSSL's.
 */
bool cryptodev_openssl_unblind(const CryptoDevOpensslBlinding *blinding,
                               const uint8_t *blinded, const BIGNUM *inverse,
                               uint8_t *block, BN_CTX *work);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_RSA_BLINDING_H */
