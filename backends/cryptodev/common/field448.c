/*
 * The field of 2^448 - 2^224 - 1 elements: RFC 7748, section 4.2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "system/cryptodev.h"
#include "field448.h"

#define LIMBS CRYPTODEV_FIELD448_LIMBS
#define LIMB_BITS 28
#define LIMB_MASK ((1u << LIMB_BITS) - 1)

/* 2^448 is 2^224 + 1: a carry out of the limbs counts in two of them. */
#define FOLD (LIMBS / 2)

/* Two limbs have a whole number of bytes. */
#define PAIR_LEN (2 * LIMB_BITS / 8)

/* The limbs of the prime */
static uint32_t prime_limb(int i)
{
    return i == FOLD ? LIMB_MASK - 1 : LIMB_MASK;
}

/*
 * Carry from limb to limb, twice, and wipe the sums.  The first round's carry
 * over the end is below 2^36, the second one's is 0 or 1.
 */
static void carry(CryptoDevField448 *a, uint64_t sums[LIMBS])
{
    for (int round = 0; round < 2; round++) {
        uint64_t over = 0;

        for (int i = 0; i < LIMBS; i++) {
            sums[i] += over;
            over = sums[i] >> LIMB_BITS;
            sums[i] &= LIMB_MASK;
        }
        sums[0] += over;
        sums[FOLD] += over;
    }
    for (int i = 0; i < LIMBS; i++) {
        a->limbs[i] = sums[i];
    }
    cryptodev_wipe(sums, LIMBS * sizeof(sums[0]));
}

CryptoDevField448
cryptodev_field448_read(const uint8_t data[CRYPTODEV_FIELD448_LEN])
{
    CryptoDevField448 a;

    for (int i = 0; i < LIMBS; i += 2) {
        uint64_t pair = 0;

        for (int j = 0; j < PAIR_LEN; j++) {
            pair = pair << 8 | data[(LIMBS - 2 - i) / 2 * PAIR_LEN + j];
        }
        a.limbs[i] = pair & LIMB_MASK;
        a.limbs[i + 1] = pair >> LIMB_BITS;
    }
    return a;
}

/* Take the smallest number of those that stand for an element. */
static void reduce(CryptoDevField448 *a)
{
    uint64_t sums[LIMBS];
    CryptoDevField448 rest;
    uint32_t borrow = 0;

    /* Carry to where it ends, and all of it is less than twice the prime. */
    for (int i = 0; i < LIMBS; i++) {
        sums[i] = a->limbs[i];
    }
    carry(a, sums);
    for (int i = 0; i < LIMBS; i++) {
        uint32_t limb = a->limbs[i] - prime_limb(i) - borrow;

        rest.limbs[i] = limb & LIMB_MASK;
        borrow = limb >> 31;
    }
    cryptodev_field448_swap(a, &rest, 1 - borrow);
    cryptodev_wipe(&rest, sizeof(rest));
}

void cryptodev_field448_write(const CryptoDevField448 *a,
                              uint8_t data[CRYPTODEV_FIELD448_LEN])
{
    CryptoDevField448 least = *a;

    reduce(&least);
    for (int i = 0; i < LIMBS; i += 2) {
        uint64_t pair = (uint64_t)least.limbs[i + 1] << LIMB_BITS |
                        least.limbs[i];

        for (int j = PAIR_LEN - 1; j >= 0; j--) {
            data[(LIMBS - 2 - i) / 2 * PAIR_LEN + j] = pair;
            pair >>= 8;
        }
    }
    cryptodev_wipe(&least, sizeof(least));
}

void cryptodev_field448_add(CryptoDevField448 *sum, const CryptoDevField448 *a,
                            const CryptoDevField448 *b)
{
    uint64_t sums[LIMBS];

    for (int i = 0; i < LIMBS; i++) {
        sums[i] = (uint64_t)a->limbs[i] + b->limbs[i];
    }
    carry(sum, sums);
}

/* With the prime added twice no limb gets negative. */
void cryptodev_field448_subtract(CryptoDevField448 *difference,
                                 const CryptoDevField448 *a,
                                 const CryptoDevField448 *b)
{
    uint64_t sums[LIMBS];

    for (int i = 0; i < LIMBS; i++) {
        sums[i] = (uint64_t)a->limbs[i] + 2 * prime_limb(i) - b->limbs[i];
    }
    carry(difference, sums);
}

/*
 * A limb of the product is a sum of 16 products of 56 bits at most, and of 38
 * with those that are folded onto it: 62 bits hold it.
 */
void cryptodev_field448_multiply(CryptoDevField448 *product,
                                 const CryptoDevField448 *a,
                                 const CryptoDevField448 *b)
{
    uint64_t sums[2 * LIMBS] = { };

    for (int i = 0; i < LIMBS; i++) {
        for (int j = 0; j < LIMBS; j++) {
            sums[i + j] += (uint64_t)a->limbs[i] * b->limbs[j];
        }
    }
    for (int i = 2 * LIMBS - 1; i >= LIMBS; i--) {
        sums[i - LIMBS] += sums[i];
        sums[i - FOLD] += sums[i];
    }
    carry(product, sums);
    cryptodev_wipe(sums + LIMBS, LIMBS * sizeof(sums[0]));
}

/* a^(p - 2), whose exponent has all of 448 bits set but two */
void cryptodev_field448_invert(CryptoDevField448 *inverse,
                               const CryptoDevField448 *a)
{
    CryptoDevField448 power = { { 1 } };

    for (int bit = 447; bit >= 0; bit--) {
        cryptodev_field448_multiply(&power, &power, &power);
        if (bit != 224 && bit != 1) {
            cryptodev_field448_multiply(&power, &power, a);
        }
    }
    *inverse = power;
    cryptodev_wipe(&power, sizeof(power));
}

void cryptodev_field448_swap(CryptoDevField448 *a, CryptoDevField448 *b,
                             uint32_t swap)
{
    uint32_t mask = -swap;

    for (int i = 0; i < LIMBS; i++) {
        uint32_t change = (a->limbs[i] ^ b->limbs[i]) & mask;

        a->limbs[i] ^= change;
        b->limbs[i] ^= change;
    }
}
