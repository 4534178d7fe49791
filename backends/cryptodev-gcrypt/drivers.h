/*
 * The libgcrypt backend: one driver for each family of algorithms
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_H
#define BACKENDS_CRYPTODEV_GCRYPT_H

#include <gcrypt.h>
#include "system/cryptodev-compute.h"

OBJECT_DECLARE_SIMPLE_TYPE(CryptoDevGcrypt, CRYPTODEV_BACKEND_GCRYPT)

/**
 * CryptoDevGcrypt:
 * @rsa_implicit_rejection: whether RSA answers a wrong padding with a message
 *                          that looks random, draft-irtf-cfrg-rsa-guidance;
 *                          sessions have what it was when they were created
 */
struct CryptoDevGcrypt {
    CryptoDevBackend parent_obj;

    bool rsa_implicit_rejection;
};

/**
 * CryptoDevGcryptDriver:
 * @takes_secure_memory: whether its numbers are in libgcrypt's secure memory,
 *                       so that it ends the program where there is no more
 * @add_capabilities: append to @capabilities each algorithm of the family;
 *                    NULL for a family that has none of its own
 * @has: whether this machine's libgcrypt has an algorithm of the family; NULL
 *       if it always has all
 * @create: as CryptoDevBackendClass's @create_session; NULL for a family that
 *          has no sessions
 * @configure: have a new session do as the backend's properties say; NULL for a
 *             family that none of them is about
 * @destroy: as CryptoDevBackendClass's @destroy_session
 * @takes_long: as CryptoDevBackendClass's @takes_long, for the algorithms of
 *              AKCIPHER; NULL if all operations of the algorithm do
 * @prefetch: bring what @run needs of a session into the processor's cache;
 *            NULL where that does not pay
 * @run: complete one operation, whose status is CRYPTODEV_OK so far and which
 *       cryptodev_backend_run() has checked
 * @compute: as CryptoDevBackendClass's @compute, for a service that has
 *           operations; it has no @run
 */
typedef struct CryptoDevGcryptDriver {
    bool takes_secure_memory;
    void (*add_capabilities)(GArray *capabilities);
    bool (*has)(uint32_t algo);
    CryptoDevStatus (*create)(const CryptoDevSessionParams *params,
                              CryptoDevSession **session);
    void (*configure)(CryptoDevSession *session,
                      const CryptoDevGcrypt *backend);
    void (*destroy)(CryptoDevSession *session);
    bool (*takes_long)(const CryptoDevOp *op);
    void (*prefetch)(const CryptoDevSession *session);
    void (*run)(CryptoDevOp *op);
    CryptoDevStatus (*compute)(CryptoDevComputation *computation);
} CryptoDevGcryptDriver;

extern const CryptoDevGcryptDriver cryptodev_gcrypt_cipher;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_chain;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_hash;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_mac;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_aead;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_rsa;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_dsa;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_ecdsa;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_dh;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_dsa_service;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_rsa_service;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_ec;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_ecdh;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_ecdsa_service;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_key;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_ln;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_prime;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_drbg;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_nrbg;
extern const CryptoDevGcryptDriver cryptodev_gcrypt_rand;

#endif /* BACKENDS_CRYPTODEV_GCRYPT_H */
