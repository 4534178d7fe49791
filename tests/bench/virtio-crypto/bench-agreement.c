/*
 * Key agreement in libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include "qemu/bswap.h"
#include "../../qtest/virtio-crypto/rfc-computation.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "system/cryptodev.h"
#include "bench-agreement.h"
#include "bench-integer.h"
#include "bench-source.h"

/* The longest number, in bytes */
#define NUMBER_MAX      256
/* The private key is not among the peers */
#define SECRET_OFFSET   4096

/* RFC 3526, section 3: the prime of 2048 bits */
static const char prime[] =
    "ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74"
    "020bbea63b139b22514a08798e3404ddef9519b3cd3a431b302b0a6df25f1437"
    "4fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7ed"
    "ee386bfb5a899fa5ae9f24117c4b1fe649286651ece45b3dc2007cb8a163bf05"
    "98da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb"
    "9ed529077096966d670c354e4abc9804f1746c08ca18217c32905e462e36ce3b"
    "e39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718"
    "3995497cea956ae515d2261898fa051015728e5a8aacaa68ffffffffffffffff";

/* @p is of Diffie-Hellman, @curve of ECDH, @scalar of X25519, in its order */
struct BenchAgreement {
    const BenchAlgorithm *algorithm;
    gcry_mpi_t secret;
    gcry_mpi_t p;
    gcry_ctx_t curve;
    uint8_t scalar[NUMBER_MAX];
};

/* Bytes of a number, and of a coordinate */
static size_t get_size(const BenchAlgorithm *algorithm)
{
    return algorithm->library / 8;
}

static bool has_points(const BenchAlgorithm *algorithm)
{
    return algorithm->curve == CRYPTODEV_CURVE_P256;
}

/* A number that all groups have: the first bit is 0 */
static void choose(const BenchAlgorithm *algorithm, const uint8_t *source,
                   uint8_t *number)
{
    memcpy(number, source, get_size(algorithm));
    number[0] &= 0x7f;
}

static void choose_secret(const BenchAlgorithm *algorithm, uint8_t *number)
{
    choose(algorithm, bench_source(0) + SECRET_OFFSET, number);
}

static void reverse(const uint8_t *number, size_t size, uint8_t *reversed)
{
    for (size_t i = 0; i < size; i++) {
        reversed[i] = number[size - 1 - i];
    }
}

/* In secure memory, so that libgcrypt computes in constant time */
static gcry_mpi_t read_secret(const BenchAlgorithm *algorithm)
{
    uint8_t *number = gcry_xmalloc_secure(get_size(algorithm));
    gcry_mpi_t secret;

    choose_secret(algorithm, number);
    secret = bench_integer_read(number, get_size(algorithm));
    gcry_free(number);
    return secret;
}

static gcry_ctx_t open_curve(void)
{
    gcry_ctx_t curve;

    g_assert_false(gcry_mpi_ec_new(&curve, NULL, "NIST P-256"));
    return curve;
}

BenchAgreement *bench_agreement_open(const BenchAlgorithm *algorithm)
{
    BenchAgreement *agreement = g_new0(BenchAgreement, 1);
    g_autoptr(GByteArray) p = hex_to_bytes(prime);
    uint8_t secret[NUMBER_MAX];

    agreement->algorithm = algorithm;
    switch (algorithm->curve) {
    case CRYPTODEV_CURVE_P256:
        agreement->secret = read_secret(algorithm);
        agreement->curve = open_curve();
        break;
    case CRYPTODEV_CURVE_X25519:
        choose_secret(algorithm, secret);
        reverse(secret, get_size(algorithm), agreement->scalar);
        break;
    default:
        agreement->secret = read_secret(algorithm);
        agreement->p = bench_integer_read(p->data, p->len);
    }
    return agreement;
}

void bench_agreement_close(BenchAgreement *agreement)
{
    if (agreement) {
        gcry_mpi_release(agreement->secret);
        gcry_mpi_release(agreement->p);
        gcry_ctx_release(agreement->curve);
        g_free(agreement);
    }
}

/* Takes the operand that is next */
static const uint8_t *take_operand(const uint8_t **list, size_t *len)
{
    const uint8_t *operand = *list + BENCH_OPERAND_LEN;

    *len = ldl_le_p(*list);
    *list = operand + *len;
    return operand;
}

static gcry_mpi_t take_integer(const uint8_t **list)
{
    size_t len;
    const uint8_t *operand = take_operand(list, &len);

    return bench_integer_read(operand, len);
}

/* Writes the head of a result, and returns where its bytes go */
static uint8_t *start_result(uint8_t *list, size_t size)
{
    stl_le_p(list, size);
    return list + BENCH_OPERAND_LEN;
}

static void write_result(gcry_mpi_t number, size_t size, uint8_t *list)
{
    bench_integer_write(number, start_result(list, size), size);
    gcry_mpi_release(number);
}

static void run_power(const BenchAgreement *agreement, const uint8_t *source,
                      uint8_t *result)
{
    gcry_mpi_t peer = take_integer(&source);
    gcry_mpi_t power = gcry_mpi_snew(0);

    gcry_mpi_powm(power, peer, agreement->secret, agreement->p);
    write_result(power, get_size(agreement->algorithm), result);
    gcry_mpi_release(peer);
}

/* Releases the coordinates */
static gcry_mpi_point_t make_point(gcry_mpi_t x, gcry_mpi_t y)
{
    gcry_mpi_t one = gcry_mpi_set_ui(NULL, 1);

    return gcry_mpi_point_snatch_set(NULL, x, y, one);
}

/* Writes both coordinates */
static void write_point(gcry_mpi_point_t point, gcry_ctx_t curve, size_t size,
                        uint8_t *result)
{
    gcry_mpi_t x = gcry_mpi_snew(0), y = gcry_mpi_snew(0);

    g_assert_false(gcry_mpi_ec_get_affine(x, y, point, curve));
    write_result(x, size, result);
    write_result(y, size, result + BENCH_OPERAND_LEN + size);
}

static void run_multiply(const BenchAgreement *agreement,
                         const uint8_t *source, uint8_t *result)
{
    gcry_mpi_t x = take_integer(&source), y = take_integer(&source);
    gcry_mpi_point_t peer = make_point(x, y);
    gcry_mpi_point_t product = gcry_mpi_point_new(0);

    g_assert_true(gcry_mpi_ec_curve_point(peer, agreement->curve));
    gcry_mpi_ec_mul(product, agreement->secret, peer, agreement->curve);
    write_point(product, agreement->curve, get_size(agreement->algorithm),
                result);
    gcry_mpi_point_release(product);
    gcry_mpi_point_release(peer);
}

static void run_x25519(const BenchAgreement *agreement, const uint8_t *source,
                       uint8_t *result)
{
    uint8_t peer[NUMBER_MAX] = { }, product[NUMBER_MAX];
    const uint8_t *operand;
    size_t len;

    operand = take_operand(&source, &len);
    reverse(operand, len, peer);
    g_assert_false(gcry_ecc_mul_point(GCRY_ECC_CURVE25519, product,
                                      agreement->scalar, peer));
    reverse(product, len, start_result(result, len));
}

void bench_agreement_run(const BenchAgreement *agreement,
                         const uint8_t *source, uint8_t *result)
{
    size_t len;

    if (!agreement->algorithm->curve) {
        run_power(agreement, source, result);
        return;
    }
    /* The flag is before the peer */
    take_operand(&source, &len);
    if (has_points(agreement->algorithm)) {
        run_multiply(agreement, source, result);
    } else {
        run_x25519(agreement, source, result);
    }
}

size_t bench_agreement_room(const BenchAlgorithm *algorithm)
{
    size_t number = BENCH_OPERAND_LEN + get_size(algorithm);

    return has_points(algorithm) ? 2 * number : number;
}

void bench_agreement_append_session(GByteArray *list,
                                    const BenchAlgorithm *algorithm)
{
    g_autoptr(GByteArray) p = hex_to_bytes(prime);
    uint8_t secret[NUMBER_MAX], curve = algorithm->curve;

    if (curve) {
        choose_secret(algorithm, secret);
        computation_append_bytes(list, &curve, sizeof(curve));
        computation_append_bytes(list, secret, get_size(algorithm));
    } else {
        computation_append(list, p);
    }
}

/* A point of the group, as results have it */
static void append_point(GByteArray *list, const BenchAlgorithm *algorithm,
                         const uint8_t *number)
{
    g_autofree uint8_t *bytes = g_malloc(bench_agreement_room(algorithm));
    gcry_mpi_t k = bench_integer_read(number, get_size(algorithm));
    gcry_ctx_t curve = open_curve();
    gcry_mpi_point_t base = gcry_mpi_ec_get_point("g", curve, 1);
    gcry_mpi_point_t point = gcry_mpi_point_new(0);

    gcry_mpi_ec_mul(point, k, base, curve);
    write_point(point, curve, get_size(algorithm), bytes);
    g_byte_array_append(list, bytes, bench_agreement_room(algorithm));
    gcry_mpi_point_release(point);
    gcry_mpi_point_release(base);
    gcry_ctx_release(curve);
    gcry_mpi_release(k);
}

void bench_agreement_append_source(GByteArray *list,
                                   const BenchAlgorithm *algorithm,
                                   unsigned int i)
{
    uint8_t peer[NUMBER_MAX], secret[NUMBER_MAX], flag = 0;

    choose(algorithm, bench_source(i), peer);
    if (algorithm->curve) {
        computation_append_bytes(list, &flag, sizeof(flag));
    }
    if (has_points(algorithm)) {
        append_point(list, algorithm, peer);
        return;
    }
    computation_append_bytes(list, peer, get_size(algorithm));
    if (algorithm->curve) {
        /* The place of a second coordinate */
        computation_append_bytes(list, NULL, 0);
    } else {
        choose_secret(algorithm, secret);
        computation_append_bytes(list, secret, get_size(algorithm));
    }
}
