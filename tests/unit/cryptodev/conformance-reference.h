/*
 * Conformance of backends: what other libraries say
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_CONFORMANCE_REFERENCE_H
#define TESTS_CRYPTODEV_CONFORMANCE_REFERENCE_H

#include "system/cryptodev.h"

/*
 * Whether there is a reference for a symmetric algorithm, by its number, and it
 * agrees with the capability about the name, and about the lengths that belong
 * to the algorithm.
 */
bool reference_has(const CryptoDevCapability *capability);

/* Whether it is an algorithm of mobile networks, which has no chains */
bool reference_is_radio(const CryptoDevCapability *capability);

/* A cipher's result */
GByteArray *reference_encipher(const CryptoDevCapability *capability,
                               bool encrypt, const GByteArray *key,
                               const GByteArray *iv, const uint8_t *src,
                               size_t len);
/* The first bytes of a hash, or of a MAC with its key */
GByteArray *reference_digest(const CryptoDevCapability *capability,
                             const GByteArray *key, const GByteArray *data,
                             size_t digest_len);
/* The same for a nested hash: inner and outer prefix */
GByteArray *reference_nested(const CryptoDevCapability *capability,
                             const GByteArray *prefixes,
                             const GByteArray *data, size_t digest_len);
/* Ciphertext and tag of AEAD */
GByteArray *reference_seal(const CryptoDevCapability *capability,
                           const GByteArray *key, const GByteArray *iv,
                           const GByteArray *aad, const GByteArray *plain,
                           size_t tag_len);

#endif
