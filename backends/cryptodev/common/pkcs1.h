/*
 * Cryptography backends: the padding of PKCS #1 v1.5, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A block is as long as the modulus, 64 bytes at least.
 */

#ifndef BACKENDS_CRYPTODEV_PKCS1_H
#define BACKENDS_CRYPTODEV_PKCS1_H

#include "primitives.h"

/**
 * cryptodev_pkcs1_has_hash:
 * @hash: a hash, or CRYPTODEV_HASH_NONE
 *
 * Returns: whether its digests have a DigestInfo, or need none.  Those of
 * functions with output of any length have none.
 */
bool cryptodev_pkcs1_has_hash(CryptoDevHashAlgo hash);

/**
 * cryptodev_pkcs1_pad_digest:
 * @block: where the encoded message goes
 * @size: bytes in @block
 * @hash: a hash that cryptodev_pkcs1_has_hash() has found good
 * @digest: what it has made, or with CRYPTODEV_HASH_NONE any bytes, at
 *          least one
 *
 * EMSA-PKCS1-v1_5, section 9.2, from step 2 on.
 *
 * Returns: false if @digest does not have the hash's length, or is too long for
 * @size.
 */
bool cryptodev_pkcs1_pad_digest(uint8_t *block, size_t size,
                                CryptoDevHashAlgo hash, CryptoDevBuf digest);

/**
 * cryptodev_pkcs1_pad_message:
 * @primitives: what makes random bytes
 * @block: where the encoded message goes
 * @size: bytes in @block
 * @message: the message; it may be empty
 *
 * EME-PKCS1-v1_5, section 7.2.1, steps 1 and 2.
 *
 * Returns: false if @message is too long for @size, or on an error of the
 * library.
 */
bool cryptodev_pkcs1_pad_message(const CryptoDevPrimitives *primitives,
                                 uint8_t *block, size_t size,
                                 CryptoDevBuf message);

/**
 * cryptodev_pkcs1_take_message:
 * @block: an encoded message, which the message replaces from the first byte on
 * @size: bytes in @block
 * @len: set to the length of the message, which may be 0
 *
 * Section 7.2.2, step 3.  Neither time nor access to memory depends on the
 * bytes.
 *
 * Returns: false if the padding is wrong; then @block and @len are undefined.
 */
bool cryptodev_pkcs1_take_message(uint8_t *block, size_t size, size_t *len);

/**
 * cryptodev_pkcs1_take_message_or:
 * @block: as for cryptodev_pkcs1_take_message()
 * @size: bytes in @block
 * @other: @size bytes that end with the message to take if the padding is wrong
 * @other_len: the length of that message
 *
 * The same for callers that must not learn whether the padding is right:
 * neither time nor access to memory depends on it.
 *
 * Returns: the length of the message.
 */
size_t cryptodev_pkcs1_take_message_or(uint8_t *block, size_t size,
                                       const uint8_t *other,
                                       uint32_t other_len);

#endif /* BACKENDS_CRYPTODEV_PKCS1_H */
