/*
 * Tests of virtio-crypto: requests of any shape, on split and packed rings
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The result of one plain request is the reference for all other shapes of
 * the same request.  That it is right is for the tests of known answers.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "known.h"
#include "options.h"

#define REVISION_1  (1ull << QVIRTIO_CRYPTO_F_REVISION_1)
#define INDIRECT    (1ull << VIRTIO_RING_F_INDIRECT_DESC)
#define EVENT_INDEX (1ull << VIRTIO_RING_F_EVENT_IDX)
#define PACKED      (1ull << VIRTIO_F_RING_PACKED)

/* Not a multiple of any block, for the ciphers that take such lengths */
#define ODD_LEN     333
#define EVEN_LEN    336

typedef struct Reference {
    QVirtioCryptoDriver *d;
    QVirtioCryptoSession encrypt_session, decrypt_session;
    uint64_t encrypt, decrypt;
    KnownBytes *known;
    GByteArray *plain, *cipher;
} Reference;

static GByteArray *run_shape(Reference *ref, bool encrypt,
                             const QVirtioCryptoShape *shape)
{
    GByteArray *src = encrypt ? ref->plain : ref->cipher;
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(encrypt ? ref->encrypt : ref->decrypt,
                                 encrypt, ref->known->iv->data,
                                 ref->known->iv->len, src->data, src->len);
    QVirtioCryptoRequest *req = qvirtio_crypto_run(ref->d, 0, &op, shape);
    GByteArray *result = g_byte_array_ref(req->written);

    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpint(req->used, ==, src->len + 1);
    qvirtio_crypto_request_free(req, ref->d->alloc);
    return result;
}

static bool takes_any_length(uint32_t algo)
{
    switch (algo) {
    case VIRTIO_CRYPTO_CIPHER_ARC4:
    case VIRTIO_CRYPTO_CIPHER_AES_CTR:
    case VIRTIO_CRYPTO_CIPHER_AES_F8:
    case VIRTIO_CRYPTO_CIPHER_AES_XTS:
        return true;
    default:
        return false;
    }
}

static void reference_init(Reference *ref, QVirtioCryptoDriver *d,
                           const KnownAnswer *answer, size_t len)
{
    const QVirtioCryptoShape plain_shape = { };
    KnownBytes *known = known_bytes(answer->name);

    ref->d = d;
    ref->known = known;
    ref->encrypt_session =
        qvirtio_crypto_cipher(answer->algo, true, known->key->data,
                              known->key->len);
    ref->decrypt_session =
        qvirtio_crypto_cipher(answer->algo, false, known->key->data,
                              known->key->len);
    ref->encrypt = qvirtio_crypto_create(d, &ref->encrypt_session);
    ref->decrypt = qvirtio_crypto_create(d, &ref->decrypt_session);
    ref->plain = g_byte_array_new();
    g_byte_array_set_size(ref->plain, len);
    for (size_t i = 0; i < len; i++) {
        ref->plain->data[i] = g_rand_int(d->rand);
    }
    ref->cipher = run_shape(ref, true, &plain_shape);
}

static void reference_clear(Reference *ref)
{
    qvirtio_crypto_destroy(ref->d, &ref->encrypt_session, ref->encrypt);
    qvirtio_crypto_destroy(ref->d, &ref->decrypt_session, ref->decrypt);
    known_bytes_free(ref->known);
    g_byte_array_unref(ref->plain);
    g_byte_array_unref(ref->cipher);
}

static void check_shape(Reference *ref, QVirtioCryptoShape shape)
{
    for (int encrypt = 0; encrypt < 2; encrypt++) {
        for (int in_place = 0; in_place < 2; in_place++) {
            GByteArray *expected = encrypt ? ref->cipher : ref->plain;
            g_autoptr(GByteArray) result = NULL;

            shape.in_place = in_place;
            result = run_shape(ref, encrypt, &shape);
            g_assert_cmpmem(result->data, result->len, expected->data,
                            expected->len);
        }
    }
}

static const QVirtioCryptoShape shapes[] = {
    { },
    { .joined = true },
    { .piece = 1 },
    { .piece = 2, .joined = true },
    { .piece = 5 },
    { .piece = 7, .joined = true },
    { .piece = 16 },
    { .piece = 33, .joined = true },
    { .piece = 100 },
    { .surplus_readable = 1, .surplus_writable = 1 },
    { .surplus_readable = 5000, .surplus_writable = 9000 },
    { .surplus_readable = 70, .surplus_writable = 90, .piece = 11 },
    { .surplus_readable = 70, .surplus_writable = 90, .joined = true },
    { .surplus_readable = 9, .surplus_writable = 9, .joined = true,
      .piece = 3 },
};

static void check_shapes(QVirtioCryptoDriver *d, bool indirect)
{
    for (const KnownAnswer *answer = known_answers; answer->name; answer++) {
        Reference ref;

        reference_init(&ref, d, answer, takes_any_length(answer->algo) ?
                                        ODD_LEN : EVEN_LEN);
        for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
            QVirtioCryptoShape shape = shapes[i];

            shape.indirect = indirect;
            check_shape(&ref, shape);
        }
        reference_clear(&ref);
    }
}

/* All ciphers in all shapes, under these features */
static void run_shapes(QVirtioCrypto *crypto, QGuestAllocator *alloc,
                       uint64_t features)
{
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, features);

    check_shapes(d, features & INDIRECT);
    qvirtio_crypto_stop(d);
}

static void test_split(void *obj, void *data, QGuestAllocator *alloc)
{
    run_shapes(obj, alloc, 0);
}

static void test_split_indirect(void *obj, void *data, QGuestAllocator *alloc)
{
    run_shapes(obj, alloc, INDIRECT | EVENT_INDEX);
}

static void test_split_revision_1(void *obj, void *data,
                                  QGuestAllocator *alloc)
{
    run_shapes(obj, alloc, REVISION_1 | EVENT_INDEX);
}

static const CryptoOptions packed_option = {
    .device = "packed=on", .shared_ram = true,
};

static void test_packed(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;

    run_shapes(&pci->crypto, alloc, PACKED);
}

static void test_packed_indirect(void *obj, void *data,
                                 QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;

    run_shapes(&pci->crypto, alloc, PACKED | INDIRECT | EVENT_INDEX);
}

/* Random shapes and lengths up to a few hundred descriptors */
static void test_random(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);

    for (int round = 0; round < 3; round++) {
        for (const KnownAnswer *answer = known_answers; answer->name;
             answer++) {
            size_t len = g_rand_int_range(d->rand, 1, 400);
            Reference ref;

            if (!takes_any_length(answer->algo)) {
                len = ROUND_UP(len, 16);
            } else if (answer->algo == VIRTIO_CRYPTO_CIPHER_AES_XTS) {
                len += 16;
            }
            reference_init(&ref, d, answer, len);
            for (int i = 0; i < 8; i++) {
                QVirtioCryptoShape shape = {
                    .piece = g_rand_int_range(d->rand, 1, 64),
                    .joined = g_rand_boolean(d->rand),
                    .indirect = g_rand_boolean(d->rand),
                    .surplus_readable = g_rand_int_range(d->rand, 0, 40),
                    .surplus_writable = g_rand_int_range(d->rand, 0, 40),
                };

                check_shape(&ref, shape);
            }
            reference_clear(&ref);
        }
    }
    qvirtio_crypto_stop(d);
}

/* As many descriptors as a queue has */
static void test_long_chain(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);
    const KnownAnswer *answers[] = {
        known_bytes("aes-cbc-128")->answer, known_bytes("aes-ctr-256")->answer,
    };

    for (size_t i = 0; i < ARRAY_SIZE(answers); i++) {
        QVirtioCryptoShape shape = { .piece = 1 };
        Reference ref;

        /* 72 bytes of header, 16 of vector, source, result, status */
        reference_init(&ref, d, answers[i], 464);
        check_shape(&ref, shape);
        shape.indirect = true;
        check_shape(&ref, shape);
        reference_clear(&ref);
    }
    qvirtio_crypto_stop(d);
}

/* Descriptors that the parts of a request take: empty ones take none */
static guint count_descs(const QVirtioCryptoRequest *req)
{
    /* Two are for the result and the status */
    guint n = 2;
    size_t start = 0;

    for (guint i = 0; i < req->part_ends->len; i++) {
        size_t end = g_array_index(req->part_ends, size_t, i);

        n += end > start;
        start = end;
    }
    return n;
}

/* Cuts the source, so that a request has @n descriptors */
static void cut_into(QVirtioCryptoRequest *req, guint n)
{
    GArray *ends = req->part_ends;
    guint i = 0;

    while (g_array_index(ends, size_t, i) <= req->source_start) {
        i++;
    }
    for (size_t end = req->source_start + 1; count_descs(req) < n; end++) {
        g_assert_cmpint(end, <, g_array_index(ends, size_t, i));
        g_array_insert_val(ends, i, end);
        i++;
    }
}

/* As many buffers as a request has room for that is used again, and more */
#define ROOM        16
#define N_EDGES     100

static QVirtioCryptoRequest *enqueue_edge(const Reference *ref, int i)
{
    const QVirtioCryptoShape shape = { .indirect = true };
    const GByteArray *iv = ref->known->iv;
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(ref->encrypt, true, iv->data, iv->len,
                                 ref->plain->data, ref->plain->len);
    QVirtioCryptoRequest *req = qvirtio_crypto_op_request(ref->d, &op);
    guint n = ROOM + i % 2;

    cut_into(req, n);
    qvirtio_crypto_enqueue(ref->d, 0, req, &shape);
    g_assert_cmpint(req->read_extents->len + req->write_extents->len, ==, n);
    return req;
}

/* Chains that just fit into such a request, and that just do not, in turns */
static void test_edge(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);
    QVirtioCryptoRequest *reqs[N_EDGES];
    Reference ref;

    reference_init(&ref, d, known_bytes("aes-cbc-128")->answer, EVEN_LEN);
    for (int round = 0; round < 4; round++) {
        for (int i = 0; i < N_EDGES; i++) {
            reqs[i] = enqueue_edge(&ref, i);
        }
        qvirtring_kick(d->rings[0]);
        for (int i = 0; i < N_EDGES; i++) {
            qvirtio_crypto_wait(d, 0, reqs[i]);
            g_assert_cmpint(reqs[i]->status, ==, VIRTIO_CRYPTO_OK);
            g_assert_cmpmem(reqs[i]->written->data, reqs[i]->written->len,
                            ref.cipher->data, ref.cipher->len);
            qvirtio_crypto_request_free(reqs[i], alloc);
        }
    }
    reference_clear(&ref);
    qvirtio_crypto_stop(d);
}

/*
 * Linux passes each entry of its scatter lists with its full length, so that a
 * chain has far more bytes than its request names.
 */
static void test_linux(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc,
                             INDIRECT | EVENT_INDEX);
    QVirtioCryptoShape shape = {
        .piece = 4096, .indirect = true,
        .surplus_readable = 500000, .surplus_writable = 500000,
    };
    Reference ref;

    reference_init(&ref, d, known_bytes("aes-cbc-256")->answer, 64 * KiB);
    check_shape(&ref, shape);
    reference_clear(&ref);
    qvirtio_crypto_stop(d);
}

/*
 * Descriptors of zero length: Linux sends them when a program that uses AF_ALG
 * reads a result in parts.
 */
static void check_empty(QVirtioCrypto *crypto, QGuestAllocator *alloc,
                        uint64_t features)
{
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, features);
    const QVirtioCryptoShape empty[] = {
        { .empty = true },
        { .empty = true, .piece = 20 },
        { .empty = true, .piece = 20, .in_place = true },
        { .empty = true, .piece = 20, .indirect = true,
          .surplus_readable = 100, .surplus_writable = 100 },
    };

    for (const KnownAnswer *answer = known_answers; answer->name; answer++) {
        Reference ref;

        reference_init(&ref, d, answer, EVEN_LEN);
        for (size_t i = 0; i < ARRAY_SIZE(empty); i++) {
            check_shape(&ref, empty[i]);
        }
        reference_clear(&ref);
    }
    qvirtio_crypto_stop(d);
}

static void test_empty(void *obj, void *data, QGuestAllocator *alloc)
{
    check_empty(obj, alloc, INDIRECT);
}

static void test_empty_packed(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;

    check_empty(&pci->crypto, alloc, INDIRECT | PACKED);
}

/* Large requests take the other paths through the device */
static void test_large(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);

    for (const KnownAnswer *answer = known_answers; answer->name; answer++) {
        QVirtioCryptoShape shape = { .piece = 3000, .indirect = true };
        Reference ref;

        reference_init(&ref, d, answer,
                       64 * KiB + (takes_any_length(answer->algo) ? 5 : 0));
        check_shape(&ref, shape);
        shape.piece = 0;
        check_shape(&ref, shape);
        reference_clear(&ref);
    }
    qvirtio_crypto_stop(d);
}

/* The result is @overlap bytes after the source, or before it */
static void check_overlap(Reference *ref, int overlap)
{
    const QVirtioCryptoShape overlapping[] = {
        { .in_place = true, .overlap = overlap },
        { .in_place = true, .overlap = overlap, .joined = true,
          .indirect = true, .surplus_writable = 20 },
    };

    for (size_t i = 0; i < ARRAY_SIZE(overlapping); i++) {
        for (int encrypt = 0; encrypt < 2; encrypt++) {
            GByteArray *expected = encrypt ? ref->cipher : ref->plain;
            g_autoptr(GByteArray) result =
                run_shape(ref, encrypt, &overlapping[i]);

            g_assert_cmpmem(result->data, result->len, expected->data,
                            expected->len);
        }
    }
}

/* Source and result are the same memory in part */
static void test_overlap(void *obj, void *data, QGuestAllocator *alloc)
{
    const int overlaps[] = { 1, 8, 15, 16, 17, 100, 320, 400, 5000 };
    const size_t lens[] = { EVEN_LEN, 16 * KiB };
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);

    for (const KnownAnswer *answer = known_answers; answer->name; answer++) {
        for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
            Reference ref;

            reference_init(&ref, d, answer,
                           lens[i] - (takes_any_length(answer->algo) ? 3 : 0));
            for (size_t j = 0; j < ARRAY_SIZE(overlaps); j++) {
                check_overlap(&ref, overlaps[j]);
                check_overlap(&ref, -overlaps[j]);
            }
            reference_clear(&ref);
        }
    }
    qvirtio_crypto_stop(d);
}

/*
 * Source and result are the same pieces of memory in different orders: a few
 * large ones, and too many to compare all of them
 */
static void test_shuffled(void *obj, void *data, QGuestAllocator *alloc)
{
    const struct {
        size_t len;
        size_t piece;
    } cuts[] = {
        { EVEN_LEN, 336 }, { 4 * KiB, 1500 }, { 64 * KiB, 8000 },
        { EVEN_LEN, 20 }, { 16 * KiB, 200 },
    };
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);

    for (const KnownAnswer *answer = known_answers; answer->name; answer++) {
        for (size_t i = 0; i < 4 * ARRAY_SIZE(cuts); i++) {
            QVirtioCryptoShape shape = {
                .piece = cuts[i / 4].piece, .indirect = true,
                .shuffled = true,
            };
            Reference ref;

            reference_init(&ref, d, answer, cuts[i / 4].len -
                           (takes_any_length(answer->algo) ? 3 : 0));
            check_shape(&ref, shape);
            reference_clear(&ref);
        }
    }
    qvirtio_crypto_stop(d);
}

/* Session creation and destruction are cut as well */
static void test_control(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    const uint64_t features[] = { INDIRECT, INDIRECT | REVISION_1 };

    for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
        QVirtioCryptoDriver *d =
            qvirtio_crypto_start(global_qtest, crypto->vdev, alloc,
                                 features[i]);

        for (size_t j = 0; j < ARRAY_SIZE(shapes); j++) {
            KnownBytes *known = known_bytes("aes-cbc-192");
            Reference ref;

            d->control_shape = shapes[j];
            d->control_shape.indirect = true;
            reference_init(&ref, d, known->answer, known->plain->len);
            memcpy(ref.plain->data, known->plain->data, known->plain->len);
            g_byte_array_unref(ref.cipher);
            ref.cipher = g_byte_array_ref(known->cipher);
            check_shape(&ref, shapes[0]);
            reference_clear(&ref);
            known_bytes_free(known);
        }
        qvirtio_crypto_stop(d);
    }
}

static void register_tests(void)
{
    const char *any = "virtio-crypto", *pci = "virtio-crypto-pci";

    add_crypto_test_both("scatter/split", test_split, &shared_ram);
    add_crypto_test_both("scatter/split-indirect", test_split_indirect,
                         &shared_ram);
    add_crypto_test("scatter/split-revision-1", any, test_split_revision_1,
                    &shared_ram);
    add_crypto_test("scatter/packed", pci, test_packed, &packed_option);
    add_crypto_test("scatter/packed-indirect", pci, test_packed_indirect,
                    &packed_option);
    add_crypto_test_both("scatter/random", test_random, &shared_ram);
    add_crypto_test_both("scatter/long-chain", test_long_chain, &shared_ram);
    add_crypto_test_both("scatter/edge", test_edge, &shared_ram);
    add_crypto_test("scatter/linux", any, test_linux, &shared_ram);
    add_crypto_test_both("scatter/empty", test_empty, &shared_ram);
    add_crypto_test("scatter/empty-packed", pci, test_empty_packed,
                    &packed_option);
    add_crypto_test_both("scatter/large", test_large, &shared_ram);
    add_crypto_test_both("scatter/overlap", test_overlap, &shared_ram);
    add_crypto_test_both("scatter/shuffled", test_shuffled, &shared_ram);
    add_crypto_test_both("scatter/control", test_control, &shared_ram);
}

libqos_init(register_tests);
