/*
 * Fuzz target: reading DSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "backends/cryptodev-gcrypt/dsa-key.h"
#include "der.h"

void fuzz_der_dsa(CryptoDevDer der, bool is_private)
{
    CryptoDevDsaKey key;
    CryptoDevStatus status =
        cryptodev_dsa_key_init(&key, der.data, der.len, is_private);

    g_assert(status == CRYPTODEV_OK || status == CRYPTODEV_ERR ||
             status == CRYPTODEV_NOTSUPP);
    if (status == CRYPTODEV_OK) {
        unsigned int q_bits = gcry_mpi_get_nbits(key.signature.order);

        g_assert(!key.signature.private == !is_private);
        g_assert(q_bits >= CRYPTODEV_DSA_Q_MIN);
        g_assert(q_bits <= CRYPTODEV_DSA_Q_MAX);
        g_assert(cryptodev_dsa_key_in_range(&key));
        /* p, q and a number more are in the encoding. */
        g_assert(der.len > (CRYPTODEV_DSA_P_MIN + CRYPTODEV_DSA_Q_MIN) / 8);
    }
    cryptodev_dsa_key_destroy(&key);
}
