/*
 * The ipsec-mb backend: sessions whose operations are jobs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_SESSION_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_SESSION_H

#include "cost.h"
#include "manager.h"
#include "system/cryptodev.h"

/* Words of the expanded key of AES-256, FIPS 197, section 5.2 */
#define CRYPTODEV_MB_AES_WORDS 60

/**
 * CryptoDevMbKeys:
 * @encrypt: an expanded key of AES
 * @decrypt: the same for decryption
 *
 * What jobs of a session point to.  The library wants 16 bytes aligned.
 */
typedef struct CryptoDevMbKeys {
    uint32_t encrypt[CRYPTODEV_MB_AES_WORDS] QEMU_ALIGNED(16);
    uint32_t decrypt[CRYPTODEV_MB_AES_WORDS] QEMU_ALIGNED(16);
} CryptoDevMbKeys;

/**
 * CryptoDevMbSession:
 * @kind: the kind of its jobs
 * @job: what all its jobs have in common
 * @keys: what @job points to
 *
 * It does not change while the session lives.
 */
typedef struct CryptoDevMbSession {
    CryptoDevSession parent;
    CryptoDevMbKind kind;
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

/* The session of an operation */
static inline const CryptoDevMbSession *
cryptodev_mb_session(const CryptoDevOp *op)
{
    return container_of(op->session, CryptoDevMbSession, parent);
}

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_SESSION_H */
