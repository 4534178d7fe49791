/*
 * Cryptography backends: the per-message secrets of DSA and ECDSA, RFC 6979
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/host-utils.h"
#include "mask.h"
#include "nonce.h"

/* @difference = @a - @b modulo 256^@len; whether @a is less, as a mask */
static uint32_t subtract(uint8_t *difference, const uint8_t *a,
                         const uint8_t *b, size_t len)
{
    uint32_t borrow = 0;

    for (size_t i = len; i-- > 0;) {
        uint32_t digit = (uint32_t)a[i] - b[i] - borrow;

        difference[i] = digit;
        borrow = digit >> 31;
    }
    return ~cryptodev_mask_zero(borrow);
}

void cryptodev_nonce_reduce(uint8_t *rest, const uint8_t *z, const uint8_t *q,
                            size_t len)
{
    uint32_t less = subtract(rest, z, q, len);

    for (size_t i = 0; i < len; i++) {
        rest[i] = cryptodev_mask_choose(less, z[i], rest[i]);
    }
}

CryptoDevHashAlgo cryptodev_nonce_hash(size_t digest_len)
{
    static const CryptoDevHashAlgo hashes[] = {
        CRYPTODEV_HASH_SHA1, CRYPTODEV_HASH_SHA224, CRYPTODEV_HASH_SHA256,
        CRYPTODEV_HASH_SHA384,
    };

    for (size_t i = 0; i < ARRAY_SIZE(hashes); i++) {
        if (cryptodev_hash_len(hashes[i]) == digest_len) {
            return hashes[i];
        }
    }
    return CRYPTODEV_HASH_SHA512;
}

bool cryptodev_nonce_init(CryptoDevNonce *nonce,
                          const CryptoDevPrimitives *primitives,
                          CryptoDevHashAlgo hash, CryptoDevOperand q,
                          const uint8_t *x, const uint8_t *z)
{
    uint8_t bytes[2 * CRYPTODEV_ORDER_MAX];
    CryptoDevOperand seed = { .data = bytes, .len = 2 * q.len };
    bool ok;

    assert(q.len && q.len <= CRYPTODEV_ORDER_MAX && q.data[0]);
    nonce->used = false;
    nonce->len = q.len;
    memcpy(nonce->q, q.data, q.len);
    memcpy(bytes, x, q.len);
    cryptodev_nonce_reduce(bytes + q.len, z, q.data, q.len);
    ok = cryptodev_hmac_drbg_init(&nonce->drbg, primitives, hash, &seed, 1);
    cryptodev_wipe(bytes, sizeof(bytes));
    return ok;
}

/* Keep as many of the leftmost bits as the order has: section 2.3.2. */
static void cut(uint8_t *k, const uint8_t *q, size_t len)
{
    unsigned int shift = clz32(q[0]) - 24;

    for (size_t i = len; i-- > 0;) {
        uint32_t above = i ? k[i - 1] : 0;

        k[i] = (above << 8 | k[i]) >> shift;
    }
}

bool cryptodev_nonce_is_between(const uint8_t *k, const uint8_t *q, size_t len)
{
    uint8_t difference[CRYPTODEV_ORDER_MAX];
    uint32_t less = subtract(difference, k, q, len);
    uint32_t bits = 0;

    for (size_t i = 0; i < len; i++) {
        bits |= k[i];
    }
    cryptodev_wipe(difference, sizeof(difference));
    return less & ~cryptodev_mask_zero(bits);
}

/* The first one is nearly always the last: update only before another one. */
static bool draw(CryptoDevNonce *nonce, uint8_t *k)
{
    bool used = nonce->used;

    nonce->used = true;
    return (!used || cryptodev_hmac_drbg_update(&nonce->drbg, NULL, 0)) &&
           cryptodev_hmac_drbg_fill(&nonce->drbg, k, nonce->len);
}

bool cryptodev_nonce_next(CryptoDevNonce *nonce,
                          uint8_t k[CRYPTODEV_ORDER_MAX])
{
    do {
        if (!draw(nonce, k)) {
            return false;
        }
        cut(k, nonce->q, nonce->len);
    } while (!cryptodev_nonce_is_between(k, nonce->q, nonce->len));
    return true;
}

void cryptodev_nonce_clear(CryptoDevNonce *nonce)
{
    cryptodev_hmac_drbg_clear(&nonce->drbg);
}
