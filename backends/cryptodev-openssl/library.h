/*
 * The OpenSSL backend: a library context with the user's providers
 *
 * Algorithms of OpenSSL 3 come from providers: its own ("default", "legacy",
 * "fips"), and those of hardware or tokens.  A context of its own leaves the
 * host's configuration, and whatever else in QEMU uses OpenSSL, alone.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_LIBRARY_H
#define BACKENDS_CRYPTODEV_OPENSSL_LIBRARY_H

#include <openssl/crypto.h>
#include "primitives.h"
#include "qapi/qapi-builtin-types.h"

/**
 * CryptoDevOpensslChoice:
 * @providers: names of providers, in their order; none for what OpenSSL does by
 *             itself, which is "default"
 * @propq: a property query, property(7), that every algorithm must match; NULL
 *         for none
 * @config: a file in the format of config(5), in which providers may be
 *          configured; NULL for none
 *
 * What the user chooses OpenSSL's providers with.
 */
typedef struct CryptoDevOpensslChoice {
    strList *providers;
    char *propq;
    char *config;
} CryptoDevOpensslChoice;

/**
 * cryptodev_openssl_is_default:
 * @choice: the user's choice
 *
 * Returns: whether nothing was chosen.
 */
bool cryptodev_openssl_is_default(const CryptoDevOpensslChoice *choice);

/**
 * CryptoDevOpensslLibrary:
 * @choice: what it was made with
 * @context: OpenSSL's context
 * @primitives: what its providers have
 */
typedef struct CryptoDevOpensslLibrary {
    CryptoDevOpensslChoice choice;
    OSSL_LIB_CTX *context;
    const CryptoDevPrimitives *primitives;
} CryptoDevOpensslLibrary;

/**
 * cryptodev_openssl_library:
 * @choice: the user's choice, not needed after the call
 * @errp: where errors go
 *
 * Find the library of the choice, or make it and load its providers.  Main
 * thread only.
 *
 * Returns: the library, which lives as long as the program; NULL, with an
 * error, if the file cannot be read, a provider cannot be loaded or does not
 * pass its self-test, or the property query is not one.
 */
const CryptoDevOpensslLibrary *
cryptodev_openssl_library(const CryptoDevOpensslChoice *choice, Error **errp);

/**
 * cryptodev_openssl_is_fips:
 * @library: a library
 *
 * Returns: whether its property query, from the option or from the
 * configuration file, demands the property "fips".
 */
bool cryptodev_openssl_is_fips(const CryptoDevOpensslLibrary *library);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_LIBRARY_H */
