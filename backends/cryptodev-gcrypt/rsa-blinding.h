/*
 * The libgcrypt backend: the factors that hide what RSA computes with
 *
 * A private operation takes longer for some numbers than for others.  Nobody
 * knows the ones that it computes with, or chooses them: a random factor, to
 * the power of e, goes in, and is taken out of the result by its inverse.  To
 * make an inverse takes a fourth of an operation's time.  So a key keeps the
 * two, and each operation has their squares instead, until they are renewed.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_RSA_BLINDING_H
#define BACKENDS_CRYPTODEV_GCRYPT_RSA_BLINDING_H

#include "qemu/thread.h"
#include "rsa-key.h"

/* How many operations have factors that come from one random number */
#define CRYPTODEV_RSA_BLINDING_USES 32

/**
 * CryptoDevRsaBlinding:
 * @lock: held to read and write what follows
 * @factor: to the power of e, what the last operation had; in secure memory
 * @inverse: likewise, and not to the power of e
 * @left: how many operations may yet have squares of these
 */
typedef struct CryptoDevRsaBlinding {
    QemuMutex lock;
    gcry_mpi_t factor;
    gcry_mpi_t inverse;
    unsigned int left;
} CryptoDevRsaBlinding;

/**
 * cryptodev_rsa_blinding_init:
 * @blinding: what to set up; it has no factor yet
 */
void cryptodev_rsa_blinding_init(CryptoDevRsaBlinding *blinding);

/**
 * cryptodev_rsa_blinding_destroy:
 * @blinding: what nobody uses
 *
 * Wipe and free what it holds.
 */
void cryptodev_rsa_blinding_destroy(CryptoDevRsaBlinding *blinding);

/**
 * cryptodev_rsa_blinding_take:
 * @blinding: what goes with @key, and no other key
 * @key: a key with n and e
 * @factor: set to a factor to the power of e, modulo n; it must be in secure
 *          memory
 * @inverse: set to the factor's inverse modulo n; likewise
 *
 * Many threads may take from one key at once: none gets what another one has,
 * and none waits for another one's new random number.
 *
 * Returns: false if no number is found that has an inverse.
 */
bool cryptodev_rsa_blinding_take(CryptoDevRsaBlinding *blinding,
                                 const CryptoDevRsaKey *key,
                                 gcry_mpi_t factor, gcry_mpi_t inverse);

/**
 * cryptodev_rsa_blinding_renew:
 * @blinding: what goes with a key
 *
 * Have the next operation make a new random number, for what is kept may be
 * what a fault has changed.  Any thread may call this.
 */
void cryptodev_rsa_blinding_renew(CryptoDevRsaBlinding *blinding);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_RSA_BLINDING_H */
