/*
 * Checks of signatures that consist of two integers, those of DSA and ECDSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_SIGNATURE_H
#define TESTS_VIRTIO_CRYPTO_SIGNATURE_H

#include <nettle/dsa.h>
#include "libqos/virtio-crypto-driver.h"

/* The longest signature, and the longest digest */
#define SIGNATURE_MAX   139
#define DIGEST_MAX      64

/* A key in the device, and in another library */
typedef struct SignatureKey {
    QVirtioCryptoDriver *d;
    uint64_t private, public;
    /* The order of the group, and how many bits it has */
    mpz_t order;
    size_t bits;
    void *reference;
    bool (*verify)(void *reference, const uint8_t *digest, size_t len,
                   const struct dsa_signature *signature);
    void (*sign)(void *reference, GRand *rand, const uint8_t *digest,
                 size_t len, struct dsa_signature *signature);
} SignatureKey;

/* DER of two big-endian numbers */
GByteArray *signature_der(const GByteArray *r, const GByteArray *s);
/* The numbers of a signature, whose encoding must be the only one */
void signature_decode(const GByteArray *der, struct dsa_signature *signature);
/* An op that verifies; @both gets its source, and must outlive it */
QVirtioCryptoOp signature_verify_op(uint64_t id, const GByteArray *signature,
                                    const uint8_t *digest, size_t len,
                                    GByteArray *both);
/* The same, done: the status */
uint8_t signature_verify(QVirtioCryptoDriver *d, uint64_t id,
                         const GByteArray *signature, const uint8_t *digest,
                         size_t len);
/*
 * Whether a key can verify.  The first operation makes the expensive checks of
 * a key; if the key is invalid, all its operations fail.
 */
bool signature_key_works(QVirtioCryptoDriver *d, uint64_t id);
/* Compare the signature of a digest with known numbers, all hexadecimal. */
void signature_check_known(QVirtioCryptoDriver *d, uint64_t id,
                           const char *digest, const char *r, const char *s);
/* The status of signing, and the signature if it is OK */
uint8_t signature_try_sign(QVirtioCryptoDriver *d, uint64_t id,
                           const uint8_t *digest, size_t len, size_t room,
                           GByteArray **signature);

/* For nettle; @context is a GRand */
void signature_random(void *context, size_t len, uint8_t *bytes);

/* Digests of all lengths, signed by either library for the other */
void signature_check_digests(const SignatureKey *key);
/* Signatures that are not strict DER, or whose numbers are out of range */
void signature_check_encodings(const SignatureKey *key);
/* Operations that the key does not allow, and wrong lengths */
void signature_check_errors(const SignatureKey *key);
/* Garbage, and good signatures with random changes */
void signature_check_garbage(const SignatureKey *key, unsigned int rounds);

#endif
