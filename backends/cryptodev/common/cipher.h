/*
 * Cryptography backends: symmetric ciphers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_CIPHER_H
#define BACKENDS_CRYPTODEV_CIPHER_H

#include "primitives.h"
#include "spare.h"

/**
 * CryptoDevCipher:
 * @primitives: what encrypts and decrypts
 * @algo: the algorithm
 * @encrypt: whether to encrypt or to decrypt
 * @spare: a CryptoDevCipherState with the key; of AES-F8, a CryptoDevF8
 * @key: the key
 * @key_len: bytes in @key
 *
 * A cipher, its key and a direction, for many threads at once.  All of it is
 * private to the functions below.
 */
typedef struct CryptoDevCipher {
    const CryptoDevPrimitives *primitives;
    CryptoDevCipherAlgo algo;
    bool encrypt;
    CryptoDevSpare spare;
    uint8_t *key;
    size_t key_len;
} CryptoDevCipher;

/**
 * cryptodev_cipher_init:
 * @cipher: the cipher to set up
 * @primitives: what encrypts and decrypts
 * @params: an algorithm that there is, key and direction; not needed after the
 *          call
 *
 * Returns: false if @primitives do not take the key; @cipher is to be destroyed
 * in any case.
 */
bool cryptodev_cipher_init(CryptoDevCipher *cipher,
                           const CryptoDevPrimitives *primitives,
                           const CryptoDevSessionParams *params);

/**
 * cryptodev_cipher_destroy:
 * @cipher: a cipher that is not in use, or all zero
 *
 * Wipe the key, and free what belongs to the cipher.
 */
void cryptodev_cipher_destroy(CryptoDevCipher *cipher);

/**
 * cryptodev_cipher_prefetch:
 * @cipher: a cipher that will run soon
 *
 * Bring its state into the processor's cache.
 */
void cryptodev_cipher_prefetch(const CryptoDevCipher *cipher);

/**
 * cryptodev_cipher_run:
 * @cipher: a cipher
 * @iv: initialization vector, counter or tweak
 * @iv_len: bytes in @iv, the legal length
 * @src: what to encrypt or decrypt, of a legal length
 * @dst: as long as @src or longer; it may be the same memory, or overlap it
 *
 * Any thread may call this, and many at once.  No memory is allocated unless
 * @src has to be copied: where @dst overlaps it in another way than byte on
 * byte, and where XTS has it in pieces.
 *
 * Returns: false on failure; @dst may then hold part of a result.
 */
bool cryptodev_cipher_run(CryptoDevCipher *cipher, const uint8_t *iv,
                          size_t iv_len, CryptoDevBuf src, CryptoDevBuf dst);

#endif /* BACKENDS_CRYPTODEV_CIPHER_H */
