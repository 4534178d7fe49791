/*
 * The OpenSSL backend: arithmetic of large numbers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Any of the numbers may be a secret of the guest's.  The time does not depend
 * on them, except that
 * - OpenSSL drops words that are zero,
 * - a base, or a number to invert, is reduced by a division of OpenSSL's, which
 *   may take longer for some numbers than for others,
 * - an inverse modulo an even number takes two more divisions; of these numbers
 *   RSA's e is the usual one to invert, which is not secret, and
 * - reading an inverse shows how many bytes it begins with that are zero.
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "../cryptodev/common/inverse.h"
#include "drivers.h"
#include "integer.h"

static bool ln_has(CryptoDevBackend *backend, uint32_t operation)
{
    return cryptodev_openssl_computes(backend);
}

static CryptoDevStatus exponentiate(CryptoDevComputation *computation,
                                    BN_CTX *work)
{
    const CryptoDevOperand *operands = computation->operands;
    g_autoptr(BIGNUM) modulus = cryptodev_openssl_read_secret(operands[0]);
    g_autoptr(BIGNUM) base = cryptodev_openssl_read_secret(operands[1]);
    g_autoptr(BIGNUM) exponent = cryptodev_openssl_read_secret(operands[2]);
    g_autoptr(BIGNUM) power = BN_new();

    if (!modulus || !base || !exponent || !power || !BN_is_odd(modulus) ||
        !BN_nnmod(base, base, modulus, work) ||
        !cryptodev_openssl_power(power, base, exponent, modulus, NULL, work)) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_openssl_add(computation, power, BN_num_bytes(modulus));
}

/* For numbers below an odd modulus: false if there is no inverse */
static bool invert_odd(BIGNUM *inverse, const BIGNUM *a, const BIGNUM *m,
                       size_t len)
{
    uint8_t modulus[CRYPTODEV_INVERSE_MAX];
    uint8_t bytes[CRYPTODEV_INVERSE_MAX];
    bool ok = BN_bn2binpad(m, modulus, len) >= 0 &&
              BN_bn2binpad(a, bytes, len) >= 0 &&
              cryptodev_inverse(bytes, bytes, modulus, len) &&
              BN_bin2bn(bytes, len, inverse);

    cryptodev_wipe(modulus, len);
    cryptodev_wipe(bytes, len);
    return ok;
}

/*
 * The inverse of an odd a, greater than 1, modulo an even m.  With that of m
 * modulo a, m x = 1 + a y for a y from 0 to m - 1.  So -y is the inverse.
 */
static bool invert_even(BIGNUM *inverse, const BIGNUM *a, const BIGNUM *m,
                        size_t len, BN_CTX *work)
{
    return BN_nnmod(inverse, m, a, work) &&
           invert_odd(inverse, inverse, a, len) &&
           BN_mul(inverse, inverse, m, work) && BN_sub_word(inverse, 1) &&
           BN_div(inverse, NULL, inverse, a, work) &&
           BN_sub(inverse, m, inverse);
}

static bool find_inverse(BIGNUM *inverse, const BIGNUM *a, const BIGNUM *m,
                         BN_CTX *work)
{
    size_t len = BN_num_bytes(m);

    if (BN_is_odd(m)) {
        return invert_odd(inverse, a, m, len);
    }
    if (BN_is_one(a)) {
        return BN_one(inverse);
    }
    return BN_is_odd(a) && invert_even(inverse, a, m, len, work);
}

/* OpenSSL's own function takes more steps for some numbers than for others. */
static CryptoDevStatus invert(CryptoDevComputation *computation, BN_CTX *work)
{
    const CryptoDevOperand *operands = computation->operands;
    g_autoptr(BIGNUM) a = cryptodev_openssl_read_secret(operands[0]);
    g_autoptr(BIGNUM) m = cryptodev_openssl_read_secret(operands[1]);
    g_autoptr(BIGNUM) inverse = BN_new();

    if (!a || !m || !inverse || !BN_nnmod(a, a, m, work) ||
        !find_inverse(inverse, a, m, work)) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_openssl_add(computation, inverse, BN_num_bytes(m));
}

static CryptoDevStatus ln_compute(CryptoDevBackend *backend,
                                  CryptoDevComputation *computation)
{
    g_autoptr(BN_CTX) work =
        BN_CTX_new_ex(cryptodev_openssl_context(backend));
    CryptoDevStatus status = CRYPTODEV_ERR;

    if (work) {
        status = computation->operation == CRYPTODEV_LN_EXPONENTIATE
                 ? exponentiate(computation, work)
                 : invert(computation, work);
    }
    ERR_clear_error();
    return status;
}

const CryptoDevDriver cryptodev_openssl_ln = {
    .service = CRYPTODEV_SERVICE_LN,
    .has = ln_has,
    .compute = ln_compute,
};
