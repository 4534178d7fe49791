/*
 * RSA keys of a benchmark
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_RSA_KEY_H
#define TESTS_BENCH_RSA_KEY_H

#include <gcrypt.h>

/**
 * BenchRSAKey: a private key
 *
 * @library: libgcrypt's form of it
 * @der: RSAPrivateKey
 */
typedef struct BenchRSAKey {
    gcry_sexp_t library;
    GByteArray *der;
} BenchRSAKey;

/**
 * bench_rsa_key: get a key
 * @bits: of its modulus
 *
 * Returns: the program's one key of this size, made at the first call, which
 * may take some seconds
 */
const BenchRSAKey *bench_rsa_key(unsigned int bits);

#endif
