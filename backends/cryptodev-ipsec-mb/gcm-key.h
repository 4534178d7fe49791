/*
 * The ipsec-mb backend: keys of GCM, and what they do to a text
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_GCM_KEY_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_GCM_KEY_H

#include "../cryptodev/common/primitives.h"
#include "manager.h"

/* Bytes of the vector that the library begins at: the usual one */
#define CRYPTODEV_MB_GCM_IV 12

/* Bytes of the whole tag, of which others are the beginning */
#define CRYPTODEV_MB_GCM_TAG 16

/**
 * CryptoDevMbGcmKey:
 * @data: the expanded key, and powers of the hash subkey; the library's own
 *        header does not align it in every program
 * @key_len: bytes in the key
 * @encrypt: whether it encrypts or decrypts
 *
 * It does not change while it is in use, so many threads can use it at once.
 */
typedef struct CryptoDevMbGcmKey {
    struct gcm_key_data data QEMU_ALIGNED(CRYPTODEV_MB_ALIGN);
    size_t key_len;
    bool encrypt;
} CryptoDevMbGcmKey;

/**
 * cryptodev_mb_gcm_key_init:
 * @key: what to set up, aligned to CRYPTODEV_MB_ALIGN; who has it wipes it
 * @manager: any manager
 * @params: GCM
 */
void cryptodev_mb_gcm_key_init(CryptoDevMbGcmKey *key, const IMB_MGR *manager,
                               const CryptoDevSessionParams *params);

/**
 * cryptodev_mb_gcm_crypt:
 * @key: a key
 * @manager: any manager
 * @iv: CRYPTODEV_MB_GCM_IV bytes
 * @aad: additional data
 * @aad_len: bytes in @aad
 * @dst: where the text goes: may be @src, but does not overlap it otherwise
 * @src: the text
 * @len: bytes in both
 * @tag: set to what the tag must be, CRYPTODEV_MB_GCM_TAG bytes
 *
 * Encrypt a text, or decrypt it without a look at its tag.
 */
void cryptodev_mb_gcm_crypt(const CryptoDevMbGcmKey *key,
                            const IMB_MGR *manager, const uint8_t *iv,
                            const uint8_t *aad, size_t aad_len, uint8_t *dst,
                            const uint8_t *src, size_t len, uint8_t *tag);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_GCM_KEY_H */
