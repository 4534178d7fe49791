/*
 * Tests of virtio-crypto: chains and nested hashes of RFC v1
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The results are those of another library.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "chain.h"
#include "options.h"

#define INDIRECT (1ull << VIRTIO_RING_F_INDIRECT_DESC)
/* Enough for every MAC and every cipher, and no multiple of any block */
#define SOURCE_LEN 100
#define PREFIX_MAX 200

static QVirtioCryptoDriver *start(void *obj, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    return qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);
}

static bool can_nest(const DigestAlgo *digest)
{
    return digest->len;
}

/* Whole sources, once in one piece and once in many */
static void check_kind(QVirtioCryptoDriver *d, ChainKind kind)
{
    const QVirtioCryptoShape shapes[] = {
        { .joined = true },
        { .indirect = true, .piece = 9, .in_place = true },
    };
    Chain chain;

    chain_init(&chain, d, kind);
    for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
        size_t len = SOURCE_LEN - SOURCE_LEN % kind.cipher->block;
        size_t aad_len = i ? random_len(d->rand, 0, 40) : 0;
        ChainRequest req;

        chain_request_init(&req, &chain, aad_len, random_bytes(d->rand, len));
        chain_check(&chain, &req.op, &shapes[i]);
        chain_request_clear(&req);
    }
    chain_clear(&chain);
}

static void check_each_way(QVirtioCryptoDriver *d, ChainKind kind)
{
    const uint32_t orders[] = { HASH_FIRST, CIPHER_FIRST };

    for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
        kind.order = orders[i];
        kind.encrypt = true;
        check_kind(d, kind);
        kind.encrypt = false;
        check_kind(d, kind);
    }
}

/* A cipher with every hash and every MAC */
static void check_cipher(QVirtioCryptoDriver *d, const CipherAlgo *cipher)
{
    ChainKind kind = { .cipher = cipher };

    for (kind.digest = digest_hashes; kind.digest->name; kind.digest++) {
        kind.mode = PLAIN;
        check_each_way(d, kind);
        if (can_nest(kind.digest)) {
            kind.mode = NESTED;
            check_each_way(d, kind);
        }
    }
    kind.mode = AUTH;
    for (kind.digest = digest_macs; kind.digest->name; kind.digest++) {
        check_each_way(d, kind);
    }
}

static void test_all(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);

    for (const CipherAlgo *cipher = cipher_algos; cipher->name; cipher++) {
        check_cipher(d, cipher);
    }
    qvirtio_crypto_stop(d);
}

static void assert_digest(QVirtioCryptoDriver *d, const QVirtioCryptoOp *op,
                          const GByteArray *expected)
{
    QVirtioCryptoShape shape = { };
    QVirtioCryptoRequest *req = qvirtio_crypto_run(d, 0, op, &shape);

    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpmem(req->written->data, req->written->len, expected->data,
                    expected->len);
    qvirtio_crypto_request_free(req, d->alloc);
}

static void check_nested(QVirtioCryptoDriver *d, const DigestAlgo *digest,
                         size_t prefix_len, size_t len)
{
    g_autoptr(GByteArray) prefixes = random_bytes(d->rand, 2 * prefix_len);
    g_autoptr(GByteArray) src = random_bytes(d->rand, len);
    g_autoptr(GByteArray) expected =
        nested_hash(digest, prefixes, src, digest->len);
    QVirtioCryptoSession session =
        qvirtio_crypto_hash(digest->number, digest->len);
    QVirtioCryptoOp op;
    uint64_t id;

    session.hash_mode = NESTED;
    session.key = prefixes->data;
    session.key_len = session.key_bytes = prefixes->len;
    id = qvirtio_crypto_create(d, &session);
    op = qvirtio_crypto_hash_op(id, src->data, src->len, digest->len);
    assert_digest(d, &op, expected);
    /* A digest does not depend on the previous one */
    assert_digest(d, &op, expected);
    qvirtio_crypto_destroy(d, &session, id);
}

/* Nested hashes on their own */
static void test_nested(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);

    for (const DigestAlgo *digest = digest_hashes; digest->name; digest++) {
        if (!can_nest(digest)) {
            continue;
        }
        check_nested(d, digest, 0, 0);
        check_nested(d, digest, 512, 300);
        for (int i = 0; i < 20; i++) {
            check_nested(d, digest, random_len(d->rand, 0, PREFIX_MAX),
                         random_len(d->rand, 0, 1000));
        }
    }
    qvirtio_crypto_stop(d);
}

/* SHAKE's digests are as long as there is room */
static void test_shake(void *obj, void *data, QGuestAllocator *alloc)
{
    const size_t lens[] = { 1, 16, 32, 167, 168, 169, 1000, 50000 };
    QVirtioCryptoDriver *d = start(obj, alloc);

    for (const DigestAlgo *digest = digest_hashes; digest->name; digest++) {
        QVirtioCryptoSession session = qvirtio_crypto_hash(digest->number, 1);
        uint64_t id;

        if (digest->len) {
            continue;
        }
        id = qvirtio_crypto_create(d, &session);
        for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
            g_autoptr(GByteArray) src = random_bytes(d->rand, 77);
            g_autoptr(GByteArray) expected =
                reference_hash(digest, src->data, src->len, lens[i]);
            QVirtioCryptoOp op =
                qvirtio_crypto_hash_op(id, src->data, src->len, lens[i]);

            assert_digest(d, &op, expected);
            op.room = 0;
            g_assert_cmpint(qvirtio_crypto_status(d, 0, &op), ==,
                            VIRTIO_CRYPTO_ERR);
        }
        qvirtio_crypto_destroy(d, &session, id);
    }
    qvirtio_crypto_stop(d);
}

static void register_tests(void)
{
    add_crypto_test("rfc-chain/all", "virtio-crypto-rfc", test_all,
                    &shared_ram);
    add_crypto_test("rfc-hash/nested", "virtio-crypto-rfc", test_nested,
                    &shared_ram);
    add_crypto_test("rfc-hash/shake", "virtio-crypto-rfc", test_shake,
                    &shared_ram);
}

libqos_init(register_tests);
