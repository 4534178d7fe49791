/*
 * Cryptography backends: hashes and message authentication codes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "digest.h"
#include "drivers.h"

typedef struct DigestSession {
    CryptoDevSession parent;
    CryptoDevDigest *digest;
} DigestSession;

static CryptoDevStatus create(CryptoDevBackend *backend, CryptoDevHashMode mode,
                              const CryptoDevSessionParams *params,
                              CryptoDevSession **parent)
{
    const CryptoDevPrimitives *primitives = cryptodev_primitives(backend);
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

static void destroy(CryptoDevSession *parent)
{
    DigestSession *session = container_of(parent, DigestSession, parent);

    cryptodev_digest_free(session->digest);
    g_free(session);
}

static void run(CryptoDevSession *parent, CryptoDevOp *op)
{
    DigestSession *session = container_of(parent, DigestSession, parent);
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

static bool hash_has(CryptoDevBackend *backend, uint32_t algo)
{
    return cryptodev_digest_has(cryptodev_primitives(backend),
                                CRYPTODEV_HASH_MODE_PLAIN, algo);
}

static CryptoDevStatus hash_create(CryptoDevBackend *backend,
                                   const CryptoDevSessionParams *params,
                                   CryptoDevSession **session)
{
    return create(backend,
                  params->digest.nested ? CRYPTODEV_HASH_MODE_NESTED
                                        : CRYPTODEV_HASH_MODE_PLAIN,
                  params, session);
}

static bool mac_has(CryptoDevBackend *backend, uint32_t algo)
{
    return cryptodev_digest_has(cryptodev_primitives(backend),
                                CRYPTODEV_HASH_MODE_AUTH, algo);
}

static CryptoDevStatus mac_create(CryptoDevBackend *backend,
                                  const CryptoDevSessionParams *params,
                                  CryptoDevSession **session)
{
    return create(backend, CRYPTODEV_HASH_MODE_AUTH, params, session);
}

const CryptoDevDriver cryptodev_common_hash = {
    .service = CRYPTODEV_SERVICE_HASH,
    .has = hash_has,
    .create = hash_create,
    .destroy = destroy,
    .run = run,
};

const CryptoDevDriver cryptodev_common_mac = {
    .service = CRYPTODEV_SERVICE_MAC,
    .has = mac_has,
    .create = mac_create,
    .destroy = destroy,
    .run = run,
};
