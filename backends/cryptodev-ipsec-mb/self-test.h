/*
 * The ipsec-mb backend: known answers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_SELF_TEST_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_SELF_TEST_H

#include "../cryptodev/common/primitives.h"
#include "cost.h"
#include "manager.h"

/**
 * CryptoDevMbFindings:
 * @sound: the kinds that are right, bit n for the CryptoDevMbKind n
 * @lanes: how many texts of a kind the library works on at once; 1 if a text
 *         does not wait for others
 *
 * What a self-test has found.
 */
typedef struct CryptoDevMbFindings {
    uint64_t sound;
    uint8_t lanes[CRYPTODEV_MB_KINDS];
} CryptoDevMbFindings;

/**
 * cryptodev_mb_self_test:
 * @manager: a manager that has no jobs
 * @reference: primitives of another library
 * @findings: what is found
 *
 * Compare what both libraries compute, with one text, with all lanes full, and
 * with numbers of texts between and above that: version 2.0 is wrong in 3DES
 * only if there are many of them, which its own self-test does not notice.  The
 * texts are of two sessions, in place and not, and up to 2 KiB long.  Warn of
 * each kind of jobs that is wrong, or that the other library cannot tell.
 *
 * This takes some milliseconds.
 */
void cryptodev_mb_self_test(IMB_MGR *manager,
                            const CryptoDevPrimitives *reference,
                            CryptoDevMbFindings *findings);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_SELF_TEST_H */
