/*
 * The OpenSSL backend: the factors that hide what RSA computes with
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * OpenSSL's BN_BLINDING leaves its factors in memory that it frees, and the
 * result's length in time.
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "../cryptodev/common/rsa-primitives.h"
#include "../cryptodev/common/spare.h"
#include "rsa-blinding.h"

/* How many operations have factors that come from one random number */
#define USES 128

/* How many threads can use a key at once without making factors each time */
#define SPARES 4

/**
 * Factors:
 * @factor: the next operation's factor to the power of e, for Montgomery's
 *          product
 * @inverse: the inverse of that factor, likewise
 * @left: how many more operations may use them, or their squares
 */
typedef struct Factors {
    BIGNUM *factor;
    BIGNUM *inverse;
    unsigned int left;
} Factors;

/**
 * CryptoDevOpensslBlinding:
 * @n: the modulus
 * @e: the public exponent
 * @mont: the modulus for Montgomery's product
 * @n_bytes: the modulus, big-endian
 * @size: bytes in the modulus
 * @spares: factors that no operation uses, of Factors
 */
struct CryptoDevOpensslBlinding {
    BIGNUM *n;
    BIGNUM *e;
    BN_MONT_CTX *mont;
    uint8_t n_bytes[CRYPTODEV_RSA_SIZE_MAX];
    size_t size;
    CryptoDevSpare spares[SPARES];
};

static bool start(CryptoDevOpensslBlinding *blinding)
{
    g_autoptr(BN_CTX) work = BN_CTX_new();

    return work && blinding->n && blinding->e && blinding->mont &&
           BN_MONT_CTX_set(blinding->mont, blinding->n, work) &&
           BN_bn2binpad(blinding->n, blinding->n_bytes, blinding->size) >= 0;
}

CryptoDevOpensslBlinding *cryptodev_openssl_blinding_new(const BIGNUM *n,
                                                         const BIGNUM *e)
{
    CryptoDevOpensslBlinding *blinding = g_new0(CryptoDevOpensslBlinding, 1);

    blinding->n = BN_dup(n);
    blinding->e = BN_dup(e);
    blinding->mont = BN_MONT_CTX_new();
    blinding->size = BN_num_bytes(n);
    if (!start(blinding)) {
        g_clear_pointer(&blinding, cryptodev_openssl_blinding_free);
        ERR_clear_error();
    }
    return blinding;
}

static void factors_free(Factors *factors)
{
    if (factors) {
        BN_clear_free(factors->factor);
        BN_clear_free(factors->inverse);
        g_free(factors);
    }
}

void cryptodev_openssl_blinding_free(CryptoDevOpensslBlinding *blinding)
{
    if (blinding) {
        for (size_t i = 0; i < SPARES; i++) {
            factors_free(cryptodev_spare_take(&blinding->spares[i]));
        }
        BN_free(blinding->n);
        BN_free(blinding->e);
        BN_MONT_CTX_free(blinding->mont);
        g_free(blinding);
    }
}

/* Whoever takes factors owns them, so that no other operation has the same. */
static Factors *take(CryptoDevOpensslBlinding *blinding)
{
    Factors *factors = cryptodev_spares_take(blinding->spares, SPARES);

    if (!factors) {
        factors = g_new0(Factors, 1);
        factors->factor = BN_secure_new();
        factors->inverse = BN_secure_new();
    }
    return factors;
}

/* Start from a new random number, whose inverse takes constant time to find. */
static bool renew(const CryptoDevOpensslBlinding *blinding, Factors *factors,
                  BN_CTX *work)
{
    BIGNUM *random = BN_CTX_get(work);
    BN_MONT_CTX *mont = blinding->mont;
    bool ok;

    if (!random || !BN_priv_rand_range_ex(random, blinding->n, 0, work)) {
        return false;
    }
    BN_set_flags(random, BN_FLG_CONSTTIME);
    ok = BN_mod_inverse(factors->inverse, random, blinding->n, work) &&
         BN_mod_exp_mont(factors->factor, random, blinding->e, blinding->n,
                         work, mont) &&
         BN_to_montgomery(factors->inverse, factors->inverse, mont, work) &&
         BN_to_montgomery(factors->factor, factors->factor, mont, work);
    factors->left = USES;
    return ok;
}

static bool square(BIGNUM *number, BN_MONT_CTX *mont, BN_CTX *work)
{
    return BN_mod_mul_montgomery(number, number, number, mont, work);
}

static bool use(const CryptoDevOpensslBlinding *blinding, Factors *factors,
                BIGNUM *integer, BIGNUM *inverse, BN_CTX *work)
{
    BN_MONT_CTX *mont = blinding->mont;

    if (!factors->factor || !factors->inverse ||
        (!factors->left && !renew(blinding, factors, work))) {
        return false;
    }
    factors->left--;
    return BN_mod_mul_montgomery(integer, integer, factors->factor, mont,
                                 work) &&
           BN_copy(inverse, factors->inverse) &&
           square(factors->factor, mont, work) &&
           square(factors->inverse, mont, work);
}

bool cryptodev_openssl_blind(CryptoDevOpensslBlinding *blinding,
                             const uint8_t *block, uint8_t *blinded,
                             BIGNUM *inverse, BN_CTX *work)
{
    Factors *factors = take(blinding);
    BIGNUM *integer;
    bool ok;

    BN_CTX_start(work);
    integer = BN_CTX_get(work);
    ok = integer && BN_bin2bn(block, blinding->size, integer) &&
         use(blinding, factors, integer, inverse, work) &&
         BN_bn2binpad(integer, blinded, blinding->size) >= 0;
    BN_CTX_end(work);
    if (!ok) {
        ERR_clear_error();
    }
    if (!ok || !cryptodev_spares_give(blinding->spares, SPARES, factors)) {
        factors_free(factors);
    }
    return ok;
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
                  const uint8_t *blinded, const BIGNUM *inverse,
                  uint8_t *one, uint8_t *other, BN_CTX *work)
{
    BIGNUM *integer = BN_CTX_get(work);
    BIGNUM *part = BN_CTX_get(work);
    BIGNUM *rest = BN_CTX_get(work);

    return rest && BN_bin2bn(blinded, blinding->size, integer) &&
           BN_priv_rand_range_ex(part, blinding->n, 0, work) &&
           BN_mod_sub_quick(rest, inverse, part, blinding->n) &&
           multiply(blinding, integer, part, one, work) &&
           multiply(blinding, integer, rest, other, work);
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
                               uint8_t *block, BN_CTX *work)
{
    uint8_t other[CRYPTODEV_RSA_SIZE_MAX];
    bool ok;

    BN_CTX_start(work);
    ok = split(blinding, blinded, inverse, block, other, work);
    BN_CTX_end(work);
    if (ok) {
        add_modulo(blinding, block, other);
    } else {
        ERR_clear_error();
    }
    cryptodev_wipe(other, blinding->size);
    return ok;
}
