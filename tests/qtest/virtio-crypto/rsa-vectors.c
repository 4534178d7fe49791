/*
 * Published test vectors of RSA through the queues of virtio-crypto
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "pkcs1.h"
#include "rsp.h"
#include "vectors.h"

static void check_verify(QVirtioCryptoDriver *d, uint64_t id,
                         const GByteArray *signature,
                         const GByteArray *hash, uint8_t expected,
                         const char *path)
{
    g_autoptr(GByteArray) both = g_byte_array_new();
    QVirtioCryptoOp op;

    g_byte_array_append(both, signature->data, signature->len);
    g_byte_array_append(both, hash->data, hash->len);
    op = qvirtio_crypto_verify_op(id, both->data, signature->len, hash->len);
    vectors_check_status(d, &op, expected, path);
}

/* An operation with the private key that has one result */
static void check_private(QVirtioCryptoDriver *d, uint64_t id,
                          uint32_t opcode, const GByteArray *src, size_t room,
                          const GByteArray *expected, const char *path)
{
    QVirtioCryptoOp op =
        qvirtio_crypto_akcipher_op(opcode, id, src->data, src->len, room);

    vectors_check(d, &op, expected, path);
}

/* PKCS #1 v1.5 signatures with SHA-1: sign, verify, and the raw operations */
static void run_sign(QVirtioCryptoDriver *d, const VectorGroup *group,
                     const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) keys = pkcs1_read(path);

    for (guint i = 0; i < keys->len; i++) {
        Pkcs1Key *key = g_ptr_array_index(keys, i);
        g_autoptr(GByteArray) der = der_rsa_private(&key->numbers);
        QVirtioCryptoSession session =
            qvirtio_crypto_rsa(true, VIRTIO_CRYPTO_RSA_PKCS1_PADDING,
                               VIRTIO_CRYPTO_RSA_SHA1, der->data, der->len);
        uint64_t id = qvirtio_crypto_create(d, &session);

        for (guint j = 0; j < key->cases->len; j++) {
            Pkcs1Case *one = g_ptr_array_index(key->cases, j);
            g_autoptr(GByteArray) hash =
                vectors_digest(QCRYPTO_HASH_ALGO_SHA1, one->message);

            if (!vectors_take(count)) {
                continue;
            }
            check_private(d, id, VIRTIO_CRYPTO_AKCIPHER_SIGN, hash,
                          one->result->len, one->result, path);
            check_verify(d, id, one->result, hash, VIRTIO_CRYPTO_OK, path);
            hash->data[0] ^= 1;
            check_verify(d, id, one->result, hash,
                         VIRTIO_CRYPTO_KEY_REJECTED, path);
        }
        qvirtio_crypto_destroy(d, &session, id);
    }
}

static void run_crypt(QVirtioCryptoDriver *d, const VectorGroup *group,
                      const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) keys = pkcs1_read(path);

    for (guint i = 0; i < keys->len; i++) {
        Pkcs1Key *key = g_ptr_array_index(keys, i);
        g_autoptr(GByteArray) der = der_rsa_private(&key->numbers);
        QVirtioCryptoSession session =
            qvirtio_crypto_rsa(true, VIRTIO_CRYPTO_RSA_PKCS1_PADDING, 0,
                               der->data, der->len);
        uint64_t id = qvirtio_crypto_create(d, &session);

        for (guint j = 0; j < key->cases->len; j++) {
            Pkcs1Case *one = g_ptr_array_index(key->cases, j);

            if (vectors_take(count)) {
                check_private(d, id, VIRTIO_CRYPTO_AKCIPHER_DECRYPT,
                              one->result, rsa_modulus_len(&key->numbers),
                              one->message, path);
            }
        }
        qvirtio_crypto_destroy(d, &session, id);
    }
}

static const struct {
    const char *name;
    QCryptoHashAlgo algo;
    uint32_t number;
} hashes[] = {
    { "SHA1", QCRYPTO_HASH_ALGO_SHA1, VIRTIO_CRYPTO_RSA_SHA1 },
    { "SHA224", QCRYPTO_HASH_ALGO_SHA224, VIRTIO_CRYPTO_RSA_SHA224 },
    { "SHA256", QCRYPTO_HASH_ALGO_SHA256, VIRTIO_CRYPTO_RSA_SHA256 },
    { "SHA384", QCRYPTO_HASH_ALGO_SHA384, VIRTIO_CRYPTO_RSA_SHA384 },
    { "SHA512", QCRYPTO_HASH_ALGO_SHA512, VIRTIO_CRYPTO_RSA_SHA512 },
};

/* One signature by a public key; signatures that are given are good ones */
static void check_signature(QVirtioCryptoDriver *d, const RspRecord *record,
                            const RSANumbers *key, const char *path)
{
    const char *result = rsp_text(record, "Result");
    bool good = !result || result[0] == 'P';
    g_autoptr(GByteArray) message = rsp_hex(record, "Msg");
    g_autoptr(GByteArray) signature = rsp_hex(record, "S");
    g_autoptr(GByteArray) der = der_rsa_public(key);
    g_autoptr(GByteArray) hash = NULL;
    QVirtioCryptoSession session;
    uint64_t id;
    size_t i = 0;

    while (!g_str_equal(hashes[i].name, rsp_text(record, "SHAAlg"))) {
        g_assert_cmpint(++i, <, ARRAY_SIZE(hashes));
    }
    hash = vectors_digest(hashes[i].algo, message);
    session = qvirtio_crypto_rsa(false, VIRTIO_CRYPTO_RSA_PKCS1_PADDING,
                                 hashes[i].number, der->data, der->len);
    id = qvirtio_crypto_create(d, &session);
    check_verify(d, id, signature, hash, good ? VIRTIO_CRYPTO_OK :
                 VIRTIO_CRYPTO_KEY_REJECTED, path);
    qvirtio_crypto_destroy(d, &session, id);
}

static void run_verify(QVirtioCryptoDriver *d, const VectorGroup *group,
                       const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);
    g_autoptr(GByteArray) n = NULL, e = NULL;

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);

        /* The modulus stands before, the exponent before or in the record */
        if (rsp_text(record, "n")) {
            g_clear_pointer(&n, g_byte_array_unref);
            n = rsp_hex(record, "n");
        }
        if (rsp_text(record, "e")) {
            g_autofree char *even = g_strdup(rsp_text(record, "e"));
            g_autofree char *padded =
                g_strconcat(strlen(even) % 2 ? "0" : "", even, NULL);

            g_clear_pointer(&e, g_byte_array_unref);
            e = hex_to_bytes(padded);
        }
        if (rsp_text(record, "S") && vectors_take(count)) {
            RSANumbers key = { .n = n, .e = e };

            check_signature(d, record, &key, path);
        }
    }
}

static const VectorGroup groups[] = {
    { "rsa-sign", "asymmetric/RSA", "pkcs1v15sign-vectors.txt", NULL, 0,
      run_sign },
    { "rsa-decrypt", "asymmetric/RSA", "pkcs1v15crypt-vectors.txt", NULL, 0,
      run_crypt },
    { "rsa-verify", "asymmetric/RSA/FIPS_186-2", "SigVer15_186-3.rsp", NULL,
      0, run_verify },
    { "rsa-verify-generated", "asymmetric/RSA/FIPS_186-2",
      "SigGen15_186-*.rsp", NULL, 0, run_verify },
    { "rsa-verify-padding", "asymmetric/RSA", "SigVer15EMTest.txt", NULL, 0,
      run_verify },
};

static void register_groups(void)
{
    vectors_register(groups, ARRAY_SIZE(groups));
}

libqos_init(register_groups);
