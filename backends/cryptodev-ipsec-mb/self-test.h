/*
 * The ipsec-mb backend: known answers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_SELF_TEST_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_SELF_TEST_H

#include "../cryptodev/common/primitives.h"
#include "manager.h"

/**
 * cryptodev_mb_self_test:
 * @manager: a manager that has no jobs
 * @reference: primitives of another library
 *
 * Compare what both libraries compute, with one text, with all lanes full, and
 * with numbers of texts between and above that: version 2.0 is wrong in 3DES
 * only if there are many of them, which its own self-test does not notice.
 * Warn of each kind of jobs that is wrong.
 *
 * Returns: the kinds that are right, bit n for the CryptoDevMbKind n.
 */
uint64_t cryptodev_mb_self_test(IMB_MGR *manager,
                                const CryptoDevPrimitives *reference);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_SELF_TEST_H */
