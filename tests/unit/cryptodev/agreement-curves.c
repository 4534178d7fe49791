/*
 * Agreement of two backends: elliptic curves
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/ec.h>
#include <openssl/objects.h>
#include "../../qtest/virtio-crypto/der.h"
#include "../../qtest/virtio-crypto/ec-key.h"
#include "agreement.h"

/* Sessions of each curve, and operations of each session */
#define SESSIONS 30
#define OPERATIONS 3

/* Digests that have more bits than an order, and more than any digest */
#define DIGEST_TRIES 66

/* More than the longest signature in DER */
#define ROOM 150

#define TAG_SEQUENCE 0x30

G_DEFINE_AUTOPTR_CLEANUP_FUNC(EC_GROUP, EC_GROUP_free)

/* A curve, its field and order, and a pair of keys */
typedef struct Curve {
    const ECCurve *names;
    CryptoDevCurve id;
    EC_GROUP *group;
    const BIGNUM *p, *n;
    BIGNUM *d, *x, *y;
} Curve;

static Curve curve_new(Agreement *agreement, size_t i)
{
    int nid = EC_curve_nist2nid(ec_curves[i].name);
    Curve curve = {
        .names = &ec_curves[i],
        .id = CRYPTODEV_CURVE_P192 + i,
        .group = EC_GROUP_new_by_curve_name(nid),
        .d = NULL, .x = BN_new(), .y = BN_new(),
    };
    EC_POINT *point = EC_POINT_new(curve.group);

    curve.p = EC_GROUP_get0_field(curve.group);
    curve.n = EC_GROUP_get0_order(curve.group);
    do {
        BN_free(curve.d);
        curve.d = edge_bn(agreement->rand, curve.n);
    } while (BN_is_zero(curve.d) || BN_cmp(curve.d, curve.n) >= 0);
    EC_POINT_mul(curve.group, point, curve.d, NULL, NULL, NULL);
    g_assert_cmpint(EC_POINT_get_affine_coordinates(curve.group, point,
                                                    curve.x, curve.y, NULL),
                    ==, 1);
    EC_POINT_free(point);
    return curve;
}

static void curve_clear(Curve *curve)
{
    EC_GROUP_free(curve->group);
    BN_free(curve->d);
    BN_free(curve->x);
    BN_free(curve->y);
}

static GByteArray *bytes_of(const BIGNUM *bn, size_t len)
{
    GByteArray *bytes = g_byte_array_new();

    g_byte_array_set_size(bytes, MAX(len, MAX(BN_num_bytes(bn), 1)));
    BN_bn2binpad(bn, bytes->data, bytes->len);
    return bytes;
}

/* A coordinate that is right, or not */
static BIGNUM *coordinate(GRand *rand, const Curve *curve, const BIGNUM *right)
{
    BIGNUM *wrong;

    switch (g_rand_int_range(rand, 0, 12)) {
    case 0:
        return edge_bn(rand, curve->p);
    case 1:
        wrong = BN_dup(right);
        BN_add(wrong, wrong, curve->p);
        return wrong;
    case 2:
        wrong = BN_dup(curve->p);
        BN_sub(wrong, wrong, right);
        return wrong;
    default:
        return BN_dup(right);
    }
}

static GByteArray *point_of(GRand *rand, const Curve *curve)
{
    g_autoptr(BIGNUM) x = coordinate(rand, curve, curve->x);
    g_autoptr(BIGNUM) y = coordinate(rand, curve, curve->y);
    g_autoptr(GByteArray) x_bytes = bytes_of(x, 0);
    g_autoptr(GByteArray) y_bytes = bytes_of(y, 0);
    g_autoptr(GByteArray) point = ec_point(curve->names, x_bytes, y_bytes);

    return one_in(rand, 6) ? spoil(rand, point) : g_byte_array_ref(point);
}

static GByteArray *private_of(GRand *rand, const Curve *curve)
{
    g_autoptr(BIGNUM) d = one_in(rand, 4) ? edge_bn(rand, curve->n)
                                          : BN_dup(curve->d);
    g_autoptr(GByteArray) d_bytes =
        bytes_of(d, one_in(rand, 4) ? 0 : curve->names->size);
    g_autoptr(GByteArray) point = point_of(rand, curve);
    g_autoptr(GByteArray) key =
        ec_private(!one_in(rand, 20), d_bytes,
                   one_in(rand, 2) ? curve->names->oid : NULL,
                   one_in(rand, 2) ? point : NULL);

    return one_in(rand, 6) ? spoil(rand, key) : g_byte_array_ref(key);
}

/* Two numbers as a signature in DER, or nearly so */
static GByteArray *der_of(GRand *rand, const BIGNUM *r, const BIGNUM *s)
{
    g_autoptr(GByteArray) r_bytes = bytes_of(r, 0);
    g_autoptr(GByteArray) s_bytes = bytes_of(s, 0);
    g_autoptr(GByteArray) both = g_byte_array_new();
    g_autoptr(GByteArray) der = g_byte_array_new();

    der_append_integer(both, r_bytes->data, r_bytes->len);
    der_append_integer(both, s_bytes->data, s_bytes->len);
    der_append(der, TAG_SEQUENCE, both->data, both->len);
    return one_in(rand, 4) ? spoil(rand, der) : g_byte_array_ref(der);
}

static void check_signatures(Agreement *agreement, const Curve *curve,
                             const Both *public, const Both *private)
{
    GRand *rand = agreement->rand;
    g_autoptr(GByteArray) digest =
        random_bytes(rand, random_len(rand, 0, DIGEST_TRIES));
    g_autoptr(BIGNUM) r = edge_bn(rand, curve->n);
    g_autoptr(BIGNUM) s = edge_bn(rand, curve->n);
    g_autoptr(GByteArray) made_up = der_of(rand, r, s);
    struct iovec src;
    CryptoDevOp op = {
        .type = CRYPTODEV_OP_SIGN,
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

static void check_session(Agreement *agreement, const Curve *curve)
{
    GRand *rand = agreement->rand;
    g_autoptr(GByteArray) point = point_of(rand, curve);
    g_autoptr(GByteArray) key = private_of(rand, curve);
    CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_AKCIPHER,
        .algo = CRYPTODEV_AKCIPHER_ECDSA,
        .key = point->data,
        .key_len = point->len,
        .akcipher.curve = curve->id,
    };
    g_autoptr(Both) public = both_new(agreement, &params);
    g_autoptr(Both) private = NULL;

    params.key = key->data;
    params.key_len = key->len;
    params.akcipher.private_key = true;
    private = both_new(agreement, &params);
    for (int i = 0; public && private && i < OPERATIONS; i++) {
        check_signatures(agreement, curve, public, private);
        check_signatures(agreement, curve, private, public);
    }
}

static void each_curve(Agreement *agreement,
                       void (*check)(Agreement *agreement,
                                     const Curve *curve))
{
    for (size_t i = 0; i < EC_CURVES; i++) {
        for (int n = 0; n < SESSIONS; n++) {
            Curve curve = curve_new(agreement, i);

            check(agreement, &curve);
            curve_clear(&curve);
        }
    }
}

void agreement_ecdsa(Agreement *agreement)
{
    each_curve(agreement, check_session);
}

static void add_edge(GPtrArray *operands, GRand *rand, const BIGNUM *n)
{
    g_autoptr(BIGNUM) bn = edge_bn(rand, n);

    add_bn(operands, bn, one_in(rand, 2) ? 0 : BN_num_bytes(n));
}

static void add_digest(GPtrArray *operands, GRand *rand)
{
    g_autoptr(GByteArray) digest =
        random_bytes(rand, random_len(rand, 0, DIGEST_TRIES));

    add_bytes(operands, digest);
}

/* A session with a curve, and the computation that it is for */
static void check_computation(Agreement *agreement,
                              CryptodevService service, uint32_t operation,
                              GPtrArray *session_operands,
                              GPtrArray *operands)
{
    g_autoptr(Both) session = NULL;
    GPtrArray *results;

    spoil_one(agreement->rand, session_operands);
    session = both_new_computation(agreement, service, operation,
                                   session_operands);
    if (session) {
        results = both_compute(agreement, service, operation, session,
                               operands);
        g_clear_pointer(&results, g_ptr_array_unref);
        spoil_one(agreement->rand, operands);
        results = both_compute(agreement, service, operation, session,
                               operands);
        g_clear_pointer(&results, g_ptr_array_unref);
    }
}

static void check_sign_r(Agreement *agreement, const Curve *curve)
{
    g_autoptr(GPtrArray) session = operands_new();
    g_autoptr(GPtrArray) operands = operands_new();

    add_number(session, curve->id);
    add_edge(operands, agreement->rand, curve->n);
    check_computation(agreement, CRYPTODEV_SERVICE_ECDSA,
                      CRYPTODEV_ECDSA_SIGN_R, session, operands);
}

static void check_sign_s(Agreement *agreement, const Curve *curve)
{
    g_autoptr(GPtrArray) session = operands_new();
    g_autoptr(GPtrArray) operands = operands_new();

    add_number(session, curve->id);
    add_edge(session, agreement->rand, curve->n);
    add_edge(operands, agreement->rand, curve->n);
    add_edge(operands, agreement->rand, curve->n);
    add_digest(operands, agreement->rand);
    check_computation(agreement, CRYPTODEV_SERVICE_ECDSA,
                      CRYPTODEV_ECDSA_SIGN_S, session, operands);
}

static void check_verify(Agreement *agreement, const Curve *curve,
                         const GByteArray *digest, GPtrArray *signature)
{
    GRand *rand = agreement->rand;
    g_autoptr(GPtrArray) session = operands_new();
    g_autoptr(GPtrArray) operands = operands_new();
    g_autoptr(BIGNUM) x = coordinate(rand, curve, curve->x);
    g_autoptr(BIGNUM) y = coordinate(rand, curve, curve->y);

    add_number(session, curve->id);
    add_bn(session, x, 0);
    add_bn(session, y, curve->names->size);
    add_bytes(operands, digest);
    for (int i = 0; i < 2; i++) {
        if (signature && !one_in(rand, 8)) {
            add_bytes(operands, signature->pdata[i]);
        } else {
            add_edge(operands, rand, curve->n);
        }
    }
    check_computation(agreement, CRYPTODEV_SERVICE_ECDSA,
                      CRYPTODEV_ECDSA_VERIFY, session, operands);
}

static void check_sign_rs(Agreement *agreement, const Curve *curve)
{
    GRand *rand = agreement->rand;
    g_autoptr(GPtrArray) session = operands_new();
    g_autoptr(GPtrArray) operands = operands_new();
    g_autoptr(GPtrArray) signature = NULL;
    g_autoptr(Both) both = NULL;

    add_number(session, curve->id);
    add_bn(session, curve->d, 0);
    if (one_in(rand, 2)) {
        g_ptr_array_add(operands, g_byte_array_new());
    } else {
        add_edge(operands, rand, curve->n);
    }
    add_digest(operands, rand);
    both = both_new_computation(agreement, CRYPTODEV_SERVICE_ECDSA,
                                CRYPTODEV_ECDSA_SIGN_RS, session);
    g_assert_nonnull(both);
    signature = both_compute(agreement, CRYPTODEV_SERVICE_ECDSA,
                             CRYPTODEV_ECDSA_SIGN_RS, both, operands);
    check_verify(agreement, curve, operands->pdata[1], signature);
    check_computation(agreement, CRYPTODEV_SERVICE_ECDSA,
                      CRYPTODEV_ECDSA_SIGN_RS, session, operands);
}

static void check_service(Agreement *agreement, const Curve *curve)
{
    check_sign_r(agreement, curve);
    check_sign_s(agreement, curve);
    check_sign_rs(agreement, curve);
}

void agreement_ecdsa_service(Agreement *agreement)
{
    each_curve(agreement, check_service);
}

static void check_shared(Agreement *agreement, const Curve *curve)
{
    GRand *rand = agreement->rand;
    g_autoptr(GPtrArray) session = operands_new();
    g_autoptr(GPtrArray) operands = operands_new();
    g_autoptr(BIGNUM) x = coordinate(rand, curve, curve->x);
    g_autoptr(BIGNUM) y = coordinate(rand, curve, curve->y);

    add_number(session, curve->id);
    add_edge(session, rand, curve->n);
    add_number(operands, random_len(rand, 0, one_in(rand, 8) ? 2 : 1));
    add_bn(operands, x, 0);
    add_bn(operands, y, one_in(rand, 2) ? 0 : curve->names->size + 1);
    check_computation(agreement, CRYPTODEV_SERVICE_ECDH,
                      CRYPTODEV_ECDH_SHARED_POINT, session, operands);
}

void agreement_ecdh(Agreement *agreement)
{
    each_curve(agreement, check_shared);
}

/* A coordinate, or none */
static void add_coordinate(GPtrArray *operands, GRand *rand,
                           const Curve *curve, const BIGNUM *right)
{
    g_autoptr(BIGNUM) bn = coordinate(rand, curve, right);

    if (one_in(rand, 6)) {
        g_ptr_array_add(operands, g_byte_array_new());
    } else {
        add_bn(operands, bn, one_in(rand, 2) ? 0 : curve->names->size + 1);
    }
}

static void compute_point(Agreement *agreement, uint32_t operation,
                          GPtrArray *operands)
{
    GPtrArray *results;

    spoil_one(agreement->rand, operands);
    results = both_compute(agreement, CRYPTODEV_SERVICE_EC, operation, NULL,
                           operands);
    g_clear_pointer(&results, g_ptr_array_unref);
}

static void check_points(Agreement *agreement, const Curve *curve)
{
    GRand *rand = agreement->rand;
    g_autoptr(GPtrArray) product = operands_new();
    g_autoptr(GPtrArray) point = operands_new();

    add_number(product, curve->id);
    add_edge(product, rand, curve->n);
    add_coordinate(product, rand, curve, curve->x);
    add_coordinate(product, rand, curve, curve->y);
    compute_point(agreement, CRYPTODEV_EC_MULTIPLY, product);
    add_number(point, curve->id);
    add_coordinate(point, rand, curve, curve->x);
    add_coordinate(point, rand, curve, curve->y);
    compute_point(agreement, CRYPTODEV_EC_VERIFY, point);
}

void agreement_ec(Agreement *agreement)
{
    each_curve(agreement, check_points);
}

/* Points of small order, beside 0, 1 and those near p: RFC 7748, section 7 */
static const char *const small_orders[] = {
    "00b8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0",
    "57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5f",
};

static void add_u(GPtrArray *operands, GRand *rand, const BIGNUM *p)
{
    g_autoptr(BIGNUM) u = NULL;

    if (one_in(rand, 8)) {
        u = bn_read(small_orders[random_len(rand, 0, 1)]);
    } else {
        u = edge_bn(rand, p);
    }
    add_bn(operands, u, one_in(rand, 2) ? 0 : BN_num_bytes(p));
}

static void check_function(Agreement *agreement, CryptoDevCurve curve,
                           const BIGNUM *p)
{
    GRand *rand = agreement->rand;
    size_t len = BN_num_bytes(p);
    g_autoptr(GPtrArray) session = operands_new();
    g_autoptr(GPtrArray) operands = operands_new();
    g_autoptr(GByteArray) scalar = random_bytes(rand, len);

    add_number(session, curve);
    add_bytes(session, scalar);
    add_number(operands, random_len(rand, 0, 1));
    add_u(operands, rand, p);
    if (one_in(rand, 10)) {
        add_u(operands, rand, p);
    } else {
        g_ptr_array_add(operands, g_byte_array_new());
    }
    check_computation(agreement, CRYPTODEV_SERVICE_ECDH,
                      CRYPTODEV_ECDH_SHARED_POINT, session, operands);
}

/* The same without a session; without a u it is that of the base point. */
static void check_multiple(Agreement *agreement, CryptoDevCurve curve,
                           const BIGNUM *p)
{
    GRand *rand = agreement->rand;
    g_autoptr(GPtrArray) operands = operands_new();
    g_autoptr(GByteArray) scalar =
        random_bytes(rand, random_len(rand, 0, BN_num_bytes(p)));

    add_number(operands, curve);
    add_bytes(operands, scalar);
    for (int i = 0; i < 2; i++) {
        if (one_in(rand, i ? 20 : 2)) {
            add_u(operands, rand, p);
        } else {
            g_ptr_array_add(operands, g_byte_array_new());
        }
    }
    compute_point(agreement, CRYPTODEV_EC_MULTIPLY, operands);
}

void agreement_montgomery(Agreement *agreement)
{
    g_autoptr(BIGNUM) p25519 = BN_new();
    g_autoptr(BIGNUM) p448 = BN_new();
    g_autoptr(BIGNUM) middle = BN_new();

    BN_set_bit(p25519, 255);
    BN_sub_word(p25519, 19);
    BN_set_bit(p448, 448);
    BN_set_bit(middle, 224);
    BN_sub(p448, p448, middle);
    BN_sub_word(p448, 1);
    for (int i = 0; i < 5 * SESSIONS; i++) {
        check_function(agreement, CRYPTODEV_CURVE_X25519, p25519);
        check_function(agreement, CRYPTODEV_CURVE_X448, p448);
        check_multiple(agreement, CRYPTODEV_CURVE_X25519, p25519);
        check_multiple(agreement, CRYPTODEV_CURVE_X448, p448);
    }
}
