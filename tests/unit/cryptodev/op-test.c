/*
 * Tests of a backend's operations: those that a session does not have
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../qtest/virtio-crypto/der.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-run.h"

/* One more than there are */
#define TYPES (CRYPTODEV_OP_DIGEST + 2)

#define LEN 64
#define TAG_LEN 16
#define DIGEST_LEN 32
#define RESERVED 0x5a

static const uint8_t zeros[LEN];

/* A public key of P-256: its base point of SP 800-186, section 3.2.1.3 */
#define BASE_POINT                                                      \
    "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296" \
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"

/* A session, and the status of each operation that it has */
typedef struct Case {
    CryptoDevSessionParams params;
    size_t iv_len;
    struct {
        bool has;
        CryptoDevStatus status;
    } types[TYPES];
} Case;

/* The memory that an operation reads and writes */
typedef struct Memory {
    uint8_t src[LEN];
    uint8_t signature[LEN];
    uint8_t dst[LEN + TAG_LEN];
    uint8_t digest[DIGEST_LEN];
} Memory;

static CryptoDevSession *make_session(const CryptoDevSessionParams *params)
{
    CryptoDevSession *session = NULL;

    g_assert_cmpint(cryptodev_backend_create_session(backend_get(), params,
                                                     &session), ==,
                    CRYPTODEV_OK);
    return session;
}

static bool is_digest(const CryptoDevSession *session)
{
    return session->chained ||
           session->capability->service == CRYPTODEV_SERVICE_HASH ||
           session->capability->service == CRYPTODEV_SERVICE_MAC;
}

static CryptoDevOp run_type(CryptoDevSession *session, const Case *c,
                            CryptoDevOpType type, Memory *memory)
{
    struct iovec iov[] = {
        { memory->src, sizeof(memory->src) },
        { memory->signature, sizeof(memory->signature) },
        { memory->dst, session->chained ? LEN : sizeof(memory->dst) },
        { memory->digest, is_digest(session) ? DIGEST_LEN : 0 },
    };
    CryptoDevOp op = {
        .session = session, .type = type, .iv_len = c->iv_len,
        .src = { &iov[0], 0, iov[0].iov_len },
        .signature = { &iov[1], 0, iov[1].iov_len },
        .dst = { &iov[2], 0, iov[2].iov_len },
        .digest = { &iov[3], 0, iov[3].iov_len },
        .cipher_range.len = LEN, .hash_range.len = LEN,
        .status = CRYPTODEV_INVSESS, .result_len = 1,
    };

    memset(memory, 0, sizeof(*memory));
    memset(memory->dst, RESERVED, sizeof(memory->dst));
    memset(memory->digest, RESERVED, sizeof(memory->digest));
    cryptodev_backend_run(backend_get(), NULL, &op, 1);
    return op;
}

static void check_untouched(const uint8_t *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        g_assert_cmphex(bytes[i], ==, RESERVED);
    }
}

static void check_case(const Case *c)
{
    CryptoDevSession *session = make_session(&c->params);
    Memory memory;

    for (int type = 0; type < TYPES; type++) {
        CryptoDevOp op = run_type(session, c, type, &memory);

        if (c->types[type].has) {
            g_assert_cmpint(op.status, ==, c->types[type].status);
            continue;
        }
        g_assert_cmpint(op.status, ==, CRYPTODEV_ERR);
        g_assert_cmpint(op.result_len, ==, 0);
        check_untouched(memory.dst, sizeof(memory.dst));
        check_untouched(memory.digest, sizeof(memory.digest));
    }
    session_free(session);
}

static void test_cipher(void)
{
    for (int encrypt = 0; encrypt < 2; encrypt++) {
        Case c = {
            .params = {
                .service = CRYPTODEV_SERVICE_CIPHER,
                .algo = CRYPTODEV_CIPHER_AES_CBC,
                .key = zeros, .key_len = 16, .cipher.encrypt = encrypt,
            },
            .iv_len = 16,
            .types = {
                [CRYPTODEV_OP_ENCRYPT] = { encrypt, CRYPTODEV_OK },
                [CRYPTODEV_OP_DECRYPT] = { !encrypt, CRYPTODEV_OK },
            },
        };

        check_case(&c);
        c.params.cipher.chain = (CryptoDevChainParams) {
            .mode = CRYPTODEV_HASH_MODE_PLAIN,
            .algo = CRYPTODEV_HASH_SHA256,
        };
        check_case(&c);
    }
}

/* To decrypt, 16 zeros are the wrong tag. */
static void test_aead(void)
{
    for (int encrypt = 0; encrypt < 2; encrypt++) {
        const Case c = {
            .params = {
                .service = CRYPTODEV_SERVICE_AEAD,
                .algo = CRYPTODEV_AEAD_AES_GCM,
                .key = zeros, .key_len = 16,
                .aead.encrypt = encrypt, .aead.tag_len = TAG_LEN,
            },
            .iv_len = 12,
            .types = {
                [CRYPTODEV_OP_ENCRYPT] = { encrypt, CRYPTODEV_OK },
                [CRYPTODEV_OP_DECRYPT] = { !encrypt, CRYPTODEV_BADMSG },
            },
        };

        check_case(&c);
    }
}

static void test_digest(void)
{
    const CryptoDevSessionParams params[] = {
        {
            .service = CRYPTODEV_SERVICE_HASH,
            .algo = CRYPTODEV_HASH_SHA256,
        }, {
            .service = CRYPTODEV_SERVICE_MAC,
            .algo = CRYPTODEV_MAC_HMAC_SHA256,
            .key = zeros, .key_len = 16,
        },
    };

    for (size_t i = 0; i < ARRAY_SIZE(params); i++) {
        const Case c = {
            .params = params[i],
            .types = { [CRYPTODEV_OP_DIGEST] = { true, CRYPTODEV_OK } },
        };

        check_case(&c);
    }
}

/* A public key, which cannot decrypt */
static void test_rsa(void)
{
    RSANumbers numbers = {
        .n = g_byte_array_new(),
        .e = hex_to_bytes("010001"),
    };
    g_autoptr(GByteArray) key = NULL;
    Case c = {
        .params = {
            .service = CRYPTODEV_SERVICE_AKCIPHER,
            .algo = CRYPTODEV_AKCIPHER_RSA,
            .akcipher.padding = CRYPTODEV_RSA_RAW,
        },
        .types = {
            [CRYPTODEV_OP_ENCRYPT] = { true, CRYPTODEV_OK },
            [CRYPTODEV_OP_DECRYPT] = { true, CRYPTODEV_ERR },
            [CRYPTODEV_OP_SIGN] = { true, CRYPTODEV_NOTSUPP },
            [CRYPTODEV_OP_VERIFY] = { true, CRYPTODEV_NOTSUPP },
        },
    };

    g_byte_array_set_size(numbers.n, LEN);
    memset(numbers.n->data, 0xff, LEN);
    key = der_rsa_public(&numbers);
    c.params.key = key->data;
    c.params.key_len = key->len;
    check_case(&c);
    g_byte_array_unref(numbers.n);
    g_byte_array_unref(numbers.e);
}

static void test_ecdsa(void)
{
    g_autoptr(GByteArray) key = hex_to_bytes(BASE_POINT);
    const Case c = {
        .params = {
            .service = CRYPTODEV_SERVICE_AKCIPHER,
            .algo = CRYPTODEV_AKCIPHER_ECDSA,
            .key = key->data, .key_len = key->len,
            .akcipher.curve = CRYPTODEV_CURVE_P256,
        },
        .types = {
            [CRYPTODEV_OP_ENCRYPT] = { true, CRYPTODEV_NOTSUPP },
            [CRYPTODEV_OP_DECRYPT] = { true, CRYPTODEV_NOTSUPP },
            [CRYPTODEV_OP_SIGN] = { true, CRYPTODEV_ERR },
            [CRYPTODEV_OP_VERIFY] = { true, CRYPTODEV_KEY_REJECTED },
        },
    };

    check_case(&c);
}

void add_op_tests(void)
{
    g_test_add_func("/cryptodev/op/cipher", test_cipher);
    g_test_add_func("/cryptodev/op/aead", test_aead);
    g_test_add_func("/cryptodev/op/digest", test_digest);
    g_test_add_func("/cryptodev/op/rsa", test_rsa);
    g_test_add_func("/cryptodev/op/ecdsa", test_ecdsa);
}
