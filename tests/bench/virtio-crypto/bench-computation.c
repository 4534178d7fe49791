/*
 * Requests of RFC v1 for the measured computations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../qtest/virtio-crypto/rfc-computation.h"
#include "system/cryptodev.h"
#include "bench-agreement.h"
#include "bench-computation.h"
#include "bench-pair.h"
#include "bench-signature.h"
#include "bench-source.h"

#define PKCS1   1

static const uint8_t bool_true[] = { 1, 0, 0, 0, true };

static bool is_agreement(const BenchAlgorithm *algorithm)
{
    return algorithm->service == BENCH_SERVICE_AGREEMENT;
}

static void append_number(GByteArray *list, uint8_t number)
{
    computation_append_bytes(list, &number, sizeof(number));
}

static void append_key(GByteArray *list, const BenchAlgorithm *algorithm)
{
    const BenchPair *pair = bench_pair_get(algorithm->number,
                                           algorithm->library);
    const GByteArray *key = algorithm->verify ? pair->public_list :
                                                pair->private_list;

    if (algorithm->curve) {
        append_number(list, algorithm->curve);
    } else {
        append_number(list, PKCS1);
        append_number(list, CRYPTODEV_HASH_SHA256);
    }
    g_byte_array_append(list, key->data, key->len);
}

QVirtioCryptoRequest *
bench_computation_create_request(const BenchAlgorithm *algorithm)
{
    GByteArray *list = g_byte_array_new();

    if (is_agreement(algorithm)) {
        bench_agreement_append_session(list, algorithm);
    } else {
        append_key(list, algorithm);
    }
    return computation_create_request(algorithm->computation, list);
}

static size_t get_room(const BenchAlgorithm *algorithm)
{
    if (is_agreement(algorithm)) {
        return bench_agreement_room(algorithm);
    }
    if (algorithm->verify) {
        return sizeof(bool_true);
    }
    return algorithm->curve ? 2 * (BENCH_OPERAND_LEN + BENCH_DIGEST_LEN) :
                              BENCH_OPERAND_LEN + algorithm->library / 8;
}

QVirtioCryptoRequest *
bench_computation_request(const BenchAlgorithm *algorithm, uint64_t session,
                          const GByteArray *source)
{
    GByteArray *list = g_byte_array_new();

    g_byte_array_append(list, source->data, source->len);
    return computation_request(algorithm->computation, session,
                               get_room(algorithm), list);
}

/* Signing with ECDSA has a secret number before, which is left out */
static bool has_secret_number(const BenchAlgorithm *algorithm)
{
    return algorithm->curve && !algorithm->verify;
}

static void append_digest(GByteArray *list, const BenchAlgorithm *algorithm,
                          const uint8_t *digest)
{
    uint8_t signature[BENCH_SIGNATURE_MAX];
    size_t len;

    if (has_secret_number(algorithm)) {
        computation_append_bytes(list, NULL, 0);
    }
    computation_append_bytes(list, digest, BENCH_DIGEST_LEN);
    if (algorithm->verify) {
        len = bench_signature_sign(algorithm, digest, signature);
        g_byte_array_append(list, signature, len);
    }
}

GByteArray *bench_computation_source(const BenchAlgorithm *algorithm,
                                     unsigned int i)
{
    GByteArray *list = g_byte_array_new();

    if (is_agreement(algorithm)) {
        bench_agreement_append_source(list, algorithm, i);
    } else {
        append_digest(list, algorithm, bench_source(i));
    }
    return list;
}

const uint8_t *bench_computation_digest(const BenchAlgorithm *algorithm,
                                        const uint8_t *source)
{
    return source + (has_secret_number(algorithm) ? 2 : 1) * BENCH_OPERAND_LEN;
}

bool bench_computation_is_true(const uint8_t *result, size_t len)
{
    return len == sizeof(bool_true) && !memcmp(result, bool_true, len);
}
