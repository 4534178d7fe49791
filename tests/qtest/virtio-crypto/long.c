/*
 * Requests of RFC v1 that take seconds
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/bn.h>
#include "long.h"
#include "rfc-computation.h"

#define ROUNDS      40
#define PRIME_LEN   512
/* The result is a list of one operand, which has a byte at most. */
#define ROOM        5

/* RFC 3526, section 5 */
static void append_prime(GByteArray *list)
{
    BIGNUM *prime = BN_get_rfc3526_prime_4096(NULL);
    uint8_t bytes[PRIME_LEN];

    g_assert_cmpint(BN_bn2bin(prime, bytes), ==, PRIME_LEN);
    computation_append_bytes(list, bytes, PRIME_LEN);
    BN_free(prime);
}

/* 2, 3 and so on, each as long as the prime */
static void append_bases(GByteArray *list)
{
    uint8_t bases[ROUNDS * PRIME_LEN] = { };

    for (int i = 0; i < ROUNDS; i++) {
        bases[(i + 1) * PRIME_LEN - 1] = 2 + i;
    }
    computation_append_bytes(list, bases, sizeof(bases));
}

QVirtioCryptoRequest *long_request(void)
{
    const uint8_t tests = 0, rounds = ROUNDS;
    GByteArray *list = g_byte_array_new();

    append_prime(list);
    computation_append_bytes(list, &tests, 1);
    computation_append_bytes(list, &rounds, 1);
    append_bases(list);
    return computation_request(ALG(PRIME, TEST), 0, ROOM, list);
}

/* 4 to the power of 13 modulo 497 */
QVirtioCryptoRequest *short_request(void)
{
    return computation_request(ALG(LN, EXPONENTIATE), 0, 6,
                               LIST("01f1", "04", "0d"));
}
