/*
 * Tests of virtio-crypto: configuration space, and that it tells the truth
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "qemu/module.h"
#include "qemu/units.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "options.h"
#include "rsp.h"

#define CONFIG(field) offsetof(struct virtio_crypto_config, field)

/* Lengths of a request that an algorithm takes */
typedef struct Sample {
    uint32_t number;
    size_t key_len;
    size_t iv_len;
    size_t len;     /* of the source; of a hash, a MAC or a tag */
} Sample;

static const Sample ciphers[] = {
    { VIRTIO_CRYPTO_CIPHER_ARC4, 16, 0, 16 },
    { VIRTIO_CRYPTO_CIPHER_AES_ECB, 16, 0, 16 },
    { VIRTIO_CRYPTO_CIPHER_AES_CBC, 16, 16, 16 },
    { VIRTIO_CRYPTO_CIPHER_AES_CTR, 16, 16, 16 },
    { VIRTIO_CRYPTO_CIPHER_DES_ECB, 8, 0, 16 },
    { VIRTIO_CRYPTO_CIPHER_DES_CBC, 8, 8, 16 },
    { VIRTIO_CRYPTO_CIPHER_3DES_ECB, 24, 0, 16 },
    { VIRTIO_CRYPTO_CIPHER_3DES_CBC, 24, 8, 16 },
    { VIRTIO_CRYPTO_CIPHER_3DES_CTR, 24, 8, 16 },
    { VIRTIO_CRYPTO_CIPHER_AES_F8, 32, 16, 16 },
    { VIRTIO_CRYPTO_CIPHER_AES_XTS, 32, 16, 16 },
    { }
};

static const Sample hashes[] = {
    { VIRTIO_CRYPTO_HASH_MD5, 0, 0, 16 },
    { VIRTIO_CRYPTO_HASH_SHA1, 0, 0, 20 },
    { VIRTIO_CRYPTO_HASH_SHA_224, 0, 0, 28 },
    { VIRTIO_CRYPTO_HASH_SHA_256, 0, 0, 32 },
    { VIRTIO_CRYPTO_HASH_SHA_384, 0, 0, 48 },
    { VIRTIO_CRYPTO_HASH_SHA_512, 0, 0, 64 },
    { VIRTIO_CRYPTO_HASH_SHA3_224, 0, 0, 28 },
    { VIRTIO_CRYPTO_HASH_SHA3_256, 0, 0, 32 },
    { VIRTIO_CRYPTO_HASH_SHA3_384, 0, 0, 48 },
    { VIRTIO_CRYPTO_HASH_SHA3_512, 0, 0, 64 },
    { VIRTIO_CRYPTO_HASH_SHA3_SHAKE128, 0, 0, 1000 },
    { VIRTIO_CRYPTO_HASH_SHA3_SHAKE256, 0, 0, 1000 },
    { }
};

static const Sample macs[] = {
    { VIRTIO_CRYPTO_MAC_HMAC_MD5, 16, 0, 16 },
    { VIRTIO_CRYPTO_MAC_HMAC_SHA1, 16, 0, 20 },
    { VIRTIO_CRYPTO_MAC_HMAC_SHA_224, 16, 0, 28 },
    { VIRTIO_CRYPTO_MAC_HMAC_SHA_256, 16, 0, 32 },
    { VIRTIO_CRYPTO_MAC_HMAC_SHA_384, 16, 0, 48 },
    { VIRTIO_CRYPTO_MAC_HMAC_SHA_512, 16, 0, 64 },
    { VIRTIO_CRYPTO_MAC_CMAC_3DES, 24, 0, 8 },
    { VIRTIO_CRYPTO_MAC_CMAC_AES, 16, 0, 16 },
    { VIRTIO_CRYPTO_MAC_GMAC_AES, 16, 0, 16 },
    { VIRTIO_CRYPTO_MAC_GMAC_TWOFISH, 16, 0, 16 },
    { VIRTIO_CRYPTO_MAC_CBCMAC_AES, 16, 0, 16 },
    { VIRTIO_CRYPTO_MAC_XCBC_AES, 16, 0, 16 },
    { }
};

static const Sample aeads[] = {
    { VIRTIO_CRYPTO_AEAD_GCM, 16, 12, 16 },
    { VIRTIO_CRYPTO_AEAD_CCM, 16, 13, 16 },
    { VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305, 32, 12, 16 },
    { }
};

static const Sample akciphers[] = {
    { VIRTIO_CRYPTO_AKCIPHER_RSA },
    { VIRTIO_CRYPTO_AKCIPHER_DSA },
    { VIRTIO_CRYPTO_AKCIPHER_ECDSA },
    { }
};

static uint64_t bits(const Sample *samples)
{
    uint64_t mask = 0;

    for (; samples->number; samples++) {
        mask |= BIT_ULL(samples->number);
    }
    return mask;
}

static QVirtioCryptoDriver *start(void *obj, QGuestAllocator *alloc,
                                  uint64_t features)
{
    QVirtioCrypto *crypto = obj;

    return qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, features);
}

static void assert_config(QVirtioDevice *vdev, size_t offset, uint32_t value)
{
    g_assert_cmphex(qvirtio_config_readl(vdev, offset), ==, value);
}

static void test_space(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);

    assert_config(d->vdev, CONFIG(status), VIRTIO_CRYPTO_S_HW_READY);
    assert_config(d->vdev, CONFIG(max_dataqueues), 1);
    assert_config(d->vdev, CONFIG(crypto_services),
                  BIT(VIRTIO_CRYPTO_SERVICE_CIPHER) |
                  BIT(VIRTIO_CRYPTO_SERVICE_HASH) |
                  BIT(VIRTIO_CRYPTO_SERVICE_MAC) |
                  BIT(VIRTIO_CRYPTO_SERVICE_AEAD) |
                  BIT(VIRTIO_CRYPTO_SERVICE_AKCIPHER));
    assert_config(d->vdev, CONFIG(cipher_algo_l), bits(ciphers));
    assert_config(d->vdev, CONFIG(cipher_algo_h), 0);
    assert_config(d->vdev, CONFIG(hash_algo), bits(hashes));
    assert_config(d->vdev, CONFIG(mac_algo_l), bits(macs));
    assert_config(d->vdev, CONFIG(mac_algo_h), bits(macs) >> 32);
    assert_config(d->vdev, CONFIG(aead_algo), bits(aeads));
    assert_config(d->vdev, CONFIG(max_cipher_key_len), 256);
    assert_config(d->vdev, CONFIG(max_auth_key_len), 1024);
    assert_config(d->vdev, CONFIG(akcipher_algo), bits(akciphers));
    assert_config(d->vdev, CONFIG(max_size), 4 * MiB);
    assert_config(d->vdev, CONFIG(max_size) + 4, 0);
    qvirtio_crypto_stop(d);
}

static const CryptoOptions request_size_options = {
    .device = "max-request-size=4096",
};

static void test_request_size(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);

    assert_config(d->vdev, CONFIG(max_size), 4096);
    assert_config(d->vdev, CONFIG(max_size) + 4, 0);
    qvirtio_crypto_stop(d);
}

static void test_features(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    uint64_t offered = qvirtio_get_features(crypto->vdev);

    g_assert_cmphex(offered & 0xffffff, ==,
                    BIT(QVIRTIO_CRYPTO_F_REVISION_1) |
                    BIT(QVIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE) |
                    BIT(QVIRTIO_CRYPTO_F_HASH_STATELESS_MODE) |
                    BIT(QVIRTIO_CRYPTO_F_MAC_STATELESS_MODE) |
                    BIT(QVIRTIO_CRYPTO_F_AEAD_STATELESS_MODE) |
                    BIT(QVIRTIO_CRYPTO_F_AKCIPHER_STATELESS_MODE));
    g_assert_cmphex(offered & BIT_ULL(VIRTIO_RING_F_INDIRECT_DESC), !=, 0);
    g_assert_cmphex(offered & BIT_ULL(VIRTIO_RING_F_EVENT_IDX), !=, 0);
}

static const uint8_t zeros[256];

/* One session of a service by the algorithm's number, which may be unknown */
typedef QVirtioCryptoSession MakeSession(const Sample *sample);

static QVirtioCryptoSession make_cipher(const Sample *sample)
{
    return qvirtio_crypto_cipher(sample->number, true, zeros,
                                 sample->key_len);
}

static QVirtioCryptoSession make_hash(const Sample *sample)
{
    return qvirtio_crypto_hash(sample->number, sample->len);
}

static QVirtioCryptoSession make_mac(const Sample *sample)
{
    return qvirtio_crypto_mac(sample->number, sample->len, zeros,
                              sample->key_len);
}

static QVirtioCryptoSession make_aead(const Sample *sample)
{
    return qvirtio_crypto_aead(sample->number, true, sample->len, zeros,
                               sample->key_len);
}

/* Unlike ECDSA, an algorithm of an unknown number has no parameters */
static QVirtioCryptoSession make_akcipher(const Sample *sample)
{
    QVirtioCryptoSession session = qvirtio_crypto_dsa(true, zeros, 1);

    session.algo = sample->number;
    return session;
}

/* Every number that has no bit, and some that have no place for one */
static void check_unset(QVirtioCryptoDriver *d, uint64_t mask,
                        MakeSession *make, const Sample *sample)
{
    const uint32_t beyond[] = { 64, 65, 255, 256, 0x10001, 0xffffffff };
    Sample unknown = *sample;
    uint64_t id;

    for (size_t i = 0; i < 64 + ARRAY_SIZE(beyond); i++) {
        QVirtioCryptoSession session;

        unknown.number = i < 64 ? i : beyond[i - 64];
        if (unknown.number < 64 && mask & BIT_ULL(unknown.number)) {
            continue;
        }
        session = make(&unknown);
        g_assert_cmpint(qvirtio_crypto_try_create(d, &session, &id), ==,
                        VIRTIO_CRYPTO_NOTSUPP);
    }
}

static uint64_t read_mask(QVirtioCryptoDriver *d, size_t low, size_t high)
{
    uint64_t mask = qvirtio_config_readl(d->vdev, low);

    if (high) {
        mask |= (uint64_t)qvirtio_config_readl(d->vdev, high) << 32;
    }
    return mask;
}

static void check_all_unset(QVirtioCryptoDriver *d)
{
    check_unset(d, read_mask(d, CONFIG(cipher_algo_l), CONFIG(cipher_algo_h)),
                make_cipher, &ciphers[2]);
    check_unset(d, read_mask(d, CONFIG(hash_algo), 0), make_hash, &hashes[0]);
    check_unset(d, read_mask(d, CONFIG(mac_algo_l), CONFIG(mac_algo_h)),
                make_mac, &macs[0]);
    check_unset(d, read_mask(d, CONFIG(aead_algo), 0), make_aead, &aeads[0]);
    check_unset(d, read_mask(d, CONFIG(akcipher_algo), 0), make_akcipher,
                &akciphers[0]);
}

/* No opcode creates a session of a service whose bit is not set */
static void check_unset_services(QVirtioCryptoDriver *d)
{
    uint32_t services = qvirtio_config_readl(d->vdev, CONFIG(crypto_services));
    QVirtioCryptoSession session = make_cipher(&ciphers[2]);
    uint64_t id;

    for (uint32_t service = 0; service < 32; service++) {
        if (services & BIT(service)) {
            continue;
        }
        for (uint32_t op = 0; op < 8; op++) {
            session.opcode = VIRTIO_CRYPTO_OPCODE(service, op);
            g_assert_cmpint(qvirtio_crypto_try_create(d, &session, &id), ==,
                            VIRTIO_CRYPTO_NOTSUPP);
        }
    }
}

static void test_unset(void *obj, void *data, QGuestAllocator *alloc)
{
    const uint64_t features[] = { 0, BIT_ULL(QVIRTIO_CRYPTO_F_REVISION_1) };

    for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
        QVirtioCryptoDriver *d = start(obj, alloc, features[i]);

        check_all_unset(d);
        check_unset_services(d);
        qvirtio_crypto_stop(d);
    }
}

/* Creates a session, runs one request on it, and destroys it */
static void run_session(QVirtioCryptoDriver *d,
                        const QVirtioCryptoSession *session,
                        QVirtioCryptoOp op)
{
    op.session = qvirtio_crypto_create(d, session);
    g_assert_cmpint(qvirtio_crypto_status(d, 0, &op), ==, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_destroy(d, session, op.session);
}

static void run_sample(QVirtioCryptoDriver *d, MakeSession *make,
                       const Sample *sample)
{
    QVirtioCryptoSession session = make(sample);
    size_t len = sample->len;
    QVirtioCryptoOp op;

    if (make == make_cipher) {
        op = qvirtio_crypto_cipher_op(0, true, zeros, sample->iv_len, zeros,
                                      len);
    } else if (make == make_hash) {
        op = qvirtio_crypto_hash_op(0, zeros, 64, len);
    } else if (make == make_mac) {
        op = qvirtio_crypto_mac_op(0, zeros, 64, len);
    } else {
        op = qvirtio_crypto_aead_op(sample->number, 0, true, zeros,
                                    sample->iv_len, zeros, 20, zeros, 64, len);
    }
    run_session(d, &session, op);
}

/* Signs with a published key, which the vectors have in a file */
static void run_akcipher(QVirtioCryptoDriver *d, const Sample *sample)
{
    const char *file =
        sample->number == VIRTIO_CRYPTO_AKCIPHER_RSA ? "testrsa.der" :
        sample->number == VIRTIO_CRYPTO_AKCIPHER_DSA ? "dsa.1024.der" :
                                                       "ec_private_key.der";
    g_autofree char *name =
        g_build_filename("asymmetric", "DER_Serialization", file, NULL);
    g_autofree char *path = vectors_path(name);
    g_autofree char *key = NULL;
    QVirtioCryptoSession session;
    gsize len;

    g_assert_true(g_file_get_contents(path, &key, &len, NULL));
    if (sample->number == VIRTIO_CRYPTO_AKCIPHER_RSA) {
        session = qvirtio_crypto_rsa(true, VIRTIO_CRYPTO_RSA_PKCS1_PADDING,
                                     VIRTIO_CRYPTO_RSA_SHA1, key, len);
    } else if (sample->number == VIRTIO_CRYPTO_AKCIPHER_DSA) {
        session = qvirtio_crypto_dsa(true, key, len);
    } else {
        session = qvirtio_crypto_ecdsa(true, VIRTIO_CRYPTO_CURVE_NIST_P256,
                                       key, len);
    }
    run_session(d, &session,
                qvirtio_crypto_akcipher_op(VIRTIO_CRYPTO_AKCIPHER_SIGN, 0,
                                           "a digest of 20 bytes", 20, 256));
}

/* Runs the sample of each bit; there must be one */
static void run_set(QVirtioCryptoDriver *d, uint64_t mask, MakeSession *make,
                    const Sample *samples)
{
    uint64_t left = mask;

    for (; samples->number; samples++) {
        if (left & BIT_ULL(samples->number)) {
            left &= ~BIT_ULL(samples->number);
            if (make == make_akcipher) {
                run_akcipher(d, samples);
            } else {
                run_sample(d, make, samples);
            }
        }
    }
    g_assert_cmphex(left, ==, 0);
}

/* Every algorithm bit of an offered service works; others have no bits */
static void run_all_set(QVirtioCryptoDriver *d)
{
    const struct {
        size_t low, high;
        MakeSession *make;
        const Sample *samples;
    } services[] = {
        { CONFIG(cipher_algo_l), CONFIG(cipher_algo_h), make_cipher, ciphers },
        { CONFIG(hash_algo), 0, make_hash, hashes },
        { CONFIG(mac_algo_l), CONFIG(mac_algo_h), make_mac, macs },
        { CONFIG(aead_algo), 0, make_aead, aeads },
        { CONFIG(akcipher_algo), 0, make_akcipher, akciphers },
    };
    uint32_t set = qvirtio_config_readl(d->vdev, CONFIG(crypto_services));

    g_assert_cmphex(set >> ARRAY_SIZE(services), ==, 0);
    for (size_t i = 0; i < ARRAY_SIZE(services); i++) {
        uint64_t mask = read_mask(d, services[i].low, services[i].high);

        g_assert_cmpint(mask != 0, ==, !!(set & BIT(i)));
        run_set(d, mask, services[i].make, services[i].samples);
    }
}

static void test_set(void *obj, void *data, QGuestAllocator *alloc)
{
    const uint64_t features[] = { 0, BIT_ULL(QVIRTIO_CRYPTO_F_REVISION_1) };

    for (size_t i = 0; i < ARRAY_SIZE(features); i++) {
        QVirtioCryptoDriver *d = start(obj, alloc, features[i]);

        run_all_set(d);
        qvirtio_crypto_stop(d);
    }
}

/* The longest keys that configuration space tells of are good, and no longer */
static void test_key_lens(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc, 0);
    uint32_t cipher =
        qvirtio_config_readl(d->vdev, CONFIG(max_cipher_key_len));
    uint32_t auth = qvirtio_config_readl(d->vdev, CONFIG(max_auth_key_len));
    g_autofree uint8_t *key = g_malloc0(MAX(cipher, auth) + 1);

    for (int more = 0; more < 2; more++) {
        uint32_t expected = more ? VIRTIO_CRYPTO_NOTSUPP : VIRTIO_CRYPTO_OK;
        QVirtioCryptoSession sessions[] = {
            qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_ARC4, true, key,
                                  cipher + more),
            qvirtio_crypto_mac(VIRTIO_CRYPTO_MAC_HMAC_SHA1, 20, key,
                               auth + more),
        };
        uint64_t id;

        for (size_t i = 0; i < ARRAY_SIZE(sessions); i++) {
            g_assert_cmpint(qvirtio_crypto_try_create(d, &sessions[i], &id),
                            ==, expected);
        }
    }
    qvirtio_crypto_stop(d);
}

static void register_tests(void)
{
    const char *any = "virtio-crypto";

    add_crypto_test("config/space", any, test_space, NULL);
    add_crypto_test("config/max-request-size", any, test_request_size,
                    &request_size_options);
    add_crypto_test("config/features", any, test_features, NULL);
    add_crypto_test("config/set-bits", any, test_set, NULL);
    add_crypto_test("config/unset-bits", any, test_unset, NULL);
    add_crypto_test("config/key-lengths", any, test_key_lens, NULL);
}

libqos_init(register_tests);
