/*
 * Cryptography backends: the mechanism of HMAC_DRBG, SP 800-90A, 10.1.2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hmac-drbg.h"

/* The most parts of the data to mix in */
#define PARTS_MAX 2

/* V = HMAC(Key, V) */
static void step_v(CryptoDevHmacDrbg *drbg)
{
    CryptoDevOperand v = { .data = drbg->v, .len = drbg->hmac.len };

    cryptodev_hash_digest(&drbg->hmac, &v, 1, drbg->v);
}

/* Key = HMAC(Key, V || separator || data), and the next V */
static void mix(CryptoDevHmacDrbg *drbg, uint8_t separator,
                const CryptoDevOperand *data, size_t n)
{
    uint8_t key[CRYPTODEV_DIGEST_MAX];
    CryptoDevOperand parts[2 + PARTS_MAX] = {
        { .data = drbg->v, .len = drbg->hmac.len },
        { .data = &separator, .len = sizeof(separator) },
    };

    for (size_t i = 0; i < n; i++) {
        parts[2 + i] = data[i];
    }
    cryptodev_hash_digest(&drbg->hmac, parts, 2 + n, key);
    cryptodev_hmac_set_key(&drbg->hmac, (CryptoDevOperand) {
                               .data = key, .len = drbg->hmac.len,
                           });
    cryptodev_wipe(key, sizeof(key));
    step_v(drbg);
}

bool cryptodev_hmac_drbg_update(CryptoDevHmacDrbg *drbg,
                                const CryptoDevOperand *data, size_t n)
{
    bool any = false;

    g_assert(n <= PARTS_MAX);
    for (size_t i = 0; i < n; i++) {
        any |= data[i].len > 0;
    }
    mix(drbg, 0, data, n);
    if (any) {
        mix(drbg, 1, data, n);
    }
    return !drbg->hmac.failed;
}

bool cryptodev_hmac_drbg_init(CryptoDevHmacDrbg *drbg,
                              const CryptoDevPrimitives *primitives,
                              CryptoDevHashAlgo hash,
                              const CryptoDevOperand *seed, size_t n)
{
    static const uint8_t zeros[CRYPTODEV_DIGEST_MAX];

    memset(drbg->v, 1, sizeof(drbg->v));
    return cryptodev_hmac_open(&drbg->hmac, primitives, hash,
                               (CryptoDevOperand) {
                                   .data = zeros,
                                   .len = cryptodev_hash_len(hash),
                               }) &&
           cryptodev_hmac_drbg_update(drbg, seed, n);
}

void cryptodev_hmac_drbg_clear(CryptoDevHmacDrbg *drbg)
{
    cryptodev_hash_close(&drbg->hmac);
    cryptodev_wipe(drbg->v, sizeof(drbg->v));
}

bool cryptodev_hmac_drbg_fill(CryptoDevHmacDrbg *drbg, uint8_t *output,
                              size_t len)
{
    while (len && !drbg->hmac.failed) {
        size_t now = MIN(len, drbg->hmac.len);

        step_v(drbg);
        memcpy(output, drbg->v, now);
        output += now;
        len -= now;
    }
    return !drbg->hmac.failed;
}

bool cryptodev_hmac_drbg_generate(CryptoDevHmacDrbg *drbg,
                                  CryptoDevOperand additional,
                                  uint8_t *output, size_t len)
{
    return (!additional.len ||
            cryptodev_hmac_drbg_update(drbg, &additional, 1)) &&
           cryptodev_hmac_drbg_fill(drbg, output, len) &&
           cryptodev_hmac_drbg_update(drbg, &additional, 1);
}
