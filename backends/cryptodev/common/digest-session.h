/*
 * The libgcrypt backend: sessions that compute digests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_DIGEST_SESSION_H
#define BACKENDS_CRYPTODEV_DIGEST_SESSION_H

#include "system/cryptodev.h"

/**
 * cryptodev_gcrypt_digest_session_create:
 * @mode: not CRYPTODEV_HASH_MODE_NONE
 * @params: as for CryptoDevBackendClass's @create_session
 * @session: likewise
 *
 * Returns: likewise.
 */
CryptoDevStatus
cryptodev_gcrypt_digest_session_create(CryptoDevHashMode mode,
                                       const CryptoDevSessionParams *params,
                                       CryptoDevSession **session);

/**
 * cryptodev_gcrypt_digest_session_destroy:
 * @session: a session that cryptodev_gcrypt_digest_session_create() made
 */
void cryptodev_gcrypt_digest_session_destroy(CryptoDevSession *session);

/**
 * cryptodev_gcrypt_digest_session_run:
 * @op: an operation on such a session, as for CryptoDevGcryptDriver's @run
 */
void cryptodev_gcrypt_digest_session_run(CryptoDevOp *op);

#endif /* BACKENDS_CRYPTODEV_DIGEST_SESSION_H */
