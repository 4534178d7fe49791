/*
 * Cryptography backends: the mechanism of HMAC_DRBG, SP 800-90A, 10.1.2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hash.h"
#include "hmac-drbg.h"

/* The most parts of the data to mix in */
#define PARTS_MAX 2

static bool open_key(const CryptoDevHmacDrbg *drbg, CryptoDevHash *hmac)
{
    return cryptodev_hmac_open(hmac, drbg->primitives, drbg->hash,
                               (CryptoDevOperand) {
                                   .data = drbg->key, .len = drbg->len,
                               });
}

/* V = HMAC(Key, V) */
static void step_v(CryptoDevHmacDrbg *drbg, CryptoDevHash *hmac)
{
    CryptoDevOperand v = { .data = drbg->v, .len = drbg->len };

    cryptodev_hash_digest(hmac, &v, 1, drbg->v);
}

/* Key = HMAC(Key, V || separator || data), and the next V */
static bool mix(CryptoDevHmacDrbg *drbg, uint8_t separator,
                const CryptoDevOperand *data, size_t n)
{
    CryptoDevOperand parts[2 + PARTS_MAX] = {
        { .data = drbg->v, .len = drbg->len },
        { .data = &separator, .len = sizeof(separator) },
    };
    g_auto(CryptoDevHash) hmac = { };
    g_auto(CryptoDevHash) next = { };

    if (!open_key(drbg, &hmac)) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        parts[2 + i] = data[i];
    }
    cryptodev_hash_digest(&hmac, parts, 2 + n, drbg->key);
    if (!open_key(drbg, &next)) {
        return false;
    }
    step_v(drbg, &next);
    return !hmac.failed && !next.failed;
}

bool cryptodev_hmac_drbg_update(CryptoDevHmacDrbg *drbg,
                                const CryptoDevOperand *data, size_t n)
{
    bool any = false;

    g_assert(n <= PARTS_MAX);
    for (size_t i = 0; i < n; i++) {
        any |= data[i].len > 0;
    }
    return mix(drbg, 0, data, n) && (!any || mix(drbg, 1, data, n));
}

bool cryptodev_hmac_drbg_init(CryptoDevHmacDrbg *drbg,
                              const CryptoDevPrimitives *primitives,
                              CryptoDevHashAlgo hash,
                              const CryptoDevOperand *seed, size_t n)
{
    drbg->primitives = primitives;
    drbg->hash = hash;
    drbg->len = cryptodev_hash_len(hash);
    memset(drbg->key, 0, sizeof(drbg->key));
    memset(drbg->v, 1, sizeof(drbg->v));
    return cryptodev_hmac_drbg_update(drbg, seed, n);
}

bool cryptodev_hmac_drbg_generate(CryptoDevHmacDrbg *drbg,
                                  CryptoDevOperand additional,
                                  uint8_t *output, size_t len)
{
    g_auto(CryptoDevHash) hmac = { };

    if (additional.len && !cryptodev_hmac_drbg_update(drbg, &additional, 1)) {
        return false;
    }
    if (!open_key(drbg, &hmac)) {
        return false;
    }
    while (len) {
        size_t now = MIN(len, drbg->len);

        step_v(drbg, &hmac);
        memcpy(output, drbg->v, now);
        output += now;
        len -= now;
    }
    return !hmac.failed && cryptodev_hmac_drbg_update(drbg, &additional, 1);
}
