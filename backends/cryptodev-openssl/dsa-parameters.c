/*
 * The OpenSSL backend: domain parameters of DSA, FIPS 186-4
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/dsa.h>
#include <openssl/evp.h>
#include "../cryptodev/common/dsa-sizes.h"
#include "dsa-parameters.h"
#include "integer.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(EVP_PKEY_CTX, EVP_PKEY_CTX_free)

/* Bits in p and in q */
typedef struct Sizes {
    uint32_t p;
    uint32_t q;
} Sizes;

/*
 * OpenSSL makes parameters of 1024 bits by FIPS 186-2.  It makes a generator,
 * too, which is discarded.
 */
static EVP_PKEY *make_parameters(OSSL_LIB_CTX *context, Sizes bits)
{
    g_autoptr(EVP_PKEY_CTX) maker =
        EVP_PKEY_CTX_new_from_name(context, "DSA", NULL);
    EVP_PKEY *parameters = NULL;

    if (!maker || EVP_PKEY_paramgen_init(maker) != 1 ||
        EVP_PKEY_CTX_set_dsa_paramgen_bits(maker, bits.p) != 1 ||
        EVP_PKEY_CTX_set_dsa_paramgen_q_bits(maker, bits.q) != 1 ||
        EVP_PKEY_paramgen(maker, &parameters) != 1) {
        return NULL;
    }
    return parameters;
}

CryptoDevStatus
cryptodev_openssl_dsa_generate_p(OSSL_LIB_CTX *context,
                                 CryptoDevComputation *computation)
{
    Sizes bits = {
        .p = cryptodev_operand_number(computation->operands[0]),
        .q = cryptodev_operand_number(computation->operands[1]),
    };
    g_autoptr(EVP_PKEY) parameters = NULL;
    g_autoptr(BIGNUM) p = NULL;
    g_autoptr(BIGNUM) q = NULL;

    if (!cryptodev_dsa_has_sizes(bits.p, bits.q)) {
        return CRYPTODEV_ERR;
    }
    parameters = make_parameters(context, bits);
    if (!parameters ||
        !EVP_PKEY_get_bn_param(parameters, OSSL_PKEY_PARAM_FFC_P, &p) ||
        !EVP_PKEY_get_bn_param(parameters, OSSL_PKEY_PARAM_FFC_Q, &q) ||
        cryptodev_openssl_add(computation, p, bits.p / 8) != CRYPTODEV_OK) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_openssl_add(computation, q, bits.q / 8);
}

/* Public numbers: FIPS 186-4, appendix A.2.1 */
static bool make_g(const CryptoDevOperand *operands, BIGNUM *p, BIGNUM *g,
                   BN_CTX *work)
{
    g_autoptr(BIGNUM) q = cryptodev_openssl_read(operands[1]);
    g_autoptr(BIGNUM) h = cryptodev_openssl_read(operands[2]);
    g_autoptr(BIGNUM) p_minus_1 = BN_dup(p);
    g_autoptr(BIGNUM) cofactor = BN_new();
    g_autoptr(BIGNUM) rest = BN_new();

    return q && h && p_minus_1 && cofactor && rest && BN_is_odd(p) &&
           BN_is_odd(q) && BN_sub_word(p_minus_1, 1) &&
           BN_div(cofactor, rest, p_minus_1, q, work) && BN_is_zero(rest) &&
           cryptodev_openssl_is_between(1, h, p_minus_1) &&
           BN_mod_exp_mont(g, h, cofactor, p, work, NULL) &&
           cryptodev_openssl_is_between(1, g, p);
}

CryptoDevStatus
cryptodev_openssl_dsa_generate_g(OSSL_LIB_CTX *context,
                                 CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(context);
    g_autoptr(BIGNUM) p = cryptodev_openssl_read(operands[0]);
    g_autoptr(BIGNUM) g = BN_new();

    return work && p && g && make_g(operands, p, g, work)
           ? cryptodev_openssl_add(computation, g, BN_num_bytes(p))
           : CRYPTODEV_ERR;
}
