/*
 * A public-key algorithm in OpenSSL, without any device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/dsa.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include "system/cryptodev.h"
#include "bench-clock.h"
#include "bench-libcrypto.h"
#include "bench-signature.h"
#include "bench-source.h"

/* As in the keys of the others */
#define DSA_Q_BITS 256

/* @signature is what is verified, @peer whom a secret is shared with. */
struct BenchLibcrypto {
    EVP_PKEY *key;
    EVP_PKEY *peer;
    EVP_PKEY_CTX *context;
    void (*run)(BenchLibcrypto *libcrypto);
    uint8_t signature[BENCH_SIGNATURE_MAX];
    size_t signature_len;
};

static void check(bool ok)
{
    if (!ok) {
        g_error("OpenSSL failed");
    }
}

static bool is_agreement(const BenchAlgorithm *algorithm)
{
    return algorithm->service == BENCH_SERVICE_AGREEMENT;
}

static EVP_PKEY *make_dsa(int bits)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "DSA", NULL);
    EVP_PKEY *parameters = NULL, *key = NULL;

    check(context && EVP_PKEY_paramgen_init(context) == 1 &&
          EVP_PKEY_CTX_set_dsa_paramgen_bits(context, bits) == 1 &&
          EVP_PKEY_CTX_set_dsa_paramgen_q_bits(context, DSA_Q_BITS) == 1 &&
          EVP_PKEY_paramgen(context, &parameters) == 1);
    EVP_PKEY_CTX_free(context);
    context = EVP_PKEY_CTX_new(parameters, NULL);
    check(context && EVP_PKEY_keygen_init(context) == 1 &&
          EVP_PKEY_keygen(context, &key) == 1);
    EVP_PKEY_CTX_free(context);
    EVP_PKEY_free(parameters);
    return key;
}

/* Returns NULL for Diffie-Hellman. */
static EVP_PKEY *make_key(const BenchAlgorithm *algorithm)
{
    if (algorithm->curve == CRYPTODEV_CURVE_X25519) {
        return EVP_PKEY_Q_keygen(NULL, NULL, "X25519");
    }
    if (algorithm->curve == CRYPTODEV_CURVE_P256) {
        return EVP_EC_gen("P-256");
    }
    if (is_agreement(algorithm)) {
        return NULL;
    }
    switch (algorithm->number) {
    case VIRTIO_CRYPTO_AKCIPHER_RSA:
        return EVP_RSA_gen(algorithm->library);
    case VIRTIO_CRYPTO_AKCIPHER_DSA:
        return make_dsa(algorithm->library);
    case VIRTIO_CRYPTO_AKCIPHER_ECDSA:
        return EVP_EC_gen("P-256");
    default:
        return NULL;
    }
}

static void run_sign(BenchLibcrypto *libcrypto)
{
    libcrypto->signature_len = sizeof(libcrypto->signature);
    check(EVP_PKEY_sign(libcrypto->context, libcrypto->signature,
                        &libcrypto->signature_len, bench_source(0),
                        BENCH_DIGEST_LEN) == 1);
}

static void run_verify(BenchLibcrypto *libcrypto)
{
    check(EVP_PKEY_verify(libcrypto->context, libcrypto->signature,
                          libcrypto->signature_len, bench_source(0),
                          BENCH_DIGEST_LEN) == 1);
}

static void run_derive(BenchLibcrypto *libcrypto)
{
    size_t len = sizeof(libcrypto->signature);

    check(EVP_PKEY_derive_set_peer_ex(libcrypto->context, libcrypto->peer,
                                      0) == 1 &&
          EVP_PKEY_derive(libcrypto->context, libcrypto->signature,
                          &len) == 1);
}

static void open_context(BenchLibcrypto *libcrypto, int (*init)(EVP_PKEY_CTX *))
{
    EVP_PKEY_CTX_free(libcrypto->context);
    libcrypto->context = EVP_PKEY_CTX_new(libcrypto->key, NULL);
    check(libcrypto->context && init(libcrypto->context) == 1);
}

static void set_padding(const BenchLibcrypto *libcrypto)
{
    if (EVP_PKEY_is_a(libcrypto->key, "RSA")) {
        check(EVP_PKEY_CTX_set_rsa_padding(libcrypto->context,
                                           RSA_PKCS1_PADDING) == 1 &&
              EVP_PKEY_CTX_set_signature_md(libcrypto->context,
                                            EVP_sha256()) == 1);
    }
}

static void open_signature(BenchLibcrypto *libcrypto,
                           const BenchAlgorithm *algorithm)
{
    open_context(libcrypto, EVP_PKEY_sign_init);
    set_padding(libcrypto);
    libcrypto->run = run_sign;
    if (algorithm->verify) {
        run_sign(libcrypto);
        open_context(libcrypto, EVP_PKEY_verify_init);
        set_padding(libcrypto);
        libcrypto->run = run_verify;
    }
}

BenchLibcrypto *bench_libcrypto_new(const BenchAlgorithm *algorithm)
{
    EVP_PKEY *key = make_key(algorithm);
    BenchLibcrypto *libcrypto;

    if (!key) {
        return NULL;
    }
    libcrypto = g_new0(BenchLibcrypto, 1);
    libcrypto->key = key;
    if (is_agreement(algorithm)) {
        libcrypto->peer = make_key(algorithm);
        check(libcrypto->peer);
        open_context(libcrypto, EVP_PKEY_derive_init);
        libcrypto->run = run_derive;
    } else {
        open_signature(libcrypto, algorithm);
    }
    return libcrypto;
}

void bench_libcrypto_free(BenchLibcrypto *libcrypto)
{
    EVP_PKEY_CTX_free(libcrypto->context);
    EVP_PKEY_free(libcrypto->peer);
    EVP_PKEY_free(libcrypto->key);
    g_free(libcrypto);
}

void bench_libcrypto_slice(void *opaque, BenchSlice *slice)
{
    BenchLibcrypto *libcrypto = opaque;
    double start = bench_now(), now;

    do {
        libcrypto->run(libcrypto);
        slice->operations++;
        now = bench_now();
    } while (now < start + slice->seconds * 1e9);
    slice->ns = (now - start) / slice->operations;
}
