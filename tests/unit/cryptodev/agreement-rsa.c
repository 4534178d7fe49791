/*
 * Agreement of two backends: RSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../qtest/virtio-crypto/der.h"
#include "agreement.h"

/* Keys, and for each so many sessions as AKCIPHER and in the service RSA */
#define KEYS 14
#define SESSIONS 10
#define OPERATIONS 4

/* The longest digest of all, and one more */
#define DIGEST_TRIES 65

/* RFC 8017, section 7.2.1: so many octets at least are padding. */
#define PADDING_MIN 11

#define NUMBERS 8

/* Bits of a modulus; those that are slow are few */
static const int sizes[] = { 512, 520, 640, 1024, 1031, 1536, 2048, 3072 };

/* n, e, d, p, q, dp, dq, qinv, and what they were made of */
typedef struct Key {
    struct bignum_st *numbers[NUMBERS];
    size_t size;
} Key;

enum { N, E, D, P, Q, DP, DQ, QINV };

static BIGNUM *random_prime(GRand *rand, int bits)
{
    BIGNUM *prime = random_bn(rand, bits);

    BN_set_bit(prime, bits - 1);
    BN_set_bit(prime, bits - 2);
    BN_set_bit(prime, 0);
    while (BN_check_prime(prime, NULL, NULL) != 1) {
        BN_add_word(prime, 2);
    }
    return prime;
}

/* A small one, or one as long as the modulus, or nearly anything */
static BIGNUM *random_e(GRand *rand, int bits)
{
    static const uint32_t usual[] = { 3, 17, 65537, 5, 0xffffffff };
    BIGNUM *e;

    if (!one_in(rand, 3)) {
        e = BN_new();
        BN_set_word(e, usual[g_rand_int_range(rand, 0, ARRAY_SIZE(usual))]);
        return e;
    }
    e = random_bn(rand, one_in(rand, 2) ? 65 : bits - 1);
    BN_set_bit(e, 0);
    BN_set_bit(e, 1);
    return e;
}

static void reduce(const Key *key, BIGNUM *exponent, int prime, BN_CTX *work)
{
    g_autoptr(BIGNUM) order = BN_dup(key->numbers[prime]);

    BN_sub_word(order, 1);
    BN_nnmod(exponent, key->numbers[D], order, work);
}

static bool set_exponents(Key *key, GRand *rand, int bits, BN_CTX *work)
{
    g_autoptr(BIGNUM) phi = BN_dup(key->numbers[P]);
    g_autoptr(BIGNUM) order = BN_dup(key->numbers[Q]);

    BN_sub_word(phi, 1);
    BN_sub_word(order, 1);
    BN_mul(phi, phi, order, work);
    BN_free(key->numbers[E]);
    key->numbers[E] = random_e(rand, bits);
    return BN_mod_inverse(key->numbers[D], key->numbers[E], phi, work);
}

static void key_init(Key *key, GRand *rand, int bits)
{
    g_autoptr(BN_CTX) work = BN_CTX_new();

    for (int i = 0; i < NUMBERS; i++) {
        key->numbers[i] = BN_new();
    }
    BN_free(key->numbers[P]);
    BN_free(key->numbers[Q]);
    key->numbers[P] = random_prime(rand, (bits + 1) / 2);
    key->numbers[Q] = random_prime(rand, bits / 2);
    BN_mul(key->numbers[N], key->numbers[P], key->numbers[Q], work);
    key->size = BN_num_bytes(key->numbers[N]);
    while (!set_exponents(key, rand, bits, work)) {
        /* e has a divisor in common with p - 1 or q - 1. */
    }
    reduce(key, key->numbers[DP], P, work);
    reduce(key, key->numbers[DQ], Q, work);
    BN_mod_inverse(key->numbers[QINV], key->numbers[Q], key->numbers[P], work);
}

static void key_clear(Key *key)
{
    for (int i = 0; i < NUMBERS; i++) {
        BN_free(key->numbers[i]);
    }
}

/* A number that is wrong */
static BIGNUM *wrong_number(GRand *rand, const Key *key)
{
    const BIGNUM *number = key->numbers[g_rand_int_range(rand, 0, NUMBERS)];
    BIGNUM *wrong;

    if (one_in(rand, 3)) {
        return BN_dup(number);
    }
    if (one_in(rand, 2)) {
        return edge_bn(rand, number);
    }
    wrong = BN_dup(number);
    BN_set_bit(wrong, g_rand_int_range(rand, 0, BN_num_bits(wrong) + 2));
    return wrong;
}

/* A copy, in which up to two numbers may be wrong */
static Key spoiled_key(GRand *rand, const Key *key)
{
    int wrong = g_rand_int_range(rand, 0, 3);
    Key copy = { .size = key->size };

    for (int i = 0; i < NUMBERS; i++) {
        copy.numbers[i] = BN_dup(key->numbers[i]);
    }
    while (wrong--) {
        int i = g_rand_int_range(rand, 0, NUMBERS);
        BIGNUM *number = wrong_number(rand, key);

        BN_free(copy.numbers[i]);
        copy.numbers[i] = number;
    }
    return copy;
}

static GByteArray *bytes_of(const BIGNUM *bn)
{
    GByteArray *bytes = g_byte_array_new();

    g_byte_array_set_size(bytes, MAX(BN_num_bytes(bn), 1));
    BN_bn2binpad(bn, bytes->data, bytes->len);
    return bytes;
}

static GByteArray *key_der(const Key *key, bool private)
{
    GByteArray *numbers[NUMBERS];
    RSANumbers all;
    GByteArray *der;

    for (int i = 0; i < NUMBERS; i++) {
        numbers[i] = bytes_of(key->numbers[i]);
    }
    all = (RSANumbers) {
        numbers[N], numbers[E], numbers[D], numbers[P], numbers[Q],
        numbers[DP], numbers[DQ], numbers[QINV],
    };
    der = private ? der_rsa_private(&all) : der_rsa_public(&all);
    for (int i = 0; i < NUMBERS; i++) {
        g_byte_array_unref(numbers[i]);
    }
    return der;
}

static size_t digest_len(GRand *rand, CryptoDevHashAlgo hash)
{
    static const size_t lens[] = {
        [CRYPTODEV_HASH_MD5] = 16, [CRYPTODEV_HASH_SHA1] = 20,
        [CRYPTODEV_HASH_SHA224] = 28, [CRYPTODEV_HASH_SHA256] = 32,
        [CRYPTODEV_HASH_SHA384] = 48, [CRYPTODEV_HASH_SHA512] = 64,
        [CRYPTODEV_HASH_SHA3_224] = 28, [CRYPTODEV_HASH_SHA3_256] = 32,
        [CRYPTODEV_HASH_SHA3_384] = 48, [CRYPTODEV_HASH_SHA3_512] = 64,
        [CRYPTODEV_HASH_MD4] = 16,
    };
    bool right = hash && hash < ARRAY_SIZE(lens) && !one_in(rand, 6);

    return right ? lens[hash] : random_len(rand, 0, DIGEST_TRIES);
}

/* Bytes that stand for a number below the modulus, mostly */
static GByteArray *random_block(GRand *rand, const Key *key)
{
    g_autoptr(BIGNUM) bn = edge_bn(rand, key->numbers[N]);
    g_autoptr(GByteArray) block = g_byte_array_new();

    g_byte_array_set_size(block, MAX(key->size, BN_num_bytes(bn)));
    BN_bn2binpad(bn, block->data, block->len);
    return one_in(rand, 4) ? spoil(rand, block)
                           : g_byte_array_ref(block);
}

static size_t random_room(GRand *rand, const Key *key)
{
    return one_in(rand, 5) ? random_len(rand, 0, key->size + 1)
                           : random_len(rand, key->size, key->size + 20);
}

static void check_crypt(Agreement *agreement, const Key *key,
                        const Both *public, const Both *private, bool raw)
{
    GRand *rand = agreement->rand;
    size_t message_max = MAX(key->size, PADDING_MIN) - PADDING_MIN + 1;
    g_autoptr(GByteArray) message =
        random_bytes(rand, random_len(rand, 0, message_max));
    g_autoptr(GByteArray) block = random_block(rand, key);
    struct iovec iov;
    CryptoDevOp op = { .type = CRYPTODEV_OP_ENCRYPT };
    g_autoptr(GByteArray) cipher = NULL;
    g_autoptr(GByteArray) plain = NULL;

    op.src = buf_of(&iov, raw ? block : message);
    if (raw) {
        cipher = both_run(public, &op, random_room(rand, key), 0);
    } else {
        both_run_random(public, &op, random_room(rand, key), NULL, 0);
    }
    op.type = CRYPTODEV_OP_DECRYPT;
    op.src = buf_of(&iov, cipher && one_in(rand, 2) ? cipher : block);
    plain = both_run(private, &op, random_room(rand, key), 0);
}

static void check_sign(Agreement *agreement, const Key *key,
                       const Both *public, const Both *private,
                       CryptoDevHashAlgo hash)
{
    GRand *rand = agreement->rand;
    g_autoptr(GByteArray) digest =
        random_bytes(rand, digest_len(rand, hash));
    g_autoptr(GByteArray) signature = NULL;
    g_autoptr(GByteArray) bad = NULL;
    struct iovec src, signed_iov;
    CryptoDevOp op = { .type = CRYPTODEV_OP_SIGN };
    GByteArray *verdict;

    op.src = buf_of(&src, digest);
    signature = both_run(private, &op, random_room(rand, key), 0);
    if (!signature) {
        signature = random_block(rand, key);
    }
    bad = spoil(rand, signature);
    op.type = CRYPTODEV_OP_VERIFY;
    op.signature = buf_of(&signed_iov, signature);
    verdict = both_run(public, &op, 0, 0);
    g_clear_pointer(&verdict, g_byte_array_unref);
    op.signature = buf_of(&signed_iov, bad);
    verdict = both_run(public, &op, 0, 0);
    g_clear_pointer(&verdict, g_byte_array_unref);
}

static Both *open_key(Agreement *agreement, const Key *key,
                      const CryptoDevSessionParams *chosen, bool private)
{
    GRand *rand = agreement->rand;
    g_autoptr(GByteArray) right = key_der(key, private);
    g_autoptr(GByteArray) bad = spoil(rand, right);
    GByteArray *der = one_in(rand, 8) ? bad : right;
    CryptoDevSessionParams params = *chosen;

    params.key = der->data;
    params.key_len = der->len;
    params.akcipher.private_key = private;
    return both_new(agreement, &params);
}

static void check_session(Agreement *agreement, const Key *key,
                          const Key *used)
{
    GRand *rand = agreement->rand;
    CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_AKCIPHER,
        .algo = CRYPTODEV_AKCIPHER_RSA,
        .akcipher.padding = random_len(rand, 0, 1),
        .akcipher.hash = random_len(rand, 0, CRYPTODEV_HASH_MD4),
    };
    bool raw = params.akcipher.padding == CRYPTODEV_RSA_RAW;
    g_autoptr(Both) public = open_key(agreement, key, &params, false);
    g_autoptr(Both) private = open_key(agreement, used, &params, true);

    for (int i = 0; public && private && i < OPERATIONS; i++) {
        const Both *reader = one_in(rand, 4) ? public : private;
        const Both *writer = one_in(rand, 4) ? private : public;

        check_crypt(agreement, key, writer, reader, raw);
        check_sign(agreement, key, writer, reader, params.akcipher.hash);
    }
}

static int random_size(GRand *rand, int i)
{
    return i < ARRAY_SIZE(sizes) ? sizes[i]
           : g_rand_int_range(rand, 506, 1100);
}

/* Check many sessions with each of many keys; a half of them have a fault. */
static void each_session(Agreement *agreement,
                         void (*check)(Agreement *agreement, const Key *key,
                                       const Key *used))
{
    GRand *rand = agreement->rand;

    for (int i = 0; i < KEYS; i++) {
        int bits = random_size(rand, i);
        Key key;

        key_init(&key, rand, bits);
        for (int n = 0; n < (bits > 2048 ? 2 : SESSIONS); n++) {
            Key spoiled = spoiled_key(rand, &key);

            check(agreement, &key, one_in(rand, 2) ? &key : &spoiled);
            key_clear(&spoiled);
        }
        key_clear(&key);
    }
}

void agreement_rsa(Agreement *agreement)
{
    each_session(agreement, check_session);
}

/* A message that is padded with zeros: what PKCS #1 makes is random. */
static void check_padded(Agreement *agreement, const Key *key,
                         const Both *private, CryptoDevRsaPadding padding)
{
    GRand *rand = agreement->rand;
    g_autoptr(GPtrArray) operands = operands_new();
    g_autoptr(GByteArray) block = g_byte_array_new();
    g_autoptr(BIGNUM) bn = NULL;
    g_autoptr(BN_CTX) work = BN_CTX_new();
    g_autoptr(GPtrArray) plain = NULL;
    size_t zero = random_len(rand, 2, key->size - 1);

    g_byte_array_set_size(block, key->size);
    for (size_t i = 0; i < block->len; i++) {
        block->data[i] = g_rand_int_range(rand, 1, 256);
    }
    block->data[0] = one_in(rand, 8);
    block->data[1] = one_in(rand, 8) ? 1 : 2;
    block->data[zero] = 0;
    bn = BN_bin2bn(block->data, block->len, NULL);
    BN_nnmod(bn, bn, key->numbers[N], work);
    BN_mod_exp(bn, bn, key->numbers[E], key->numbers[N], work);
    add_bn(operands, bn, key->size);
    plain = both_compute(agreement, CRYPTODEV_SERVICE_RSA,
                         CRYPTODEV_RSA_DECRYPT, private, operands);
}

static void add_key(GPtrArray *operands, GRand *rand, const Key *key)
{
    bool by_primes = one_in(rand, 4);
    bool short_key = !by_primes && one_in(rand, 3);

    for (int i = 0; i < NUMBERS; i++) {
        bool left_out = (by_primes && i < P) || (short_key && i >= P) ||
                        (short_key && i == E && one_in(rand, 2)) ||
                        one_in(rand, 40);

        if (left_out) {
            g_ptr_array_add(operands, g_byte_array_new());
        } else {
            add_bn(operands, key->numbers[i],
                   one_in(rand, 4) ? key->size + 3 : 0);
        }
    }
}

static void check_service_decrypt(Agreement *agreement, const Key *key,
                                  const Key *used)
{
    GRand *rand = agreement->rand;
    CryptoDevRsaPadding padding = random_len(rand, 0, 2);
    g_autoptr(GPtrArray) session_operands = operands_new();
    g_autoptr(Both) private = NULL;

    add_number(session_operands, padding);
    add_key(session_operands, rand, used);
    private = both_new_computation(agreement, CRYPTODEV_SERVICE_RSA,
                                   CRYPTODEV_RSA_DECRYPT, session_operands);
    for (int i = 0; private && i < OPERATIONS; i++) {
        check_padded(agreement, key, private, padding);
    }
}

static void check_service_sign(Agreement *agreement, const Key *key,
                               const Key *used)
{
    GRand *rand = agreement->rand;
    CryptoDevRsaPadding padding = random_len(rand, 0, 1);
    CryptoDevHashAlgo hash = padding || one_in(rand, 8)
                             ? random_len(rand, 0, CRYPTODEV_HASH_MD4) : 0;
    g_autoptr(GPtrArray) session_operands = operands_new();
    g_autoptr(GPtrArray) operands = operands_new();
    g_autoptr(GByteArray) digest =
        random_bytes(rand, digest_len(rand, hash));
    g_autoptr(GPtrArray) signature = NULL;
    g_autoptr(GPtrArray) verdict = NULL;
    g_autoptr(Both) private = NULL;
    g_autoptr(Both) public = NULL;

    add_number(session_operands, padding);
    add_number(session_operands, hash);
    add_key(session_operands, rand, used);
    private = both_new_computation(agreement, CRYPTODEV_SERVICE_RSA,
                                   CRYPTODEV_RSA_SIGN, session_operands);
    g_ptr_array_set_size(session_operands, 2);
    add_bn(session_operands, key->numbers[N], 0);
    add_bn(session_operands, key->numbers[E], 0);
    spoil_one(rand, session_operands);
    public = both_new_computation(agreement, CRYPTODEV_SERVICE_RSA,
                                  CRYPTODEV_RSA_VERIFY, session_operands);
    add_bytes(operands, digest);
    if (private) {
        signature = both_compute(agreement, CRYPTODEV_SERVICE_RSA,
                                 CRYPTODEV_RSA_SIGN, private, operands);
    }
    if (signature && public) {
        add_bytes(operands, signature->pdata[0]);
        spoil_one(rand, operands);
        verdict = both_compute(agreement, CRYPTODEV_SERVICE_RSA,
                               CRYPTODEV_RSA_VERIFY, public, operands);
    }
}

static void check_service(Agreement *agreement, const Key *key,
                          const Key *used)
{
    check_service_decrypt(agreement, key, used);
    check_service_sign(agreement, key, used);
}

void agreement_rsa_service(Agreement *agreement)
{
    each_session(agreement, check_service);
}
