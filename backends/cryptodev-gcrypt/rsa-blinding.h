/*
 * The libgcrypt backend: the factors that hide what RSA computes with
 *
 * A private operation takes longer for some numbers than for others.  So it
 * multiplies its input by a random factor to the power of e, and its result by
 * the factor's inverse: no attacker knows or chooses the numbers that it
 * computes with.  Computing an inverse takes a fourth of an operation's time.
 * So a key keeps both numbers, and each operation squares them, until they are
 * renewed.
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
 * @lock: protects the other members
 * @factor: the last operation's factor to the power of e; in secure memory
 * @inverse: the inverse of that factor; likewise
 * @left: how many more operations may use squares of these
 */
typedef struct CryptoDevRsaBlinding {
    QemuMutex lock;
    gcry_mpi_t factor;
    gcry_mpi_t inverse;
    unsigned int left;
} CryptoDevRsaBlinding;

/**
 * cryptodev_rsa_blinding_init:
 * @blinding: set up without a factor
 */
void cryptodev_rsa_blinding_init(CryptoDevRsaBlinding *blinding);

/**
 * cryptodev_rsa_blinding_destroy:
 * @blinding: factors that are not in use
 *
 * Wipe and free what it holds.
 */
void cryptodev_rsa_blinding_destroy(CryptoDevRsaBlinding *blinding);

/**
 * cryptodev_rsa_blinding_take:
 * @blinding: the factors of @key, and of no other key
 * @key: a key with n and e
 * @factor: set to a factor to the power of e, modulo n; it must be in secure
 *          memory
 * @inverse: set to the factor's inverse modulo n; likewise
 *
 * Many threads can take factors of one key at once: each gets different ones,
 * and does not wait while another one makes a new random number.
 *
 * Returns: false if no invertible number is found.
 */
bool cryptodev_rsa_blinding_take(CryptoDevRsaBlinding *blinding,
                                 const CryptoDevGcryptRsaKey *key,
                                 gcry_mpi_t factor, gcry_mpi_t inverse);

/**
 * cryptodev_rsa_blinding_renew:
 * @blinding: the factors of a key
 *
 * Make the next operation start from a new random number, because a fault may
 * have changed the stored ones.  Any thread may call this.
 */
void cryptodev_rsa_blinding_renew(CryptoDevRsaBlinding *blinding);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_RSA_BLINDING_H */
