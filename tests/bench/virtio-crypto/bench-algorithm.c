/*
 * The algorithms that are measured
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include "bench-algorithm.h"
#include "bench-rsa-key.h"

#define CIPHER(called, wire, direction, algo, how, len)                 \
    {                                                                   \
        .name = called, .service = VIRTIO_CRYPTO_SERVICE_CIPHER,        \
        .number = VIRTIO_CRYPTO_CIPHER_ ## wire, .encrypt = direction,  \
        .in_stock = true, .library = GCRY_CIPHER_ ## algo,              \
        .mode = GCRY_CIPHER_MODE_ ## how, .key_len = len, .iv_len = 16, \
    }
#define AEAD(called, wire, algo, how, len)                              \
    {                                                                   \
        .name = called, .service = VIRTIO_CRYPTO_SERVICE_AEAD,          \
        .number = VIRTIO_CRYPTO_AEAD_ ## wire, .encrypt = true,         \
        .library = GCRY_CIPHER_ ## algo,                                \
        .mode = GCRY_CIPHER_MODE_ ## how, .key_len = len, .iv_len = 12, \
        .digest_len = 16,                                               \
    }
#define RSA(called, bits)                                               \
    {                                                                   \
        .name = called, .service = VIRTIO_CRYPTO_SERVICE_AKCIPHER,      \
        .number = VIRTIO_CRYPTO_AKCIPHER_RSA, .in_stock = true,         \
        .library = bits,                                                \
    }

const BenchAlgorithm bench_algorithms[] = {
    CIPHER("aes-128-cbc-encrypt", AES_CBC, true, AES128, CBC, 16),
    CIPHER("aes-128-cbc-decrypt", AES_CBC, false, AES128, CBC, 16),
    CIPHER("aes-256-xts-encrypt", AES_XTS, true, AES256, XTS, 64),
    CIPHER("aes-128-ctr", AES_CTR, true, AES128, CTR, 16),
    {
        .name = "sha256", .service = VIRTIO_CRYPTO_SERVICE_HASH,
        .number = VIRTIO_CRYPTO_HASH_SHA_256,
        .library = GCRY_MD_SHA256, .digest_len = 32,
    },
    {
        .name = "hmac-sha256", .service = VIRTIO_CRYPTO_SERVICE_MAC,
        .number = VIRTIO_CRYPTO_MAC_HMAC_SHA_256,
        .library = GCRY_MAC_HMAC_SHA256, .key_len = 32, .digest_len = 32,
    },
    AEAD("aes-128-gcm-encrypt", GCM, AES128, GCM, 16),
    AEAD("chacha20-poly1305-encrypt", CHACHA20_POLY1305, CHACHA20, POLY1305,
         32),
    { },
};

const BenchAlgorithm bench_rsa_2048 = RSA("rsa-2048-sign", 2048);
const BenchAlgorithm bench_rsa_4096 = RSA("rsa-4096-sign", 4096);

/* The halves of a key for XTS have to differ */
const uint8_t bench_key[64] = "The key that all of the requests have in common,"
                              " with two halves";
const uint8_t bench_iv[16] = "A start to all.";
const uint8_t bench_aad[BENCH_AAD_LEN] = "Additional data";

const BenchAlgorithm *bench_algorithm_find(const char *name)
{
    for (size_t i = 0; bench_algorithms[i].name; i++) {
        if (g_str_equal(bench_algorithms[i].name, name)) {
            return &bench_algorithms[i];
        }
    }
    g_error("no algorithm %s", name);
}

static QVirtioCryptoSession rsa_session(const BenchAlgorithm *algorithm)
{
    const BenchRSAKey *key = bench_rsa_key(algorithm->library);

    return qvirtio_crypto_rsa(true, VIRTIO_CRYPTO_RSA_PKCS1_PADDING,
                              VIRTIO_CRYPTO_RSA_SHA256, key->der->data,
                              key->der->len);
}

QVirtioCryptoSession bench_algorithm_session(const BenchAlgorithm *algorithm)
{
    switch (algorithm->service) {
    case VIRTIO_CRYPTO_SERVICE_CIPHER:
        return qvirtio_crypto_cipher(algorithm->number, algorithm->encrypt,
                                     bench_key, algorithm->key_len);
    case VIRTIO_CRYPTO_SERVICE_HASH:
        return qvirtio_crypto_hash(algorithm->number, algorithm->digest_len);
    case VIRTIO_CRYPTO_SERVICE_MAC:
        return qvirtio_crypto_mac(algorithm->number, algorithm->digest_len,
                                  bench_key, algorithm->key_len);
    case VIRTIO_CRYPTO_SERVICE_AEAD:
        return qvirtio_crypto_aead(algorithm->number, algorithm->encrypt,
                                   algorithm->digest_len, bench_key,
                                   algorithm->key_len);
    default:
        return rsa_session(algorithm);
    }
}

QVirtioCryptoOp bench_algorithm_op(const BenchAlgorithm *algorithm,
                                   uint64_t session, const void *source,
                                   size_t len)
{
    switch (algorithm->service) {
    case VIRTIO_CRYPTO_SERVICE_CIPHER:
        return qvirtio_crypto_cipher_op(session, algorithm->encrypt,
                                        bench_iv, algorithm->iv_len, source,
                                        len);
    case VIRTIO_CRYPTO_SERVICE_HASH:
        return qvirtio_crypto_hash_op(session, source, len,
                                      algorithm->digest_len);
    case VIRTIO_CRYPTO_SERVICE_MAC:
        return qvirtio_crypto_mac_op(session, source, len,
                                     algorithm->digest_len);
    case VIRTIO_CRYPTO_SERVICE_AEAD:
        return qvirtio_crypto_aead_op(algorithm->number, session,
                                      algorithm->encrypt, bench_iv,
                                      algorithm->iv_len, bench_aad,
                                      BENCH_AAD_LEN, source, len,
                                      algorithm->digest_len);
    default:
        return qvirtio_crypto_akcipher_op(VIRTIO_CRYPTO_AKCIPHER_SIGN,
                                          session, source, len,
                                          algorithm->library / 8);
    }
}
