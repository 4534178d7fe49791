/*
 * Signatures in libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "../../qtest/virtio-crypto/der.h"
#include "bench-integer.h"
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

/* As the device has it: a computation takes its secret number from RFC 6979 */
static gcry_sexp_t build_digest(const BenchAlgorithm *algorithm,
                                const uint8_t *digest)
{
    gcry_sexp_t data;

    if (is_rsa(algorithm) || algorithm->computation) {
        g_assert_false(gcry_sexp_build(
            &data, NULL, is_rsa(algorithm) ?
                         "(data (flags pkcs1) (hash sha256 %b))" :
                         "(data (flags rfc6979) (hash sha256 %b))",
            BENCH_DIGEST_LEN, digest));
    } else {
        gcry_mpi_t number = bench_integer_read(digest, BENCH_DIGEST_LEN);

        g_assert_false(gcry_sexp_build(
            &data, NULL, "(data (flags raw) (value %m))", number));
        gcry_mpi_release(number);
    }
    return data;
}

/* Appends an operand, and returns how many bytes that takes */
static size_t write_operand(gcry_mpi_t number, size_t len, uint8_t *bytes)
{
    stl_le_p(bytes, len);
    bench_integer_write(number, bytes + BENCH_OPERAND_LEN, len);
    return BENCH_OPERAND_LEN + len;
}

static size_t encode_rsa(const BenchAlgorithm *algorithm,
                         gcry_sexp_t signature, uint8_t *bytes)
{
    size_t len = algorithm->library / 8;
    gcry_mpi_t s;

    g_assert_false(gcry_sexp_extract_param(signature, "sig-val!rsa", "s", &s,
                                           NULL));
    if (algorithm->computation) {
        len = write_operand(s, len, bytes);
    } else {
        bench_integer_write(s, bytes, len);
    }
    gcry_mpi_release(s);
    return len;
}

static size_t encode_list(gcry_sexp_t signature, uint8_t *bytes)
{
    gcry_mpi_t numbers[2];
    size_t len = 0;

    g_assert_false(gcry_sexp_extract_param(signature, NULL, "rs", &numbers[0],
                                           &numbers[1], NULL));
    for (int i = 0; i < 2; i++) {
        len += write_operand(numbers[i], BENCH_DIGEST_LEN, bytes + len);
        gcry_mpi_release(numbers[i]);
    }
    return len;
}

static size_t encode_der(gcry_sexp_t signature, uint8_t *bytes)
{
    g_autoptr(GByteArray) content = g_byte_array_new();
    g_autoptr(GByteArray) der = g_byte_array_new();
    uint8_t number[BENCH_DIGEST_LEN];
    gcry_mpi_t numbers[2];

    g_assert_false(gcry_sexp_extract_param(signature, NULL, "rs", &numbers[0],
                                           &numbers[1], NULL));
    for (int i = 0; i < 2; i++) {
        bench_integer_write(numbers[i], number, sizeof(number));
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
    len = is_rsa(algorithm) ? encode_rsa(algorithm, result, signature) :
          algorithm->computation ? encode_list(result, signature) :
                                   encode_der(result, signature);
    gcry_sexp_release(result);
    gcry_sexp_release(data);
    return len;
}

static gcry_sexp_t decode_rsa(const uint8_t *bytes, size_t len)
{
    gcry_mpi_t s = bench_integer_read(bytes, len);
    gcry_sexp_t signature;

    g_assert_false(gcry_sexp_build(&signature, NULL,
                                   "(sig-val (rsa (s %m)))", s));
    gcry_mpi_release(s);
    return signature;
}

/* Releases the numbers */
static gcry_sexp_t build_two(const BenchAlgorithm *algorithm,
                             gcry_mpi_t numbers[2])
{
    gcry_sexp_t signature;

    g_assert_false(gcry_sexp_build(
        &signature, NULL,
        algorithm->number == VIRTIO_CRYPTO_AKCIPHER_DSA ?
        "(sig-val (dsa (r %m) (s %m)))" : "(sig-val (ecdsa (r %m) (s %m)))",
        numbers[0], numbers[1]));
    gcry_mpi_release(numbers[0]);
    gcry_mpi_release(numbers[1]);
    return signature;
}

/* Returns NULL if it is not a signature */
static gcry_sexp_t decode_der(const BenchAlgorithm *algorithm,
                              const uint8_t *bytes, size_t len)
{
    size_t r_len = bytes[HEADER_LEN + 1];
    const uint8_t *r = bytes + 2 * HEADER_LEN, *s = r + r_len + HEADER_LEN;
    gcry_mpi_t numbers[2];

    if (s > bytes + len || s + s[-1] > bytes + len || r[-2] != TAG_INTEGER ||
        s[-2] != TAG_INTEGER || s + s[-1] != bytes + HEADER_LEN + bytes[1]) {
        return NULL;
    }
    numbers[0] = bench_integer_read(r, r_len);
    numbers[1] = bench_integer_read(s, s[-1]);
    return build_two(algorithm, numbers);
}

/* Likewise; all operands have the length of the modulus or the order */
static gcry_sexp_t decode_list(const BenchAlgorithm *algorithm,
                               const uint8_t *bytes, size_t len)
{
    size_t n = is_rsa(algorithm) ? 1 : 2, size = len / n - BENCH_OPERAND_LEN;
    gcry_mpi_t numbers[2];

    for (size_t i = 0; i < n; i++) {
        const uint8_t *operand = bytes + i * (len / n);

        if (ldl_le_p(operand) != size) {
            return NULL;
        }
    }
    if (is_rsa(algorithm)) {
        return decode_rsa(bytes + BENCH_OPERAND_LEN, size);
    }
    numbers[0] = bench_integer_read(bytes + BENCH_OPERAND_LEN, size);
    numbers[1] = bench_integer_read(bytes + len - size, size);
    return build_two(algorithm, numbers);
}

static gcry_sexp_t decode(const BenchAlgorithm *algorithm,
                          const uint8_t *bytes, size_t len)
{
    if (algorithm->computation) {
        return decode_list(algorithm, bytes, len);
    }
    return is_rsa(algorithm) ? decode_rsa(bytes, len) :
                               decode_der(algorithm, bytes, len);
}

bool bench_signature_verify(const BenchAlgorithm *algorithm,
                            const uint8_t *signature, size_t len,
                            const uint8_t *digest)
{
    gcry_sexp_t decoded = decode(algorithm, signature, len);
    gcry_sexp_t data = build_digest(algorithm, digest);
    bool is_right = decoded &&
                    !gcry_pk_verify(decoded, data, get_pair(algorithm));

    gcry_sexp_release(decoded);
    gcry_sexp_release(data);
    return is_right;
}
