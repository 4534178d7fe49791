/*
 * The library that computes with several keys at once
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_LANES_TEST_H
#define TESTS_CRYPTODEV_LANES_TEST_H

#include "conformance.h"

/* Each lane alone succeeds where it should, for keys of all sizes and curves */
void add_lanes_tests(const Conformance *conformance);

#endif
