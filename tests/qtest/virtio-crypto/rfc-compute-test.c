/*
 * Tests of virtio-crypto: the services of RFC v1 that have operations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Other tests check the operations, without a device; these check requests and
 * answers.  Operands and results are hexadecimal text.
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-rfc.h"
#include "ec-key.h"
#include "options.h"
#include "rfc-computation.h"
#include "rsp.h"

#define ROOM    4096

/* 4 to the power of 13 modulo 497 is 445. */
#define POWER       ALG(LN, EXPONENTIATE)
#define MODULUS     "01f1"
#define RESULT      "01bd"
#define RESULT_LEN  6

static QVirtioCryptoDriver *start(void *obj, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    return qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, SERVICES);
}

static uint64_t create(QVirtioCryptoDriver *d, uint32_t alg, GByteArray *list)
{
    uint64_t id;

    g_assert_cmpint(computation_create(d, alg, list, &id), ==,
                    VIRTIO_CRYPTO_OK);
    return id;
}

static void fail_create(QVirtioCryptoDriver *d, uint32_t alg,
                        GByteArray *list, uint8_t status)
{
    uint64_t id;

    g_assert_cmpint(computation_create(d, alg, list, &id), ==, status);
}

static uint8_t compute(QVirtioCryptoDriver *d, uint32_t mode, uint64_t id,
                       GByteArray *list, GByteArray **written)
{
    return computation_run(d, 0, computation_request(mode, id, ROOM, list),
                           written);
}

static void check(QVirtioCryptoDriver *d, uint32_t mode, uint64_t id,
                  GByteArray *list, GByteArray *expected)
{
    g_autoptr(GByteArray) written = NULL;

    g_assert_cmpint(compute(d, mode, id, list, &written), ==,
                    VIRTIO_CRYPTO_OK);
    g_assert_cmpmem(written->data, written->len, expected->data,
                    expected->len);
    g_byte_array_unref(expected);
}

static void fail(QVirtioCryptoDriver *d, uint32_t mode, uint64_t id,
                 GByteArray *list, uint8_t status)
{
    g_assert_cmpint(compute(d, mode, id, list, NULL), ==, status);
}

/* Without a session */
static void test_stateless(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);

    check(d, POWER, 0, LIST(MODULUS, "04", "0d"), LIST(RESULT));
    /* RFC 5869, appendix A.1 */
    check(d, ALG(KEY, HKDF_EXPAND), 0,
          LIST("04", "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844a"
               "d7c2b3e5", "f0f1f2f3f4f5f6f7f8f9", "2a"),
          LIST("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5"
               "bf34007208d5b887185865"));
    check(d, ALG(PRIME, TEST), 0, LIST("07ff", "02", "00", ""), LIST("01"));
    check(d, ALG(PRIME, TEST), 0, LIST("07ff", "04", "00", ""), LIST("00"));
    check(d, ALG(EC, VERIFY), 0, LIST("03", "01", "01"), LIST("00"));
    check(d, ALG(RAND, SEED), 0, LIST("0123"), LIST());
    qvirtio_crypto_stop(d);
}

static void test_session(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    uint64_t id = create(d, ALG(ECDSA, SIGN_RS), LIST("03", p256_d));

    for (int i = 0; i < 3; i++) {
        check(d, ALG(ECDSA, SIGN_RS), id, LIST("", p256_digest),
              LIST(p256_r, p256_s));
    }
    qvirtio_crypto_stop(d);
}

static void test_drbg(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    uint64_t id = create(d, ALG(DRBG, INSTANTIATE), LIST("80", "01", ""));
    g_autoptr(GByteArray) one = NULL;
    g_autoptr(GByteArray) two = NULL;

    g_assert_cmpint(compute(d, ALG(DRBG, GENERATE), id,
                            LIST("20", "80", "01", ""), &one), ==,
                    VIRTIO_CRYPTO_OK);
    check(d, ALG(DRBG, RESEED), id, LIST("11"), LIST());
    g_assert_cmpint(compute(d, ALG(DRBG, GENERATE), id,
                            LIST("20", "80", "00", ""), &two), ==,
                    VIRTIO_CRYPTO_OK);
    g_assert_cmpint(one->len, ==, 4 + 0x20);
    g_assert_cmpint(two->len, ==, 4 + 0x20);
    g_assert_cmpint(memcmp(one->data, two->data, one->len), !=, 0);
    fail(d, ALG(DRBG, INSTANTIATE), id, LIST("80", "01", ""),
         VIRTIO_CRYPTO_NOTSUPP);
    qvirtio_crypto_stop(d);
}

/* Lists that end too early, or are too long */
static void test_lists(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    GByteArray *list = LIST(MODULUS, "04", "0d");
    g_autoptr(GByteArray) operands = LIST("03", p256_d);
    uint32_t huge = UINT32_MAX;
    GByteArray *many;

    for (guint len = 0; len < list->len; len++) {
        GByteArray *part = g_byte_array_new();

        g_byte_array_append(part, list->data, len);
        fail(d, POWER, 0, part, VIRTIO_CRYPTO_ERR);
    }
    for (guint len = 0; len < operands->len; len++) {
        GByteArray *part = g_byte_array_new();

        g_byte_array_append(part, operands->data, len);
        fail_create(d, ALG(ECDSA, SIGN_RS), part, VIRTIO_CRYPTO_ERR);
    }
    memcpy(list->data, &huge, sizeof(huge));
    fail(d, POWER, 0, list, VIRTIO_CRYPTO_ERR);
    many = g_byte_array_new();
    g_byte_array_set_size(many, 13 * 4);
    memset(many->data, 0, many->len);
    fail(d, POWER, 0, many, VIRTIO_CRYPTO_ERR);
    many = g_byte_array_new();
    g_byte_array_set_size(many, 200 * 1024);
    memset(many->data, 0, many->len);
    fail(d, POWER, 0, many, VIRTIO_CRYPTO_ERR);
    check(d, POWER, 0, LIST(MODULUS, "04", "0d"), LIST(RESULT));
    qvirtio_crypto_stop(d);
}

static uint8_t compute_into(QVirtioCryptoDriver *d, size_t room)
{
    return computation_run(d, 0,
                           computation_request(POWER, 0, room,
                                               LIST(MODULUS, "04", "0d")),
                           NULL);
}

/* Results fit, or are an error and not written */
static void test_room(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);

    for (size_t room = 0; room < RESULT_LEN; room++) {
        g_assert_cmpint(compute_into(d, room), ==, VIRTIO_CRYPTO_ERR);
    }
    g_assert_cmpint(compute_into(d, RESULT_LEN), ==, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_stop(d);
}

/* Sessions that do not exist, or of another operation or service */
static void test_sessions(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    uint32_t sign = ALG(ECDSA, SIGN_RS);
    uint64_t id = create(d, sign, LIST("03", p256_d));
    uint64_t other = create(d, ALG(DH, SHARED_SECRET),
                            LIST("fffffffffffffffffffffffffffffffffffffffffff"
                                 "fffffffffffffffffffffffffffffffffffffffffff"
                                 "fffffffffffffffffffffffffffffffffffffffffff"
                                 "fffffffffffffffffffffffffffffffffffffffffff"
                                 "ffffffffffffffffffff"));
    QVirtioCryptoSession aes =
        qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, true,
                              (const uint8_t *)"0123456789abcdef", 16);
    uint64_t cipher = qvirtio_crypto_create(d, &aes);

    fail(d, sign, 0, LIST("", p256_digest), VIRTIO_CRYPTO_ERR);
    fail(d, sign, id + 1000, LIST("", p256_digest), VIRTIO_CRYPTO_ERR);
    fail(d, sign, other, LIST("", p256_digest), VIRTIO_CRYPTO_ERR);
    fail(d, sign, cipher, LIST("", p256_digest), VIRTIO_CRYPTO_ERR);
    fail(d, ALG(ECDSA, SIGN_R), id, LIST("05"), VIRTIO_CRYPTO_ERR);
    fail(d, POWER, id, LIST(MODULUS, "04", "0d"), VIRTIO_CRYPTO_ERR);
    /* A cipher's request on a session for computations */
    fail(d, QVIRTIO_CRYPTO_RFC_SYM(ABLKCIPHER, VIRTIO_CRYPTO_CIPHER_AES_CBC),
         id, LIST(""), VIRTIO_CRYPTO_ERR);
    check(d, sign, id, LIST("", p256_digest), LIST(p256_r, p256_s));
    qvirtio_crypto_stop(d);
}

/* Operations, types and sizes that the device lacks */
static void test_unsupported(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);

    for (uint32_t service = VIRTIO_CRYPTO_RFC_F_DH;
         service <= VIRTIO_CRYPTO_RFC_F_RAND; service++) {
        fail(d, QVIRTIO_CRYPTO_RFC_ALG(service, 0, 0), 0, LIST(),
             VIRTIO_CRYPTO_NOTSUPP);
        fail(d, QVIRTIO_CRYPTO_RFC_ALG(service, 0, 100), 0, LIST(),
             VIRTIO_CRYPTO_NOTSUPP);
        fail(d, QVIRTIO_CRYPTO_RFC_ALG(service, 1, 1), 0, LIST(),
             VIRTIO_CRYPTO_NOTSUPP);
        fail_create(d, QVIRTIO_CRYPTO_RFC_ALG(service, 0, 100), LIST(),
                    VIRTIO_CRYPTO_NOTSUPP);
        fail_create(d, QVIRTIO_CRYPTO_RFC_ALG(service, 1, 1), LIST(),
                    VIRTIO_CRYPTO_NOTSUPP);
    }
    fail_create(d, POWER, LIST(MODULUS), VIRTIO_CRYPTO_NOTSUPP);
    fail_create(d, ALG(DH, SHARED_SECRET), LIST("0101"),
                VIRTIO_CRYPTO_NOTSUPP);
    fail_create(d, ALG(ECDSA, SIGN_RS), LIST("09", "05"),
                VIRTIO_CRYPTO_NOTSUPP);
    qvirtio_crypto_stop(d);
}

/* A service that the driver has not accepted */
static void test_not_accepted(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);

    d->features &= ~BIT_ULL(VIRTIO_CRYPTO_RFC_F_LN);
    qvirtio_crypto_restart(d);
    fail(d, POWER, 0, LIST(MODULUS, "04", "0d"), VIRTIO_CRYPTO_NOTSUPP);
    d->features |= BIT_ULL(VIRTIO_CRYPTO_RFC_F_LN);
    qvirtio_crypto_restart(d);
    check(d, POWER, 0, LIST(MODULUS, "04", "0d"), LIST(RESULT));
    qvirtio_crypto_stop(d);
}

/* While the slowest operation runs, others on its queue are answered. */
static void test_slow(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    QVirtioCryptoShape shape = { };
    QVirtioCryptoRequest *slow =
        computation_request(ALG(RSA, GENERATE), 0, ROOM,
                            LIST("010001", "1000"));
    uint8_t key[16] = { };
    QVirtioCryptoSession aes =
        qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, true, key,
                              sizeof(key));
    uint64_t id = qvirtio_crypto_create(d, &aes);

    qvirtio_crypto_submit(d, 0, slow, &shape);
    for (int i = 0; i < 10; i++) {
        QVirtioCryptoRequest *req = qvirtio_crypto_request_new();
        QVirtioCryptoRfcData header = {
            .mode = QVIRTIO_CRYPTO_RFC_SYM(ABLKCIPHER,
                                           VIRTIO_CRYPTO_CIPHER_AES_CBC),
            .ivlen = 16, .len = 16, .session_id = id,
        };

        qvirtio_crypto_rfc_add_data(req, &header);
        qvirtio_crypto_request_add(req, key, sizeof(key));
        qvirtio_crypto_request_add(req, key, sizeof(key));
        req->room = 16;
        g_assert_cmpint(computation_run(d, 0, req, NULL), ==, VIRTIO_CRYPTO_OK);
        g_assert_false(slow->done);
    }
    qvirtio_crypto_wait(d, 0, slow);
    g_assert_cmpint(slow->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpint(slow->written->len, ==,
                    8 * 4 + 2 * 512 + 3 + 5 * 256);
    qvirtio_crypto_request_free(slow, d->alloc);
    qvirtio_crypto_stop(d);
}

/* Reset while operations run and wait */
static void test_reset(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    QVirtioCryptoShape shape = { };

    for (int i = 0; i < 8; i++) {
        qvirtio_crypto_submit(d, 0,
                              computation_request(ALG(RSA, GENERATE), 0, ROOM,
                                                  LIST("010001", "0800")),
                              &shape);
    }
    qvirtio_crypto_restart(d);
    check(d, POWER, 0, LIST(MODULUS, "04", "0d"), LIST(RESULT));
    qvirtio_crypto_stop(d);
}

static void register_tests(void)
{
    const struct {
        const char *name;
        QOSTestFunc run;
    } tests[] = {
        { "rfc-compute/stateless", test_stateless },
        { "rfc-compute/session", test_session },
        { "rfc-compute/drbg", test_drbg },
        { "rfc-compute/lists", test_lists },
        { "rfc-compute/room", test_room },
        { "rfc-compute/sessions", test_sessions },
        { "rfc-compute/unsupported", test_unsupported },
        { "rfc-compute/not-accepted", test_not_accepted },
        { "rfc-compute/slow", test_slow },
        { "rfc-compute/reset", test_reset },
    };

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        add_crypto_test(tests[i].name, "virtio-crypto-rfc", tests[i].run,
                        &shared_ram);
    }
}

libqos_init(register_tests);
