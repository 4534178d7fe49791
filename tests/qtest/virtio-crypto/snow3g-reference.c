/*
 * SNOW 3G, UEA2 and UIA2: 3GPP TS 35.216 and TS 35.215
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "qemu/bswap.h"
#include "radio-reference.h"

/* Polynomials of TS 35.216 without their highest term */
#define SR_POLY 0x1b
#define SQ_POLY 0x69
#define ALPHA_POLY 0xa9

/* The state of TS 35.216, section 3, and the tables of its functions */
typedef struct Snow3g {
    uint32_t s[16];
    uint32_t r1, r2, r3;
} Snow3g;

static uint8_t sr[256], sq[256];
static uint32_t mul_alpha[256], div_alpha[256];

/* Section 3.1.1 */
static uint8_t mulx(uint8_t v, uint8_t c)
{
    return v & 0x80 ? v << 1 ^ c : v << 1;
}

/* Section 3.1.2 */
static uint8_t mulx_pow(uint8_t v, int i, uint8_t c)
{
    while (i--) {
        v = mulx(v, c);
    }
    return v;
}

static uint8_t multiply(uint8_t a, uint8_t b, uint8_t c)
{
    uint8_t product = 0;

    for (int i = 0; i < 8; i++) {
        product ^= b >> i & 1 ? mulx_pow(a, i, c) : 0;
    }
    return product;
}

static uint8_t power(uint8_t x, int n, uint8_t c)
{
    uint8_t result = 1;

    while (n--) {
        result = multiply(result, x, c);
    }
    return result;
}

/* Section 3.3.1: the S-box of AES, which inverts and then mixes bits */
static uint8_t make_sr(uint8_t x)
{
    uint8_t y = power(x, 254, SR_POLY);
    uint8_t mixed = 0x63;

    for (int i = 0; i < 5; i++) {
        mixed ^= y << i | y >> (8 - i);
    }
    return mixed;
}

/* Section 3.3.2: a Dickson polynomial */
static uint8_t make_sq(uint8_t x)
{
    static const int terms[] = { 1, 9, 13, 15, 33, 41, 45, 47, 49 };
    uint8_t sum = 0x25;

    for (size_t i = 0; i < ARRAY_SIZE(terms); i++) {
        sum ^= power(x, terms[i], SQ_POLY);
    }
    return sum;
}

/* Sections 3.4.2 and 3.4.3 */
static uint32_t make_alpha(uint8_t c, const int *powers)
{
    uint32_t word = 0;

    for (int i = 0; i < 4; i++) {
        word = word << 8 | mulx_pow(c, powers[i], ALPHA_POLY);
    }
    return word;
}

static void *make_tables(void *opaque)
{
    static const int mul[] = { 23, 245, 48, 239 };
    static const int div[] = { 16, 39, 6, 64 };

    for (int i = 0; i < 256; i++) {
        sr[i] = make_sr(i);
        sq[i] = make_sq(i);
        mul_alpha[i] = make_alpha(i, mul);
        div_alpha[i] = make_alpha(i, div);
    }
    return NULL;
}

/* Sections 3.3.1 and 3.3.2: byte 0 is the most significant one. */
static uint32_t substitute(uint32_t w, const uint8_t *box, uint8_t c)
{
    uint8_t x[4];
    uint32_t result = 0;

    for (int i = 0; i < 4; i++) {
        x[i] = box[w >> (24 - 8 * i) & 0xff];
    }
    for (int i = 0; i < 4; i++) {
        uint8_t last = x[(i + 3) % 4];

        result = result << 8 | (mulx(x[i], c) ^ mulx(last, c) ^ last ^
                                x[(i + 1) % 4] ^ x[(i + 2) % 4]);
    }
    return result;
}

/* Section 3.4.6 */
static uint32_t clock_fsm(Snow3g *state)
{
    uint32_t f = (state->s[15] + state->r1) ^ state->r2;
    uint32_t r = state->r2 + (state->r3 ^ state->s[5]);

    state->r3 = substitute(state->r2, sq, SQ_POLY);
    state->r2 = substitute(state->r1, sr, SR_POLY);
    state->r1 = r;
    return f;
}

/* Sections 3.4.4 and 3.4.5: @f is 0 in the mode for the key stream. */
static void clock_lfsr(Snow3g *state, uint32_t f)
{
    const uint32_t *s = state->s;
    uint32_t v = s[0] << 8 ^ mul_alpha[s[0] >> 24] ^ s[2] ^
                 s[11] >> 8 ^ div_alpha[s[11] & 0xff] ^ f;

    memmove(state->s, state->s + 1, 15 * sizeof(v));
    state->s[15] = v;
}

/* Section 4.1, and what comes before the first word of section 4.2 */
static void snow3g_start(Snow3g *state, const uint8_t *key,
                         const uint8_t *vector)
{
    static GOnce once = G_ONCE_INIT;
    uint32_t *s = state->s;

    g_once(&once, make_tables, NULL);
    *state = (Snow3g) { };
    for (int i = 0; i < 4; i++) {
        uint32_t k = ldl_be_p(key + 12 - 4 * i);

        s[i] = s[8 + i] = ~k;
        s[4 + i] = s[12 + i] = k;
    }
    s[15] ^= ldl_be_p(vector + 12);
    s[12] ^= ldl_be_p(vector + 8);
    s[10] ^= ldl_be_p(vector + 4);
    s[9] ^= ldl_be_p(vector);
    for (int i = 0; i < 32; i++) {
        clock_lfsr(state, clock_fsm(state));
    }
    clock_fsm(state);
    clock_lfsr(state, 0);
}

static uint32_t snow3g_next(Snow3g *state)
{
    uint32_t z = clock_fsm(state) ^ state->s[0];

    clock_lfsr(state, 0);
    return z;
}

void snow3g_uea2(const uint8_t *key, const uint8_t *vector, size_t len,
                 uint8_t *dst, const uint8_t *src)
{
    Snow3g state;
    uint32_t z = 0;

    snow3g_start(&state, key, vector);
    for (size_t i = 0; i < len; i++) {
        z = i % 4 ? z << 8 : snow3g_next(&state);
        dst[i] = src[i] ^ z >> 24;
    }
}

/* TS 35.215, section 4.3.4: multiplication in GF(2^64) */
static uint64_t multiply_64(uint64_t v, uint64_t p)
{
    uint64_t product = 0;

    for (; p; p >>= 1) {
        product ^= p & 1 ? v : 0;
        v = v << 1 ^ (v >> 63 ? 0x1b : 0);
    }
    return product;
}

/* Up to 64 bits of a message from bit @start on, with zeros behind its end */
static uint64_t take_block(const uint8_t *src, size_t start, size_t bits)
{
    uint64_t block = 0;

    for (size_t i = start; i < start + 64; i++) {
        block = block << 1 | (i < bits ? src[i / 8] >> (7 - i % 8) & 1 : 0);
    }
    return block;
}

/* TS 35.215, section 4.5 */
void snow3g_uia2(const uint8_t *key, const uint8_t *vector, size_t bits,
                 uint8_t *mac, const uint8_t *src)
{
    Snow3g state;
    uint64_t p, q, eval = 0;

    snow3g_start(&state, key, vector);
    p = (uint64_t)snow3g_next(&state) << 32;
    p |= snow3g_next(&state);
    q = (uint64_t)snow3g_next(&state) << 32;
    q |= snow3g_next(&state);
    for (size_t i = 0; i < bits; i += 64) {
        eval = multiply_64(eval ^ take_block(src, i, bits), p);
    }
    eval = multiply_64(eval ^ bits, q);
    stl_be_p(mac, eval >> 32 ^ snow3g_next(&state));
}
