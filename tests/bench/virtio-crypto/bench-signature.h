/*
 * Signatures in libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_SIGNATURE_H
#define TESTS_BENCH_SIGNATURE_H

#include "bench-algorithm.h"

/** BENCH_SIGNATURE_MAX: room for any signature */
#define BENCH_SIGNATURE_MAX (512 + BENCH_OPERAND_LEN)

/**
 * bench_signature_sign: sign a digest
 * @algorithm: how
 * @digest: BENCH_DIGEST_LEN bytes
 * @signature: room for BENCH_SIGNATURE_MAX bytes
 *
 * Returns: the signature's bytes, which are as the device writes them
 */
size_t bench_signature_sign(const BenchAlgorithm *algorithm,
                            const uint8_t *digest, uint8_t *signature);

/**
 * bench_signature_verify: check a signature
 * @algorithm: how
 * @signature: the signature
 * @len: its bytes; there may be more of them than it has
 * @digest: BENCH_DIGEST_LEN bytes
 *
 * Returns: whether it is right
 */
bool bench_signature_verify(const BenchAlgorithm *algorithm,
                            const uint8_t *signature, size_t len,
                            const uint8_t *digest);

#endif
