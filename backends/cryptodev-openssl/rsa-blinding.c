/*
 * The OpenSSL backend: the factors that hide what RSA computes with
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "../cryptodev/common/rsa-primitives.h"
#include "rsa-blinding.h"

/**
 * CryptoDevOpensslBlinding:
 * @context: where random numbers come from
 * @factors: the last operation's factors, with a lock of their own
 * @mont: the modulus for Montgomery's product
 * @n: the modulus
 * @n_bytes: the same, big-endian
 * @size: bytes in the modulus
 */
struct CryptoDevOpensslBlinding {
    OSSL_LIB_CTX *context;
    BN_BLINDING *factors;
    BN_MONT_CTX *mont;
    BIGNUM *n;
    uint8_t n_bytes[CRYPTODEV_RSA_SIZE_MAX];
    size_t size;
};

/* BN_BLINDING_convert_ex() and its like use the Montgomery form then. */
static bool start(CryptoDevOpensslBlinding *blinding, const BIGNUM *e,
                  BN_CTX *work)
{
    blinding->factors =
        blinding->n && work && blinding->mont &&
        BN_MONT_CTX_set(blinding->mont, blinding->n, work)
        ? BN_BLINDING_create_param(NULL, e, blinding->n, work,
                                   BN_mod_exp_mont, blinding->mont)
        : NULL;
    return blinding->factors &&
           BN_bn2binpad(blinding->n, blinding->n_bytes, blinding->size) >= 0;
}

CryptoDevOpensslBlinding *cryptodev_openssl_blinding_new(const BIGNUM *n,
                                                         const BIGNUM *e,
                                                         OSSL_LIB_CTX *context)
{
    g_autoptr(BN_CTX) work = BN_CTX_secure_new_ex(context);
    g_autoptr(BIGNUM) exponent = BN_dup(e);
    CryptoDevOpensslBlinding *blinding = g_new0(CryptoDevOpensslBlinding, 1);

    blinding->context = context;
    blinding->mont = BN_MONT_CTX_new();
    blinding->n = BN_dup(n);
    blinding->size = BN_num_bytes(n);
    if (!exponent || !start(blinding, exponent, work)) {
        g_clear_pointer(&blinding, cryptodev_openssl_blinding_free);
        ERR_clear_error();
    }
    return blinding;
}

void cryptodev_openssl_blinding_free(CryptoDevOpensslBlinding *blinding)
{
    if (blinding) {
        BN_BLINDING_free(blinding->factors);
        BN_MONT_CTX_free(blinding->mont);
        BN_free(blinding->n);
        g_free(blinding);
    }
}

static bool convert(BN_BLINDING *factors, BIGNUM *integer, BIGNUM *inverse,
                    BN_CTX *work)
{
    bool ok = BN_BLINDING_lock(factors) == 1;

    if (ok) {
        ok = BN_BLINDING_convert_ex(integer, inverse, factors, work) == 1;
        BN_BLINDING_unlock(factors);
    }
    return ok;
}

BIGNUM *cryptodev_openssl_blind(CryptoDevOpensslBlinding *blinding,
                                const uint8_t *block, uint8_t *blinded)
{
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(blinding->context);
    g_autoptr(BIGNUM) integer = BN_bin2bn(block, blinding->size, NULL);
    BIGNUM *inverse = BN_new();

    if (!work || !integer || !inverse ||
        !convert(blinding->factors, integer, inverse, work) ||
        BN_bn2binpad(integer, blinded, blinding->size) < 0) {
        g_clear_pointer(&inverse, BN_clear_free);
        ERR_clear_error();
    }
    return inverse;
}

/* Store a product modulo n, with a factor in Montgomery form. */
static bool multiply(const CryptoDevOpensslBlinding *blinding,
                     const BIGNUM *one, const BIGNUM *other, uint8_t *product,
                     BN_CTX *work)
{
    BIGNUM *result = BN_CTX_get(work);

    return result &&
           BN_mod_mul_montgomery(result, one, other, blinding->mont, work) &&
           BN_bn2binpad(result, product, blinding->size) >= 0;
}

/*
 * OpenSSL's functions show how many words a number has.  So the result is the
 * sum of two random numbers: the products of @blinded and of two parts of
 * @inverse.
 */
static bool split(const CryptoDevOpensslBlinding *blinding,
                  const BIGNUM *blinded, const BIGNUM *inverse,
                  uint8_t *one, uint8_t *other, BN_CTX *work)
{
    BIGNUM *part = BN_CTX_get(work);
    BIGNUM *rest = BN_CTX_get(work);

    return rest && BN_priv_rand_range_ex(part, blinding->n, 0, work) &&
           BN_mod_sub_quick(rest, inverse, part, blinding->n) &&
           multiply(blinding, blinded, part, one, work) &&
           multiply(blinding, blinded, rest, other, work);
}

/* Add @other to @one modulo n; both are less than n. */
static void add_modulo(const CryptoDevOpensslBlinding *blinding, uint8_t *one,
                       const uint8_t *other)
{
    uint8_t reduced[CRYPTODEV_RSA_SIZE_MAX];
    unsigned int carry = 0, borrow = 0;
    uint8_t mask;

    for (size_t i = blinding->size; i-- > 0;) {
        carry += one[i] + other[i];
        one[i] = carry;
        carry >>= 8;
        borrow = one[i] - blinding->n_bytes[i] - borrow;
        reduced[i] = borrow;
        borrow = (borrow >> 8) & 1;
    }
    /* The sum is less than n if it does not overflow, but n less does. */
    mask = -(borrow & ~carry & 1);
    for (size_t i = 0; i < blinding->size; i++) {
        one[i] = (one[i] & mask) | (reduced[i] & ~mask);
    }
    cryptodev_wipe(reduced, blinding->size);
}

bool cryptodev_openssl_unblind(const CryptoDevOpensslBlinding *blinding,
                               const uint8_t *blinded, const BIGNUM *inverse,
                               uint8_t *block)
{
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(blinding->context);
    g_autoptr(BIGNUM) integer = BN_bin2bn(blinded, blinding->size, NULL);
    uint8_t other[CRYPTODEV_RSA_SIZE_MAX];
    bool ok = false;

    if (work && integer) {
        BN_CTX_start(work);
        ok = split(blinding, integer, inverse, block, other, work);
        BN_CTX_end(work);
    }
    if (ok) {
        add_modulo(blinding, block, other);
    } else {
        ERR_clear_error();
    }
    cryptodev_wipe(other, blinding->size);
    return ok;
}
