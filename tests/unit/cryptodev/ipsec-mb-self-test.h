/*
 * Tests of the ipsec-mb backend: whether its self-test finds faults
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_IPSEC_MB_SELF_TEST_H
#define TESTS_CRYPTODEV_IPSEC_MB_SELF_TEST_H

#include "conformance.h"

extern ConformanceTest test_ipsec_mb_findings;
extern ConformanceTest test_ipsec_mb_self_test;
extern ConformanceTest test_ipsec_mb_untested;

#endif
