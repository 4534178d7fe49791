/*
 * The ipsec-mb backend: sessions whose operations are jobs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_SESSION_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_SESSION_H

#include "cost.h"
#include "manager.h"
#include "../cryptodev/common/primitives.h"

/* Words of the expanded key of AES-256, FIPS 197, section 5.2 */
#define CRYPTODEV_MB_AES_WORDS 60

/* Bytes of the state of a hash after one block; SHA-512's is the longest */
#define CRYPTODEV_MB_HASH_STATE 64

/**
 * CryptoDevMbKeys:
 * @encrypt: an expanded key of AES
 * @decrypt: the same for decryption
 * @hmac.inner: the hash of the inner padding, RFC 2104, and the key
 * @hmac.outer: the same with the outer padding
 * @cmac: K1 and K2, SP 800-38B
 * @chacha20: the key itself
 *
 * What jobs of a session point to.  The library wants 16 bytes aligned.
 */
typedef struct CryptoDevMbKeys {
    uint32_t encrypt[CRYPTODEV_MB_AES_WORDS] QEMU_ALIGNED(16);
    uint32_t decrypt[CRYPTODEV_MB_AES_WORDS] QEMU_ALIGNED(16);
    union {
        struct {
            uint8_t inner[CRYPTODEV_MB_HASH_STATE];
            uint8_t outer[CRYPTODEV_MB_HASH_STATE];
        } hmac QEMU_ALIGNED(16);
        uint8_t cmac[2][CRYPTODEV_BLOCK_MAX] QEMU_ALIGNED(16);
        uint8_t chacha20[IMB_KEY_256_BYTES] QEMU_ALIGNED(16);
    };
} CryptoDevMbKeys;

/**
 * CryptoDevMbSession:
 * @kind: the kind of its jobs
 * @shortest: bytes of the shortest text that can be worth a job
 * @job: what all its jobs have in common
 * @keys: what @job points to
 *
 * It does not change while the session lives.
 */
typedef struct CryptoDevMbSession {
    CryptoDevSession parent;
    CryptoDevMbKind kind;
    size_t shortest;
    IMB_JOB job;
    CryptoDevMbKeys keys;
} CryptoDevMbSession;

/**
 * cryptodev_mb_session_new:
 *
 * Returns: a session without an algorithm, for cryptodev_mb_session_free().
 */
CryptoDevMbSession *cryptodev_mb_session_new(void);

/**
 * cryptodev_mb_session_free:
 * @parent: a session of cryptodev_mb_session_new()
 *
 * Wipe and free it.
 */
void cryptodev_mb_session_free(CryptoDevSession *parent);

/**
 * cryptodev_mb_session_set_cipher:
 * @session: a session without a cipher
 * @manager: any manager
 * @params: a cipher that the library has
 *
 * Set the cipher of the session's jobs, and its kind.
 */
void cryptodev_mb_session_set_cipher(CryptoDevMbSession *session,
                                     const IMB_MGR *manager,
                                     const CryptoDevSessionParams *params);

/**
 * cryptodev_mb_session_set_aead:
 * @session: a session without an algorithm
 * @manager: any manager
 * @params: ChaCha20-Poly1305, or CCM with a key that is not of 24 bytes
 *
 * Set what the session's jobs are, and its kind.
 */
void cryptodev_mb_session_set_aead(CryptoDevMbSession *session,
                                   const IMB_MGR *manager,
                                   const CryptoDevSessionParams *params);

/* Set the additional data of a job of AEAD. */
void cryptodev_mb_session_set_aad(IMB_JOB *job, const uint8_t *aad,
                                  size_t aad_len);

/* The session of an operation */
static inline const CryptoDevMbSession *
cryptodev_mb_session(const CryptoDevOp *op)
{
    return container_of(op->session, CryptoDevMbSession, parent);
}

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_SESSION_H */
