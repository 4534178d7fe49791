/*
 * The ipsec-mb backend: comparison of tags
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_TAG_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_TAG_H

/**
 * cryptodev_mb_is_same_tag:
 * @one: a tag
 * @other: another one
 * @len: bytes in both
 *
 * Returns: whether they are equal.  The time that this takes does not depend on
 * where they differ.
 */
static inline bool cryptodev_mb_is_same_tag(const uint8_t *one,
                                            const uint8_t *other, size_t len)
{
    uint8_t difference = 0;

    for (size_t i = 0; i < len; i++) {
        difference |= one[i] ^ other[i];
        /* The compiler must not see that it could stop. */
        asm volatile("" : "+r"(difference));
    }
    return !difference;
}

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_TAG_H */
