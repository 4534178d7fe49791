/*
 * An RSA key whose private operation takes long
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_SLOW_KEY_H
#define TESTS_VIRTIO_CRYPTO_SLOW_KEY_H

/*
 * A private key of 8192 bits without CRT parameters, a public key with the same
 * exponent, and the result of either for @cipher
 */
typedef struct SlowKey {
    GByteArray *der;
    GByteArray *public_der;
    GByteArray *cipher;
    GByteArray *plain;
} SlowKey;

SlowKey *slow_key_new(void);
void slow_key_free(SlowKey *key);

#endif
