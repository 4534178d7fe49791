/*
 * An algorithm in libgcrypt, without any device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include "bench-raw.h"
#include "bench-rsa-key.h"

struct BenchRaw {
    const BenchAlgorithm *algorithm;
    gcry_cipher_hd_t cipher;
    gcry_md_hd_t hash;
    gcry_mac_hd_t mac;
};

static void check(gcry_error_t error)
{
    if (error) {
        g_error("libgcrypt: %s", gcry_strerror(error));
    }
}

BenchRaw *bench_raw_open(const BenchAlgorithm *algorithm)
{
    BenchRaw *raw = g_new0(BenchRaw, 1);

    raw->algorithm = algorithm;
    switch (algorithm->service) {
    case VIRTIO_CRYPTO_SERVICE_CIPHER:
    case VIRTIO_CRYPTO_SERVICE_AEAD:
        check(gcry_cipher_open(&raw->cipher, algorithm->library,
                               algorithm->mode, 0));
        check(gcry_cipher_setkey(raw->cipher, bench_key,
                                 algorithm->key_len));
        break;
    case VIRTIO_CRYPTO_SERVICE_HASH:
        check(gcry_md_open(&raw->hash, algorithm->library, 0));
        break;
    case VIRTIO_CRYPTO_SERVICE_MAC:
        check(gcry_mac_open(&raw->mac, algorithm->library, 0, NULL));
        check(gcry_mac_setkey(raw->mac, bench_key, algorithm->key_len));
        break;
    }
    return raw;
}

void bench_raw_close(BenchRaw *raw)
{
    gcry_cipher_close(raw->cipher);
    gcry_md_close(raw->hash);
    gcry_mac_close(raw->mac);
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

static void run_aead(BenchRaw *raw, const void *source, size_t len,
                     uint8_t *result)
{
    const BenchAlgorithm *algorithm = raw->algorithm;

    check(gcry_cipher_setiv(raw->cipher, bench_iv, algorithm->iv_len));
    check(gcry_cipher_authenticate(raw->cipher, bench_aad, BENCH_AAD_LEN));
    check(gcry_cipher_encrypt(raw->cipher, result, len, source, len));
    check(gcry_cipher_gettag(raw->cipher, result + len,
                             algorithm->digest_len));
}

static void run_rsa(BenchRaw *raw, const void *source, size_t len,
                    uint8_t *result)
{
    size_t bytes = raw->algorithm->library / 8;
    gcry_sexp_t data, signature;
    gcry_mpi_t number;
    size_t written;

    check(gcry_sexp_build(&data, NULL,
                          "(data (flags pkcs1) (hash sha256 %b))",
                          (int)len, source));
    check(gcry_pk_sign(&signature, data,
                       bench_rsa_key(raw->algorithm->library)->library));
    check(gcry_sexp_extract_param(signature, "sig-val!rsa", "s", &number,
                                  NULL));
    memset(result, 0, bytes);
    written = (gcry_mpi_get_nbits(number) + 7) / 8;
    check(gcry_mpi_print(GCRYMPI_FMT_USG, result + bytes - written, written,
                         NULL, number));
    gcry_mpi_release(number);
    gcry_sexp_release(signature);
    gcry_sexp_release(data);
}

void bench_raw_run(BenchRaw *raw, const void *source, size_t len,
                   uint8_t *result)
{
    switch (raw->algorithm->service) {
    case VIRTIO_CRYPTO_SERVICE_CIPHER:
        run_cipher(raw, source, len, result);
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
        check(gcry_mac_reset(raw->mac));
        check(gcry_mac_write(raw->mac, source, len));
        check(gcry_mac_read(raw->mac, result,
                            &(size_t){ raw->algorithm->digest_len }));
        break;
    default:
        run_rsa(raw, source, len, result);
    }
}
