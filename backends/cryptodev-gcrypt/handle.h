/*
 * The libgcrypt backend: libgcrypt's handle of a cipher with its key
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_HANDLE_H
#define BACKENDS_CRYPTODEV_GCRYPT_HANDLE_H

#include <gcrypt.h>
#include "../cryptodev/common/spare.h"

/**
 * cryptodev_gcrypt_open:
 * @algo: libgcrypt's number of the cipher; GCRY_CIPHER_AES128 stands for AES
 *        with keys of any length
 * @mode: libgcrypt's number of the mode
 * @flags: flags for gcry_cipher_open()
 * @key: the key, not needed after the call; for 3DES two keys will do
 * @key_len: bytes in @key
 *
 * Weak keys are taken like all others: it is the guest's choice, and the
 * standard forbids none.  In FIPS mode libgcrypt does not take a key of XTS
 * whose halves are equal.
 *
 * Returns: the handle, which the caller owns, or NULL.
 */
gcry_cipher_hd_t cryptodev_gcrypt_open(int algo, int mode, unsigned int flags,
                                       const uint8_t *key, size_t key_len);

/**
 * CryptoDevGcryptSpare:
 * @algo: as for cryptodev_gcrypt_open()
 * @mode: as for cryptodev_gcrypt_open()
 * @key: as for cryptodev_gcrypt_open(); it is the owner's, and lives as long
 * @key_len: bytes in @key
 * @spare: a gcry_cipher_hd_t
 *
 * Handles for the operations on one key.
 */
typedef struct CryptoDevGcryptSpare {
    int algo;
    int mode;
    const uint8_t *key;
    size_t key_len;
    CryptoDevSpare spare;
} CryptoDevGcryptSpare;

/**
 * cryptodev_gcrypt_spare_init:
 * @spare: what to set up; all but @spare is set
 *
 * Returns: false if libgcrypt does not take the key; @spare may be destroyed
 * then, too.
 */
bool cryptodev_gcrypt_spare_init(CryptoDevGcryptSpare *spare);

/**
 * cryptodev_gcrypt_spare_destroy:
 * @spare: handles of which none is taken, or all zero
 */
void cryptodev_gcrypt_spare_destroy(CryptoDevGcryptSpare *spare);

/**
 * cryptodev_gcrypt_spare_take:
 * @spare: the handles
 *
 * Any thread may call this.
 *
 * Returns: a handle that the caller owns and gives back by
 * cryptodev_gcrypt_spare_give(), or NULL.
 */
gcry_cipher_hd_t cryptodev_gcrypt_spare_take(CryptoDevGcryptSpare *spare);

/**
 * cryptodev_gcrypt_spare_give:
 * @spare: the handles
 * @hd: one that was taken of them
 *
 * Keep a handle for the next operation, or close it if there is one for that.
 * Any thread may call this.
 */
void cryptodev_gcrypt_spare_give(CryptoDevGcryptSpare *spare,
                                 gcry_cipher_hd_t hd);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_HANDLE_H */
