/*
 * The libgcrypt backend: ECDSA, FIPS 186-5
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cryptodev-gcrypt.h"
#include "cryptodev-gcrypt-ecdsa-key.h"

static const CryptoDevCapability ecdsa_capability = {
    .service = CRYPTODEV_SERVICE_AKCIPHER,
    .algo = CRYPTODEV_AKCIPHER_ECDSA,
    .name = "ecdsa",
    .key_min = 192,
    .key_max = 521,
    .key_step = 1,
    .iv_lens = BIT(0),
};

static void ecdsa_add_capabilities(GArray *capabilities)
{
    if (!gcry_pk_test_algo(GCRY_PK_ECC)) {
        g_array_append_val(capabilities, ecdsa_capability);
    }
}

static CryptoDevStatus ecdsa_create(const CryptoDevSessionParams *params,
                                    CryptoDevSession **parent)
{
    CryptoDevSignatureSession *session =
        g_new0(CryptoDevSignatureSession, 1);
    CryptoDevStatus status =
        cryptodev_ecdsa_key_init(&session->key, params->akcipher.curve,
                                 params->key, params->key_len,
                                 params->akcipher.private_key);

    if (status != CRYPTODEV_OK) {
        cryptodev_signature_session_destroy(&session->parent);
        return status;
    }
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

const CryptoDevGcryptDriver cryptodev_gcrypt_ecdsa = {
    .takes_secure_memory = true,
    .add_capabilities = ecdsa_add_capabilities,
    .create = ecdsa_create,
    .destroy = cryptodev_signature_session_destroy,
    .run = cryptodev_signature_session_run,
};
