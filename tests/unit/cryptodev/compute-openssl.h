/*
 * OpenSSL's numbers and hashes, for tests of computations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_COMPUTE_OPENSSL_H
#define TESTS_CRYPTODEV_COMPUTE_OPENSSL_H

#include <openssl/bn.h>
#include <openssl/evp.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(BIGNUM, BN_clear_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(BN_CTX, BN_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EVP_PKEY_CTX, EVP_PKEY_CTX_free)

/* Hexadecimal text to a number, and back to whole bytes */
BIGNUM *bn_read(const char *hex);
char *bn_hex(const BIGNUM *bn);
/* Decimal text to hexadecimal text */
char *bn_convert(const char *decimal);
/* A random number of that many bits, with the highest bit set */
BIGNUM *bn_random(int bits);
/*
 * Numbers of at most as many bits as @p that are likely to expose errors in
 * arithmetic modulo @p: near powers of two and near @p, with words of 64 bits
 * or runs of words of 28 bits that are all ones or all zeros
 */
GPtrArray *bn_special(const BIGNUM *p);
/* The hash, by OpenSSL's name, of bytes in hexadecimal text */
char *digest_hex(const char *hash, const char *hex);
/* A key made of parameters by name and number, up to NULL */
EVP_PKEY *pkey_new(const char *type, int selection, const char *group, ...)
    G_GNUC_NULL_TERMINATED;
/* A number that a key has */
char *pkey_number(EVP_PKEY *key, const char *name);
/* A signature of DSA or ECDSA in DER, as its two numbers, and back */
void signature_split(const uint8_t *der, size_t len, char **r, char **s);
GByteArray *signature_join(const char *r, const char *s);
/* Whether OpenSSL accepts a signature of a digest */
bool pkey_verifies(EVP_PKEY *key, const char *digest, const char *r,
                   const char *s);
/* OpenSSL's signature of a digest */
void pkey_sign(EVP_PKEY *key, const char *digest, char **r, char **s);

#endif
