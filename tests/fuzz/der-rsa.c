/*
 * Fuzz target: reading RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "backends/cryptodev/common/rsa-key.h"
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

/* Encode the public key that was read, and read it again. */
static void check_again(const CryptoDevRsaKey *key)
{
    QCryptoEncodeContext *context = qcrypto_der_encode_ctx_new();
    unsigned char *n_bytes, *e_bytes;
    g_autofree uint8_t *der = NULL;
    CryptoDevRsaKey again = { };
    size_t len;

    qcrypto_der_encode_seq_begin(context);
    n_bytes = encode_integer(context, key->integers[RSA_N]);
    e_bytes = encode_integer(context, key->integers[RSA_E]);
    qcrypto_der_encode_seq_end(context);
    len = qcrypto_der_encode_ctx_buffer_len(context);
    der = g_malloc(len);
    qcrypto_der_encode_ctx_flush_and_free(context, der);
    g_assert(cryptodev_rsa_key_read_der(&again, der, len, false));
    for (int i = RSA_N; i <= RSA_E; i++) {
        g_assert(!gcry_mpi_cmp(again.integers[i], key->integers[i]));
    }
    cryptodev_rsa_key_destroy(&again);
    gcry_free(n_bytes);
    gcry_free(e_bytes);
}

void fuzz_der_rsa(CryptoDevDer der, bool is_private)
{
    CryptoDevRsaKey key = { };
    CryptoDevStatus status = CRYPTODEV_ERR;

    if (cryptodev_rsa_key_read_der(&key, der.data, der.len, is_private)) {
        status = cryptodev_rsa_key_check(&key, is_private);
    }
    if (status == CRYPTODEV_OK) {
        size_t size = cryptodev_rsa_key_size(&key);
        gcry_mpi_t n = key.integers[RSA_N];

        g_assert(cryptodev_rsa_key_is_private(&key) == is_private);
        g_assert(size && size < der.len && size <= CRYPTODEV_RSA_SIZE_MAX);
        g_assert(gcry_mpi_test_bit(n, 0));
        g_assert(gcry_mpi_get_nbits(n) <= size * 8);
        g_assert(gcry_mpi_get_nbits(n) > (size - 1) * 8);
        check_again(&key);
    }
    /* It computes with numbers of any size. */
    if (status != CRYPTODEV_ERR && is_private) {
        cryptodev_rsa_key_settle(&key);
    }
    cryptodev_rsa_key_destroy(&key);
}
