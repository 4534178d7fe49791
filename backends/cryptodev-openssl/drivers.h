/*
 * The OpenSSL backend: its drivers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_DRIVERS_H
#define BACKENDS_CRYPTODEV_OPENSSL_DRIVERS_H

#include "../cryptodev/driver.h"
#include "curve.h"
#include "library.h"

OBJECT_DECLARE_SIMPLE_TYPE(CryptoDevOpenssl, CRYPTODEV_BACKEND_OPENSSL)

/**
 * CryptoDevOpenssl:
 * @choice: the user's choice of providers, settled with the other options
 * @multi_buffer: whether the user wants operations to go together
 * @uses_lanes: whether they do; settled with the options
 * @context: OpenSSL with these providers; NULL until the options are settled
 * @curves: the curves of @context; NULL where the user has chosen providers
 */
struct CryptoDevOpenssl {
    CryptoDevBackend parent_obj;

    CryptoDevOpensslChoice choice;
    OnOffAuto multi_buffer;
    bool uses_lanes;
    OSSL_LIB_CTX *context;
    CryptoDevOpensslCurve *curves;
};

/**
 * cryptodev_openssl_context:
 * @backend: an OpenSSL backend whose options are settled
 *
 * Its default property query is the user's: functions that fetch an algorithm
 * by this context pass NULL as their property query.
 *
 * Returns: OpenSSL's context of the backend, which lives as long as the
 * program.
 */
OSSL_LIB_CTX *cryptodev_openssl_context(CryptoDevBackend *backend);

/**
 * cryptodev_openssl_curve:
 * @backend: an OpenSSL backend whose options are settled
 * @id: any curve
 *
 * OpenSSL computes with points and numbers itself, and not by a provider.  So
 * where the user has chosen providers, the base does that.
 *
 * Returns: the curve, which lives as long as the backend; NULL unless it is a
 * Weierstrass curve that OpenSSL has, and no providers were chosen.
 */
const CryptoDevOpensslCurve *cryptodev_openssl_curve(CryptoDevBackend *backend,
                                                     CryptoDevCurve id);

/**
 * cryptodev_openssl_computes:
 * @backend: an OpenSSL backend whose options are settled
 *
 * Returns: whether it has what OpenSSL computes itself, and not by a provider:
 * no providers were chosen.
 */
bool cryptodev_openssl_computes(CryptoDevBackend *backend);

/**
 * cryptodev_openssl_uses_lanes:
 * @backend: an OpenSSL backend whose options are settled
 *
 * Returns: whether operations that wait for each other may go together, by the
 * functions of lanes.h.
 */
bool cryptodev_openssl_uses_lanes(CryptoDevBackend *backend);

extern const CryptoDevDriver cryptodev_openssl_dsa;
extern const CryptoDevDriver cryptodev_openssl_ecdsa;
extern const CryptoDevDriver cryptodev_openssl_dh;
extern const CryptoDevDriver cryptodev_openssl_dsa_service;
extern const CryptoDevDriver cryptodev_openssl_ec;
extern const CryptoDevDriver cryptodev_openssl_ecdh;
extern const CryptoDevDriver cryptodev_openssl_ecdsa_service;
extern const CryptoDevDriver cryptodev_openssl_ln;
extern const CryptoDevDriver cryptodev_openssl_prime;

#endif /* BACKENDS_CRYPTODEV_OPENSSL_DRIVERS_H */
