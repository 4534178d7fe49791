/*
 * The libgcrypt backend: a symmetric cipher with its key
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_CIPHER_H
#define BACKENDS_CRYPTODEV_GCRYPT_CIPHER_H

#include "system/cryptodev.h"

/* A cipher, its key and a direction.  Many threads may use one at once. */
typedef struct CryptoDevGcryptCipher CryptoDevGcryptCipher;

/**
 * cryptodev_gcrypt_cipher_new:
 * @algo: an algorithm that libgcrypt has
 * @key: the key, not needed after the call
 * @key_len: bytes in @key, a legal length
 * @encrypt: whether to encrypt or to decrypt
 *
 * Returns: the cipher, which the caller owns, or NULL if libgcrypt does not
 * take the key.
 */
CryptoDevGcryptCipher *
cryptodev_gcrypt_cipher_new(CryptoDevCipherAlgo algo, const uint8_t *key,
                            size_t key_len, bool encrypt);

/**
 * cryptodev_gcrypt_cipher_free:
 * @cipher: a cipher that nobody uses, or NULL
 *
 * Wipe the key, and free the cipher.
 */
void cryptodev_gcrypt_cipher_free(CryptoDevGcryptCipher *cipher);

/**
 * cryptodev_gcrypt_cipher_run:
 * @cipher: a cipher
 * @iv: initialization vector, counter or tweak
 * @iv_len: bytes in @iv, the legal length
 * @src: what to encrypt or decrypt, of a legal length
 * @dst: as long as @src; it may be the same memory, or overlap it
 *
 * Returns: false on failure; @dst may then hold part of a result.
 */
bool cryptodev_gcrypt_cipher_run(CryptoDevGcryptCipher *cipher,
                                 const uint8_t *iv, size_t iv_len,
                                 CryptoDevBuf src, CryptoDevBuf dst);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_CIPHER_H */
