/*
 * Tests of virtio-crypto: ciphers against published answers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "known.h"
#include "options.h"
#include "rsp.h"

#define REVISION_1  (1ull << QVIRTIO_CRYPTO_F_REVISION_1)
#define INDIRECT    (1ull << VIRTIO_RING_F_INDIRECT_DESC)

/* Runs @src through a new session and returns the result */
static GByteArray *run_cipher(QVirtioCryptoDriver *d, uint32_t algo,
                              bool encrypt, const GByteArray *key,
                              const GByteArray *iv, const GByteArray *src)
{
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(algo, encrypt, key->data, key->len);
    uint64_t id = qvirtio_crypto_create(d, &session);
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(id, encrypt, iv->data, iv->len, src->data,
                                 src->len);
    QVirtioCryptoShape shape = { };
    QVirtioCryptoRequest *req = qvirtio_crypto_run(d, 0, &op, &shape);
    GByteArray *result = g_byte_array_ref(req->written);

    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpint(result->len, ==, src->len);
    g_assert_cmpint(req->used, ==, src->len + 1);
    qvirtio_crypto_request_free(req, d->alloc);
    qvirtio_crypto_destroy(d, &session, id);
    return result;
}

static void assert_equal(const GByteArray *a, const GByteArray *b)
{
    g_assert_cmpmem(a->data, a->len, b->data, b->len);
}

static void check_known(QVirtioCryptoDriver *d, const char *name)
{
    KnownBytes *known = known_bytes(name);
    g_autoptr(GByteArray) cipher =
        run_cipher(d, known->answer->algo, true, known->key, known->iv,
                   known->plain);
    g_autoptr(GByteArray) plain =
        run_cipher(d, known->answer->algo, false, known->key, known->iv,
                   known->cipher);

    assert_equal(cipher, known->cipher);
    assert_equal(plain, known->plain);
    known_bytes_free(known);
}

/* Every cipher, with the layouts of both revisions */
static void test_known(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    const uint64_t features[] = { 0, REVISION_1 };

    for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
        QVirtioCryptoDriver *d =
            qvirtio_crypto_start(global_qtest, crypto->vdev, alloc,
                                 features[i]);

        check_known(d, data);
        qvirtio_crypto_stop(d);
    }
}

/* Big-endian addition of one, as a counter does it */
static void count_up(GByteArray *counter)
{
    guint i = counter->len;

    do {
        i--;
    } while (++counter->data[i] == 0 && i > 0);
}

static void xor_into(GByteArray *bytes, guint offset, const uint8_t *other,
                     size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bytes->data[offset + i] ^= other[i];
    }
}

static GByteArray *random_bytes(GRand *rand, size_t len)
{
    GByteArray *bytes = g_byte_array_new();

    g_byte_array_set_size(bytes, len);
    for (size_t i = 0; i < len; i++) {
        bytes->data[i] = g_rand_int(rand);
    }
    return bytes;
}

/*
 * Counter mode by hand: the counter blocks go through ECB, which published
 * answers vouch for, and the result is the key stream.
 */
static void check_ctr(QVirtioCryptoDriver *d, uint32_t ctr, uint32_t ecb,
                      size_t key_len, size_t block, const char *first)
{
    g_autoptr(GByteArray) none = g_byte_array_new();
    g_autoptr(GByteArray) key = random_bytes(d->rand, key_len);
    g_autoptr(GByteArray) src = random_bytes(d->rand, 10 * block + 3);
    g_autoptr(GByteArray) iv = hex_to_bytes(first);
    g_autoptr(GByteArray) counter = hex_to_bytes(first);
    g_autoptr(GByteArray) counters = g_byte_array_new();
    g_autoptr(GByteArray) stream = NULL;
    g_autoptr(GByteArray) result = NULL;
    g_autoptr(GByteArray) back = NULL;

    while (counters->len < src->len) {
        g_byte_array_append(counters, counter->data, block);
        count_up(counter);
    }
    stream = run_cipher(d, ecb, true, key, none, counters);
    result = run_cipher(d, ctr, true, key, iv, src);
    back = run_cipher(d, ctr, false, key, iv, result);
    assert_equal(back, src);
    xor_into(result, 0, stream->data, result->len);
    assert_equal(result, src);
}

static void test_3des_ctr(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, 0);

    for (size_t key_len = 16; key_len <= 24; key_len += 8) {
        check_ctr(d, VIRTIO_CRYPTO_CIPHER_3DES_CTR,
                  VIRTIO_CRYPTO_CIPHER_3DES_ECB, key_len, 8,
                  "0123456789abcdef");
        check_ctr(d, VIRTIO_CRYPTO_CIPHER_3DES_CTR,
                  VIRTIO_CRYPTO_CIPHER_3DES_ECB, key_len, 8,
                  "fffffffffffffffa");
    }
    qvirtio_crypto_stop(d);
}

/* The counter is the whole block, and wraps as such */
static void test_ctr_wrap(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, 0);

    for (size_t key_len = 16; key_len <= 32; key_len += 8) {
        check_ctr(d, VIRTIO_CRYPTO_CIPHER_AES_CTR,
                  VIRTIO_CRYPTO_CIPHER_AES_ECB, key_len, 16,
                  "00112233445566778899aabbfffffffd");
        check_ctr(d, VIRTIO_CRYPTO_CIPHER_AES_CTR,
                  VIRTIO_CRYPTO_CIPHER_AES_ECB, key_len, 16,
                  "fffffffffffffffffffffffffffffffc");
    }
    qvirtio_crypto_stop(d);
}

/* RFC 3711, 4.1.2: the key stream of the f8 mode by hand, from ECB */
static GByteArray *f8_stream(QVirtioCryptoDriver *d, const GByteArray *key,
                             const GByteArray *mask, const GByteArray *iv,
                             size_t len)
{
    g_autoptr(GByteArray) none = g_byte_array_new();
    g_autoptr(GByteArray) masked = g_byte_array_new();
    g_autoptr(GByteArray) start = NULL;
    g_autoptr(GByteArray) block = NULL;
    GByteArray *stream = g_byte_array_new();

    g_byte_array_append(masked, key->data, key->len);
    xor_into(masked, 0, mask->data, mask->len);
    start = run_cipher(d, VIRTIO_CRYPTO_CIPHER_AES_ECB, true, masked, none,
                       iv);
    block = g_byte_array_new();
    g_byte_array_set_size(block, 16);
    memset(block->data, 0, 16);
    for (uint32_t j = 0; stream->len < len; j++) {
        GByteArray *next;
        uint8_t number[4];

        stl_be_p(number, j);
        xor_into(block, 0, start->data, 16);
        xor_into(block, 12, number, 4);
        next = run_cipher(d, VIRTIO_CRYPTO_CIPHER_AES_ECB, true, key, none,
                          block);
        g_byte_array_unref(block);
        block = next;
        g_byte_array_append(stream, block->data, 16);
    }
    return stream;
}

/* Published answers exist only for the shortest key */
static void test_f8(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, 0);

    for (size_t key_len = 16; key_len <= 32; key_len += 8) {
        g_autoptr(GByteArray) key = random_bytes(d->rand, key_len);
        g_autoptr(GByteArray) mask = random_bytes(d->rand, key_len);
        g_autoptr(GByteArray) iv = random_bytes(d->rand, 16);
        g_autoptr(GByteArray) src = random_bytes(d->rand, 107);
        g_autoptr(GByteArray) stream = f8_stream(d, key, mask, iv, src->len);
        g_autoptr(GByteArray) both = g_byte_array_new();
        g_autoptr(GByteArray) result = NULL;
        g_autoptr(GByteArray) back = NULL;

        g_byte_array_append(both, key->data, key->len);
        g_byte_array_append(both, mask->data, mask->len);
        result = run_cipher(d, VIRTIO_CRYPTO_CIPHER_AES_F8, true, both, iv,
                            src);
        back = run_cipher(d, VIRTIO_CRYPTO_CIPHER_AES_F8, false, both, iv,
                          result);
        assert_equal(back, src);
        xor_into(result, 0, stream->data, result->len);
        assert_equal(result, src);
    }
    qvirtio_crypto_stop(d);
}

/* Every operation starts with the session's key and the request's vector */
static void test_no_memory(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);

    for (const KnownAnswer *answer = known_answers; answer->name; answer++) {
        KnownBytes *known = known_bytes(answer->name);
        QVirtioCryptoSession session =
            qvirtio_crypto_cipher(answer->algo, true, known->key->data,
                                  known->key->len);
        uint64_t id = qvirtio_crypto_create(d, &session);
        QVirtioCryptoShape shape = { .indirect = true };
        QVirtioCryptoOp op =
            qvirtio_crypto_cipher_op(id, true, known->iv->data,
                                     known->iv->len, known->plain->data,
                                     known->plain->len);

        for (int i = 0; i < 3; i++) {
            QVirtioCryptoRequest *req = qvirtio_crypto_run(d, 0, &op, &shape);

            g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
            assert_equal(req->written, known->cipher);
            qvirtio_crypto_request_free(req, alloc);
        }
        qvirtio_crypto_destroy(d, &session, id);
        known_bytes_free(known);
    }
    qvirtio_crypto_stop(d);
}

/* Nothing in, nothing out, where the mode allows that */
static void test_empty(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, 0);
    g_autoptr(GByteArray) none = g_byte_array_new();

    for (const KnownAnswer *answer = known_answers; answer->name; answer++) {
        KnownBytes *known = known_bytes(answer->name);

        if (answer->algo != VIRTIO_CRYPTO_CIPHER_AES_XTS) {
            g_autoptr(GByteArray) result =
                run_cipher(d, answer->algo, true, known->key, known->iv,
                           none);

            g_assert_cmpint(result->len, ==, 0);
        }
        known_bytes_free(known);
    }
    qvirtio_crypto_stop(d);
}

static void register_tests(void)
{
    for (const KnownAnswer *answer = known_answers; answer->name; answer++) {
        g_autofree char *name = g_strdup_printf("cipher/%s", answer->name);
        QOSGraphTestOptions opts = {
            .before = add_shared_ram,
            .arg = (void *)answer->name,
        };

        qos_add_test(name, "virtio-crypto", test_known, &opts);
    }
    add_crypto_test_both("cipher/3des-ctr", test_3des_ctr, &shared_ram);
    add_crypto_test_both("cipher/ctr-wrap", test_ctr_wrap, &shared_ram);
    add_crypto_test_both("cipher/aes-f8", test_f8, &shared_ram);
    add_crypto_test("cipher/no-memory", "virtio-crypto", test_no_memory,
                    &shared_ram);
    add_crypto_test_both("cipher/empty", test_empty, &shared_ram);
}

libqos_init(register_tests);
