/*
 * The OpenSSL backend: what DSA and ECDSA compute modulo a group's order
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "../cryptodev/common/inverse.h"
#include "order.h"

BIGNUM *cryptodev_openssl_read_scalar(const CryptoDevOpensslOrder *order,
                                      CryptoDevOperand operand)
{
    BIGNUM *scalar = cryptodev_openssl_read_secret(operand);

    if (scalar && !cryptodev_openssl_is_between(0, scalar, order->n)) {
        g_clear_pointer(&scalar, BN_clear_free);
    }
    return scalar;
}

BIGNUM *cryptodev_openssl_digest(const CryptoDevOpensslOrder *order,
                                 CryptoDevOperand digest)
{
    size_t bits = BN_num_bits(order->n);
    size_t len = MIN(digest.len, DIV_ROUND_UP(bits, 8));
    BIGNUM *z =
        cryptodev_openssl_read((CryptoDevOperand) { digest.data, len });

    if (z && len * 8 > bits && !BN_rshift(z, z, len * 8 - bits)) {
        g_clear_pointer(&z, BN_free);
    }
    return z;
}

/*
 * Montgomery's product takes the same time for all numbers that have as many
 * words as n.  A secret whose first word is 0 has fewer, and that would show:
 * where n does not fill its words, as that of P-521, this is frequent.  There,
 * the secret plus a multiple of n, with one bit more than n, does the same.
 */
bool cryptodev_openssl_even_out(const CryptoDevOpensslOrder *order,
                                const BIGNUM *secret, BIGNUM *even)
{
    const BIGNUM *n = order->n;
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

/* Invert a number modulo n, or set it to 0 if it has no inverse. */
static bool invert(const CryptoDevOpensslOrder *order, BIGNUM *number)
{
    uint8_t n[CRYPTODEV_ORDER_MAX];
    uint8_t bytes[CRYPTODEV_ORDER_MAX];
    bool ok = BN_bn2binpad(order->n, n, order->size) >= 0 &&
              BN_bn2binpad(number, bytes, order->size) >= 0;

    if (ok && cryptodev_inverse(bytes, bytes, n, order->size)) {
        ok = BN_bin2bn(bytes, order->size, number);
    } else {
        BN_zero(number);
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
static bool compute_s(const CryptoDevOpensslOrder *order, const BIGNUM *x,
                      const BIGNUM *k, const BIGNUM *r, const BIGNUM *z,
                      BIGNUM *s, BN_CTX *work)
{
    BN_MONT_CTX *mont = order->mont;
    BIGNUM *b = BN_CTX_get(work);
    BIGNUM *inverse = BN_CTX_get(work);
    BIGNUM *product = BN_CTX_get(work);

    return product && BN_priv_rand_range_ex(b, order->n, 0, work) &&
           cryptodev_openssl_even_out(order, k, inverse) &&
           BN_mod_mul_montgomery(inverse, inverse, b, mont, work) &&
           invert(order, inverse) &&
           cryptodev_openssl_even_out(order, x, product) &&
           BN_mod_mul_montgomery(product, product, b, mont, work) &&
           BN_to_montgomery(s, r, mont, work) &&
           BN_mod_mul_montgomery(product, product, s, mont, work) &&
           BN_nnmod(s, z, order->n, work) &&
           BN_mod_mul_montgomery(s, s, b, mont, work) &&
           BN_mod_add_quick(s, s, product, order->n) &&
           BN_mod_mul_montgomery(s, s, inverse, mont, work) &&
           BN_to_montgomery(s, s, mont, work);
}

bool cryptodev_openssl_compute_s(const CryptoDevOpensslOrder *order,
                                 const BIGNUM *x, const BIGNUM *k,
                                 const BIGNUM *r, const BIGNUM *z, BIGNUM *s)
{
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(order->context);
    bool ok = false;

    if (work) {
        BN_CTX_start(work);
        ok = compute_s(order, x, k, r, z, s, work);
        BN_CTX_end(work);
    }
    if (!ok) {
        ERR_clear_error();
    }
    return ok;
}

bool cryptodev_openssl_make_s(const CryptoDevOpensslOrder *order,
                              const BIGNUM *x, const BIGNUM *k,
                              const BIGNUM *r, const BIGNUM *z, BIGNUM *s)
{
    return cryptodev_openssl_compute_s(order, x, k, r, z, s) &&
           !BN_is_zero(s);
}

CryptoDevStatus cryptodev_openssl_add_s(CryptoDevComputation *computation,
                                        const CryptoDevOpensslOrder *order,
                                        const BIGNUM *x)
{
    const CryptoDevOperand *operands = computation->operands;
    g_autoptr(BIGNUM) k = cryptodev_openssl_read_scalar(order, operands[0]);
    g_autoptr(BIGNUM) r = cryptodev_openssl_read_scalar(order, operands[1]);
    g_autoptr(BIGNUM) z = cryptodev_openssl_digest(order, operands[2]);
    g_autoptr(BIGNUM) s = BN_new();

    return k && r && z && s && cryptodev_openssl_make_s(order, x, k, r, z, s)
           ? cryptodev_openssl_add(computation, s, order->size)
           : CRYPTODEV_ERR;
}
