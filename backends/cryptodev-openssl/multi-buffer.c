/*
 * The OpenSSL backend: public keys eight at a time
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <crypto_mb/cpu_features.h>
#include <crypto_mb/rsa.h>
#include "qapi/error.h"
#include "multi-buffer.h"

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
};

bool cryptodev_multi_buffer_choose(OnOffAuto wanted, bool is_default,
                                   bool *chosen, Error **errp)
{
    bool is_able = mbx_is_crypto_mb_applicable(mbx_get_cpu_features());

    *chosen = wanted != ON_OFF_AUTO_OFF && is_able && is_default;
    if (wanted != ON_OFF_AUTO_ON || *chosen) {
        return true;
    }
    error_setg(errp, is_able
               ? "multi-buffer=on does not go with chosen providers"
               : "multi-buffer=on needs a processor with AVX-512 IFMA");
    return false;
}

static bool has_method(int bits)
{
    return bits == 1024 || bits == 2048 || bits == 3072 || bits == 4096;
}

static bool store(const BIGNUM *integer, Word *words, int bits)
{
    return BN_bn2lebinpad(integer, (unsigned char *)words, bits / 8) >= 0;
}

CryptoDevLanesRsa *cryptodev_lanes_rsa_new(const CryptoDevOpensslRsaKey *from)
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
    if (!store(integers[RSA_N], key->n, bits) ||
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
        cryptodev_wipe(key, sizeof(*key));
        g_free(key);
    }
}

uint32_t cryptodev_lanes_rsa_bits(const CryptoDevLanesRsa *key)
{
    return key->bits;
}

typedef const Word *Integers[CRYPTODEV_LANES];

/* Point @integers at a number of each key, which is @offset bytes in there. */
static void list(Integers integers,
                 const CryptoDevLanesRsa *keys[CRYPTODEV_LANES], size_t offset)
{
    for (int i = 0; i < CRYPTODEV_LANES; i++) {
        integers[i] = keys[i]
            ? (const Word *)((const char *)keys[i] + offset) : NULL;
    }
}

static uint32_t power_private(const CryptoDevLanesRsa *keys[CRYPTODEV_LANES],
                              int bits, const uint8_t *blocks[CRYPTODEV_LANES],
                              uint8_t *results[CRYPTODEV_LANES],
                              uint8_t *scratch)
{
    Integers p, q, dp, dq, qinv;

    list(p, keys, offsetof(CryptoDevLanesRsa, p));
    list(q, keys, offsetof(CryptoDevLanesRsa, q));
    list(dp, keys, offsetof(CryptoDevLanesRsa, dp));
    list(dq, keys, offsetof(CryptoDevLanesRsa, dq));
    list(qinv, keys, offsetof(CryptoDevLanesRsa, qinv));
    return mbx_rsa_private_crt_mb8(blocks, results, p, q, dp, dq, qinv, bits,
                                   mbx_RSA_private_crt_Method(bits), scratch);
}

static uint32_t power_public(const CryptoDevLanesRsa *keys[CRYPTODEV_LANES],
                             int bits, uint8_t *blocks[CRYPTODEV_LANES],
                             uint8_t *results[CRYPTODEV_LANES],
                             uint8_t *scratch)
{
    Integers n;

    list(n, keys, offsetof(CryptoDevLanesRsa, n));
    return mbx_rsa_public_mb8((const uint8_t *const *)blocks, results, n, bits,
                              mbx_RSA_pub65537_Method(bits), scratch);
}

/*
 * Which of @results become @blocks again.  A wrong one would reveal p and q
 * (Boneh, DeMillo and Lipton).
 */
static uint32_t check(const CryptoDevLanesRsa *keys[CRYPTODEV_LANES], int bits,
                      const uint8_t *blocks[CRYPTODEV_LANES],
                      uint8_t *results[CRYPTODEV_LANES], uint8_t *scratch)
{
    uint8_t again[CRYPTODEV_LANES][BITS_MAX / 8];
    uint8_t *lanes[CRYPTODEV_LANES];
    uint32_t status;
    uint32_t good = 0;

    for (int i = 0; i < CRYPTODEV_LANES; i++) {
        lanes[i] = keys[i] ? again[i] : NULL;
    }
    status = power_public(keys, bits, results, lanes, scratch);
    for (int i = 0; i < CRYPTODEV_LANES; i++) {
        if (keys[i] && MBX_GET_STS(status, i) == MBX_STATUS_OK &&
            !memcmp(again[i], blocks[i], bits / 8)) {
            good |= BIT(i);
        }
    }
    cryptodev_wipe(again, sizeof(again));
    return good;
}

/* Both operations use the scratch memory, and neither one wipes it. */
static size_t scratch_size(int bits)
{
    return MAX(mbx_RSA_Method_BufSize(mbx_RSA_private_crt_Method(bits)),
               mbx_RSA_Method_BufSize(mbx_RSA_pub65537_Method(bits)));
}

static uint32_t find_used(const CryptoDevLanesRsa *keys[CRYPTODEV_LANES],
                          int *bits)
{
    uint32_t used = 0;

    for (int i = 0; i < CRYPTODEV_LANES; i++) {
        if (keys[i]) {
            used |= BIT(i);
            *bits = keys[i]->bits;
        }
    }
    return used;
}

uint32_t
cryptodev_lanes_rsa_private(const CryptoDevLanesRsa *keys[CRYPTODEV_LANES],
                            const uint8_t *blocks[CRYPTODEV_LANES],
                            uint8_t *results[CRYPTODEV_LANES])
{
    int bits;
    uint32_t good = find_used(keys, &bits);
    size_t size = good ? scratch_size(bits) : 0;
    uint8_t *scratch = good ? g_try_malloc(size) : NULL;
    uint32_t status;

    if (!scratch) {
        return 0;
    }
    status = power_private(keys, bits, blocks, results, scratch);
    for (int i = 0; i < CRYPTODEV_LANES; i++) {
        if (MBX_GET_STS(status, i) != MBX_STATUS_OK) {
            good &= ~BIT(i);
        }
    }
    good &= check(keys, bits, blocks, results, scratch);
    cryptodev_wipe(scratch, size);
    g_free(scratch);
    return good;
}
