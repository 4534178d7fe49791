/*
 * RSA keys of a benchmark
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../qtest/virtio-crypto-der.h"
#include "bench-rsa-key.h"

static void export_number(GByteArray **bytes, gcry_mpi_t number)
{
    unsigned char *buffer;
    size_t len;

    g_assert_false(gcry_mpi_aprint(GCRYMPI_FMT_USG, &buffer, &len, number));
    *bytes = g_byte_array_append(g_byte_array_new(), buffer, len);
    gcry_free(buffer);
}

/* The exponent modulo a prime less one */
static void export_exponent(GByteArray **bytes, gcry_mpi_t d, gcry_mpi_t prime)
{
    gcry_mpi_t number = gcry_mpi_new(0);

    gcry_mpi_sub_ui(number, prime, 1);
    gcry_mpi_mod(number, d, number);
    export_number(bytes, number);
    gcry_mpi_release(number);
}

static void free_numbers(RSANumbers *numbers)
{
    GByteArray *all[] = { numbers->n, numbers->e, numbers->d, numbers->p,
                          numbers->q, numbers->dp, numbers->dq,
                          numbers->qinv };

    for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
        g_byte_array_unref(all[i]);
    }
}

/* libgcrypt's u is the inverse of p: PKCS#1's, if p and q change places */
static GByteArray *encode(gcry_sexp_t key)
{
    gcry_mpi_t n, e, d, p, q, u;
    RSANumbers numbers;
    GByteArray *der;

    g_assert_false(gcry_sexp_extract_param(key, "private-key!rsa", "nedpqu",
                                           &n, &e, &d, &p, &q, &u, NULL));
    export_number(&numbers.n, n);
    export_number(&numbers.e, e);
    export_number(&numbers.d, d);
    export_number(&numbers.p, q);
    export_number(&numbers.q, p);
    export_exponent(&numbers.dp, d, q);
    export_exponent(&numbers.dq, d, p);
    export_number(&numbers.qinv, u);
    der = der_rsa_private(&numbers);
    free_numbers(&numbers);
    gcry_mpi_release(n);
    gcry_mpi_release(e);
    gcry_mpi_release(d);
    gcry_mpi_release(p);
    gcry_mpi_release(q);
    gcry_mpi_release(u);
    return der;
}

const BenchRSAKey *bench_rsa_key(unsigned int bits)
{
    static GHashTable *keys;
    BenchRSAKey *key;
    gcry_sexp_t wish;

    if (!keys) {
        keys = g_hash_table_new(NULL, NULL);
    }
    key = g_hash_table_lookup(keys, GUINT_TO_POINTER(bits));
    if (!key) {
        key = g_new0(BenchRSAKey, 1);
        g_assert_false(gcry_sexp_build(&wish, NULL,
            "(genkey (rsa (nbits %u) (flags transient-key)))", bits));
        g_assert_false(gcry_pk_genkey(&key->library, wish));
        gcry_sexp_release(wish);
        key->der = encode(key->library);
        g_hash_table_insert(keys, GUINT_TO_POINTER(bits), key);
    }
    return key;
}
