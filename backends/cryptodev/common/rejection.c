/*
 * The libgcrypt backend: what RSA reads where the padding is wrong
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "hmac.h"
#include "mask.h"
#include "rejection.h"
#include "../../cryptodev-gcrypt/rsa-key.h"

#define DIGEST_LEN 32

/* How many lengths there are to choose from, of two bytes each */
#define LENGTHS 128

/* What a message with the shortest padding lacks to the size of the modulus */
#define OVERHEAD 11

/* The key of what follows, from d and the ciphertext */
static bool make_key(gcry_mpi_t d, const uint8_t *block, size_t size,
                     uint8_t key[DIGEST_LEN])
{
    const CryptoDevOperand ciphertext = { block, size };
    uint8_t bytes[CRYPTODEV_RSA_SIZE_MAX];
    g_auto(gcry_md_hd_t) hash = cryptodev_hash_open(GCRY_MD_SHA256, 0);
    g_auto(gcry_md_hd_t) hmac = NULL;

    if (!hash || !cryptodev_integer_write(d, bytes, size)) {
        return false;
    }
    gcry_md_write(hash, bytes, size);
    cryptodev_wipe(bytes, size);
    hmac = cryptodev_hmac_open(GCRY_MD_SHA256,
                               (CryptoDevOperand) { gcry_md_read(hash, 0),
                                                    DIGEST_LEN });
    if (!hmac) {
        return false;
    }
    cryptodev_hmac_digest(hmac, &ciphertext, 1, key);
    return true;
}

/* The pseudorandom function: a counter, a label and the number of bits */
static void fill(gcry_md_hd_t hmac, const char *label, uint8_t *output,
                 size_t len)
{
    uint16_t bits = cpu_to_be16(len * 8);
    uint8_t digest[DIGEST_LEN];

    for (size_t done = 0; done < len; done += DIGEST_LEN) {
        uint16_t counter = cpu_to_be16(done / DIGEST_LEN);
        const CryptoDevOperand parts[] = {
            { (const uint8_t *)&counter, sizeof(counter) },
            { (const uint8_t *)label, strlen(label) },
            { (const uint8_t *)&bits, sizeof(bits) },
        };

        cryptodev_hmac_digest(hmac, parts, ARRAY_SIZE(parts), digest);
        memcpy(output + done, digest, MIN(len - done, DIGEST_LEN));
    }
    cryptodev_wipe(digest, sizeof(digest));
}

/* The last of many lengths, of as many bits as @limit has, that is below it */
static uint32_t choose_length(gcry_md_hd_t hmac, uint32_t limit)
{
    uint32_t mask = pow2ceil(limit + 1) - 1;
    uint8_t lengths[LENGTHS * 2];
    uint32_t len = 0;

    fill(hmac, "length", lengths, sizeof(lengths));
    for (int i = 0; i < LENGTHS; i++) {
        uint32_t other = lduw_be_p(lengths + 2 * i) & mask;

        len = cryptodev_mask_choose(cryptodev_mask_less(other, limit), other,
                                    len);
    }
    cryptodev_wipe(lengths, sizeof(lengths));
    return len;
}

bool cryptodev_rejection_make(gcry_mpi_t d, uint8_t *block, size_t size,
                              uint32_t *len)
{
    uint8_t key[DIGEST_LEN];
    g_auto(gcry_md_hd_t) hmac = NULL;

    if (make_key(d, block, size, key)) {
        hmac = cryptodev_hmac_open(GCRY_MD_SHA256,
                                   (CryptoDevOperand) { key, sizeof(key) });
    }
    cryptodev_wipe(key, sizeof(key));
    if (!hmac) {
        return false;
    }
    *len = choose_length(hmac, size - OVERHEAD + 1);
    fill(hmac, "message", block, size);
    return true;
}
