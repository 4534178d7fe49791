/*
 * The libgcrypt backend: libgcrypt's handle of a cipher with its key
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "system/cryptodev.h"
#include "handle.h"

/* Keying option 2 of SP 800-67: the third key is the first one. */
#define DES_KEY 8
#define DES3_TWO_KEYS 16
#define DES3_THREE_KEYS 24

static int aes_algo(size_t key_len)
{
    switch (key_len) {
    case 16:
        return GCRY_CIPHER_AES128;
    case 24:
        return GCRY_CIPHER_AES192;
    default:
        return GCRY_CIPHER_AES256;
    }
}

/* XTS has two keys of the same length in one. */
static int find_algo(int algo, int mode, size_t key_len)
{
    if (algo != GCRY_CIPHER_AES128) {
        return algo;
    }
    return aes_algo(mode == GCRY_CIPHER_MODE_XTS ? key_len / 2 : key_len);
}

static gcry_error_t set_two_keys(gcry_cipher_hd_t hd,
                                 const uint8_t key[DES3_TWO_KEYS])
{
    uint8_t three_keys[DES3_THREE_KEYS];
    gcry_error_t err;

    memcpy(three_keys, key, DES3_TWO_KEYS);
    memcpy(three_keys + DES3_TWO_KEYS, key, DES_KEY);
    err = gcry_cipher_setkey(hd, three_keys, sizeof(three_keys));
    cryptodev_wipe(three_keys, sizeof(three_keys));
    return err;
}

/* libgcrypt sets weak keys, except XTS keys that only FIPS mode finds weak. */
static bool has_key(gcry_error_t err, int mode)
{
    return !err || (gcry_err_code(err) == GPG_ERR_WEAK_KEY &&
                    mode != GCRY_CIPHER_MODE_XTS);
}

gcry_cipher_hd_t cryptodev_gcrypt_open(int algo, int mode, unsigned int flags,
                                       const uint8_t *key, size_t key_len)
{
    gcry_cipher_hd_t hd;
    gcry_error_t err;

    if (gcry_cipher_open(&hd, find_algo(algo, mode, key_len), mode, flags)) {
        return NULL;
    }
    gcry_cipher_ctl(hd, GCRYCTL_SET_ALLOW_WEAK_KEY, NULL, 1);
    err = algo == GCRY_CIPHER_3DES && key_len == DES3_TWO_KEYS
          ? set_two_keys(hd, key) : gcry_cipher_setkey(hd, key, key_len);
    if (!has_key(err, mode)) {
        gcry_cipher_close(hd);
        return NULL;
    }
    return hd;
}
