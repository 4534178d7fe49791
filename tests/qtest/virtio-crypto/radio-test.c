/*
 * Tests of virtio-crypto: the algorithms of mobile networks
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Not every backend has them.  One that lacks an algorithm must refuse it.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "qobject/qdict.h"
#include "qobject/qlist.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "cipher-reference.h"
#include "digest-reference.h"
#include "known.h"
#include "options.h"
#include "rsp.h"

#define INDIRECT    (1ull << VIRTIO_RING_F_INDIRECT_DESC)

static const uint8_t some_key[16] = "0123456789abcdef";
static const uint8_t some_iv[16] = "fedcba9876543210";

static const QVirtioCryptoShape shapes[] = {
    { },
    { .indirect = true, .in_place = true },
    { .indirect = true, .piece = 7 },
    { .indirect = true, .piece = 1000, .joined = true },
    { .indirect = true, .in_place = true, .piece = 333 },
};

static QVirtioCryptoDriver *start(void *obj, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    return qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);
}

static QDict *first_of(QDict *dict, const char *list)
{
    return qobject_to(QDict, qlist_entry_obj(qlist_first(
        qdict_get_qlist(dict, list))));
}

/*
 * Whether the backend says that it has an algorithm: none has but that on
 * ipsec-mb
 */
static bool backend_has(QVirtioCryptoDriver *d, const char *name)
{
    QDict *reply = qtest_qmp(d->qts, "{ 'execute': 'query-cryptodev' }");
    QDict *info = first_of(reply, "return");
    const char *type = qdict_get_str(first_of(info, "client"), "type");
    const QListEntry *entry;
    bool has = false;

    QLIST_FOREACH_ENTRY(qdict_get_qlist(info, "algorithms"), entry) {
        QDict *algorithm = qobject_to(QDict, qlist_entry_obj(entry));

        has |= g_str_equal(qdict_get_str(algorithm, "name"), name);
    }
    if (g_str_equal(type, "ipsec-mb")) {
        if (!has) {
            g_test_skip("the library does not work on this processor");
        }
    } else {
        g_assert_false(has);
    }
    qobject_unref(reply);
    return has;
}

/* The session's id; or no session, which the backend must be right to refuse */
static bool create(QVirtioCryptoDriver *d, const char *name,
                   const QVirtioCryptoSession *session, uint64_t *id)
{
    bool has = backend_has(d, name);

    g_assert_cmpint(qvirtio_crypto_try_create(d, session, id), ==,
                    has ? VIRTIO_CRYPTO_OK : VIRTIO_CRYPTO_NOTSUPP);
    return has;
}

static void run(QVirtioCryptoDriver *d, const QVirtioCryptoOp *op,
                const QVirtioCryptoShape *shape, const GByteArray *result)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_run(d, 0, op, shape);

    if (result) {
        g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
        g_assert_cmpmem(req->written->data, req->written->len, result->data,
                        result->len);
        g_assert_cmpint(req->used, ==, result->len + 1);
    } else {
        g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_ERR);
    }
    qvirtio_crypto_request_free(req, d->alloc);
}

static void check_cipher(QVirtioCryptoDriver *d, const CipherAlgo *algo,
                         const KnownBytes *known, bool encrypt)
{
    const GByteArray *src = encrypt ? known->plain : known->cipher;
    const GByteArray *dst = encrypt ? known->cipher : known->plain;
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(algo->number, encrypt, known->key->data,
                              known->key->len);
    uint64_t id;

    if (!create(d, algo->name, &session, &id)) {
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
        QVirtioCryptoOp op =
            qvirtio_crypto_cipher_op(id, encrypt, known->iv->data,
                                     known->iv->len, src->data, src->len);

        run(d, &op, &shapes[i], dst);
    }
    qvirtio_crypto_destroy(d, &session, id);
}

/* What others have published */
static void test_known(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    const CipherAlgo *algo = radio_ciphers;

    for (; algo->name; algo++) {
        const KnownAnswer *answer = radio_answers;

        for (; answer->name; answer++) {
            if (answer->algo == algo->number) {
                KnownBytes *known = known_decode(answer);

                check_cipher(d, algo, known, true);
                check_cipher(d, algo, known, false);
                known_bytes_free(known);
            }
        }
    }
    qvirtio_crypto_stop(d);
}

static void check_mac(QVirtioCryptoDriver *d, const DigestAlgo *algo,
                      const GByteArray *key, const GByteArray *src,
                      const GByteArray *mac)
{
    QVirtioCryptoSession session =
        qvirtio_crypto_mac(algo->number, algo->len, key->data, key->len);
    uint64_t id;

    if (!create(d, algo->name, &session, &id)) {
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
        QVirtioCryptoShape shape = shapes[i];
        QVirtioCryptoOp op =
            qvirtio_crypto_mac_op(id, src->data, src->len, algo->len);

        shape.in_place = false;
        run(d, &op, &shape, mac);
    }
    qvirtio_crypto_destroy(d, &session, id);
}

static void test_known_macs(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);

    for (const DigestAlgo *algo = radio_macs; algo->name; algo++) {
        const KnownMac *known = radio_mac_answers;

        for (; known->key; known++) {
            g_autoptr(GByteArray) key = hex_to_bytes(known->key);
            g_autoptr(GByteArray) src = hex_to_bytes(known->vector);
            g_autoptr(GByteArray) message = hex_to_bytes(known->message);
            g_autoptr(GByteArray) mac = NULL;

            if (known->algo != algo->number) {
                continue;
            }
            g_byte_array_append(src, message->data, message->len);
            mac = known->bits % 8 == 0
                  ? hex_to_bytes(known->mac)
                  : reference_mac(algo, key->data, key->len, src->data,
                                  src->len);
            check_mac(d, algo, key, src, mac);
        }
    }
    qvirtio_crypto_stop(d);
}

/* A MAC of @len bytes, which may be too short or too long */
static void check_mac_len(QVirtioCryptoDriver *d, const DigestAlgo *algo,
                          uint64_t id, size_t len)
{
    g_autofree uint8_t *src = g_malloc0(len + 1);
    g_autoptr(GByteArray) mac = NULL;
    QVirtioCryptoOp op = qvirtio_crypto_mac_op(id, src, len, algo->len);
    const QVirtioCryptoShape shape = { .indirect = true };

    if (len >= algo->source_min && len <= algo->source_max) {
        mac = reference_mac(algo, some_key, sizeof(some_key), src, len);
    }
    run(d, &op, &shape, mac);
}

static void test_mac_lengths(void *obj, void *data, QGuestAllocator *alloc)
{
    static const size_t lens[] = {
        0, 1, 8, 9, 10, 15, 16, 17, 18, 2499, 2500, 2501, 8203, 8204, 8205,
        100000,
    };
    QVirtioCryptoDriver *d = start(obj, alloc);

    for (const DigestAlgo *algo = radio_macs; algo->name; algo++) {
        QVirtioCryptoSession session =
            qvirtio_crypto_mac(algo->number, algo->len, some_key,
                               sizeof(some_key));
        uint64_t id;

        if (!create(d, algo->name, &session, &id)) {
            continue;
        }
        for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
            check_mac_len(d, algo, id, lens[i]);
        }
        qvirtio_crypto_destroy(d, &session, id);
    }
    qvirtio_crypto_stop(d);
}

/* A request of @len bytes; a vector that is too short; or one too long */
static void check_len(QVirtioCryptoDriver *d, const CipherAlgo *algo,
                      uint64_t id, size_t len)
{
    g_autoptr(GByteArray) key = g_byte_array_new();
    g_autoptr(GByteArray) iv = g_byte_array_new();
    g_autofree uint8_t *src = g_malloc0(len + 1);
    g_autoptr(GByteArray) dst = NULL;
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(id, true, some_iv, algo->iv_len, src, len);
    const QVirtioCryptoShape shape = { .indirect = true };

    g_byte_array_append(key, some_key, sizeof(some_key));
    g_byte_array_append(iv, some_iv, algo->iv_len);
    if (!algo->source_max || len <= algo->source_max) {
        dst = reference_cipher(algo, true, key, iv, src, len);
    }
    run(d, &op, &shape, dst);
    op = qvirtio_crypto_cipher_op(id, true, some_iv, algo->iv_len - 1, src,
                                  len);
    run(d, &op, &shape, NULL);
}

static void test_lengths(void *obj, void *data, QGuestAllocator *alloc)
{
    static const size_t lens[] = {
        0, 1, 2499, 2500, 2501, 8187, 8188, 8189, 100000,
    };
    QVirtioCryptoDriver *d = start(obj, alloc);

    for (const CipherAlgo *algo = radio_ciphers; algo->name; algo++) {
        QVirtioCryptoSession session =
            qvirtio_crypto_cipher(algo->number, true, some_key,
                                  sizeof(some_key));
        uint64_t id;

        if (!create(d, algo->name, &session, &id)) {
            continue;
        }
        for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
            check_len(d, algo, id, lens[i]);
        }
        qvirtio_crypto_destroy(d, &session, id);
    }
    qvirtio_crypto_stop(d);
}

/* No other keys, and no chains */
static void test_refused(void *obj, void *data, QGuestAllocator *alloc)
{
    static const uint8_t key[33];
    QVirtioCryptoDriver *d = start(obj, alloc);
    uint64_t id;

    for (const CipherAlgo *algo = radio_ciphers; algo->name; algo++) {
        QVirtioCryptoSession cipher, session;

        for (size_t len = 1; len <= sizeof(key); len++) {
            session = qvirtio_crypto_cipher(algo->number, true, key, len);
            if (len != sizeof(some_key)) {
                g_assert_cmpint(qvirtio_crypto_try_create(d, &session, &id),
                                ==, VIRTIO_CRYPTO_NOTSUPP);
            }
        }
        cipher = qvirtio_crypto_cipher(algo->number, true, some_key,
                                       sizeof(some_key));
        session = qvirtio_crypto_chain(
            &cipher, VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER,
            VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH, VIRTIO_CRYPTO_MAC_HMAC_SHA1, 20,
            some_key, sizeof(some_key));
        g_assert_cmpint(qvirtio_crypto_try_create(d, &session, &id), ==,
                        VIRTIO_CRYPTO_NOTSUPP);
    }
    qvirtio_crypto_stop(d);
}

static void register_tests(void)
{
    add_crypto_test_both("radio/known", test_known, &shared_ram);
    add_crypto_test_both("radio/known-macs", test_known_macs, &shared_ram);
    add_crypto_test_both("radio/lengths", test_lengths, &shared_ram);
    add_crypto_test_both("radio/mac-lengths", test_mac_lengths, &shared_ram);
    add_crypto_test_both("radio/refused", test_refused, &shared_ram);
}

libqos_init(register_tests);
