/*
 * An algorithm in libgcrypt, without any device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include "bench-agreement.h"
#include "bench-computation.h"
#include "bench-raw.h"
#include "bench-signature.h"
#include "bench-source.h"

struct BenchRaw {
    const BenchAlgorithm *algorithm;
    gcry_cipher_hd_t cipher;
    gcry_md_hd_t hash;
    gcry_mac_hd_t mac;
    BenchAgreement *agreement;
};

static void check(gcry_error_t error)
{
    if (error) {
        g_error("libgcrypt: %s", gcry_strerror(error));
    }
}

static void open_cipher(BenchRaw *raw)
{
    const BenchAlgorithm *algorithm = raw->algorithm;

    check(gcry_cipher_open(&raw->cipher, algorithm->library, algorithm->mode,
                           0));
    check(gcry_cipher_setkey(raw->cipher, bench_key, algorithm->key_len));
}

static void open_mac(BenchRaw *raw, int library, size_t key_len)
{
    check(gcry_mac_open(&raw->mac, library, 0, NULL));
    check(gcry_mac_setkey(raw->mac, bench_key, key_len));
}

BenchRaw *bench_raw_open(const BenchAlgorithm *algorithm)
{
    BenchRaw *raw = g_new0(BenchRaw, 1);

    raw->algorithm = algorithm;
    switch (algorithm->service) {
    case VIRTIO_CRYPTO_SERVICE_CIPHER:
    case VIRTIO_CRYPTO_SERVICE_AEAD:
        open_cipher(raw);
        if (algorithm->auth) {
            open_mac(raw, algorithm->auth_library, algorithm->digest_len);
        }
        break;
    case VIRTIO_CRYPTO_SERVICE_HASH:
        check(gcry_md_open(&raw->hash, algorithm->library, 0));
        break;
    case VIRTIO_CRYPTO_SERVICE_MAC:
        open_mac(raw, algorithm->library, algorithm->key_len);
        break;
    case BENCH_SERVICE_AGREEMENT:
        raw->agreement = bench_agreement_open(algorithm);
        break;
    }
    return raw;
}

void bench_raw_close(BenchRaw *raw)
{
    gcry_cipher_close(raw->cipher);
    gcry_md_close(raw->hash);
    gcry_mac_close(raw->mac);
    bench_agreement_close(raw->agreement);
    g_free(raw);
}

static void run_cipher(BenchRaw *raw, const void *source, size_t len,
                       uint8_t *result)
{
    const BenchAlgorithm *algorithm = raw->algorithm;

    if (algorithm->mode == GCRY_CIPHER_MODE_CTR) {
        check(gcry_cipher_setctr(raw->cipher, bench_iv, algorithm->iv_len));
    } else {
        check(gcry_cipher_setiv(raw->cipher, bench_iv, algorithm->iv_len));
    }
    if (algorithm->encrypt) {
        check(gcry_cipher_encrypt(raw->cipher, result, len, source, len));
    } else {
        check(gcry_cipher_decrypt(raw->cipher, result, len, source, len));
    }
}

static void run_mac(BenchRaw *raw, const void *source, size_t len,
                    uint8_t *result)
{
    check(gcry_mac_reset(raw->mac));
    check(gcry_mac_write(raw->mac, source, len));
    check(gcry_mac_read(raw->mac, result,
                        &(size_t){ raw->algorithm->digest_len }));
}

static void run_aead(BenchRaw *raw, const void *source, size_t len,
                     uint8_t *result)
{
    size_t tag_len = raw->algorithm->digest_len;

    check(gcry_cipher_setiv(raw->cipher, bench_iv, raw->algorithm->iv_len));
    check(gcry_cipher_authenticate(raw->cipher, bench_aad, BENCH_AAD_LEN));
    if (raw->algorithm->encrypt) {
        check(gcry_cipher_encrypt(raw->cipher, result, len, source, len));
        check(gcry_cipher_gettag(raw->cipher, result + len, tag_len));
    } else {
        len -= tag_len;
        check(gcry_cipher_decrypt(raw->cipher, result, len, source, len));
        check(gcry_cipher_checktag(raw->cipher, source + len, tag_len));
    }
}

/* Where the digest is, and the signature if there is one */
static const uint8_t *find_digest(const BenchAlgorithm *algorithm,
                                  const uint8_t *source, size_t len,
                                  const uint8_t **signature,
                                  size_t *signature_len)
{
    const uint8_t *digest;

    if (algorithm->computation) {
        digest = bench_computation_digest(algorithm, source);
        *signature = digest + BENCH_DIGEST_LEN;
        *signature_len = source + len - *signature;
    } else {
        *signature = source;
        *signature_len = len - BENCH_DIGEST_LEN;
        digest = source + *signature_len;
    }
    return digest;
}

static void run_signature(BenchRaw *raw, const uint8_t *source, size_t len,
                          uint8_t *result)
{
    const uint8_t *digest, *signature;
    size_t signature_len;

    digest = find_digest(raw->algorithm, source, len, &signature,
                         &signature_len);
    if (!raw->algorithm->verify) {
        bench_signature_sign(raw->algorithm, digest, result);
    } else if (!bench_signature_verify(raw->algorithm, signature,
                                       signature_len, digest)) {
        g_error("libgcrypt rejects a signature of its own");
    }
}

void bench_raw_run(BenchRaw *raw, const void *source, size_t len,
                   uint8_t *result)
{
    switch (raw->algorithm->service) {
    case VIRTIO_CRYPTO_SERVICE_CIPHER:
        run_cipher(raw, source, len, result);
        if (raw->algorithm->auth) {
            run_mac(raw, result, len, result + len);
        }
        break;
    case VIRTIO_CRYPTO_SERVICE_AEAD:
        run_aead(raw, source, len, result);
        break;
    case VIRTIO_CRYPTO_SERVICE_HASH:
        gcry_md_reset(raw->hash);
        gcry_md_write(raw->hash, source, len);
        memcpy(result, gcry_md_read(raw->hash, 0),
               raw->algorithm->digest_len);
        break;
    case VIRTIO_CRYPTO_SERVICE_MAC:
        run_mac(raw, source, len, result);
        break;
    case BENCH_SERVICE_AGREEMENT:
        bench_agreement_run(raw->agreement, source, result);
        break;
    default:
        run_signature(raw, source, len, result);
    }
}

static void run_once(const BenchAlgorithm *algorithm, const void *source,
                     size_t len, uint8_t *result)
{
    BenchRaw *raw = bench_raw_open(algorithm);

    bench_raw_run(raw, source, len, result);
    bench_raw_close(raw);
}

static bool is_aead_decrypt(const BenchAlgorithm *algorithm)
{
    return algorithm->service == VIRTIO_CRYPTO_SERVICE_AEAD &&
           !algorithm->encrypt;
}

GByteArray *bench_raw_source(const BenchAlgorithm *algorithm, unsigned int i,
                             size_t len)
{
    GByteArray *source;

    if (algorithm->computation) {
        return bench_computation_source(algorithm, i);
    }
    source = g_byte_array_new();
    if (is_aead_decrypt(algorithm)) {
        BenchAlgorithm inverse = *algorithm;

        inverse.encrypt = true;
        g_byte_array_set_size(source, len + algorithm->digest_len);
        run_once(&inverse, bench_source(i), len, source->data);
        return source;
    }
    if (algorithm->verify) {
        uint8_t signature[BENCH_SIGNATURE_MAX];

        g_byte_array_append(source, signature,
                            bench_signature_sign(algorithm, bench_source(i),
                                                 signature));
    }
    return g_byte_array_append(source, bench_source(i), len);
}

/* The ratified protocol has no result but the status */
static bool is_verdict_right(const BenchAlgorithm *algorithm,
                             const uint8_t *result, size_t len)
{
    return !algorithm->computation || bench_computation_is_true(result, len);
}

bool bench_raw_is_right(const BenchAlgorithm *algorithm, unsigned int i,
                        size_t len, const uint8_t *result, size_t result_len)
{
    g_autoptr(GByteArray) source = NULL;
    g_autofree uint8_t *wanted = NULL;

    if (algorithm->service == VIRTIO_CRYPTO_SERVICE_AKCIPHER) {
        return algorithm->verify ?
               is_verdict_right(algorithm, result, result_len) :
               bench_signature_verify(algorithm, result, result_len,
                                      bench_source(i));
    }
    if (is_aead_decrypt(algorithm)) {
        return !memcmp(result, bench_source(i), len);
    }
    source = bench_raw_source(algorithm, i, len);
    wanted = g_malloc(result_len);
    run_once(algorithm, source->data, source->len, wanted);
    return !memcmp(result, wanted, result_len);
}
