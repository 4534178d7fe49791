/*
 * Tests of the ipsec-mb backend: what runs where
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_IPSEC_MB_TEST_H
#define TESTS_CRYPTODEV_IPSEC_MB_TEST_H

#include "conformance.h"

/* Add a test that is skipped on a processor that the library is not for. */
void ipsec_mb_add(const Conformance *conformance, const char *name,
                  ConformanceTest *run);

/* Add the tests of a backend of that type. */
void add_ipsec_mb_tests(const Conformance *conformance);

#endif
