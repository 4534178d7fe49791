/*
 * The libgcrypt backend: HKDF, RFC 5869
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "key-derivation.h"
#include "hmac.h"

#define BLOCKS_MAX 255

static const uint8_t tls13_prefix[] = { 't', 'l', 's', '1', '3', ' ' };

bool cryptodev_hkdf_extract(int hash, CryptoDevOperand salt,
                            CryptoDevOperand material, uint8_t *output)
{
    static const uint8_t zeros[CRYPTODEV_DIGEST_MAX];
    g_auto(gcry_md_hd_t) hmac = NULL;

    if (!salt.len) {
        salt = (CryptoDevOperand) { zeros, gcry_md_get_algo_dlen(hash) };
    }
    hmac = cryptodev_hmac_open(hash, salt);
    if (!hmac) {
        return false;
    }
    cryptodev_hmac_digest(hmac, &material, 1, output);
    return true;
}

/* The parts are T(i - 1), the information, and the number i. */
static void expand(gcry_md_hd_t hmac, CryptoDevOperand info, size_t digest_len,
                   uint8_t *output, size_t len)
{
    uint8_t t[CRYPTODEV_DIGEST_MAX];
    uint8_t number = 0;
    CryptoDevOperand parts[] = { { t, 0 }, info, { &number, 1 } };

    while (len) {
        size_t now = MIN(len, digest_len);

        number++;
        cryptodev_hmac_digest(hmac, parts, ARRAY_SIZE(parts), t);
        parts[0].len = digest_len;
        memcpy(output, t, now);
        output += now;
        len -= now;
    }
    cryptodev_wipe(t, sizeof(t));
}

bool cryptodev_hkdf_expand(int hash, CryptoDevOperand key,
                           CryptoDevOperand info, uint8_t *output, size_t len)
{
    size_t digest_len = gcry_md_get_algo_dlen(hash);
    g_auto(gcry_md_hd_t) hmac = NULL;

    if (len > BLOCKS_MAX * digest_len) {
        return false;
    }
    hmac = cryptodev_hmac_open(hash, key);
    if (!hmac) {
        return false;
    }
    expand(hmac, info, digest_len, output, len);
    return true;
}

static uint8_t *put(uint8_t *place, const uint8_t *data, size_t len)
{
    if (len) {
        memcpy(place, data, len);
    }
    return place + len;
}

bool cryptodev_hkdf_expand_label(int hash, CryptoDevOperand secret,
                                 CryptoDevOperand label,
                                 CryptoDevOperand context, uint8_t *output,
                                 size_t len)
{
    /* The structure HkdfLabel */
    uint8_t info[2 + 1 + UINT8_MAX + 1 + UINT8_MAX];
    uint8_t *end = info;

    *end++ = len >> 8;
    *end++ = len;
    *end++ = sizeof(tls13_prefix) + label.len;
    end = put(end, tls13_prefix, sizeof(tls13_prefix));
    end = put(end, label.data, label.len);
    *end++ = context.len;
    end = put(end, context.data, context.len);
    return cryptodev_hkdf_expand(hash, secret,
                                 (CryptoDevOperand) { info, end - info },
                                 output, len);
}
