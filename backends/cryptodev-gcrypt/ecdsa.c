/*
 * The libgcrypt backend: ECDSA, FIPS 186-5
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "ecdsa-key.h"
#include "../cryptodev/common/late.h"

typedef struct EcdsaSession {
    CryptoDevSession parent;
    CryptoDevLateCheck check;
    CryptoDevEcdsaKey key;
} EcdsaSession;

static bool ecdsa_has(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_AKCIPHER_ECDSA &&
           cryptodev_gcrypt_has_secure_memory(backend, algo) &&
           !gcry_pk_test_algo(GCRY_PK_ECC);
}

static void ecdsa_destroy(CryptoDevSession *parent)
{
    EcdsaSession *session = container_of(parent, EcdsaSession, parent);

    cryptodev_ecdsa_key_destroy(&session->key);
    cryptodev_late_check_destroy(&session->check);
    g_free(session);
}

static CryptoDevStatus ecdsa_create(CryptoDevBackend *backend,
                                    const CryptoDevSessionParams *params,
                                    CryptoDevSession **parent)
{
    EcdsaSession *session = g_new0(EcdsaSession, 1);

    *parent = &session->parent;
    cryptodev_late_check_init(&session->check);
    return cryptodev_ecdsa_key_init(&session->key, params->akcipher.curve,
                                    params->key, params->key_len,
                                    params->akcipher.private_key);
}

static bool check_key(void *opaque)
{
    return cryptodev_ecdsa_key_check(opaque);
}

static void ecdsa_run(CryptoDevOp *op)
{
    EcdsaSession *session = container_of(op->session, EcdsaSession, parent);
    g_autoptr(CryptoDevGcryptCurve) curve =
        cryptodev_curve_open(session->key.curve);

    if (curve &&
        cryptodev_late_check(&session->check, check_key, &session->key)) {
        CryptoDevSignGroup group = cryptodev_ecdsa_group(curve);

        cryptodev_signature_run(&session->key.signature, &group, op);
    } else {
        op->status = CRYPTODEV_ERR;
    }
}

const CryptoDevDriver cryptodev_gcrypt_ecdsa = {
    .service = CRYPTODEV_SERVICE_AKCIPHER,
    .has = ecdsa_has,
    .create = ecdsa_create,
    .destroy = ecdsa_destroy,
    .run = ecdsa_run,
};
