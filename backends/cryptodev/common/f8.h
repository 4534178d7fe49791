/*
 * AES in F8 mode: RFC 3711, section 4.1.2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_F8_H
#define BACKENDS_CRYPTODEV_F8_H

#include <gcrypt.h>

#define CRYPTODEV_F8_BLOCK 16

/**
 * CryptoDevF8:
 * @iv: IV' of the RFC
 * @keystream: S(j), the current block of key stream
 * @used: bytes of @keystream that are used up
 * @counter: j, the number of the next block
 *
 * The position in a key stream.
 */
typedef struct CryptoDevF8 {
    uint8_t iv[CRYPTODEV_F8_BLOCK];
    uint8_t keystream[CRYPTODEV_F8_BLOCK];
    size_t used;
    uint64_t counter;
} CryptoDevF8;

/**
 * cryptodev_f8_start:
 * @f8: the position to set
 * @hd: AES in ECB mode with the key @key
 * @key: k_e of the RFC
 * @mask: m of the RFC, the salting key padded to @key_len bytes
 * @key_len: bytes in @key and in @mask: 16, 24 or 32
 * @iv: initialization vector
 *
 * Begin a key stream.  @hd has its key @key again when this returns.
 *
 * Returns: 0, or libgcrypt's error.
 */
gcry_error_t cryptodev_f8_start(CryptoDevF8 *f8, gcry_cipher_hd_t hd,
                                const uint8_t *key, const uint8_t *mask,
                                size_t key_len,
                                const uint8_t iv[CRYPTODEV_F8_BLOCK]);

/**
 * cryptodev_f8_crypt:
 * @f8: the position, which moves on by @len bytes
 * @hd: AES in ECB mode with the key that the key stream began with
 * @dst: where the result goes, @len bytes; it may be @src
 * @src: plaintext or ciphertext
 * @len: bytes to encrypt or decrypt
 *
 * Returns: 0, or libgcrypt's error.
 */
gcry_error_t cryptodev_f8_crypt(CryptoDevF8 *f8, gcry_cipher_hd_t hd,
                                uint8_t *dst, const uint8_t *src, size_t len);

#endif /* BACKENDS_CRYPTODEV_F8_H */
