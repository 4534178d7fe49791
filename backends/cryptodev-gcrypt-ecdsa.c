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

/*
 * In FIPS mode, libgcrypt 1.11 signs nothing that it did not hash itself.  To
 * try it sets up its random number generator, and every handle that is opened
 * from then on adds to its entropy, by system calls.
 */
static bool signs_digests(void)
{
    static const uint8_t der[] = { 0x30, 6, 0x02, 1, 1, 0x04, 1, 1 };
    uint8_t digest = 1, signature[80];
    const struct iovec iov[] = {
        { .iov_base = &digest, .iov_len = sizeof(digest) },
        { .iov_base = signature, .iov_len = sizeof(signature) },
    };
    CryptoDevOp op = { .type = CRYPTODEV_OP_SIGN, .status = CRYPTODEV_ERR };
    CryptoDevSignatureKey key;

    cryptodev_buf_init(&op.src, &iov[0], 1, 0, sizeof(digest));
    cryptodev_buf_init(&op.dst, &iov[1], 1, 0, sizeof(signature));
    if (cryptodev_ecdsa_key_init(&key, CRYPTODEV_CURVE_P256, der, sizeof(der),
                                 true) == CRYPTODEV_OK) {
        cryptodev_signature_run(&key, &op);
    }
    cryptodev_signature_key_destroy(&key);
    return op.status == CRYPTODEV_OK;
}

static void ecdsa_add_capabilities(GArray *capabilities)
{
    if (!gcry_pk_test_algo(GCRY_PK_ECC) &&
        (!gcry_fips_mode_active() || signs_digests())) {
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
    .add_capabilities = ecdsa_add_capabilities,
    .create = ecdsa_create,
    .destroy = cryptodev_signature_session_destroy,
    .run = cryptodev_signature_session_run,
};
