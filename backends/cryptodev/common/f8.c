/*
 * Cryptography backends: AES in F8 mode, RFC 3711, section 4.1.2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "f8.h"

#define BLOCK CRYPTODEV_F8_BLOCK
#define AES_KEY_MAX 32

/**
 * CryptoDevF8:
 * @cipher: AES with the key k_e, which chains the blocks of the key stream
 * @masked: AES with the key k_e XOR m, for initialization vectors
 * @iv: IV' of the RFC
 * @keystream: S(j), the current block of key stream
 * @input: what the last block of it came from
 * @used: bytes of @keystream that are used up
 * @counter: j, the number of the next block
 */
struct CryptoDevF8 {
    const CryptoDevPrimitives *primitives;
    CryptoDevBlockState *cipher;
    CryptoDevBlockState *masked;
    uint8_t iv[BLOCK];
    uint8_t keystream[BLOCK];
    uint8_t input[BLOCK];
    size_t used;
    uint64_t counter;
};

CryptoDevF8 *cryptodev_f8_new(const CryptoDevPrimitives *primitives,
                              const uint8_t *key, size_t key_len)
{
    CryptoDevF8 *f8 = g_new0(CryptoDevF8, 1);
    size_t half = key_len / 2;
    uint8_t masked_key[AES_KEY_MAX];

    assert(half <= sizeof(masked_key));
    for (size_t i = 0; i < half; i++) {
        masked_key[i] = key[i] ^ key[half + i];
    }
    f8->primitives = primitives;
    f8->cipher = primitives->block.open(primitives, CRYPTODEV_BLOCK_AES, key,
                                        half);
    f8->masked = primitives->block.open(primitives, CRYPTODEV_BLOCK_AES,
                                        masked_key, half);
    cryptodev_wipe(masked_key, sizeof(masked_key));
    if (!f8->cipher || !f8->masked) {
        cryptodev_f8_free(f8);
        return NULL;
    }
    return f8;
}

void cryptodev_f8_free(CryptoDevF8 *f8)
{
    if (f8) {
        f8->primitives->block.close(f8->cipher);
        f8->primitives->block.close(f8->masked);
        cryptodev_wipe(f8, sizeof(*f8));
        g_free(f8);
    }
}

bool cryptodev_f8_start(CryptoDevF8 *f8, const uint8_t iv[CRYPTODEV_F8_BLOCK])
{
    const CryptoDevPrimitives *primitives = f8->primitives;

    f8->used = BLOCK;
    f8->counter = 0;
    return primitives->block.start(f8->masked) &&
           primitives->block.chain(f8->masked, f8->iv, iv, BLOCK) &&
           primitives->block.start(f8->cipher);
}

/* S(j) = E(k_e, IV' XOR j XOR S(j - 1)), where S(-1) is zero: a chain */
static bool next_keystream(CryptoDevF8 *f8)
{
    uint8_t *low = f8->input + BLOCK - sizeof(f8->counter);

    memcpy(f8->input, f8->iv, BLOCK);
    stq_be_p(low, ldq_be_p(low) ^ f8->counter);
    f8->counter++;
    f8->used = 0;
    return f8->primitives->block.chain(f8->cipher, f8->keystream,
                                       f8->input, BLOCK);
}

bool cryptodev_f8_crypt(CryptoDevF8 *f8, uint8_t *dst, const uint8_t *src,
                        size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (f8->used == BLOCK && !next_keystream(f8)) {
            return false;
        }
        dst[i] = src[i] ^ f8->keystream[f8->used++];
    }
    return true;
}
