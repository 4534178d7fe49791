/*
 * Fuzz target: reading RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "backends/cryptodev-gcrypt-rsa-key.h"
#include "der.h"

/* The context makes no copy: the caller keeps the bytes until it is flushed. */
static unsigned char *encode_integer(QCryptoEncodeContext *context,
                                     gcry_mpi_t integer)
{
    unsigned char *bytes = NULL;
    size_t len;

    g_assert(!gcry_mpi_aprint(GCRYMPI_FMT_STD, &bytes, &len, integer));
    qcrypto_der_encode_int(context, bytes, len);
    return bytes;
}

static gcry_mpi_t find_integer(const CryptoDevRsaKey *key, const char *name)
{
    gcry_mpi_t integer = NULL;

    g_assert(!gcry_sexp_extract_param(key->public, NULL, name, &integer,
                                      NULL));
    return integer;
}

/* What was read from a public key's encoding is read again from its own. */
static void check_again(const CryptoDevRsaKey *key)
{
    QCryptoEncodeContext *context = qcrypto_der_encode_ctx_new();
    gcry_mpi_t e = find_integer(key, "e");
    unsigned char *n_bytes, *e_bytes;
    g_autofree uint8_t *der = NULL;
    CryptoDevRsaKey again;
    size_t len;

    qcrypto_der_encode_seq_begin(context);
    n_bytes = encode_integer(context, key->n);
    e_bytes = encode_integer(context, e);
    qcrypto_der_encode_seq_end(context);
    len = qcrypto_der_encode_ctx_buffer_len(context);
    der = g_malloc(len);
    qcrypto_der_encode_ctx_flush_and_free(context, der);
    g_assert(cryptodev_rsa_key_init(&again, der, len, false));
    g_assert(gcry_mpi_cmp(again.n, key->n) == 0 && again.size == key->size);
    cryptodev_rsa_key_destroy(&again);
    gcry_mpi_release(e);
    gcry_free(n_bytes);
    gcry_free(e_bytes);
}

void fuzz_der_rsa(CryptoDevDer der, bool is_private)
{
    CryptoDevRsaKey key;

    if (cryptodev_rsa_key_init(&key, der.data, der.len, is_private)) {
        g_assert(!key.private == !is_private);
        g_assert(key.size && key.size < der.len);
        g_assert(gcry_mpi_test_bit(key.n, 0));
        g_assert(gcry_mpi_get_nbits(key.n) <= key.size * 8);
        g_assert(gcry_mpi_get_nbits(key.n) > (key.size - 1) * 8);
        check_again(&key);
    }
    cryptodev_rsa_key_destroy(&key);
}
