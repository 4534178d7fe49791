/*
 * Fuzz target: instances of random bit generators
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The input describes an instance, and then calls of its functions.  A second
 * implementation must give the same bytes, and refuse the same calls.
 */

#include "qemu/osdep.h"
#include "backends/cryptodev/common/drbg.h"
#include "backends/cryptodev-gcrypt/primitives.h"
#include "drbg-model.h"

/* More bytes than a request may have */
#define TOO_LONG (64 * 1024 + 1)

/* Bits that describe the instance, a call, and the length of its data */
enum {
    INSTANCE_HASH = 7,
    INSTANCE_RESISTANCE = 8,
    CALL_RESEED = 1,
    CALL_RESISTANCE = 2,
    CALL_NO_ENTROPY = 4,
    CALL_TOO_LONG = 8,
    ADDITIONAL_LEN = 31,
};

static const struct {
    CryptoDevHashAlgo algo;
    const struct nettle_hash *nettle;
    uint32_t strength_max;
} hashes[] = {
    { CRYPTODEV_HASH_SHA1, &nettle_sha1, 128 },
    { CRYPTODEV_HASH_SHA224, &nettle_sha224, 192 },
    { CRYPTODEV_HASH_SHA256, &nettle_sha256, 256 },
    { CRYPTODEV_HASH_SHA384, &nettle_sha384, 256 },
    { CRYPTODEV_HASH_SHA512, &nettle_sha512, 256 },
};

/* Bytes that have been drawn, and whether more can be */
typedef struct Entropy {
    uint8_t bytes[64];
    size_t len;
    bool fails;
} Entropy;

typedef struct Pair {
    CryptoDevDrbg *drbg;
    DrbgModel model;
    Entropy entropy;
    uint32_t strength;
    bool resistance;
    uint64_t requests;
    uint64_t interval;
} Pair;

/* Draw entropy, and record it for the model. */
static bool draw_entropy(void *opaque, uint8_t *data, size_t len)
{
    Entropy *entropy = opaque;

    if (entropy->fails) {
        return false;
    }
    g_assert(len <= sizeof(entropy->bytes) - entropy->len);
    for (size_t i = 0; i < len; i++) {
        data[i] = 0x80 + entropy->len;
        entropy->bytes[entropy->len++] = data[i];
    }
    return true;
}

/* Section 8.4's strengths, and the entropy that sections 8.6 wants for them */
static uint32_t round_strength(uint32_t strength)
{
    return strength <= 112 ? 112 : strength <= 128 ? 128
                                 : strength <= 192 ? 192 : 256;
}

static void mix_entropy(Pair *pair, FuzzInput more)
{
    drbg_model_update(&pair->model, (FuzzInput) { pair->entropy.bytes,
                                                  pair->entropy.len }, more);
    pair->entropy.len = 0;
}

static void instantiate(Pair *pair, FuzzInput *input)
{
    uint8_t flags = fuzz_take_byte(input);
    size_t hash = (flags & INSTANCE_HASH) % ARRAY_SIZE(hashes);
    uint32_t strength = fuzz_take_byte(input) + 1;
    uint8_t interval = fuzz_take_byte(input);
    uint8_t len = fuzz_take_byte(input);
    FuzzInput personalization = fuzz_take_span(input, len);
    CryptoDevDrbgParams params = {
        .primitives = &cryptodev_gcrypt_primitives,
        .hash = hashes[hash].algo,
        .strength = MIN(strength, hashes[hash].strength_max),
        .prediction_resistance = flags & INSTANCE_RESISTANCE,
        .personalization = { personalization.data, personalization.len },
        .reseed_interval = interval,
        .entropy = draw_entropy,
        .opaque = &pair->entropy,
    };

    pair->strength = round_strength(params.strength);
    pair->resistance = params.prediction_resistance;
    pair->interval = interval;
    pair->drbg = cryptodev_drbg_new(&params);
    g_assert(pair->drbg);
    g_assert(pair->entropy.len == pair->strength / 8 * 3 / 2);
    drbg_model_init(&pair->model, hashes[hash].nettle);
    mix_entropy(pair, personalization);
}

static void reseed(Pair *pair, FuzzInput additional)
{
    CryptoDevOperand operand = { additional.data, additional.len };
    bool ok = cryptodev_drbg_reseed(pair->drbg, operand);

    g_assert(ok == !pair->entropy.fails);
    if (ok) {
        g_assert(pair->entropy.len == pair->strength / 8);
        mix_entropy(pair, additional);
        pair->requests = 0;
    }
}

/* Whether section 9.3.1 requires that a request be refused */
static bool is_refused(const Pair *pair, const CryptoDevDrbgRequest *request)
{
    return request->len >= TOO_LONG || request->strength > pair->strength ||
           (request->prediction_resistance && !pair->resistance);
}

static bool needs_entropy(const Pair *pair,
                          const CryptoDevDrbgRequest *request)
{
    return request->prediction_resistance ||
           pair->requests >= pair->interval;
}

static void compare_output(Pair *pair, const CryptoDevDrbgRequest *request,
                           FuzzInput additional)
{
    uint8_t expected[UINT8_MAX];

    if (needs_entropy(pair, request)) {
        g_assert(pair->entropy.len == pair->strength / 8);
        mix_entropy(pair, additional);
        additional = (FuzzInput) { };
        pair->requests = 0;
    }
    g_assert(!pair->entropy.len);
    drbg_model_generate(&pair->model, additional, expected, request->len);
    g_assert(!memcmp(expected, request->output, request->len));
    pair->requests++;
}

static void generate(Pair *pair, uint8_t flags, size_t len,
                     uint32_t strength, FuzzInput additional)
{
    uint8_t output[UINT8_MAX];
    CryptoDevDrbgRequest request = {
        .output = output,
        .len = flags & CALL_TOO_LONG ? TOO_LONG : len,
        .strength = strength,
        .prediction_resistance = flags & CALL_RESISTANCE,
        .additional = { additional.data, additional.len },
    };
    bool refused = is_refused(pair, &request) ||
                   (needs_entropy(pair, &request) && pair->entropy.fails);
    bool ok = cryptodev_drbg_generate(pair->drbg, &request);

    g_assert(ok == !refused);
    if (ok) {
        compare_output(pair, &request, additional);
    }
}

static void call(Pair *pair, FuzzInput *input)
{
    uint8_t flags = fuzz_take_byte(input);
    size_t len = fuzz_take_byte(input);
    uint32_t strength = fuzz_take_byte(input) * 2;
    FuzzInput additional =
        fuzz_take_span(input, fuzz_take_byte(input) & ADDITIONAL_LEN);

    pair->entropy.fails = flags & CALL_NO_ENTROPY;
    if (flags & CALL_RESEED) {
        reseed(pair, additional);
    } else {
        generate(pair, flags, len, strength, additional);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    FuzzInput input = { data, len };
    Pair pair = { };

    instantiate(&pair, &input);
    while (input.len) {
        call(&pair, &input);
    }
    cryptodev_drbg_free(pair.drbg);
    return 0;
}
