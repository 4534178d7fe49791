/*
 * Cryptography backends: instances of random bit generators
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/lockable.h"
#include "drbg.h"
#include "drivers.h"
#include "entropy.h"

/* What has any strength */
#define HASH CRYPTODEV_HASH_SHA512

/* An instance's requests follow one another: each changes its state. */
typedef struct DrbgSession {
    CryptoDevSession parent;
    QemuMutex lock;
    CryptoDevDrbg *drbg;
} DrbgSession;

static bool drbg_has(CryptoDevBackend *backend, uint32_t operation)
{
    const CryptoDevPrimitives *primitives = cryptodev_primitives(backend);

    return primitives->hash.has(primitives, HASH);
}

static bool draw_entropy(void *opaque, uint8_t *data, size_t len)
{
    return cryptodev_entropy_read(data, len);
}

static CryptoDevStatus drbg_create(CryptoDevBackend *backend,
                                   const CryptoDevSessionParams *params,
                                   CryptoDevSession **parent)
{
    const CryptoDevOperand *operands = params->compute.operands;
    CryptoDevDrbgParams instance = {
        .primitives = cryptodev_primitives(backend),
        .hash = HASH,
        .strength = cryptodev_operand_number(operands[0]),
        .prediction_resistance = cryptodev_operand_number(operands[1]),
        .personalization = operands[2],
        .reseed_interval = CRYPTODEV_DRBG_RESEED_INTERVAL_MAX,
        .entropy = draw_entropy,
    };
    CryptoDevDrbg *drbg = cryptodev_drbg_new(&instance);
    DrbgSession *session;

    if (!drbg) {
        return CRYPTODEV_ERR;
    }
    session = g_new0(DrbgSession, 1);
    session->drbg = drbg;
    qemu_mutex_init(&session->lock);
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

static void drbg_destroy(CryptoDevSession *parent)
{
    DrbgSession *session = container_of(parent, DrbgSession, parent);

    cryptodev_drbg_free(session->drbg);
    qemu_mutex_destroy(&session->lock);
    g_free(session);
}

static CryptoDevStatus generate(DrbgSession *session,
                                CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    CryptoDevDrbgRequest request = {
        .len = cryptodev_operand_number(operands[0]),
        .strength = cryptodev_operand_number(operands[1]),
        .prediction_resistance = cryptodev_operand_number(operands[2]),
        .additional = operands[3],
    };

    request.output = cryptodev_computation_add(computation, request.len);
    if (!request.output) {
        return CRYPTODEV_ERR;
    }
    QEMU_LOCK_GUARD(&session->lock);
    return cryptodev_drbg_generate(session->drbg, &request)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static CryptoDevStatus drbg_compute(CryptoDevBackend *backend,
                                    CryptoDevComputation *computation)
{
    DrbgSession *session =
        container_of(computation->session, DrbgSession, parent);

    if (computation->operation == CRYPTODEV_DRBG_GENERATE) {
        return generate(session, computation);
    }
    QEMU_LOCK_GUARD(&session->lock);
    return cryptodev_drbg_reseed(session->drbg, computation->operands[0])
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

const CryptoDevDriver cryptodev_common_drbg = {
    .service = CRYPTODEV_SERVICE_DRBG,
    .has = drbg_has,
    .create = drbg_create,
    .destroy = drbg_destroy,
    .compute = drbg_compute,
};
