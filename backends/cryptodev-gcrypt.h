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
 * @add_capabilities: append to @capabilities each algorithm of the family that
 *                    this machine's libgcrypt has; NULL for a family that has
 *                    none of its own
 * @create: as CryptoDevBackendClass's @create_session
 * @destroy: as CryptoDevBackendClass's @destroy_session
 * @prefetch: bring what @run needs of a session into the processor's cache;
 *            NULL where that does not pay
 * @run: complete one operation, whose status is CRYPTODEV_OK so far and which
 *       cryptodev_backend_run() has checked
 */
typedef struct CryptoDevGcryptDriver {
    void (*add_capabilities)(GArray *capabilities);
    CryptoDevStatus (*create)(const CryptoDevSessionParams *params,
                              CryptoDevSession **session);
    void (*destroy)(CryptoDevSession *session);
    void (*prefetch)(const CryptoDevSession *session);
    void (*run)(CryptoDevOp *op);
} CryptoDevGcryptDriver;

extern const CryptoDevGcryptDriver cryptodev_gcrypt_cipher;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_chain;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_hash;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_mac;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_aead;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_rsa;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_dsa;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_ecdsa;

#endif /* BACKENDS_CRYPTODEV_GCRYPT_H */
