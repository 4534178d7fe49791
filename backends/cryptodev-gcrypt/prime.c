/*
 * The libgcrypt backend: tests of primality
 *
 * libgcrypt tells whether a number is a prime, and not how a single test ends.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../cryptodev/common/small-primes.h"
#include "drivers.h"
#include "integer.h"
#include "lucas.h"

/* So many bits more, and a random number modulo n is as good as even. */
#define SURPLUS_BITS 64

/*
 * No odd number divides it, unless it is that number: the least divisor above
 * 1 is always a prime.
 */
static bool pass_gcd(gcry_mpi_t n)
{
    g_auto(gcry_mpi_t) divisor = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) rest = gcry_mpi_new(0);

    for (unsigned int i = 3; i < CRYPTODEV_SMALL_PRIMES_END; i += 2) {
        gcry_mpi_set_ui(divisor, i);
        gcry_mpi_mod(rest, n, divisor);
        if (gcry_mpi_cmp_ui(rest, 0) == 0) {
            return gcry_mpi_cmp_ui(n, i) == 0;
        }
    }
    return true;
}

static bool pass_fermat(gcry_mpi_t n, gcry_mpi_t n_minus_1)
{
    g_auto(gcry_mpi_t) two = gcry_mpi_set_ui(NULL, 2);
    g_auto(gcry_mpi_t) power = gcry_mpi_new(0);

    gcry_mpi_powm(power, two, n_minus_1, n);
    return gcry_mpi_cmp_ui(power, 1) == 0;
}

/* One round: FIPS 186-4, appendix C.3.1, steps 4.3 to 4.6 */
static bool pass_miller_rabin(gcry_mpi_t n, gcry_mpi_t n_minus_1,
                              gcry_mpi_t base)
{
    g_auto(gcry_mpi_t) m = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) z = gcry_mpi_new(0);
    unsigned int a = 0;

    while (!gcry_mpi_test_bit(n_minus_1, a)) {
        a++;
    }
    gcry_mpi_rshift(m, n_minus_1, a);
    gcry_mpi_powm(z, base, m, n);
    if (gcry_mpi_cmp_ui(z, 1) == 0) {
        return true;
    }
    for (; a > 0; a--) {
        if (gcry_mpi_cmp(z, n_minus_1) == 0) {
            return true;
        }
        gcry_mpi_mulm(z, z, z, n);
    }
    return false;
}

/* From 2 to n - 2, for an n of at least 5 */
static gcry_mpi_t draw_base(gcry_mpi_t n)
{
    g_auto(gcry_mpi_t) choices = gcry_mpi_new(0);
    gcry_mpi_t base = gcry_mpi_new(0);

    gcry_mpi_sub_ui(choices, n, 3);
    gcry_mpi_randomize(base, gcry_mpi_get_nbits(n) + SURPLUS_BITS,
                       GCRY_WEAK_RANDOM);
    gcry_mpi_mod(base, base, choices);
    gcry_mpi_add_ui(base, base, 2);
    return base;
}

/* The base of round @i that the caller gave, or a random one; NULL on error */
static gcry_mpi_t take_base(gcry_mpi_t n, CryptoDevOperand bases, uint32_t i)
{
    size_t len = cryptodev_integer_len(n);

    if (!bases.len) {
        return draw_base(n);
    }
    return cryptodev_integer_read((CryptoDevOperand) {
                                      .data = bases.data + i * len,
                                      .len = len,
                                  }, false);
}

/* There are as many as there are rounds, and each is from 2 to n - 2. */
static bool check_bases(gcry_mpi_t n, CryptoDevOperand bases, uint32_t rounds)
{
    g_auto(gcry_mpi_t) n_minus_1 = gcry_mpi_new(0);

    if (!bases.len) {
        return true;
    }
    if (gcry_mpi_cmp_ui(n, 2) < 0 ||
        bases.len != cryptodev_integer_len(n) * rounds) {
        return false;
    }
    gcry_mpi_sub_ui(n_minus_1, n, 1);
    for (uint32_t i = 0; i < rounds; i++) {
        g_auto(gcry_mpi_t) base = take_base(n, bases, i);

        if (!base || !cryptodev_integer_is_between(1, base, n_minus_1)) {
            return false;
        }
    }
    return true;
}

static bool pass_rounds(gcry_mpi_t n, gcry_mpi_t n_minus_1,
                        CryptoDevOperand bases, uint32_t rounds)
{
    for (uint32_t i = 0; i < rounds; i++) {
        g_auto(gcry_mpi_t) base = take_base(n, bases, i);

        if (!base || !pass_miller_rabin(n, n_minus_1, base)) {
            return false;
        }
    }
    return true;
}

static bool pass_tests(gcry_mpi_t n, uint32_t tests, uint32_t rounds,
                       CryptoDevOperand bases)
{
    g_auto(gcry_mpi_t) n_minus_1 = gcry_mpi_new(0);

    /* 3 has no base to be tested with. */
    if (gcry_mpi_cmp_ui(n, 2) == 0 || gcry_mpi_cmp_ui(n, 3) == 0) {
        return true;
    }
    if (!cryptodev_integer_is_odd(n) || gcry_mpi_cmp_ui(n, 1) == 0) {
        return false;
    }
    gcry_mpi_sub_ui(n_minus_1, n, 1);
    return (!(tests & CRYPTODEV_PRIME_GCD) || pass_gcd(n)) &&
           (!(tests & CRYPTODEV_PRIME_FERMAT) || pass_fermat(n, n_minus_1)) &&
           pass_rounds(n, n_minus_1, bases, rounds) &&
           (!(tests & CRYPTODEV_PRIME_LUCAS) || cryptodev_lucas_pass(n));
}

static CryptoDevStatus prime_compute(CryptoDevBackend *backend,
                                     CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    uint32_t tests = cryptodev_operand_number(operands[1]);
    uint32_t rounds = cryptodev_operand_number(operands[2]);
    CryptoDevOperand bases = operands[3];
    g_auto(gcry_mpi_t) n = cryptodev_integer_read(operands[0], true);

    if (!n || (!tests && !rounds) || !check_bases(n, bases, rounds)) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_computation_add_bool(computation,
                                          pass_tests(n, tests, rounds, bases));
}

const CryptoDevDriver cryptodev_gcrypt_prime = {
    .service = CRYPTODEV_SERVICE_PRIME,
    .has = cryptodev_gcrypt_has_secure_memory,
    .compute = prime_compute,
};
