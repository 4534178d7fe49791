/*
 * Requests of virtio-crypto that take long, in flight on all data queues
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gmp.h>
#include "libqtest-single.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto-rfc.h"
#include "rfc-computation.h"
#include "slow-key.h"
#include "slow-requests.h"

/* More than there are threads for them on most machines */
#define N_SLOW      8
#define NUMBER_LEN  1024

#define POWER \
    QVIRTIO_CRYPTO_RFC_ALG(VIRTIO_CRYPTO_RFC_F_LN, 0, \
                           CRYPTODEV_LN_EXPONENTIATE)

static QVirtioCryptoSession key_session(const SlowRequests *s)
{
    return qvirtio_crypto_rsa(true, VIRTIO_CRYPTO_RSA_RAW_PADDING, 0,
                              s->der->data, s->der->len);
}

static void start_decryption(SlowRequests *s)
{
    QVirtioCryptoSession session = key_session(s);

    s->session = qvirtio_crypto_create(s->d, &session);
}

static void prepare_decryption(SlowRequests *s)
{
    SlowKey *key = slow_key_new();

    s->der = g_byte_array_ref(key->der);
    s->source = g_byte_array_ref(key->cipher);
    s->expected = g_byte_array_ref(key->plain);
    slow_key_free(key);
    start_decryption(s);
}

/* An odd number whose highest bit is set */
static GByteArray *new_number(mpz_t number, GRand *rand)
{
    GByteArray *bytes = g_byte_array_new();

    g_byte_array_set_size(bytes, NUMBER_LEN);
    for (size_t i = 0; i < NUMBER_LEN; i++) {
        bytes->data[i] = g_rand_int(rand);
    }
    bytes->data[0] |= 0x80;
    bytes->data[NUMBER_LEN - 1] |= 1;
    mpz_init(number);
    mpz_import(number, NUMBER_LEN, 1, 1, 1, 0, bytes->data);
    return bytes;
}

static GByteArray *number_bytes(const mpz_t number)
{
    GByteArray *bytes = g_byte_array_new();
    size_t len = (mpz_sizeinbase(number, 2) + 7) / 8;

    g_byte_array_set_size(bytes, NUMBER_LEN);
    memset(bytes->data, 0, NUMBER_LEN);
    mpz_export(bytes->data + NUMBER_LEN - len, NULL, 1, 1, 1, 0, number);
    return bytes;
}

/* Modulus, base and exponent; gmp knows the result */
static void prepare_power(SlowRequests *s)
{
    mpz_t numbers[3], result;
    g_autoptr(GByteArray) bytes = NULL;

    s->source = g_byte_array_new();
    s->expected = g_byte_array_new();
    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        g_autoptr(GByteArray) number = new_number(numbers[i], s->d->rand);

        computation_append(s->source, number);
    }
    mpz_init(result);
    mpz_powm(result, numbers[1], numbers[2], numbers[0]);
    bytes = number_bytes(result);
    computation_append(s->expected, bytes);
    mpz_clears(numbers[0], numbers[1], numbers[2], result, NULL);
}

static void prepare_arrays(SlowRequests *s)
{
    g_assert_cmpint(s->d->n_data, <=, ARRAY_SIZE(s->reqs));
    for (uint32_t queue = 0; queue < s->d->n_data; queue++) {
        s->reqs[queue] = g_ptr_array_new();
    }
}

SlowRequests *slow_requests_new(QVirtioDevice *vdev, QGuestAllocator *alloc,
                                uint64_t features)
{
    SlowRequests *s = g_new0(SlowRequests, 1);
    bool rfc = vdev->device_type == QVIRTIO_CRYPTO_RFC_ID;

    if (rfc) {
        features |= 1ull << VIRTIO_CRYPTO_RFC_F_LN;
    }
    s->d = qvirtio_crypto_start(global_qtest, vdev, alloc, features);
    if (rfc) {
        prepare_power(s);
    } else {
        prepare_decryption(s);
    }
    prepare_arrays(s);
    return s;
}

void slow_requests_free(SlowRequests *s)
{
    for (uint32_t queue = 0; queue < s->d->n_data; queue++) {
        g_assert_cmpint(s->reqs[queue]->len, ==, 0);
        g_ptr_array_unref(s->reqs[queue]);
    }
    qvirtio_crypto_stop(s->d);
    if (s->der) {
        g_byte_array_unref(s->der);
    }
    g_byte_array_unref(s->source);
    g_byte_array_unref(s->expected);
    g_free(s);
}

/* Those that are done are ours; the driver frees the others */
static void free_answered(SlowRequests *s, uint32_t queue)
{
    for (guint i = 0; i < s->reqs[queue]->len; i++) {
        QVirtioCryptoRequest *req = g_ptr_array_index(s->reqs[queue], i);

        if (req->done) {
            qvirtio_crypto_request_free(req, s->d->alloc);
        }
    }
    g_ptr_array_set_size(s->reqs[queue], 0);
}

void slow_requests_restart(SlowRequests *s)
{
    for (uint32_t queue = 0; queue < s->d->n_data; queue++) {
        free_answered(s, queue);
    }
    qvirtio_crypto_restart(s->d);
    if (!s->d->rfc) {
        start_decryption(s);
    }
}

QVirtioCryptoRequest *slow_requests_request(SlowRequests *s)
{
    QVirtioCryptoOp op;

    if (s->d->rfc) {
        return computation_request(POWER, 0, s->expected->len,
                                   g_byte_array_ref(s->source));
    }
    op = qvirtio_crypto_akcipher_op(VIRTIO_CRYPTO_AKCIPHER_DECRYPT, s->session,
                                    s->source->data, s->source->len,
                                    s->expected->len);
    return qvirtio_crypto_op_request(s->d, &op);
}

/* With IN_ORDER, requests are answered in the order in which they came. */
static void await_some_taken(SlowRequests *s, uint32_t queue)
{
    while (!qvirtio_crypto_in_use(s->d, queue)) {
        g_assert_cmpint(slow_requests_count(s), >, 0);
    }
}

/* When a later request is answered, the device has taken the earlier ones. */
static void await_taken(SlowRequests *s, uint32_t queue)
{
    QVirtioCryptoSession key = qvirtio_crypto_cipher(
        VIRTIO_CRYPTO_CIPHER_AES_CBC, true, "0123456789abcdef", 16);
    QVirtioCryptoOp op = qvirtio_crypto_cipher_op(
        qvirtio_crypto_create(s->d, &key), true, "0123456789abcdef", 16,
        "0123456789abcdef", 16);

    g_assert_cmpint(qvirtio_crypto_status(s->d, queue, &op), ==,
                    VIRTIO_CRYPTO_OK);
    qvirtio_crypto_destroy(s->d, &key, op.session);
}

void slow_requests_submit(SlowRequests *s)
{
    const QVirtioCryptoShape shape = { };

    for (uint32_t queue = 0; queue < s->d->n_data; queue++) {
        for (int i = 0; i < N_SLOW; i++) {
            QVirtioCryptoRequest *req = slow_requests_request(s);

            g_ptr_array_add(s->reqs[queue], req);
            qvirtio_crypto_enqueue(s->d, queue, req, &shape);
        }
        qvirtring_kick(s->d->rings[queue]);
    }
    for (uint32_t queue = 0; queue < s->d->n_data; queue++) {
        if (qvirtio_crypto_has(s->d, VIRTIO_F_IN_ORDER)) {
            await_some_taken(s, queue);
        } else {
            await_taken(s, queue);
        }
    }
}

unsigned int slow_requests_count(SlowRequests *s)
{
    unsigned int n = 0;

    for (uint32_t queue = 0; queue < s->d->n_data; queue++) {
        qvirtio_crypto_poll(s->d, queue);
        for (guint i = 0; i < s->reqs[queue]->len; i++) {
            QVirtioCryptoRequest *req = g_ptr_array_index(s->reqs[queue], i);

            n += !req->done;
        }
    }
    return n;
}

/* Returns whether it has failed so. */
static bool check(const SlowRequests *s, const QVirtioCryptoRequest *req,
                  uint8_t failure)
{
    if (failure != VIRTIO_CRYPTO_OK && req->status == failure) {
        return true;
    }
    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpmem(req->written->data, req->written->len, s->expected->data,
                    s->expected->len);
    return false;
}

unsigned int slow_requests_wait_failures(SlowRequests *s, uint8_t failure)
{
    unsigned int n = 0;

    for (uint32_t queue = 0; queue < s->d->n_data; queue++) {
        for (guint i = 0; i < s->reqs[queue]->len; i++) {
            QVirtioCryptoRequest *req = g_ptr_array_index(s->reqs[queue], i);

            qvirtio_crypto_wait(s->d, queue, req);
            n += check(s, req, failure);
        }
        free_answered(s, queue);
        /* There is no second answer. */
        g_assert_false(qvirtio_crypto_poll(s->d, queue));
    }
    return n;
}

void slow_requests_wait(SlowRequests *s)
{
    slow_requests_wait_failures(s, VIRTIO_CRYPTO_OK);
}

void slow_requests_check_session(SlowRequests *s)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoRequest *req = slow_requests_request(s);

    g_assert_cmpint(slow_requests_count(s), ==, 0);
    qvirtio_crypto_submit(s->d, 0, req, &shape);
    qvirtio_crypto_wait(s->d, 0, req);
    check(s, req, VIRTIO_CRYPTO_OK);
    qvirtio_crypto_request_free(req, s->d->alloc);
}

void slow_requests_destroy_session(SlowRequests *s)
{
    QVirtioCryptoSession session = key_session(s);

    qvirtio_crypto_destroy(s->d, &session, s->session);
}
