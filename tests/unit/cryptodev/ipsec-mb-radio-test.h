/*
 * Tests of the ipsec-mb backend: the ciphers of mobile networks
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_IPSEC_MB_RADIO_TEST_H
#define TESTS_CRYPTODEV_IPSEC_MB_RADIO_TEST_H

#include "conformance.h"

void add_ipsec_mb_radio_tests(const Conformance *conformance);

#endif
