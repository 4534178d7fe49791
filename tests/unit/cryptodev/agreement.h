/*
 * Agreement of two backends: the same requests on both
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Requests are random, most of them nearly right.  What they must do, only the
 * other backend tells: the test fails unless every status and every byte of
 * memory that an operation could have written is the same.  GLib prints the
 * seed, and takes it by the option "--seed".
 */

#ifndef TESTS_CRYPTODEV_AGREEMENT_H
#define TESTS_CRYPTODEV_AGREEMENT_H

#include "compute-openssl.h"
#include "conformance-subject.h"
#include "system/cryptodev-compute.h"

#define AGREEMENT_BACKENDS 2

/*
 * Two backends, what makes requests, and how many of these both have done or
 * refused
 */
typedef struct Agreement {
    CryptoDevBackend *backends[AGREEMENT_BACKENDS];
    GRand *rand;
    size_t done, refused;
} Agreement;

/* A session that both have */
typedef struct Both {
    Agreement *agreement;
    CryptoDevSession *sessions[AGREEMENT_BACKENDS];
} Both;

/* NULL if both refuse it; @params is not needed after the call */
Both *both_new(Agreement *agreement,
               const CryptoDevSessionParams *params);
void both_free(Both *both);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Both, both_free)

/*
 * Run an operation, whose buffers but @dst and @digest the caller has set.
 * Returns the result of the first backend, in which the digest follows; NULL
 * unless both succeed.
 */
GByteArray *both_run(const Both *both, const CryptoDevOp *op, size_t dst_room,
                     size_t digest_room);

/* Verify a signature, genuine or not. */
void both_verify(const Both *both, const GByteArray *digest,
                 const GByteArray *signature);

/*
 * Like both_run(), for an operation with random results: but for their lengths,
 * these are what @reader makes @op's source of again.
 */
void both_run_random(const Both *both, const CryptoDevOp *op, size_t dst_room,
                     const Both *reader, CryptoDevOpType type);

/*
 * Run a computation with @operands, of GByteArray; @session is NULL if it needs
 * none.  Returns the first backend's results, or NULL.
 */
GPtrArray *both_compute(Agreement *agreement, CryptodevService service,
                        uint32_t operation, const Both *session,
                        GPtrArray *operands);

/* A session of @operands, which @both_compute() can use; or NULL */
Both *both_new_computation(Agreement *agreement,
                           CryptodevService service, uint32_t operation,
                           GPtrArray *operands);

/* An operand more, which @operands owns then */
void add_bytes(GPtrArray *operands, const GByteArray *bytes);
void add_number(GPtrArray *operands, uint32_t number);
/* @bn in as many bytes, or in as few as it needs */
void add_bn(GPtrArray *operands, const BIGNUM *bn, size_t len);
GPtrArray *operands_new(void);

/* One in @n */
bool one_in(GRand *rand, int n);
BIGNUM *random_bn(GRand *rand, int bits);
/* A number that is likely to matter: near 0 or near @n, or any below it */
BIGNUM *edge_bn(GRand *rand, const BIGNUM *n);
/* Bytes that are nearly those of @bytes */
GByteArray *spoil(GRand *rand, const GByteArray *bytes);
/* Spoil one operand in place, or none */
void spoil_one(GRand *rand, GPtrArray *operands);

/* A whole buffer */
CryptoDevBuf buf_of(struct iovec *iov, const GByteArray *bytes);

void agreement_rsa(Agreement *agreement);
void agreement_rsa_service(Agreement *agreement);
void agreement_dsa(Agreement *agreement);
void agreement_dsa_service(Agreement *agreement);
void agreement_ec(Agreement *agreement);
void agreement_ecdsa(Agreement *agreement);
void agreement_ecdsa_service(Agreement *agreement);
void agreement_ecdh(Agreement *agreement);
void agreement_montgomery(Agreement *agreement);
void agreement_dh(Agreement *agreement);
void agreement_ln(Agreement *agreement);
void agreement_prime(Agreement *agreement);
void agreement_symmetric(Agreement *agreement);
void agreement_batches(Agreement *agreement);

#endif
