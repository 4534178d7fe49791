/*
 * Tests of virtio-crypto: RSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The raw operations must give a published signature.  They in turn undo the
 * padded ones, so that the tests can check the padding.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "der.h"
#include "options.h"
#include "padding.h"
#include "rsa-key.h"
#include "rsp.h"

#define REVISION_1  (1ull << QVIRTIO_CRYPTO_F_REVISION_1)
#define KEY_LEN     128
#define RAW         VIRTIO_CRYPTO_RSA_RAW_PADDING
#define PKCS1       VIRTIO_CRYPTO_RSA_PKCS1_PADDING

static const uint8_t zeros[256];

typedef struct RSATest {
    QVirtioCryptoDriver *d;
    RSANumbers key;
    GByteArray *public_der, *private_der;
    GByteArray *signature;
} RSATest;

static void rsa_test_init(RSATest *t, void *obj, QGuestAllocator *alloc,
                          uint64_t features)
{
    QVirtioCrypto *crypto = obj;

    t->d = qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, features);
    t->key.n = hex_to_bytes(published_key.n);
    t->key.e = hex_to_bytes(published_key.e);
    t->key.d = hex_to_bytes(published_key.d);
    t->key.p = hex_to_bytes(published_key.p);
    t->key.q = hex_to_bytes(published_key.q);
    t->key.dp = hex_to_bytes(published_key.dp);
    t->key.dq = hex_to_bytes(published_key.dq);
    t->key.qinv = hex_to_bytes(published_key.qinv);
    t->public_der = der_rsa_public(&t->key);
    t->private_der = der_rsa_private(&t->key);
    t->signature = hex_to_bytes(published_key.signature);
}

static void rsa_test_clear(RSATest *t)
{
    GByteArray *all[] = {
        t->key.n, t->key.e, t->key.d, t->key.p, t->key.q, t->key.dp,
        t->key.dq, t->key.qinv, t->public_der, t->private_der, t->signature,
    };

    for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
        g_byte_array_unref(all[i]);
    }
    qvirtio_crypto_stop(t->d);
}

static uint64_t create(RSATest *t, bool private, uint32_t padding,
                       uint32_t hash)
{
    GByteArray *der = private ? t->private_der : t->public_der;
    QVirtioCryptoSession session =
        qvirtio_crypto_rsa(private, padding, hash, der->data, der->len);

    return qvirtio_crypto_create(t->d, &session);
}

static GByteArray *run(RSATest *t, uint32_t opcode, uint64_t id,
                       const void *src, size_t len)
{
    QVirtioCryptoOp op =
        qvirtio_crypto_akcipher_op(opcode, id, src, len, KEY_LEN);
    QVirtioCryptoShape shape = { };
    QVirtioCryptoRequest *req = qvirtio_crypto_run(t->d, 0, &op, &shape);
    GByteArray *result = g_byte_array_ref(req->written);

    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpint(req->used, ==, result->len + 1);
    qvirtio_crypto_request_free(req, t->d->alloc);
    return result;
}

static void assert_status(RSATest *t, uint32_t opcode, uint64_t id,
                          const void *src, size_t len, size_t room,
                          uint8_t expected)
{
    QVirtioCryptoOp op =
        qvirtio_crypto_akcipher_op(opcode, id, src, len, room);

    g_assert_cmpint(qvirtio_crypto_status(t->d, 0, &op), ==, expected);
}

/* EMSA-PKCS1-v1_5 of RFC 8017, 9.2: @prefix is the start of a DigestInfo */
static GByteArray *encode_message(const char *prefix, const uint8_t *digest,
                                  size_t len)
{
    g_autoptr(GByteArray) info = hex_to_bytes(prefix);
    GByteArray *em = g_byte_array_new();
    size_t pad;

    g_byte_array_append(info, digest, len);
    pad = KEY_LEN - 3 - info->len;
    g_byte_array_set_size(em, KEY_LEN - info->len);
    em->data[0] = 0;
    em->data[1] = 1;
    memset(em->data + 2, 0xff, pad);
    em->data[2 + pad] = 0;
    g_byte_array_append(em, info->data, info->len);
    return em;
}

/* RFC 8017, 9.2, note 1 */
static const struct {
    uint32_t number;
    const char *name;
    size_t len;
    const char *prefix;
} hashes[] = {
    { VIRTIO_CRYPTO_RSA_NO_HASH, "none", 20, "" },
    { VIRTIO_CRYPTO_RSA_MD5, "md5", 16,
      "3020300c06082a864886f70d020505000410" },
    { VIRTIO_CRYPTO_RSA_SHA1, "sha1", 20, "3021300906052b0e03021a05000414" },
    { VIRTIO_CRYPTO_RSA_SHA224, "sha224", 28,
      "302d300d06096086480165030402040500041c" },
    { VIRTIO_CRYPTO_RSA_SHA256, "sha256", 32,
      "3031300d060960864801650304020105000420" },
    { VIRTIO_CRYPTO_RSA_SHA384, "sha384", 48,
      "3041300d060960864801650304020205000430" },
    { VIRTIO_CRYPTO_RSA_SHA512, "sha512", 64,
      "3051300d060960864801650304020305000440" },
    /* MD4 is not in RFC 8017; its object identifier is 1.2.840.113549.2.4 */
    { VIRTIO_CRYPTO_RSA_MD4, "md4", 16,
      "3020300c06082a864886f70d020405000410" },
};

static GByteArray *published_em(void)
{
    g_autoptr(GByteArray) message = hex_to_bytes(published_key.message);
    g_autoptr(GChecksum) sha1 = g_checksum_new(G_CHECKSUM_SHA1);
    uint8_t digest[20];
    gsize len = sizeof(digest);

    g_checksum_update(sha1, message->data, message->len);
    g_checksum_get_digest(sha1, digest, &len);
    return encode_message(hashes[2].prefix, digest, len);
}

static void check_raw(RSATest *t)
{
    uint64_t public = create(t, false, RAW, 0);
    uint64_t private = create(t, true, RAW, 0);
    const uint64_t ids[] = { public, private };
    const uint8_t one[] = { 0, 0, 1 };
    g_autoptr(GByteArray) em = published_em();
    g_autoptr(GByteArray) signature =
        run(t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, private, em->data, em->len);

    g_assert_cmpmem(signature->data, signature->len, t->signature->data,
                    t->signature->len);
    for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
        g_autoptr(GByteArray) back =
            run(t, VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, ids[i],
                t->signature->data, t->signature->len);
        g_autoptr(GByteArray) short_one =
            run(t, VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, ids[i], one, sizeof(one));

        g_assert_cmpmem(back->data, back->len, em->data, em->len);
        /* Results have the length of the modulus */
        g_assert_cmpint(short_one->len, ==, KEY_LEN);
        g_assert_cmpmem(short_one->data, KEY_LEN - 1, zeros, KEY_LEN - 1);
        g_assert_cmpint(short_one->data[KEY_LEN - 1], ==, 1);
    }
}

static void test_raw(void *obj, void *data, QGuestAllocator *alloc)
{
    const uint64_t features[] = { 0, REVISION_1 };
    RSATest t;

    for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
        rsa_test_init(&t, obj, alloc, features[i]);
        check_raw(&t);
        rsa_test_clear(&t);
    }
}

static void test_raw_errors(void *obj, void *data, QGuestAllocator *alloc)
{
    g_autofree uint8_t *largest = g_malloc(KEY_LEN);
    uint64_t public, private;
    RSATest t;

    rsa_test_init(&t, obj, alloc, 0);
    public = create(&t, false, RAW, 0);
    private = create(&t, true, RAW, 0);
    memset(largest, 0xff, KEY_LEN);
    /* Longer than the modulus, not less than it, no room */
    assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, public, zeros,
                  KEY_LEN + 1, KEY_LEN, VIRTIO_CRYPTO_ERR);
    assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, public, t.key.n->data,
                  KEY_LEN, KEY_LEN, VIRTIO_CRYPTO_ERR);
    assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, private, largest,
                  KEY_LEN, KEY_LEN, VIRTIO_CRYPTO_ERR);
    assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, public, zeros, KEY_LEN,
                  KEY_LEN - 1, VIRTIO_CRYPTO_ERR);
    /* Raw padding signs and verifies nothing, a public key decrypts nothing */
    assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_SIGN, private, zeros, 20,
                  KEY_LEN, VIRTIO_CRYPTO_NOTSUPP);
    assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, public, zeros, KEY_LEN,
                  KEY_LEN, VIRTIO_CRYPTO_ERR);
    rsa_test_clear(&t);
}

static uint8_t verify(RSATest *t, uint64_t id, const uint8_t *signature,
                      size_t signature_len, const uint8_t *digest, size_t len)
{
    g_autoptr(GByteArray) both = g_byte_array_new();
    QVirtioCryptoOp op;

    g_byte_array_append(both, signature, signature_len);
    g_byte_array_append(both, digest, len);
    op = qvirtio_crypto_verify_op(id, both->data, signature_len, len);
    return qvirtio_crypto_status(t->d, 0, &op);
}

/* A signature is one bit or one byte off */
static void check_wrong_signatures(RSATest *t, uint64_t id,
                                   GByteArray *signature,
                                   uint8_t *digest, size_t len)
{
    for (size_t i = 0; i < signature->len; i += 9) {
        signature->data[i] ^= 0x10;
        g_assert_cmpint(verify(t, id, signature->data, signature->len, digest,
                               len), ==, VIRTIO_CRYPTO_KEY_REJECTED);
        signature->data[i] ^= 0x10;
    }
    for (size_t i = 0; i < len; i++) {
        digest[i] ^= 0x80;
        g_assert_cmpint(verify(t, id, signature->data, signature->len, digest,
                               len), ==, VIRTIO_CRYPTO_KEY_REJECTED);
        digest[i] ^= 0x80;
    }
    g_assert_cmpint(verify(t, id, signature->data, signature->len - 1, digest,
                           len), !=, VIRTIO_CRYPTO_OK);
    g_assert_cmpint(verify(t, id, signature->data, signature->len, digest,
                           len - 1), !=, VIRTIO_CRYPTO_OK);
    g_assert_cmpint(verify(t, id, zeros, signature->len, digest, len), !=,
                    VIRTIO_CRYPTO_OK);
}

static void check_hash(RSATest *t, size_t i)
{
    uint64_t private = create(t, true, PKCS1, hashes[i].number);
    uint64_t public = create(t, false, PKCS1, hashes[i].number);
    uint64_t raw = create(t, false, RAW, 0);
    g_autoptr(GByteArray) signature = NULL;
    g_autoptr(GByteArray) back = NULL;
    g_autoptr(GByteArray) em = NULL;
    uint8_t digest[64];

    for (size_t j = 0; j < hashes[i].len; j++) {
        digest[j] = j * 37 + i;
    }
    em = encode_message(hashes[i].prefix, digest, hashes[i].len);
    signature = run(t, VIRTIO_CRYPTO_AKCIPHER_SIGN, private, digest,
                    hashes[i].len);
    back = run(t, VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, raw, signature->data,
               signature->len);
    g_assert_cmpmem(back->data, back->len, em->data, em->len);
    g_assert_cmpint(verify(t, public, signature->data, signature->len, digest,
                           hashes[i].len), ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpint(verify(t, private, signature->data, signature->len,
                           digest, hashes[i].len), ==, VIRTIO_CRYPTO_OK);
    check_wrong_signatures(t, public, signature, digest, hashes[i].len);
    /* A public key cannot sign; a digest must have the length of its hash */
    assert_status(t, VIRTIO_CRYPTO_AKCIPHER_SIGN, public, digest,
                  hashes[i].len, KEY_LEN, VIRTIO_CRYPTO_ERR);
    if (hashes[i].number != VIRTIO_CRYPTO_RSA_NO_HASH) {
        assert_status(t, VIRTIO_CRYPTO_AKCIPHER_SIGN, private, digest,
                      hashes[i].len - 1, KEY_LEN, VIRTIO_CRYPTO_ERR);
    }
    assert_status(t, VIRTIO_CRYPTO_AKCIPHER_SIGN, private, digest,
                  hashes[i].len, KEY_LEN - 1, VIRTIO_CRYPTO_ERR);
}

static void test_sign(void *obj, void *data, QGuestAllocator *alloc)
{
    const uint64_t features[] = { 0, REVISION_1 };
    RSATest t;

    for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
        rsa_test_init(&t, obj, alloc, features[i]);
        for (size_t j = 0; j < ARRAY_SIZE(hashes); j++) {
            check_hash(&t, j);
        }
        rsa_test_clear(&t);
    }
}

/* RFC 8017, 7.2.1: 0, 2, at least 8 bytes that are not zero, 0, message */
static void check_padding(const GByteArray *em, const uint8_t *message,
                          size_t len)
{
    size_t separator = em->len - len - 1;

    g_assert_cmpint(em->len, ==, KEY_LEN);
    g_assert_cmpint(em->data[0], ==, 0);
    g_assert_cmpint(em->data[1], ==, 2);
    for (size_t i = 2; i < separator; i++) {
        g_assert_cmpint(em->data[i], !=, 0);
    }
    g_assert_cmpint(em->data[separator], ==, 0);
    g_assert_cmpmem(em->data + separator + 1, len, message, len);
}

static void test_crypt(void *obj, void *data, QGuestAllocator *alloc)
{
    const size_t lens[] = { 1, 16, 63, KEY_LEN - 12, KEY_LEN - 11 };
    uint8_t message[KEY_LEN];
    uint64_t public, private, raw;
    RSATest t;

    rsa_test_init(&t, obj, alloc, 0);
    public = create(&t, false, PKCS1, 0);
    private = create(&t, true, PKCS1, 0);
    raw = create(&t, true, RAW, 0);
    for (size_t i = 0; i < sizeof(message); i++) {
        message[i] = i;
    }
    for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
        g_autoptr(GByteArray) cipher =
            run(&t, VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, public, message, lens[i]);
        g_autoptr(GByteArray) em =
            run(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, raw, cipher->data,
                cipher->len);
        g_autoptr(GByteArray) plain =
            run(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, private, cipher->data,
                cipher->len);

        check_padding(em, message, lens[i]);
        g_assert_cmpmem(plain->data, plain->len, message, lens[i]);
    }
    /* No room for the padding; a ciphertext without right padding */
    assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, public, message,
                  KEY_LEN - 10, KEY_LEN, VIRTIO_CRYPTO_ERR);
    assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, private,
                  t.signature->data, KEY_LEN, KEY_LEN, VIRTIO_CRYPTO_ERR);
    assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, public, zeros, KEY_LEN,
                  KEY_LEN, VIRTIO_CRYPTO_ERR);
    rsa_test_clear(&t);
}

static void test_crypt_empty(void *obj, void *data, QGuestAllocator *alloc)
{
    g_autoptr(GByteArray) cipher = NULL;
    g_autoptr(GByteArray) em = NULL;
    g_autoptr(GByteArray) plain = NULL;
    RSATest t;

    rsa_test_init(&t, obj, alloc, 0);
    cipher = run(&t, VIRTIO_CRYPTO_AKCIPHER_ENCRYPT,
                 create(&t, false, PKCS1, 0), zeros, 0);
    em = run(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, create(&t, true, RAW, 0),
             cipher->data, cipher->len);
    plain = run(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, create(&t, true, PKCS1, 0),
                cipher->data, cipher->len);
    check_padding(em, zeros, 0);
    g_assert_cmpint(plain->len, ==, 0);
    rsa_test_clear(&t);
}

static GByteArray *encrypt_raw(RSATest *t, const GByteArray *em)
{
    return run(t, VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, create(t, false, RAW, 0),
               em->data, em->len);
}

static void test_padding(void *obj, void *data, QGuestAllocator *alloc)
{
    uint64_t private;
    RSATest t;

    rsa_test_init(&t, obj, alloc, 0);
    private = create(&t, true, PKCS1, 0);
    for (size_t i = 0; i < ARRAY_SIZE(good_paddings); i++) {
        g_autoptr(GByteArray) em = padding_make(&good_paddings[i], KEY_LEN);
        g_autoptr(GByteArray) message = padding_message(em);
        g_autoptr(GByteArray) cipher = encrypt_raw(&t, em);
        g_autoptr(GByteArray) plain =
            run(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, private, cipher->data,
                cipher->len);

        g_assert_cmpmem(plain->data, plain->len, message->data, message->len);
        /* The result needs room for itself, and no more. */
        if (message->len) {
            assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, private,
                          cipher->data, cipher->len, message->len,
                          VIRTIO_CRYPTO_OK);
            assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, private,
                          cipher->data, cipher->len, message->len - 1,
                          VIRTIO_CRYPTO_ERR);
        }
    }
    for (size_t i = 0; i < ARRAY_SIZE(bad_paddings); i++) {
        g_autoptr(GByteArray) em = padding_make(&bad_paddings[i], KEY_LEN);
        g_autoptr(GByteArray) cipher = encrypt_raw(&t, em);

        assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, private,
                      cipher->data, cipher->len, KEY_LEN, VIRTIO_CRYPTO_ERR);
    }
    rsa_test_clear(&t);
}

/*
 * Each ciphertext with wrong padding has its own message, which is always the
 * same.  The room that the message needs is not an oracle, either.
 */
static void test_implicit_rejection(void *obj, void *data,
                                    QGuestAllocator *alloc)
{
    g_autoptr(GHashTable) seen =
        g_hash_table_new_full(g_bytes_hash, g_bytes_equal,
                              (GDestroyNotify)g_bytes_unref, NULL);
    uint64_t private;
    RSATest t;

    rsa_test_init(&t, obj, alloc, 0);
    private = create(&t, true, PKCS1, 0);
    for (size_t i = 0; i < ARRAY_SIZE(bad_paddings); i++) {
        g_autoptr(GByteArray) em = padding_make(&bad_paddings[i], KEY_LEN);
        g_autoptr(GByteArray) cipher = encrypt_raw(&t, em);
        g_autoptr(GByteArray) one =
            run(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, private, cipher->data,
                cipher->len);
        g_autoptr(GByteArray) other =
            run(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, private, cipher->data,
                cipher->len);

        g_assert_cmpmem(one->data, one->len, other->data, other->len);
        g_assert_cmpint(one->len, <=, KEY_LEN - 11);
        g_assert_true(g_hash_table_add(seen, g_bytes_new(one->data,
                                                         one->len)));
        if (one->len) {
            assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, private,
                          cipher->data, cipher->len, one->len - 1,
                          VIRTIO_CRYPTO_ERR);
        }
    }
    rsa_test_clear(&t);
}

/* RFC 8017, section 7.2.2, step 1: the zeros that it begins with are needed. */
static void test_short_ciphertext(void *obj, void *data,
                                  QGuestAllocator *alloc)
{
    g_autoptr(GByteArray) cipher = NULL;
    uint64_t public, private;
    RSATest t;

    rsa_test_init(&t, obj, alloc, 0);
    public = create(&t, false, PKCS1, 0);
    private = create(&t, true, PKCS1, 0);
    do {
        g_clear_pointer(&cipher, g_byte_array_unref);
        cipher = run(&t, VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, public, zeros, 1);
    } while (cipher->data[0]);
    assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, private, cipher->data,
                  cipher->len, KEY_LEN, VIRTIO_CRYPTO_OK);
    assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, private,
                  cipher->data + 1, cipher->len - 1, KEY_LEN,
                  VIRTIO_CRYPTO_ERR);
    rsa_test_clear(&t);
}

/* A session with another number in place of one of the private key's */
static uint64_t create_misfit(RSATest *t, GByteArray *number, uint32_t padding)
{
    g_autoptr(GByteArray) der = NULL;
    QVirtioCryptoSession session;

    number->data[number->len - 1] ^= 2;
    der = der_rsa_private(&t->key);
    number->data[number->len - 1] ^= 2;
    session = qvirtio_crypto_rsa(true, padding, VIRTIO_CRYPTO_RSA_SHA1,
                                 der->data, der->len);
    return qvirtio_crypto_create(t->d, &session);
}

/* All operations fail, whichever is the first one. */
static void test_misfits(void *obj, void *data, QGuestAllocator *alloc)
{
    RSATest t;
    GByteArray **const numbers[] = {
        &t.key.n, &t.key.e, &t.key.d, &t.key.p, &t.key.q, &t.key.dp,
        &t.key.dq, &t.key.qinv,
    };

    rsa_test_init(&t, obj, alloc, 0);
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        uint64_t first = create_misfit(&t, *numbers[i], PKCS1);
        uint64_t second = create_misfit(&t, *numbers[i], PKCS1);
        uint64_t raw = create_misfit(&t, *numbers[i], RAW);

        for (int j = 0; j < 2; j++) {
            assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_SIGN, first, zeros, 20,
                          KEY_LEN, VIRTIO_CRYPTO_ERR);
            assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, second, zeros, 5,
                          KEY_LEN, VIRTIO_CRYPTO_ERR);
            assert_status(&t, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, raw, "\5", 1,
                          KEY_LEN, VIRTIO_CRYPTO_ERR);
        }
    }
    rsa_test_clear(&t);
}

static uint32_t try_key(RSATest *t, bool private, const GByteArray *der)
{
    QVirtioCryptoSession session =
        qvirtio_crypto_rsa(private, PKCS1, VIRTIO_CRYPTO_RSA_SHA1, der->data,
                           der->len);
    uint64_t id;
    uint32_t status = qvirtio_crypto_try_create(t->d, &session, &id);

    if (status == VIRTIO_CRYPTO_OK) {
        QVirtioCryptoOp op =
            qvirtio_crypto_akcipher_op(VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, id,
                                       zeros, 5, 8192 / 8);

        /* Using the key is harmless, whatever it is */
        qvirtio_crypto_status(t->d, 0, &op);
        op.opcode = VIRTIO_CRYPTO_AKCIPHER_DECRYPT;
        qvirtio_crypto_status(t->d, 0, &op);
        qvirtio_crypto_destroy(t->d, &session, id);
    }
    return status;
}

static GByteArray *copy_bytes(const GByteArray *bytes, size_t len)
{
    GByteArray *copy = g_byte_array_new();

    g_byte_array_append(copy, bytes->data, len);
    return copy;
}

/* Ends at every byte, and goes on behind its end */
static void test_der_length(void *obj, void *data, QGuestAllocator *alloc)
{
    RSATest t;

    rsa_test_init(&t, obj, alloc, 0);
    for (int private = 0; private < 2; private++) {
        GByteArray *der = private ? t.private_der : t.public_der;

        for (size_t len = 0; len < der->len; len++) {
            g_autoptr(GByteArray) part = copy_bytes(der, len);

            g_assert_cmpint(try_key(&t, private, part), ==,
                            VIRTIO_CRYPTO_ERR);
        }
        for (size_t more = 1; more < 5; more++) {
            g_autoptr(GByteArray) longer = copy_bytes(der, der->len);

            g_byte_array_append(longer, zeros, more);
            g_assert_cmpint(try_key(&t, private, longer), ==,
                            VIRTIO_CRYPTO_ERR);
        }
        g_assert_cmpint(try_key(&t, private, der), ==, VIRTIO_CRYPTO_OK);
        /* The one kind of key is not the other kind */
        g_assert_cmpint(try_key(&t, !private, der), ==, VIRTIO_CRYPTO_ERR);
    }
    rsa_test_clear(&t);
}

/* Every byte changes at random: no crash, and tags and lengths matter */
static void test_der_bytes(void *obj, void *data, QGuestAllocator *alloc)
{
    RSATest t;

    rsa_test_init(&t, obj, alloc, 0);
    for (int private = 0; private < 2; private++) {
        GByteArray *der = private ? t.private_der : t.public_der;

        for (size_t i = 0; i < der->len; i++) {
            for (int j = 0; j < 3; j++) {
                g_autoptr(GByteArray) bad = copy_bytes(der, der->len);
                uint32_t status;

                bad->data[i] ^= g_rand_int_range(t.d->rand, 1, 256);
                status = try_key(&t, private, bad);
                /* The sequence's tag and length, the first integer's tag */
                if (i < 4) {
                    g_assert_cmpint(status, ==, VIRTIO_CRYPTO_ERR);
                }
            }
        }
    }
    rsa_test_clear(&t);
}

/* A public key whose modulus has this content, with sign byte or not */
static GByteArray *odd_public(const uint8_t *n, size_t len, const char *e)
{
    g_autoptr(GByteArray) body = g_byte_array_new();
    g_autoptr(GByteArray) exponent = hex_to_bytes(e);
    GByteArray *der = g_byte_array_new();

    der_append(body, 0x02, n, len);
    der_append(body, 0x02, exponent->data, exponent->len);
    der_append(der, 0x30, body->data, body->len);
    return der;
}

static void assert_refused(RSATest *t, GByteArray *der, uint32_t expected)
{
    g_assert_cmpint(try_key(t, false, der), ==, expected);
    g_byte_array_unref(der);
}

static void test_der_numbers(void *obj, void *data, QGuestAllocator *alloc)
{
    RSATest t;
    uint8_t n[1200] = { };
    uint8_t even[KEY_LEN + 1] = { };

    rsa_test_init(&t, obj, alloc, 0);
    memcpy(even + 1, t.key.n->data, KEY_LEN);
    assert_refused(&t, odd_public(even, sizeof(even), "010001"),
                   VIRTIO_CRYPTO_OK);
    /* Linux's self-tests have integers without the byte for the sign */
    assert_refused(&t, odd_public(even + 1, KEY_LEN, "010001"),
                   VIRTIO_CRYPTO_OK);
    assert_refused(&t, odd_public(even, sizeof(even), "ff"),
                   VIRTIO_CRYPTO_OK);
    /* Empty, even */
    assert_refused(&t, odd_public(even, 0, "010001"), VIRTIO_CRYPTO_ERR);
    even[KEY_LEN] &= ~1;
    assert_refused(&t, odd_public(even, sizeof(even), "010001"),
                   VIRTIO_CRYPTO_ERR);
    even[KEY_LEN] |= 1;
    /* Exponents that are missing, zero, one, even */
    assert_refused(&t, odd_public(even, sizeof(even), "01"),
                   VIRTIO_CRYPTO_ERR);
    assert_refused(&t, odd_public(even, sizeof(even), ""),
                   VIRTIO_CRYPTO_ERR);
    assert_refused(&t, odd_public(even, sizeof(even), "00"),
                   VIRTIO_CRYPTO_ERR);
    assert_refused(&t, odd_public(even, sizeof(even), "02"),
                   VIRTIO_CRYPTO_ERR);
    /* Zero is even */
    assert_refused(&t, odd_public(n, 1, "010001"), VIRTIO_CRYPTO_ERR);
    /* The smallest and the largest supported sizes */
    n[1] = 0x7f;
    n[64] = n[65] = n[1024] = n[1025] = 1;
    assert_refused(&t, odd_public(n + 1, 64, "010001"),
                   VIRTIO_CRYPTO_NOTSUPP);
    n[1] = 0x80;
    assert_refused(&t, odd_public(n, 65, "010001"), VIRTIO_CRYPTO_OK);
    assert_refused(&t, odd_public(n, 1025, "010001"), VIRTIO_CRYPTO_OK);
    n[1] = 1;
    assert_refused(&t, odd_public(n + 1, 1025, "010001"),
                   VIRTIO_CRYPTO_NOTSUPP);
    rsa_test_clear(&t);
}

/* A key longer than any that is accepted */
static void test_der_huge(void *obj, void *data, QGuestAllocator *alloc)
{
    g_autofree uint8_t *n = g_malloc0(9000);
    RSATest t;

    rsa_test_init(&t, obj, alloc, 0);
    n[1] = 0x80;
    n[8999] = 1;
    assert_refused(&t, odd_public(n, 9000, "010001"), VIRTIO_CRYPTO_ERR);
    rsa_test_clear(&t);
}

static const CryptoOptions implicit_rejection = {
    .backend = "rsa-implicit-rejection=on",
    .shared_ram = true,
};

static void register_tests(void)
{
    const char *any = "virtio-crypto";

    add_crypto_test("rsa/raw", any, test_raw, &shared_ram);
    add_crypto_test("rsa/raw-errors", any, test_raw_errors, &shared_ram);
    add_crypto_test("rsa/sign-verify", any, test_sign, &shared_ram);
    add_crypto_test("rsa/encrypt-decrypt", any, test_crypt, &shared_ram);
    add_crypto_test("rsa/crypt-empty", any, test_crypt_empty, &shared_ram);
    add_crypto_test("rsa/padding", any, test_padding, &shared_ram);
    add_crypto_test("rsa/implicit-rejection", any, test_implicit_rejection,
                    &implicit_rejection);
    add_crypto_test("rsa/short-ciphertext", any, test_short_ciphertext,
                    &shared_ram);
    add_crypto_test("rsa/misfits", any, test_misfits, &shared_ram);
    add_crypto_test("rsa/der-length", any, test_der_length, &shared_ram);
    add_crypto_test("rsa/der-bytes", any, test_der_bytes, &shared_ram);
    add_crypto_test("rsa/der-numbers", any, test_der_numbers, &shared_ram);
    add_crypto_test("rsa/der-huge", any, test_der_huge, &shared_ram);
}

libqos_init(register_tests);
