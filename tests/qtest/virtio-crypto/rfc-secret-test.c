/*
 * Tests of virtio-crypto: secrets of computations do not stay in memory
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * As in the tests of other keys, requests and results are in pieces of a few
 * bytes in guest memory.  The end of the last output of libgcrypt's random
 * number generator is not searched for, because libgcrypt does not wipe it.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-rfc.h"
#include "dsa-key.h"
#include "options.h"
#include "rfc-computation.h"
#include "rsa-key.h"
#include "rsp.h"
#include "secret.h"

#define INDIRECT    (1ull << VIRTIO_RING_F_INDIRECT_DESC)
#define SEED        11
#define SECRET_MAX  65
/* Shorter results might be in memory for other reasons */
#define RESULT_MIN  16
/* For the most results, those of an RSA key, and their lengths */
#define ROOM        324
#define N_QUEUES    2
/* One piece of a secret may be where a function has saved a register */
#define STRAY_MAX   1

/* Odd moduli; they need not be primes */
#define FOUR(x)     x x x x
#define MODULUS     FOUR(FOUR(FOUR("ffff"))) /* 1024 bits */
#define BASE        FOUR(FOUR("0123"))
#define RSA_ALL     "RSAnedpqxyz"
#define DSA_GROUP   DSA_P " " DSA_Q " " DSA_G
/* The order and the base point of P-256: FIPS 186-4, appendix D.1.2.3 */
#define P256_N \
    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"
#define P256_X \
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
#define P256_Y \
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
/* Base points of other curves: sections D.1.2.2, D.1.2.4 and D.1.2.5 */
#define P224 \
    "b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21 " \
    "bd376388b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34"
#define P384 \
    "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b98" \
    "59f741e082542a385502f25dbf55296c3a545e3872760ab7 " \
    "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147c" \
    "e9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f"
#define P521 \
    "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3d" \
    "baa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66 " \
    "011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e66" \
    "2c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650"
/*
 * Coordinates of RFC 7748, section 5.2.  Those of the base points would make
 * public keys, which are no secrets.
 */
#define X25519_U \
    "4c1cabd0a603a9103b35b326ec2466727c5fb124a4c19435db3030586768dbe6"
#define X448_U \
    "86a0f84efba7a78aa1ad94db2954fa8325dac6198cc3bddd31c04d81" \
    "f9080f027f4307bd4c3388ad8a3f26d5f26c5fdabf8734fa40e6fc06"

/*
 * Operands are hexadecimal; "-" if they are left out; "*32" for a new secret of
 * 32 bytes.  "RSA" stands for the eight numbers of a published key; the eight
 * letters after it are "-" for each number that is left out.
 */
typedef struct Computation {
    const char *name;
    uint32_t alg;
    /* The session's operands; NULL if the operation has no session */
    const char *session;
    const char *request;
    /* The request's operation, where that is not the session's */
    uint32_t mode;
} Computation;

static const Computation computations[] = {
    { "DH public value", ALG(DH, PUBLIC_VALUE), MODULUS " " BASE, "*32" },
    { "DH shared secret", ALG(DH, SHARED_SECRET), MODULUS, BASE " *32" },
    { "DSA generate Y", ALG(DSA, GENERATE_Y), MODULUS " " BASE, "*32" },
    { "DSA sign R", ALG(DSA, SIGN_R), DSA_GROUP, "*20" },
    { "DSA sign S", ALG(DSA, SIGN_S), P256_N " *32", "*32 " BASE " " BASE },
    { "DSA sign RS", ALG(DSA, SIGN_RS), DSA_GROUP " *20", "- " BASE },
    { "DSA sign RS with k", ALG(DSA, SIGN_RS), DSA_GROUP " *20", "*20 " BASE },
    { "RSA generate", ALG(RSA, GENERATE), NULL, "010001 0200" },
    { "RSA encrypt", ALG(RSA, ENCRYPT), "01 " MODULUS " 010001", "*32" },
    { "RSA encrypt raw", ALG(RSA, ENCRYPT), "00 " MODULUS " 010001", "*32" },
    { "RSA decrypt", ALG(RSA, DECRYPT), "00 " RSA_ALL, BASE },
    { "RSA decrypt, n and e and d", ALG(RSA, DECRYPT), "00 RSAned-----", BASE },
    /* The first operation, which looks for e, has the same result in hand. */
    { "RSA decrypt, n and d", ALG(RSA, DECRYPT), "00 RSAn-d-----", "02" },
    { "RSA decrypt, CRT", ALG(RSA, DECRYPT), "00 RSA---pqxyz", BASE },
    { "RSA reject", ALG(RSA, DECRYPT), "01 " RSA_ALL, FOUR(BASE) },
    { "RSA sign", ALG(RSA, SIGN), "01 04 " RSA_ALL, "*32" },
    { "EC multiply", ALG(EC, MULTIPLY), NULL, "03 *32 - -" },
    { "EC multiply, P-224", ALG(EC, MULTIPLY), NULL, "02 *28 - -" },
    { "EC multiply, P-384", ALG(EC, MULTIPLY), NULL, "04 *48 - -" },
    { "EC multiply, P-521", ALG(EC, MULTIPLY), NULL, "05 *65 - -" },
    { "EC multiply, X25519", ALG(EC, MULTIPLY), NULL, "06 *32 " X25519_U " -" },
    { "EC multiply, X448", ALG(EC, MULTIPLY), NULL, "07 *56 " X448_U " -" },
    { "EC multiply, Ed25519", ALG(EC, MULTIPLY), NULL, "08 *32 - -" },
    { "EC multiply, Ed448", ALG(EC, MULTIPLY), NULL, "09 *56 - -" },
    { "ECDH", ALG(ECDH, SHARED_POINT), "03 *32", "01 " P256_X " " P256_Y },
    { "ECDH, P-224", ALG(ECDH, SHARED_POINT), "02 *28", "01 " P224 },
    { "ECDH, P-384", ALG(ECDH, SHARED_POINT), "04 *48", "01 " P384 },
    { "ECDH, P-521", ALG(ECDH, SHARED_POINT), "05 *65", "01 " P521 },
    { "ECDH, X25519", ALG(ECDH, SHARED_POINT), "06 *32", "00 " X25519_U " -" },
    { "ECDH, X448", ALG(ECDH, SHARED_POINT), "07 *56", "00 " X448_U " -" },
    { "ECDSA sign R", ALG(ECDSA, SIGN_R), "03", "*32" },
    { "ECDSA sign S", ALG(ECDSA, SIGN_S), "03 *32", "*32 " BASE " " BASE },
    { "ECDSA sign RS", ALG(ECDSA, SIGN_RS), "03 *32", "- " BASE },
    { "ECDSA sign RS with k", ALG(ECDSA, SIGN_RS), "03 *32", "*32 " BASE },
    { "ECDSA sign R, P-224", ALG(ECDSA, SIGN_R), "02", "*28" },
    { "ECDSA sign R, P-384", ALG(ECDSA, SIGN_R), "04", "*48" },
    { "ECDSA sign R, P-521", ALG(ECDSA, SIGN_R), "05", "*65" },
    { "ECDSA sign RS, P-224", ALG(ECDSA, SIGN_RS), "02 *28", "- " BASE },
    { "ECDSA sign RS, P-384", ALG(ECDSA, SIGN_RS), "04 *48", "- " BASE },
    { "ECDSA sign RS, P-521", ALG(ECDSA, SIGN_RS), "05 *65", "- " BASE },
    { "SSL 3.0 master", ALG(KEY, SSL3_MASTER_SECRET), NULL, "*32 " BASE },
    { "SSL 3.0 keys", ALG(KEY, SSL3_KEY_MATERIAL), NULL, "*32 " BASE " 30" },
    { "TLS 1.0 master", ALG(KEY, TLS1_MASTER_SECRET), NULL, "*32 " BASE },
    { "TLS 1.0 keys", ALG(KEY, TLS1_KEY_MATERIAL), NULL, "*32 " BASE " 30" },
    { "TLS 1.2 master", ALG(KEY, TLS12_MASTER_SECRET), NULL, "04 *32 " BASE },
    { "TLS 1.2 keys", ALG(KEY, TLS12_KEY_MATERIAL), NULL,
      "06 *32 " BASE " 30" },
    { "HKDF extract", ALG(KEY, HKDF_EXTRACT), NULL, "04 *32 *32" },
    { "HKDF expand", ALG(KEY, HKDF_EXPAND), NULL, "04 *32 - 30" },
    { "HKDF expand label", ALG(KEY, HKDF_EXPAND_LABEL), NULL,
      "04 *32 61 - 30" },
    { "MGF1", ALG(KEY, MGF1), NULL, "04 *32 30" },
    { "LN exponentiate", ALG(LN, EXPONENTIATE), NULL, MODULUS " *32 *32" },
    { "LN exponentiate, long", ALG(LN, EXPONENTIATE), NULL,
      MODULUS " " FOUR(X448_U) " *56" },
    { "LN invert", ALG(LN, INVERT), NULL, "*32 " P256_N },
    /* As the private exponent of RSA; one of these is even. */
    { "LN invert modulo a secret", ALG(LN, INVERT), NULL, "010001 *56" },
    { "LN invert modulo another", ALG(LN, INVERT), NULL, "010001 *55" },
    { "PRIME test", ALG(PRIME, TEST), NULL, "*32 07 02 -" },
    { "DRBG generate", ALG(DRBG, INSTANTIATE), "80 01 *32", "30 80 01 *32",
      ALG(DRBG, GENERATE) },
    { "DRBG reseed", ALG(DRBG, INSTANTIATE), "80 00 *32", "*32",
      ALG(DRBG, RESEED) },
    { "NRBG entropy", ALG(NRBG, ENTROPY), NULL, "30" },
    { "RAND seed", ALG(RAND, SEED), NULL, "*32" },
};

typedef struct SecretTest {
    QVirtioCryptoDriver *d;
    GRand *rand;
    uint64_t ids[ARRAY_SIZE(computations)];
    /* Secrets of sessions, and those of requests and results */
    GPtrArray *kept;
    GPtrArray *passing;
} SecretTest;

static const QVirtioCryptoShape pieces = { .piece = 4, .indirect = true };

/* Appends a secret that is smaller than every modulus it is used with */
static void append_secret(SecretTest *t, GPtrArray *secrets, const char *name,
                          size_t len, GByteArray *list)
{
    uint8_t secret[SECRET_MAX];

    g_assert_cmpint(len, <=, sizeof(secret));
    for (size_t i = 0; i < len; i++) {
        secret[i] = g_rand_int(t->rand);
    }
    secret[0] &= 0x7f;
    secrets_add(secrets, name, secret, len);
    computation_append_bytes(list, secret, len);
}

static bool has_secret(const GPtrArray *secrets, const GByteArray *bytes)
{
    for (guint i = 0; i < secrets->len; i++) {
        const Secret *secret = g_ptr_array_index(secrets, i);

        if (secret->bytes->len == bytes->len &&
            !memcmp(secret->bytes->data, bytes->data, bytes->len)) {
            return true;
        }
    }
    return false;
}

/*
 * Where @places has no "-", a number of the key; all but n and e are secrets,
 * which are looked for once.
 */
static void append_rsa_key(GPtrArray *secrets, const char *name,
                           const char *places, GByteArray *list)
{
    const char *const numbers[] = {
        published_key.n, published_key.e, published_key.d, published_key.p,
        published_key.q, published_key.dp, published_key.dq,
        published_key.qinv,
    };

    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        bool has = places[i] != '-';
        g_autoptr(GByteArray) number = hex_to_bytes(has ? numbers[i] : "");

        if (has && i >= 2 && !has_secret(secrets, number)) {
            secrets_add(secrets, name, number->data, number->len);
        }
        computation_append(list, number);
    }
}

static GByteArray *make_list(SecretTest *t, GPtrArray *secrets,
                             const char *name, const char *operands)
{
    g_auto(GStrv) words = g_strsplit(operands, " ", -1);
    GByteArray *list = g_byte_array_new();

    for (size_t i = 0; words[i]; i++) {
        if (words[i][0] == '*') {
            append_secret(t, secrets, name, atoi(words[i] + 1), list);
        } else if (g_str_has_prefix(words[i], "RSA")) {
            append_rsa_key(secrets, name, words[i] + strlen("RSA"), list);
        } else {
            g_autoptr(GByteArray) operand =
                hex_to_bytes(g_str_equal(words[i], "-") ? "" : words[i]);

            computation_append(list, operand);
        }
    }
    return list;
}

static void start(SecretTest *t, void *obj, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    *t = (SecretTest) {
        .d = qvirtio_crypto_start(global_qtest, crypto->vdev, alloc,
                                  INDIRECT | SERVICES),
        .rand = g_rand_new_with_seed(SEED),
        .kept = secrets_new(),
        .passing = secrets_new(),
    };
    t->d->control_shape = pieces;
}

static void stop(SecretTest *t)
{
    qvirtio_crypto_stop(t->d);
    g_ptr_array_unref(t->kept);
    g_ptr_array_unref(t->passing);
    g_rand_free(t->rand);
}

/* Returns the bytes that the device writes with status OK; frees @req. */
static GByteArray *run(SecretTest *t, const char *name, uint32_t queue,
                       QVirtioCryptoRequest *req)
{
    GByteArray *written;

    qvirtio_crypto_submit(t->d, queue, req, &pieces);
    qvirtio_crypto_wait(t->d, queue, req);
    if (req->status != VIRTIO_CRYPTO_OK) {
        g_error("%s: status %u", name, req->status);
    }
    written = g_byte_array_ref(req->written);
    qvirtio_crypto_request_free(req, t->d->alloc);
    return written;
}

static void create_all(SecretTest *t)
{
    for (size_t i = 0; i < ARRAY_SIZE(computations); i++) {
        const Computation *c = &computations[i];

        if (c->session) {
            GByteArray *list = make_list(t, t->kept, c->name, c->session);
            g_autoptr(GByteArray) id =
                run(t, c->name, t->d->n_data,
                    computation_create_request(c->alg, list));

            t->ids[i] = ldq_le_p(id->data);
        }
    }
}

/* All results are secrets, but n and e of an RSA key. */
static void add_results(SecretTest *t, const Computation *c,
                        const GByteArray *list)
{
    size_t public = c->alg == ALG(RSA, GENERATE) ? 2 : 0;
    size_t len;

    for (size_t i = 0, at = 0; at < list->len; i++, at += len) {
        len = ldl_le_p(list->data + at);
        at += sizeof(uint32_t);
        if (i >= public && len >= RESULT_MIN) {
            secrets_add(t->passing, c->name, list->data + at, len);
        }
    }
}

static void run_one(SecretTest *t, size_t i, uint32_t queue)
{
    const Computation *c = &computations[i];
    GByteArray *list = make_list(t, t->passing, c->name, c->request);
    g_autoptr(GByteArray) results =
        run(t, c->name, queue, computation_request(c->mode ?: c->alg,
                                                   t->ids[i], ROOM, list));

    add_results(t, c, results);
}

static void run_all(SecretTest *t)
{
    for (size_t i = 0; i < ARRAY_SIZE(computations); i++) {
        run_one(t, i, i % N_QUEUES);
    }
}

static void destroy_all(SecretTest *t)
{
    for (size_t i = 0; i < ARRAY_SIZE(computations); i++) {
        if (computations[i].session) {
            QVirtioCryptoRequest *req =
                qvirtio_crypto_rfc_destroy_request(t->ids[i]);

            g_byte_array_unref(run(t, computations[i].name, t->d->n_data,
                                   req));
        }
    }
}

static void check_gone(SecretTest *t, GPtrArray *secrets)
{
    secrets_check_gone(secrets, t->d->qts, STRAY_MAX);
}

/* Searches before something else runs on the same stack */
static void test_answered(void *obj, void *data, QGuestAllocator *alloc)
{
    SecretTest t;

    start(&t, obj, alloc);
    create_all(&t);
    for (size_t i = 0; i < ARRAY_SIZE(computations); i++) {
        run_one(&t, i, i % N_QUEUES);
        check_gone(&t, t.passing);
    }
    stop(&t);
}

/* Searches when @end has ended all sessions */
static void check_ended(void *obj, QGuestAllocator *alloc,
                        void (*end)(SecretTest *t))
{
    SecretTest t;

    start(&t, obj, alloc);
    create_all(&t);
    secrets_check_found(t.kept, t.d->qts);
    run_all(&t);
    end(&t);
    check_gone(&t, t.kept);
    check_gone(&t, t.passing);
    stop(&t);
}

static void test_destroy(void *obj, void *data, QGuestAllocator *alloc)
{
    check_ended(obj, alloc, destroy_all);
}

static void reset(SecretTest *t)
{
    qvirtio_reset(t->d->vdev);
}

static void test_reset(void *obj, void *data, QGuestAllocator *alloc)
{
    check_ended(obj, alloc, reset);
}

static const CryptoOptions options = {
    .backend = "queues=2,rsa-implicit-rejection=on", .shared_ram = true,
};

static void register_tests(void)
{
    add_crypto_test("rfc-secrets/computations-answered", "virtio-crypto-rfc",
                    test_answered, &options);
    add_crypto_test("rfc-secrets/computations-destroy", "virtio-crypto-rfc",
                    test_destroy, &options);
    add_crypto_test("rfc-secrets/computations-reset", "virtio-crypto-rfc",
                    test_reset, &options);
}

libqos_init(register_tests);
