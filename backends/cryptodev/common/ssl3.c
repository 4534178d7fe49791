/*
 * The libgcrypt backend: key derivation of SSL 3.0
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hmac.h"
#include "ssl3.h"

/* As many rounds as there are letters */
#define ROUNDS_MAX 26

#define MD5_LEN 16
#define SHA1_LEN 20

/* Bytes of the labels before the one of round @i, counted from 0 */
static size_t labels_len(size_t i)
{
    return i * (i + 1) / 2;
}

/* MD5(secret || SHA(label || secret || seed)) */
static void derive_block(gcry_md_hd_t md5, gcry_md_hd_t sha1,
                         CryptoDevOperand secret, CryptoDevOperand label,
                         CryptoDevOperand seed)
{
    gcry_md_reset(sha1);
    gcry_md_write(sha1, label.data, label.len);
    gcry_md_write(sha1, secret.data, secret.len);
    gcry_md_write(sha1, seed.data, seed.len);
    gcry_md_reset(md5);
    gcry_md_write(md5, secret.data, secret.len);
    gcry_md_write(md5, gcry_md_read(sha1, 0), SHA1_LEN);
}

static bool derive(CryptoDevOperand secret, const uint8_t *labels,
                   CryptoDevOperand seed, uint8_t *output, size_t len)
{
    g_auto(gcry_md_hd_t) md5 = cryptodev_hash_open(GCRY_MD_MD5, 0);
    g_auto(gcry_md_hd_t) sha1 = cryptodev_hash_open(GCRY_MD_SHA1, 0);

    if (!md5 || !sha1) {
        return false;
    }
    for (size_t i = 0; i * MD5_LEN < len; i++) {
        size_t done = i * MD5_LEN;
        CryptoDevOperand label = {
            .data = labels + labels_len(i), .len = i + 1,
        };

        derive_block(md5, sha1, secret, label, seed);
        memcpy(output + done, gcry_md_read(md5, 0), MIN(MD5_LEN, len - done));
    }
    return true;
}

bool cryptodev_ssl3_derive(CryptoDevOperand secret, CryptoDevOperand labels,
                           CryptoDevOperand seed, uint8_t *output, size_t len)
{
    size_t rounds = DIV_ROUND_UP(len, MD5_LEN);
    uint8_t letters[ROUNDS_MAX * (ROUNDS_MAX + 1) / 2];

    if (labels.len) {
        return labels.len >= labels_len(rounds) &&
               derive(secret, labels.data, seed, output, len);
    }
    for (size_t i = 0; i < ROUNDS_MAX; i++) {
        memset(letters + labels_len(i), 'A' + i, i + 1);
    }
    return derive(secret, letters, seed, output, len);
}
