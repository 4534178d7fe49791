/*
 * Tests of virtio-crypto: migration that cannot be
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "system/cryptodev-compute.h"
#include "examples.h"
#include "migration.h"
#include "options.h"
#include "rsp.h"
#include "slow-requests.h"

/* Sessions that a source has in use */
#define N_SESSIONS  3

#define KEY_LEN     16
#define SEED        7
/* How many streams to truncate, and to change in each of three places */
#define N_CUTS      12
#define N_CHANGES   8
/* The least bytes in the section of capabilities */
#define OFFER_BYTES 1024

/* An unsuitable destination, and the error message that it must print */
typedef struct Refusal {
    CryptoOptions options;
    MigrationTarget target;
    const char *message;
} Refusal;

/* Creates sessions; the last one works */
static void use_sessions(QVirtioCryptoDriver *d)
{
    g_autoptr(GPtrArray) examples = examples_new();
    const Example *example = examples_find(examples, "aes-cbc-128");
    QVirtioCryptoOp op = example->op;

    for (int i = 0; i < N_SESSIONS; i++) {
        op.session = qvirtio_crypto_create(d, &example->session);
    }
    g_assert_cmpint(qvirtio_crypto_status(d, 0, &op), ==, VIRTIO_CRYPTO_OK);
}

static void check_message(const char *path, const char *message)
{
    g_autofree char *text = NULL;

    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    if (!strstr(text, message)) {
        g_error("'%s' is not in: %s", message, text);
    }
}

/* Migrates to a destination that refuses; its messages go to @messages */
static void send_and_fail(QTestState *qts, const MigrationTarget *target,
                          const char *uri, const char *messages)
{
    QTestState *refusing = migration_target(qts, target, messages);

    /* On the way back the source is told of it. */
    migration_set_capability(qts, "return-path");
    migration_set_capability(refusing, "return-path");
    migration_receive(refusing, uri);
    migration_send(qts, uri);
    migration_wait(refusing, "failed");
    migration_wait(qts, "failed");
    migration_wait_running(qts);
    qtest_quit(refusing);
    /* The next test must not use this QEMU again. */
    qos_invalidate_command_line();
}

/* The destination says why, and the source goes on */
static void check_refusal(QVirtioCryptoDriver *d,
                          const MigrationTarget *target, const char *message)
{
    char *dir = migration_dir_new();
    g_autofree char *uri = g_strdup_printf("unix:%s/socket", dir);
    g_autofree char *messages = g_strdup_printf("%s/messages", dir);

    use_sessions(d);
    send_and_fail(d->qts, target, uri, messages);
    check_message(messages, message);
    use_sessions(d);
    migration_dir_free(dir);
}

static void test_refusal(void *obj, void *data, QGuestAllocator *alloc)
{
    const Refusal *refusal = data;
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d = qvirtio_crypto_start(global_qtest, crypto->vdev,
                                                  alloc, 0);

    check_refusal(d, &refusal->target, refusal->message);
    qvirtio_crypto_stop(d);
}

/* QEMU itself refuses features that the driver has accepted */
static void test_features(void *obj, void *data, QGuestAllocator *alloc)
{
    const MigrationTarget target = { .device = "revision-1=off" };
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc,
                             1ull << QVIRTIO_CRYPTO_F_REVISION_1);

    check_refusal(d, &target, "Features 0x");
    qvirtio_crypto_stop(d);
}

/* A stream in a file, and where the device's own part is */
typedef struct Stream {
    QTestState *qts;
    char *dir;
    char *uri;
    GByteArray *bytes;
    gsize start, end;
} Stream;

/* The first place of @needle at or behind @from */
static gsize find_bytes(const GByteArray *bytes, gsize from,
                        const void *needle, gsize len)
{
    const uint8_t *at = memmem(bytes->data + from, bytes->len - from, needle,
                               len);

    g_assert_nonnull(at);
    return at - bytes->data;
}

static gsize find_text(const GByteArray *bytes, gsize from, const char *text)
{
    return find_bytes(bytes, from, text, strlen(text));
}

/* The offset of the capabilities; keys before it are in the guest's memory. */
static gsize find_offer(const GByteArray *bytes)
{
    return find_text(bytes, 0, "/virtio-crypto-offer");
}

static const char *stream_path(const Stream *stream)
{
    return stream->uri + strlen("file:");
}

static void write_stream(const Stream *stream, gsize len)
{
    g_assert_true(g_file_set_contents(stream_path(stream),
                                      (char *)stream->bytes->data, len, NULL));
}

static void read_stream(Stream *stream)
{
    char *bytes;
    gsize len;

    g_assert_true(g_file_get_contents(stream_path(stream), &bytes, &len,
                                      NULL));
    stream->bytes = g_byte_array_new_take((uint8_t *)bytes, len);
}

/*
 * Has QEMU write a stream.  The part of the device behind the configuration is
 * from the first session, whose key this is, to QEMU's own subsections.
 */
static Stream stream_new(QTestState *qts, const GByteArray *key)
{
    Stream stream = { .qts = qts, .dir = migration_dir_new() };
    gsize offer;

    stream.uri = g_strdup_printf("file:%s/stream", stream.dir);
    migration_send(qts, stream.uri);
    migration_wait(qts, "completed");
    read_stream(&stream);
    offer = find_offer(stream.bytes);
    stream.start = find_bytes(stream.bytes, offer, key->data, key->len);
    stream.end = find_text(stream.bytes, stream.start, "virtio/") - 2;
    return stream;
}

static void stream_clear(Stream *stream)
{
    g_byte_array_unref(stream->bytes);
    migration_dir_free(stream->dir);
    g_free(stream->uri);
}

/* Whether a new QEMU takes the first @len bytes for a machine, and runs it */
static bool load(const Stream *stream, gsize len)
{
    QTestState *target = migration_target(stream->qts, NULL, "/dev/null");
    g_autofree char *status = NULL;
    bool good;

    write_stream(stream, len);
    migration_receive(target, stream->uri);
    status = migration_wait_end(target);
    good = g_str_equal(status, "completed");
    if (good) {
        migration_wait_running(target);
    }
    qtest_quit(target);
    return good;
}

static void check_cuts(const Stream *stream)
{
    gsize len = stream->end - stream->start;

    for (gsize i = 0; i < N_CUTS; i++) {
        g_assert_false(load(stream, stream->start + len * i / N_CUTS));
    }
}

/* Changes a byte at random; returns whether QEMU loads that */
static bool load_changed(const Stream *stream, GRand *rand, gsize start,
                         gsize end)
{
    gsize at = g_rand_int_range(rand, start, end);
    uint8_t old = stream->bytes->data[at];
    bool good;

    stream->bytes->data[at] ^= g_rand_int_range(rand, 1, 256);
    good = load(stream, stream->bytes->len);
    stream->bytes->data[at] = old;
    return good;
}

/* In the configuration, in the sessions and, behind the last key, requests */
static void check_changes(const Stream *stream, GRand *rand,
                          const GByteArray *last_key)
{
    gsize offer = find_offer(stream->bytes);
    gsize requests = find_bytes(stream->bytes, stream->start, last_key->data,
                                last_key->len) + last_key->len;

    for (unsigned int i = 0; i < sample_size(N_CHANGES); i++) {
        load_changed(stream, rand, offer, offer + OFFER_BYTES);
        load_changed(stream, rand, stream->start, requests);
        load_changed(stream, rand, requests, stream->end);
    }
}

static uint64_t create_aes(QVirtioCryptoDriver *d, const GByteArray *key)
{
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_AES_CBC, true, key->data,
                              key->len);

    return qvirtio_crypto_create(d, &session);
}

static GByteArray *new_key(GRand *rand)
{
    GByteArray *key = g_byte_array_new();

    g_byte_array_set_size(key, KEY_LEN);
    for (guint i = 0; i < key->len; i++) {
        key->data[i] = g_rand_int(rand);
    }
    return key;
}

static void create_examples(QVirtioCryptoDriver *d)
{
    g_autoptr(GPtrArray) examples = examples_new();

    for (guint i = 0; i < examples->len; i++) {
        const Example *example = g_ptr_array_index(examples, i);
        uint64_t id;

        if (example_fits(example, d)) {
            qvirtio_crypto_try_create(d, &example->session, &id);
        }
    }
}

/*
 * QEMU refuses truncated or changed streams, or loads what they contain, and
 * survives.  The unchanged stream still loads afterwards.
 */
static void test_damaged(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    SlowRequests *s = slow_requests_new(crypto->vdev, alloc, 0);
    g_autoptr(GRand) rand = g_rand_new_with_seed(SEED);
    g_autoptr(GByteArray) first = new_key(rand), last = new_key(rand);
    QTestState *target;
    Stream stream;

    create_aes(s->d, first);
    create_examples(s->d);
    slow_requests_submit(s);
    create_aes(s->d, last);
    stream = stream_new(s->d->qts, first);
    check_cuts(&stream);
    check_changes(&stream, rand, last);
    write_stream(&stream, stream.bytes->len);
    target = migration_target(s->d->qts, NULL, NULL);
    migration_receive(target, stream.uri);
    migration_wait_running(target);
    migration_adopt(s->d, target);
    slow_requests_wait(s);
    slow_requests_check_session(s);
    slow_requests_free(s);
    stream_clear(&stream);
}

/* Of a cipher's session: service and algorithm; what follows, to the key */
#define ALGORITHM_LEN   (1 + 4)
#define CIPHER_LEN      (11 + 1 + 4)
/* The length of the second key, which it does not have */
#define NO_KEY_LEN      4

/* Loads a stream whose session was changed, from @forge's offset on */
static void check_forgery(QVirtioCrypto *crypto, QGuestAllocator *alloc,
                          void (*forge)(GByteArray *bytes, gsize session),
                          const char *message)
{
    QVirtioCryptoDriver *d = qvirtio_crypto_start(global_qtest, crypto->vdev,
                                                  alloc, 0);
    g_autoptr(GRand) rand = g_rand_new_with_seed(SEED);
    g_autoptr(GByteArray) key = new_key(rand);
    g_autofree char *messages = NULL;
    QTestState *target;
    Stream stream;

    create_aes(d, key);
    stream = stream_new(d->qts, key);
    messages = g_strdup_printf("%s/messages", stream.dir);
    forge(stream.bytes, stream.start - CIPHER_LEN - ALGORITHM_LEN);
    write_stream(&stream, stream.bytes->len);
    target = migration_target(d->qts, NULL, messages);
    migration_receive(target, stream.uri);
    migration_wait(target, "failed");
    check_message(messages, message);
    qtest_quit(target);
    qtest_qmp_assert_success(d->qts, "{ 'execute': 'cont' }");
    qvirtio_crypto_stop(d);
    stream_clear(&stream);
}

static void forge_algorithm(GByteArray *bytes, gsize session)
{
    g_assert_cmpint(ldl_be_p(bytes->data + session + 1), ==,
                    CRYPTODEV_CIPHER_AES_CBC);
    stl_be_p(bytes->data + session + 1, CRYPTODEV_CIPHER_AES_XTS);
}

/* A session that the backend does not make is named */
static void test_session(void *obj, void *data, QGuestAllocator *alloc)
{
    check_forgery(obj, alloc, forge_algorithm,
                  "the backend of the destination refuses a session of the"
                  " source: cipher aes-xts");
}

/* The session becomes a chain with a hash that only signatures have */
static void forge_chain(GByteArray *bytes, gsize session)
{
    uint8_t *cipher = bytes->data + session + ALGORITHM_LEN;

    cipher[1] = CRYPTODEV_HASH_MODE_PLAIN;
    stl_be_p(cipher + 3, CRYPTODEV_HASH_MD4);
}

static void test_chain(void *obj, void *data, QGuestAllocator *alloc)
{
    check_forgery(obj, alloc, forge_chain,
                  "the wire protocol of the destination refuses a session of"
                  " the source: cipher aes-cbc");
}

/* The session becomes one of Diffie-Hellman, with a modulus of 768 bits */
static void forge_service(GByteArray *bytes, gsize session)
{
    const uint8_t head[] = {
        CRYPTODEV_SERVICE_DH, 0, 0, 0, CRYPTODEV_DH_SHARED_SECRET, 1, 0, 0, 0,
        768 / 8,
    };
    gsize end = session + ALGORITHM_LEN + CIPHER_LEN + KEY_LEN + NO_KEY_LEN;
    g_autoptr(GByteArray) forged = g_byte_array_new();

    g_byte_array_append(forged, bytes->data, session);
    g_byte_array_append(forged, head, sizeof(head));
    g_byte_array_set_size(forged, forged->len + 768 / 8);
    memset(forged->data + forged->len - 768 / 8, 0xff, 768 / 8);
    g_byte_array_append(forged, bytes->data + end, bytes->len - end);
    g_byte_array_set_size(bytes, 0);
    g_byte_array_append(bytes, forged->data, forged->len);
}

/* Nor is one made that no driver of this wire protocol can ask for */
static void test_service(void *obj, void *data, QGuestAllocator *alloc)
{
    check_forgery(obj, alloc, forge_service,
                  "the wire protocol of the destination refuses a session of"
                  " the source: dh dh-shared-secret");
}

#define MESSAGE(text) "virtio-crypto: " text

static const Refusal fewer_queues = {
    .options = { .backend = "queues=2" },
    .target = { .backend = "queues=1" },
    .message = MESSAGE("the backend of the source has queues=2, that of the"
                       " destination has queues=1"),
};
static const Refusal more_queues = {
    .options = { .backend = "queues=2" },
    .target = { .backend = "queues=3" },
    .message = MESSAGE("the backend of the source has queues=2, that of the"
                       " destination has queues=3"),
};
static const Refusal fewer_sessions = {
    .target = { .device = "max-sessions=2" },
    .message = MESSAGE("the sessions of the source need max-sessions=3, the"
                       " destination has max-sessions=2"),
};
static const Refusal smaller_requests = {
    .target = { .device = "max-request-size=8192" },
    .message = MESSAGE("the source has max-request-size=4194304, the"
                       " destination has only max-request-size=8192"),
};
static const Refusal other_protocol = {
    .target = { .device = "protocol=rfc-v1" },
    .message = MESSAGE("the source has protocol=virtio, the destination has"
                       " protocol=rfc-v1"),
};
/* In FIPS mode libgcrypt has fewer algorithms. */
static const Refusal fewer_algorithms = {
    .target = { .environment = "LIBGCRYPT_FORCE_FIPS_MODE=1" },
    .message = MESSAGE("the backend of the destination lacks cipher arc4, "),
};
static const Refusal service_off = {
    .target = { .device = "aead=off" },
    .message = MESSAGE("the backend of the destination lacks aead aes-gcm,"
                       " aead aes-ccm, aead chacha20-poly1305\n"),
};
static const Refusal algorithms_disabled = {
    .target = { .backend = "disable=hash/md5,disable=aes-cbc" },
    .message = MESSAGE("the backend of the destination lacks cipher aes-cbc,"
                       " hash md5\n"),
};
static const CryptoOptions queues_2 = { .backend = "queues=2" };

static void add_refusal(const char *name, const char *interface,
                        const Refusal *refusal)
{
    g_autofree char *path = g_strconcat("migration/refuse-", name, NULL);
    g_autofree char *rfc_path = g_strconcat("rfc-", path, NULL);
    bool rfc = g_str_equal(interface, "virtio-crypto-rfc");

    add_crypto_test(rfc ? rfc_path : path, interface, test_refusal,
                    &refusal->options);
}

static void register_tests(void)
{
    add_refusal("fewer-queues", "virtio-crypto", &fewer_queues);
    add_refusal("fewer-queues", "virtio-crypto-rfc", &fewer_queues);
    add_refusal("more-queues", "virtio-crypto", &more_queues);
    add_refusal("fewer-sessions", "virtio-crypto", &fewer_sessions);
    add_refusal("smaller-requests", "virtio-crypto", &smaller_requests);
    add_refusal("other-protocol", "virtio-crypto", &other_protocol);
    add_refusal("fewer-algorithms", "virtio-crypto", &fewer_algorithms);
    add_refusal("fewer-algorithms", "virtio-crypto-rfc", &fewer_algorithms);
    add_refusal("service-off", "virtio-crypto", &service_off);
    add_refusal("service-off", "virtio-crypto-rfc", &service_off);
    add_refusal("algorithms-disabled", "virtio-crypto", &algorithms_disabled);
    add_refusal("algorithms-disabled", "virtio-crypto-rfc",
                &algorithms_disabled);
    add_crypto_test("migration/refuse-features", "virtio-crypto",
                    test_features, NULL);
    add_crypto_test("migration/refuse-session", "virtio-crypto", test_session,
                    NULL);
    add_crypto_test("migration/refuse-foreign-session", "virtio-crypto",
                    test_service, NULL);
    add_crypto_test("migration/refuse-foreign-chain", "virtio-crypto",
                    test_chain, NULL);
    add_crypto_test_both("migration/damaged", test_damaged, &queues_2);
}

libqos_init(register_tests);
