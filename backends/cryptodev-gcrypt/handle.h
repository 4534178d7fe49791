/*
 * The libgcrypt backend: libgcrypt's handle of a cipher with its key
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_HANDLE_H
#define BACKENDS_CRYPTODEV_GCRYPT_HANDLE_H

#include <gcrypt.h>

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

#endif /* BACKENDS_CRYPTODEV_GCRYPT_HANDLE_H */
