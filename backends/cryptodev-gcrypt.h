/*
 * The libgcrypt backend: one driver for each family of algorithms
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_H
#define BACKENDS_CRYPTODEV_GCRYPT_H

#include <gcrypt.h>
#include "system/cryptodev.h"

/**
 * CryptoDevGcryptDriver:
 * @add_capabilities: append to @capabilities each algorithm of the service
 *                    that this machine's libgcrypt has
 * @create: as CryptoDevBackendClass's @create_session
 * @destroy: as CryptoDevBackendClass's @destroy_session
 * @run: complete one operation, whose status is CRYPTODEV_OK so far
 */
typedef struct CryptoDevGcryptDriver {
    void (*add_capabilities)(GArray *capabilities);
    CryptoDevStatus (*create)(const CryptoDevCapability *capability,
                              const CryptoDevSessionParams *params,
                              CryptoDevSession **session);
    void (*destroy)(CryptoDevSession *session);
    void (*run)(CryptoDevOp *op);
} CryptoDevGcryptDriver;

extern const CryptoDevGcryptDriver cryptodev_gcrypt_cipher;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_rsa;

#endif /* BACKENDS_CRYPTODEV_GCRYPT_H */
