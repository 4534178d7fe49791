/*
 * The libgcrypt backend: Diffie-Hellman key agreement on elliptic curves
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "curve.h"
#include "montgomery.h"

/* The longest private key: that of P-521 */
#define KEY_MAX 66

typedef struct EcdhSession {
    CryptoDevSession parent;
    CryptoDevCurve curve;
    size_t key_len;
    uint8_t key[KEY_MAX];
} EcdhSession;

static CryptoDevOperand session_key(const EcdhSession *session)
{
    return (CryptoDevOperand) {
        .data = session->key, .len = session->key_len,
    };
}

/* Any string of bits is a key of X25519 and X448. */
static CryptoDevStatus check_key(CryptoDevCurve id, CryptoDevOperand key)
{
    size_t len = cryptodev_montgomery_len(id);
    g_autoptr(CryptoDevGcryptCurve) curve = NULL;
    g_auto(gcry_mpi_t) k = NULL;

    if (len) {
        return key.len <= len ? CRYPTODEV_OK : CRYPTODEV_ERR;
    }
    curve = cryptodev_curve_open(id);
    if (!curve) {
        return CRYPTODEV_NOTSUPP;
    }
    k = cryptodev_curve_read_scalar(curve, key);
    return k ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static CryptoDevStatus ecdh_create(CryptoDevBackend *backend,
                                   const CryptoDevSessionParams *params,
                                   CryptoDevSession **parent)
{
    const CryptoDevOperand *operands = params->compute.operands;
    CryptoDevCurve curve = cryptodev_operand_number(operands[0]);
    CryptoDevOperand key = operands[1];
    CryptoDevStatus status;
    EcdhSession *session;

    while (key.len && !key.data[0]) {
        key.data++;
        key.len--;
    }
    status = check_key(curve, key);
    if (status != CRYPTODEV_OK) {
        return status;
    }
    session = g_new0(EcdhSession, 1);
    session->curve = curve;
    session->key_len = key.len;
    memcpy(session->key, key.data, key.len);
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

static void ecdh_destroy(CryptoDevSession *parent)
{
    EcdhSession *session = container_of(parent, EcdhSession, parent);

    cryptodev_wipe(session->key, sizeof(session->key));
    g_free(session);
}

/*
 * SP 800-56A, section 5.6.2.3.3, step 4: n Q is the point at infinity, which
 * has a third coordinate of 0.  Any other one shows that something went wrong.
 */
static bool has_order(const CryptoDevGcryptCurve *curve,
                      gcry_mpi_point_t point)
{
    g_auto(gcry_mpi_point_t) product = gcry_mpi_point_new(0);
    g_auto(gcry_mpi_t) z = gcry_mpi_new(0);

    gcry_mpi_ec_mul(product, curve->n, point, curve->context);
    gcry_mpi_point_get(NULL, NULL, z, product);
    return gcry_mpi_cmp_ui(z, 0) == 0;
}

static CryptoDevStatus ecdh_compute(CryptoDevBackend *backend,
                                    CryptoDevComputation *computation)
{
    const EcdhSession *session =
        container_of(computation->session, EcdhSession, parent);
    const CryptoDevOperand *operands = computation->operands;
    g_autoptr(CryptoDevGcryptCurve) curve = NULL;
    g_auto(gcry_mpi_t) k = NULL;
    g_auto(gcry_mpi_point_t) peer = NULL;

    if (cryptodev_montgomery_len(session->curve)) {
        return operands[2].len ? CRYPTODEV_ERR
               : cryptodev_montgomery_add_product(computation, session->curve,
                                                  session_key(session),
                                                  operands[1]);
    }
    curve = cryptodev_curve_open(session->curve);
    if (!curve) {
        return CRYPTODEV_ERR;
    }
    k = cryptodev_curve_read_scalar(curve, session_key(session));
    peer = operands[2].len
           ? cryptodev_curve_read_point(curve, operands[1], operands[2])
           : NULL;
    if (!k || !peer || (cryptodev_operand_number(operands[0]) &&
                        !has_order(curve, peer))) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_curve_add_product(computation, curve, k, peer);
}

const CryptoDevDriver cryptodev_gcrypt_ecdh = {
    .service = CRYPTODEV_SERVICE_ECDH,
    .has = cryptodev_gcrypt_has_secure_memory,
    .create = ecdh_create,
    .destroy = ecdh_destroy,
    .compute = ecdh_compute,
};
