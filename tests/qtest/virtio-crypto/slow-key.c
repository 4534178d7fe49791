/*
 * An RSA key whose private operation takes long
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Two primes of that size would take long to find.  RSA works with any number
 * of primes as long as they differ, so this key has many small ones.
 */

#include "qemu/osdep.h"
#include <gmp.h>
#include "der.h"
#include "slow-key.h"

#define SEED            8192
#define N_PRIMES        32
#define PRIME_LEN       32
#define MODULUS_LEN     (N_PRIMES * PRIME_LEN)
#define PUBLIC_EXPONENT 65537

/* A prime that begins with eight bits set, or the product would be shorter */
static void find_prime(mpz_t prime, GRand *rand)
{
    uint8_t bytes[PRIME_LEN] = { 0xff };

    do {
        for (size_t i = 1; i < PRIME_LEN; i++) {
            bytes[i] = g_rand_int(rand);
        }
        mpz_import(prime, PRIME_LEN, 1, 1, 1, 0, bytes);
        mpz_nextprime(prime, prime);
    } while (mpz_fdiv_ui(prime, PUBLIC_EXPONENT) == 1);
}

/* The modulus and the private exponent */
static void find_key(mpz_t n, mpz_t d)
{
    GRand *rand = g_rand_new_with_seed(SEED);
    mpz_t prime, order, e;

    mpz_inits(prime, order, NULL);
    mpz_init_set_ui(e, PUBLIC_EXPONENT);
    mpz_set_ui(n, 1);
    mpz_set_ui(order, 1);
    for (int i = 0; i < N_PRIMES; i++) {
        find_prime(prime, rand);
        mpz_mul(n, n, prime);
        mpz_sub_ui(prime, prime, 1);
        mpz_mul(order, order, prime);
    }
    g_assert_true(mpz_invert(d, e, order));
    mpz_clears(prime, order, e, NULL);
    g_rand_free(rand);
}

static GByteArray *number_bytes(const mpz_t number)
{
    GByteArray *bytes = g_byte_array_new();
    size_t len = (mpz_sizeinbase(number, 2) + 7) / 8;

    g_assert_cmpint(len, <=, MODULUS_LEN);
    g_byte_array_set_size(bytes, MODULUS_LEN);
    memset(bytes->data, 0, MODULUS_LEN);
    mpz_export(bytes->data + MODULUS_LEN - len, NULL, 1, 1, 1, 0, number);
    return bytes;
}

/* The primes and the numbers after them are zero, which leaves them out */
static void encode_key(SlowKey *key, const mpz_t n, const mpz_t e,
                       const mpz_t d)
{
    g_autoptr(GByteArray) none = g_byte_array_new();
    RSANumbers numbers = {
        .n = number_bytes(n), .e = number_bytes(e), .d = number_bytes(d),
        .p = none, .q = none, .dp = none, .dq = none, .qinv = none,
    };
    const RSANumbers public = { .n = numbers.n, .e = numbers.d };

    key->der = der_rsa_private(&numbers);
    key->public_der = der_rsa_public(&public);
    g_assert_cmpint(rsa_modulus_len(&numbers), ==, MODULUS_LEN);
    g_byte_array_unref(numbers.n);
    g_byte_array_unref(numbers.e);
    g_byte_array_unref(numbers.d);
}

SlowKey *slow_key_new(void)
{
    SlowKey *key = g_new0(SlowKey, 1);
    mpz_t n, d, e, message;

    mpz_inits(n, d, NULL);
    mpz_init_set_ui(e, PUBLIC_EXPONENT);
    mpz_init_set_ui(message, SEED);
    find_key(n, d);
    encode_key(key, n, e, d);
    mpz_powm(message, message, d, n);
    key->plain = number_bytes(message);
    mpz_powm(message, message, e, n);
    key->cipher = number_bytes(message);
    g_assert_cmpint(mpz_cmp_ui(message, SEED), ==, 0);
    mpz_clears(n, d, e, message, NULL);
    return key;
}

void slow_key_free(SlowKey *key)
{
    g_byte_array_unref(key->der);
    g_byte_array_unref(key->public_der);
    g_byte_array_unref(key->cipher);
    g_byte_array_unref(key->plain);
    g_free(key);
}
