/*
 * Tests of virtio-crypto: the answers to a buggy or hostile guest
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "libqos/virtio-crypto-rfc.h"
#include "der.h"
#include "examples.h"
#include "options.h"
#include "rsp.h"

#define REVISION_1  (1ull << QVIRTIO_CRYPTO_F_REVISION_1)
#define CTRL_HEADER_LEN sizeof(struct virtio_crypto_ctrl_header)
#define CTRL_LEN        sizeof(struct virtio_crypto_op_ctrl_req)
#define DATA_HEADER_LEN sizeof(struct virtio_crypto_op_header)
#define DATA_LEN        sizeof(struct virtio_crypto_op_data_req)

static const uint8_t zeros[65536];

static QVirtioCryptoDriver *start(void *obj, QGuestAllocator *alloc,
                                  uint64_t features)
{
    QVirtioCrypto *crypto = obj;

    return qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, features);
}

static QVirtioCryptoSession aes_session(bool encrypt)
{
    return qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, encrypt, zeros,
                                 16);
}

static uint64_t create_aes(QVirtioCryptoDriver *d, bool encrypt)
{
    QVirtioCryptoSession session = aes_session(encrypt);

    return qvirtio_crypto_create(d, &session);
}

/* A public key without a private key: 2^1023 + 1 */
static GByteArray *any_public_key(void)
{
    g_autoptr(GByteArray) n = g_byte_array_new();
    g_autoptr(GByteArray) e = hex_to_bytes("010001");
    RSANumbers key = { .n = n, .e = e };

    g_byte_array_append(n, zeros, 128);
    n->data[0] = 0x80;
    n->data[127] = 1;
    return der_rsa_public(&key);
}

static QVirtioCryptoOp aes_op(uint64_t id)
{
    return qvirtio_crypto_cipher_op(id, true, zeros, 16, zeros, 32);
}

static void assert_status(QVirtioCryptoDriver *d, QVirtioCryptoOp op,
                          uint8_t expected)
{
    g_assert_cmpint(qvirtio_crypto_status(d, 0, &op), ==,
                    qvirtio_crypto_expected(d, expected));
}

static void assert_create(QVirtioCryptoDriver *d,
                          QVirtioCryptoSession session, uint32_t expected)
{
    uint64_t id;

    g_assert_cmpint(qvirtio_crypto_try_create(d, &session, &id), ==,
                    qvirtio_crypto_expected(d, expected));
}

/* The device still works, if need be after a reset */
static void assert_alive(QVirtioCryptoDriver *d)
{
    QVirtioCryptoSession session = aes_session(true);
    uint64_t id = qvirtio_crypto_create(d, &session);

    assert_status(d, aes_op(id), VIRTIO_CRYPTO_OK);
    qvirtio_crypto_destroy(d, &session, id);
}

/* Runs @check in both layouts; RFC v1 gives the bit another meaning */
static void both_layouts(void *obj, QGuestAllocator *alloc,
                         void (*check)(QVirtioCryptoDriver *d))
{
    const uint64_t features[] = { 0, REVISION_1 };

    for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
        QVirtioCryptoDriver *d = start(obj, alloc, features[i]);

        check(d);
        assert_alive(d);
        qvirtio_crypto_stop(d);
    }
}

/* In RFC v1 the request does not contain the destination's length */
static void assert_dst_status(QVirtioCryptoDriver *d, QVirtioCryptoOp op)
{
    assert_status(d, op, d->rfc ? VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_ERR);
}

/* Lengths that contradict the chain's length */
static void check_lengths(QVirtioCryptoDriver *d)
{
    const uint32_t huge[] = { 33, 4096, 0x7fffffff, 0xfffffff0, 0xffffffff };
    uint64_t id = create_aes(d, true);
    QVirtioCryptoOp op;

    for (size_t i = 0; i < ARRAY_SIZE(huge); i++) {
        op = aes_op(id);
        op.src_len = huge[i];
        assert_status(d, op, VIRTIO_CRYPTO_ERR);
        op = aes_op(id);
        op.dst_len = huge[i];
        assert_dst_status(d, op);
        op = aes_op(id);
        op.src_len = op.dst_len = huge[i];
        assert_status(d, op, VIRTIO_CRYPTO_ERR);
        op = aes_op(id);
        op.iv_len = huge[i];
        assert_status(d, op, VIRTIO_CRYPTO_ERR);
        op.src_len = op.dst_len = huge[i];
        assert_status(d, op, VIRTIO_CRYPTO_ERR);
    }
    op = aes_op(id);
    op.dst_len = 31;
    assert_dst_status(d, op);
    op = aes_op(id);
    op.dst_len = 0;
    op.room = 0;
    assert_status(d, op, VIRTIO_CRYPTO_ERR);
    op = aes_op(id);
    op.room = 31;
    assert_status(d, op, VIRTIO_CRYPTO_ERR);
}

static void test_lengths(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_lengths);
}

static size_t data_header_len(QVirtioCryptoDriver *d)
{
    return d->rfc ? sizeof(QVirtioCryptoRfcData) : DATA_HEADER_LEN;
}

static size_t ctrl_header_len(QVirtioCryptoDriver *d)
{
    return d->rfc ? sizeof(QVirtioCryptoRfcCtrl) : CTRL_HEADER_LEN;
}

/* One of each layout */
static const char *const layouts[] = {
    "aes-cbc-128", "chain-auth-2", "sha-256", "hmac-sha-256", "gcm",
    "rsa-sign", "ecdsa-verify", "dsa-verify",
};

/* Bytes in a request, which ends here */
static size_t readable_len(QVirtioCryptoDriver *d, QVirtioCryptoRequest *req)
{
    size_t len = req->readable->len;

    qvirtio_crypto_request_free(req, d->alloc);
    return len;
}

/* A readable part that ends anywhere behind the general header */
static void check_truncated(QVirtioCryptoDriver *d)
{
    g_autoptr(GPtrArray) examples = examples_new();

    for (size_t i = 0; i < ARRAY_SIZE(layouts); i++) {
        Example *example = examples_find(examples, layouts[i]);
        QVirtioCryptoOp op = example_shortest(example);
        size_t full;

        if (!example_fits(example, d)) {
            continue;
        }
        op.session = qvirtio_crypto_create(d, &example->session);
        full = readable_len(d, qvirtio_crypto_op_request(d, &op));
        for (op.cut = data_header_len(d); op.cut < full; op.cut++) {
            assert_status(d, op, VIRTIO_CRYPTO_ERR);
        }
        op.cut = 0;
        assert_status(d, op, VIRTIO_CRYPTO_OK);
        qvirtio_crypto_destroy(d, &example->session, op.session);
    }
}

static void test_truncated(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_truncated);
}

static void check_truncated_create(QVirtioCryptoDriver *d)
{
    g_autoptr(GPtrArray) examples = examples_new();

    for (size_t i = 0; i < ARRAY_SIZE(layouts); i++) {
        Example *example = examples_find(examples, layouts[i]);
        QVirtioCryptoSession session = example->session;
        size_t full =
            readable_len(d, qvirtio_crypto_create_request(d, &session));

        if (!example_fits(example, d)) {
            continue;
        }
        for (session.cut = ctrl_header_len(d); session.cut < full;
             session.cut++) {
            assert_create(d, session, VIRTIO_CRYPTO_ERR);
        }
        session.cut = 0;
        assert_create(d, session, VIRTIO_CRYPTO_OK);
    }
}

static void test_truncated_create(void *obj, void *data,
                                  QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_truncated_create);
}

static void check_truncated_destroy(QVirtioCryptoDriver *d)
{
    const uint32_t opcode = VIRTIO_CRYPTO_CIPHER_DESTROY_SESSION;
    QVirtioCryptoSession session = aes_session(true);
    uint64_t id = qvirtio_crypto_create(d, &session);
    size_t full =
        readable_len(d, qvirtio_crypto_destroy_request(d, opcode, id));

    for (size_t cut = ctrl_header_len(d); cut < full; cut++) {
        QVirtioCryptoRequest *req =
            qvirtio_crypto_destroy_request(d, opcode, id);

        qvirtio_crypto_request_cut(req, cut);
        qvirtio_crypto_submit(d, d->n_data, req, &d->control_shape);
        qvirtio_crypto_wait(d, d->n_data, req);
        g_assert_cmpint(qvirtio_crypto_destroyed(req), ==,
                        VIRTIO_CRYPTO_ERR);
        qvirtio_crypto_request_free(req, d->alloc);
    }
    qvirtio_crypto_destroy(d, &session, id);
}

static void test_truncated_destroy(void *obj, void *data,
                                   QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_truncated_destroy);
}

/* Source and initialization vector as each mode wants them */
static void check_mode_lengths(QVirtioCryptoDriver *d)
{
    static const struct {
        uint32_t algo;
        size_t key_len, iv_len, block, least;
    } modes[] = {
        { VIRTIO_CRYPTO_CIPHER_ARC4, 16, 0, 1, 0 },
        { VIRTIO_CRYPTO_CIPHER_AES_ECB, 16, 0, 16, 0 },
        { VIRTIO_CRYPTO_CIPHER_AES_CBC, 24, 16, 16, 0 },
        { VIRTIO_CRYPTO_CIPHER_AES_CTR, 32, 16, 1, 0 },
        { VIRTIO_CRYPTO_CIPHER_DES_ECB, 8, 0, 8, 0 },
        { VIRTIO_CRYPTO_CIPHER_DES_CBC, 8, 8, 8, 0 },
        { VIRTIO_CRYPTO_CIPHER_3DES_ECB, 24, 0, 8, 0 },
        { VIRTIO_CRYPTO_CIPHER_3DES_CBC, 24, 8, 8, 0 },
        { VIRTIO_CRYPTO_CIPHER_3DES_CTR, 24, 8, 1, 0 },
        { VIRTIO_CRYPTO_CIPHER_AES_F8, 32, 16, 1, 0 },
        { VIRTIO_CRYPTO_CIPHER_AES_XTS, 32, 16, 1, 16 },
    };
    uint8_t key[32];

    for (size_t i = 0; i < sizeof(key); i++) {
        key[i] = i * 7 + 1;
    }
    for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
        QVirtioCryptoSession session =
            qvirtio_crypto_cipher(modes[i].algo, true, key,
                                  modes[i].key_len);
        uint64_t id = qvirtio_crypto_create(d, &session);

        for (size_t len = 0; len < 40; len++) {
            bool good = len % modes[i].block == 0 && len >= modes[i].least;

            assert_status(d, qvirtio_crypto_cipher_op(id, true, zeros,
                                                      modes[i].iv_len, zeros,
                                                      len),
                          good ? VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_ERR);
        }
        for (size_t iv_len = 0; iv_len < 20; iv_len++) {
            assert_status(d, qvirtio_crypto_cipher_op(id, true, zeros, iv_len,
                                                      zeros, 32),
                          iv_len == modes[i].iv_len ? VIRTIO_CRYPTO_OK :
                                                      VIRTIO_CRYPTO_ERR);
        }
        qvirtio_crypto_destroy(d, &session, id);
    }
}

static void test_mode_lengths(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_mode_lengths);
}

static const CryptoOptions small_requests = {
    .device = "max-request-size=4096",
};

/* The bound holds for vector, source and destination together */
static void test_too_large(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    uint64_t id = create_aes(d, true);

    assert_status(d, qvirtio_crypto_cipher_op(id, true, zeros, 16, zeros,
                                              2032), VIRTIO_CRYPTO_OK);
    assert_status(d, qvirtio_crypto_cipher_op(id, true, zeros, 16, zeros,
                                              2048), VIRTIO_CRYPTO_ERR);
    assert_status(d, qvirtio_crypto_cipher_op(id, true, zeros, 16, zeros,
                                              4096), VIRTIO_CRYPTO_ERR);
    assert_alive(d);
    qvirtio_crypto_stop(d);
}

static void check_key_sizes(QVirtioCryptoDriver *d)
{
    static const struct {
        uint32_t algo;
        uint32_t good[4];
        uint32_t from, to;
    } sizes[] = {
        { VIRTIO_CRYPTO_CIPHER_ARC4, { }, 5, 256 },
        { VIRTIO_CRYPTO_CIPHER_AES_ECB, { 16, 24, 32 } },
        { VIRTIO_CRYPTO_CIPHER_AES_CBC, { 16, 24, 32 } },
        { VIRTIO_CRYPTO_CIPHER_AES_CTR, { 16, 24, 32 } },
        { VIRTIO_CRYPTO_CIPHER_DES_ECB, { 8 } },
        { VIRTIO_CRYPTO_CIPHER_DES_CBC, { 8 } },
        { VIRTIO_CRYPTO_CIPHER_3DES_ECB, { 16, 24 } },
        { VIRTIO_CRYPTO_CIPHER_3DES_CBC, { 16, 24 } },
        { VIRTIO_CRYPTO_CIPHER_3DES_CTR, { 16, 24 } },
        { VIRTIO_CRYPTO_CIPHER_AES_F8, { 32, 48, 64 } },
        { VIRTIO_CRYPTO_CIPHER_AES_XTS, { 32, 64 } },
    };
    uint8_t key[300];

    for (size_t i = 0; i < sizeof(key); i++) {
        key[i] = i * 11 + 3;
    }
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        for (uint32_t len = 0; len < sizeof(key); len++) {
            QVirtioCryptoSession session =
                qvirtio_crypto_cipher(sizes[i].algo, true, key, len);
            bool good = sizes[i].to && len >= sizes[i].from &&
                        len <= sizes[i].to;
            uint64_t id;

            for (int j = 0; j < 4; j++) {
                good |= len && len == sizes[i].good[j];
            }
            g_assert_cmpint(qvirtio_crypto_try_create(d, &session, &id), ==,
                            good ? VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_NOTSUPP);
            if (good) {
                qvirtio_crypto_destroy(d, &session, id);
            }
        }
    }
}

static void test_key_sizes(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_key_sizes);
}

/* Key lengths beyond anything that a chain can hold */
static void check_huge_keys(QVirtioCryptoDriver *d)
{
    const uint32_t huge[] = { 0x10000, 0x7fffffff, 0x80000000, 0xffffffff };

    for (size_t i = 0; i < ARRAY_SIZE(huge); i++) {
        QVirtioCryptoSession session =
            qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, true, zeros,
                                  32);
        uint64_t id;

        session.key_len = huge[i];
        g_assert_cmpint(qvirtio_crypto_try_create(d, &session, &id), !=,
                        VIRTIO_CRYPTO_OK);
        session = qvirtio_crypto_rsa(false, VIRTIO_CRYPTO_RSA_RAW_PADDING, 0,
                                     zeros, 32);
        session.key_len = huge[i];
        assert_create(d, session, d->rfc ? VIRTIO_CRYPTO_NOTSUPP :
                                           VIRTIO_CRYPTO_ERR);
    }
}

static void test_huge_keys(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_huge_keys);
}

static void check_unsupported_create(QVirtioCryptoDriver *d)
{
    const uint32_t ciphers[] = { 0, 10, 11, 14, 15, 31, 32, 63, 0xffffffff };
    const uint32_t op_types[] = { 0, 2, 3, 0xffffffff };
    g_autoptr(GByteArray) der = any_public_key();
    QVirtioCryptoSession good =
        qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, true, zeros, 16);
    QVirtioCryptoSession rsa =
        qvirtio_crypto_rsa(false, VIRTIO_CRYPTO_RSA_PKCS1_PADDING,
                           VIRTIO_CRYPTO_RSA_SHA1, der->data, der->len);
    QVirtioCryptoSession bad;

    for (size_t i = 0; i < ARRAY_SIZE(ciphers); i++) {
        bad = good;
        bad.algo = ciphers[i];
        assert_create(d, bad, VIRTIO_CRYPTO_NOTSUPP);
    }
    for (size_t i = 0; !d->rfc && i < ARRAY_SIZE(op_types); i++) {
        bad = good;
        bad.op_type = op_types[i];
        assert_create(d, bad, VIRTIO_CRYPTO_NOTSUPP);
    }
    bad = rsa;
    bad.algo = 0;
    assert_create(d, bad, VIRTIO_CRYPTO_NOTSUPP);
    bad.algo = VIRTIO_CRYPTO_AKCIPHER_ECDSA + 1;
    assert_create(d, bad, VIRTIO_CRYPTO_NOTSUPP);
    bad = rsa;
    bad.padding = 2;
    assert_create(d, bad, VIRTIO_CRYPTO_NOTSUPP);
    bad = rsa;
    bad.hash = VIRTIO_CRYPTO_RSA_MD2;
    assert_create(d, bad, VIRTIO_CRYPTO_NOTSUPP);
    bad.hash = VIRTIO_CRYPTO_RSA_MD3;
    assert_create(d, bad, VIRTIO_CRYPTO_NOTSUPP);
    bad.hash = 10;
    assert_create(d, bad, VIRTIO_CRYPTO_NOTSUPP);
}

static void test_unsupported_create(void *obj, void *data,
                                    QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_unsupported_create);
}

/* Operations other than encryption and decryption, and no key types */
static void check_direction(QVirtioCryptoDriver *d)
{
    const uint32_t nonsense[] = { 0, 3, 0xffffffff };
    uint64_t encrypt = create_aes(d, true), decrypt = create_aes(d, false);
    QVirtioCryptoOp op;

    for (size_t i = 0; i < ARRAY_SIZE(nonsense); i++) {
        QVirtioCryptoSession session =
            qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, true, zeros,
                                  16);

        session.op = nonsense[i];
        assert_create(d, session, VIRTIO_CRYPTO_ERR);
    }
    op = aes_op(encrypt);
    op.opcode = VIRTIO_CRYPTO_CIPHER_DECRYPT;
    assert_status(d, op, VIRTIO_CRYPTO_ERR);
    op.session = decrypt;
    assert_status(d, op, VIRTIO_CRYPTO_OK);
    op.opcode = VIRTIO_CRYPTO_CIPHER_ENCRYPT;
    assert_status(d, op, VIRTIO_CRYPTO_ERR);
}

static void test_direction(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_direction);
}

/* Request and destruction of one service, on a session of another one */
static void assert_wrong_service(QVirtioCryptoDriver *d, uint64_t id,
                                 const Example *other)
{
    QVirtioCryptoOp op = other->op;

    op.session = id;
    assert_status(d, op, VIRTIO_CRYPTO_ERR);
    g_assert_cmpint(qvirtio_crypto_try_destroy(d, other->session.opcode + 1,
                                               id), ==, VIRTIO_CRYPTO_ERR);
}

/* All services with all others; the sessions outlive that */
static void check_wrong_service(QVirtioCryptoDriver *d)
{
    const char *names[] = {
        "aes-cbc-128", "sha-256", "hmac-sha-256", "gcm", "rsa-sign",
    };
    g_autoptr(GPtrArray) examples = examples_new();

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        Example *example = examples_find(examples, names[i]);
        QVirtioCryptoOp op = example->op;

        op.session = qvirtio_crypto_create(d, &example->session);
        for (size_t j = 0; j < ARRAY_SIZE(names); j++) {
            if (i != j) {
                assert_wrong_service(d, op.session,
                                     examples_find(examples, names[j]));
            }
        }
        assert_status(d, op, VIRTIO_CRYPTO_OK);
        qvirtio_crypto_destroy(d, &example->session, op.session);
    }
}

static void test_wrong_service(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_wrong_service);
}

/* Requests of every service need an existing session */
static void check_no_session(QVirtioCryptoDriver *d, uint64_t id)
{
    QVirtioCryptoOp ops[] = {
        aes_op(id),
        qvirtio_crypto_chain_op(id, true, zeros, 16, NULL, 0, zeros, 16, 20),
        qvirtio_crypto_hash_op(id, zeros, 16, 20),
        qvirtio_crypto_mac_op(id, zeros, 16, 20),
        qvirtio_crypto_aead_op(VIRTIO_CRYPTO_AEAD_GCM, id, true, zeros, 12,
                               NULL, 0, zeros, 16, 16),
        qvirtio_crypto_akcipher_op(VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, id, zeros,
                                   128, 128),
        qvirtio_crypto_akcipher_op(VIRTIO_CRYPTO_AKCIPHER_SIGN, id, zeros, 20,
                                   128),
        qvirtio_crypto_verify_op(id, zeros, 128, 20),
    };

    for (size_t i = 0; i < ARRAY_SIZE(ops); i++) {
        bool rsa = ops[i].opcode >> 8 == VIRTIO_CRYPTO_SERVICE_AKCIPHER;

        /* RFC v1 looks at the service first, which is another one there */
        assert_status(d, ops[i], d->rfc && rsa ? VIRTIO_CRYPTO_NOTSUPP :
                                                 VIRTIO_CRYPTO_INVSESS);
    }
}

static void check_sessions(QVirtioCryptoDriver *d)
{
    QVirtioCryptoSession session = aes_session(true);
    uint64_t id = qvirtio_crypto_create(d, &session);
    const uint64_t unknown[] = {
        0, 1, id + 1, id - 1, id ^ 1ull << 32, id ^ 1ull << 63,
        id + (1ull << 32), 4096, 65536, UINT32_MAX, UINT64_MAX,
    };

    for (size_t i = 0; i < ARRAY_SIZE(unknown); i++) {
        if (unknown[i] == id) {
            continue;
        }
        check_no_session(d, unknown[i]);
        g_assert_cmpint(qvirtio_crypto_try_destroy(d,
                            VIRTIO_CRYPTO_CIPHER_DESTROY_SESSION,
                            unknown[i]), ==, VIRTIO_CRYPTO_ERR);
    }
    assert_status(d, aes_op(id), VIRTIO_CRYPTO_OK);
    qvirtio_crypto_destroy(d, &session, id);
    assert_status(d, aes_op(id), VIRTIO_CRYPTO_INVSESS);
    g_assert_cmpint(qvirtio_crypto_try_destroy(d,
                        VIRTIO_CRYPTO_CIPHER_DESTROY_SESSION, id), ==,
                    VIRTIO_CRYPTO_ERR);
}

static void test_sessions(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_sessions);
}

static void check_opcodes(QVirtioCryptoDriver *d)
{
    const uint32_t unknown[] = {
        2, 0xff, 0x101, 0x201, 0x302, 0x404, 0x500, 0x10000, 0xffffffff,
    };
    uint64_t id = create_aes(d, true);

    for (size_t i = 0; i < ARRAY_SIZE(unknown); i++) {
        QVirtioCryptoOp op = aes_op(id);

        op.opcode = unknown[i];
        assert_status(d, op, VIRTIO_CRYPTO_NOTSUPP);
    }
    for (uint32_t op_type = 0; op_type < 4; op_type++) {
        const uint8_t expected[] = {
            [VIRTIO_CRYPTO_SYM_OP_NONE] = VIRTIO_CRYPTO_NOTSUPP,
            [VIRTIO_CRYPTO_SYM_OP_CIPHER] = VIRTIO_CRYPTO_OK,
            /* There are such requests, but not on this session */
            [VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING] = VIRTIO_CRYPTO_ERR,
            [VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING + 1] =
                VIRTIO_CRYPTO_NOTSUPP,
        };
        QVirtioCryptoOp op = aes_op(id);

        op.op_type = op_type;
        assert_status(d, op, expected[op_type]);
    }
}

static void test_opcodes(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_opcodes);
}

/* An unknown control opcode: the outcome fits the room that is there */
static void check_control_opcodes(QVirtioCryptoDriver *d)
{
    const uint32_t unknown[] = {
        0, 1, 4, 5, 0x402, 0x403, 0x406, 0x504, 0x602, 0xffffffff,
    };
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, true, zeros, 16);

    for (size_t i = 0; i < ARRAY_SIZE(unknown); i++) {
        session.opcode = unknown[i];
        assert_create(d, session, VIRTIO_CRYPTO_NOTSUPP);
        g_assert_cmpint(qvirtio_crypto_try_destroy(d, unknown[i], 1), ==,
                        VIRTIO_CRYPTO_NOTSUPP);
    }
}

static void test_control_opcodes(void *obj, void *data,
                                 QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_control_opcodes);
}

/* Session mode has a flag in revision 1; the other mode is not negotiated */
static void test_flag(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, REVISION_1);
    QVirtioCryptoOp op = aes_op(create_aes(d, true));

    op.flag = 0;
    assert_status(d, op, VIRTIO_CRYPTO_NOTSUPP);
    qvirtio_crypto_stop(d);
    d = start(obj, alloc, 0);
    op = aes_op(create_aes(d, true));
    op.flag = 0;
    assert_status(d, op, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_stop(d);
}

/* Sends a request that breaks the device; QEMU survives; a reset repairs it */
static void send_broken(QVirtioCryptoDriver *d, uint32_t queue,
                        const void *readable, size_t len, size_t writable)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_request_new();
    QVirtioCryptoShape shape = { };

    qvirtio_crypto_request_add(req, readable, len);
    req->room = writable;
    req->has_status = false;
    qvirtio_crypto_submit(d, queue, req, &shape);
    qvirtio_crypto_wait_broken(d);
    qvirtio_crypto_restart(d);
    assert_alive(d);
}

static void check_broken(QVirtioCryptoDriver *d)
{
    struct virtio_crypto_op_ctrl_req ctrl = {
        .header.opcode = cpu_to_le32(VIRTIO_CRYPTO_CIPHER_CREATE_SESSION),
    };

    /* Shorter than the general header */
    for (size_t len = 0; len < data_header_len(d);
         len += data_header_len(d) - 1) {
        send_broken(d, 0, zeros, len, 100);
    }
    for (size_t len = 0; len < ctrl_header_len(d);
         len += ctrl_header_len(d) - 1) {
        send_broken(d, d->n_data, zeros, len, 100);
    }
    /* No room for the status */
    send_broken(d, 0, zeros, DATA_LEN, 0);
    send_broken(d, d->n_data, &ctrl, sizeof(ctrl), 0);
    /* No room for a created session: RFC v1 still has one for the status */
    for (size_t room = 1; !d->rfc && room < 16; room += 7) {
        send_broken(d, d->n_data, &ctrl, sizeof(ctrl), room);
    }
}

static void test_broken(void *obj, void *data, QGuestAllocator *alloc)
{
    both_layouts(obj, alloc, check_broken);
}

/* Every data queue can break the device; a reset repairs it each time */
static void test_broken_queues(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);

    for (uint32_t queue = 0; queue < d->n_data; queue++) {
        send_broken(d, queue, zeros, 3, 1);
    }
    qvirtio_crypto_stop(d);
}

/*
 * The first queue breaks the device while the main loop, which has the status
 * to change, waits for the other ones
 */
static void test_broken_meanwhile(void *obj, void *data,
                                  QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    QVirtDesc desc = { .len = 1 };

    for (int i = 0; i < 4; i++) {
        qtest_qmp_assert_success(d->qts, "{ 'execute': 'stop' }");
        desc.addr = guest_alloc(alloc, desc.len);
        qvirtring_add(d->rings[0], &desc, 1);
        qvirtring_kick(d->rings[0]);
        qtest_qmp_assert_success(d->qts, "{ 'execute': 'cont' }");
        qvirtio_crypto_wait_broken(d);
        qvirtio_crypto_restart(d);
        guest_free(alloc, desc.addr);
    }
    assert_alive(d);
    qvirtio_crypto_stop(d);
}

/* An encryption of 4096 bytes, all but the source */
static QVirtioCryptoRequest *header_request(QVirtioCryptoDriver *d,
                                            uint64_t id)
{
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(id, true, zeros, 16, zeros, 4096);
    QVirtioCryptoRequest *req = qvirtio_crypto_op_request(d, &op);

    qvirtio_crypto_request_cut(req, req->source_start);
    return req;
}

/* Runs a request whose pieces are at these guest addresses, ends by reset */
static void run_raw(QVirtioCryptoDriver *d, uint64_t header, uint64_t src,
                    uint64_t dst, uint64_t status)
{
    QVirtRing *ring = d->rings[0];
    size_t header_len = readable_len(d, header_request(d, 0));
    QVirtDesc descs[] = {
        { header, header_len, false },
        { src, 4096, false },
        { dst, 4096, true },
        { status, 1, true },
    };
    gint64 deadline = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
    uint32_t len;
    uint16_t id;

    qvirtring_add(ring, descs, ARRAY_SIZE(descs));
    qvirtring_kick(ring);
    /* Either the request ends, or the device refuses to go on */
    while (!qvirtring_get(ring, &id, &len) && !qvirtio_crypto_is_broken(d)) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    }
    qvirtio_crypto_restart(d);
    assert_alive(d);
}

static void write_header(QVirtioCryptoDriver *d, uint64_t addr, uint64_t id)
{
    QVirtioCryptoRequest *req = header_request(d, id);

    qtest_bufwrite(d->qts, addr, req->readable->data, req->readable->len);
    qvirtio_crypto_request_free(req, d->alloc);
}

static void check_addresses(QVirtioCryptoDriver *d, const uint64_t *bad,
                            size_t n)
{
    uint64_t header = guest_alloc(d->alloc, 4096);
    uint64_t good = guest_alloc(d->alloc, 8192);

    for (size_t i = 0; i < n; i++) {
        for (int part = 0; part < 4; part++) {
            write_header(d, header, create_aes(d, true));
            run_raw(d, part == 0 ? bad[i] : header,
                    part == 1 ? bad[i] : good,
                    part == 2 ? bad[i] : good,
                    part == 3 ? bad[i] : good + 4096);
        }
        /* Source and destination */
        write_header(d, header, create_aes(d, true));
        run_raw(d, header, bad[i], bad[i], good);
    }
    guest_free(d->alloc, good);
    guest_free(d->alloc, header);
}

/* Descriptors that point at the device's own registers */
static void test_own_bar(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    QVirtioCryptoDriver *d = start(&pci->crypto, alloc, 0);
    uint64_t bar = pci->pci_vdev.bar.addr;
    const uint64_t bad[] = {
        bar + pci->pci_vdev.common_cfg_offset,
        bar + pci->pci_vdev.notify_cfg_offset,
        bar + pci->pci_vdev.isr_cfg_offset,
        bar + pci->pci_vdev.device_cfg_offset,
    };

    check_addresses(d, bad, ARRAY_SIZE(bad));
    qvirtio_crypto_stop(d);
}

/* Device registers, firmware, and addresses where there is nothing */
static void test_addresses(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    const uint64_t bad[] = {
        0xfee00000, 0xfec00000, 0xfed00000, 0xfffff000, 0xa0000, 0xf0000,
        0xd0000000, 1ull << 40, UINT64_MAX - 8191, UINT64_MAX - 100,
    };

    check_addresses(d, bad, ARRAY_SIZE(bad));
    qvirtio_crypto_stop(d);
}

/* Pieces of one request that overlap each other */
static void test_overlap(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    uint64_t page = guest_alloc(alloc, 16384);

    for (uint64_t shift = 0; shift <= 4096; shift += 512) {
        write_header(d, page, create_aes(d, true));
        run_raw(d, page, page + shift, page, page + 88);
        write_header(d, page, create_aes(d, true));
        run_raw(d, page, page, page + shift, page + shift + 8);
        write_header(d, page, create_aes(d, true));
        run_raw(d, page, page + 4096, page + 4096 + shift / 100,
                page + 8192);
    }
    guest_free(alloc, page);
    qvirtio_crypto_stop(d);
}

/* More available entries than the ring has */
static void overflow_ring(QVirtioCryptoDriver *d, uint32_t queue)
{
    QVirtQueue *vq = d->vqs[queue];

    qtest_writew(d->qts, vq->avail + 2, 0x7fff);
    d->vdev->bus->virtqueue_kick(d->vdev, vq);
    qvirtio_crypto_restart(d);
    assert_alive(d);
}

#define N_ERRORS        200
#define ERRORS_AT_ONCE  10
#define ERROR_SLICE_US  (10 * G_USEC_PER_SEC)

/* QEMU's standard error goes to a file, by the shell that starts QEMU */
static char *errors_path;
static CryptoOptions errors_to_file;

static unsigned int count_errors(void)
{
    g_autofree char *text = NULL;
    unsigned int n = 0;

    g_assert_true(g_file_get_contents(errors_path, &text, NULL, NULL));
    for (const char *at = text; (at = strstr(at, "virtio-crypto:")); at++) {
        n++;
    }
    return n;
}

/* QEMU reports what breaks the device, but limits how often */
static void test_errors(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    gint64 begin = g_get_monotonic_time();
    unsigned int slices, n;

    for (int i = 0; i < N_ERRORS; i++) {
        send_broken(d, 0, zeros, 1, 1);
    }
    slices = 2 + (g_get_monotonic_time() - begin) / ERROR_SLICE_US;
    n = count_errors();
    g_assert_cmpint(n, >=, 1);
    g_assert_cmpint(n, <=, slices * ERRORS_AT_ONCE);
    qvirtio_crypto_stop(d);
    unlink(errors_path);
}

/* The file belongs to this process only */
static void register_errors_test(void)
{
    errors_path = g_strdup_printf("%s/virtio-crypto-errors-%d",
                                  g_get_tmp_dir(), (int)getpid());
    errors_to_file.more = g_strdup_printf(" 2>%s", errors_path);
    add_crypto_test("hostile/errors", "virtio-crypto", test_errors,
                    &errors_to_file);
}

/* A chain that is its own tail */
static void loop_ring(QVirtioCryptoDriver *d, uint32_t queue)
{
    QVirtQueue *vq = d->vqs[queue];
    QVirtDesc desc = { vq->desc, 100, false };

    qvirtring_add(d->rings[queue], &desc, 1);
    qtest_writew(d->qts, vq->desc + 12, VRING_DESC_F_NEXT);
    qtest_writew(d->qts, vq->desc + 14, 0);
    qvirtring_kick(d->rings[queue]);
    qvirtio_crypto_wait_broken(d);
    qvirtio_crypto_restart(d);
    assert_alive(d);
}

/* Rings that say nonsense do no harm beyond the device */
static void test_bad_ring(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);

    for (uint32_t queue = 0; queue <= d->n_data; queue++) {
        overflow_ring(d, queue);
        loop_ring(d, queue);
    }
    qvirtio_crypto_stop(d);
}

static const CryptoOptions queues_4 = { .backend = "queues=4" };
static const CryptoOptions queues_16 = { .backend = "queues=16" };

static void register_tests(void)
{
    static const struct {
        const char *name;
        QOSTestFunc function;
        bool both;
    } tests[] = {
        { "error/lengths", test_lengths, true },
        { "error/truncated", test_truncated, true },
        { "error/truncated-create", test_truncated_create, true },
        { "error/truncated-destroy", test_truncated_destroy, true },
        { "error/mode-lengths", test_mode_lengths, true },
        { "error/key-sizes", test_key_sizes, true },
        { "error/unsupported-create", test_unsupported_create, true },
        { "error/direction", test_direction },
        { "error/wrong-service", test_wrong_service },
        { "error/sessions", test_sessions, true },
        { "error/opcodes", test_opcodes },
        { "error/control-opcodes", test_control_opcodes },
        { "error/flag", test_flag },
        { "hostile/huge-keys", test_huge_keys, true },
        { "hostile/broken", test_broken, true },
        { "hostile/addresses", test_addresses, true },
        { "hostile/overlap", test_overlap, true },
        { "hostile/bad-ring", test_bad_ring, true },
    };

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        if (tests[i].both) {
            add_crypto_test_both(tests[i].name, tests[i].function, NULL);
        } else {
            add_crypto_test(tests[i].name, "virtio-crypto",
                            tests[i].function, NULL);
        }
    }
    add_crypto_test("error/too-large", "virtio-crypto", test_too_large,
                    &small_requests);
    add_crypto_test_both("hostile/broken-queues", test_broken_queues,
                         &queues_4);
    add_crypto_test_both("hostile/broken-meanwhile", test_broken_meanwhile,
                         &queues_16);
    add_crypto_test("hostile/own-bar", "virtio-crypto-pci", test_own_bar,
                    NULL);
    add_crypto_test("rfc-hostile/own-bar", "virtio-crypto-rfc-pci",
                    test_own_bar, NULL);
    register_errors_test();
}

libqos_init(register_tests);
