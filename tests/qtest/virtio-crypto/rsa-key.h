/*
 * One published RSA key with a signature
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_RSA_KEY_H
#define TESTS_VIRTIO_CRYPTO_RSA_KEY_H

/* Numbers in hexadecimal, big-endian; the signature is one with SHA-1 */
typedef struct PublishedKey {
    const char *n, *e, *d, *p, *q, *dp, *dq, *qinv;
    const char *message;
    const char *signature;
} PublishedKey;

extern const PublishedKey published_key;

#endif
