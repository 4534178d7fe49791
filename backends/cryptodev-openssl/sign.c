/*
 * The OpenSSL backend: the formulas of ECDSA, FIPS 186-5, section 6
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "../cryptodev/common/inverse.h"
#include "../cryptodev/common/nonce.h"
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
    uint8_t n[CRYPTODEV_INVERSE_MAX];
    uint8_t bytes[CRYPTODEV_INVERSE_MAX];
    bool ok = BN_bn2binpad(curve->n, n, curve->size) >= 0 &&
              BN_bn2binpad(number, bytes, curve->size) >= 0;

    if (ok) {
        cryptodev_inverse(bytes, bytes, n, curve->size);
        ok = BN_bin2bn(bytes, curve->size, number);
    }
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

static bool start_nonce(const CryptoDevOpensslCurve *curve, const BIGNUM *x,
                        const BIGNUM *z, size_t digest_len,
                        CryptoDevNonce *nonce)
{
    uint8_t n_bytes[CRYPTODEV_ORDER_MAX];
    uint8_t x_bytes[CRYPTODEV_ORDER_MAX];
    uint8_t z_bytes[CRYPTODEV_ORDER_MAX];
    size_t len = curve->size;
    bool ok = BN_bn2binpad(curve->n, n_bytes, len) >= 0 &&
              BN_bn2binpad(x, x_bytes, len) >= 0 &&
              BN_bn2binpad(z, z_bytes, len) >= 0 &&
              cryptodev_nonce_init(nonce, curve->primitives,
                                   cryptodev_nonce_hash(digest_len),
                                   (CryptoDevOperand) { n_bytes, len },
                                   x_bytes, z_bytes);

    cryptodev_wipe(x_bytes, sizeof(x_bytes));
    return ok;
}

static BIGNUM *next_k(CryptoDevNonce *nonce)
{
    uint8_t bytes[CRYPTODEV_ORDER_MAX];
    BIGNUM *k = NULL;

    if (cryptodev_nonce_next(nonce, bytes)) {
        k = cryptodev_openssl_read_secret((CryptoDevOperand) { bytes,
                                                               nonce->len });
    }
    cryptodev_wipe(bytes, sizeof(bytes));
    return k;
}

/* With a genuine curve the first k is good. */
bool cryptodev_openssl_sign(const CryptoDevOpensslCurve *curve,
                            const BIGNUM *x, CryptoDevOperand digest,
                            BIGNUM *r, BIGNUM *s)
{
    g_autoptr(BIGNUM) z = cryptodev_openssl_digest(curve, digest);
    g_autoptr(BIGNUM) k = NULL;
    g_auto(CryptoDevNonce) nonce = { };
    bool ok = z && start_nonce(curve, x, z, digest.len, &nonce);

    if (ok) {
        k = next_k(&nonce);
        ok = k && cryptodev_openssl_make_r(curve, k, r) &&
             cryptodev_openssl_make_s(curve, x, k, r, z, s);
    }
    return ok;
}
