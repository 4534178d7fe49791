/*
 * Requests of virtio-crypto that the backend for tests holds
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto-rfc.h"
#include "examples.h"
#include "held-requests.h"
#include "rfc-computation.h"
#include "test-backend.h"

/* 3 * 5 = 15 = 1 mod 7 */
#define INVERSE     ALG(LN, INVERT)
#define OPERANDS    LIST("03", "07")
#define RESULT      LIST("05")

/* The second one is of a service that RFC v1 does not have */
static const char *const names[N_HELD] = {
    "aes-cbc-128", "rsa-sign", "gcm", "sha-256",
};

/* Those that only grow.  Another test may have used the same QEMU before. */
static const char *const counters[N_HELD_COUNTERS] = {
    "submitted", "cancelled", "done", "run",
};

static bool is_computation(const HeldRequests *h, unsigned int i)
{
    return h->d->rfc && i == 1;
}

HeldRequests *held_requests_new(QVirtioDevice *vdev, QGuestAllocator *alloc,
                                uint64_t features, const char *backend)
{
    HeldRequests *h = g_new0(HeldRequests, 1);

    if (vdev->device_type == QVIRTIO_CRYPTO_RFC_ID) {
        features |= 1ull << VIRTIO_CRYPTO_RFC_F_LN;
    }
    h->d = qvirtio_crypto_start(global_qtest, vdev, alloc, features);
    h->backend = backend;
    for (unsigned int i = 0; i < N_HELD_COUNTERS; i++) {
        h->before[i] = test_backend_count(h->d->qts, backend, counters[i]);
    }
    test_backend_set_mode(h->d->qts, backend, "hold");
    test_backend_set_cancels(h->d->qts, backend, true);
    h->examples = examples_new();
    h->lost = g_ptr_array_new();
    h->memory = g_ptr_array_new_with_free_func(g_free);
    return h;
}

static void clear(HeldRequests *h)
{
    g_ptr_array_unref(h->examples);
    g_ptr_array_unref(h->lost);
    g_ptr_array_unref(h->memory);
    g_free(h);
}

void held_requests_free(HeldRequests *h)
{
    g_assert_cmpint(held_requests_count(h), ==, 0);
    qvirtio_crypto_stop(h->d);
    clear(h);
}

void held_requests_abandon(HeldRequests *h)
{
    qvirtio_crypto_abandon(h->d);
    clear(h);
}

static unsigned int find_before(const HeldRequests *h, const char *name)
{
    for (unsigned int i = 0; i < N_HELD_COUNTERS; i++) {
        if (g_str_equal(counters[i], name)) {
            return h->before[i];
        }
    }
    return 0;
}

unsigned int held_requests_counter(const HeldRequests *h, const char *name)
{
    return test_backend_count(h->d->qts, h->backend, name) -
           find_before(h, name);
}

void held_requests_await(const HeldRequests *h, const char *name,
                         unsigned int n)
{
    test_backend_await(h->d->qts, h->backend, name, find_before(h, name) + n);
}

void held_requests_release(const HeldRequests *h, int n)
{
    test_backend_release(h->d->qts, h->backend, n);
}

void held_requests_create_sessions(HeldRequests *h)
{
    h->n_sessions = 0;
    for (unsigned int i = 0; i < N_HELD; i++) {
        if (!is_computation(h, i)) {
            const Example *example = examples_find(h->examples, names[i]);

            h->sessions[i] = qvirtio_crypto_create(h->d, &example->session);
            h->n_sessions++;
        }
    }
}

void held_requests_destroy_sessions(HeldRequests *h)
{
    for (unsigned int i = 0; i < N_HELD; i++) {
        if (h->sessions[i]) {
            const Example *example = examples_find(h->examples, names[i]);

            qvirtio_crypto_destroy(h->d, &example->session, h->sessions[i]);
            h->sessions[i] = 0;
        }
    }
}

static QVirtioCryptoRequest *new_request(HeldRequests *h, unsigned int i)
{
    QVirtioCryptoOp op;

    if (is_computation(h, i)) {
        g_autoptr(GByteArray) result = RESULT;

        return computation_request(INVERSE, 0, result->len, OPERANDS);
    }
    op = examples_find(h->examples, names[i])->op;
    op.session = h->sessions[i];
    return qvirtio_crypto_op_request(h->d, &op);
}

void held_requests_enqueue(HeldRequests *h)
{
    const QVirtioCryptoShape shape = {
        .indirect = qvirtio_crypto_has(h->d, VIRTIO_RING_F_INDIRECT_DESC),
    };

    for (unsigned int i = 0; i < N_HELD; i++) {
        g_assert_null(h->reqs[i]);
        h->reqs[i] = new_request(h, i);
        qvirtio_crypto_enqueue(h->d, 0, h->reqs[i], &shape);
    }
    qvirtring_kick(h->d->rings[0]);
}

void held_requests_submit(HeldRequests *h)
{
    unsigned int n = held_requests_counter(h, "submitted");

    held_requests_enqueue(h);
    held_requests_await(h, "submitted", n + N_HELD);
}

unsigned int held_requests_count(HeldRequests *h)
{
    unsigned int n = 0;

    qvirtio_crypto_poll(h->d, 0);
    for (unsigned int i = 0; i < N_HELD; i++) {
        n += h->reqs[i] && !h->reqs[i]->done;
    }
    return n;
}

void held_requests_check(HeldRequests *h, unsigned int i)
{
    QVirtioCryptoRequest *req = h->reqs[i];
    g_autoptr(GByteArray) result = NULL;

    qvirtio_crypto_wait(h->d, 0, req);
    result = is_computation(h, i)
        ? RESULT
        : g_byte_array_ref(examples_find(h->examples, names[i])->expected);
    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpmem(req->written->data, req->written->len,
                    result->data, result->len);
    qvirtio_crypto_request_free(req, h->d->alloc);
    h->reqs[i] = NULL;
}

void held_requests_wait(HeldRequests *h)
{
    for (unsigned int i = 0; i < N_HELD; i++) {
        if (h->reqs[i]) {
            held_requests_check(h, i);
        }
    }
    /* There is no second answer. */
    g_assert_false(qvirtio_crypto_poll(h->d, 0));
}

static uint8_t *read_memory(HeldRequests *h, const QVirtioCryptoRequest *req)
{
    uint8_t *memory = g_malloc(req->image->len);

    qtest_bufread(h->d->qts, req->base, memory, req->image->len);
    return memory;
}

void held_requests_lose(HeldRequests *h)
{
    g_assert_cmpint(held_requests_count(h), ==, N_HELD);
    for (unsigned int i = 0; i < N_HELD; i++) {
        g_ptr_array_add(h->memory, read_memory(h, h->reqs[i]));
        g_ptr_array_add(h->lost, h->reqs[i]);
        h->reqs[i] = NULL;
    }
    for (uint32_t id = 0; id < h->d->vqs[0]->size; id++) {
        h->d->pending[0][id] = NULL;
    }
}

void held_requests_check_lost(HeldRequests *h)
{
    for (guint i = 0; i < h->lost->len; i++) {
        QVirtioCryptoRequest *req = g_ptr_array_index(h->lost, i);
        g_autofree uint8_t *now = read_memory(h, req);

        g_assert_cmpmem(now, req->image->len, g_ptr_array_index(h->memory, i),
                        req->image->len);
        qvirtio_crypto_request_free(req, h->d->alloc);
    }
    g_ptr_array_set_size(h->lost, 0);
    g_ptr_array_set_size(h->memory, 0);
}
