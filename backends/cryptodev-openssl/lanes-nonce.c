/*
 * The OpenSSL backend: per-message secrets of ECDSA eight at a time
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * RFC 6979 takes eighteen blocks of SHA-256 for a secret.  A secret takes
 * 2.5 us by EVP and 0.6 us in eight lanes, beside 4.7 us for the rest of the
 * signature.  OpenSSL and crypto_mb have no hash with several lanes.
 *
 * All of it is additions, rotations and logic: neither time nor access to
 * memory depends on secrets.
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "lanes.h"

#define WORDS 8
#define BLOCK_WORDS 16

#define BYTES (WORDS * sizeof(uint32_t))
#define BLOCK_BITS (BLOCK_WORDS * 32)

/* The bit behind a message, where a word begins, and behind its first byte */
#define END 0x80000000
#define END_AFTER_BYTE 0x800000

/* The signatures need AVX-512 anyway. */
#define WITH_LANES __attribute__((target("avx512f,avx512vl")))

/* One word of each lane */
typedef uint32_t Lanes
    __attribute__((vector_size(CRYPTODEV_LANES * sizeof(uint32_t))));

/* A secret, and what HMAC makes of its key */
typedef struct Generator {
    Lanes inner[WORDS];
    Lanes outer[WORDS];
    Lanes v[WORDS];
} Generator;

/* FIPS 180-4, section 5.3.3 */
static const uint32_t first[WORDS] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

/* FIPS 180-4, section 4.2.2 */
static const uint32_t constants[] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
    0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
    0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
    0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
    0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

#define ROTATE(x, n) ((x) >> (n) | (x) << (32 - (n)))

/* FIPS 180-4, section 6.2.2; @block is overwritten. */
static WITH_LANES void compress(Lanes state[WORDS], Lanes block[BLOCK_WORDS])
{
    Lanes a = state[0], b = state[1], c = state[2], d = state[3];
    Lanes e = state[4], f = state[5], g = state[6], h = state[7];

    for (size_t i = 0; i < ARRAY_SIZE(constants); i++) {
        Lanes *word = &block[i % BLOCK_WORDS];
        Lanes next = block[(i + 1) % BLOCK_WORDS];
        Lanes last = block[(i + 14) % BLOCK_WORDS];
        Lanes t1 = h + (ROTATE(e, 6) ^ ROTATE(e, 11) ^ ROTATE(e, 25)) +
                   ((e & f) ^ (~e & g)) + constants[i] + *word;
        Lanes t2 = (ROTATE(a, 2) ^ ROTATE(a, 13) ^ ROTATE(a, 22)) +
                   ((a & b) ^ (a & c) ^ (b & c));

        h = g;
        g = f;
        f = e;
        e = d + t1;
        d = c;
        c = b;
        b = a;
        a = t1 + t2;
        *word += (ROTATE(next, 7) ^ ROTATE(next, 18) ^ next >> 3) +
                 block[(i + 9) % BLOCK_WORDS] +
                 (ROTATE(last, 17) ^ ROTATE(last, 19) ^ last >> 10);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
    state[5] += f;
    state[6] += g;
    state[7] += h;
}

/* Begin a hash with the key, to whose words @pad is added. */
static void start(Lanes state[WORDS], const Lanes key[WORDS], uint32_t pad)
{
    Lanes block[BLOCK_WORDS];

    for (size_t i = 0; i < BLOCK_WORDS; i++) {
        block[i] = (i < WORDS ? key[i] : (Lanes) { }) ^ pad;
    }
    for (size_t i = 0; i < WORDS; i++) {
        state[i] = (Lanes) { } + first[i];
    }
    compress(state, block);
    cryptodev_wipe(block, sizeof(block));
}

/* RFC 2104 */
static void set_key(Generator *generator, const Lanes key[WORDS])
{
    start(generator->inner, key, 0x36363636);
    start(generator->outer, key, 0x5c5c5c5c);
}

/* Hash a digest behind a block: @state becomes the digest of both. */
static void end(Lanes state[WORDS], const Lanes digest[WORDS])
{
    Lanes block[BLOCK_WORDS] = { };

    memcpy(block, digest, WORDS * sizeof(Lanes));
    block[WORDS] += END;
    block[BLOCK_WORDS - 1] += BLOCK_BITS + BYTES * 8;
    compress(state, block);
    cryptodev_wipe(block, sizeof(block));
}

/* HMAC of what @state has hashed the last block of */
static void finish(const Generator *generator, Lanes state[WORDS])
{
    Lanes inner[WORDS];

    memcpy(inner, state, sizeof(inner));
    memcpy(state, generator->outer, sizeof(generator->outer));
    end(state, inner);
    cryptodev_wipe(inner, sizeof(inner));
}

/* V = HMAC(K, V) */
static void step(Generator *generator)
{
    Lanes state[WORDS];

    memcpy(state, generator->inner, sizeof(state));
    end(state, generator->v);
    finish(generator, state);
    memcpy(generator->v, state, sizeof(state));
    cryptodev_wipe(state, sizeof(state));
}

/*
 * K = HMAC(K, V || separator || seed), and the next V.  Behind the separator's
 * byte, words of the seed lie across two words of the message.
 */
static void mix(Generator *generator, uint8_t separator,
                const Lanes seed[2 * WORDS])
{
    Lanes message[2 * BLOCK_WORDS] = { };
    Lanes key[WORDS];
    Lanes before = (Lanes) { } + separator;

    memcpy(message, generator->v, sizeof(generator->v));
    for (size_t i = 0; i < 2 * WORDS; i++) {
        message[WORDS + i] = before << 24 | seed[i] >> 8;
        before = seed[i];
    }
    message[3 * WORDS] = before << 24 | END_AFTER_BYTE;
    message[2 * BLOCK_WORDS - 1] += BLOCK_BITS + (3 * BYTES + 1) * 8;

    memcpy(key, generator->inner, sizeof(key));
    compress(key, message);
    compress(key, message + BLOCK_WORDS);
    finish(generator, key);
    set_key(generator, key);
    step(generator);
    cryptodev_wipe(message, sizeof(message));
    cryptodev_wipe(key, sizeof(key));
}

static void load(Lanes *words, size_t lane, const uint8_t bytes[BYTES])
{
    for (size_t i = 0; i < WORDS; i++) {
        words[i][lane] = ldl_be_p(bytes + i * sizeof(uint32_t));
    }
}

static void store(uint8_t bytes[BYTES], const Lanes *words, size_t lane)
{
    for (size_t i = 0; i < WORDS; i++) {
        stl_be_p(bytes + i * sizeof(uint32_t), words[i][lane]);
    }
}

/* RFC 6979, section 3.2, steps b to h */
static void generate(Generator *generator, const Lanes seed[2 * WORDS])
{
    const Lanes zeros[WORDS] = { };

    for (size_t i = 0; i < WORDS; i++) {
        generator->v[i] = (Lanes) { } + 0x01010101;
    }
    set_key(generator, zeros);
    mix(generator, 0, seed);
    mix(generator, 1, seed);
    step(generator);
}

uint32_t cryptodev_lanes_nonces(const uint8_t *q,
                                CryptoDevLanesSignature *signatures, size_t n)
{
    Lanes seed[2 * WORDS] = { };
    Generator generator;
    uint32_t good = 0;

    for (size_t i = 0; i < n; i++) {
        uint8_t rest[BYTES];

        cryptodev_nonce_reduce(rest, signatures[i].z, q, BYTES);
        load(seed, i, signatures[i].x);
        load(seed + WORDS, i, rest);
    }
    generate(&generator, seed);
    for (size_t i = 0; i < n; i++) {
        store(signatures[i].k, generator.v, i);
        if (cryptodev_nonce_is_between(signatures[i].k, q, BYTES)) {
            good |= BIT(i);
        }
    }
    cryptodev_wipe(seed, sizeof(seed));
    cryptodev_wipe(&generator, sizeof(generator));
    return good;
}
