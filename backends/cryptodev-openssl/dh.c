/*
 * The OpenSSL backend: Diffie-Hellman key agreement, PKCS #3
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "drivers.h"
#include "integer.h"

/* @g is NULL where the session's operation takes none. */
typedef struct DhSession {
    CryptoDevSession parent;
    BIGNUM *p;
    BIGNUM *g;
    BIGNUM *p_minus_1;
    BN_MONT_CTX *mont;
    OSSL_LIB_CTX *context;
} DhSession;

static bool dh_has(CryptoDevBackend *backend, uint32_t operation)
{
    return cryptodev_openssl_computes(backend);
}

static void dh_destroy(CryptoDevSession *parent)
{
    DhSession *session = container_of(parent, DhSession, parent);

    BN_free(session->p);
    BN_free(session->g);
    BN_free(session->p_minus_1);
    BN_MONT_CTX_free(session->mont);
    g_free(session);
}

/* SP 800-56A, section 5.6.2.3.2: not 0, 1 or p - 1 */
static bool is_element(const DhSession *session, const BIGNUM *value)
{
    return cryptodev_openssl_is_between(1, value, session->p_minus_1);
}

static bool read_p(DhSession *session, CryptoDevOperand operand)
{
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(session->context);

    session->p = cryptodev_openssl_read(operand);
    session->mont = BN_MONT_CTX_new();
    if (!work || !session->p || !session->mont || !BN_is_odd(session->p) ||
        !BN_MONT_CTX_set(session->mont, session->p, work)) {
        return false;
    }
    session->p_minus_1 = BN_dup(session->p);
    return session->p_minus_1 && BN_sub_word(session->p_minus_1, 1);
}

static bool read_session(DhSession *session,
                         const CryptoDevSessionParams *params)
{
    const CryptoDevOperand *operands = params->compute.operands;

    if (!read_p(session, operands[0])) {
        return false;
    }
    if (params->algo != CRYPTODEV_DH_PUBLIC_VALUE) {
        return true;
    }
    session->g = cryptodev_openssl_read(operands[1]);
    return session->g && is_element(session, session->g);
}

static CryptoDevStatus dh_create(CryptoDevBackend *backend,
                                 const CryptoDevSessionParams *params,
                                 CryptoDevSession **parent)
{
    DhSession *session = g_new0(DhSession, 1);

    *parent = &session->parent;
    session->context = cryptodev_openssl_context(backend);
    if (!read_session(session, params)) {
        ERR_clear_error();
        return CRYPTODEV_ERR;
    }
    return CRYPTODEV_OK;
}

/* The result is base ^ x. */
static CryptoDevStatus exponentiate(const DhSession *session,
                                    CryptoDevComputation *computation,
                                    const BIGNUM *base,
                                    CryptoDevOperand exponent)
{
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(session->context);
    g_autoptr(BIGNUM) x = cryptodev_openssl_read_secret(exponent);
    g_autoptr(BIGNUM) power = BN_new();

    if (!work || !x || !power ||
        !cryptodev_openssl_is_between(0, x, session->p_minus_1) ||
        !cryptodev_openssl_power(power, base, x, session->p, session->mont,
                                 work) ||
        !is_element(session, power)) {
        ERR_clear_error();
        return CRYPTODEV_ERR;
    }
    return cryptodev_openssl_add(computation, power, BN_num_bytes(session->p));
}

static CryptoDevStatus dh_compute(CryptoDevBackend *backend,
                                  CryptoDevComputation *computation)
{
    const DhSession *session =
        container_of(computation->session, DhSession, parent);
    const CryptoDevOperand *operands = computation->operands;
    g_autoptr(BIGNUM) peer = NULL;

    if (computation->operation == CRYPTODEV_DH_PUBLIC_VALUE) {
        return exponentiate(session, computation, session->g, operands[0]);
    }
    peer = cryptodev_openssl_read(operands[0]);
    if (!peer || !is_element(session, peer)) {
        return CRYPTODEV_ERR;
    }
    return exponentiate(session, computation, peer, operands[1]);
}

const CryptoDevDriver cryptodev_openssl_dh = {
    .service = CRYPTODEV_SERVICE_DH,
    .has = dh_has,
    .create = dh_create,
    .destroy = dh_destroy,
    .compute = dh_compute,
};
