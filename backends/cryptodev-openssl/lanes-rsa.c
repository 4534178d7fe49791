/*
 * The OpenSSL backend: private operations of RSA eight at a time
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <crypto_mb/rsa.h>
#include "lanes.h"
#include "rsa-blinding.h"

#define BITS_MAX 4096
#define WORDS_MAX (BITS_MAX / 64)

/* The library's words of integers */
typedef unsigned long long Word;

/* What the library can check results with */
#define USUAL_E 65537

/**
 * CryptoDevLanesRsa:
 * @bits: bits in the modulus
 * @n: the modulus; this and the others are little-endian
 * @p: the first factor
 * @q: the second one
 * @dp: the exponent for @p
 * @dq: the exponent for @q
 * @qinv: the inverse of @q modulo @p
 * @blinding: what hides the numbers that are computed with
 * @context: where random numbers come from
 *
 * A key with the public exponent 65537.
 */
struct CryptoDevLanesRsa {
    uint32_t bits;
    Word n[WORDS_MAX];
    Word p[WORDS_MAX / 2];
    Word q[WORDS_MAX / 2];
    Word dp[WORDS_MAX / 2];
    Word dq[WORDS_MAX / 2];
    Word qinv[WORDS_MAX / 2];
    CryptoDevOpensslBlinding *blinding;
    OSSL_LIB_CTX *context;
};

/**
 * Lanes:
 * @bits: bits in each modulus
 * @used: the lanes that have an operation: bit i for lane i
 * @keys: the key of each lane
 * @blinded: the integers, blinded
 * @raw: what the private operation makes of @blinded
 * @results: the same without the factors
 * @again: what the public operation makes of @results
 * @inverses: what undoes the blinding; @work has them
 * @work: OpenSSL's memory
 * @scratch: memory that the library computes in, and does not wipe
 */
typedef struct Lanes {
    uint32_t bits;
    uint32_t used;
    const CryptoDevLanesRsa *keys[CRYPTODEV_LANES];
    uint8_t blinded[CRYPTODEV_LANES][BITS_MAX / 8];
    uint8_t raw[CRYPTODEV_LANES][BITS_MAX / 8];
    uint8_t results[CRYPTODEV_LANES][BITS_MAX / 8];
    uint8_t again[CRYPTODEV_LANES][BITS_MAX / 8];
    struct bignum_st *inverses[CRYPTODEV_LANES];
    BN_CTX *work;
    uint8_t *scratch;
} Lanes;

static bool has_method(int bits)
{
    return bits == 1024 || bits == 2048 || bits == 3072 || bits == 4096;
}

static bool store(const BIGNUM *integer, Word *words, int bits)
{
    return BN_bn2lebinpad(integer, (unsigned char *)words, bits / 8) >= 0;
}

CryptoDevLanesRsa *cryptodev_lanes_rsa_new(const CryptoDevOpensslRsaKey *from,
                                           OSSL_LIB_CTX *context)
{
    BIGNUM *const *integers = from->integers;
    int bits = BN_num_bits(integers[RSA_N]);
    CryptoDevLanesRsa *key;

    if (!has_method(bits) || !BN_is_word(integers[RSA_E], USUAL_E) ||
        BN_num_bits(integers[RSA_P]) != bits / 2 ||
        BN_num_bits(integers[RSA_Q]) != bits / 2) {
        return NULL;
    }
    key = g_new0(CryptoDevLanesRsa, 1);
    key->bits = bits;
    key->context = context;
    key->blinding = cryptodev_openssl_blinding_new(integers[RSA_N],
                                                   integers[RSA_E]);
    if (!key->blinding || !store(integers[RSA_N], key->n, bits) ||
        !store(integers[RSA_P], key->p, bits / 2) ||
        !store(integers[RSA_Q], key->q, bits / 2) ||
        !store(integers[RSA_DP], key->dp, bits / 2) ||
        !store(integers[RSA_DQ], key->dq, bits / 2) ||
        !store(integers[RSA_QINV], key->qinv, bits / 2)) {
        g_clear_pointer(&key, cryptodev_lanes_rsa_free);
    }
    return key;
}

void cryptodev_lanes_rsa_free(CryptoDevLanesRsa *key)
{
    if (key) {
        cryptodev_openssl_blinding_free(key->blinding);
        cryptodev_wipe(key, sizeof(*key));
        g_free(key);
    }
}

uint32_t cryptodev_lanes_rsa_bits(const CryptoDevLanesRsa *key)
{
    return key->bits;
}

/* Addresses for the library: one a lane, and none for those that are free */
typedef const Word *Integers[CRYPTODEV_LANES];
typedef uint8_t *Blocks[CRYPTODEV_LANES];

/* Point @integers at a number of each key, which is @offset bytes in there. */
static void list(Integers integers, const Lanes *lanes, size_t offset)
{
    for (int i = 0; i < CRYPTODEV_LANES; i++) {
        integers[i] = lanes->used & BIT(i)
            ? (const Word *)((const char *)lanes->keys[i] + offset) : NULL;
    }
}

static void list_blocks(Blocks addresses, const Lanes *lanes,
                        uint8_t (*blocks)[BITS_MAX / 8])
{
    for (int i = 0; i < CRYPTODEV_LANES; i++) {
        addresses[i] = lanes->used & BIT(i) ? blocks[i] : NULL;
    }
}

/* Drop the lanes that the library has failed with. */
static void drop_failed(Lanes *lanes, mbx_status status)
{
    for (int i = 0; i < CRYPTODEV_LANES; i++) {
        if (MBX_GET_STS(status, i) != MBX_STATUS_OK) {
            lanes->used &= ~BIT(i);
        }
    }
}

/* Fill the lanes whose integers can be blinded. */
static void fill(Lanes *lanes, CryptoDevLanesRsa *const *keys,
                 uint8_t *const *blocks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        lanes->keys[i] = keys[i];
        lanes->inverses[i] = BN_CTX_get(lanes->work);
        if (lanes->inverses[i] &&
            cryptodev_openssl_blind(keys[i]->blinding, blocks[i],
                                    lanes->blinded[i], lanes->inverses[i],
                                    lanes->work)) {
            lanes->used |= BIT(i);
        }
    }
}

static void power_private(Lanes *lanes)
{
    Integers p, q, dp, dq, qinv;
    Blocks blinded, raw;

    list(p, lanes, offsetof(CryptoDevLanesRsa, p));
    list(q, lanes, offsetof(CryptoDevLanesRsa, q));
    list(dp, lanes, offsetof(CryptoDevLanesRsa, dp));
    list(dq, lanes, offsetof(CryptoDevLanesRsa, dq));
    list(qinv, lanes, offsetof(CryptoDevLanesRsa, qinv));
    list_blocks(blinded, lanes, lanes->blinded);
    list_blocks(raw, lanes, lanes->raw);
    drop_failed(lanes, mbx_rsa_private_crt_mb8(
        (const uint8_t *const *)blinded, raw, p, q, dp, dq, qinv,
        lanes->bits, mbx_RSA_private_crt_Method(lanes->bits), lanes->scratch));
}

static void unblind(Lanes *lanes)
{
    for (int i = 0; i < CRYPTODEV_LANES; i++) {
        if (lanes->used & BIT(i) &&
            !cryptodev_openssl_unblind(lanes->keys[i]->blinding,
                                       lanes->raw[i], lanes->inverses[i],
                                       lanes->results[i], lanes->work)) {
            lanes->used &= ~BIT(i);
        }
    }
}

/*
 * Drop the lanes whose results do not become their blocks again.  Such a result
 * would reveal p and q (Boneh, DeMillo and Lipton).
 */
static void check(Lanes *lanes, uint8_t *const *blocks)
{
    Integers n;
    Blocks results, again;

    list(n, lanes, offsetof(CryptoDevLanesRsa, n));
    list_blocks(results, lanes, lanes->results);
    list_blocks(again, lanes, lanes->again);
    drop_failed(lanes, mbx_rsa_public_mb8(
        (const uint8_t *const *)results, again, n, lanes->bits,
        mbx_RSA_pub65537_Method(lanes->bits), lanes->scratch));
    for (int i = 0; i < CRYPTODEV_LANES; i++) {
        if (lanes->used & BIT(i) &&
            memcmp(lanes->again[i], blocks[i], lanes->bits / 8)) {
            lanes->used &= ~BIT(i);
        }
    }
}

static void run(Lanes *lanes, CryptoDevLanesRsa *const *keys,
                uint8_t *const *blocks, size_t n)
{
    BN_CTX_start(lanes->work);
    fill(lanes, keys, blocks, n);
    power_private(lanes);
    unblind(lanes);
    BN_CTX_end(lanes->work);
    check(lanes, blocks);
    for (size_t i = 0; i < n; i++) {
        if (lanes->used & BIT(i)) {
            memcpy(blocks[i], lanes->results[i], lanes->bits / 8);
        }
    }
}

static size_t scratch_size(int bits)
{
    return MAX(mbx_RSA_Method_BufSize(mbx_RSA_private_crt_Method(bits)),
               mbx_RSA_Method_BufSize(mbx_RSA_pub65537_Method(bits)));
}

uint32_t cryptodev_lanes_rsa_private(CryptoDevLanesRsa *const *keys,
                                     uint8_t *const *blocks, size_t n)
{
    Lanes *lanes = g_new0(Lanes, 1);
    size_t size = scratch_size(keys[0]->bits);
    uint32_t good;

    lanes->bits = keys[0]->bits;
    lanes->scratch = g_malloc(size);
    lanes->work = BN_CTX_secure_new_ex(keys[0]->context);
    if (lanes->work) {
        run(lanes, keys, blocks, n);
    }
    good = lanes->used;
    BN_CTX_free(lanes->work);
    cryptodev_wipe(lanes->scratch, size);
    g_free(lanes->scratch);
    cryptodev_wipe(lanes, sizeof(*lanes));
    g_free(lanes);
    return good;
}
