/*
 * Agreement of two backends: DSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where q is no prime, a random number decides whether there is a signature, so
 * nothing is signed there.
 */

#include "qemu/osdep.h"
#include "../../qtest/virtio-crypto/der.h"
#include "../../qtest/virtio-crypto/dsa-key.h"
#include "agreement.h"

#define SESSIONS 40
#define OPERATIONS 3

/* Digests that have more bits than q, and more than any digest */
#define DIGEST_TRIES 66

/* More than the longest signature in DER */
#define ROOM 60

#define TAG_SEQUENCE 0x30

/* Bits in the p of a group that is made here */
#define P_BITS 1024

/* In each prime of a forged group's q, which is their product */
#define HALF_Q_BITS 90

/*
 * Bits in q: those of the published group, some that do not fill a byte, and
 * more than those of some digests
 */
#define Q_BITS 160
#define Q_BITS_ODD_MAX 167
#define Q_BITS_MAX 256

/* A group, and a pair of keys */
typedef struct Group {
    BIGNUM *p, *q, *g;
    BIGNUM *x, *y;
} Group;

static void set_keys(Agreement *agreement, Group *group)
{
    g_autoptr(BN_CTX) work = BN_CTX_new();

    do {
        BN_free(group->x);
        group->x = edge_bn(agreement->rand, group->q);
    } while (BN_is_zero(group->x) || BN_cmp(group->x, group->q) >= 0);
    BN_free(group->y);
    group->y = BN_new();
    BN_mod_exp(group->y, group->g, group->x, group->p, work);
}

static BIGNUM *random_prime(GRand *rand, int bits)
{
    BIGNUM *prime = random_bn(rand, bits);

    BN_set_bit(prime, bits - 1);
    BN_set_bit(prime, 0);
    while (BN_check_prime(prime, NULL, NULL) != 1) {
        BN_add_word(prime, 2);
    }
    return prime;
}

/* A p for which q divides p - 1, and a g that goes with both */
static void find_group(GRand *rand, Group *group)
{
    g_autoptr(BN_CTX) work = BN_CTX_new();
    g_autoptr(BIGNUM) cofactor = NULL;
    g_autoptr(BIGNUM) h = bn_read("02");

    group->p = BN_new();
    do {
        BN_free(cofactor);
        cofactor = random_bn(rand, P_BITS - BN_num_bits(group->q));
        BN_clear_bit(cofactor, 0);
        BN_mul(group->p, cofactor, group->q, work);
        BN_add_word(group->p, 1);
    } while (BN_num_bits(group->p) != P_BITS ||
             BN_check_prime(group->p, work, NULL) != 1);
    group->g = BN_new();
    BN_mod_exp(group->g, h, cofactor, group->p, work);
}

static Group group_new(Agreement *agreement, int q_bits)
{
    Group group = { };

    if (q_bits == Q_BITS) {
        group.p = bn_read(DSA_P);
        group.q = bn_read(DSA_Q);
        group.g = bn_read(DSA_G);
    } else {
        group.q = random_prime(agreement->rand, q_bits);
        find_group(agreement->rand, &group);
    }
    return group;
}

static void group_clear(Group *group)
{
    BN_free(group->p);
    BN_free(group->q);
    BN_free(group->g);
    BN_free(group->x);
    BN_free(group->y);
}

/* Call @check with new keys of groups of all kinds. */
static void each_group(Agreement *agreement,
                       void (*check)(Agreement *agreement, const Group *group))
{
    int sizes[] = {
        Q_BITS, Q_BITS_MAX,
        g_rand_int_range(agreement->rand, Q_BITS + 1, Q_BITS_ODD_MAX + 1),
    };

    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        Group group = group_new(agreement, sizes[i]);

        for (int n = 0; n < SESSIONS; n++) {
            set_keys(agreement, &group);
            check(agreement, &group);
        }
        group_clear(&group);
    }
}

static void compute_both(Agreement *agreement, uint32_t operation,
                         const Both *session, GPtrArray *operands)
{
    GPtrArray *results = both_compute(agreement, CRYPTODEV_SERVICE_DSA,
                                      operation, session, operands);

    g_clear_pointer(&results, g_ptr_array_unref);
}

static void add_edge(GPtrArray *operands, GRand *rand, const BIGNUM *n)
{
    g_autoptr(BIGNUM) bn = edge_bn(rand, n);

    add_bn(operands, bn, one_in(rand, 2) ? 0 : BN_num_bytes(n));
}

/* Mostly what it should be */
static void add_part(GPtrArray *operands, GRand *rand, const BIGNUM *right,
                     const BIGNUM *edge)
{
    if (one_in(rand, 12)) {
        add_edge(operands, rand, edge);
    } else {
        add_bn(operands, right, one_in(rand, 4) ? BN_num_bytes(right) + 2 : 0);
    }
}

static void add_digest(GPtrArray *operands, GRand *rand)
{
    g_autoptr(GByteArray) digest =
        random_bytes(rand, random_len(rand, 0, DIGEST_TRIES));

    add_bytes(operands, digest);
}

static GPtrArray *group_operands(Agreement *agreement, const Group *group)
{
    GPtrArray *operands = operands_new();

    add_bn(operands, group->p, 0);
    add_bn(operands, group->q, 0);
    add_part(operands, agreement->rand, group->g, group->p);
    return operands;
}

static Both *session_new(Agreement *agreement, uint32_t operation,
                         GPtrArray *operands)
{
    spoil_one(agreement->rand, operands);
    return both_new_computation(agreement, CRYPTODEV_SERVICE_DSA, operation,
                                operands);
}

static void check_generation(Agreement *agreement, const Group *group)
{
    GRand *rand = agreement->rand;
    g_autoptr(GPtrArray) g = operands_new();
    g_autoptr(GPtrArray) session = operands_new();
    g_autoptr(GPtrArray) y = operands_new();
    g_autoptr(Both) both = NULL;

    add_bn(g, group->p, 0);
    add_bn(g, group->q, 0);
    add_edge(g, rand, group->p);
    spoil_one(rand, g);
    compute_both(agreement, CRYPTODEV_DSA_GENERATE_G, NULL, g);
    add_bn(session, group->p, 0);
    add_edge(session, rand, group->p);
    both = session_new(agreement, CRYPTODEV_DSA_GENERATE_Y, session);
    if (both) {
        add_edge(y, rand, group->q);
        spoil_one(rand, y);
        compute_both(agreement, CRYPTODEV_DSA_GENERATE_Y, both, y);
    }
}

static void check_sign_r(Agreement *agreement, const Group *group)
{
    g_autoptr(GPtrArray) session = group_operands(agreement, group);
    g_autoptr(GPtrArray) operands = operands_new();
    g_autoptr(Both) both = session_new(agreement, CRYPTODEV_DSA_SIGN_R,
                                       session);

    if (both) {
        add_edge(operands, agreement->rand, group->q);
        spoil_one(agreement->rand, operands);
        compute_both(agreement, CRYPTODEV_DSA_SIGN_R, both, operands);
    }
}

/* A q that is not spoiled, as the session has no p that it would not fit */
static void check_sign_s(Agreement *agreement, const Group *group)
{
    GRand *rand = agreement->rand;
    g_autoptr(GPtrArray) session = operands_new();
    g_autoptr(GPtrArray) operands = operands_new();
    g_autoptr(Both) both = NULL;

    add_bn(session, group->q, 0);
    add_part(session, rand, group->x, group->q);
    both = both_new_computation(agreement, CRYPTODEV_SERVICE_DSA,
                                CRYPTODEV_DSA_SIGN_S, session);
    if (both) {
        add_edge(operands, rand, group->q);
        add_edge(operands, rand, group->q);
        add_digest(operands, rand);
        spoil_one(rand, operands);
        compute_both(agreement, CRYPTODEV_DSA_SIGN_S, both, operands);
    }
}

/* Whether @signature, or one like it, is that of @digest */
static void check_verify(Agreement *agreement, const Group *group,
                         const GByteArray *digest, GPtrArray *signature)
{
    GRand *rand = agreement->rand;
    g_autoptr(GPtrArray) session = group_operands(agreement, group);
    g_autoptr(GPtrArray) operands = operands_new();
    g_autoptr(Both) both = NULL;

    add_part(session, rand, group->y, group->p);
    both = session_new(agreement, CRYPTODEV_DSA_VERIFY, session);
    add_bytes(operands, digest);
    for (int i = 0; i < 2; i++) {
        if (signature && !one_in(rand, 8)) {
            add_bytes(operands, signature->pdata[i]);
        } else {
            add_edge(operands, rand, group->q);
        }
    }
    if (both) {
        compute_both(agreement, CRYPTODEV_DSA_VERIFY, both, operands);
        spoil_one(rand, operands);
        compute_both(agreement, CRYPTODEV_DSA_VERIFY, both, operands);
    }
}

static void check_sign_rs(Agreement *agreement, const Group *group)
{
    GRand *rand = agreement->rand;
    g_autoptr(GPtrArray) session = group_operands(agreement, group);
    g_autoptr(GPtrArray) operands = operands_new();
    g_autoptr(GPtrArray) signature = NULL;
    g_autoptr(Both) both = NULL;

    add_part(session, rand, group->x, group->q);
    both = session_new(agreement, CRYPTODEV_DSA_SIGN_RS, session);
    if (one_in(rand, 2)) {
        g_ptr_array_add(operands, g_byte_array_new());
    } else {
        add_edge(operands, rand, group->q);
    }
    add_digest(operands, rand);
    if (both) {
        signature = both_compute(agreement, CRYPTODEV_SERVICE_DSA,
                                 CRYPTODEV_DSA_SIGN_RS, both, operands);
    }
    check_verify(agreement, group, operands->pdata[1], signature);
}

/* Parts of signatures that have no inverse modulo q */
static void check_forged(Agreement *agreement)
{
    GRand *rand = agreement->rand;
    g_autoptr(BN_CTX) work = BN_CTX_new();
    g_autoptr(BIGNUM) one = random_prime(rand, HALF_Q_BITS);
    g_autoptr(BIGNUM) other = random_prime(rand, HALF_Q_BITS);
    Group group = { .q = BN_new() };

    BN_mul(group.q, one, other, work);
    find_group(rand, &group);
    set_keys(agreement, &group);
    for (int i = 0; i < SESSIONS; i++) {
        g_autoptr(GPtrArray) digest = operands_new();
        g_autoptr(GPtrArray) signature = operands_new();

        add_digest(digest, rand);
        add_bn(signature, one_in(rand, 2) ? one : group.g, 0);
        add_bn(signature, one_in(rand, 2) ? one : other, 0);
        check_verify(agreement, &group, digest->pdata[0], signature);
    }
    group_clear(&group);
}

/* A generator or a public key that has an order of 1 or 2 */
static void check_small_order(Agreement *agreement, const Group *group,
                              const BIGNUM *g, const BIGNUM *y)
{
    g_autoptr(GPtrArray) session = operands_new();
    g_autoptr(GPtrArray) operands = operands_new();
    g_autoptr(BN_CTX) work = BN_CTX_new();
    g_autoptr(BIGNUM) r = BN_new();
    g_autoptr(BIGNUM) s = edge_bn(agreement->rand, group->q);
    g_autoptr(Both) both = NULL;

    add_bn(session, group->p, 0);
    add_bn(session, group->q, 0);
    add_bn(session, g, 0);
    add_bn(session, y, 0);
    both = both_new_computation(agreement, CRYPTODEV_SERVICE_DSA,
                                CRYPTODEV_DSA_VERIFY, session);
    if (both) {
        /* For a y of 1, this is a signature: r = g^(z / s), with z = s. */
        BN_mod(r, g, group->q, work);
        add_bn(operands, s, BN_num_bytes(group->q));
        add_bn(operands, r, 0);
        add_bn(operands, s, 0);
        compute_both(agreement, CRYPTODEV_DSA_VERIFY, both, operands);
    }
}

static void check_small_orders(Agreement *agreement, const Group *group)
{
    g_autoptr(BIGNUM) p_minus_1 = BN_dup(group->p);

    BN_sub_word(p_minus_1, 1);
    check_small_order(agreement, group, group->g, BN_value_one());
    check_small_order(agreement, group, group->g, p_minus_1);
    check_small_order(agreement, group, BN_value_one(), group->y);
    check_small_order(agreement, group, p_minus_1, group->y);
}

static void check_service(Agreement *agreement, const Group *group)
{
    check_generation(agreement, group);
    check_sign_r(agreement, group);
    check_sign_s(agreement, group);
    check_sign_rs(agreement, group);
    check_small_orders(agreement, group);
}

void agreement_dsa_service(Agreement *agreement)
{
    each_group(agreement, check_service);
    check_forged(agreement);
}

static GByteArray *part_of(GRand *rand, const BIGNUM *right,
                           const BIGNUM *edge)
{
    g_autoptr(GPtrArray) operands = operands_new();

    add_part(operands, rand, right, edge);
    return g_byte_array_ref(operands->pdata[0]);
}

static GByteArray *key_of(GRand *rand, const Group *group, bool private)
{
    g_autoptr(GByteArray) p = part_of(rand, group->p, group->p);
    g_autoptr(GByteArray) q = part_of(rand, group->q, group->q);
    g_autoptr(GByteArray) g = part_of(rand, group->g, group->p);
    g_autoptr(GByteArray) y = part_of(rand, group->y, group->p);
    g_autoptr(GByteArray) x = part_of(rand, group->x, group->q);
    DSANumbers numbers = { .p = p, .q = q, .g = g, .y = y, .x = x };
    g_autoptr(GByteArray) key =
        private ? dsa_private(one_in(rand, 20), &numbers)
                : dsa_public(&numbers);

    return one_in(rand, 6) ? spoil(rand, key) : g_byte_array_ref(key);
}

/* Two numbers as a signature in DER, or nearly so */
static GByteArray *der_of(GRand *rand, const BIGNUM *n)
{
    g_autoptr(GPtrArray) numbers = operands_new();
    g_autoptr(GByteArray) both = g_byte_array_new();
    g_autoptr(GByteArray) der = g_byte_array_new();

    for (int i = 0; i < 2; i++) {
        const GByteArray *number;

        add_edge(numbers, rand, n);
        number = numbers->pdata[i];
        der_append_integer(both, number->data, number->len);
    }
    der_append(der, TAG_SEQUENCE, both->data, both->len);
    return one_in(rand, 4) ? spoil(rand, der) : g_byte_array_ref(der);
}

static void check_signatures(Agreement *agreement, const Group *group,
                             const Both *public, const Both *private)
{
    GRand *rand = agreement->rand;
    g_autoptr(GByteArray) digest =
        random_bytes(rand, random_len(rand, 0, DIGEST_TRIES));
    g_autoptr(GByteArray) made_up = der_of(rand, group->q);
    struct iovec src;
    CryptoDevOp op = {
        .type = one_in(rand, 10) ? CRYPTODEV_OP_ENCRYPT : CRYPTODEV_OP_SIGN,
        .src = buf_of(&src, digest),
    };
    g_autoptr(GByteArray) signature =
        both_run(private, &op, one_in(rand, 5) ? random_len(rand, 0, ROOM)
                                               : ROOM, 0);

    both_verify(public, digest, made_up);
    if (signature) {
        g_autoptr(GByteArray) bad = spoil(rand, signature);

        both_verify(public, digest, signature);
        both_verify(private, digest, bad);
    }
}

static void check_session(Agreement *agreement, const Group *group)
{
    GRand *rand = agreement->rand;
    g_autoptr(GByteArray) public_key = key_of(rand, group, false);
    g_autoptr(GByteArray) private_key = key_of(rand, group, true);
    CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_AKCIPHER,
        .algo = CRYPTODEV_AKCIPHER_DSA,
        .key = public_key->data,
        .key_len = public_key->len,
    };
    g_autoptr(Both) public = both_new(agreement, &params);
    g_autoptr(Both) private = NULL;

    params.key = private_key->data;
    params.key_len = private_key->len;
    params.akcipher.private_key = true;
    private = both_new(agreement, &params);
    for (int i = 0; public && private && i < OPERATIONS; i++) {
        check_signatures(agreement, group, public, private);
        check_signatures(agreement, group, private, public);
    }
}

void agreement_dsa(Agreement *agreement)
{
    each_group(agreement, check_session);
}
