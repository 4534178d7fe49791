/*
 * Conformance of backends: an operation, and what it must do to memory
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_CONFORMANCE_TRIAL_H
#define TESTS_CRYPTODEV_CONFORMANCE_TRIAL_H

#include "system/cryptodev.h"

/**
 * Trial:
 * @name: what a failure is reported by
 * @session: the session; whoever made it destroys it
 * @iv, @aad, @src, @signature: what the operation reads; never NULL
 * @dst_room: bytes in the destination
 * @digest_room: bytes in the digest
 * @status: what the status must be
 * @dst, @digest: what must be written to the front of the two, if @status is
 *                CRYPTODEV_OK; never NULL
 *
 * An operation and its only right outcome.
 */
typedef struct Trial {
    char *name;
    CryptoDevSession *session;
    CryptoDevOpType type;
    GByteArray *iv, *aad, *src, *signature;
    CryptoDevRange cipher_range, hash_range;
    size_t dst_room, digest_room;
    CryptoDevStatus status;
    GByteArray *dst, *digest;
} Trial;

/* One without any bytes, which must be CRYPTODEV_OK */
Trial *trial_new(const char *name, CryptoDevSession *session,
                 CryptoDevOpType type);
void trial_free(Trial *trial);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Trial, trial_free)

/**
 * Shape:
 * @src_piece, @dst_piece: bytes in each element of the source's and the
 *     destination's iovec array; 0 for a single element, PIECE_RANDOM for
 *     lengths that differ, 0 among them
 * @reversed: whether later elements have lower addresses
 * @tangled: whether the destination lies in the source's memory
 * @distance: bytes from the source to the destination then, maybe negative
 *
 * How an operation's memory lies.
 */
typedef struct Shape {
    size_t src_piece, dst_piece;
    bool reversed;
    bool tangled;
    int distance;
} Shape;

#define PIECE_RANDOM SIZE_MAX

/* All that there are, and a shape among them */
extern const Shape shapes[];
extern const size_t n_shapes;
const Shape *shape_random(GRand *rand);

/* A trial's memory in one shape, from before it runs until it is checked */
typedef struct Attempt Attempt;

/* @op is ready to run then, and has no valid outcome; @trial is needed later */
Attempt *attempt_new(const Trial *trial, const Shape *shape, CryptoDevOp *op);
/*
 * Compare the outcome, and every byte of memory that @op could have reached,
 * with what they must be.  The test fails if they differ.  Frees the attempt.
 */
void attempt_finish(Attempt *attempt, const CryptoDevOp *op);

/* Run operations at once, in the calling thread; one alone has no state. */
void run_ops(CryptoDevBackend *backend, CryptoDevOp *ops, size_t n);
/* Make an attempt, run and check it */
void trial_run(CryptoDevBackend *backend, const Trial *trial,
               const Shape *shape);
/* In all shapes, and in one alone where the trial is a long one */
void trial_run_all(CryptoDevBackend *backend, const Trial *trial);

#endif
