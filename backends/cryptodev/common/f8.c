/*
 * AES in F8 mode: RFC 3711, section 4.1.2
 *
 * libgcrypt has the block cipher, but not this mode.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "system/cryptodev.h"
#include "f8.h"

#define KEY_MAX 32

/* Encrypt one block in place. */
static gcry_error_t encrypt_block(gcry_cipher_hd_t hd,
                                  uint8_t block[CRYPTODEV_F8_BLOCK])
{
    return gcry_cipher_encrypt(hd, block, CRYPTODEV_F8_BLOCK, NULL, 0);
}

gcry_error_t cryptodev_f8_start(CryptoDevF8 *f8, gcry_cipher_hd_t hd,
                                const uint8_t *key, const uint8_t *mask,
                                size_t key_len,
                                const uint8_t iv[CRYPTODEV_F8_BLOCK])
{
    uint8_t masked_key[KEY_MAX];
    gcry_error_t err;

    assert(key_len <= sizeof(masked_key));
    for (size_t i = 0; i < key_len; i++) {
        masked_key[i] = key[i] ^ mask[i];
    }
    *f8 = (CryptoDevF8) { .used = CRYPTODEV_F8_BLOCK };
    memcpy(f8->iv, iv, CRYPTODEV_F8_BLOCK);

    err = gcry_cipher_setkey(hd, masked_key, key_len);
    if (!err) {
        err = encrypt_block(hd, f8->iv);
    }
    if (!err) {
        err = gcry_cipher_setkey(hd, key, key_len);
    }
    cryptodev_wipe(masked_key, sizeof(masked_key));
    return err;
}

/* S(j) = E(k_e, IV' XOR j XOR S(j - 1)), where S(-1) is zero */
static gcry_error_t next_keystream(CryptoDevF8 *f8, gcry_cipher_hd_t hd)
{
    uint8_t *low = f8->keystream + CRYPTODEV_F8_BLOCK - sizeof(f8->counter);

    for (size_t i = 0; i < CRYPTODEV_F8_BLOCK; i++) {
        f8->keystream[i] ^= f8->iv[i];
    }
    stq_be_p(low, ldq_be_p(low) ^ f8->counter);
    f8->counter++;
    f8->used = 0;
    return encrypt_block(hd, f8->keystream);
}

gcry_error_t cryptodev_f8_crypt(CryptoDevF8 *f8, gcry_cipher_hd_t hd,
                                uint8_t *dst, const uint8_t *src, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (f8->used == CRYPTODEV_F8_BLOCK) {
            gcry_error_t err = next_keystream(f8, hd);

            if (err) {
                return err;
            }
        }
        dst[i] = src[i] ^ f8->keystream[f8->used++];
    }
    return 0;
}
