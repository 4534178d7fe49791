/*
 * The libgcrypt backend: per-message secrets of DSA and ECDSA, RFC 6979
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../cryptodev-gcrypt/integer.h"
#include "nonce.h"

/* The longest order: that of P-521 */
#define ORDER_MAX 66

bool cryptodev_nonce_init(CryptoDevNonce *nonce, gcry_mpi_t q, gcry_mpi_t x,
                          gcry_mpi_t z, int hash)
{
    size_t len = cryptodev_integer_len(q);
    g_auto(gcry_mpi_t) rest = gcry_mpi_snew(0);
    uint8_t bytes[2 * ORDER_MAX];
    CryptoDevOperand seed = { .data = bytes, .len = 2 * len };
    bool ok;

    nonce->q = q;
    gcry_mpi_mod(rest, z, q);
    ok = cryptodev_integer_write(x, bytes, len) &&
         cryptodev_integer_write(rest, bytes + len, len) &&
         cryptodev_hmac_drbg_init(&nonce->drbg, hash, &seed, 1);
    cryptodev_wipe(bytes, sizeof(bytes));
    return ok;
}

/* A number of as many bits as the order */
static gcry_mpi_t draw(CryptoDevNonce *nonce)
{
    unsigned int bits = gcry_mpi_get_nbits(nonce->q);
    size_t len = DIV_ROUND_UP(bits, 8);
    uint8_t bytes[ORDER_MAX];
    gcry_mpi_t k = NULL;

    if (cryptodev_hmac_drbg_generate(&nonce->drbg, (CryptoDevOperand) { },
                                     bytes, len)) {
        k = cryptodev_integer_read((CryptoDevOperand) { bytes, len }, true);
    }
    cryptodev_wipe(bytes, sizeof(bytes));
    if (k) {
        gcry_mpi_rshift(k, k, len * 8 - bits);
    }
    return k;
}

gcry_mpi_t cryptodev_nonce_next(CryptoDevNonce *nonce)
{
    gcry_mpi_t k = draw(nonce);

    while (k && !cryptodev_integer_is_between(0, k, nonce->q)) {
        gcry_mpi_release(k);
        k = draw(nonce);
    }
    return k;
}
