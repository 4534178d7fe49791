/*
 * Tests of virtio-crypto: features that only RFC v1 has
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Statuses have the numbers of the ratified protocol, as the tests' driver
 * gives them: VIRTIO_CRYPTO_NOTSUPP is UNSUPP.
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "libqtest-single.h"
#include "hw/pci/pci_regs.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-rfc.h"
#include "examples.h"
#include "options.h"

#define SIZE_MAX_BIT    (1ull << VIRTIO_CRYPTO_RFC_F_REQ_SIZE_MAX)
#define SYM_BIT         (1ull << VIRTIO_CRYPTO_RFC_F_SYM)
/* The bits that are the device's own */
#define OWN_BITS        ((1ull << 24) - 1)

#define AES_CBC QVIRTIO_CRYPTO_RFC_SYM(ABLKCIPHER, VIRTIO_CRYPTO_CIPHER_AES_CBC)
#define AES_GCM QVIRTIO_CRYPTO_RFC_SYM(AEAD, VIRTIO_CRYPTO_AEAD_GCM)
#define SHA_256 QVIRTIO_CRYPTO_RFC_SYM(HASH, VIRTIO_CRYPTO_HASH_SHA_256)
#define CMAC_AES QVIRTIO_CRYPTO_RFC_SYM(HASH, VIRTIO_CRYPTO_MAC_CMAC_AES)
#define ID_LEN  sizeof(uint64_t)

static const uint8_t zeros[8192];

static QVirtioCryptoDriver *start(void *obj, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    return qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, 0);
}

/* Runs a request that has only zeros after its header */
static uint8_t run_zeros(QVirtioCryptoDriver *d, uint32_t queue,
                         QVirtioCryptoRequest *req, size_t len, size_t room)
{
    QVirtioCryptoShape shape = { };
    uint8_t status;

    g_assert_cmpint(len, <=, sizeof(zeros));
    qvirtio_crypto_request_add(req, zeros, len);
    req->room = room;
    qvirtio_crypto_submit(d, queue, req, &shape);
    qvirtio_crypto_wait(d, queue, req);
    status = req->status;
    if (status != VIRTIO_CRYPTO_OK) {
        g_assert_cmpint(req->used, ==, 1);
    }
    qvirtio_crypto_request_free(req, d->alloc);
    return status;
}

static void assert_ctrl(QVirtioCryptoDriver *d, QVirtioCryptoRfcCtrl header,
                        uint8_t expected)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_request_new();

    qvirtio_crypto_rfc_add_ctrl(req, &header);
    g_assert_cmpint(run_zeros(d, d->n_data, req,
                              header.keylen + header.auth_key_len, ID_LEN),
                    ==, expected);
}

static void assert_data(QVirtioCryptoDriver *d, QVirtioCryptoRfcData header,
                        size_t room, uint8_t expected)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_request_new();

    qvirtio_crypto_rfc_add_data(req, &header);
    g_assert_cmpint(run_zeros(d, 0, req, header.ivlen + header.auth_len +
                                         header.len, room), ==, expected);
}

/* Sessions that are right */
static const QVirtioCryptoRfcCtrl cipher_header = {
    .alg = AES_CBC,
    .keylen = 16,
    .type = VIRTIO_CRYPTO_RFC_CREATE,
    .op = VIRTIO_CRYPTO_OP_ENCRYPT,
};
static const QVirtioCryptoRfcCtrl aead_header = {
    .alg = AES_GCM,
    .keylen = 16,
    .type = VIRTIO_CRYPTO_RFC_CREATE,
    .op = VIRTIO_CRYPTO_OP_DECRYPT,
};
static const QVirtioCryptoRfcCtrl hash_header = {
    .alg = SHA_256,
    .type = VIRTIO_CRYPTO_RFC_CREATE,
    .hash_mode = VIRTIO_CRYPTO_SYM_HASH_MODE_PLAIN,
};
static const QVirtioCryptoRfcCtrl mac_header = {
    .alg = CMAC_AES,
    .type = VIRTIO_CRYPTO_RFC_CREATE,
    .op = VIRTIO_CRYPTO_OP_ENCRYPT,
    .hash_mode = VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH,
    .auth_key_len = 16,
};
static const QVirtioCryptoRfcCtrl nested_header = {
    .alg = SHA_256,
    .type = VIRTIO_CRYPTO_RFC_CREATE,
    .hash_mode = VIRTIO_CRYPTO_SYM_HASH_MODE_NESTED,
    .auth_key_len = 20,
};
static const QVirtioCryptoRfcCtrl chain_header = {
    .alg = AES_CBC,
    .keylen = 16,
    .type = VIRTIO_CRYPTO_RFC_CREATE,
    .op = VIRTIO_CRYPTO_OP_ENCRYPT,
    .hash_mode = VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH,
    .alg_chain_order = VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH,
    .auth_key_len = 16,
    .hash_alg = CMAC_AES,
};

static const QVirtioCryptoRfcCtrl *const headers[] = {
    &cipher_header, &aead_header, &hash_header, &mac_header, &nested_header,
    &chain_header,
};

/* One wrong field in a header that is right */
#define ASSERT_FIELD(d, header, field, value, expected)     \
    do {                                                    \
        QVirtioCryptoRfcCtrl wrong = (header);              \
        wrong.field = (value);                              \
        assert_ctrl(d, wrong, expected);                    \
    } while (0)
#define ASSERT_ERR(d, header, field, value) \
    ASSERT_FIELD(d, header, field, value, VIRTIO_CRYPTO_ERR)
#define ASSERT_UNSUPP(d, header, field, value) \
    ASSERT_FIELD(d, header, field, value, VIRTIO_CRYPTO_NOTSUPP)

static uint64_t create_cipher(QVirtioCryptoDriver *d, bool encrypt)
{
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, encrypt, zeros,
                              16);

    return qvirtio_crypto_create(d, &session);
}

static QVirtioCryptoRfcData cipher_data(uint64_t id)
{
    return (QVirtioCryptoRfcData) {
        .mode = AES_CBC, .ivlen = 16, .len = 32, .session_id = id,
    };
}

/* Configuration space: what it has, and that it ends there */
static void assert_config(QVirtioCryptoDriver *d, uint32_t size_max,
                          uint32_t num_dataqs)
{
    g_assert_cmpint(qvirtio_config_readl(d->vdev, 0), ==, size_max);
    g_assert_cmpint(qvirtio_config_readl(d->vdev, 4), ==, num_dataqs);
    g_assert_cmphex(qvirtio_config_readl(d->vdev, 8), ==, UINT32_MAX);
}

static void test_config(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d;

    g_assert_cmphex(crypto->vdev->bus->get_features(crypto->vdev) & OWN_BITS,
                    ==, (SYM_BIT << VIRTIO_CRYPTO_RFC_F_RAND) - 1);
    d = qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, SIZE_MAX_BIT);
    assert_config(d, 4 * MiB, 1);
    qvirtio_crypto_stop(d);
}

static const CryptoOptions many_queues = {
    .backend = "queues=64",
};

/* The field agrees with the transport, which the driver asks */
static void test_num_dataqs(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);

    g_assert_cmpint(d->n_data, ==, 64);
    assert_config(d, 4 * MiB, d->n_data);
    qvirtio_crypto_stop(d);
}

static void assert_ids(QVirtioCryptoPCI *pci, uint8_t revision, bool modern,
                       bool legacy)
{
    QPCIDevice *dev = pci->pci_vdev.pdev;
    uint32_t bar = qpci_config_readl(dev, PCI_BASE_ADDRESS_0);

    g_assert_cmphex(qpci_config_readw(dev, PCI_VENDOR_ID), ==, 0x1af4);
    g_assert_cmphex(qpci_config_readw(dev, PCI_DEVICE_ID), ==, 0x103f);
    g_assert_cmphex(qpci_config_readw(dev, PCI_SUBSYSTEM_VENDOR_ID), ==,
                    0x1af4);
    g_assert_cmphex(qpci_config_readw(dev, PCI_SUBSYSTEM_ID), ==, 0xffff);
    g_assert_cmphex(qpci_config_readw(dev, PCI_CLASS_DEVICE), ==, 0x1080);
    g_assert_cmpint(qpci_config_readb(dev, PCI_REVISION_ID), ==, revision);
    g_assert_cmpint(!!qpci_find_capability(dev, PCI_CAP_ID_VNDR, 0), ==,
                    modern);
    /* The registers of a legacy device are I/O ports */
    g_assert_cmpint(bar & PCI_BASE_ADDRESS_SPACE, ==,
                    legacy ? PCI_BASE_ADDRESS_SPACE_IO : 0);
}

static void test_transitional(void *obj, void *data, QGuestAllocator *alloc)
{
    assert_ids(obj, 0, true, true);
}

static void test_legacy(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    QVirtioCryptoDriver *d = start(&pci->crypto, alloc);

    assert_ids(pci, 0, false, true);
    assert_config(d, 4 * MiB, 1);
    qvirtio_crypto_stop(d);
}

/* A modern device works, too; other tests use transitional ones */
static void test_modern(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    QVirtioCryptoDriver *d = start(&pci->crypto, alloc);
    uint64_t id = create_cipher(d, true);

    assert_ids(pci, 1, true, false);
    assert_config(d, 4 * MiB, 1);
    assert_data(d, cipher_data(id), 32, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_stop(d);
}

static const CryptoOptions small_requests = {
    .device = "max-request-size=4096",
};

/* Runs a request of that many bytes, most of which are surplus */
static uint8_t run_size(QVirtioCryptoDriver *d, uint32_t queue,
                        QVirtioCryptoRequest *req, size_t size)
{
    size_t len = req->readable->len + req->room + 1;
    QVirtioCryptoShape shape = {
        .surplus_readable = (size - len) / 2,
        .surplus_writable = size - len - (size - len) / 2,
    };
    uint8_t status;

    qvirtio_crypto_submit(d, queue, req, &shape);
    qvirtio_crypto_wait(d, queue, req);
    status = req->status;
    qvirtio_crypto_request_free(req, d->alloc);
    return status;
}

static uint8_t run_data_size(QVirtioCryptoDriver *d, uint64_t id, size_t size)
{
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(id, true, zeros, 16, zeros, 512);

    return run_size(d, 0, qvirtio_crypto_op_request(d, &op), size);
}

static uint8_t run_create_size(QVirtioCryptoDriver *d, size_t size)
{
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, true, zeros, 16);

    return run_size(d, d->n_data, qvirtio_crypto_create_request(d, &session),
                    size);
}

/* All bytes of a request count, whether the driver knows the bound or not */
static void test_size_max(void *obj, void *data, QGuestAllocator *alloc)
{
    const uint64_t features[] = { 0, SIZE_MAX_BIT };
    QVirtioCrypto *crypto = obj;

    for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
        QVirtioCryptoDriver *d =
            qvirtio_crypto_start(global_qtest, crypto->vdev, alloc,
                                 features[i]);
        uint64_t id = create_cipher(d, true);

        assert_config(d, 4096, 1);
        g_assert_cmpint(run_data_size(d, id, 4096), ==, VIRTIO_CRYPTO_OK);
        g_assert_cmpint(run_data_size(d, id, 4097), ==, VIRTIO_CRYPTO_ERR);
        g_assert_cmpint(run_create_size(d, 4096), ==, VIRTIO_CRYPTO_OK);
        g_assert_cmpint(run_create_size(d, 4097), ==, VIRTIO_CRYPTO_ERR);
        assert_data(d, cipher_data(id), 32, VIRTIO_CRYPTO_OK);
        qvirtio_crypto_stop(d);
    }
}

static void test_types(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);

    assert_ctrl(d, (QVirtioCryptoRfcCtrl) { }, VIRTIO_CRYPTO_ERR);
    ASSERT_ERR(d, cipher_header, type, 0);
    for (unsigned int type = 3; type <= 255; type++) {
        ASSERT_UNSUPP(d, cipher_header, type, type);
    }
    qvirtio_crypto_stop(d);
}

/* Replaces the service in an otherwise valid field */
static uint32_t with_service(uint32_t alg, unsigned int service)
{
    return (alg & 0xffffff) | (uint32_t)service << 24;
}

static void test_services(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    QVirtioCryptoRfcData header = cipher_data(create_cipher(d, true));

    for (unsigned int service = 0; service <= 255; service++) {
        if (service == VIRTIO_CRYPTO_RFC_F_SYM) {
            continue;
        }
        ASSERT_UNSUPP(d, chain_header, hash_alg,
                      with_service(CMAC_AES, service));
        if (service >= VIRTIO_CRYPTO_RFC_F_DH &&
            service <= VIRTIO_CRYPTO_RFC_F_RAND) {
            continue;
        }
        ASSERT_UNSUPP(d, cipher_header, alg, with_service(AES_CBC, service));
        header.mode = with_service(AES_CBC, service);
        assert_data(d, header, 32, VIRTIO_CRYPTO_NOTSUPP);
    }
    header.mode = AES_CBC;
    assert_data(d, header, 32, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_stop(d);
}

/* A driver that does not accept the service does not have it */
static void test_no_service(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    QVirtioCryptoRfcCtrl destroy = { .type = VIRTIO_CRYPTO_RFC_DESTROY };

    d->features &= ~SYM_BIT;
    qvirtio_crypto_restart(d);
    for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
        assert_ctrl(d, *headers[i], VIRTIO_CRYPTO_NOTSUPP);
    }
    assert_data(d, cipher_data(1), 32, VIRTIO_CRYPTO_NOTSUPP);
    assert_data(d, (QVirtioCryptoRfcData) { }, 32, VIRTIO_CRYPTO_NOTSUPP);
    /* In its place, the device reads the id 0 */
    destroy.keylen = ID_LEN;
    assert_ctrl(d, destroy, VIRTIO_CRYPTO_ERR);
    d->features |= SYM_BIT;
    qvirtio_crypto_restart(d);
    assert_ctrl(d, cipher_header, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_stop(d);
}

/* Types and numbers that are unknown, or invalid in their place */
static void test_algorithms(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    const uint32_t types[] = { 3, 4, 255 };
    const uint32_t numbers[] = { 0, 14, 15, 63, 64, 255, 256, 0xffff };

    for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
        ASSERT_UNSUPP(d, cipher_header, alg,
                      QVIRTIO_CRYPTO_RFC_ALG(1, types[i], 3));
        ASSERT_UNSUPP(d, chain_header, hash_alg,
                      QVIRTIO_CRYPTO_RFC_ALG(1, types[i], 26));
    }
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        ASSERT_UNSUPP(d, cipher_header, alg,
                      QVIRTIO_CRYPTO_RFC_SYM(ABLKCIPHER, numbers[i]));
        ASSERT_UNSUPP(d, aead_header, alg,
                      QVIRTIO_CRYPTO_RFC_SYM(AEAD, numbers[i]));
        ASSERT_UNSUPP(d, hash_header, alg,
                      QVIRTIO_CRYPTO_RFC_SYM(HASH, numbers[i]));
        ASSERT_UNSUPP(d, mac_header, alg,
                      QVIRTIO_CRYPTO_RFC_SYM(HASH, numbers[i]));
        ASSERT_UNSUPP(d, chain_header, hash_alg,
                      QVIRTIO_CRYPTO_RFC_SYM(HASH, numbers[i]));
    }
    /* Only a hash can be chained */
    ASSERT_UNSUPP(d, chain_header, hash_alg, AES_CBC);
    ASSERT_UNSUPP(d, chain_header, hash_alg, AES_GCM);
    ASSERT_UNSUPP(d, nested_header, alg,
                  QVIRTIO_CRYPTO_RFC_SYM(HASH,
                                         VIRTIO_CRYPTO_HASH_SHA3_SHAKE256));
    qvirtio_crypto_stop(d);
}

/* Values of each field that are invalid with a type; reserved ones are free */
static void test_fields(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);

    for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
        ASSERT_FIELD(d, *headers[i], flags, 0xffffffff, VIRTIO_CRYPTO_OK);
        ASSERT_ERR(d, *headers[i], op, 3);
        ASSERT_ERR(d, *headers[i], op, 255);
    }
    ASSERT_ERR(d, cipher_header, op, 0);
    ASSERT_ERR(d, aead_header, op, 0);
    ASSERT_ERR(d, chain_header, op, 0);
    ASSERT_ERR(d, hash_header, op, VIRTIO_CRYPTO_OP_DECRYPT);

    ASSERT_ERR(d, hash_header, keylen, 16);
    ASSERT_ERR(d, mac_header, keylen, 16);
    ASSERT_ERR(d, nested_header, keylen, 16);

    ASSERT_ERR(d, cipher_header, hash_mode, 1);
    ASSERT_ERR(d, aead_header, hash_mode, 1);
    ASSERT_ERR(d, hash_header, hash_mode, 0);
    ASSERT_ERR(d, chain_header, hash_mode, 0);
    ASSERT_UNSUPP(d, hash_header, hash_mode, 4);
    ASSERT_UNSUPP(d, chain_header, hash_mode, 255);

    ASSERT_ERR(d, cipher_header, alg_chain_order, 1);
    ASSERT_ERR(d, aead_header, alg_chain_order, 2);
    ASSERT_ERR(d, hash_header, alg_chain_order, 1);
    ASSERT_ERR(d, chain_header, alg_chain_order, 0);
    ASSERT_UNSUPP(d, chain_header, alg_chain_order, 3);
    ASSERT_UNSUPP(d, chain_header, alg_chain_order, 255);

    ASSERT_ERR(d, cipher_header, auth_key_len, 16);
    ASSERT_ERR(d, aead_header, auth_key_len, 16);
    ASSERT_ERR(d, hash_header, auth_key_len, 16);
    ASSERT_ERR(d, nested_header, auth_key_len, 21);
    ASSERT_UNSUPP(d, nested_header, auth_key_len, 1026);
    ASSERT_UNSUPP(d, mac_header, auth_key_len, 15);
    ASSERT_UNSUPP(d, chain_header, auth_key_len, 15);

    ASSERT_ERR(d, cipher_header, hash_alg, SHA_256);
    ASSERT_ERR(d, aead_header, hash_alg, SHA_256);
    ASSERT_ERR(d, hash_header, hash_alg, SHA_256);
    qvirtio_crypto_stop(d);
}

/* A plain hash in a chain has no key */
static void test_chained_hash(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    QVirtioCryptoRfcCtrl header = chain_header;

    header.hash_mode = VIRTIO_CRYPTO_SYM_HASH_MODE_PLAIN;
    header.hash_alg = SHA_256;
    assert_ctrl(d, header, VIRTIO_CRYPTO_ERR);
    header.auth_key_len = 0;
    assert_ctrl(d, header, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_stop(d);
}

/* The id needs its room, and the status is the last byte however much it is */
static void test_created_room(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);

    for (size_t room = 0; room < 5000; room += room < 20 ? 1 : 99) {
        QVirtioCryptoRequest *req = qvirtio_crypto_request_new();

        qvirtio_crypto_rfc_add_ctrl(req, &cipher_header);
        g_assert_cmpint(run_zeros(d, d->n_data, req, cipher_header.keylen,
                                  room), ==,
                        room < ID_LEN ? VIRTIO_CRYPTO_ERR : VIRTIO_CRYPTO_OK);
    }
    qvirtio_crypto_stop(d);
}

/* In the header of a request to destroy a session, only the type counts */
static void test_destroy(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    QVirtioCryptoRfcCtrl header;
    uint64_t id = create_cipher(d, true);

    memset(&header, 0xff, sizeof(header));
    header.type = VIRTIO_CRYPTO_RFC_DESTROY;
    for (int i = 0; i < 2; i++) {
        QVirtioCryptoRequest *req = qvirtio_crypto_request_new();

        qvirtio_crypto_rfc_add_ctrl(req, &header);
        qvirtio_crypto_request_add(req, &(uint64_t) { cpu_to_le64(id) },
                                   ID_LEN);
        g_assert_cmpint(run_zeros(d, d->n_data, req, 0, 100), ==,
                        i ? VIRTIO_CRYPTO_ERR : VIRTIO_CRYPTO_OK);
    }
    qvirtio_crypto_stop(d);
}

/* The session of a header that is right */
static uint64_t create_raw(QVirtioCryptoDriver *d,
                           const QVirtioCryptoRfcCtrl *header)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_request_new();
    QVirtioCryptoShape shape = { };
    uint64_t id;

    qvirtio_crypto_rfc_add_ctrl(req, header);
    qvirtio_crypto_request_add(req, zeros,
                               header->keylen + header->auth_key_len);
    req->room = ID_LEN;
    qvirtio_crypto_submit(d, d->n_data, req, &shape);
    qvirtio_crypto_wait(d, d->n_data, req);
    g_assert_cmpint(qvirtio_crypto_rfc_created(req, &id), ==,
                    VIRTIO_CRYPTO_OK);
    qvirtio_crypto_request_free(req, d->alloc);
    return id;
}

/* The mode is that of the session and no other */
static void test_mode(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    const uint32_t modes[] = {
        AES_CBC, AES_GCM, SHA_256, CMAC_AES,
        QVIRTIO_CRYPTO_RFC_SYM(ABLKCIPHER, VIRTIO_CRYPTO_CIPHER_AES_ECB),
        QVIRTIO_CRYPTO_RFC_SYM(ABLKCIPHER, 0xffff),
        QVIRTIO_CRYPTO_RFC_SYM(AEAD, VIRTIO_CRYPTO_AEAD_CCM),
        QVIRTIO_CRYPTO_RFC_SYM(HASH, VIRTIO_CRYPTO_HASH_SHA_512),
        QVIRTIO_CRYPTO_RFC_ALG(1, 3, 3),
    };

    for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
        QVirtioCryptoRfcData header = {
            .session_id = create_raw(d, headers[i]),
        };

        for (size_t j = 0; j < ARRAY_SIZE(modes); j++) {
            header.mode = modes[j];
            if (modes[j] != headers[i]->alg) {
                assert_data(d, header, 100, VIRTIO_CRYPTO_ERR);
            }
        }
    }
    qvirtio_crypto_stop(d);
}

static void test_reserved(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    QVirtioCryptoRfcData header = cipher_data(create_cipher(d, true));

    header.flags = 0xffffffff;
    header.padding = 0xffffffff;
    assert_data(d, header, 32, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_stop(d);
}

/* Additional data and vectors where there are none */
static void test_lengths(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    const QVirtioCryptoRfcCtrl *digests[] = {
        &hash_header, &mac_header, &nested_header,
    };
    QVirtioCryptoRfcData header = cipher_data(create_cipher(d, true));

    header.auth_len = 1;
    assert_data(d, header, 32, VIRTIO_CRYPTO_ERR);
    for (size_t i = 0; i < ARRAY_SIZE(digests); i++) {
        header = (QVirtioCryptoRfcData) {
            .mode = digests[i]->alg,
            .len = 16,
            .session_id = create_raw(d, digests[i]),
        };
        assert_data(d, header, 32, VIRTIO_CRYPTO_OK);
        header.auth_len = 1;
        assert_data(d, header, 32, VIRTIO_CRYPTO_ERR);
        header.auth_len = 0;
        header.ivlen = 1;
        assert_data(d, header, 32, VIRTIO_CRYPTO_ERR);
    }
    qvirtio_crypto_stop(d);
}

/* The vectors of AEAD are as long as they say, from the first byte on */
static void test_aead_vectors(void *obj, void *data, QGuestAllocator *alloc)
{
    static const struct {
        uint32_t number;
        uint32_t key_len;
        uint32_t lens;
    } aeads[] = {
        { VIRTIO_CRYPTO_AEAD_GCM, 16, 1 << 12 | 1 << 16 },
        { VIRTIO_CRYPTO_AEAD_CCM, 16, 0x7f << 7 },
        { VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305, 32, 1 << 12 },
    };
    QVirtioCryptoDriver *d = start(obj, alloc);

    for (size_t i = 0; i < ARRAY_SIZE(aeads); i++) {
        QVirtioCryptoSession session =
            qvirtio_crypto_aead(aeads[i].number, true, 16, zeros,
                                aeads[i].key_len);
        QVirtioCryptoRfcData header = {
            .mode = QVIRTIO_CRYPTO_RFC_SYM(AEAD, aeads[i].number),
            .len = 16,
            .auth_len = 5,
            .session_id = qvirtio_crypto_create(d, &session),
        };

        for (header.ivlen = 0; header.ivlen < 32; header.ivlen++) {
            assert_data(d, header, 32, aeads[i].lens & 1u << header.ivlen ?
                                       VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_ERR);
        }
    }
    qvirtio_crypto_stop(d);
}

/* One byte too few for the result, and as many as there are */
static void test_room(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    QVirtioCryptoRfcCtrl seal = aead_header;
    const struct {
        const QVirtioCryptoRfcCtrl *session;
        uint32_t ivlen;
        size_t room;
    } rooms[] = {
        { &cipher_header, 16, 48 },
        { &seal, 12, 64 },
        { &hash_header, 0, 32 },
        { &mac_header, 0, 16 },
        { &nested_header, 0, 32 },
        { &chain_header, 16, 64 },
    };

    seal.op = VIRTIO_CRYPTO_OP_ENCRYPT;
    for (size_t i = 0; i < ARRAY_SIZE(rooms); i++) {
        QVirtioCryptoRfcData header = {
            .mode = rooms[i].session->alg,
            .ivlen = rooms[i].ivlen,
            .len = 48,
            .session_id = create_raw(d, rooms[i].session),
        };

        assert_data(d, header, 0, VIRTIO_CRYPTO_ERR);
        assert_data(d, header, rooms[i].room / 2, VIRTIO_CRYPTO_ERR);
        assert_data(d, header, rooms[i].room - 1, VIRTIO_CRYPTO_ERR);
        assert_data(d, header, rooms[i].room, VIRTIO_CRYPTO_OK);
        assert_data(d, header, rooms[i].room + 100, VIRTIO_CRYPTO_OK);
    }
    qvirtio_crypto_stop(d);
}

/* No tag, and one that is wrong in any bit: only the status is written */
static void test_aead(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    g_autoptr(GPtrArray) examples = examples_new();
    Example *example = examples_find(examples, "gcm-decrypt");
    QVirtioCryptoOp op = example->op;
    g_autofree uint8_t *src = g_memdup2(op.src, op.src_bytes);

    op.session = qvirtio_crypto_create(d, &example->session);
    op.src = src;
    g_assert_cmpint(qvirtio_crypto_status(d, 0, &op), ==, VIRTIO_CRYPTO_OK);
    for (size_t bit = 0; bit < 8 * 16; bit++) {
        uint8_t *byte = &src[op.src_bytes - 16 + bit / 8];

        *byte ^= 1 << bit % 8;
        g_assert_cmpint(qvirtio_crypto_status(d, 0, &op), ==,
                        VIRTIO_CRYPTO_BADMSG);
        *byte ^= 1 << bit % 8;
    }
    for (op.src_len = 0; op.src_len < 16; op.src_len++) {
        op.src_bytes = op.src_len;
        g_assert_cmpint(qvirtio_crypto_status(d, 0, &op), ==,
                        VIRTIO_CRYPTO_ERR);
    }
    op.src_bytes = op.src_len = 16;
    g_assert_cmpint(qvirtio_crypto_status(d, 0, &op), ==,
                    VIRTIO_CRYPTO_BADMSG);
    qvirtio_crypto_stop(d);
}

static void register_tests(void)
{
    static const struct {
        const char *name;
        QOSTestFunc function;
    } tests[] = {
        { "rfc/config", test_config },
        { "rfc/types", test_types },
        { "rfc/services", test_services },
        { "rfc/no-service", test_no_service },
        { "rfc/algorithms", test_algorithms },
        { "rfc/fields", test_fields },
        { "rfc/chained-hash", test_chained_hash },
        { "rfc/created-room", test_created_room },
        { "rfc/destroy", test_destroy },
        { "rfc/mode", test_mode },
        { "rfc/reserved", test_reserved },
        { "rfc/lengths", test_lengths },
        { "rfc/aead-vectors", test_aead_vectors },
        { "rfc/room", test_room },
        { "rfc/aead", test_aead },
    };
    QOSGraphTestOptions modern = {
        .edge.extra_device_opts = "disable-legacy=on",
    };

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        add_crypto_test(tests[i].name, "virtio-crypto-rfc", tests[i].function,
                        NULL);
    }
    add_crypto_test("rfc/size-max", "virtio-crypto-rfc", test_size_max,
                    &small_requests);
    add_crypto_test("rfc/num-dataqs", "virtio-crypto-rfc", test_num_dataqs,
                    &many_queues);
    add_crypto_test("rfc-pci/transitional", "virtio-crypto-rfc-pci",
                    test_transitional, NULL);
    add_crypto_test("rfc-pci/legacy", "virtio-crypto-rfc-legacy-pci",
                    test_legacy, NULL);
    qos_add_test("rfc-pci/modern", "virtio-crypto-rfc-pci", test_modern,
                 &modern);
}

libqos_init(register_tests);
