/*
 * The libgcrypt backend: sessions that compute digests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "digest.h"
#include "digest-session.h"

typedef struct DigestSession {
    CryptoDevSession parent;
    CryptoDevGcryptDigest *digest;
} DigestSession;

CryptoDevStatus
cryptodev_gcrypt_digest_session_create(CryptoDevHashMode mode,
                                       const CryptoDevSessionParams *params,
                                       CryptoDevSession **parent)
{
    CryptoDevGcryptDigest *digest =
        cryptodev_gcrypt_digest_new(mode, params->algo, params->key,
                                    params->key_len);
    DigestSession *session;

    if (!digest) {
        return CRYPTODEV_ERR;
    }
    session = g_new0(DigestSession, 1);
    session->digest = digest;
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

void cryptodev_gcrypt_digest_session_destroy(CryptoDevSession *parent)
{
    DigestSession *session = container_of(parent, DigestSession, parent);

    cryptodev_gcrypt_digest_free(session->digest);
    g_free(session);
}

void cryptodev_gcrypt_digest_session_run(CryptoDevOp *op)
{
    DigestSession *session =
        container_of(op->session, DigestSession, parent);
    CryptoDevGcryptDigestState *state =
        cryptodev_gcrypt_digest_start(session->digest);

    op->status = CRYPTODEV_ERR;
    if (!state) {
        return;
    }
    cryptodev_gcrypt_digest_update(state, op->src);
    if (cryptodev_gcrypt_digest_finish(session->digest, state, op->digest)) {
        op->status = CRYPTODEV_OK;
        op->result_len = op->digest.len;
    }
}
