/*
 * Tests of virtio-crypto: hashes and MACs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "digest-reference.h"
#include "options.h"
#include "rsp.h"

#define REVISION_1  (1ull << QVIRTIO_CRYPTO_F_REVISION_1)
#define INDIRECT    (1ull << VIRTIO_RING_F_INDIRECT_DESC)

/* How much of SHAKE's output a test takes that does not care */
#define SHAKE_LEN   200

/* A service, and its algorithms */
typedef struct DigestService {
    const DigestAlgo *algos;
    bool mac;
} DigestService;

static const DigestService hash_service = { digest_hashes, false };
static const DigestService mac_service = { digest_macs, true };

static size_t full_len(const DigestAlgo *algo)
{
    return algo->len ?: SHAKE_LEN;
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

/* A key of a random legal length; a hash has none */
static GByteArray *random_key(GRand *rand, const DigestAlgo *algo)
{
    uint32_t steps = 0;

    if (algo->key_step) {
        steps = g_rand_int_range(rand, 0, (algo->key_max - algo->key_min) /
                                          algo->key_step + 1);
    }
    return random_bytes(rand, algo->key_min + steps * algo->key_step);
}

static QVirtioCryptoSession new_session(const DigestService *service,
                                        const DigestAlgo *algo,
                                        uint32_t result_len,
                                        const GByteArray *key)
{
    return service->mac
           ? qvirtio_crypto_mac(algo->number, result_len, key->data, key->len)
           : qvirtio_crypto_hash(algo->number, result_len);
}

static QVirtioCryptoOp new_op(const DigestService *service, uint64_t id,
                              const GByteArray *src, uint32_t result_len)
{
    return service->mac
           ? qvirtio_crypto_mac_op(id, src->data, src->len, result_len)
           : qvirtio_crypto_hash_op(id, src->data, src->len, result_len);
}

static GByteArray *reference(const DigestService *service,
                             const DigestAlgo *algo, const GByteArray *key,
                             const GByteArray *src, size_t result_len)
{
    return service->mac
           ? reference_mac(algo, key->data, key->len, src->data, src->len)
           : reference_hash(algo, src->data, src->len, result_len);
}

/* Takes the first @len bytes of @expected for the result, and frees @req */
static void check_result(QVirtioCryptoDriver *d, QVirtioCryptoRequest *req,
                         const DigestAlgo *algo, const GByteArray *expected,
                         size_t len)
{
    if (req->status != VIRTIO_CRYPTO_OK || req->used != len + 1 ||
        memcmp(req->written->data, expected->data, len)) {
        g_error("%s: wrong digest of %zu bytes, status %u, %u bytes used",
                algo->name, req->source_len, req->status, req->used);
    }
    qvirtio_crypto_request_free(req, d->alloc);
}

/* Runs one source through a session that is there */
static void check_op(QVirtioCryptoDriver *d, const DigestService *service,
                     const DigestAlgo *algo, uint64_t id,
                     const GByteArray *src, const GByteArray *expected,
                     size_t len, const QVirtioCryptoShape *shape)
{
    QVirtioCryptoOp op = new_op(service, id, src, len);

    check_result(d, qvirtio_crypto_run(d, 0, &op, shape), algo, expected,
                 len);
}

/* Checks the digest of a source, with a new session */
static void check_digest(QVirtioCryptoDriver *d, const DigestService *service,
                         const DigestAlgo *algo, const GByteArray *key,
                         const GByteArray *src, const GByteArray *expected,
                         const QVirtioCryptoShape *shape)
{
    QVirtioCryptoSession session =
        new_session(service, algo, expected->len, key);
    uint64_t id = qvirtio_crypto_create(d, &session);

    check_op(d, service, algo, id, src, expected, expected->len, shape);
    qvirtio_crypto_destroy(d, &session, id);
}

static QVirtioCryptoDriver *start(void *obj, QGuestAllocator *alloc,
                                  uint64_t features)
{
    QVirtioCrypto *crypto = obj;

    return qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, features);
}

/* A published answer, in hexadecimal */
typedef struct Answer {
    const char *name;
    const char *key;
    const char *src;
    const char *digest;
} Answer;

/* "abc", as FIPS 180-4's and FIPS 202's examples and RFC 1321 have it */
static const Answer hash_answers[] = {
    { "md5", "", "616263", "900150983cd24fb0d6963f7d28e17f72" },
    { "sha1", "", "616263", "a9993e364706816aba3e25717850c26c9cd0d89d" },
    { "sha224", "", "616263",
      "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7" },
    { "sha256", "", "616263",
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
    { "sha384", "", "616263",
      "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded163"
      "1a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7" },
    { "sha512", "", "616263",
      "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
      "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f" },
    { "sha3-224", "", "616263",
      "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf" },
    { "sha3-256", "", "616263",
      "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532" },
    { "sha3-384", "", "616263",
      "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c25"
      "96da7cf0e49be4b298d88cea927ac7f539f1edf228376d25" },
    { "sha3-512", "", "616263",
      "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
      "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0" },
    /* FIPS 202's examples of the empty message */
    { "shake128", "", "", "7f9c2ba4e88f827d616045507605853e" },
    { "shake256", "", "",
      "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762f" },
    { }
};

#define XCBC_KEY "000102030405060708090a0b0c0d0e0f"
#define ZEROS_125                                                         \
    "00000000000000000000000000000000000000000000000000"                  \
    "00000000000000000000000000000000000000000000000000"                  \
    "00000000000000000000000000000000000000000000000000"                  \
    "00000000000000000000000000000000000000000000000000"                  \
    "00000000000000000000000000000000000000000000000000"

/* SP 800-38A's blocks, where the first one has the vector in it already */
#define CBCMAC_SRC                                                        \
    "6bc0bce12a459991e134741a7f9e1925ae2d8a571e03ac9c9eb76fac45af8e51"    \
    "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710"

static const Answer mac_answers[] = {
    /* RFC 3566, section 4.6 */
    { "xcbc-aes", XCBC_KEY, "", "75f0251d528ac01c4573dfd584d79f29" },
    { "xcbc-aes", XCBC_KEY, "000102", "5b376580ae2f19afe7219ceef172756f" },
    { "xcbc-aes", XCBC_KEY, XCBC_KEY, "d2a246fa349b68a79998a4394ff7a263" },
    { "xcbc-aes", XCBC_KEY, XCBC_KEY "10111213",
      "47f51b4564966215b8985c63055ed308" },
    { "xcbc-aes", XCBC_KEY, XCBC_KEY "101112131415161718191a1b1c1d1e1f",
      "f54f0ec8d2b9f3d36807734bd5283fd4" },
    { "xcbc-aes", XCBC_KEY, XCBC_KEY "101112131415161718191a1b1c1d1e1f2021",
      "becbb3bccdb518a30677d5481fb6b4d8" },
    { "xcbc-aes", XCBC_KEY,
      ZEROS_125 ZEROS_125 ZEROS_125 ZEROS_125
      ZEROS_125 ZEROS_125 ZEROS_125 ZEROS_125,
      "f0dafee895db30253761103b5d84528f" },
    /* SP 800-38A, F.2: the last block of the ciphertext */
    { "cbcmac-aes", "2b7e151628aed2a6abf7158809cf4f3c", CBCMAC_SRC,
      "3ff1caa1681fac09120eca307586e1a7" },
    { "cbcmac-aes", "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b",
      CBCMAC_SRC, "08b0e27988598881d920a9e64f5615cd" },
    { "cbcmac-aes",
      "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4",
      CBCMAC_SRC, "b2eb05e2c39be9fcda6c19078c6a9d1b" },
    /* The first ones of RFC 2202 and RFC 4231 */
    { "hmac-md5", "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
      "9294727a3638bb1c13f48ef8158bfc9d" },
    { "hmac-sha1", "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
      "4869205468657265", "b617318655057264e28bc0b6fb378c8ef146be00" },
    { "hmac-sha224", "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
      "4869205468657265",
      "896fb1128abbdf196832107cd49df33f47b4b1169912ba4f53684b22" },
    { "hmac-sha256", "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
      "4869205468657265",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7" },
    { "hmac-sha384", "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
      "4869205468657265",
      "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec6"
      "82aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6" },
    { "hmac-sha512", "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b",
      "4869205468657265",
      "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
      "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854" },
    /* SP 800-38B, D.1 and D.4 */
    { "cmac-aes", "2b7e151628aed2a6abf7158809cf4f3c",
      "6bc1bee22e409f96e93d7e117393172a",
      "070a16b46b4d4144f79bdd9dd04a287c" },
    { "cmac-3des", "8aa83bf8cbda10620bc1bf19fbb6cd58bc313d4a371ca8b5",
      "6bc1bee22e409f96", "8e8f293136283797" },
    /* The GCM specification's test case 1: nonce and data are zeros */
    { "gmac-aes", "00000000000000000000000000000000",
      "000000000000000000000000", "58e2fccefa7e3061367f1d57a4e7455a" },
    { }
};

static const DigestAlgo *find_algo(const DigestService *service,
                                   const char *name)
{
    const DigestAlgo *algo = service->algos;

    while (!g_str_equal(algo->name, name)) {
        algo++;
        g_assert_nonnull(algo->name);
    }
    return algo;
}

/* Published answers, with the layouts of both revisions */
static void test_known(void *obj, void *data, QGuestAllocator *alloc)
{
    const DigestService *service = data;
    const uint64_t features[] = { 0, REVISION_1 };
    QVirtioCryptoShape shape = { };

    for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
        QVirtioCryptoDriver *d = start(obj, alloc, features[i]);

        for (const Answer *answer = service->mac ? mac_answers : hash_answers;
             answer->name; answer++) {
            g_autoptr(GByteArray) key = hex_to_bytes(answer->key);
            g_autoptr(GByteArray) src = hex_to_bytes(answer->src);
            g_autoptr(GByteArray) digest = hex_to_bytes(answer->digest);

            check_digest(d, service, find_algo(service, answer->name), key,
                         src, digest, &shape);
        }
        qvirtio_crypto_stop(d);
    }
}

/* Lengths about those of blocks, and some that are long */
static size_t random_len(GRand *rand, const DigestAlgo *algo)
{
    size_t most = g_rand_int_range(rand, 0, 8) ? 300 : 20000;

    return algo->source_min + g_rand_int_range(rand, 0, most);
}

/* Whole, cut, in place */
static QVirtioCryptoShape random_shape(GRand *rand, size_t len)
{
    QVirtioCryptoShape shape = {
        .indirect = true,
        .joined = g_rand_boolean(rand),
        .in_place = g_rand_boolean(rand),
        .empty = g_rand_boolean(rand),
    };

    if (g_rand_boolean(rand)) {
        shape.piece = g_rand_int_range(rand, 1, 40) + len / 50;
    }
    return shape;
}

/* Random keys, sources and shapes against another library */
static void test_random(void *obj, void *data, QGuestAllocator *alloc)
{
    const DigestService *service = data;
    QVirtioCryptoDriver *d = start(obj, alloc, INDIRECT);

    for (const DigestAlgo *algo = service->algos; algo->name; algo++) {
        for (int i = 0; i < 50; i++) {
            size_t len = random_len(d->rand, algo);
            QVirtioCryptoShape shape = random_shape(d->rand, len);
            g_autoptr(GByteArray) key = random_key(d->rand, algo);
            g_autoptr(GByteArray) src = random_bytes(d->rand, len);
            g_autoptr(GByteArray) expected =
                reference(service, algo, key, src, full_len(algo));

            check_digest(d, service, algo, key, src, expected, &shape);
        }
    }
    qvirtio_crypto_stop(d);
}

/* The shortest source: it is empty, except for two MACs */
static void test_empty(void *obj, void *data, QGuestAllocator *alloc)
{
    const DigestService *service = data;
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    QVirtioCryptoShape shape = { };

    for (const DigestAlgo *algo = service->algos; algo->name; algo++) {
        g_autoptr(GByteArray) src = random_bytes(d->rand, algo->source_min);

        for (size_t len = algo->key_min; len <= algo->key_max;
             len += MAX(algo->key_step, 8)) {
            g_autoptr(GByteArray) key = random_bytes(d->rand, len);
            g_autoptr(GByteArray) expected =
                reference(service, algo, key, src, full_len(algo));

            check_digest(d, service, algo, key, src, expected, &shape);
        }
    }
    qvirtio_crypto_stop(d);
}

/*
 * Every length of result, of a session that is good for no more and of one
 * that is good for all
 */
static void test_truncated(void *obj, void *data, QGuestAllocator *alloc)
{
    const DigestService *service = data;
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    QVirtioCryptoShape shape = { };

    for (const DigestAlgo *algo = service->algos; algo->name; algo++) {
        g_autoptr(GByteArray) key = random_key(d->rand, algo);
        g_autoptr(GByteArray) src = random_bytes(d->rand, 100);
        g_autoptr(GByteArray) expected =
            reference(service, algo, key, src, full_len(algo));
        QVirtioCryptoSession session =
            new_session(service, algo, expected->len, key);
        uint64_t id = qvirtio_crypto_create(d, &session);

        for (size_t len = full_len(algo); len > 0; len--) {
            check_op(d, service, algo, id, src, expected, len, &shape);
            g_byte_array_set_size(expected, len);
            check_digest(d, service, algo, key, src, expected, &shape);
        }
        qvirtio_crypto_destroy(d, &session, id);
    }
    qvirtio_crypto_stop(d);
}

static void assert_create(QVirtioCryptoDriver *d, const DigestAlgo *algo,
                          const QVirtioCryptoSession *session,
                          uint8_t expected)
{
    uint64_t id;
    uint32_t status = qvirtio_crypto_try_create(d, session, &id);

    if (status != expected) {
        g_error("%s: creation with a result of %u bytes and a key of %u "
                "gives status %u, expected %u", algo->name,
                session->result_len, session->key_len, status, expected);
    }
    if (status == VIRTIO_CRYPTO_OK) {
        qvirtio_crypto_destroy(d, session, id);
    }
}

/* Sessions for digests of zero bytes, or longer than the full digest */
static void test_result_sizes(void *obj, void *data, QGuestAllocator *alloc)
{
    const DigestService *service = data;
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    const uint32_t sizes[] = { 0, 1, 8, 16, 64, 65, 256, 1u << 31, UINT32_MAX };

    for (const DigestAlgo *algo = service->algos; algo->name; algo++) {
        g_autoptr(GByteArray) key = random_key(d->rand, algo);
        QVirtioCryptoSession session = new_session(service, algo, 0, key);

        for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
            session.result_len = sizes[i];
            assert_create(d, algo, &session,
                          sizes[i] && (!algo->len || sizes[i] <= algo->len)
                          ? VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_NOTSUPP);
        }
        if (algo->len) {
            session.result_len = algo->len + 1;
            assert_create(d, algo, &session, VIRTIO_CRYPTO_NOTSUPP);
        }
    }
    qvirtio_crypto_stop(d);
}

/* The device refuses the request, and writes only the status */
static void assert_error(QVirtioCryptoDriver *d, const DigestAlgo *algo,
                         const QVirtioCryptoOp *op)
{
    uint8_t status = qvirtio_crypto_status(d, 0, op);

    if (status != VIRTIO_CRYPTO_ERR) {
        g_error("%s: a request of %u bytes for %u with room for %zu gives "
                "status %u", algo->name, op->src_len, op->digest_len,
                op->room, status);
    }
}

/* Requests that say nonsense, and a good one after each of them */
static void test_requests(void *obj, void *data, QGuestAllocator *alloc)
{
    const DigestService *service = data;
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    const uint32_t digest_lens[] = { 0, 9, 1000, 1u << 31, UINT32_MAX };

    for (const DigestAlgo *algo = service->algos; algo->name; algo++) {
        g_autoptr(GByteArray) key = random_key(d->rand, algo);
        g_autoptr(GByteArray) src = random_bytes(d->rand, 100);
        g_autoptr(GByteArray) expected =
            reference(service, algo, key, src, full_len(algo));
        QVirtioCryptoSession session = new_session(service, algo, 8, key);
        uint64_t id = qvirtio_crypto_create(d, &session);
        QVirtioCryptoShape shape = { };
        QVirtioCryptoOp op;

        for (size_t i = 0; i < ARRAY_SIZE(digest_lens); i++) {
            op = new_op(service, id, src, 8);
            op.digest_len = digest_lens[i];
            op.room = 1000;
            assert_error(d, algo, &op);
            check_op(d, service, algo, id, src, expected, 8, &shape);
        }
        /* Less room, or fewer bytes, than the request says */
        op = new_op(service, id, src, 8);
        op.room = 7;
        assert_error(d, algo, &op);
        op = new_op(service, id, src, 8);
        op.src_len++;
        assert_error(d, algo, &op);
        op.src_len = UINT32_MAX;
        assert_error(d, algo, &op);
        /* Sources that are too short */
        for (size_t len = 0; len < algo->source_min; len++) {
            g_byte_array_set_size(src, len);
            op = new_op(service, id, src, 8);
            assert_error(d, algo, &op);
        }
        qvirtio_crypto_destroy(d, &session, id);
    }
    qvirtio_crypto_stop(d);
}

static bool is_legal_key(const DigestAlgo *algo, size_t len)
{
    return len >= algo->key_min && len <= algo->key_max &&
           (len - algo->key_min) % algo->key_step == 0;
}

/* Keys of legal and of all other lengths */
static void test_key_sizes(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    g_autoptr(GByteArray) bytes = random_bytes(d->rand, 1026);

    for (const DigestAlgo *algo = digest_macs; algo->name; algo++) {
        for (size_t len = 0; len <= bytes->len; len++) {
            QVirtioCryptoSession session =
                qvirtio_crypto_mac(algo->number, algo->len, bytes->data, len);

            if (len <= 80 || len >= 1020) {
                assert_create(d, algo, &session, is_legal_key(algo, len)
                              ? VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_NOTSUPP);
            }
        }
    }
    qvirtio_crypto_stop(d);
}

/* SP 800-67, 3.3.2: keys of DES that are their own inverses, and the like */
static void test_weak_keys(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    const DigestAlgo *algo = find_algo(&mac_service, "cmac-3des");
    const char *const keys[] = {
        "010101010101010101010101010101010101010101010101",
        "fefefefefefefefe0123456789abcdef1f1f1f1f0e0e0e0e",
        "000000000000000000000000000000000000000000000000",
        "e0e0e0e0f1f1f1f1e0e0e0e0f1f1f1f1",
        "01fe01fe01fe01fefe01fe01fe01fe01",
        "0123456789abcdef0123456789abcdef",
    };
    QVirtioCryptoShape shape = { };

    for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
        g_autoptr(GByteArray) key = hex_to_bytes(keys[i]);
        g_autoptr(GByteArray) src = random_bytes(d->rand, 61);
        g_autoptr(GByteArray) expected =
            reference(&mac_service, algo, key, src, algo->len);

        check_digest(d, &mac_service, algo, key, src, expected, &shape);
    }
    qvirtio_crypto_stop(d);
}

/* Algorithms of the standard that the device lacks, and unknown ones */
static void test_unsupported(void *obj, void *data, QGuestAllocator *alloc)
{
    const DigestService *service = data;
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    g_autoptr(GByteArray) key = random_bytes(d->rand, 16);

    for (uint32_t number = 0; number < 70; number++) {
        DigestAlgo none = { .name = "unknown", .number = number };
        const DigestAlgo *algo = service->algos;
        QVirtioCryptoSession session;

        while (algo->name && algo->number != number) {
            algo++;
        }
        session = new_session(service, &none, 8, key);
        assert_create(d, &none, &session, algo->name ? VIRTIO_CRYPTO_OK
                                                     : VIRTIO_CRYPTO_NOTSUPP);
    }
    qvirtio_crypto_stop(d);
}

/* No digest depends on the one before */
static void test_no_memory(void *obj, void *data, QGuestAllocator *alloc)
{
    const DigestService *service = data;
    QVirtioCryptoDriver *d = start(obj, alloc, INDIRECT);

    for (const DigestAlgo *algo = service->algos; algo->name; algo++) {
        size_t len = full_len(algo);
        g_autoptr(GByteArray) key = random_key(d->rand, algo);
        QVirtioCryptoSession session = new_session(service, algo, len, key);
        uint64_t id = qvirtio_crypto_create(d, &session);

        for (int i = 0; i < 20; i++) {
            size_t src_len = random_len(d->rand, algo);
            QVirtioCryptoShape shape = random_shape(d->rand, src_len);
            g_autoptr(GByteArray) src = random_bytes(d->rand, src_len);
            g_autoptr(GByteArray) expected =
                reference(service, algo, key, src, len);

            check_op(d, service, algo, id, src, expected, len, &shape);
        }
        qvirtio_crypto_destroy(d, &session, id);
    }
    qvirtio_crypto_stop(d);
}

/* Long requests of one session on all queues at once */
static void run_queues(QVirtioCryptoDriver *d, const DigestService *service,
                       const DigestAlgo *algo)
{
    size_t len = full_len(algo);
    g_autoptr(GByteArray) key = random_key(d->rand, algo);
    g_autoptr(GByteArray) src = random_bytes(d->rand, 100000);
    g_autoptr(GByteArray) expected = reference(service, algo, key, src, len);
    QVirtioCryptoSession session = new_session(service, algo, len, key);
    uint64_t id = qvirtio_crypto_create(d, &session);
    QVirtioCryptoOp op = new_op(service, id, src, len);
    QVirtioCryptoShape shape = { .indirect = true };
    QVirtioCryptoRequest *reqs[16];

    for (size_t i = 0; i < ARRAY_SIZE(reqs); i++) {
        reqs[i] = qvirtio_crypto_op_request(d, &op);
        qvirtio_crypto_enqueue(d, i % d->n_data, reqs[i], &shape);
    }
    for (uint32_t queue = 0; queue < d->n_data; queue++) {
        qvirtring_kick(d->rings[queue]);
    }
    for (size_t i = 0; i < ARRAY_SIZE(reqs); i++) {
        qvirtio_crypto_wait(d, i % d->n_data, reqs[i]);
        check_result(d, reqs[i], algo, expected, len);
    }
    qvirtio_crypto_destroy(d, &session, id);
}

static const CryptoOptions hash_queues = {
    .backend = "queues=4", .shared_ram = true,
};

static void test_queues(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, INDIRECT);
    const DigestService *const services[] = { &hash_service, &mac_service };

    g_assert_cmpint(d->n_data, ==, 4);
    for (size_t i = 0; i < ARRAY_SIZE(services); i++) {
        for (const DigestAlgo *algo = services[i]->algos; algo->name;
             algo++) {
            run_queues(d, services[i], algo);
        }
    }
    qvirtio_crypto_stop(d);
}

/* Digests that are much longer than their source */
static void test_long_output(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, INDIRECT);
    const size_t len = 400 * 1024 + 7;

    for (const DigestAlgo *algo = digest_hashes; algo->name; algo++) {
        if (!algo->len) {
            g_autoptr(GByteArray) src = random_bytes(d->rand, 500);
            g_autoptr(GByteArray) expected =
                reference_hash(algo, src->data, src->len, len);
            QVirtioCryptoShape shape = { .indirect = true };

            check_digest(d, &hash_service, algo, NULL, src, expected, &shape);
            shape.piece = 2000;
            check_digest(d, &hash_service, algo, NULL, src, expected, &shape);
            shape.in_place = true;
            check_digest(d, &hash_service, algo, NULL, src, expected, &shape);
        }
    }
    qvirtio_crypto_stop(d);
}

static void register_service(const char *group, const DigestService *service)
{
    static const struct {
        const char *name;
        QOSTestFunc function;
        bool both;
    } tests[] = {
        { "known", test_known, true },
        { "random", test_random, true },
        { "empty", test_empty, true },
        { "truncated", test_truncated },
        { "result-sizes", test_result_sizes },
        { "requests", test_requests },
        { "unsupported", test_unsupported },
        { "no-memory", test_no_memory },
    };

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        g_autofree char *name =
            g_strdup_printf("%s/%s", group, tests[i].name);
        QOSGraphTestOptions opts = {
            .before = add_shared_ram,
            .arg = (void *)service,
        };

        qos_add_test(name, "virtio-crypto", tests[i].function, &opts);
        if (tests[i].both) {
            g_autofree char *rfc_name = g_strconcat("rfc-", name, NULL);

            qos_add_test(rfc_name, "virtio-crypto-rfc", tests[i].function,
                         &opts);
        }
    }
}

static void register_tests(void)
{
    register_service("hash", &hash_service);
    register_service("mac", &mac_service);
    add_crypto_test("hash/long-output", "virtio-crypto", test_long_output,
                    &shared_ram);
    add_crypto_test("hash/queues", "virtio-crypto", test_queues,
                    &hash_queues);
    add_crypto_test_both("mac/key-sizes", test_key_sizes, &shared_ram);
    add_crypto_test("mac/weak-keys", "virtio-crypto", test_weak_keys,
                    &shared_ram);
}

libqos_init(register_tests);
