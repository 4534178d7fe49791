/*
 * Tests of virtio-crypto's wire protocol RFC v1 in both byte orders
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A legacy driver's fields have its guest's byte order.  The functions that
 * decode and encode them are pure; here they run without a guest, so that a
 * big-endian one is not needed.  The bytes are written out by hand.
 */

#include "qemu/osdep.h"
#include "hw/virtio/crypto/wire-rfc.h"
#include "standard-headers/linux/virtio_crypto.h"

#define WIRE (&virtio_crypto_wire_rfc)
#define SESSION_ID 0x0102030405060708ull
#define MAX_SIZE 0x00123456
#define FEATURES \
    (BIT_ULL(VIRTIO_CRYPTO_RFC_F_REQ_SIZE_MAX) | \
     BIT_ULL(VIRTIO_CRYPTO_RFC_F_SYM))

/* The same bytes of a request in either order; no guest sees the index */
typedef struct Orders {
    uint8_t little[64];
    uint8_t big[64];
    size_t len;
} Orders;

/* A chain of AES-CBC and HMAC-SHA-256, whose keys are "KEY" and "AUTH" */
static const Orders create_chain = {
    { 3, 0, 0, 1,  3, 0, 0, 0,  0, 0, 0, 0,  1, 2, 2, 1,
      4, 0, 0, 0,  4, 0, 2, 1,  'K', 'E', 'Y', 'A', 'U', 'T', 'H' },
    { 1, 0, 0, 3,  0, 0, 0, 3,  0, 0, 0, 0,  1, 2, 2, 1,
      0, 0, 0, 4,  1, 2, 0, 4,  'K', 'E', 'Y', 'A', 'U', 'T', 'H' },
    31
};
/* CCM with a key of one byte */
static const Orders create_aead = {
    { 2, 0, 1, 1,  1, 0, 0, 0,  0, 0, 0, 0,  1, 1, 0, 0,
      0, 0, 0, 0,  0, 0, 0, 0,  'K' },
    { 1, 1, 0, 2,  0, 0, 0, 1,  0, 0, 0, 0,  1, 1, 0, 0,
      0, 0, 0, 0,  0, 0, 0, 0,  'K' },
    25
};
static const Orders destroy = {
    { 0, 0, 0, 0,  0, 0, 0, 0,  0, 0, 0, 0,  2, 0, 0, 0,
      0, 0, 0, 0,  0, 0, 0, 0,  8, 7, 6, 5, 4, 3, 2, 1 },
    { 0, 0, 0, 0,  0, 0, 0, 0,  0, 0, 0, 0,  2, 0, 0, 0,
      0, 0, 0, 0,  0, 0, 0, 0,  1, 2, 3, 4, 5, 6, 7, 8 },
    32
};
/* 0x10 bytes of vector, 0x304 of additional data and 0x2030 of source */
static const Orders data = {
    { 3, 0, 0, 1,  0x10, 0, 0, 0,  0x30, 0x20, 0, 0,  4, 3, 0, 0,
      8, 7, 6, 5, 4, 3, 2, 1,  0, 0, 0, 0,  0, 0, 0, 0 },
    { 1, 0, 0, 3,  0, 0, 0, 0x10,  0, 0, 0x20, 0x30,  0, 0, 3, 4,
      1, 2, 3, 4, 5, 6, 7, 8,  0, 0, 0, 0,  0, 0, 0, 0 },
    32
};

static const CryptoDevCapability aes_cbc = {
    .service = CRYPTODEV_SERVICE_CIPHER,
    .algo = CRYPTODEV_CIPHER_AES_CBC,
};
static const CryptoDevCapability hmac_sha256 = {
    .service = CRYPTODEV_SERVICE_MAC,
    .algo = CRYPTODEV_MAC_HMAC_SHA256,
    .digest_max = 32,
};
static const CryptoDevCapability rsa = {
    .service = CRYPTODEV_SERVICE_AKCIPHER,
    .algo = CRYPTODEV_AKCIPHER_RSA,
};

/* A function that the code of the ratified protocol must be linked with */
const CryptoDevCapability *cryptodev_backend_find(CryptoDevBackend *backend,
                                                  CryptodevService service,
                                                  uint32_t algo)
{
    g_assert_not_reached();
}

static VirtIOCryptoChain make_chain(const Orders *orders, bool big_endian)
{
    return (VirtIOCryptoChain) {
        .head = big_endian ? orders->big : orders->little,
        .head_len = orders->len,
        .readable = orders->len,
        .writable = 9,
        .features = FEATURES,
        .big_endian = big_endian,
        .max_size = MAX_SIZE,
    };
}

static void test_create_chain(const void *opaque)
{
    VirtIOCryptoChain chain = make_chain(&create_chain, opaque);
    const CryptoDevChainParams *chained;
    VirtIOCryptoCtrlReq req;

    g_assert_cmpint(WIRE->decode_ctrl(&chain, &req), ==, CRYPTODEV_OK);
    g_assert_cmpint(req.type, ==, VIRTIO_CRYPTO_CTRL_CREATE);
    g_assert_cmpint(req.params.service, ==, CRYPTODEV_SERVICE_CIPHER);
    g_assert_cmpint(req.params.algo, ==, CRYPTODEV_CIPHER_AES_CBC);
    g_assert_false(req.params.cipher.encrypt);
    g_assert_cmpmem(req.params.key, req.params.key_len, "KEY", 3);
    chained = &req.params.cipher.chain;
    g_assert_cmpint(chained->mode, ==, CRYPTODEV_HASH_MODE_AUTH);
    g_assert_false(chained->cipher_first);
    g_assert_cmpint(chained->algo, ==, CRYPTODEV_MAC_HMAC_SHA256);
    g_assert_cmpmem(chained->key, chained->key_len, "AUTH", 4);
}

static void test_create_aead(const void *opaque)
{
    VirtIOCryptoChain chain = make_chain(&create_aead, opaque);
    VirtIOCryptoCtrlReq req;

    g_assert_cmpint(WIRE->decode_ctrl(&chain, &req), ==, CRYPTODEV_OK);
    g_assert_cmpint(req.params.service, ==, CRYPTODEV_SERVICE_AEAD);
    g_assert_cmpint(req.params.algo, ==, CRYPTODEV_AEAD_AES_CCM);
    g_assert_true(req.params.aead.encrypt);
    g_assert_cmpint(req.params.aead.tag_len, ==, 16);
    g_assert_cmpmem(req.params.key, req.params.key_len, "K", 1);
}

static void test_created(const void *opaque)
{
    static const uint8_t little[] = { 8, 7, 6, 5, 4, 3, 2, 1 };
    static const uint8_t big[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
    VirtIOCryptoChain chain = make_chain(&create_aead, opaque);
    uint8_t outcome[VIRTIO_CRYPTO_OUTCOME_MAX];
    VirtIOCryptoCtrlReq req;
    size_t len;

    WIRE->decode_ctrl(&chain, &req);
    len = WIRE->encode_ctrl(&chain, &req, CRYPTODEV_OK, SESSION_ID, outcome);
    g_assert_cmpmem(outcome, len, opaque ? big : little, sizeof(big));
    g_assert_cmpint(WIRE->encode_ctrl(&chain, &req, CRYPTODEV_NOSPC, 0,
                                      outcome), ==, 0);
}

static void test_destroy(const void *opaque)
{
    VirtIOCryptoChain chain = make_chain(&destroy, opaque);
    VirtIOCryptoCtrlReq req;

    g_assert_cmpint(WIRE->decode_ctrl(&chain, &req), ==, CRYPTODEV_OK);
    g_assert_cmpint(req.type, ==, VIRTIO_CRYPTO_CTRL_DESTROY);
    g_assert_cmphex(req.session_id, ==, SESSION_ID);
}

static void assert_span(VirtIOCryptoSpan span, uint64_t offset, uint64_t len)
{
    g_assert_cmphex(span.offset, ==, offset);
    g_assert_cmphex(span.len, ==, len);
}

static const CryptoDevSession chained_session = {
    .capability = &aes_cbc, .chained = &hmac_sha256, .encrypt = true,
};

/* The whole of it, and no byte more */
static VirtIOCryptoChain make_data(bool big_endian)
{
    VirtIOCryptoChain chain = make_chain(&data, big_endian);

    chain.readable = 32 + 0x10 + 0x304 + 0x2030;
    chain.writable = 0x2030 + 32 + 1;
    return chain;
}

static void test_data(const void *opaque)
{
    VirtIOCryptoChain chain = make_data(opaque);
    VirtIOCryptoDataReq req;

    g_assert_cmphex(WIRE->session_of(&chain), ==, SESSION_ID);
    g_assert_cmpint(WIRE->decode_data(&chain, &chained_session, &req), ==,
                    CRYPTODEV_OK);
    g_assert_cmpint(req.type, ==, CRYPTODEV_OP_ENCRYPT);
    assert_span(req.iv, 32, 0x10);
    assert_span(req.aad, 32 + 0x10, 0x304);
    assert_span(req.src, 32 + 0x10 + 0x304, 0x2030);
    assert_span(req.dst, 0, 0x2030);
    assert_span(req.digest, 0x2030, 32);
}

/* One byte too few, in either part */
static void test_short_data(const void *opaque)
{
    VirtIOCryptoChain chain = make_data(opaque);
    VirtIOCryptoDataReq req;

    chain.readable--;
    g_assert_cmpint(WIRE->decode_data(&chain, &chained_session, &req), ==,
                    CRYPTODEV_ERR);
    chain.readable++;
    chain.writable--;
    g_assert_cmpint(WIRE->decode_data(&chain, &chained_session, &req), ==,
                    CRYPTODEV_ERR);
}

/* Requests whose bytes are in the other order are for services unknown */
static void test_other_order(const void *opaque)
{
    VirtIOCryptoChain chain = make_chain(&create_chain, opaque);
    VirtIOCryptoCtrlReq ctrl;
    VirtIOCryptoDataReq req;

    chain.big_endian = !chain.big_endian;
    g_assert_cmpint(WIRE->decode_ctrl(&chain, &ctrl), ==, CRYPTODEV_NOTSUPP);
    chain.head = opaque ? data.big : data.little;
    chain.head_len = chain.readable = data.len;
    g_assert_cmpint(WIRE->decode_data(&chain, NULL, &req), ==,
                    CRYPTODEV_NOTSUPP);
}

static void test_config(const void *opaque)
{
    static const uint8_t little[] = { 0x56, 0x34, 0x12, 0,  0x3f, 0, 0, 0 };
    static const uint8_t big[] = { 0, 0x12, 0x34, 0x56,  0, 0, 0, 0x3f };
    CryptoDevBackend backend = { .queues = 0x3f };
    uint8_t config[sizeof(big)];

    g_assert_cmpint(WIRE->config_len, ==, sizeof(config));
    WIRE->get_config(&backend, true, MAX_SIZE, opaque, config);
    g_assert_cmpmem(config, sizeof(config), opaque ? big : little,
                    sizeof(big));
}

/* Operands of zero, one and three bytes; results of two and one */
static const Orders operand_list = {
    { 0, 0, 0, 0,  1, 0, 0, 0, 'A',  3, 0, 0, 0, 'B', 'C', 'D' },
    { 0, 0, 0, 0,  0, 0, 0, 1, 'A',  0, 0, 0, 3, 'B', 'C', 'D' },
    16
};
static const Orders result_list = {
    { 2, 0, 0, 0, 'R', 'S',  1, 0, 0, 0, 'T' },
    { 0, 0, 0, 2, 'R', 'S',  0, 0, 0, 1, 'T' },
    11
};

static void test_operands(const void *opaque)
{
    const uint8_t *bytes = opaque ? operand_list.big : operand_list.little;
    CryptoDevOperand operands[CRYPTODEV_OPERANDS_MAX];
    size_t n;

    g_assert_true(WIRE->decode_operands(bytes, operand_list.len, opaque,
                                        operands, &n));
    g_assert_cmpint(n, ==, 3);
    g_assert_cmpint(operands[0].len, ==, 0);
    g_assert_cmpmem(operands[1].data, operands[1].len, "A", 1);
    g_assert_cmpmem(operands[2].data, operands[2].len, "BCD", 3);
    g_assert_true(WIRE->decode_operands(NULL, 0, opaque, operands, &n));
    g_assert_cmpint(n, ==, 0);
    /* A list may end behind an operand, and nowhere else. */
    for (size_t len = 1; len < operand_list.len; len++) {
        g_assert_cmpint(WIRE->decode_operands(bytes, len, opaque, operands,
                                              &n), ==, len == 4 || len == 9);
    }
}

/* 12 operands, and one more; a length that reaches beyond all memory */
static void test_many_operands(const void *opaque)
{
    uint8_t bytes[13 * 4] = { };
    CryptoDevOperand operands[CRYPTODEV_OPERANDS_MAX];
    size_t n;

    g_assert_true(WIRE->decode_operands(bytes, sizeof(bytes) - 4, opaque,
                                        operands, &n));
    g_assert_cmpint(n, ==, 12);
    g_assert_false(WIRE->decode_operands(bytes, sizeof(bytes), opaque,
                                         operands, &n));
    memset(bytes, 0xff, 4);
    g_assert_false(WIRE->decode_operands(bytes, sizeof(bytes) - 4, opaque,
                                         operands, &n));
}

static void test_results(const void *opaque)
{
    CryptoDevResult results[] = {
        { (uint8_t *)"RS", 2 }, { (uint8_t *)"T", 1 },
    };
    uint8_t bytes[64];
    size_t len = WIRE->results_len(results, ARRAY_SIZE(results));

    g_assert_cmpint(len, ==, result_list.len);
    WIRE->encode_results(results, ARRAY_SIZE(results), opaque, bytes);
    g_assert_cmpmem(bytes, len, opaque ? result_list.big : result_list.little,
                    result_list.len);
    g_assert_cmpint(WIRE->results_len(NULL, 0), ==, 0);
}

/* A session of ECDSA, whose key is a list of two operands */
static const Orders create_ecdsa = {
    { 3, 0, 0, 7,  10, 0, 0, 0,  0, 0, 0, 0,  1, 0, 0, 0,
      0, 0, 0, 0,  0, 0, 0, 0,  1, 0, 0, 0, 3,  1, 0, 0, 0, 5 },
    { 7, 0, 0, 3,  0, 0, 0, 10,  0, 0, 0, 0,  1, 0, 0, 0,
      0, 0, 0, 0,  0, 0, 0, 0,  0, 0, 0, 1, 3,  0, 0, 0, 1, 5 },
    34
};
/* A request of it: 0x12 bytes of source */
static const Orders sign = {
    { 3, 0, 0, 7,  0, 0, 0, 0,  0x12, 0, 0, 0,  0, 0, 0, 0,
      8, 7, 6, 5, 4, 3, 2, 1,  0, 0, 0, 0,  0, 0, 0, 0 },
    { 7, 0, 0, 3,  0, 0, 0, 0,  0, 0, 0, 0x12,  0, 0, 0, 0,
      1, 2, 3, 4, 5, 6, 7, 8,  0, 0, 0, 0,  0, 0, 0, 0 },
    32
};
static const CryptoDevCapability ecdsa_sign = {
    .service = CRYPTODEV_SERVICE_ECDSA,
    .algo = CRYPTODEV_ECDSA_SIGN_RS,
};

static void test_create_compute(const void *opaque)
{
    VirtIOCryptoChain chain = make_chain(&create_ecdsa, opaque);
    VirtIOCryptoCtrlReq req;

    g_assert_cmpint(WIRE->decode_ctrl(&chain, &req), ==, CRYPTODEV_NOTSUPP);
    chain.features |= BIT_ULL(VIRTIO_CRYPTO_RFC_F_ECDSA);
    g_assert_cmpint(WIRE->decode_ctrl(&chain, &req), ==, CRYPTODEV_OK);
    g_assert_cmpint(req.params.service, ==, CRYPTODEV_SERVICE_ECDSA);
    g_assert_cmpint(req.params.algo, ==, CRYPTODEV_ECDSA_SIGN_RS);
    g_assert_cmpint(req.params.compute.n, ==, 2);
    g_assert_cmpmem(req.params.compute.operands[0].data,
                    req.params.compute.operands[0].len, "\3", 1);
    g_assert_cmpmem(req.params.compute.operands[1].data,
                    req.params.compute.operands[1].len, "\5", 1);
}

static void test_compute(const void *opaque)
{
    VirtIOCryptoChain chain = make_chain(&sign, opaque);
    CryptoDevSession session = { .capability = &ecdsa_sign };
    VirtIOCryptoDataReq req;

    chain.features |= BIT_ULL(VIRTIO_CRYPTO_RFC_F_ECDSA);
    chain.readable += 0x12;
    chain.writable = 100;
    g_assert_cmpint(WIRE->decode_data(&chain, &session, &req), ==,
                    CRYPTODEV_OK);
    g_assert_true(req.computes);
    g_assert_cmpint(req.service, ==, CRYPTODEV_SERVICE_ECDSA);
    g_assert_cmpint(req.operation, ==, CRYPTODEV_ECDSA_SIGN_RS);
    assert_span(req.src, 32, 0x12);
    assert_span(req.dst, 0, 99);
    chain.readable--;
    g_assert_cmpint(WIRE->decode_data(&chain, &session, &req), ==,
                    CRYPTODEV_ERR);
    chain.readable++;
    g_assert_cmpint(WIRE->decode_data(&chain, NULL, &req), ==,
                    CRYPTODEV_INVSESS);
}

/* The feature of a service is there if the backend has an algorithm of it */
static void test_features(void)
{
    CryptoDevBackend backend = {
        .capabilities = g_ptr_array_new(),
        .services = CRYPTODEV_SERVICES_ALL,
    };

    g_ptr_array_add(backend.capabilities, (void *)&rsa);
    g_assert_cmphex(WIRE->get_features(&backend), ==,
                    BIT_ULL(VIRTIO_CRYPTO_RFC_F_REQ_SIZE_MAX));
    g_ptr_array_add(backend.capabilities, (void *)&hmac_sha256);
    g_assert_cmphex(WIRE->get_features(&backend), ==, FEATURES);
    g_ptr_array_add(backend.capabilities, (void *)&ecdsa_sign);
    g_assert_cmphex(WIRE->get_features(&backend), ==,
                    FEATURES | BIT_ULL(VIRTIO_CRYPTO_RFC_F_ECDSA));
    backend.services &= ~BIT(CRYPTODEV_SERVICE_ECDSA);
    g_assert_cmphex(WIRE->get_features(&backend), ==, FEATURES);
    g_ptr_array_free(backend.capabilities, true);
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        GTestDataFunc function;
    } tests[] = {
        { "create-chain", test_create_chain },
        { "create-aead", test_create_aead },
        { "created", test_created },
        { "destroy", test_destroy },
        { "data", test_data },
        { "short-data", test_short_data },
        { "other-order", test_other_order },
        { "operands", test_operands },
        { "many-operands", test_many_operands },
        { "results", test_results },
        { "create-compute", test_create_compute },
        { "compute", test_compute },
        { "config", test_config },
    };

    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        g_autofree char *little =
            g_strconcat("/virtio-crypto-wire/little-endian/", tests[i].name,
                        NULL);
        g_autofree char *big =
            g_strconcat("/virtio-crypto-wire/big-endian/", tests[i].name,
                        NULL);

        /* The data tells whether the order is big-endian */
        g_test_add_data_func(little, NULL, tests[i].function);
        g_test_add_data_func(big, tests, tests[i].function);
    }
    g_test_add_func("/virtio-crypto-wire/features", test_features);
    return g_test_run();
}
