/*
 * The field of 2^448 - 2^224 - 1 elements: RFC 7748, section 4.2
 *
 * It is that of the curves of X448 and Ed448.  libgcrypt computes in it, too,
 * but drops a carry now and then, up to version 1.12 at least.
 *
 * These functions run in constant time.  Elements can be secrets: wipe them by
 * cryptodev_wipe().
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_FIELD448_H
#define BACKENDS_CRYPTODEV_FIELD448_H

/* Bytes in an element */
#define CRYPTODEV_FIELD448_LEN 56

#define CRYPTODEV_FIELD448_LIMBS 16

/**
 * CryptoDevField448:
 * @limbs: the element, 28 bits in each from the least significant ones on; each
 *         is 2^28 at most, and all of it may be larger than the prime
 */
typedef struct CryptoDevField448 {
    uint32_t limbs[CRYPTODEV_FIELD448_LIMBS];
} CryptoDevField448;

/**
 * cryptodev_field448_read:
 * @data: a big-endian number, which need not be smaller than the prime
 *
 * Returns: the element that it stands for.
 */
CryptoDevField448
cryptodev_field448_read(const uint8_t data[CRYPTODEV_FIELD448_LEN]);

/**
 * cryptodev_field448_write:
 * @a: an element
 * @data: set to the big-endian number, smaller than the prime, that stands for
 *        it
 */
void cryptodev_field448_write(const CryptoDevField448 *a,
                              uint8_t data[CRYPTODEV_FIELD448_LEN]);

/**
 * cryptodev_field448_add:
 * @sum: set to @a + @b; it may be one of them
 * @a: an element
 * @b: an element
 */
void cryptodev_field448_add(CryptoDevField448 *sum, const CryptoDevField448 *a,
                            const CryptoDevField448 *b);

/**
 * cryptodev_field448_subtract:
 * @difference: set to @a - @b; it may be one of them
 * @a: an element
 * @b: an element
 */
void cryptodev_field448_subtract(CryptoDevField448 *difference,
                                 const CryptoDevField448 *a,
                                 const CryptoDevField448 *b);

/**
 * cryptodev_field448_multiply:
 * @product: set to @a times @b; it may be one of them
 * @a: an element
 * @b: an element
 */
void cryptodev_field448_multiply(CryptoDevField448 *product,
                                 const CryptoDevField448 *a,
                                 const CryptoDevField448 *b);

/**
 * cryptodev_field448_invert:
 * @inverse: set to 1 / @a, or to 0 if that is 0; it may be @a
 * @a: an element
 */
void cryptodev_field448_invert(CryptoDevField448 *inverse,
                               const CryptoDevField448 *a);

/**
 * cryptodev_field448_swap:
 * @a: an element
 * @b: an element
 * @swap: 1 to have them change places, 0 not to
 */
void cryptodev_field448_swap(CryptoDevField448 *a, CryptoDevField448 *b,
                             uint32_t swap);

#endif /* BACKENDS_CRYPTODEV_FIELD448_H */
