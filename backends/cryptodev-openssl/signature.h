/*
 * The OpenSSL backend: signatures of DSA and ECDSA in operations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_SIGNATURE_H
#define BACKENDS_CRYPTODEV_OPENSSL_SIGNATURE_H

#include "../cryptodev/common/primitives.h"
#include "integer.h"

/* The longest DER encoding of a signature, that of P-521 */
#define CRYPTODEV_SIGNATURE_MAX (3 + 2 * (2 + 66))

/**
 * cryptodev_openssl_has_digest:
 * @op: an operation that signs or verifies
 *
 * Returns: whether its source can be a digest, of 1 to 64 bytes.
 */
bool cryptodev_openssl_has_digest(const CryptoDevOp *op);

/**
 * cryptodev_openssl_read_digest:
 * @op: an operation of which cryptodev_openssl_has_digest() is true
 * @bytes: set to its digest
 *
 * Returns: those of @bytes that the digest has.
 */
CryptoDevOperand
cryptodev_openssl_read_digest(const CryptoDevOp *op,
                              uint8_t bytes[CRYPTODEV_DIGEST_MAX]);

/**
 * cryptodev_openssl_encode:
 * @r: the first part of a signature, a number that is not negative
 * @s: the second part
 * @der: set to the encoding of both: Dss-Sig-Value or Ecdsa-Sig-Value, RFC
 *       3279, sections 2.2.2 and 2.2.3
 *
 * Returns: how many bytes that are; 0 if it has no room, or memory is short.
 */
size_t cryptodev_openssl_encode(const BIGNUM *r, const BIGNUM *s,
                                uint8_t der[CRYPTODEV_SIGNATURE_MAX]);

/**
 * cryptodev_openssl_decode:
 * @signature: the encoding, as cryptodev_openssl_encode() makes it
 * @r: set to the first part of the signature, which the caller owns, or NULL
 * @s: set to the second part, likewise
 *
 * Returns: false if @signature is not exactly that encoding of two numbers that
 * are not negative, or memory is short.
 */
bool cryptodev_openssl_decode(CryptoDevBuf signature, BIGNUM **r, BIGNUM **s);

/**
 * cryptodev_openssl_write_signature:
 * @op: an operation that signs; its result is set
 * @r: the first part of the signature
 * @s: the second part
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_ERR if there is no room for it, or memory is
 * short.
 */
CryptoDevStatus cryptodev_openssl_write_signature(CryptoDevOp *op,
                                                  const BIGNUM *r,
                                                  const BIGNUM *s);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_SIGNATURE_H */
