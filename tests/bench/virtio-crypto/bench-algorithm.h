/*
 * The algorithms that are measured
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_ALGORITHM_H
#define TESTS_BENCH_ALGORITHM_H

#include "../../qtest/libqos/virtio-crypto-driver.h"

/**
 * BenchAlgorithm: the algorithm of a request
 *
 * @name: its name in tables
 * @service: VIRTIO_CRYPTO_SERVICE_*
 * @number: the algorithm's number on the wire
 * @encrypt: the direction
 * @in_stock: whether QEMU's own device has it
 * @library: libgcrypt's number of the cipher, digest or MAC; signatures: bits
 *           of the modulus; key agreement: of a number or coordinate
 * @mode: libgcrypt's mode of the cipher
 * @key_len: bytes of bench_key
 * @iv_len: bytes of bench_iv
 * @digest_len: bytes of the digest or tag
 * @auth: the number of the MAC after a chain's cipher, 0: no chain
 * @auth_library: libgcrypt's number of it
 * @verify: signatures: whether they are verified
 * @computation: the service and operation in RFC v1, 0: the algorithm is in the
 *               ratified protocol
 * @curve: the number of a computation's elliptic curve, 0: it has none
 */
typedef struct BenchAlgorithm {
    const char *name;
    uint32_t service;
    uint32_t number;
    bool encrypt;
    bool in_stock;
    int library;
    int mode;
    size_t key_len;
    size_t iv_len;
    size_t digest_len;
    uint32_t auth;
    int auth_library;
    bool verify;
    uint32_t computation;
    uint32_t curve;
} BenchAlgorithm;

/** BENCH_SERVICE_AGREEMENT: the service of key agreement, only in RFC v1 */
#define BENCH_SERVICE_AGREEMENT UINT32_MAX

/** BENCH_AAD_LEN: how much additional data a request of AEAD has */
#define BENCH_AAD_LEN   16

/** BENCH_DIGEST_LEN: how long the digests are that are signed */
#define BENCH_DIGEST_LEN    32

/** BENCH_OPERAND_LEN: bytes of the length before an operand in a list */
#define BENCH_OPERAND_LEN   sizeof(uint32_t)

/** bench_algorithms: all but signatures, up to one without a name */
extern const BenchAlgorithm bench_algorithms[];

/**
 * bench_signatures: RSA with PKCS#1 and SHA-256, DSA, and ECDSA on P-256, up to
 * one without a name
 */
extern const BenchAlgorithm bench_signatures[];

/**
 * bench_computations: those of RFC v1's services, up to one without a name;
 * some have the names of bench_signatures
 */
extern const BenchAlgorithm bench_computations[];

/** bench_key, bench_iv, bench_aad: common to all requests */
extern const uint8_t bench_key[64];
extern const uint8_t bench_iv[16];
extern const uint8_t bench_aad[BENCH_AAD_LEN];

/**
 * bench_algorithm_find: look an algorithm up
 * @name: its name, of bench_algorithms, bench_signatures or bench_computations,
 *        whichever has it first
 *
 * Returns: the algorithm
 */
const BenchAlgorithm *bench_algorithm_find(const char *name);

/**
 * bench_algorithm_create_request: the request that creates a session
 * @algorithm: what the session is for
 * @driver: of the device
 *
 * Returns: the request, the caller's
 */
QVirtioCryptoRequest *
bench_algorithm_create_request(const BenchAlgorithm *algorithm,
                               QVirtioCryptoDriver *driver);

/**
 * bench_algorithm_destroy_request: the request that destroys a session
 * @algorithm: what the session is for
 * @driver: of the device
 *
 * Returns: the request, the caller's; its session is 0
 */
QVirtioCryptoRequest *
bench_algorithm_destroy_request(const BenchAlgorithm *algorithm,
                                QVirtioCryptoDriver *driver);

/**
 * bench_algorithm_request: a data request
 * @algorithm: what it computes
 * @driver: of the device
 * @session: the session's id
 * @source: the source
 *
 * Returns: the request, the caller's
 */
QVirtioCryptoRequest *
bench_algorithm_request(const BenchAlgorithm *algorithm,
                        QVirtioCryptoDriver *driver, uint64_t session,
                        const GByteArray *source);

#endif
