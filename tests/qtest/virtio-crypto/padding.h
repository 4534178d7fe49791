/*
 * Encoded messages of PKCS #1 v1.5 with right and with wrong padding
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_PADDING_H
#define TESTS_VIRTIO_CRYPTO_PADDING_H

/* In hexadecimal, but for @fill, of which there are as many as there is room */
typedef struct Padding {
    const char *front;
    uint8_t fill;
    const char *back;
} Padding;

extern const Padding good_paddings[4];
/* What RFC 8017, section 7.2.2, step 3, has decryption refuse */
extern const Padding bad_paddings[8];

/* The encoded message of that size */
GByteArray *padding_make(const Padding *padding, size_t size);
/* The message of one that is good: what follows the first zero but one */
GByteArray *padding_message(const GByteArray *em);

#endif
