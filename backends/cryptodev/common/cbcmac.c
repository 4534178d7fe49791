/*
 * MACs that chain the blocks of a cipher: CBC-MAC, XCBC and CMAC
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "cbcmac.h"
#include "../../cryptodev-gcrypt/handle.h"

#define AES_BLOCK 16
#define DES_BLOCK 8
#define BLOCK_MAX CRYPTODEV_CBCMAC_BLOCK_MAX

/* SP 800-38B, section 5.3: R of a cipher with blocks of 64 bits */
#define CMAC_R64 0x1b

/* The first bit of what XCBC and CMAC fill the last block up with is one. */
#define PADDING_ONE 0x80

/**
 * CryptoDevCbcMac:
 * @algo: which MAC
 * @hd: the cipher in CBC mode, which returns the last block alone
 * @block: bytes in a block
 * @whole_mask: what is added to a last block that is full
 * @cut_mask: what is added to a last block that was filled up
 * @chained: the block that @hd returned last
 * @held: the last bytes so far, up to a block: they may be the end
 * @held_len: bytes in @held
 */
struct CryptoDevCbcMac {
    CryptoDevMacAlgo algo;
    gcry_cipher_hd_t hd;
    size_t block;
    uint8_t whole_mask[BLOCK_MAX];
    uint8_t cut_mask[BLOCK_MAX];
    uint8_t chained[BLOCK_MAX];
    uint8_t held[BLOCK_MAX];
    size_t held_len;
};

/* Add whole blocks to the chain. */
static gcry_error_t chain(CryptoDevCbcMac *mac, const uint8_t *data,
                          size_t len)
{
    return gcry_cipher_encrypt(mac->hd, mac->chained, mac->block, data, len);
}

/* Encrypt one block by itself: a chain of one. */
static gcry_error_t encrypt_block(CryptoDevCbcMac *mac, uint8_t *block)
{
    gcry_error_t err = gcry_cipher_reset(mac->hd);

    if (!err) {
        err = chain(mac, block, mac->block);
    }
    memcpy(block, mac->chained, mac->block);
    return err;
}

/* RFC 3566, section 4: three keys are encryptions of constants. */
static gcry_error_t derive_xcbc(CryptoDevCbcMac *mac)
{
    uint8_t key[AES_BLOCK];
    gcry_error_t err;

    memset(key, 1, sizeof(key));
    memset(mac->whole_mask, 2, sizeof(mac->whole_mask));
    memset(mac->cut_mask, 3, sizeof(mac->cut_mask));
    err = encrypt_block(mac, key);
    if (!err) {
        err = encrypt_block(mac, mac->whole_mask);
    }
    if (!err) {
        err = encrypt_block(mac, mac->cut_mask);
    }
    if (!err) {
        err = gcry_cipher_setkey(mac->hd, key, sizeof(key));
    }
    cryptodev_wipe(key, sizeof(key));
    return err;
}

/* Multiply by x, without a branch or an index that depends on the secret. */
static void double_block(uint8_t dst[DES_BLOCK], const uint8_t src[DES_BLOCK])
{
    uint64_t value = ldq_be_p(src);

    stq_be_p(dst, value << 1 ^ (-(value >> 63) & CMAC_R64));
}

/* SP 800-38B, section 6.1: the masks are multiples of an encrypted zero. */
static gcry_error_t derive_cmac(CryptoDevCbcMac *mac)
{
    uint8_t zero[DES_BLOCK] = { };
    gcry_error_t err = encrypt_block(mac, zero);

    double_block(mac->whole_mask, zero);
    double_block(mac->cut_mask, mac->whole_mask);
    cryptodev_wipe(zero, sizeof(zero));
    return err;
}

static gcry_error_t derive_keys(CryptoDevCbcMac *mac)
{
    switch (mac->algo) {
    case CRYPTODEV_MAC_XCBC_AES:
        return derive_xcbc(mac);
    case CRYPTODEV_MAC_CMAC_3DES:
        return derive_cmac(mac);
    default:
        return 0;
    }
}

CryptoDevCbcMac *cryptodev_cbcmac_new(CryptoDevMacAlgo algo,
                                      const uint8_t *key, size_t key_len)
{
    CryptoDevCbcMac *mac = g_new0(CryptoDevCbcMac, 1);
    bool des = algo == CRYPTODEV_MAC_CMAC_3DES;

    mac->algo = algo;
    mac->block = des ? DES_BLOCK : AES_BLOCK;
    mac->hd = cryptodev_gcrypt_open(des ? GCRY_CIPHER_3DES
                                        : GCRY_CIPHER_AES128,
                                    GCRY_CIPHER_MODE_CBC, GCRY_CIPHER_CBC_MAC,
                                    key, key_len);
    if (!mac->hd || derive_keys(mac)) {
        cryptodev_cbcmac_free(mac);
        return NULL;
    }
    return mac;
}

void cryptodev_cbcmac_free(CryptoDevCbcMac *mac)
{
    if (mac) {
        gcry_cipher_close(mac->hd);
        cryptodev_wipe(mac, sizeof(*mac));
        g_free(mac);
    }
}

gcry_error_t cryptodev_cbcmac_start(CryptoDevCbcMac *mac)
{
    mac->held_len = 0;
    return gcry_cipher_reset(mac->hd);
}

gcry_error_t cryptodev_cbcmac_update(CryptoDevCbcMac *mac,
                                     const uint8_t *data, size_t len)
{
    gcry_error_t err = 0;

    while (len && !err) {
        size_t used;

        if (mac->held_len == mac->block) {
            err = chain(mac, mac->held, mac->block);
            mac->held_len = 0;
        }
        if (!err && !mac->held_len && len > mac->block) {
            used = (len - 1) / mac->block * mac->block;
            err = chain(mac, data, used);
        } else {
            used = MIN(mac->block - mac->held_len, len);
            memcpy(mac->held + mac->held_len, data, used);
            mac->held_len += used;
        }
        data += used;
        len -= used;
    }
    return err;
}

gcry_error_t
cryptodev_cbcmac_finish(CryptoDevCbcMac *mac,
                        uint8_t tag[CRYPTODEV_CBCMAC_BLOCK_MAX])
{
    bool plain = mac->algo == CRYPTODEV_MAC_CBCMAC_AES;
    size_t missing = mac->block - mac->held_len;
    const uint8_t *mask = missing ? mac->cut_mask : mac->whole_mask;
    gcry_error_t err;

    memset(mac->held + mac->held_len, 0, missing);
    if (missing && !plain) {
        mac->held[mac->held_len] = PADDING_ONE;
    }
    for (size_t i = 0; i < mac->block; i++) {
        mac->held[i] ^= mask[i];
    }
    err = chain(mac, mac->held, mac->block);
    memcpy(tag, mac->chained, mac->block);
    return err;
}
