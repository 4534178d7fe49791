/*
 * Tests of virtio-crypto: authenticated encryption
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Keys, nonces and texts are random, but the same in every run.  Nettle, never
 * the device, provides the expected results.  The driver checks for every
 * request that the device writes only the bytes that it reports as written: an
 * operation that fails must not change the destination.
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "qemu/bswap.h"
#include "qemu/host-utils.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "aead-reference.h"
#include "options.h"
#include "rsp.h"

#define REVISION_1  (1ull << QVIRTIO_CRYPTO_F_REVISION_1)
#define INDIRECT    (1ull << VIRTIO_RING_F_INDIRECT_DESC)

#define GCM_BLOCK 16
#define GCM_SHORT_IV 12
#define LENGTH_MAX 32

/* Valid lengths by the standards: bit n of a set stands for n bytes */
typedef struct Algorithm {
    uint32_t number;
    uint64_t key_lens;
    uint64_t iv_lens;
    uint64_t tag_lens;
} Algorithm;

#define AES_KEYS (BIT_ULL(16) | BIT_ULL(24) | BIT_ULL(32))

static const Algorithm algorithms[] = {
    /* SP 800-38D, section 5.2.1, and the pre-counter block */
    { VIRTIO_CRYPTO_AEAD_GCM, AES_KEYS,
      BIT_ULL(12) | BIT_ULL(16),
      BIT_ULL(4) | BIT_ULL(8) | BIT_ULL(12) | BIT_ULL(13) | BIT_ULL(14) |
      BIT_ULL(15) | BIT_ULL(16) },
    /* SP 800-38C, appendix A.1 */
    { VIRTIO_CRYPTO_AEAD_CCM, AES_KEYS,
      BIT_ULL(7) | BIT_ULL(8) | BIT_ULL(9) | BIT_ULL(10) | BIT_ULL(11) |
      BIT_ULL(12) | BIT_ULL(13),
      BIT_ULL(4) | BIT_ULL(6) | BIT_ULL(8) | BIT_ULL(10) | BIT_ULL(12) |
      BIT_ULL(14) | BIT_ULL(16) },
    /* RFC 8439, section 2.8 */
    { VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305, BIT_ULL(32), BIT_ULL(12),
      BIT_ULL(16) },
};

static bool has_len(uint64_t lens, size_t len)
{
    return lens >> len & 1;
}

/* One message; @sealed is its ciphertext and tag */
typedef struct Sample {
    uint32_t algo;
    size_t tag_len;
    GByteArray *key;
    GByteArray *iv;
    GByteArray *aad;
    GByteArray *plain;
    GByteArray *sealed;
} Sample;

static const QVirtioCryptoShape shapes[] = {
    { },
    { .joined = true, .surplus_readable = 5, .surplus_writable = 9 },
    { .indirect = true, .piece = 7 },
    { .indirect = true, .in_place = true },
    { .indirect = true, .piece = 20, .in_place = true, .empty = true },
    { .indirect = true, .in_place = true, .overlap = 1 },
    { .indirect = true, .in_place = true, .overlap = -1 },
    { .indirect = true, .in_place = true, .overlap = 16 },
    { .indirect = true, .in_place = true, .overlap = -16 },
    { .indirect = true, .in_place = true, .overlap = 33 },
    { .indirect = true, .in_place = true, .overlap = -33 },
};

/* For messages of a megabyte, in as many pieces as a chain may have */
static const QVirtioCryptoShape large_shapes[] = {
    { },
    { .indirect = true, .piece = 30000 },
    { .indirect = true, .piece = 70000, .in_place = true },
    { .indirect = true, .in_place = true, .overlap = 4097 },
    { .indirect = true, .in_place = true, .overlap = -4097 },
};

static QVirtioCryptoDriver *start(void *obj, QGuestAllocator *alloc,
                                  uint64_t features)
{
    QVirtioCrypto *crypto = obj;

    return qvirtio_crypto_start(global_qtest, crypto->vdev, alloc,
                                features | INDIRECT);
}

/* Runs @check under both layouts */
static void both_layouts(void *obj, QGuestAllocator *alloc,
                         void (*check)(QVirtioCryptoDriver *d))
{
    const uint64_t features[] = { 0, REVISION_1 };

    for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
        QVirtioCryptoDriver *d = start(obj, alloc, features[i]);

        check(d);
        qvirtio_crypto_stop(d);
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

static void seal(Sample *sample)
{
    if (sample->sealed) {
        g_byte_array_unref(sample->sealed);
    }
    sample->sealed = aead_reference(sample->algo, sample->key, sample->iv,
                                    sample->aad, sample->plain,
                                    sample->tag_len);
}

static Sample *new_sample(GRand *rand, uint32_t algo, size_t key_len,
                          size_t iv_len, size_t tag_len, size_t aad_len,
                          size_t len)
{
    Sample *sample = g_new0(Sample, 1);

    sample->algo = algo;
    sample->tag_len = tag_len;
    sample->key = random_bytes(rand, key_len);
    sample->iv = random_bytes(rand, iv_len);
    sample->aad = random_bytes(rand, aad_len);
    sample->plain = random_bytes(rand, len);
    seal(sample);
    return sample;
}

static void free_sample(Sample *sample)
{
    g_byte_array_unref(sample->key);
    g_byte_array_unref(sample->iv);
    g_byte_array_unref(sample->aad);
    g_byte_array_unref(sample->plain);
    g_byte_array_unref(sample->sealed);
    g_free(sample);
}

/* With the longest tag and nonce */
static Sample *any_sample(GRand *rand, const Algorithm *algorithm,
                          size_t aad_len, size_t len)
{
    return new_sample(rand, algorithm->number, 32,
                      63 - clz64(algorithm->iv_lens),
                      63 - clz64(algorithm->tag_lens), aad_len, len);
}

static QVirtioCryptoSession sample_session(const Sample *sample, bool encrypt)
{
    return qvirtio_crypto_aead(sample->algo, encrypt, sample->tag_len,
                               sample->key->data, sample->key->len);
}

static QVirtioCryptoOp sample_op(const Sample *sample, uint64_t id,
                                 bool encrypt)
{
    const GByteArray *src = encrypt ? sample->plain : sample->sealed;

    return qvirtio_crypto_aead_op(sample->algo, id, encrypt, sample->iv->data,
                                  sample->iv->len, sample->aad->data,
                                  sample->aad->len, src->data, src->len,
                                  sample->tag_len);
}

static void assert_op_result(QVirtioCryptoDriver *d, const Sample *sample,
                             const QVirtioCryptoOp *op, bool encrypt,
                             const QVirtioCryptoShape *shape)
{
    const GByteArray *expected = encrypt ? sample->sealed : sample->plain;
    QVirtioCryptoRequest *req = qvirtio_crypto_run(d, 0, op, shape);

    if (req->status != VIRTIO_CRYPTO_OK ||
        req->written->len != expected->len ||
        (expected->len &&
         memcmp(req->written->data, expected->data, expected->len))) {
        g_error("wrong result: algorithm %u, encrypt %d, key %u, nonce %u, "
                "tag %zu, AAD %u, plaintext %u, shape %zu %d, status %u",
                sample->algo, encrypt, sample->key->len, sample->iv->len,
                sample->tag_len, sample->aad->len, sample->plain->len,
                shape->piece, shape->overlap, req->status);
    }
    qvirtio_crypto_request_free(req, d->alloc);
}

static void assert_result(QVirtioCryptoDriver *d, const Sample *sample,
                          uint64_t id, bool encrypt,
                          const QVirtioCryptoShape *shape)
{
    QVirtioCryptoOp op = sample_op(sample, id, encrypt);

    assert_op_result(d, sample, &op, encrypt, shape);
}

/* Encrypts and decrypts, each in all of these shapes, and frees the sample */
static void check_shapes(QVirtioCryptoDriver *d, Sample *sample,
                         const QVirtioCryptoShape *in, size_t n)
{
    for (int encrypt = 0; encrypt < 2; encrypt++) {
        QVirtioCryptoSession session = sample_session(sample, encrypt);
        uint64_t id = qvirtio_crypto_create(d, &session);

        for (size_t i = 0; i < n; i++) {
            /* An empty text cannot overlap */
            if (!in[i].overlap || sample->plain->len) {
                assert_result(d, sample, id, encrypt, &in[i]);
            }
        }
        qvirtio_crypto_destroy(d, &session, id);
    }
    free_sample(sample);
}

static void check_sample(QVirtioCryptoDriver *d, Sample *sample)
{
    check_shapes(d, sample, shapes, ARRAY_SIZE(shapes));
}

/* The IV takes only the nonce, without GCM's and CCM's further room */
static QVirtioCryptoOp exact_op(QVirtioCryptoOp op, const uint8_t *nonce)
{
    op.iv = nonce;
    op.iv_bytes = op.iv_len;
    return op;
}

static void assert_status(QVirtioCryptoDriver *d, const QVirtioCryptoOp *op,
                          const QVirtioCryptoShape *shape, uint8_t status)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_run(d, 0, op, shape);

    g_assert_cmpint(req->status, ==, status);
    g_assert_cmpint(req->used, ==, 1);
    qvirtio_crypto_request_free(req, d->alloc);
}

static void assert_error(QVirtioCryptoDriver *d, QVirtioCryptoOp op)
{
    assert_status(d, &op, &shapes[0], VIRTIO_CRYPTO_ERR);
}

/* Lengths from nothing to some blocks, and most often no multiple of one */
static Sample *sample_of_sizes(GRand *rand, const Algorithm *algorithm,
                               size_t key_len, size_t iv_len, size_t tag_len)
{
    return new_sample(rand, algorithm->number, key_len, iv_len, tag_len,
                      g_rand_int_range(rand, 0, 100),
                      g_rand_int_range(rand, 0, 200));
}

static void check_nonces_and_tags(QVirtioCryptoDriver *d,
                                  const Algorithm *algorithm, size_t key_len)
{
    VectorCount count = { };

    for (size_t iv_len = 0; iv_len <= LENGTH_MAX; iv_len++) {
        for (size_t tag_len = 0; tag_len <= LENGTH_MAX; tag_len++) {
            if (has_len(algorithm->iv_lens, iv_len) &&
                has_len(algorithm->tag_lens, tag_len) &&
                vectors_take(&count)) {
                check_sample(d, sample_of_sizes(d->rand, algorithm, key_len,
                                                iv_len, tag_len));
            }
        }
    }
}

static void check_sizes(QVirtioCryptoDriver *d)
{
    for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
        for (size_t key_len = 0; key_len <= LENGTH_MAX; key_len++) {
            if (has_len(algorithms[i].key_lens, key_len)) {
                check_nonces_and_tags(d, &algorithms[i], key_len);
            }
        }
    }
}

/* Every legal key, nonce and tag, with both layouts */
static void test_sizes(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_sizes);
}

/* Empty plaintext, empty additional data, both, and lengths around a block */
static void check_edges(QVirtioCryptoDriver *d)
{
    const size_t lens[] = { 0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 128 };
    const size_t n = ARRAY_SIZE(lens);

    for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
        for (size_t j = 0; j < n * n; j += sample_step()) {
            check_sample(d, any_sample(d->rand, &algorithms[i], lens[j / n],
                                       lens[j % n]));
        }
    }
}

static void test_edges(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_edges);
}

/*
 * As drivers send nonces.  Bytes behind the request do no harm if they are
 * fewer than the nonce lacks; more make it another request.
 */
static void check_exact(QVirtioCryptoDriver *d, const Sample *sample,
                        bool encrypt)
{
    QVirtioCryptoSession session = sample_session(sample, encrypt);
    uint64_t id = qvirtio_crypto_create(d, &session);
    QVirtioCryptoOp op = exact_op(sample_op(sample, id, encrypt),
                                  sample->iv->data);
    QVirtioCryptoShape shape = { .indirect = true, .in_place = true };
    size_t lacks = sample->algo == VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305
                   ? 0 : sizeof(op.iv_area) - op.iv_len;

    assert_op_result(d, sample, &op, encrypt, &shape);
    shape.piece = 7;
    assert_op_result(d, sample, &op, encrypt, &shape);
    shape = (QVirtioCryptoShape) { .joined = true };
    for (; shape.surplus_readable < lacks; shape.surplus_readable++) {
        assert_op_result(d, sample, &op, encrypt, &shape);
    }
    if (lacks && !encrypt) {
        assert_status(d, &op, &shape, VIRTIO_CRYPTO_BADMSG);
    }
    op.aad_bytes--;
    assert_error(d, op);
    qvirtio_crypto_destroy(d, &session, id);
}

static void check_exact_nonces(QVirtioCryptoDriver *d)
{
    for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
        for (size_t iv_len = 0; iv_len <= LENGTH_MAX; iv_len++) {
            if (has_len(algorithms[i].iv_lens, iv_len)) {
                Sample *sample = new_sample(d->rand, algorithms[i].number, 32,
                                            iv_len, 16, 21, 50);

                check_exact(d, sample, true);
                check_exact(d, sample, false);
                free_sample(sample);
            }
        }
    }
}

static void test_exact_nonces(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_exact_nonces);
}

/* CCM says a length of additional data from 65280 on in another way */
static void test_large(void *obj, void *data, QGuestAllocator *alloc)
{
    const size_t aad_lens[] = { 0xfeff, 0xff00, 0x10001 };
    QVirtioCryptoDriver *d = start(obj, alloc, 0);

    for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
        uint32_t number = algorithms[i].number;
        size_t tag_len = 16;

        check_shapes(d, new_sample(d->rand, number, 32, GCM_SHORT_IV, tag_len,
                                   300, MiB + 5),
                     large_shapes, ARRAY_SIZE(large_shapes));
        for (size_t j = 0; j < ARRAY_SIZE(aad_lens); j++) {
            check_shapes(d, new_sample(d->rand, number, 32, GCM_SHORT_IV,
                                       tag_len, aad_lens[j], 100),
                         large_shapes, 3);
        }
    }
    check_shapes(d, new_sample(d->rand, VIRTIO_CRYPTO_AEAD_GCM, 32, GCM_BLOCK,
                               16, 300, MiB - 5),
                 large_shapes, ARRAY_SIZE(large_shapes));
    qvirtio_crypto_stop(d);
}

/* A wrong bit must be detected in every place and every shape */
static void check_flipped(QVirtioCryptoDriver *d, const Sample *sample,
                          uint64_t id, GByteArray *bytes)
{
    for (guint i = 0; i < bytes->len; i++) {
        uint8_t bit = 1 << g_rand_int_range(d->rand, 0, 8);
        QVirtioCryptoOp op;

        bytes->data[i] ^= bit;
        op = sample_op(sample, id, false);
        assert_status(d, &op, &shapes[i % ARRAY_SIZE(shapes)],
                      VIRTIO_CRYPTO_BADMSG);
        bytes->data[i] ^= bit;
    }
}

/* Without a byte at the end, without one at the start, and with one more */
static void check_resized(QVirtioCryptoDriver *d, const Sample *sample,
                          uint64_t id)
{
    g_autoptr(GByteArray) longer = g_byte_array_new();
    guint len = sample->sealed->len;

    g_byte_array_append(longer, sample->sealed->data, len);
    g_byte_array_set_size(longer, len + 1);
    longer->data[len] = 0;
    for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
        QVirtioCryptoOp op = sample_op(sample, id, false);

        op.src_len = op.src_bytes = len - 1;
        assert_status(d, &op, &shapes[i], VIRTIO_CRYPTO_BADMSG);
        op.src++;
        assert_status(d, &op, &shapes[i], VIRTIO_CRYPTO_BADMSG);
        op.src = longer->data;
        op.src_len = op.src_bytes = len + 1;
        op.dst_len = op.room = sample->plain->len + 1;
        assert_status(d, &op, &shapes[i], VIRTIO_CRYPTO_BADMSG);
        op = sample_op(sample, id, false);
        op.aad_len = op.aad_bytes = sample->aad->len - 1;
        assert_status(d, &op, &shapes[i], VIRTIO_CRYPTO_BADMSG);
    }
}

/* Frees the sample */
static void check_tampered(QVirtioCryptoDriver *d, Sample *sample)
{
    QVirtioCryptoSession session = sample_session(sample, false);
    uint64_t id = qvirtio_crypto_create(d, &session);

    check_flipped(d, sample, id, sample->iv);
    check_flipped(d, sample, id, sample->aad);
    check_flipped(d, sample, id, sample->sealed);
    check_resized(d, sample, id);
    /* The session has not suffered */
    assert_result(d, sample, id, false, &shapes[0]);
    qvirtio_crypto_destroy(d, &session, id);
    free_sample(sample);
}

static void test_tampered(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);

    for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
        const Algorithm *algorithm = &algorithms[i];

        for (size_t tag_len = 0; tag_len <= LENGTH_MAX; tag_len++) {
            if (has_len(algorithm->tag_lens, tag_len)) {
                check_tampered(d, new_sample(d->rand, algorithm->number, 32,
                                             GCM_SHORT_IV, tag_len, 21, 50));
            }
        }
    }
    check_tampered(d, new_sample(d->rand, VIRTIO_CRYPTO_AEAD_GCM, 16,
                                 GCM_BLOCK, 16, 21, 50));
    qvirtio_crypto_stop(d);
}

/* Parameters that must be refused, but are valid with another length */
static void assert_no_session(QVirtioCryptoDriver *d, uint32_t algo,
                              uint32_t tag_len, uint32_t key_len)
{
    static const uint8_t key[80];
    uint64_t id;

    for (int encrypt = 0; encrypt < 2; encrypt++) {
        QVirtioCryptoSession session =
            qvirtio_crypto_aead(algo, encrypt, tag_len, key, key_len);

        g_assert_cmpint(qvirtio_crypto_try_create(d, &session, &id), ==,
                        VIRTIO_CRYPTO_NOTSUPP);
    }
}

static void check_illegal_sessions(QVirtioCryptoDriver *d)
{
    const uint32_t huge[] = { 0x7fffffff, 0x80000010, 0xffffffff };

    for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
        const Algorithm *algorithm = &algorithms[i];

        for (uint32_t len = 0; len < 64; len++) {
            if (!has_len(algorithm->key_lens, len)) {
                assert_no_session(d, algorithm->number, 16, len);
            }
            if (!has_len(algorithm->tag_lens, len)) {
                assert_no_session(d, algorithm->number, len, 32);
            }
        }
        for (size_t j = 0; j < ARRAY_SIZE(huge); j++) {
            assert_no_session(d, algorithm->number, huge[j], 32);
        }
    }
    assert_no_session(d, VIRTIO_CRYPTO_NO_AEAD, 16, 32);
    assert_no_session(d, VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305 + 1, 16, 32);
    assert_no_session(d, UINT32_MAX, 16, 32);
}

static void test_illegal_sessions(void *obj, void *data,
                                  QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_illegal_sessions);
}

static void check_illegal_nonces(QVirtioCryptoDriver *d, const Sample *sample,
                                 uint64_t id, bool encrypt, uint64_t legal)
{
    const uint32_t huge[] = { 64, 4096, 0x7fffffff, 0x8000000c, 0xffffffff };
    static const uint8_t nonce[64];
    QVirtioCryptoOp op = sample_op(sample, id, encrypt);

    for (op.iv_len = 0; op.iv_len < 64; op.iv_len++) {
        if (!has_len(legal, op.iv_len)) {
            assert_error(d, op);
            assert_error(d, exact_op(op, nonce));
        }
    }
    for (size_t i = 0; i < ARRAY_SIZE(huge); i++) {
        op.iv_len = huge[i];
        assert_error(d, op);
    }
}

/* A source without a whole tag, and a destination with too little room */
static void check_illegal_lengths(QVirtioCryptoDriver *d, const Sample *sample,
                                  uint64_t id, bool encrypt)
{
    QVirtioCryptoOp op = sample_op(sample, id, encrypt);
    uint32_t room = op.dst_len;

    for (op.dst_len = 0; op.dst_len < room; op.dst_len++) {
        assert_error(d, op);
    }
    /* More than there is */
    op.dst_len = room + 2;
    assert_error(d, op);
    op = exact_op(sample_op(sample, id, encrypt), sample->iv->data);
    op.aad_len++;
    assert_error(d, op);
    op.aad_len = UINT32_MAX;
    assert_error(d, op);
    op = sample_op(sample, id, false);
    for (op.src_len = 0; !encrypt && op.src_len < sample->tag_len;
         op.src_len++) {
        assert_error(d, op);
    }
}

static void check_illegal_ops(QVirtioCryptoDriver *d)
{
    for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
        Sample *sample = any_sample(d->rand, &algorithms[i], 20, 40);

        for (int encrypt = 0; encrypt < 2; encrypt++) {
            QVirtioCryptoSession session = sample_session(sample, encrypt);
            uint64_t id = qvirtio_crypto_create(d, &session);

            check_illegal_nonces(d, sample, id, encrypt,
                                 algorithms[i].iv_lens);
            check_illegal_lengths(d, sample, id, encrypt);
            assert_error(d, sample_op(sample, id, !encrypt));
            /* The session has not suffered */
            assert_result(d, sample, id, encrypt, &shapes[0]);
            qvirtio_crypto_destroy(d, &session, id);
        }
        free_sample(sample);
    }
}

static void test_illegal_ops(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_illegal_ops);
}

/* More room than the result takes: the rest stays as it was */
static void check_room(QVirtioCryptoDriver *d)
{
    for (size_t i = 0; i < ARRAY_SIZE(algorithms) * 2; i++) {
        bool encrypt = i % 2;
        Sample *sample = any_sample(d->rand, &algorithms[i / 2], 20, 40);
        QVirtioCryptoSession session = sample_session(sample, encrypt);
        uint64_t id = qvirtio_crypto_create(d, &session);
        QVirtioCryptoOp op = sample_op(sample, id, encrypt);
        GByteArray *expected = encrypt ? sample->sealed : sample->plain;
        QVirtioCryptoRequest *req;

        op.dst_len = op.room = op.room + 30;
        req = qvirtio_crypto_run(d, 0, &op, &shapes[2]);
        g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
        g_assert_cmpmem(req->written->data, req->written->len,
                        expected->data, expected->len);
        qvirtio_crypto_request_free(req, d->alloc);
        qvirtio_crypto_destroy(d, &session, id);
        free_sample(sample);
    }
}

static void test_room(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_room);
}

/* A request says its tag's length with revision 1; it is the session's */
static void test_request_tag(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, REVISION_1);

    for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
        Sample *sample = any_sample(d->rand, &algorithms[i], 20, 40);
        QVirtioCryptoSession session = sample_session(sample, true);
        uint64_t id = qvirtio_crypto_create(d, &session);
        QVirtioCryptoOp op = sample_op(sample, id, true);

        for (op.tag_len = 0; op.tag_len < 40; op.tag_len++) {
            if (op.tag_len != sample->tag_len) {
                assert_error(d, op);
            }
        }
        op.tag_len = UINT32_MAX;
        assert_error(d, op);
        assert_result(d, sample, id, true, &shapes[0]);
        qvirtio_crypto_destroy(d, &session, id);
        free_sample(sample);
    }
    qvirtio_crypto_stop(d);
}

/* The request, not the session, sets the length of additional data */
static void check_session_aad(QVirtioCryptoDriver *d)
{
    const uint32_t lens[] = { 0, 1, 20, UINT32_MAX };

    for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
        Sample *sample = any_sample(d->rand, &algorithms[i], 20, 40);

        for (size_t j = 0; j < ARRAY_SIZE(lens); j++) {
            QVirtioCryptoSession session = sample_session(sample, true);
            uint64_t id;

            session.aad_len = lens[j];
            id = qvirtio_crypto_create(d, &session);
            assert_result(d, sample, id, true, &shapes[0]);
            qvirtio_crypto_destroy(d, &session, id);
        }
        free_sample(sample);
    }
}

static void test_session_aad(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_session_aad);
}

/* SP 800-38C, appendix A.1: a nonce of 13 bytes leaves two for the length */
static void check_too_long(QVirtioCryptoDriver *d)
{
    Sample *sample = new_sample(d->rand, VIRTIO_CRYPTO_AEAD_CCM, 16, 12, 16,
                                10, 65536);

    for (int encrypt = 0; encrypt < 2; encrypt++) {
        QVirtioCryptoSession session = sample_session(sample, encrypt);
        uint64_t id = qvirtio_crypto_create(d, &session);
        QVirtioCryptoOp op = sample_op(sample, id, encrypt);

        op.iv_len = 13;
        assert_error(d, op);
        qvirtio_crypto_destroy(d, &session, id);
    }
    /* The same is not too long for a nonce of 12 bytes */
    check_shapes(d, sample, large_shapes, ARRAY_SIZE(large_shapes));
}

static void test_ccm_limit(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);

    check_too_long(d);
    check_shapes(d, new_sample(d->rand, VIRTIO_CRYPTO_AEAD_CCM, 16, 13, 16,
                               10, 65535),
                 large_shapes, ARRAY_SIZE(large_shapes));
    qvirtio_crypto_stop(d);
}

/*
 * The pre-counter block of a short initialization vector, SP 800-38D, section
 * 7.1, step 2: nettle with the vector and the device with the block must agree.
 */
static void check_short_iv(QVirtioCryptoDriver *d, size_t key_len,
                           size_t tag_len)
{
    const uint8_t one[] = { 0, 0, 0, 1 };
    Sample *sample = new_sample(d->rand, VIRTIO_CRYPTO_AEAD_GCM, key_len,
                                GCM_SHORT_IV, tag_len, 30, 100);

    g_byte_array_append(sample->iv, one, sizeof(one));
    check_sample(d, sample);
}

/* Only the last 32 bits count: the bits before them never change */
static void check_wrap(QVirtioCryptoDriver *d, size_t key_len, uint32_t first)
{
    Sample *sample = new_sample(d->rand, VIRTIO_CRYPTO_AEAD_GCM, key_len,
                                GCM_BLOCK, 16, 30, 600);

    stl_be_p(sample->iv->data + GCM_SHORT_IV, first);
    seal(sample);
    check_sample(d, sample);
}

static void check_constant(QVirtioCryptoDriver *d, size_t key_len,
                           uint8_t byte)
{
    Sample *sample = new_sample(d->rand, VIRTIO_CRYPTO_AEAD_GCM, key_len,
                                GCM_BLOCK, 16, 30, 100);

    memset(sample->iv->data, byte, GCM_BLOCK);
    seal(sample);
    check_sample(d, sample);
}

static void test_j0(void *obj, void *data, QGuestAllocator *alloc)
{
    const uint32_t first[] = {
        0, 1, 0x7fffffff, 0xffffffdf, 0xfffffff8, 0xfffffffe, 0xffffffff,
    };
    QVirtioCryptoDriver *d = start(obj, alloc, 0);

    for (size_t key_len = 16; key_len <= 32; key_len += 8) {
        for (size_t tag_len = 12; tag_len <= 16; tag_len++) {
            check_short_iv(d, key_len, tag_len);
        }
        for (size_t i = 0; i < ARRAY_SIZE(first); i++) {
            check_wrap(d, key_len, first[i]);
        }
        check_constant(d, key_len, 0);
        check_constant(d, key_len, 0xff);
    }
    qvirtio_crypto_stop(d);
}

/* Runs many operations of one session on all queues at once */
static void check_parallel(QVirtioCryptoDriver *d, Sample *sample,
                           bool encrypt)
{
    const GByteArray *expected = encrypt ? sample->sealed : sample->plain;
    QVirtioCryptoSession session = sample_session(sample, encrypt);
    uint64_t id = qvirtio_crypto_create(d, &session);
    QVirtioCryptoOp op = sample_op(sample, id, encrypt);
    QVirtioCryptoRequest *reqs[80];

    for (size_t i = 0; i < ARRAY_SIZE(reqs); i++) {
        reqs[i] = qvirtio_crypto_op_request(d, &op);
        qvirtio_crypto_enqueue(d, i % d->n_data, reqs[i], &shapes[3]);
    }
    for (uint32_t queue = 0; queue < d->n_data; queue++) {
        qvirtring_kick(d->rings[queue]);
    }
    for (size_t i = 0; i < ARRAY_SIZE(reqs); i++) {
        qvirtio_crypto_wait(d, i % d->n_data, reqs[i]);
        g_assert_cmpint(reqs[i]->status, ==, VIRTIO_CRYPTO_OK);
        g_assert_cmpmem(reqs[i]->written->data, reqs[i]->written->len,
                        expected->data, expected->len);
        qvirtio_crypto_request_free(reqs[i], d->alloc);
    }
    qvirtio_crypto_destroy(d, &session, id);
}

static void test_parallel(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);

    g_assert_cmpint(d->n_data, ==, 4);
    for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
        Sample *sample = any_sample(d->rand, &algorithms[i], 100, 30000);

        check_parallel(d, sample, true);
        check_parallel(d, sample, false);
        free_sample(sample);
    }
    qvirtio_crypto_stop(d);
}

static const CryptoOptions queues_4 = {
    .backend = "queues=4", .shared_ram = true,
};

static void register_tests(void)
{
    static const struct {
        const char *name;
        QOSTestFunc function;
    } tests[] = {
        { "aead/sizes", test_sizes },
        { "aead/edges", test_edges },
        { "aead/exact-nonces", test_exact_nonces },
        { "aead/large", test_large },
        { "aead/tampered", test_tampered },
        { "aead/illegal-sessions", test_illegal_sessions },
        { "aead/illegal-ops", test_illegal_ops },
        { "aead/room", test_room },
        { "aead/request-tag", test_request_tag },
        { "aead/session-aad", test_session_aad },
        { "aead/ccm-limit", test_ccm_limit },
        { "aead/j0", test_j0 },
    };

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        add_crypto_test(tests[i].name, "virtio-crypto", tests[i].function,
                        &shared_ram);
    }
    add_crypto_test("aead/parallel", "virtio-crypto", test_parallel,
                    &queues_4);
}

libqos_init(register_tests);
