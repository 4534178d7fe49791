/*
 * The OpenSSL backend: keys of DSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "dsa-key.h"

void cryptodev_openssl_dsa_init(CryptoDevOpensslDsaKey *key,
                                OSSL_LIB_CTX *context,
                                const CryptoDevPrimitives *primitives)
{
    key->order.context = context;
    key->order.primitives = primitives;
    cryptodev_late_check_init(&key->late);
}

void cryptodev_openssl_dsa_destroy(CryptoDevOpensslDsaKey *key)
{
    BN_MONT_CTX_free(key->order.mont);
    BN_MONT_CTX_free(key->p_mont);
    BN_free(key->p);
    BN_free(key->q);
    BN_free(key->g);
    BN_free(key->y);
    BN_clear_free(key->x);
    cryptodev_late_check_destroy(&key->late);
}

/* Sets @number to NULL for a number that the operation does not use. */
static bool read_number(BIGNUM **number, CryptoDevOperand operand,
                        BIGNUM *(*read)(CryptoDevOperand operand))
{
    *number = operand.data ? read(operand) : NULL;
    return *number || !operand.data;
}

static bool read_parts(CryptoDevOpensslDsaKey *key,
                       const CryptoDevDsaParts *parts)
{
    return read_number(&key->p, parts->p, cryptodev_openssl_read) &&
           read_number(&key->q, parts->q, cryptodev_openssl_read) &&
           read_number(&key->g, parts->g, cryptodev_openssl_read) &&
           read_number(&key->y, parts->y, cryptodev_openssl_read) &&
           read_number(&key->x, parts->x, cryptodev_openssl_read_secret);
}

static bool has_size(const BIGNUM *integer, int min, int max)
{
    return !integer ||
           (BN_num_bits(integer) >= min && BN_num_bits(integer) <= max);
}

/* q divides p - 1 */
static bool check_order(const CryptoDevOpensslDsaKey *key, BN_CTX *work)
{
    g_autoptr(BIGNUM) rest = BN_new();

    return rest && BN_nnmod(rest, key->p, key->q, work) && BN_is_one(rest);
}

static bool is_in_range(const CryptoDevOpensslDsaKey *key, BN_CTX *work)
{
    return (!key->p || !key->q || check_order(key, work)) &&
           (!key->g || cryptodev_openssl_is_between(1, key->g, key->p)) &&
           (!key->y || cryptodev_openssl_is_between(0, key->y, key->p)) &&
           (!key->x || cryptodev_openssl_is_between(0, key->x, key->q));
}

static bool make_mont(BN_MONT_CTX **mont, const BIGNUM *modulus, BN_CTX *work)
{
    *mont = modulus ? BN_MONT_CTX_new() : NULL;
    return !modulus || (*mont && BN_MONT_CTX_set(*mont, modulus, work));
}

static bool is_even(const BIGNUM *integer)
{
    return integer && !BN_is_odd(integer);
}

static CryptoDevStatus set(CryptoDevOpensslDsaKey *key,
                           const CryptoDevDsaParts *parts)
{
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(key->order.context);

    if (!work || !read_parts(key, parts) || is_even(key->p) ||
        is_even(key->q)) {
        return CRYPTODEV_ERR;
    }
    if (!has_size(key->p, CRYPTODEV_DSA_P_MIN, CRYPTODEV_DSA_P_MAX) ||
        !has_size(key->q, CRYPTODEV_DSA_Q_MIN, CRYPTODEV_DSA_Q_MAX)) {
        return CRYPTODEV_NOTSUPP;
    }
    if (!is_in_range(key, work) || !make_mont(&key->p_mont, key->p, work) ||
        !make_mont(&key->order.mont, key->q, work)) {
        return CRYPTODEV_ERR;
    }
    key->order.n = key->q;
    key->order.size = key->q ? BN_num_bytes(key->q) : 0;
    return CRYPTODEV_OK;
}

CryptoDevStatus cryptodev_openssl_dsa_set(CryptoDevOpensslDsaKey *key,
                                          const CryptoDevDsaParts *parts)
{
    CryptoDevStatus status = set(key, parts);

    ERR_clear_error();
    return status;
}

/* g ^ exponent = result, modulo p */
static bool check_power(const CryptoDevOpensslDsaKey *key,
                        const BIGNUM *exponent, const BIGNUM *result,
                        BN_CTX *work)
{
    g_autoptr(BIGNUM) power = BN_new();

    return power &&
           cryptodev_openssl_power(power, key->g, exponent, key->p,
                                   key->p_mont, work) &&
           BN_cmp(power, result) == 0;
}

static bool check_private(const CryptoDevOpensslDsaKey *key, BN_CTX *work)
{
    g_autoptr(BIGNUM) x = BN_new();

    return x && cryptodev_openssl_even_out(&key->order, key->x, x) &&
           check_power(key, x, key->y, work);
}

/* FIPS 186-4, appendix A.2.2: g generates a group of order q. */
static bool check_key(void *opaque)
{
    const CryptoDevOpensslDsaKey *key = opaque;
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(key->order.context);
    bool ok = work && check_power(key, key->q, BN_value_one(), work) &&
              (!key->y || !key->x || check_private(key, work));

    ERR_clear_error();
    return ok;
}

bool cryptodev_openssl_dsa_ready(CryptoDevOpensslDsaKey *key)
{
    return cryptodev_late_check(&key->late, check_key, key);
}

/* r = (g^k mod p) mod q */
bool cryptodev_openssl_dsa_make_r(const CryptoDevOpensslDsaKey *key,
                                  const BIGNUM *k, BIGNUM *r)
{
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(key->order.context);
    g_autoptr(BIGNUM) exponent = BN_new();
    bool ok = work && exponent &&
              cryptodev_openssl_even_out(&key->order, k, exponent) &&
              cryptodev_openssl_power(r, key->g, exponent, key->p,
                                      key->p_mont, work) &&
              BN_nnmod(r, r, key->q, work);

    ERR_clear_error();
    return ok;
}

static BIGNUM *next_k(const CryptoDevOpensslDsaKey *key, CryptoDevNonce *nonce)
{
    uint8_t bytes[CRYPTODEV_ORDER_MAX];
    BIGNUM *k = NULL;

    if (cryptodev_nonce_next(nonce, bytes)) {
        k = cryptodev_openssl_read_secret(
                (CryptoDevOperand) { bytes, key->order.size });
    }
    cryptodev_wipe(bytes, sizeof(bytes));
    return k;
}

static bool start_nonce(const CryptoDevOpensslDsaKey *key,
                        CryptoDevNonce *nonce, size_t digest_len,
                        const BIGNUM *z)
{
    uint8_t q[CRYPTODEV_ORDER_MAX];
    uint8_t x_bytes[CRYPTODEV_ORDER_MAX];
    uint8_t z_bytes[CRYPTODEV_ORDER_MAX];
    size_t size = key->order.size;
    bool ok = BN_bn2binpad(key->q, q, size) >= 0 &&
              BN_bn2binpad(key->x, x_bytes, size) >= 0 &&
              BN_bn2binpad(z, z_bytes, size) >= 0 &&
              cryptodev_nonce_init(nonce, key->order.primitives,
                                   cryptodev_nonce_hash(digest_len),
                                   (CryptoDevOperand) { q, size }, x_bytes,
                                   z_bytes);

    cryptodev_wipe(x_bytes, sizeof(x_bytes));
    return ok;
}

/* False on an error; r or s may be 0, which no signature has. */
static bool try_nonce(const CryptoDevOpensslDsaKey *key,
                      CryptoDevNonce *nonce, const BIGNUM *z, BIGNUM *r,
                      BIGNUM *s)
{
    g_autoptr(BIGNUM) k = next_k(key, nonce);

    return k && cryptodev_openssl_dsa_make_r(key, k, r) &&
           cryptodev_openssl_compute_s(&key->order, key->x, k, r, z, s);
}

/*
 * Tries another k if r or s is 0, which only happens in a forged group.  An
 * error must not lead to another signature.
 */
static bool sign_with_nonce(const CryptoDevOpensslDsaKey *key,
                            CryptoDevNonce *nonce, const BIGNUM *z, BIGNUM *r,
                            BIGNUM *s)
{
    for (int i = 0; i < CRYPTODEV_NONCE_TRIALS; i++) {
        if (!try_nonce(key, nonce, z, r, s)) {
            return false;
        }
        if (!BN_is_zero(r) && !BN_is_zero(s)) {
            return true;
        }
    }
    return false;
}

bool cryptodev_openssl_dsa_sign(const CryptoDevOpensslDsaKey *key,
                                CryptoDevOperand digest, BIGNUM *r, BIGNUM *s)
{
    g_autoptr(BIGNUM) z = cryptodev_openssl_digest(&key->order, digest);
    g_auto(CryptoDevNonce) nonce = { };

    return z && start_nonce(key, &nonce, digest.len, z) &&
           sign_with_nonce(key, &nonce, z, r, s);
}

/* Whether r = (g^(z w) y^(r w) mod p) mod q, for an inverse w of s */
static CryptoDevStatus compare(const CryptoDevOpensslDsaKey *key,
                               const BIGNUM *z, const BIGNUM *r,
                               const BIGNUM *w, BN_CTX *work)
{
    g_autoptr(BIGNUM) u1 = BN_new();
    g_autoptr(BIGNUM) u2 = BN_new();
    g_autoptr(BIGNUM) v = BN_new();

    if (!u1 || !u2 || !v || !BN_mod_mul(u1, z, w, key->q, work) ||
        !BN_mod_mul(u2, r, w, key->q, work) ||
        !BN_mod_exp2_mont(v, key->g, u1, key->y, u2, key->p, work,
                          key->p_mont) ||
        !BN_nnmod(v, v, key->q, work)) {
        return CRYPTODEV_ERR;
    }
    return BN_cmp(v, r) == 0 ? CRYPTODEV_OK : CRYPTODEV_KEY_REJECTED;
}

/*
 * An s that is in range has an inverse, unless q is no prime as it must be.
 * OpenSSL has one answer for that and for an error.
 */
static CryptoDevStatus invert_s(const CryptoDevOpensslDsaKey *key,
                                const BIGNUM *s, BIGNUM *w, BN_CTX *work)
{
    if (BN_mod_inverse(w, s, key->q, work)) {
        return CRYPTODEV_OK;
    }
    return ERR_GET_REASON(ERR_peek_last_error()) == BN_R_NO_INVERSE
           ? CRYPTODEV_KEY_REJECTED : CRYPTODEV_ERR;
}

static CryptoDevStatus verify(const CryptoDevOpensslDsaKey *key,
                              CryptoDevOperand digest, const BIGNUM *r,
                              const BIGNUM *s, BN_CTX *work)
{
    g_autoptr(BIGNUM) z = cryptodev_openssl_digest(&key->order, digest);
    g_autoptr(BIGNUM) w = BN_new();
    CryptoDevStatus status;

    if (!z || !w) {
        return CRYPTODEV_ERR;
    }
    if (!cryptodev_openssl_is_between(0, r, key->q) ||
        !cryptodev_openssl_is_between(0, s, key->q)) {
        return CRYPTODEV_KEY_REJECTED;
    }
    status = invert_s(key, s, w, work);
    return status == CRYPTODEV_OK ? compare(key, z, r, w, work) : status;
}

CryptoDevStatus cryptodev_openssl_dsa_verify(const CryptoDevOpensslDsaKey *key,
                                             CryptoDevOperand digest,
                                             const BIGNUM *r, const BIGNUM *s)
{
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(key->order.context);
    CryptoDevStatus status = work ? verify(key, digest, r, s, work)
                                  : CRYPTODEV_ERR;

    ERR_clear_error();
    return status;
}
