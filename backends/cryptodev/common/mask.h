/*
 * Cryptography backends: conditions without branches
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * For secrets: neither time nor access to memory depends on the numbers.  A
 * condition is a mask: all ones if it is true, 0 if it is false.
 */

#ifndef BACKENDS_CRYPTODEV_MASK_H
#define BACKENDS_CRYPTODEV_MASK_H

/*
 * The compiler must not know that a mask is one of two numbers, or it might
 * make a branch of it.
 */
static inline uint32_t cryptodev_mask_hide(uint32_t mask)
{
    asm("" : "+r"(mask));
    return mask;
}

/* Whether @a is less than @b */
static inline uint32_t cryptodev_mask_less(uint32_t a, uint32_t b)
{
    return cryptodev_mask_hide((uint32_t)(((uint64_t)a - b) >> 32));
}

/* Whether @number is 0 */
static inline uint32_t cryptodev_mask_zero(uint32_t number)
{
    return cryptodev_mask_less(number, 1);
}

/* One of two numbers */
static inline uint32_t cryptodev_mask_choose(uint32_t mask, uint32_t yes,
                                             uint32_t no)
{
    return (yes & mask) | (no & ~mask);
}

#endif /* BACKENDS_CRYPTODEV_MASK_H */
