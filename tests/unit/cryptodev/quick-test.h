/*
 * What an OpenSSL backend calls quick
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_QUICK_TEST_H
#define TESTS_CRYPTODEV_QUICK_TEST_H

#include "system/cryptodev.h"

/* Without chosen providers, and with some; for conformance_add() */
void test_quick(CryptoDevBackend *backend,
                const CryptoDevCapability *capability);
void test_not_quick(CryptoDevBackend *backend,
                    const CryptoDevCapability *capability);

#endif
