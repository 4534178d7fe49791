/*
 * Tests of virtio-crypto: output and errors of the monitors
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "qobject/qdict.h"
#include "qobject/qlist.h"
#include "qobject/qstring.h"
#include "options.h"

static const CryptoOptions queues_3 = { .backend = "queues=3" };

#define SERVICES \
    "cipher hash mac aead akcipher dh dsa rsa ec ecdh ecdsa key ln " \
    "prime drbg nrbg rand"
#define OPERATIONS \
    "dh-public-value dh-shared-secret dsa-generate-p dsa-generate-g " \
    "dsa-generate-y dsa-sign-r dsa-sign-s dsa-sign-rs dsa-verify " \
    "rsa-generate rsa-encrypt rsa-decrypt rsa-sign rsa-verify " \
    "ec-multiply ec-multiply-with ec-verify ec-verify-with " \
    "ecdh-shared-point ecdsa-sign-r ecdsa-sign-s ecdsa-sign-rs " \
    "ecdsa-verify ssl3-master-secret ssl3-key-material ssl3-label " \
    "tls1-master-secret tls1-key-material tls1-client-finished " \
    "tls1-server-finished tls1-label tls12-master-secret " \
    "tls12-key-material tls12-client-finished tls12-server-finished " \
    "tls12-label hkdf-extract hkdf-expand hkdf-expand-label mgf1 " \
    "ln-exponentiate ln-invert prime-test drbg-instantiate " \
    "drbg-generate drbg-reseed nrbg-entropy rand-generate rand-seed"
#define ALGORITHMS \
    "arc4 aes-ecb aes-cbc aes-ctr aes-xts aes-f8 des-ecb des-cbc 3des-ecb " \
    "3des-cbc 3des-ctr md5 sha1 sha224 sha256 sha384 sha512 sha3-224 " \
    "sha3-256 sha3-384 sha3-512 shake128 shake256 hmac-md5 hmac-sha1 " \
    "hmac-sha224 hmac-sha256 hmac-sha384 hmac-sha512 cmac-3des cmac-aes " \
    "gmac-aes gmac-twofish cbcmac-aes xcbc-aes aes-gcm aes-ccm " \
    "chacha20-poly1305 rsa dsa ecdsa " OPERATIONS

/* The list @name, of strings or of objects with names, has these words */
static void assert_words(QDict *backend, const char *name,
                         const char *expected)
{
    g_autoptr(GString) words = g_string_new(NULL);
    QListEntry *entry;

    QLIST_FOREACH_ENTRY(qdict_get_qlist(backend, name), entry) {
        QString *word = qobject_to(QString, qlist_entry_obj(entry));
        QDict *named = qobject_to(QDict, qlist_entry_obj(entry));

        g_string_append_printf(words, "%s%s", words->len ? " " : "",
                               word ? qstring_get_str(word) :
                                      qdict_get_str(named, "name"));
    }
    g_assert_cmpstr(words->str, ==, expected);
}

static void assert_queues(QDict *backend, int64_t expected)
{
    int64_t n = 0;
    QListEntry *entry;

    QLIST_FOREACH_ENTRY(qdict_get_qlist(backend, "client"), entry) {
        QDict *queue = qobject_to(QDict, qlist_entry_obj(entry));

        g_assert_cmpint(qdict_get_int(queue, "queue"), ==, n);
        g_assert_cmpstr(qdict_get_str(queue, "type"), ==, "builtin");
        n++;
    }
    g_assert_cmpint(n, ==, expected);
}

/* The one backend; the caller frees @reply */
static QDict *query(QDict **reply)
{
    QList *backends;
    QDict *backend;

    *reply = qtest_qmp(global_qtest, "{ 'execute': 'query-cryptodev' }");
    backends = qdict_get_qlist(*reply, "return");
    g_assert_cmpint(qlist_size(backends), ==, 1);
    backend = qobject_to(QDict, qlist_peek(backends));
    g_assert_cmpstr(qdict_get_str(backend, "id"), ==, "c0");
    return backend;
}

static void test_query(void *obj, void *data, QGuestAllocator *alloc)
{
    QDict *reply;
    QDict *backend = query(&reply);

    assert_words(backend, "service", SERVICES);
    assert_words(backend, "algorithms", ALGORITHMS);
    assert_queues(backend, 3);
    qobject_unref(reply);
}

static void append_algorithms(GString *text, QDict *backend)
{
    QListEntry *entry;

    QLIST_FOREACH_ENTRY(qdict_get_qlist(backend, "algorithms"), entry) {
        QDict *algorithm = qobject_to(QDict, qlist_entry_obj(entry));

        g_string_append_printf(text, "  algorithm: %s/%s\r\n",
                               qdict_get_str(algorithm, "service"),
                               qdict_get_str(algorithm, "name"));
    }
}

/* A line for each fact, with all that QMP shows */
static void test_info(void *obj, void *data, QGuestAllocator *alloc)
{
    g_autofree char *info = qtest_hmp(global_qtest, "info cryptodev");
    g_autoptr(GString) expected = g_string_new("c0:\r\n"
                                               "  queue 0: builtin\r\n"
                                               "  queue 1: builtin\r\n"
                                               "  queue 2: builtin\r\n");
    QDict *reply;
    QDict *backend = query(&reply);
    QDict *device = qdict_get_qdict(backend, "device");

    g_string_append_printf(expected, "  device: %s\r\n"
                                     "  protocol: virtio\r\n"
                                     "  sessions: 0 of 4096\r\n",
                           qdict_get_str(device, "qom-path"));
    append_algorithms(expected, backend);
    g_assert_cmpstr(info, ==, expected->str);
    qobject_unref(reply);
}

/* The path leads to the virtio device */
static void check_path(const char *path)
{
    QDict *reply = qtest_qmp(global_qtest,
        "{ 'execute': 'qom-get', 'arguments': {"
        "  'path': %s, 'property': 'type' } }", path);

    g_assert_cmpstr(qdict_get_str(reply, "return"), ==,
                    "virtio-crypto-device");
    qobject_unref(reply);
}

static void check_sessions(QVirtioCryptoDriver *d, int64_t expected)
{
    QDict *reply;
    QDict *device = qdict_get_qdict(query(&reply), "device");

    g_assert_cmpstr(qdict_get_str(device, "protocol"), ==,
                    d->rfc ? "rfc-v1" : "virtio");
    g_assert_cmpint(qdict_get_int(device, "sessions"), ==, expected);
    g_assert_cmpint(qdict_get_int(device, "max-sessions"), ==, 5);
    check_path(qdict_get_str(device, "qom-path"));
    qobject_unref(reply);
}

static const CryptoOptions sessions_5 = { .device = "max-sessions=5" };

static void test_sessions(void *obj, void *data, QGuestAllocator *alloc)
{
    static const uint8_t key[16];
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, true, key,
                              sizeof(key));
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, 0);
    uint64_t ids[5];

    check_sessions(d, 0);
    for (size_t i = 0; i < ARRAY_SIZE(ids); i++) {
        ids[i] = qvirtio_crypto_create(d, &session);
        check_sessions(d, i + 1);
    }
    qvirtio_crypto_destroy(d, &session, ids[1]);
    qvirtio_crypto_destroy(d, &session, ids[3]);
    check_sessions(d, 3);
    qvirtio_crypto_restart(d);
    check_sessions(d, 0);
    qvirtio_crypto_stop(d);
}

/* A backend that no device uses says so by saying nothing */
static void test_unused(void *obj, void *data, QGuestAllocator *alloc)
{
    unsigned int unused = 0;
    QListEntry *entry;
    QDict *reply;

    qtest_qmp_assert_success(global_qtest,
        "{ 'execute': 'object-add', 'arguments': {"
        "  'qom-type': 'cryptodev-backend-builtin', 'id': 'c1' } }");
    reply = qtest_qmp(global_qtest, "{ 'execute': 'query-cryptodev' }");
    QLIST_FOREACH_ENTRY(qdict_get_qlist(reply, "return"), entry) {
        QDict *backend = qobject_to(QDict, qlist_entry_obj(entry));
        bool used = g_str_equal(qdict_get_str(backend, "id"), "c0");

        g_assert_cmpint(qdict_haskey(backend, "device"), ==, used);
        unused += !used;
    }
    g_assert_cmpint(unused, ==, 1);
    qobject_unref(reply);
}

/* The property "protocol", which has a setter of its own */
static void test_protocol(void *obj, void *data, QGuestAllocator *alloc)
{
    g_autofree char *tree = qtest_hmp(global_qtest, "info qtree");

    g_assert_nonnull(strstr(tree, "protocol = \"virtio\""));
}

/* The device has read the number of queues already */
static void test_set_queues(void *obj, void *data, QGuestAllocator *alloc)
{
    QDict *reply = qtest_qmp(global_qtest,
        "{ 'execute': 'qom-set', 'arguments': {"
        "  'path': '/objects/c0', 'property': 'queues', 'value': 4 } }");

    g_assert_true(qdict_haskey(reply, "error"));
    qobject_unref(reply);
    reply = qtest_qmp(global_qtest,
        "{ 'execute': 'qom-get', 'arguments': {"
        "  'path': '/objects/c0', 'property': 'queues' } }");
    g_assert_cmpint(qdict_get_int(reply, "return"), ==, 3);
    qobject_unref(reply);
}

static void register_tests(void)
{
    const char *any = "virtio-crypto";

    add_crypto_test("monitor/query", any, test_query, &queues_3);
    add_crypto_test("monitor/info", any, test_info, &queues_3);
    add_crypto_test_both("monitor/sessions", test_sessions, &sessions_5);
    add_crypto_test("monitor/unused", any, test_unused, NULL);
    add_crypto_test("monitor/protocol", any, test_protocol, NULL);
    add_crypto_test("monitor/set-queues", any, test_set_queues, &queues_3);
}

libqos_init(register_tests);
