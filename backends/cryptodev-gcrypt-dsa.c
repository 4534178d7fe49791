/*
 * The libgcrypt backend: DSA, FIPS 186-4
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cryptodev-gcrypt.h"
#include "cryptodev-gcrypt-dsa-key.h"

static const CryptoDevCapability dsa_capability = {
    .service = CRYPTODEV_SERVICE_AKCIPHER,
    .algo = CRYPTODEV_AKCIPHER_DSA,
    .name = "dsa",
    .key_min = CRYPTODEV_DSA_P_MIN,
    .key_max = CRYPTODEV_DSA_P_MAX,
    .key_step = 1,
    .iv_lens = BIT(0),
};

static void dsa_add_capabilities(GArray *capabilities)
{
    if (!gcry_pk_test_algo(GCRY_PK_DSA)) {
        g_array_append_val(capabilities, dsa_capability);
    }
}

static CryptoDevStatus dsa_create(const CryptoDevSessionParams *params,
                                  CryptoDevSession **parent)
{
    CryptoDevSignatureSession *session =
        g_new0(CryptoDevSignatureSession, 1);
    CryptoDevStatus status =
        cryptodev_dsa_key_init(&session->key, params->key, params->key_len,
                               params->akcipher.private_key);

    if (status != CRYPTODEV_OK) {
        cryptodev_signature_session_destroy(&session->parent);
        return status;
    }
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

const CryptoDevGcryptDriver cryptodev_gcrypt_dsa = {
    .takes_secure_memory = true,
    .add_capabilities = dsa_add_capabilities,
    .create = dsa_create,
    .destroy = cryptodev_signature_session_destroy,
    .run = cryptodev_signature_session_run,
};
