/*
 * Cryptography backends: MACs of chained blocks, CBC-MAC, XCBC and CMAC
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "cbcmac.h"

#define AES_BLOCK 16
#define DES_BLOCK 8
#define BLOCK_MAX CRYPTODEV_BLOCK_MAX

/* SP 800-38B, section 5.3: R of a cipher with blocks of 64 bits */
#define CMAC_R64 0x1b

/* The padding of XCBC and CMAC begins with a bit that is set. */
#define PADDING_ONE 0x80

/**
 * CryptoDevCbcMac:
 * @algo: which MAC
 * @cipher: the cipher, which chains blocks
 * @block: bytes in a block
 * @whole_mask: is added to a full last block
 * @cut_mask: is added to a padded last block
 * @chained: the block that @cipher returned last
 * @held: the last bytes so far, up to a block: they may be the end
 * @held_len: bytes in @held
 */
struct CryptoDevCbcMac {
    const CryptoDevPrimitives *primitives;
    CryptoDevMacAlgo algo;
    CryptoDevBlockState *cipher;
    size_t block;
    uint8_t whole_mask[BLOCK_MAX];
    uint8_t cut_mask[BLOCK_MAX];
    uint8_t chained[BLOCK_MAX];
    uint8_t held[BLOCK_MAX];
    size_t held_len;
};

static CryptoDevBlockAlgo find_cipher(CryptoDevMacAlgo algo)
{
    return algo == CRYPTODEV_MAC_CMAC_3DES ? CRYPTODEV_BLOCK_3DES
                                           : CRYPTODEV_BLOCK_AES;
}

bool cryptodev_cbcmac_has(const CryptoDevPrimitives *primitives,
                          CryptoDevMacAlgo algo)
{
    return primitives->block.has(primitives, find_cipher(algo));
}

static bool open_cipher(CryptoDevCbcMac *mac, const uint8_t *key,
                        size_t key_len)
{
    mac->primitives->block.close(mac->cipher);
    mac->cipher = mac->primitives->block.open(mac->primitives,
                                              find_cipher(mac->algo), key,
                                              key_len);
    return mac->cipher;
}

/* Add whole blocks to the chain. */
static bool chain(CryptoDevCbcMac *mac, const uint8_t *data, size_t len)
{
    return mac->primitives->block.chain(mac->cipher, mac->chained, data, len);
}

/* Encrypt one block by itself: a chain of one. */
static bool encrypt_block(CryptoDevCbcMac *mac, uint8_t *block)
{
    bool ok = mac->primitives->block.start(mac->cipher) &&
              chain(mac, block, mac->block);

    memcpy(block, mac->chained, mac->block);
    return ok;
}

/* RFC 3566, section 4: three keys are encryptions of constants. */
static bool derive_xcbc(CryptoDevCbcMac *mac)
{
    uint8_t key[AES_BLOCK];
    bool ok;

    memset(key, 1, sizeof(key));
    memset(mac->whole_mask, 2, sizeof(mac->whole_mask));
    memset(mac->cut_mask, 3, sizeof(mac->cut_mask));
    ok = encrypt_block(mac, key) && encrypt_block(mac, mac->whole_mask) &&
         encrypt_block(mac, mac->cut_mask) &&
         open_cipher(mac, key, sizeof(key));
    cryptodev_wipe(key, sizeof(key));
    return ok;
}

/* Multiply by x, without a branch or an index that depends on the secret. */
static void double_block(uint8_t dst[DES_BLOCK], const uint8_t src[DES_BLOCK])
{
    uint64_t value = ldq_be_p(src);

    stq_be_p(dst, value << 1 ^ (-(value >> 63) & CMAC_R64));
}

/* SP 800-38B, section 6.1: the masks are multiples of an encrypted zero. */
static bool derive_cmac(CryptoDevCbcMac *mac)
{
    uint8_t zero[DES_BLOCK] = { };
    bool ok = encrypt_block(mac, zero);

    double_block(mac->whole_mask, zero);
    double_block(mac->cut_mask, mac->whole_mask);
    cryptodev_wipe(zero, sizeof(zero));
    return ok;
}

static bool derive_keys(CryptoDevCbcMac *mac)
{
    switch (mac->algo) {
    case CRYPTODEV_MAC_XCBC_AES:
        return derive_xcbc(mac);
    case CRYPTODEV_MAC_CMAC_3DES:
        return derive_cmac(mac);
    default:
        return true;
    }
}

CryptoDevCbcMac *cryptodev_cbcmac_new(const CryptoDevPrimitives *primitives,
                                      CryptoDevMacAlgo algo,
                                      const uint8_t *key, size_t key_len)
{
    CryptoDevCbcMac *mac = g_new0(CryptoDevCbcMac, 1);

    mac->primitives = primitives;
    mac->algo = algo;
    mac->block = algo == CRYPTODEV_MAC_CMAC_3DES ? DES_BLOCK : AES_BLOCK;
    if (!open_cipher(mac, key, key_len) || !derive_keys(mac)) {
        cryptodev_cbcmac_free(mac);
        return NULL;
    }
    return mac;
}

void cryptodev_cbcmac_free(CryptoDevCbcMac *mac)
{
    if (mac) {
        mac->primitives->block.close(mac->cipher);
        cryptodev_wipe(mac, sizeof(*mac));
        g_free(mac);
    }
}

bool cryptodev_cbcmac_start(CryptoDevCbcMac *mac)
{
    mac->held_len = 0;
    return mac->primitives->block.start(mac->cipher);
}

bool cryptodev_cbcmac_update(CryptoDevCbcMac *mac, const uint8_t *data,
                             size_t len)
{
    bool ok = true;

    while (len && ok) {
        size_t used;

        if (mac->held_len == mac->block) {
            ok = chain(mac, mac->held, mac->block);
            mac->held_len = 0;
        }
        if (ok && !mac->held_len && len > mac->block) {
            used = (len - 1) / mac->block * mac->block;
            ok = chain(mac, data, used);
        } else {
            used = MIN(mac->block - mac->held_len, len);
            memcpy(mac->held + mac->held_len, data, used);
            mac->held_len += used;
        }
        data += used;
        len -= used;
    }
    return ok;
}

bool cryptodev_cbcmac_finish(CryptoDevCbcMac *mac,
                             uint8_t tag[CRYPTODEV_BLOCK_MAX])
{
    bool plain = mac->algo == CRYPTODEV_MAC_CBCMAC_AES;
    size_t missing = mac->block - mac->held_len;
    const uint8_t *mask = missing ? mac->cut_mask : mac->whole_mask;
    bool ok;

    memset(mac->held + mac->held_len, 0, missing);
    if (missing && !plain) {
        mac->held[mac->held_len] = PADDING_ONE;
    }
    for (size_t i = 0; i < mac->block; i++) {
        mac->held[i] ^= mask[i];
    }
    ok = chain(mac, mac->held, mac->block);
    memcpy(tag, mac->chained, mac->block);
    return ok;
}
