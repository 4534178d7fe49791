/*
 * Which algorithms an OpenSSL backend serves itself, and which its base does
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_CHOSEN_TEST_H
#define TESTS_CRYPTODEV_CHOSEN_TEST_H

#include "conformance.h"

/* The algorithm of that name, which there must be */
const CryptoDevCapability *find_algorithm(CryptoDevBackend *backend,
                                          const char *name);

/* With providers that the user has chosen, and without */
ConformanceTest test_chosen, test_not_chosen;
/* With a query for the property "fips", without a base and with one */
ConformanceTest test_fips, test_fips_base;

#endif
