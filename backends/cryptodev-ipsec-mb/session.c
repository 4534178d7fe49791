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

static void set_aes(CryptoDevMbSession *session, const IMB_MGR *manager,
                    const uint8_t *key, size_t key_len)
{
    expand_key(&session->keys, manager, key, key_len);
    session->job.enc_keys = session->keys.encrypt;
    session->job.dec_keys = session->keys.decrypt;
    session->job.key_len_in_bytes = key_len;
}

void cryptodev_mb_session_set_cipher(CryptoDevMbSession *session,
                                     const IMB_MGR *manager,
                                     const CryptoDevSessionParams *params)
{
    IMB_JOB *job = &session->job;

    set_aes(session, manager, params->key, params->key_len);
    session->kind = cipher_kind(params);
    job->cipher_mode = params->algo == CRYPTODEV_CIPHER_AES_CTR
                       ? IMB_CIPHER_CNTR : IMB_CIPHER_CBC;
    job->cipher_direction = params->cipher.encrypt ? IMB_DIR_ENCRYPT
                                                   : IMB_DIR_DECRYPT;
    job->iv_len_in_bytes = CRYPTODEV_IV_MAX;
}

/* The MAC of CCM is that of the plaintext. */
static void set_ccm(CryptoDevMbSession *session, const IMB_MGR *manager,
                    const CryptoDevSessionParams *params)
{
    IMB_JOB *job = &session->job;

    set_aes(session, manager, params->key, params->key_len);
    session->kind = params->key_len == IMB_KEY_128_BYTES
                    ? CRYPTODEV_MB_CCM_128 : CRYPTODEV_MB_CCM_256;
    job->cipher_mode = IMB_CIPHER_CCM;
    job->hash_alg = IMB_AUTH_AES_CCM;
    job->chain_order = params->aead.encrypt ? IMB_ORDER_HASH_CIPHER
                                            : IMB_ORDER_CIPHER_HASH;
}

/* That of ChaCha20-Poly1305 is that of the ciphertext. */
static void set_chacha20(CryptoDevMbSession *session,
                         const CryptoDevSessionParams *params)
{
    IMB_JOB *job = &session->job;

    memcpy(session->keys.chacha20, params->key, params->key_len);
    session->kind = CRYPTODEV_MB_CHACHA20_POLY1305;
    job->enc_keys = session->keys.chacha20;
    job->dec_keys = session->keys.chacha20;
    job->key_len_in_bytes = params->key_len;
    job->cipher_mode = IMB_CIPHER_CHACHA20_POLY1305;
    job->hash_alg = IMB_AUTH_CHACHA20_POLY1305;
    job->chain_order = params->aead.encrypt ? IMB_ORDER_CIPHER_HASH
                                            : IMB_ORDER_HASH_CIPHER;
}

void cryptodev_mb_session_set_aead(CryptoDevMbSession *session,
                                   const IMB_MGR *manager,
                                   const CryptoDevSessionParams *params)
{
    if (params->algo == CRYPTODEV_AEAD_AES_CCM) {
        set_ccm(session, manager, params);
    } else {
        set_chacha20(session, params);
    }
    session->job.cipher_direction = params->aead.encrypt ? IMB_DIR_ENCRYPT
                                                         : IMB_DIR_DECRYPT;
    session->job.auth_tag_output_len_in_bytes = params->aead.tag_len;
}

void cryptodev_mb_session_set_aad(IMB_JOB *job, const uint8_t *aad,
                                  size_t aad_len)
{
    if (job->cipher_mode == IMB_CIPHER_CCM) {
        job->u.CCM.aad = aad;
        job->u.CCM.aad_len_in_bytes = aad_len;
    } else {
        job->u.CHACHA20_POLY1305.aad = aad;
        job->u.CHACHA20_POLY1305.aad_len_in_bytes = aad_len;
    }
}
