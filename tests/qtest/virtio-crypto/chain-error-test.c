/*
 * Tests of virtio-crypto: chains that a bad or hostile guest asks for
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "chain.h"
#include "options.h"

#define REVISION_1  (1ull << QVIRTIO_CRYPTO_F_REVISION_1)

/* The good request: source, AAD and digest in bytes */
#define SRC_LEN     96
#define AAD_LEN     5
#define DIGEST_LEN  20

/* The longest key of a MAC, and the longest prefixes */
#define AUTH_KEY_MAX 1024

static uint8_t bytes[8192];

static QVirtioCryptoSession cipher_session(uint32_t algo, size_t key_len)
{
    return qvirtio_crypto_cipher(algo, true, bytes, key_len);
}

static QVirtioCryptoSession chain_session(uint32_t mode, uint32_t algo,
                                          uint32_t digest_len, size_t key_len)
{
    QVirtioCryptoSession cipher =
        cipher_session(VIRTIO_CRYPTO_CIPHER_AES_CBC, 16);

    return qvirtio_crypto_chain(&cipher, CIPHER_FIRST, mode, algo, digest_len,
                                bytes, key_len);
}

/* AES-CBC and HMAC-SHA1 */
static QVirtioCryptoSession good_session(void)
{
    return chain_session(AUTH, VIRTIO_CRYPTO_MAC_HMAC_SHA1, DIGEST_LEN, 20);
}

static QVirtioCryptoOp good_op(uint64_t id)
{
    return qvirtio_crypto_chain_op(id, true, bytes, 16, bytes, AAD_LEN, bytes,
                                   SRC_LEN, DIGEST_LEN);
}

static uint64_t create(QVirtioCryptoDriver *d, QVirtioCryptoSession session)
{
    return qvirtio_crypto_create(d, &session);
}

static void destroy(QVirtioCryptoDriver *d, uint64_t id)
{
    QVirtioCryptoSession session = good_session();

    qvirtio_crypto_destroy(d, &session, id);
}

static void assert_create(QVirtioCryptoDriver *d,
                          QVirtioCryptoSession session, uint32_t expected)
{
    uint64_t id;

    g_assert_cmpint(qvirtio_crypto_try_create(d, &session, &id), ==,
                    expected);
    if (expected == VIRTIO_CRYPTO_OK) {
        destroy(d, id);
    }
}

static void assert_status(QVirtioCryptoDriver *d, QVirtioCryptoOp op,
                          uint8_t expected)
{
    g_assert_cmpint(qvirtio_crypto_status(d, 0, &op), ==, expected);
}

static void assert_alive(QVirtioCryptoDriver *d)
{
    uint64_t id = create(d, good_session());

    assert_status(d, good_op(id), VIRTIO_CRYPTO_OK);
    destroy(d, id);
}

/* The argument of each test is a function that checks under one layout */
static void test_both_layouts(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    void (**check)(QVirtioCryptoDriver *d) = data;
    const uint64_t features[] = { 0, REVISION_1 };

    for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
        QVirtioCryptoDriver *d =
            qvirtio_crypto_start(global_qtest, crypto->vdev, alloc,
                                 features[i]);

        assert_alive(d);
        (*check)(d);
        assert_alive(d);
        qvirtio_crypto_stop(d);
    }
}

/* Ranges that leave the source, some of which wrap around 32 bits */
static const struct {
    uint32_t start, len;
} outside[] = {
    { 0, 112 }, { 16, 96 }, { 96, 16 }, { 97, 0 }, { 112, 0 }, { 1, 96 },
    { 0, 0xfffffff0 }, { 16, 0xfffffff0 }, { 32, 0xfffffff0 },
    { 0xfffffff0, 0 }, { 0xfffffff0, 16 }, { 0xfffffff0, 32 },
    { 0xffffffff, 16 }, { 0x80000000, 0x80000000 },
};

static void check_ranges(QVirtioCryptoDriver *d)
{
    uint64_t id = create(d, good_session());
    QVirtioCryptoOp op;

    for (size_t i = 0; i < ARRAY_SIZE(outside); i++) {
        op = good_op(id);
        op.cipher_start = outside[i].start;
        op.cipher_len = outside[i].len;
        assert_status(d, op, VIRTIO_CRYPTO_ERR);
        op = good_op(id);
        op.hash_start = outside[i].start;
        op.hash_len = outside[i].len;
        assert_status(d, op, VIRTIO_CRYPTO_ERR);
    }
    /* This just fits */
    op = good_op(id);
    op.cipher_start = 80;
    op.cipher_len = 16;
    op.hash_start = 96;
    op.hash_len = 0;
    assert_status(d, op, VIRTIO_CRYPTO_OK);
    op.cipher_start = 96;
    op.cipher_len = 0;
    op.hash_start = 95;
    op.hash_len = 1;
    assert_status(d, op, VIRTIO_CRYPTO_OK);
    destroy(d, id);
}

/* A destination with less than the cipher range, or more than the source */
static void check_destinations(QVirtioCryptoDriver *d)
{
    uint64_t id = create(d, good_session());
    QVirtioCryptoOp op = good_op(id);

    op.cipher_start = 16;
    op.cipher_len = 64;
    for (op.dst_len = 0; op.dst_len < 130; op.dst_len++) {
        op.room = op.dst_len + DIGEST_LEN;
        assert_status(d, op, op.dst_len >= 80 && op.dst_len <= SRC_LEN ?
                             VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_ERR);
    }
    /* Room for the destination only, or for neither destination nor digest */
    op = good_op(id);
    for (op.room = 0; op.room < SRC_LEN + DIGEST_LEN; op.room += 5) {
        assert_status(d, op, VIRTIO_CRYPTO_ERR);
    }
    destroy(d, id);
}

/* Lengths that do not fit the descriptors, and whose sums wrap around */
static void check_lengths(QVirtioCryptoDriver *d)
{
    const uint32_t huge[] = {
        97, 117, 4096, 0x7fffffff, 0x80000000, 0xffffffec, 0xfffffff0,
        0xffffffff,
    };
    uint64_t id = create(d, good_session());

    for (size_t i = 0; i < ARRAY_SIZE(huge); i++) {
        QVirtioCryptoOp op = good_op(id);

        op.src_len = huge[i];
        assert_status(d, op, VIRTIO_CRYPTO_ERR);
        op.cipher_len = op.hash_len = op.dst_len = huge[i] & ~15;
        assert_status(d, op, VIRTIO_CRYPTO_ERR);
        op = good_op(id);
        op.dst_len = huge[i];
        assert_status(d, op, VIRTIO_CRYPTO_ERR);
        op = good_op(id);
        op.aad_len = huge[i];
        assert_status(d, op, VIRTIO_CRYPTO_ERR);
        op = good_op(id);
        op.digest_len = huge[i];
        assert_status(d, op, VIRTIO_CRYPTO_ERR);
        op = good_op(id);
        op.src_len = op.dst_len = op.aad_len = op.digest_len = op.iv_len =
            op.cipher_len = op.hash_len = huge[i];
        assert_status(d, op, VIRTIO_CRYPTO_ERR);
    }
    destroy(d, id);
}

/* A readable part that ends anywhere behind the general header */
static void check_truncated(QVirtioCryptoDriver *d)
{
    const size_t fixed = sizeof(struct virtio_crypto_op_data_req);
    uint64_t id = create(d, good_session());
    QVirtioCryptoOp op = good_op(id);

    for (op.cut = sizeof(struct virtio_crypto_op_header);
         op.cut < fixed + 16 + AAD_LEN + SRC_LEN; op.cut++) {
        assert_status(d, op, VIRTIO_CRYPTO_ERR);
    }
    assert_status(d, op, VIRTIO_CRYPTO_OK);
    destroy(d, id);
}

/* No digest, or more of it than there is, or than the session is for */
static void check_digests(QVirtioCryptoDriver *d)
{
    const uint32_t sizes[] = { 1, 12, 19, 20 };

    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        uint64_t id = create(d, chain_session(AUTH,
                                              VIRTIO_CRYPTO_MAC_HMAC_SHA1,
                                              sizes[i], 20));
        QVirtioCryptoOp op = good_op(id);

        for (op.digest_len = 0; op.digest_len < 30; op.digest_len++) {
            op.room = SRC_LEN + op.digest_len;
            assert_status(d, op, op.digest_len && op.digest_len <= sizes[i] ?
                                 VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_ERR);
        }
        destroy(d, id);
    }
}

static void check_session_digests(QVirtioCryptoDriver *d)
{
    const uint32_t wrong[] = { 0, 21, 64, 0x80000000, 0xffffffff };
    const uint32_t modes[] = { PLAIN, AUTH, NESTED };

    G_STATIC_ASSERT((int)VIRTIO_CRYPTO_MAC_HMAC_SHA1 ==
                    (int)VIRTIO_CRYPTO_HASH_SHA1);
    for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
        for (size_t j = 0; j < ARRAY_SIZE(wrong); j++) {
            assert_create(d, chain_session(modes[i], VIRTIO_CRYPTO_HASH_SHA1,
                                           wrong[j], 20),
                          VIRTIO_CRYPTO_NOTSUPP);
        }
        assert_create(d, chain_session(modes[i], VIRTIO_CRYPTO_HASH_SHA1, 20,
                                       20), VIRTIO_CRYPTO_OK);
    }
}

/* Cipher ranges and vectors as this cipher wants them */
static void check_cipher(QVirtioCryptoDriver *d, const CipherAlgo *algo)
{
    QVirtioCryptoSession cipher =
        cipher_session(algo->number, algo->key_lens[0]);
    uint64_t id =
        create(d, qvirtio_crypto_chain(&cipher, HASH_FIRST, PLAIN,
                                       VIRTIO_CRYPTO_HASH_MD5, 16, NULL, 0));
    QVirtioCryptoOp op =
        qvirtio_crypto_chain_op(id, true, bytes, algo->iv_len, bytes, 0,
                                bytes, 50, 16);

    for (op.cipher_len = 0; op.cipher_len < 50; op.cipher_len++) {
        assert_status(d, op, op.cipher_len % algo->block == 0 &&
                             op.cipher_len >= algo->source_min ?
                             VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_ERR);
    }
    op.cipher_len = 48;
    for (op.iv_len = 0; op.iv_len < 20; op.iv_len++) {
        op.iv_bytes = op.iv_len;
        assert_status(d, op, op.iv_len == algo->iv_len ? VIRTIO_CRYPTO_OK :
                                                         VIRTIO_CRYPTO_ERR);
    }
    destroy(d, id);
}

static void check_ciphers(QVirtioCryptoDriver *d)
{
    for (const CipherAlgo *algo = cipher_algos; algo->name; algo++) {
        check_cipher(d, algo);
    }
}

/* MACs that want some bytes, whether of the AAD or of the range */
static void check_short_input(QVirtioCryptoDriver *d, uint32_t algo,
                              uint32_t least)
{
    uint64_t id = create(d, chain_session(AUTH, algo, 16, 16));
    QVirtioCryptoOp op = good_op(id);

    op.digest_len = 16;
    op.room = SRC_LEN + 16;
    for (op.aad_len = 0; op.aad_len < least + 3; op.aad_len++) {
        op.aad_bytes = op.aad_len;
        for (op.hash_len = 0; op.hash_len < least + 3; op.hash_len++) {
            assert_status(d, op, op.aad_len + op.hash_len >= least ?
                                 VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_ERR);
        }
    }
    destroy(d, id);
}

static void check_short_inputs(QVirtioCryptoDriver *d)
{
    check_short_input(d, VIRTIO_CRYPTO_MAC_GMAC_AES, 12);
    check_short_input(d, VIRTIO_CRYPTO_MAC_GMAC_TWOFISH, 12);
    check_short_input(d, VIRTIO_CRYPTO_MAC_CBCMAC_AES, 1);
    check_short_input(d, VIRTIO_CRYPTO_MAC_CMAC_AES, 0);
    check_short_input(d, VIRTIO_CRYPTO_MAC_HMAC_MD5, 0);
}

/* Chains and plain ciphers share a service, but not their sessions */
static void check_other_sessions(QVirtioCryptoDriver *d)
{
    uint64_t cipher =
        create(d, cipher_session(VIRTIO_CRYPTO_CIPHER_AES_CBC, 16));
    uint64_t chain = create(d, good_session());
    QVirtioCryptoSession mac =
        qvirtio_crypto_mac(VIRTIO_CRYPTO_MAC_HMAC_SHA1, DIGEST_LEN, bytes,
                           20);
    uint64_t mac_id = create(d, mac);
    QVirtioCryptoOp op = good_op(cipher);

    assert_status(d, op, VIRTIO_CRYPTO_ERR);
    op.digest_len = 0;
    assert_status(d, op, VIRTIO_CRYPTO_ERR);
    assert_status(d, good_op(mac_id), VIRTIO_CRYPTO_ERR);
    assert_status(d, qvirtio_crypto_cipher_op(chain, true, bytes, 16, bytes,
                                              SRC_LEN), VIRTIO_CRYPTO_ERR);
    assert_status(d, qvirtio_crypto_mac_op(chain, bytes, SRC_LEN, DIGEST_LEN),
                  VIRTIO_CRYPTO_ERR);
    assert_status(d, qvirtio_crypto_hash_op(chain, bytes, SRC_LEN,
                                            DIGEST_LEN), VIRTIO_CRYPTO_ERR);
    /* They are as good as before */
    assert_status(d, good_op(chain), VIRTIO_CRYPTO_OK);
    assert_status(d, qvirtio_crypto_cipher_op(cipher, true, bytes, 16, bytes,
                                              SRC_LEN), VIRTIO_CRYPTO_OK);
    qvirtio_crypto_destroy(d, &mac, mac_id);
    destroy(d, chain);
    destroy(d, cipher);
    assert_status(d, good_op(chain), VIRTIO_CRYPTO_INVSESS);
}

static void check_direction(QVirtioCryptoDriver *d)
{
    const uint32_t nonsense[] = { 0, 3, 0xffffffff };
    QVirtioCryptoSession session = good_session();
    uint64_t encrypt = create(d, session), decrypt;
    QVirtioCryptoOp op = good_op(encrypt);

    session.op = VIRTIO_CRYPTO_OP_DECRYPT;
    decrypt = create(d, session);
    op.opcode = VIRTIO_CRYPTO_CIPHER_DECRYPT;
    assert_status(d, op, VIRTIO_CRYPTO_ERR);
    op.session = decrypt;
    assert_status(d, op, VIRTIO_CRYPTO_OK);
    op.opcode = VIRTIO_CRYPTO_CIPHER_ENCRYPT;
    assert_status(d, op, VIRTIO_CRYPTO_ERR);
    for (size_t i = 0; i < ARRAY_SIZE(nonsense); i++) {
        session.op = nonsense[i];
        assert_create(d, session, VIRTIO_CRYPTO_ERR);
    }
    destroy(d, encrypt);
    destroy(d, decrypt);
}

/* Numbers that are none, or that no algorithm here has */
static void check_numbers(QVirtioCryptoDriver *d)
{
    const uint32_t ciphers[] = { 0, 10, 11, 14, 15, 32, 63, 0xffffffff };
    const uint32_t hashes[] = { 0, 13, 31, 32, 63, 64, 0xffffffff };
    const uint32_t macs[] = {
        0, 7, 24, 27, 28, 40, 43, 48, 50, 51, 52, 54, 63, 64, 0xffffffff,
    };
    const uint32_t others[] = { 0, 3, 4, 0xffffffff };
    QVirtioCryptoSession session;

    for (size_t i = 0; i < ARRAY_SIZE(ciphers); i++) {
        session = good_session();
        session.algo = ciphers[i];
        assert_create(d, session, VIRTIO_CRYPTO_NOTSUPP);
    }
    for (size_t i = 0; i < ARRAY_SIZE(hashes); i++) {
        assert_create(d, chain_session(PLAIN, hashes[i], 16, 0),
                      VIRTIO_CRYPTO_NOTSUPP);
        assert_create(d, chain_session(NESTED, hashes[i], 16, 20),
                      VIRTIO_CRYPTO_NOTSUPP);
    }
    for (size_t i = 0; i < ARRAY_SIZE(macs); i++) {
        assert_create(d, chain_session(AUTH, macs[i], 8, 16),
                      VIRTIO_CRYPTO_NOTSUPP);
    }
    for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
        session = good_session();
        session.order = others[i];
        assert_create(d, session, VIRTIO_CRYPTO_NOTSUPP);
        session = good_session();
        session.hash_mode = others[i] == 3 ? 5 : others[i];
        assert_create(d, session, VIRTIO_CRYPTO_NOTSUPP);
    }
}

static void check_prefixes(QVirtioCryptoDriver *d)
{
    const uint32_t hash = VIRTIO_CRYPTO_HASH_SHA_256;

    for (size_t len = 0; len <= AUTH_KEY_MAX; len += len < 20 ? 1 : 251) {
        assert_create(d, chain_session(NESTED, hash, 32, len),
                      len % 2 ? VIRTIO_CRYPTO_ERR : VIRTIO_CRYPTO_OK);
    }
    assert_create(d, chain_session(NESTED, hash, 32, AUTH_KEY_MAX),
                  VIRTIO_CRYPTO_OK);
    assert_create(d, chain_session(NESTED, hash, 32, AUTH_KEY_MAX + 1),
                  VIRTIO_CRYPTO_NOTSUPP);
    assert_create(d, chain_session(NESTED, hash, 32, AUTH_KEY_MAX + 2),
                  VIRTIO_CRYPTO_NOTSUPP);
    /* The inner digest of SHAKE would be as long as one likes */
    assert_create(d, chain_session(NESTED, VIRTIO_CRYPTO_HASH_SHA3_SHAKE128,
                                   32, 20), VIRTIO_CRYPTO_NOTSUPP);
    assert_create(d, chain_session(NESTED, VIRTIO_CRYPTO_HASH_SHA3_SHAKE256,
                                   32, 20), VIRTIO_CRYPTO_NOTSUPP);
}

/* The sizes of keys that ciphers and MACs have */
static void check_key_sizes(QVirtioCryptoDriver *d)
{
    const size_t good[] = { 16, 24, 32 };
    QVirtioCryptoSession session = good_session();

    for (size_t len = 0; len < 40; len++) {
        uint32_t expected = VIRTIO_CRYPTO_NOTSUPP;

        for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
            if (len == good[i]) {
                expected = VIRTIO_CRYPTO_OK;
            }
        }
        assert_create(d, chain_session(AUTH, VIRTIO_CRYPTO_MAC_CMAC_AES, 16,
                                       len), expected);
        session.key_len = session.key_bytes = len;
        assert_create(d, session, expected);
        assert_create(d, chain_session(AUTH, VIRTIO_CRYPTO_MAC_XCBC_AES, 16,
                                       len),
                      len == 16 ? VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_NOTSUPP);
    }
    assert_create(d, chain_session(AUTH, VIRTIO_CRYPTO_MAC_HMAC_SHA1, 20,
                                   AUTH_KEY_MAX), VIRTIO_CRYPTO_OK);
    assert_create(d, chain_session(AUTH, VIRTIO_CRYPTO_MAC_HMAC_SHA1, 20,
                                   AUTH_KEY_MAX + 1), VIRTIO_CRYPTO_NOTSUPP);
}

/* Keys that are not all there, or beyond anything that a chain can hold */
static void check_lying_keys(QVirtioCryptoDriver *d)
{
    const uint32_t huge[] = {
        0x10000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff,
    };
    const uint32_t modes[] = { AUTH, NESTED };

    for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
        QVirtioCryptoSession session =
            chain_session(modes[i], VIRTIO_CRYPTO_HASH_SHA1, DIGEST_LEN, 20);

        for (session.auth_key_bytes = 0; session.auth_key_bytes < 20;
             session.auth_key_bytes++) {
            assert_create(d, session, VIRTIO_CRYPTO_ERR);
        }
        for (size_t j = 0; j < ARRAY_SIZE(huge); j++) {
            session.auth_key_len = huge[j];
            assert_create(d, session, VIRTIO_CRYPTO_ERR);
        }
        /* The cipher's key also takes the bytes meant for the other key */
        session.auth_key_len = session.auth_key_bytes = 20;
        session.key_len = 24;
        assert_create(d, session, VIRTIO_CRYPTO_ERR);
        for (size_t j = 0; j < ARRAY_SIZE(huge); j++) {
            session.key_len = huge[j];
            assert_create(d, session, VIRTIO_CRYPTO_ERR);
            session.auth_key_len = huge[j];
            assert_create(d, session, VIRTIO_CRYPTO_ERR);
        }
    }
}

/* A control request that ends anywhere behind the general header */
static void check_truncated_create(QVirtioCryptoDriver *d)
{
    const size_t fixed = sizeof(struct virtio_crypto_op_ctrl_req);
    QVirtioCryptoSession session = good_session();

    for (session.cut = sizeof(struct virtio_crypto_ctrl_header);
         session.cut < fixed + 16 + 20; session.cut++) {
        assert_create(d, session, VIRTIO_CRYPTO_ERR);
    }
    assert_create(d, session, VIRTIO_CRYPTO_OK);
}

static const CryptoOptions small_requests = {
    .device = "max-request-size=4096",
};

/* The bound holds for all parts of a request together */
static void test_too_large(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, 0);
    QVirtioCryptoSession cipher =
        cipher_session(VIRTIO_CRYPTO_CIPHER_AES_CTR, 16);
    uint64_t id =
        create(d, qvirtio_crypto_chain(&cipher, CIPHER_FIRST, AUTH,
                                       VIRTIO_CRYPTO_MAC_HMAC_SHA1,
                                       DIGEST_LEN, bytes, 20));

    for (size_t aad_len = 0; aad_len <= 20; aad_len++) {
        /* 16 + 20 + 4040 is less than the limit by 20 */
        assert_status(d, qvirtio_crypto_chain_op(id, true, bytes, 16, bytes,
                                                 aad_len, bytes, 2020,
                                                 DIGEST_LEN),
                      VIRTIO_CRYPTO_OK);
        assert_status(d, qvirtio_crypto_chain_op(id, true, bytes, 16, bytes,
                                                 aad_len + 21, bytes, 2020,
                                                 DIGEST_LEN),
                      VIRTIO_CRYPTO_ERR);
    }
    destroy(d, id);
    assert_alive(d);
    qvirtio_crypto_stop(d);
}

static void fill_bytes(void)
{
    for (size_t i = 0; i < sizeof(bytes); i++) {
        bytes[i] = i * 7 + i / 256 + 1;
    }
}

static struct {
    const char *name;
    void (*check)(QVirtioCryptoDriver *d);
} tests[] = {
    { "chain/error-ranges", check_ranges },
    { "chain/error-destinations", check_destinations },
    { "chain/error-lengths", check_lengths },
    { "chain/error-truncated", check_truncated },
    { "chain/error-digests", check_digests },
    { "chain/error-session-digests", check_session_digests },
    { "chain/error-ciphers", check_ciphers },
    { "chain/error-short-inputs", check_short_inputs },
    { "chain/error-other-sessions", check_other_sessions },
    { "chain/error-direction", check_direction },
    { "chain/error-numbers", check_numbers },
    { "chain/error-prefixes", check_prefixes },
    { "chain/error-key-sizes", check_key_sizes },
    { "chain/error-lying-keys", check_lying_keys },
    { "chain/error-truncated-create", check_truncated_create },
};

static void register_tests(void)
{
    fill_bytes();
    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        QOSGraphTestOptions opts = {
            .before = add_shared_ram,
            .arg = &tests[i].check,
        };

        qos_add_test(tests[i].name, "virtio-crypto", test_both_layouts,
                     &opts);
    }
    add_crypto_test("chain/error-too-large", "virtio-crypto", test_too_large,
                    &small_requests);
}

libqos_init(register_tests);
