/*
 * Tests of virtio-crypto: requests in stateless mode
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "examples.h"
#include "options.h"

#define REVISION_1  (1ull << QVIRTIO_CRYPTO_F_REVISION_1)
#define INDIRECT    (1ull << VIRTIO_RING_F_INDIRECT_DESC)
#define PACKED      (1ull << VIRTIO_F_RING_PACKED)
#define N_SERVICES  5
#define STATELESS(service)                                      \
    (1ull << (QVIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE + (service)))
#define ALL_STATELESS \
    (STATELESS(N_SERVICES) - STATELESS(VIRTIO_CRYPTO_SERVICE_CIPHER))
#define HEADER_LEN  sizeof(struct virtio_crypto_op_header)

typedef struct StatelessTest {
    QVirtioCryptoDriver *d;
    GPtrArray *examples;
} StatelessTest;

static StatelessTest start(void *obj, QGuestAllocator *alloc,
                           uint64_t features)
{
    QVirtioCrypto *crypto = obj;
    StatelessTest t = {
        .d = qvirtio_crypto_start(global_qtest, crypto->vdev, alloc,
                                  features),
        .examples = examples_new(),
    };

    return t;
}

static StatelessTest start_all(void *obj, QGuestAllocator *alloc)
{
    return start(obj, alloc, REVISION_1 | ALL_STATELESS | INDIRECT);
}

static void stop(StatelessTest *t)
{
    g_ptr_array_unref(t->examples);
    qvirtio_crypto_stop(t->d);
}

/* The example as a request that brings its session with it */
static QVirtioCryptoOp stateless_op(const Example *example)
{
    QVirtioCryptoOp op = example->op;

    op.stateless = &example->session;
    return op;
}

/* Likewise, with no byte more than it needs */
static QVirtioCryptoOp shortest_op(const Example *example)
{
    QVirtioCryptoOp op = example_shortest(example);

    op.stateless = &example->session;
    return op;
}

static void check_result(const Example *example, QVirtioCryptoRequest *req)
{
    if (req->status != VIRTIO_CRYPTO_OK ||
        req->written->len != example->expected->len ||
        (req->written->len &&
         memcmp(req->written->data, example->expected->data,
                req->written->len))) {
        g_error("%s: wrong result, status %u", example->name, req->status);
    }
}

static void check_op(QVirtioCryptoDriver *d, const Example *example,
                     const QVirtioCryptoOp *op,
                     const QVirtioCryptoShape *shape)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_run(d, 0, op, shape);

    check_result(example, req);
    qvirtio_crypto_request_free(req, d->alloc);
}

static void check_stateless(QVirtioCryptoDriver *d, const Example *example)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoOp op = stateless_op(example);

    check_op(d, example, &op, &shape);
}

static void check_session_mode(QVirtioCryptoDriver *d, const Example *example)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoOp op = example->op;

    op.session = qvirtio_crypto_create(d, &example->session);
    check_op(d, example, &op, &shape);
    qvirtio_crypto_destroy(d, &example->session, op.session);
}

static void check_status(QVirtioCryptoDriver *d, const Example *example,
                         const QVirtioCryptoOp *op, uint8_t expected)
{
    uint8_t status = qvirtio_crypto_status(d, 0, op);

    if (status != expected) {
        g_error("%s: status %u, expected %u", example->name, status,
                expected);
    }
}

static const QVirtioCryptoShape shapes[] = {
    { },
    { .joined = true },
    { .indirect = true, .in_place = true },
    { .indirect = true, .piece = 5, .joined = true, .in_place = true },
    { .indirect = true, .piece = 9, .empty = true,
      .surplus_readable = 7, .surplus_writable = 11 },
};

/* All examples, in all shapes */
static void check_known(StatelessTest *t)
{
    for (guint i = 0; i < t->examples->len; i++) {
        const Example *example = g_ptr_array_index(t->examples, i);
        QVirtioCryptoOp op = stateless_op(example);

        for (size_t j = 0; j < ARRAY_SIZE(shapes); j++) {
            check_op(t->d, example, &op, &shapes[j]);
        }
    }
}

static void test_known(void *obj, void *data, QGuestAllocator *alloc)
{
    StatelessTest t = start_all(obj, alloc);

    check_known(&t);
    stop(&t);
}

static const CryptoOptions packed_option = {
    .device = "packed=on", .shared_ram = true,
};

static void test_packed(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    StatelessTest t = start(&pci->crypto, alloc,
                            REVISION_1 | ALL_STATELESS | INDIRECT | PACKED);

    check_known(&t);
    stop(&t);
}

/* Only the flag counts: without it, the session id is ignored */
static void test_header(void *obj, void *data, QGuestAllocator *alloc)
{
    const QVirtioCryptoShape shape = { };
    StatelessTest t = start_all(obj, alloc);

    for (guint i = 0; i < t.examples->len; i++) {
        const Example *example = g_ptr_array_index(t.examples, i);
        QVirtioCryptoOp op = stateless_op(example);

        op.session = UINT64_MAX;
        op.flag = ~QVIRTIO_CRYPTO_FLAG_SESSION_MODE;
        check_op(t.d, example, &op, &shape);
    }
    stop(&t);
}

/* Each service has its own feature, which does not affect session mode */
static void check_negotiated(void *obj, QGuestAllocator *alloc,
                             uint64_t features)
{
    StatelessTest t = start(obj, alloc, REVISION_1 | features);

    for (guint i = 0; i < t.examples->len; i++) {
        const Example *example = g_ptr_array_index(t.examples, i);
        QVirtioCryptoOp op = stateless_op(example);

        if (features & STATELESS(example->service)) {
            check_stateless(t.d, example);
        } else {
            check_status(t.d, example, &op, VIRTIO_CRYPTO_NOTSUPP);
        }
        check_session_mode(t.d, example);
    }
    stop(&t);
}

static void test_negotiated(void *obj, void *data, QGuestAllocator *alloc)
{
    check_negotiated(obj, alloc, 0);
    for (unsigned int service = 0; service < N_SERVICES; service++) {
        check_negotiated(obj, alloc, STATELESS(service));
        check_negotiated(obj, alloc, ALL_STATELESS & ~STATELESS(service));
    }
}

/* Without REVISION_1 the flag says nothing: all requests are of a session */
static void test_padded(void *obj, void *data, QGuestAllocator *alloc)
{
    StatelessTest t = start(obj, alloc, 0);

    for (guint i = 0; i < t.examples->len; i++) {
        const Example *example = g_ptr_array_index(t.examples, i);
        QVirtioCryptoOp op = stateless_op(example);

        check_status(t.d, example, &op, VIRTIO_CRYPTO_INVSESS);
        check_session_mode(t.d, example);
    }
    stop(&t);
}

/* Whether the device lets a driver have these features together */
static bool accepts(QVirtioDevice *vdev, uint64_t features)
{
    uint8_t status;

    qvirtio_start_device(vdev);
    vdev->bus->set_features(vdev, features | 1ull << VIRTIO_F_VERSION_1);
    status = vdev->bus->get_status(vdev) | VIRTIO_CONFIG_S_FEATURES_OK;
    vdev->bus->set_status(vdev, status);
    return vdev->bus->get_status(vdev) & VIRTIO_CONFIG_S_FEATURES_OK;
}

/* Stateless mode needs REVISION_1 */
static void test_features(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCryptoPCI *pci = obj;
    QVirtioDevice *vdev = pci->crypto.vdev;

    for (unsigned int service = 0; service < N_SERVICES; service++) {
        g_assert_false(accepts(vdev, STATELESS(service)));
        g_assert_true(accepts(vdev, REVISION_1 | STATELESS(service)));
    }
    g_assert_false(accepts(vdev, ALL_STATELESS));
    g_assert_true(accepts(vdev, REVISION_1 | ALL_STATELESS));
    g_assert_true(accepts(vdev, REVISION_1));
    g_assert_true(accepts(vdev, 0));
}

static QVirtioCryptoRequest *enqueue(QVirtioCryptoDriver *d,
                                     const QVirtioCryptoOp *op)
{
    const QVirtioCryptoShape shape = { .indirect = true };
    QVirtioCryptoRequest *req = qvirtio_crypto_op_request(d, op);

    qvirtio_crypto_enqueue(d, 0, req, &shape);
    return req;
}

/* Both modes by turns, all at once */
static void test_mixed(void *obj, void *data, QGuestAllocator *alloc)
{
    StatelessTest t = start_all(obj, alloc);
    size_t n = t.examples->len;
    g_autofree QVirtioCryptoRequest **reqs =
        g_new0(QVirtioCryptoRequest *, 2 * n);
    g_autofree uint64_t *ids = g_new0(uint64_t, n);

    for (size_t i = 0; i < n; i++) {
        const Example *example = g_ptr_array_index(t.examples, i);
        QVirtioCryptoOp op = example->op;
        QVirtioCryptoOp stateless = stateless_op(example);

        ids[i] = op.session = qvirtio_crypto_create(t.d, &example->session);
        reqs[2 * i] = enqueue(t.d, &op);
        reqs[2 * i + 1] = enqueue(t.d, &stateless);
    }
    qvirtring_kick(t.d->rings[0]);
    for (size_t i = 0; i < n; i++) {
        const Example *example = g_ptr_array_index(t.examples, i);

        for (size_t j = 2 * i; j < 2 * i + 2; j++) {
            qvirtio_crypto_wait(t.d, 0, reqs[j]);
            check_result(example, reqs[j]);
            qvirtio_crypto_request_free(reqs[j], alloc);
        }
        qvirtio_crypto_destroy(t.d, &example->session, ids[i]);
    }
    stop(&t);
}

/* Whether both requests say the same */
static bool same_request(QVirtioCryptoDriver *d, const QVirtioCryptoOp *a,
                         const QVirtioCryptoOp *b)
{
    QVirtioCryptoRequest *first = qvirtio_crypto_op_request(d, a);
    QVirtioCryptoRequest *second = qvirtio_crypto_op_request(d, b);
    bool same = first->readable->len == second->readable->len &&
                !memcmp(first->readable->data, second->readable->data,
                        first->readable->len);

    qvirtio_crypto_request_free(first, d->alloc);
    qvirtio_crypto_request_free(second, d->alloc);
    return same;
}

static const size_t op_lengths[] = {
    offsetof(QVirtioCryptoOp, iv_len),
    offsetof(QVirtioCryptoOp, aad_len),
    offsetof(QVirtioCryptoOp, src_len),
    offsetof(QVirtioCryptoOp, dst_len),
    offsetof(QVirtioCryptoOp, digest_len),
};

static const size_t session_lengths[] = {
    offsetof(QVirtioCryptoSession, key_len),
    offsetof(QVirtioCryptoSession, auth_key_len),
};

/* Lengths that the descriptors do not have, in each field there is */
static void check_lengths(QVirtioCryptoDriver *d, const Example *example,
                          uint32_t len)
{
    QVirtioCryptoOp good = stateless_op(example);

    for (size_t i = 0; i < ARRAY_SIZE(op_lengths); i++) {
        QVirtioCryptoOp op = good;

        *(uint32_t *)((char *)&op + op_lengths[i]) = len;
        if (!same_request(d, &good, &op)) {
            check_status(d, example, &op, VIRTIO_CRYPTO_ERR);
        }
    }
    for (size_t i = 0; i < ARRAY_SIZE(session_lengths); i++) {
        QVirtioCryptoSession session = example->session;
        QVirtioCryptoOp op = good;

        op.stateless = &session;
        *(uint32_t *)((char *)&session + session_lengths[i]) = len;
        if (!same_request(d, &good, &op)) {
            check_status(d, example, &op, VIRTIO_CRYPTO_ERR);
        }
    }
}

static void test_lengths(void *obj, void *data, QGuestAllocator *alloc)
{
    const uint32_t lengths[] = {
        4096, 8193, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff,
    };
    StatelessTest t = start_all(obj, alloc);

    for (guint i = 0; i < t.examples->len; i++) {
        const Example *example = g_ptr_array_index(t.examples, i);

        for (size_t j = 0; j < ARRAY_SIZE(lengths); j++) {
            check_lengths(t.d, example, lengths[j]);
        }
        check_stateless(t.d, example);
    }
    stop(&t);
}

/* One byte less than the source, the key or the result has by its length */
static void test_short(void *obj, void *data, QGuestAllocator *alloc)
{
    StatelessTest t = start_all(obj, alloc);

    for (guint i = 0; i < t.examples->len; i++) {
        const Example *example = g_ptr_array_index(t.examples, i);
        QVirtioCryptoSession session = example->session;
        QVirtioCryptoOp op = shortest_op(example);

        if (op.src_bytes) {
            op.src_bytes--;
            check_status(t.d, example, &op, VIRTIO_CRYPTO_ERR);
        }
        op = shortest_op(example);
        if (op.room) {
            op.room--;
            check_status(t.d, example, &op, VIRTIO_CRYPTO_ERR);
        }
        op = shortest_op(example);
        op.stateless = &session;
        if (session.key_bytes) {
            session.key_bytes--;
            check_status(t.d, example, &op, VIRTIO_CRYPTO_ERR);
        }
    }
    stop(&t);
}

static size_t readable_len(QVirtioCryptoDriver *d, const QVirtioCryptoOp *op)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_op_request(d, op);
    size_t len = req->readable->len;

    qvirtio_crypto_request_free(req, d->alloc);
    return len;
}

/* A readable part that ends anywhere behind the general header */
static void test_truncated(void *obj, void *data, QGuestAllocator *alloc)
{
    StatelessTest t = start_all(obj, alloc);

    for (guint i = 0; i < t.examples->len; i++) {
        const Example *example = g_ptr_array_index(t.examples, i);
        QVirtioCryptoOp op = shortest_op(example);
        size_t full = readable_len(t.d, &op);

        for (op.cut = HEADER_LEN; op.cut < full; op.cut++) {
            check_status(t.d, example, &op, VIRTIO_CRYPTO_ERR);
        }
        check_stateless(t.d, example);
    }
    stop(&t);
}

/*
 * Nonces of GCM and CCM without the room of the longest one.  With as much
 * behind the request as they lack, they seem to have it.
 */
static void test_exact_nonces(void *obj, void *data, QGuestAllocator *alloc)
{
    StatelessTest t = start_all(obj, alloc);
    const char *names[] = { "gcm", "gcm-decrypt", "ccm", "ccm-decrypt" };

    for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
        Example *example = examples_find(t.examples, names[i]);
        QVirtioCryptoOp op = shortest_op(example);
        size_t lacks = sizeof(op.iv_area) - op.iv_len;
        QVirtioCryptoShape shape = { .indirect = true, .piece = 9 };

        for (; shape.surplus_readable < lacks; shape.surplus_readable++) {
            check_op(t.d, example, &op, &shape);
        }
    }
    stop(&t);
}

/* Keys of a real length that no algorithm takes */
static void test_long_keys(void *obj, void *data, QGuestAllocator *alloc)
{
    static const uint8_t key[8193];
    StatelessTest t = start_all(obj, alloc);

    for (guint i = 0; i < t.examples->len; i++) {
        const Example *example = g_ptr_array_index(t.examples, i);
        QVirtioCryptoSession session = example->session;
        QVirtioCryptoOp op = stateless_op(example);

        op.stateless = &session;
        session.key = key;
        session.key_len = session.key_bytes = sizeof(key);
        if (example->service != VIRTIO_CRYPTO_SERVICE_HASH) {
            check_status(t.d, example, &op, VIRTIO_CRYPTO_ERR);
        }
        if (example->session.auth_key_len) {
            session = example->session;
            session.auth_key = key;
            session.auth_key_len = session.auth_key_bytes = 1026;
            check_status(t.d, example, &op, VIRTIO_CRYPTO_ERR);
        }
    }
    stop(&t);
}

static const CryptoOptions small_requests = {
    .device = "max-request-size=4096",
};

/* A nonce counts with the room that it has */
static void check_nonce_size(StatelessTest *t)
{
    static const uint8_t zeros[4096];
    Example *example = examples_find(t->examples, "gcm");
    size_t len = (4096 - 16 - 12 - 16) / 2;
    QVirtioCryptoOp op =
        qvirtio_crypto_aead_op(VIRTIO_CRYPTO_AEAD_GCM, 0, true, zeros, 12,
                               NULL, 0, zeros, len, 16);

    op.stateless = &example->session;
    check_status(t->d, example, &op, VIRTIO_CRYPTO_ERR);
    op.iv = zeros;
    op.iv_bytes = op.iv_len;
    check_status(t->d, example, &op, VIRTIO_CRYPTO_OK);
}

/* Keys, vectors, source and result together are as long as the limit */
static void test_max_size(void *obj, void *data, QGuestAllocator *alloc)
{
    static const uint8_t zeros[4096];
    StatelessTest t = start_all(obj, alloc);
    Example *example = examples_find(t.examples, "aes-ctr-128");
    Example *hash = examples_find(t.examples, "sha-256");
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(0, true, zeros, 16, zeros,
                                 (4096 - 16 - 16) / 2);

    op.stateless = &example->session;
    check_status(t.d, example, &op, VIRTIO_CRYPTO_OK);
    op.room = ++op.dst_len;
    check_status(t.d, example, &op, VIRTIO_CRYPTO_ERR);
    op = qvirtio_crypto_hash_op(0, zeros, 4096 - 32, 32);
    op.stateless = &hash->session;
    check_status(t.d, hash, &op, VIRTIO_CRYPTO_OK);
    op.src_bytes = ++op.src_len;
    check_status(t.d, hash, &op, VIRTIO_CRYPTO_ERR);
    check_nonce_size(&t);
    check_stateless(t.d, hash);
    stop(&t);
}

/* Numbers of no algorithm of the service, or of one that the device lacks */
static void test_algorithms(void *obj, void *data, QGuestAllocator *alloc)
{
    const uint32_t numbers[] = { 0, 63, 64, 0xffffffff };
    StatelessTest t = start_all(obj, alloc);

    for (guint i = 0; i < t.examples->len; i++) {
        const Example *example = g_ptr_array_index(t.examples, i);

        for (size_t j = 0; j < ARRAY_SIZE(numbers); j++) {
            QVirtioCryptoSession session = example->session;
            QVirtioCryptoOp op = stateless_op(example);

            op.stateless = &session;
            session.algo = numbers[j];
            check_status(t.d, example, &op, VIRTIO_CRYPTO_NOTSUPP);
        }
        check_stateless(t.d, example);
    }
    stop(&t);
}

/* Parameters of a chain, valid and invalid */
static void test_chain_parameters(void *obj, void *data,
                                  QGuestAllocator *alloc)
{
    const size_t fields[] = {
        offsetof(QVirtioCryptoSession, order),
        offsetof(QVirtioCryptoSession, hash_mode),
        offsetof(QVirtioCryptoSession, auth_algo),
    };
    const uint32_t numbers[] = { 0, 99, 0xffffffff };
    StatelessTest t = start_all(obj, alloc);
    Example *example = examples_find(t.examples, "chain-auth-1");
    QVirtioCryptoOp op = stateless_op(example);

    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        for (size_t j = 0; j < ARRAY_SIZE(fields); j++) {
            QVirtioCryptoSession session = example->session;

            op.stateless = &session;
            *(uint32_t *)((char *)&session + fields[j]) = numbers[i];
            check_status(t.d, example, &op, VIRTIO_CRYPTO_NOTSUPP);
        }
        op = stateless_op(example);
        op.op_type = numbers[i];
        check_status(t.d, example, &op, VIRTIO_CRYPTO_NOTSUPP);
    }
    stop(&t);
}

/* Both prefixes have one length, and a plain hash needs no key it is given */
static void test_chain_keys(void *obj, void *data, QGuestAllocator *alloc)
{
    static const uint8_t key[7];
    const QVirtioCryptoShape shape = { };
    StatelessTest t = start_all(obj, alloc);
    Example *nested = examples_find(t.examples, "chain-nested-1");
    Example *plain = examples_find(t.examples, "chain-plain-1");
    QVirtioCryptoSession session = nested->session;
    QVirtioCryptoOp op = nested->op;

    op.stateless = &session;
    session.auth_key_len = --session.auth_key_bytes;
    check_status(t.d, nested, &op, VIRTIO_CRYPTO_ERR);
    session = plain->session;
    session.auth_key = key;
    session.auth_key_len = session.auth_key_bytes = sizeof(key);
    op = plain->op;
    op.stateless = &session;
    check_op(t.d, plain, &op, &shape);
    stop(&t);
}

/* Keys and tags of a length that the algorithm does not take */
static void test_sizes(void *obj, void *data, QGuestAllocator *alloc)
{
    StatelessTest t = start_all(obj, alloc);
    const struct {
        const char *name;
        size_t key_len;
    } sizes[] = {
        { "aes-cbc-128", 15 }, { "aes-cbc-256", 31 }, { "gcm", 15 },
        { "ccm", 0 }, { "chacha20-poly1305", 16 }, { "cmac-aes", 15 },
        { "chain-auth-1", 15 }, { "chain-plain-2", 15 },
    };

    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        Example *example = examples_find(t.examples, sizes[i].name);
        QVirtioCryptoSession session = example->session;
        QVirtioCryptoOp op = stateless_op(example);

        op.stateless = &session;
        session.key_len = session.key_bytes = sizes[i].key_len;
        check_status(t.d, example, &op, VIRTIO_CRYPTO_NOTSUPP);
    }
    for (guint i = 0; i < t.examples->len; i++) {
        const Example *example = g_ptr_array_index(t.examples, i);
        QVirtioCryptoOp op = stateless_op(example);

        if (example->service == VIRTIO_CRYPTO_SERVICE_AEAD) {
            op.tag_len = 3;
            check_status(t.d, example, &op, VIRTIO_CRYPTO_NOTSUPP);
        }
    }
    stop(&t);
}

/* The digest's length is the session's and the request's at once */
static void test_digests(void *obj, void *data, QGuestAllocator *alloc)
{
    const struct {
        const char *name;
        uint32_t longest;
    } digests[] = {
        { "md5", 16 }, { "sha-512", 64 }, { "sha3-256", 32 },
        { "hmac-sha-256-128", 32 }, { "cmac-aes", 16 },
    };
    StatelessTest t = start_all(obj, alloc);

    for (size_t i = 0; i < ARRAY_SIZE(digests); i++) {
        Example *example = examples_find(t.examples, digests[i].name);
        QVirtioCryptoOp op = stateless_op(example);

        for (uint32_t len = 0; len <= digests[i].longest + 1; len++) {
            bool legal = len >= 1 && len <= digests[i].longest;

            op.digest_len = op.room = len;
            check_status(t.d, example, &op, legal ? VIRTIO_CRYPTO_OK :
                                                    VIRTIO_CRYPTO_NOTSUPP);
        }
    }
    stop(&t);
}

#define N_VECTORS 4

/* The same for a nonce without the room of the longest one */
static void check_exact_vectors(QVirtioCryptoDriver *d,
                                const Example *example,
                                const uint32_t lens[N_VECTORS])
{
    static const uint8_t zeros[17];
    QVirtioCryptoOp op = stateless_op(example);

    for (size_t i = 0; i < N_VECTORS; i++) {
        op.iv = zeros;
        op.iv_len = op.iv_bytes = lens[i];
        check_status(d, example, &op, VIRTIO_CRYPTO_ERR);
    }
}

/* Lengths of a nonce or vector that the algorithm does not take */
static void test_vectors(void *obj, void *data, QGuestAllocator *alloc)
{
    const struct {
        const char *name;
        uint32_t lens[N_VECTORS];
    } vectors[] = {
        { "aes-cbc-128", { 0, 8, 15, 17 } },
        { "arc4-128", { 1, 8, 16, 17 } },
        { "chain-auth-1", { 0, 8, 15, 17 } },
        { "gcm", { 0, 11, 13, 15 } },
        { "ccm", { 0, 6, 14, 15 } },
        { "chacha20-poly1305", { 0, 8, 11, 13 } },
    };
    static const uint8_t zeros[17];
    StatelessTest t = start_all(obj, alloc);

    for (size_t i = 0; i < ARRAY_SIZE(vectors); i++) {
        Example *example = examples_find(t.examples, vectors[i].name);
        QVirtioCryptoOp op = stateless_op(example);

        for (size_t j = 0; j < ARRAY_SIZE(vectors[i].lens); j++) {
            op.iv_len = vectors[i].lens[j];
            /* An IV of GCM or CCM takes the same room with any length */
            if (op.iv || !op.iv_bytes) {
                op.iv = zeros;
                op.iv_bytes = op.iv_len;
            }
            check_status(t.d, example, &op, VIRTIO_CRYPTO_ERR);
        }
        if (example->nonce) {
            check_exact_vectors(t.d, example, vectors[i].lens);
        }
    }
    stop(&t);
}

/* The session's direction is not the request's, or none at all */
static void test_direction(void *obj, void *data, QGuestAllocator *alloc)
{
    StatelessTest t = start_all(obj, alloc);

    for (guint i = 0; i < t.examples->len; i++) {
        const Example *example = g_ptr_array_index(t.examples, i);
        QVirtioCryptoSession session = example->session;
        QVirtioCryptoOp op = stateless_op(example);

        op.stateless = &session;
        if (example->service == VIRTIO_CRYPTO_SERVICE_CIPHER ||
            example->service == VIRTIO_CRYPTO_SERVICE_AEAD) {
            session.op ^= VIRTIO_CRYPTO_OP_ENCRYPT ^ VIRTIO_CRYPTO_OP_DECRYPT;
            check_status(t.d, example, &op, VIRTIO_CRYPTO_ERR);
        } else if (example->service != VIRTIO_CRYPTO_SERVICE_AKCIPHER) {
            continue;
        }
        session.op = 0;
        check_status(t.d, example, &op, VIRTIO_CRYPTO_ERR);
        session.op = 3;
        check_status(t.d, example, &op, VIRTIO_CRYPTO_ERR);
    }
    stop(&t);
}

/* A wrong tag, a wrong signature and an invalid key */
static void test_wrong(void *obj, void *data, QGuestAllocator *alloc)
{
    const struct {
        const char *name;
        uint8_t status;
    } examples[] = {
        { "gcm-decrypt", VIRTIO_CRYPTO_BADMSG },
        { "ccm-decrypt", VIRTIO_CRYPTO_BADMSG },
        { "chacha20-poly1305-decrypt", VIRTIO_CRYPTO_BADMSG },
        { "rsa-verify", VIRTIO_CRYPTO_KEY_REJECTED },
        { "ecdsa-verify", VIRTIO_CRYPTO_KEY_REJECTED },
        { "dsa-verify", VIRTIO_CRYPTO_KEY_REJECTED },
    };
    StatelessTest t = start_all(obj, alloc);

    for (size_t i = 0; i < ARRAY_SIZE(examples); i++) {
        Example *example = examples_find(t.examples, examples[i].name);
        QVirtioCryptoSession session = example->session;
        QVirtioCryptoOp op = stateless_op(example);
        g_autofree uint8_t *src = g_memdup2(op.src, op.src_bytes);

        op.src = src;
        src[op.src_bytes - 1] ^= 1;
        check_status(t.d, example, &op, examples[i].status);
        if (example->service == VIRTIO_CRYPTO_SERVICE_AKCIPHER) {
            op.stateless = &session;
            session.key_len = --session.key_bytes;
            check_status(t.d, example, &op, VIRTIO_CRYPTO_ERR);
        }
        check_stateless(t.d, example);
    }
    stop(&t);
}

static const CryptoOptions one_session = { .device = "max-sessions=1" };

/* Requests in stateless mode take none of the sessions there are */
static void test_sessions(void *obj, void *data, QGuestAllocator *alloc)
{
    StatelessTest t = start_all(obj, alloc);
    Example *first = g_ptr_array_index(t.examples, 0);
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoOp op = first->op;
    uint64_t id;

    op.session = qvirtio_crypto_create(t.d, &first->session);
    for (guint i = 0; i < t.examples->len; i++) {
        const Example *example = g_ptr_array_index(t.examples, i);

        check_stateless(t.d, example);
        g_assert_cmpint(qvirtio_crypto_try_create(t.d, &example->session,
                                                  &id), ==,
                        VIRTIO_CRYPTO_NOSPC);
        check_op(t.d, first, &op, &shape);
    }
    qvirtio_crypto_destroy(t.d, &first->session, op.session);
    check_session_mode(t.d, first);
    stop(&t);
}

/* A reset while many are in flight, again and again */
static void test_reset(void *obj, void *data, QGuestAllocator *alloc)
{
    StatelessTest t = start_all(obj, alloc);

    for (int round = 0; round < 10; round++) {
        for (guint i = 0; i < t.examples->len; i++) {
            QVirtioCryptoOp op =
                stateless_op(g_ptr_array_index(t.examples, i));

            enqueue(t.d, &op);
        }
        qvirtring_kick(t.d->rings[0]);
        qvirtio_crypto_restart(t.d);
    }
    check_stateless(t.d, g_ptr_array_index(t.examples, 0));
    stop(&t);
}

static void register_tests(void)
{
    const char *any = "virtio-crypto", *pci = "virtio-crypto-pci";

    add_crypto_test("stateless/known", any, test_known, &shared_ram);
    add_crypto_test("stateless/packed", pci, test_packed, &packed_option);
    add_crypto_test("stateless/header", any, test_header, &shared_ram);
    add_crypto_test("stateless/negotiated", any, test_negotiated, &shared_ram);
    add_crypto_test("stateless/padded", any, test_padded, &shared_ram);
    /* Legacy devices cannot refuse features */
    add_crypto_test("stateless/features", pci, test_features, &shared_ram);
    add_crypto_test("stateless/mixed", any, test_mixed, &shared_ram);
    add_crypto_test("stateless/lengths", any, test_lengths, &shared_ram);
    add_crypto_test("stateless/short", any, test_short, &shared_ram);
    add_crypto_test("stateless/truncated", any, test_truncated, &shared_ram);
    add_crypto_test("stateless/exact-nonces", any, test_exact_nonces,
                    &shared_ram);
    add_crypto_test("stateless/long-keys", any, test_long_keys, &shared_ram);
    add_crypto_test("stateless/max-size", any, test_max_size,
                    &small_requests);
    add_crypto_test("stateless/algorithms", any, test_algorithms, &shared_ram);
    add_crypto_test("stateless/chain-parameters", any, test_chain_parameters,
                    &shared_ram);
    add_crypto_test("stateless/chain-keys", any, test_chain_keys, &shared_ram);
    add_crypto_test("stateless/sizes", any, test_sizes, &shared_ram);
    add_crypto_test("stateless/digests", any, test_digests, &shared_ram);
    add_crypto_test("stateless/vectors", any, test_vectors, &shared_ram);
    add_crypto_test("stateless/direction", any, test_direction, &shared_ram);
    add_crypto_test("stateless/wrong", any, test_wrong, &shared_ram);
    add_crypto_test("stateless/sessions", any, test_sessions, &one_session);
    add_crypto_test("stateless/reset", any, test_reset, &shared_ram);
}

libqos_init(register_tests);
