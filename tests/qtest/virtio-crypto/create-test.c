/*
 * Tests of virtio-crypto: sessions that are expensive to create
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The main loop creates sessions.  Whatever a guest asks it to create, and
 * however often, the main loop's other work gets its turn.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-rfc.h"
#include "options.h"
#include "rfc-computation.h"

/* 2^521 - 1, a prime */
#define PRIME_LEN   66

/* Several batches of requests, and how often the monitor is asked meanwhile */
#define N_SESSIONS  300
#define N_COMMANDS  5
/*
 * How long the monitor may take for all commands on a busy machine.  A device
 * that tests all moduli of a batch for primality before it lets others run
 * takes longer even on an idle machine.  A machine that stands still for a
 * while can make the monitor late, too, but not each time.
 */
#define ANSWERS_US  (2 * G_USEC_PER_SEC)
#define N_ATTEMPTS  5

#define FEATURES    (1ull << VIRTIO_CRYPTO_RFC_F_EC)

/* A curve by its parameters: modulus, a and b */
static GByteArray *curve_list(void)
{
    GByteArray *list = g_byte_array_new();
    const uint8_t one = 1;
    uint8_t prime[PRIME_LEN];

    memset(prime, 0xff, sizeof(prime));
    prime[0] = 1;
    computation_append_bytes(list, prime, sizeof(prime));
    computation_append_bytes(list, &one, 1);
    computation_append_bytes(list, &one, 1);
    return list;
}

static void submit(QVirtioCryptoDriver *d, QVirtioCryptoRequest **reqs)
{
    const QVirtioCryptoShape shape = { .joined = true };

    for (int i = 0; i < N_SESSIONS; i++) {
        reqs[i] = computation_create_request(ALG(EC, VERIFY_WITH),
                                             curve_list());
        qvirtio_crypto_enqueue(d, d->n_data, reqs[i], &shape);
    }
    qvirtring_kick(d->rings[d->n_data]);
}

static void wait_all(QVirtioCryptoDriver *d, QVirtioCryptoRequest **reqs)
{
    for (int i = 0; i < N_SESSIONS; i++) {
        qvirtio_crypto_wait(d, d->n_data, reqs[i]);
        g_assert_cmpint(reqs[i]->status, ==, VIRTIO_CRYPTO_OK);
        qvirtio_crypto_request_free(reqs[i], d->alloc);
    }
}

/* Returns how long the monitor takes while the control queue is full. */
static gint64 measure_monitor(QVirtioCrypto *crypto, QGuestAllocator *alloc)
{
    QVirtioCryptoDriver *d = qvirtio_crypto_start(global_qtest, crypto->vdev,
                                                  alloc, FEATURES);
    QVirtioCryptoRequest *reqs[N_SESSIONS];
    gint64 begin, time;

    submit(d, reqs);
    begin = g_get_monotonic_time();
    for (int i = 0; i < N_COMMANDS; i++) {
        qtest_qmp_assert_success(d->qts, "{ 'execute': 'query-status' }");
    }
    time = g_get_monotonic_time() - begin;
    g_test_message("the monitor took %.3f s for %d answers", time / 1e6,
                   N_COMMANDS);
    wait_all(d, reqs);
    qvirtio_crypto_stop(d);
    return time;
}

static void test_monitor(void *obj, void *data, QGuestAllocator *alloc)
{
    int attempts = 0;

    do {
        g_assert_cmpint(attempts++, <, N_ATTEMPTS);
    } while (measure_monitor(obj, alloc) >= ANSWERS_US);
}

static void register_tests(void)
{
    add_crypto_test("rfc-busy/create", "virtio-crypto-rfc", test_monitor,
                    NULL);
}

libqos_init(register_tests);
