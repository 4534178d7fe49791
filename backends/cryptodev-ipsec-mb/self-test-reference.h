/*
 * The ipsec-mb backend: known answers of another library
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_SELF_TEST_REFERENCE_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_SELF_TEST_REFERENCE_H

#include "../cryptodev/common/primitives.h"

#define CRYPTODEV_MB_TEST_LEN 512
#define CRYPTODEV_MB_TEST_AAD 20

/* Bytes behind a result that must stay as they are */
#define CRYPTODEV_MB_TEST_BEHIND 16

/**
 * CryptoDevMbResult:
 * @text: ciphertext or plaintext
 * @tag: digest or tag
 *
 * What an operation on a text computes.  All else is as it was before.
 */
typedef struct CryptoDevMbResult {
    uint8_t text[CRYPTODEV_MB_TEST_LEN + CRYPTODEV_MB_TEST_BEHIND];
    uint8_t tag[CRYPTODEV_DIGEST_MAX + CRYPTODEV_MB_TEST_BEHIND];
} CryptoDevMbResult;

/**
 * CryptoDevMbText:
 * @len: bytes of @src that there are
 * @iv: initialization vector, nonce or counter; as long as the algorithm's
 * @aad: additional data of AEAD
 * @src: plaintext or ciphertext, or what is to be hashed
 * @result: what ipsec-mb makes of it
 * @right: what the other library makes of it
 * @ended: whether its job has ended
 */
typedef struct CryptoDevMbText {
    size_t len;
    uint8_t iv[CRYPTODEV_IV_MAX];
    uint8_t aad[CRYPTODEV_MB_TEST_AAD];
    uint8_t src[CRYPTODEV_MB_TEST_LEN];
    CryptoDevMbResult result;
    CryptoDevMbResult right;
    bool ended;
} CryptoDevMbText;

/* How many bytes of a text's @iv go with AEAD */
#define CRYPTODEV_MB_TEST_NONCE 12

/**
 * cryptodev_mb_reference:
 * @reference: primitives of another library
 * @params: a session
 * @text: a text; its @right is set
 *
 * Returns: false if that library cannot compute it.
 */
bool cryptodev_mb_reference(const CryptoDevPrimitives *reference,
                            const CryptoDevSessionParams *params,
                            CryptoDevMbText *text);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_SELF_TEST_REFERENCE_H */
