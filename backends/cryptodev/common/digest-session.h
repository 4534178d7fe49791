/*
 * Cryptography backends: sessions of a digest
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_DIGEST_SESSION_H
#define BACKENDS_CRYPTODEV_DIGEST_SESSION_H

#include "primitives.h"

/**
 * cryptodev_digest_session_create:
 * @primitives: what computes digests
 * @mode: not CRYPTODEV_HASH_MODE_NONE
 * @params: as for CryptoDevBackendClass's @create_session
 * @session: likewise
 *
 * Returns: likewise.
 */
CryptoDevStatus
cryptodev_digest_session_create(const CryptoDevPrimitives *primitives,
                                CryptoDevHashMode mode,
                                const CryptoDevSessionParams *params,
                                CryptoDevSession **session);

/**
 * cryptodev_digest_session_destroy:
 * @session: a session that cryptodev_digest_session_create() made, and that
 *           nobody uses
 *
 * Wipe its key, and free it.
 */
void cryptodev_digest_session_destroy(CryptoDevSession *session);

/**
 * cryptodev_digest_session_run:
 * @op: an operation on such a session that cryptodev_backend_run() has checked,
 *      to complete
 */
void cryptodev_digest_session_run(CryptoDevOp *op);

#endif /* BACKENDS_CRYPTODEV_DIGEST_SESSION_H */
