/*
 * Tests of virtio-crypto: chains of a cipher and a hash or MAC
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "chain.h"
#include "options.h"
#include "rsp.h"

#define REVISION_1  (1ull << QVIRTIO_CRYPTO_F_REVISION_1)
#define INDIRECT    (1ull << VIRTIO_RING_F_INDIRECT_DESC)

static void both_layouts(void *obj, QGuestAllocator *alloc,
                         void (*check)(QVirtioCryptoDriver *d))
{
    QVirtioCrypto *crypto = obj;
    const uint64_t features[] = { INDIRECT, INDIRECT | REVISION_1 };

    for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
        QVirtioCryptoDriver *d =
            qvirtio_crypto_start(global_qtest, crypto->vdev, alloc,
                                 features[i]);

        check(d);
        qvirtio_crypto_stop(d);
    }
}

/* RFC 7518, appendices B.1 and B.3: common to all examples */
static const char rfc7518_plain[] =
    "41206369706865722073797374656d206d757374206e6f742062652072657175"
    "6972656420746f206265207365637265742c20616e64206974206d7573742062"
    "652061626c6520746f2066616c6c20696e746f207468652068616e6473206f66"
    "2074686520656e656d7920776974686f757420696e636f6e76656e69656e6365"
    "10101010101010101010101010101010";
static const char rfc7518_iv[] = "1af38c2dc2b96ffdd86694092341bc04";
static const char rfc7518_aad[] =
    "546865207365636f6e64207072696e6369706c65206f66204175677573746520"
    "4b6572636b686f666673";
/* Bits in the AAD: the last part of the MAC's input */
static const char rfc7518_aad_bits[] = "0000000000000150";

typedef struct Rfc7518 {
    const char *mac;
    const char *key;
    const char *mac_key;
    const char *encrypted;
    const char *tag;
} Rfc7518;

static const Rfc7518 rfc7518[] = {
    {
        .mac = "hmac-sha256",
        .key = "101112131415161718191a1b1c1d1e1f",
        .mac_key = "000102030405060708090a0b0c0d0e0f",
        .encrypted =
            "c80edfa32ddf39d5ef00c0b468834279a2e46a1b8049f792f76bfe54b903a9c9"
            "a94ac9b47ad2655c5f10f9aef71427e2fc6f9b3f399a221489f16362c7032336"
            "09d45ac69864e3321cf82935ac4096c86e133314c54019e8ca7980dfa4b9cf1b"
            "384c486f3a54c51078158ee5d79de59fbd34d848b3d69550a67646344427ade5"
            "4b8851ffb598f7f80074b9473c82e2db",
        .tag = "652c3fa36b0a7c5b3219fab3a30bc1c4",
    }, {
        .mac = "hmac-sha512",
        .key =
            "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f",
        .mac_key =
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        .encrypted =
            "4affaaadb78c31c5da4b1b590d10ffbd3dd8d5d302423526912da037ecbcc7bd"
            "822c301dd67c373bccb584ad3e9279c2e6d12a1374b77f077553df829410446b"
            "36ebd97066296ae6427ea75c2e0846a11a09ccf5370dc80bfecbad28c73f09b3"
            "a3b75e662a2594410ae496b2e2e6609e31e6e02cc837f053d21f37ff4f51950b"
            "be2638d09dd7a4930930806d0703b1f6",
        .tag =
            "4dd3b4c088a7f45c216839645b2012bf2e6269a8c56a816dbc1b267761955bc5",
    },
};

static GByteArray *join_hex(const char *a, const char *b, const char *c)
{
    g_autofree char *hex = g_strconcat(a, b, c, NULL);

    return hex_to_bytes(hex);
}

/* The source is IV, text and the AAD's length; the text is enciphered */
static void check_rfc7518(QVirtioCryptoDriver *d, const Rfc7518 *answer,
                          bool encrypt)
{
    g_autoptr(GByteArray) key = hex_to_bytes(answer->key);
    g_autoptr(GByteArray) mac_key = hex_to_bytes(answer->mac_key);
    g_autoptr(GByteArray) iv = hex_to_bytes(rfc7518_iv);
    g_autoptr(GByteArray) aad = hex_to_bytes(rfc7518_aad);
    g_autoptr(GByteArray) tag = hex_to_bytes(answer->tag);
    g_autoptr(GByteArray) plain =
        join_hex(rfc7518_iv, rfc7518_plain, rfc7518_aad_bits);
    g_autoptr(GByteArray) encrypted =
        join_hex(rfc7518_iv, answer->encrypted, rfc7518_aad_bits);
    GByteArray *src = encrypt ? plain : encrypted;
    GByteArray *dst = encrypt ? encrypted : plain;
    g_autoptr(GByteArray) expected = copy_bytes(dst->data, dst->len);
    ChainKind kind = chain_kind("aes-cbc", encrypt,
                                encrypt ? CIPHER_FIRST : HASH_FIRST,
                                answer->mac);
    QVirtioCryptoShape shape = { };
    QVirtioCryptoOp op;
    Chain chain;

    kind.key = key;
    kind.auth_key = mac_key;
    g_byte_array_append(expected, tag->data, tag->len);
    chain_init(&chain, d, kind);
    op = qvirtio_crypto_chain_op(chain.id, encrypt, iv->data, iv->len,
                                 aad->data, aad->len, src->data, src->len,
                                 tag->len);
    op.cipher_start = iv->len;
    op.cipher_len = src->len - iv->len - strlen(rfc7518_aad_bits) / 2;
    chain_check_result(&chain, &op, &shape, expected);
    chain_clear(&chain);
}

static void check_known(QVirtioCryptoDriver *d)
{
    for (size_t i = 0; i < ARRAY_SIZE(rfc7518); i++) {
        check_rfc7518(d, &rfc7518[i], true);
        check_rfc7518(d, &rfc7518[i], false);
    }
}

static void test_known(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_known);
}

/* One side undoes what the other did: texts and digests must agree */
static void check_both_sides(Chain *sender, Chain *receiver,
                             ChainRequest *req)
{
    QVirtioCryptoShape shape = { };
    QVirtioCryptoOp back = req->op;
    g_autoptr(GByteArray) sent = chain_expected(sender, &req->op);
    g_autoptr(GByteArray) received = copy_bytes(req->op.src, req->op.src_len);

    g_byte_array_append(received, sent->data + req->op.dst_len,
                        req->op.digest_len);
    chain_check_result(sender, &req->op, &shape, sent);
    back.opcode = VIRTIO_CRYPTO_CIPHER_DECRYPT;
    back.session = receiver->id;
    back.src = sent->data;
    chain_check_result(receiver, &back, &shape, received);
}

/* @order is the sender's; the receiver has the same keys and the other one */
static void both_sides_init(QVirtioCryptoDriver *d, const char *cipher,
                            const char *mac, uint32_t order, Chain *sender,
                            Chain *receiver)
{
    ChainKind kind = chain_kind(cipher, true, order, mac);

    chain_init(sender, d, kind);
    kind.encrypt = false;
    kind.order = order == CIPHER_FIRST ? HASH_FIRST : CIPHER_FIRST;
    kind.key = sender->key;
    kind.auth_key = sender->auth_key;
    chain_init(receiver, d, kind);
}

/*
 * RFC 4303: a packet of 8 bytes of header, IV, text.  The text is encrypted and
 * then all is authenticated, with 12 bytes of the MAC; RFC 2404 and RFC 3602.
 */
static void check_esp(QVirtioCryptoDriver *d, const char *cipher,
                      const char *mac)
{
    Chain sender, receiver;
    ChainRequest req;

    both_sides_init(d, cipher, mac, CIPHER_FIRST, &sender, &receiver);
    for (size_t len = 16; len <= 1600; len = 3 * len + 16) {
        size_t before = 8 + sender.kind.cipher->iv_len;

        chain_request_init(&req, &sender, 0,
                           random_bytes(d->rand, before + len));
        req.op.iv = req.op.src + 8;
        req.op.cipher_start = before;
        req.op.cipher_len = len;
        chain_set_lengths(&req.op, req.op.src_len, 12);
        check_both_sides(&sender, &receiver, &req);
        chain_request_clear(&req);
    }
    chain_clear(&receiver);
    chain_clear(&sender);
}

static void check_esp_suites(QVirtioCryptoDriver *d)
{
    check_esp(d, "aes-cbc", "hmac-sha1");
    check_esp(d, "aes-cbc", "hmac-sha256");
    check_esp(d, "aes-ctr", "hmac-sha256");
    check_esp(d, "aes-ctr", "xcbc-aes");
    check_esp(d, "3des-cbc", "hmac-md5");
}

static void test_esp(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_esp_suites);
}

/*
 * RFC 5246, section 6.2.3: a MAC over 13 bytes of AAD and the plaintext, which
 * is then encrypted.
 */
static void check_tls(QVirtioCryptoDriver *d, const char *cipher,
                      const char *mac)
{
    Chain sender, receiver;
    ChainRequest req;

    both_sides_init(d, cipher, mac, HASH_FIRST, &sender, &receiver);
    for (size_t len = 0; len <= 1600; len = 3 * len + 16) {
        chain_request_init(&req, &sender, 13, random_bytes(d->rand, len));
        check_both_sides(&sender, &receiver, &req);
        chain_request_clear(&req);
    }
    chain_clear(&receiver);
    chain_clear(&sender);
}

static void check_tls_suites(QVirtioCryptoDriver *d)
{
    check_tls(d, "aes-cbc", "hmac-sha1");
    check_tls(d, "aes-cbc", "hmac-sha384");
    check_tls(d, "3des-cbc", "hmac-sha1");
    check_tls(d, "arc4", "hmac-md5");
}

static void test_tls(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_tls_suites);
}

static void check_kind(QVirtioCryptoDriver *d, ChainKind kind)
{
    QVirtioCryptoShape shape = { };
    ChainRequest req;
    Chain chain;

    chain_init(&chain, d, kind);
    chain_request_random(&req, &chain, random_len(d->rand, 0, 20),
                         random_len(d->rand, 0, 100));
    chain_check(&chain, &req.op, &shape);
    chain_request_clear(&req);
    chain_clear(&chain);
}

/* Both directions, and both orders in turn */
static void check_pairs(QVirtioCryptoDriver *d, const CipherAlgo *cipher,
                        uint32_t mode, const DigestAlgo *digests)
{
    for (const DigestAlgo *digest = digests; digest->name; digest++) {
        bool turned = (digest - digests + mode) % 2;
        ChainKind kind = {
            .cipher = cipher, .mode = mode, .digest = digest,
        };

        if (mode == NESTED && !digest->len) {
            continue;
        }
        kind.encrypt = true;
        kind.order = turned ? HASH_FIRST : CIPHER_FIRST;
        check_kind(d, kind);
        kind.encrypt = false;
        kind.order = turned ? CIPHER_FIRST : HASH_FIRST;
        check_kind(d, kind);
    }
}

/* A cipher with each hash, nested hash and MAC */
static void test_pairs(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);

    check_pairs(d, data, PLAIN, digest_hashes);
    check_pairs(d, data, AUTH, digest_macs);
    check_pairs(d, data, NESTED, digest_hashes);
    qvirtio_crypto_stop(d);
}

/* RFC 2104: the prefixes that make a nested hash an HMAC */
static GByteArray *hmac_prefixes(const GByteArray *key, size_t block)
{
    GByteArray *prefixes = g_byte_array_new();

    g_assert_cmpint(key->len, <=, block);
    g_byte_array_set_size(prefixes, 2 * block);
    memset(prefixes->data, 0x36, block);
    memset(prefixes->data + block, 0x5c, block);
    for (size_t i = 0; i < key->len; i++) {
        prefixes->data[i] ^= key->data[i];
        prefixes->data[block + i] ^= key->data[i];
    }
    return prefixes;
}

static void check_hmac(QVirtioCryptoDriver *d, const DigestAlgo *hash,
                       const DigestAlgo *mac)
{
    size_t block = hash->len > 32 ? 128 : 64;
    g_autoptr(GByteArray) key = random_bytes(d->rand, 20);
    g_autoptr(GByteArray) prefixes = hmac_prefixes(key, block);
    g_autoptr(GByteArray) digest = NULL, expected = NULL;
    ChainKind kind = {
        .cipher = find_cipher("aes-ctr"), .encrypt = true,
        .order = HASH_FIRST, .mode = NESTED, .digest = hash,
        .auth_key = prefixes,
    };
    QVirtioCryptoShape shape = { };
    ChainRequest req;
    Chain chain;

    chain_init(&chain, d, kind);
    chain_request_init(&req, &chain, 0, random_bytes(d->rand, 99));
    expected = chain_expected(&chain, &req.op);
    digest = reference_mac(mac, key->data, key->len, req.src->data,
                           req.src->len);
    memcpy(expected->data + req.op.dst_len, digest->data, digest->len);
    chain_check_result(&chain, &req.op, &shape, expected);
    chain_request_clear(&req);
    chain_clear(&chain);
}

static void check_prefixes(QVirtioCryptoDriver *d, const DigestAlgo *hash,
                           size_t len)
{
    g_autoptr(GByteArray) prefixes = random_bytes(d->rand, 2 * len);

    for (int cipher_first = 0; cipher_first < 2; cipher_first++) {
        ChainKind kind = {
            .cipher = find_cipher("aes-cbc"), .encrypt = cipher_first,
            .order = cipher_first ? CIPHER_FIRST : HASH_FIRST,
            .mode = NESTED, .digest = hash, .auth_key = prefixes,
        };

        check_kind(d, kind);
    }
}

/* Prefixes of any length, none too, and those of HMAC */
static void check_nested(QVirtioCryptoDriver *d)
{
    const size_t lens[] = { 0, 1, 55, 64, 65, 128, 129, 200, 511, 512 };

    for (const DigestAlgo *hash = digest_hashes; hash->len; hash++) {
        for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
            check_prefixes(d, hash, lens[i]);
        }
    }
    for (int i = VIRTIO_CRYPTO_HASH_MD5; i <= VIRTIO_CRYPTO_HASH_SHA_512;
         i++) {
        g_assert_cmpint(digest_hashes[i - 1].number, ==, i);
        check_hmac(d, &digest_hashes[i - 1], &digest_macs[i - 1]);
    }
}

static void test_nested(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_nested);
}

/* AAD that is hashed in pieces, with a range behind it and without one */
static void check_aad(Chain *chain)
{
    const size_t lens[] = { 0, 1, 12, 13, 64, 100, 1000 };
    const size_t pieces[] = { 0, 5, 70 };

    for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
        for (size_t j = 0; j < ARRAY_SIZE(pieces); j++) {
            QVirtioCryptoShape shape = {
                .piece = pieces[j], .indirect = true,
            };
            ChainRequest req;

            chain_request_random(&req, chain, lens[i], 48);
            chain_check(chain, &req.op, &shape);
            req.op.hash_len = 0;
            if (lens[i] >= chain->kind.digest->source_min) {
                chain_check(chain, &req.op, &shape);
            }
            chain_request_clear(&req);
        }
    }
}

static void check_aads(QVirtioCryptoDriver *d)
{
    chain_each_way(d, "aes-cbc", "hmac-sha1", check_aad);
    chain_each_way(d, "aes-ctr", "gmac-aes", check_aad);
    chain_each_way(d, "arc4", "cbcmac-aes", check_aad);
}

static void test_aad(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_aads);
}

/* How two ranges of 160 bytes can lie */
static const struct {
    uint32_t cipher_start, cipher_len, hash_start, hash_len;
} ranges[] = {
    { 0, 160, 0, 160 },     /* the same */
    { 16, 64, 0, 160 },     /* hash around cipher */
    { 16, 64, 16, 64 },
    { 16, 64, 20, 50 },     /* hash inside */
    { 16, 64, 0, 16 },      /* before */
    { 16, 64, 0, 10 },
    { 16, 64, 80, 80 },     /* behind */
    { 16, 64, 100, 7 },
    { 16, 64, 3, 40 },      /* over the start */
    { 16, 64, 50, 100 },    /* over the end */
    { 16, 64, 0, 0 },       /* nothing */
    { 16, 64, 40, 0 },
    { 16, 64, 160, 0 },
    { 0, 160, 33, 1 },
    { 96, 64, 0, 160 },     /* the cipher at the end */
    { 96, 64, 90, 70 },
};

static void check_range(Chain *chain, ChainRequest *req, size_t i,
                        const QVirtioCryptoShape *shape)
{
    uint32_t end = ranges[i].cipher_start + ranges[i].cipher_len;

    req->op.cipher_start = ranges[i].cipher_start;
    req->op.cipher_len = ranges[i].cipher_len;
    req->op.hash_start = ranges[i].hash_start;
    req->op.hash_len = ranges[i].hash_len;
    for (uint32_t dst_len = end; dst_len <= 160; dst_len += 13) {
        chain_set_lengths(&req->op, dst_len, chain->digest_len);
        chain_check(chain, &req->op, shape);
    }
    chain_set_lengths(&req->op, 160, 1);
    chain_check(chain, &req->op, shape);
}

static void check_ranges(Chain *chain)
{
    const QVirtioCryptoShape shapes[] = {
        { },
        { .in_place = true },
        { .in_place = true, .piece = 11, .indirect = true },
    };
    ChainRequest req;

    chain_request_init(&req, chain, 3, random_bytes(chain->d->rand, 160));
    for (size_t i = 0; i < ARRAY_SIZE(ranges); i++) {
        for (size_t j = 0; j < ARRAY_SIZE(shapes); j++) {
            check_range(chain, &req, i, &shapes[j]);
        }
    }
    chain_request_clear(&req);
}

static void test_ranges(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);

    chain_each_way(d, "aes-cbc", "hmac-sha1", check_ranges);
    chain_each_way(d, "aes-xts", "cmac-aes", check_ranges);
    qvirtio_crypto_stop(d);
}

/* Nothing to encipher, at any place, and nothing at all */
static void check_empty(Chain *chain)
{
    const QVirtioCryptoShape shapes[] = { { }, { .in_place = true } };
    ChainRequest req;

    for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
        for (uint32_t start = 0; start <= 20; start += 5) {
            chain_request_init(&req, chain, 0,
                               random_bytes(chain->d->rand, 20));
            req.op.cipher_start = start;
            req.op.cipher_len = 0;
            chain_set_lengths(&req.op, start, chain->digest_len);
            chain_check(chain, &req.op, &shapes[i]);
            chain_request_clear(&req);
        }
        chain_request_init(&req, chain, 0, g_byte_array_new());
        chain_check(chain, &req.op, &shapes[i]);
        chain_request_clear(&req);
    }
}

static void check_all_empty(QVirtioCryptoDriver *d)
{
    chain_each_way(d, "aes-cbc", "hmac-sha256", check_empty);
    chain_each_way(d, "aes-ctr", "cmac-aes", check_empty);
    chain_each_way(d, "arc4", "xcbc-aes", check_empty);
    chain_each_way(d, "aes-f8", "hmac-md5", check_empty);
}

static void test_empty(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_all_empty);
}

static const QVirtioCryptoShape shapes[] = {
    { },
    { .joined = true },
    { .piece = 1 },
    { .piece = 3, .joined = true },
    { .piece = 17 },
    { .piece = 50, .joined = true },
    { .piece = 20, .empty = true },
    { .in_place = true },
    { .in_place = true, .joined = true },
    { .in_place = true, .piece = 1 },
    { .in_place = true, .piece = 7, .joined = true },
    { .in_place = true, .piece = 40 },
    { .surplus_readable = 1, .surplus_writable = 1 },
    { .surplus_readable = 500, .surplus_writable = 900, .joined = true },
    { .surplus_readable = 50, .surplus_writable = 90, .in_place = true,
      .piece = 13 },
    { .in_place = true, .overlap = 1 },
    { .in_place = true, .overlap = -1 },
    { .in_place = true, .overlap = 15 },
    { .in_place = true, .overlap = -15 },
    { .in_place = true, .overlap = 16 },
    { .in_place = true, .overlap = -16 },
    { .in_place = true, .overlap = 70 },
    { .in_place = true, .overlap = -70 },
    { .in_place = true, .overlap = 5, .joined = true },
};

static void check_shapes(Chain *chain)
{
    for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
        QVirtioCryptoShape shape = shapes[i];
        ChainRequest req;

        shape.indirect = true;
        chain_request_random(&req, chain, random_len(chain->d->rand, 0, 30),
                             128);
        chain_check(chain, &req.op, &shape);
        req.op.hash_start = 0;
        req.op.hash_len = req.op.src_len;
        chain_set_lengths(&req.op, req.op.src_len, chain->digest_len);
        chain_check(chain, &req.op, &shape);
        chain_request_clear(&req);
    }
}

static void test_shapes(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);

    for (const CipherAlgo *algo = cipher_algos; algo->name; algo++) {
        chain_each_way(d, algo->name, "hmac-sha256", check_shapes);
    }
    qvirtio_crypto_stop(d);
}

/* Any kind of chain; SHAKE has no nested mode */
static ChainKind random_kind(GRand *rand)
{
    const uint32_t modes[] = { PLAIN, AUTH, NESTED };
    ChainKind kind = {
        .cipher = &cipher_algos[g_rand_int_range(rand, 0, 11)],
        .encrypt = g_rand_boolean(rand),
        .order = g_rand_boolean(rand) ? HASH_FIRST : CIPHER_FIRST,
        .mode = modes[g_rand_int_range(rand, 0, ARRAY_SIZE(modes))],
    };

    if (kind.mode == AUTH) {
        kind.digest = &digest_macs[g_rand_int_range(rand, 0, 12)];
    } else {
        kind.digest =
            &digest_hashes[g_rand_int_range(rand, 0,
                                            kind.mode == PLAIN ? 12 : 10)];
    }
    return kind;
}

static QVirtioCryptoShape random_shape(GRand *rand)
{
    QVirtioCryptoShape shape = {
        .in_place = g_rand_boolean(rand),
        .joined = g_rand_boolean(rand),
        .indirect = g_rand_boolean(rand),
        .surplus_readable = g_rand_int_range(rand, 0, 40),
        .surplus_writable = g_rand_int_range(rand, 0, 40),
    };

    if (shape.in_place && g_rand_boolean(rand)) {
        shape.overlap = g_rand_int_range(rand, -200, 200);
    } else {
        shape.piece = g_rand_int_range(rand, 2, 80);
    }
    return shape;
}

static void check_random(QVirtioCryptoDriver *d)
{
    for (int i = 0; i < 100; i++) {
        Chain chain;

        chain_init(&chain, d, random_kind(d->rand));
        for (int j = 0; j < 6; j++) {
            QVirtioCryptoShape shape = random_shape(d->rand);
            ChainRequest req;

            chain_request_random(&req, &chain, random_len(d->rand, 0, 40),
                                 random_len(d->rand, 0, 200));
            chain_check(&chain, &req.op, &shape);
            chain_request_clear(&req);
        }
        chain_clear(&chain);
    }
}

static void test_random(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_random);
}

/* Larger than any buffer along the way */
static void check_large(Chain *chain)
{
    const QVirtioCryptoShape large[] = {
        { .piece = 3000, .indirect = true },
        { .piece = 3000, .indirect = true, .in_place = true },
        { .in_place = true },
        { .in_place = true, .overlap = 1000 },
        { .in_place = true, .overlap = -1000 },
    };

    for (size_t i = 0; i < ARRAY_SIZE(large); i++) {
        ChainRequest req;

        chain_request_random(&req, chain, 1000, 128 * KiB);
        chain_check(chain, &req.op, &large[i]);
        chain_request_clear(&req);
    }
}

static void test_large(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);

    chain_each_way(d, "aes-cbc", "hmac-sha1", check_large);
    chain_each_way(d, "aes-xts", "hmac-sha512", check_large);
    chain_each_way(d, "aes-ctr", "gmac-twofish", check_large);
    qvirtio_crypto_stop(d);
}

/* A request leaves nothing behind for the next one on the session */
static void check_again(Chain *chain)
{
    ChainRequest req, other;
    QVirtioCryptoShape shape = { };

    chain_request_random(&req, chain, 20, 100);
    chain_request_random(&other, chain, 7, 60);
    for (int i = 0; i < 3; i++) {
        chain_check(chain, &req.op, &shape);
        chain_check(chain, &other.op, &shape);
    }
    chain_request_clear(&req);
    chain_request_clear(&other);
}

static void test_again(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);

    for (const DigestAlgo *mac = digest_macs; mac->name; mac++) {
        chain_each_way(d, "aes-f8", mac->name, check_again);
    }
    qvirtio_crypto_stop(d);
}

static void register_tests(void)
{
    const char *any = "virtio-crypto";

    for (const CipherAlgo *algo = cipher_algos; algo->name; algo++) {
        g_autofree char *name = g_strdup_printf("chain/%s", algo->name);
        QOSGraphTestOptions opts = { .arg = (void *)algo };

        qos_add_test(name, any, test_pairs, &opts);
    }
    add_crypto_test("chain/known", any, test_known, &shared_ram);
    add_crypto_test("chain/esp", any, test_esp, &shared_ram);
    add_crypto_test("chain/tls", any, test_tls, &shared_ram);
    add_crypto_test("chain/nested", any, test_nested, &shared_ram);
    add_crypto_test("chain/aad", any, test_aad, &shared_ram);
    add_crypto_test("chain/ranges", any, test_ranges, &shared_ram);
    add_crypto_test("chain/empty", any, test_empty, &shared_ram);
    add_crypto_test("chain/shapes", any, test_shapes, &shared_ram);
    add_crypto_test("chain/random", any, test_random, &shared_ram);
    add_crypto_test("chain/large", any, test_large, &shared_ram);
    add_crypto_test("chain/again", any, test_again, &shared_ram);
}

libqos_init(register_tests);
