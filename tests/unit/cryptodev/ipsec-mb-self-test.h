/*
 * Tests of the ipsec-mb backend: whether its self-test finds faults
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_IPSEC_MB_SELF_TEST_H
#define TESTS_CRYPTODEV_IPSEC_MB_SELF_TEST_H

#include "conformance.h"

/* Add the tests of a backend of that type. */
void add_ipsec_mb_self_tests(const Conformance *conformance);

#endif
