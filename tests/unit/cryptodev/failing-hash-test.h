/*
 * Tests of what is made of digests, over hashes that fail
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_FAILING_HASH_TEST_H
#define TESTS_CRYPTODEV_FAILING_HASH_TEST_H

#include "system/cryptodev.h"

/* For conformance_add(); the backend does not matter */
void test_failing_hash(CryptoDevBackend *backend,
                       const CryptoDevCapability *capability);

#endif
