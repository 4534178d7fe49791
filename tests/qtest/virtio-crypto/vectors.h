/*
 * Published test vectors through the queues of virtio-crypto
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Each group of files becomes a test "vectors/NAME", and "rfc-vectors/NAME" if
 * its service is one of RFC v1's.  It says how many vectors it ran, in a line
 * of the form "N vectors from FILES", or "N of M vectors from FILES" if it ran
 * a sample (see VectorCount).
 */

#ifndef TESTS_VIRTIO_CRYPTO_VECTORS_H
#define TESTS_VIRTIO_CRYPTO_VECTORS_H

#include "crypto/hash.h"
#include "libqos/virtio-crypto-driver.h"
#include "rsp.h"

/* A group of files that one test runs */
typedef struct VectorGroup {
    const char *name;
    const char *dir;
    /* Files that match one pattern and not the other */
    const char *files;
    const char *but_not;
    uint32_t algo;
    /*
     * Runs those vectors of one file that vectors_take() takes; a file without
     * vectors is an error.
     */
    void (*run)(QVirtioCryptoDriver *d, const struct VectorGroup *group,
                const char *path, VectorCount *count);
} VectorGroup;

/*
 * Makes tests of groups that stay where they are; for libqos_init().  The
 * second one makes tests of RFC v1 from them, too.
 */
void vectors_register(const VectorGroup *groups, size_t n);
void vectors_register_both(const VectorGroup *groups, size_t n);

/*
 * Runs one operation in several shapes at once: whole, in place, and cut into
 * random pieces.  Each must succeed with exactly the expected result.
 */
void vectors_check(QVirtioCryptoDriver *d, const QVirtioCryptoOp *op,
                   const GByteArray *expected, const char *path);
/* The same for an operation that only has a status, of success or failure */
void vectors_check_status(QVirtioCryptoDriver *d, const QVirtioCryptoOp *op,
                          uint8_t status, const char *path);

/*
 * The same in two steps, so that many operations are in flight at once, which
 * is faster: after the first, the caller kicks queue 0; the second waits and
 * checks.  An operation that must fail has an empty result.
 */
typedef struct VectorRun VectorRun;
VectorRun *vectors_enqueue(QVirtioCryptoDriver *d, const QVirtioCryptoOp *op);
void vectors_finish(QVirtioCryptoDriver *d, VectorRun *run, uint8_t status,
                    const GByteArray *expected, const char *path);

/* The digest of a message; not by the device */
GByteArray *vectors_digest(QCryptoHashAlgo algo, const GByteArray *message);

#endif
