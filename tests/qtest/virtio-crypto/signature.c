/*
 * Checks of signatures that consist of two integers, those of DSA and ECDSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "der.h"
#include "rsp.h"
#include "signature.h"

#define TAG_INTEGER     0x02
#define TAG_SEQUENCE    0x30
#define TAG_SET         0x31

GByteArray *signature_der(const GByteArray *r, const GByteArray *s)
{
    g_autoptr(GByteArray) content = g_byte_array_new();
    GByteArray *der = g_byte_array_new();

    der_append_integer(content, r->data, r->len);
    der_append_integer(content, s->data, s->len);
    der_append(der, TAG_SEQUENCE, content->data, content->len);
    return der;
}

QVirtioCryptoOp signature_verify_op(uint64_t id, const GByteArray *signature,
                                    const uint8_t *digest, size_t len,
                                    GByteArray *both)
{
    g_byte_array_set_size(both, 0);
    g_byte_array_append(both, signature->data, signature->len);
    g_byte_array_append(both, digest, len);
    return qvirtio_crypto_verify_op(id, both->data, signature->len, len);
}

uint8_t signature_verify(QVirtioCryptoDriver *d, uint64_t id,
                         const GByteArray *signature, const uint8_t *digest,
                         size_t len)
{
    g_autoptr(GByteArray) both = g_byte_array_new();
    QVirtioCryptoOp op = signature_verify_op(id, signature, digest, len,
                                             both);

    return qvirtio_crypto_status(d, 0, &op);
}

uint8_t signature_try_sign(QVirtioCryptoDriver *d, uint64_t id,
                           const uint8_t *digest, size_t len, size_t room,
                           GByteArray **signature)
{
    QVirtioCryptoOp op =
        qvirtio_crypto_akcipher_op(VIRTIO_CRYPTO_AKCIPHER_SIGN, id, digest,
                                   len, room);
    QVirtioCryptoShape shape = { };
    QVirtioCryptoRequest *req = qvirtio_crypto_run(d, 0, &op, &shape);
    uint8_t status = req->status;

    *signature = NULL;
    if (status == VIRTIO_CRYPTO_OK) {
        g_assert_cmpint(req->used, ==, req->written->len + 1);
        *signature = g_byte_array_ref(req->written);
    }
    qvirtio_crypto_request_free(req, d->alloc);
    return status;
}

bool signature_key_works(QVirtioCryptoDriver *d, uint64_t id)
{
    const uint8_t digest[20] = { 1 };
    const uint8_t der[] = { 0x30, 6, 2, 1, 1, 2, 1, 1 };
    g_autoptr(GByteArray) one = g_byte_array_new();
    uint8_t status, again;

    g_byte_array_append(one, der, sizeof(der));
    status = signature_verify(d, id, one, digest, sizeof(digest));
    g_assert_true(status == VIRTIO_CRYPTO_KEY_REJECTED ||
                  status == VIRTIO_CRYPTO_ERR);
    again = signature_verify(d, id, one, digest, sizeof(digest));
    g_assert_cmpint(again, ==, status);
    return status == VIRTIO_CRYPTO_KEY_REJECTED;
}

void signature_check_known(QVirtioCryptoDriver *d, uint64_t id,
                           const char *digest, const char *r, const char *s)
{
    g_autoptr(GByteArray) digest_bytes = hex_to_bytes(digest);
    g_autoptr(GByteArray) r_bytes = hex_to_bytes(r);
    g_autoptr(GByteArray) s_bytes = hex_to_bytes(s);
    g_autoptr(GByteArray) expected = signature_der(r_bytes, s_bytes);
    g_autoptr(GByteArray) signature = NULL;

    g_assert_cmpint(signature_try_sign(d, id, digest_bytes->data,
                                       digest_bytes->len, SIGNATURE_MAX,
                                       &signature), ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpmem(signature->data, signature->len, expected->data,
                    expected->len);
}

static GByteArray *sign(const SignatureKey *key, const uint8_t *digest,
                        size_t len)
{
    GByteArray *signature;

    g_assert_cmpint(signature_try_sign(key->d, key->private, digest, len,
                                       SIGNATURE_MAX, &signature), ==,
                    VIRTIO_CRYPTO_OK);
    return signature;
}

void signature_random(void *context, size_t len, uint8_t *bytes)
{
    for (size_t i = 0; i < len; i++) {
        bytes[i] = g_rand_int_range(context, 0, 256);
    }
}

static GByteArray *number_bytes(const mpz_t number)
{
    GByteArray *bytes = g_byte_array_new();
    size_t len = 0;

    g_byte_array_set_size(bytes, DIV_ROUND_UP(mpz_sizeinbase(number, 2), 8));
    mpz_export(bytes->data, &len, 1, 1, 1, 0, number);
    g_byte_array_set_size(bytes, len);
    return bytes;
}

static GByteArray *encode(const mpz_t r, const mpz_t s)
{
    g_autoptr(GByteArray) r_bytes = number_bytes(r);
    g_autoptr(GByteArray) s_bytes = number_bytes(s);

    return signature_der(r_bytes, s_bytes);
}

/* Takes an INTEGER from the front; returns its end */
static const uint8_t *take_integer(const uint8_t *der, mpz_t number)
{
    size_t len = der[1];

    g_assert_cmpint(der[0], ==, TAG_INTEGER);
    g_assert_cmpint(len, <, 0x80);
    mpz_import(number, len, 1, 1, 1, 0, der + 2);
    return der + 2 + len;
}

void signature_decode(const GByteArray *der, struct dsa_signature *signature)
{
    g_autoptr(GByteArray) again = NULL;
    const uint8_t *at = der->data;

    g_assert_cmpint(der->len, >, 7);
    at += at[1] & 0x80 ? 3 : 2;
    at = take_integer(at, signature->r);
    g_assert(at + 2 < der->data + der->len);
    take_integer(at, signature->s);
    again = encode(signature->r, signature->s);
    g_assert_cmpmem(der->data, der->len, again->data, again->len);
}

/* The device's signatures are right, and always the same (RFC 6979) */
static void check_sign(const SignatureKey *key, const uint8_t *digest,
                       size_t len)
{
    g_autoptr(GByteArray) one = sign(key, digest, len);
    g_autoptr(GByteArray) other = sign(key, digest, len);
    struct dsa_signature signature;

    dsa_signature_init(&signature);
    signature_decode(one, &signature);
    g_assert_true(key->verify(key->reference, digest, len, &signature));
    dsa_signature_clear(&signature);
    g_assert_cmpmem(one->data, one->len, other->data, other->len);
}

/* The device accepts the right digest, and rejects others */
static void check_verify(const SignatureKey *key, uint8_t *digest, size_t len)
{
    const uint64_t ids[] = { key->private, key->public };
    g_autoptr(GByteArray) der = NULL;
    struct dsa_signature signature;

    dsa_signature_init(&signature);
    key->sign(key->reference, key->d->rand, digest, len, &signature);
    der = encode(signature.r, signature.s);
    dsa_signature_clear(&signature);
    for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
        size_t used = MIN(len, key->bits / 8);
        size_t at = g_rand_int_range(key->d->rand, 0, used);

        g_assert_cmpint(signature_verify(key->d, ids[i], der, digest, len),
                        ==, VIRTIO_CRYPTO_OK);
        digest[at] ^= 0x40;
        g_assert_cmpint(signature_verify(key->d, ids[i], der, digest, len),
                        ==, VIRTIO_CRYPTO_KEY_REJECTED);
        digest[at] ^= 0x40;
    }
}

void signature_check_digests(const SignatureKey *key)
{
    const size_t lens[] = { 1, 16, 20, 24, 28, 32, 33, 48, 63, 64 };
    uint8_t digest[DIGEST_MAX];

    for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
        signature_random(key->d->rand, lens[i], digest);
        check_sign(key, digest, lens[i]);
        check_verify(key, digest, lens[i]);
    }
    /* More than the order, where digests are as long */
    memset(digest, 0xff, sizeof(digest));
    check_sign(key, digest, sizeof(digest));
    check_verify(key, digest, sizeof(digest));
}

static void assert_rejected(const SignatureKey *key, const GByteArray *der,
                            const uint8_t *digest)
{
    g_assert_cmpint(signature_verify(key->d, key->public, der, digest, 20),
                    ==, VIRTIO_CRYPTO_KEY_REJECTED);
}

/* A SEQUENCE of two elements with their contents as they are */
static GByteArray *odd_der(uint8_t tag, const GByteArray *r,
                           const GByteArray *s)
{
    g_autoptr(GByteArray) content = g_byte_array_new();
    GByteArray *der = g_byte_array_new();

    der_append(content, tag, r->data, r->len);
    der_append(content, tag, s->data, s->len);
    der_append(der, TAG_SEQUENCE, content->data, content->len);
    return der;
}

/* Each of both numbers as another one that is the same modulo the order */
static void check_ranges(const SignatureKey *key,
                         const struct dsa_signature *good,
                         const uint8_t *digest)
{
    mpz_t r, s;

    mpz_init(r);
    mpz_init(s);
    for (int i = 0; i < 6; i++) {
        g_autoptr(GByteArray) der = NULL;

        mpz_set(r, good->r);
        mpz_set(s, good->s);
        switch (i % 3) {
        case 0:
            mpz_set_ui(i / 3 ? r : s, 0);
            break;
        case 1:
            mpz_set(i / 3 ? r : s, key->order);
            break;
        case 2:
            mpz_add(i / 3 ? r : s, i / 3 ? r : s, key->order);
            break;
        }
        der = encode(r, s);
        assert_rejected(key, der, digest);
    }
    mpz_clear(r);
    mpz_clear(s);
}

/* The same numbers in encodings that DER does not allow */
static void check_forms(const SignatureKey *key,
                        const struct dsa_signature *good,
                        const uint8_t *digest)
{
    const uint8_t zero = 0;
    g_autoptr(GByteArray) r = number_bytes(good->r);
    g_autoptr(GByteArray) s = number_bytes(good->s);
    g_autoptr(GByteArray) bits = odd_der(0x03, r, s);
    g_autoptr(GByteArray) longer = g_byte_array_new();
    g_autoptr(GByteArray) padded = NULL, empty = NULL, negative = NULL;

    assert_rejected(key, bits, digest);
    /* Superfluous zeros, empty contents, apparently negative numbers */
    g_byte_array_append(longer, &zero, 1);
    g_byte_array_append(longer, &zero, 1);
    g_byte_array_append(longer, r->data, r->len);
    padded = odd_der(TAG_INTEGER, longer, s);
    assert_rejected(key, padded, digest);
    g_byte_array_set_size(longer, 0);
    empty = odd_der(TAG_INTEGER, r, longer);
    assert_rejected(key, empty, digest);
    r->data[0] |= 0x80;
    negative = odd_der(TAG_INTEGER, r, s);
    assert_rejected(key, negative, digest);
}

static GByteArray *copy_bytes(const GByteArray *bytes, size_t len)
{
    GByteArray *copy = g_byte_array_new();

    g_byte_array_append(copy, bytes->data, len);
    return copy;
}

/* Too short, too long, and other headers around the right content */
static void check_lengths(const SignatureKey *key, const GByteArray *der,
                          const uint8_t *digest)
{
    const uint8_t zeros[200] = { };
    g_autoptr(GByteArray) set = copy_bytes(der, der->len);

    set->data[0] = TAG_SET;
    assert_rejected(key, set, digest);

    for (size_t len = 0; len < der->len; len++) {
        g_autoptr(GByteArray) part = copy_bytes(der, len);

        assert_rejected(key, part, digest);
    }
    for (size_t more = 1; more < sizeof(zeros); more *= 2) {
        g_autoptr(GByteArray) longer = copy_bytes(der, der->len);

        g_byte_array_append(longer, zeros, more);
        assert_rejected(key, longer, digest);
    }
}

/* The right content behind headers that are not the shortest ones */
static void check_headers(const SignatureKey *key, const GByteArray *der,
                          const uint8_t *digest)
{
    static const char *const headers[] = {
        "3080", "308200xx", "30830000xx", "308400xx", "30880000000000000000xx",
        "30ff", "3000", "30",
    };
    size_t header = der->data[1] & 0x80 ? 3 : 2;

    for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
        g_autofree char *len = g_strdup_printf("%02zx", der->len - header);
        g_auto(GStrv) parts = g_strsplit(headers[i], "xx", 2);
        g_autofree char *hex = g_strjoinv(len, parts);
        g_autoptr(GByteArray) other = hex_to_bytes(hex);
        const uint8_t end[2] = { };

        g_byte_array_append(other, der->data + header, der->len - header);
        assert_rejected(key, other, digest);
        /* The end of content whose length is not told */
        g_byte_array_append(other, end, sizeof(end));
        assert_rejected(key, other, digest);
    }
}

void signature_check_encodings(const SignatureKey *key)
{
    uint8_t digest[20];
    struct dsa_signature good;
    g_autoptr(GByteArray) der = NULL;

    signature_random(key->d->rand, sizeof(digest), digest);
    dsa_signature_init(&good);
    /* Find one whose r has its highest bit set, which takes another byte */
    do {
        key->sign(key->reference, key->d->rand, digest, sizeof(digest), &good);
    } while (mpz_sizeinbase(good.r, 2) < key->bits);
    der = encode(good.r, good.s);
    g_assert_cmpint(signature_verify(key->d, key->public, der, digest,
                                     sizeof(digest)), ==, VIRTIO_CRYPTO_OK);
    check_ranges(key, &good, digest);
    check_forms(key, &good, digest);
    check_lengths(key, der, digest);
    check_headers(key, der, digest);
    dsa_signature_clear(&good);
}

static void assert_op(const SignatureKey *key, uint32_t opcode, uint64_t id,
                      const uint8_t *src, size_t len, uint8_t expected)
{
    QVirtioCryptoOp op =
        qvirtio_crypto_akcipher_op(opcode, id, src, len, SIGNATURE_MAX);

    g_assert_cmpint(qvirtio_crypto_status(key->d, 0, &op), ==, expected);
}

void signature_check_errors(const SignatureKey *key)
{
    const uint8_t digest[DIGEST_MAX + 1] = { 1, 2, 3 };
    const uint64_t ids[] = { key->private, key->public };
    g_autoptr(GByteArray) der = sign(key, digest, DIGEST_MAX);
    GByteArray *none;

    assert_op(key, VIRTIO_CRYPTO_AKCIPHER_SIGN, key->public, digest, 20,
              VIRTIO_CRYPTO_ERR);
    assert_op(key, VIRTIO_CRYPTO_AKCIPHER_SIGN, key->private, digest, 0,
              VIRTIO_CRYPTO_ERR);
    assert_op(key, VIRTIO_CRYPTO_AKCIPHER_SIGN, key->private, digest,
              DIGEST_MAX + 1, VIRTIO_CRYPTO_ERR);
    for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
        assert_op(key, VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, ids[i], digest, 20,
                  VIRTIO_CRYPTO_NOTSUPP);
        assert_op(key, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, ids[i], digest, 20,
                  VIRTIO_CRYPTO_NOTSUPP);
        g_assert_cmpint(signature_verify(key->d, ids[i], der, digest, 0), ==,
                        VIRTIO_CRYPTO_ERR);
        g_assert_cmpint(signature_verify(key->d, ids[i], der, digest,
                                         DIGEST_MAX + 1), ==,
                        VIRTIO_CRYPTO_ERR);
    }
    /* Numbers of this size are too rare to come by chance */
    for (size_t room = 0; room < key->bits / 4 - 10; room += 7) {
        g_assert_cmpint(signature_try_sign(key->d, key->private, digest, 20,
                                           room, &none), ==,
                        VIRTIO_CRYPTO_ERR);
    }
}

void signature_check_garbage(const SignatureKey *key, unsigned int rounds)
{
    GRand *rand = key->d->rand;
    uint8_t digest[20] = { };
    g_autoptr(GByteArray) good = sign(key, digest, sizeof(digest));

    for (unsigned int i = 0; i < rounds; i++) {
        g_autoptr(GByteArray) bad = copy_bytes(good, good->len);

        if (i % 4) {
            size_t at = g_rand_int_range(rand, 0, bad->len);

            bad->data[at] ^= g_rand_int_range(rand, 1, 256);
        } else {
            g_byte_array_set_size(bad, g_rand_int_range(rand, 0, 200));
            signature_random(rand, bad->len, bad->data);
        }
        g_assert_cmpint(signature_verify(key->d, key->public, bad, digest,
                                         sizeof(digest)), ==,
                        VIRTIO_CRYPTO_KEY_REJECTED);
    }
    g_assert_cmpint(signature_verify(key->d, key->public, good, digest,
                                     sizeof(digest)), ==, VIRTIO_CRYPTO_OK);
}
