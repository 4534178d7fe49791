/*
 * The OpenSSL backend: the formulas of ECDSA, FIPS 186-5, section 6
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "../cryptodev/common/inverse.h"
#include "lanes.h"
#include "sign.h"

BIGNUM *cryptodev_openssl_digest(const CryptoDevOpensslCurve *curve,
                                 CryptoDevOperand digest)
{
    size_t bits = BN_num_bits(curve->n);
    size_t len = MIN(digest.len, DIV_ROUND_UP(bits, 8));
    BIGNUM *z =
        cryptodev_openssl_read((CryptoDevOperand) { digest.data, len });

    if (z && len * 8 > bits && !BN_rshift(z, z, len * 8 - bits)) {
        g_clear_pointer(&z, BN_free);
    }
    return z;
}

/* r is the first coordinate of k G, modulo n. */
bool cryptodev_openssl_make_r(const CryptoDevOpensslCurve *curve,
                              const BIGNUM *k, BIGNUM *r)
{
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(curve->context);
    bool ok = work && cryptodev_openssl_multiply(curve, k, NULL, r, NULL) &&
              BN_nnmod(r, r, curve->n, work) && !BN_is_zero(r);

    ERR_clear_error();
    return ok;
}

/*
 * Montgomery's product takes the same time for all numbers that have as many
 * words as n.  A secret whose first word is 0 has fewer, and that would show:
 * where n does not fill its words, as that of P-521, this is frequent.  There,
 * the secret plus a multiple of n, with one bit more than n, does the same.
 */
static bool even_out(const BIGNUM *n, const BIGNUM *secret, BIGNUM *even)
{
    unsigned int bits = BN_num_bits(n);
    unsigned int carry;

    if (bits % BN_BITS2 == 0) {
        return BN_copy(even, secret);
    }
    if (!BN_add(even, secret, n)) {
        return false;
    }
    carry = BN_is_bit_set(even, bits);
    return BN_copy(even, n) && BN_mul_word(even, 2 - carry) &&
           BN_add(even, even, secret);
}

/* Invert a number modulo n. */
static bool invert(const CryptoDevOpensslCurve *curve, BIGNUM *number)
{
    uint8_t n[CRYPTODEV_ORDER_MAX];
    uint8_t bytes[CRYPTODEV_ORDER_MAX];
    bool ok = BN_bn2binpad(curve->n, n, curve->size) >= 0 &&
              BN_bn2binpad(number, bytes, curve->size) >= 0 &&
              cryptodev_inverse(bytes, bytes, n, curve->size) &&
              BN_bin2bn(bytes, curve->size, number);

    cryptodev_wipe(bytes, sizeof(bytes));
    return ok;
}

/*
 * s = k^-1 (z + r x).  A few bits of k, or of a product of k or x and public
 * numbers, are enough to compute x if many signatures show them, and OpenSSL's
 * functions show how many words a result has.  So a random factor b, which no
 * attacker knows, goes into all of them: (k b)^-1 (b z + r (b x)).
 */
static bool compute_s(const CryptoDevOpensslCurve *curve, const BIGNUM *x,
                      const BIGNUM *k, const BIGNUM *r, const BIGNUM *z,
                      BIGNUM *s, BN_CTX *work)
{
    BN_MONT_CTX *mont = EC_GROUP_get_mont_data(curve->group);
    BIGNUM *b = BN_CTX_get(work);
    BIGNUM *inverse = BN_CTX_get(work);
    BIGNUM *product = BN_CTX_get(work);

    return product && BN_priv_rand_range_ex(b, curve->n, 0, work) &&
           even_out(curve->n, k, inverse) &&
           BN_mod_mul_montgomery(inverse, inverse, b, mont, work) &&
           invert(curve, inverse) &&
           even_out(curve->n, x, product) &&
           BN_mod_mul_montgomery(product, product, b, mont, work) &&
           BN_to_montgomery(s, r, mont, work) &&
           BN_mod_mul_montgomery(product, product, s, mont, work) &&
           BN_nnmod(s, z, curve->n, work) &&
           BN_mod_mul_montgomery(s, s, b, mont, work) &&
           BN_mod_add_quick(s, s, product, curve->n) &&
           BN_mod_mul_montgomery(s, s, inverse, mont, work) &&
           BN_to_montgomery(s, s, mont, work) && !BN_is_zero(s);
}

bool cryptodev_openssl_make_s(const CryptoDevOpensslCurve *curve,
                              const BIGNUM *x, const BIGNUM *k,
                              const BIGNUM *r, const BIGNUM *z, BIGNUM *s)
{
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(curve->context);
    bool ok = false;

    if (work) {
        BN_CTX_start(work);
        ok = compute_s(curve, x, k, r, z, s, work);
        BN_CTX_end(work);
    }
    if (!ok) {
        ERR_clear_error();
    }
    return ok;
}

static bool make_nonce(const CryptoDevOpensslCurve *curve, const uint8_t *n,
                       size_t digest_len, CryptoDevLanesSignature *numbers)
{
    g_auto(CryptoDevNonce) nonce = { };

    return cryptodev_nonce_init(&nonce, curve->primitives,
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
    return n > 1 && BN_num_bits(curve->n) == 256;
}

/* Returns which could be made: bit i for @numbers[i] */
static uint32_t make_nonces(const CryptoDevOpensslCurve *curve,
                            const CryptoDevOpensslSignature *signatures,
                            CryptoDevLanesSignature *numbers, size_t n)
{
    uint8_t order[CRYPTODEV_ORDER_MAX];
    uint32_t good = 0;

    if (BN_bn2binpad(curve->n, order, curve->size) < 0) {
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
    g_autoptr(BIGNUM) z = cryptodev_openssl_digest(curve, signature->digest);

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
           cryptodev_openssl_make_s(curve, signature->x, k, signature->r, z,
                                    signature->s);
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
