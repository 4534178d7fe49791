/*
 * Signatures in libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../qtest/virtio-crypto-der.h"
#include "bench-pair.h"
#include "bench-signature.h"

#define TAG_INTEGER     0x02
#define TAG_SEQUENCE    0x30
/* A tag and a length below 128 */
#define HEADER_LEN      2

static bool is_rsa(const BenchAlgorithm *algorithm)
{
    return algorithm->number == VIRTIO_CRYPTO_AKCIPHER_RSA;
}

static gcry_sexp_t get_pair(const BenchAlgorithm *algorithm)
{
    return bench_pair_get(algorithm->number, algorithm->library)->library;
}

static gcry_mpi_t scan(const uint8_t *bytes, size_t len)
{
    gcry_mpi_t number;

    g_assert_false(gcry_mpi_scan(&number, GCRYMPI_FMT_USG, bytes, len, NULL));
    return number;
}

static gcry_sexp_t build_digest(const BenchAlgorithm *algorithm,
                                const uint8_t *digest)
{
    gcry_sexp_t data;

    if (is_rsa(algorithm)) {
        g_assert_false(gcry_sexp_build(
            &data, NULL, "(data (flags pkcs1) (hash sha256 %b))",
            BENCH_DIGEST_LEN, digest));
    } else {
        gcry_mpi_t number = scan(digest, BENCH_DIGEST_LEN);

        g_assert_false(gcry_sexp_build(
            &data, NULL, "(data (flags raw) (value %m))", number));
        gcry_mpi_release(number);
    }
    return data;
}

/* With leading zeros up to @len bytes */
static void print(gcry_mpi_t number, uint8_t *bytes, size_t len)
{
    size_t written = DIV_ROUND_UP(gcry_mpi_get_nbits(number), 8);

    memset(bytes, 0, len);
    g_assert_false(gcry_mpi_print(GCRYMPI_FMT_USG, bytes + len - written,
                                  written, NULL, number));
}

static size_t encode_rsa(gcry_sexp_t signature, size_t len, uint8_t *bytes)
{
    gcry_mpi_t s;

    g_assert_false(gcry_sexp_extract_param(signature, "sig-val!rsa", "s", &s,
                                           NULL));
    print(s, bytes, len);
    gcry_mpi_release(s);
    return len;
}

static size_t encode_two(gcry_sexp_t signature, uint8_t *bytes)
{
    g_autoptr(GByteArray) content = g_byte_array_new();
    g_autoptr(GByteArray) der = g_byte_array_new();
    uint8_t number[BENCH_DIGEST_LEN];
    gcry_mpi_t numbers[2];

    g_assert_false(gcry_sexp_extract_param(signature, NULL, "rs", &numbers[0],
                                           &numbers[1], NULL));
    for (int i = 0; i < 2; i++) {
        print(numbers[i], number, sizeof(number));
        der_append_integer(content, number, sizeof(number));
        gcry_mpi_release(numbers[i]);
    }
    der_append(der, TAG_SEQUENCE, content->data, content->len);
    memcpy(bytes, der->data, der->len);
    return der->len;
}

size_t bench_signature_sign(const BenchAlgorithm *algorithm,
                            const uint8_t *digest, uint8_t *signature)
{
    gcry_sexp_t data = build_digest(algorithm, digest), result;
    size_t len;

    g_assert_false(gcry_pk_sign(&result, data, get_pair(algorithm)));
    len = is_rsa(algorithm) ?
          encode_rsa(result, algorithm->library / 8, signature) :
          encode_two(result, signature);
    gcry_sexp_release(result);
    gcry_sexp_release(data);
    return len;
}

static gcry_sexp_t decode_rsa(const uint8_t *bytes, size_t len)
{
    gcry_mpi_t s = scan(bytes, len);
    gcry_sexp_t signature;

    g_assert_false(gcry_sexp_build(&signature, NULL,
                                   "(sig-val (rsa (s %m)))", s));
    gcry_mpi_release(s);
    return signature;
}

/* Returns NULL for what is no signature */
static gcry_sexp_t decode_two(const BenchAlgorithm *algorithm,
                              const uint8_t *bytes, size_t len)
{
    size_t r_len = bytes[HEADER_LEN + 1];
    const uint8_t *r = bytes + 2 * HEADER_LEN, *s = r + r_len + HEADER_LEN;
    gcry_sexp_t signature;
    gcry_mpi_t numbers[2];

    if (s > bytes + len || s + s[-1] > bytes + len || r[-2] != TAG_INTEGER ||
        s[-2] != TAG_INTEGER || s + s[-1] != bytes + HEADER_LEN + bytes[1]) {
        return NULL;
    }
    numbers[0] = scan(r, r_len);
    numbers[1] = scan(s, s[-1]);
    g_assert_false(gcry_sexp_build(
        &signature, NULL,
        algorithm->number == VIRTIO_CRYPTO_AKCIPHER_DSA ?
        "(sig-val (dsa (r %m) (s %m)))" : "(sig-val (ecdsa (r %m) (s %m)))",
        numbers[0], numbers[1]));
    gcry_mpi_release(numbers[0]);
    gcry_mpi_release(numbers[1]);
    return signature;
}

bool bench_signature_verify(const BenchAlgorithm *algorithm,
                            const uint8_t *signature, size_t len,
                            const uint8_t *digest)
{
    gcry_sexp_t decoded = is_rsa(algorithm) ?
                          decode_rsa(signature, len) :
                          decode_two(algorithm, signature, len);
    gcry_sexp_t data = build_digest(algorithm, digest);
    bool is_right = decoded &&
                    !gcry_pk_verify(decoded, data, get_pair(algorithm));

    gcry_sexp_release(decoded);
    gcry_sexp_release(data);
    return is_right;
}
