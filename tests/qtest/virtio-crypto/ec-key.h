/*
 * Elliptic curves and the encodings of their keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_EC_KEY_H
#define TESTS_VIRTIO_CRYPTO_EC_KEY_H

#define EC_CURVES   5

typedef struct ECCurve {
    /* As in NIST's files */
    const char *name;
    /* VIRTIO_CRYPTO_CURVE_* */
    uint32_t number;
    /* Bytes in a coordinate, and in a private key */
    size_t size;
    /* Hexadecimal content of the object identifier: RFC 5480, 2.1.1.1 */
    const char *oid;
} ECCurve;

extern const ECCurve ec_curves[EC_CURVES];

/*
 * RFC 6979, appendix A.2.5: a private key of P-256, SHA-256 of "sample", and
 * its signature, in hexadecimal
 */
extern const char p256_d[], p256_digest[], p256_r[], p256_s[];

/* The curve of that name, or NULL */
const ECCurve *ec_find_curve(const char *name);

/*
 * The uncompressed point of SEC 1; numbers are big-endian.  Short ones get
 * leading zeros, and numbers that are too long stay as they are.
 */
GByteArray *ec_point(const ECCurve *curve, const GByteArray *x,
                     const GByteArray *y);

/* ECPrivateKey of RFC 5915; parts that are NULL are left out */
GByteArray *ec_private(uint8_t version, const GByteArray *d,
                       const char *oid, const GByteArray *point);

#endif
