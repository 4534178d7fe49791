/*
 * The OpenSSL backend: the Lucas test of primality
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "lucas.h"

/**
 * LucasTerms:
 * @n: the number to test
 * @mont: what OpenSSL makes of it
 * @work: what OpenSSL computes in
 * @d: the parameter, in Montgomery's form, as the terms are
 * @u: the current term of the sequence U
 * @v: that of the sequence V
 * @product: for intermediate results
 */
typedef struct LucasTerms {
    const BIGNUM *n;
    BN_MONT_CTX *mont;
    BN_CTX *work;
    BIGNUM *d;
    BIGNUM *u;
    BIGNUM *v;
    BIGNUM *product;
} LucasTerms;

/* Newton's method from above: it falls until it is the root, rounded down. */
static bool find_root(BIGNUM *root, const BIGNUM *n, BN_CTX *work)
{
    g_autoptr(BIGNUM) next = BN_new();

    if (!next || !BN_set_bit(root, DIV_ROUND_UP(BN_num_bits(n), 2))) {
        return false;
    }
    while (BN_div(next, NULL, n, root, work) && BN_add(next, next, root) &&
           BN_rshift1(next, next)) {
        if (BN_cmp(next, root) >= 0) {
            return true;
        }
        if (!BN_copy(root, next)) {
            break;
        }
    }
    return false;
}

static bool find_is_square(const BIGNUM *n, BN_CTX *work, bool *is_square)
{
    g_autoptr(BIGNUM) root = BN_new();
    bool ok = root && find_root(root, n, work) && BN_sqr(root, root, work);

    *is_square = ok && BN_cmp(root, n) == 0;
    return ok;
}

/* Set d to 5, -7, 9, -11, ..., by its size. */
static bool set_d(BIGNUM *d, unsigned long size)
{
    bool ok = BN_set_word(d, size);

    BN_set_negative(d, size % 4 == 3);
    return ok;
}

/*
 * Find the first d that is not a square modulo n.  It exists because n is not a
 * square.  Sets d to 0 if a divisor of n comes first.
 */
static bool find_d(BIGNUM *d, const BIGNUM *n, BN_CTX *work)
{
    for (unsigned long size = 5; set_d(d, size); size += 2) {
        int symbol = BN_kronecker(d, n, work);

        if (symbol == -1) {
            return true;
        }
        if (symbol == 0 && (BN_num_bytes(n) > sizeof(size) ||
                            BN_get_word(n) > size)) {
            BN_zero(d);
            return true;
        }
        if (symbol < -1) {
            break;
        }
    }
    return false;
}

static bool multiply(const LucasTerms *terms, BIGNUM *product, const BIGNUM *a,
                     const BIGNUM *b)
{
    return BN_mod_mul_montgomery(product, a, b, terms->mont, terms->work);
}

/* Half of the sum of a number and @addend, modulo n */
static bool average(const LucasTerms *terms, BIGNUM *number,
                    const BIGNUM *addend)
{
    return BN_mod_add_quick(number, number, addend, terms->n) &&
           (!BN_is_odd(number) || BN_add(number, number, terms->n)) &&
           BN_rshift1(number, number);
}

/* To the place that is twice as far */
static bool double_place(LucasTerms *terms)
{
    BIGNUM *product = terms->product;

    return multiply(terms, product, terms->u, terms->u) &&
           multiply(terms, product, product, terms->d) &&
           multiply(terms, terms->u, terms->u, terms->v) &&
           multiply(terms, terms->v, terms->v, terms->v) &&
           average(terms, terms->v, product);
}

/* To the next place */
static bool step(LucasTerms *terms)
{
    return multiply(terms, terms->product, terms->u, terms->d) &&
           average(terms, terms->u, terms->v) &&
           average(terms, terms->v, terms->product);
}

/* From the first place, where both terms are 1 */
static bool start(LucasTerms *terms, const BIGNUM *d)
{
    return BN_to_montgomery(terms->u, BN_value_one(), terms->mont,
                            terms->work) &&
           BN_copy(terms->v, terms->u) &&
           BN_nnmod(terms->d, d, terms->n, terms->work) &&
           BN_to_montgomery(terms->d, terms->d, terms->mont, terms->work);
}

/* U at the place n + 1 is 0 if n is a prime. */
static bool go_behind(LucasTerms *terms)
{
    g_autoptr(BIGNUM) place = BN_dup(terms->n);

    if (!place || !BN_add_word(place, 1)) {
        return false;
    }
    for (int i = BN_num_bits(place) - 1; i-- > 0;) {
        if (!double_place(terms) || (BN_is_bit_set(place, i) && !step(terms))) {
            return false;
        }
    }
    return true;
}

static bool run(const BIGNUM *n, const BIGNUM *number, BN_MONT_CTX *mont,
                BN_CTX *work, bool *passes)
{
    g_autoptr(BIGNUM) d = BN_new();
    g_autoptr(BIGNUM) u = BN_new();
    g_autoptr(BIGNUM) v = BN_new();
    g_autoptr(BIGNUM) product = BN_new();
    LucasTerms terms = { n, mont, work, d, u, v, product };
    bool ok = d && u && v && product && start(&terms, number) &&
              go_behind(&terms);

    *passes = ok && BN_is_zero(u);
    return ok;
}

bool cryptodev_openssl_lucas(const BIGNUM *n, BN_MONT_CTX *mont, BN_CTX *work,
                             bool *passes)
{
    g_autoptr(BIGNUM) d = BN_new();
    bool is_square;

    *passes = false;
    if (!d || !find_is_square(n, work, &is_square)) {
        return false;
    }
    if (is_square) {
        return true;
    }
    if (!find_d(d, n, work)) {
        return false;
    }
    return BN_is_zero(d) || run(n, d, mont, work, passes);
}
