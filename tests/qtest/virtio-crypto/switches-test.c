/*
 * Tests of virtio-crypto: switching off services and algorithms
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-rfc.h"
#include "qobject/qdict.h"
#include "qobject/qlist.h"
#include "system/cryptodev-compute.h"
#include "examples.h"
#include "migration.h"
#include "options.h"
#include "plug.h"
#include "rfc-computation.h"

#define N_SERVICES 5
#define REVISION_1 BIT_ULL(QVIRTIO_CRYPTO_F_REVISION_1)
#define STATELESS(service) \
    BIT_ULL(QVIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE + (service))
/* The feature bits of the device, and not of virtio */
#define OWN_BITS 0xffffff
#define RFC_BITS (BIT_ULL(VIRTIO_CRYPTO_RFC_F_RAND + 1) - 1)

/* All algorithms of a service */
#define ANY UINT32_MAX

/* An algorithm by its service and its number, both of the standard */
typedef struct Off {
    uint32_t service;
    uint32_t algo;
} Off;

/* Options, and what they switch off; an entry without @algo ends @off */
typedef struct Switch {
    CryptoOptions options;
    const char *name;
    const Off *off;
    uint64_t features;          /* that are not there because of it */
    uint32_t max_cipher_key;
    uint32_t max_auth_key;
} Switch;

static bool is_listed(const Off *off, uint32_t service, uint32_t algo)
{
    for (; off->algo; off++) {
        if (off->service == service &&
            (off->algo == ANY || off->algo == algo)) {
            return true;
        }
    }
    return false;
}

/* Whether an example needs something that is off; a chain needs two things */
static bool is_off(const Off *off, const Example *example)
{
    const QVirtioCryptoSession *session = &example->session;
    uint32_t chained =
        session->hash_mode == VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH
        ? VIRTIO_CRYPTO_SERVICE_MAC : VIRTIO_CRYPTO_SERVICE_HASH;

    return is_listed(off, example->service, session->algo) ||
           (example->service == VIRTIO_CRYPTO_SERVICE_CIPHER &&
            session->op_type == VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING &&
            is_listed(off, chained, session->auth_algo));
}

static void check_result(QVirtioCryptoDriver *d, const Example *example,
                         const QVirtioCryptoOp *op)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoRequest *req = qvirtio_crypto_run(d, 0, op, &shape);

    if (req->status != VIRTIO_CRYPTO_OK ||
        req->written->len != example->expected->len ||
        (req->written->len &&
         memcmp(req->written->data, example->expected->data,
                req->written->len))) {
        g_error("%s: wrong result, status %u", example->name, req->status);
    }
    qvirtio_crypto_request_free(req, d->alloc);
}

/* With a session, whose requests have this flag */
static void check_session(QVirtioCryptoDriver *d, const Example *example,
                          bool off, uint32_t flag)
{
    QVirtioCryptoOp op = example->op;
    uint32_t status =
        qvirtio_crypto_try_create(d, &example->session, &op.session);

    if (status != (off ? VIRTIO_CRYPTO_NOTSUPP : VIRTIO_CRYPTO_OK)) {
        g_error("%s: status %u of its session", example->name, status);
    }
    if (!off) {
        op.flag = flag;
        check_result(d, example, &op);
        qvirtio_crypto_destroy(d, &example->session, op.session);
    }
}

static void check_stateless(QVirtioCryptoDriver *d, const Example *example,
                            bool off)
{
    QVirtioCryptoOp op = example->op;

    op.stateless = &example->session;
    if (off) {
        g_assert_cmpint(qvirtio_crypto_status(d, 0, &op), ==,
                        VIRTIO_CRYPTO_NOTSUPP);
    } else {
        check_result(d, example, &op);
    }
}

static void check_examples(QVirtioCryptoDriver *d, const Off *off)
{
    g_autoptr(GPtrArray) examples = examples_new();
    unsigned int n_off = 0;

    for (guint i = 0; i < examples->len; i++) {
        const Example *example = g_ptr_array_index(examples, i);
        bool gone = is_off(off, example);

        if (!example_fits(example, d)) {
            continue;
        }
        check_session(d, example, gone, QVIRTIO_CRYPTO_FLAG_SESSION_MODE);
        if (qvirtio_crypto_has(d, QVIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE +
                                  example->service) && !d->rfc) {
            check_stateless(d, example, gone);
        }
        n_off += gone;
    }
    g_assert_cmpint(n_off != 0, ==, off->algo != 0);
}

#define CONFIG(field) offsetof(struct virtio_crypto_config, field)

/* Where the masks of the services are, by their numbers */
static const size_t masks[N_SERVICES] = {
    CONFIG(cipher_algo_l), CONFIG(hash_algo), CONFIG(mac_algo_l),
    CONFIG(aead_algo), CONFIG(akcipher_algo),
};

/* Services and masks have exactly the bits that are not switched off */
static void check_config(QVirtioCryptoDriver *d, const Switch *s)
{
    uint32_t services = qvirtio_config_readl(d->vdev, CONFIG(crypto_services));

    for (uint32_t service = 0; service < N_SERVICES; service++) {
        uint32_t mask = qvirtio_config_readl(d->vdev, masks[service]);

        g_assert_cmpint(!!(services & BIT(service)), ==, mask != 0);
        g_assert_cmpint(mask == 0, ==, is_listed(s->off, service, ANY));
        for (uint32_t algo = 0; algo < 32; algo++) {
            if (is_listed(s->off, service, algo)) {
                g_assert_cmphex(mask & BIT(algo), ==, 0);
            }
        }
    }
    g_assert_cmpint(qvirtio_config_readl(d->vdev, CONFIG(max_cipher_key_len)),
                    ==, s->max_cipher_key);
    g_assert_cmpint(qvirtio_config_readl(d->vdev, CONFIG(max_auth_key_len)),
                    ==, s->max_auth_key);
}

/* Each driver accepts all that is offered, so that it may use all of it */
static QVirtioCryptoDriver *start(void *obj, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;

    return qvirtio_crypto_start(global_qtest, crypto->vdev, alloc,
                                qvirtio_get_features(crypto->vdev) & OWN_BITS);
}

static void test_switch(void *obj, void *data, QGuestAllocator *alloc)
{
    const Switch *s = data;
    QVirtioCryptoDriver *d = start(obj, alloc);
    uint64_t all = d->rfc ? RFC_BITS
                          : REVISION_1 | (STATELESS(N_SERVICES) -
                                          STATELESS(0));

    g_assert_cmphex(d->features & OWN_BITS, ==,
                    d->rfc ? all : all & ~s->features);
    if (!d->rfc) {
        check_config(d, s);
    }
    check_examples(d, s->off);
    qvirtio_crypto_stop(d);
}

/* A destination with the same switches has all that the guest can use */
static void test_migration(void *obj, void *data, QGuestAllocator *alloc)
{
    const Switch *s = data;
    QVirtioCryptoDriver *d = start(obj, alloc);

    check_examples(d, s->off);
    migration_move(d);
    check_examples(d, s->off);
    qvirtio_crypto_stop(d);
}

/* Moves the guest to a host whose library is in FIPS mode */
static void move_to_fips(QVirtioCryptoDriver *d)
{
    const MigrationTarget fips = {
        .environment = "LIBGCRYPT_FORCE_FIPS_MODE=1",
    };
    char *dir = migration_dir_new();
    g_autofree char *uri = g_strdup_printf("unix:%s/socket", dir);
    QTestState *target = migration_target(d->qts, &fips, NULL);

    migration_receive(target, uri);
    migration_send(d->qts, uri);
    migration_wait(d->qts, "completed");
    migration_wait_running(target);
    migration_adopt(d, target);
    migration_dir_free(dir);
}

/*
 * Hosts with different libraries and the same options: an algorithm that one
 * host lacks can be named, and is off, on both
 */
static void test_pool(void *obj, void *data, QGuestAllocator *alloc)
{
    g_autoptr(GPtrArray) examples = examples_new();
    const Example *example = examples_find(examples, "aes-cbc-128");
    QVirtioCryptoDriver *d = start(obj, alloc);
    QVirtioCryptoOp op = example->op;

    op.session = qvirtio_crypto_create(d, &example->session);
    check_result(d, example, &op);
    move_to_fips(d);
    check_result(d, example, &op);
    check_session(d, example, false, QVIRTIO_CRYPTO_FLAG_SESSION_MODE);
    qvirtio_crypto_stop(d);
}

#define OFF(service) " -global virtio-crypto-device." service "=off"

static const CryptoOptions pool = {
    .backend = "disable=arc4,disable=des-ecb,disable=des-cbc,disable=3des-ecb,"
               "disable=3des-cbc,disable=3des-ctr,disable=aes-gcm,"
               "disable=chacha20-poly1305",
    .device = "akcipher=off",
    .more = OFF("hash") OFF("mac") OFF("dh") OFF("dsa") OFF("rsa") OFF("ec")
            OFF("ecdh") OFF("ecdsa") OFF("key") OFF("ln") OFF("prime"),
};

static const Off no_cipher[] = { { VIRTIO_CRYPTO_SERVICE_CIPHER, ANY }, { } };
static const Off no_hash[] = { { VIRTIO_CRYPTO_SERVICE_HASH, ANY }, { } };
static const Off no_mac[] = { { VIRTIO_CRYPTO_SERVICE_MAC, ANY }, { } };
static const Off no_aead[] = { { VIRTIO_CRYPTO_SERVICE_AEAD, ANY }, { } };
static const Off no_akcipher[] = {
    { VIRTIO_CRYPTO_SERVICE_AKCIPHER, ANY }, { }
};
static const Off some[] = {
    { VIRTIO_CRYPTO_SERVICE_CIPHER, VIRTIO_CRYPTO_CIPHER_ARC4 },
    { VIRTIO_CRYPTO_SERVICE_HASH, VIRTIO_CRYPTO_HASH_SHA_256 },
    { VIRTIO_CRYPTO_SERVICE_AEAD, VIRTIO_CRYPTO_AEAD_GCM },
    { VIRTIO_CRYPTO_SERVICE_AKCIPHER, VIRTIO_CRYPTO_AKCIPHER_RSA },
    { }
};
static const Off mac_off[] = {
    { VIRTIO_CRYPTO_SERVICE_MAC, VIRTIO_CRYPTO_MAC_HMAC_SHA_256 }, { }
};
static const Off nothing[] = { { } };

static const Switch switches[] = {
    { { .device = "cipher=off" }, "cipher", no_cipher,
      STATELESS(VIRTIO_CRYPTO_SERVICE_CIPHER), 32, 1024 },
    { { .device = "hash=off" }, "hash", no_hash,
      STATELESS(VIRTIO_CRYPTO_SERVICE_HASH), 256, 1024 },
    { { .device = "mac=off" }, "mac", no_mac,
      STATELESS(VIRTIO_CRYPTO_SERVICE_MAC), 256, 0 },
    { { .device = "aead=off" }, "aead", no_aead,
      STATELESS(VIRTIO_CRYPTO_SERVICE_AEAD), 256, 1024 },
    { { .device = "akcipher=off" }, "akcipher", no_akcipher,
      STATELESS(VIRTIO_CRYPTO_SERVICE_AKCIPHER), 256, 1024 },
    /* The longest key is AES-F8's then */
    { { .backend = "disable=arc4,disable=hash/sha256,disable=aes-gcm,"
                   "disable=akcipher/rsa,disable=ln-invert" },
      "disable", some, 0, 64, 1024 },
    { { .backend = "disable=mac/hmac-sha256" }, "disable-mac", mac_off, 0,
      256, 1024 },
    { { .device = "stateless=off" }, "stateless", nothing,
      STATELESS(N_SERVICES) - STATELESS(0), 256, 1024 },
    { { .device = "revision-1=off" }, "revision-1", nothing,
      STATELESS(N_SERVICES) - REVISION_1, 256, 1024 },
};

/*
 * A driver that accepts all that is offered, sends requests as if it had
 * accepted nothing, and sets no flag
 */
static void test_padded(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = start(obj, alloc);
    g_autoptr(GPtrArray) examples = examples_new();

    d->features &= ~OWN_BITS;
    for (guint i = 0; i < examples->len; i++) {
        check_session(d, g_ptr_array_index(examples, i), false, 0);
    }
    qvirtio_crypto_stop(d);
}

static const CryptoOptions no_revision_1 = { .device = "revision-1=off" };

/* An operation of RFC v1 that has no session */
static uint8_t compute(QVirtioCryptoDriver *d, uint32_t alg, const char *first,
                       const char *second, const char *third,
                       GByteArray **results)
{
    return computation_run(d, 0, computation_request(alg, 0, 16,
                               computation_list("", first, second, third,
                                                NULL)), results);
}

/* Of a service, one operation is disabled: 4^13 is there, 1/4 is not */
static void test_operation(void *obj, void *data, QGuestAllocator *alloc)
{
    static const uint8_t power[] = { 2, 0, 0, 0, 0x01, 0xbd };
    QVirtioCryptoDriver *d = start(obj, alloc);
    GByteArray *results;

    g_assert_cmpint(compute(d, ALG(LN, EXPONENTIATE), "01f1", "04", "0d",
                            &results), ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpmem(results->data, results->len, power, sizeof(power));
    g_byte_array_unref(results);
    g_assert_cmpint(compute(d, ALG(LN, INVERT), "04", "01f1", NULL, NULL), ==,
                    VIRTIO_CRYPTO_NOTSUPP);
    qvirtio_crypto_stop(d);
}

static const CryptoOptions no_inverse = { .backend = "disable=ln-invert" };

/* A service of RFC v1 that is switched off, and its feature bits */
typedef struct RfcSwitch {
    CryptoOptions options;
    const char *name;
    uint64_t features;
} RfcSwitch;

static void test_rfc_service(void *obj, void *data, QGuestAllocator *alloc)
{
    const RfcSwitch *s = data;
    QVirtioCrypto *crypto = obj;

    g_assert_cmphex(qvirtio_get_features(crypto->vdev) & OWN_BITS, ==,
                    RFC_BITS & ~s->features);
}

#define RFC_SWITCH(name, feature) \
    { { .device = name "=off" }, name, \
      BIT_ULL(VIRTIO_CRYPTO_RFC_F_ ## feature) }

/* SYM is not offered if all of its services are off */
static const RfcSwitch rfc_switches[] = {
    RFC_SWITCH("dh", DH),
    RFC_SWITCH("dsa", DSA),
    RFC_SWITCH("rsa", RSA),
    RFC_SWITCH("ec", EC),
    RFC_SWITCH("ecdh", ECDH),
    RFC_SWITCH("ecdsa", ECDSA),
    RFC_SWITCH("key", KEY),
    RFC_SWITCH("ln", LN),
    RFC_SWITCH("prime", PRIME),
    RFC_SWITCH("drbg", DRBG),
    RFC_SWITCH("nrbg", NRBG),
    RFC_SWITCH("rand", RAND),
    { { .device = "cipher=off",
        .more = OFF("hash") OFF("mac") OFF("aead") }, "sym",
      BIT_ULL(VIRTIO_CRYPTO_RFC_F_SYM) },
};

/* How many algorithms query-cryptodev shows of a service, or of a name */
static unsigned int count(const char *backend, const char *key,
                          const char *value)
{
    QDict *reply = qtest_qmp(global_qtest, "{ 'execute': 'query-cryptodev' }");
    QListEntry *entry, *algorithm;
    unsigned int n = 0;

    QLIST_FOREACH_ENTRY(qdict_get_qlist(reply, "return"), entry) {
        QDict *info = qobject_to(QDict, qlist_entry_obj(entry));

        if (!g_str_equal(qdict_get_str(info, "id"), backend)) {
            continue;
        }
        QLIST_FOREACH_ENTRY(qdict_get_qlist(info, "algorithms"), algorithm) {
            QDict *shown = qobject_to(QDict, qlist_entry_obj(algorithm));

            n += g_str_equal(qdict_get_str(shown, key), value);
        }
    }
    qobject_unref(reply);
    return n;
}

/* The backend has everything again when the device is gone */
static void test_unplug(void *obj, void *data, QGuestAllocator *alloc)
{
    QPCIBusPC *pc = obj;
    QVirtioPCIDevice *pci;
    unsigned int hashes;

    crypto_add_backend(global_qtest, 1, 0);
    hashes = count("c1", "service", "hash");
    for (int i = 0; i < 2; i++) {
        g_assert_cmpint(count("c1", "service", "aead"), ==, 3);
        pci = crypto_plug(pc, "virtio", true);
        g_assert_cmpint(count("c1", "service", "aead"), ==, 0);
        g_assert_cmpint(count("c1", "service", "hash"), ==, hashes);
        crypto_unplug(global_qtest);
        crypto_plug_free(pci);
    }
    g_assert_cmpint(count("c1", "service", "aead"), ==, 3);
    crypto_delete_backend(global_qtest);
}

static const CryptoOptions no_aeads = { .device = "aead=off" };

static void assert_error(QDict *reply, const char *text)
{
    const char *description =
        qdict_get_str(qdict_get_qdict(reply, "error"), "desc");

    if (!strstr(description, text)) {
        g_error("'%s' is not in: %s", text, description);
    }
    qobject_unref(reply);
}

/* A list in JSON; it cannot change after the backend is created */
static void test_json(void *obj, void *data, QGuestAllocator *alloc)
{
    QDict *reply;

    qtest_qmp_assert_success(global_qtest,
        "{ 'execute': 'object-add', 'arguments': {"
        "  'qom-type': 'cryptodev-backend-gcrypt', 'id': 'c1',"
        "  'disable': [ 'hash/md5', 'aes-cbc', 'hash/md5' ] } }");
    g_assert_cmpint(count("c1", "name", "md5"), ==, 0);
    g_assert_cmpint(count("c1", "name", "aes-cbc"), ==, 0);
    g_assert_cmpint(count("c1", "name", "hmac-md5"), ==, 1);
    g_assert_cmpint(count("c1", "service", "hash"), ==,
                    count("c0", "service", "hash") - 1);
    reply = qtest_qmp(global_qtest,
        "{ 'execute': 'qom-get', 'arguments': {"
        "  'path': '/objects/c1', 'property': 'disable' } }");
    g_assert_cmpint(qlist_size(qdict_get_qlist(reply, "return")), ==, 3);
    qobject_unref(reply);
    assert_error(qtest_qmp(global_qtest,
        "{ 'execute': 'qom-set', 'arguments': {"
        "  'path': '/objects/c1', 'property': 'disable', 'value': [] } }"),
        "'disable' cannot change");
    g_assert_cmpint(count("c1", "name", "md5"), ==, 0);
    crypto_delete_backend(global_qtest);
}

/* The same for the human monitor */
static void test_human(void *obj, void *data, QGuestAllocator *alloc)
{
    g_autofree char *answer = qtest_hmp(global_qtest,
        "object_add cryptodev-backend-gcrypt,id=c1,disable.0=hash/md5,"
        "disable.1=aes-cbc");

    g_assert_cmpstr(answer, ==, "");
    g_assert_cmpint(count("c1", "name", "md5"), ==, 0);
    g_assert_cmpint(count("c1", "name", "aes-cbc"), ==, 0);
    g_assert_cmpint(count("c1", "name", "aes-ecb"), ==, 1);
    crypto_delete_backend(global_qtest);
}

/* A name is valid only with its own service, and not empty */
static void test_names(void *obj, void *data, QGuestAllocator *alloc)
{
    static const char *const wrong[] = {
        "", "rc5", "hash", "hash/", "/md5", "mac/md5", "hash/md5 ", "md",
        "hash/hash/md5", "AES-CBC",
    };

    for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
        g_autofree char *expected = g_strdup_printf(", not '%s'", wrong[i]);

        assert_error(qtest_qmp(global_qtest,
            "{ 'execute': 'object-add', 'arguments': {"
            "  'qom-type': 'cryptodev-backend-gcrypt', 'id': 'c1',"
            "  'disable': [ 'md5', %s ] } }", wrong[i]), expected);
    }
}

/* RFC v1 has the symmetric services, but no feature bit for each of them */
static void add_switch(const Switch *s)
{
    g_autofree char *path = g_strconcat("switches/", s->name, NULL);
    g_autofree char *moved = g_strconcat("switches/migration-", s->name, NULL);

    if (s->off == nothing || s->off == no_akcipher) {
        add_crypto_test(path, "virtio-crypto", test_switch, &s->options);
    } else {
        add_crypto_test_both(path, test_switch, &s->options);
    }
    if (s->off == no_aead || s->off == some) {
        add_crypto_test_both(moved, test_migration, &s->options);
    }
}

static void register_tests(void)
{
    for (size_t i = 0; i < ARRAY_SIZE(switches); i++) {
        add_switch(&switches[i]);
    }
    for (size_t i = 0; i < ARRAY_SIZE(rfc_switches); i++) {
        g_autofree char *path = g_strconcat("rfc-switches/",
                                            rfc_switches[i].name, NULL);

        add_crypto_test(path, "virtio-crypto-rfc", test_rfc_service,
                        &rfc_switches[i].options);
    }
    add_crypto_test("rfc-switches/operation", "virtio-crypto-rfc",
                    test_operation, &no_inverse);
    add_crypto_test("switches/padded", "virtio-crypto", test_padded,
                    &no_revision_1);
    add_crypto_test("switches/unplug", "pci-bus-pc", test_unplug, &no_aeads);
    add_crypto_test("switches/json", "virtio-crypto", test_json, NULL);
    add_crypto_test("switches/human", "virtio-crypto", test_human, NULL);
    add_crypto_test("switches/names", "virtio-crypto", test_names, NULL);
    add_crypto_test_both("switches/pool", test_pool, &pool);
}

libqos_init(register_tests);
