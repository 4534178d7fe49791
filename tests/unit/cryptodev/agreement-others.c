/*
 * Agreement of two backends: numbers, and what one leaves to the other
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "agreement.h"

#define SESSIONS 60

/* Sizes of moduli that are legal, and a few that are not */
#define BITS_MIN 760
#define BITS_MAX 1100

/* Most numbers have few bits, for the time that they take. */
#define NUMBER_BITS 300
#define NUMBER_BITS_MAX 2100

/* Bits of candidates for primes, and how many bases are given */
#define CANDIDATE_BITS 140
#define BASES 3

static void compute_both(Agreement *agreement, CryptodevService service,
                         uint32_t operation, const Both *session,
                         GPtrArray *operands)
{
    GPtrArray *results = both_compute(agreement, service, operation, session,
                                      operands);

    g_clear_pointer(&results, g_ptr_array_unref);
}

static BIGNUM *random_modulus(GRand *rand)
{
    int bits = g_rand_int_range(rand, BITS_MIN, BITS_MAX);
    BIGNUM *p = random_bn(rand, bits);

    BN_set_bit(p, bits - 1);
    if (!one_in(rand, 10)) {
        BN_set_bit(p, 0);
    }
    return p;
}

static void add_edge(GPtrArray *operands, GRand *rand, const BIGNUM *n)
{
    g_autoptr(BIGNUM) bn = edge_bn(rand, n);

    add_bn(operands, bn, one_in(rand, 2) ? 0 : BN_num_bytes(n));
}

static void check_dh(Agreement *agreement, const BIGNUM *p,
                     uint32_t operation)
{
    GRand *rand = agreement->rand;
    g_autoptr(GPtrArray) session_operands = operands_new();
    g_autoptr(GPtrArray) operands = operands_new();
    g_autoptr(Both) session = NULL;

    add_bn(session_operands, p, 0);
    if (operation == CRYPTODEV_DH_PUBLIC_VALUE) {
        add_edge(session_operands, rand, p);
    } else {
        add_edge(operands, rand, p);
    }
    add_edge(operands, rand, p);
    spoil_one(rand, session_operands);
    session = both_new_computation(agreement, CRYPTODEV_SERVICE_DH, operation,
                                   session_operands);
    if (session) {
        compute_both(agreement, CRYPTODEV_SERVICE_DH, operation, session,
                     operands);
        spoil_one(rand, operands);
        compute_both(agreement, CRYPTODEV_SERVICE_DH, operation, session,
                     operands);
    }
}

void agreement_dh(Agreement *agreement)
{
    for (int i = 0; i < SESSIONS; i++) {
        g_autoptr(BIGNUM) p = random_modulus(agreement->rand);

        check_dh(agreement, p, CRYPTODEV_DH_PUBLIC_VALUE);
        check_dh(agreement, p, CRYPTODEV_DH_SHARED_SECRET);
    }
}

/* A number of few bits, or as many as OpenSSL has code of its own for */
static BIGNUM *random_number(GRand *rand)
{
    static const int sizes[] = { 512, 1024, 1536, 2048, NUMBER_BITS_MAX };
    BIGNUM *bn;
    int bits;

    if (!one_in(rand, 4)) {
        return random_bn(rand, g_rand_int_range(rand, 1, NUMBER_BITS));
    }
    bits = sizes[random_len(rand, 0, ARRAY_SIZE(sizes) - 1)];
    bn = random_bn(rand, bits);
    BN_set_bit(bn, bits - 1);
    return bn;
}

void agreement_ln(Agreement *agreement)
{
    GRand *rand = agreement->rand;

    for (int i = 0; i < 2 * SESSIONS; i++) {
        g_autoptr(BIGNUM) n = random_number(rand);
        g_autoptr(GPtrArray) power = operands_new();
        g_autoptr(GPtrArray) inverse = operands_new();

        add_bn(power, n, 0);
        add_edge(power, rand, n);
        add_edge(power, rand, n);
        compute_both(agreement, CRYPTODEV_SERVICE_LN,
                     CRYPTODEV_LN_EXPONENTIATE, NULL, power);
        add_edge(inverse, rand, n);
        add_bn(inverse, n, 0);
        compute_both(agreement, CRYPTODEV_SERVICE_LN, CRYPTODEV_LN_INVERT,
                     NULL, inverse);
    }
}

/* A prime, a product of two primes, their squares, or any number */
static BIGNUM *random_candidate(GRand *rand)
{
    g_autoptr(BN_CTX) work = BN_CTX_new();
    g_autoptr(BIGNUM) factor = NULL;
    BIGNUM *bn =
        random_bn(rand, g_rand_int_range(rand, 1, CANDIDATE_BITS));

    if (one_in(rand, 4)) {
        return bn;
    }
    BN_set_bit(bn, 0);
    BN_set_bit(bn, 1);
    while (BN_check_prime(bn, work, NULL) != 1) {
        BN_add_word(bn, 2);
    }
    factor = one_in(rand, 2) ? BN_dup(bn) : random_candidate(rand);
    if (one_in(rand, 2)) {
        BN_mul(bn, bn, factor, work);
    }
    return bn;
}

/* Composite numbers that pass a test of some kind */
static BIGNUM *known_pseudoprime(GRand *rand)
{
    static const char *const numbers[] = {
        /* Of Carmichael: OEIS A002997 */
        "0231", "0451", "06c1", "09a1", "0b05", "19c9", "22cf", "2941",
        /* Strong to 2, to 2 and 3, and so on up to 37: OEIS A014233 */
        "07ff", "14f5d5", "018271b1", "bfa17dc7", "01f51f3fee3b",
        "032907381cdf", "0136a352b2c8c1", "351591274f9af9fb",
        "437ae92817f9fc85b7e5", "02be6951adc5b22410a5fd",
        /* Of Lucas, some of them strong: OEIS A217120 */
        "0143", "0179", "0487", "0725", "0ef3", "1553", "1691", "2a7d",
    };

    return bn_read(numbers[random_len(rand, 0, ARRAY_SIZE(numbers) - 1)]);
}

/* A prime of 1024 or 2048 bits, its neighbour, or a square */
static BIGNUM *large_candidate(GRand *rand)
{
    g_autoptr(BN_CTX) work = BN_CTX_new();
    bool is_longer = one_in(rand, 2);
    BIGNUM *bn = is_longer ? BN_get_rfc3526_prime_2048(NULL)
                           : BN_get_rfc2409_prime_1024(NULL);

    if (one_in(rand, 3)) {
        BN_add_word(bn, 2 * random_len(rand, 1, 100));
    } else if (!is_longer && one_in(rand, 2)) {
        BN_sqr(bn, bn, work);
    }
    return bn;
}

static BIGNUM *any_candidate(GRand *rand)
{
    if (one_in(rand, 5)) {
        return known_pseudoprime(rand);
    }
    return one_in(rand, 16) ? large_candidate(rand) : random_candidate(rand);
}

/* A small number, to which there are strong pseudoprimes, or any other */
static BIGNUM *any_base(GRand *rand, const BIGNUM *n)
{
    BIGNUM *bn = edge_bn(rand, n);

    if (one_in(rand, 2)) {
        BN_set_word(bn, random_len(rand, 2, 7));
    }
    return bn;
}

/* Given ones, as random ones could tell each backend something else */
static void add_bases(GPtrArray *operands, GRand *rand, const BIGNUM *n,
                      int rounds)
{
    GByteArray *bases = g_byte_array_new();
    int len = BN_num_bytes(n);

    for (int i = 0; i < rounds; i++) {
        g_autoptr(GPtrArray) base = operands_new();
        g_autoptr(BIGNUM) bn = any_base(rand, n);
        const GByteArray *bytes;

        add_bn(base, bn, len);
        bytes = base->pdata[0];
        g_byte_array_append(bases, bytes->data, bytes->len);
    }
    g_ptr_array_add(operands, bases);
}

void agreement_prime(Agreement *agreement)
{
    GRand *rand = agreement->rand;

    for (int i = 0; i < 8 * SESSIONS; i++) {
        g_autoptr(BIGNUM) n = any_candidate(rand);
        g_autoptr(GPtrArray) operands = operands_new();
        int rounds = random_len(rand, 0, BASES);

        add_bn(operands, n, one_in(rand, 2) ? 0 : BN_num_bytes(n) + 1);
        add_number(operands, random_len(rand, 0, 8));
        add_number(operands, rounds);
        add_bases(operands, rand, n, rounds);
        compute_both(agreement, CRYPTODEV_SERVICE_PRIME, CRYPTODEV_PRIME_TEST,
                     NULL, operands);
    }
}

static CryptoDevSessionParams random_params(GRand *rand,
                                            const CryptoDevCapability *algo)
{
    CryptoDevSessionParams params = {
        .service = algo->service,
        .algo = algo->algo,
    };

    if (algo->service == CRYPTODEV_SERVICE_CIPHER) {
        params.cipher.encrypt = one_in(rand, 2);
    } else if (algo->service == CRYPTODEV_SERVICE_AEAD) {
        params.aead.encrypt = one_in(rand, 2);
        params.aead.tag_len = random_len(rand, 0, 16);
    } else {
        params.digest.nested = algo->service == CRYPTODEV_SERVICE_HASH &&
                               one_in(rand, 4);
    }
    return params;
}

static CryptoDevOpType random_type(GRand *rand,
                                   const CryptoDevSessionParams *params)
{
    bool digest = params->service == CRYPTODEV_SERVICE_HASH ||
                  params->service == CRYPTODEV_SERVICE_MAC;

    if (one_in(rand, 20)) {
        return random_len(rand, 0, CRYPTODEV_OP_DIGEST);
    }
    if (digest) {
        return CRYPTODEV_OP_DIGEST;
    }
    return (params->service == CRYPTODEV_SERVICE_CIPHER
            ? params->cipher.encrypt : params->aead.encrypt)
           ? CRYPTODEV_OP_ENCRYPT : CRYPTODEV_OP_DECRYPT;
}

static void check_op(Agreement *agreement, const Both *both,
                     const CryptoDevCapability *algo,
                     const CryptoDevSessionParams *params)
{
    GRand *rand = agreement->rand;
    size_t len = random_len(rand, 0, 10) * MAX(algo->block_len, 1) +
                 (one_in(rand, 4) ? random_len(rand, 0, 20) : 0);
    bool digest = params->service == CRYPTODEV_SERVICE_HASH ||
                  params->service == CRYPTODEV_SERVICE_MAC;
    g_autoptr(GByteArray) src = random_bytes(rand, len);
    g_autoptr(GByteArray) aad = random_bytes(rand, random_len(rand, 0, 40));
    g_autoptr(GByteArray) result = NULL;
    struct iovec src_iov, aad_iov;
    CryptoDevOp op = {
        .type = random_type(rand, params),
        .src = buf_of(&src_iov, src),
        .iv_len = one_in(rand, 10) ? random_len(rand, 0, CRYPTODEV_IV_MAX)
                                   : random_bit(algo->iv_lens, rand),
    };

    if (params->service == CRYPTODEV_SERVICE_AEAD) {
        op.aad = buf_of(&aad_iov, aad);
    }
    for (size_t i = 0; i < op.iv_len; i++) {
        op.iv[i] = g_rand_int(rand);
    }
    result = both_run(both, &op, digest ? 0 : len + random_len(rand, 0, 32),
                      digest ? random_len(rand, 1, 64) : 0);
}

static void check_algorithm(Agreement *agreement,
                            const CryptoDevCapability *algo)
{
    GRand *rand = agreement->rand;
    CryptoDevSessionParams params = random_params(rand, algo);
    size_t key_len = one_in(rand, 10) ? random_len(rand, 0, 70)
                                      : random_key_len(algo, rand);
    bool unkeyed = params.service == CRYPTODEV_SERVICE_HASH;
    g_autoptr(GByteArray) key =
        random_bytes(rand, unkeyed ? (params.digest.nested
                                      ? random_len(rand, 0, 80) : 0)
                                   : key_len);
    g_autoptr(Both) both = NULL;

    params.key = key->data;
    params.key_len = key->len;
    both = both_new(agreement, &params);
    for (int i = 0; both && i < 8; i++) {
        check_op(agreement, both, algo, &params);
    }
}

void agreement_symmetric(Agreement *agreement)
{
    for (int n = 0; n < SESSIONS; n++) {
        const CryptoDevCapability *algo;
        guint i = 0;

        while ((algo = cryptodev_backend_next(agreement->backends[0], &i))) {
            if (algo->service <= CRYPTODEV_SERVICE_AEAD) {
                check_algorithm(agreement, algo);
            }
        }
    }
}
