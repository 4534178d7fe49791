/*
 * Tests of virtio-crypto: what the monitors show and refuse
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "qobject/qdict.h"
#include "qobject/qlist.h"
#include "qobject/qstring.h"
#include "virtio-crypto-options.h"

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

/* The list of strings, or of what has a name, @name has these words */
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

static void test_query(void *obj, void *data, QGuestAllocator *alloc)
{
    QDict *reply = qtest_qmp(global_qtest,
                             "{ 'execute': 'query-cryptodev' }");
    QList *backends = qdict_get_qlist(reply, "return");
    QDict *backend;

    g_assert_cmpint(qlist_size(backends), ==, 1);
    backend = qobject_to(QDict, qlist_peek(backends));
    g_assert_cmpstr(qdict_get_str(backend, "id"), ==, "c0");
    assert_words(backend, "service", SERVICES);
    assert_words(backend, "algorithms", ALGORITHMS);
    assert_queues(backend, 3);
    qobject_unref(reply);
}

static void test_info(void *obj, void *data, QGuestAllocator *alloc)
{
    g_autofree char *info = qtest_hmp(global_qtest, "info cryptodev");

    g_assert_cmpstr(info, ==, "c0: queues 3, services " SERVICES
                    ", algorithms " ALGORITHMS "\r\n");
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
    add_crypto_test("monitor/set-queues", any, test_set_queues, &queues_3);
}

libqos_init(register_tests);
