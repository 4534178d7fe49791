/*
 * DER encoding of RSA keys for the virtio-crypto tests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_DER_H
#define TESTS_VIRTIO_CRYPTO_DER_H

/* An RSA key; integers are big-endian and may have leading zeros */
typedef struct RSANumbers {
    GByteArray *n, *e;
    GByteArray *d, *p, *q, *dp, *dq, *qinv;
} RSANumbers;

/* Appends a tag, a length and @len bytes */
void der_append(GByteArray *der, uint8_t tag, const void *bytes, size_t len);
/* Appends an INTEGER of the shortest form for the unsigned @bytes */
void der_append_integer(GByteArray *der, const uint8_t *bytes, size_t len);

GByteArray *der_rsa_public(const RSANumbers *key);
GByteArray *der_rsa_private(const RSANumbers *key);
/* Bytes of the modulus without leading zeros */
size_t rsa_modulus_len(const RSANumbers *key);

#endif
