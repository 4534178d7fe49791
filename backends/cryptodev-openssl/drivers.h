/*
 * The OpenSSL backend: its drivers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_DRIVERS_H
#define BACKENDS_CRYPTODEV_OPENSSL_DRIVERS_H

#include "../cryptodev/driver.h"
#include "library.h"

OBJECT_DECLARE_SIMPLE_TYPE(CryptoDevOpenssl, CRYPTODEV_BACKEND_OPENSSL)

/**
 * CryptoDevOpenssl:
 * @choice: the user's choice of providers, settled with the other options
 * @library: OpenSSL with these providers; NULL until the options are settled
 */
struct CryptoDevOpenssl {
    CryptoDevBackend parent_obj;

    CryptoDevOpensslChoice choice;
    CryptoDevOpensslLibrary *library;
};

/**
 * cryptodev_openssl_context:
 * @backend: an OpenSSL backend whose options are settled
 *
 * Its default property query is the user's: functions that fetch an algorithm
 * by this context pass NULL as their property query.
 *
 * Returns: OpenSSL's context of the backend, which lives as long as the
 * backend.
 */
OSSL_LIB_CTX *cryptodev_openssl_context(CryptoDevBackend *backend);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_DRIVERS_H */
