/*
 * Fuzz target: HMAC_DRBG of SP 800-90A once more, with nettle
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef FUZZ_DRBG_MODEL_H
#define FUZZ_DRBG_MODEL_H

#include <nettle/nettle-meta.h>
#include "input.h"

/* The working state of section 10.1.2.1 */
typedef struct DrbgModel {
    const struct nettle_hash *hash;
    uint8_t key[64];
    uint8_t v[64];
} DrbgModel;

/**
 * drbg_model_init:
 * @model: the state to fill in
 * @hash: the hash
 *
 * Steps 2 and 3 of section 10.1.2.3.  The caller mixes the seed in next.
 */
void drbg_model_init(DrbgModel *model, const struct nettle_hash *hash);

/**
 * drbg_model_update:
 * @model: the state
 * @seed: the first part of the data to mix in; both parts can be empty
 * @more: the second part
 *
 * Section 10.1.2.2.
 */
void drbg_model_update(DrbgModel *model, FuzzInput seed, FuzzInput more);

/**
 * drbg_model_generate:
 * @model: the state
 * @additional: additional input; it may be empty
 * @output: where the bits go
 * @len: bytes in @output
 *
 * Section 10.1.2.5.
 */
void drbg_model_generate(DrbgModel *model, FuzzInput additional,
                         uint8_t *output, size_t len);

#endif /* FUZZ_DRBG_MODEL_H */
