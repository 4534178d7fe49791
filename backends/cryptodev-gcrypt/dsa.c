/*
 * The libgcrypt backend: DSA, FIPS 186-4
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "dsa-key.h"
#include "../cryptodev/common/late.h"

typedef struct DsaSession {
    CryptoDevSession parent;
    CryptoDevLateCheck check;
    CryptoDevDsaKey key;
} DsaSession;

static bool dsa_has(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_AKCIPHER_DSA &&
           cryptodev_gcrypt_has_secure_memory(backend, algo) &&
           !gcry_pk_test_algo(GCRY_PK_DSA);
}

static void dsa_destroy(CryptoDevSession *parent)
{
    DsaSession *session = container_of(parent, DsaSession, parent);

    cryptodev_dsa_key_destroy(&session->key);
    cryptodev_late_check_destroy(&session->check);
    g_free(session);
}

static CryptoDevStatus dsa_create(CryptoDevBackend *backend,
                                  const CryptoDevSessionParams *params,
                                  CryptoDevSession **parent)
{
    DsaSession *session = g_new0(DsaSession, 1);

    *parent = &session->parent;
    cryptodev_late_check_init(&session->check);
    return cryptodev_dsa_key_init(&session->key, params->key, params->key_len,
                                  params->akcipher.private_key);
}

static bool check_key(void *opaque)
{
    return cryptodev_dsa_key_check(opaque);
}

static void dsa_run(CryptoDevOp *op)
{
    DsaSession *session = container_of(op->session, DsaSession, parent);
    CryptoDevSignGroup group = cryptodev_dsa_key_group(&session->key);

    if (cryptodev_late_check(&session->check, check_key, &session->key)) {
        cryptodev_signature_run(&session->key.signature, &group, op);
    } else {
        op->status = CRYPTODEV_ERR;
    }
}

const CryptoDevDriver cryptodev_gcrypt_dsa = {
    .service = CRYPTODEV_SERVICE_AKCIPHER,
    .has = dsa_has,
    .create = dsa_create,
    .destroy = dsa_destroy,
    .run = dsa_run,
};
