/*
 * The ipsec-mb backend: sessions whose operations are jobs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/memalign.h"
#include "session.h"

CryptoDevMbSession *cryptodev_mb_session_new(void)
{
    CryptoDevMbSession *session =
        qemu_memalign(CRYPTODEV_MB_ALIGN, sizeof(*session));

    memset(session, 0, sizeof(*session));
    session->job = (IMB_JOB) {
        .cipher_mode = IMB_CIPHER_NULL,
        .cipher_direction = IMB_DIR_ENCRYPT,
        .hash_alg = IMB_AUTH_NULL,
        .chain_order = IMB_ORDER_CIPHER_HASH,
    };
    return session;
}

void cryptodev_mb_session_free(CryptoDevSession *parent)
{
    CryptoDevMbSession *session =
        container_of(parent, CryptoDevMbSession, parent);

    cryptodev_wipe(session, sizeof(*session));
    qemu_vfree(session);
}

static void expand_key(CryptoDevMbKeys *keys, const IMB_MGR *manager,
                       const uint8_t *key, size_t key_len)
{
    switch (key_len) {
    case IMB_KEY_128_BYTES:
        IMB_AES_KEYEXP_128(manager, key, keys->encrypt, keys->decrypt);
        break;
    case IMB_KEY_192_BYTES:
        IMB_AES_KEYEXP_192(manager, key, keys->encrypt, keys->decrypt);
        break;
    default:
        IMB_AES_KEYEXP_256(manager, key, keys->encrypt, keys->decrypt);
        break;
    }
}

static CryptoDevMbKind cipher_kind(const CryptoDevSessionParams *params)
{
    if (params->algo == CRYPTODEV_CIPHER_AES_CTR) {
        return CRYPTODEV_MB_CTR;
    }
    if (!params->cipher.encrypt) {
        return CRYPTODEV_MB_CBC_DECRYPT;
    }
    return CRYPTODEV_MB_CBC_128 + (params->key_len - IMB_KEY_128_BYTES) / 8;
}

void cryptodev_mb_session_set_cipher(CryptoDevMbSession *session,
                                     const IMB_MGR *manager,
                                     const CryptoDevSessionParams *params)
{
    IMB_JOB *job = &session->job;

    expand_key(&session->keys, manager, params->key, params->key_len);
    session->kind = cipher_kind(params);
    job->cipher_mode = params->algo == CRYPTODEV_CIPHER_AES_CTR
                       ? IMB_CIPHER_CNTR : IMB_CIPHER_CBC;
    job->cipher_direction = params->cipher.encrypt ? IMB_DIR_ENCRYPT
                                                   : IMB_DIR_DECRYPT;
    job->enc_keys = session->keys.encrypt;
    job->dec_keys = session->keys.decrypt;
    job->key_len_in_bytes = params->key_len;
    job->iv_len_in_bytes = CRYPTODEV_IV_MAX;
}
