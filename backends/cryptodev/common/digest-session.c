/*
 * Cryptography backends: sessions of a digest
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "digest.h"
#include "digest-session.h"

typedef struct DigestSession {
    CryptoDevSession parent;
    CryptoDevDigest *digest;
} DigestSession;

CryptoDevStatus
cryptodev_digest_session_create(const CryptoDevPrimitives *primitives,
                                CryptoDevHashMode mode,
                                const CryptoDevSessionParams *params,
                                CryptoDevSession **parent)
{
    DigestSession *session;
    CryptoDevDigest *digest;

    if (!cryptodev_digest_has(primitives, mode, params->algo)) {
        return CRYPTODEV_NOTSUPP;
    }
    digest = cryptodev_digest_new(primitives, mode, params->algo, params->key,
                                  params->key_len);
    if (!digest) {
        return CRYPTODEV_ERR;
    }
    session = g_new0(DigestSession, 1);
    session->digest = digest;
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

void cryptodev_digest_session_destroy(CryptoDevSession *parent)
{
    DigestSession *session = container_of(parent, DigestSession, parent);

    cryptodev_digest_free(session->digest);
    g_free(session);
}

void cryptodev_digest_session_run(CryptoDevOp *op)
{
    DigestSession *session =
        container_of(op->session, DigestSession, parent);
    CryptoDevDigestState *state = cryptodev_digest_start(session->digest);

    op->status = CRYPTODEV_ERR;
    if (!state) {
        return;
    }
    cryptodev_digest_update(state, op->src);
    if (cryptodev_digest_finish(session->digest, state, op->digest)) {
        op->status = CRYPTODEV_OK;
        op->result_len = op->digest.len;
    }
}
