/*
 * Tests of virtio-crypto: the reference's chapter on RFC v1
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Run the reference's examples exactly as they are printed.  After a line
 * "controlq" or "dataq" are bytes that the device reads, after "answer" those
 * that it writes.  Two spaces after the bytes of a line, a note can follow.
 * Session ids are replaced by the actual ones, and random bytes are not
 * compared.
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-rfc.h"
#include "cipher-reference.h"
#include "digest-reference.h"
#include "options.h"
#include "rfc-computation.h"

#define INDENT      "   "
#define UNWRITTEN   ".."
#define RANDOM      "??"
/* Where things are in requests */
#define TYPE_AT         12
#define HASH_MODE_AT    14
#define ORDER_AT        15
#define DESTROY_ID_AT   24
#define DATA_ID_AT      16
#define SERVICE_AT      3
#define ID_LEN          sizeof(uint64_t)
/* Fewer random bytes may well be all zero */
#define RANDOM_MIN      16

/* A request and its answer */
typedef struct Exchange {
    bool control;
    GByteArray *readable;
    GByteArray *answer;
    /* Bytes of the answer, at its start, that the device does not write */
    size_t unwritten;
    /* Bytes of the answer that are random, in one row */
    size_t random_at;
    size_t n_random;
} Exchange;

static void free_exchange(gpointer data)
{
    Exchange *exchange = data;

    g_byte_array_unref(exchange->readable);
    g_byte_array_unref(exchange->answer);
    g_free(exchange);
}

static GStrv read_lines(void)
{
    const char *path = g_getenv("VIRTIO_CRYPTO_REFERENCE");
    g_autofree char *text = NULL;
    g_autoptr(GError) error = NULL;

    if (!path) {
        g_error("VIRTIO_CRYPTO_REFERENCE is not set");
    }
    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    return g_strsplit(text, "\n", -1);
}

static uint8_t read_byte(const char *digits)
{
    g_assert_true(g_ascii_isxdigit(digits[0]));
    g_assert_true(g_ascii_isxdigit(digits[1]));
    return g_ascii_xdigit_value(digits[0]) << 4 |
           g_ascii_xdigit_value(digits[1]);
}

/* The next byte of an answer, as the document has it */
static void take_answer(Exchange *exchange, const char *digits)
{
    uint8_t byte = 0;

    if (g_str_has_prefix(digits, UNWRITTEN)) {
        exchange->unwritten++;
    } else if (g_str_has_prefix(digits, RANDOM)) {
        if (!exchange->n_random) {
            exchange->random_at = exchange->answer->len;
        }
        g_assert_cmpint(exchange->random_at + exchange->n_random, ==,
                        exchange->answer->len);
        exchange->n_random++;
    } else {
        byte = read_byte(digits);
    }
    g_byte_array_append(exchange->answer, &byte, 1);
}

/* Takes the bytes of a line, up to a note */
static void take_bytes(Exchange *exchange, bool answer, const char *line)
{
    for (;; line += 3) {
        if (answer) {
            take_answer(exchange, line);
        } else {
            uint8_t byte = read_byte(line);

            g_byte_array_append(exchange->readable, &byte, 1);
        }
        if (line[2] != ' ' || line[3] == ' ') {
            return;
        }
    }
}

static Exchange *new_exchange(GPtrArray *exchanges, bool control)
{
    Exchange *exchange = g_new0(Exchange, 1);

    exchange->control = control;
    exchange->readable = g_byte_array_new();
    exchange->answer = g_byte_array_new();
    g_ptr_array_add(exchanges, exchange);
    return exchange;
}

/* All that is indented behind "controlq" or "dataq", empty lines left out */
static GPtrArray *read_exchanges(void)
{
    g_auto(GStrv) lines = read_lines();
    GPtrArray *exchanges = g_ptr_array_new_with_free_func(free_exchange);
    Exchange *exchange = NULL;
    bool answer = false;

    for (size_t i = 0; lines[i]; i++) {
        const char *line = lines[i] + strlen(INDENT);

        if (!lines[i][0]) {
            continue;
        }
        if (!g_str_has_prefix(lines[i], INDENT)) {
            exchange = NULL;
        } else if (g_str_equal(line, "controlq") ||
                   g_str_equal(line, "dataq")) {
            exchange = new_exchange(exchanges, line[0] == 'c');
            answer = false;
        } else if (exchange && g_str_equal(line, "answer")) {
            answer = true;
        } else if (exchange) {
            take_bytes(exchange, answer, line);
        }
    }
    return exchanges;
}

static bool is_create(const Exchange *exchange)
{
    return exchange->control &&
           exchange->readable->data[TYPE_AT] == VIRTIO_CRYPTO_RFC_CREATE;
}

/* The kind of request, to check that the examples have one of each */
static char *name_kind(const Exchange *exchange)
{
    const uint8_t *bytes = exchange->readable->data;
    unsigned int type = ldl_le_p(bytes) >> 16 & 0xff;

    if (!exchange->control) {
        return g_strdup_printf("data %u", type);
    }
    return is_create(exchange) ?
           g_strdup_printf("create %u %u %u", type, bytes[HASH_MODE_AT],
                           bytes[ORDER_AT]) : g_strdup("destroy");
}

/* Puts the id of the device in the place of the document's */
static void replace_id(GHashTable *ids, const Exchange *exchange)
{
    uint8_t *place = exchange->readable->data +
                     (exchange->control ? DESTROY_ID_AT : DATA_ID_AT);
    int64_t documented = ldq_le_p(place);
    const int64_t *id;

    /* 0 stands for no session. */
    if (documented) {
        id = g_hash_table_lookup(ids, &documented);
        g_assert_nonnull(id);
        stq_le_p(place, *id);
    }
}

static void remember_id(GHashTable *ids, const Exchange *exchange,
                        const QVirtioCryptoRequest *req)
{
    int64_t documented = ldq_le_p(exchange->answer->data);
    int64_t id = ldq_le_p(req->written->data);

    g_hash_table_insert(ids, g_memdup2(&documented, ID_LEN),
                        g_memdup2(&id, ID_LEN));
}

/* Random bytes must not all be zero; replace them by the document's. */
static void take_random(const Exchange *exchange, GByteArray *written)
{
    static const uint8_t zeros[RANDOM_MIN];

    if (exchange->n_random) {
        uint8_t *random = written->data + exchange->random_at;

        g_assert_cmpint(exchange->n_random, >=, RANDOM_MIN);
        g_assert_cmpint(memcmp(random, zeros, RANDOM_MIN), !=, 0);
        memset(random, 0, exchange->n_random);
    }
}

static void run_exchange(QVirtioCryptoDriver *d, GHashTable *ids,
                         const Exchange *exchange)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_request_new();
    uint32_t queue = exchange->control ? d->n_data : 0;
    size_t room = exchange->answer->len - 1;
    const uint8_t *expected = exchange->answer->data;
    QVirtioCryptoShape shape = { };

    if (!is_create(exchange)) {
        replace_id(ids, exchange);
    }
    qvirtio_crypto_request_add(req, exchange->readable->data,
                               exchange->readable->len);
    req->room = room;
    qvirtio_crypto_submit(d, queue, req, &shape);
    qvirtio_crypto_wait(d, queue, req);
    g_assert_cmpint(req->status, ==,
                    qvirtio_crypto_rfc_status(expected[room]));
    g_assert_cmpint(req->written->len, ==, room - exchange->unwritten);
    if (is_create(exchange)) {
        remember_id(ids, exchange, req);
    } else {
        take_random(exchange, req->written);
        g_assert_cmpmem(req->written->data, req->written->len, expected,
                        room - exchange->unwritten);
    }
    qvirtio_crypto_request_free(req, d->alloc);
}

/* The same for the service of a data request */
static char *name_service(unsigned int service)
{
    return g_strdup_printf("service %u", service);
}

/* One of each kind at least, and of each service */
static void assert_kinds(GHashTable *kinds)
{
    static const char *const needed[] = {
        "create 0 0 0", "create 1 0 0", "create 2 1 0", "create 2 2 0",
        "create 2 3 0", "create 0 2 1", "create 0 2 2", "destroy", "data 0",
        "data 1", "data 2",
    };

    for (size_t i = 0; i < ARRAY_SIZE(needed); i++) {
        if (!g_hash_table_contains(kinds, needed[i])) {
            g_error("there is no example of \"%s\"", needed[i]);
        }
    }
    for (unsigned int service = VIRTIO_CRYPTO_RFC_F_DH;
         service <= VIRTIO_CRYPTO_RFC_F_RAND; service++) {
        g_autofree char *name = name_service(service);

        if (!g_hash_table_contains(kinds, name)) {
            g_error("there is no example of \"%s\"", name);
        }
    }
}

static void test_examples(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, SERVICES);
    g_autoptr(GPtrArray) exchanges = read_exchanges();
    g_autoptr(GHashTable) ids =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    g_autoptr(GHashTable) kinds =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (guint i = 0; i < exchanges->len; i++) {
        const Exchange *exchange = g_ptr_array_index(exchanges, i);

        g_hash_table_add(kinds, name_kind(exchange));
        if (!exchange->control) {
            g_hash_table_add(kinds, name_service(
                                 exchange->readable->data[SERVICE_AT]));
        }
        run_exchange(d, ids, exchange);
    }
    assert_kinds(kinds);
    qvirtio_crypto_stop(d);
}

/* A line of the table of algorithms, as it is aligned */
static void assert_value(const GStrv lines, const char *type, const char *name,
                         uint32_t value)
{
    g_autofree char *line = g_strdup_printf("%-10s %-17s 0x%08x", type, name,
                                            value);

    if (!g_strv_contains((const char *const *)lines, line)) {
        g_error("the reference has no line \"%s\"", line);
    }
}

static void assert_digests(const GStrv lines, const DigestAlgo *algo)
{
    for (; algo->name; algo++) {
        assert_value(lines, "HASH", algo->name,
                     QVIRTIO_CRYPTO_RFC_SYM(HASH, algo->number));
    }
}

static void assert_ciphers(const GStrv lines, const CipherAlgo *algo)
{
    for (; algo->name; algo++) {
        assert_value(lines, "ABLKCIPHER", algo->name,
                     QVIRTIO_CRYPTO_RFC_SYM(ABLKCIPHER, algo->number));
    }
}

/* The table of algorithms has all that the other tests know */
static void test_numbers(void *obj, void *data, QGuestAllocator *alloc)
{
    g_auto(GStrv) lines = read_lines();

    assert_ciphers(lines, cipher_algos);
    assert_ciphers(lines, radio_ciphers);
    assert_digests(lines, digest_hashes);
    assert_digests(lines, digest_macs);
    assert_digests(lines, radio_macs);
    assert_value(lines, "AEAD", "aes-gcm",
                 QVIRTIO_CRYPTO_RFC_SYM(AEAD, VIRTIO_CRYPTO_AEAD_GCM));
    assert_value(lines, "AEAD", "aes-ccm",
                 QVIRTIO_CRYPTO_RFC_SYM(AEAD, VIRTIO_CRYPTO_AEAD_CCM));
    assert_value(lines, "AEAD", "chacha20-poly1305",
                 QVIRTIO_CRYPTO_RFC_SYM(AEAD,
                     VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305));
}

static void register_tests(void)
{
    add_crypto_test("rfc-document/examples", "virtio-crypto-rfc",
                    test_examples, NULL);
    add_crypto_test("rfc-document/numbers", "virtio-crypto-rfc", test_numbers,
                    NULL);
}

libqos_init(register_tests);
