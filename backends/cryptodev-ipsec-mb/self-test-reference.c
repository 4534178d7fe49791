/*
 * The ipsec-mb backend: known answers of another library
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "self-test-reference.h"

static bool encipher(const CryptoDevPrimitives *reference,
                     const CryptoDevSessionParams *params,
                     CryptoDevMbText *text)
{
    bool encrypt = params->cipher.encrypt;
    CryptoDevCipherState *state =
        reference->cipher.open(reference, params->algo, encrypt, params->key,
                               params->key_len);
    bool ok = state &&
              reference->cipher.start(state, params->algo, text->iv,
                                      sizeof(text->iv)) &&
              reference->cipher.crypt(state, encrypt, text->right.text,
                                      text->src, text->len);

    reference->cipher.close(state);
    return ok;
}

static bool compute_mac(const CryptoDevPrimitives *reference,
                        CryptoDevMacAlgo algo, const uint8_t *key,
                        size_t key_len, const uint8_t *data, size_t len,
                        uint8_t *tag, size_t tag_len)
{
    CryptoDevMacState *state = reference->mac.open(reference, algo, key,
                                                   key_len);
    uint8_t whole[CRYPTODEV_DIGEST_MAX];
    bool ok = state && reference->mac.start(state, NULL, 0) &&
              reference->mac.update(state, data, len) &&
              reference->mac.finish(state, whole);

    reference->mac.close(state);
    if (ok) {
        memcpy(tag, whole, tag_len);
    }
    return ok;
}

static bool compute_hash(const CryptoDevPrimitives *reference,
                         const CryptoDevSessionParams *params,
                         CryptoDevMbText *text)
{
    CryptoDevHashState *state = reference->hash.open(reference, params->algo,
                                                     false);
    bool ok;

    if (!state) {
        return false;
    }
    reference->hash.start(state);
    reference->hash.update(state, text->src, text->len);
    ok = reference->hash.finish(state, text->right.tag, params->digest.len);
    reference->hash.close(state);
    return ok;
}

static bool compute_chain(const CryptoDevPrimitives *reference,
                          const CryptoDevSessionParams *params,
                          CryptoDevMbText *text)
{
    const CryptoDevChainParams *chain = &params->cipher.chain;

    return encipher(reference, params, text) &&
           compute_mac(reference, chain->algo, chain->key, chain->key_len,
                       chain->cipher_first ? text->right.text : text->src,
                       text->len, text->right.tag, chain->digest_len);
}

/* To decrypt, let the source be a ciphertext of which the result is known. */
static bool seal(const CryptoDevPrimitives *reference,
                 const CryptoDevSessionParams *params, CryptoDevMbText *text)
{
    const CryptoDevAead aead = {
        .algo = params->algo,
        .encrypt = true,
        .tag_len = params->aead.tag_len,
        .key = params->key,
        .key_len = params->key_len,
    };
    CryptoDevAeadState *state = reference->aead.open(reference, &aead);
    bool ok = state &&
              reference->aead.start(state, &aead, text->iv, text->iv_len,
                                    text->aad_len, text->len) &&
              (!text->aad_len ||
               reference->aead.add(state, text->aad, text->aad_len)) &&
              reference->aead.encrypt(state, text->right.text, text->src,
                                      text->len) &&
              reference->aead.finish(state, &aead, text->right.tag);

    reference->aead.close(state);
    if (ok && !params->aead.encrypt) {
        for (size_t i = 0; i < text->len; i++) {
            uint8_t plain = text->src[i];

            text->src[i] = text->right.text[i];
            text->right.text[i] = plain;
        }
    }
    return ok;
}

bool cryptodev_mb_reference(const CryptoDevPrimitives *reference,
                            const CryptoDevSessionParams *params,
                            CryptoDevMbText *text)
{
    switch (params->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        return params->cipher.chain.mode == CRYPTODEV_HASH_MODE_NONE
               ? encipher(reference, params, text)
               : compute_chain(reference, params, text);
    case CRYPTODEV_SERVICE_HASH:
        return compute_hash(reference, params, text);
    case CRYPTODEV_SERVICE_MAC:
        return compute_mac(reference, params->algo, params->key,
                           params->key_len, text->src, text->len,
                           text->right.tag, params->digest.len);
    default:
        return seal(reference, params, text);
    }
}
