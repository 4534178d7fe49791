/*
 * The libgcrypt backend: the primitives of RSA, RFC 8017, section 5
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_RSA_PRIMITIVE_H
#define BACKENDS_CRYPTODEV_GCRYPT_RSA_PRIMITIVE_H

#include "rsa-blinding.h"

/**
 * cryptodev_rsa_public:
 * @key: a key with n and e
 * @block: an integer, big-endian, as long as the modulus; replaced with its
 *         power
 *
 * RSAEP and RSAVP1.  Many threads may use one key at once.  No copies of the
 * integers stay in memory.
 *
 * Returns: false, with @block unchanged, if the integer is not less than the
 * modulus, or memory is short.
 */
bool cryptodev_rsa_public(const CryptoDevRsaKey *key, uint8_t *block);

/**
 * cryptodev_rsa_private:
 * @key: a private key that was completed and checked
 * @blinding: its factors
 * @block: as for cryptodev_rsa_public()
 *
 * RSADP and RSASP1.  This checks the result with the public operation: a wrong
 * one, caused by a fault of the machine, would reveal p and q (Boneh, DeMillo
 * and Lipton, "On the Importance of Checking Cryptographic Protocols for
 * Faults").  It blinds the integer and the exponents, and stores the power in
 * constant time.
 *
 * Returns: as cryptodev_rsa_public(); also false if d is not that of n and e.
 */
bool cryptodev_rsa_private(const CryptoDevRsaKey *key,
                           CryptoDevRsaBlinding *blinding, uint8_t *block);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_RSA_PRIMITIVE_H */
