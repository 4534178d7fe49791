/*
 * The libgcrypt backend: the factors that hide what RSA computes with
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/lockable.h"
#include "rsa-blinding.h"

/*
 * The first number has an inverse if the primes are as large as they should be.
 * With small ones, and however many, one in eight numbers has: a modulus is
 * odd, and has CRYPTODEV_RSA_SIZE_MAX bytes at most.
 */
#define TRIES 128

void cryptodev_rsa_blinding_init(CryptoDevRsaBlinding *blinding)
{
    qemu_mutex_init(&blinding->lock);
    blinding->factor = gcry_mpi_snew(0);
    blinding->inverse = gcry_mpi_snew(0);
    blinding->left = 0;
}

void cryptodev_rsa_blinding_destroy(CryptoDevRsaBlinding *blinding)
{
    gcry_mpi_release(blinding->factor);
    gcry_mpi_release(blinding->inverse);
    qemu_mutex_destroy(&blinding->lock);
}

static bool make(const CryptoDevGcryptRsaKey *key, gcry_mpi_t factor,
                 gcry_mpi_t inverse)
{
    gcry_mpi_t n = key->integers[RSA_N];

    for (int i = 0; i < TRIES; i++) {
        gcry_mpi_randomize(factor, gcry_mpi_get_nbits(n), GCRY_WEAK_RANDOM);
        gcry_mpi_mod(factor, factor, n);
        if (gcry_mpi_invm(inverse, factor, n)) {
            cryptodev_integer_power(factor, factor, key->integers[RSA_E], n);
            return true;
        }
    }
    return false;
}

static void keep(CryptoDevRsaBlinding *blinding, gcry_mpi_t factor,
                 gcry_mpi_t inverse)
{
    QEMU_LOCK_GUARD(&blinding->lock);

    gcry_mpi_set(blinding->factor, factor);
    gcry_mpi_set(blinding->inverse, inverse);
    blinding->left = CRYPTODEV_RSA_BLINDING_USES - 1;
}

static bool take_squares(CryptoDevRsaBlinding *blinding, gcry_mpi_t n,
                         gcry_mpi_t factor, gcry_mpi_t inverse)
{
    QEMU_LOCK_GUARD(&blinding->lock);

    if (!blinding->left) {
        return false;
    }
    blinding->left--;
    gcry_mpi_mulm(factor, blinding->factor, blinding->factor, n);
    gcry_mpi_mulm(inverse, blinding->inverse, blinding->inverse, n);
    gcry_mpi_set(blinding->factor, factor);
    gcry_mpi_set(blinding->inverse, inverse);
    return true;
}

bool cryptodev_rsa_blinding_take(CryptoDevRsaBlinding *blinding,
                                 const CryptoDevGcryptRsaKey *key,
                                 gcry_mpi_t factor, gcry_mpi_t inverse)
{
    if (take_squares(blinding, key->integers[RSA_N], factor, inverse)) {
        return true;
    }
    if (!make(key, factor, inverse)) {
        return false;
    }
    keep(blinding, factor, inverse);
    return true;
}

void cryptodev_rsa_blinding_renew(CryptoDevRsaBlinding *blinding)
{
    QEMU_LOCK_GUARD(&blinding->lock);

    blinding->left = 0;
}
