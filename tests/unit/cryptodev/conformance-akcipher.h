/*
 * Conformance of backends: operations with public keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_CONFORMANCE_AKCIPHER_H
#define TESTS_CRYPTODEV_CONFORMANCE_AKCIPHER_H

#include "conformance-subject.h"

/* The longest signature of DSA or ECDSA in DER */
#define AKCIPHER_SIGNATURE_MAX 139

/*
 * A session for a key in its encoding; @params has the algorithm, and what else
 * there is to choose
 */
Subject *akcipher_new(CryptoDevBackend *backend,
                      const CryptoDevSessionParams *params,
                      const GByteArray *key, bool private_key);
/* One that there must not be */
void akcipher_refused(CryptoDevBackend *backend,
                      const CryptoDevSessionParams *params,
                      const GByteArray *key, bool private_key,
                      CryptoDevStatus status);

/* What an operation must do; @dst is NULL if it fails */
void akcipher_check(const Subject *subject, CryptoDevOpType type,
                    const GByteArray *src, size_t dst_room,
                    CryptoDevStatus status, const GByteArray *dst);
/* The same for the verification of a signature */
void akcipher_check_signature(const Subject *subject, const GByteArray *digest,
                              const GByteArray *signature,
                              CryptoDevStatus status);
/* What an operation gives whose result is another one each time */
GByteArray *akcipher_make(const Subject *subject, CryptoDevOpType type,
                          const GByteArray *src, size_t dst_room);
/* A trial of an operation, which must do again what it has just done alone */
Trial *akcipher_trial(const Subject *subject, CryptoDevOpType type,
                      const GByteArray *src, size_t dst_room);

/*
 * The checks of every algorithm that signs: a digest and its genuine signature,
 * with that changed, and what the sessions do not do
 */
void akcipher_check_forgeries(const Subject *public, const GByteArray *digest,
                              const GByteArray *signature);
void akcipher_check_types(const Subject *public, const Subject *private,
                          const GByteArray *digest);

#endif
