/*
 * A deterministic random bit generator: an instance of SP 800-90A
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_DRBG_H
#define BACKENDS_CRYPTODEV_DRBG_H

#include "primitives.h"

/* An instance, for one thread at a time */
typedef struct CryptoDevDrbg CryptoDevDrbg;

/**
 * CryptoDevDrbgEntropy:
 * @opaque: the instance's parameter
 * @data: where entropy goes
 * @len: bytes in @data, each of which has 8 bits of entropy
 *
 * Returns: false if no entropy is available.
 */
typedef bool CryptoDevDrbgEntropy(void *opaque, uint8_t *data, size_t len);

/**
 * CryptoDevDrbgParams:
 * @primitives: what computes HMACs
 * @hash: the hash of HMAC_DRBG, SHA-224 at least for 192 bits of strength, and
 *        SHA-256 at least for 256
 * @strength: the security strength, 112 to 256 bits; it is rounded up to one
 *            that the standard has
 * @prediction_resistance: whether that can be asked for
 * @personalization: the personalization string; it may be empty
 * @reseed_interval: after how many requests the instance reseeds itself, 2^48
 *                   at most
 * @entropy: where entropy comes from
 * @opaque: for @entropy
 */
typedef struct CryptoDevDrbgParams {
    const CryptoDevPrimitives *primitives;
    CryptoDevHashAlgo hash;
    uint32_t strength;
    bool prediction_resistance;
    CryptoDevOperand personalization;
    uint64_t reseed_interval;
    CryptoDevDrbgEntropy *entropy;
    void *opaque;
} CryptoDevDrbgParams;

#define CRYPTODEV_DRBG_RESEED_INTERVAL_MAX (1ull << 48)

/**
 * cryptodev_drbg_new:
 * @params: what the instance is to be; nothing but @primitives and @opaque is
 *          needed after the call
 *
 * Instantiate: SP 800-90A, section 9.1.  The entropy input has as many bits as
 * the strength, and the nonce, which comes after it, half as many.
 *
 * Returns: the instance, which the caller owns; NULL without entropy, or if
 * the primitives do not have the hash.
 */
CryptoDevDrbg *cryptodev_drbg_new(const CryptoDevDrbgParams *params);

/**
 * cryptodev_drbg_free:
 * @drbg: an instance, or NULL
 *
 * Uninstantiate: wipe the instance, and free it.
 */
void cryptodev_drbg_free(CryptoDevDrbg *drbg);

/**
 * cryptodev_drbg_reseed:
 * @drbg: an instance
 * @additional: additional input; it may be empty
 *
 * SP 800-90A, section 9.2.
 *
 * Returns: false without entropy; the instance is as it was then.  After an
 * error of the library, also false, it never gives bits again.
 */
bool cryptodev_drbg_reseed(CryptoDevDrbg *drbg, CryptoDevOperand additional);

/**
 * CryptoDevDrbgRequest:
 * @output: where the bits go
 * @len: bytes in @output, at most 65536
 * @strength: the security strength that they must have
 * @prediction_resistance: whether they must have that
 * @additional: additional input; it may be empty
 */
typedef struct CryptoDevDrbgRequest {
    uint8_t *output;
    size_t len;
    uint32_t strength;
    bool prediction_resistance;
    CryptoDevOperand additional;
} CryptoDevDrbgRequest;

/**
 * cryptodev_drbg_generate:
 * @drbg: an instance
 * @request: the request
 *
 * SP 800-90A, section 9.3.
 *
 * Returns: false if the instance lacks that strength or prediction resistance,
 * or without entropy; then @output is undefined.
 */
bool cryptodev_drbg_generate(CryptoDevDrbg *drbg,
                             const CryptoDevDrbgRequest *request);

#endif /* BACKENDS_CRYPTODEV_DRBG_H */
