/*
 * Conformance of backends: sessions, and trials of what they should do
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_CONFORMANCE_SUBJECT_H
#define TESTS_CRYPTODEV_CONFORMANCE_SUBJECT_H

#include "conformance-trial.h"

/**
 * Subject:
 * @backend: the backend under test
 * @params: what the session was made of; its keys are @key and @auth_key
 * @session: the session
 * @capability: its algorithm
 * @chained: the hash or MAC of a chain, or NULL
 *
 * A session, and what another library must know to do the same.
 */
typedef struct Subject {
    CryptoDevBackend *backend;
    CryptoDevSessionParams params;
    GByteArray *key, *auth_key;
    CryptoDevSession *session;
    const CryptoDevCapability *capability, *chained;
} Subject;

/* A session that there must be; @params is not needed after the call */
Subject *subject_new(CryptoDevBackend *backend,
                     const CryptoDevSessionParams *params);
void subject_free(Subject *subject);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Subject, subject_free)

/*
 * A session that there must not be: the test fails unless this is its status
 * and nothing is made
 */
void subject_refused(CryptoDevBackend *backend,
                     const CryptoDevSessionParams *params,
                     CryptoDevStatus status);

/* A session for a symmetric algorithm with all else at random; no chain */
Subject *subject_random(CryptoDevBackend *backend,
                        const CryptoDevCapability *capability, GRand *rand);

/*
 * A trial of a symmetric session, about @len bytes of random data and all else
 * at random within what is legal, whose outcome another library has computed
 */
Trial *subject_trial(const Subject *subject, size_t len, GRand *rand);

/* The same with one more choice left to the caller */
Trial *digest_trial(const Subject *subject, size_t len, size_t digest_len,
                    GRand *rand);
Trial *aead_trial(const Subject *subject, size_t len, size_t iv_len,
                  size_t aad_len, GRand *rand);

GByteArray *random_bytes(GRand *rand, size_t len);
/* From @min to @max */
size_t random_len(GRand *rand, size_t min, size_t max);
/* A legal length of a key at random, and one of those in a mask */
size_t random_key_len(const CryptoDevCapability *capability, GRand *rand);
size_t random_bit(uint32_t lens, GRand *rand);

#endif
