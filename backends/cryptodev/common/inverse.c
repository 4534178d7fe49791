/*
 * Cryptography backends: inverses of secret numbers
 *
 * D. J. Bernstein and B.-Y. Yang, "Fast constant-time gcd computation and
 * modular inversion", IACR Transactions on Cryptographic Hardware and Embedded
 * Systems, 2019.
 *
 * Euclid's algorithm compares numbers, and its time shows how the comparisons
 * end.  This one looks at the lowest bits alone.  It begins with f = n and
 * g = x.  A step halves g, or the sum or difference of f and g that is even.
 * After enough steps, g is 0 and f is 1 or -1.  Meanwhile, d x = f and e x = g
 * modulo n, so d is the inverse or its negative in the end.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "system/cryptodev.h"
#include "inverse.h"
#include "mask.h"

/*
 * Numbers are sums of limbs of 30 bits, the lowest first.  None but the last is
 * negative.  There are two bits more than the modulus has, for -2 n.
 */
#define LIMB_BITS 30
#define LIMB_MASK ((1u << LIMB_BITS) - 1)
#define COUNT_LIMBS(bytes) (((bytes) * 8 + 2) / LIMB_BITS + 1)
#define LIMBS_MAX COUNT_LIMBS(CRYPTODEV_INVERSE_MAX)

/* Those of an inversion: n, f, g, d, e and the next pair */
#define NUMBERS 7

/**
 * Inversion:
 * @len: limbs in a number
 * @n: the modulus
 * @n_inverse: that of its lowest limb, modulo 2^30
 * @delta: what chooses a step, beside the lowest bit of @g
 * @f: the odd one of the two numbers
 * @g: the other number
 * @d: @f, divided by the number to invert; greater than -2 n, less than n
 * @e: likewise @g
 * @next: the next pair of numbers, while it is computed
 * @limbs: those of all of them, @len for each
 */
typedef struct Inversion {
    size_t len;
    int32_t *n;
    uint32_t n_inverse;
    int32_t delta;
    int32_t *f, *g;
    int32_t *d, *e;
    int32_t *next[2];
    int32_t limbs[NUMBERS * LIMBS_MAX];
} Inversion;

/**
 * Steps:
 * @u: how often f is in the next f
 * @v: how often g is in it
 * @q: how often f is in the next g
 * @r: how often g is in it
 *
 * What 30 steps do, times 2^30.  Neither |u| + |v| nor |q| + |r| is more than
 * 2^30.
 */
typedef struct Steps {
    int32_t u, v, q, r;
} Steps;

/* The steps after which g is 0: theorem 11.2, for numbers of any length */
static size_t count_steps(size_t bits)
{
    return (49 * bits + 80) / 17;
}

static size_t limbs_size(const Inversion *inversion)
{
    return inversion->len * sizeof(inversion->limbs[0]);
}

/* All ones if the number is negative, or else 0 */
static int32_t get_sign(int32_t number)
{
    return cryptodev_mask_hide(number >> 31);
}

/* The number was 0. */
static void read_number(int32_t *number, const uint8_t *bytes, size_t len)
{
    uint64_t pending = 0;
    unsigned int bits = 0;
    size_t n = 0;

    for (size_t i = len; i-- > 0;) {
        pending |= (uint64_t)bytes[i] << bits;
        bits += 8;
        if (bits >= LIMB_BITS) {
            number[n++] = pending & LIMB_MASK;
            pending >>= LIMB_BITS;
            bits -= LIMB_BITS;
        }
    }
    number[n] = pending;
}

/* The number is not negative. */
static void write_number(const int32_t *number, uint8_t *bytes, size_t len)
{
    uint64_t pending = 0;
    unsigned int bits = 0;
    size_t n = 0;

    for (size_t i = len; i-- > 0;) {
        if (bits < 8) {
            pending |= (uint64_t)number[n++] << bits;
            bits += LIMB_BITS;
        }
        bytes[i] = pending;
        pending >>= 8;
        bits -= 8;
    }
}

/* Newton's method doubles the bits that are right: 3 of an odd number's own. */
static uint32_t invert_limb(uint32_t limb)
{
    uint32_t inverse = limb;

    for (int i = 0; i < 4; i++) {
        inverse *= 2 - limb * inverse;
    }
    return inverse & LIMB_MASK;
}

/* Each step needs no more than the lowest bits that are left of f and g. */
static void make_steps(Inversion *inversion, Steps *steps)
{
    uint32_t f = inversion->f[0], g = inversion->g[0];
    uint32_t u = 1, v = 0, q = 0, r = 1;
    uint32_t delta = inversion->delta;

    for (int i = 0; i < LIMB_BITS; i++) {
        uint32_t odd = cryptodev_mask_hide(-(g & 1));
        uint32_t swap = odd & get_sign(-delta);
        uint32_t change_f = (f ^ g) & swap;
        uint32_t change_u = (u ^ q) & swap;
        uint32_t change_v = (v ^ r) & swap;

        /* If swap, f is g, and g is -f: -x is (x ^ -1) + 1. */
        f ^= change_f;
        u ^= change_u;
        v ^= change_v;
        g = ((g ^ change_f) ^ swap) - swap;
        q = ((q ^ change_u) ^ swap) - swap;
        r = ((r ^ change_v) ^ swap) - swap;
        delta = (delta ^ swap) - swap + 1;
        g = (g + (f & odd)) >> 1;
        q += u & odd;
        r += v & odd;
        u <<= 1;
        v <<= 1;
    }
    inversion->delta = delta;
    *steps = (Steps) { u, v, q, r };
}

/* @result = (@u a + @v b + @multiple n) / 2^30, which leaves no rest */
static inline void combine(const Inversion *inversion, const int32_t *a,
                           const int32_t *b, int64_t u, int64_t v,
                           int64_t multiple, int32_t *result)
{
    int64_t sum = 0;

    for (size_t i = 0; i < inversion->len; i++) {
        sum += u * a[i] + v * b[i] + multiple * inversion->n[i];
        if (i) {
            result[i - 1] = sum & LIMB_MASK;
        }
        sum >>= LIMB_BITS;
    }
    result[inversion->len - 1] = sum;
}

/*
 * The multiple of n that makes u d + v e divisible.  With that of a negative d
 * or e, which n makes less than n in size, the sum divided by 2^30 is greater
 * than -2 n and less than n.
 */
static int32_t get_multiple(const Inversion *inversion, int32_t u, int32_t v)
{
    size_t last = inversion->len - 1;
    const int32_t *d = inversion->d, *e = inversion->e;
    uint32_t multiple = (u & get_sign(d[last])) + (v & get_sign(e[last]));
    uint32_t low = (uint32_t)u * d[0] + (uint32_t)v * e[0];

    return multiple - ((inversion->n_inverse * low + multiple) & LIMB_MASK);
}

static void take_steps(Inversion *inversion)
{
    int32_t **next = inversion->next;
    Steps steps;

    make_steps(inversion, &steps);
    combine(inversion, inversion->f, inversion->g, steps.u, steps.v, 0,
            next[0]);
    combine(inversion, inversion->f, inversion->g, steps.q, steps.r, 0,
            next[1]);
    memcpy(inversion->f, next[0], limbs_size(inversion));
    memcpy(inversion->g, next[1], limbs_size(inversion));
    combine(inversion, inversion->d, inversion->e, steps.u, steps.v,
            get_multiple(inversion, steps.u, steps.v), next[0]);
    combine(inversion, inversion->d, inversion->e, steps.q, steps.r,
            get_multiple(inversion, steps.q, steps.r), next[1]);
    memcpy(inversion->d, next[0], limbs_size(inversion));
    memcpy(inversion->e, next[1], limbs_size(inversion));
    cryptodev_wipe(&steps, sizeof(steps));
}

/* Add n to a negative d; then, if @flip is all ones, change the sign. */
static void settle(Inversion *inversion, int32_t flip)
{
    int32_t *d = inversion->d;
    size_t last = inversion->len - 1;
    int32_t add = get_sign(d[last]);
    int32_t sum = 0;

    for (size_t i = 0; i <= last; i++) {
        sum += ((d[i] + (inversion->n[i] & add)) ^ flip) - flip;
        d[i] = i < last ? sum & LIMB_MASK : sum;
        sum >>= LIMB_BITS;
    }
}

/* Whether f is 1 or -1, which it is unless x and n have a common divisor */
static bool is_coprime(const Inversion *inversion)
{
    const int32_t *f = inversion->f;
    uint32_t sign = get_sign(f[inversion->len - 1]);
    uint32_t rest = (f[0] ^ sign ^ (1 & ~sign)) & LIMB_MASK;

    /* In -1, as in two's complement, all bits are ones. */
    for (size_t i = 1; i < inversion->len; i++) {
        rest |= (f[i] ^ sign) & LIMB_MASK;
    }
    return !rest;
}

/* Only as much of a long array as the numbers need is set, and wiped. */
static void start(Inversion *inversion, const uint8_t *x, const uint8_t *n,
                  size_t len)
{
    int32_t **numbers[NUMBERS] = {
        &inversion->n, &inversion->f, &inversion->g, &inversion->d,
        &inversion->e, &inversion->next[0], &inversion->next[1],
    };

    inversion->len = COUNT_LIMBS(len);
    memset(inversion->limbs, 0, NUMBERS * limbs_size(inversion));
    for (size_t i = 0; i < NUMBERS; i++) {
        *numbers[i] = inversion->limbs + i * inversion->len;
    }
    read_number(inversion->n, n, len);
    read_number(inversion->f, n, len);
    read_number(inversion->g, x, len);
    inversion->n_inverse = invert_limb(inversion->n[0]);
    inversion->delta = 1;
    inversion->e[0] = 1;
}

bool cryptodev_inverse(uint8_t *inverse, const uint8_t *x, const uint8_t *n,
                       size_t len)
{
    QEMU_UNINITIALIZED Inversion inversion;
    size_t steps = count_steps(len * 8);
    bool ok;

    assert(len && len <= CRYPTODEV_INVERSE_MAX && n[len - 1] & 1);
    start(&inversion, x, n, len);
    for (size_t i = 0; i < steps; i += LIMB_BITS) {
        take_steps(&inversion);
    }
    ok = is_coprime(&inversion);
    settle(&inversion, get_sign(inversion.f[inversion.len - 1]));
    settle(&inversion, 0);
    write_number(inversion.d, inverse, len);
    cryptodev_wipe(&inversion, offsetof(Inversion, limbs) +
                               NUMBERS * limbs_size(&inversion));
    return ok;
}
