/*
 * A deterministic random bit generator: an instance of SP 800-90A
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drbg.h"
#include "hmac-drbg.h"

/* The longest entropy input and nonce, of 256 bits of strength, in bytes */
#define SEED_MAX (32 + 16)

/* Section 10.1, table 2: 2^19 bits */
#define REQUEST_MAX (64 * 1024)

/**
 * CryptoDevDrbg:
 * @requests: how many there were since the last entropy
 */
struct CryptoDevDrbg {
    CryptoDevHmacDrbg state;
    uint32_t strength;
    bool prediction_resistance;
    uint64_t requests;
    uint64_t reseed_interval;
    CryptoDevDrbgEntropy *entropy;
    void *opaque;
};

/* Section 8.4 */
static uint32_t round_strength(uint32_t strength)
{
    static const uint32_t strengths[] = { 112, 128, 192 };

    for (size_t i = 0; i < ARRAY_SIZE(strengths); i++) {
        if (strength <= strengths[i]) {
            return strengths[i];
        }
    }
    return 256;
}

static bool seed(CryptoDevDrbg *drbg, const CryptoDevDrbgParams *params)
{
    size_t entropy_len = drbg->strength / 8;
    size_t nonce_len = entropy_len / 2;
    uint8_t bytes[SEED_MAX];
    CryptoDevOperand parts[] = {
        { .data = bytes, .len = entropy_len + nonce_len },
        params->personalization,
    };
    bool ok = drbg->entropy(drbg->opaque, bytes, entropy_len) &&
              drbg->entropy(drbg->opaque, bytes + entropy_len, nonce_len) &&
              cryptodev_hmac_drbg_init(&drbg->state, params->primitives,
                                       params->hash, parts,
                                       ARRAY_SIZE(parts));

    cryptodev_wipe(bytes, sizeof(bytes));
    return ok;
}

CryptoDevDrbg *cryptodev_drbg_new(const CryptoDevDrbgParams *params)
{
    CryptoDevDrbg *drbg = g_new0(CryptoDevDrbg, 1);

    drbg->strength = round_strength(params->strength);
    drbg->prediction_resistance = params->prediction_resistance;
    drbg->reseed_interval = params->reseed_interval;
    drbg->entropy = params->entropy;
    drbg->opaque = params->opaque;
    if (!seed(drbg, params)) {
        cryptodev_drbg_free(drbg);
        return NULL;
    }
    return drbg;
}

void cryptodev_drbg_free(CryptoDevDrbg *drbg)
{
    if (drbg) {
        cryptodev_hmac_drbg_clear(&drbg->state);
        g_free(drbg);
    }
}

bool cryptodev_drbg_reseed(CryptoDevDrbg *drbg, CryptoDevOperand additional)
{
    uint8_t bytes[SEED_MAX];
    CryptoDevOperand parts[] = {
        { .data = bytes, .len = drbg->strength / 8 },
        additional,
    };
    bool ok = drbg->entropy(drbg->opaque, bytes, drbg->strength / 8) &&
              cryptodev_hmac_drbg_update(&drbg->state, parts,
                                         ARRAY_SIZE(parts));

    cryptodev_wipe(bytes, sizeof(bytes));
    if (ok) {
        drbg->requests = 0;
    }
    return ok;
}

bool cryptodev_drbg_generate(CryptoDevDrbg *drbg,
                             const CryptoDevDrbgRequest *request)
{
    CryptoDevOperand additional = request->additional;

    if (request->len > REQUEST_MAX || request->strength > drbg->strength ||
        (request->prediction_resistance && !drbg->prediction_resistance)) {
        return false;
    }
    if (request->prediction_resistance ||
        drbg->requests >= drbg->reseed_interval) {
        if (!cryptodev_drbg_reseed(drbg, additional)) {
            return false;
        }
        additional = (CryptoDevOperand) { };
    }
    drbg->requests++;
    return cryptodev_hmac_drbg_generate(&drbg->state, additional,
                                        request->output, request->len);
}
