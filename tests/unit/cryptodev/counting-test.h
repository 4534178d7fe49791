/*
 * Tests of an OpenSSL backend over a provider that counts, and can fail
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_COUNTING_TEST_H
#define TESTS_CRYPTODEV_COUNTING_TEST_H

#include "conformance.h"
#include "counting-provider.h"

/* What the provider has counted, and what it is to do */
CountingProvider *counting_find(void);

/* Add the tests, which make backends of their own. */
void add_counting_tests(const Conformance *conformance);

#endif
