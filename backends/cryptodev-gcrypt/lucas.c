/*
 * The libgcrypt backend: the Lucas test of primality
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "integer.h"
#include "lucas.h"

/* Newton's method from above: it falls until it is the root, rounded down. */
static bool is_square(gcry_mpi_t n)
{
    g_auto(gcry_mpi_t) root = gcry_mpi_new(0);
    g_auto(gcry_mpi_t) next = gcry_mpi_new(0);

    gcry_mpi_set_bit(root, DIV_ROUND_UP(gcry_mpi_get_nbits(n), 2));
    while (true) {
        gcry_mpi_div(next, NULL, n, root, 0);
        gcry_mpi_add(next, next, root);
        gcry_mpi_rshift(next, next, 1);
        if (gcry_mpi_cmp(next, root) >= 0) {
            break;
        }
        gcry_mpi_set(root, next);
    }
    gcry_mpi_mul(next, root, root);
    return gcry_mpi_cmp(next, n) == 0;
}

/* The Jacobi symbol (a / n) of an odd n */
static int small_jacobi(unsigned long a, unsigned long n)
{
    int sign = 1;

    for (a %= n; a; a %= n) {
        unsigned long rest;

        while (a % 2 == 0) {
            a /= 2;
            if (n % 8 == 3 || n % 8 == 5) {
                sign = -sign;
            }
        }
        if (a % 4 == 3 && n % 4 == 3) {
            sign = -sign;
        }
        rest = n;
        n = a;
        a = rest;
    }
    return n == 1 ? sign : 0;
}

/* The Jacobi symbol (d / n) where d or -d is @size, and d is 1 modulo 4 */
static int jacobi(unsigned long size, gcry_mpi_t n)
{
    g_auto(gcry_mpi_t) divisor = gcry_mpi_set_ui(NULL, size);
    g_auto(gcry_mpi_t) rest = gcry_mpi_new(0);
    unsigned int number = 0;

    gcry_mpi_mod(rest, n, divisor);
    gcry_mpi_get_ui(&number, rest);
    return small_jacobi(number, size);
}

/*
 * Find the first of 5, -7, 9, -11, ... that is not a square modulo n.  It
 * exists because n is not a square.  Returns 0 if a divisor of n comes first.
 */
static long find_d(gcry_mpi_t n)
{
    for (long size = 5;; size += 2) {
        int symbol = jacobi(size, n);

        if (symbol < 0) {
            return size % 4 == 3 ? -size : size;
        }
        if (symbol == 0 && gcry_mpi_cmp_ui(n, size) > 0) {
            return 0;
        }
    }
}

/* Half of a number modulo an odd n */
static void halve(gcry_mpi_t number, gcry_mpi_t n)
{
    if (gcry_mpi_test_bit(number, 0)) {
        gcry_mpi_add(number, number, n);
    }
    gcry_mpi_rshift(number, number, 1);
}

/* The current terms of the sequences U and V */
typedef struct LucasTerms {
    gcry_mpi_t u;
    gcry_mpi_t v;
} LucasTerms;

/* To the place that is twice as far */
static void double_place(LucasTerms *terms, gcry_mpi_t d, gcry_mpi_t n)
{
    g_auto(gcry_mpi_t) square = gcry_mpi_new(0);

    gcry_mpi_mulm(square, terms->u, terms->u, n);
    gcry_mpi_mulm(square, square, d, n);
    gcry_mpi_mulm(terms->u, terms->u, terms->v, n);
    gcry_mpi_mulm(terms->v, terms->v, terms->v, n);
    gcry_mpi_addm(terms->v, terms->v, square, n);
    halve(terms->v, n);
}

/* To the next place */
static void step(LucasTerms *terms, gcry_mpi_t d, gcry_mpi_t n)
{
    g_auto(gcry_mpi_t) product = gcry_mpi_new(0);

    gcry_mpi_mulm(product, terms->u, d, n);
    gcry_mpi_addm(terms->u, terms->u, terms->v, n);
    halve(terms->u, n);
    gcry_mpi_addm(terms->v, terms->v, product, n);
    halve(terms->v, n);
}

/* U at the place n + 1 is 0 if n is a prime. */
static bool is_zero_behind(gcry_mpi_t n, gcry_mpi_t d)
{
    g_auto(gcry_mpi_t) u = gcry_mpi_set_ui(NULL, 1);
    g_auto(gcry_mpi_t) v = gcry_mpi_set_ui(NULL, 1);
    g_auto(gcry_mpi_t) place = gcry_mpi_new(0);
    LucasTerms terms = { .u = u, .v = v };

    gcry_mpi_add_ui(place, n, 1);
    for (unsigned int i = gcry_mpi_get_nbits(place) - 1; i-- > 0;) {
        double_place(&terms, d, n);
        if (gcry_mpi_test_bit(place, i)) {
            step(&terms, d, n);
        }
    }
    return gcry_mpi_cmp_ui(terms.u, 0) == 0;
}

bool cryptodev_lucas_pass(gcry_mpi_t n)
{
    g_auto(gcry_mpi_t) d = gcry_mpi_new(0);
    long number;

    if (is_square(n)) {
        return false;
    }
    number = find_d(n);
    if (!number) {
        return false;
    }
    gcry_mpi_set_ui(d, labs(number));
    if (number < 0) {
        gcry_mpi_neg(d, d);
        gcry_mpi_mod(d, d, n);
    }
    return is_zero_behind(n, d);
}
