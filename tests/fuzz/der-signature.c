/*
 * Fuzz target: reading signatures of DSA and ECDSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The function that reads the encoding is not known outside.
 */

#include "qemu/osdep.h"
#include "../../backends/cryptodev-gcrypt/signature.c"
#include "der.h"

/* An encoding that is accepted is the only one that its numbers have. */
void fuzz_der_signature(CryptoDevDer der)
{
    struct iovec iov = { (void *)der.data, der.len };
    CryptoDevBuf signature = { &iov, 0, der.len };
    uint8_t again[SIGNATURE_MAX];
    gcry_mpi_t r = NULL, s = NULL;

    if (decode(signature, &r, &s)) {
        g_assert(der.len <= SIGNATURE_MAX);
        g_assert(encode(r, s, again) == der.len);
        g_assert(!memcmp(again, der.data, der.len));
    }
    gcry_mpi_release(r);
    gcry_mpi_release(s);
}
