/*
 * Fuzz target: reading RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "backends/cryptodev-gcrypt/rsa-key.h"
#include "backends/cryptodev/common/rsa-key.h"
#include "system/cryptodev-compute.h"
#include "der.h"

static void encode_integer(QCryptoEncodeContext *context,
                           CryptoDevOperand integer)
{
    qcrypto_der_encode_int(context, integer.data, integer.len);
}

/* Encode the public key that was read, and read it again. */
static void check_again(const CryptoDevRsaKey *key)
{
    QCryptoEncodeContext *context = qcrypto_der_encode_ctx_new();
    g_autofree uint8_t *der = NULL;
    CryptoDevRsaKey again = { };
    size_t len;

    qcrypto_der_encode_seq_begin(context);
    encode_integer(context, key->integers[RSA_N]);
    encode_integer(context, key->integers[RSA_E]);
    qcrypto_der_encode_seq_end(context);
    len = qcrypto_der_encode_ctx_buffer_len(context);
    der = g_malloc(len);
    qcrypto_der_encode_ctx_flush_and_free(context, der);
    g_assert(cryptodev_rsa_key_read_der(&again, der, len, false));
    for (int i = RSA_N; i <= RSA_E; i++) {
        g_assert(!cryptodev_operand_cmp(again.integers[i], key->integers[i]));
    }
}

/* What libgcrypt makes of a key has the same numbers, if it fits together. */
static void settle(const CryptoDevRsaKey *key)
{
    CryptoDevGcryptRsaKey settled = { };
    uint8_t n[CRYPTODEV_RSA_SIZE_MAX];

    g_assert(cryptodev_gcrypt_rsa_key_read(&settled, key));
    if (cryptodev_gcrypt_rsa_key_settle(&settled) && key->integers[RSA_N].len &&
        cryptodev_integer_write(settled.integers[RSA_N], n, sizeof(n))) {
        g_assert(!cryptodev_operand_cmp(key->integers[RSA_N],
                                        (CryptoDevOperand) { n, sizeof(n) }));
    }
    cryptodev_gcrypt_rsa_key_destroy(&settled);
}

void fuzz_der_rsa(CryptoDevDer der, bool is_private)
{
    CryptoDevRsaKey key = { };
    CryptoDevStatus status = CRYPTODEV_ERR;

    if (cryptodev_rsa_key_read_der(&key, der.data, der.len, is_private)) {
        status = cryptodev_rsa_key_check(&key, is_private);
    }
    if (status == CRYPTODEV_OK) {
        CryptoDevOperand n = key.integers[RSA_N];
        size_t size = cryptodev_rsa_key_measure(n);

        g_assert(size && size < der.len && size <= CRYPTODEV_RSA_SIZE_MAX);
        g_assert(n.len == size && n.data[0] && n.data[size - 1] % 2);
        check_again(&key);
    }
    /* It computes with numbers of any size. */
    if (status != CRYPTODEV_ERR && is_private) {
        settle(&key);
    }
}
