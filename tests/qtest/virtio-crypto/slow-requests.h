/*
 * Requests of virtio-crypto that take long, in flight on all data queues
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Decryption with a slow key; RFC v1, which has no such service, raises large
 * numbers to large powers.
 */

#ifndef TESTS_VIRTIO_CRYPTO_SLOW_REQUESTS_H
#define TESTS_VIRTIO_CRYPTO_SLOW_REQUESTS_H

#include "libqos/virtio-crypto-driver.h"

typedef struct SlowRequests SlowRequests;

struct SlowRequests {
    QVirtioCryptoDriver *d;
    /* The key's DER, and the one session; neither with RFC v1 */
    GByteArray *der;
    uint64_t session;
    /* The source of a request, and its expected result */
    GByteArray *source;
    GByteArray *expected;
    GPtrArray *reqs[2];
};

/* Starts the device, which has one or two data queues */
SlowRequests *slow_requests_new(QVirtioDevice *vdev, QGuestAllocator *alloc,
                                uint64_t features);
/* Resets the device; nothing may be in flight */
void slow_requests_free(SlowRequests *s);
/* Resets the device, which forgets the requests in flight, and starts it */
void slow_requests_restart(SlowRequests *s);

/* A request that is not in flight */
QVirtioCryptoRequest *slow_requests_request(SlowRequests *s);
/* Fills all data queues, and waits until the device has taken everything */
void slow_requests_submit(SlowRequests *s);
/* How many of them are not answered by now */
unsigned int slow_requests_count(SlowRequests *s);
/* Waits for all of them, and checks the results */
void slow_requests_wait(SlowRequests *s);
/* The same, but some may have failed with that status: returns how many */
unsigned int slow_requests_wait_failures(SlowRequests *s, uint8_t failure);
/* Runs one on the first queue, when the others are done */
void slow_requests_check_session(SlowRequests *s);
/* Destroys the session */
void slow_requests_destroy_session(SlowRequests *s);

#endif
