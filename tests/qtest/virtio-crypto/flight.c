/*
 * Many requests in flight on all data queues of a virtio-crypto device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "libqtest-single.h"
#include "cipher-reference.h"
#include "flight.h"

#define CIPHER_NAME "3des-cbc"
#define KEY_LEN     24

/* A device that goes on would answer more requests in that time */
#define STANDSTILL_US (G_USEC_PER_SEC / 20)
/* As much of a request is looked at meanwhile */
#define END_BYTES 1024

static GByteArray *count_up(size_t len, uint8_t from)
{
    GByteArray *bytes = g_byte_array_new();

    g_byte_array_set_size(bytes, len);
    for (size_t i = 0; i < len; i++) {
        bytes->data[i] = from + i + (i >> 8);
    }
    return bytes;
}

static void create_session(Flight *f)
{
    const CipherAlgo *algo = cipher_find_algo(CIPHER_NAME);
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(algo->number, true, f->key->data, f->key->len);

    f->session = qvirtio_crypto_create(f->d, &session);
}

Flight *flight_new(QVirtioDevice *vdev, QGuestAllocator *alloc,
                   uint64_t features)
{
    const CipherAlgo *algo = cipher_find_algo(CIPHER_NAME);
    Flight *f = g_new0(Flight, 1);

    f->d = qvirtio_crypto_start(global_qtest, vdev, alloc, features);
    g_assert_cmpint(f->d->n_data, <=, FLIGHT_QUEUES);
    f->key = count_up(KEY_LEN, 1);
    f->iv = count_up(algo->iv_len, 99);
    f->plain = count_up(FLIGHT_BYTES, 7);
    f->cipher = reference_cipher(algo, true, f->key, f->iv, f->plain->data,
                                 f->plain->len);
    create_session(f);
    return f;
}

static void free_flight(Flight *f)
{
    g_byte_array_unref(f->key);
    g_byte_array_unref(f->iv);
    g_byte_array_unref(f->plain);
    g_byte_array_unref(f->cipher);
    g_free(f);
}

void flight_free(Flight *f)
{
    for (uint32_t queue = 0; queue < f->d->n_data; queue++) {
        for (int i = 0; i < FLIGHT_REQUESTS; i++) {
            g_assert_null(f->reqs[queue][i]);
        }
    }
    qvirtio_crypto_stop(f->d);
    free_flight(f);
}

/* Those that are done are ours; the driver frees the others */
static void free_answered(Flight *f, uint32_t queue)
{
    for (int i = 0; i < FLIGHT_REQUESTS; i++) {
        if (f->reqs[queue][i] && f->reqs[queue][i]->done) {
            qvirtio_crypto_request_free(f->reqs[queue][i], f->d->alloc);
        }
        f->reqs[queue][i] = NULL;
    }
}

void flight_abandon(Flight *f)
{
    for (uint32_t queue = 0; queue < f->d->n_data; queue++) {
        free_answered(f, queue);
    }
    qvirtio_crypto_abandon(f->d);
    free_flight(f);
}

static void enqueue(Flight *f, uint32_t queue)
{
    const QVirtioCryptoShape shape = { };
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(f->session, true, f->iv->data, f->iv->len,
                                 f->plain->data, f->plain->len);

    for (int i = 0; i < FLIGHT_REQUESTS; i++) {
        g_assert_null(f->reqs[queue][i]);
        f->reqs[queue][i] = qvirtio_crypto_op_request(f->d, &op);
        qvirtio_crypto_enqueue(f->d, queue, f->reqs[queue][i], &shape);
    }
}

void flight_submit_queue(Flight *f, uint32_t queue)
{
    enqueue(f, queue);
    qvirtring_kick(f->d->rings[queue]);
}

void flight_submit(Flight *f)
{
    for (uint32_t queue = 0; queue < f->d->n_data; queue++) {
        enqueue(f, queue);
    }
    for (uint32_t queue = 0; queue < f->d->n_data; queue++) {
        qvirtring_kick(f->d->rings[queue]);
    }
}

unsigned int flight_count_queue(Flight *f, uint32_t queue)
{
    unsigned int n = 0;

    qvirtio_crypto_poll(f->d, queue);
    for (int i = 0; i < FLIGHT_REQUESTS; i++) {
        n += f->reqs[queue][i] && !f->reqs[queue][i]->done;
    }
    return n;
}

unsigned int flight_count(Flight *f)
{
    unsigned int n = 0;

    for (uint32_t queue = 0; queue < f->d->n_data; queue++) {
        n += flight_count_queue(f, queue);
    }
    return n;
}

static void check_result(const Flight *f, const QVirtioCryptoRequest *req)
{
    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpmem(req->written->data, req->written->len, f->cipher->data,
                    f->cipher->len);
}

void flight_wait_queue(Flight *f, uint32_t queue)
{
    for (int i = 0; i < FLIGHT_REQUESTS; i++) {
        if (f->reqs[queue][i]) {
            qvirtio_crypto_wait(f->d, queue, f->reqs[queue][i]);
            check_result(f, f->reqs[queue][i]);
        }
    }
    free_answered(f, queue);
}

void flight_wait(Flight *f)
{
    for (uint32_t queue = 0; queue < f->d->n_data; queue++) {
        flight_wait_queue(f, queue);
    }
}

/* Where the result ends and the status is */
static uint8_t *read_end(Flight *f, const QVirtioCryptoRequest *req)
{
    uint8_t *end = g_malloc(END_BYTES);

    g_assert_cmpint(req->image->len, >=, END_BYTES);
    qtest_bufread(f->d->qts, req->base + req->image->len - END_BYTES, end,
                  END_BYTES);
    return end;
}

void flight_check_still(Flight *f, uint32_t queue)
{
    unsigned int n = flight_count_queue(f, queue);
    uint8_t *ends[FLIGHT_REQUESTS] = { };

    for (int i = 0; i < FLIGHT_REQUESTS; i++) {
        if (f->reqs[queue][i]) {
            ends[i] = read_end(f, f->reqs[queue][i]);
        }
    }
    g_usleep(STANDSTILL_US);
    g_assert_cmpint(flight_count_queue(f, queue), ==, n);
    for (int i = 0; i < FLIGHT_REQUESTS; i++) {
        if (f->reqs[queue][i]) {
            g_autofree uint8_t *now = read_end(f, f->reqs[queue][i]);

            g_assert_cmpmem(now, END_BYTES, ends[i], END_BYTES);
        }
        g_free(ends[i]);
    }
}

void flight_forget_queue(Flight *f, uint32_t queue)
{
    for (uint32_t id = 0; id < f->d->vqs[queue]->size; id++) {
        f->d->pending[queue][id] = NULL;
    }
    for (int i = 0; i < FLIGHT_REQUESTS; i++) {
        qvirtio_crypto_request_free(f->reqs[queue][i], f->d->alloc);
        f->reqs[queue][i] = NULL;
    }
}

void flight_restart(Flight *f)
{
    for (uint32_t queue = 0; queue < f->d->n_data; queue++) {
        free_answered(f, queue);
    }
    qvirtio_crypto_restart(f->d);
    create_session(f);
}
