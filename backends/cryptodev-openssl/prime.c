/*
 * The OpenSSL backend: tests of primality
 *
 * OpenSSL tells whether a number is a prime, and not how a single test ends.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "../cryptodev/common/small-primes.h"
#include "drivers.h"
#include "integer.h"
#include "lucas.h"

/**
 * PrimeTest:
 * @n: the candidate
 * @n_minus_1: one less
 * @mont: what OpenSSL makes of @n; NULL until it is known to be odd, and 5 at
 *        least
 * @work: what OpenSSL computes in
 * @bases: those that the caller gave, or no bytes
 * @rounds: of the Miller-Rabin test
 * @failed: whether there was an error of OpenSSL's
 */
typedef struct PrimeTest {
    BIGNUM *n;
    BIGNUM *n_minus_1;
    BN_MONT_CTX *mont;
    BN_CTX *work;
    CryptoDevOperand bases;
    uint32_t rounds;
    bool failed;
} PrimeTest;

static bool prime_has(CryptoDevBackend *backend, uint32_t operation)
{
    return cryptodev_openssl_computes(backend);
}

/* Note an error, and return @ok. */
static bool check(PrimeTest *test, bool ok)
{
    test->failed |= !ok;
    return ok;
}

/*
 * No odd number divides it, unless it is that number: the least divisor above
 * 1 is always a prime.
 */
static bool pass_gcd(const PrimeTest *test)
{
    for (BN_ULONG i = 3; i < CRYPTODEV_SMALL_PRIMES_END; i += 2) {
        if (BN_mod_word(test->n, i) == 0) {
            return BN_is_word(test->n, i);
        }
    }
    return true;
}

static bool power(PrimeTest *test, BIGNUM *result, const BIGNUM *base,
                  const BIGNUM *exponent)
{
    return cryptodev_openssl_power(result, base, exponent, test->n, test->mont,
                                   test->work);
}

static bool pass_fermat(PrimeTest *test)
{
    g_autoptr(BIGNUM) result = BN_new();

    return check(test, result && BN_set_word(result, 2) &&
                       power(test, result, result, test->n_minus_1)) &&
           BN_is_one(result);
}

/*
 * Whether z, squared less than @squares times, comes to be n - 1.  Candidates
 * can be chosen to need thousands of squares, which are less than half as fast
 * outside of Montgomery's form.
 */
static bool come_to_end(PrimeTest *test, BIGNUM *z, int squares)
{
    g_autoptr(BIGNUM) end = BN_new();

    if (!check(test, end && BN_to_montgomery(end, test->n_minus_1, test->mont,
                                             test->work) &&
                     BN_to_montgomery(z, z, test->mont, test->work))) {
        return false;
    }
    for (; squares > 0; squares--) {
        if (BN_cmp(z, end) == 0) {
            return true;
        }
        if (!check(test, BN_mod_mul_montgomery(z, z, z, test->mont,
                                               test->work))) {
            break;
        }
    }
    return false;
}

/* One round: FIPS 186-4, appendix C.3.1, steps 4.3 to 4.6 */
static bool pass_miller_rabin(PrimeTest *test, const BIGNUM *base)
{
    g_autoptr(BIGNUM) m = BN_new();
    g_autoptr(BIGNUM) z = BN_new();
    int a = 0;

    while (!BN_is_bit_set(test->n_minus_1, a)) {
        a++;
    }
    return check(test, m && z && BN_rshift(m, test->n_minus_1, a) &&
                       power(test, z, base, m)) &&
           (BN_is_one(z) || come_to_end(test, z, a));
}

/* From 2 to n - 2, for an n of at least 5 */
static BIGNUM *draw_base(const PrimeTest *test)
{
    g_autoptr(BIGNUM) choices = BN_dup(test->n);
    BIGNUM *base = BN_new();

    if (!choices || !base || !BN_sub_word(choices, 3) ||
        !BN_priv_rand_range_ex(base, choices, 0, test->work) ||
        !BN_add_word(base, 2)) {
        g_clear_pointer(&base, BN_clear_free);
    }
    return base;
}

/* The base of round @i that the caller gave, or a random one; NULL on error */
static BIGNUM *take_base(const PrimeTest *test, uint32_t i)
{
    size_t len = BN_num_bytes(test->n);

    if (!test->bases.len) {
        return draw_base(test);
    }
    return cryptodev_openssl_read((CryptoDevOperand) {
                                      .data = test->bases.data + i * len,
                                      .len = len,
                                  });
}

/* There are as many as there are rounds, and each is from 2 to n - 2. */
static bool check_bases(const PrimeTest *test)
{
    if (!test->bases.len) {
        return true;
    }
    if (BN_is_zero(test->n) || BN_is_one(test->n) ||
        test->bases.len != (size_t)BN_num_bytes(test->n) * test->rounds) {
        return false;
    }
    for (uint32_t i = 0; i < test->rounds; i++) {
        g_autoptr(BIGNUM) base = take_base(test, i);

        if (!base ||
            !cryptodev_openssl_is_between(1, base, test->n_minus_1)) {
            return false;
        }
    }
    return true;
}

static bool pass_rounds(PrimeTest *test)
{
    for (uint32_t i = 0; i < test->rounds; i++) {
        g_autoptr(BIGNUM) base = take_base(test, i);

        if (!check(test, base) || !pass_miller_rabin(test, base)) {
            return false;
        }
    }
    return true;
}

static bool pass_lucas(PrimeTest *test)
{
    bool passes;

    return check(test, cryptodev_openssl_lucas(test->n, test->mont, test->work,
                                               &passes)) && passes;
}

static bool make_mont(PrimeTest *test)
{
    test->mont = BN_MONT_CTX_new();
    return test->mont && BN_MONT_CTX_set(test->mont, test->n, test->work);
}

static bool pass_tests(PrimeTest *test, uint32_t tests)
{
    /* 3 has no base to be tested with. */
    if (BN_is_word(test->n, 2) || BN_is_word(test->n, 3)) {
        return true;
    }
    if (!BN_is_odd(test->n) || BN_is_one(test->n)) {
        return false;
    }
    return (!(tests & CRYPTODEV_PRIME_GCD) || pass_gcd(test)) &&
           check(test, make_mont(test)) &&
           (!(tests & CRYPTODEV_PRIME_FERMAT) || pass_fermat(test)) &&
           pass_rounds(test) &&
           (!(tests & CRYPTODEV_PRIME_LUCAS) || pass_lucas(test));
}

/* For n = 0, @n_minus_1 is set to -1, which no test uses: 0 is even. */
static bool start(PrimeTest *test, CryptoDevBackend *backend,
                  const CryptoDevOperand *operands)
{
    test->work = BN_CTX_new_ex(cryptodev_openssl_context(backend));
    test->n = cryptodev_openssl_read_secret(operands[0]);
    test->n_minus_1 = test->n ? BN_dup(test->n) : NULL;
    return test->work && test->n_minus_1 && BN_sub_word(test->n_minus_1, 1);
}

static void stop(PrimeTest *test)
{
    BN_MONT_CTX_free(test->mont);
    BN_CTX_free(test->work);
    BN_clear_free(test->n);
    BN_clear_free(test->n_minus_1);
}

static CryptoDevStatus run(PrimeTest *test, uint32_t tests,
                           CryptoDevComputation *computation)
{
    bool passes;

    if ((!tests && !test->rounds) || !check_bases(test)) {
        return CRYPTODEV_ERR;
    }
    passes = pass_tests(test, tests);
    return test->failed ? CRYPTODEV_ERR
           : cryptodev_computation_add_bool(computation, passes);
}

static CryptoDevStatus prime_compute(CryptoDevBackend *backend,
                                     CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    uint32_t tests = cryptodev_operand_number(operands[1]);
    PrimeTest test = {
        .rounds = cryptodev_operand_number(operands[2]),
        .bases = operands[3],
    };
    CryptoDevStatus status = start(&test, backend, operands)
                             ? run(&test, tests, computation) : CRYPTODEV_ERR;

    stop(&test);
    ERR_clear_error();
    return status;
}

const CryptoDevDriver cryptodev_openssl_prime = {
    .service = CRYPTODEV_SERVICE_PRIME,
    .has = prime_has,
    .compute = prime_compute,
};
