/*
 * Known answers of deterministic random bit generators
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * All bytes are hexadecimal text.
 */

#ifndef TESTS_CRYPTODEV_DRBG_VECTORS_H
#define TESTS_CRYPTODEV_DRBG_VECTORS_H

#include "system/cryptodev.h"

/*
 * An instance of HMAC_DRBG that gives bits two times, of which the second ones
 * are known.  It is reseeded before, unless @reseed is NULL.  With prediction
 * resistance, each time takes fresh entropy.
 */
typedef struct DrbgVector {
    const char *name;
    CryptoDevHashAlgo hash;
    uint32_t strength;
    bool prediction_resistance;
    const char *entropy;
    const char *nonce;
    const char *personalization;
    const char *reseed;
    const char *reseed_input;
    const char *fresh[2];
    const char *inputs[2];
    const char *bits;
} DrbgVector;

/* Up to one without a name */
extern const DrbgVector drbg_vectors[];

#endif
