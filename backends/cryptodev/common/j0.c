/*
 * Cryptography backends: GCM from a pre-counter block on, SP 800-38D
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Libraries have no call for that, but make the pre-counter block J0 of any
 * initialization vector that is not 12 bytes long: section 7.1.  For one of 16
 * bytes,
 *
 *     J0 = GHASH(IV || 0^64 || [128]_64) = ((IV * H) + L) * H
 *
 * in GF(2^128), where H is the hash subkey and L the block that holds the
 * length, 128 bits.  It has one solution: IV = ((J0 / H) + L) / H.
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "j0.h"

#define FIELD_BITS 128

/* x^128 = 1 + x + x^2 + x^7, the field's polynomial */
#define REDUCTION (0xe1ull << 56)

static const CryptoDevGcmElement one = { .high = 1ull << 63 };
static const CryptoDevGcmElement iv_bits = { .low = 128 };

static CryptoDevGcmElement add(CryptoDevGcmElement a, CryptoDevGcmElement b)
{
    return (CryptoDevGcmElement) { a.high ^ b.high, a.low ^ b.low };
}

static CryptoDevGcmElement multiply_by_x(CryptoDevGcmElement a)
{
    uint64_t carry = -(a.low & 1);

    return (CryptoDevGcmElement) {
        .high = a.high >> 1 ^ (carry & REDUCTION),
        .low = a.low >> 1 | a.high << 63,
    };
}

/* Neither branches nor addresses depend on the secret operands. */
static CryptoDevGcmElement multiply(CryptoDevGcmElement a,
                                    CryptoDevGcmElement b)
{
    CryptoDevGcmElement product = { };

    for (int i = 0; i < FIELD_BITS; i++) {
        uint64_t mask = -(a.high >> 63);

        product.high ^= b.high & mask;
        product.low ^= b.low & mask;
        a.high = a.high << 1 | a.low >> 63;
        a.low <<= 1;
        b = multiply_by_x(b);
    }
    return product;
}

/* a^(2^128 - 2): the product of a^(2^i) for i from 1 to 127 */
static void invert(CryptoDevGcmElement *inverse, const CryptoDevGcmElement *a)
{
    CryptoDevGcmElement power = *a;

    *inverse = one;
    for (int i = 1; i < FIELD_BITS; i++) {
        power = multiply(power, power);
        *inverse = multiply(*inverse, power);
    }
    cryptodev_wipe(&power, sizeof(power));
}

/* The hash subkey is an encrypted zero. */
static bool make_subkey(uint8_t block[CRYPTODEV_GCM_BLOCK],
                        const CryptoDevPrimitives *primitives,
                        const uint8_t *key, size_t key_len)
{
    CryptoDevBlockState *cipher = primitives->block.open(primitives,
                                                         CRYPTODEV_BLOCK_AES,
                                                         key, key_len);
    bool ok;

    if (!cipher) {
        return false;
    }
    memset(block, 0, CRYPTODEV_GCM_BLOCK);
    ok = primitives->block.start(cipher) &&
         primitives->block.chain(cipher, block, block, CRYPTODEV_GCM_BLOCK);
    primitives->block.close(cipher);
    return ok;
}

bool cryptodev_j0_init(CryptoDevGcmElement *inverse,
                       const CryptoDevPrimitives *primitives,
                       const uint8_t *key, size_t key_len)
{
    uint8_t block[CRYPTODEV_GCM_BLOCK];
    CryptoDevGcmElement subkey;
    bool ok = make_subkey(block, primitives, key, key_len);

    if (ok) {
        subkey.high = ldq_be_p(block);
        subkey.low = ldq_be_p(block + 8);
        invert(inverse, &subkey);
        cryptodev_wipe(&subkey, sizeof(subkey));
    }
    cryptodev_wipe(block, sizeof(block));

    /* One key in 2^128 has H = 0, with which GCM authenticates nothing. */
    return ok && (inverse->high | inverse->low);
}

void cryptodev_j0_to_iv(const CryptoDevGcmElement *inverse,
                        const uint8_t j0[CRYPTODEV_GCM_BLOCK],
                        uint8_t iv[CRYPTODEV_GCM_BLOCK])
{
    CryptoDevGcmElement element = { ldq_be_p(j0), ldq_be_p(j0 + 8) };

    element = add(multiply(element, *inverse), iv_bits);
    element = multiply(element, *inverse);
    stq_be_p(iv, element.high);
    stq_be_p(iv + 8, element.low);
    cryptodev_wipe(&element, sizeof(element));
}
