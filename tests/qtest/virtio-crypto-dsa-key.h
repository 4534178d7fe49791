/*
 * DSA keys and their encodings
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_DSA_KEY_H
#define TESTS_VIRTIO_CRYPTO_DSA_KEY_H

/* Integers are big-endian and may have leading zeros */
typedef struct DSANumbers {
    GByteArray *p, *q, *g;
    GByteArray *y, *x;
} DSANumbers;

/* SubjectPublicKeyInfo of RFC 3279, section 2.3.2 */
GByteArray *dsa_public(const DSANumbers *key);
/* The sequence of the version, p, q, g, y and x */
GByteArray *dsa_private(uint8_t version, const DSANumbers *key);

#endif
