/*
 * The OpenSSL backend: RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * OpenSSL wipes secure numbers, and computes without branches where one of them
 * has BN_FLG_CONSTTIME.
 */

#include "qemu/osdep.h"
#include "integer.h"
#include "rsa-key.h"

static bool is_secret(int place)
{
    return place != RSA_N && place != RSA_E;
}

static BIGNUM *new_secret(void)
{
    BIGNUM *number = BN_secure_new();

    if (number) {
        BN_set_flags(number, BN_FLG_CONSTTIME);
    }
    return number;
}

bool cryptodev_openssl_rsa_key_read(CryptoDevOpensslRsaKey *key,
                                    const CryptoDevRsaKey *from)
{
    for (int i = 0; i < RSA_INTEGERS; i++) {
        CryptoDevOperand integer = from->integers[i];

        if (!integer.data) {
            continue;
        }
        key->integers[i] = is_secret(i) ? new_secret() : BN_new();
        if (!key->integers[i] ||
            !BN_bin2bn(integer.data, integer.len, key->integers[i])) {
            return false;
        }
    }
    return true;
}

static void drop(CryptoDevOpensslRsaKey *key, int first)
{
    for (int i = first; i < RSA_INTEGERS; i++) {
        g_clear_pointer(&key->integers[i], BN_clear_free);
    }
}

void cryptodev_openssl_rsa_key_destroy(CryptoDevOpensslRsaKey *key)
{
    drop(key, 0);
}

void cryptodev_openssl_rsa_key_drop_crt(CryptoDevOpensslRsaKey *key)
{
    drop(key, RSA_P);
}

/* With the right public exponent of n and d, (2^d)^e is 2. */
static bool find_e(CryptoDevOpensslRsaKey *key, BN_CTX *ctx)
{
    BIGNUM *n = key->integers[RSA_N];
    BIGNUM *two = BN_CTX_get(ctx);
    BIGNUM *signature = BN_CTX_get(ctx);
    BIGNUM *message = BN_CTX_get(ctx);
    BIGNUM *e = key->integers[RSA_E] = BN_new();

    if (!message || !e || !BN_set_word(two, 2) ||
        !BN_mod_exp(signature, two, key->integers[RSA_D], n, ctx)) {
        return false;
    }
    for (size_t i = 0; i < CRYPTODEV_RSA_EXPONENTS; i++) {
        if (!BN_set_word(e, cryptodev_rsa_exponents[i]) ||
            !BN_mod_exp(message, signature, e, n, ctx)) {
            return false;
        }
        if (BN_is_word(message, 2)) {
            return true;
        }
    }
    return false;
}

/* Returns the order of the group modulo @prime, prime - 1, or NULL. */
static BIGNUM *get_order(const BIGNUM *prime, BN_CTX *ctx)
{
    BIGNUM *order = BN_CTX_get(ctx);

    if (!order || !BN_sub(order, prime, BN_value_one())) {
        return NULL;
    }
    BN_set_flags(order, BN_FLG_CONSTTIME);
    return order;
}

/* Make n, and with it e and d: e is the inverse of dp modulo p - 1. */
static bool derive_from_crt(CryptoDevOpensslRsaKey *key, BN_CTX *ctx)
{
    BIGNUM **integers = key->integers;
    BIGNUM *p_order = get_order(integers[RSA_P], ctx);
    BIGNUM *q_order = get_order(integers[RSA_Q], ctx);
    BIGNUM *order = BN_CTX_get(ctx);
    bool ok = p_order && q_order && order;

    integers[RSA_N] = BN_new();
    integers[RSA_E] = new_secret();
    integers[RSA_D] = new_secret();
    ok = ok && integers[RSA_N] && integers[RSA_E] && integers[RSA_D] &&
         BN_mul(integers[RSA_N], integers[RSA_P], integers[RSA_Q], ctx) &&
         BN_mul(order, p_order, q_order, ctx);
    if (!ok) {
        return false;
    }
    BN_set_flags(order, BN_FLG_CONSTTIME);
    return BN_mod_inverse(integers[RSA_E], integers[RSA_DP], p_order, ctx) &&
           !BN_is_one(integers[RSA_E]) &&
           BN_mod_inverse(integers[RSA_D], integers[RSA_E], order, ctx);
}

/* Whether a b is 1 modulo @modulus */
static bool are_inverses(const BIGNUM *a, const BIGNUM *b,
                         const BIGNUM *modulus, BN_CTX *ctx)
{
    BIGNUM *product = BN_CTX_get(ctx);

    return product && BN_mod_mul(product, a, b, modulus, ctx) &&
           BN_is_one(product);
}

/* Whether each of e and the numbers @d undoes the other modulo @prime */
static bool fit_e(const CryptoDevOpensslRsaKey *key, const BIGNUM *d,
                  const BIGNUM *prime_d, const BIGNUM *prime, BN_CTX *ctx)
{
    const BIGNUM *e = key->integers[RSA_E];
    const BIGNUM *order = get_order(prime, ctx);

    return order && are_inverses(e, prime_d, order, ctx) &&
           are_inverses(e, d, order, ctx);
}

/* RFC 8017, section 3.2: the other numbers follow from p, q and e. */
static bool fits_crt(const CryptoDevOpensslRsaKey *key, BN_CTX *ctx)
{
    BIGNUM *const *integers = key->integers;
    const BIGNUM *p = integers[RSA_P];
    const BIGNUM *q = integers[RSA_Q];
    BIGNUM *product = BN_CTX_get(ctx);

    return product && BN_mul(product, p, q, ctx) &&
           !BN_cmp(product, integers[RSA_N]) &&
           fit_e(key, integers[RSA_D], integers[RSA_DP], p, ctx) &&
           fit_e(key, integers[RSA_D], integers[RSA_DQ], q, ctx) &&
           are_inverses(q, integers[RSA_QINV], p, ctx);
}

static bool settle(CryptoDevOpensslRsaKey *key, BN_CTX *ctx)
{
    BIGNUM **integers = key->integers;

    if (!integers[RSA_P]) {
        return integers[RSA_E] || find_e(key, ctx);
    }
    return (integers[RSA_N] || derive_from_crt(key, ctx)) &&
           fits_crt(key, ctx);
}

bool cryptodev_openssl_rsa_key_settle(CryptoDevOpensslRsaKey *key,
                                      OSSL_LIB_CTX *libctx)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_secure_new_ex(libctx);
    bool ok;

    if (!ctx) {
        return false;
    }
    BN_CTX_start(ctx);
    ok = settle(key, ctx);
    BN_CTX_end(ctx);
    return ok;
}
