/*
 * Conformance of backends: every backend gives the same answers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * These tests know a backend by the name of its type and by the headers in
 * include/system.  They walk its table of capabilities, and fail for whatever
 * they find there and cannot compare with another library or with a published
 * answer.
 */

#ifndef TESTS_CRYPTODEV_CONFORMANCE_H
#define TESTS_CRYPTODEV_CONFORMANCE_H

#include "system/cryptodev.h"

/* A backend, and what its tests' paths begin with, up to the last '/' */
typedef struct Conformance {
    CryptoDevBackend *backend;
    char *path;
} Conformance;

/* A test of one capability, or of the backend as a whole if that is NULL */
typedef void ConformanceTest(CryptoDevBackend *backend,
                             const CryptoDevCapability *capability);

/* Add a test "NAME". */
void conformance_add(const Conformance *conformance,
                     const CryptoDevCapability *capability,
                     const char *name, ConformanceTest *run);

/*
 * Add a test "NAME/ALGORITHM" of each of a service's symmetric algorithms, but
 * those without a reference, for which add_conformance_capabilities() has a
 * test that fails.
 */
void conformance_add_each(const Conformance *conformance,
                          CryptodevService service, const char *name,
                          ConformanceTest *run);

/* Likewise of those that fit; of all if @fits is NULL */
void conformance_add_those(const Conformance *conformance,
                           CryptodevService service, const char *name,
                           bool (*fits)(const CryptoDevCapability *capability),
                           ConformanceTest *run);

/* Whether it has a longest source that does not take long */
bool conformance_has_longest(const CryptoDevCapability *capability);

/* Add the tests of one noun. */
void add_conformance_capabilities(const Conformance *conformance);
void add_conformance_ciphers(const Conformance *conformance);
void add_conformance_digests(const Conformance *conformance);
void add_conformance_aead(const Conformance *conformance);
void add_conformance_chains(const Conformance *conformance);
void add_conformance_rsa(const Conformance *conformance);
void add_conformance_signatures(const Conformance *conformance);
void add_conformance_guards(const Conformance *conformance);
void add_conformance_batches(const Conformance *conformance);
void add_conformance_threads(const Conformance *conformance);
void add_conformance_computations(const Conformance *conformance);

#endif
