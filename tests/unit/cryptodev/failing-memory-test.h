/*
 * Tests of computations while OpenSSL's memory is short
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_FAILING_MEMORY_TEST_H
#define TESTS_CRYPTODEV_FAILING_MEMORY_TEST_H

#include "system/cryptodev.h"

/* Call this before anything that uses OpenSSL. */
void failing_memory_init(void);

/* For conformance_add() */
void test_failing_memory(CryptoDevBackend *backend,
                         const CryptoDevCapability *capability);

#endif
