/*
 * The ipsec-mb backend: known answers of another library
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_SELF_TEST_REFERENCE_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_SELF_TEST_REFERENCE_H

#include "../cryptodev/common/primitives.h"

/* The longest text, and the most additional data, which is CCM's limit */
#define CRYPTODEV_MB_TEST_LEN 2048
#define CRYPTODEV_MB_TEST_AAD 46

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
 * @iv_len: AEAD: bytes of @iv that are the nonce
 * @aad_len: AEAD: bytes of @aad that there are
 * @iv: initialization vector, nonce or counter; as long as the algorithm's
 * @aad: additional data of AEAD
 * @src: plaintext or ciphertext, or what is to be hashed
 * @result: what ipsec-mb makes of it
 * @right: what the other library makes of it
 * @ended: whether its job has ended
 */
typedef struct CryptoDevMbText {
    size_t len;
    size_t iv_len;
    size_t aad_len;
    uint8_t iv[CRYPTODEV_IV_MAX];
    uint8_t aad[CRYPTODEV_MB_TEST_AAD];
    uint8_t src[CRYPTODEV_MB_TEST_LEN];
    CryptoDevMbResult result;
    CryptoDevMbResult right;
    bool ended;
} CryptoDevMbText;

/**
 * cryptodev_mb_reference:
 * @reference: primitives of another library
 * @params: a session
 * @text: a text; its @right is set.  To decrypt with AEAD, its @src becomes a
 *        ciphertext.
 *
 * Returns: false if that library cannot compute it.
 */
bool cryptodev_mb_reference(const CryptoDevPrimitives *reference,
                            const CryptoDevSessionParams *params,
                            CryptoDevMbText *text);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_SELF_TEST_REFERENCE_H */
