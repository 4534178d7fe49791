/*
 * Tests of what an OpenSSL backend makes of its options
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_LIBRARY_TEST_H
#define TESTS_CRYPTODEV_LIBRARY_TEST_H

#include "conformance.h"

/**
 * LibraryOptions:
 * @config: the text of a configuration file
 * @propq: a property query
 * @providers: names of providers
 * @rejects_implicitly: whether RSA answers wrong padding with a message
 *
 * What is NULL is not set.
 */
typedef struct LibraryOptions {
    const char *config;
    const char *propq;
    const char *providers[2];
    bool rejects_implicitly;
} LibraryOptions;

/* A new backend; NULL, with an error, if it is refused */
CryptoDevBackend *library_new(const LibraryOptions *options, Error **errp);

/* The file of the tests' own provider */
char *counting_module(void);

/* For conformance_add(); the tests make backends of their own. */
ConformanceTest test_library_legacy, test_library_empty_section;
ConformanceTest test_library_mistakes, test_library_self_test;

#endif
