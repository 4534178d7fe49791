/*
 * The algorithms that are measured
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include "../../qtest/libqos/virtio-crypto-rfc.h"
#include "system/cryptodev-compute.h"
#include "bench-algorithm.h"
#include "bench-computation.h"
#include "bench-pair.h"

#define CIPHER(called, wire, direction, algo, how, len)                 \
    {                                                                   \
        .name = called, .service = VIRTIO_CRYPTO_SERVICE_CIPHER,        \
        .number = VIRTIO_CRYPTO_CIPHER_ ## wire, .encrypt = direction,  \
        .in_stock = true, .library = GCRY_CIPHER_ ## algo,              \
        .mode = GCRY_CIPHER_MODE_ ## how, .key_len = len, .iv_len = 16, \
    }
#define CHAIN(called, mac, algo, len)                                   \
    {                                                                   \
        .name = called, .service = VIRTIO_CRYPTO_SERVICE_CIPHER,        \
        .number = VIRTIO_CRYPTO_CIPHER_AES_CBC, .encrypt = true,        \
        .library = GCRY_CIPHER_AES128, .mode = GCRY_CIPHER_MODE_CBC,    \
        .key_len = 16, .iv_len = 16, .digest_len = len,                 \
        .auth = VIRTIO_CRYPTO_MAC_HMAC_ ## mac,                         \
        .auth_library = GCRY_MAC_HMAC_ ## algo,                         \
    }
#define AEAD(called, wire, direction, algo, how, len)                   \
    {                                                                   \
        .name = called, .service = VIRTIO_CRYPTO_SERVICE_AEAD,          \
        .number = VIRTIO_CRYPTO_AEAD_ ## wire, .encrypt = direction,    \
        .library = GCRY_CIPHER_ ## algo,                                \
        .mode = GCRY_CIPHER_MODE_ ## how, .key_len = len, .iv_len = 12, \
        .digest_len = 16,                                               \
    }
#define SIGNATURE(called, wire, is_in_stock, bits, is_verified)         \
    {                                                                   \
        .name = called, .service = VIRTIO_CRYPTO_SERVICE_AKCIPHER,      \
        .number = VIRTIO_CRYPTO_AKCIPHER_ ## wire,                      \
        .in_stock = is_in_stock, .library = bits, .verify = is_verified, \
    }
#define COMPUTATION(of, operation)                                      \
    QVIRTIO_CRYPTO_RFC_ALG(VIRTIO_CRYPTO_RFC_F_ ## of, 0,               \
                           CRYPTODEV_ ## of ## _ ## operation)
#define SIGNATURE_SERVICE(called, of, operation, wire, bits, on)        \
    {                                                                   \
        .name = called, .service = VIRTIO_CRYPTO_SERVICE_AKCIPHER,      \
        .number = VIRTIO_CRYPTO_AKCIPHER_ ## wire, .library = bits,     \
        .verify = CRYPTODEV_ ## of ## _ ## operation ==                 \
                  CRYPTODEV_ ## of ## _VERIFY,                          \
        .computation = COMPUTATION(of, operation), .curve = on,         \
    }
#define AGREEMENT_SERVICE(called, of, operation, bits, on)              \
    {                                                                   \
        .name = called, .service = BENCH_SERVICE_AGREEMENT,             \
        .library = bits, .computation = COMPUTATION(of, operation),     \
        .curve = on,                                                    \
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
    AEAD("aes-128-gcm-encrypt", GCM, true, AES128, GCM, 16),
    AEAD("aes-128-gcm-decrypt", GCM, false, AES128, GCM, 16),
    AEAD("chacha20-poly1305-encrypt", CHACHA20_POLY1305, true, CHACHA20,
         POLY1305, 32),
    AEAD("chacha20-poly1305-decrypt", CHACHA20_POLY1305, false, CHACHA20,
         POLY1305, 32),
    CHAIN("aes-128-cbc-hmac-sha1", SHA1, SHA1, 20),
    CHAIN("aes-128-cbc-hmac-sha256", SHA_256, SHA256, 32),
    { },
};

const BenchAlgorithm bench_signatures[] = {
    SIGNATURE("rsa-2048-sign", RSA, true, 2048, false),
    SIGNATURE("rsa-2048-verify", RSA, true, 2048, true),
    SIGNATURE("rsa-4096-sign", RSA, true, 4096, false),
    SIGNATURE("dsa-2048-sign", DSA, false, 2048, false),
    SIGNATURE("dsa-2048-verify", DSA, false, 2048, true),
    SIGNATURE("ecdsa-p256-sign", ECDSA, false, 0, false),
    SIGNATURE("ecdsa-p256-verify", ECDSA, false, 0, true),
    { },
};

const BenchAlgorithm bench_computations[] = {
    SIGNATURE_SERVICE("rsa-2048-sign", RSA, SIGN, RSA, 2048, 0),
    SIGNATURE_SERVICE("rsa-2048-verify", RSA, VERIFY, RSA, 2048, 0),
    SIGNATURE_SERVICE("rsa-4096-sign", RSA, SIGN, RSA, 4096, 0),
    SIGNATURE_SERVICE("rsa-4096-verify", RSA, VERIFY, RSA, 4096, 0),
    SIGNATURE_SERVICE("ecdsa-p256-sign", ECDSA, SIGN_RS, ECDSA, 0,
                      CRYPTODEV_CURVE_P256),
    SIGNATURE_SERVICE("ecdsa-p256-verify", ECDSA, VERIFY, ECDSA, 0,
                      CRYPTODEV_CURVE_P256),
    AGREEMENT_SERVICE("ecdh-p256", ECDH, SHARED_POINT, 256,
                      CRYPTODEV_CURVE_P256),
    AGREEMENT_SERVICE("x25519", ECDH, SHARED_POINT, 256,
                      CRYPTODEV_CURVE_X25519),
    AGREEMENT_SERVICE("dh-2048", DH, SHARED_SECRET, 2048, 0),
    { },
};

/* A signature of DSA or ECDSA: two numbers of 32 bytes and a bit, and DER */
#define TWO_NUMBERS_MAX   72

/* The halves of a key for XTS have to differ */
const uint8_t bench_key[64] = "The key that all of the requests have in common,"
                              " with two halves";
const uint8_t bench_iv[16] = "A start to all.";
const uint8_t bench_aad[BENCH_AAD_LEN] = "Additional data";

static const BenchAlgorithm *find(const BenchAlgorithm *algorithms,
                                  const char *name)
{
    for (size_t i = 0; algorithms[i].name; i++) {
        if (g_str_equal(algorithms[i].name, name)) {
            return &algorithms[i];
        }
    }
    return NULL;
}

const BenchAlgorithm *bench_algorithm_find(const char *name)
{
    const BenchAlgorithm *algorithm = find(bench_algorithms, name) ?:
                                      find(bench_signatures, name) ?:
                                      find(bench_computations, name);

    if (!algorithm) {
        g_error("no algorithm %s", name);
    }
    return algorithm;
}

static QVirtioCryptoSession cipher_session(const BenchAlgorithm *algorithm)
{
    QVirtioCryptoSession cipher =
        qvirtio_crypto_cipher(algorithm->number, algorithm->encrypt,
                              bench_key, algorithm->key_len);

    if (!algorithm->auth) {
        return cipher;
    }
    return qvirtio_crypto_chain(
        &cipher, VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH,
        VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH, algorithm->auth,
        algorithm->digest_len, bench_key, algorithm->digest_len);
}

static QVirtioCryptoSession signature_session(const BenchAlgorithm *algorithm)
{
    const BenchPair *pair = bench_pair_get(algorithm->number,
                                           algorithm->library);
    bool private = !algorithm->verify;
    const GByteArray *key = private ? pair->private : pair->public;

    switch (algorithm->number) {
    case VIRTIO_CRYPTO_AKCIPHER_RSA:
        return qvirtio_crypto_rsa(private, VIRTIO_CRYPTO_RSA_PKCS1_PADDING,
                                  VIRTIO_CRYPTO_RSA_SHA256, key->data,
                                  key->len);
    case VIRTIO_CRYPTO_AKCIPHER_DSA:
        return qvirtio_crypto_dsa(private, key->data, key->len);
    default:
        return qvirtio_crypto_ecdsa(private, VIRTIO_CRYPTO_CURVE_NIST_P256,
                                    key->data, key->len);
    }
}

static QVirtioCryptoSession make_session(const BenchAlgorithm *algorithm)
{
    switch (algorithm->service) {
    case VIRTIO_CRYPTO_SERVICE_CIPHER:
        return cipher_session(algorithm);
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
        return signature_session(algorithm);
    }
}

static QVirtioCryptoOp cipher_op(const BenchAlgorithm *algorithm,
                                 uint64_t session, const GByteArray *source)
{
    if (algorithm->auth) {
        return qvirtio_crypto_chain_op(session, algorithm->encrypt, bench_iv,
                                       algorithm->iv_len, NULL, 0,
                                       source->data, source->len,
                                       algorithm->digest_len);
    }
    return qvirtio_crypto_cipher_op(session, algorithm->encrypt, bench_iv,
                                    algorithm->iv_len, source->data,
                                    source->len);
}

static QVirtioCryptoOp signature_op(const BenchAlgorithm *algorithm,
                                    uint64_t session,
                                    const GByteArray *source)
{
    if (algorithm->verify) {
        return qvirtio_crypto_verify_op(session, source->data,
                                        source->len - BENCH_DIGEST_LEN,
                                        BENCH_DIGEST_LEN);
    }
    return qvirtio_crypto_akcipher_op(
        VIRTIO_CRYPTO_AKCIPHER_SIGN, session, source->data, source->len,
        algorithm->number == VIRTIO_CRYPTO_AKCIPHER_RSA ?
        algorithm->library / 8 : TWO_NUMBERS_MAX);
}

static QVirtioCryptoOp make_op(const BenchAlgorithm *algorithm,
                               uint64_t session, const GByteArray *source)
{
    switch (algorithm->service) {
    case VIRTIO_CRYPTO_SERVICE_CIPHER:
        return cipher_op(algorithm, session, source);
    case VIRTIO_CRYPTO_SERVICE_HASH:
        return qvirtio_crypto_hash_op(session, source->data, source->len,
                                      algorithm->digest_len);
    case VIRTIO_CRYPTO_SERVICE_MAC:
        return qvirtio_crypto_mac_op(session, source->data, source->len,
                                     algorithm->digest_len);
    case VIRTIO_CRYPTO_SERVICE_AEAD:
        return qvirtio_crypto_aead_op(algorithm->number, session,
                                      algorithm->encrypt, bench_iv,
                                      algorithm->iv_len, bench_aad,
                                      BENCH_AAD_LEN, source->data,
                                      source->len, algorithm->digest_len);
    default:
        return signature_op(algorithm, session, source);
    }
}

QVirtioCryptoRequest *
bench_algorithm_create_request(const BenchAlgorithm *algorithm,
                               QVirtioCryptoDriver *driver)
{
    QVirtioCryptoSession session;

    if (algorithm->computation) {
        return bench_computation_create_request(algorithm);
    }
    session = make_session(algorithm);
    return qvirtio_crypto_create_request(driver, &session);
}

QVirtioCryptoRequest *
bench_algorithm_destroy_request(const BenchAlgorithm *algorithm,
                                QVirtioCryptoDriver *driver)
{
    if (algorithm->computation) {
        return qvirtio_crypto_rfc_destroy_request(0);
    }
    /* Every service numbers destruction next to creation */
    return qvirtio_crypto_destroy_request(driver,
                                          make_session(algorithm).opcode + 1,
                                          0);
}

QVirtioCryptoRequest *
bench_algorithm_request(const BenchAlgorithm *algorithm,
                        QVirtioCryptoDriver *driver, uint64_t session,
                        const GByteArray *source)
{
    QVirtioCryptoOp op;

    if (algorithm->computation) {
        return bench_computation_request(algorithm, session, source);
    }
    op = make_op(algorithm, session, source);
    return qvirtio_crypto_op_request(driver, &op);
}
