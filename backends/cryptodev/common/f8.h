/*
 * Cryptography backends: AES in F8 mode, RFC 3711, section 4.1.2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_F8_H
#define BACKENDS_CRYPTODEV_F8_H

#include "primitives.h"

#define CRYPTODEV_F8_BLOCK 16

/* A key, and a position in a key stream; for one thread at a time */
typedef struct CryptoDevF8 CryptoDevF8;

/**
 * cryptodev_f8_new:
 * @primitives: what has AES
 * @key: k_e of the RFC, and behind it m, the salting key padded to the same
 *       length; not needed after the call
 * @key_len: bytes in @key: 32, 48 or 64
 *
 * Returns: the key, which the caller owns and which has no key stream yet; NULL
 * if @primitives do not take it.
 */
CryptoDevF8 *cryptodev_f8_new(const CryptoDevPrimitives *primitives,
                              const uint8_t *key, size_t key_len);

/**
 * cryptodev_f8_free:
 * @f8: a key, or NULL
 *
 * Wipe the key, and free it.
 */
void cryptodev_f8_free(CryptoDevF8 *f8);

/**
 * cryptodev_f8_start:
 * @f8: a key
 * @iv: initialization vector
 *
 * Begin a key stream.
 *
 * Returns: false on an error of the library.
 */
bool cryptodev_f8_start(CryptoDevF8 *f8, const uint8_t iv[CRYPTODEV_F8_BLOCK]);

/**
 * cryptodev_f8_crypt:
 * @f8: a key whose key stream has begun; it moves on by @len bytes
 * @dst: where the result goes, @len bytes; it may be @src
 * @src: plaintext or ciphertext
 * @len: bytes to encrypt or decrypt
 *
 * Returns: false on an error of the library.
 */
bool cryptodev_f8_crypt(CryptoDevF8 *f8, uint8_t *dst, const uint8_t *src,
                        size_t len);

#endif /* BACKENDS_CRYPTODEV_F8_H */
