/*
 * Tests of virtio-crypto: keys do not stay in memory
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Requests with keys are in pieces of a few bytes in guest memory and in the
 * buffers of qtest.  So only the device, its backend or their libraries can
 * have a longer part of a key in one place.
 */

#include "qemu/osdep.h"
#include <gmp.h>
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "dsa-key.h"
#include "ec-key.h"
#include "examples.h"
#include "migration.h"
#include "options.h"
#include "rsa-key.h"
#include "rsp.h"
#include "secret.h"
#include "signature.h"

#define REVISION_1      (1ull << QVIRTIO_CRYPTO_F_REVISION_1)
#define INDIRECT        (1ull << VIRTIO_RING_F_INDIRECT_DESC)
#define ALL_STATELESS                                           \
    (1ull << QVIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE |           \
     1ull << QVIRTIO_CRYPTO_F_MAC_STATELESS_MODE |              \
     1ull << QVIRTIO_CRYPTO_F_AEAD_STATELESS_MODE |             \
     1ull << QVIRTIO_CRYPTO_F_AKCIPHER_STATELESS_MODE)

#define SEED    7
/* Shorter keys might be in memory for other reasons */
#define KEY_MIN 16

static const QVirtioCryptoShape pieces = { .piece = 4, .indirect = true };

/* Sessions whose keys are secrets */
typedef struct SecretTest {
    QVirtioCryptoDriver *d;
    GRand *rand;
    GPtrArray *examples;
    /* Those of them that are used, and their sessions' ids */
    GPtrArray *used;
    GArray *ids;
    GPtrArray *secrets;
} SecretTest;

/* Takes another key of the same length, which the example owns */
static const uint8_t *change_key(SecretTest *t, Example *example, size_t len)
{
    GByteArray *key = g_byte_array_new();

    g_byte_array_set_size(key, len);
    for (size_t i = 0; i < len; i++) {
        key->data[i] = g_rand_int(t->rand);
    }
    g_ptr_array_add(example->bytes, key);
    secrets_add(t->secrets, example->name, key->data, len);
    return key->data;
}

static void use_symmetric(SecretTest *t, Example *example)
{
    QVirtioCryptoSession *session = &example->session;

    session->key = change_key(t, example, session->key_len);
    if (session->auth_key_len >= KEY_MIN) {
        session->auth_key = change_key(t, example, session->auth_key_len);
    }
    g_ptr_array_add(t->used, example);
}

/* Each has a request, which does not ask whether a tag is right */
static bool is_symmetric(const Example *example)
{
    return example->service != VIRTIO_CRYPTO_SERVICE_AKCIPHER &&
           example->session.key_len >= KEY_MIN &&
           !g_str_has_suffix(example->name, "-decrypt");
}

static void add_number(SecretTest *t, const char *name, const char *hex)
{
    g_autoptr(GByteArray) number = hex_to_bytes(hex);

    secrets_add(t->secrets, name, number->data, number->len);
}

/* base ^ exponent, modulo a number */
static void power(GByteArray *result, const GByteArray *base,
                  const GByteArray *exponent, const GByteArray *modulus)
{
    const GByteArray *const operands[] = { base, exponent, modulus };
    size_t len = 0;
    mpz_t numbers[3];

    for (int i = 0; i < 3; i++) {
        mpz_init(numbers[i]);
        mpz_import(numbers[i], operands[i]->len, 1, 1, 1, 0,
                   operands[i]->data);
    }
    mpz_powm(numbers[0], numbers[0], numbers[1], numbers[2]);
    g_byte_array_set_size(result, modulus->len);
    mpz_export(result->data, &len, 1, 1, 1, 0, numbers[0]);
    g_byte_array_set_size(result, len);
    for (int i = 0; i < 3; i++) {
        mpz_clear(numbers[i]);
    }
}

static void use_rsa(SecretTest *t)
{
    add_number(t, "RSA's d", published_key.d);
    add_number(t, "RSA's p", published_key.p);
    add_number(t, "RSA's q", published_key.q);
    add_number(t, "RSA's dp", published_key.dp);
    add_number(t, "RSA's dq", published_key.dq);
    add_number(t, "RSA's qinv", published_key.qinv);
    g_ptr_array_add(t->used, examples_find(t->examples, "rsa-sign"));
}

/* Signs anything */
static void use_private(SecretTest *t, Example *example,
                        QVirtioCryptoSession session)
{
    static const uint8_t digest[20];

    example->session = session;
    example->op = qvirtio_crypto_akcipher_op(VIRTIO_CRYPTO_AKCIPHER_SIGN, 0,
                                             digest, sizeof(digest),
                                             SIGNATURE_MAX);
    g_ptr_array_add(t->used, example);
}

/* Takes a private key instead of the public one: a number below the order */
static void use_dsa(SecretTest *t)
{
    Example *example = examples_find(t->examples, "dsa-verify");
    g_autoptr(GByteArray) p = hex_to_bytes(DSA_P);
    g_autoptr(GByteArray) q = hex_to_bytes(DSA_Q);
    g_autoptr(GByteArray) g = hex_to_bytes(DSA_G);
    g_autoptr(GByteArray) y = g_byte_array_new();
    g_autoptr(GByteArray) x = g_byte_array_new();
    DSANumbers numbers = { .p = p, .q = q, .g = g, .y = y, .x = x };
    GByteArray *der;

    g_byte_array_append(x, change_key(t, example, q->len), q->len);
    x->data[0] &= 0x7f;
    power(y, g, x, p);
    der = dsa_private(0, &numbers);
    g_ptr_array_add(example->bytes, der);
    use_private(t, example, qvirtio_crypto_dsa(true, der->data, der->len));
}

/* Takes a private key instead of the public one */
static void use_ecdsa(SecretTest *t)
{
    Example *example = examples_find(t->examples, "ecdsa-verify");
    const ECCurve *curve = ec_find_curve("P-256");
    g_autoptr(GByteArray) d = g_byte_array_new();
    GByteArray *der;

    /* A key is less than the curve's order, whose first bits are set */
    g_byte_array_append(d, change_key(t, example, curve->size), curve->size);
    d->data[0] &= 0x7f;
    der = ec_private(1, d, NULL, NULL);
    g_ptr_array_add(example->bytes, der);
    use_private(t, example, qvirtio_crypto_ecdsa(true, curve->number,
                                                 der->data, der->len));
}

static void start(SecretTest *t, QVirtioDevice *vdev, QGuestAllocator *alloc,
                  uint64_t features)
{
    *t = (SecretTest) {
        .d = qvirtio_crypto_start(global_qtest, vdev, alloc, features),
        .rand = g_rand_new_with_seed(SEED),
        .examples = examples_new(),
        .used = g_ptr_array_new(),
        .ids = g_array_new(false, false, sizeof(uint64_t)),
        .secrets = secrets_new(),
    };
    t->d->control_shape = pieces;
    /* First, so that no register stays where a function has saved it */
    if (!t->d->rfc) {
        use_rsa(t);
        use_dsa(t);
        use_ecdsa(t);
    }
    for (guint i = 0; i < t->examples->len; i++) {
        Example *example = g_ptr_array_index(t->examples, i);

        if (example_fits(example, t->d) && is_symmetric(example)) {
            use_symmetric(t, example);
        }
    }
}

static void stop(SecretTest *t)
{
    qvirtio_crypto_stop(t->d);
    g_ptr_array_unref(t->secrets);
    g_array_unref(t->ids);
    g_ptr_array_unref(t->used);
    g_ptr_array_unref(t->examples);
    g_rand_free(t->rand);
}

static void run_op(SecretTest *t, uint32_t queue, const QVirtioCryptoOp *op)
{
    QVirtioCryptoRequest *req =
        qvirtio_crypto_run(t->d, queue, op, &pieces);

    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_request_free(req, t->d->alloc);
}

/* On all queues, so that all threads have had the keys */
static void run_all(SecretTest *t, bool stateless)
{
    for (guint i = 0; i < t->used->len; i++) {
        const Example *example = g_ptr_array_index(t->used, i);
        QVirtioCryptoOp op = example->op;

        op.stateless = stateless ? &example->session : NULL;
        op.session = stateless ? 0 : g_array_index(t->ids, uint64_t, i);
        for (uint32_t queue = 0; queue < t->d->n_data; queue++) {
            run_op(t, queue, &op);
        }
    }
}

static void create_all(SecretTest *t)
{
    g_array_set_size(t->ids, 0);
    for (guint i = 0; i < t->used->len; i++) {
        const Example *example = g_ptr_array_index(t->used, i);
        uint64_t id = qvirtio_crypto_create(t->d, &example->session);

        g_array_append_val(t->ids, id);
    }
}

static void destroy_all(SecretTest *t)
{
    for (guint i = 0; i < t->used->len; i++) {
        const Example *example = g_ptr_array_index(t->used, i);

        qvirtio_crypto_destroy(t->d, &example->session,
                               g_array_index(t->ids, uint64_t, i));
    }
}

static void test_destroy(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    SecretTest t;

    start(&t, crypto->vdev, alloc, INDIRECT);
    secrets_check_gone(t.secrets, t.d->qts, 0);
    create_all(&t);
    run_all(&t, false);
    secrets_check_found(t.secrets, t.d->qts);
    destroy_all(&t);
    secrets_check_gone(t.secrets, t.d->qts, 0);
    stop(&t);
}

static void test_reset(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    SecretTest t;

    start(&t, crypto->vdev, alloc, INDIRECT);
    create_all(&t);
    run_all(&t, false);
    secrets_check_found(t.secrets, t.d->qts);
    qvirtio_reset(t.d->vdev);
    secrets_check_gone(t.secrets, t.d->qts, 0);
    stop(&t);
}

/* Sessions have left one QEMU's memory for another's */
static void test_migrated(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    SecretTest t;

    start(&t, crypto->vdev, alloc, INDIRECT);
    create_all(&t);
    migration_move(t.d);
    run_all(&t, false);
    secrets_check_found(t.secrets, t.d->qts);
    destroy_all(&t);
    secrets_check_gone(t.secrets, t.d->qts, 0);
    stop(&t);
}

/* When the answer is there, the key is gone */
static void test_stateless(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    SecretTest t;

    start(&t, crypto->vdev, alloc, INDIRECT | REVISION_1 | ALL_STATELESS);
    run_all(&t, true);
    secrets_check_gone(t.secrets, t.d->qts, 0);
    stop(&t);
}

/* Sends a request that breaks the device: nothing in it is writable */
static void send_rejected(SecretTest *t, const Example *example,
                          const QVirtioCryptoShape *shape)
{
    QVirtioCryptoOp op = example->op;
    QVirtioCryptoRequest *req;

    op.session = 0;
    op.stateless = &example->session;
    req = qvirtio_crypto_op_request(t->d, &op);
    req->room = 0;
    req->has_status = false;
    qvirtio_crypto_submit(t->d, 0, req, shape);
    qvirtio_crypto_wait_broken(t->d);
    secrets_check_gone(t->secrets, t->d->qts, 0);
    qvirtio_crypto_restart(t->d);
}

/* In a few buffers, and in more than the memory of a request has room for */
static void test_rejected(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    /* The device copies the first bytes: here the key is among them. */
    static const char *const names[] = { "cmac-aes", "hmac-sha-256-128" };
    const QVirtioCryptoShape whole = { .joined = true, .indirect = true };
    SecretTest t;

    start(&t, crypto->vdev, alloc, INDIRECT | REVISION_1 | ALL_STATELESS);
    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        const Example *example = examples_find(t.examples, names[i]);

        g_assert_true(is_symmetric(example));
        send_rejected(&t, example, &whole);
        send_rejected(&t, example, &pieces);
    }
    stop(&t);
}

static const CryptoOptions options = {
    .backend = "queues=2", .shared_ram = true,
};

static void register_tests(void)
{
    add_crypto_test_both("secrets/destroy", test_destroy, &options);
    add_crypto_test_both("secrets/reset", test_reset, &options);
    add_crypto_test_both("secrets/migrated", test_migrated, &options);
    add_crypto_test("secrets/stateless", "virtio-crypto", test_stateless,
                    &options);
    add_crypto_test("secrets/rejected", "virtio-crypto", test_rejected,
                    &options);
}

libqos_init(register_tests);
