/*
 * The libgcrypt backend: Diffie-Hellman key agreement, PKCS #3
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "integer.h"

/* @g is NULL where the session's operation takes none. */
typedef struct DhSession {
    CryptoDevSession parent;
    gcry_mpi_t p;
    gcry_mpi_t g;
    gcry_mpi_t p_minus_1;
} DhSession;

static void dh_destroy(CryptoDevSession *parent)
{
    DhSession *session = container_of(parent, DhSession, parent);

    gcry_mpi_release(session->p);
    gcry_mpi_release(session->g);
    gcry_mpi_release(session->p_minus_1);
    g_free(session);
}

/* SP 800-56A, section 5.6.2.3.2: not 0, 1 or p - 1 */
static bool is_element(const DhSession *session, gcry_mpi_t value)
{
    return cryptodev_integer_is_between(1, value, session->p_minus_1);
}

static bool read_session(DhSession *session,
                         const CryptoDevSessionParams *params)
{
    const CryptoDevOperand *operands = params->compute.operands;

    session->p = cryptodev_integer_read(operands[0], false);
    if (!session->p || !cryptodev_integer_is_odd(session->p)) {
        return false;
    }
    session->p_minus_1 = gcry_mpi_new(0);
    gcry_mpi_sub_ui(session->p_minus_1, session->p, 1);
    if (params->algo != CRYPTODEV_DH_PUBLIC_VALUE) {
        return true;
    }
    session->g = cryptodev_integer_read(operands[1], false);
    return session->g && is_element(session, session->g);
}

static CryptoDevStatus dh_create(CryptoDevBackend *backend,
                                 const CryptoDevSessionParams *params,
                                 CryptoDevSession **parent)
{
    DhSession *session = g_new0(DhSession, 1);

    *parent = &session->parent;
    return read_session(session, params) ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

/* The result is base ^ x; an x of secure memory has it computed evenly. */
static CryptoDevStatus exponentiate(const DhSession *session,
                                    CryptoDevComputation *computation,
                                    gcry_mpi_t base,
                                    CryptoDevOperand exponent)
{
    g_auto(gcry_mpi_t) x = cryptodev_integer_read(exponent, true);
    g_auto(gcry_mpi_t) power = gcry_mpi_snew(0);

    if (!x || !cryptodev_integer_is_between(0, x, session->p_minus_1)) {
        return CRYPTODEV_ERR;
    }
    cryptodev_integer_power(power, base, x, session->p);
    if (!is_element(session, power)) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_integer_add(computation, power,
                                 cryptodev_integer_len(session->p));
}

static CryptoDevStatus dh_compute(CryptoDevBackend *backend,
                                  CryptoDevComputation *computation)
{
    const DhSession *session =
        container_of(computation->session, DhSession, parent);
    const CryptoDevOperand *operands = computation->operands;
    g_auto(gcry_mpi_t) peer = NULL;

    if (computation->operation == CRYPTODEV_DH_PUBLIC_VALUE) {
        return exponentiate(session, computation, session->g, operands[0]);
    }
    peer = cryptodev_integer_read(operands[0], false);
    if (!peer || !is_element(session, peer)) {
        return CRYPTODEV_ERR;
    }
    return exponentiate(session, computation, peer, operands[1]);
}

const CryptoDevDriver cryptodev_gcrypt_dh = {
    .service = CRYPTODEV_SERVICE_DH,
    .has = cryptodev_gcrypt_has_secure_memory,
    .create = dh_create,
    .destroy = dh_destroy,
    .compute = dh_compute,
};
