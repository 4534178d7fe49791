/*
 * Tests of virtio-crypto: DSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Nettle is the other side of each signature.  Keys are published ones, and
 * forged ones; comments below explain how those could harm the host's library.
 */

#include "qemu/osdep.h"
#include <nettle/dsa.h>
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "der.h"
#include "dsa-key.h"
#include "options.h"
#include "rsp.h"
#include "signature.h"

#define REVISION_1      (1ull << QVIRTIO_CRYPTO_F_REVISION_1)
#define VERSION         0
#define GARBAGE_ROUNDS  200
#define LATE            UINT32_MAX
#define FORGED_ROUNDS   30

typedef struct DSATest {
    QVirtioCryptoDriver *d;
    struct dsa_params params;
    mpz_t y, x;
} DSATest;

static void dsa_test_init(DSATest *t, QVirtioCryptoDriver *d)
{
    t->d = d;
    dsa_params_init(&t->params);
    mpz_init(t->y);
    mpz_init(t->x);
}

static void dsa_test_clear(DSATest *t)
{
    dsa_params_clear(&t->params);
    mpz_clear(t->y);
    mpz_clear(t->x);
}

static GByteArray *export_number(const mpz_t number)
{
    GByteArray *bytes = g_byte_array_new();
    size_t len = DIV_ROUND_UP(mpz_sizeinbase(number, 2), 8);

    /* Zero has a byte too */
    g_byte_array_set_size(bytes, len);
    bytes->data[0] = 0;
    mpz_export(bytes->data, NULL, 1, 1, 1, 0, number);
    return bytes;
}

static GByteArray *encode(const DSATest *t, bool private)
{
    g_autoptr(GByteArray) p = export_number(t->params.p);
    g_autoptr(GByteArray) q = export_number(t->params.q);
    g_autoptr(GByteArray) g = export_number(t->params.g);
    g_autoptr(GByteArray) y = export_number(t->y);
    g_autoptr(GByteArray) x = export_number(t->x);
    DSANumbers key = { .p = p, .q = q, .g = g, .y = y, .x = x };

    return private ? dsa_private(VERSION, &key) : dsa_public(&key);
}

static uint32_t try_create(DSATest *t, bool private, const GByteArray *der,
                           uint64_t *id)
{
    QVirtioCryptoSession session =
        qvirtio_crypto_dsa(private, der->data, der->len);

    return qvirtio_crypto_try_create(t->d, &session, id);
}

static void destroy(DSATest *t, uint64_t id)
{
    QVirtioCryptoSession session = qvirtio_crypto_dsa(false, NULL, 0);

    qvirtio_crypto_destroy(t->d, &session, id);
}

static uint64_t create(DSATest *t, bool private)
{
    g_autoptr(GByteArray) der = encode(t, private);
    uint64_t id;

    g_assert_cmpint(try_create(t, private, der, &id), ==, VIRTIO_CRYPTO_OK);
    return id;
}

static bool verify(void *reference, const uint8_t *digest, size_t len,
                   const struct dsa_signature *signature)
{
    DSATest *t = reference;

    return dsa_verify(&t->params, t->y, len, digest, signature);
}

static void sign(void *reference, GRand *rand, const uint8_t *digest,
                 size_t len, struct dsa_signature *signature)
{
    DSATest *t = reference;

    g_assert_true(dsa_sign(&t->params, t->x, rand, signature_random, len,
                           digest, signature));
}

static void read_number(mpz_t number, const RspRecord *record,
                        const char *name)
{
    g_assert_cmpint(mpz_set_str(number, rsp_text(record, name), 16), ==, 0);
}

/*
 * Takes the first key of each size in a file: (1024, 160), (2048, 224),
 * (2048, 256) and (3072, 256) bits.
 */
static void with_tests(void *obj, QGuestAllocator *alloc, uint64_t features,
                       void (*check)(DSATest *t))
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, features);
    g_autofree char *path =
        vectors_path("asymmetric/DSA/FIPS_186-3/KeyPair.rsp");
    g_autoptr(GPtrArray) records = rsp_read(path);
    unsigned int sizes = 0;

    for (guint i = 0; i + 1 < records->len; i++) {
        const RspRecord *domain = g_ptr_array_index(records, i);
        const RspRecord *pair = g_ptr_array_index(records, i + 1);
        DSATest t;

        if (rsp_text(domain, "P")) {
            dsa_test_init(&t, d);
            read_number(t.params.p, domain, "P");
            read_number(t.params.q, domain, "Q");
            read_number(t.params.g, domain, "G");
            read_number(t.y, pair, "Y");
            read_number(t.x, pair, "X");
            check(&t);
            dsa_test_clear(&t);
            sizes++;
        }
    }
    g_assert_cmpint(sizes, ==, 4);
    qvirtio_crypto_stop(d);
}

static void with_key(DSATest *t, void (*check)(const SignatureKey *key))
{
    SignatureKey key = {
        .d = t->d,
        .private = create(t, true),
        .public = create(t, false),
        .bits = mpz_sizeinbase(t->params.q, 2),
        .reference = t,
        .verify = verify,
        .sign = sign,
    };

    mpz_init_set(key.order, t->params.q);
    check(&key);
    mpz_clear(key.order);
}

static void check_digests(DSATest *t)
{
    with_key(t, signature_check_digests);
}

static void test_digests(void *obj, void *data, QGuestAllocator *alloc)
{
    with_tests(obj, alloc, 0, check_digests);
    with_tests(obj, alloc, REVISION_1, check_digests);
}

static void check_encodings(DSATest *t)
{
    with_key(t, signature_check_encodings);
}

static void test_encodings(void *obj, void *data, QGuestAllocator *alloc)
{
    with_tests(obj, alloc, 0, check_encodings);
}

static void check_errors(DSATest *t)
{
    with_key(t, signature_check_errors);
}

static void test_errors(void *obj, void *data, QGuestAllocator *alloc)
{
    with_tests(obj, alloc, 0, check_errors);
}

static void try_garbage(const SignatureKey *key)
{
    signature_check_garbage(key, sample_size(GARBAGE_ROUNDS));
}

static void check_garbage(DSATest *t)
{
    with_key(t, try_garbage);
}

static void test_garbage(void *obj, void *data, QGuestAllocator *alloc)
{
    with_tests(obj, alloc, 0, check_garbage);
}

/*
 * A digest of zeros.  Anyone can sign it: r = s = y mod p mod q makes the
 * verification find y itself.
 */
static void try_zeros(const SignatureKey *key)
{
    const DSATest *t = key->reference;
    const uint8_t zeros[DIGEST_MAX] = { };
    g_autoptr(GByteArray) r = NULL, forged = NULL;
    mpz_t rest;

    mpz_init(rest);
    mpz_mod(rest, t->y, t->params.q);
    r = export_number(rest);
    mpz_clear(rest);
    forged = signature_der(r, r);
    g_assert_cmpint(signature_verify(t->d, key->public, forged, zeros, 20),
                    ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpint(signature_verify(t->d, key->public, forged, zeros,
                                     DIGEST_MAX), ==, VIRTIO_CRYPTO_OK);
}

static void check_zeros(DSATest *t)
{
    with_key(t, try_zeros);
}

static void test_zeros(void *obj, void *data, QGuestAllocator *alloc)
{
    with_tests(obj, alloc, 0, check_zeros);
}

/* Uses a key: whether it is one */
static bool is_good(DSATest *t, bool private, uint64_t id)
{
    const uint8_t digest[20] = { 1 };
    bool good = signature_key_works(t->d, id);
    g_autoptr(GByteArray) signature = NULL;

    if (private) {
        uint8_t status = signature_try_sign(t->d, id, digest, sizeof(digest),
                                            SIGNATURE_MAX, &signature);

        g_assert_cmpint(status, ==, good ? VIRTIO_CRYPTO_OK
                                         : VIRTIO_CRYPTO_ERR);
    }
    return good;
}

/*
 * Tries the key in both encodings, and uses it if it is accepted.  LATE means
 * that the session is created, but all of its operations fail.
 */
static void assert_key(DSATest *t, uint32_t public, uint32_t private)
{
    const uint32_t expected[] = { public, private };

    for (int i = 0; i < 2; i++) {
        g_autoptr(GByteArray) key = encode(t, i);
        bool late = expected[i] == LATE;
        uint64_t id;

        g_assert_cmpint(try_create(t, i, key, &id), ==,
                        late ? VIRTIO_CRYPTO_OK : expected[i]);
        if (late || expected[i] == VIRTIO_CRYPTO_OK) {
            g_assert_cmpint(is_good(t, i, id), ==, !late);
            destroy(t, id);
        }
    }
}

static void assert_no_key(DSATest *t)
{
    assert_key(t, VIRTIO_CRYPTO_ERR, VIRTIO_CRYPTO_ERR);
}

/* Each number once with invalid values */
static void check_numbers(DSATest *t)
{
    mpz_ptr numbers[] = {
        t->params.p, t->params.q, t->params.g, t->y,
    };
    mpz_t good;

    mpz_init(good);
    assert_key(t, VIRTIO_CRYPTO_OK, VIRTIO_CRYPTO_OK);
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        mpz_set(good, numbers[i]);
        mpz_set_ui(numbers[i], 0);
        assert_no_key(t);
        if (i < 2) {
            /* Even; odd, but q does not divide p - 1 */
            mpz_add_ui(numbers[i], good, 1);
            assert_no_key(t);
            mpz_add_ui(numbers[i], good, 2);
            assert_no_key(t);
        } else {
            mpz_set(numbers[i], t->params.p);
            assert_no_key(t);
            mpz_add(numbers[i], good, t->params.p);
            assert_no_key(t);
        }
        mpz_set(numbers[i], good);
    }
    mpz_clear(good);
}

/* g without the order q, and private keys that do not fit y */
static void check_group(DSATest *t)
{
    mpz_t good;

    mpz_init_set(good, t->params.g);
    mpz_set_ui(t->params.g, 1);
    assert_no_key(t);
    mpz_sub_ui(t->params.g, t->params.p, 1);
    assert_key(t, LATE, LATE);
    mpz_add_ui(t->params.g, good, 1);
    assert_key(t, LATE, LATE);
    mpz_set(t->params.g, good);

    mpz_set(good, t->x);
    mpz_set_ui(t->x, 0);
    assert_key(t, VIRTIO_CRYPTO_OK, VIRTIO_CRYPTO_ERR);
    mpz_add_ui(t->x, good, 1);
    assert_key(t, VIRTIO_CRYPTO_OK, LATE);
    /* The same modulo q, but too large */
    mpz_add(t->x, good, t->params.q);
    assert_key(t, VIRTIO_CRYPTO_OK, VIRTIO_CRYPTO_ERR);
    mpz_set(t->x, good);
    assert_key(t, VIRTIO_CRYPTO_OK, VIRTIO_CRYPTO_OK);
    mpz_clear(good);
}

static void test_numbers(void *obj, void *data, QGuestAllocator *alloc)
{
    with_tests(obj, alloc, 0, check_numbers);
    with_tests(obj, alloc, 0, check_group);
}

/* Sizes beyond those that are supported */
static void check_sizes(DSATest *t)
{
    const unsigned int bits[] = { 8, 1023, 3073, 8192 };
    mpz_t good;

    mpz_init_set(good, t->params.p);
    for (size_t i = 0; i < ARRAY_SIZE(bits); i++) {
        mpz_set_ui(t->params.p, 1);
        mpz_mul_2exp(t->params.p, t->params.p, bits[i] - 1);
        mpz_add_ui(t->params.p, t->params.p, 1);
        assert_key(t, VIRTIO_CRYPTO_NOTSUPP, VIRTIO_CRYPTO_NOTSUPP);
    }
    mpz_set(t->params.p, good);
    mpz_set(good, t->params.q);
    mpz_set_ui(t->params.q, 3);
    assert_key(t, VIRTIO_CRYPTO_NOTSUPP, VIRTIO_CRYPTO_NOTSUPP);
    mpz_mul_2exp(t->params.q, good, 257 - mpz_sizeinbase(good, 2));
    mpz_add_ui(t->params.q, t->params.q, 1);
    assert_key(t, VIRTIO_CRYPTO_NOTSUPP, VIRTIO_CRYPTO_NOTSUPP);
    mpz_set(t->params.q, good);
    mpz_clear(good);
}

static void test_sizes(void *obj, void *data, QGuestAllocator *alloc)
{
    with_tests(obj, alloc, 0, check_sizes);
}

static GByteArray *copy_bytes(const GByteArray *bytes, size_t len)
{
    GByteArray *copy = g_byte_array_new();

    g_byte_array_append(copy, bytes->data, len);
    return copy;
}

/* It ends early, or goes on behind its end, or is of the other kind */
static void check_der_length(DSATest *t)
{
    const uint8_t zeros[8] = { };
    uint64_t id;

    for (int private = 0; private < 2; private++) {
        g_autoptr(GByteArray) der = encode(t, private);

        for (size_t len = 0; len < der->len; len += 1 + len / 16) {
            g_autoptr(GByteArray) part = copy_bytes(der, len);

            g_assert_cmpint(try_create(t, private, part, &id), ==,
                            VIRTIO_CRYPTO_ERR);
        }
        for (size_t more = 1; more <= sizeof(zeros); more++) {
            g_autoptr(GByteArray) longer = copy_bytes(der, der->len);

            g_byte_array_append(longer, zeros, more);
            g_assert_cmpint(try_create(t, private, longer, &id), ==,
                            VIRTIO_CRYPTO_ERR);
        }
        g_assert_cmpint(try_create(t, !private, der, &id), ==,
                        VIRTIO_CRYPTO_ERR);
    }
}

/* Uses a key, valid or not */
static void use(DSATest *t, bool private, uint64_t id)
{
    const uint8_t digest[20] = { 3 };
    const uint8_t two[] = { 0x30, 6, 2, 1, 2, 2, 1, 2 };
    g_autoptr(GByteArray) signature = g_byte_array_new();
    GByteArray *signed_one = NULL;

    g_byte_array_append(signature, two, sizeof(two));
    signature_verify(t->d, id, signature, digest, sizeof(digest));
    if (private) {
        signature_try_sign(t->d, id, digest, sizeof(digest), SIGNATURE_MAX,
                           &signed_one);
        g_clear_pointer(&signed_one, g_byte_array_unref);
    }
    destroy(t, id);
}

/*
 * Changing any byte of a valid key makes it invalid, except in a public key's
 * y, which can have any value.
 */
static void check_der_bytes(DSATest *t)
{
    size_t y_len = DIV_ROUND_UP(mpz_sizeinbase(t->y, 2) + 1, 8);

    for (int private = 0; private < 2; private++) {
        g_autoptr(GByteArray) der = encode(t, private);

        for (size_t i = 0; i < der->len; i += sample_step()) {
            g_autoptr(GByteArray) bad = copy_bytes(der, der->len);
            uint32_t status;
            uint64_t id;

            bad->data[i] ^= g_rand_int_range(t->d->rand, 1, 256);
            status = try_create(t, private, bad, &id);
            if (status == VIRTIO_CRYPTO_OK) {
                g_assert_cmpint(is_good(t, private, id), ==,
                                !private && i >= der->len - y_len);
                use(t, private, id);
            }
        }
    }
}

static void check_der_garbage(DSATest *t)
{
    g_autoptr(GByteArray) bad = g_byte_array_new();
    uint64_t id;

    for (unsigned int i = 0; i < sample_size(GARBAGE_ROUNDS); i++) {
        g_byte_array_set_size(bad, g_rand_int_range(t->d->rand, 1, 2000));
        signature_random(t->d->rand, bad->len, bad->data);
        bad->data[0] = 0x30;
        g_assert_cmpint(try_create(t, i % 2, bad, &id), ==,
                        VIRTIO_CRYPTO_ERR);
    }
}

static void test_der(void *obj, void *data, QGuestAllocator *alloc)
{
    with_tests(obj, alloc, 0, check_der_length);
    with_tests(obj, alloc, 0, check_der_bytes);
    with_tests(obj, alloc, 0, check_der_garbage);
}

/* A private key whose six integers have exactly the given contents */
static GByteArray *odd_private(GByteArray *const *integers, int n)
{
    g_autoptr(GByteArray) content = g_byte_array_new();
    GByteArray *der = g_byte_array_new();

    for (int i = 0; i < n; i++) {
        der_append(content, 0x02, integers[i]->data, integers[i]->len);
    }
    der_append(der, 0x30, content->data, content->len);
    return der;
}

/* Integers that are negative or empty, and one too many */
static void check_integers(DSATest *t)
{
    const mpz_srcptr numbers[] = {
        NULL, t->params.p, t->params.q, t->params.g, t->y, t->x,
    };
    GByteArray *integers[7];
    g_autoptr(GByteArray) more = NULL;
    uint64_t id;

    for (int i = 0; i < 6; i++) {
        const uint8_t zero = 0;

        integers[i] = i ? export_number(numbers[i]) : g_byte_array_new();
        g_byte_array_prepend(integers[i], &zero, 1);
    }
    for (int i = 0; i < 6; i++) {
        g_autoptr(GByteArray) good = odd_private(integers, 6);
        g_autoptr(GByteArray) negative = NULL, empty = NULL;
        guint len = integers[i]->len;

        g_assert_cmpint(try_create(t, true, good, &id), ==, VIRTIO_CRYPTO_OK);
        destroy(t, id);
        integers[i]->data[0] = 0xff;
        negative = odd_private(integers, 6);
        g_assert_cmpint(try_create(t, true, negative, &id), ==,
                        VIRTIO_CRYPTO_ERR);
        integers[i]->len = 0;
        empty = odd_private(integers, 6);
        g_assert_cmpint(try_create(t, true, empty, &id), ==,
                        VIRTIO_CRYPTO_ERR);
        integers[i]->len = len;
        integers[i]->data[0] = 0;
    }
    integers[6] = integers[0];
    more = odd_private(integers, 7);
    g_assert_cmpint(try_create(t, true, more, &id), ==, VIRTIO_CRYPTO_ERR);
    for (int i = 0; i < 6; i++) {
        g_byte_array_unref(integers[i]);
    }
}

/* A public key with an additional integer in one of its four elements */
static GByteArray *odd_public(const DSATest *t, int where)
{
    const mpz_srcptr numbers[] = { t->params.p, t->params.q, t->params.g };
    const uint8_t object[] = { 0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01 };
    const uint8_t one = 1, unused = 0;
    g_autoptr(GByteArray) y = export_number(t->y);
    GByteArray *parts[5];

    for (int i = 0; i < 5; i++) {
        parts[i] = g_byte_array_new();
    }
    for (int i = 0; i < 3; i++) {
        g_autoptr(GByteArray) number = export_number(numbers[i]);

        der_append_integer(parts[0], number->data, number->len);
    }
    g_byte_array_append(parts[2], &unused, 1);
    der_append_integer(parts[2], y->data, y->len);
    der_append(parts[1], 0x06, object, sizeof(object));
    for (int i = 0; i < 4; i++) {
        const uint8_t tags[] = { 0x30, 0x30, 0x03, 0x30 };
        const int into[] = { 1, 3, 3, 4 };

        if (i == where) {
            der_append_integer(parts[i], &one, 1);
        }
        der_append(parts[into[i]], tags[i], parts[i]->data, parts[i]->len);
        g_byte_array_unref(parts[i]);
    }
    return parts[4];
}

static void check_elements(DSATest *t)
{
    for (int where = 0; where <= 4; where++) {
        g_autoptr(GByteArray) der = odd_public(t, where);
        uint64_t id;

        g_assert_cmpint(try_create(t, false, der, &id), ==,
                        where < 4 ? VIRTIO_CRYPTO_ERR : VIRTIO_CRYPTO_OK);
    }
}

/* RFC 6979, appendix A.2.1, for the message "sample" */
static void test_rfc6979(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    uint64_t id;
    DSATest t;

    dsa_test_init(&t, qvirtio_crypto_start(global_qtest, crypto->vdev, alloc,
                                           0));
    mpz_set_str(t.params.p,
                "86f5ca03dcfeb225063ff830a0c769b9dd9d6153ad91d7ce27f787c43278"
                "b447e6533b86b18bed6e8a48b784a14c252c5be0dbf60b86d6385bd2f12f"
                "b763ed8873abfd3f5ba2e0a8c0a59082eac056935e529daf7c610467899c"
                "77adedfc846c881870b7b19b2b58f9be0521a17002e3bdd6b86685ee90b3"
                "d9a1b02b782b1779", 16);
    mpz_set_str(t.params.q, "996f967f6c8e388d9e28d01e205fba957a5698b1", 16);
    mpz_set_str(t.params.g,
                "07b0f92546150b62514bb771e2a0c0ce387f03bda6c56b505209ff25fd3c"
                "133d89bbcd97e904e09114d9a7defdeadfc9078ea544d2e401aeecc40bb9"
                "fbbf78fd87995a10a1c27cb7789b594ba7efb5c4326a9fe59a070e136db7"
                "7175464adca417be5dce2f40d10a46a3a3943f26ab7fd9c0398ff8c76ee0"
                "a56826a8a88f1dbd", 16);
    mpz_set_str(t.x, "411602cb19a6ccc34494d79d98ef1e7ed5af25f7", 16);
    mpz_powm(t.y, t.params.g, t.x, t.params.p);
    id = create(&t, true);
    /* SHA-1 and SHA-256 */
    signature_check_known(t.d, id, "8151325dcdbae9e0ff95f9f9658432dbedfdb209",
                          "2e1a0c2562b2912caaf89186fb0f42001585da55",
                          "29efb6b0aff2d7a68eb70ca313022253b9a88df5");
    signature_check_known(t.d, id,
                          "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562"
                          "113d8a62add1bf",
                          "81f2f5850be5bc123c43f71a3033e9384611c545",
                          "4cdd914b65eb6c66a8aaad27299bee6b035f5e89");
    destroy(&t, id);
    qvirtio_crypto_stop(t.d);
    dsa_test_clear(&t);
}

static void test_integers(void *obj, void *data, QGuestAllocator *alloc)
{
    with_tests(obj, alloc, 0, check_integers);
    with_tests(obj, alloc, 0, check_elements);
}

/*
 * A key with g = q, so that all powers of g except one are multiples of q.  g
 * has the small order @order, because p = 1 + g + g^2 + ... divides
 * g^order - 1.  A signature would take about @order trials; the device must
 * give up before.
 */
static void forge_powers(DSATest *t, unsigned int order, unsigned int q_bits)
{
    mpz_ptr q = t->params.q;

    mpz_set_ui(q, 1);
    mpz_mul_2exp(q, q, q_bits - 1);
    do {
        mpz_add_ui(q, q, 1);
    } while (!mpz_odd_p(q) || !mpz_divisible_ui_p(q, order));
    mpz_set(t->params.g, q);
    mpz_pow_ui(t->params.p, t->params.g, order);
    mpz_sub_ui(t->params.p, t->params.p, 1);
    mpz_sub_ui(t->y, t->params.g, 1);
    mpz_divexact(t->params.p, t->params.p, t->y);
    mpz_set_ui(t->x, 1);
    mpz_set(t->y, t->params.g);
}

/* How many of some digests can be signed; the others have an answer, too */
static int count_signed(DSATest *t)
{
    uint64_t id = create(t, true);
    int count = 0;

    for (int i = 0; i < FORGED_ROUNDS; i++) {
        const uint8_t digest[20] = { i };
        g_autoptr(GByteArray) signature = NULL;
        uint8_t status = signature_try_sign(t->d, id, digest, sizeof(digest),
                                            SIGNATURE_MAX, &signature);

        g_assert_true(status == VIRTIO_CRYPTO_OK ||
                      status == VIRTIO_CRYPTO_ERR);
        count += status == VIRTIO_CRYPTO_OK;
    }
    destroy(t, id);
    return count;
}

static void test_forged_powers(void *obj, void *data, QGuestAllocator *alloc)
{
    const struct {
        unsigned int order;
        unsigned int q_bits;
    } sizes[] = { { 7, 172 }, { 13, 172 }, { 19, 169 } };
    QVirtioCrypto *crypto = obj;
    DSATest t;

    dsa_test_init(&t, qvirtio_crypto_start(global_qtest, crypto->vdev, alloc,
                                           0));
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        forge_powers(&t, sizes[i].order, sizes[i].q_bits);
        /* It can verify: that takes no trials */
        use(&t, false, create(&t, false));
        g_assert_cmpint(count_signed(&t), <, FORGED_ROUNDS);
    }
    qvirtio_crypto_stop(t.d);
    dsa_test_clear(&t);
}

/* Makes q a product that also divides p - 1; returns 0 if there is none */
static unsigned long forge_order(DSATest *t)
{
    unsigned long factor;
    mpz_t rest;

    mpz_init(rest);
    mpz_sub_ui(rest, t->params.p, 1);
    mpz_divexact(rest, rest, t->params.q);
    for (factor = 3; factor < 1 << 20; factor += 2) {
        if (mpz_divisible_ui_p(rest, factor)) {
            mpz_mul_ui(t->params.q, t->params.q, factor);
            break;
        }
    }
    mpz_clear(rest);
    return mpz_sizeinbase(t->params.q, 2) <= 256 && factor < 1 << 20 ?
           factor : 0;
}

/*
 * Numbers without an inverse modulo q.  If s is one of them, libgcrypt's
 * exponents would all be zero, and it would abort.
 */
static void check_inverse(DSATest *t, unsigned long factor)
{
    const uint8_t digests[][20] = { { 0 }, { 1 } };
    const uint64_t ids[] = { create(t, true), create(t, false) };
    g_autoptr(GByteArray) r = g_byte_array_new();
    g_autoptr(GByteArray) s = NULL, signature = NULL;
    mpz_t number;

    mpz_init_set_ui(number, factor);
    s = export_number(number);
    mpz_clear(number);
    g_byte_array_append(r, digests[1], 1);
    signature = signature_der(r, s);
    for (int i = 0; i < 4; i++) {
        g_assert_cmpint(signature_verify(t->d, ids[i / 2], signature,
                                         digests[i % 2], 20), ==,
                        VIRTIO_CRYPTO_KEY_REJECTED);
    }
    destroy(t, ids[0]);
    destroy(t, ids[1]);
}

static unsigned int forged_orders;

/*
 * Signatures modulo a q whose bits fill no bytes, by digests that are longer.
 * Not all k have an inverse, nor all s; nettle rejects the latter too.
 */
static void check_odd_bits(DSATest *t)
{
    uint64_t id = create(t, true);
    unsigned int verified = 0;

    for (int i = 0; i < 30; i++) {
        g_autoptr(GByteArray) der = NULL;
        struct dsa_signature signature;
        uint8_t digest[DIGEST_MAX];
        bool good;

        signature_random(t->d->rand, sizeof(digest), digest);
        if (signature_try_sign(t->d, id, digest, sizeof(digest),
                               SIGNATURE_MAX, &der) != VIRTIO_CRYPTO_OK) {
            continue;
        }
        dsa_signature_init(&signature);
        signature_decode(der, &signature);
        good = dsa_verify(&t->params, t->y, sizeof(digest), digest,
                          &signature);
        dsa_signature_clear(&signature);
        g_assert_cmpint(signature_verify(t->d, id, der, digest,
                                         sizeof(digest)), ==,
                        good ? VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_KEY_REJECTED);
        verified += good;
    }
    g_assert_cmpint(verified, >, 0);
    destroy(t, id);
}

/* A multiple of q, so that g^q = 1, that does not divide p - 1 */
static void check_foreign_order(DSATest *t)
{
    unsigned long factor = 3;
    mpz_t rest;

    mpz_init(rest);
    mpz_sub_ui(rest, t->params.p, 1);
    mpz_divexact(rest, rest, t->params.q);
    while (mpz_divisible_ui_p(rest, factor)) {
        factor += 2;
    }
    mpz_clear(rest);
    mpz_mul_ui(t->params.q, t->params.q, factor);
    if (mpz_sizeinbase(t->params.q, 2) <= 256) {
        assert_no_key(t);
        forged_orders++;
    }
}

static void check_forged_order(DSATest *t)
{
    unsigned long factor = forge_order(t);

    if (factor) {
        check_inverse(t, factor);
        check_odd_bits(t);
        forged_orders++;
    }
}

static void test_forged_orders(void *obj, void *data, QGuestAllocator *alloc)
{
    forged_orders = 0;
    with_tests(obj, alloc, 0, check_forged_order);
    g_assert_cmpint(forged_orders, >, 0);
    forged_orders = 0;
    with_tests(obj, alloc, 0, check_foreign_order);
    g_assert_cmpint(forged_orders, >, 0);
}

static void register_tests(void)
{
    const char *any = "virtio-crypto";

    add_crypto_test("dsa/digests", any, test_digests, &shared_ram);
    add_crypto_test("dsa/rfc6979", any, test_rfc6979, &shared_ram);
    add_crypto_test("dsa/encodings", any, test_encodings, &shared_ram);
    add_crypto_test("dsa/errors", any, test_errors, &shared_ram);
    add_crypto_test("dsa/garbage", any, test_garbage, &shared_ram);
    add_crypto_test("dsa/zeros", any, test_zeros, &shared_ram);
    add_crypto_test("dsa/numbers", any, test_numbers, &shared_ram);
    add_crypto_test("dsa/sizes", any, test_sizes, &shared_ram);
    add_crypto_test("dsa/integers", any, test_integers, &shared_ram);
    add_crypto_test("dsa/der", any, test_der, &shared_ram);
    add_crypto_test("dsa/forged-powers", any, test_forged_powers, &shared_ram);
    add_crypto_test("dsa/forged-orders", any, test_forged_orders, &shared_ram);
}

libqos_init(register_tests);
