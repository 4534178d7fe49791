/*
 * The ipsec-mb backend: keys of GCM, and what they do to a text
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "gcm-key.h"

void cryptodev_mb_gcm_key_init(CryptoDevMbGcmKey *key, const IMB_MGR *manager,
                               const CryptoDevSessionParams *params)
{
    key->key_len = params->key_len;
    key->encrypt = params->aead.encrypt;
    switch (params->key_len) {
    case IMB_KEY_128_BYTES:
        IMB_AES128_GCM_PRE(manager, params->key, &key->data);
        break;
    case IMB_KEY_192_BYTES:
        IMB_AES192_GCM_PRE(manager, params->key, &key->data);
        break;
    default:
        IMB_AES256_GCM_PRE(manager, params->key, &key->data);
        break;
    }
}

static aes_gcm_enc_dec_t choose_function(const CryptoDevMbGcmKey *key,
                                         const IMB_MGR *manager)
{
    switch (key->key_len) {
    case IMB_KEY_128_BYTES:
        return key->encrypt ? manager->gcm128_enc : manager->gcm128_dec;
    case IMB_KEY_192_BYTES:
        return key->encrypt ? manager->gcm192_enc : manager->gcm192_dec;
    default:
        return key->encrypt ? manager->gcm256_enc : manager->gcm256_dec;
    }
}

void cryptodev_mb_gcm_crypt(const CryptoDevMbGcmKey *key,
                            const IMB_MGR *manager, const uint8_t *iv,
                            const uint8_t *aad, size_t aad_len, uint8_t *dst,
                            const uint8_t *src, size_t len, uint8_t *tag)
{
    struct gcm_context_data context;

    choose_function(key, manager)(&key->data, &context, dst, src, len, iv, aad,
                                  aad_len, tag, CRYPTODEV_MB_GCM_TAG);
    cryptodev_wipe(&context, sizeof(context));
}
