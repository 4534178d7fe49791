/*
 * Pairs of keys of a benchmark
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_PAIR_H
#define TESTS_BENCH_PAIR_H

#include <gcrypt.h>

/**
 * BenchPair: a private key and its public one
 *
 * @library: libgcrypt's form of both
 * @private: the private key as a session takes it
 * @public: the public key likewise
 * @private_list: the private key as the last operands of a session of RFC v1;
 *                NULL for DSA
 * @public_list: the public key likewise
 */
typedef struct BenchPair {
    gcry_sexp_t library;
    GByteArray *private;
    GByteArray *public;
    GByteArray *private_list;
    GByteArray *public_list;
} BenchPair;

/**
 * bench_pair_get: get a pair of keys
 * @number: VIRTIO_CRYPTO_AKCIPHER_*; the curve of ECDSA is P-256
 * @bits: of the modulus, 0 for ECDSA
 *
 * Returns: the program's one pair of this kind, made at the first call, which
 * may take some seconds
 */
const BenchPair *bench_pair_get(uint32_t number, unsigned int bits);

#endif
