/*
 * The OpenSSL backend: the formulas of ECDSA, FIPS 186-5, section 6
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "lanes.h"
#include "sign.h"

/* r is the first coordinate of k G, modulo n. */
bool cryptodev_openssl_make_r(const CryptoDevOpensslCurve *curve,
                              const BIGNUM *k, BIGNUM *r)
{
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(curve->order.context);
    bool ok = work && cryptodev_openssl_multiply(curve, k, NULL, r, NULL) &&
              BN_nnmod(r, r, curve->order.n, work) && !BN_is_zero(r);

    ERR_clear_error();
    return ok;
}

static bool make_nonce(const CryptoDevOpensslCurve *curve, const uint8_t *n,
                       size_t digest_len, CryptoDevLanesSignature *numbers)
{
    g_auto(CryptoDevNonce) nonce = { };

    return cryptodev_nonce_init(&nonce, curve->order.primitives,
                                cryptodev_nonce_hash(digest_len),
                                (CryptoDevOperand) { n, curve->size },
                                numbers->x, numbers->z) &&
           cryptodev_nonce_next(&nonce, numbers->k);
}

/* Whether the per-message secrets can be made in lanes */
static bool share_nonces(const CryptoDevOpensslCurve *curve,
                         const CryptoDevOpensslSignature *signatures, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (cryptodev_nonce_hash(signatures[i].digest.len) !=
            CRYPTODEV_HASH_SHA256) {
            return false;
        }
    }
    return n > 1 && BN_num_bits(curve->order.n) == 256;
}

/* Returns which could be made: bit i for @numbers[i] */
static uint32_t make_nonces(const CryptoDevOpensslCurve *curve,
                            const CryptoDevOpensslSignature *signatures,
                            CryptoDevLanesSignature *numbers, size_t n)
{
    uint8_t order[CRYPTODEV_ORDER_MAX];
    uint32_t good = 0;

    if (BN_bn2binpad(curve->order.n, order, curve->size) < 0) {
        return 0;
    }
    if (share_nonces(curve, signatures, n)) {
        good = cryptodev_lanes_nonces(order, numbers, n);
    }
    for (size_t i = 0; i < n; i++) {
        if (!(good & BIT(i)) &&
            make_nonce(curve, order, signatures[i].digest.len, &numbers[i])) {
            good |= BIT(i);
        }
    }
    return good;
}

/* Find the numbers that a signature is made of, without the secret. */
static bool read_numbers(const CryptoDevOpensslCurve *curve,
                         const CryptoDevOpensslSignature *signature,
                         CryptoDevLanesSignature *numbers)
{
    g_autoptr(BIGNUM) z = cryptodev_openssl_digest(&curve->order,
                                                   signature->digest);

    return z && BN_bn2binpad(signature->x, numbers->x, curve->size) >= 0 &&
           BN_bn2binpad(z, numbers->z, curve->size) >= 0;
}

/* Returns which have all numbers; those of the others are 0. */
static uint32_t prepare(const CryptoDevOpensslCurve *curve,
                        const CryptoDevOpensslSignature *signatures,
                        CryptoDevLanesSignature *numbers, size_t n)
{
    uint32_t good = 0;

    memset(numbers, 0, n * sizeof(numbers[0]));
    for (size_t i = 0; i < n; i++) {
        if (read_numbers(curve, &signatures[i], &numbers[i])) {
            good |= BIT(i);
        }
    }
    good &= make_nonces(curve, signatures, numbers, n);
    for (size_t i = 0; i < n; i++) {
        if (!(good & BIT(i))) {
            cryptodev_wipe(&numbers[i], sizeof(numbers[i]));
        }
    }
    return good;
}

/* With a genuine curve the first k is good. */
static bool sign_alone(const CryptoDevOpensslCurve *curve,
                       const CryptoDevLanesSignature *numbers,
                       CryptoDevOpensslSignature *signature)
{
    g_autoptr(BIGNUM) k = cryptodev_openssl_read_secret(
        (CryptoDevOperand) { numbers->k, curve->size });
    g_autoptr(BIGNUM) z = BN_bin2bn(numbers->z, curve->size, NULL);

    signature->r = BN_new();
    signature->s = BN_new();
    return k && z && signature->r && signature->s &&
           cryptodev_openssl_make_r(curve, k, signature->r) &&
           cryptodev_openssl_make_s(&curve->order, signature->x, k,
                                    signature->r, z, signature->s);
}

static bool take(const CryptoDevOpensslCurve *curve,
                 const CryptoDevLanesSignature *numbers,
                 CryptoDevOpensslSignature *signature)
{
    signature->r = BN_bin2bn(numbers->r, curve->size, NULL);
    signature->s = BN_bin2bn(numbers->s, curve->size, NULL);
    return signature->r && signature->s;
}

/* What lanes fail to sign is signed alone. */
void cryptodev_openssl_sign(const CryptoDevOpensslCurve *curve,
                            CryptoDevOpensslSignature *signatures, size_t n)
{
    CryptoDevLanesSignature numbers[CRYPTODEV_TOGETHER_MAX];
    uint32_t ready = prepare(curve, signatures, numbers, n);
    uint32_t done = 0;

    if (n > 1) {
        done = ready & cryptodev_lanes_ecdsa_sign(curve->id, numbers, n);
    }
    for (size_t i = 0; i < n; i++) {
        signatures[i].r = NULL;
        signatures[i].s = NULL;
        if (!(done & BIT(i) ? take(curve, &numbers[i], &signatures[i])
              : ready & BIT(i) &&
                sign_alone(curve, &numbers[i], &signatures[i]))) {
            g_clear_pointer(&signatures[i].r, BN_clear_free);
            g_clear_pointer(&signatures[i].s, BN_clear_free);
        }
    }
    cryptodev_wipe(numbers, n * sizeof(numbers[0]));
}
