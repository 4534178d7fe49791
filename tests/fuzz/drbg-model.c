/*
 * Fuzz target: HMAC_DRBG of SP 800-90A once more, with nettle
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <nettle/hmac.h>
#include "drbg-model.h"

typedef union HashContext {
    struct sha1_ctx sha1;
    struct sha256_ctx sha256;
    struct sha512_ctx sha512;
} HashContext;

typedef struct Hmac {
    HashContext outer;
    HashContext inner;
    HashContext state;
} Hmac;

static void start(Hmac *hmac, const DrbgModel *model)
{
    nettle_hmac_set_key(&hmac->outer, &hmac->inner, &hmac->state, model->hash,
                        model->hash->digest_size, model->key);
}

static void feed(Hmac *hmac, const DrbgModel *model, FuzzInput data)
{
    if (data.len) {
        nettle_hmac_update(&hmac->state, model->hash, data.len, data.data);
    }
}

static void finish(Hmac *hmac, const DrbgModel *model, uint8_t *digest)
{
    nettle_hmac_digest(&hmac->outer, &hmac->inner, &hmac->state, model->hash,
                       model->hash->digest_size, digest);
}

static FuzzInput whole_v(const DrbgModel *model)
{
    return (FuzzInput) { model->v, model->hash->digest_size };
}

static void step_v(DrbgModel *model, Hmac *hmac)
{
    feed(hmac, model, whole_v(model));
    finish(hmac, model, model->v);
}

static void mix(DrbgModel *model, uint8_t separator, FuzzInput seed,
                FuzzInput more)
{
    Hmac hmac;

    start(&hmac, model);
    feed(&hmac, model, whole_v(model));
    feed(&hmac, model, (FuzzInput) { &separator, 1 });
    feed(&hmac, model, seed);
    feed(&hmac, model, more);
    finish(&hmac, model, model->key);
    start(&hmac, model);
    step_v(model, &hmac);
}

void drbg_model_update(DrbgModel *model, FuzzInput seed, FuzzInput more)
{
    mix(model, 0, seed, more);
    if (seed.len + more.len) {
        mix(model, 1, seed, more);
    }
}

void drbg_model_init(DrbgModel *model, const struct nettle_hash *hash)
{
    model->hash = hash;
    memset(model->key, 0, sizeof(model->key));
    memset(model->v, 1, sizeof(model->v));
}

void drbg_model_generate(DrbgModel *model, FuzzInput additional,
                         uint8_t *output, size_t len)
{
    Hmac hmac;

    if (additional.len) {
        drbg_model_update(model, additional, (FuzzInput) { });
    }
    start(&hmac, model);
    for (size_t done = 0; done < len; done += model->hash->digest_size) {
        step_v(model, &hmac);
        memcpy(output + done, model->v,
               MIN(len - done, model->hash->digest_size));
    }
    drbg_model_update(model, additional, (FuzzInput) { });
}
