/*
 * Pairs of keys of a benchmark
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "standard-headers/linux/virtio_crypto.h"
#include "../../qtest/virtio-crypto/der.h"
#include "../../qtest/virtio-crypto/dsa-key.h"
#include "../../qtest/virtio-crypto/ec-key.h"
#include "../../qtest/virtio-crypto/rfc-computation.h"
#include "bench-integer.h"
#include "bench-pair.h"

/* RFC 5915 */
#define EC_VERSION  1

/* A number of the private key, or the point q; the caller's */
static GByteArray *export(gcry_sexp_t pair, const char *name)
{
    gcry_sexp_t key = gcry_sexp_find_token(pair, "private-key", 0);
    gcry_sexp_t list = gcry_sexp_find_token(key, name, 0);
    GByteArray *bytes = g_byte_array_new();
    const char *data;
    size_t len;

    data = gcry_sexp_nth_data(list, 1, &len);
    g_assert_nonnull(data);
    g_byte_array_append(bytes, (const uint8_t *)data, len);
    gcry_sexp_release(list);
    gcry_sexp_release(key);
    return bytes;
}

static gcry_mpi_t import(const GByteArray *bytes)
{
    return bench_integer_read(bytes->data, bytes->len);
}

/* With leading zeros up to @len bytes; releases the number */
static GByteArray *print(gcry_mpi_t number, size_t len)
{
    GByteArray *bytes = g_byte_array_new();

    g_byte_array_set_size(bytes, len);
    bench_integer_write(number, bytes->data, len);
    gcry_mpi_release(number);
    return bytes;
}

/* @d modulo the prime minus one */
static GByteArray *export_exponent(const GByteArray *d,
                                   const GByteArray *prime)
{
    gcry_mpi_t exponent = import(d), modulus = import(prime);

    gcry_mpi_sub_ui(modulus, modulus, 1);
    gcry_mpi_mod(exponent, exponent, modulus);
    gcry_mpi_release(modulus);
    return print(exponent, prime->len);
}

static GByteArray *make_list(const GByteArray *const *operands, size_t n)
{
    GByteArray *list = g_byte_array_new();

    for (size_t i = 0; i < n; i++) {
        computation_append(list, operands[i]);
    }
    return list;
}

/* libgcrypt's u is the inverse of p: PKCS#1's, if p and q change places */
static void encode_rsa(BenchPair *pair)
{
    g_autoptr(GByteArray) n = export(pair->library, "n");
    g_autoptr(GByteArray) e = export(pair->library, "e");
    g_autoptr(GByteArray) d = export(pair->library, "d");
    g_autoptr(GByteArray) p = export(pair->library, "q");
    g_autoptr(GByteArray) q = export(pair->library, "p");
    g_autoptr(GByteArray) dp = export_exponent(d, p);
    g_autoptr(GByteArray) dq = export_exponent(d, q);
    g_autoptr(GByteArray) qinv = export(pair->library, "u");
    const RSANumbers numbers = { n, e, d, p, q, dp, dq, qinv };
    const GByteArray *operands[] = { n, e, d, p, q, dp, dq, qinv };

    pair->private = der_rsa_private(&numbers);
    pair->public = der_rsa_public(&numbers);
    pair->private_list = make_list(operands, ARRAY_SIZE(operands));
    pair->public_list = make_list(operands, 2);
}

static void encode_dsa(BenchPair *pair)
{
    g_autoptr(GByteArray) p = export(pair->library, "p");
    g_autoptr(GByteArray) q = export(pair->library, "q");
    g_autoptr(GByteArray) g = export(pair->library, "g");
    g_autoptr(GByteArray) y = export(pair->library, "y");
    g_autoptr(GByteArray) x = export(pair->library, "x");
    const DSANumbers numbers = { p, q, g, y, x };

    pair->private = dsa_private(0, &numbers);
    pair->public = dsa_public(&numbers);
}

static void encode_ecdsa(BenchPair *pair)
{
    const ECCurve *curve = ec_find_curve("P-256");
    g_autoptr(GByteArray) scalar = export(pair->library, "d");
    g_autoptr(GByteArray) d = print(import(scalar), curve->size);
    const GByteArray *operand = d;

    pair->private = ec_private(EC_VERSION, d, NULL, NULL);
    pair->public = export(pair->library, "q");
    pair->private_list = make_list(&operand, 1);
    pair->public_list = g_byte_array_new();
    /* Behind the byte that says that both coordinates follow */
    for (size_t i = 0; i < 2; i++) {
        computation_append_bytes(pair->public_list,
                                 pair->public->data + 1 + i * curve->size,
                                 curve->size);
    }
}

static void generate(BenchPair *pair, const char *format, unsigned int bits)
{
    gcry_sexp_t wish;

    g_assert_false(gcry_sexp_build(&wish, NULL, format, bits));
    g_assert_false(gcry_pk_genkey(&pair->library, wish));
    gcry_sexp_release(wish);
}

static BenchPair *make_pair(uint32_t number, unsigned int bits)
{
    BenchPair *pair = g_new0(BenchPair, 1);

    switch (number) {
    case VIRTIO_CRYPTO_AKCIPHER_RSA:
        generate(pair, "(genkey (rsa (nbits %u) (flags transient-key)))",
                 bits);
        encode_rsa(pair);
        break;
    case VIRTIO_CRYPTO_AKCIPHER_DSA:
        generate(pair, "(genkey (dsa (nbits %u) (qbits 3:256)"
                 " (flags transient-key)))", bits);
        encode_dsa(pair);
        break;
    default:
        generate(pair, "(genkey (ecc (curve \"NIST P-256\")"
                 " (flags transient-key)))", bits);
        encode_ecdsa(pair);
        break;
    }
    return pair;
}

const BenchPair *bench_pair_get(uint32_t number, unsigned int bits)
{
    static GHashTable *pairs;
    void *key = GUINT_TO_POINTER(bits << 8 | number);
    BenchPair *pair;

    if (!pairs) {
        pairs = g_hash_table_new(NULL, NULL);
    }
    pair = g_hash_table_lookup(pairs, key);
    if (!pair) {
        pair = make_pair(number, bits);
        g_hash_table_insert(pairs, key, pair);
    }
    return pair;
}
