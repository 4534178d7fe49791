/*
 * Tests of the ipsec-mb backend: what it has of its base, and without it
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_IPSEC_MB_BASE_TEST_H
#define TESTS_CRYPTODEV_IPSEC_MB_BASE_TEST_H

#include "conformance.h"

/* Add the tests of a backend of that type. */
void add_ipsec_mb_base_tests(const Conformance *conformance);

#endif
