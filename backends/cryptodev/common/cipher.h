/*
 * The libgcrypt backend: a symmetric cipher with its key
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_CIPHER_H
#define BACKENDS_CRYPTODEV_CIPHER_H

#include "system/cryptodev.h"
#include "../../cryptodev-gcrypt/handle.h"

/**
 * CryptoDevGcryptCipher:
 * @algo: the algorithm
 * @encrypt: whether to encrypt or to decrypt
 * @spare: handles with the key
 * @key: the key
 * @key_len: bytes in @key
 *
 * A cipher, its key and a direction, for many threads at once.  All of it is
 * private to the functions below.
 */
typedef struct CryptoDevGcryptCipher {
    const struct CipherAlgo *algo;
    bool encrypt;
    CryptoDevGcryptSpare spare;
    uint8_t *key;
    size_t key_len;
} CryptoDevGcryptCipher;

/**
 * cryptodev_gcrypt_cipher_init:
 * @cipher: the cipher to set up
 * @algo: an algorithm that libgcrypt has
 * @key: the key, not needed after the call
 * @key_len: bytes in @key, a legal length
 * @encrypt: whether to encrypt or to decrypt
 *
 * Returns: false if libgcrypt does not take the key; @cipher is to be destroyed
 * in any case.
 */
bool cryptodev_gcrypt_cipher_init(CryptoDevGcryptCipher *cipher,
                                  CryptoDevCipherAlgo algo,
                                  const uint8_t *key, size_t key_len,
                                  bool encrypt);

/**
 * cryptodev_gcrypt_cipher_destroy:
 * @cipher: a cipher that nobody uses, or all zero
 *
 * Wipe the key, and free what belongs to the cipher.
 */
void cryptodev_gcrypt_cipher_destroy(CryptoDevGcryptCipher *cipher);

/**
 * cryptodev_gcrypt_cipher_prefetch:
 * @cipher: a cipher that will run soon
 *
 * Bring its handle into the processor's cache.
 */
void cryptodev_gcrypt_cipher_prefetch(const CryptoDevGcryptCipher *cipher);

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

#endif /* BACKENDS_CRYPTODEV_CIPHER_H */
