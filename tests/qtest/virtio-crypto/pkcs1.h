/*
 * Reader of RSA Laboratories' PKCS #1 v1.5 test vectors
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_PKCS1_H
#define TESTS_VIRTIO_CRYPTO_PKCS1_H

#include "der.h"

/* A message and its signature, or its encryption */
typedef struct Pkcs1Case {
    GByteArray *message;
    GByteArray *result;
} Pkcs1Case;

typedef struct Pkcs1Key {
    RSANumbers numbers;
    /* Array of Pkcs1Case */
    GPtrArray *cases;
} Pkcs1Key;

/* Reads a file into an array of Pkcs1Key; a missing file is an error */
GPtrArray *pkcs1_read(const char *path);

#endif
