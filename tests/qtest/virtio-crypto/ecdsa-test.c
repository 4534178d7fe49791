/*
 * Tests of virtio-crypto: ECDSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The other side of each signature is nettle.
 */

#include "qemu/osdep.h"
#include <nettle/ecc-curve.h>
#include <nettle/ecdsa.h>
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "der.h"
#include "ec-key.h"
#include "options.h"
#include "rsp.h"
#include "signature.h"

#define REVISION_1      (1ull << QVIRTIO_CRYPTO_F_REVISION_1)
#define VERSION         1
#define GARBAGE_ROUNDS  200

typedef struct ECTest {
    QVirtioCryptoDriver *d;
    const ECCurve *curve;
    struct ecc_point public;
    struct ecc_scalar private;
    /* The numbers of the key, and its encodings */
    GByteArray *x, *y, *scalar;
    GByteArray *point, *der;
} ECTest;

static const struct ecc_curve *nettle_curve(size_t i)
{
    const struct ecc_curve *curves[EC_CURVES] = {
        nettle_get_secp_192r1(), nettle_get_secp_224r1(),
        nettle_get_secp_256r1(), nettle_get_secp_384r1(),
        nettle_get_secp_521r1(),
    };

    return curves[i];
}

static GByteArray *export_number(const mpz_t number, size_t size)
{
    GByteArray *bytes = g_byte_array_new();
    size_t len = DIV_ROUND_UP(mpz_sizeinbase(number, 2), 8);

    g_byte_array_set_size(bytes, size);
    memset(bytes->data, 0, size);
    mpz_export(bytes->data + size - len, NULL, 1, 1, 1, 0, number);
    return bytes;
}

static void export_key(ECTest *t)
{
    size_t size = t->curve->size;
    mpz_t x, y, scalar;

    mpz_init(x);
    mpz_init(y);
    mpz_init(scalar);
    ecc_point_get(&t->public, x, y);
    ecc_scalar_get(&t->private, scalar);
    t->x = export_number(x, size);
    t->y = export_number(y, size);
    t->scalar = export_number(scalar, size);
    mpz_clear(x);
    mpz_clear(y);
    mpz_clear(scalar);
    t->point = ec_point(t->curve, t->x, t->y);
    t->der = ec_private(VERSION, t->scalar, t->curve->oid, t->point);
}

static void ec_test_init(ECTest *t, QVirtioCryptoDriver *d, size_t i)
{
    t->d = d;
    t->curve = &ec_curves[i];
    ecc_point_init(&t->public, nettle_curve(i));
    ecc_scalar_init(&t->private, nettle_curve(i));
    ecdsa_generate_keypair(&t->public, &t->private, d->rand,
                           signature_random);
    export_key(t);
}

static void ec_test_clear(ECTest *t)
{
    GByteArray *all[] = { t->x, t->y, t->scalar, t->point, t->der };

    for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
        g_byte_array_unref(all[i]);
    }
    ecc_point_clear(&t->public);
    ecc_scalar_clear(&t->private);
}

static uint64_t create(ECTest *t, bool private)
{
    GByteArray *key = private ? t->der : t->point;
    QVirtioCryptoSession session =
        qvirtio_crypto_ecdsa(private, t->curve->number, key->data, key->len);

    return qvirtio_crypto_create(t->d, &session);
}

static bool verify(void *reference, const uint8_t *digest, size_t len,
                   const struct dsa_signature *signature)
{
    ECTest *t = reference;

    return ecdsa_verify(&t->public, len, digest, signature);
}

static void sign(void *reference, GRand *rand, const uint8_t *digest,
                 size_t len, struct dsa_signature *signature)
{
    ECTest *t = reference;

    ecdsa_sign(&t->private, rand, signature_random, len, digest, signature);
}

/* The orders: SP 800-186, 3.2.1, and FIPS 186-4, D.1.2.1 */
static const char *const orders[EC_CURVES] = {
    "ffffffffffffffffffffffff99def836146bc9b1b4d22831",
    "ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d",
    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
    "ffffffffffffffffffffffffffffffffffffffffffffffff"
    "c7634d81f4372ddf581a0db248b0a77aecec196accc52973",
    "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
    "fa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
};

/* The primes: the same sections */
static const char *const primes[EC_CURVES] = {
    "fffffffffffffffffffffffffffffffeffffffffffffffff",
    "ffffffffffffffffffffffffffffffff000000000000000000000001",
    "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
    "ffffffffffffffffffffffffffffffffffffffffffffffff"
    "fffffffffffffffeffffffff0000000000000000ffffffff",
    "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
};

static void with_key(ECTest *t, void (*check)(const SignatureKey *key))
{
    SignatureKey key = {
        .d = t->d,
        .private = create(t, true),
        .public = create(t, false),
        .reference = t,
        .verify = verify,
        .sign = sign,
    };

    mpz_init_set_str(key.order, orders[t->curve - ec_curves], 16);
    key.bits = mpz_sizeinbase(key.order, 2);
    check(&key);
    mpz_clear(key.order);
}

static void with_keys(void *obj, QGuestAllocator *alloc, uint64_t features,
                      void (*check)(const SignatureKey *key))
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, features);

    for (size_t i = 0; i < EC_CURVES; i++) {
        ECTest t;

        ec_test_init(&t, d, i);
        with_key(&t, check);
        ec_test_clear(&t);
    }
    qvirtio_crypto_stop(d);
}

static void test_digests(void *obj, void *data, QGuestAllocator *alloc)
{
    with_keys(obj, alloc, 0, signature_check_digests);
    with_keys(obj, alloc, REVISION_1, signature_check_digests);
}

static void test_encodings(void *obj, void *data, QGuestAllocator *alloc)
{
    with_keys(obj, alloc, 0, signature_check_encodings);
}

static void test_errors(void *obj, void *data, QGuestAllocator *alloc)
{
    with_keys(obj, alloc, 0, signature_check_errors);
}

static void check_garbage(const SignatureKey *key)
{
    signature_check_garbage(key, sample_size(GARBAGE_ROUNDS));
}

static void test_garbage(void *obj, void *data, QGuestAllocator *alloc)
{
    with_keys(obj, alloc, 0, check_garbage);
}

/*
 * A digest of zeros.  Anyone can sign it: with r = s = x mod n, the point that
 * verification finds is the public key itself.
 */
static void check_zeros(const SignatureKey *key)
{
    const ECTest *t = key->reference;
    const uint8_t zeros[DIGEST_MAX] = { };
    g_autoptr(GByteArray) r = NULL;
    g_autoptr(GByteArray) forged = NULL, own = NULL;
    mpz_t x, y;

    mpz_init(x);
    mpz_init(y);
    ecc_point_get(&t->public, x, y);
    mpz_mod(x, x, key->order);
    r = export_number(x, t->curve->size);
    mpz_clear(x);
    mpz_clear(y);
    forged = signature_der(r, r);
    g_assert_cmpint(signature_verify(t->d, key->public, forged, zeros, 20),
                    ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpint(signature_verify(t->d, key->public, forged, zeros,
                                     DIGEST_MAX), ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpint(signature_try_sign(t->d, key->private, zeros, 32,
                                       SIGNATURE_MAX, &own), ==,
                    VIRTIO_CRYPTO_OK);
    g_assert_cmpint(signature_verify(t->d, key->public, own, zeros, 32), ==,
                    VIRTIO_CRYPTO_OK);
}

static void test_zeros(void *obj, void *data, QGuestAllocator *alloc)
{
    with_keys(obj, alloc, 0, check_zeros);
}

/*
 * Tries a key on a curve and uses it.  Returns the status of its creation; if
 * that succeeds, the status of its operations, which all have the same.
 */
static uint32_t try_key(QVirtioCryptoDriver *d, bool private, uint32_t algo,
                        uint32_t curve, const GByteArray *key)
{
    const uint8_t digest[20] = { 1 };
    QVirtioCryptoSession session =
        qvirtio_crypto_ecdsa(private, curve, key->data, key->len);
    g_autoptr(GByteArray) signature = NULL;
    uint32_t status;
    uint64_t id;

    session.algo = algo;
    status = qvirtio_crypto_try_create(d, &session, &id);
    if (status != VIRTIO_CRYPTO_OK) {
        return status;
    }
    if (private) {
        status = signature_try_sign(d, id, digest, sizeof(digest),
                                    SIGNATURE_MAX, &signature);
        if (!signature) {
            signature = g_byte_array_new();
        }
        g_assert_cmpint(signature_verify(d, id, signature, digest,
                                         sizeof(digest)), ==, status);
    }
    qvirtio_crypto_destroy(d, &session, id);
    return status;
}

static void assert_key(ECTest *t, bool private, const GByteArray *key,
                       uint32_t expected)
{
    g_assert_cmpint(try_key(t->d, private, VIRTIO_CRYPTO_AKCIPHER_ECDSA,
                            t->curve->number, key), ==, expected);
}

/* Linux's number, and the standard's, which is that of DSA in Linux */
static void check_numbers(ECTest *t)
{
    const uint32_t algos[] = {
        VIRTIO_CRYPTO_AKCIPHER_ECDSA, VIRTIO_CRYPTO_AKCIPHER_DSA,
    };
    const uint32_t unknown[] = { EC_CURVES + 1, 255, UINT32_MAX };

    for (size_t i = 0; i < ARRAY_SIZE(algos); i++) {
        g_assert_cmpint(try_key(t->d, true, algos[i], t->curve->number,
                                t->der), ==, VIRTIO_CRYPTO_OK);
        g_assert_cmpint(try_key(t->d, false, algos[i], t->curve->number,
                                t->point), ==, VIRTIO_CRYPTO_OK);
        for (size_t j = 0; j < ARRAY_SIZE(unknown); j++) {
            g_assert_cmpint(try_key(t->d, false, algos[i], unknown[j],
                                    t->point), ==, VIRTIO_CRYPTO_NOTSUPP);
        }
    }
    /* Without a curve the one is unknown, and the other a key of DSA */
    g_assert_cmpint(try_key(t->d, false, VIRTIO_CRYPTO_AKCIPHER_ECDSA, 0,
                            t->point), ==, VIRTIO_CRYPTO_NOTSUPP);
    g_assert_cmpint(try_key(t->d, false, VIRTIO_CRYPTO_AKCIPHER_DSA, 0,
                            t->point), ==, VIRTIO_CRYPTO_ERR);
}

/* A key is invalid on other curves, and as the other kind of key */
static void check_other_curves(ECTest *t)
{
    for (size_t i = 0; i < EC_CURVES; i++) {
        const ECCurve *curve = &ec_curves[i];
        g_autoptr(GByteArray) point = ec_point(curve, t->x, t->y);
        g_autoptr(GByteArray) private =
            ec_private(VERSION, t->scalar, curve->oid, NULL);
        uint32_t expected =
            curve == t->curve ? VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_ERR;

        g_assert_cmpint(try_key(t->d, false, VIRTIO_CRYPTO_AKCIPHER_ECDSA,
                                curve->number, point), ==, expected);
        g_assert_cmpint(try_key(t->d, true, VIRTIO_CRYPTO_AKCIPHER_ECDSA,
                                curve->number, t->der), ==, expected);
        assert_key(t, true, private, expected);
    }
    assert_key(t, true, t->point, VIRTIO_CRYPTO_ERR);
    assert_key(t, false, t->der, VIRTIO_CRYPTO_ERR);
}

/*
 * A private key with the public key of another one.  Only the first operation
 * finds out: it and all later ones fail.
 */
static void check_late(ECTest *t)
{
    const uint8_t digest[20] = { 1 };
    g_autoptr(GByteArray) der = NULL;
    g_autoptr(GByteArray) signature = NULL;
    QVirtioCryptoSession session;
    ECTest other;
    uint64_t id;

    ec_test_init(&other, t->d, t->curve - ec_curves);
    der = ec_private(VERSION, t->scalar, NULL, other.point);
    ec_test_clear(&other);
    session = qvirtio_crypto_ecdsa(true, t->curve->number, der->data,
                                   der->len);
    id = qvirtio_crypto_create(t->d, &session);
    for (int i = 0; i < 2; i++) {
        g_assert_false(signature_key_works(t->d, id));
        g_assert_cmpint(signature_try_sign(t->d, id, digest, sizeof(digest),
                                           SIGNATURE_MAX, &signature), ==,
                        VIRTIO_CRYPTO_ERR);
    }
    qvirtio_crypto_destroy(t->d, &session, id);
}

static void with_tests(void *obj, QGuestAllocator *alloc, uint64_t features,
                       void (*check)(ECTest *t))
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, features);

    for (size_t i = 0; i < EC_CURVES; i++) {
        ECTest t;

        ec_test_init(&t, d, i);
        check(&t);
        ec_test_clear(&t);
    }
    qvirtio_crypto_stop(d);
}

static void test_numbers(void *obj, void *data, QGuestAllocator *alloc)
{
    with_tests(obj, alloc, 0, check_numbers);
    with_tests(obj, alloc, REVISION_1, check_numbers);
    with_tests(obj, alloc, 0, check_other_curves);
}

static GByteArray *copy_bytes(const GByteArray *bytes, size_t len)
{
    GByteArray *copy = g_byte_array_new();

    g_byte_array_append(copy, bytes->data, len);
    return copy;
}

/* Adds the prime to a number; the sum may be a byte longer */
static GByteArray *add_prime(const ECTest *t, const GByteArray *number)
{
    GByteArray *sum;
    mpz_t prime, value;

    mpz_init(value);
    mpz_init_set_str(prime, primes[t->curve - ec_curves], 16);
    mpz_import(value, number->len, 1, 1, 1, 0, number->data);
    mpz_add(value, value, prime);
    sum = export_number(value, MAX(t->curve->size,
                                   DIV_ROUND_UP(mpz_sizeinbase(value, 2), 8)));
    mpz_clear(value);
    mpz_clear(prime);
    return sum;
}

/* First bytes other than that of an uncompressed point, and other lengths */
static void check_point_forms(ECTest *t)
{
    g_autoptr(GByteArray) point = copy_bytes(t->point, t->point->len);
    const uint8_t zeros[1] = { };

    for (int first = 0; first < 256; first++) {
        if (first != 4) {
            point->data[0] = first;
            assert_key(t, false, point, VIRTIO_CRYPTO_ERR);
        }
    }
    for (size_t len = 0; len < point->len; len++) {
        g_autoptr(GByteArray) part = copy_bytes(t->point, len);

        assert_key(t, false, part, VIRTIO_CRYPTO_ERR);
        /* Change the form: compressed, if the length allows it, and infinity */
        if (len) {
            part->data[0] = 2 + t->y->data[t->curve->size - 1] % 2;
            assert_key(t, false, part, VIRTIO_CRYPTO_ERR);
            part->data[0] = 0;
            assert_key(t, false, part, VIRTIO_CRYPTO_ERR);
        }
    }
    g_byte_array_append(point, zeros, 1);
    point->data[0] = 4;
    assert_key(t, false, point, VIRTIO_CRYPTO_ERR);
}

/* Coordinates that are too large, or not those of a point on the curve */
static void check_coordinates(ECTest *t)
{
    g_autoptr(GByteArray) zero = g_byte_array_new();
    g_autoptr(GByteArray) large_x = add_prime(t, t->x);
    g_autoptr(GByteArray) large_y = add_prime(t, t->y);
    g_autoptr(GByteArray) prime = add_prime(t, zero);
    GByteArray *const pairs[][2] = {
        { t->y, t->x }, { zero, zero }, { t->x, zero },
        { large_x, t->y }, { t->x, large_y }, { prime, t->y },
        { t->x, prime }, { prime, prime },
    };

    for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
        g_autoptr(GByteArray) point =
            ec_point(t->curve, pairs[i][0], pairs[i][1]);

        assert_key(t, false, point, VIRTIO_CRYPTO_ERR);
    }
    for (size_t i = 1; i < t->point->len; i++) {
        g_autoptr(GByteArray) point = copy_bytes(t->point, t->point->len);

        point->data[i] ^= 1 << g_rand_int_range(t->d->rand, 0, 8);
        assert_key(t, false, point, VIRTIO_CRYPTO_ERR);
    }
    assert_key(t, false, t->point, VIRTIO_CRYPTO_OK);
}

static void test_points(void *obj, void *data, QGuestAllocator *alloc)
{
    with_tests(obj, alloc, 0, check_point_forms);
    with_tests(obj, alloc, 0, check_coordinates);
}

/* Tries an ECPrivateKey that has only a scalar */
static void assert_scalar(ECTest *t, const GByteArray *scalar,
                          uint32_t expected)
{
    g_autoptr(GByteArray) der = ec_private(VERSION, scalar, NULL, NULL);

    assert_key(t, true, der, expected);
}

static void check_scalars(ECTest *t)
{
    size_t size = t->curve->size;
    g_autoptr(GByteArray) scalar = g_byte_array_new();
    mpz_t order;

    mpz_init_set_str(order, orders[t->curve - ec_curves], 16);
    assert_scalar(t, scalar, VIRTIO_CRYPTO_ERR);
    mpz_sub_ui(order, order, 2);
    for (int i = -2; i <= 2; i++) {
        g_autoptr(GByteArray) near = export_number(order, size);

        assert_scalar(t, near, i < 0 ? VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_ERR);
        mpz_add_ui(order, order, 1);
    }
    mpz_clear(order);
    /* 0 and 1 of all lengths, also with too many zeros */
    for (size_t len = 1; len < size + 3; len++) {
        g_byte_array_set_size(scalar, len);
        memset(scalar->data, 0, len);
        assert_scalar(t, scalar, VIRTIO_CRYPTO_ERR);
        scalar->data[len - 1] = 1;
        assert_scalar(t, scalar,
                      len <= size ? VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_ERR);
    }
    g_byte_array_set_size(scalar, 8000);
    memset(scalar->data, 1, 8000);
    assert_scalar(t, scalar, VIRTIO_CRYPTO_ERR);
}

/* Its parts may be missing, but if they are there they are right */
static void check_parts(ECTest *t)
{
    g_autoptr(GByteArray) other = copy_bytes(t->point, t->point->len);
    g_autoptr(GByteArray) compressed =
        copy_bytes(t->point, 1 + t->curve->size);
    g_autoptr(GByteArray) empty = g_byte_array_new();
    const GByteArray *const wrong[] = { other, compressed, empty };

    other->data[other->len - 1] ^= 1;
    compressed->data[0] = 2 + t->y->data[t->curve->size - 1] % 2;
    for (int i = 0; i < 4; i++) {
        g_autoptr(GByteArray) der =
            ec_private(VERSION, t->scalar, i & 1 ? t->curve->oid : NULL,
                       i & 2 ? t->point : NULL);

        assert_key(t, true, der, VIRTIO_CRYPTO_OK);
    }
    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
        g_autoptr(GByteArray) der =
            ec_private(VERSION, t->scalar, t->curve->oid, wrong[i]);

        assert_key(t, true, der, VIRTIO_CRYPTO_ERR);
    }
    for (int version = 0; version < 256; version++) {
        g_autoptr(GByteArray) der =
            ec_private(version, t->scalar, NULL, NULL);

        assert_key(t, true, der, version == VERSION ? VIRTIO_CRYPTO_OK :
                                                      VIRTIO_CRYPTO_ERR);
    }
}

/* The key with one more element at its end */
static void check_der_elements(ECTest *t)
{
    const uint8_t elements[][4] = {
        { 0x02, 1, 0 }, { 0x05, 0 }, { 0xa0, 0 }, { 0xa1, 0 }, { 0xa2, 0 },
    };
    size_t header = t->der->data[1] & 0x80 ? 3 : 2;

    for (size_t i = 0; i < ARRAY_SIZE(elements); i++) {
        g_autoptr(GByteArray) content = g_byte_array_new();
        g_autoptr(GByteArray) der = g_byte_array_new();

        g_byte_array_append(content, t->der->data + header,
                            t->der->len - header);
        g_byte_array_append(content, elements[i], 2 + elements[i][1]);
        der_append(der, 0x30, content->data, content->len);
        assert_key(t, true, der, VIRTIO_CRYPTO_ERR);
    }
}

/* It ends at every byte, and goes on behind its end */
static void check_der_length(ECTest *t)
{
    const uint8_t zeros[8] = { };

    for (size_t len = 0; len < t->der->len; len++) {
        g_autoptr(GByteArray) part = copy_bytes(t->der, len);

        assert_key(t, true, part, VIRTIO_CRYPTO_ERR);
    }
    for (size_t more = 1; more <= sizeof(zeros); more++) {
        g_autoptr(GByteArray) longer = copy_bytes(t->der, t->der->len);

        g_byte_array_append(longer, zeros, more);
        assert_key(t, true, longer, VIRTIO_CRYPTO_ERR);
    }
}

/* No byte of a key with its public key can change; no garbage is a key */
static void check_der_bytes(ECTest *t)
{
    for (size_t i = 0; i < t->der->len; i++) {
        g_autoptr(GByteArray) bad = copy_bytes(t->der, t->der->len);

        bad->data[i] ^= g_rand_int_range(t->d->rand, 1, 256);
        assert_key(t, true, bad, VIRTIO_CRYPTO_ERR);
    }
    for (unsigned int i = 0; i < sample_size(GARBAGE_ROUNDS); i++) {
        g_autoptr(GByteArray) bad = copy_bytes(t->der, t->der->len);

        g_byte_array_set_size(bad, g_rand_int_range(t->d->rand, 0, 300));
        signature_random(t->d->rand, bad->len, bad->data);
        assert_key(t, i % 2, bad, VIRTIO_CRYPTO_ERR);
    }
    assert_key(t, true, t->der, VIRTIO_CRYPTO_OK);
}

static void test_private_keys(void *obj, void *data, QGuestAllocator *alloc)
{
    with_tests(obj, alloc, 0, check_scalars);
    with_tests(obj, alloc, 0, check_parts);
    with_tests(obj, alloc, 0, check_late);
}

/* RFC 6979, appendix A.2.5, for the message "sample" */
static void test_rfc6979(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, 0);
    g_autoptr(GByteArray) scalar =
        hex_to_bytes("c9afa9d845ba75166b5c215767b1d693"
                     "4e50c3db36e89b127b8a622b120f6721");
    g_autoptr(GByteArray) der = ec_private(VERSION, scalar, NULL, NULL);
    QVirtioCryptoSession session =
        qvirtio_crypto_ecdsa(true, ec_find_curve("P-256")->number, der->data,
                             der->len);
    uint64_t id = qvirtio_crypto_create(d, &session);

    /* SHA-1 and SHA-256 */
    signature_check_known(d, id, "8151325dcdbae9e0ff95f9f9658432dbedfdb209",
                          "61340c88c3aaebeb4f6d667f672ca9759a6ccaa9fa881131"
                          "3039ee4a35471d32",
                          "6d7f147dac089441bb2e2fe8f7a3fa264b9c475098fdcf6e"
                          "00d7c996e1b8b7eb");
    signature_check_known(d, id, "af2bdbe1aa9b6ec1e2ade1d694f41fc7"
                                 "1a831d0268e9891562113d8a62add1bf",
                          "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991"
                          "c34d0ea84eaf3716",
                          "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff406"
                          "4dc4ab2f843acda8");
    qvirtio_crypto_destroy(d, &session, id);
    qvirtio_crypto_stop(d);
}

static void test_der(void *obj, void *data, QGuestAllocator *alloc)
{
    with_tests(obj, alloc, 0, check_der_length);
    with_tests(obj, alloc, 0, check_der_elements);
    with_tests(obj, alloc, 0, check_der_bytes);
}

static void register_tests(void)
{
    const char *any = "virtio-crypto";

    add_crypto_test("ecdsa/digests", any, test_digests, &shared_ram);
    add_crypto_test("ecdsa/rfc6979", any, test_rfc6979, &shared_ram);
    add_crypto_test("ecdsa/encodings", any, test_encodings, &shared_ram);
    add_crypto_test("ecdsa/errors", any, test_errors, &shared_ram);
    add_crypto_test("ecdsa/garbage", any, test_garbage, &shared_ram);
    add_crypto_test("ecdsa/zeros", any, test_zeros, &shared_ram);
    add_crypto_test("ecdsa/numbers", any, test_numbers, &shared_ram);
    add_crypto_test("ecdsa/points", any, test_points, &shared_ram);
    add_crypto_test("ecdsa/private-keys", any, test_private_keys, &shared_ram);
    add_crypto_test("ecdsa/der", any, test_der, &shared_ram);
}

libqos_init(register_tests);
